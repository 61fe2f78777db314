#include "app/report/plan_explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/plan_why_not.h"
#include "app/report/table.h"

namespace callmill {
namespace {

// "+0.82", "+0.82 [0.61, 1.03]": points of a share.
std::string points(const Change& c) {
  if (!std::isfinite(c.value)) return "-";
  const auto point = [](double share) {
    const double p = 100 * share;
    return std::abs(p) < 0.005 ? 0.0 : p;  // no -0.00
  };
  std::string text = fmt::format("{:+.2f}", point(c.value));
  if (std::isfinite(c.low)) text += fmt::format(" [{:.2f}, {:.2f}]", point(c.low), point(c.high));
  return text;
}

std::string percent(const Change& c) {
  return std::isfinite(c.value) ? fmt::format("{:.2f}%", 100 * c.value) : "-";
}

std::string money(double value) {
  return std::isfinite(value) ? fmt::format("{:.0f}", std::abs(value) < 0.5 ? 0.0 : value) : "-";
}

// "+16", "0"
std::string more_or_less(double value) {
  return std::abs(value) < 0.5 ? "0" : fmt::format("{:+.0f}", value);
}

std::string heading(std::string_view title, const std::string& of) {
  return fmt::format("\n{}{}{}\n\n", title, of.empty() ? "" : ": ", of);
}

std::string staff_table(const World& world, const GroupStaffChanges& group, bool more, Lang lang) {
  const std::vector<StaffChange>& changes = more ? group.more : group.fewer;
  Table table;
  table.column(std::string{say(lang, "From", "时段")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Service level there", "该时段服务水平")});
  table.column(std::string{say(lang, "Service level, day", "全天服务水平")});
  table.column(std::string{say(lang, "Answer rate, day", "全天接通率")});
  table.column(std::string{say(lang, "Cost by the hour", "按小时的成本")});
  table.column(std::string{say(lang, "Cost by shifts", "按班次的成本")});
  for (std::uint32_t i = 0; i < changes.size(); ++i) {
    const StaffChange& c = changes[i];
    if (!std::isfinite(c.level_day.value)) continue;
    table.row({interval_name(world, i), points(c.level_here), points(c.level_day),
               points(c.answer_day), more_or_less(c.hired), more_or_less(c.shifts)});
  }
  return heading(more ? say(lang, "One agent more in an interval", "某时段多一名坐席")
                      : say(lang, "One agent fewer in an interval", "某时段少一名坐席"),
                 world.groups[group.group.index()].name) +
         table.text();
}

std::string staff_text(const World& world, const GroupStaffChanges& group, Lang lang) {
  std::string out = staff_table(world, group, true, lang) + staff_table(world, group, false, lang);
  out += fmt::format(
      "\n  {}\n",
      group.simulated
          ? say(lang, "Points, simulated: the plan and its variant on the same days.",
                "单位为百分点；仿真：方案与变体使用相同的天数。")
          : say(lang, "Points, by the exact day of this pool alone: no lines, no other groups.",
                "单位为百分点；按本组的瞬态精确法：不含线数限制与其他坐席组。"));
  out += fmt::format(
      "  {}\n",
      say(lang,
          "Cost by the hour: the wage of the interval at the cheapest kind on duty. By shifts: the "
          "relaxed program\n  (fractions of agents) with one more, one fewer asked for.",
          "按小时：当班最便宜班次在该时段的工资。按班次：松弛规划（允许小数人）在需求增减一人时"
          "的成本变化。"));
  return out;
}

std::string rules_text(const World& world, const std::vector<RulePrice>& rules, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "One step looser", "放宽一步")}, Table::Align::kLeft);
  table.column(fmt::format("{} ({})", say(lang, "Saves/day", "每天节省"), world.currency));
  table.column(std::string{say(lang, "At most", "至多")});
  table.column(std::string{say(lang, "By", "依据")}, Table::Align::kLeft);
  for (const RulePrice& r : rules) {
    const bool rent = !r.group.valid();
    table.row({sentence(r.what, lang), r.solved || rent ? money(r.saving) : "-", money(r.at_most),
               std::string{rent       ? say(lang, "formula, rent of lines", "公式，中继租金")
                           : r.solved ? say(lang, "cover solved anew", "重新求解排班")
                                      : say(lang, "bound alone", "仅界")}});
  }
  return heading(say(lang, "Which rule costs most", "哪条规则代价最大"), "") + table.text() +
         fmt::format(
             "\n  {}\n",
             say(lang,
                 "Each by itself, at the plan's requirement; no simulation. Rules that the relaxed "
                 "program does not feel are left out.\n  A target is compared with the same target "
                 "as asked for, both with a requirement and a cover of their own.",
                 "逐项单独放宽，需求与方案相同，不经仿真；松弛规划不受其影响的规则从略。"
                 "目标的放宽与原目标相比，二者各自重新计算需求与排班。"));
}

std::string steps_text(const std::vector<Waterfall>& falls, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "From formula to simulation", "从公式到仿真")},
               Table::Align::kLeft);
  for (const Waterfall& fall : falls) {
    table.column(indicator(fall.metric, lang));
    table.column(std::string{say(lang, "Change, points", "变化，百分点")});
  }
  for (std::size_t s = 0; s < falls.front().steps.size(); ++s) {
    std::vector<std::string> row{sentence(falls.front().steps[s].what, lang)};
    for (const Waterfall& fall : falls) {
      row.push_back(percent(fall.steps[s].value));
      row.push_back(s == 0 ? "" : points(fall.steps[s].difference));
    }
    table.row(std::move(row));
  }
  return heading(say(lang, "Why formula and simulation differ", "公式与仿真为何不同"), "") +
         table.text() +
         fmt::format(
             "\n  {}\n",
             say(lang,
                 "Each line adds one thing to the one above; the last is the plan as it is. "
                 "Simulated on the same days.",
                 "每行在上一行的基础上增加一项；末行即方案本身。各行使用相同的天数。"));
}

