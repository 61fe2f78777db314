#pragma once
// Many questions beside each other: tables over one or two inputs, and what small changes do.

#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "app/calculator/question.h"

namespace callmill::calculator {

inline constexpr std::size_t kMostCells = 10'000;  // of a table; a question with more is refused

struct Point {
  std::vector<double> at;                                    // values of the axes, in their order
  std::optional<Outcome> outcome;                            // none where there is no answer
  double solved = std::numeric_limits<double>::quiet_NaN();  // the unknown, where one is asked for
  bool met = false;
};
// Every combination of the axes, the last one fastest; each point answers the question anew.
std::vector<Point> sweep(const Question& question);

// One change to the queue, everything else as it is.
struct Change {
  std::string_view key, en, zh;
  std::optional<Outcome> outcome;
  // The fewest agents for the targets after the change; NaN without targets.
  double agents_needed = std::numeric_limits<double>::quiet_NaN();
};
// As it is, 10 % more and fewer calls, 10 % longer and shorter handle time and patience, one agent
// and one line more and fewer.
std::vector<Change> sensitivity(const Question& question, const Outcome& base);

// d ln y / d ln x: by how many percent y moves when x moves by 1 %, for each of `indicators`; by
// central differences of 0.1 %, error about 1e-6. NaN where y is 0 or has no value. Agents with
// a line limit are whole, and left out.
struct Elasticity {
  Input input;
  std::vector<double> of;
};
std::vector<Elasticity> elasticities(const Outcome& base,
                                     const std::vector<const Indicator*>& indicators);

}  // namespace callmill::calculator
