#include "app/report/week_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/plan_parts.h"
#include "app/report/plan_report.h"
#include "app/report/plan_rules.h"
#include "app/report/table.h"
#include "app/report/target_report.h"
#include "base/text_width.h"
#include "models/plans/pay.h"

namespace callmill {
namespace {

std::string number(double value, int digits) {
  return fmt::format("{:.{}f}", value, digits);
}

// "Mon", of a day without a date its number.
std::string short_name(const World& world, int day, Lang lang) {
  constexpr std::array<std::pair<std::string_view, std::array<std::string_view, 2>>, 7> kNames{
      {{"monday", {"Mon", "一"}},
       {"tuesday", {"Tue", "二"}},
       {"wednesday", {"Wed", "三"}},
       {"thursday", {"Thu", "四"}},
       {"friday", {"Fri", "五"}},
       {"saturday", {"Sat", "六"}},
       {"sunday", {"Sun", "日"}}}};
  const OpenDay of = day_of_run(world, day);
  if (!of.date) return std::to_string(day + 1);
  for (const auto& [name, words] : kNames)
    if (weekday_of(*of.date) == name) return std::string{words[lang == Lang::kZh ? 1 : 0]};
  return "";
}

std::string name_of_day(const World& world, const OpenDay& day, Lang lang) {
  const std::string name = short_name(world, static_cast<int>(day.number), lang);
  if (!day.date) return fmt::format("{} {}", say(lang, "day", "第"), name);
  const std::string date = fmt::format("{} {}{}", in_words(*day.date), say(lang, "", "周"), name);
  return day.kind == weekday_of(*day.date) ? date : date + " " + day.kind;
}

std::string days_text(const World& world, std::uint32_t days, Lang lang) {
  std::string text;
  for (int day = 0; day < 7; ++day)
    if (has_day(days, day)) {
      if (!text.empty() && lang == Lang::kEn) text += ' ';
      text += short_name(world, day, lang);
    }
  return text;
}

std::string by_day_text(const World& world, const WeekPlanResult& plan, const GroupWeekResult& g,
                        Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Day", "日期")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Calls", "话务量")});
  table.column(std::string{say(lang, "Required, most", "需求（最高）")});
  table.column(std::string{say(lang, "Scaled by", "修正系数")});
  table.column(std::string{say(lang, "At work, most", "在席（最高）")});
  table.column(std::string{say(lang, "People", "上班人数")});
  table.column(std::string{say(lang, "Answer rate", "接通率(仿真)")});
  table.column(std::string{say(lang, "Service level", "服务水平(仿真)")});
  const Metric& answer = *find_metric("answer_rate", ScopeKind::kTotal);
  const Metric& level = *find_metric("service_level", ScopeKind::kTotal);
  const double hours = to_hours(world.day.interval);
  for (std::size_t d = 0; d < g.days.size(); ++d) {
    const WeekDay& day = g.days[d];
    double calls = 0, required = 0;
    for (const RequirementInterval& r : day.requirement.intervals) {
      calls += r.offered_per_hour * hours;
      required = std::max(required, r.agents);
    }
    const auto period = static_cast<std::uint32_t>(world.intervals() + 1 + d);
    const auto simulated = [&](const Metric& m) {
      return show(plan.kpis.estimate(m, {}, period, world.study.confidence).value, m.unit);
    };
    table.row({name_of_day(world, day.open, lang), number(calls, 0), number(required, 1),
               number(day.scale, 3),
               number(*std::max_element(day.present.begin(), day.present.end()), 1),
               std::to_string(day.people), simulated(answer), simulated(level)});
  }
  return fmt::format("\n{} {}: {}\n\n{}", say(lang, "Group", "坐席组"),
                     world.groups[g.group.index()].name,
                     say(lang, "the week, day by day", "一周逐日情况"), table.text());
}

std::string tours_text(const World& world, const WeekPlanResult& plan, const GroupWeekResult& g,
                       Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Shift", "班次")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "To", "结束")});
  table.column(std::string{say(lang, "Days", "上班日")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "People", "人数")});
  table.column(std::string{say(lang, "Cost/week", "成本/周")});
  std::int64_t people = 0;
  for (const PeopleAlike& alike : people_alike(g)) {
    const TourShift& shift = g.problem.shifts[static_cast<std::size_t>(alike.shift)];
    const SimDuration end = world.day.opens + plan.slot * (shift.start + shift.length);
    people += alike.people;
    table.row({shift.name, time_of_day(end % std::chrono::hours{24}),
               days_text(world, alike.days, lang), std::to_string(alike.people),
               number(alike.cost * static_cast<double>(alike.people), 0)});
  }
  table.rule();
  table.row({std::string{say(lang, "total", "合计")}, "", "", std::to_string(people),
             number(g.tours.cost, 0)});
  return "\n" + table.text();
}

