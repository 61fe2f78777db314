#include "tests/models/queueing/golden.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>

#include "tests/place.h"

namespace callmill::test {
namespace {

// A cell in quotes may hold commas.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

bool GoldenRow::has(const std::string& column) const {
  return cells.contains(column);
}

std::string GoldenRow::text(const std::string& column) const {
  const auto found = cells.find(column);
  return found == cells.end() ? "" : found->second;
}

double GoldenRow::number(const std::string& column) const {
  const std::string cell = text(column);
  return cell.empty() ? std::numeric_limits<double>::quiet_NaN()
                      : std::strtod(cell.c_str(), nullptr);
}

std::vector<GoldenRow> read_golden(const std::string& file) {
  std::ifstream in(source_path("tests/golden/" + file));
  if (!in) throw std::runtime_error("cannot read tests/golden/" + file);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> names = split(line);
  std::vector<GoldenRow> rows;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = split(line);
    GoldenRow row;
    for (std::size_t i = 0; i < cells.size(); ++i) row.cells[names.at(i)] = cells[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

double conditioning(const GoldenRow& row) {
  const auto either = [&row](const char* a, const char* b) {
    return row.has(a) ? row.number(a) : row.number(b);
  };
  const auto or_none = [](double x) { return std::isfinite(x) ? x : 0; };
  const double n = or_none(either("n", "S")), rate = or_none(row.number("lam"));
  const double service = or_none(row.number("mu")), theta = or_none(row.number("theta"));
  const double load = row.has("a") ? row.number("a") : service > 0 ? rate / service : 0;
  // Where callers hardly ever hang up the queue is that long.
  const double queue = theta > 0 ? std::max(0.0, rate - n * service) / theta : 0;
  return n + load + n * service * or_none(row.number("t")) + queue;
}

void Comparison::check(const GoldenRow& row, const std::string& column, double got) {
  if (!row.has(column)) return;
  ++cells_;
  const double want = row.number(column);
  const std::string cell = file_ + " " + row.text("id") + " " + column;
  double error = 0;
  const double allowed = kind_ == Kind::kChain ? 1e-9 : 1e-12 + 4e-16 * conditioning(row);
  if (std::isnan(want)) {
    error = std::isnan(got) ? 0 : 1;
  } else if (std::abs(want) < 1e-307) {
    error = std::abs(got) < 1.01e-307 ? 0 : 1;
  } else {
    error = std::abs(got - want) / std::abs(want);
    const bool tiny = std::abs(want) < 1e-12;
    double& worst = tiny ? worst_tiny_ : worst_;
    if (error > worst) {
      worst = error;
      (tiny ? worst_tiny_cell_ : worst_cell_) = cell;
    }
  }
  if (!(error <= allowed)) {
    failures_ += fmt::format("{}: got {:.17g}, want {}\n", cell, got, row.text(column));
  }
}

std::string Comparison::summary() const {
  return fmt::format("{}: {} cells, worst {:.2g} ({}), below 1e-12 {:.2g} ({})", file_, cells_,
                     worst_, worst_cell_, worst_tiny_, worst_tiny_cell_);
}

}  // namespace callmill::test
