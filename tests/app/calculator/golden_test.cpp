// Each reference file is recomputed by one batch, its model told by its columns.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/calculator/batch.h"
#include "app/calculator/batch_cases.h"
#include "app/calculator/batch_csv.h"
#include "tests/models/queueing/golden.h"
#include "tests/place.h"

using namespace callmill;
using namespace callmill::calculator;

namespace {

using Kind = test::Comparison::Kind;

struct Reference {
  std::string file;
  Kind kind = Kind::kClosedForm;
  std::set<std::string> six_digits = {};    // columns printed with six digits
  std::set<std::string> may_be_empty = {};  // in the reference
  double absolute = 0;                      // what the reference claims of its smallest values
};

using Cells = std::vector<std::vector<std::string>>;

Cells cells_of(const std::string& csv) {
  Cells rows;
  for (const BatchLine& line : read_batch_lines(csv)) {
    rows.emplace_back();
    for (const BatchCell& cell : line.cells) rows.back().push_back(cell.text);
  }
  return rows;
}

std::string golden(const std::string& file) {
  std::ifstream in(test::source_path("tests/golden/" + file));
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

// In the tolerance of tests/golden/README.md.
bool agrees(const std::string& got, const std::string& want, double relative, double absolute = 0) {
  if (got.empty() || want.empty()) return got.empty() == want.empty();
  const double expected = std::strtod(want.c_str(), nullptr);
  const double value = std::strtod(got.c_str(), nullptr);
  if (std::abs(expected) < 1e-307) return std::abs(value) < std::max(absolute, 1.01e-307);
  return std::abs(value - expected) <= relative * std::abs(expected) + absolute;
}

}  // namespace

TEST_CASE("every reference file is recomputed by one batch") {
  const auto& [file, kind, six_digits, may_be_empty, absolute] = GENERATE(values<Reference>({
      // Near 1 the logarithm of the reference carries an absolute error (models' tests hold 1 - B).
      {"erlang_b.csv", Kind::kClosedForm, {"cond_a"}, {}, 5e-17},
      {"erlang_c.csv", Kind::kClosedForm, {}, {}, 1e-16},
      {"erlang_a.csv", Kind::kClosedForm, {}, {}, 2e-29},
      {"mmnkm.csv", Kind::kClosedForm, {}, {}, 2e-29},
      {"staffing_inverse.csv"},
      {"retrial.csv", Kind::kChain},
      // The reference leaves the law of the wait out where callbacks may come first.
      {"callback.csv", Kind::kChain, {}, {"p_live_answered_le", "p_ab_le"}},
      {"dialer.csv", Kind::kChain},
      // It has no wait of those who give up where fewer than 1e-22 do.
      {"mmng.csv", Kind::kClosedForm, {}, {"EW_ab"}, 1e-22},
      {"ivr_trunks.csv", Kind::kChain},
      {"fcr.csv"},
  }));
  const std::vector<test::GoldenRow> rows = test::read_golden(file);
  const std::string csv = golden(file);
  Diagnostics diagnostics;
  const auto out = solve_batch(csv, file, "", diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) FAIL_CHECK(render(d));
  REQUIRE(out);
  const Cells want = cells_of(csv);
  const Cells got = cells_of(*out);
  REQUIRE(got.size() == want.size());
  CHECK(got[0].back() == "fails");
  for (std::size_t c = 0; c + 1 < got[0].size(); ++c) {
    const auto column = std::find(want[0].begin(), want[0].end(), got[0][c]);
    INFO(file << " computes " << got[0][c]);
    REQUIRE(column != want[0].end());
    const bool six = six_digits.contains(got[0][c]);
    const auto at = static_cast<std::size_t>(column - want[0].begin());
    for (std::size_t r = 1; r < want.size(); ++r) {
      if (want[r][at].empty() && may_be_empty.contains(got[0][c])) continue;
      const double close = kind == Kind::kChain ? 1e-9 : 1e-12 + 4e-16 * conditioning(rows[r - 1]);
      const bool same = c == 0 ? got[r][0] == want[r][at]
                               : agrees(got[r][c], want[r][at], six ? 5e-6 : close, absolute);
      if (!same)
        FAIL_CHECK(file << " " << want[r][0] << " " << got[0][c] << " " << got[r][c] << " "
                        << want[r][at]);
    }
  }
  CHECK(got[0].size() > 4);
}

// Their reference is a simulation; models/queueing has the errors of each. Here: row by row, near.
TEST_CASE("general handle times are approximated by one batch") {
  const std::string csv = golden("mgisrgi_sim.csv");
  Diagnostics diagnostics;
  const auto out = solve_batch(csv, "mgisrgi_sim.csv", "", diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) FAIL_CHECK(render(d));
  REQUIRE(out);
  const Cells want = cells_of(csv), got = cells_of(*out);
  REQUIRE(got.size() == want.size());
  CHECK(got[0] == std::vector<std::string>{"id", "approximate", "fails"});
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(want[0].begin(), want[0].end(), name) -
                                    want[0].begin());
  };
  int exact = 0;
  for (std::size_t r = 1; r < want.size(); ++r) {
    const double value = std::strtod(got[r].at(1).c_str(), nullptr);
    const double simulated = std::strtod(want[r][column("sim")].c_str(), nullptr);
    INFO(want[r][0] << " " << want[r][column("measure")]);
    // None was blocked of the reference's millions of calls: by that alone a share could be 1.7e-6
    // (0.001 = e^-6.9 of 4 million). The approximation says 1.04e-9 of the smallest team, W20, and
    // less than 1e-22 of the others; held to the decimal above it.
    CHECK(value == Approx(simulated).epsilon(0.1).margin(1e-8));
    if (want[r][column("exact")].empty()) continue;
    ++exact;
    CHECK(value == Approx(std::strtod(want[r][column("exact")].c_str(), nullptr)).epsilon(1e-11));
  }
  CHECK(exact == 21);
}

