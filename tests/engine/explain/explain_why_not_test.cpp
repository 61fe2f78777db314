// Asks that no cover meets: the rules that are named cannot hold together, can without any one of
// them, and each relaxation is the least of its kind.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "engine/explain/explain.h"
#include "engine/explain/explain_ask.h"
#include "models/cover/relax.h"
#include "tests/engine/explain/why_not_samples.h"
#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {
namespace {

using planning::Ask;
using planning::Move;

constexpr CoverOptions kExact{0, 60};

PlanOptions each_by_itself() {
  PlanOptions options = plan_options();
  options.requirement = {RequirementMethod::kSipp, 1};
  return options;
}

WhyNot why_not(const World& world, const PlanOptions& options) {
  PlanResult none;
  none.status = PlanStatus::kInfeasible;
  ExplainOptions how;
  how.cover = kExact;
  how.in_full = true;
  const Explanation why = explain_plan(world, options, none, how);
  REQUIRE(why.why_not.size() == 1);
  return why.why_not[0];
}

bool names(const std::vector<std::string>& all, const std::string& part) {
  return std::any_of(all.begin(), all.end(),
                     [&](const std::string& one) { return one.find(part) != std::string::npos; });
}

std::vector<bool> held(const Ask& ask, const std::vector<PlanRule>& set) {
  std::vector<bool> is(ask.rules().size(), false);
  for (std::size_t r = 0; r < is.size(); ++r)
    is[r] = std::any_of(set.begin(), set.end(), [&](const PlanRule& rule) {
      return rule.kind == ask.rules()[r].kind && rule.index == ask.rules()[r].index;
    });
  return is;
}

bool possible(Ask& ask, const std::vector<PlanRule>& set) {
  const CanCover can = can_cover(ask.problem(held(ask, set)), kExact);
  REQUIRE((can != CanCover::kUnknown));
  return can == CanCover::kYes;
}

// The set cannot hold, and can without any one of its rules.
void check_minimal(const World& world, const PlanOptions& options, const WhyNot& why) {
  Ask ask{world, options, why.group, why.scale, nullptr};
  CHECK(why.minimal);
  CHECK_FALSE(possible(ask, why.set));
  for (std::size_t r = 0; r < why.set.size(); ++r) {
    std::vector<PlanRule> less = why.set;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(r));
    INFO("without " << planning::rule_text(world, why.set[r]));
    CHECK(possible(ask, less));
  }
}

// Each is a move by some steps at which a cover is possible, costs what it says, and is not
// possible with a step less.
void check_ways(const World& world, const PlanOptions& options, const WhyNot& why) {
  Ask ask{world, options, why.group, why.scale, nullptr};
  REQUIRE_FALSE(why.ways.empty());
  CHECK(std::is_sorted(why.ways.begin(), why.ways.end(),
                       [](const Relaxation& a, const Relaxation& b) { return a.wages < b.wages; }));
  for (const Relaxation& way : why.ways) {
    INFO(way.what);
    if (way.hired_h > 0) continue;
    std::int64_t steps = 0;
    Move by = Move::kLooser;
    for (const Move move : planning::moves_of(way.rule.kind))
      for (std::int64_t s = 1; steps == 0 && planning::moved(world, way.rule, move, s); ++s)
        if (planning::move_text(world, way.rule, move, s) == way.what) {
          steps = s;
          by = move;
        }
    REQUIRE(steps > 0);
    const auto at = [&](std::int64_t s) {
      return ask.problem_of(*planning::moved(world, way.rule, by, s),
                            way.rule.kind == PlanRuleKind::kTarget);
    };
    const CoverResult cover = solve_cover(at(steps), kExact);
    CHECK(cover.cost == Approx(way.wages));
    CHECK(way.bound == Approx(way.wages));
    if (steps > 1) CHECK((can_cover(at(steps - 1), kExact) == CanCover::kNo));
  }
}

}  // namespace

TEST_CASE("Asks that cannot be met: the rules named are all needed, each way out is the least") {
  const PlanOptions options = each_by_itself();
  CHECK(samples().size() >= 20);
  for (const Sample& sample : samples()) {
    World world = plan_world();
    world.targets.pop_back();  // the loss
    sample.make(world);
    INFO(sample.name);
    const WhyNot why = why_not(world, options);
    for (const std::string& rule : why.rules) UNSCOPED_INFO("rule: " << rule);
    for (const Relaxation& way : why.ways) UNSCOPED_INFO("way: " << way.what);
    for (const std::string& part : sample.rules) CHECK(names(why.rules, part));
    for (const std::string& part : sample.ways)
      CHECK(std::any_of(why.ways.begin(), why.ways.end(), [&](const Relaxation& way) {
        return way.what.find(part) != std::string::npos;
      }));
    check_minimal(world, options, why);
    check_ways(world, options, why);
  }
}

