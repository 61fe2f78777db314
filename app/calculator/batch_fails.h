#pragma once
// Where a row of a batch leaves the ground on which its model stands, told by its own numbers: the
// column `fails`, with a code each. The sentences stand in batch_fails.cpp and in
// docs/guides/calculator.md.

#include <string>
#include <string_view>
#include <vector>

#include "app/calculator/batch_models.h"
#include "app/report/lang.h"

namespace callmill::calculator {

// What a row says of its queue; NaN where it does not. Rates in the row's own unit of time.
struct RowQueue {
  double agents, calls, service, patience, lines;
  bool nobody_waits;  // Erlang B: as many lines as agents
};
// Of the open row, without complaint: `a` alone counts time in handle times.
RowQueue queue_of(const BatchReader& row);

// Codes, in the order of the table; `values` are the model's columns.
std::vector<std::string_view> row_fails(const BatchModel& model, const RowQueue& queue,
                                        const std::vector<double>& values);
// "slow: the queue takes ..."; every code of row_fails has one.
std::string fail_text(std::string_view code, Lang lang);

}  // namespace callmill::calculator
