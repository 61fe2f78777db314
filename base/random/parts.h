#pragma once
// Shared by the .cpp files of this folder only: one visitor, one Boost policy, the parameters that
// several formulas need.

#include <boost/math/policies/policy.hpp>
#include <cmath>

#include "base/random/law.h"

namespace callmill {

// std::visit with one lambda a case.
template <class... Case>
struct Cases : Case... {
  using Case::operator()...;
};
template <class... Case>
Cases(Case...) -> Cases<Case...>;

// Plain double arithmetic; what leaves the range of double becomes 0 or infinity instead of an
// exception.
namespace bmp = boost::math::policies;
using BoostPolicy =
    bmp::policy<bmp::promote_double<false>, bmp::underflow_error<bmp::ignore_error>,
                bmp::overflow_error<bmp::ignore_error>, bmp::domain_error<bmp::ignore_error>,
                bmp::evaluation_error<bmp::ignore_error>>;

// The logarithm of a lognormal duration is normal(mu, sigma).
struct LognormalParts {
  double mu;
  double sigma;
};
inline LognormalParts lognormal_parts(const LognormalLaw& law) {
  const double variation = law.sd_s / law.mean_s;
  const double sigma_squared = std::log1p(variation * variation);
  return {std::log(law.mean_s) - 0.5 * sigma_squared, std::sqrt(sigma_squared)};
}

}  // namespace callmill
