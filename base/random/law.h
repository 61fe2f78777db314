#pragma once
// A law: the distribution of a duration (seconds) as plain data. The scenario says it, Sampler
// draws from it, the queueing models integrate it.

#include <string>
#include <variant>
#include <vector>

namespace callmill {

// Parameters are what a planner can measure: means and standard deviations in seconds.
struct ConstantLaw {
  double value_s = 0;  // >= 0
};
struct UniformLaw {  // 0 <= low < high
  double low_s = 0;
  double high_s = 0;
};
struct ExponentialLaw {
  double mean_s = 0;  // > 0
};
struct LognormalLaw {  // both > 0; of the duration, not of its logarithm
  double mean_s = 0;
  double sd_s = 0;
};
struct GammaLaw {  // both > 0; Erlang-k when shape is a whole number
  double mean_s = 0;
  double shape = 1;
};
struct WeibullLaw {  // both > 0; S(t) = exp(-(t / scale)^shape)
  double scale_s = 0;
  double shape = 1;
};
struct HyperexponentialLaw {   // exponential of mean_s[i] with chance share[i]
  std::vector<double> share;   // > 0, sum 1
  std::vector<double> mean_s;  // > 0
};
// Cumulative distribution by points, straight lines between; an atom is two points of equal
// value_s.
struct EmpiricalLaw {
  std::vector<double> value_s;  // >= 0, not decreasing, at least 2
  std::vector<double> cdf;      // strictly increasing or equal, first 0 (or an atom there), last 1
};
// Constant hazard on [from_s[i], from_s[i+1]), the last one for ever. from_s[0] = 0. A Kaplan-Meier
// curve is read as this. A last hazard of 0 means that a share of callers never hangs up (the draw
// is kNeverSeconds).
struct HazardLaw {
  std::vector<double> from_s;
  std::vector<double> rate_per_s;  // >= 0
};

using Law = std::variant<ConstantLaw, UniformLaw, ExponentialLaw, LognormalLaw, GammaLaw,
                         WeibullLaw, HyperexponentialLaw, EmpiricalLaw, HazardLaw>;

// A draw of "never", seconds; longer than any horizon. No parameter that is a time may reach it.
inline constexpr double kNeverSeconds = 1e15;
// Bounds of the shape of a gamma or Weibull law, and of sd / mean of a lognormal one: beyond them
// the tables of Sampler would miss their stated error, and no duration of a contact centre is known
// that needs them.
inline constexpr double kSmallestShape = 0.05;
inline constexpr double kLargestShape = 10'000;
inline constexpr double kSmallestVariation = 1e-4;
inline constexpr double kLargestVariation = 100;

// Moments in seconds; infinity where a share never ends. Closed forms.
double mean(const Law& law);
double variance(const Law& law);
// P(X <= t).
double cdf(const Law& law, double t_s);
// d/dt of cdf, 1/s, where it exists; atoms count nothing. May be infinity at t = 0.
double density(const Law& law, double t_s);
// Smallest t with P(X <= t) >= p. Give p and its complement 1 - p so that neither tail loses
// digits. Slow (µs): tables are made from it. p in (0, 1).
double quantile(const Law& law, double p, double complement);
// Empty when the parameters are in range, else what is wrong ("sd must be > 0").
std::string fault(const Law& law);
// "lognormal(mean 170 s, sd 150 s)".
std::string describe(const Law& law);

}  // namespace callmill
