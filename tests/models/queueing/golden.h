#pragma once
// Reads tests/golden and keeps the worst relative error of each column.

#include <map>
#include <string>
#include <vector>

namespace callmill::test {

// One row by column name. A cell that is absent or empty reads as NaN.
struct GoldenRow {
  std::map<std::string, std::string> cells;
  std::string text(const std::string& column) const;
  double number(const std::string& column) const;
  bool has(const std::string& column) const;
};
std::vector<GoldenRow> read_golden(const std::string& file);

// n + a + n mu t + the queue of callers who hardly ever hang up: how much a closed form magnifies
// the rounding of its inputs.
double conditioning(const GoldenRow& row);

// Collects |got - want| / |want|: of closed forms 1e-12 + 4e-16 conditioning(row) is allowed, of
// chains 1e-9 (what the reference itself claims). A value that underflows a double must come out
// below 1.01e-307, and an empty cell as NaN.
class Comparison {
 public:
  enum class Kind { kClosedForm, kChain };
  explicit Comparison(std::string file, Kind kind = Kind::kClosedForm)
      : file_{std::move(file)}, kind_{kind} {}
  void check(const GoldenRow& row, const std::string& column, double got);
  // Every cell out of tolerance, one per line; empty when all are met.
  const std::string& failures() const { return failures_; }
  // The worst error over all values of at least 1e-12, and the cell it is in.
  std::string summary() const;
  std::size_t cells() const { return cells_; }

 private:
  std::string file_;
  Kind kind_;
  std::string failures_, worst_cell_, worst_tiny_cell_;
  double worst_ = 0, worst_tiny_ = 0;
  std::size_t cells_ = 0;
};

}  // namespace callmill::test
