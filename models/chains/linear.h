#pragma once
// Sparse systems A x = b of this room: A = -Q without a state, or of a chain that is left; an
// M-matrix, diagonally dominant by columns or rows.

#include <Eigen/SparseCore>
#include <memory>

#include "models/chains/generator.h"

namespace callmill {

class ChainSolver {
 public:
  using Matrix = Eigen::SparseMatrix<double, Eigen::ColMajor>;
  // BiCGSTAB (van der Vorst 1992) behind an incomplete factorisation from kIterative unknowns on,
  // where it is a hundred times cheaper than the fill of a full one; complete sparse LU below, and
  // where the iteration stalls.
  static constexpr Eigen::Index kIterative = 1000;

  // Once `stop` is set, solve() comes back soon, without an answer and with ok() false.
  explicit ChainSolver(Matrix a, StopFlag stop = nullptr);
  ~ChainSolver();
  ChainSolver(const ChainSolver&) = delete;
  ChainSolver& operator=(const ChainSolver&) = delete;

  // Refined until the residual is at rounding: |b - A x| about 1e-15 |A| |x|. False in `ok` where A
  // is singular, or the solver was stopped.
  Eigen::VectorXd solve(const Eigen::VectorXd& b);
  bool ok() const { return ok_; }

 private:
  struct Parts;
  Eigen::VectorXd solve_to_the_end(const Eigen::VectorXd& b);
  Eigen::VectorXd directly(const Eigen::VectorXd& b);
  Matrix a_;
  StopFlag stop_;
  std::unique_ptr<Parts> parts_;
  bool ok_ = true;
};

}  // namespace callmill
