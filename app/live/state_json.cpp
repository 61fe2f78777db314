#include "app/live/state_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/live/command_json.h"
#include "app/live/json_parts.h"
#include "app/live/words.h"
#include "app/report/target_report.h"
#include "engine/study/floor_now.h"

namespace callmill::live {
namespace {

constexpr std::size_t kLogShown = 50;
constexpr std::int64_t kSecondsADay = 86400;

void raw(JsonWriter& out, std::string_view key, const std::string& json) {
  out.key(key);
  if (json.empty())
    out.value(std::nan(""));
  else
    out.raw(json);
}

void write_clock(JsonWriter& out, const LiveCentre& centre, const ClockFacts& facts) {
  const Blueprint& plan = centre.plan();
  const double now = clock_seconds(centre, centre.now());
  const auto whole = static_cast<std::int64_t>(std::floor(now));
  const std::int64_t day = whole / kSecondsADay, s = whole % kSecondsADay;
  out.object().field("now", now);
  out.field("text", fmt::format("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60));
  out.field("day", day).key("date");
  if (const auto first = facts.first_day ? facts.first_day : centre.world().days.first)
    out.value(in_words(Date{*first + std::chrono::days{day}}));
  else
    out.value(std::nan(""));
  out.key("speed");
  if (facts.speed)
    out.value(*facts.speed);
  else
    out.value("max");
  out.field("paused", facts.paused)
      .field("ended", facts.over || centre.ended())
      .field("lag_ms", facts.lag_ms);
  const Span at = day_at(plan, centre.centre());
  const SimTime opens = plan.days.begin_of(at.first);
  out.field("opens", clock_seconds(centre, opens));
  out.field("closes", clock_seconds(centre, opens + plan.days.day_length));
  out.key("interval");
  const Span interval = interval_at(plan, centre.centre());
  if (interval.end == interval.first) {
    out.value(std::nan(""));
  } else {
    const SimTime begins = plan.days.begin_of(interval.first);
    out.object()
        .field("index", interval.first)
        .field("start", clock_seconds(centre, begins))
        .field("end", clock_seconds(centre, begins + plan.interval))
        .end();
  }
  out.field("events", centre.centre().events).end();
}

void write_queues(JsonWriter& out, const LiveCentre& centre, const FloorNow& floor, Span day,
                  Span now) {
  out.key("queues").object();
  for (std::uint32_t q = 0; q < floor.queues.size(); ++q) {
    const Scope scope{ScopeKind::kQueue, q};
    out.key(centre.world().queues[q].name).object();
    out.field("waiting", floor.queues[q].waiting).field("longest_s", floor.queues[q].longest_s);
    out.field("backlog", floor.queues[q].backlog);
    out.field("callbacks", centre.centre().queues[q].open_callbacks).key("day");
    write_figures(out, figures(centre.recorder(), scope, day, centre.now()));
    out.key("now");
    write_figures(out, figures(centre.recorder(), scope, now, centre.now()));
    out.end();
  }
  out.end();
}

void write_lines(JsonWriter& out, const LiveCentre& centre, const FloorNow& floor) {
  const World& world = centre.world();
  out.key("lines").object();
  for (std::uint32_t t = 0; t < floor.lines.size(); ++t) {
    const std::uint32_t all = centre.plan().first_line[t + 1] - centre.plan().first_line[t];
    out.key(world.trunks[t].name)
        .object()
        .field("in_use", floor.lines[t].in_use)
        .field("in_service", floor.lines[t].in_service)
        .field("lines", all - centre.spare_lines(t))
        .field("spare", centre.spare_lines(t))
        .end();
  }
  out.end();
  out.key("menus").object().field("in_menus", floor.in_menus).key("ports");
  if (world.ivr.ports)
    out.value(centre.plan().ports);
  else
    out.value(std::nan(""));
  std::vector<std::uint32_t> in(world.menus.size());
  for (const Call& call : centre.centre().calls)
    if (call.state == CallState::kMenu) ++in[call.menu];
  out.key("by_menu").object();
  for (std::size_t m = 0; m < in.size(); ++m) out.field(world.menus[m].name, in[m]);
  out.end().end();
}

void write_groups(JsonWriter& out, const LiveCentre& centre, const FloorNow& floor, Span now) {
  const Centre& c = centre.centre();
  std::vector<std::uint32_t> in(floor.groups.size()), out_of(floor.groups.size());
  for (std::uint32_t a = 0; a < c.agents.size(); ++a) {
    const std::uint32_t home = centre.plan().group_of_agent[a];
    if (c.agents[a].group == home) continue;
    ++out_of[home];
    ++in[c.agents[a].group];
  }
  out.key("groups").object();
  for (std::uint32_t g = 0; g < floor.groups.size(); ++g) {
    std::uint32_t all = 0;
    out.key(centre.world().groups[g].name).object().key("agents").object();
    for (const auto& [state, key] : kAgentStateNames) {
      const std::uint32_t n = floor.groups[g].agents[static_cast<std::size_t>(state)];
      if (state != AgentState::kOff) all += n;
      out.field(key, n);
    }
    out.end().field("staffed", all).field("spare", centre.spare_agents(g));
    out.field("lent_in", in[g]).field("lent_out", out_of[g]);
    out.field("occupancy", figures(centre.recorder(), {ScopeKind::kGroup, g}, now, c.now).occupancy)
        .end();
  }
  out.end();
}

void write_targets_now(JsonWriter& out, const LiveCentre& centre, Span day) {
  out.key("targets").array();
  for (const Target& target : centre.world().targets) {
    const TargetNow now = target_now(centre.recorder(), target, day, centre.now());
    out.object().field("metric", target.metric).key("scope");
    if (target.queue)
      out.value(centre.world().queues[target.queue->index()].name);
    else if (target.trunks)
      out.value(centre.world().trunks[target.trunks->index()].name);
    else
      out.value(std::nan(""));
    out.field("text", target_text(centre.world(), target, Lang::kEn));
    out.field("text_zh", target_text(centre.world(), target, Lang::kZh));
    out.field("goal", target.value).field("value", now.value).key("met");
    if (std::isnan(now.value))
      out.value(std::nan(""));
    else
      out.value(now.met);
    out.end();
  }
  out.end();
}

void write_active(JsonWriter& out, const LiveCentre& centre) {
  constexpr std::array<const char*, 3> kKinds{"command", "rule", "event"};
  out.key("active").array();
  for (const Active& active : centre.active()) {
    out.object().field("kind", kKinds[static_cast<std::size_t>(active.kind)]).key("seq");
    const bool command = active.kind == Active::Kind::kCommand;
    if (command)
      out.value(active.seq);
    else
      out.value(std::nan(""));
    std::string en = active.name, zh = active.name;
    out.key("command");
    const Done* done = nullptr;
    for (const Done& d : centre.done())
      if (command && d.seq == active.seq) done = &d;
    if (done != nullptr) {
      out.raw(command_json(done->command));
      en = text_of(done->command, Lang::kEn);
      zh = text_of(done->command, Lang::kZh);
    } else {
      out.value(std::nan(""));
    }
    out.field("text", en).field("text_zh", zh).field("since", clock_seconds(centre, active.since));
    out.key("until").value(active.until ? clock_seconds(centre, *active.until) : std::nan(""));
    out.end();
  }
  out.end();
}

void write_entry(JsonWriter& out, const LiveCentre& centre, const LogEntry& entry) {
  using Kind = LogEntry::Kind;
  const auto kind = [&] {
    switch (entry.kind) {
      case Kind::kCommand:
      case Kind::kCommandOver:
        return "command";
      case Kind::kUndo:
        return "undo";
      case Kind::kRuleBegan:
      case Kind::kRuleEnded:
        return "rule";
      case Kind::kRemark:
        return "remark";
      default:
        return "event";
    }
  };
  out.object().field("seq", entry.seq).field("at", clock_seconds(centre, entry.at));
  out.field("text", text_of(entry, Lang::kEn)).field("text_zh", text_of(entry, Lang::kZh));
  out.field("kind", kind());
  if (entry.kind == Kind::kCommand) {
    const auto& done = centre.done();
    const bool stands = std::any_of(done.begin(), done.end(),
                                    [&](const Done& one) { return one.seq == entry.command_seq; });
    out.field("command", entry.command_seq);
    if (!stands) out.field("undone", true);
  }
  if (entry.command && !entry.command->note.empty()) out.field("note", entry.command->note);
  out.end();
}

}  // namespace

double clock_seconds(const LiveCentre& centre, SimTime at) {
  return to_seconds(centre.world().day.opens + (at - kStart));
}

std::string clock_json(const LiveCentre& centre, const ClockFacts& clock) {
  JsonWriter out;
  write_clock(out, centre, clock);
  return out.take();
}

std::string state_json(const LiveCentre& centre, const SessionFacts& session,
                       const ClockFacts& clock, const Background& background) {
  const FloorNow floor = floor_now(centre.plan(), centre.centre());
  const Span day = day_at(centre.plan(), centre.centre());
  const Span now = interval_at(centre.plan(), centre.centre());
  JsonWriter out;
  out.object().key("session").object().field("id", session.id).field("title", session.title);
  out.field("scenario", session.scenario).field("seed", centre.options().seed);
  out.field("version", CALLMILL_VERSION).field("looks_ahead", session.looks_ahead);
  out.end().key("clock");
  write_clock(out, centre, clock);
  out.key("figures").object().key("day");
  write_figures(out, figures(centre.recorder(), {}, day, centre.now()));
  out.key("now");
  write_figures(out, figures(centre.recorder(), {}, now, centre.now()));
  out.end();
  write_queues(out, centre, floor, day, now);
  write_lines(out, centre, floor);
  write_groups(out, centre, floor, now);
  write_targets_now(out, centre, day);
  write_active(out, centre);
  out.key("log").array();
  const auto& entries = centre.log().entries();
  const std::size_t first = entries.size() - std::min(entries.size(), kLogShown);
  for (std::size_t i = first; i < entries.size(); ++i) write_entry(out, centre, entries[i]);
  out.end();
  raw(out, "futures", background.futures);
  raw(out, "what_if", background.what_if);
  raw(out, "advice", background.advice);
  raw(out, "twin", background.twin);
  return out.end().take();
}

std::string log_json(const LiveCentre& centre, std::uint64_t after) {
  JsonWriter out;
  out.object().key("entries").array();
  for (const LogEntry& entry : centre.log().entries())
    if (entry.seq > after) write_entry(out, centre, entry);
  return out.end().end().take();
}

}  // namespace callmill::live
