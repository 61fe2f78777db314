#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/live/json_parts.h"
#include "app/live/state_json.h"
#include "app/report/chinese.h"
#include "engine/kpi/metric.h"
#include "models/staffing/requirement.h"

namespace callmill::live {
namespace {

SimTime begin_of(const Blueprint& plan, std::uint32_t interval) {
  return plan.days.begin_of(interval);
}

// Calls expected by the rates, of all types, surges included.
std::vector<double> forecast(const Blueprint& plan) {
  std::vector<double> calls(plan.intervals);
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const SimTime from = begin_of(plan, i), to = from + plan.interval;
    for (std::uint32_t t = 0; t < plan.caller_types; ++t) {
      SimTime begin = kStart;
      for (const RateSegment& segment : plan.types[t].rate) {
        const SimTime a = std::max(begin, from), b = std::min(segment.end, to);
        if (b > a) calls[i] += static_cast<double>((b - a).count()) / segment.mean_gap_us;
        begin = segment.end;
      }
    }
  }
  return calls;
}

// People at work as the roster has them, mean over each interval, by group.
std::vector<std::vector<double>> staffed(const Blueprint& plan) {
  std::vector<std::vector<double>> by_group(plan.groups.size(),
                                            std::vector<double>(plan.intervals));
  for (const ShiftPlan& shift : plan.shifts) {
    std::vector<double>& of = by_group[plan.group_of_agent[shift.agent]];
    for (std::uint32_t s = shift.first; s < shift.first + shift.stretches; ++s) {
      const Stretch& stretch = plan.stretches[s];
      if (stretch.duty != Duty::kWork) continue;
      for (std::uint32_t i = 0; i < plan.intervals; ++i) {
        const SimTime a = std::max(stretch.from, begin_of(plan, i));
        const SimTime b = std::min(stretch.to, begin_of(plan, i) + plan.interval);
        if (b > a)
          of[i] +=
              static_cast<double>((b - a).count()) / static_cast<double>(plan.interval.count());
      }
    }
  }
  return by_group;
}

// Shifts that are alike are one row, with the number of their agents.
struct ShiftRow {
  std::uint32_t group = 0;
  SimTime start, end;
  std::vector<std::pair<SimTime, SimTime>> breaks;
  friend auto operator<=>(const ShiftRow&, const ShiftRow&) = default;
};
std::map<ShiftRow, int> shift_rows(const Blueprint& plan) {
  std::map<ShiftRow, int> rows;
  for (const ShiftPlan& shift : plan.shifts) {
    const Stretch* first = plan.stretches.data() + shift.first;
    ShiftRow row{plan.group_of_agent[shift.agent], first->from, first[shift.stretches - 1].to, {}};
    for (std::uint32_t s = 0; s < shift.stretches; ++s)
      if (first[s].duty == Duty::kBreak) row.breaks.emplace_back(first[s].from, first[s].to);
    ++rows[row];
  }
  return rows;
}

void write_numbers(JsonWriter& out, std::string_view key, const std::vector<double>& values) {
  out.key(key).array();
  for (const double x : values) out.value(x);
  out.end();
}

std::string hour_text(const LiveCentre& centre, SimTime at) {
  const auto minutes = static_cast<std::int64_t>(clock_seconds(centre, at)) / 60;
  return fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
}

void write_shifts(JsonWriter& out, const LiveCentre& centre) {
  out.key("shifts").array();
  for (const auto& [row, agents] : shift_rows(centre.plan())) {
    out.object().field("group", centre.world().groups[row.group].name);
    out.field("name", hour_text(centre, row.start) + "-" + hour_text(centre, row.end));
    out.field("agents", agents).field("start", clock_seconds(centre, row.start));
    out.field("end", clock_seconds(centre, row.end)).key("breaks").array();
    for (const auto& [from, to] : row.breaks)
      out.array().value(clock_seconds(centre, from)).value(clock_seconds(centre, to)).end();
    out.end().end();
  }
  out.end();
}

// Of groups whose shifts are planned, on a single day; else nothing.
void write_requirement(JsonWriter& out, const LiveCentre& centre) {
  const World& world = centre.world();
  const Blueprint& plan = centre.plan();
  out.key("requirement").object().key("start_s").array();
  for (std::uint32_t i = 0; i < plan.intervals; ++i)
    out.value(clock_seconds(centre, begin_of(plan, i)));
  out.end();
  if (!world.several_days() && !world.shifts.empty())
    for (const Requirement& requirement : staff_requirement(world)) {
      out.key(world.groups[requirement.group.index()].name).array();
      for (const RequirementInterval& interval : requirement.intervals) out.value(interval.agents);
      out.end();
    }
  out.end();
}

void write_names(JsonWriter& out, const LiveCentre& centre) {
  const World& world = centre.world();
  out.key("queues").array();
  for (const Queue& queue : world.queues) {
    out.object().field("name", queue.name);
    out.field("answer_within_s", to_seconds(queue.answer_within)).key("route").array();
    for (const RouteStep& step : queue.route) out.value(world.groups[step.group.index()].name);
    out.end().end();
  }
  out.end().key("groups").array();
  constexpr std::array<const char*, 3> kKinds{"inbound", "flex", "outbound"};
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const GroupPlan& p = centre.plan().groups[g];
    out.object().field("name", world.groups[g].name);
    out.field("kind", kKinds[static_cast<std::size_t>(world.groups[g].kind)]);
    out.field("agents", p.agents - p.spare).field("spare", p.spare);
    out.field("call_in", centre.plan().floor.call_in[g].agents).end();
  }
  out.end().key("trunks").array();
  for (std::size_t t = 0; t < world.trunks.size(); ++t)
    out.object()
        .field("name", world.trunks[t].name)
        .field("lines", centre.plan().first_line[t + 1] - centre.plan().first_line[t] -
                            centre.plan().spare_lines[t])
        .field("spare", centre.plan().spare_lines[t])
        .end();
  out.end().key("types").array();
  for (const CallerType& type : world.caller_types) out.value(type.name);
  out.end();
}

