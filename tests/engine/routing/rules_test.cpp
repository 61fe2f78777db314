// Rules of routing one by one, on days small enough to know the answer.

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "engine/study/replicate.h"
#include "tests/engine/centre/auditor.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Who answered when, in order.
class Answers : public Observer {
 public:
  struct Answer {
    std::uint32_t group;
    SimDuration wait, talk;
    std::uint16_t type;
  };
  void answered(const Call& call, std::uint32_t group, SimDuration wait, SimDuration talk) {
    all.push_back({group, wait, talk, call.type});
  }
  void refused(const Call&) { ++refusals; }
  std::vector<Answer> all;
  int refusals = 0;
};

// Nobody calls by themselves: callers are put in by hand.
World quiet(std::size_t queues, std::initializer_list<double> staff) {
  OneQueue spec;
  spec.lines = 20;
  spec.per_hour = 0;
  spec.talk = ConstantLaw{100};
  spec.length = spec.interval = 1h;
  World world = one_queue(spec);
  world.caller_types.clear();
  world.queues.clear();
  world.groups.clear();
  for (std::size_t q = 0; q < queues; ++q) {
    world.queues.push_back(queue_to("q" + std::to_string(q), {}));
    CallerType type = callers("t" + std::to_string(q), flat(0, spec.length), q);
    type.talk = ConstantLaw{100};
    world.caller_types.push_back(std::move(type));
  }
  for (const double n : staff)
    world.groups.push_back(agents("g" + std::to_string(world.groups.size()), flat(n, spec.length)));
  return world;
}

void add_step(World& world, std::size_t queue, std::size_t group, const RouteStep& rule = {}) {
  RouteStep step = rule;
  step.group = GroupId{group};
  world.queues[queue].route.push_back(step);
}

struct Caller {
  SimDuration at;
  std::uint16_t type = 0;
  std::uint32_t last_agent = kNobody;
};

Answers run(const World& world, const std::vector<Caller>& callers_in) {
  const Blueprint plan = make_blueprint(world);
  Centre c = open_centre(plan, 1, 0);
  Answers answers;
  Auditor auditor{plan, c};
  Observers<Auditor, Answers> both{auditor, answers};
  std::uint32_t number = 0;
  for (const Caller& caller : callers_in) {
    Later later;
    later.at = kStart + caller.at;
    later.type = caller.type;
    later.who = number++;
    later.story.last_agent = caller.last_agent;
    c.later.add(later);
  }
  c.calendar.schedule(plan.later_slot(), c.later.next_time());
  Watched<Observers<Auditor, Answers>> flow{plan, c, both};
  for (SimTime t = kStart; t < kStart + plan.horizon; t += 7s) {
    flow.run_until(t);
    for (const char* law : broken_laws(plan, c)) FAIL_CHECK(law);
    auditor.check_waiting();
  }
  flow.run_out();
  return answers;
}

std::vector<std::uint16_t> types(const Answers& answers) {
  std::vector<std::uint16_t> types;
  for (const Answers::Answer& a : answers.all) types.push_back(a.type);
  return types;
}

}  // namespace

TEST_CASE("A full queue refuses; so does a full centre") {
  World world = quiet(2, {1});
  add_step(world, 0, 0);
  add_step(world, 1, 0);
  world.queues[0].capacity = 1;
  const std::vector<Caller> five = {{1s, 0}, {2s, 0}, {3s, 0}, {4s, 1}, {5s, 1}};
  CHECK(run(world, five).refusals == 1);
  world.queues[0].capacity.reset();
  world.max_waiting = 2;
  CHECK(run(world, five).refusals == 2);
  world.max_waiting = 0;
  CHECK(run(world, five).refusals == 4);
}

TEST_CASE("A reserve keeps agents, a minimum keeps the help for long queues") {
  World world = quiet(1, {1, 2});
  add_step(world, 0, 0);
  RouteStep reserved;
  reserved.reserve = 1;
  add_step(world, 0, 1, reserved);
  // One call for each group; the second agent of the helpers stays free.
  Answers a = run(world, {{1s}, {2s}, {3s}});
  REQUIRE(a.all.size() == 3);
  CHECK(a.all[0].group == 0);
  CHECK(a.all[1].group == 1);
  CHECK(a.all[1].wait == 0s);
  CHECK(a.all[2].wait == 98s);  // until the first call ends at 101 s

  world.queues[0].route[1].reserve = 0;
  world.queues[0].route[1].min_queue = 2;
  a = run(world, {{1s}, {2s}, {5s}});
  REQUIRE(a.all.size() == 3);
  CHECK(a.all[1].group == 1);  // helps at 5 s, and takes the one who waits longest
  CHECK(a.all[1].wait == 3s);
  CHECK(a.all[2].group == 0);
  CHECK(a.all[2].wait == 96s);
}

