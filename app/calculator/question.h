#pragma once
// What a planner asks of one queue, and what is answered.

#include <optional>
#include <string>
#include <vector>

#include "app/calculator/indicators.h"
#include "app/calculator/queue.h"
#include "models/staffing/day_staff.h"

namespace callmill::calculator {

struct Target {
  const Indicator* what = nullptr;
  bool at_least = false;    // else at most
  double value = 0;         // share 0 to 1, or seconds
  double within_s = 20;     // T, where the indicator has one
  bool any_within = false;  // no T of its own: that which is found, or varied in a table
};

// One way of a table: the values that an input takes, in order.
struct Axis {
  Input input = Input::kAgents;
  std::vector<double> values;
};

// Of one agent and one line, in one unit; both above 0.
struct Costs {
  double agent = 1, line = 1;
};

struct Question {
  Queue queue;                 // what is asked for stands at 0 here
  std::optional<Input> solve;  // the unknown; none = evaluate
  bool fractional = false;     // agents need not be whole
  std::vector<Target> targets;
  const Indicator* level = nullptr;  // the service level of goals, columns and caveats; null: f3
  std::vector<Axis> table;           // none, one or two ways
  bool sensitivity = false;
  bool explain = false;
  std::optional<Costs> costs;  // the cheapest agents with the lines that they need
  // Of a day: SIPP, each interval by itself, or by what one hands on to the next.
  RequirementMethod requirement = RequirementMethod::kSipp;
  bool per_day = false;      // goals hold over the day; an interval may miss three times as much
  double interval_s = 1800;  // over which calls are taken to be steady
  std::vector<const Indicator*> show;  // columns; empty = the usual ones
};

struct Row {
  Outcome outcome;
  bool met = false;  // every target holds
};

// Where the unknown may lie: the targets hold from `low` to `high`; infinity = no upper end.
struct Range {
  double low = 0, high = 0;
};

struct Answer {
  bool feasible = false;       // there is a value of the unknown at which every target holds
  bool unbounded = false;      // calls or handle time: every value holds, there is no longest
  std::optional<Range> range;  // of patience and lines, whose targets may fail on both sides
  std::size_t chosen = 0;      // index of the answer in rows
  std::vector<Row> rows;       // the answer between its neighbours
  bool met() const { return feasible && rows[chosen].met; }
};

// The service level by the formula that is asked for.
const Indicator& level_of(const Question& question);

// Every target holds; false of a queue that grows without limit.
bool holds(const std::vector<Target>& targets, const Outcome& outcome);
double value_of(const Target& target, const Outcome& outcome);
// The targets, with `within_s` for T where they have none of their own.
std::vector<Target> at_within(std::vector<Target> targets, double within_s);

// No more are looked for.
inline constexpr double kMostAgentsTried = 1e6, kMostLinesTried = 1e6;

// The fewest agents, the most calls, the longest handle time, the patience, the lines or the
// shortest T with which every target holds; or the queue as it is. Searches by bisection on "every
// target holds", to 1e-12 relative (whole agents and lines exactly): about 50 evaluations. Agents
// on given lines, where more of them may lose more calls, one by one from the least for the other
// targets; patience over 160 values, and between them where the worst target has a peak.
Answer answer(const Question& question);

// The value of the unknown alone (of patience and lines: the lower end); NaN where there is none.
double solve_for(const Question& question);

}  // namespace callmill::calculator