TEST_CASE("Of every subset of the rules named only the whole cannot hold") {
  const PlanOptions options = each_by_itself();
  World world = plan_world();
  world.targets.pop_back();
  world.shifts = {shift_of("early", 0, 4h, 8h, 9h, 40), shift_of("late", 0, 4h, 12h, 12h, 44)};
  world.shifts[1].max_agents = 2;
  const WhyNot why = why_not(world, options);
  Ask ask{world, options, why.group, why.scale, nullptr};
  REQUIRE(why.set.size() >= 3);
  REQUIRE(why.set.size() <= 8);
  for (std::uint32_t mask = 0; mask < (1U << why.set.size()); ++mask) {
    std::vector<PlanRule> some;
    for (std::size_t r = 0; r < why.set.size(); ++r)
      if (((mask >> r) & 1U) != 0) some.push_back(why.set[r]);
    INFO("subset " << mask);
    CHECK(possible(ask, some) == (some.size() < why.set.size()));
  }
}

TEST_CASE("A limit one too low: named, and its price is that of the plan with one more") {
  World world = plan_world();
  one_shift(world, 8h, 8h, 8h);
  world.targets = {target_of("service_level", Sense::kAtLeast, 0.9, Per::kInterval)};
  const PlanOptions options = each_by_itself();
  const std::vector<Requirement> asked = staff_requirement(world, options.requirement);
  double peak = 0;
  for (const RequirementInterval& r : asked[0].intervals)
    peak = std::max(peak, std::ceil(r.agents));
  world.shifts[0].max_agents = static_cast<std::int64_t>(peak) - 1;
  PlanResult plan = plan_day(world, options);
  REQUIRE(plan.status == PlanStatus::kInfeasible);
  const Explanation all = explain_plan(world, options, plan, {});
  REQUIRE(all.why_not.size() == 1);
  const WhyNot& why = all.why_not[0];
  const auto way = std::find_if(why.ways.begin(), why.ways.end(), [](const Relaxation& w) {
    return w.rule.kind == PlanRuleKind::kMaxAgents && w.hired_h == 0;
  });
  REQUIRE(way != why.ways.end());
  CHECK(way->what == "max_agents of 'day' is " + std::to_string(static_cast<int>(peak)) +
                         " instead of " + std::to_string(static_cast<int>(peak) - 1));
  CHECK(way->wages == Approx(peak * 8 * 40));
  world.shifts[0].max_agents = static_cast<std::int64_t>(peak);
  const double rent = 3.0 * static_cast<double>(lines_requirement(world, asked)[0].lines);
  CHECK(plan_day(world, options).rounds[0].cost == Approx(way->wages + rent));
  world.shifts[0].max_agents = static_cast<std::int64_t>(peak) - 1;
  check_minimal(world, options, why);
}

TEST_CASE("The cheapest way out is simulated, rent and all") {
  World world = plan_world();
  world.shifts = {shift_of("late", 0, 4h, 10h, 12h, 40)};
  const WhyNot why = why_not(world, each_by_itself());
  REQUIRE(why.simulated);
  CHECK(why.ways.front().what == "'late' may begin from 08:00 instead of 10:00");
  CHECK(why.simulated->targets.size() == 2);
  CHECK(why.simulated->cost > why.ways.front().wages);  // the rent of lines
  CHECK(why.simulated->met == all_met(why.simulated->targets));
}

TEST_CASE("Only the group whose ask cannot be met is told of") {
  World world = plan_world();
  world.groups.push_back(AgentGroup{});
  world.groups[1].name = "experts";
  world.queues.push_back(queue_to("vip", {1}));
  world.caller_types.push_back(callers("vip", flat_rate(20, 8h), 1));
  world.caller_types[1].talk = ExponentialLaw{240};
  world.shifts = {shift_of("day", 0, 8h, 8h, 8h, 40), shift_of("expert", 1, 8h, 8h, 8h, 60)};
  world.shifts[1].max_agents = 1;
  const WhyNot why = why_not(world, each_by_itself());
  CHECK(why.group == GroupId{1});
  CHECK(names(why.rules, "max_agents of 'expert' is 1"));
}

TEST_CASE("A goal of the day out of reach: the target and the limit, and a lower value holds") {
  World world = plan_world();
  world.targets = {target_of("service_level", Sense::kAtLeast, 0.97)};
  PlanOptions options = plan_options();
  options.requirement.interval_slack = 30;
  one_shift(world, 8h, 8h, 8h);
  world.shifts[0].max_agents = 4;
  const WhyNot why = why_not(world, options);
  CHECK(names(why.rules, "service_level >= 97% over the day"));
  CHECK(names(why.rules, "max_agents of 'day' is 4"));
  check_minimal(world, options, why);
  check_ways(world, options, why);
}

}  // namespace callmill::test
