#pragma once
// The formula with the numbers put in, in the order in which a planner could follow it by hand.

#include <string>
#include <vector>

#include "app/calculator/question.h"

namespace callmill::calculator {

struct Step {
  std::string key;  // stable: "load", "erlang_b", "wait", ...
  std::string name, formula, numbers;
  double value = 0;
  std::string shown;  // the value with its unit
};

// Erlang C in closed form; Erlang A and finite lines by the integrals of
// models/queueing/wait_law.h, other laws of patience by those of patience_wait.h, menus by the sums
// of the product form, whose values are given; where calls come again the fixed point first, then
// the same steps at all calls. Empty for a queue that grows without limit
// beyond the steps that still have a meaning (its load). At the end the figures of the question's
// goals and formula that are not among the steps.
std::vector<Step> explain(const Question& question, const Outcome& outcome, Lang lang);
std::string steps_text(const std::vector<Step>& steps, const Outcome& outcome, Lang lang);

}  // namespace callmill::calculator
