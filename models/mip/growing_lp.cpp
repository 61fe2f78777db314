#include "models/mip/growing_lp.h"

#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#include <cmath>

namespace callmill {
namespace {

double for_coin(double value) {
  return std::isinf(value) ? std::copysign(COIN_DBL_MAX, value) : value;
}

}  // namespace

// What the last solution said is kept, since a column that is added after it may unmake it.
struct GrowingLp::Solver : OsiClpSolverInterface {
  double last_cost = 0;
  std::vector<double> values, duals;
};

GrowingLp::GrowingLp(const Mip& start) : solver_{std::make_unique<Solver>()} {
  std::vector<int> rows, columns;
  std::vector<double> values, lower, upper, cost, row_lower, row_upper;
  for (const MipEntry& entry : start.entries) {
    rows.push_back(entry.row);
    columns.push_back(entry.column);
    values.push_back(entry.value);
  }
  CoinPackedMatrix matrix(true, rows.data(), columns.data(), values.data(),
                          static_cast<CoinBigIndex>(values.size()));
  matrix.setDimensions(static_cast<int>(start.row_lower.size()),
                       static_cast<int>(start.columns.size()));
  for (const MipColumn& column : start.columns) {
    lower.push_back(for_coin(column.lower));
    upper.push_back(for_coin(column.upper));
    cost.push_back(column.cost);
  }
  for (const double value : start.row_lower) row_lower.push_back(for_coin(value));
  for (const double value : start.row_upper) row_upper.push_back(for_coin(value));
  solver_->messageHandler()->setLogLevel(0);
  solver_->loadProblem(matrix, lower.data(), upper.data(), cost.data(), row_lower.data(),
                       row_upper.data());
}

GrowingLp::~GrowingLp() = default;

int GrowingLp::add_column(double cost, double lower, double upper,
                          const std::vector<std::pair<int, double>>& entries) {
  std::vector<int> rows;
  std::vector<double> values;
  for (const auto& [row, value] : entries) {
    rows.push_back(row);
    values.push_back(value);
  }
  solver_->addCol(static_cast<int>(rows.size()), rows.data(), values.data(), for_coin(lower),
                  for_coin(upper), cost);
  return solver_->getNumCols() - 1;
}

void GrowingLp::set_bounds(int column, double lower, double upper) {
  solver_->setColBounds(column, for_coin(lower), for_coin(upper));
}

// New columns leave the basis primal feasible, so the primal method goes on from it; moved bounds
// leave it dual feasible, and CLP turns to that by itself.
bool GrowingLp::solve() {
  solver_->resolve();
  if (!solver_->isProvenOptimal()) solver_->initialSolve();
  if (!solver_->isProvenOptimal()) return false;
  solver_->last_cost = solver_->getObjValue();
  const double *values = solver_->getColSolution(), *duals = solver_->getRowPrice();
  solver_->values.assign(values, values + solver_->getNumCols());
  solver_->duals.assign(duals, duals + solver_->getNumRows());
  return true;
}

double GrowingLp::cost() const {
  return solver_->last_cost;
}
double GrowingLp::value(int column) const {
  const auto at = static_cast<std::size_t>(column);
  return at < solver_->values.size() ? solver_->values[at] : 0.0;
}
double GrowingLp::dual(int row) const {
  return solver_->duals[static_cast<std::size_t>(row)];
}

}  // namespace callmill
