// Asks that no cover meets: the rules that are named cannot hold together, can without any one of
// them, and each relaxation is the least of its kind.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "engine/explain/explain.h"
#include "engine/explain/explain_ask.h"
#include "models/cover/relax.h"
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

struct Sample {
  const char* name;
  std::function<void(World&)> make;
  std::vector<std::string> rules, ways;  // parts of what must be named
};

void one_shift(World& w, SimDuration length, SimDuration first, SimDuration last) {
  w.shifts = {shift_of("day", 0, length, first, last, 40)};
}

std::vector<Sample> samples() {
  return {
      {"a limit of the only kind",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 3;
       },
       {"max_agents of 'day' is 3", "service_level >= 80%"},
       {"max_agents of 'day' is ", "service_level >= "}},
      {"two limits",
       [](World& w) {
         w.shifts = {shift_of("early", 0, 5h, 8h, 11h, 40), shift_of("late", 0, 5h, 8h, 11h, 44)};
         w.shifts[0].max_agents = w.shifts[1].max_agents = 2;
       },
       {"max_agents of 'early' is 2", "max_agents of 'late' is 2"},
       {"max_agents of 'early'", "max_agents of 'late'", "hired"}},
      {"three limits",
       [](World& w) {
         w.shifts = {shift_of("a", 0, 8h, 8h, 8h, 40), shift_of("b", 0, 8h, 8h, 8h, 41),
                     shift_of("c", 0, 8h, 8h, 8h, 42)};
         for (ShiftPattern& s : w.shifts) s.max_agents = 1;
       },
       {"max_agents of 'a'", "max_agents of 'b'", "max_agents of 'c'"},
       {"max_agents of 'a' is ", "max_agents of 'c' is "}},
      {"nobody may work",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 0;
       },
       {"max_agents of 'day' is 0"},
       {"max_agents of 'day' is "}},
      {"starts too late",
       [](World& w) { one_shift(w, 4h, 10h, 12h); },
       {"'day' begins from 10:00 to 12:00, every 1h", "08:00 to "},
       {"'day' may begin from 08:00 instead of 10:00"}},
      {"starts too early",
       [](World& w) { one_shift(w, 4h, 8h, 10h); },
       {"'day' begins from 08:00 to 10:00, every 1h"},
       {"'day' may begin until 12:00 instead of 10:00"}},
      {"one start", [](World& w) { one_shift(w, 6h, 9h, 9h); }, {"'day' begins at 09:00"}, {}},
      {"too short a day",
       [](World& w) { one_shift(w, 7h, 8h, 8h); },
       {"'day' begins at 08:00", "'day' lasts 7h"},
       {"'day' lasts 8h instead of 7h", "'day' may begin until 09:00 instead of 08:00"}},
      {"a meal for all at once",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].breaks.push_back(break_of("meal", 30min, 4h, 4h, false));
       },
       {"breaks of 'day' begin within their windows"},
       {"break windows of 'day' are wider by 30min at both ends"}},
      {"two breaks for all at once",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].breaks.push_back(break_of("rest", 30min, 2h, 2h, true));
         w.shifts[0].breaks.push_back(break_of("meal", 1h, 4h, 4h, false));
       },
       {"breaks of 'day' begin within their windows"},
       {"break windows of 'day' are wider by"}},
      {"an answer rate that the limit cannot give",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("answer_rate", Sense::kAtLeast, 0.97)};
       },
       {"answer_rate >= 97% over the day", "max_agents of 'day' is 5"},
       {"answer_rate >= "}},
      {"too few may abandon",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("abandon_rate", Sense::kAtMost, 0.02, Per::kInterval)};
       },
       {"abandon_rate <= 2% in each interval"},
       {"abandon_rate <= "}},
      {"too short a wait",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("asa", Sense::kAtMost, 2)};
       },
       {"asa <= 2s over the day"},
       {"asa <= "}},
      {"agents too little occupied",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("occupancy", Sense::kAtMost, 0.3)};
       },
       {"occupancy <= 30% over the day"},
       {"occupancy <= "}},
      {"of two targets the one that asks for more",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("answer_rate", Sense::kAtLeast, 0.7),
                      target_of("service_level", Sense::kAtLeast, 0.95)};
       },
       {"service_level >= 95%"},
       {"service_level >= "}},
      {"not even the load",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 1;
         w.targets.clear();
       },
       {"max_agents of 'day' is 1"},
       {"max_agents of 'day' is "}},
      {"each hour by itself, but not all",
       [](World& w) {
         one_shift(w, 1h, 8h, 15h);
         w.shifts[0].max_agents = 12;
       },
       {"max_agents of 'day' is 12"},
       {"max_agents of 'day' is "}},
      {"a hole between two starts",
       [](World& w) {
         one_shift(w, 3h, 8h, 12h);
         w.shifts[0].start_every = 4h;
       },
       {"'day' begins from 08:00 to 12:00, every 4h", "'day' lasts 3h"},
       {"'day' lasts 4h instead of 3h"}},
      {"one kind too few, the other too early",
       [](World& w) {
         w.shifts = {shift_of("early", 0, 4h, 8h, 9h, 40), shift_of("late", 0, 4h, 12h, 12h, 44)};
         w.shifts[1].max_agents = 2;
       },
       {"'early' begins from 08:00 to 09:00, every 1h", "max_agents of 'late' is 2"},
       {"'early' may begin until 12:00 instead of 09:00", "max_agents of 'late' is "}},
      {"a queue of its own",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 4;
         w.targets[0].queue = QueueId{0};
         w.targets[0].value = 0.9;
       },
       {"service_level >= 90% for 'service' over the day"},
       {"service_level >= "}},
      {"too few seats",
       [](World& w) {
         ShiftLimit seats;
         seats.group = GroupId{0};
         seats.name = "seats";
         seats.of = LimitOf::kOnDuty;
         seats.at_most = 3;
         w.limits = {seats};
       },
       {"limit 'seats' is at most 3", "service_level >= 80%"},
       {"limit 'seats' is at most ", "service_level >= "}},
      {"more of a kind than there are seats",
       [](World& w) {
         w.shifts[0].min_agents = 6;
         ShiftLimit seats;
         seats.group = GroupId{0};
         seats.name = "seats";
         seats.of = LimitOf::kOnDuty;
         seats.at_most = 5;
         w.limits = {seats};
         w.shifts[0].first_start = w.shifts[0].last_start = 9h;
         w.targets = {target_of("service_level", Sense::kAtLeast, 0.05)};
       },
       {"limit 'seats' is at most 5", "min_agents of 'long' is 6"},
       {"limit 'seats' is at most ", "min_agents of 'long' is "}},
      {"a share of heads that the others cannot fill",
       [](World& w) {
         w.shifts[0].max_agents = 3;
         ShiftLimit part;
         part.group = GroupId{0};
         part.name = "part";
         part.shifts = {"short"};
         part.share_at_most = 0.25;
         w.limits = {part};
       },
       {"limit 'part' is at most 25%", "max_agents of 'long' is 3"},
       {"limit 'part' is at most ", "max_agents of 'long' is "}},
      {"split shifts alone, too few",
       [](World& w) {
         one_shift(w, 6h, 8h, 8h);
         w.shifts[0].split = SplitGap{2h, 3h, 1h, 2h, 1h};
         w.shifts[0].breaks = {break_of("tea", 15min, 1h, 1h, true),
                               break_of("rest", 15min, 4h, 4h, true)};
         w.shifts[0].max_agents = 4;
         w.shifts[0].min_agents = 1;
       },
       {"'day' begins at 08:00", "breaks of 'day' begin within their windows"},
       {"hired"}},
      {"a night without a shift",
       [](World& w) {
         w.day.opens = 0h;
         w.day.closes = 24h;
         w.caller_types[0].volume = flat_rate(20, 24h);
         one_shift(w, 8h, 6h, 10h);
       },
       {"'day' begins from 06:00 to 10:00, every 1h"},
       {"'day' may begin "}},
      {"past midnight, but not far enough",
       [](World& w) {
         w.day.opens = 0h;
         w.day.closes = 24h;
         w.caller_types[0].volume = flat_rate(20, 24h);
         w.shifts = {shift_of("night", 0, 8h, 20h, 22h, 50), shift_of("day", 0, 8h, 8h, 12h, 40)};
       },
       {"06:00 to "},
       {"'day' may begin from 06:00 instead of 08:00"}},
  };
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
