// Longer than 400 lines: one small case for each action of a rule.
//
// When rules fire and end, and what each action does to agents, routes and dials: exact small
// cases.

#include <catch2/catch.hpp>
#include <vector>

#include "engine/kpi/recorder.h"
#include "tests/engine/floor/floor_worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

struct Log : Observer {
  struct Regroup {
    std::uint32_t from, to;
    AgentState state;
    SimTime at;
  };
  void rule_began(std::uint32_t, SimTime t) { began.push_back(t); }
  void rule_ended(std::uint32_t, SimTime t) { ended.push_back(t); }
  void regrouped(std::uint32_t from, std::uint32_t to, AgentState state, SimTime t) {
    regroups.push_back({from, to, state, t});
  }
  void answered(const Call&, std::uint32_t group, SimDuration, SimDuration) {
    answered_by.push_back(group);
  }
  void dialled(std::uint32_t, bool, SimTime t) { dials.push_back(t); }
  std::vector<SimTime> began, ended, dials;
  std::vector<Regroup> regroups;
  std::vector<std::uint32_t> answered_by;
};

struct Run {
  explicit Run(const World& world)
      : plan{make_blueprint(world)},
        centre{open_centre(plan, 1, 0)},
        recorder{plan},
        both{log, recorder},
        flow{plan, centre, both} {}
  void to(SimDuration t) {
    flow.run_until(kStart + t);
    CHECK(broken_laws(plan, centre).empty());
  }
  std::int64_t agents_in(AgentState state) const {
    return std::count_if(centre.agents.begin(), centre.agents.end(),
                         [&](const Agent& a) { return a.state == state; });
  }
  Cell<FloorCount> counts(std::uint32_t r = 0) const {
    Cell<FloorCount> sum{};
    for (std::uint32_t i = 0; i < plan.intervals; ++i)
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += recorder.floor().cell(r, i)[k];
    return sum;
  }
  Blueprint plan;
  Centre centre;
  Log log;
  Recorder recorder;
  Observers<Log, Recorder> both;
  Watched<Observers<Log, Recorder>> flow;
};

std::int64_t us(SimDuration d) {
  return d.count();
}

}  // namespace

TEST_CASE(
    "A rule fires once its condition has lasted, ends on time, rests, and stops for the day") {
  World world = crowd();
  Rule r = rule(waiting(5), action(Action::Kind::kEndBreaks));
  r.when[0].lasting = 2min;
  r.lasts = 5min + 30s;
  r.cooldown = 10min;
  r.at_most = 2;
  world.rules = {r};
  Run run{world};
  run.to(4h);
  REQUIRE(run.log.began.size() == 2);
  REQUIRE(run.log.ended.size() == 2);
  CHECK((run.log.began[0] - kStart) % 1min == SimDuration{0});
  CHECK(run.log.ended[0] - run.log.began[0] == 5min + 30s);
  CHECK(run.log.began[1] - run.log.ended[0] == 10min + 30s);  // the next whole minute
  CHECK(run.counts()[at(FloorCount::kFirings)] == 2);
  CHECK(run.counts()[at(FloorCount::kTimeOn)] == us(2 * (5min + 30s)));
}

// Looked at every minute; what holds at opening is noted then.
TEST_CASE("A condition has lasted from the first of its looks, opening time included") {
  World world = crowd(0);
  world.caller_types[0].volume = flat_rate(0, 4h);
  world.caller_types[0].opening = 2;
  const auto fires = [&](SimDuration lasting) {
    world.rules = {rule(waiting(2), action(Action::Kind::kEndBreaks))};
    world.rules[0].when[0].lasting = lasting;
    Run run{world};
    run.to(1h);
    return run.log.began.size() == 1 ? run.log.began[0] - kStart : SimDuration{-1};
  };
  CHECK(fires(0s) == 1min);
  CHECK(fires(30s) == 1min);
  CHECK(fires(1min) == 1min);
  CHECK(fires(61s) == 2min);
  CHECK(fires(2min) == 2min);
  CHECK(fires(3min) == 3min);
  // They join at 65 s, which is seen at 120 s.
  Menu menu;
  menu.name = "menu";
  menu.prompt = ConstantLaw{65};
  menu.options = {{"1", Probability{1}, to_queue(0)}};
  world.menus = {menu};
  world.caller_types[0].enters = to_menu(0);
  CHECK(fires(0s) == 2min);
  CHECK(fires(30s) == 3min);
  CHECK(fires(1min) == 3min);
  CHECK(fires(90s) == 4min);
}

