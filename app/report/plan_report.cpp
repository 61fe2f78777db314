#include "app/report/plan_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/plan_explain.h"
#include "app/report/plan_parts.h"
#include "app/report/plan_rules.h"
#include "app/report/run_report.h"
#include "app/report/table.h"
#include "app/report/target_report.h"
#include "base/text_width.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string number(double value, int digits) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "-";
}

// Calls of the day that one agent more in the interval would answer in time.
std::string worth_text(const GroupPlanResult& g, std::size_t interval) {
  return interval < g.worth.size() ? fmt::format("{:+.2f}", g.worth[interval].within()) : "-";
}

std::string method_text(const World& world, const GroupPlanResult& g, Lang lang) {
  std::string out =
      fmt::format("  {} {}: {}\n", say(lang, "Required by method", "需求计算方法"),
                  sentence(name_of(g.requirement.method), lang), sentence(g.requirement.why, lang));
  if (!g.worth.empty())
    out += fmt::format(
        "  {}\n",
        say(lang, "One more: calls of the day answered in time that one agent more would add.",
            "增派一人：该时段多一名坐席，全天可多及时接听的电话数。"));
  if (world.groups[g.group.index()].shrinkage)
    out += fmt::format(
        "  {}\n",
        say(lang, "Required are agents on calls; wanted and cover count people scheduled.",
            "“需求”为接线坐席数；“修正需求”与“在席”为排班人数（含损耗）。"));
  return out;
}

