#include "app/report/plan_rules.h"

#include <fmt/format.h>

#include <chrono>
#include <vector>

#include "app/report/format.h"
#include "app/report/table.h"
#include "models/plans/pay.h"

namespace callmill {
namespace {

bool has_pay_rules(const World& world) {
  const LabourRules labour = rules_of(world.labour);
  return !world.pay.empty() || labour.working_day || labour.rest_day_rate > 1 ||
         labour.holiday_rate > 1;
}

std::string_view count_name(LimitOf of, Lang lang) {
  switch (of) {
    case LimitOf::kHeads:
      return say(lang, "heads", "人数");
    case LimitOf::kAtWork:
      return say(lang, "at work", "在席");
    case LimitOf::kOnDuty:
      return say(lang, "on duty", "在岗");
  }
  return "";
}

std::string percent(double share) {
  return fmt::format("{:.4g}%", 100 * share);
}

// "12 to 20", "30% to 100%"; of one bound ">= 12".
std::string bounds(const ShiftLimit& limit) {
  std::vector<std::string> all;
  if (limit.at_least) all.push_back(fmt::format(">= {}", *limit.at_least));
  if (limit.at_most) all.push_back(fmt::format("<= {}", *limit.at_most));
  if (limit.share_at_least) all.push_back(">= " + percent(*limit.share_at_least));
  if (limit.share_at_most) all.push_back("<= " + percent(*limit.share_at_most));
  return fmt::format("{}", fmt::join(all, ", "));
}

std::string used(const ShiftLimit& limit, const LimitUse& use) {
  if (limit.of == LimitOf::kHeads) return fmt::format("{} / {}", use.most, use.all);
  const auto at = [](SimDuration t) { return time_of_day(t % std::chrono::hours{24}); };
  std::vector<std::string> all;
  if (limit.at_least) all.push_back(fmt::format("{} ({})", use.least, at(use.least_at)));
  if (limit.at_most) all.push_back(fmt::format("{} ({})", use.most, at(use.most_at)));
  return fmt::format("{}", fmt::join(all, ", "));
}

std::string hours(const ShiftLimit& limit) {
  if (!limit.from) return "";
  return fmt::format("{}-{}", time_of_day(*limit.from), time_of_day(*limit.to));
}

// Rules of the program's own have names of its own.
std::string rule_name(const std::string& rule, Lang lang) {
  if (rule == "wage") return std::string{say(lang, "wage", "基本工资")};
  if (rule == "night_supplement") return std::string{say(lang, "night_supplement", "夜班补贴")};
  if (rule == "overtime") return std::string{say(lang, "overtime", "加班")};
  if (rule == "rest_day") return std::string{say(lang, "rest_day", "休息日")};
  if (rule == "holiday") return std::string{say(lang, "holiday", "法定节假日")};
  return rule;
}

}  // namespace

std::string pay_text(const World& world, const DayPlan& plan, Lang lang) {
  if (!has_pay_rules(world)) return "";
  Table table;
  table.column(std::string{say(lang, "Paid by", "计薪规则")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Hours", "小时")});
  table.column(std::string{world.several_days() ? say(lang, "Cost", "成本")
                                                : say(lang, "Cost/day", "成本/天")});
  double sum = 0;
  for (const PaidPart& part : pay_parts(world, plan)) {
    table.row({rule_name(part.rule, lang), fmt::format("{:.1f}", to_hours(part.time)),
               fmt::format("{:.0f}", part.amount)});
    sum += part.amount;
  }
  table.rule();
  table.row({std::string{say(lang, "total", "合计")}, "", fmt::format("{:.0f}", sum)});
  return "\n" + table.text();
}

std::string limits_text(const World& world, const DayPlan& plan, Lang lang) {
  if (world.limits.empty()) return "";
  Table table;
  table.column(std::string{say(lang, "Limit", "限制")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Group", "坐席组")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Counts", "计数")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Hours", "时段")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Bound", "界限")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Plan", "方案")}, Table::Align::kLeft);
  for (const ShiftLimit& limit : world.limits)
    table.row({limit.name, world.groups[limit.group.index()].name,
               std::string{count_name(limit.of, lang)}, hours(limit), bounds(limit),
               used(limit, use_of(world, plan, limit))});
  return "\n" + table.text();
}

void write_pay(const World& world, const DayPlan& plan, JsonWriter& json) {
  if (!has_pay_rules(world)) return;
  json.line().key("pay").array(JsonWriter::Layout::kRows);
  for (const PaidPart& part : pay_parts(world, plan))
    json.object()
        .field("rule", part.rule)
        .field("hours", to_hours(part.time))
        .field("amount", part.amount)
        .end();
  json.end();
}

void write_limits(const World& world, const DayPlan& plan, JsonWriter& json) {
  if (world.limits.empty()) return;
  json.line().key("limits").array(JsonWriter::Layout::kRows);
  for (const ShiftLimit& limit : world.limits) {
    const LimitUse use = use_of(world, plan, limit);
    json.object()
        .field("limit", limit.name)
        .field("group", world.groups[limit.group.index()].name)
        .field("bound", bounds(limit))
        .field("least", use.least)
        .field("most", use.most)
        .field("of", use.all)
        .end();
  }
  json.end();
}

}  // namespace callmill