// Wanted as #, above it as +; a bar of `kWidth` is the busiest interval's agents.
std::string bar(double wanted, double present, double most) {
  constexpr double kWidth = 24;
  if (most <= 0) return "";
  const auto cells = [&](double agents) {
    return static_cast<std::size_t>(std::lround(kWidth * std::min(agents, most) / most));
  };
  const std::size_t all = cells(present), used = std::min(all, cells(std::min(wanted, present)));
  return std::string(used, '#') + std::string(all - used, '+');
}

std::string over_text(const std::vector<OverShift>& why, Lang lang) {
  std::string text;
  for (const OverShift& s : why) {
    text += fmt::format(fmt::runtime(say(lang, "{}{} {} of {}", "{}{} 人 {} {} 班")),
                        text.empty() ? "" : say(lang, "; ", "；"), s.agents, s.shift, s.from);
    if (!s.needed.empty())
      text += fmt::format("{}{}", say(lang, ", needed ", "，需要于 "), s.needed);
  }
  return text;
}

std::string money_text(const World& world, const GroupMoney& group, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "From", "时段")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Wages", "工资")});
  table.column(std::string{say(lang, "Wanted", "所需")});
  table.column(std::string{say(lang, "At work", "在席")});
  table.column(std::string{say(lang, "Over, h", "多余小时")});
  table.column(std::string{say(lang, "Idle", "空闲成本")});
  table.column(std::string{say(lang, "# wanted, + over", "# 所需，+ 多余")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Over: who is there", "多余时在岗的班次")},
               Table::Align::kLeft);
  double most = 0, wages = 0, over = 0, idle = 0;
  for (const MoneyInterval& m : group.intervals) most = std::max(most, m.present);
  for (std::uint32_t i = 0; i < group.intervals.size(); ++i) {
    const MoneyInterval& m = group.intervals[i];
    wages += m.wages;
    over += m.over;
    if (std::isfinite(m.idle)) idle += m.idle;
    table.row({interval_name(world, i), money(m.wages), fmt::format("{:.1f}", m.wanted),
               fmt::format("{:.1f}", m.present), m.over > 0 ? fmt::format("{:.2f}", m.over) : "",
               money(m.idle), bar(std::ceil(m.wanted - 1e-9), m.present, most),
               over_text(m.why, lang)});
  }
  table.rule();
  table.row({std::string{say(lang, "total", "合计")}, money(wages), "", "",
             fmt::format("{:.2f}", over), money(idle), "", ""});
  return heading(say(lang, "Where the money goes", "钱花在哪里"),
                 world.groups[group.group.index()].name) +
         table.text() +
         fmt::format(
             "\n  {}\n",
             say(lang,
                 "Idle: wages of agents at work and free, by simulation; most of it is what "
                 "a short wait costs.",
                 "空闲成本：仿真中在席而无来话者的工资；其大部分正是等待短的代价。"));
}

}  // namespace

std::string explain_text(const World& world, const PlanResult& plan, const Explanation& why,
                         Lang lang) {
  std::string out;
  for (const WhyNot& one : why.why_not) out += why_not_text(world, one, lang);
  out += misses_text(world, plan, why.misses, lang);
  for (const GroupMoney& one : why.money) out += money_text(world, one, lang);
  if (!why.rules.empty()) out += rules_text(world, why.rules, lang);
  if (!why.waterfalls.empty() && !why.waterfalls.front().steps.empty())
    out += steps_text(why.waterfalls, lang);
  for (const GroupStaffChanges& one : why.staff) out += staff_text(world, one, lang);
  return out;
}

}  // namespace callmill
