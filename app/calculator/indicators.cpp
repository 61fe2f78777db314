#include "app/calculator/indicators.h"

#include <fmt/format.h>

#include <cmath>

namespace callmill::calculator {
namespace {

using O = const Outcome&;

// Calls that are not blocked.
double accepted(O o) {
  return o.result.p_nowait + o.result.p_wait;
}

// docs/reference/kpi.md: A answered, B abandoned, A(T) and B(T) within T, N all attempts.
std::vector<Indicator> make() {
  constexpr auto kShare = Measured::kShare;
  constexpr auto kSeconds = Measured::kSeconds;
  constexpr auto kNumber = Measured::kNumber;
  return {
      {"service_level", "answered in {}", "{}接通率", kShare, "A(T) / (A + B)",
       [](O o) { return o.result.sl_accepted; }},
      {"answer_rate", "answer rate", "接通率(人工)", kShare, "A / (A + B)",
       [](O o) { return o.result.p_served / accepted(o); }},
      {"abandon_rate", "abandonment", "放弃率", kShare, "B / (A + B)",
       [](O o) { return o.result.p_abandon / accepted(o); }},
      {"asa_s", "ASA", "平均应答速度", kSeconds, "wait of answered / A",
       [](O o) { return o.result.mean_wait_served; }},
      {"occupancy", "occupancy", "利用率(话务)", kShare, "busy time / agents",
       [](O o) { return o.result.occupancy; }},
      {"loss_rate", "loss", "呼损率(中继)", kShare, "X / N", [](O o) { return o.result.p_block; }},
      {"wait_rate", "waits", "排队率", kShare, "those who wait / (A + B)",
       [](O o) { return (o.result.p_wait - o.result.p_balk) / accepted(o); }},
      {"mean_wait_s", "mean wait", "平均等待", kSeconds, "wait of answered and abandoned / (A + B)",
       [](O o) { return o.result.mean_wait_offered / accepted(o); }},
      {"mean_queue", "queue", "平均队长", kNumber, "mean number waiting",
       [](O o) { return o.result.mean_queue; }},
      {"service_level_f1", "f1 in {}", "{}服务水平 f1", kShare, "(A(T) + B(T)) / (A + B)",
       [](O o) { return o.result.sl_abandon_ok; }},
      {"service_level_f2", "f2 in {}", "{}服务水平 f2", kShare, "A(T) / A",
       [](O o) { return o.result.sl_answered; }},
      {"service_level_f4", "f4 in {}", "{}服务水平 f4", kShare, "A(T) / (A + B - B(T))",
       [](O o) { return o.result.sl_excl_short_abandon; }},
      {"service_level_all", "of all in {}", "{}接通率(含呼损)", kShare, "A(T) / N",
       [](O o) { return o.result.sl_offered; }},
      {"answered_of_all", "answered of all", "总接通率", kShare, "A / N",
       [](O o) { return o.result.p_served; }},
      {"wait_over_rate", "waits over {}", "等待超过 {}", kShare, "waits longer than T / (A + B)",
       [](O o) { return o.result.p_wait_gt / accepted(o); }},
      {"abandon_of_waiting", "of waiting abandon", "排队后放弃率", kShare, "B / those who wait",
       [](O o) { return o.result.p_abandon_given_wait; }},
      {"mean_wait_of_waiting_s", "wait if waiting", "排队者平均等待", kSeconds,
       "wait of those who wait / their number", [](O o) { return o.result.mean_wait_waiters; }},
      {"mean_wait_abandoned_s", "wait of abandoned", "放弃者平均等待", kSeconds,
       "wait of abandoned / B", [](O o) { return o.result.mean_wait_abandoned; }},
      {"queue_sd", "queue sd", "队长标准差", kNumber, "standard deviation of the number waiting",
       [](O o) { return std::sqrt(o.result.var_queue); }},
      {"attempts_per_h", "attempts/h", "总呼叫/小时", kNumber, "calls and repeated calls an hour",
       [](O o) { return o.attempts_per_s * 3600; }},
      {"repeat_share", "repeated", "重复来电占比", kShare, "repeated calls / all",
       [](O o) { return 1 - o.queue.calls_per_s / o.attempts_per_s; }},
      {"busy_agents", "busy", "忙碌坐席", kNumber, "mean number of busy agents",
       [](O o) { return o.result.mean_busy; }},
  };
}

}  // namespace

const std::vector<Indicator>& indicators() {
  static const std::vector<Indicator> all = make();
  return all;
}

double value_of(const Indicator& indicator, const Outcome& outcome) {
  if (outcome.endless) return std::nan("");
  return indicator.value(outcome);
}

const Indicator* find_indicator(std::string_view key) {
  for (const Indicator& each : indicators())
    if (each.key == key) return &each;
  return nullptr;
}

std::vector<std::string> indicator_keys() {
  std::vector<std::string> keys;
  for (const Indicator& each : indicators()) keys.emplace_back(each.key);
  return keys;
}

const Indicator* service_level(std::string_view formula) {
  if (formula == "f3") return find_indicator("service_level");
  return find_indicator("service_level_" + std::string{formula});
}

std::string seconds_text(double seconds, Lang lang) {
  return fmt::format("{:g}{}", seconds, say(lang, "s", "秒"));
}

std::string header(const Indicator& indicator, double within_s, Lang lang) {
  const std::string label{say(lang, indicator.en, indicator.zh)};
  const std::size_t at = label.find("{}");
  if (at == std::string::npos) return label;
  return label.substr(0, at) + seconds_text(within_s, lang) + label.substr(at + 2);
}

std::string show_value(double value, Measured unit) {
  if (!std::isfinite(value)) return "-";
  switch (unit) {
    case Measured::kShare:  // rare losses keep two digits
      return value > 0 && value < 5e-4 ? fmt::format("{:.2g}%", value * 100)
                                       : fmt::format("{:.1f}%", value * 100);
    case Measured::kSeconds:
      return fmt::format("{:.1f}s", value);
    case Measured::kNumber:
      return fmt::format("{:.1f}", value);
  }
  return {};
}

}  // namespace callmill::calculator
