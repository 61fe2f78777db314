// Whether targets hold.

#include <algorithm>
#include <limits>

#include "app/calculator/question.h"

namespace callmill::calculator {

const Indicator& level_of(const Question& question) {
  return question.level != nullptr ? *question.level : *service_level("f3");
}

std::vector<Target> at_within(std::vector<Target> targets, double within_s) {
  for (Target& target : targets)
    if (target.any_within) target.within_s = within_s;
  return targets;
}

double value_of(const Target& target, const Outcome& outcome) {
  if (target.within_s == outcome.queue.within_s) return value_of(*target.what, outcome);
  Queue queue = outcome.queue;  // its lines are sized
  queue.loss = 0;
  queue.within_s = target.within_s;
  const auto other = evaluate(queue);
  return other ? value_of(*target.what, *other) : std::numeric_limits<double>::quiet_NaN();
}

bool holds(const std::vector<Target>& targets, const Outcome& outcome) {
  if (outcome.endless) return false;
  return std::all_of(targets.begin(), targets.end(), [&](const Target& target) {
    const double value = value_of(target, outcome);
    return target.at_least ? value >= target.value : value <= target.value;
  });
}

}  // namespace callmill::calculator
