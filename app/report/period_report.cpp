#include "app/report/period_report.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

#include "app/report/format.h"
#include "app/report/table.h"

namespace callmill {
namespace {

struct Part {
  Family family;
  std::string_view en, zh;
  std::vector<std::string_view> keys;
};

const std::vector<Part>& parts() {
  static const std::vector<Part> all = {
      {Family::kCalls,
       "",
       "",
       {"attempts", "loss_rate", "offered", "answer_rate", "service_level", "asa", "max_wait",
        "signed_in", "occupancy"}},
      {Family::kChats,
       "chats",
       "在线会话",
       {"chats", "chat_answer_rate", "chat_service_level", "first_reply", "chat_time",
        "chat_utilisation", "chat_concurrency"}},
      {Family::kMessages,
       "messages",
       "工单",
       {"messages", "messages_done", "on_time_rate", "time_to_done", "backlog", "backlog_age",
        "desk_utilisation"}},
      {Family::kCallbacks,
       "callbacks",
       "回拨",
       {"callback_offers", "callbacks_accepted", "callbacks_made", "callbacks_failed",
        "time_to_callback"}},
      {Family::kCampaigns,
       "campaigns",
       "外呼任务",
       {"campaign_dials", "campaign_reach_rate", "parties_reached", "dialler_abandon_rate",
        "party_wait"}},
      {Family::kCosts,
       "money",
       "金额",
       {"cost", "cost_wages", "cost_extra_time", "cost_lost_callers", "revenue",
        "cost_per_answer"}},
  };
  return all;
}

std::string part_text(const World& world, const KpiTable& kpis, const Part& part,
                      std::uint32_t from, std::uint32_t end, std::string_view title,
                      double confidence, Lang lang) {
  Table table;
  const std::string_view of = say(lang, part.en, part.zh);
  table.column(of.empty() ? std::string{title}
                          : fmt::format(fmt::runtime(say(lang, "{}: {}", "{}：{}")), title, of),
               Table::Align::kLeft);
  std::vector<const Metric*> shown;
  for (const std::string_view key : part.keys) {
    const Metric* metric = find_metric(key, ScopeKind::kTotal);
    // Of money, what has a price.
    if (metric->unit == Unit::kMoney && kpis.day(key, {}, confidence).value == 0) continue;
    shown.push_back(metric);
    table.column(title_of(*metric, world, lang));
  }
  for (std::uint32_t i = from; i < end; ++i) {
    std::vector<std::string> row{interval_name(world, i)};
    for (const Metric* metric : shown)
      row.push_back(show(kpis.estimate(*metric, {}, i, confidence).value, metric->unit));
    table.row(std::move(row));
  }
  return "\n" + table.text();
}

}  // namespace

std::string periods_text(const World& world, const KpiTable& kpis, Periods periods,
                         double confidence, Lang lang) {
  const KpiLayout& layout = kpis.layout();
  const bool days = periods == Periods::kDays;
  const std::uint32_t from = days ? layout.intervals() + 1 : 0;
  const std::uint32_t end = days ? layout.periods() : layout.intervals();
  if (from >= end) return "";
  const std::string_view title = days ? say(lang, "Day", "日期") : say(lang, "From", "时段");
  std::string out;
  for (const Part& part : parts()) {
    if (layout.find(part.family, {}) == layout.rows().size()) continue;
    if (part.family == Family::kCosts && !shows_money(world)) continue;
    out += part_text(world, kpis, part, from, end, title, confidence, lang);
  }
  return out;
}

}  // namespace callmill