std::string lines_text(const World& world, const WeekPlanResult& plan, Lang lang) {
  if (world.trunks.empty()) return "";
  Table table;
  table.column(std::string{say(lang, "Lines", "中继组")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Count", "线数")});
  table.column(std::string{say(lang, "Rent/week", "租金/周")});
  const auto days = static_cast<double>(world.days.count);
  for (const PlannedLines& p : plan.plan.lines) {
    const TrunkGroup& trunks = world.trunks[p.trunks.index()];
    table.row({trunks.name, std::to_string(p.lines),
               number(days * trunks.rent_per_day * static_cast<double>(p.lines), 0)});
  }
  if (plan.plan.ports)
    table.row({"ivr.ports", std::to_string(*plan.plan.ports),
               number(days * world.ivr.rent_per_day * static_cast<double>(*plan.plan.ports), 0)});
  return "\n" + table.text();
}

std::string bound_text(const WeekPlanResult& plan, Lang lang) {
  return fmt::format(
      fmt::runtime(say(lang,
                       "people's weeks that cover this requirement cost at least {:.0f} (gap "
                       "{:.3f}%), other ways to hold the targets may cost less",
                       "满足该需求的周班表至少为 {:.0f}（差距 "
                       "{:.3f}%），达成目标的其他方式可能更省")),
      plan.bound, plan.gap() * 100);
}

std::string cost_text(const World& world, const WeekPlanResult& plan, Lang lang) {
  const std::string penalties =
      plan.penalties > 0
          ? fmt::format(" + {} {:.0f}", say(lang, "penalties", "罚金"), plan.penalties)
          : "";
  return fmt::format("\n  {} {:.0f} {}/{} = {} {:.0f} + {} {:.0f}{}; {}\n",
                     say(lang, "Cost", "成本"), plan.cost(), world.currency,
                     say(lang, "week", "周"), say(lang, "wages", "工资"), plan.wages,
                     say(lang, "lines", "中继"), plan.rent, penalties, bound_text(plan, lang));
}

std::string rounds_text(const WeekPlanResult& plan, Lang lang) {
  std::string out = fmt::format(
      "\n  {}\n", say(lang, "Rounds of people's weeks and simulation:", "周班表与仿真轮次："));
  for (const PlanRound& r : plan.rounds) {
    const std::string what = sentence(r.what, lang);
    const std::size_t width = display_width(what);
    out += fmt::format("  {:3}  {}{} {:>12.0f}  {}{}{}\n", r.number, what,
                       std::string(width < 34 ? 34 - width : 0, ' '), r.cost,
                       r.met ? say(lang, "met", "达标") : say(lang, "missed", "未达标"),
                       r.worst.empty() ? "" : ": ", sentence(r.worst, lang));
  }
  return out;
}

}  // namespace

std::vector<PeopleAlike> people_alike(const GroupWeekResult& group) {
  std::map<std::pair<int, std::uint32_t>, PeopleAlike> all;
  for (const Tour& tour : group.tours.tours) {
    std::uint32_t days = 0;
    double cost = 0;
    for (const TourDay& day : tour.days) {
      days |= 1U << static_cast<unsigned>(day.day);
      cost += group.problem.shifts[static_cast<std::size_t>(tour.shift)].cost_of_day(day.day);
    }
    PeopleAlike& alike = all[{tour.shift, days}];
    alike.shift = tour.shift;
    alike.days = days;
    alike.cost = cost;
    ++alike.people;
  }
  std::vector<PeopleAlike> alike;
  for (const auto& [key, one] : all) alike.push_back(one);
  return alike;
}

std::string week_text(const World& world, const WeekPlanResult& plan, const RunFacts& facts,
                      Lang lang) {
  std::string out;
  if (plan.kpis.replications() > 0) {
    for (const GroupWeekResult& g : plan.groups) {
      out += by_day_text(world, plan, g, lang);
      out += tours_text(world, plan, g, lang);
    }
    out += pay_text(world, plan.plan, lang);
    out += limits_text(world, plan.plan, lang);
    out += lines_text(world, plan, lang);
    out += "\n" + run_text(plan.planned, plan.kpis, facts, false, lang, false);
    out += targets_text(plan.planned, plan.targets, false, lang);  // as the plan was judged
    out += cost_text(world, plan, lang);
    out += spreadsheet_text(world, plan, lang);
    out += rounds_text(plan, lang);
  }
  out += fmt::format("\n  {}: {}\n", say(lang, "Status", "结论"), status_text(plan.status, lang));
  for (const std::string& reason : plan.reasons)
    out += fmt::format("    {}\n", sentence(reason, lang));
  return out;
}

}  // namespace callmill
