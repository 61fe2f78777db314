// The batch of CSV rows.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "app/calculator/batch.h"

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

std::vector<std::string> errors_of(const std::string& csv) {
  Diagnostics diagnostics;
  CHECK_FALSE(solve_batch(csv, "q.csv", "", diagnostics).has_value());
  std::vector<std::string> first_lines;
  for (const Diagnostic& d : diagnostics.errors()) {
    const std::string text = render(d);
    first_lines.push_back(text.substr(0, text.find('\n')));
  }
  return first_lines;
}

}  // namespace

TEST_CASE("models may be mixed; cells that do not apply stay empty") {
  Diagnostics diagnostics;
  const auto out = solve_batch("id,model,n,a,theta,t,note\n1,A,5,2,1,0.5,x\n\"x,y\",B,5,2,,,\n",
                               "q.csv", "", diagnostics);
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
                               "q.csv", "", diagnostics);
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
      "q.csv:3:3: error[model]: model is \"Q\"; must be B, C, A, K or the name of a model",
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
  CHECK(errors_of("name\n1\n").size() == 2);
}

TEST_CASE("the model is the one asked for, the row's own, or what the columns tell") {
  const std::string csv = "id,n,lam,mu,theta,t\n1,5,4,1,0.5,1\n";
  Diagnostics diagnostics;
  const auto told = solve_batch(csv, "q.csv", "", diagnostics);
  const auto named = solve_batch(csv, "q.csv", "erlang_a", diagnostics);
  const auto letter = solve_batch(csv, "q.csv", "C", diagnostics);
  REQUIRE((told && named && letter));
  CHECK(*told == *named);
  CHECK(letter->starts_with("id,rho,B,C,"));
  CHECK_FALSE(solve_batch(csv, "q.csv", "erlang_d", diagnostics));
  CHECK(render(diagnostics.errors().at(0)).find("did you mean erlang_a?") != std::string::npos);
}

TEST_CASE("each row of a batch says what its own numbers break") {
  // By handle times: agents, load, patience; n = 12 and t = 0.1 do no harm.
  const auto fails = [](const std::string& row) {
    Diagnostics diagnostics;
    BatchUse use;
    const auto out =
        solve_batch("id,model,n,lam,mu,theta,t,K\n1," + row + "\n", "q.csv", "", diagnostics, &use);
    REQUIRE(out);
    const std::vector<Cells> rows = table_of(*out);
    CHECK(rows[0].back() == "fails");
    std::string joined;
    for (const std::string& code : use.fails) joined += (joined.empty() ? "" : " ") + code;
    CHECK(rows[1].back() == joined);
    return rows[1].back();
  };
  CHECK(fails("A,30,20,1,0.5,0.1,").empty());
  CHECK(fails("B,30,15,1,,,").empty());
  CHECK(fails("B,30,25,1,,,") == "redials");
  CHECK(fails("B,30,30,1,,,") == "overload redials");
  CHECK(fails("C,30,20,1,,0.1,").empty());
  CHECK(fails("C,30,31,1,,0.1,") == "unstable");
  // 3 / (sqrt 30 - sqrt 28)^2 = 86 handle times.
  CHECK(fails("C,30,28,1,,0.1,") == "slow patience");
  CHECK(fails("A,30,30,1,1,0.1,") == "overload redials patience_law");
  CHECK(fails("A,30,31,1,0.01,0.1,") == "overload slow redials");
  CHECK(fails("A,8,3,1,0.5,0.1,") == "few");
  CHECK(fails("K,30,40,1,,0.1,30") == "overload redials");
  Diagnostics diagnostics;
  const auto fewest = solve_batch(
      "id,model,lam,mu,theta,t,measure,sense,target\n1,C,28,1,,0.1,p_wait,le,0.5\n"
      "2,B,5,1,,,p_block,le,0.001\n",
      "q.csv", "", diagnostics);
  REQUIRE(fewest);
  CHECK(table_of(*fewest)[1].back() == "slow");
  CHECK(table_of(*fewest)[2].back().empty());
}
