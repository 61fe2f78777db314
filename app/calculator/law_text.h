#pragma once
// A law on the command line, in the words of the scenario file.
//
//   lognormal(mean 120s, sd 150s)      also with = or : between key and value
//   {law: lognormal, mean: 120s, sd: 150s}

#include <optional>
#include <string>
#include <string_view>

#include "base/random/law.h"

namespace callmill::calculator {

// constant(value), uniform(low, high), exponential(mean), lognormal(mean, sd), gamma(mean, shape),
// erlang(mean, phases), weibull(scale, shape), hyperexponential(shares, means), empirical(values,
// cdf), hazard(from, rate), whose parameters are lists in brackets: shares [40%, 60%]. Rates are
// above 0, so that every mean is finite. Nothing, and why, where it is none of these.
std::optional<Law> parse_law(std::string_view text, std::string& why);

}  // namespace callmill::calculator
