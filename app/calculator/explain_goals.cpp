// From a queue's shares to the figures that were asked for.

#include <algorithm>

#include "app/calculator/explain_parts.h"

namespace callmill::calculator {
namespace {

// The letters of the indicator's formula, of all calls.
std::string letters(const Indicator& what, const QueueResult& r) {
  std::string out;
  const auto add = [&](const char* letter, double value) {
    if (what.formula.find(letter) != std::string_view::npos)
      out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", letter, num(value));
  };
  add("A(T)", r.p_served_le);
  add("B(T)", r.p_abandon_le);
  out +=
      fmt::format("{}A = {}, B = {}", out.empty() ? "" : ", ", num(r.p_served), num(r.p_abandon));
  if (what.key == "wait_over_rate")
    out = fmt::format("{} / ({} + {})", num(r.p_wait_gt), num(r.p_served), num(r.p_abandon));
  return out;
}

// W = all waits, w = those of whoever gave up.
void add_asa(const QueueResult& r, Steps& steps) {
  const bool all = !(r.p_abandon > 0);
  const double lost = all ? 0 : r.mean_wait_abandoned;
  steps.add("asa_s", "mean wait of answered calls (ASA)", "接通者平均等待",
            all ? "W / A, W = mean wait of all"
                : "(W - B w) / A, W = mean wait of all, w = mean wait of those who give up",
            r.mean_wait_served,
            all ? fmt::format("{} / {}", num(r.mean_wait_offered), num(r.p_served))
                : fmt::format("({} - {} x {}) / {}", num(r.mean_wait_offered), num(r.p_abandon),
                              num(lost), num(r.p_served)),
            num(r.mean_wait_served) + " s");
}

}  // namespace

void explain_goals(const Question& question, const Outcome& outcome, Steps& steps) {
  std::vector<Target> asked = question.targets;
  const Indicator& level = level_of(question);
  // The formula alone, where no goal is on it.
  if (level.key != "service_level")
    asked.insert(asked.begin(), {&level, true, 0, outcome.queue.within_s, false});
  std::vector<std::pair<std::string_view, double>> told;
  for (const Target& each : asked) {
    const std::string_view key = each.what->key;
    const double within = each.any_within ? outcome.queue.within_s : each.within_s;
    const bool in_steps = key == "occupancy" || key == "loss_rate" ||
                          (key == "service_level" && within == outcome.queue.within_s);
    const std::pair<std::string_view, double> one{key, within};
    if (in_steps || std::find(told.begin(), told.end(), one) != told.end()) continue;
    told.push_back(one);
    Queue queue = outcome.queue;
    queue.loss = 0;
    queue.within_s = within;
    const auto at = evaluate(queue);
    if (!at) continue;
    if (key == "asa_s") {
      add_asa(at->result, steps);
      continue;
    }
    const double value = value_of(*each.what, *at);
    const std::string en = header(*each.what, within, Lang::kEn);
    const std::string zh = header(*each.what, within, Lang::kZh);
    steps.add(std::string{key}.c_str(), en.c_str(), zh.c_str(), std::string{each.what->formula},
              value, letters(*each.what, at->result), show_value(value, each.what->unit));
  }
}

}  // namespace callmill::calculator
