#include "app/calculator/ask_unknown.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/calculator/sweep.h"
#include "base/diagnostic.h"

namespace callmill::calculator {
namespace {

class Reader {
 public:
  Reader(const Ask& ask, std::vector<std::string>& errors) : in_{ask}, errors_{errors} {}

  void read(Question& q) {
    for (const std::string& text : in_.table) {
      std::string why;
      const auto axis = parse_axis(text, why);
      if (axis)
        q.table.push_back(*axis);
      else
        fail(fmt::format("--table: {}", why));
    }
    check_table(q);
    choose_unknown(q);
    require(q);
  }

 private:
  void fail(std::string message) { errors_.push_back(std::move(message)); }

  bool varied(const Question& q, Input input) const {
    return std::any_of(q.table.begin(), q.table.end(),
                       [&](const Axis& axis) { return axis.input == input; });
  }
  bool given(Input input) const {
    switch (input) {
      case Input::kAgents:
        return !in_.agents.empty() && in_.agents != "auto";
      case Input::kCalls:
        return !in_.calls.empty();
      case Input::kAht:
        return !in_.aht.empty();
      case Input::kPatience:
        return !in_.patience.empty();
      case Input::kLines:
        return !in_.lines.empty();
      case Input::kPorts:
        return !in_.ports.empty();
      case Input::kWithin:
        return !in_.within.empty();
    }
    return false;
  }

  void check_table(const Question& q) {
    if (q.table.size() > 2) fail("--table: one or two ways, not more");
    std::size_t cells = 1;
    for (const Axis& axis : q.table) cells *= axis.values.size();
    if (cells > kMostCells)
      fail(fmt::format("--table: {} cells are more than {}; take longer steps", cells, kMostCells));
    for (std::size_t i = 0; i < q.table.size(); ++i) {
      const InputInfo& info = info_of(q.table[i].input);
      if (given(info.input))
        fail(fmt::format("--table: {0} is varied, so --{0} must not be given", info.key));
      if (i == 1 && q.table[0].input == q.table[1].input)
        fail(fmt::format("--table: {} is varied twice", info.key));
      if (info.input == Input::kLines && !in_.lines.empty())
        fail("--table: lines are varied, so --lines must not be given");
    }
    if (!q.table.empty() && (q.sensitivity || q.explain))
      fail("--table: --sensitivity and --explain belong to one queue, not to a table");
  }

  void choose_unknown(Question& q) {
    if (in_.solve.empty()) {
      if (!given(Input::kAgents) && !varied(q, Input::kAgents)) q.solve = Input::kAgents;
    } else if (const InputInfo* info = find_input(in_.solve)) {
      q.solve = info->input;
      if (given(info->input)) fail(fmt::format("--solve {0}: --{0} already says it", info->key));
      if (varied(q, info->input)) fail(fmt::format("--solve {0}: --table varies {0}", info->key));
    } else {
      const std::string near = nearest(in_.solve, input_keys());
      fail(fmt::format("--solve: \"{}\" is none of {}{}", in_.solve, fmt::join(input_keys(), ", "),
                       near.empty() ? "" : fmt::format("; did you mean {}?", near)));
    }
    if (q.solve && q.targets.empty() && errors_.empty()) {
      fail(*q.solve == Input::kAgents
               ? "nothing is asked: give --target 90%/20s (or --abandon, --asa, --occupancy), or "
                 "--agents N to evaluate"
               : fmt::format(
                     "--solve {}: what must hold? Give --target 90%/20s (or --abandon, --asa, "
                     "--occupancy, --answer-rate)",
                     info_of(*q.solve).key));
    }
  }

  // Everything but the unknown must be there.
  void require(const Question& q) {
    const auto need = [&](Input input, const char* example) {
      if (given(input) || varied(q, input) || q.solve == input) return;
      fail(fmt::format("{0} is required, such as {0} {1}", fmt::format("--{}", info_of(input).key),
                       example));
    };
    need(Input::kCalls, "1200/h");
    if (in_.aht_law.empty()) need(Input::kAht, "180s");
    need(Input::kAgents, "60");
    if (q.queue.loss > 0 && (q.solve == Input::kLines || varied(q, Input::kLines)))
      fail("--lines auto: lines are already what is asked for");
    if (q.fractional &&
        (!in_.lines.empty() || varied(q, Input::kLines) || q.solve == Input::kLines))
      fail("--fractional: with lines agents are whole");
    if (q.queue.again.abandoned > 0 && q.queue.patience_s == kForever &&
        q.solve != Input::kPatience && !varied(q, Input::kPatience))
      fail("--redial-abandon: nobody gives up without --patience");
    if (q.queue.again.blocked > 0 && !has_lines(q.queue) && q.solve != Input::kLines &&
        !varied(q, Input::kLines))
      fail("--redial-block: nobody is lost without --lines");
    const auto moves = [&](Input input) { return q.solve == input || varied(q, input); };
    if (q.queue.patience_law && moves(Input::kPatience))
      fail("--patience-law: says the patience, which cannot be asked for or varied then");
    if (q.queue.handle_law && moves(Input::kAht))
      fail("--aht-law: says the handle time, which cannot be asked for or varied then");
    if (moves(Input::kPorts) && !has_menu(q.queue)) fail("--ports: needs --ivr-time");
    if (moves(Input::kPorts) && q.queue.loss > 0)
      fail("--ports: where they are asked for or varied, lines are a number");
    if (!in_.ports.empty() && q.solve == Input::kLines)
      fail("--ports: with them lines are not asked for; vary them, as by --table lines=60..80");
    check_states(q);
    if (q.fractional && q.solve != Input::kAgents)
      fail("--fractional: is for agents that are to be found");
  }

  // With ports the largest chain that may be asked for.
  void check_states(const Question& q) {
    Queue most = q.queue;
    for (const Axis& axis : q.table)
      if ((axis.input == Input::kLines || axis.input == Input::kPorts) && !axis.values.empty())
        set(most, axis.input, axis.values.back());
    if (most.lines == 0) return;
    if (q.solve == Input::kPorts) most.ports = most.lines - 1;
    const std::string fault = fault_of_ports(most);
    if (!fault.empty()) fail(fmt::format("--ports: {}", fault));
  }

  const Ask& in_;
  std::vector<std::string>& errors_;
};

}  // namespace

void read_unknown(const Ask& ask, Question& question, std::vector<std::string>& errors) {
  Reader{ask, errors}.read(question);
}

}  // namespace callmill::calculator
