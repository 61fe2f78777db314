#pragma once
// What --model may say beside the other options. Internal to the room.

#include <string>
#include <vector>

#include "app/calculator/ask.h"

namespace callmill::calculator {

// --model says what the other options must make; of erlang_b every agent is a line.
void name_model(const Ask& ask, Question& question, std::vector<std::string>& errors);

// Where nobody waits, whoever finds a line is answered at once: only calls that are lost count.
void check_erlang_b(const Question& question, std::vector<std::string>& errors);

}  // namespace callmill::calculator
