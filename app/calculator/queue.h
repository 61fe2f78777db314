#pragma once
// One queue as a planner says it, and what theory says of it: the one place where the calculator
// chooses a formula.
//
// Times in seconds, rates per second, shares 0 to 1. Everything else of the room (inverses, tables,
// profiles) only changes a Queue and evaluates it again.

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "app/report/lang.h"
#include "models/queueing/erlang.h"

namespace callmill::calculator {

inline constexpr double kForever = std::numeric_limits<double>::infinity();

struct Queue {
  double agents = 0;             // > 0; whole where lines are limited
  double calls_per_s = 0;        // > 0, those that ask for an agent
  double aht_s = 0;              // > 0, mean handle time
  double patience_s = kForever;  // mean patience; infinity = nobody gives up
  std::int64_t lines = 0;        // agents and waiting together; 0 = no limit
  double loss = 0;               // above 0: lines are the fewest that lose no more than this share
  double within_s = 20;          // T of the service level
};

struct Outcome {
  Queue queue;  // its lines as sized
  QueueResult result;
  bool endless = false;  // the queue grows without limit: no figure of `result` will be seen
};
// None where lines cannot seat the agents, or no number of lines loses as little as asked. Cost:
// see solve_queue; sizing lines adds 5 ns a line.
std::optional<Outcome> evaluate(const Queue& queue);
QueueInput formula_input(const Queue& queue);

inline double load_of(const Queue& queue) {
  return queue.calls_per_s * queue.aht_s;
}
inline bool has_lines(const Queue& queue) {
  return queue.loss > 0 || queue.lines > 0;
}
// "Erlang C", "Erlang A", "M/M/n/K+M".
std::string_view model_name(const Queue& queue);

// What can be asked for, or varied in a table.
enum class Input : std::uint8_t { kAgents, kCalls, kAht, kPatience, kLines, kWithin };
struct InputInfo {
  Input input;
  std::string_view key;               // on the command line: calls
  std::string_view data;              // in JSON and CSV: calls_per_h
  std::string_view en, zh;            // header of a column, with its unit
  std::string_view en_unit, zh_unit;  // behind a number in a sentence
  double shown_per_unit;              // 3600 for calls, which are shown by the hour
};
const InputInfo& info_of(Input input);
// None where no input has that key.
const InputInfo* find_input(std::string_view key);
double get(const Queue& queue, Input input);
void set(Queue& queue, Input input, double value);

}  // namespace callmill::calculator
