#pragma once
// What stands beside the CSV of a batch: one sentence a model, of what its figures take for granted
// and what a simulation would add. Goes to stderr, so that the CSV stays one.

#include <string>
#include <string_view>

#include "app/report/lang.h"

namespace callmill::calculator {

// "erlang_a: ..." of a model by its name; every model of a batch and of JSON cases has one.
std::string batch_statement(std::string_view model, Lang lang);

}  // namespace callmill::calculator
