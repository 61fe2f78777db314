// What strikes the centre: surges, slow systems, lost sites, notices, failed self-service.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/kpi/kpi_table.h"
#include "engine/kpi/recorder.h"
#include "engine/study/replicate.h"
#include "tests/engine/floor/floor_worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

std::uint64_t print_of(const World& world) {
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 2);
  TrajectoryPrint print;
  Watched<TrajectoryPrint>{plan, centre, print}.run_out();
  return print.bits();
}

struct Log : Observer {
  struct Talk {
    SimTime at;
    SimDuration talk;
  };
  explicit Log(const Centre& running) : centre{running} {}
  void answered(const Call&, std::uint32_t, SimDuration, SimDuration talk) {
    talks.push_back({centre.now, talk});
  }
  void wrap_began(const Call&, std::uint32_t, SimDuration wrap) {
    wraps.push_back({centre.now, wrap});
  }
  void broken_off(const Call&, SimDuration left) { cuts.push_back({centre.now, left}); }
  void self_served(const Call&) { served.push_back(centre.now); }
  void abandoned(const Call&, SimDuration wait) { given_up.push_back({centre.now, wait}); }
  void hung_up_in_menu(const Call&) { ++hung_up; }
  const Centre& centre;
  std::vector<Talk> talks, wraps, cuts, given_up;
  std::vector<SimTime> served;
  int hung_up = 0;
};

struct Run {
  explicit Run(const World& world)
      : plan{make_blueprint(world)},
        centre{open_centre(plan, 1, 0)},
        log{centre},
        recorder{plan},
        both{log, recorder},
        flow{plan, centre, both} {}
  void to(SimDuration t) {
    flow.run_until(kStart + t);
    CHECK(broken_laws(plan, centre).empty());
  }
  Blueprint plan;
  Centre centre;
  Log log;
  Recorder recorder;
  Observers<Log, Recorder> both;
  Watched<Observers<Log, Recorder>> flow;
};

}  // namespace

TEST_CASE("A surge is the same day as a profile with those hours multiplied") {
  OneQueue spec;
  spec.agents = 10;
  spec.lines = 40;
  spec.per_hour = 150;
  spec.patience = ExponentialLaw{120};
  spec.length = 6h;
  World flat_day = one_queue(spec);
  World profile = flat_day;
  profile.caller_types[0].volume = {1h, {150, 150, 600, 600, 75, 150}};
  World surges = flat_day;
  surges.events = {event(Event::Kind::kSurge, 2h, 2h), event(Event::Kind::kSurge, 4h, 1h)};
  surges.events[0].factor = 4;
  surges.events[1].factor = 0.5;
  CHECK(print_of(surges) == print_of(profile));
  CHECK(print_of(surges) != print_of(flat_day));

  // On top of a profile, and of the named types only.
  World types = profile;
  types.caller_types.push_back(callers("others", flat_rate(60, 6h), 0));
  World wanted = types;
  wanted.caller_types[1].volume = {1h, {60, 120, 120, 60, 60, 60}};
  types.events = {event(Event::Kind::kSurge, 1h, 2h)};
  types.events[0].factor = 2;
  types.events[0].types = {CallerTypeId{1}};
  CHECK(print_of(types) == print_of(wanted));
}

TEST_CASE("While a system is slow, each talk and wrap-up that begins takes so much longer") {
  World world = crowd(5, 40);
  world.caller_types[0].talk = ConstantLaw{100};
  world.caller_types[0].wrap = ConstantLaw{30};
  Event slow = event(Event::Kind::kSlowDown, 1h, 90min);
  slow.talk = 1.5;
  slow.wrap = 3;
  world.events = {slow};
  Run run{world};
  run.to(4h);
  for (const Log::Talk& t : run.log.talks)
    CHECK(t.talk == (t.at >= kStart + 1h && t.at < kStart + 150min ? 150s : 100s));
  for (const Log::Talk& w : run.log.wraps)
    CHECK(w.talk == (w.at >= kStart + 1h && w.at < kStart + 150min ? 90s : 30s));
  CHECK(run.log.talks.size() > 300);
}

TEST_CASE("Only the named types and groups are slow") {
  World world = crowd(5, 40);
  world.caller_types[0].talk = ConstantLaw{100};
  Event slow = event(Event::Kind::kSlowDown, 0h, 4h);
  slow.talk = 2;
  slow.types = {CallerTypeId{0}};
  slow.groups = {GroupId{1}};
  world.groups.push_back(agents("slow", flat(1, 4h)));
  world.queues[0].route.push_back({GroupId{1}, 0s});
  world.events = {slow};
  Run run{world};
  run.to(4h);
  const auto count = [&](SimDuration talk) {
    return std::count_if(run.log.talks.begin(), run.log.talks.end(),
                         [&](const Log::Talk& t) { return t.talk == talk; });
  };
  CHECK(count(200s) > 60);
  CHECK(count(100s) > 600);
  CHECK(count(100s) + count(200s) == static_cast<long>(run.log.talks.size()));
}

