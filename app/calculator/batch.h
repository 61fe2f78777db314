#pragma once
// callmill erlang --batch: one queue a row, CSV in and out.
//
// In: a header row, then rows with `id`, `model` (B, C, A, K) and that model's inputs: n, K, a or
// lam and mu, theta, t. Other columns are ignored. Out: id and every computed column of the models
// present, in one stable order, empty where a model has no such value; numbers in the shortest form
// that reads back equal.
//
//   model  is           needs               may have
//   B      M/M/n/n      n, a or lam, mu
//   C      M/M/n        n, a or lam, mu, t
//   A      M/M/n+M      the same, theta
//   K      M/M/n/K+M    the same, K         theta (0: nobody gives up)
//
// With `a` alone, times are in units of the handle time (mu = 1).

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace callmill::calculator {

// The whole output, or nothing and every error in `diagnostics`. `name` stands for the file in
// messages.
std::optional<std::string> solve_batch(std::string_view csv, const std::string& name,
                                       Diagnostics& diagnostics);

}  // namespace callmill::calculator