// The helper is tried at 30 s of waiting, and only then; whoever waits longest has nothing to do
// with it.
TEST_CASE("A step that is tried once asks for idle agents as it opens, and nobody waits for it") {
  World world = quiet(2, {1, 1});
  add_step(world, 0, 0);
  add_step(world, 1, 1);
  RouteStep once;
  once.after = 30s;
  once.once = true;
  add_step(world, 0, 1, once);
  // The helper is busy with its own from 3 s to 103 s: nobody is free at 35 s, and at 103 s, when
  // it becomes free, the first to wait is not its business. The second is tried at 110 s.
  const Answers a = run(world, {{1s, 0}, {3s, 1}, {5s, 0}, {80s, 0}});
  REQUIRE(a.all.size() == 4);
  CHECK(a.all[2].group == 0);
  CHECK(a.all[2].wait == 96s);  // until the first call ends at 101 s
  CHECK(a.all[3].group == 1);
  CHECK(a.all[3].wait == 30s);
  // A step that opens at once is tried when the call joins: not for the third, though the helper is
  // free at 100 s, before its own group.
  world.queues[0].route[1].after = 0s;
  const Answers b = run(world, {{0s, 1}, {1s, 0}, {5s, 0}, {110s, 0}});
  REQUIRE(b.all.size() == 4);
  CHECK(b.all[2].group == 0);
  CHECK(b.all[2].wait == 96s);
  CHECK(b.all[3].group == 1);
  CHECK(b.all[3].wait == 0s);
}

TEST_CASE("A condition opens a step while it holds") {
  World world = quiet(2, {1, 1});
  add_step(world, 0, 0);
  add_step(world, 1, 1);
  RouteStep rule;
  Condition condition;
  condition.queue = QueueId{1};
  condition.sense = Sense::kAtMost;
  condition.value = 0;
  rule.when = {condition};
  add_step(world, 0, 1, rule);
  // Helper busy from 1 s to 101 s and with one more of its own (2 s) to 201 s. The own group of
  // queue 0 is busy to 103 s; its second caller gets whoever comes first.
  const Answers a = run(world, {{1s, 1}, {2s, 1}, {3s, 0}, {4s, 0}});
  REQUIRE(a.all.size() == 4);
  CHECK(a.all[3].group == 0);
  CHECK(a.all[3].wait == 99s);
  // Without callers of its own the helper answers at once.
  const Answers b = run(world, {{3s, 0}, {4s, 0}});
  CHECK(b.all[1].group == 1);
  CHECK(b.all[1].wait == 0s);
}

// Who has not waited for the delay of such a step asks in vain, so does not ask.
TEST_CASE("A condition that comes true by itself is noticed within a second") {
  std::map<SimDuration, std::uint64_t> events;
  for (const SimDuration after : {0s, 28s}) {
    World world = quiet(1, {1, 1});
    add_step(world, 0, 0);
    RouteStep rule;
    rule.after = after;
    Condition condition;
    condition.indicator = Indicator::kLongestWait;
    condition.value = 30;
    rule.when = {condition};
    add_step(world, 0, 1, rule);
    const Blueprint plan = make_blueprint(world);
    Centre c = open_centre(plan, 1, 0);
    for (const std::uint32_t who : {0u, 1u})
      c.later.add({kStart + 1s, Later::What::kRedial, 0, 0, who});
    c.calendar.schedule(plan.later_slot(), c.later.next_time());
    Answers answers;
    Watched<Answers>{plan, c, answers}.run_out();
    REQUIRE(answers.all.size() == 2);
    CHECK(answers.all[1].group == 1);
    CHECK(answers.all[1].wait >= 30s);
    CHECK(answers.all[1].wait <= 31s);
    events[after] = c.events;
  }
  // Looks at 1 s, 2 s, ... 28 s are spared but for the last, when the step's delay is over.
  CHECK(events[0s] - events[28s] == 27);
}

TEST_CASE("A level orders queues for a free agent") {
  World world = quiet(2, {1});
  RouteStep second;
  second.level = 2;
  add_step(world, 0, 0, second);
  add_step(world, 1, 0);
  const std::vector<Caller> in = {{1s, 0}, {2s, 0}, {3s, 0}, {4s, 1}};
  CHECK(types(run(world, in)) == std::vector<std::uint16_t>{0, 1, 0, 0});
  world.queues[0].route[0].level = 1;
  CHECK(types(run(world, in)) == std::vector<std::uint16_t>{0, 0, 0, 1});
}

