// Each reference file is recomputed by one batch, its model told by its columns.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "app/calculator/batch.h"
#include "app/calculator/batch_csv.h"
#include "tests/place.h"

using namespace callmill;
using namespace callmill::calculator;

namespace {

struct Reference {
  std::string file;
  std::set<std::string> six_digits;  // columns printed with six digits
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

// 1e-9 relative (tests/golden/README.md); rarer values than 1e-7 are the business of the models'
// own tests.
bool agrees(const std::string& got, const std::string& want, double relative) {
  if (got.empty() || want.empty()) return got.empty() == want.empty();
  const double expected = std::strtod(want.c_str(), nullptr);
  const double value = std::strtod(got.c_str(), nullptr);
  return std::abs(value - expected) <= relative * std::abs(expected) + 1e-16;
}

}  // namespace

TEST_CASE("every reference file is recomputed by one batch") {
  const auto& [file, six_digits] = GENERATE(values<Reference>({
      {"erlang_b.csv", {"cond_a"}},
      {"erlang_c.csv", {}},
      {"erlang_a.csv", {}},
      {"mmnkm.csv", {}},
      {"staffing_inverse.csv", {}},
  }));
  const std::string csv = golden(file);
  Diagnostics diagnostics;
  const auto out = solve_batch(csv, file, "", diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) FAIL_CHECK(render(d));
  REQUIRE(out);
  const Cells want = cells_of(csv);
  const Cells got = cells_of(*out);
  REQUIRE(got.size() == want.size());
  for (std::size_t c = 0; c < got[0].size(); ++c) {
    const auto column = std::find(want[0].begin(), want[0].end(), got[0][c]);
    INFO(file << " computes " << got[0][c]);
    REQUIRE(column != want[0].end());
    const double relative = six_digits.contains(got[0][c]) ? 5e-6 : 1e-9;
    const auto at = static_cast<std::size_t>(column - want[0].begin());
    for (std::size_t r = 1; r < want.size(); ++r) {
      const bool same =
          c == 0 ? got[r][0] == want[r][at] : agrees(got[r][c], want[r][at], relative);
      if (!same)
        FAIL_CHECK(file << " " << want[r][0] << " " << got[0][c] << " " << got[r][c] << " "
                        << want[r][at]);
    }
  }
  CHECK(got[0].size() > 3);
}
