// What wakes a dialler that dials when agents have finished.

#include <catch2/catch.hpp>
#include <map>

#include "engine/centre/observer.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Six agents with callers, four others with a list, from nine on.
World own_and_other() {
  OneQueue spec;
  spec.agents = 6;
  spec.lines = 40;
  spec.per_hour = 60;
  spec.talk = ExponentialLaw{150};
  spec.patience = ExponentialLaw{100};
  World world = one_queue(spec);
  world.day.opens = 8h;
  world.day.closes = 18h;
  world.groups.push_back(agents("own", flat(4, spec.length)));
  world.queues.push_back(queue_to("parties", {1}));
  Campaign list;
  list.name = "list";
  list.numbers = 100'000;
  list.queue = QueueId{1};
  list.mode = DialMode::kAtOwnRelease;
  list.per_idle = 2;
  list.from = 9h;
  list.to = 17h;
  list.outcome[static_cast<std::size_t>(DialCause::kNoAnswer)] = flat(0.5, spec.length);
  list.talk = ExponentialLaw{90};
  list.wrap = ConstantLaw{15};
  world.campaigns.push_back(list);
  return world;
}

}  // namespace

TEST_CASE("The dialler of own releases is woken by its own groups, and as its hours begin") {
  struct Wakes : Observer {
    SimTime now;
    std::uint32_t finished = kNobody;
    std::map<std::uint32_t, int> batches;  // by the group of who had finished
    bool begun = false;
    void event(SimTime t, Calendar::Slot) {
      now = t;
      finished = kNobody;
      begun = false;
    }
    void agent_moved(std::uint32_t group, AgentState from, AgentState, SimTime) {
      if (from == AgentState::kTalk || from == AgentState::kWrap) finished = group;
    }
    void campaign_dialled(std::uint32_t, const Call&) {
      if (!begun) ++batches[finished];
      begun = true;
      CHECK((finished == 1 || now == kStart + 1h));
    }
  };
  const World world = own_and_other();
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 6, 0);
  Wakes wakes;
  Watched<Wakes> flow{plan, centre, wakes};
  flow.run_out();
  CHECK(wakes.batches[kNobody] == 1);  // at nine, when the hours begin
  CHECK(wakes.batches[1] > 20);
  CHECK(wakes.batches.size() == 2);  // none for callers' agents, who finish as often
}

}  // namespace callmill::test
