#pragma once
// One queue as a planner says it, and what theory says of it: the one place where the calculator
// chooses a formula.
//
// Times in seconds, rates per second, shares 0 to 1. Everything else of the room (inverses, tables,
// profiles) only changes a Queue and evaluates it again.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/report/lang.h"
#include "base/random/law.h"
#include "models/queueing/erlang.h"
#include "models/queueing/general_service.h"

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
  // Another law than the exponential; its mean stands in aht_s or patience_s too.
  std::optional<Law> handle_law, patience_law;
  double balks = 0;         // share that hangs up at once when no agent is free
  double never_leaves = 0;  // share of the others that waits for ever
  // A menu before the queue: calls are then all that come in on the lines, `agent_share` of them
  // ask for an agent. 0 = no menu.
  double menu_s = 0;
  double agent_share = 1;
  std::int64_t ports = 0;  // callers in the menu at the most; 0, or not below lines = no limit
  // Every agent is a line, and nobody waits: Erlang B. Lines are then those of `agents`.
  bool agents_are_lines = false;
  // Callers who call again: the blocked, those who gave up, and those whose matter stayed open
  // after a talk, which 1 - fcr of them do.
  struct Again {
    double blocked = 0, abandoned = 0, open = 1;
  } again;
  double fcr = 1;
};

struct Outcome {
  Queue queue;  // its lines as sized
  QueueResult result;
  double attempts_per_s = 0;  // calls and those that come again
  bool endless = false;       // the queue grows without limit: no figure of `result` will be seen
};
// Shares of `result` are of all calls, with a menu too; of all attempts, where some call again.
// None where lines cannot seat the agents, no number of lines loses as little as asked, calls
// that come again grow without limit, or ports make more states than a chain may have. Cost: see
// solve_queue, solve_patience_queue, approximate_queue, solve_ivr_trunks, solve_ivr_ports and
// solve_repeat_calls; sizing lines adds 5 ns a line, or some twenty answers.
std::optional<Outcome> evaluate(const Queue& queue);
// The most first calls a second with which calls that come again do not grow without limit;
// infinity where every rate has that.
double most_calls_per_s(const Queue& queue);
// For the models without a menu and with exponential laws.
QueueInput formula_input(const Queue& queue);
// Of a queue with a law of its handle times.
ServiceQueueInput service_input(const Queue& queue);
// Empty, or why a menu with as many ports and lines has too many states.
std::string fault_of_ports(Queue queue);
// What the menu's ports lose by themselves, however many lines there are; 0 without a limit.
double loss_by_ports(const Queue& queue);

// Erlang that ask for an agent.
inline double load_of(const Queue& queue) {
  return queue.calls_per_s * queue.agent_share * queue.aht_s;
}
inline bool has_menu(const Queue& queue) {
  return queue.menu_s > 0;
}
// Fewer callers may be in the menu than there are lines: no product form.
inline bool has_ports(const Queue& queue) {
  return has_menu(queue) && queue.ports > 0 && (queue.lines == 0 || queue.ports < queue.lines);
}
inline bool calls_again(const Queue& queue) {
  return queue.again.blocked > 0 || queue.again.abandoned > 0 || queue.fcr < 1;
}
inline bool has_general_patience(const Queue& queue) {
  return queue.patience_law || queue.balks > 0 || queue.never_leaves > 0;
}
inline bool has_general_handle(const Queue& queue) {
  return queue.handle_law.has_value();
}
inline bool has_lines(const Queue& queue) {
  return queue.loss > 0 || queue.lines > 0 || queue.agents_are_lines;
}
// "Erlang B", "Erlang C", "Erlang A", "M/M/n/K+M", "M/M/n+G", "M/M/n/K+G", "M/GI/n", "M/GI/n+GI",
// "M/GI/n/K+GI", "menu, lines and agents", "menu with ports, lines and agents".
std::string_view model_name(const Queue& queue, Lang lang = Lang::kEn);

// What can be asked for, or varied in a table.
enum class Input : std::uint8_t { kAgents, kCalls, kAht, kPatience, kLines, kPorts, kWithin };
struct InputInfo {
  Input input;
  std::string_view key;               // on the command line: calls
  std::string_view data;              // in JSON and CSV: calls_per_h
  std::string_view en, zh;            // header of a column, with its unit
  std::string_view en_unit, zh_unit;  // behind a number in a sentence
  double shown_per_unit;              // 3600 for calls, which are shown by the hour
};
const InputInfo& info_of(Input input);
// Agents, lines and ports come by the number.
inline bool is_counted(Input input) {
  return input == Input::kAgents || input == Input::kLines || input == Input::kPorts;
}
// None where no input has that key.
const InputInfo* find_input(std::string_view key);
std::vector<std::string> input_keys();
double get(const Queue& queue, Input input);
void set(Queue& queue, Input input, double value);

}  // namespace callmill::calculator
