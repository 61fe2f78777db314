#include "models/demand/forecast_update.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace callmill {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr int kPoints = 401;
constexpr double kFar = 40;  // of the logarithm of the density, below its peak

// A law of B by points and their weights, which add up to 1.
struct Points {
  std::vector<double> at, weight;
};

class Posterior {
 public:
  Posterior(const DayForecast& forecast, const std::vector<std::int64_t>& known)
      : forecast_{forecast}, known_{known} {}

  Points points() const {
    if (forecast_.busyness_cv <= 0) return {{1}, {1}};
    const double peak = mode();
    const double top = log_density(peak);
    const auto reach = [&](double direction) {
      double step = 1e-3;
      while (top - log_density(peak + direction * step) < kFar) step *= 1.5;
      return peak + direction * step;
    };
    const double low = reach(-1), high = reach(1);
    Points points;
    double sum = 0;
    for (int k = 0; k < kPoints; ++k) {
      const double x = low + (high - low) * k / (kPoints - 1);
      points.at.push_back(std::exp(x));
      points.weight.push_back(std::exp(log_density(x) - top));
      sum += points.weight.back();
    }
    for (double& w : points.weight) w /= sum;
    return points;
  }

 private:
  // Of x = ln B, but for a constant; concave.
  double log_density(double x) const {
    const double a = 1 / (forecast_.busyness_cv * forecast_.busyness_cv);
    const double b = std::exp(x);
    double sum = a * (x - b);
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const double m = forecast_.calls[i];
      if (m <= 0) continue;
      const auto n = static_cast<double>(known_[i]);
      if (forecast_.interval_cv <= 0) {
        sum += n * x - b * m;
      } else {
        const double s = 1 / (forecast_.interval_cv * forecast_.interval_cv);
        sum += n * x - (n + s) * std::log1p(b * m / s);
      }
    }
    return sum;
  }

  // By golden section: the density is concave, and the peak lies between those of prior and counts.
  double mode() const {
    constexpr double kGolden = 0.6180339887498949;
    double low = -20, high = 20;
    while (high - low > 1e-9) {
      const double left = high - kGolden * (high - low), right = low + kGolden * (high - low);
      (log_density(left) < log_density(right) ? low : high) =
          log_density(left) < log_density(right) ? left : right;
    }
    return (low + high) / 2;
  }

  const DayForecast& forecast_;
  const std::vector<std::int64_t>& known_;
};

// The point below which `p` of the weight lies, straight lines between the points' middles.
double quantile_of(const Points& points, double p) {
  double below = 0;
  for (std::size_t k = 0; k < points.at.size(); ++k) {
    const double w = points.weight[k];
    if (below + w >= p && w > 0) {
      if (points.at.size() == 1) return points.at[0];
      const double ratio = k + 1 < points.at.size() ? points.at[k + 1] / points.at[k]
                                                    : points.at[k] / points.at[k - 1];
      return points.at[k] * std::pow(ratio, (p - below) / w - 0.5);
    }
    below += w;
  }
  return points.at.back();
}

// P(N <= n) of a count of that mean whose own factor has cv c.
double count_cdf(double n, double mean, double c) {
  if (n < 0) return 0;
  if (mean <= 0) return 1;
  if (c <= 0) return boost::math::gamma_q(n + 1, mean, Policy{});
  const double s = 1 / (c * c);
  return boost::math::ibeta(s, n + 1, s / (s + mean), Policy{});
}

template <class Cdf>
double mixed(const Points& points, Cdf&& cdf) {
  double sum = 0;
  for (std::size_t k = 0; k < points.at.size(); ++k)
    if (points.weight[k] > 1e-14) sum += points.weight[k] * cdf(points.at[k]);
  return sum;
}

// The least whole n with P(N <= n) >= p.
double count_quantile(const Points& points, double forecast, double c, double p) {
  const auto reaches = [&](double n) {
    return mixed(points, [&](double b) { return count_cdf(n, b * forecast, c); }) >= p;
  };
  double high = std::max(1.0, std::ceil(2 * forecast));
  while (!reaches(high)) high *= 2;
  double low = -1;  // does not reach
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (reaches(middle) ? high : low) = middle;
  }
  return high;
}

// The sum of the intervals to come, as normal given B: at p.
double total_quantile(const Points& points, double sum, double squares, double c, double p) {
  if (sum <= 0) return 0;
  const auto cdf = [&](double n) {
    return mixed(points, [&](double b) {
      const double sd = std::sqrt(b * sum + c * c * b * b * squares);
      return 0.5 * boost::math::erfc((b * sum - n) / (sd * std::sqrt(2.0)), Policy{});
    });
  };
  double low = 0, high = 2 * sum + 10;
  while (cdf(high) < p) high *= 2;
  while (high - low > 1e-6 * high) {
    const double middle = (low + high) / 2;
    (cdf(middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

void check(const DayForecast& forecast, const std::vector<std::int64_t>& known) {
  CALLMILL_CHECK(known.size() <= forecast.calls.size(), "no more counts than intervals");
  CALLMILL_CHECK(std::all_of(known.begin(), known.end(), [](std::int64_t n) { return n >= 0; }),
                 "counts are not negative");
}

}  // namespace

UpdatedForecast update_forecast(const DayForecast& forecast, const std::vector<std::int64_t>& known,
                                double confidence) {
  check(forecast, known);
  CALLMILL_CHECK(confidence > 0 && confidence < 1, "a confidence lies in (0, 1)");
  const Points points = Posterior{forecast, known}.points();
  const double tail = (1 - confidence) / 2;
  const double mean = mixed(points, [](double b) { return b; });
  const double square = mixed(points, [mean](double b) { return (b - mean) * (b - mean); });
  const auto n = static_cast<std::int64_t>(known.size());
  UpdatedForecast updated;
  updated.busyness = {mean, quantile_of(points, tail), quantile_of(points, 1 - tail), n};
  updated.busyness_cv = std::sqrt(square) / mean;
  double sum = 0, squares = 0;
  const double c = forecast.interval_cv;
  for (std::size_t i = known.size(); i < forecast.calls.size(); ++i) {
    const double m = forecast.calls[i];
    sum += m;
    squares += m * m;
    updated.intervals.push_back({mean * m, m > 0 ? count_quantile(points, m, c, tail) : 0,
                                 m > 0 ? count_quantile(points, m, c, 1 - tail) : 0, n});
  }
  updated.rest = {mean * sum, total_quantile(points, sum, squares, c, tail),
                  total_quantile(points, sum, squares, c, 1 - tail), n};
  return updated;
}

std::vector<double> busyness_quantiles(const DayForecast& forecast,
                                       const std::vector<std::int64_t>& known, std::size_t count) {
  check(forecast, known);
  const Points points = Posterior{forecast, known}.points();
  std::vector<double> quantiles;
  for (std::size_t j = 0; j < count; ++j)
    quantiles.push_back(
        quantile_of(points, (static_cast<double>(j) + 0.5) / static_cast<double>(count)));
  return quantiles;
}

double update_handle_time(double measured_over_expected, std::int64_t handled, double cv_calls,
                          double cv_days) {
  CALLMILL_CHECK(handled >= 0 && cv_calls >= 0 && cv_days >= 0, "counts and cvs are not negative");
  const double n = static_cast<double>(handled) * cv_days * cv_days;
  const double prior = cv_calls * cv_calls;
  return n > 0 ? (prior + n * measured_over_expected) / (prior + n) : 1;
}

}  // namespace callmill
