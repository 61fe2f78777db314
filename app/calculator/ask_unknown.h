#pragma once
// The unknown of a question, what is varied, and whether everything else is given. Internal to the
// room.

#include <string>
#include <vector>

#include "app/calculator/ask.h"

namespace callmill::calculator {

// Reads --table and --solve into a question whose other parts are read, and says what is missing,
// given twice, or varied against a law that already says it.
void read_unknown(const Ask& ask, Question& question, std::vector<std::string>& errors);

}  // namespace callmill::calculator
