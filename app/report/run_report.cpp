#include "app/report/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

#include "app/report/actual_report.h"
#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/period_report.h"
#include "app/report/precision_report.h"
#include "app/report/table.h"
#include "app/report/target_report.h"
#include "app/report/value_report.h"
#include "base/text_width.h"

namespace callmill {
namespace {

using Keys = std::vector<std::string_view>;
const Keys kHeadline = {"attempts",
                        "loss_rate",
                        "overall_answer_rate",
                        "containment",
                        "offered",
                        "answer_rate",
                        "service_level",
                        "abandon_rate",
                        "asa",
                        "mean_wait",
                        "wait_p80",
                        "max_wait",
                        "aht",
                        "occupancy",
                        "calls_per_agent_hour",
                        "trunk_occupancy"};
const Keys kQueueColumns = {"offered",      "answer_rate", "service_level",
                            "abandon_rate", "asa",         "aht"};
// Said of queues only where a call can be refused.
constexpr std::string_view kRefused = "refused_rate";
const Keys kTypeColumns = {"attempts",    "loss_rate", "overall_answer_rate", "offered",
                           "answer_rate", "mean_wait", "repeat_share"};
const Keys kGroupColumns = {"signed_in", "occupancy", "utilisation", "calls_per_agent_hour"};
// Of groups that dial by themselves; a campaign's dials stand with the campaign.
constexpr std::string_view kDials = "dials";
const Keys kPeopleColumns = {"attendance",     "adherence",   "conformance",
                             "no_answer_rate", "aux_meeting", "aux_training"};
const Keys kCallbackColumns = {
    "callback_offers", "callbacks_accepted", "callbacks_made", "callbacks_failed",
    "callbacks_left",  "time_to_callback",   "callback_tries", "answer_rate_with_callbacks"};
const Keys kCampaignColumns = {"campaign_dials",       "campaign_reach_rate", "parties_reached",
                               "dialler_abandon_rate", "party_wait",          "list_penetration",
                               "list_completion"};
const Keys kDialLossColumns = {"loss_network", "loss_invalid",   "loss_off",     "loss_out_of_area",
                               "loss_busy",    "loss_no_answer", "loss_refused", "loss_machine"};
const Keys kLineColumns = {"attempts", "loss_rate", "trunk_occupancy", "trunk_peak"};
const Keys kStoryColumns = {"callers",     "served_in_the_end",   "gave_up",
                            "another_day", "attempts_per_caller", "time_to_answer"};
// Said only where some are.
constexpr std::string_view kOpen = "open_at_the_end";
const Keys kRuleColumns = {"rule_firings", "rule_time_on", "agents_moved", "breaks_ended",
                           "called_in",    "extra_time",   "calls_shed",   "rule_cost"};
const Keys kMessageColumns = {"messages",     "messages_done", "on_time_rate",
                              "time_to_done", "backlog",       "backlog_age"};
const Keys kChatColumns = {"chats",       "chat_answer_rate", "chat_service_level",
                           "first_reply", "chat_time",        "chats_open_at_closing"};
const Keys kChatGroupColumns = {"chat_utilisation", "chat_concurrency"};

std::string headline(const KpiTable& kpis, const RunFacts& facts, Lang lang) {
  const double confidence = facts.confidence;
  Table table;
  table.column(std::string{say(lang, "Indicator", "指标")}, Table::Align::kLeft);
  table.column(title_with_interval(say(lang, "Value", "数值"), kpis, confidence));
  table.column(std::string{say(lang, "Formula", "公式")}, Table::Align::kLeft);
  for (const std::string_view key : kHeadline) {
    const Metric* metric = find_metric(key, ScopeKind::kTotal);
    const Estimate e = kpis.estimate(*metric, {}, kpis.layout().intervals(), confidence);
    if (std::isnan(e.value)) continue;
    table.row(
        {name_of(*metric, lang), show_with_interval(e, metric->unit), formula_of(*metric, lang)});
  }
  return table.text();
}

// Whether calls can be lost for more than want of lines.
bool loses_by_cause(const World& world) {
  return world.ivr.ports ||
         std::any_of(world.trunks.begin(), world.trunks.end(), [](const TrunkGroup& t) {
           return t.network_loss.value() > 0 || !t.outages.empty() || !t.breakdowns.empty();
         });
}

// Counts of calls, each with its share of the attempts; `less` counts below zero.
std::string parts_of_attempts(const KpiTable& kpis, const Keys& keys, std::string_view title,
                              bool only_some, double confidence, Lang lang,
                              std::string_view less = {}) {
  Table table;
  table.column(std::string{title}, Table::Align::kLeft);
  table.column(title_with_interval(say(lang, "Calls", "通数"), kpis, confidence));
  table.column(std::string{say(lang, "of attempts", "占呼入")});
  const double attempts = kpis.day("attempts", {}, confidence).value;
  for (const std::string_view key : keys) {
    const Metric* metric = find_metric(key, ScopeKind::kTotal);
    const Estimate e = kpis.day(key, {}, confidence);
    if (only_some && e.value == 0) continue;
    if (key == less) {
      Estimate off = e;
      off.value = -e.value;
      off.ci_low = -e.ci_high;
      off.ci_high = -e.ci_low;
      table.row({fmt::format("{} {}", say(lang, "less:", "减："), name_of(*metric, lang)),
                 show_with_interval(off, metric->unit),
                 show(attempts > 0 ? -e.value / attempts : 0, Unit::kShare)});
      continue;
    }
    table.row({name_of(*metric, lang), show_with_interval(e, metric->unit),
               show(attempts > 0 ? e.value / attempts : 0, Unit::kShare)});
  }
  return "\n" + table.text();
}

// Calls that were lost for want of a line, a port or room, or on purpose, cause by cause.
std::string loss_text(const World& world, const KpiTable& kpis, double confidence, Lang lang) {
  if (!loses_by_cause(world)) return "";
  Keys causes = {"no_line", "no_port", "network_lost", "cut", "talks_cut"};
  for (const char* seldom : {"refused", "calls_shed"})
    if (kpis.day(seldom, {}, confidence).value > 0) causes.emplace_back(seldom);
  return parts_of_attempts(kpis, causes, say(lang, "Lost for", "损失原因"), false, confidence,
                           lang);
}

// How calls ended, where there are more ways than answered, abandoned and blocked. The rows add up
// to the attempts: a call that an agent has passed on ends twice, so it is taken off once.
std::string ends_text(const KpiTable& kpis, double confidence, Lang lang) {
  const Keys plain = {"answered", "abandoned", "blocked"};
  const Keys others = {"self_served",  "menu_hang_ups", "deflected_in_menu", "callbacks",
                       "left_message", "deflected",     "disconnected",      "network_lost",
                       "cut",          "transferred_in"};
  if (std::none_of(others.begin(), others.end(),
                   [&](std::string_view key) { return kpis.day(key, {}, confidence).value > 0; }))
    return "";
  Keys all = plain;
  all.insert(all.end(), others.begin(), others.end());
  return parts_of_attempts(kpis, all, say(lang, "How calls ended", "来电去向"), true, confidence,
                           lang, "transferred_in");
}

// Whether a row of the kind belongs into the table, by its index.
using Belongs = std::function<bool(std::uint32_t)>;

// One row a scope of the kind that has anything to show, one column a metric.
std::string by_scope(const World& world, const KpiTable& kpis, ScopeKind kind, std::size_t count,
                     const Keys& keys, std::string_view title, double confidence, Lang lang,
                     const Belongs& belongs = {}) {
  Table table;
  table.column(std::string{title}, Table::Align::kLeft);
  for (const std::string_view key : keys)
    table.column(title_of(*find_metric(key, kind), world, lang));
  std::size_t rows = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (belongs && !belongs(i)) continue;
    const Scope scope{kind, i};
    const std::string name = scope_name(world, scope);
    std::vector<std::string> row{name.substr(name.find(':') + 1)};
    bool empty = true;
    for (const std::string_view key : keys) {
      const Metric* metric = find_metric(key, kind);
      const double value =
          kpis.estimate(*metric, scope, kpis.layout().intervals(), confidence).value;
      empty = empty && (std::isnan(value) || value == 0);
      row.push_back(show(value, metric->unit));
    }
    const bool part_of_all =
        kind == ScopeKind::kQueue || kind == ScopeKind::kCallerType || kind == ScopeKind::kGroup;
    if (empty && part_of_all) continue;  // a rule that never fired says so
    table.row(std::move(row));
    ++rows;
  }
  return rows == 0 ? "" : "\n" + table.text();
}

// Of the queues that offer callbacks.
std::string callbacks_text(const World& world, const KpiTable& kpis, double confidence, Lang lang) {
  return by_scope(world, kpis, ScopeKind::kQueue, world.queues.size(), kCallbackColumns,
                  say(lang, "Callbacks", "回拨"), confidence, lang,
                  [&](std::uint32_t queue) { return world.queues[queue].callback.has_value(); });
}

// Deferred work or chats, a row each type of them.
std::string channel_text(const World& world, const KpiTable& kpis, Channel channel,
                         const Keys& keys, std::string_view title, double confidence, Lang lang) {
  Table table;
  table.column(std::string{title}, Table::Align::kLeft);
  for (const std::string_view key : keys)
    table.column(name_of(*find_metric(key, ScopeKind::kCallerType), lang));
  for (std::uint32_t i = 0; i < world.caller_types.size(); ++i) {
    if (world.caller_types[i].channel != channel) continue;
    std::vector<std::string> row{world.caller_types[i].name};
    for (const std::string_view key : keys) {
      const Metric* metric = find_metric(key, ScopeKind::kCallerType);
      row.push_back(show(
          kpis.estimate(*metric, {ScopeKind::kCallerType, i}, kpis.layout().intervals(), confidence)
              .value,
          metric->unit));
    }
    table.row(std::move(row));
  }
  return "\n" + table.text();
}

std::string title_in_chinese(const World& world, const KpiTable& kpis, const RunFacts& facts) {
  const std::string scenario = fmt::format("场景 {}\n\n", facts.scenario_hash);
  if (facts.exact_states > 0)
    return fmt::format("{}：精确解（{}），{} 个状态，{}", visible(world.name),
                       facts.exact_by_day ? "全天过程" : "稳态", facts.exact_states, scenario);
  if (facts.from)
    return fmt::format("{}：{}，随机种子 {}，{}", visible(world.name),
                       futures_text(*facts.from, kpis.replications(), Lang::kZh), facts.seed,
                       scenario);
  const std::string each =
      world.several_days() ? fmt::format("次仿真，每次 {} 天", world.days.count) : "次单日仿真";
  return fmt::format("{}：{} {}，随机种子 {}，{}", visible(world.name), kpis.replications(), each,
                     facts.seed, scenario);
}

std::string title(const World& world, const KpiTable& kpis, const RunFacts& facts, Lang lang) {
  if (lang == Lang::kZh) return title_in_chinese(world, kpis, facts);
  const std::string scenario = fmt::format("scenario {}\n\n", facts.scenario_hash);
  if (facts.exact_states > 0)
    return fmt::format("{}: exact, {}, {} states, {}", visible(world.name),
                       facts.exact_by_day ? "through the day" : "in steady state",
                       facts.exact_states, scenario);
  if (facts.from)
    return fmt::format("{}: {}, seed {}, {}", visible(world.name),
                       futures_text(*facts.from, kpis.replications(), Lang::kEn), facts.seed,
                       scenario);
  return fmt::format("{}: {} replications of {}, seed {}, {}", visible(world.name),
                     kpis.replications(),
                     world.several_days() ? fmt::format("{} days", world.days.count) : "a day",
                     facts.seed, scenario);
}

}  // namespace

