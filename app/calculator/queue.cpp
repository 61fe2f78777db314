#include "app/calculator/queue.h"

#include <array>
#include <cmath>

#include "base/check.h"
#include "models/chains/ivr_ports.h"
#include "models/queueing/general_service.h"
#include "models/queueing/ivr_trunks.h"
#include "models/queueing/repeat_calls.h"

namespace callmill::calculator {
namespace {

constexpr std::array kInputs = {
    InputInfo{Input::kAgents, "agents", "agents", "agents", "坐席数", "agents", "名坐席", 1},
    InputInfo{Input::kCalls, "calls", "calls_per_h", "calls/h", "来电/小时", "calls/h", "次/小时",
              3600},
    InputInfo{Input::kAht, "aht", "aht_s", "handle time s", "处理时长(秒)", "s", "秒", 1},
    InputInfo{Input::kPatience, "patience", "patience_s", "patience s", "耐心时间(秒)", "s", "秒",
              1},
    InputInfo{Input::kLines, "lines", "lines", "lines", "中继线", "lines", "条中继线", 1},
    InputInfo{Input::kPorts, "ports", "ports", "ports", "语音端口", "ports", "个语音端口", 1},
    InputInfo{Input::kWithin, "within", "within_s", "T s", "T(秒)", "s", "秒", 1},
};

}  // namespace

QueueInput formula_input(const Queue& queue) {
  return {.agents = queue.agents,
          .arrival_rate = queue.calls_per_s,
          .service_rate = 1 / queue.aht_s,
          .patience_rate = 1 / queue.patience_s,
          .lines = queue.lines,
          .within = queue.within_s};
}

namespace {

constexpr std::int64_t kMostLines = 1'000'000;

PatienceQueueInput patience_input(const Queue& queue) {
  PatienceQueueInput in{.agents = queue.agents,
                        .arrival_rate = queue.calls_per_s,
                        .service_rate = 1 / queue.aht_s,
                        .patience = {queue.patience_law, queue.never_leaves, queue.balks},
                        .lines = queue.lines,
                        .within = queue.within_s};
  if (!queue.patience_law && queue.patience_s < kForever)
    in.patience.law = ExponentialLaw{queue.patience_s};
  return in;
}

IvrTrunksInput menu_input(const Queue& queue) {
  return {.arrival_rate = queue.calls_per_s,
          .menu_rate = 1 / queue.menu_s,
          .p_agent = queue.agent_share,
          .agents = static_cast<std::int64_t>(queue.agents),
          .lines = queue.lines,
          .ports = has_ports(queue) ? queue.ports : 0,
          .service_rate = 1 / queue.aht_s,
          .patience_rate = 1 / queue.patience_s,
          .within = queue.within_s};
}

// The result of requests as shares of all calls, which is how QueueResult counts.
QueueResult of_all_calls(const IvrTrunksResult& r, double calls_per_s) {
  const double asks = r.request_rate / calls_per_s;  // share that asks for an agent
  QueueResult q{};
  q.p_block = r.p_block;
  q.p_wait = asks * r.p_wait;
  q.p_nowait = asks * r.p_nowait;
  q.p_abandon = asks * r.p_abandon;
  q.p_served = asks * r.p_served;
  q.log10_wait = std::log10(q.p_wait);
  q.mean_queue = r.mean_queue;
  q.var_queue = std::nan("");
  q.mean_busy = r.mean_busy;
  q.occupancy = r.occupancy;
  q.mean_wait_offered = asks * r.mean_wait;
  q.mean_wait_served = r.mean_wait_served;
  q.mean_wait_abandoned = (r.mean_wait - r.p_served * r.mean_wait_served) / r.p_abandon;
  q.mean_wait_waiters = r.mean_wait / r.p_wait;
  q.p_offered_wait_gt = std::nan("");
  q.p_wait_gt = asks * r.p_wait_gt;
  q.sl_offered = q.p_served_le = asks * r.sl_offered;
  q.sl_accepted = r.sl_offered;
  q.sl_answered = r.sl_answered;
  q.sl_excl_short_abandon = r.sl_excl_short_abandon;
  q.sl_abandon_ok = r.sl_abandon_ok;
  q.p_abandon_le = asks * (r.sl_abandon_ok - r.sl_offered);
  q.p_served_gt = q.p_served - q.p_served_le;
  q.p_abandon_gt = q.p_abandon - q.p_abandon_le;
  q.p_abandon_given_wait = r.p_abandon / r.p_wait;
  return q;
}

RepeatInput repeat_input(const Queue& queue) {
  return {formula_input(queue), queue.fcr, queue.again.open, queue.again.abandoned,
          queue.again.blocked};
}

struct Figures {
  QueueResult result;
  double attempts_per_s;
};
// None where calls that come again grow without limit.
std::optional<Figures> solve(const Queue& queue) {
  const double calls = queue.calls_per_s;
  if (calls_again(queue)) {
    const RepeatResult r = solve_repeat_calls(repeat_input(queue));
    if (r.roots == 0) return std::nullopt;
    return Figures{r.queue, r.total_rate};
  }
  if (has_ports(queue)) {
    if (!fault_of_ivr_ports(menu_input(queue)).empty()) return std::nullopt;
    return Figures{of_all_calls(solve_ivr_ports(menu_input(queue)), calls), calls};
  }
  if (has_menu(queue))
    return Figures{of_all_calls(solve_ivr_trunks(menu_input(queue)), calls), calls};
  if (has_general_handle(queue)) return Figures{approximate_queue(service_input(queue)), calls};
  if (has_general_patience(queue))
    return Figures{solve_patience_queue(patience_input(queue)), calls};
  return Figures{solve_queue(formula_input(queue)), calls};
}

bool endless(const Queue& queue) {
  if (has_menu(queue) || calls_again(queue)) return false;  // no fixed point would be there
  if (has_general_patience(queue) || has_general_handle(queue))
    return grows_without_limit(patience_input(queue));
  return grows_without_limit(formula_input(queue));
}

// The fewest lines within the loss, -1 where none are.
std::int64_t size_lines(Queue queue) {
  const bool ports = has_menu(queue) && queue.ports > 0;
  // However many lines there are, the menu loses what its ports alone would.
  if (ports && loss_by_ports(queue) > queue.loss) return -1;
  if (has_menu(queue) && !ports) {
    const std::int64_t lines = lines_for_ivr(menu_input(queue), queue.loss, kMostLines);
    return lines < 0 ? lines : std::max(lines, static_cast<std::int64_t>(std::ceil(queue.agents)));
  }
  if (!ports && !has_general_patience(queue) && !has_general_handle(queue) && !calls_again(queue))
    return lines_for(formula_input(queue), queue.loss, kMostLines);
  // The loss falls with lines: doubled until few enough are lost, then halved between.
  const auto enough = [&](std::int64_t lines) {
    queue.lines = lines;
    const auto found = solve(queue);
    return found && found->result.p_block <= queue.loss;
  };
  auto low = static_cast<std::int64_t>(queue.agents) - 1;
  std::int64_t high = low + 1;
  while (!enough(high)) {
    low = high;
    high *= 2;
    if (high > kMostLines) return -1;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

bool whole(double agents) {
  return agents == std::floor(agents);
}

}  // namespace

std::optional<Outcome> evaluate(const Queue& queue) {
  Outcome out{.queue = queue, .result = {}};
  if ((has_lines(queue) || has_menu(queue)) && !whole(queue.agents)) return std::nullopt;
  if (queue.loss > 0) out.queue.lines = size_lines(queue);
  if (queue.agents_are_lines) out.queue.lines = static_cast<std::int64_t>(queue.agents);
  if (out.queue.lines < 0) return std::nullopt;
  if (has_lines(out.queue) && queue.agents > static_cast<double>(out.queue.lines))
    return std::nullopt;
  const auto found = solve(out.queue);
  if (!found) return std::nullopt;
  out.result = found->result;
  out.attempts_per_s = found->attempts_per_s;
  out.endless = endless(out.queue);
  return out;
}

double most_calls_per_s(const Queue& queue) {
  return calls_again(queue) ? most_first_calls(repeat_input(queue)) : kForever;
}

ServiceQueueInput service_input(const Queue& queue) {
  return {.agents = queue.agents,
          .arrival_rate = queue.calls_per_s,
          .handle = *queue.handle_law,
          .patience = patience_input(queue).patience,
          .lines = queue.lines,
          .within = queue.within_s};
}

std::string fault_of_ports(Queue queue) {
  if (!has_ports(queue)) return "";
  // Of agents, calls and handle time the states do not depend.
  queue.agents = queue.calls_per_s = queue.aht_s = 1;
  return fault_of_ivr_ports(menu_input(queue));
}

double loss_by_ports(const Queue& queue) {
  return queue.ports > 0 ? erlang_b(queue.ports, queue.calls_per_s * queue.menu_s).blocking : 0;
}

std::string_view model_name(const Queue& queue, Lang lang) {
  if (has_ports(queue))
    return say(lang, "menu with ports, lines and agents", "有限端口的菜单、中继线与坐席");
  if (has_menu(queue)) return say(lang, "menu, lines and agents", "菜单、中继线与坐席");
  if (has_general_handle(queue)) {
    if (has_lines(queue)) return "M/GI/n/K+GI";
    return queue.patience_s < kForever || queue.balks > 0 ? "M/GI/n+GI" : "M/GI/n";
  }
  if (has_general_patience(queue)) return has_lines(queue) ? "M/M/n/K+G" : "M/M/n+G";
  if (queue.agents_are_lines) return "Erlang B";
  if (has_lines(queue)) return "M/M/n/K+M";
  return queue.patience_s < kForever ? "Erlang A" : "Erlang C";
}

const InputInfo& info_of(Input input) {
  for (const InputInfo& each : kInputs)
    if (each.input == input) return each;
  CALLMILL_CHECK(false, "every input is in the table");
  return kInputs[0];
}

const InputInfo* find_input(std::string_view key) {
  for (const InputInfo& each : kInputs)
    if (each.key == key) return &each;
  return nullptr;
}

std::vector<std::string> input_keys() {
  std::vector<std::string> keys;
  for (const InputInfo& each : kInputs) keys.emplace_back(each.key);
  return keys;
}

double get(const Queue& queue, Input input) {
  switch (input) {
    case Input::kAgents:
      return queue.agents;
    case Input::kCalls:
      return queue.calls_per_s;
    case Input::kAht:
      return queue.aht_s;
    case Input::kPatience:
      return queue.patience_s;
    case Input::kLines:
      return static_cast<double>(queue.lines);
    case Input::kPorts:
      return static_cast<double>(queue.ports);
    case Input::kWithin:
      return queue.within_s;
  }
  return 0;
}

void set(Queue& queue, Input input, double value) {
  switch (input) {
    case Input::kAgents:
      queue.agents = value;
      break;
    case Input::kCalls:
      queue.calls_per_s = value;
      break;
    case Input::kAht:
      queue.aht_s = value;
      break;
    case Input::kPatience:
      queue.patience_s = value;
      break;
    case Input::kLines:
      queue.lines = static_cast<std::int64_t>(value);
      break;
    case Input::kPorts:
      queue.ports = static_cast<std::int64_t>(value);
      break;
    case Input::kWithin:
      queue.within_s = value;
      break;
  }
}

}  // namespace callmill::calculator
