// The planner's spreadsheet beside the plan: what it asks, what it costs, what becomes of it.

#include <fmt/format.h>

#include <cmath>
#include <limits>

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

std::string figure(const TargetResult& t, Lang lang) {
  const Metric* metric = find_metric(t.target.metric, scope_of(t.target).kind);
  return fmt::format("{} {}", show_with_interval(t.estimate, metric->unit), verdict_text(t, lang));
}

}  // namespace

double spreadsheet_more(const PlanResult& plan) {
  return plan.spreadsheet->cost() / plan.cost() - 1;
}

std::string spreadsheet_text(const World& world, const PlanResult& plan, Lang lang) {
  if (!plan.spreadsheet) return "";
  const SpreadsheetPlan& sheet = *plan.spreadsheet;
  Table table;
  table.column("", Table::Align::kLeft);
  table.column(std::string{say(lang, "This plan", "本方案")});
  table.column(std::string{say(lang, "Spreadsheet", "电子表格")});
  const auto row = [&](std::string_view name, const std::string& a, const std::string& b) {
    table.row({std::string{name}, a, b});
  };
  row(say(lang, "Cost/day", "成本/天"), whole(plan.cost()), whole(sheet.cost()));
  row(say(lang, "Wages", "工资"), whole(plan.wages), whole(sheet.wages));
  row(say(lang, "Rent of lines", "中继租金"), whole(plan.rent), whole(sheet.rent));
  row(say(lang, "Agents with shifts", "排班坐席数"), std::to_string(plan.day.shifts.size()),
      std::to_string(sheet.day.shifts.size()));
  for (std::size_t t = 0; t < plan.day.lines.size(); ++t)
    row(fmt::format("{} {}", say(lang, "Lines", "中继"), world.trunks[t].name),
        std::to_string(plan.day.lines[t].lines), std::to_string(sheet.day.lines[t].lines));
  if (plan.day.ports && sheet.day.ports)
    row("ivr.ports", std::to_string(*plan.day.ports), std::to_string(*sheet.day.ports));
  for (std::size_t t = 0; t < plan.targets.size(); ++t)
    row(target_text(world, plan.targets[t].target, lang), figure(plan.targets[t], lang),
        figure(sheet.targets[t], lang));
  std::string out = assumptions_text(world, sheet, lang);
  if (sheet.short_h > 0)
    out +=
        fmt::format(fmt::runtime(say(lang, "  {:.1f} agent-hours of it no allowed shift covers.\n",
                                     "  其中 {:.1f} 坐席小时没有可用班次能够覆盖。\n")),
                    sheet.short_h);
  out += fmt::format("\n{}", table.text());
  out += fmt::format(fmt::runtime(say(lang, "\n  The spreadsheet's plan costs {:.0f} {}/day: {}\n",
                                      "\n  电子表格的方案成本为 {:.0f} {}/天：{}\n")),
                     sheet.cost(), world.currency, more_text(spreadsheet_more(plan), lang));
  return out;
}

void write_spreadsheet(const World& world, const PlanResult& plan, JsonWriter& json) {
  if (!plan.spreadsheet) {
    json.value(std::numeric_limits<double>::quiet_NaN());  // null
    return;
  }
  const SpreadsheetPlan& sheet = *plan.spreadsheet;
  json.object()
      .field("cost", sheet.cost())
      .field("more", spreadsheet_more(plan))
      .field("wages", sheet.wages)
      .field("rent", sheet.rent)
      .field("penalties", sheet.penalties)
      .field("agents", static_cast<std::int64_t>(sheet.day.shifts.size()))
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

}  // namespace callmill