TEST_CASE(
    "Without until or for, a rule is on exactly as long as its condition holds at the checks") {
  World world = crowd(3, 40);
  world.caller_types[0].volume = flat_rate(20, 4h);
  world.caller_types[0].patience = ExponentialLaw{120};
  world.rules = {rule(waiting(1), action(Action::Kind::kEndBreaks))};
  Run run{world};
  const ConditionPlan condition = run.plan.floor.conditions[0];
  int on = 0;
  for (SimDuration t = 1min; t < 4h; t += 1min) {
    run.to(t);
    CHECK(run.centre.floor.rules[0].on == run.flow.holds(condition));
    on += run.centre.floor.rules[0].on ? 1 : 0;
  }
  CHECK(on > 10);
  CHECK(run.counts()[at(FloorCount::kTimeOn)] == us(on * 1min));
}

TEST_CASE("Agents who are moved finish first, work in the other group, and come home at the end") {
  World world = crowd(1, 60);
  world.groups.push_back(agents("helpers", flat(4, 4h)));
  world.queues.push_back(queue_to("other", {1}));
  CallerType other = callers("other", flat_rate(12, 4h), 1);
  other.talk = ConstantLaw{300};
  world.caller_types.push_back(other);
  Action move = action(Action::Kind::kMoveAgents, 1);
  move.to = GroupId{0};
  move.agents = 3;
  Rule r = rule(waiting(10), move);
  r.lasts = 31min;
  r.at_most = 1;
  world.rules = {r};
  Run run{world};
  run.to(4h);
  REQUIRE(run.log.began.size() == 1);
  CHECK(run.counts()[at(FloorCount::kMoved)] == 3);
  REQUIRE(run.log.regroups.size() == 6);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(run.log.regroups[i].to == 0);
    CHECK(run.log.regroups[i].at >= run.log.began[0]);
    CHECK(run.log.regroups[i + 3].to == 1);
    // Ten minutes a call: the last one ends within ten minutes of the rule's end.
    CHECK(run.log.regroups[i + 3].at >= run.log.ended[0]);
    CHECK(run.log.regroups[i + 3].at <= run.log.ended[0] + 10min);
  }
  // 31 minutes are 4 calls of ten minutes for each of three agents, and one agent who is always
  // there.
  CHECK(std::count(run.log.answered_by.begin(), run.log.answered_by.end(), 0u) == 12 + 24);
  for (std::uint32_t a = 0; a < run.plan.agents(); ++a)
    CHECK(run.centre.agents[a].group == run.plan.group_of_agent[a]);
}

TEST_CASE("Time in states of a group follows the agents who are in it") {
  World world = crowd(1, 60);
  world.day.interval = 1h;
  world.groups.push_back(agents("helpers", flat(2, 4h)));
  world.queues.push_back(queue_to("other", {1}));
  Action move = action(Action::Kind::kMoveAgents, 1);
  move.to = GroupId{0};
  move.agents = 2;
  Rule r = rule(always(), move);
  r.every = 1h;
  r.at_most = 1;
  r.lasts = 2h;
  world.rules = {r};
  Run run{world};
  run.to(4h);
  const auto in_hour = [&](std::uint32_t group, std::uint32_t hour) {
    const Cell<AgentCount>& cell = run.recorder.agents(group, hour);
    return cell[at(AgentCount::kTalk)] + cell[at(AgentCount::kAvailable)];
  };
  CHECK(in_hour(0, 0) == us(1h));
  CHECK(in_hour(1, 0) == us(2h));
  CHECK(in_hour(0, 1) == us(3h));
  CHECK(in_hour(1, 1) == 0);
  CHECK(in_hour(0, 2) == us(3h));
  CHECK(in_hour(0, 3) + in_hour(1, 3) == us(3h));
  CHECK(in_hour(1, 3) >= us(2h - 20min));
}