void write_menus(JsonWriter& out, const LiveCentre& centre) {
  const World& world = centre.world();
  const auto name_of = [&](const Destination& to) -> std::string {
    switch (to.kind) {
      case Destination::Kind::kQueue:
        return world.queues[to.queue.index()].name;
      case Destination::Kind::kMenu:
        return world.menus[to.menu.index()].name;
      case Destination::Kind::kSelfService:
        return "self_service";
      default:
        return "hang_up";
    }
  };
  out.key("menus").array();
  for (const Menu& menu : world.menus) {
    out.object().field("name", menu.name).key("options").array();
    for (const MenuOption& option : menu.options)
      out.object()
          .field("key", option.key)
          .field("to", name_of(option.to))
          .field("share", option.share.value())
          .end();
    out.end().end();
  }
  out.end();
}

void write_kpis(JsonWriter& out) {
  out.key("kpis").array();
  for (const Metric& metric : metrics())
    out.object()
        .field("key", figure_key(metric.key))
        .field("name", metric.en)
        .field("name_zh", metric.zh)
        .field("formula", metric.formula)
        .field("formula_zh", formula_of(metric, Lang::kZh))
        .end();
  out.end();
}

}  // namespace

std::string plan_json(const LiveCentre& centre, const SessionFacts& session) {
  const Blueprint& plan = centre.plan();
  JsonWriter out;
  out.object().key("session").object().field("id", session.id);
  out.field("title", session.title).field("scenario", session.scenario).end();
  out.field("currency", centre.world().currency);
  out.field("interval_s", to_seconds(plan.interval));
  out.field("opens", clock_seconds(centre, plan.days.spells.front().from));
  out.field("closes", clock_seconds(centre, plan.days.spells.back().to));
  write_names(out, centre);
  write_menus(out, centre);
  write_requirement(out, centre);
  const std::vector<std::vector<double>> staff = staffed(plan);
  out.key("staffed").object();
  for (std::size_t g = 0; g < staff.size(); ++g)
    write_numbers(out, centre.world().groups[g].name, staff[g]);
  out.end();
  write_numbers(out, "forecast", forecast(plan));
  write_shifts(out, centre);
  write_kpis(out);
  return out.end().take();
}

