// The plan as JSON.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/report/format.h"
#include "app/report/plan_explain.h"
#include "app/report/plan_parts.h"
#include "app/report/plan_report.h"
#include "app/report/plan_rules.h"
#include "app/report/run_report.h"
#include "app/report/target_report.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void write_shifts(const World& world, const PlanResult& plan, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const GroupPlanResult& g : plan.groups)
    for (const CoverChoice& c : g.cover.choices) {
      const CoverShift& shift = g.problem.shifts[static_cast<std::size_t>(c.shift)];
      json.object()
          .field("group", world.groups[g.group.index()].name)
          .field("shift", shift.name)
          .field("from", slot_time(world, plan, c.start))
          .field("to", slot_time(world, plan, c.start + shift.length))
          .field("agents", c.agents);
      if (shift.gap_length > 0)
        json.field("off", slot_time(world, plan, c.start + shift.gap_start) + "-" +
                              slot_time(world, plan, c.start + shift.gap_start + shift.gap_length));
      json.end();
    }
  json.end();
}

void write_cover(const World& world, const PlanResult& plan, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const GroupPlanResult& g : plan.groups)
    for (std::uint32_t i = 0; i < g.present.size(); ++i) {
      const RequirementInterval& r = g.requirement.intervals[i];
      json.object()
          .field("group", world.groups[g.group.index()].name)
          .field("interval", interval_name(world, i))
          .field("calls_per_h", r.offered_per_hour)
          .field("aht_s", r.aht_s)
          .field("required", r.agents)
          .field("wanted", wanted_in(g, i))
          .field("cover", g.present[i])
          .field("one_more", i < g.worth.size() ? g.worth[i].within() : kNaN);
      if (world.groups[g.group.index()].shrinkage) json.field("on_calls", g.on_calls[i]);
      json.end();
    }
  json.end();
}

void write_requirement(const World& world, const PlanResult& plan, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const GroupPlanResult& g : plan.groups)
    json.object()
        .field("group", world.groups[g.group.index()].name)
        .field("method", name_of(g.requirement.method))
        .field("why", g.requirement.why)
        .end();
  json.end();
}

void write_lines(const World& world, const PlanResult& plan, JsonWriter& json) {
  json.array();
  for (std::uint32_t t = 0; t < plan.planned.trunks.size(); ++t)
    json.object()
        .field("lines", world.trunks[t].name)
        .field("count", plan.planned.trunks[t].lines.value_or(0))
        .end();
  if (plan.day.ports)
    json.object().field("lines", "ivr.ports").field("count", *plan.day.ports).end();
  json.end();
}

}  // namespace

std::string slot_time(const World& world, const PlanResult& plan, int slot) {
  return time_of_day((world.day.opens + plan.slot * slot) % std::chrono::hours{24});
}

double wanted_in(const GroupPlanResult& g, std::size_t interval) {
  const std::size_t each = g.wanted.size() / g.requirement.intervals.size();
  const auto from = g.wanted.begin() + static_cast<std::ptrdiff_t>(interval * each);
  return *std::max_element(from, from + static_cast<std::ptrdiff_t>(each));
}

std::string_view status_name(PlanStatus status) {
  switch (status) {
    case PlanStatus::kMet:
      return "met";
    case PlanStatus::kTargetMissed:
      return "target_missed";
    case PlanStatus::kInfeasible:
      return "infeasible";
    case PlanStatus::kInterrupted:
      return "interrupted";
  }
  return "";
}

std::string plan_json(const World& world, const PlanResult& plan, const RunFacts& facts,
                      const Explanation& why, const std::function<void(JsonWriter&)>& more) {
  const bool has_plan = plan.kpis.replications() > 0;
  const auto figure = [has_plan](double value) { return has_plan ? value : kNaN; };
  JsonWriter json;
  json.object()
      .field("status", status_name(plan.status))
      .field("cost", figure(plan.cost()))
      .field("bound", figure(plan.bound))
      .field("bound_of", plan.program_bound ? "simulated worths" : "requirement")
      .field("gap", figure(plan.gap()));
  json.line()
      .field("wages", figure(plan.wages))
      .field("rent", figure(plan.rent))
      .field("penalties", figure(plan.penalties));
  json.field("currency", world.currency).line().key("manifest");
  write_manifest(world, plan.kpis, facts, json);
  json.line().key("targets");
  write_targets(world, plan.targets, json);
  json.line().key("lines");
  write_lines(world, plan, json);
  json.line().key("shifts");
  write_shifts(world, plan, json);
  if (has_plan) {
    write_pay(world, plan.day, json);
    write_limits(world, plan.day, json);
  }
  json.line().key("requirement");
  write_requirement(world, plan, json);
  json.line().key("cover");
  if (has_plan)
    write_cover(world, plan, json);
  else
    json.array().end();
  json.line().key("spreadsheet");
  write_spreadsheet(world, plan, json);
  if (more) more(json.line());
  json.line().field("rounds", plan.rounds.size()).line().key("reasons").array();
  for (const std::string& reason : plan.reasons) json.value(reason);
  json.end().line().key("why");
  write_explanation(world, why, json);
  json.line().key("kpis");
  if (has_plan)
    write_kpis(plan.planned, plan.kpis, facts.confidence, json);
  else
    json.array().end();
  return json.end().take() + "\n";
}

}  // namespace callmill
