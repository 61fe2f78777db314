// Lines that fail: the rules one by one, then whole chains. Random breakdowns are held to the
// steady state of the chain (causes that are down, lines in use); outages on a calendar to its
// transient.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/engine/lines/kit.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Outcomes of calls, and what lines do while they fail.
class Witness : public Observer {
 public:
  explicit Witness(const Centre& centre) : centre_{centre} {}
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t, std::uint32_t) { ++attempts; }
  void blocked(std::uint16_t, std::uint32_t, std::uint32_t) { ++blocked_; }
  void line_seized(std::uint32_t t, std::uint32_t in_use, SimTime) {
    CHECK(in_use <= centre_.trunks[t].in_service);
    ++seized;
  }
  void line_released(std::uint32_t, SimTime) { ++released; }
  void answered(const Call&, std::uint32_t, SimDuration, SimDuration talk) {
    ++answers;
    talks += talk;
  }
  void abandoned(const Call&, SimDuration) { ++abandons; }
  void hung_up_in_menu(const Call&) { ++menu_ends; }
  void self_served(const Call&) { ++menu_ends; }
  void cut(const Call& call, SimDuration left) {
    CHECK(has(call, Mark::kCut));
    CHECK((left > 0s) <= (call.state == CallState::kTalking));
    talks -= left;
    ++cuts;
    cut_talks += call.state == CallState::kTalking ? 1 : 0;
    cut_waits += call.state == CallState::kWaiting ? 1 : 0;
    in_menus += call.state == CallState::kMenu || call.state == CallState::kSelfService ? 1 : 0;
  }
  void redial_planned(std::uint16_t, SimTime) { ++redials; }
  void agent_moved(std::uint32_t, AgentState from, AgentState to, SimTime t) {
    if (from == AgentState::kTalk) talked += t.time_since_epoch();
    if (to == AgentState::kTalk) talked -= t.time_since_epoch();
  }

  std::int64_t attempts = 0, blocked_ = 0, seized = 0, released = 0, answers = 0, abandons = 0,
               menu_ends = 0, cuts = 0, cut_talks = 0, cut_waits = 0, in_menus = 0, redials = 0;
  SimDuration talks{}, talked{};

 private:
  const Centre& centre_;
};

// A short-staffed centre with a menu, so that lines fail under calls in every state.
World busy_centre() {
  OneQueue spec;
  spec.agents = 6;
  spec.lines = 30;
  spec.per_hour = 500;
  spec.talk = ExponentialLaw{120};
  spec.patience = ExponentialLaw{90};
  spec.length = 4h;
  World world = one_queue(spec);
  Menu menu;
  menu.name = "menu";
  menu.prompt = ExponentialLaw{30};
  menu.options = {{"1", Probability{0.7}, to_queue(0)},
                  {"2", Probability{0.3}, to_self_service(ExponentialLaw{60})}};
  world.menus.push_back(menu);
  world.caller_types[0].enters = to_menu(0);
  world.caller_types[0].wrap = ConstantLaw{20};
  return world;
}

LineOutage outage(SimDuration from, SimDuration to, std::int64_t lines, bool cuts) {
  LineOutage o;
  o.from = from;
  o.to = to;
  o.lines = lines;
  o.cuts = cuts;
  return o;
}

}  // namespace

TEST_CASE("Every call on a line that fails is cut, wherever it is, and nobody gets in") {
  World world = busy_centre();
  world.trunks[0].outages = {outage(1h, 2h, 30, true)};
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Watched<Witness> flow{plan, centre, seen};
  flow.run_until(kStart + 1h - SimDuration{1});
  const std::int64_t in_use = centre.trunks[0].in_use;
  const auto talking =
      std::count_if(centre.calls.begin(), centre.calls.end(),
                    [](const Call& call) { return call.state == CallState::kTalking; });
  CHECK(in_use > 10);
  CHECK(talking > 0);
  CHECK(seen.cuts == 0);
  flow.run_until(kStart + 1h);
  CHECK(seen.cuts == in_use);
  CHECK(seen.cut_talks == talking);
  CHECK(seen.cut_waits > 0);
  CHECK(seen.in_menus > 0);
  CHECK(centre.trunks[0].in_use == 0);
  CHECK(centre.ports_in_use == 0);
  CHECK(broken_laws(plan, centre).empty());
  const std::int64_t seized = seen.seized;
  flow.run_until(kStart + 2h - SimDuration{1});
  CHECK(seen.seized == seized);
  flow.run_out();
  CHECK(seen.seized > seized);
  CHECK(seen.attempts == seen.seized + seen.blocked_);
  CHECK(seen.seized == seen.released);
  CHECK(seen.seized ==
        seen.menu_ends + seen.in_menus + seen.answers + seen.abandons + seen.cut_waits);
  CHECK(seen.talks == seen.talked);  // what was left of a cut talk is taken off
}

