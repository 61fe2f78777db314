#include "app/report/snapshot_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "app/report/format.h"
#include "app/report/table.h"

namespace callmill {
namespace {

constexpr double kAnyConfidence = 0.95;  // of one replication there are no intervals
constexpr std::array<std::string_view, 5> kSoFar = {"attempts", "answer_rate", "service_level",
                                                    "abandon_rate", "loss_rate"};

struct StateName {
  AgentState state;
  std::string_view key, en, zh;
};
constexpr std::array kStates = {StateName{AgentState::kAvailable, "available", "Available", "空闲"},
                                StateName{AgentState::kTalk, "talk", "Talk", "通话"},
                                StateName{AgentState::kWrap, "wrap", "Wrap", "话后"},
                                StateName{AgentState::kRinging, "ringing", "Ringing", "振铃"},
                                StateName{AgentState::kDialling, "dialling", "Dialling", "拨号"},
                                StateName{AgentState::kChat, "chat", "Chat", "会话"},
                                StateName{AgentState::kDesk, "desk", "Desk work", "工单"},
                                StateName{AgentState::kAux, "aux", "Aux", "小休"}};

std::uint32_t in_state(const FloorNow::Group& group, AgentState state) {
  return group.agents[static_cast<std::size_t>(state)];
}

std::string queues_text(const World& world, const FloorNow& now, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Queue", "队列")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Waiting", "排队")});
  table.column(std::string{say(lang, "Longest wait", "最长等待")});
  const bool messages = std::any_of(now.queues.begin(), now.queues.end(),
                                    [](const FloorNow::Queue& q) { return q.backlog > 0; });
  if (messages) table.column(std::string{say(lang, "Messages", "工单")});
  for (std::size_t q = 0; q < now.queues.size(); ++q) {
    const FloorNow::Queue& of = now.queues[q];
    std::vector<std::string> row{world.queues[q].name, std::to_string(of.waiting),
                                 of.waiting > 0 ? show(of.longest_s, Unit::kSeconds) : "-"};
    if (messages) row.push_back(std::to_string(of.backlog));
    table.row(std::move(row));
  }
  return now.queues.empty() ? "" : "\n" + table.text();
}

// Only the states in which somebody is, but for those of any centre.
std::string groups_text(const World& world, const FloorNow& now, Lang lang) {
  constexpr std::size_t kAlways = 3;
  std::vector<StateName> shown;
  for (std::size_t i = 0; i < kStates.size(); ++i)
    if (i < kAlways || std::any_of(now.groups.begin(), now.groups.end(), [&](const auto& group) {
          return in_state(group, kStates[i].state) > 0;
        }))
      shown.push_back(kStates[i]);
  Table table;
  table.column(std::string{say(lang, "Group", "坐席组")}, Table::Align::kLeft);
  for (const StateName& state : shown) table.column(std::string{say(lang, state.en, state.zh)});
  for (std::size_t g = 0; g < now.groups.size(); ++g) {
    std::vector<std::string> row{world.groups[g].name};
    for (const StateName& state : shown)
      row.push_back(std::to_string(in_state(now.groups[g], state.state)));
    table.row(std::move(row));
  }
  return now.groups.empty() ? "" : "\n" + table.text();
}

std::string lines_text(const World& world, const FloorNow& now, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Lines", "中继组")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "In use", "占用")});
  table.column(std::string{say(lang, "In service", "可用")});
  for (std::size_t t = 0; t < now.lines.size(); ++t)
    table.row({world.trunks[t].name, std::to_string(now.lines[t].in_use),
               std::to_string(now.lines[t].in_service)});
  return now.lines.empty() ? "" : "\n" + table.text();
}

}  // namespace

std::string futures_text(const SnapshotFacts& facts, std::int64_t futures, Lang lang) {
  if (facts.day == 0)
    return fmt::format(
        fmt::runtime(say(lang, "the state of {}, then {} futures", "{} 的状态，其后 {} 个未来")),
        facts.at, futures);
  return fmt::format(fmt::runtime(say(lang, "day {} until {}, then {} futures",
                                      "第 {} 天至 {} 的实况，其后 {} 个未来")),
                     facts.day, facts.at, futures);
}

std::string futures_line(const SnapshotFacts& facts, Lang lang) {
  return fmt::format(fmt::runtime(say(lang, "  Replications are futures of day {} from {}.\n",
                                      "  各次仿真是第 {} 天自 {} 起的不同未来。\n")),
                     facts.day, facts.at);
}

std::string snapshot_text(const World& world, const SnapshotFacts& facts, Lang lang) {
  std::string out =
      fmt::format(fmt::runtime(say(lang, "  At {}, so far:", "  {} 时，至此：")), facts.at);
  bool first = true;
  for (const std::string_view key : kSoFar) {
    const Metric& metric = *find_metric(key, ScopeKind::kTotal);
    out += fmt::format("{} {} {}", first ? "" : say(lang, ",", "，"), name_of(metric, lang),
                       show(facts.so_far.day(key, {}, kAnyConfidence).value, metric.unit));
    first = false;
  }
  return out + "\n" + queues_text(world, facts.now, lang) + groups_text(world, facts.now, lang) +
         lines_text(world, facts.now, lang) + "\n";
}

void write_futures(const SnapshotFacts& facts, JsonWriter& json) {
  json.field("at", facts.at);
  if (facts.day > 0) json.field("day", facts.day);
}

void write_snapshot(const World& world, const SnapshotFacts& facts, JsonWriter& json) {
  using Layout = JsonWriter::Layout;
  const FloorNow& now = facts.now;
  json.object(Layout::kRows);
  json.key("so_far").object();
  for (const std::string_view key : kSoFar)
    json.field(key, facts.so_far.day(key, {}, kAnyConfidence).value);
  json.end().field("in_menus", now.in_menus);
  json.key("queues").array();
  for (std::size_t q = 0; q < now.queues.size(); ++q)
    json.object()
        .field("name", world.queues[q].name)
        .field("waiting", now.queues[q].waiting)
        .field("longest_wait", now.queues[q].longest_s)
        .field("messages", now.queues[q].backlog)
        .end();
  json.end().key("groups").array();
  for (std::size_t g = 0; g < now.groups.size(); ++g) {
    json.object().field("name", world.groups[g].name);
    for (const StateName& state : kStates)
      json.field(state.key, in_state(now.groups[g], state.state));
    json.end();
  }
  json.end().key("lines").array();
  for (std::size_t t = 0; t < now.lines.size(); ++t)
    json.object()
        .field("name", world.trunks[t].name)
        .field("in_use", now.lines[t].in_use)
        .field("in_service", now.lines[t].in_service)
        .end();
  json.end().end();
}

}  // namespace callmill
