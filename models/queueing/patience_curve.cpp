#include "models/queueing/patience_curve.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/check.h"
#include "models/queueing/special.h"

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// An exponential part is smooth over so many means, and is over after so many.
constexpr double kSmoothMeans = 10;
constexpr double kLastMeans = 40;

namespace policies = boost::math::policies;
using Quiet = policies::policy<policies::promote_double<false>,
                               policies::domain_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::underflow_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>>;

// 1 - e^{-y} - y e^{-y}: mean of those of an exponential law who are gone by y means, in means.
double gone_early(double y) {
  if (y < 0.7) return std::exp(-y) * exp_minus_1_minus(y);
  return y > 700 ? 1 : -std::expm1(-y) - y * std::exp(-y);
}

double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

struct GammaTails {
  double below, above;
};
GammaTails gamma_tails(double shape, double y) {
  if (y < shape) {
    const double p = boost::math::gamma_p(shape, y, Quiet());
    return {p, 1 - p};
  }
  const double q = boost::math::gamma_q(shape, y, Quiet());
  return {1 - q, q};
}

// The piece that holds x: the last i with from[i] <= x, or < x from the left.
std::size_t piece(const std::vector<double>& from, double x, bool from_left) {
  const auto next = from_left ? std::lower_bound(from.begin(), from.end(), x)
                              : std::upper_bound(from.begin(), from.end(), x);
  return next == from.begin() ? from.size() : static_cast<std::size_t>(next - from.begin()) - 1;
}

}  // namespace

PatienceCurve::Points PatienceCurve::points_of(const EmpiricalLaw& law) {
  Points p{law.value_s, law.cdf, {}};
  p.early.push_back(p.cdf[0] * p.value[0]);
  for (std::size_t i = 1; i < p.value.size(); ++i)
    p.early.push_back(p.early.back() +
                      (p.cdf[i] - p.cdf[i - 1]) * 0.5 * (p.value[i] + p.value[i - 1]));
  return p;
}

PatienceCurve::Steps PatienceCurve::steps_of(const HazardLaw& law) {
  Steps s{law.from_s, law.rate_per_s, {0}, {0}};
  for (std::size_t i = 0; i + 1 < s.from.size(); ++i) {
    const double y = s.rate[i] * (s.from[i + 1] - s.from[i]);
    const double here = std::exp(-s.cumulative[i]);
    double early = s.early[i];
    if (y > 0) early += here * (s.from[i] * -std::expm1(-y) + gone_early(y) / s.rate[i]);
    s.early.push_back(early);
    s.cumulative.push_back(s.cumulative[i] + y);
  }
  return s;
}

PatienceCurve::Shape PatienceCurve::shape_of(const std::optional<Law>& law) {
  if (!law) return Nobody{};
  CALLMILL_CHECK(fault(*law).empty(), "patience is a law without fault");
  struct Make {
    Shape operator()(const ConstantLaw& l) const {
      return points_of({{l.value_s, l.value_s}, {0, 1}});
    }
    Shape operator()(const UniformLaw& l) const { return points_of({{l.low_s, l.high_s}, {0, 1}}); }
    Shape operator()(const ExponentialLaw& l) const { return Mixture{{1}, {l.mean_s}, l.mean_s}; }
    Shape operator()(const HyperexponentialLaw& l) const {
      return Mixture{l.share, l.mean_s, *std::max_element(l.mean_s.begin(), l.mean_s.end())};
    }
    Shape operator()(const EmpiricalLaw& l) const { return points_of(l); }
    Shape operator()(const HazardLaw& l) const { return steps_of(l); }
    Shape operator()(const WeibullLaw& l) const {
      return Power{l.scale_s, l.shape, std::tgamma(1 + 1 / l.shape)};
    }
    Shape operator()(const GammaLaw& l) const {
      return Gamma{l.mean_s / l.shape, l.shape, boost::math::lgamma(l.shape, Quiet())};
    }
    Shape operator()(const LognormalLaw& l) const {
      const double variation = l.sd_s / l.mean_s;
      const double square = std::log1p(variation * variation);
      return Lognormal{l.mean_s * std::exp(-0.5 * square), std::sqrt(square), l.mean_s};
    }
  };
  return std::visit(Make{}, *law);
}

