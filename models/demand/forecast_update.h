#pragma once
// The forecast of the rest of a day, once its first intervals are known. docs/models/intraday.md.
//
// Calls N_i of interval i, forecast m_i, share the day's busyness B and have a factor of their own:
//
//   B ~ gamma, mean 1, cv b     F_i ~ gamma, mean 1, cv c     N_i ~ Poisson(B F_i m_i)
//
// Given counts n_1 .. n_k, with s = 1 / c^2 and a = 1 / b^2,
//
//   p(B | n) ~ B^(a-1) e^(-a B) prod_i B^n_i (1 + B m_i / s)^-(n_i + s)
//
// and with c = 0 it is gamma again: mean (a + sum n) / (a + sum m). What is to come is the mixture
// over B of negative binomials (c = 0: Poisson) of mean B m_j.

#include <cstdint>
#include <vector>

#include "base/stats/interval.h"

namespace callmill {

struct DayForecast {
  std::vector<double> calls;  // m_i by interval, >= 0
  double busyness_cv = 0;     // b, [0, 1]
  double interval_cv = 0;     // c, [0, 1]
};

struct UpdatedForecast {
  Estimate busyness;                // posterior mean and central interval; n = intervals known
  double busyness_cv = 0;           // posterior sd / mean
  std::vector<Estimate> intervals;  // of those to come: mean, predictive interval (whole calls)
  Estimate rest;                    // all of them together; ends by the normal law given B
};

// `known`: counts of the first intervals, >= 0, no more than there are. An interval of m_i = 0 says
// nothing of B. Posterior by the trapezium rule in ln B, 401 points where the density, which is
// log-concave there, is above e^-40 of its peak: error below 1e-10, tested. Cost: 401 x (known +
// about 20 x to come) evaluations: milliseconds.
UpdatedForecast update_forecast(const DayForecast& forecast, const std::vector<std::int64_t>& known,
                                double confidence);

// The posterior of B at its quantiles (j + 1/2) / count, j = 0 .. count - 1: days that stand for
// equal parts of what may come.
std::vector<double> busyness_quantiles(const DayForecast& forecast,
                                       const std::vector<std::int64_t>& known, std::size_t count);

// The factor on mean handle times that `handled` calls of mean `measured` / `expected` speak for:
// the credibility formula (n0 + n ratio) / (n0 + n), n0 = (cv_calls / cv_days)^2, which is the
// posterior mean where both laws are normal. cv_days = 0: 1.
double update_handle_time(double measured_over_expected, std::int64_t handled, double cv_calls,
                          double cv_days);

}  // namespace callmill