TEST_CASE("A caller who speaks to the machine when the line fails has left the message") {
  World world = busy_centre();
  world.queues[0].voicemail = Voicemail{20s, 60s};
  world.trunks[0].outages = {outage(1h, 2h, 30, true)};
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Watched<Witness> flow{plan, centre, seen};
  flow.run_until(kStart + 1h - SimDuration{1});
  const auto speaking =
      std::count_if(centre.calls.begin(), centre.calls.end(),
                    [](const Call& call) { return call.state == CallState::kVoicemail; });
  const std::int64_t in_use = centre.trunks[0].in_use;
  CHECK(speaking > 0);
  flow.run_until(kStart + 1h);
  CHECK(seen.cuts == in_use - speaking);
  CHECK(centre.trunks[0].in_use == 0);
  CHECK(centre.ports_in_use == 0);
  CHECK(broken_laws(plan, centre).empty());
  flow.run_out();
  CHECK(seen.seized == seen.released);
}

TEST_CASE("Without a cut, calls finish and lines leave as they become idle") {
  World world = busy_centre();
  world.trunks[0].outages = {outage(1h, 2h, 25, false)};
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Watched<Witness> flow{plan, centre, seen};
  flow.run_until(kStart + 1h);
  CHECK(seen.cuts == 0);
  CHECK(centre.trunks[0].in_service == 5);
  std::uint32_t before = centre.trunks[0].in_use;
  CHECK(before > 5);
  for (SimTime t = kStart + 1h; centre.trunks[0].in_use > 5; t += 10s) {
    flow.run_until(t);
    CHECK(centre.trunks[0].in_use <= before);
    before = centre.trunks[0].in_use;
  }
  flow.run_until(kStart + 2h);
  CHECK(centre.trunks[0].in_service == 30);
  flow.run_out();
  CHECK(seen.cuts == 0);
  CHECK(broken_laws(plan, centre).empty());
}

TEST_CASE("Several failures at once add up, to all lines at the most") {
  World world = busy_centre();
  world.trunks[0].outages = {outage(1h, 3h, 10, true), outage(90min, 2h, 25, true),
                             outage(100min, 110min, 30, false)};
  LineOutage share;
  share.from = 3h;
  share.to = 3h + 30min;
  share.share = 0.34;
  world.trunks[0].outages.push_back(share);
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Watched<Witness> flow{plan, centre, seen};
  const auto in_service_at = [&](SimDuration at) {
    flow.run_until(kStart + at);
    return centre.trunks[0].in_service;
  };
  CHECK(in_service_at(59min) == 30);
  CHECK(in_service_at(1h) == 20);
  CHECK(in_service_at(90min) == 0);
  CHECK(in_service_at(105min) == 0);
  CHECK(in_service_at(110min) == 0);
  CHECK(in_service_at(2h) == 20);
  CHECK(in_service_at(3h) == 19);  // the first is over; 34 % of 30, rounded up, are gone
  CHECK(in_service_at(3h + 30min) == 30);
}

TEST_CASE("Callers who are cut ring again with their own chance") {
  World world = busy_centre();
  world.trunks[0].outages = {outage(1h, 61min, 30, true)};
  Redial& redial = world.caller_types[0].redial;
  redial.after_cut = {Probability{1.0}, ConstantLaw{300}, 1};
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Watched<Witness>{plan, centre, seen}.run_out();
  CHECK(seen.cuts > 10);
  CHECK(seen.redials == seen.cuts);
}

TEST_CASE("Failures of one group change no caller's luck elsewhere, nor another cause's times") {
  World world = busy_centre();
  world.trunks.push_back(lines("far away", 10));
  world.trunks[1].breakdowns.push_back({5, ExponentialLaw{1800}, ExponentialLaw{600}, true});
  const auto state = [](const World& w) {
    const Blueprint plan = make_blueprint(w);
    Centre centre = open_centre(plan, 5, 0);
    Observer nobody;
    std::vector<std::uint32_t> in_service, in_use;
    Watched<Observer> flow{plan, centre, nobody};
    for (SimDuration at = 1min; at < 4h; at += 1min) {
      flow.run_until(kStart + at);
      in_service.push_back(centre.trunks[1].in_service);
      in_use.push_back(centre.trunks[0].in_use);
    }
    return std::pair{in_service, in_use};
  };
  const auto before = state(world);
  CHECK(std::count(before.first.begin(), before.first.end(), 5u) > 10);
  World other = world;
  other.trunks[1].outages = {outage(30min, 31min, 1, true)};
  CHECK(state(other).second == before.second);
  other = world;
  other.trunks[0].breakdowns.push_back({5, ExponentialLaw{1800}, ExponentialLaw{600}, true});
  CHECK(state(other).first == before.first);
  CHECK(state(other).second != before.second);
}

}  // namespace callmill::test