std::string run_text(const World& world, const KpiTable& kpis, const RunFacts& facts,
                     bool by_interval, Lang lang, bool with_targets) {
  std::string out = title(world, kpis, facts, lang);
  if (facts.from) out += snapshot_text(world, *facts.from, lang);
  out +=
      headline(kpis, facts, lang) + precision_text(facts.watched, facts.reduction, facts.confidence,
                                                   facts.from.has_value(), lang);
  const auto scope = [&](ScopeKind kind, std::size_t count, const Keys& keys,
                         std::string_view title) {
    out += by_scope(world, kpis, kind, count, keys, title, facts.confidence, lang);
  };
  Keys queue_columns = kQueueColumns;
  if (world.max_waiting || std::any_of(world.queues.begin(), world.queues.end(),
                                       [](const Queue& q) { return q.capacity.has_value(); }))
    queue_columns.push_back(kRefused);
  scope(ScopeKind::kQueue, world.queues.size(), queue_columns, say(lang, "Queue", "队列"));
  out += callbacks_text(world, kpis, facts.confidence, lang);
  scope(ScopeKind::kCallerType, world.caller_types.size(), kTypeColumns,
        say(lang, "Callers", "来电类型"));
  Keys group_columns = kGroupColumns;
  if (std::any_of(world.groups.begin(), world.groups.end(),
                  [](const AgentGroup& group) { return group.dialling.has_value(); }))
    group_columns.push_back(kDials);
  scope(ScopeKind::kGroup, world.groups.size(), group_columns, say(lang, "Group", "坐席组"));
  const bool people = kpis.layout().find(Family::kPeople, {}) < kpis.layout().rows().size();
  scope(ScopeKind::kGroup, people ? world.groups.size() : 0, kPeopleColumns,
        say(lang, "Attendance", "出勤"));
  scope(ScopeKind::kCampaign, world.campaigns.size(), kCampaignColumns,
        say(lang, "Campaign", "外呼任务"));
  scope(ScopeKind::kCampaign, world.campaigns.size(), kDialLossColumns,
        say(lang, "Dials lost", "外呼呼损"));
  scope(ScopeKind::kTrunks, world.trunks.size(), kLineColumns, say(lang, "Lines", "中继组"));
  if (kpis.layout().find(Family::kMessages, {}) < kpis.layout().rows().size())
    out += channel_text(world, kpis, Channel::kMessage, kMessageColumns,
                        say(lang, "Messages", "工单"), facts.confidence, lang);
  if (kpis.layout().find(Family::kChats, {}) < kpis.layout().rows().size()) {
    out += channel_text(world, kpis, Channel::kChat, kChatColumns, say(lang, "Chats", "在线会话"),
                        facts.confidence, lang);
    scope(ScopeKind::kGroup, world.groups.size(), kChatGroupColumns,
          say(lang, "At chat", "会话坐席"));
  }
  if (kpis.layout().find(Family::kCallers, {}) < kpis.layout().rows().size()) {
    Keys columns = kStoryColumns;
    if (kpis.day(kOpen, {}, facts.confidence).value > 0) columns.push_back(kOpen);
    scope(ScopeKind::kCallerType, world.caller_types.size(), columns,
          say(lang, "Per caller", "按来电人"));
  }
  if (!world.rules.empty())
    scope(ScopeKind::kRule, world.rules.size(), kRuleColumns, say(lang, "Floor rule", "现场规则"));
  // A plan has wages of shifts, and says what it costs itself.
  const bool money = with_targets ? shows_money(world) : world.costs.has_value();
  out += value_text(world, kpis, money, facts.confidence, lang);
  out += ends_text(kpis, facts.confidence, lang);
  out += loss_text(world, kpis, facts.confidence, lang);
  out += periods_text(world, kpis, Periods::kDays, facts.confidence, lang);
  if (by_interval) out += periods_text(world, kpis, Periods::kIntervals, facts.confidence, lang);
  out += actual_text(world, kpis, facts.confidence, lang);
  if (with_targets)
    out += targets_text(world, judged_targets(world, kpis, facts), facts.exact_states > 0, lang);
  return out;
}

}  // namespace callmill