PatienceCurve::PatienceCurve(const Patience& patience)
    : law_{patience.law}, shape_{shape_of(patience.law)}, balks_{patience.balks} {
  CALLMILL_CHECK(
      balks_ >= 0 && balks_ <= 1 && patience.never_leaves >= 0 && patience.never_leaves <= 1,
      "shares of callers lie in 0..1");
  const double never = law_ ? patience.never_leaves : 1;
  leaving_ = (1 - balks_) * (1 - never);
  never_ = (1 - balks_) * never;
  forever_ = never_;
  graded_ = std::holds_alternative<Power>(shape_) || std::holds_alternative<Gamma>(shape_) ||
            std::holds_alternative<Lognormal>(shape_);
  if (const auto* p = std::get_if<Points>(&shape_)) breaks_ = p->value;
  if (const auto* s = std::get_if<Steps>(&shape_)) {
    breaks_ = s->from;
    if (s->rate.back() == 0) forever_ += leaving_ * std::exp(-s->cumulative.back());
  }
  if (const auto* m = std::get_if<Mixture>(&shape_))
    for (const double mean : m->mean) breaks_.push_back(kLastMeans * mean);
  std::sort(breaks_.begin(), breaks_.end());
}

PatienceAt PatienceCurve::at(const Mixture& m, double x) {
  PatienceAt r{0, 0, 0};
  for (std::size_t i = 0; i < m.mean.size(); ++i) {
    const double y = x / m.mean[i];
    r.stay += m.share[i] * std::exp(-y);
    r.gone -= m.share[i] * std::expm1(-y);
    r.early += m.share[i] * m.mean[i] * gone_early(y);
  }
  return r;
}

PatienceAt PatienceCurve::at(const Points& p, double x, bool from_left) {
  const std::size_t i = piece(p.value, x, from_left);
  if (i == p.value.size()) return {1, 0, 0};
  if (i + 1 == p.value.size()) return {0, 1, p.early[i]};
  const double width = p.value[i + 1] - p.value[i];
  const double slope = (p.cdf[i + 1] - p.cdf[i]) / width;
  return {(1 - p.cdf[i + 1]) + slope * (p.value[i + 1] - x), p.cdf[i] + slope * (x - p.value[i]),
          p.early[i] + slope * (x - p.value[i]) * 0.5 * (x + p.value[i])};
}

PatienceAt PatienceCurve::at(const Steps& s, double x) {
  const std::size_t i = std::min(piece(s.from, x, false), s.from.size() - 1);
  const double y = s.rate[i] * (x - s.from[i]);
  const double here = std::exp(-s.cumulative[i]);
  double early = s.early[i];
  if (y > 0) early += here * (s.from[i] * -std::expm1(-y) + gone_early(y) / s.rate[i]);
  return {std::exp(-s.cumulative[i] - y), -std::expm1(-s.cumulative[i] - y), early};
}

PatienceAt PatienceCurve::at(const Power& w, double x) {
  const double y = std::pow(x / w.scale, w.shape);
  if (y > 745) return {0, 1, w.scale * w.moment};
  return {std::exp(-y), -std::expm1(-y),
          w.scale * w.moment * boost::math::gamma_p(1 + 1 / w.shape, y, Quiet())};
}

PatienceAt PatienceCurve::at(const Gamma& g, double x) {
  const double y = x / g.scale;
  const GammaTails own = gamma_tails(g.shape, y);
  return {own.above, own.below, g.scale * g.shape * gamma_tails(g.shape + 1, y).below};
}

PatienceAt PatienceCurve::at(const Lognormal& l, double x) {
  if (x <= 0) return {1, 0, 0};
  const double z = std::log(x / l.median) / l.sigma;
  return {normal_cdf(-z), normal_cdf(z), l.mean * normal_cdf(z - l.sigma)};
}

