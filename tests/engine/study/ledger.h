#pragma once
// Many comparisons of an estimate with its exact value, judged together.
//
// Each comparison has a 99.9 % interval (Student, over replications), and about one in a thousand
// may miss it by chance. The rule for M comparisons:
//   1. none misses the interval of confidence 1 - 0.001 / M (Bonferroni: a right engine fails here
//      for one seed in a thousand);
//   2. no more than k miss the 99.9 % interval, k the smallest with P(Poisson(M / 1000) > k) <=
//      0.001;
//   3. the mean of t^2 lies in [0.5, 1.6] when M >= 60, else the intervals themselves are wrong.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "base/stats/interval.h"

namespace callmill::test {

class Ledger {
 public:
  static constexpr double kConfidence = 0.999;

  explicit Ledger(std::string title) : title_{std::move(title)} {}

  // `e` was made with kConfidence.
  void add(const std::string& what, const Estimate& e, double exact) {
    INFO(title_ << ": " << what);
    REQUIRE(std::isfinite(e.value));
    REQUIRE(std::isfinite(e.ci_high - e.ci_low));
    const double dof = static_cast<double>(e.n - 1);
    const double se = (e.ci_high - e.ci_low) / 2 / student_t(kConfidence, dof);
    if (se == 0) {
      CHECK(e.value == Approx(exact).epsilon(1e-12));
      return;
    }
    entries_.push_back({what, e.value, exact, (e.value - exact) / se, dof});
  }

  void judge() const {
    const auto m = static_cast<double>(entries_.size());
    REQUIRE(m > 0);
    std::size_t missed = 0;
    double squares = 0;
    const Entry* worst = &entries_.front();
    for (const Entry& e : entries_) {
      INFO(title_ << ": " << e.what << ": estimate " << e.value << ", exact " << e.exact << ", t "
                  << e.t);
      CHECK(std::abs(e.t) <= student_t(1 - 0.001 / m, e.dof));
      missed += std::abs(e.t) > student_t(kConfidence, e.dof) ? 1u : 0u;
      squares += e.t * e.t * (e.dof - 2) / e.dof;  // the variance of Student's t is dof / (dof - 2)
      if (std::abs(e.t) > std::abs(worst->t)) worst = &e;
    }
    CHECK(missed <= allowed(m / 1000));
    std::printf(
        "%s: %zu comparisons, worst t %+.2f (%s: %.6g, exact %.6g), %zu outside 99.9 %%, "
        "mean t^2 %.2f\n",
        title_.c_str(), entries_.size(), worst->t, worst->what.c_str(), worst->value, worst->exact,
        missed, squares / m);
    if (m >= 60) {
      CHECK(squares / m > 0.5);
      CHECK(squares / m < 1.6);
    }
  }

 private:
  struct Entry {
    std::string what;
    double value, exact, t, dof;
  };

  static std::size_t allowed(double mean) {
    double term = std::exp(-mean), sum = term;
    std::size_t k = 0;
    while (1 - sum > 0.001) sum += term *= mean / static_cast<double>(++k);
    return k;
  }

  std::string title_;
  std::vector<Entry> entries_;
};

}  // namespace callmill::test
