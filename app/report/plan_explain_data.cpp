// An explanation as JSON.

#include <cmath>
#include <limits>
#include <string_view>

#include "app/report/format.h"
#include "app/report/plan_explain.h"
#include "app/report/target_report.h"

namespace callmill {
namespace {

std::string_view kind_name(PlanRuleKind kind) {
  switch (kind) {
    case PlanRuleKind::kTarget:
      return "target";
    case PlanRuleKind::kHours:
      return "hours";
    case PlanRuleKind::kLimitMost:
      return "limit_at_most";
    case PlanRuleKind::kLimitLeast:
      return "limit_at_least";
    case PlanRuleKind::kMaxAgents:
      return "max_agents";
    case PlanRuleKind::kMinAgents:
      return "min_agents";
    case PlanRuleKind::kStarts:
      return "starts";
    case PlanRuleKind::kBreaks:
      return "breaks";
    case PlanRuleKind::kLength:
      return "length";
  }
  return "";
}

// Of what the rule is: the path in the scenario file, or the interval.
std::string place_of(const World& world, const PlanRule& rule) {
  if (rule.kind == PlanRuleKind::kTarget) return "targets[" + std::to_string(rule.index) + "]";
  if (rule.kind == PlanRuleKind::kHours)
    return interval_name(world, static_cast<std::uint32_t>(rule.index));
  if (rule.kind == PlanRuleKind::kLimitMost || rule.kind == PlanRuleKind::kLimitLeast)
    return "limits." + world.limits[rule.index].name;
  return "shifts." + world.shifts[rule.index].name;
}

void write_rule(const World& world, const PlanRule& rule, JsonWriter& json) {
  json.field("rule", kind_name(rule.kind)).field("of", place_of(world, rule));
}

void write_change(std::string_view key, const Change& c, JsonWriter& json) {
  json.key(key).object().field("value", c.value);
  json.field("ci_low", c.low).field("ci_high", c.high).end();
}

void write_why_not(const World& world, const WhyNot& why, JsonWriter& json) {
  json.object(JsonWriter::Layout::kRows)
      .field("group", world.groups[why.group.index()].name)
      .field("scale", why.scale)
      .field("minimal", why.minimal);
  json.key("set").array();
  for (const PlanRule& rule : why.set) {
    json.object();
    write_rule(world, rule, json);
    json.end();
  }
  json.end().key("rules").array();
  for (const std::string& rule : why.rules) json.value(rule);
  json.end().key("others").array();
  for (const std::vector<std::string>& other : why.others) {
    json.array();
    for (const std::string& rule : other) json.value(rule);
    json.end();
  }
  json.end().key("relaxations").array(JsonWriter::Layout::kRows);
  for (const Relaxation& way : why.ways) {
    json.object();
    if (way.hired_h > 0)
      json.field("rule", "hours").field("of", world.groups[why.group.index()].name);
    else
      write_rule(world, way.rule, json);
    json.field("what", way.what)
        .field("wages", way.wages)
        .field("bound", way.bound)
        .field("hired_h", way.hired_h)
        .field("hired_price", way.hired_price)
        .end();
  }
  json.end().key("in_vain").array();
  for (const std::string& rule : why.in_vain) json.value(rule);
  json.end().key("simulated");
  if (why.simulated) {
    json.object().field("cost", why.simulated->cost).field("met", why.simulated->met);
    json.key("targets");
    write_targets(world, why.simulated->targets, json);
    json.end();
  } else {
    json.value(std::numeric_limits<double>::quiet_NaN());  // null
  }
  json.end();
}

void write_misses(const World& world, const std::vector<TargetMiss>& misses, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const TargetMiss& miss : misses) {
    json.object();
    write_rule(world, {PlanRuleKind::kTarget, miss.target}, json);
    json.field("holds_at", miss.holds_at).key("ways").array();
    for (const TargetMiss::Way& way : miss.ways)
      json.object().field("what", way.what).field("cost", way.cost).end();
    json.end().end();
  }
  json.end();
}

void write_staff(const World& world, const std::vector<GroupStaffChanges>& groups,
                 JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const GroupStaffChanges& group : groups)
    for (std::uint32_t i = 0; i < group.more.size(); ++i)
      for (const int agents : {1, -1}) {
        const StaffChange& c = agents > 0 ? group.more[i] : group.fewer[i];
        if (!std::isfinite(c.level_day.value)) continue;
        json.object()
            .field("group", world.groups[group.group.index()].name)
            .field("interval", interval_name(world, i))
            .field("agents", agents)
            .field("by", group.simulated ? "simulation" : "exact_day");
        write_change("service_level_there", c.level_here, json);
        write_change("service_level", c.level_day, json);
        write_change("answer_rate", c.answer_day, json);
        json.field("cost_by_hour", c.hired).field("cost_by_shifts", c.shifts).end();
      }
  json.end();
}

void write_rules(const World& world, const std::vector<RulePrice>& rules, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const RulePrice& r : rules) {
    json.object();
    write_rule(world, r.rule, json);
    const bool rent = !r.group.valid();
    json.field("what", r.what)
        .field("saving", r.solved || rent ? r.saving : std::numeric_limits<double>::quiet_NaN())
        .field("at_most", r.at_most)
        .field("by", rent       ? "formula"
                     : r.solved ? "cover"
                                : "bound")
        .end();
  }
  json.end();
}

void write_steps(const std::vector<Waterfall>& falls, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const Waterfall& fall : falls)
    for (const WaterfallStep& step : fall.steps) {
      json.object().field("metric", fall.metric).field("what", step.what);
      write_change("value", step.value, json);
      write_change("change", step.difference, json);
      json.end();
    }
  json.end();
}

void write_money(const World& world, const std::vector<GroupMoney>& groups, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const GroupMoney& group : groups)
    for (std::uint32_t i = 0; i < group.intervals.size(); ++i) {
      const MoneyInterval& m = group.intervals[i];
      json.object()
          .field("group", world.groups[group.group.index()].name)
          .field("interval", interval_name(world, i))
          .field("wages", m.wages)
          .field("wanted", m.wanted)
          .field("cover", m.present)
          .field("over_h", m.over)
          .field("idle", m.idle)
          .key("over_shifts")
          .array();
      for (const OverShift& s : m.why)
        json.object()
            .field("shift", s.shift)
            .field("from", s.from)
            .field("agents", s.agents)
            .field("needed", s.needed)
            .end();
      json.end().end();
    }
  json.end();
}

}  // namespace

void write_explanation(const World& world, const Explanation& why, JsonWriter& json) {
  json.object().key("why_not").array(JsonWriter::Layout::kRows);
  for (const WhyNot& one : why.why_not) write_why_not(world, one, json);
  json.end().line().key("misses");
  write_misses(world, why.misses, json);
  json.line().key("staff");
  write_staff(world, why.staff, json);
  json.line().key("rules");
  write_rules(world, why.rules, json);
  json.line().key("steps");
  write_steps(why.waterfalls, json);
  json.line().key("money");
  write_money(world, why.money, json);
  json.end();
}

}  // namespace callmill
