#include "app/calculator/queue.h"

#include <array>
#include <cmath>

#include "base/check.h"

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

std::optional<Outcome> evaluate(const Queue& queue) {
  Outcome out{.queue = queue, .result = {}};
  QueueInput in = formula_input(queue);
  if (queue.loss > 0) {
    in.lines = lines_for(in, queue.loss);
    if (in.lines < 0) return std::nullopt;
    out.queue.lines = in.lines;
  }
  if (in.lines > 0 &&
      (in.agents > static_cast<double>(in.lines) || in.agents != std::floor(in.agents)))
    return std::nullopt;
  out.endless = grows_without_limit(in);
  out.result = solve_queue(in);
  return out;
}

std::string_view model_name(const Queue& queue) {
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
    case Input::kWithin:
      queue.within_s = value;
      break;
  }
}

}  // namespace callmill::calculator
