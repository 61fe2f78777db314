#include "app/report/plan_why_not.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/table.h"
#include "app/report/target_report.h"

namespace callmill {
namespace {

std::string money(double value) {
  return std::isfinite(value) ? fmt::format("{:.0f}", value) : "-";
}

std::string rules_text(const WhyNot& why, Lang lang) {
  std::string out = fmt::format(
      "  {}\n",
      why.minimal
          ? say(lang, "These cannot hold together; without any one of them, the others can:",
                "以下规则与目标不能同时成立；去掉其中任何一项，其余即可成立：")
          : say(lang,
                "These cannot hold together (within its limits the solver could not say "
                "whether all are needed for that):",
                "以下规则与目标不能同时成立（在求解限度内未能确定是否每项都不可少）："));
  for (const std::string& rule : why.rules) out += "    - " + sentence(rule, lang) + "\n";
  if (why.rules.empty())
    out += fmt::format(
        "    - {}\n",
        say(lang, "the kinds of shift and the limits over them, as they are", "班次及其限制本身"));
  for (const std::vector<std::string>& other : why.others) {
    out += fmt::format("  {}\n", say(lang, "Let them give, and these still cannot hold together:",
                                     "即使放开以上各项，以下各项仍不能同时成立："));
    for (const std::string& rule : other) out += "    - " + sentence(rule, lang) + "\n";
  }
  const bool of_targets = std::any_of(why.set.begin(), why.set.end(), [](const PlanRule& rule) {
    return rule.kind == PlanRuleKind::kTarget;
  });
  if (!of_targets)
    out +=
        fmt::format("  {}\n", say(lang,
                                  "No target asks anything of the group: its agents are to carry "
                                  "the load.",
                                  "没有目标涉及该坐席组：其坐席只需承载话务强度。"));
  if (why.scale != 1)
    out +=
        fmt::format(fmt::runtime(say(
                        lang, "  The simulation asks for {:.2f} times the staff of the formulas.\n",
                        "  仿真要求的人力为公式需求的 {:.2f} 倍。\n")),
                    why.scale);
  return out;
}

std::string ways_text(const World& world, const WhyNot& why, Lang lang) {
  if (why.ways.empty()) return "";
  Table table;
  table.column(std::string{say(lang, "Relaxed by itself, as little as makes a plan possible",
                               "单独放宽，恰好使方案可行")},
               Table::Align::kLeft);
  table.column(fmt::format("{} ({})", say(lang, "Wages/day", "工资/天"), world.currency));
  table.column(std::string{say(lang, "Over cheapest", "比最省的多")});
  table.column(std::string{say(lang, "Proven bound", "可证下界")});
  for (const Relaxation& way : why.ways)
    table.row({sentence(way.what, lang), money(way.wages),
               fmt::format("{:+.0f}", way.wages - why.ways.front().wages), money(way.bound)});
  std::string out = "\n" + table.text();
  out += fmt::format(
      "\n  {}\n",
      say(lang,
          "Wages are of this group, of a cover solved and checked for the analytic requirement. "
          "Agents are hired at the\n  wage of the dearest kind, as few hours as will do.",
          "工资为该坐席组的工资，按解析需求求解并核对排班得出。外聘按最贵班次的工资计，"
          "并取最少的小时数。"));
  for (const std::string& rule : why.in_vain)
    out += fmt::format("  {}: {}\n", say(lang, "Does not help by itself", "单独放宽无济于事"),
                       sentence(rule, lang));
  return out;
}

std::string simulated_text(const World& world, const WhyNot& why, Lang lang) {
  if (!why.simulated) return "";
  std::string out = fmt::format(
      fmt::runtime(say(lang, "\n  Simulated: {}; the whole centre then costs {:.0f} {}/day:\n",
                       "\n  仿真：{}；全中心成本为 {:.0f} {}/天：\n")),
      sentence(why.ways.front().what, lang), why.simulated->cost, world.currency);
  for (const TargetResult& t : why.simulated->targets) {
    const Metric* metric = find_metric(t.target.metric, scope_of(t.target).kind);
    out += fmt::format("    {}: {} {}\n", target_text(world, t.target, lang),
                       show_with_interval(t.estimate, metric->unit),
                       t.met ? say(lang, "met", "达标") : say(lang, "MISSED", "未达标"));
  }
  if (!why.simulated->met)
    out += fmt::format(
        "    {}\n",
        say(lang,
            "It is the first plan of a search; plan the relaxed scenario to have it corrected.",
            "这只是搜索的初始方案；请用放宽后的场景重新排班以得到修正。"));
  return out;
}

}  // namespace

std::string why_not_text(const World& world, const WhyNot& why, Lang lang) {
  return fmt::format("\n{}: {} {}\n\n", say(lang, "Why there is no plan", "为何没有方案"),
                     say(lang, "group", "坐席组"), world.groups[why.group.index()].name) +
         rules_text(why, lang) + ways_text(world, why, lang) + simulated_text(world, why, lang);
}

std::string misses_text(const World& world, const PlanResult& plan,
                        const std::vector<TargetMiss>& misses, Lang lang) {
  if (misses.empty()) return "";
  Table table;
  table.column(std::string{say(lang, "Missed target", "未达成的目标")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "What would do, by itself", "单独如此即可达成")},
               Table::Align::kLeft);
  table.column(fmt::format("{} ({})", say(lang, "Cost/day", "成本/天"), world.currency));
  for (const TargetMiss& miss : misses) {
    const Target& target = world.targets[miss.target];
    Target held = target;
    held.value = miss.holds_at;
    table.row(
        {target_text(world, target, lang), target_text(world, held, lang), money(plan.cost())});
    for (const TargetMiss::Way& way : miss.ways)
      table.row({"", sentence(way.what, lang), money(way.cost)});
  }
  return fmt::format(
      "\n{}\n\n{}\n  {}\n", say(lang, "What the plan misses", "方案未达成之处"), table.text(),
      say(lang,
          "The first of each is what this plan holds with its interval; the others are simulated "
          "on "
          "the same days. A cost\n  of -: the scenario has no price for it.",
          "每项之首为本方案（含区间）所能达到的值；其余在相同的天数上仿真。成本为 -："
          "场景未给出价格。"));
}

}  // namespace callmill