TEST_CASE("A free agent picks by ageing, queue length, ratio or own queue") {
  World world = quiet(2, {1});
  add_step(world, 0, 0);
  add_step(world, 1, 0);
  AgentGroup& group = world.groups[0];
  const std::vector<Caller> in = {{1s, 0}, {2s, 0}, {3s, 0}, {50s, 1}};
  SECTION("ageing") {
    group.pick_call = PickCall::kAgeing;
    world.caller_types[1].priority = 2;
    world.caller_types[0].ageing = 3;  // at 101 s: 3 * 99/60 = 4.95 and 4.9, against 2
    CHECK(types(run(world, in)) == std::vector<std::uint16_t>{0, 0, 0, 1});
    world.caller_types[0].ageing = 1;  // 1.65 at 101 s; 3.3 at 201 s
    CHECK(types(run(world, in)) == std::vector<std::uint16_t>{0, 1, 0, 0});
  }
  SECTION("longest queue") {
    group.pick_call = PickCall::kLongestQueue;
    const std::vector<Caller> more = {{1s, 0}, {2s, 0}, {3s, 1}, {4s, 1}};
    CHECK(types(run(world, more)) == std::vector<std::uint16_t>{0, 1, 0, 1});
  }
  SECTION("ratio") {
    group.pick_call = PickCall::kQueueRatio;
    world.queues[0].ratio = 3;  // three of four should wait in queue 0
    const std::vector<Caller> more = {{1s, 0}, {2s, 0}, {3s, 0}, {4s, 1}, {5s, 1}};
    // Waiting 2 and 2: shares 3 and 1, so queue 1 is one above. Then 2 and 1: 2.25 and 0.75. Then
    // 2 and 0: queue 0 alone.
    CHECK(types(run(world, more)) == std::vector<std::uint16_t>{0, 1, 1, 0, 0});
  }
  SECTION("own queue first") {
    group.pick_call = PickCall::kOwnFirst;
    group.takes = {QueueId{1}, QueueId{0}};
    CHECK(types(run(world, in)) == std::vector<std::uint16_t>{0, 1, 0, 0});
  }
}

TEST_CASE("A caller picks among the agents of one step") {
  World world = quiet(1, {2, 3});
  add_step(world, 0, 0);
  RouteStep same;
  same.with_previous = true;
  add_step(world, 0, 1, same);
  const auto groups = [&](PickAgent policy, const std::vector<Caller>& in) {
    world.queues[0].pick_agent = policy;
    std::vector<std::uint32_t> answered;
    for (const Answers::Answer& a : run(world, in).all) answered.push_back(a.group);
    return answered;
  };
  using Groups = std::vector<std::uint32_t>;
  // One call at a time: everybody is idle again when the next one comes.
  const std::vector<Caller> six = {{1s}, {201s}, {401s}, {601s}, {801s}, {1001s}};
  CHECK(groups(PickAgent::kLongestIdle, six) == Groups{0, 0, 1, 1, 1, 0});
  CHECK(groups(PickAgent::kFewestContacts, six) == Groups{0, 0, 1, 1, 1, 0});
  CHECK(groups(PickAgent::kLeastOccupied, six) == Groups{0, 0, 1, 1, 1, 0});
  CHECK(groups(PickAgent::kMostIdleGroup, six) == Groups(6, 1));
  // All at once: 3 of 5 idle are helpers, then 2 and 2, ...
  const std::vector<Caller> burst = {{1s}, {2s}, {3s}, {4s}, {5s}};
  CHECK(groups(PickAgent::kMostIdleGroup, burst) == Groups{1, 0, 1, 0, 1});
}

