#pragma once
// What stands beside a result: where the numbers at hand leave the ground on which the formula
// stands, how much that matters, and the section of a scenario that says it to the simulator.

#include <string>
#include <vector>

#include "app/calculator/sweep.h"

namespace callmill {
class JsonWriter;
}  // namespace callmill

namespace callmill::calculator {

struct Caveat {
  std::string code;  // stable: "unstable", "slow", "redials", "lines", "patience", "spread", ...
  std::string text;  // one sentence with this queue's numbers
  std::string scenario;  // section to write for a simulation; may be empty
};

// Only what applies to `answer`. Each is derived: the thresholds stand with it in caveats.cpp.
std::vector<Caveat> caveats(const Question& question, const Answer& answer, Lang lang);

// Of a table: what applies to the busiest cell, and the cells without figures.
std::vector<Caveat> caveats(const Question& question, const std::vector<Point>& points, Lang lang);
// "- text To simulate: section.", one a line.
std::string caveats_text(const std::vector<Caveat>& caveats, Lang lang);
void write_caveats(const std::vector<Caveat>& caveats, JsonWriter& json);

// Has more to do: a greater load; of equal loads, more calls wait.
bool is_busier(const Outcome& a, const Outcome& b);

// How long a queue takes to forget its start by the factor e, seconds: the slower of one handle
// time and of the waiting line, which empties with rate (sqrt(n / handle time) - sqrt(calls))^2
// (the spectral gap of M/M/1 with n-fold speed) and by patience, or within its places.
// `calls_per_s` are those of all kinds; those who balk do not queue. Infinity where nothing drains
// it.
double relaxation_s(const Queue& queue);
// At all calls of the outcome, the repeated ones too.
double relaxation_s(const Outcome& outcome);

}  // namespace callmill::calculator