// The intervals of the run up to the one at hand.
std::string history_json(const LiveCentre& centre) {
  const Blueprint& plan = centre.plan();
  const Recorder& recorder = centre.recorder();
  JsonWriter out;
  out.object().field("interval_s", to_seconds(plan.interval)).key("intervals").array();
  for (std::uint32_t i = 0; i < plan.intervals && begin_of(plan, i) <= centre.now(); ++i) {
    const Span span{i, i + 1};
    const SimTime now = centre.now();
    out.object().field("start", clock_seconds(centre, begin_of(plan, i))).key("figures");
    write_figures(out, figures(recorder, {}, span, now));
    out.key("queues").object();
    for (std::uint32_t q = 0; q < plan.queues.size(); ++q) {
      out.key(centre.world().queues[q].name);
      write_figures(out, figures(recorder, {ScopeKind::kQueue, q}, span, now));
    }
    out.end().key("groups").object();
    for (std::uint32_t g = 0; g < plan.groups.size(); ++g) {
      const std::vector<double> time = agent_time(recorder, g, span, now);
      const double elapsed = time[at(AgentCount::kElapsed)];
      double in = 0;
      for (std::size_t s = 0; s < kAgentStates; ++s)
        in += s == static_cast<std::size_t>(AgentState::kOff) ? 0 : time[s];
      const double idle = time[at(AgentCount::kAvailable)] + time[at(AgentCount::kAux)];
      out.key(centre.world().groups[g].name).object();
      out.field("staffed", in / elapsed).field("busy", (in - idle) / elapsed).end();
    }
    out.end().end();
  }
  return out.end().end().take();
}

std::string clock_text(const LiveCentre& centre, SimTime at) {
  const auto s = static_cast<std::int64_t>(std::floor(clock_seconds(centre, at)));
  const std::string time = fmt::format("{:02}:{:02}:{:02}", s / 3600 % 24, s / 60 % 60, s % 60);
  return s < 86400 ? time : fmt::format("d{} {}", s / 86400, time);
}

std::optional<SimTime> time_of(const LiveCentre& centre, std::string_view clock) {
  return time_of(centre.world(),
                 static_cast<std::int64_t>(clock_seconds(centre, centre.now())) / 86400, clock);
}

std::optional<SimTime> time_of(const World& world, std::int64_t day, std::string_view clock) {
  if (clock.starts_with("d")) {
    const std::size_t space = clock.find(' ');
    if (space == std::string_view::npos || space < 2 || space > 5) return {};
    day = 0;
    for (const char c : clock.substr(1, space - 1)) {
      if (c < '0' || c > '9') return {};
      day = day * 10 + (c - '0');
    }
    clock.remove_prefix(space + 1);
  }
  // HH:MM or HH:MM:SS
  if (clock.size() != 5 && clock.size() != 8) return {};
  std::array<int, 3> part{};
  for (std::size_t i = 0; i < clock.size(); ++i) {
    const char c = clock[i];
    if (i % 3 == 2 ? c != ':' : (c < '0' || c > '9')) return {};
    if (i % 3 != 2) part[i / 3] = part[i / 3] * 10 + (c - '0');
  }
  if (part[0] > 24 || part[1] > 59 || part[2] > 59) return {};
  const SimDuration of_day =
      std::chrono::hours{part[0]} + std::chrono::minutes{part[1]} + std::chrono::seconds{part[2]};
  const SimTime at = kStart + (std::chrono::hours{24} * day + of_day - world.day.opens);
  return at < kStart ? std::optional<SimTime>{} : at;
}

}  // namespace callmill::live
