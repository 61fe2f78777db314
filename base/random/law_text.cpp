#include <fmt/format.h>

#include <cmath>
#include <cstddef>

#include "base/random/law.h"
#include "base/random/parts.h"

namespace callmill {
namespace {

bool is_time(double x) {
  return x >= 0.0 && x < kNeverSeconds;
}

std::string positive_fault(const char* name, double x) {
  if (is_time(x) && x > 0.0) return "";
  return fmt::format("{} must be > 0 and finite, is {} s", name, x);
}

std::string range_fault(const char* name, double x, double low, double high) {
  if (x >= low && x <= high) return "";
  return fmt::format("{} must be from {} to {}, is {}", name, low, high, x);
}

std::string first_of(std::string a, std::string b) {
  return a.empty() ? b : a;
}

std::string hyperexponential_fault(const HyperexponentialLaw& law) {
  if (law.share.empty() || law.share.size() != law.mean_s.size())
    return "needs as many shares as means, at least one";
  double sum = 0.0;
  for (std::size_t i = 0; i < law.share.size(); ++i) {
    if (!(law.share[i] > 0.0)) return fmt::format("each share must be > 0, is {}", law.share[i]);
    if (std::string bad = positive_fault("each mean", law.mean_s[i]); !bad.empty()) return bad;
    sum += law.share[i];
  }
  if (!(std::fabs(sum - 1.0) <= 1e-9)) return fmt::format("shares must sum to 1, sum to {}", sum);
  return "";
}

std::string empirical_fault(const EmpiricalLaw& law) {
  if (law.value_s.size() < 2 || law.value_s.size() != law.cdf.size())
    return "needs as many values as cdf points, at least two";
  for (std::size_t i = 0; i < law.cdf.size(); ++i) {
    if (!is_time(law.value_s[i]))
      return fmt::format("values must be >= 0 and finite, one is {} s", law.value_s[i]);
    if (!(law.cdf[i] >= 0.0 && law.cdf[i] <= 1.0))
      return fmt::format("cdf must lie in [0, 1], one is {}", law.cdf[i]);
    if (i > 0 && (law.value_s[i] < law.value_s[i - 1] || law.cdf[i] < law.cdf[i - 1]))
      return fmt::format("values and cdf must not decrease, point {} does", i + 1);
  }
  if (law.cdf.back() != 1.0) return fmt::format("cdf must end at 1, ends at {}", law.cdf.back());
  return "";
}

std::string hazard_fault(const HazardLaw& law) {
  if (law.from_s.empty() || law.from_s.size() != law.rate_per_s.size())
    return "needs as many times as rates, at least one";
  if (law.from_s[0] != 0.0)
    return fmt::format("times must start at 0 s, start at {} s", law.from_s[0]);
  for (std::size_t i = 0; i < law.from_s.size(); ++i) {
    if (!is_time(law.from_s[i]))
      return fmt::format("times must be finite, one is {} s", law.from_s[i]);
    if (i > 0 && !(law.from_s[i] > law.from_s[i - 1]))
      return fmt::format("times must increase, point {} does not", i + 1);
    if (!(law.rate_per_s[i] >= 0.0 && law.rate_per_s[i] < kNeverSeconds))
      return fmt::format("rates must be >= 0 and finite, one is {} per s", law.rate_per_s[i]);
  }
  return "";
}

}  // namespace

std::string fault(const Law& law) {
  return std::visit(
      Cases{
          [](const ConstantLaw& l) -> std::string {
            if (is_time(l.value_s)) return "";
            return fmt::format("value must be >= 0 and finite, is {} s", l.value_s);
          },
          [](const UniformLaw& l) -> std::string {
            if (!is_time(l.low_s)) return fmt::format("low must be >= 0, is {} s", l.low_s);
            if (!is_time(l.high_s)) return fmt::format("high must be finite, is {} s", l.high_s);
            if (l.low_s < l.high_s) return "";
            return fmt::format("low must be < high, are {} s and {} s", l.low_s, l.high_s);
          },
          [](const ExponentialLaw& l) { return positive_fault("mean", l.mean_s); },
          [](const LognormalLaw& l) {
            const std::string bad =
                first_of(positive_fault("mean", l.mean_s), positive_fault("sd", l.sd_s));
            return first_of(bad, range_fault("sd / mean", l.sd_s / l.mean_s, kSmallestVariation,
                                             kLargestVariation));
          },
          [](const GammaLaw& l) {
            return first_of(positive_fault("mean", l.mean_s),
                            range_fault("shape", l.shape, kSmallestShape, kLargestShape));
          },
          [](const WeibullLaw& l) {
            return first_of(positive_fault("scale", l.scale_s),
                            range_fault("shape", l.shape, kSmallestShape, kLargestShape));
          },
          [](const HyperexponentialLaw& l) { return hyperexponential_fault(l); },
          [](const EmpiricalLaw& l) { return empirical_fault(l); },
          [](const HazardLaw& l) { return hazard_fault(l); },
      },
      law);
}

std::string describe(const Law& law) {
  return std::visit(
      Cases{
          [](const ConstantLaw& l) { return fmt::format("constant({:g} s)", l.value_s); },
          [](const UniformLaw& l) {
            return fmt::format("uniform({:g} s to {:g} s)", l.low_s, l.high_s);
          },
          [](const ExponentialLaw& l) { return fmt::format("exponential(mean {:g} s)", l.mean_s); },
          [](const LognormalLaw& l) {
            return fmt::format("lognormal(mean {:g} s, sd {:g} s)", l.mean_s, l.sd_s);
          },
          [](const GammaLaw& l) {
            return fmt::format("gamma(mean {:g} s, shape {:g})", l.mean_s, l.shape);
          },
          [](const WeibullLaw& l) {
            return fmt::format("weibull(scale {:g} s, shape {:g})", l.scale_s, l.shape);
          },
          [](const HyperexponentialLaw& l) {
            std::string out = "hyperexponential(";
            for (std::size_t i = 0; i < l.share.size(); ++i)
              out += fmt::format("{}{:g}% mean {:g} s", i > 0 ? ", " : "", 100.0 * l.share[i],
                                 l.mean_s[i]);
            return out + ")";
          },
          [](const EmpiricalLaw& l) {
            return fmt::format("empirical({} points, mean {:g} s)", l.value_s.size(), mean(l));
          },
          [](const HazardLaw& l) {
            const double average = mean(l);
            if (std::isinf(average))
              return fmt::format("hazard({} pieces, a share never ends)", l.from_s.size());
            return fmt::format("hazard({} pieces, mean {:g} s)", l.from_s.size(), average);
          },
      },
      law);
}

}  // namespace callmill
