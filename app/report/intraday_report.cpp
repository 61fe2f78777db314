#include "app/report/intraday_report.h"

#include <fmt/format.h>

#include <cmath>

#include "app/report/format.h"
#include "app/report/json.h"
#include "app/report/table.h"
#include "app/report/target_report.h"

namespace callmill {
namespace {

std::string clock(SimDuration t) {
  return time_of_day(t % std::chrono::hours{24});
}

std::string called(const PlannedShift& shift) {
  return shift.name.empty() ? std::to_string(shift.agent + 1) : shift.name;
}

std::string_view kind_name(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kBreaks:
      return "breaks";
    case ChangeKind::kOvertime:
      return "overtime";
    case ChangeKind::kHome:
      return "home";
    case ChangeKind::kNewStart:
      return "start";
    case ChangeKind::kCalledIn:
      return "called_in";
  }
  return "";
}

std::string breaks_text(const PlannedShift& shift) {
  std::string out;
  for (const PlannedBreak& b : shift.breaks)
    out += fmt::format("{}{}-{}", out.empty() ? "" : " ", clock(b.from), clock(b.to));
  return out;
}

// "meal 12:00 -> 13:15"
std::string moved_breaks(const World& world, const PlannedShift& from, const PlannedShift& to,
                         Lang lang) {
  std::string out;
  for (std::size_t b = 0; b < to.breaks.size(); ++b) {
    if (from.breaks[b].from == to.breaks[b].from) continue;
    const std::vector<Break>* rules = to.pattern ? &world.shifts[*to.pattern].breaks : nullptr;
    const std::string name = rules != nullptr && b < rules->size()
                                 ? (*rules)[b].name
                                 : std::string{say(lang, "break", "休息")};
    out += fmt::format("{}{} {} -> {}", out.empty() ? "" : ", ", name, clock(from.breaks[b].from),
                       clock(to.breaks[b].from));
  }
  return out;
}

std::string what_text(const World& world, const DayPlan& before, const ShiftChange& change,
                      Lang lang) {
  const PlannedShift& to = change.to;
  if (!change.shift)
    return fmt::format("{} {}-{} ({})", say(lang, "called in", "临时召回"), clock(to.from),
                       clock(to.to), world.shifts[*to.pattern].name);
  const PlannedShift& from = before.shifts[*change.shift];
  switch (change.kind) {
    case ChangeKind::kBreaks:
      return moved_breaks(world, from, to, lang);
    case ChangeKind::kOvertime:
      return fmt::format("{} {} -> {}", say(lang, "overtime, end", "加班，下班"), clock(from.to),
                         clock(to.to));
    case ChangeKind::kHome:
      return fmt::format("{} {} -> {}", say(lang, "home early, end", "提前下班，下班"),
                         clock(from.to), clock(to.to));
    case ChangeKind::kNewStart:
    case ChangeKind::kCalledIn:
      return fmt::format("{} {} -> {}", say(lang, "shift begins", "上班"), clock(from.from),
                         clock(to.from));
  }
  return "";
}

std::string calls_text(const Estimate& e) {
  return fmt::format("{:.1f} [{:.0f}, {:.0f}]", e.value, e.ci_low, e.ci_high);
}

std::string forecast_text(const World& world, const IntradayOptions& options,
                          const IntradayResult& result, Lang lang) {
  const Estimate& b = result.forecast.busyness;
  std::string out = fmt::format(
      fmt::runtime(say(lang,
                       "\n  At {}: the day is {:.3f} times as busy as forecast [{:.3f}, {:.3f}]; "
                       "handle times of the rest x {:.3f}\n\n",
                       "\n  {}：当日话务为预测的 {:.3f} 倍 [{:.3f}, {:.3f}]；其余时段处理时长 x "
                       "{:.3f}\n\n")),
      clock(options.at), b.value, b.ci_low, b.ci_high, options.handle_factor);
  Table table;
  table.column(std::string{say(lang, "From", "时段")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Forecast", "原预测")});
  table.column(std::string{say(lang, "Actual", "实际")});
  table.column(
      fmt::format("{} [{:.0f}%]", say(lang, "Updated", "新预测"), world.study.confidence * 100));
  const std::size_t known = options.calls.size();
  for (std::uint32_t i = 0; i < result.expected.size(); ++i) {
    const bool past = i < known;
    table.row({interval_name(world, i), fmt::format("{:.1f}", result.expected[i]),
               past ? std::to_string(options.calls[i]) : "",
               past ? "" : calls_text(result.forecast.intervals[i - known])});
  }
  const Estimate& rest = result.forecast.rest;
  return out + table.text() +
         fmt::format("\n  {}: {:.0f} [{:.0f}, {:.0f}]\n",
                     say(lang, "Calls of the rest of the day", "其余时段话务量"), rest.value,
                     rest.ci_low, rest.ci_high);
}

std::string changes_text(const World& world, const DayPlan& before, const IntradayResult& result,
                         Lang lang) {
  if (result.changes.empty())
    return fmt::format("\n  {}\n", say(lang, "Nobody's day is changed.", "无需调整任何人的班次。"));
  Table table;
  table.column(std::string{say(lang, "Agent", "坐席")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Change", "调整")}, Table::Align::kLeft);
  table.column(fmt::format("{} ({})", say(lang, "Wages", "工资"), world.currency));
  for (const ShiftChange& change : result.changes)
    table.row({fmt::format("{} {}", world.groups[change.to.group.index()].name, called(change.to)),
               what_text(world, before, change, lang), fmt::format("{:+.1f}", change.cost)});
  return "\n" + table.text();
}

std::string targets_table(const World& world, const IntradayResult& result, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Target", "目标")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Before", "调整前")});
  table.column(std::string{say(lang, "After", "调整后")});
  table.column(fmt::format("{} [{:.0f}%]", say(lang, "Change of the day", "全天变化"),
                           world.study.confidence * 100));
  table.column("", Table::Align::kLeft);
  for (const IntradayTarget& t : result.targets) {
    const Unit unit = find_metric(t.after.target.metric, scope_of(t.after.target).kind)->unit;
    table.row(
        {target_text(world, t.after.target, lang), show_with_interval(t.before.estimate, unit),
         show_with_interval(t.after.estimate, unit), show_with_interval(t.change, unit),
         std::string{t.after.met ? say(lang, "met", "达标") : say(lang, "MISSED", "未达标")}});
  }
  return "\n" + table.text();
}

void write_estimate(JsonWriter& json, std::string_view key, const Estimate& e) {
  json.key(key)
      .object()
      .field("value", e.value)
      .field("ci_low", e.ci_low)
      .field("ci_high", e.ci_high)
      .end();
}

}  // namespace

std::string_view status_name(IntradayStatus status) {
  switch (status) {
    case IntradayStatus::kMet:
      return "met";
    case IntradayStatus::kTargetMissed:
      return "target_missed";
    case IntradayStatus::kInterrupted:
      return "interrupted";
  }
  return "";
}

std::string intraday_text(const World& world, const DayPlan& before, const IntradayOptions& options,
                          const IntradayResult& result, Lang lang) {
  std::string out = forecast_text(world, options, result, lang);
  if (result.status != IntradayStatus::kInterrupted) {
    out += changes_text(world, before, result, lang);
    out += targets_table(world, result, lang);
    out += fmt::format(
        fmt::runtime(
            say(lang,
                "\n  Cost {:+.0f} {} = wages {:+.0f} + {} changed at {:g} each; at most "
                "{:.0f} above the least for this requirement\n",
                "\n  成本 {:+.0f} {} = 工资 {:+.0f} + {} 人调整，每人 {:g}；最多高于该需求下的"
                "最低成本 {:.0f}\n")),
        result.wages + result.price, world.currency, result.wages, result.changes.size(),
        options.price, result.above_bound);
  }
  constexpr std::string_view kChinese[] = {"达标", "目标未达成", "已中断"};
  return out + fmt::format("\n  {}: {}\n", say(lang, "Status", "结论"),
                           say(lang, status_name(result.status),
                               kChinese[static_cast<std::size_t>(result.status)]));
}

std::string intraday_json(const World& world, const DayPlan& before, const IntradayOptions& options,
                          const IntradayResult& result) {
  JsonWriter json;
  json.object().field("status", status_name(result.status)).field("at", clock(options.at));
  write_estimate(json, "busyness", result.forecast.busyness);
  json.field("handle_factor", options.handle_factor)
      .field("wages", result.wages)
      .field("price", result.price)
      .field("above_bound", result.above_bound)
      .field("currency", world.currency);
  json.line().key("forecast").array(JsonWriter::Layout::kRows);
  for (std::uint32_t i = 0; i < result.expected.size(); ++i) {
    const bool past = i < options.calls.size();
    const Estimate e = past ? Estimate{static_cast<double>(options.calls[i]),
                                       static_cast<double>(options.calls[i]),
                                       static_cast<double>(options.calls[i]), 0}
                            : result.forecast.intervals[i - options.calls.size()];
    json.object()
        .field("interval", interval_name(world, i))
        .field("before", result.expected[i])
        .field("known", past)
        .field("calls", e.value)
        .field("ci_low", e.ci_low)
        .field("ci_high", e.ci_high)
        .end();
  }
  json.end().line().key("changes").array(JsonWriter::Layout::kRows);
  for (const ShiftChange& change : result.changes) {
    json.object()
        .field("change", kind_name(change.kind))
        .field("group", world.groups[change.to.group.index()].name)
        .field("agent", called(change.to))
        .field("from", clock(change.to.from))
        .field("to", clock(change.to.to))
        .field("breaks", breaks_text(change.to))
        .field("what", what_text(world, before, change, Lang::kEn))
        .field("cost", change.cost)
        .end();
  }
  json.end().line().key("targets").array(JsonWriter::Layout::kRows);
  for (const IntradayTarget& t : result.targets) {
    json.object()
        .field("metric", t.after.target.metric)
        .field("scope", scope_name(world, scope_of(t.after.target)))
        .field("target", t.after.target.value)
        .field("met_before", t.before.met)
        .field("met", t.after.met);
    write_estimate(json, "before", t.before.estimate);
    write_estimate(json, "after", t.after.estimate);
    write_estimate(json, "change", t.change);
    json.end();
  }
  return json.end().end().take() + "\n";
}

}  // namespace callmill
