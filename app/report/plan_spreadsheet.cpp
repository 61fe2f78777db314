// The planner's spreadsheet beside the plan: what it asks, what it costs, what becomes of it.

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <set>
#include <utility>
#include <vector>

#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/plan_parts.h"
#include "app/report/table.h"
#include "app/report/target_report.h"

namespace callmill {
namespace {

std::string whole(double value) {
  return fmt::format("{:.0f}", value);
}

// "6.3% more than this plan"
std::string more_text(double more, Lang lang) {
  const double percent = 100 * std::abs(more);
  return fmt::format(
      fmt::runtime(more >= 0 ? say(lang, "{:.1f}% more than this plan", "比本方案高 {:.1f}%")
                             : say(lang, "{:.1f}% less than this plan", "比本方案低 {:.1f}%")),
      percent);
}

std::string assumptions_text(const World& world, const SpreadsheetPlan& sheet, Lang lang) {
  std::string out = fmt::format(
      "\n  {}\n", say(lang,
                      "The planner's spreadsheet: each interval by Erlang C, rounded up; covered "
                      "shift by shift, "
                      "breaks in\n  the middle of their windows; lines by Erlang B.",
                      "排班人员的电子表格：各时段按 Erlang C "
                      "计算并向上取整，逐班次覆盖，休息置于时间窗中央；中继按 Erlang B。"));
  for (const SpreadsheetStaff& staff : sheet.staff)
    out += fmt::format(
        "  {}: {}{}\n", world.groups[staff.group.index()].name, sentence(staff.goal, lang),
        staff.assumed
            ? say(lang, ", assumed: no target speaks of a wait", "（假定值：没有关于等待的目标）")
            : "");
  return out;
}

std::string figure(const World& world, const TargetResult& t, Lang lang) {
  const Metric* metric = find_metric(t.target.metric, scope_of(t.target).kind);
  return fmt::format("{} {}", show_with_interval(t.estimate, metric->unit),
                     verdict_text(world, t, lang));
}

// A plan of a day or of a week, and the sheet beside it.
struct Beside {
  bool week = false;
  const SpreadsheetPlan& sheet;
  const DayPlan& plan;
  double cost = 0, wages = 0, rent = 0;
  const std::vector<TargetResult>& targets;
  double more() const { return sheet.cost() / cost - 1; }  // of the sheet
};
Beside beside(const PlanResult& plan) {
  return {false, *plan.spreadsheet, plan.day, plan.cost(), plan.wages, plan.rent, plan.targets};
}
Beside beside(const WeekPlanResult& plan) {
  return {true, *plan.spreadsheet, plan.plan, plan.cost(), plan.wages, plan.rent, plan.targets};
}

// Of a week each has several shifts.
std::size_t people_of(const DayPlan& plan) {
  std::set<std::pair<std::size_t, std::uint32_t>> people;
  for (const PlannedShift& shift : plan.shifts) people.insert({shift.group.index(), shift.agent});
  return people.size();
}

std::string text_of(const World& world, const Beside& both, Lang lang) {
  const SpreadsheetPlan& sheet = both.sheet;
  const DayPlan& plan = both.plan;
  Table table;
  table.column("", Table::Align::kLeft);
  table.column(std::string{say(lang, "This plan", "本方案")});
  table.column(std::string{say(lang, "Spreadsheet", "电子表格")});
  const auto row = [&](std::string_view name, const std::string& a, const std::string& b) {
    table.row({std::string{name}, a, b});
  };
  row(both.week ? say(lang, "Cost/week", "成本/周") : say(lang, "Cost/day", "成本/天"),
      whole(both.cost), whole(sheet.cost()));
  row(say(lang, "Wages", "工资"), whole(both.wages), whole(sheet.wages));
  row(say(lang, "Rent of lines", "中继租金"), whole(both.rent), whole(sheet.rent));
  row(say(lang, "Agents with shifts", "排班坐席数"), std::to_string(people_of(plan)),
      std::to_string(people_of(sheet.day)));
  for (std::size_t t = 0; t < plan.lines.size(); ++t)
    row(fmt::format("{} {}", say(lang, "Lines", "中继"), world.trunks[t].name),
        std::to_string(plan.lines[t].lines), std::to_string(sheet.day.lines[t].lines));
  if (plan.ports && sheet.day.ports)
    row("ivr.ports", std::to_string(*plan.ports), std::to_string(*sheet.day.ports));
  for (std::size_t t = 0; t < both.targets.size(); ++t)
    row(target_text(world, both.targets[t].target, lang), figure(world, both.targets[t], lang),
        figure(world, sheet.targets[t], lang));
  std::string out = assumptions_text(world, sheet, lang);
  if (sheet.short_h > 0)
    out +=
        fmt::format(fmt::runtime(say(lang, "  {:.1f} agent-hours of it no allowed shift covers.\n",
                                     "  其中 {:.1f} 坐席小时没有可用班次能够覆盖。\n")),
                    sheet.short_h);
  out += fmt::format("\n{}", table.text());
  out += fmt::format(fmt::runtime(say(lang, "\n  The spreadsheet's plan costs {:.0f} {}/{}: {}\n",
                                      "\n  电子表格的方案成本为 {:.0f} {}/{}：{}\n")),
                     sheet.cost(), world.currency,
                     both.week ? say(lang, "week", "周") : say(lang, "day", "天"),
                     more_text(both.more(), lang));
  return out;
}

void write(const World& world, const Beside& both, JsonWriter& json) {
  const SpreadsheetPlan& sheet = both.sheet;
  json.object()
      .field("cost", sheet.cost())
      .field("more", both.more())
      .field("wages", sheet.wages)
      .field("rent", sheet.rent)
      .field("penalties", sheet.penalties)
      .field("agents", static_cast<std::int64_t>(people_of(sheet.day)))
      .field("short_h", sheet.short_h);
  json.key("staff").array();
  for (const SpreadsheetStaff& staff : sheet.staff)
    json.object()
        .field("group", world.groups[staff.group.index()].name)
        .field("goal", staff.goal)
        .field("assumed", staff.assumed)
        .end();
  json.end().key("lines").array();
  for (const PlannedLines& lines : sheet.day.lines)
    json.object()
        .field("lines", world.trunks[lines.trunks.index()].name)
        .field("count", lines.lines)
        .end();
  json.end().key("targets");
  write_targets(world, sheet.targets, json);
  json.end();
}

template <class Plan>
void write_if_any(const World& world, const Plan& plan, JsonWriter& json) {
  if (plan.spreadsheet)
    write(world, beside(plan), json);
  else
    json.value(std::numeric_limits<double>::quiet_NaN());  // null
}

}  // namespace

std::string spreadsheet_text(const World& world, const PlanResult& plan, Lang lang) {
  return plan.spreadsheet ? text_of(world, beside(plan), lang) : "";
}
std::string spreadsheet_text(const World& world, const WeekPlanResult& plan, Lang lang) {
  return plan.spreadsheet ? text_of(world, beside(plan), lang) : "";
}

void write_spreadsheet(const World& world, const PlanResult& plan, JsonWriter& json) {
  write_if_any(world, plan, json);
}
void write_spreadsheet(const World& world, const WeekPlanResult& plan, JsonWriter& json) {
  write_if_any(world, plan, json);
}

}  // namespace callmill