TEST_CASE("Breaks are delayed by their group's rule, and last as long as before") {
  World world = crowd(1, 30);
  world.groups[0].staff.reset();
  using Kind = DutyPeriod::Kind;
  world.roster = {{GroupId{0}, 0, kStart, kStart + 65min, Kind::kWork},
                  {GroupId{0}, 0, kStart + 65min, kStart + 95min, Kind::kBreak},
                  {GroupId{0}, 0, kStart + 95min, kStart + 4h, Kind::kWork}};
  world.caller_types[0].talk = ConstantLaw{60};
  Action delay = action(Action::Kind::kDelayBreaks);
  delay.by = 20min;
  world.rules = {rule(waiting(5), delay)};
  Run run{world};
  run.to(84min);
  CHECK(run.centre.agents[0].duty == Duty::kWork);
  run.to(86min);
  CHECK(run.centre.agents[0].duty == Duty::kBreak);
  run.to(114min);
  CHECK(run.agents_in(AgentState::kAux) == 1);
  run.to(116min);
  CHECK(run.agents_in(AgentState::kTalk) == 1);
}

TEST_CASE("Breaks end at once when a rule says so") {
  World world = crowd(1, 30);
  world.groups[0].staff.reset();
  using Kind = DutyPeriod::Kind;
  world.roster = {{GroupId{0}, 0, kStart, kStart + 1h, Kind::kWork},
                  {GroupId{0}, 0, kStart + 1h, kStart + 2h, Kind::kBreak},
                  {GroupId{0}, 0, kStart + 2h, kStart + 4h, Kind::kWork}};
  world.caller_types[0].talk = ConstantLaw{60};
  Rule r = rule(waiting(5), action(Action::Kind::kEndBreaks));
  r.every = 75min;
  world.rules = {r};
  Run run{world};
  run.to(74min);
  CHECK(run.agents_in(AgentState::kAux) == 1);
  run.to(75min);
  CHECK(run.agents_in(AgentState::kTalk) == 1);
  CHECK(run.counts()[at(FloorCount::kBreaksEnded)] == 1);
}

TEST_CASE("Overtime keeps as many as are asked, as long as is asked, at its price") {
  World world = crowd(1, 30);
  world.groups[0].staff = Profile{1h, {5, 5, 1, 1}};  // four leave at two o'clock
  world.caller_types[0].talk = ConstantLaw{60};
  Action overtime = action(Action::Kind::kOvertime);
  overtime.by = 45min;
  overtime.agents = 3;
  overtime.cost_per_hour = 80;
  world.rules = {rule(waiting(5), overtime)};
  Run run{world};
  run.to(119min);
  CHECK(run.agents_in(AgentState::kTalk) == 5);
  run.to(122min);
  CHECK(run.agents_in(AgentState::kTalk) == 4);
  run.to(164min);
  CHECK(run.agents_in(AgentState::kTalk) == 4);
  run.to(167min);
  CHECK(run.agents_in(AgentState::kTalk) == 1);
  run.to(4h);
  CHECK(run.counts()[at(FloorCount::kExtraTime)] == us(3 * 45min));
  CHECK(run.counts()[at(FloorCount::kCost)] == 3 * 60 * 1'000'000);  // CNY 80/h x 45 min x 3
}