TEST_CASE("A lost site takes its agents and their calls at once; they come back at its end") {
  World world = crowd(5, 60);
  Event fire = event(Event::Kind::kSiteLoss, 1h + 5min, 1h);
  fire.share = Probability{0.5};  // three of five
  world.events = {fire};
  Run run{world};
  run.to(1h + 5min - 1s);
  CHECK(run.flow.indicator(ConditionPlan{Indicator::kIdleAgents}) == 0);
  CHECK(run.log.cuts.empty());
  run.to(1h + 5min);
  REQUIRE(run.log.cuts.size() == 3);
  const auto off = [&] {
    return std::count_if(run.centre.agents.begin(), run.centre.agents.end(),
                         [](const Agent& a) { return a.state == AgentState::kOff; });
  };
  CHECK(off() == 3);
  run.to(2h + 5min - 1s);
  CHECK(off() == 3);
  run.to(2h + 5min);
  CHECK(off() == 0);
  CHECK(run.log.cuts.size() == 3);
  run.to(4h);
  // Talk counts what was talked.
  SimDuration promised{}, lost{};
  for (const Log::Talk& t : run.log.talks) promised += t.talk;
  for (const Log::Talk& c : run.log.cuts) lost += c.talk;
  std::int64_t counted = 0;
  for (std::uint32_t i = 0; i < run.plan.intervals; ++i)
    counted += run.recorder.calls(0, 0, i)[at(CallCount::kTalk)];
  CHECK(counted == (promised - lost).count());
}

TEST_CASE("Calls of a lost site can be finished first") {
  World world = crowd(5, 60);
  Event fire = event(Event::Kind::kSiteLoss, 1h + 5min, 1h);
  fire.cut = false;
  world.events = {fire};
  Run run{world};
  run.to(1h + 16min);  // ten minutes a call
  CHECK(run.log.cuts.empty());
  for (const Agent& agent : run.centre.agents) CHECK(agent.state == AgentState::kOff);
  const std::size_t answered = run.log.talks.size();
  run.to(2h + 5min - 1s);
  CHECK(run.log.talks.size() == answered);
  run.to(2h + 5min);
  CHECK(run.log.talks.size() == answered + 5);
}

TEST_CASE("A notice answers its share, and tells its share not to wait") {
  World world = crowd(1, 60);
  Event tells = event(Event::Kind::kNotice, 1h, 1h);
  tells.notice.deflect = Probability{0.3};
  tells.notice.length = 25s;
  tells.notice.hang_up = Probability{1};
  world.events = {tells};
  Run run{world};
  run.to(4h);
  const auto within = [](SimTime t, SimDuration late) {
    return t >= kStart + 1h && t < kStart + 2h + late;
  };
  for (const SimTime t : run.log.served) CHECK(within(t, 25s));
  CHECK(run.log.served.size() > 120);  // 30 % of about 600, less than four standard deviations off
  CHECK(run.log.served.size() < 230);
  CHECK(!run.log.given_up.empty());
  for (const Log::Talk& g : run.log.given_up) {
    CHECK(within(g.at, 0s));
    CHECK(g.talk == SimDuration{0});
  }
}

TEST_CASE("A notice is no menu: whom it serves is not contained there") {
  const auto kpis_of = [](const World& world) {
    ReplicateOptions options;
    options.replications = 3;
    return replicate(make_blueprint(world), options).kpis;
  };
  World world = crowd(400, 400);
  world.caller_types[0].talk = ConstantLaw{60};
  Event tells = event(Event::Kind::kNotice, 1h, 1h);
  tells.notice.deflect = Probability{0.3};
  world.events = {tells};
  const KpiTable plain = kpis_of(world);
  CHECK(plain.day("self_served", {}, 0.95).value > 120);
  CHECK(std::isnan(plain.day("containment", {}, 0.95).value));

  // Half of a menu's callers are served there, the other half come to the queue, and to its notice.
  Menu menu;
  menu.name = "menu";
  menu.prompt = ConstantLaw{10};
  menu.options = {{"1", Probability{0.5}, to_self_service(ConstantLaw{30})},
                  {"2", Probability{0.5}, to_queue(0)}};
  world.menus = {menu};
  world.caller_types[0].enters = to_menu(0);
  const KpiTable both = kpis_of(world);
  world.events.clear();
  const KpiTable quiet = kpis_of(world);
  const auto day = [](const KpiTable& kpis, const char* key) {
    return kpis.day(key, {}, 0.95).value;
  };
  CHECK(day(both, "self_served") > day(quiet, "self_served") + 40);
  CHECK(day(both, "containment") == day(quiet, "containment"));  // the same callers
  CHECK(day(quiet, "containment") == day(quiet, "self_served") / day(quiet, "attempts"));
}

TEST_CASE("Self-service that fails sends its callers to the queue, or away") {
  World world = crowd(2, 200);
  world.caller_types[0].enters = to_menu(0);
  Menu menu;
  menu.name = "menu";
  menu.options = {{"1", Probability{1}, to_self_service(ConstantLaw{30})}};
  world.menus = {menu};
  Event down = event(Event::Kind::kSystemDown, 1h, 1h);
  down.queue = QueueId{0};
  world.events = {down};
  Run to_queue{world};
  to_queue.to(4h);
  CHECK(!to_queue.log.talks.empty());
  for (const Log::Talk& t : to_queue.log.talks) CHECK(t.at >= kStart + 1h);
  for (const SimTime t : to_queue.log.served)
    CHECK((t < kStart + 1h + 30s || t >= kStart + 2h + 30s));

  world.events[0].queue.reset();
  Run away{world};
  away.to(4h);
  CHECK(away.log.talks.empty());
  CHECK(away.log.hung_up > 500);
}

}  // namespace callmill::test
