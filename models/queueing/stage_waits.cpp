#include "models/queueing/stage_waits.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/queueing/special.h"

namespace callmill {
namespace {

constexpr int kMostTailTerms = 100'000;

// m ln(m / mean) + mean - m, with gap = mean - m given without cancellation.
double deviance(double m, double mean, double gap) {
  const double e = gap / m;
  return e < -0.5 ? m * std::log(m / mean) + gap : m * minus_log1p(e);
}

// t_i for one drain rate: t_{i+1} / t_i = (drain + i theta) g / (i + 1), g = (1 - x) / theta.
class Terms {
 public:
  Terms(const StageLaw& law, double drain) : drain_{drain}, theta_{law.patience_rate} {
    const double y = theta_ * law.within;
    g_ = y == 0 ? law.within : -std::expm1(-y) / theta_;
    x_ = std::exp(-y);
    log_first_ = -drain * law.within;
  }
  double ratio(double i) const { return (drain_ + i * theta_) * g_ / (i + 1); }
  // Largest term; possibly beyond any k.
  double mode() const { return std::max(0.0, std::floor((drain_ * g_ - 1) / x_)); }
  // ln t_i: c / (c + i) times a binomial weight in saddle point form (Loader 2000).
  double log_term(double i) const {
    if (i == 0) return log_first_;
    const double mean = drain_ * g_;
    if (theta_ == 0) return log_poisson(i, mean);
    const double c = drain_ / theta_;
    const double gap = mean - i * x_;
    return stirling_error(c + i) - stirling_error(i) - stirling_error(c) -
           deviance(i, mean + i * (1 - x_), gap) - deviance(c, (c + i) * x_, -gap) -
           std::log1p(i / c) + 0.5 * std::log1p(i / c) - 0.5 * std::log(2 * std::numbers::pi * i);
  }

 private:
  double drain_, theta_, g_, x_, log_first_;
};

// Both tails at every k: below[k] = sum_{i<=k} t_i, above[k] = sum_{i>k} t_i.
struct Tails {
  std::vector<double> below, above;
};

double tail_beyond(const Terms& terms, double i, double term) {
  double sum = 0;
  for (int step = 0; step < kMostTailTerms && term > 1e-18 * sum; ++step, ++i) {
    term *= terms.ratio(i);
    sum += term;
  }
  return sum;
}

Tails tails_of(const Terms& terms, std::int64_t most) {
  const auto count = static_cast<std::size_t>(most) + 1;
  std::vector<double> t(count, 0.0);
  const double top = std::min(terms.mode(), static_cast<double>(most));
  const auto anchor = static_cast<std::size_t>(top);
  t[anchor] = std::exp(terms.log_term(top));
  for (std::size_t i = anchor; i + 1 < count; ++i)
    t[i + 1] = t[i] * terms.ratio(static_cast<double>(i));
  for (std::size_t i = anchor; i > 0; --i)
    t[i - 1] = t[i] / terms.ratio(static_cast<double>(i - 1));
  Tails tails{std::vector<double>(count), std::vector<double>(count)};
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) tails.below[i] = sum += t[i];
  // The tail beyond the last k: from its complement while that is exact, else term by term.
  double above = sum < 0.9 ? 1 - sum : tail_beyond(terms, static_cast<double>(most), t[count - 1]);
  for (std::size_t i = count; i-- > 0;) {
    tails.above[i] = std::min(1.0, above);
    above += t[i];
  }
  return tails;
}

}  // namespace

StageWaits::StageWaits(const StageLaw& law, std::int64_t most) {
  if (most < 0) return;
  const double theta = law.patience_rate;
  const auto count = static_cast<std::size_t>(most) + 1;
  // Beyond 700 mean patiences nobody waits on, whatever they found.
  const bool all_gone = theta * law.within > 700;
  Tails v, served;
  if (all_gone) {
    v = served = {std::vector<double>(count, 0.0), std::vector<double>(count, 1.0)};
  } else {
    v = tails_of(Terms(law, law.drain_rate), most);
    // Those who are answered in the end have wait Beta(c + 1, k + 1).
    served = theta == 0 ? v : tails_of(Terms(law, law.drain_rate + theta), most);
  }
  const double gone = -std::expm1(-theta * law.within);
  double mean = 0;
  waits_.reserve(count);
  for (std::size_t k = 0; k < count; ++k) {
    const double leave = law.drain_rate + static_cast<double>(k + 1) * theta;
    mean += 1 / leave;
    const double answered = law.drain_rate / leave;
    waits_.push_back({.served = answered,
                      .mean_wait_served = mean,
                      .served_le = answered * served.above[k],
                      .wait_le = v.above[k] + v.below[k] * gone,
                      .v_gt = v.below[k]});
  }
}

}  // namespace callmill