std::string requirement_text(const World& world, const PlanResult& plan, const GroupPlanResult& g,
                             Lang lang) {
  Table table;
  table.column(std::string{say(lang, "From", "时段")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Calls/h", "话务量/h")});
  table.column(std::string{say(lang, "AHT s", "平均处理时长 s")});
  table.column(std::string{say(lang, "Load", "话务强度")});
  table.column(std::string{say(lang, "Required", "需求")});
  const bool shrinks = world.groups[g.group.index()].shrinkage.has_value();
  if (shrinks) table.column(std::string{say(lang, "On calls", "实际接线占比")});
  table.column(std::string{say(lang, "Wanted", "修正需求")});
  table.column(std::string{say(lang, "Cover", "在席")});
  table.column(std::string{say(lang, "Answer rate", "接通率(仿真)")});
  table.column(std::string{say(lang, "Service level", "服务水平(仿真)")});
  table.column(std::string{say(lang, "One more", "增派一人")});
  table.column(std::string{say(lang, "Binding target", "起决定作用的目标")}, Table::Align::kLeft);
  const Metric& answer = *find_metric("answer_rate", ScopeKind::kTotal);
  const Metric& level = *find_metric("service_level", ScopeKind::kTotal);
  for (std::uint32_t i = 0; i < g.requirement.intervals.size(); ++i) {
    const RequirementInterval& r = g.requirement.intervals[i];
    const auto simulated = [&](const Metric& m) {
      return show(plan.kpis.estimate(m, {}, i, world.study.confidence).value, m.unit);
    };
    std::vector<std::string> row{interval_name(world, i),  number(r.offered_per_hour, 1),
                                 number(r.aht_s, 1),       number(r.load_erlang, 2),
                                 number(r.agents, 2),      number(wanted_in(g, i), 2),
                                 number(g.present[i], 1),  simulated(answer),
                                 simulated(level),         worth_text(g, i),
                                 sentence(r.binding, lang)};
    if (shrinks) row.insert(row.begin() + 5, show(g.on_calls[i], Unit::kShare));
    table.row(std::move(row));
  }
  return fmt::format("\n{} {}: {}\n\n{}\n{}", say(lang, "Group", "坐席组"),
                     world.groups[g.group.index()].name,
                     say(lang, "agents wanted and at work, by interval", "各时段需求与在席"),
                     table.text(), method_text(world, g, lang));
}

// Slots in which the cover would fall short without one agent of this shift, as ranges of time.
std::string needed_for(const World& world, const PlanResult& plan, const GroupPlanResult& g,
                       const CoverChoice& choice) {
  const CoverShift& shift = g.problem.shifts[static_cast<std::size_t>(choice.shift)];
  std::string ranges;
  int begin = -1;
  for (int k = 0; k <= shift.length; ++k) {
    const auto slot = static_cast<std::size_t>((choice.start + k) % g.problem.slots);
    const bool there =
        k < shift.length && (k < shift.gap_start || k >= shift.gap_start + shift.gap_length);
    const bool tight =
        there && static_cast<double>(g.cover.present[slot]) - 1 < std::ceil(g.wanted[slot] - 1e-9);
    if (tight && begin < 0) begin = k;
    if (!tight && begin >= 0) {
      ranges += fmt::format("{}{}-{}", ranges.empty() ? "" : " ",
                            slot_time(world, plan, choice.start + begin),
                            slot_time(world, plan, choice.start + k));
      begin = -1;
    }
  }
  constexpr std::size_t kMost = 60;
  return ranges.size() <= kMost ? ranges : ranges.substr(0, ranges.rfind(' ', kMost)) + " ...";
}

// " (off 12:00-16:00)" of a split shift.
std::string off_text(const World& world, const PlanResult& plan, const CoverShift& shift,
                     int start) {
  if (shift.gap_length == 0) return "";
  const int off = start + shift.gap_start;
  return fmt::format(" (off {}-{})", slot_time(world, plan, off),
                     slot_time(world, plan, off + shift.gap_length));
}

std::string shifts_text(const World& world, const PlanResult& plan, const GroupPlanResult& g,
                        Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Shift", "班次")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "From", "开始")});
  table.column(std::string{say(lang, "To", "结束")});
  table.column(std::string{say(lang, "Agents", "人数")});
  table.column(std::string{say(lang, "Cost/day", "成本/天")});
  table.column(std::string{say(lang, "Without one of them short at", "少一人则不足的时段")},
               Table::Align::kLeft);
  std::int64_t agents = 0;
  for (const CoverChoice& c : g.cover.choices) {
    const CoverShift& shift = g.problem.shifts[static_cast<std::size_t>(c.shift)];
    const auto start =
        std::find(shift.starts.begin(), shift.starts.end(), c.start) - shift.starts.begin();
    agents += c.agents;
    table.row(
        {shift.name + off_text(world, plan, shift, c.start), slot_time(world, plan, c.start),
         slot_time(world, plan, c.start + shift.length), std::to_string(c.agents),
         number(shift.cost[static_cast<std::size_t>(start)] * static_cast<double>(c.agents), 0),
         needed_for(world, plan, g, c)});
  }
  table.rule();
  table.row({std::string{say(lang, "total", "合计")}, "", "", std::to_string(agents),
             number(g.cover.cost, 0), ""});
  return "\n" + table.text();
}

std::string lines_text(const World& world, const PlanResult& plan, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Lines", "中继组")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Count", "线数")});
  table.column(std::string{say(lang, "Rent/day", "租金/天")});
  table.column(std::string{say(lang, "Busiest", "最忙时段")});
  table.column(std::string{say(lang, "Loss, busiest, analytic", "最忙时段呼损(解析)")});
  table.column(std::string{say(lang, "Loss, busiest, simulated", "最忙时段呼损(仿真)")});
  table.column(std::string{say(lang, "Loss, day, simulated", "全天呼损(仿真)")});
  const Metric& loss = *find_metric("loss_rate", ScopeKind::kTrunks);
  for (std::uint32_t t = 0; t < world.trunks.size(); ++t) {
    const LinesPlan& p = plan.lines[t];
    const auto busiest = static_cast<std::uint32_t>(p.analytic.worst_interval);
    const auto simulated = [&](std::uint32_t interval) {
      return show_with_interval(
          plan.kpis.estimate(loss, {ScopeKind::kTrunks, t}, interval, world.study.confidence),
          loss.unit);
    };
    table.row({world.trunks[t].name, std::to_string(p.lines),
               number(world.trunks[t].rent_per_day * static_cast<double>(p.lines), 0),
               interval_name(world, busiest), show(p.analytic.worst, Unit::kShare),
               simulated(busiest), simulated(plan.kpis.layout().intervals())});
  }
  if (plan.day.ports)
    table.row({"ivr.ports", std::to_string(*plan.day.ports),
               number(world.ivr.rent_per_day * static_cast<double>(*plan.day.ports), 0), "", "", "",
               ""});
  return "\n" + table.text();
}

