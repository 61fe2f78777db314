#pragma once
// callmill erlang --batch: one queue a row, CSV in and out.
//
// In: a header row, then rows with `id` and the inputs of a model. The model is the one asked for;
// else, where there is a column `model`, what it says (a letter, or the name of a reference file);
// else what the columns tell. Other columns are ignored. Out: id and every computed column of the
// models present, in one stable order, empty where a model has no such value, and last `fails`, the
// codes of what the row's own numbers break (batch_fails.h); numbers in the shortest form that
// reads back equal. Columns are those of tests/golden/README.md.
//
//   model     is           needs               may have
//   B         M/M/n/n      n, a or lam, mu
//   C         M/M/n        n, a or lam, mu, t
//   A         M/M/n+M      the same, theta
//   K         M/M/n/K+M    the same, K         theta (0: nobody gives up)
//   the others are named by their file: staffing_inverse; batch_models.h lists them all
//
// With `a` alone, times are in units of the handle time (mu = 1).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace callmill::calculator {

// The whole output, or nothing and every error in `diagnostics`. `name` stands for the file in
// messages; `model` is the model of all rows, "" = each row's own.
struct BatchUse {
  std::vector<std::string> models;  // of the rows, by name
  std::vector<std::string> fails;   // codes of the rows
};
// `used`, where given: what statements the rows call for.
std::optional<std::string> solve_batch(std::string_view csv, const std::string& name,
                                       const std::string& model, Diagnostics& diagnostics,
                                       BatchUse* used = nullptr);

}  // namespace callmill::calculator
