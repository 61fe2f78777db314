#pragma once
// The models of a batch: which columns each reads, which it computes. A model is a row of one
// table, found by the name of its file in tests/golden.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/calculator/batch_csv.h"

namespace callmill::calculator {

// Computes a row's figures, in the order of the model's columns; NaN = no value.
using BatchJob = std::function<std::vector<double>()>;

struct BatchModel {
  std::string_view name;    // erlang_a: the name of its reference file
  std::string_view letter;  // A, where a model column may say so; else ""
  // Columns that, all present, tell this model from the others (where no model is named).
  std::vector<std::string_view> signature;
  std::vector<std::string_view> columns;  // computed
  // Reads the open row; what it returns is called only where no row had an error.
  BatchJob (*read)(BatchReader& row);
};

// In the order in which signatures are tried: the most special first.
const std::vector<BatchModel>& batch_models();
// By name or letter; null where none is.
const BatchModel* find_batch_model(std::string_view name);

// Each group in its own file.
std::vector<BatchModel> erlang_models();  // B, C, A, K
std::vector<BatchModel> inverse_models();
std::vector<BatchModel> chain_models();     // retrial, callback, dialer
std::vector<BatchModel> patience_models();  // mmng, ivr_trunks, fcr
std::vector<BatchModel> service_models();   // mgisrgi_sim

}  // namespace callmill::calculator
