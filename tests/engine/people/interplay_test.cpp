// People and the rest of the centre: phones that ring while lines or sites fail and in queues with
// rules, calls that are sent back, and what experience does to transfers and repeats.

#include <catch2/catch.hpp>

#include "engine/kpi/recorder.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

struct Log : Observer {
  using Line = std::pair<std::int64_t, char>;  // s, event
  explicit Log(const Centre& running) : centre{running} {}
  void rang(const Call&, std::uint32_t, SimTime) { note('p'); }
  void answered(const Call&, std::uint32_t, SimDuration, SimDuration t) {
    note('a');
    talk = t;
  }
  void sent_back(const Call&, std::uint32_t, SimDuration rest) {
    note('b');
    left = rest;
  }
  void resumed(const Call&, std::uint32_t, SimDuration t) {
    note('r');
    talk = t;
  }
  void abandoned(const Call&, SimDuration) { note('x'); }
  void lost_again(const Call&, SimDuration) { note('l'); }
  void left_message(const Call&, SimDuration) { note('m'); }
  void refused(const Call&) { note('f'); }
  void cut(const Call&, SimDuration) { note('c'); }
  void agent_moved(std::uint32_t, AgentState, AgentState to, SimTime) {
    if (to == AgentState::kOff) note('o');
    if (to == AgentState::kAvailable && centre.now > kStart) note('i');
  }
  void note(char what) {
    lines.emplace_back(
        std::chrono::duration_cast<std::chrono::seconds>(centre.now - kStart).count(), what);
  }
  const Centre& centre;
  std::vector<Line> lines;
  SimDuration talk{}, left{};
};
using L = std::vector<Log::Line>;

struct Day {
  L lines;
  SimDuration talk{}, left{};
  std::vector<std::int64_t> counts;  // by CallCount, all types and queues
};

Day run(const World& world) {
  for (const std::string& fault : faults(world)) FAIL(fault);
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 1, 0);
  Log log{centre};
  Recorder recorder{plan};
  Observers<Log, Recorder> both{log, recorder};
  Watched<Observers<Log, Recorder>>{plan, centre, both}.run_out();
  for (const char* law : broken_laws(plan, centre)) FAIL_CHECK(law);
  Day day{log.lines, log.talk, log.left, std::vector<std::int64_t>(at(CallCount::kSize))};
  for (std::uint32_t type = 0; type < plan.types.size(); ++type)
    for (std::uint32_t queue = 0; queue <= recorder.queues(); ++queue)
      for (std::uint32_t i = 0; i < plan.intervals; ++i)
        for (std::size_t k = 0; k < day.counts.size(); ++k)
          day.counts[k] += recorder.calls(type, queue, i)[k];
  return day;
}

// One call at 0:00 that talks 100 s; one agent whose phone rings 10 s.
World one_call_that_rings(double agents) {
  OneQueue spec;
  spec.lines = 3;
  spec.per_hour = 0;
  spec.agents = agents;
  spec.talk = ConstantLaw{100};
  spec.length = spec.interval = 1h;
  World world = one_queue(spec);
  world.caller_types[0].opening = 1;
  world.groups[0].ringing.emplace();
  world.groups[0].ringing->time = ConstantLaw{10};
  return world;
}

// From 0:00 on; at the first moment the agents are not yet there.
Event site_loss(SimDuration at, SimDuration length) {
  Event event;
  event.name = "site";
  event.kind = Event::Kind::kSiteLoss;
  event.at = at;
  event.length = length;
  return event;
}

}  // namespace

TEST_CASE("A line that fails while the phone rings sets the agent free") {
  World world = one_call_that_rings(1);
  LineOutage outage;
  outage.from = 4s;
  outage.to = 60s;
  outage.share = 1;
  world.trunks[0].outages.push_back(outage);
  const Day day = run(world);
  CHECK(day.lines == L{{0, 'p'}, {4, 'c'}, {4, 'i'}});
  CHECK(day.counts[at(CallCount::kOffered)] == 1);
  CHECK(day.counts[at(CallCount::kCut)] == 1);
  CHECK(day.counts[at(CallCount::kAnswered)] == 0);
}

