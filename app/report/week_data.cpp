// The plan of a week as JSON.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "app/report/format.h"
#include "app/report/json.h"
#include "app/report/plan_parts.h"
#include "app/report/plan_report.h"
#include "app/report/plan_rules.h"
#include "app/report/target_report.h"
#include "app/report/week_report.h"

namespace callmill {
namespace {

std::string date_of(const World& world, std::int64_t day) {
  if (!world.days.first) return std::to_string(day + 1);
  return in_words(*world.days.first + std::chrono::days{day});
}

void write_week(const World& world, const WeekPlanResult& plan, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const GroupWeekResult& g : plan.groups)
    for (const WeekDay& day : g.days)
      for (std::uint32_t i = 0; i < day.present.size(); ++i) {
        const RequirementInterval& r = day.requirement.intervals[i];
        const std::size_t each = day.wanted.size() / day.present.size();
        const auto from = day.wanted.begin() + static_cast<std::ptrdiff_t>(i * each);
        json.object()
            .field("group", world.groups[g.group.index()].name)
            .field("day", date_of(world, day.open.number))
            .field("interval", interval_name(world, i))
            .field("calls_per_h", r.offered_per_hour)
            .field("aht_s", r.aht_s)
            .field("required", r.agents)
            .field("wanted", *std::max_element(from, from + static_cast<std::ptrdiff_t>(each)))
            .field("cover", day.present[i])
            .end();
      }
  json.end();
}

void write_tours(const World& world, const WeekPlanResult& plan, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const GroupWeekResult& g : plan.groups)
    for (const PeopleAlike& alike : people_alike(g)) {
      const TourShift& shift = g.problem.shifts[static_cast<std::size_t>(alike.shift)];
      const SimDuration start = world.day.opens + plan.slot * shift.start;
      std::string days;
      for (int day = 0; day < 7; ++day)
        if (has_day(alike.days, day)) days += (days.empty() ? "" : " ") + date_of(world, day);
      json.object()
          .field("group", world.groups[g.group.index()].name)
          .field("shift", shift.name.substr(0, shift.name.rfind(' ')))
          .field("from", time_of_day(start % std::chrono::hours{24}))
          .field("to", time_of_day((start + plan.slot * shift.length) % std::chrono::hours{24}))
          .field("days", days)
          .field("people", alike.people)
          .field("cost", alike.cost)
          .end();
    }
  json.end();
}

void write_lines(const World& world, const WeekPlanResult& plan, JsonWriter& json) {
  json.array();
  for (const PlannedLines& p : plan.plan.lines)
    json.object().field("lines", world.trunks[p.trunks.index()].name).field("count", p.lines).end();
  if (plan.plan.ports)
    json.object().field("lines", "ivr.ports").field("count", *plan.plan.ports).end();
  json.end();
}

}  // namespace

std::string week_json(const World& world, const WeekPlanResult& plan, const RunFacts& facts) {
  const bool has_plan = plan.kpis.replications() > 0;
  const auto figure = [has_plan](double value) {
    return has_plan ? value : std::numeric_limits<double>::quiet_NaN();
  };
  JsonWriter json;
  json.object()
      .field("status", status_name(plan.status))
      .field("per", "week")
      .field("cost", figure(plan.cost()))
      .field("bound", figure(plan.bound))
      .field("bound_of", "requirement")
      .field("gap", figure(plan.gap()));
  json.line().field("wages", figure(plan.wages)).field("rent", figure(plan.rent));
  json.field("penalties", figure(plan.penalties));
  json.field("currency", world.currency).line().key("manifest");
  write_manifest(world, plan.kpis, facts, json);
  json.line().key("targets");
  write_targets(world, plan.targets, json);
  json.line().key("lines");
  write_lines(world, plan, json);
  json.line().key("spreadsheet");
  write_spreadsheet(world, plan, json);
  json.line().key("tours");
  write_tours(world, plan, json);
  if (has_plan) {
    write_pay(world, plan.plan, json);
    write_limits(world, plan.plan, json);
  }
  json.line().key("week");
  write_week(world, plan, json);
  json.line().field("rounds", plan.rounds.size()).line().key("reasons").array();
  for (const std::string& reason : plan.reasons) json.value(reason);
  json.end().line().key("kpis");
  if (has_plan)
    write_kpis(plan.planned, plan.kpis, facts.confidence, json);
  else
    json.array().end();
  return json.end().take() + "\n";
}

}  // namespace callmill
