// The batch of CSV rows.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "app/calculator/batch.h"
#include "tests/place.h"

using namespace callmill;
using namespace callmill::calculator;

namespace {

using Cells = std::vector<std::string>;

Cells split(std::string line) {
  if (line.ends_with('\r')) line.pop_back();
  Cells cells;
  std::stringstream stream(line + ",");
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

std::vector<Cells> table_of(const std::string& csv) {
  std::vector<Cells> rows;
  std::stringstream stream(csv);
  for (std::string line; std::getline(stream, line);) rows.push_back(split(line));
  return rows;
}

std::string golden(const std::string& file) {
  std::ifstream in(test::source_path("tests/golden/" + file));
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The reference file with a model column put behind its own columns.
std::string with_model(const std::string& csv, const std::string& model) {
  std::string out;
  std::stringstream stream(csv);
  bool header = true;
  for (std::string line; std::getline(stream, line); header = false) {
    if (line.ends_with('\r')) line.pop_back();
    out += line + (header ? ",model" : "," + model) + "\n";
  }
  return out;
}

std::vector<std::string> errors_of(const std::string& csv) {
  Diagnostics diagnostics;
  CHECK_FALSE(solve_batch(csv, "q.csv", diagnostics).has_value());
  std::vector<std::string> first_lines;
  for (const Diagnostic& d : diagnostics.errors()) {
    const std::string text = render(d);
    first_lines.push_back(text.substr(0, text.find('\n')));
  }
  return first_lines;
}

}  // namespace

TEST_CASE("the batch meets every computed column of the reference") {
  const std::map<std::string, std::string> files = {
      {"erlang_b.csv", "B"}, {"erlang_c.csv", "C"}, {"erlang_a.csv", "A"}, {"mmnkm.csv", "K"}};
  for (const auto& [file, model] : files) {
    const std::string csv = golden(file);
    Diagnostics diagnostics;
    const auto out = solve_batch(with_model(csv, model), file, diagnostics);
    REQUIRE(out);
    const std::vector<Cells> want = table_of(csv);
    const std::vector<Cells> got = table_of(*out);
    REQUIRE(got.size() == want.size());
    std::size_t compared = 0;
    for (std::size_t c = 0; c < want[0].size(); ++c) {
      const auto column = std::find(got[0].begin(), got[0].end(), want[0][c]);
      if (column == got[0].end()) continue;
      ++compared;
      const auto at = static_cast<std::size_t>(column - got[0].begin());
      for (std::size_t r = 1; r < want.size(); ++r) {
        if (at == 0) {
          CHECK(got[r][at] == want[r][c]);
          continue;
        }
        const double expected = std::strtod(want[r][c].c_str(), nullptr);
        const double value = std::strtod(got[r][at].c_str(), nullptr);
        const bool same_emptiness = got[r][at].empty() == want[r][c].empty();
        // Rarer values are the business of tests/models/queueing.
        if (!same_emptiness || (std::abs(expected) > 1e-12 &&
                                std::abs(value - expected) > 1e-5 * std::abs(expected))) {
          FAIL(file << " " << want[r][0] << " " << want[0][c] << " " << got[r][at]);
        }
      }
    }
    // Every column but the inputs and labels: id and the computed ones.
    CHECK(compared == got[0].size());
  }
}

TEST_CASE("models may be mixed; cells that do not apply stay empty") {
  Diagnostics diagnostics;
  const auto out = solve_batch("id,model,n,a,theta,t,note\n1,A,5,2,1,0.5,x\n\"x,y\",B,5,2,,,\n",
                               "q.csv", diagnostics);
  REQUIRE(out);
  const std::vector<Cells> rows = table_of(*out);
  CHECK(rows[0][1] == "rho");
  CHECK(out->find("\n\"x,y\",,0.0366972477064") != std::string::npos);
  CHECK(out->find("note") == std::string::npos);
  CHECK(out->find("p_block") == std::string::npos);
  CHECK(out->find("nan") == std::string::npos);
}

TEST_CASE("a load alone counts time in handle times; with rates they must agree") {
  Diagnostics diagnostics;
  const auto out = solve_batch("id,model,n,a,lam,mu,t\n1,C,12,10,,,0.1\n2,C,12,,20,2,0.05\n",
                               "q.csv", diagnostics);
  REQUIRE(out);
  const std::vector<Cells> rows = table_of(*out);
  const auto sl =
      static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), "SL") - rows[0].begin());
  CHECK(std::strtod(rows[1][sl].c_str(), nullptr) ==
        Approx(std::strtod(rows[2][sl].c_str(), nullptr)));
  CHECK(errors_of("id,model,n,a,lam,mu,t\n1,C,12,10,20,1,0\n").at(0) ==
        "q.csv:2:8: error[conflict]: a is 10, but lam / mu is 20; give one of them");
}

TEST_CASE("every bad row of a batch is told at once, by line and column") {
  const auto errors = errors_of(
      "id,model,n,a,t,theta,lam,mu,K\n"
      "1,A,5,2,20,,,,\n"
      "x,Q,5,2,20,,,,\n"
      "中,K,5.5,2,20,0,,,3\n"
      "4,C,3,,1,,2,,\n"
      "5,B,3,2,\"a,,,,\n"
      "6,B,3\n"
      "7,C,-1,2,1e400,,,,\n"
      "8,K,5,2,1,0,,,3\n"
      "9,A,3,2,1,-1,,,\n"
      "10,B,1,1e13,,,,,\n");
  const std::vector<std::string> want = {
      "q.csv:2:12: error[missing]: theta is missing; model A needs it",
      "q.csv:3:3: error[model]: model is \"Q\"; must be B, C, A or K",
      "q.csv:4:5: error[range]: n is 5.5; must be a whole number up to 10000000",
      "q.csv:5:13: error[missing]: mu is missing; model C needs it",
      "q.csv:6:9: error[quote]: a quote is not closed on its line",
      "q.csv:7:6: error[cells]: 3 cells, but the header has 9",
      "q.csv:8:5: error[range]: n is -1; must be > 0",
      "q.csv:8:10: error[number]: t is \"1e400\"; must be a number",
      "q.csv:9:15: error[range]: K is 3; must be >= n = 5",
      "q.csv:10:11: error[range]: theta is -1; must be >= 0",
      "q.csv:11:8: error[range]: a is 10000000000000; must be <= 1000000000000"};
  CHECK(errors == want);
}

TEST_CASE("a batch without the columns it needs says which") {
  CHECK(errors_of("").at(0).starts_with("q.csv:1:1: error[empty]"));
  CHECK(errors_of("id,n,n\n").size() == 2);
  CHECK(errors_of("name\n1\n").size() == 3);
}
