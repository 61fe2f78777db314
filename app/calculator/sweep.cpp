#include "app/calculator/sweep.h"

#include <array>
#include <cmath>

namespace callmill::calculator {
namespace {

struct Step {
  std::string_view key, en, zh;
  Input input;
  double factor, add;
};
constexpr std::array kSteps = {
    Step{"base", "as it is", "现状", Input::kCalls, 1, 0},
    Step{"calls_plus_10pct", "calls +10%", "来电 +10%", Input::kCalls, 1.1, 0},
    Step{"calls_minus_10pct", "calls -10%", "来电 -10%", Input::kCalls, 0.9, 0},
    Step{"aht_plus_10pct", "handle time +10%", "处理时长 +10%", Input::kAht, 1.1, 0},
    Step{"aht_minus_10pct", "handle time -10%", "处理时长 -10%", Input::kAht, 0.9, 0},
    Step{"patience_plus_10pct", "patience +10%", "耐心时间 +10%", Input::kPatience, 1.1, 0},
    Step{"patience_minus_10pct", "patience -10%", "耐心时间 -10%", Input::kPatience, 0.9, 0},
    Step{"agents_plus_1", "one agent more", "增加 1 名坐席", Input::kAgents, 1, 1},
    Step{"agents_minus_1", "one agent fewer", "减少 1 名坐席", Input::kAgents, 1, -1},
    Step{"lines_plus_1", "one line more", "增加 1 条中继线", Input::kLines, 1, 1},
    Step{"lines_minus_1", "one line fewer", "减少 1 条中继线", Input::kLines, 1, -1},
    Step{"ports_plus_1", "one port more", "增加 1 个语音端口", Input::kPorts, 1, 1},
    Step{"ports_minus_1", "one port fewer", "减少 1 个语音端口", Input::kPorts, 1, -1},
};

bool applies(Input input, const Queue& queue) {
  if (input == Input::kPatience) return queue.patience_s < kForever && !queue.patience_law;
  if (input == Input::kAht) return !queue.handle_law;
  if (input == Input::kPorts) return has_ports(queue);
  if (input == Input::kLines) return queue.lines > 0 && !queue.agents_are_lines;
  return true;
}

}  // namespace

std::vector<Point> sweep(const Question& question) {
  std::vector<Point> points{{.at = {}, .outcome = {}}};
  for (const Axis& axis : question.table) {
    std::vector<Point> longer;
    for (const Point& point : points) {
      for (const double value : axis.values) {
        longer.push_back(point);
        longer.back().at.push_back(value);
      }
    }
    points = std::move(longer);
  }
  for (Point& point : points) {
    Question at = question;
    for (std::size_t i = 0; i < point.at.size(); ++i) {
      set(at.queue, question.table[i].input, point.at[i]);
      if (question.table[i].input == Input::kWithin)
        at.targets = at_within(std::move(at.targets), point.at[i]);
    }
    const Answer found = answer(at);
    if (!found.feasible) continue;
    const Row& row = found.rows[found.chosen];
    point.outcome = row.outcome;
    point.met = row.met;
    if (question.solve) point.solved = get(row.outcome.queue, *question.solve);
  }
  return points;
}

std::vector<Change> sensitivity(const Question& question, const Outcome& base) {
  std::vector<Change> changes;
  for (const Step& step : kSteps) {
    if (!applies(step.input, base.queue)) continue;
    Queue queue = base.queue;
    queue.loss = 0;  // the lines stay as sized
    const double value = get(queue, step.input) * step.factor + step.add;
    if (!(value > 0)) continue;
    set(queue, step.input, value);
    Change change{.key = step.key, .en = step.en, .zh = step.zh, .outcome = evaluate(queue)};
    // As many lines as agents: none can be fewer than the others.
    if (!change.outcome && is_counted(step.input) && has_lines(queue)) continue;
    if (!question.targets.empty()) {
      Question needed = question;
      needed.queue = queue;
      needed.solve = Input::kAgents;
      change.agents_needed = solve_for(needed);
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<Elasticity> elasticities(const Outcome& base,
                                     const std::vector<const Indicator*>& indicators) {
  constexpr double kStep = 1e-3;
  std::vector<Elasticity> out;
  for (const Input input : {Input::kCalls, Input::kAht, Input::kPatience, Input::kAgents}) {
    if (!applies(input, base.queue)) continue;
    if (input == Input::kAgents && (has_lines(base.queue) || has_menu(base.queue))) continue;
    const auto nudged = [&](double factor) {
      Queue queue = base.queue;
      queue.loss = 0;
      set(queue, input, get(queue, input) * factor);
      return evaluate(queue);
    };
    const auto more = nudged(std::exp(kStep));
    const auto less = nudged(std::exp(-kStep));
    Elasticity each{input, {}};
    for (const Indicator* indicator : indicators) {
      double value = std::nan("");
      if (more && less && value_of(*indicator, *less) > 0)
        value = std::log(value_of(*indicator, *more) / value_of(*indicator, *less)) / (2 * kStep);
      each.of.push_back(value);
    }
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace callmill::calculator