TEST_CASE("A site that fails while its phones ring sends the callers back to wait") {
  World world = one_call_that_rings(1);
  world.events.push_back(site_loss(4s, 60s));
  // Back at 64 s: the phone rings again, for its whole time.
  CHECK(run(world).lines == L{{0, 'p'}, {4, 'o'}, {64, 'p'}, {74, 'a'}, {174, 'i'}});
  world.caller_types[0].patience = ConstantLaw{30};  // goes on all the time
  CHECK(run(world).lines == L{{0, 'p'}, {4, 'o'}, {30, 'x'}, {64, 'i'}});
}

TEST_CASE("A call that nobody picks up comes back to a queue with rules, and is not refused") {
  World world = one_call_that_rings(2);
  world.caller_types[0].opening = 3;
  world.queues[0].capacity = 1;
  world.queues[0].pick_agent = PickAgent::kFewestContacts;
  world.groups[0].ringing->no_answer = Probability{1};
  world.groups[0].ringing->gives_up = ConstantLaw{20};
  world.groups[0].ringing->rest = ConstantLaw{1800};
  // Two ring, the third waits; the two come back at 20 s where there is room for one.
  world.caller_types[0].patience = ConstantLaw{50};
  const Day day = run(world);
  CHECK(day.lines ==
        L{{0, 'p'}, {0, 'p'}, {50, 'x'}, {50, 'x'}, {50, 'x'}, {1820, 'i'}, {1820, 'i'}});
  CHECK(day.counts[at(CallCount::kRefused)] == 0);
}

TEST_CASE("A caller leaves a message in time, though a phone rings") {
  World world = one_call_that_rings(1);
  world.caller_types[0].patience = ConstantLaw{600};
  world.queues[0].voicemail = Voicemail{6s, 20s};
  const Day day = run(world);
  CHECK(day.lines == L{{0, 'p'}, {6, 'm'}, {6, 'i'}});
  CHECK(day.counts[at(CallCount::kLeftMessage)] == 1);
}

// The last of two agents is sent home at 60 s; the first is free at 100 s.
TEST_CASE("A call that is sent back goes on with what is left of its talk") {
  World world = one_call_that_rings(2);
  world.groups[0].ringing.reset();
  world.caller_types[0].opening = 2;
  world.groups[0].staff = Profile{60s, std::vector<double>(60, 1.0)};
  world.groups[0].staff->values[0] = 2;
  world.groups[0].staff_release = StaffRelease::kPreempt;
  Day day = run(world);
  CHECK(day.lines == L{{0, 'a'}, {0, 'a'}, {60, 'b'}, {60, 'o'}, {100, 'r'}, {140, 'i'}});
  CHECK(day.left == 40s);
  CHECK(day.talk == 40s);
  CHECK(day.counts[at(CallCount::kTalk)] == SimDuration{200s}.count());

  SECTION("by the handling law of the agent who goes on") {
    // 40 % are left, of a talk that takes the second group 300 s; it opens after 70 s.
    world.groups.push_back(agents("second", flat(1, 1h)));
    world.groups[1].handling.push_back({"callers", ConstantLaw{300}, std::nullopt, 1, 1});
    world.queues[0].route.push_back({GroupId{1}, 70s});
    day = run(world);
    CHECK(day.lines ==
          L{{0, 'a'}, {0, 'a'}, {60, 'b'}, {60, 'o'}, {70, 'r'}, {100, 'i'}, {190, 'i'}});
    CHECK(day.talk == 120s);
  }
  SECTION("and is counted once when its line is cut while it waits again") {
    LineOutage outage;
    outage.from = 80s;
    outage.to = 90s;
    outage.share = 1;
    world.trunks[0].outages.push_back(outage);
    day = run(world);
    CHECK(day.counts[at(CallCount::kOffered)] == 2);
    CHECK(day.counts[at(CallCount::kAnswered)] == 2);
    CHECK(day.counts[at(CallCount::kCut)] == 0);
  }
}