// Loss of the trunk groups that the target is about, weighted by simulated attempts.
double analytic_loss(const World& world, const PlanResult& plan, const Target& target) {
  double calls = 0, lost = 0;
  for (std::uint32_t t = 0; t < world.trunks.size(); ++t) {
    if (target.trunks && target.trunks->index() != t) continue;
    const double attempts =
        plan.kpis.day("attempts", {ScopeKind::kTrunks, t}, world.study.confidence).value;
    calls += attempts;
    lost += attempts * plan.lines[t].analytic.day;
  }
  return calls > 0 ? lost / calls : kNaN;
}

// What the formulas say of a day target, where they say anything: Erlang A at the agents at work,
// the menu product form at the lines.
double analytic_value(const World& world, const PlanResult& plan, const Target& target) {
  if (target.per == Per::kInterval) return kNaN;
  if (target.metric == "loss_rate") return analytic_loss(world, plan, target);
  double calls = 0, sum = 0;
  for (const GroupPlanResult& g : plan.groups) {
    const bool concerned =
        std::any_of(world.queues.begin(), world.queues.end(), [&](const Queue& q) {
          const auto index = static_cast<std::uint32_t>(&q - world.queues.data());
          return !q.route.empty() && q.route.front().group == g.group &&
                 (!target.queue || target.queue->index() == index);
        });
    if (!concerned) continue;
    double weight = 0;
    for (const RequirementInterval& r : g.requirement.intervals) weight += r.offered_per_hour;
    calls += weight;
    sum += weight *
           (target.metric == "service_level" ? g.analytic_service_level : g.analytic_answer_rate);
  }
  if (calls <= 0) return kNaN;
  if (target.metric == "answer_rate" || target.metric == "service_level") return sum / calls;
  return target.metric == "abandon_rate" ? 1 - sum / calls : kNaN;
}

std::string plan_targets_text(const World& world, const PlanResult& plan, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Target", "目标")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Analytic", "解析")});
  table.column(
      fmt::format("{} [{:.0f}%]", say(lang, "Simulated", "仿真"), world.study.confidence * 100));
  table.column("", Table::Align::kLeft);
  for (const TargetResult& t : plan.targets) {
    const Metric* metric = find_metric(t.target.metric, scope_of(t.target).kind);
    std::string verdict = verdict_text(world, t, lang);
    if (!t.missed_intervals.empty())
      verdict += fmt::format(
          " ({} {})", t.missed_intervals.size(),
          say(lang, t.missed_intervals.size() == 1 ? "interval" : "intervals", "个时段"));
    table.row({target_text(world, t.target, lang),
               show(analytic_value(world, plan, t.target), metric->unit),
               show_with_interval(t.estimate, metric->unit), verdict});
  }
  std::string out = "\n" + table.text();
  out += fmt::format(
      "\n  {}\n",
      say(lang,
          "Analytic: Erlang A by interval at the agents at work. It knows no overflow to other "
          "groups,"
          " no\n  busy days and no redials; the simulation does, so the simulation decides.",
          "解析值：按各时段在席人数的 Erlang A，不含溢出、忙日波动与重拨；以仿真为准。"));
  return out;
}

// Where the bound is only of a cover of the requirement, the targets themselves may cost less: the
// requirement is the search's own.
std::string bound_text(const PlanResult& plan, Lang lang) {
  if (!plan.program_bound)
    return fmt::format(
        fmt::runtime(
            say(lang,
                "covers of this requirement cost at least {:.0f} (gap {:.3f}%), other ways "
                "to hold the targets may cost less",
                "满足该需求的排班至少为 {:.0f}（差距 {:.3f}%），达成目标的其他方式可能更省")),
        plan.bound, plan.gap() * 100);
  if (!(*plan.program_bound > 0)) return std::string{say(lang, "no bound is known", "下界未知")};
  return fmt::format(
      "{} {:.0f}, {} {:.3f}% ({})", say(lang, "bound", "下界"), plan.bound,
      say(lang, "gap", "差距"), plan.gap() * 100,
      say(lang, "by simulated worths of agents and lines", "按仿真所得人员与中继的边际价值"));
}