PatienceAt PatienceCurve::law_at(double x, bool from_left) const {
  return std::visit(
      [&](const auto& shape) -> PatienceAt {
        using S = std::decay_t<decltype(shape)>;
        if constexpr (std::is_same_v<S, Nobody>) {
          return {1, 0, 0};
        } else if constexpr (std::is_same_v<S, Points>) {
          return at(shape, x, from_left);
        } else {
          return at(shape, x);
        }
      },
      shape_);
}

PatienceAt PatienceCurve::of_all(const PatienceAt& law) const {
  const double waited = leaving_ * law.gone;
  const double will_leave = leaving_ * law.stay;
  return {never_ + will_leave, balks_ + waited, leaving_ * law.early, waited, will_leave};
}

PatienceAt PatienceCurve::at(double x) const {
  return of_all(law_at(x, false));
}

PatienceAt PatienceCurve::before(double x) const {
  return of_all(law_at(x, true));
}

double PatienceCurve::density(double x) const {
  struct At {
    double x;
    double operator()(const Nobody&) const { return 0; }
    double operator()(const Mixture& m) const {
      double sum = 0;
      for (std::size_t i = 0; i < m.mean.size(); ++i)
        sum += m.share[i] / m.mean[i] * std::exp(-x / m.mean[i]);
      return sum;
    }
    double operator()(const Points& p) const {
      const std::size_t i = piece(p.value, x, false);
      if (i + 1 >= p.value.size()) return 0;
      return (p.cdf[i + 1] - p.cdf[i]) / (p.value[i + 1] - p.value[i]);
    }
    double operator()(const Steps& s) const {
      const std::size_t i = std::min(piece(s.from, x, false), s.from.size() - 1);
      return s.rate[i] * std::exp(-s.cumulative[i] - s.rate[i] * (x - s.from[i]));
    }
    double operator()(const Power& w) const {
      const double y = std::pow(x / w.scale, w.shape);
      return y > 745 ? 0 : w.shape / x * y * std::exp(-y);
    }
    double operator()(const Gamma& g) const {
      const double y = x / g.scale;
      // y^{k-1} e^{-y} / Gamma(k) = (k / y) P(Poisson(y) = k), in saddle point form where k is
      // large.
      if (g.shape < 10) return std::exp(g.shape * std::log(y) - y - g.log_norm) / x;
      return std::exp(log_poisson(g.shape, y)) * g.shape / x;
    }
    double operator()(const Lognormal& l) const {
      const double z = std::log(x / l.median) / l.sigma;
      return std::exp(-0.5 * z * z) / (x * l.sigma * std::sqrt(2 * std::numbers::pi));
    }
  };
  return leaving_ == 0 ? 0 : leaving_ * std::visit(At{x}, shape_);
}

double PatienceCurve::next_break(double x) const {
  const auto next = std::upper_bound(breaks_.begin(), breaks_.end(), x);
  return next == breaks_.end() ? kInfinity : *next;
}

double PatienceCurve::last_break(double x) const {
  const auto next = std::lower_bound(breaks_.begin(), breaks_.end(), x);
  return next == breaks_.begin() ? 0 : *std::prev(next);
}

double PatienceCurve::stretch(double x) const {
  double widest = kInfinity;
  if (const auto* m = std::get_if<Mixture>(&shape_)) {
    for (const double mean : m->mean)
      if (x < kLastMeans * mean || mean == m->longest)
        widest = std::min(widest, kSmoothMeans * mean);
  } else if (const auto* s = std::get_if<Steps>(&shape_)) {
    const double rate = s->rate[std::min(piece(s->from, x, false), s->from.size() - 1)];
    if (rate > 0) widest = kSmoothMeans / rate;
  }
  return widest;
}

double PatienceCurve::wait_until(double stay) const {
  if (at(0).stay <= stay) return 0;
  if (stay <= forever_) return kInfinity;
  const double of_law = std::min((stay - never_) / leaving_, 1 - 1e-16);
  return quantile(*law_, 1 - of_law, of_law);
}

}  // namespace callmill