TEST_CASE("every case of skills is recomputed by one batch") {
  Diagnostics diagnostics;
  const auto out = solve_cases(golden("skills_cases.json"), "skills", "", diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) FAIL_CHECK(render(d));
  REQUIRE(out);
  std::map<std::string, std::string> got;
  for (const auto& row : cells_of(*out)) got[row[0] + " " + row[1]] = row[2];
  const Cells want = cells_of(golden("skills.csv"));
  for (std::size_t r = 1; r < want.size(); ++r) {  // id, case, design, measure, value
    const std::string& value = got[want[r][1] + " " + want[r][3]];
    if (!agrees(value, want[r][4], 1e-9))
      FAIL_CHECK(want[r][1] << " " << want[r][3] << " " << value << " " << want[r][4]);
  }
  CHECK(want.size() == 512);
}

TEST_CASE("every day of changing calls and staff is recomputed by one batch") {
  Diagnostics diagnostics;
  const auto out = solve_cases(golden("tv_scenarios.json"), "tv", "", diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) FAIL_CHECK(render(d));
  REQUIRE(out);
  const Cells got = cells_of(*out);
  std::map<std::string, const std::vector<std::string>*> by_name;
  for (const auto& row : got) by_name[row[0] + " " + row[1]] = &row;
  const Cells want = cells_of(golden("tv_intervals.csv"));
  std::size_t compared = 0;
  for (std::size_t c = 2; c < got[0].size(); ++c) {
    const auto column = std::find(want[0].begin(), want[0].end(), got[0][c]);
    REQUIRE(column != want[0].end());
    const auto at = static_cast<std::size_t>(column - want[0].begin());
    for (std::size_t r = 1; r < want.size(); ++r) {
      const auto* row = by_name[want[r][1] + " " + want[r][2]];
      REQUIRE(row != nullptr);
      const double expected = std::strtod(want[r][at].c_str(), nullptr);
      const double value = std::strtod((*row)[c].c_str(), nullptr);
      // Of a share or a count the error of the model is absolute, below 1 (its own tests).
      if (std::abs(value - expected) > 1e-9 * std::max(1.0, std::abs(expected)))
        FAIL_CHECK(want[r][0] << " " << got[0][c] << " " << (*row)[c] << " " << want[r][at]);
      ++compared;
    }
  }
  CHECK(compared == 99 * 23);
}

TEST_CASE("every error of JSON cases is told at once") {
  const auto errors = [](const std::string& text, const char* model = "") {
    Diagnostics diagnostics;
    CHECK_FALSE(solve_cases(text, "c.json", model, diagnostics));
    return diagnostics.errors();
  };
  CHECK(render(errors("{\"a\": 1,\n x}").at(0)).starts_with("c.json:2:"));
  CHECK(errors("[]").size() == 1);
  const auto wrong = errors("{\"a\": {}}", "dialer");
  CHECK(wrong.size() == 1);
  CHECK(wrong.at(0).message.find("skills (skills_cases) or tv (tv_scenarios)") !=
        std::string::npos);
  // A model that the cases are not of, and each by the name of its file.
  CHECK(errors(golden("tv_scenarios.json"), "skills").size() == 1);
  CHECK(errors(golden("skills_cases.json"), "tv_scenarios").size() == 1);
  Diagnostics none;
  CHECK(solve_cases(golden("tv_scenarios.json"), "c.json", "tv_scenarios", none));
  const auto day =
      errors(R"({"a": {"K": 1.5, "mu": -1, "theta": 0, "policy": "x", "T": 1, "k0": 0,)"
             R"( "intervals": [[0]]},)"
             R"( "b": {"K": 5}})");
  CHECK(day.size() == 10);  // four of a, six of b
  CHECK(errors(R"({"a": {"classes": [{"lam": 1}], "groups": [2], "mu": [[1]], "pref": [[3]],)"
               R"( "take": [[0]], "t": [1]}})")
            .size() == 3);  // theta, qcap, pref
}

TEST_CASE("errors of JSON cases stand where they are, whatever the names") {
  const std::string text = R"({
  "a \"x\".b": {"mu": 0.1, "theta": 0.1, "T": 20, "K": 0, "k0": 0, "policy": "named",
                "intervals": [[0, 1, 2, 3]]},
  "b": {"mu": "x", "theta": 0.1, "T": 20, "K": 0, "k0": 0,
        "policy": "nmed", "intervals": [[0, 10, 2, 3], [10, 20, -1, 3]]},
  "c": {"mu": 1, "T": 20, "K": 1.5, "k0": 0, "policy": "named", "intervals": []}
})";
  Diagnostics found;
  CHECK_FALSE(solve_cases(text, "c.json", "", found));
  std::vector<std::string> places;
  for (const Diagnostic& d : found.errors()) {
    const std::string shown = render(d);
    places.push_back(shown.substr(0, shown.find(':', shown.find(':', 7) + 1)));
  }
  CHECK(places == std::vector<std::string>{"c.json:4:15", "c.json:5:19", "c.json:5:65",
                                           "c.json:6:8", "c.json:6:32"});
}
