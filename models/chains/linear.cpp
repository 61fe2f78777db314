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

struct Stopped {};

// Eigen's iteration has no way out but its preconditioner, which it asks twice a step.
class Preconditioner {
 public:
  Preconditioner() {
    lut_.setDroptol(kDrop);
    lut_.setFillfactor(kFill);
  }
  void set_stop(StopFlag stop) { stop_ = stop; }
  template <class Matrix>
  Preconditioner& analyzePattern(const Matrix& a) {  // NOLINT(readability-identifier-naming)
    lut_.analyzePattern(a);
    return *this;
  }
  template <class Matrix>
  Preconditioner& factorize(const Matrix& a) {
    lut_.factorize(a);
    return *this;
  }
  template <class Matrix>
  Preconditioner& compute(const Matrix& a) {
    lut_.compute(a);
    return *this;
  }
  template <class Right>
  Vector solve(const Right& b) const {
    if (is_set(stop_)) throw Stopped{};
    return lut_.solve(b);
  }
  Eigen::ComputationInfo info() { return lut_.info(); }

 private:
  Eigen::IncompleteLUT<double> lut_;
  StopFlag stop_ = nullptr;
};

}  // namespace

struct ChainSolver::Parts {
  Eigen::BiCGSTAB<Matrix, Preconditioner> iterative;
  Eigen::SparseLU<Matrix> direct;
  bool iterates = false, factored = false;
};

ChainSolver::ChainSolver(Matrix a, StopFlag stop)
    : a_{std::move(a)}, stop_{stop}, parts_{std::make_unique<Parts>()} {
  a_.makeCompressed();
  if (a_.rows() < kIterative || is_set(stop_)) return;
  parts_->iterative.preconditioner().set_stop(stop_);
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
  try {
    if (!is_set(stop_)) return solve_to_the_end(b);
  } catch (const Stopped&) {
  }
  ok_ = false;
  return Vector::Zero(b.size());
}

Vector ChainSolver::solve_to_the_end(const Vector& b) {
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
