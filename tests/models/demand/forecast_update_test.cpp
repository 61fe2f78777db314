// The updated forecast against closed forms and plain sums.

#include "models/demand/forecast_update.h"

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

namespace callmill::test {
namespace {

DayForecast day(double busyness_cv, double interval_cv) {
  return {{40, 90, 110, 0, 130, 120, 60}, busyness_cv, interval_cv};
}

// Posterior mean of B by a plain sum in B, not in its logarithm.
double plain_mean(const DayForecast& f, const std::vector<std::int64_t>& known) {
  const double a = 1 / (f.busyness_cv * f.busyness_cv), s = 1 / (f.interval_cv * f.interval_cv);
  double sum = 0, first = 0;
  for (double b = 1e-4; b < 6; b += 1e-4) {
    double log_density = (a - 1) * std::log(b) - a * b + a;
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (f.calls[i] <= 0) continue;
      const auto n = static_cast<double>(known[i]);
      const double m = f.calls[i];
      log_density += n * std::log(b) - (n + s) * (std::log1p(b * m / s) - std::log1p(m / s));
    }
    sum += std::exp(log_density);
    first += b * std::exp(log_density);
  }
  return first / sum;
}

}  // namespace

TEST_CASE("Without factors of intervals the posterior is the gamma law of the textbook") {
  for (const double cv : {0.05, 0.15, 0.5, 1.0}) {
    const std::vector<std::int64_t> known = {55, 100, 131};
    const UpdatedForecast updated = update_forecast(day(cv, 0), known, 0.9);
    const double shape = 1 / (cv * cv) + 286, rate = 1 / (cv * cv) + 240;
    CAPTURE(cv);
    CHECK(updated.busyness.value == Approx(shape / rate).epsilon(1e-10));
    CHECK(updated.busyness_cv == Approx(1 / std::sqrt(shape)).epsilon(1e-9));
    const boost::math::gamma_distribution<double> law{shape, 1 / rate};
    // A point's weight is spread evenly over its step of 0.1 sd: an error of the step squared / 24.
    CHECK(updated.busyness.ci_low == Approx(quantile(law, 0.05)).epsilon(1e-3));
    CHECK(updated.busyness.ci_high == Approx(quantile(law, 0.95)).epsilon(1e-3));
    REQUIRE(updated.intervals.size() == 4);
    CHECK(updated.intervals[0].value == 0);
    CHECK(updated.intervals[0].ci_high == 0);
    CHECK(updated.intervals[1].value == Approx(130 * shape / rate).epsilon(1e-10));
    CHECK(updated.rest.value == Approx(310 * shape / rate).epsilon(1e-10));
    CHECK(updated.busyness.n == 3);
  }
}

TEST_CASE("Before the day begins, an interval's count is negative binomial") {
  const DayForecast f = day(0.3, 0);
  const UpdatedForecast updated = update_forecast(f, {}, 0.95);
  const double a = 1 / 0.09;
  for (const std::size_t i : {0, 1, 2, 4, 5, 6}) {
    const boost::math::negative_binomial_distribution<double> law{a, a / (a + f.calls[i])};
    const auto holds = [&](double n, double p) { return cdf(law, n) >= p && cdf(law, n - 1) < p; };
    CAPTURE(i);
    CHECK(updated.intervals[i].value == Approx(f.calls[i]).epsilon(1e-10));
    CHECK(holds(updated.intervals[i].ci_low, 0.025));
    CHECK(holds(updated.intervals[i].ci_high, 0.975));
  }
}

TEST_CASE("With factors of intervals the posterior is what a plain sum says, and moves less") {
  const std::vector<std::int64_t> known = {55, 100, 131};
  double before = 2;
  for (const double c : {0.05, 0.15, 0.4}) {
    const DayForecast f = day(0.2, c);
    const UpdatedForecast updated = update_forecast(f, known, 0.9);
    CAPTURE(c);
    CHECK(updated.busyness.value == Approx(plain_mean(f, known)).epsilon(1e-8));
    CHECK(updated.busyness.value < before);  // the more intervals differ, the less they say
    before = updated.busyness.value;
  }
}

TEST_CASE("Days that are all alike learn nothing; wide ones believe the counts") {
  const std::vector<std::int64_t> known = {80, 180};
  CHECK(update_forecast(day(0, 0), known, 0.9).busyness.value == 1);
  CHECK(update_forecast(day(0, 0), known, 0.9).busyness.ci_high == 1);
  CHECK(update_forecast(day(1, 0), known, 0.9).busyness.value == Approx(261.0 / 131));
}

TEST_CASE("Quantiles of the posterior stand for equal parts of it") {
  const DayForecast f = day(0.15, 0.1);
  const std::vector<std::int64_t> known = {55, 100, 131};
  const std::vector<double> parts = busyness_quantiles(f, known, 200);
  double sum = 0;
  for (std::size_t j = 0; j < parts.size(); ++j) {
    sum += parts[j];
    if (j > 0) CHECK(parts[j] > parts[j - 1]);
  }
  // 200 parts leave out what is curved within a part: in the tails at most (2 sd / 200)^2 a part.
  CHECK(sum / 200 == Approx(update_forecast(f, known, 0.9).busyness.value).epsilon(1e-3));
}

TEST_CASE("A mean handle time moves by as much as the calls can vouch for") {
  CHECK(update_handle_time(1.2, 0, 1.2, 0.05) == 1);
  CHECK(update_handle_time(1.2, 100, 1.2, 0) == 1);
  CHECK(update_handle_time(1.2, 576, 1.2, 0.05) == Approx(1.1));  // n0 = 1.44 / 0.0025
  CHECK(update_handle_time(1.2, 1'000'000'000, 1.2, 0.05) == Approx(1.2).epsilon(1e-5));
}

}  // namespace callmill::test