std::string cost_text(const World& world, const PlanResult& plan, Lang lang) {
  return fmt::format(
      "\n  {} {:.0f} {}/{} = {} {:.0f} + {} {:.0f}{}; {}\n", say(lang, "Cost", "成本"), plan.cost(),
      world.currency, say(lang, "day", "天"), say(lang, "wages", "工资"), plan.wages,
      say(lang, "lines", "中继"), plan.rent,
      plan.penalties > 0
          ? fmt::format(" + {} {:.0f}", say(lang, "penalties", "罚金"), plan.penalties)
          : "",
      bound_text(plan, lang));
}

std::string round_text(const PlanRound& r, Lang lang) {
  const std::string what = sentence(r.what, lang);
  const std::size_t width = display_width(what);
  return fmt::format("  {:3}  {}{} {:>12.0f}  {}{}{}\n", r.number, what,
                     std::string(width < 34 ? 34 - width : 0, ' '), r.cost,
                     r.met ? say(lang, "met", "达标") : say(lang, "missed", "未达标"),
                     r.worst.empty() ? "" : ": ", sentence(r.worst, lang));
}

std::string rounds_text(const PlanResult& plan, Lang lang) {
  std::string out =
      fmt::format("\n  {}\n", say(lang, "Rounds of cover and simulation:", "排班与仿真轮次："));
  for (const PlanRound& r : plan.rounds) out += round_text(r, lang);
  return out;
}

// What the scenario says of people and lines, and the plan has chosen itself.
std::string replaced_text(const World& world, const PlanResult& plan, Lang lang) {
  std::string out;
  const std::string_view replaces = say(lang, "The plan replaces", "本计划取代了场景中的");
  for (const GroupPlanResult& g : plan.groups)
    if (const AgentGroup& group = world.groups[g.group.index()]; group.staff)
      out += fmt::format("\n  {} groups.{}.staff", replaces, group.name);
  for (const LinesPlan& p : plan.lines)
    if (const TrunkGroup& t = world.trunks[p.trunks.index()]; t.lines && *t.lines != p.lines)
      out += fmt::format("\n  {} lines.{}.lines ({})", replaces, t.name, *t.lines);
  return out.empty() ? out : out + "\n";
}

}  // namespace

std::string_view status_text(PlanStatus status, Lang lang) {
  constexpr std::string_view kChinese[] = {"达标", "目标未达成", "无可行方案", "已中断"};
  return say(lang, status_name(status), kChinese[static_cast<std::size_t>(status)]);
}

std::string plan_text(const World& world, const PlanResult& plan, const RunFacts& facts, Lang lang,
                      const Explanation& why) {
  std::string out;
  if (!plan.groups.empty() && plan.kpis.replications() > 0) {
    for (const GroupPlanResult& g : plan.groups) {
      out += requirement_text(world, plan, g, lang);
      out += shifts_text(world, plan, g, lang);
    }
    out += pay_text(world, plan.day, lang);
    out += limits_text(world, plan.day, lang);
    out += lines_text(world, plan, lang);
    out += "\n" + run_text(plan.planned, plan.kpis, facts, false, lang, false);
    out += plan_targets_text(world, plan, lang);
    out += cost_text(world, plan, lang);
    out += spreadsheet_text(world, plan, lang);
    out += rounds_text(plan, lang);
    out += replaced_text(world, plan, lang);
  }
  out += fmt::format("\n  {}: {}\n", say(lang, "Status", "结论"), status_text(plan.status, lang));
  for (const std::string& reason : plan.reasons)
    out += fmt::format("    {}\n", sentence(reason, lang));
  return out + explain_text(world, plan, why, lang);
}

}  // namespace callmill