TEST_CASE("People called in come after their delay, stay as agreed, and cost their time") {
  World world = crowd(1, 30);
  world.caller_types[0].talk = ConstantLaw{60};
  CallIn people;
  people.agents = 4;
  people.delay = ConstantLaw{1200};
  people.stays = 1h;
  people.cost_per_hour = 50;
  world.groups[0].call_in = people;
  world.groups.push_back(agents("a group before it by name", flat(0, 4h)));
  Action call = action(Action::Kind::kCallIn);
  call.agents = 3;
  Rule r = rule(waiting(5), call);
  r.every = 30min;
  r.at_most = 1;
  r.lasts = 10min;  // shorter than the delay: who has been called comes all the same
  world.rules = {r};
  Run run{world};
  run.to(49min);
  CHECK(run.agents_in(AgentState::kTalk) == 1);
  run.to(50min);
  CHECK(run.agents_in(AgentState::kTalk) == 4);
  run.to(109min);
  CHECK(run.agents_in(AgentState::kTalk) == 4);
  run.to(111min);
  CHECK(run.agents_in(AgentState::kTalk) == 1);
  run.to(4h);
  CHECK(run.counts()[at(FloorCount::kCalledIn)] == 3);
  CHECK(run.counts()[at(FloorCount::kExtraTime)] == us(3h));
  CHECK(run.counts()[at(FloorCount::kCost)] == 150 * 1'000'000);
}

TEST_CASE("Who is on the way turns back when the rule ends first") {
  World world = crowd(1, 30);
  CallIn people;
  people.delay = ConstantLaw{1200};
  world.groups[0].call_in = people;
  Rule r = rule(waiting(5), action(Action::Kind::kCallIn));
  r.every = 30min;
  r.at_most = 1;
  r.lasts = 10min;
  world.rules = {r};
  Run run{world};
  run.to(4h);
  CHECK(run.agents_in(AgentState::kTalk) == 1);
  CHECK(run.counts()[at(FloorCount::kCalledIn)] == 1);
  CHECK(run.counts()[at(FloorCount::kCost)] == 0);
}

TEST_CASE("A step that a rule opens is closed until then; its idle agents take who waits at once") {
  World world = crowd(1, 30);
  world.groups.push_back(agents("backup", flat(2, 4h)));
  world.queues[0].route.push_back({GroupId{1}, 0s});
  Action open = action(Action::Kind::kOpenStep, 1);
  open.queue = QueueId{0};
  Rule r = rule(waiting(8), open);
  r.every = 30min;
  r.lasts = 25min;
  r.at_most = 1;
  world.rules = {r};
  Run run{world};
  run.to(30min - 1s);
  CHECK(run.centre.idle[1].size == 2);
  run.to(30min);
  CHECK(run.centre.idle[1].size == 0);
  run.to(71min);  // the call begun last, at 50 minutes, is over; the step is closed again
  CHECK(run.centre.idle[1].size == 2);
  CHECK(std::count(run.log.answered_by.begin(), run.log.answered_by.end(), 1u) == 6);
}

TEST_CASE("A queue that is raised is looked at first") {
  World world = crowd(1, 60);
  world.queues.push_back(queue_to("second", {0}));
  world.caller_types.push_back(callers("second", flat_rate(600, 4h), 1));
  world.caller_types[0].priority = 5;  // first comes first, always
  Action raise = action(Action::Kind::kRaiseQueue);
  raise.queue = QueueId{1};
  Rule r = rule(waiting(5), raise);
  r.every = 2h;
  world.rules = {r};
  Run run{world};
  run.to(2h - 1s);
  const double second = run.flow.indicator(run.plan.floor.conditions[0]);
  CHECK(second > 5);
  const std::uint32_t before = run.centre.waiting[1 * 2 + 1].size;
  CHECK(before > 20);
  run.to(4h - 1s);
  const Cell<CallCount> taken = [&] {
    Cell<CallCount> sum{};
    for (std::uint32_t i = 0; i < run.plan.intervals; ++i)
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += run.recorder.calls(1, 1, i)[k];
    return sum;
  }();
  // From two o'clock on all go to the second queue: exponential talks of 3 minutes.
  CHECK(taken[at(CallCount::kAnswered)] > 20);
}