TEST_CASE("Staff that falls while its site is out does not come back with it") {
  World world = one_call_that_rings(2);
  world.caller_types[0].opening = 0;
  world.groups[0].staff = Profile{60s, std::vector<double>(60, 1.0)};
  world.groups[0].staff->values[0] = 2;
  world.groups[0].staff_release = StaffRelease::kIdleFirst;
  world.events.push_back(site_loss(30s, 100s));
  CHECK(run(world).lines == L{{30, 'o'}, {30, 'o'}, {130, 'i'}});
}

namespace {

// Novices and veterans, each with a queue and callers of their own, enough agents for all.
World two_groups(double first_day_transfer, double first_day_unresolved) {
  World world;
  world.name = "two groups";
  world.day.opens = 0s;
  world.day.closes = 10h;
  world.day.interval = 10h;
  world.trunks.push_back(lines("lines", 400));
  world.queues = {queue_to("new", {0}), queue_to("old", {1}), queue_to("second", {1})};
  world.groups = {agents("novices", flat(60, 10h)), agents("veterans", flat(120, 10h))};
  Experience& e = world.groups[0].experience.emplace();
  e.learning.half_life = 20;
  e.learning.transfer = first_day_transfer;
  e.learning.unresolved = first_day_unresolved;
  e.agents = {{60, 20}};  // half of the way: 1 + (first - 1) / 2
  for (const std::size_t q : {0u, 1u}) {
    world.caller_types.push_back(callers(q == 0 ? "a" : "b", flat_rate(300, 10h), q));
    world.caller_types.back().talk = ExponentialLaw{60};
  }
  return world;
}

double share(const Recorder& r, std::uint32_t type, CallCount of, CallCount all) {
  const std::uint32_t queue = type;
  return static_cast<double>(r.calls(type, queue, 0)[at(of)]) /
         static_cast<double>(r.calls(type, queue, 0)[at(all)]);
}

}  // namespace

TEST_CASE("New agents pass on more of their calls, by their factor") {
  for (const auto& [first_day, exact] : {std::pair{3.0, 0.2 * 2}, std::pair{11.0, 1.0}}) {
    World world = two_groups(first_day, 1);
    world.caller_types.push_back(callers("c", flat(0, 10h), 2));
    for (const std::size_t t : {0u, 1u}) {
      world.caller_types[t].transfers.resize(2);
      world.caller_types[t].transfers[0].share = Probability{0.15};
      world.caller_types[t].transfers[1].share = Probability{0.05};
      for (Transfer& transfer : world.caller_types[t].transfers) transfer.as = CallerTypeId{2};
    }
    const Blueprint plan = make_blueprint(world);
    Recorder recorder{plan};
    run_day(plan, 3, 0, recorder);
    const double n = 3000;
    INFO("factor of the first day " << first_day);
    const double novices = share(recorder, 0, CallCount::kTransferred, CallCount::kAnswered);
    const double veterans = share(recorder, 1, CallCount::kTransferred, CallCount::kAnswered);
    CHECK(std::abs(novices - exact) <= 3.3 * std::sqrt(exact * (1 - exact) / n) + 1e-12);
    CHECK(std::abs(veterans - 0.2) < 3.3 * std::sqrt(0.2 * 0.8 / n));
  }
}

TEST_CASE("New agents leave more unresolved, by their factor") {
  // The share left open is 1 - 0.8 for veterans, twice that for these novices; every caller whose
  // matter is open comes back once.
  World world = two_groups(1, 3);
  for (CallerType& type : world.caller_types) {
    type.resolution.emplace();
    type.resolution->first_contact = Probability{0.8};
    type.resolution->repeat = Probability{1};
    type.resolution->returns = {Probability{1}, ConstantLaw{1}, 1};
  }
  const Blueprint plan = make_blueprint(world);
  ReplicateOptions options;
  options.replications = 40;
  const KpiTable kpis = replicate(plan, options).kpis;
  Ledger ledger{"unresolved by new agents and veterans"};
  for (const std::uint32_t type : {0u, 1u})
    ledger.add(type == 0 ? "novices" : "veterans",
               kpis.day("fcr", {ScopeKind::kCallerType, type}, Ledger::kConfidence),
               type == 0 ? 1 - 0.2 * 2 : 0.8);
  ledger.judge();
}

}  // namespace callmill::test