TEST_CASE("Random picks are uniform over the agents of all groups of the step") {
  OneQueue spec;
  spec.lines = 20;
  spec.per_hour = 60;
  spec.talk = ConstantLaw{1};  // hardly ever two at once
  spec.length = spec.interval = 10h;
  World world = one_queue(spec);
  world.groups[0].staff = flat(2, spec.length);
  world.groups.push_back(agents("others", flat(6, spec.length)));
  world.queues[0].pick_agent = PickAgent::kRandom;
  RouteStep same;
  same.with_previous = true;
  add_step(world, 0, 1, same);
  ReplicateOptions options;
  options.replications = 40;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  Metric answered{"", "", "", "", Unit::kCount, Family::kAgents, {}, {}, {}};
  answered.numerator = {{at(AgentCount::kAnswered), 1.0}};
  const auto calls = [&](std::uint32_t group) {
    return kpis.estimate(answered, {ScopeKind::kGroup, group}, kpis.layout().intervals(), 0.999)
        .value;
  };
  const double all = 40 * (calls(0) + calls(1)), first = 40 * calls(0);
  CHECK(all > 20'000);
  CHECK(std::abs(first - all / 4) < 3.29 * std::sqrt(all * 3 / 16));
}

TEST_CASE("A returning caller waits for the agent of the last talk, then for anybody") {
  World world = quiet(1, {2});
  add_step(world, 0, 0);
  world.queues[0].last_agent_hold = 60s;
  world.caller_types[0].redial.after_block.share = Probability{0.5};  // stories are kept
  SECTION("idle: at once, though not the one idle longest") {
    const Answers a = run(world, {{1s, 0, 1}});
    CHECK(a.all.at(0).wait == 0s);
  }
  SECTION("busy, free in time") {
    // Agent 0 talks from 50 s to 150 s, agent 1 is idle.
    const Answers a = run(world, {{50s, 0, 0}, {100s, 0, 0}});
    REQUIRE(a.all.size() == 2);
    CHECK(a.all[1].wait == 50s);
  }
  SECTION("busy for too long: another agent after the hold") {
    const Answers a = run(world, {{50s, 0, 0}, {60s, 0, 0}});
    REQUIRE(a.all.size() == 2);
    CHECK(a.all[1].wait == 60s);
  }
  SECTION("its place among those who wait is that of its joining time") {
    // Both agents are busy to 101 s and 102 s. A caller for agent 1 joins at 10 s, another caller
    // for anybody at 20 s. At 70 s the hold is over; agent 0 is free at 101 s and takes the first.
    const Answers a = run(world, {{1s, 0, 0}, {2s, 0, 1}, {10s, 0, 1}, {20s}});
    REQUIRE(a.all.size() == 4);
    CHECK(a.all[2].wait == 91s);
    CHECK(a.all[3].wait == 82s);
  }
  SECTION("an agent who leaves sends the caller on") {
    world.groups[0].staff = Profile{30min, {2, 1}};
    world.caller_types[0].talk = ConstantLaw{100};
    world.queues[0].last_agent_hold = 10min;
    // Agent 1 talks from 1790 s to 1890 s and then goes home; agent 0 is idle from 1885 s on.
    const Answers a = run(world, {{1785s, 0, 0}, {1790s, 0, 1}, {1795s, 0, 1}});
    REQUIRE(a.all.size() == 3);
    CHECK(a.all[2].wait == 95s);  // at 1890 s, by agent 0
  }
  SECTION("off duty: anybody") {
    world.groups[0].staff = Profile{30min, {1, 2}};
    const Answers a = run(world, {{10s, 0, 1}});
    CHECK(a.all.at(0).wait == 0s);
  }
}

TEST_CASE("A group's own handling, and the factor of the moment of arrival") {
  World world = quiet(1, {1, 1});
  add_step(world, 0, 0);
  add_step(world, 0, 1);
  world.groups[1].handling = {{"t0", ConstantLaw{200}, ConstantLaw{10}, 0.5, 3}};
  Answers a = run(world, {{1s}, {2s}, {3s}, {4s}});
  REQUIRE(a.all.size() == 4);
  CHECK(a.all[0].talk == 100s);
  CHECK(a.all[1].talk == 100s);  // 200 s at half
  // Group 0 is free at 101 s, group 1 at 102 s + 3 x 10 s of wrap-up.
  CHECK(a.all[2].wait == 98s);
  CHECK(a.all[3].wait == 128s);

  world = quiet(1, {1});
  add_step(world, 0, 0);
  world.caller_types[0].talk_factor = Profile{30min, {1, 2}};
  const std::vector<Caller> late = {{1750s}, {1760s}};
  CHECK(run(world, late).all.at(1).talk == 200s);
  world.caller_types[0].talk_factor_at = FactorAt::kArrival;
  CHECK(run(world, late).all.at(1).talk == 100s);
}

TEST_CASE("A group that dials at once keeps its reserve free") {
  World world = quiet(1, {4});
  add_step(world, 0, 0);
  world.groups[0].kind = GroupKind::kFlex;
  world.groups[0].dialling = Dialling{ConstantLaw{0}, Probability{1}, ConstantLaw{60}};
  world.groups[0].dialling->reserve = 1;
  ReplicateOptions options;
  options.replications = 1;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  CHECK(kpis.day("occupancy", {ScopeKind::kGroup, 0}, 0.95).value == Approx(0.75));
  CHECK(kpis.day("dials", {ScopeKind::kGroup, 0}, 0.95).value == 3 * 60);
}

}  // namespace callmill::test