TEST_CASE("Dials stop while a rule is on, and go on after it") {
  World world = crowd(1, 9);
  world.caller_types[0].volume = flat_rate(1, 4h);
  world.groups[0].kind = GroupKind::kFlex;
  world.groups[0].dialling = Dialling{ConstantLaw{60}, Probability{1}, ConstantLaw{60}};
  Rule r = rule(always(), action(Action::Kind::kStopDialling));
  r.every = 90min;
  r.lasts = 30min;
  r.at_most = 1;
  world.rules = {r};
  Run stopped{world};
  stopped.to(4h);
  int within = 0, before = 0, after = 0;
  for (const SimTime t : stopped.log.dials)
    (t < kStart + 90min ? before : t < kStart + 2h ? within : after) += 1;
  CHECK(before >= 30);
  CHECK(within == 0);
  CHECK(after >= 40);

  world.rules[0].then[0].kind = Action::Kind::kStartDialling;
  Run started{world};
  started.to(4h);
  CHECK(started.log.dials.size() >= 10);
  for (const SimTime t : started.log.dials) {
    CHECK(t >= kStart + 90min);
    CHECK(t < kStart + 2h);
  }
}

TEST_CASE("A fork runs on as the original does, rules and events on") {
  World world = everything();
  world.groups[0].call_in = CallIn{2, ExponentialLaw{600}, 0s, 40};
  Action move = action(Action::Kind::kMoveAgents, 1);
  move.to = GroupId{0};
  move.agents = 2;
  Rule busy = rule(waiting(2), move);
  busy.then.push_back(action(Action::Kind::kCallIn, 0));
  Action shed = action(Action::Kind::kShed);
  shed.share = Probability{0.5};
  busy.then.push_back(shed);
  busy.until = {waiting(0, Sense::kAtMost)};
  Rule late = rule(waiting(1), action(Action::Kind::kDelayBreaks, 3));
  late.name = "late";
  late.then[0].by = 15min;
  Condition level;
  level.indicator = Indicator::kServiceLevel;
  level.over = 15min;
  level.sense = Sense::kAtMost;
  level.value = 0.9;
  Rule overtime = rule(level, action(Action::Kind::kOvertime, 0));
  overtime.name = "overtime";
  overtime.then[0].by = 20min;
  world.rules = {busy, late, overtime};
  world.events = {event(Event::Kind::kSiteLoss, 9h, 45min),
                  event(Event::Kind::kSlowDown, 8h + 10min, 2h),
                  event(Event::Kind::kSurge, 9h, 1h)};
  world.events[0].share = Probability{0.4};
  world.events[1].talk = 1.5;
  world.events[2].factor = 2;
  const Blueprint plan = make_blueprint(world);
  for (const SimDuration at : {70min, 100min, 150min, 200min}) {
    Centre first = open_centre(plan, 3, 0);
    Observer nobody;
    Watched<Observer>{plan, first, nobody}.run_until(kStart + at);
    CHECK(broken_laws(plan, first).empty());
    Centre fork = first;
    CHECK(fingerprint(fork) == fingerprint(first));
    Watched<Observer>{plan, first, nobody}.run_out();
    Watched<Observer> other{plan, fork, nobody};
    for (SimDuration t = at; t < 4h; t += 7min) other.run_until(kStart + t);
    other.run_out();
    CHECK(fingerprint(fork) == fingerprint(first));
    CHECK(broken_laws(plan, first).empty());
    std::uint32_t fired = 0;
    for (const RuleState& r : first.floor.rules) fired += r.fired;
    CHECK(fired > 2);
  }
}

}  // namespace callmill::test
