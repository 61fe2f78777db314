// Demand to a confirmed plan, on small days: what is met stays met, what is too much is trimmed,
// what cannot be is said.

#include "engine/planning/plan.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {
namespace {

// What a plan must be whatever the world: its covers hold, its money adds up, its world runs.
void check_laws(const PlanResult& plan) {
  double wages = 0, bound = 0;
  for (const GroupPlanResult& g : plan.groups) {
    if (g.cover.choices.empty()) continue;
    CHECK(check_cover(g.problem, g.cover).empty());
    wages += g.cover.cost;
    bound += g.cover.bound;
    const std::size_t each = g.cover.present.size() / g.present.size();
    for (std::size_t s = 0; s < g.cover.present.size(); ++s)
      CHECK(static_cast<double>(g.cover.present[s]) >= g.wanted[s] - 1e-6);
    for (std::size_t i = 0; i < g.present.size(); ++i) {
      double sum = 0;
      for (std::size_t k = 0; k < each; ++k)
        sum += static_cast<double>(g.cover.present[i * each + k]);
      CHECK(g.present[i] == Approx(sum / static_cast<double>(each)));
    }
  }
  CHECK(plan.wages >= wages - 1e-9);  // other groups' wages stand in it too
  CHECK(plan.bound <= plan.cost() + 1e-6);
  CHECK(plan.bound >= bound - 1e-9);
  CHECK(plan.gap() == Approx((plan.cost() - plan.bound) / plan.cost()).margin(1e-12));
  CHECK(faults(plan.planned).empty());
  for (std::size_t r = 0; r < plan.rounds.size(); ++r)
    CHECK(plan.rounds[r].number == static_cast<int>(r) + 1);
}

std::int64_t agents_of(const PlanResult& plan) {
  std::int64_t agents = 0;
  for (const GroupPlanResult& g : plan.groups)
    for (const CoverChoice& c : g.cover.choices) agents += c.agents;
  return agents;
}

// The planned world on callers that the planner has not seen.
KpiTable on_fresh_callers(const PlanResult& plan, std::uint64_t seed, std::int64_t replications) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = replications;
  options.threads = 2;
  return replicate(make_blueprint(plan.planned), options).kpis;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A plan meets its targets, and fresh callers confirm it") {
  const PlanResult plan = plan_day(plan_world(), plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  CHECK(plan.reasons.empty());
  CHECK(plan.events > 0);
  REQUIRE(plan.targets.size() == 2);
  CHECK(all_met(plan.targets));
  CHECK(plan.kpis.replications() == 20);
  REQUIRE(plan.groups.size() == 1);
  REQUIRE(plan.lines.size() == 1);
  CHECK(plan.lines[0].lines == plan.planned.trunks[0].lines);
  CHECK(plan.rent == Approx(3.0 * static_cast<double>(plan.lines[0].lines)));
  check_laws(plan);
  // The planner chose on 20 days of its own seed; 200 other days may differ by both errors.
  const KpiTable fresh = on_fresh_callers(plan, 991, 200);
  const Estimate level = fresh.day("service_level", {}, 0.999);
  CHECK(level.ci_high > 0.8);
  CHECK(level.value > 0.78);
  CHECK(fresh.day("loss_rate", {}, 0.999).value < 0.012);
}

// Few days, and a loss target near what one line more or less decides: fresh days often ask for it.
TEST_CASE("A plan that can be met is met, whatever the luck of the search") {
  for (std::uint64_t seed = 1; seed <= 9; ++seed) {
    INFO("seed " << seed);
    const PlanResult plan = plan_day(plan_world(), plan_options(seed));
    CHECK(plan.status == PlanStatus::kMet);
    CHECK(all_met(plan.targets));
  }
}

TEST_CASE("Where the requirement is more than is needed, the plan is trimmed") {
  // Talk of constant length waits less than Erlang A thinks, so less staff is enough.
  World world = plan_world();
  world.caller_types[0].talk = ConstantLaw{240};
  PlanOptions options = plan_options();
  options.requirement.interval_slack = 1;  // and each interval is asked for what the day needs
  const PlanResult plan = plan_day(world, options);
  REQUIRE(plan.status == PlanStatus::kMet);
  REQUIRE_FALSE(plan.rounds.empty());
  CHECK(plan.rounds[0].met);
  CHECK(plan.cost() < plan.rounds[0].cost);
  CHECK(plan.groups[0].scale < 1);
  // Never paid more than a round that met its targets: the cheapest such round is the plan.
  for (const PlanRound& r : plan.rounds)
    if (r.met) CHECK(plan.cost() <= r.cost + 1e-9);
  check_laws(plan);
}

TEST_CASE("Where Erlang A asks for too little, staff is added") {
  // Busy days that Erlang A does not know of.
  World world = plan_world();
  world.busyness_cv = 0.35;
  world.targets = {target_of("answer_rate", Sense::kAtLeast, 0.93)};
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  CHECK_FALSE(plan.rounds[0].met);
  CHECK(plan.rounds[0].worst.find("answer_rate") == 0);
  CHECK(plan.groups[0].scale > 1);
  check_laws(plan);
}

TEST_CASE("While only loss is missed, lines are added and staff stays") {
  // Busy days fill the lines; the ask of the agents is easy.
  World world = plan_world();
  world.busyness_cv = 0.4;
  world.targets = {target_of("service_level", Sense::kAtLeast, 0.2),
                   target_of("loss_rate", Sense::kAtMost, 0.003)};
  PlanOptions options = plan_options();
  options.requirement.interval_slack = 1;
  const PlanResult plan = plan_day(world, options);
  REQUIRE(plan.status == PlanStatus::kMet);
  CHECK_FALSE(plan.rounds[0].met);
  check_laws(plan);
  CHECK(contains(plan.rounds[1].what, "lines front"));
  CHECK(plan.targets[1].estimate.ci_high <= 0.003);
  check_laws(plan);
}

TEST_CASE("Lines that the scenario gives and no target speaks of are kept") {
  World world = plan_world();
  world.trunks[0].lines = 23;
  world.targets.pop_back();
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  CHECK(plan.lines[0].lines == 23);
  CHECK(plan.planned.trunks[0].lines == 23);
  for (const PlanRound& r : plan.rounds) CHECK_FALSE(contains(r.what, "lines"));
}

TEST_CASE("A target per interval holds in each interval") {
  World world = plan_world();
  world.targets = {target_of("answer_rate", Sense::kAtLeast, 0.85, Per::kInterval)};
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  const Metric& metric = *find_metric("answer_rate", ScopeKind::kTotal);
  for (std::uint32_t i = 0; i < 8; ++i)
    CHECK(plan.kpis.estimate(metric, {}, i, 0.95).ci_low >= 0.85);
  check_laws(plan);
}

// Over the day it would be cheapest met by an hour that turns its callers away.
TEST_CASE("A cap on the day's occupancy is asked of each interval") {
  World world = plan_world();
  world.targets = {target_of("occupancy", Sense::kAtMost, 0.6)};
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  CHECK(plan.groups[0].requirement.day_goals.empty());
}

TEST_CASE("A target of the day is met at less cost than the same in each interval") {
  PlanOptions each = plan_options();
  each.requirement.interval_slack = 1;
  const PlanResult dear = plan_day(plan_world(), each);
  const PlanResult day = plan_day(plan_world(), plan_options());
  REQUIRE(dear.status == PlanStatus::kMet);
  REQUIRE(day.status == PlanStatus::kMet);
  // Trade moves agents of the other plan to where they are worth more, too.
  CHECK(day.wages <= dear.wages);
  CHECK(day.rounds.front().cost < dear.rounds.front().cost);
  const GroupPlanResult& g = day.groups[0];
  REQUIRE(g.requirement.day_goals.size() == 1);
  CHECK(contains(g.requirement.why, "over the day"));
  CHECK(dear.groups[0].requirement.day_goals.empty());
  // Some interval has less than the target by itself would ask, none less than its floor.
  int below = 0;
  for (std::size_t i = 0; i < g.present.size(); ++i) {
    below += g.present[i] < dear.groups[0].requirement.intervals[i].agents;
    CHECK(g.present[i] >= g.requirement.intervals[i].floor * g.scale - 1e-9);
  }
  CHECK(below > 0);
  CHECK(g.worth.size() == g.present.size());
  check_laws(day);
}

TEST_CASE("Goals of the day that no cover reaches are blamed on the hours that lack agents") {
  World world = plan_world();
  world.targets = {target_of("service_level", Sense::kAtLeast, 0.97)};
  PlanOptions options = plan_options();
  options.requirement.interval_slack = 30;  // hardly a floor
  world.shifts[0].max_agents = 2;
  world.shifts[1].max_agents = 1;
  const PlanResult plan = plan_day(world, options);
  CHECK(plan.status == PlanStatus::kInfeasible);
  REQUIRE_FALSE(plan.reasons.empty());
  CHECK(contains(plan.reasons[0], "shifts can reach"));
}

TEST_CASE("A goal's worths in slots: blocks that fall, scaled with the agents, never above it") {
  DayGoal goal;
  goal.from = {4, 0};
  goal.gain = {{}, {}};
  for (int n = 0; n <= 40; ++n)  // S-shaped: convex, then concave
    goal.gain[0].push_back(60 / (1 + std::exp(-0.4 * (n - 10))));
  goal.least = 50;
  for (const double factor : {1.0, 1.3, 0.8}) {
    const CoverGoal cover = cover_goal(goal, {factor, factor}, 2);
    REQUIRE(cover.worth.size() == 4);
    CHECK(cover.from[0] == static_cast<std::int64_t>(std::ceil(4 * factor)));
    CHECK(cover.worth[2].empty());
    double before = 1e9, sum = 0;
    std::int64_t agents = cover.from[1];
    for (const CoverWorth& block : cover.worth[1]) {
      CHECK(block.each < before);
      before = block.each;
      agents += block.agents;
      sum += 2 * block.each * static_cast<double>(block.agents);
    }
    CHECK(cover.worth[1].size() <= 12);
    // All of it, from the first whole agent on.
    const double first = 50 - cover.least;
    CHECK(sum + first == Approx(60 / (1 + std::exp(-12.0))).epsilon(1e-3));
    CHECK(static_cast<double>(agents) == Approx(44 * factor).margin(1));
  }
}

TEST_CASE("Too few agents: infeasible, with the interval and the rule that bind") {
  World world = plan_world();
  world.shifts[0].max_agents = 1;
  world.shifts[1].max_agents = 1;
  int rounds = 0;
  const PlanResult plan = plan_day(world, plan_options(), [&](const PlanRound&) { ++rounds; });
  CHECK(plan.status == PlanStatus::kInfeasible);
  CHECK(rounds == 0);  // nothing to simulate
  REQUIRE_FALSE(plan.reasons.empty());
  CHECK(contains(plan.reasons[0], "agents 09:00 needs 3 agents"));  // a third of the goal's miss
  CHECK(contains(plan.reasons[0], "shifts can reach 2"));
  CHECK(contains(plan.reasons[0], "max_agents of 'long' is 1"));
}

TEST_CASE("One agent fewer than Erlang A asks for at the peak may still hold the day") {
  PlanOptions options = plan_options();
  options.requirement.interval_slack = 1;  // else the first plan finds it itself
  World world = plan_world();
  world.shifts = {shift_of("day", 0, 8h, 8h, 8h, 40)};
  world.targets = {target_of("service_level", Sense::kAtLeast, 0.78)};
  const PlanResult free = plan_day(world, options);
  REQUIRE(free.status == PlanStatus::kMet);
  double peak = 0;
  for (const RequirementInterval& r : free.groups[0].requirement.intervals)
    peak = std::max(peak, r.agents);
  const auto few = static_cast<std::int64_t>(std::ceil(peak)) - 1;
  world.shifts[0].max_agents = few;
  const PlanResult capped = plan_day(world, options);
  REQUIRE(capped.status == PlanStatus::kMet);
  CHECK(capped.rounds[0].what == "as far as shifts reach");
  CHECK(agents_of(capped) <= few);
  check_laws(capped);
  // With a target for each interval the same cap is too low, and the reasons say so.
  world.targets[0] = target_of("service_level", Sense::kAtLeast, 0.93, Per::kInterval);
  const PlanResult strict = plan_day(world, options);
  CHECK(strict.status == PlanStatus::kInfeasible);
  REQUIRE_FALSE(strict.reasons.empty());
  CHECK(contains(strict.reasons[0], "max_agents of 'day' is"));
}

TEST_CASE("Hours that no shift reaches: infeasible, named by the first of them") {
  World world = plan_world();
  world.shifts = {shift_of("late", 0, 3h, 10h, 13h, 40)};
  const PlanResult plan = plan_day(world, plan_options());
  CHECK(plan.status == PlanStatus::kInfeasible);
  REQUIRE(plan.reasons.size() >= 2);
  CHECK(contains(plan.reasons[0], "agents 08:00"));
  CHECK(contains(plan.reasons[0], "no shift of 'late' is on duty"));
}

TEST_CASE("A target that no planned group answers for is missed within few rounds, with a reason") {
  World world = plan_world();
  world.groups.push_back(agents("experts", flat(1, 8h)));
  world.queues.push_back(queue_to("vip", {1}));
  CallerType vip = callers("vip", flat_rate(20, 8h), 1);  // more than one expert can bear
  vip.talk = ExponentialLaw{240};
  vip.patience = ExponentialLaw{60};
  world.caller_types.push_back(std::move(vip));
  Target target = target_of("service_level", Sense::kAtLeast, 0.95);
  target.queue = QueueId{1};
  world.targets[0].queue = QueueId{0};
  world.targets.push_back(target);
  const PlanResult plan = plan_day(world, plan_options());
  CHECK(plan.status == PlanStatus::kTargetMissed);
  check_laws(plan);
  CHECK(plan.rounds.size() <= 10);
  REQUIRE(plan.reasons.size() == 1);
  CHECK(contains(plan.reasons[0], "service_level is"));
  CHECK(contains(plan.reasons[0], "no group with shifts stands first in its queue's route"));
  check_laws(plan);  // the plan for the rest is kept
}

TEST_CASE("A whole-centre target that another queue drags down: staff is not added in vain") {
  World world = plan_world();
  world.groups.push_back(agents("experts", flat(1, 8h)));
  world.queues.push_back(queue_to("vip", {1}));
  CallerType vip = callers("vip", flat_rate(20, 8h), 1);
  vip.talk = ExponentialLaw{240};
  vip.patience = ExponentialLaw{60};
  world.caller_types.push_back(std::move(vip));
  const PlanResult plan = plan_day(world, plan_options());
  CHECK(plan.status == PlanStatus::kTargetMissed);
  CHECK(plan.rounds.size() <= 30);
  CHECK(plan.groups[0].scale < 2.5);
  REQUIRE(plan.reasons.size() == 1);
  CHECK(contains(plan.reasons[0], "times the staff that Erlang A asks for"));
  check_laws(plan);
}

TEST_CASE("A target beyond any staff ends soon, with a reason") {
  World world = plan_world();
  world.targets = {target_of("occupancy", Sense::kAtLeast, 0.99)};
  const PlanResult plan = plan_day(world, plan_options());
  CHECK(plan.status != PlanStatus::kMet);
  check_laws(plan);
  CHECK(plan.rounds.size() <= 10);
  REQUIRE_FALSE(plan.reasons.empty());
}

TEST_CASE("The most rounds are kept to") {
  World world = plan_world();
  PlanOptions options = plan_options();
  options.max_rounds = 2;
  const PlanResult plan = plan_day(world, options);
  CHECK(plan.rounds.size() <= 4);  // the closer cover and the fresh days are not given up
}

TEST_CASE("An interrupted search keeps the plan it has") {
  std::atomic<bool> stop{false};
  const PlanResult plan = plan_day(
      plan_world(), plan_options(), [&](const PlanRound& r) { stop = r.number == 2; }, &stop);
  CHECK(plan.status == PlanStatus::kInterrupted);
  CHECK(plan.rounds.size() <= 3);
  CHECK(plan.kpis.replications() == 20);
  CHECK(agents_of(plan) > 0);
  check_laws(plan);
}

TEST_CASE("Interrupted while the requirement is computed, a plan ends without a round") {
  const std::atomic<bool> stop{true};
  const PlanResult plan = plan_day(plan_world(), plan_options(), {}, &stop);
  CHECK(plan.status == PlanStatus::kInterrupted);
  CHECK(plan.rounds.empty());
  CHECK(plan.groups.empty());
}

TEST_CASE("1, 2 and 7 threads find the same plan") {
  const auto with = [](int threads) {
    PlanOptions options = plan_options();
    options.replicate.threads = threads;
    return plan_day(plan_world(), options);
  };
  const PlanResult one = with(1);
  for (const int threads : {2, 7}) {
    const PlanResult other = with(threads);
    CHECK(other.cost() == one.cost());
    CHECK(other.bound == one.bound);
    CHECK(other.events == one.events);
    REQUIRE(other.rounds.size() == one.rounds.size());
    for (std::size_t r = 0; r < one.rounds.size(); ++r) {
      CHECK(other.rounds[r].what == one.rounds[r].what);
      CHECK(other.rounds[r].worst == one.rounds[r].worst);
    }
    REQUIRE(other.planned.roster.size() == one.planned.roster.size());
    for (std::size_t p = 0; p < one.planned.roster.size(); ++p) {
      CHECK(other.planned.roster[p].from == one.planned.roster[p].from);
      CHECK(other.planned.roster[p].to == one.planned.roster[p].to);
    }
    for (std::size_t t = 0; t < one.targets.size(); ++t) {
      CHECK(other.targets[t].estimate.value == one.targets[t].estimate.value);
      CHECK(other.targets[t].estimate.ci_low == one.targets[t].estimate.ci_low);
    }
  }
}

}  // namespace callmill::test
