#include "app/report/target_report.h"

#include <fmt/format.h>

#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/table.h"

namespace callmill {
namespace {

std::string_view per_name(Per per) {
  switch (per) {
    case Per::kDay:
      return "day";
    case Per::kInterval:
      return "interval";
    case Per::kRun:
      return "run";
    case Per::kWeek:
      return "week";
    case Per::kMonth:
      return "month";
  }
  return "";
}

std::string_view per_text(Per per, Lang lang) {
  switch (per) {
    case Per::kDay:
      return say(lang, " per day", "，每日");
    case Per::kInterval:
      return say(lang, " per interval", "，每个时段");
    case Per::kRun:
      return say(lang, " per run", "，整个运行期");
    case Per::kWeek:
      return say(lang, " per week", "，每周");
    case Per::kMonth:
      return say(lang, " per month", "，每月");
  }
  return "";
}

std::string missed_text(Per per, std::size_t n, Lang lang) {
  switch (per) {
    case Per::kDay:
      return std::string{say(lang, n == 1 ? "day, worst" : "days, worst", "天，最差")};
    case Per::kWeek:
      return std::string{say(lang, n == 1 ? "week, worst" : "weeks, worst", "周，最差")};
    case Per::kMonth:
      return std::string{say(lang, n == 1 ? "month, worst" : "months, worst", "个月，最差")};
    default:
      return std::string{
          say(lang, n == 1 ? "interval, worst" : "intervals, worst", "个时段，最差")};
  }
}

std::string scope_text(const World& world, Scope scope, Lang lang) {
  const std::string name = scope_name(world, scope);
  if (lang == Lang::kEn) return name;
  return fmt::format("{} {}", scope.kind == ScopeKind::kTrunks ? "中继组" : "队列",
                     name.substr(name.find(':') + 1));
}

Unit unit_of(const Target& target) {
  const Metric* metric = find_metric(target.metric, scope_of(target).kind);
  return metric != nullptr ? metric->unit : Unit::kShare;
}

}  // namespace

std::string target_text(const World& world, const Target& target, Lang lang) {
  std::string text = indicator(target.metric, lang);
  const Scope scope = scope_of(target);
  if (scope.kind != ScopeKind::kTotal) text += " " + scope_text(world, scope, lang);
  if (target.metric == "service_level" && target.queue)
    text += fmt::format(" {:g}s", to_seconds(world.queues[target.queue->index()].answer_within));
  return fmt::format("{} {} {}{}", text, target.sense == Sense::kAtLeast ? ">=" : "<=",
                     show(target.value, unit_of(target)), per_text(target.per, lang));
}

std::string verdict_text(const World& world, const TargetResult& t, Lang lang) {
  if (t.met) return std::string{say(lang, "met", "达标")};
  if (!t.target.price) return std::string{say(lang, "MISSED", "未达标")};
  const std::string_view text = world.several_days()
                                    ? say(lang, "missed, {:.0f} in all", "未达标，罚金共 {:.0f}")
                                    : say(lang, "missed, {:.0f} a day", "未达标，罚金每天 {:.0f}");
  return fmt::format(fmt::runtime(text), t.penalty());
}

std::string targets_text(const World& world, const std::vector<TargetResult>& targets, bool exact,
                         Lang lang) {
  if (targets.empty()) return "";
  Table table;
  table.column(std::string{say(lang, "Target", "目标")}, Table::Align::kLeft);
  table.column(std::string{exact ? say(lang, "Exact", "精确解") : say(lang, "Simulated", "仿真")});
  table.column("", Table::Align::kLeft);
  for (const TargetResult& t : targets) {
    std::string verdict = verdict_text(world, t, lang);
    if (const std::size_t n = t.missed_intervals.size(); n > 0)
      verdict += fmt::format(" ({} {} {})", n, missed_text(t.target.per, n, lang),
                             interval_name(world, t.interval));
    table.row({target_text(world, t.target, lang),
               show_with_interval(t.estimate, unit_of(t.target)), verdict});
  }
  return "\n" + table.text();
}

void write_targets(const World& world, const std::vector<TargetResult>& targets, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const TargetResult& t : targets)
    json.object()
        .field("metric", t.target.metric)
        .field("scope", scope_name(world, scope_of(t.target)))
        .field("per", per_name(t.target.per))
        .field("interval", interval_name(world, t.interval))
        .field("sense", t.target.sense == Sense::kAtLeast ? "at_least" : "at_most")
        .field("target", t.target.value)
        .field("value", t.estimate.value)
        .field("ci_low", t.estimate.ci_low)
        .field("ci_high", t.estimate.ci_high)
        .field("met", t.met)
        .field("penalty", t.penalty())
        .end();
  json.end();
}

}  // namespace callmill
