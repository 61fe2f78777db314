#include "models/chains/linear.h"

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseLU>
#include <cmath>

namespace callmill {
namespace {

using Vector = Eigen::VectorXd;
constexpr double kDrop = 1e-4;
constexpr int kFill = 12, kSteps = 300, kRounds = 6;
constexpr double kRounding = 2e-15;  // of the residual, beside |b|

}  // namespace

struct ChainSolver::Parts {
  Eigen::BiCGSTAB<Matrix, Eigen::IncompleteLUT<double>> iterative;
  Eigen::SparseLU<Matrix> direct;
  bool iterates = false, factored = false;
};

ChainSolver::ChainSolver(Matrix a) : a_{std::move(a)}, parts_{std::make_unique<Parts>()} {
  a_.makeCompressed();
  if (a_.rows() < kIterative) return;
  parts_->iterative.preconditioner().setDroptol(kDrop);
  parts_->iterative.preconditioner().setFillfactor(kFill);
  parts_->iterative.setMaxIterations(kSteps);
  parts_->iterative.setTolerance(1e-12);
  parts_->iterative.compute(a_);
  parts_->iterates = parts_->iterative.info() == Eigen::Success;
}

ChainSolver::~ChainSolver() = default;

Vector ChainSolver::directly(const Vector& b) {
  if (!parts_->factored) parts_->direct.compute(a_);
  parts_->factored = true;
  ok_ = parts_->direct.info() == Eigen::Success;
  if (!ok_) return Vector::Zero(b.size());
  Vector x = parts_->direct.solve(b);
  for (int i = 0; i < 2; ++i) x += Vector(parts_->direct.solve(b - a_ * x));
  return x;
}

Vector ChainSolver::solve(const Vector& b) {
  if (!parts_->iterates) return directly(b);
  Vector x = Vector::Zero(b.size()), rest = b;
  double before = b.norm();
  const double wanted = kRounding * before;
  for (int round = 0; round < kRounds && before > wanted; ++round) {
    const Vector better = x + Vector(parts_->iterative.solve(rest));
    rest = b - a_ * better;
    const double now = rest.norm();
    if (!(now < before / 2)) break;  // at rounding, or stalled
    x = better;
    before = now;
  }
  // 1e-12 is far above what rounding leaves and far below what stalling does.
  return before <= 1e-12 * b.norm() ? x : directly(b);
}

}  // namespace callmill
