// Randomness belongs to the caller: what one caller draws does not depend on staff, on other queues
// or on outbound work.

#include <catch2/catch.hpp>
#include <map>
#include <tuple>

#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

using WhoWhen = std::tuple<std::uint16_t, std::uint32_t, std::uint16_t>;  // type, caller, attempt

// What a caller showed of its draws; what did not come to pass is absent.
struct Shown {
  std::map<WhoWhen, SimTime> arrived;
  std::map<WhoWhen, SimDuration> talk, wrap, patience, menu;
  std::map<WhoWhen, std::uint16_t> queue;
};

class Notes : public Observer {
 public:
  explicit Notes(const Centre& centre) : centre_{centre} {}
  void offered(const Call& call) {
    shown.arrived[who(call)] = call.arrived;
    shown.menu[who(call)] = centre_.now - call.arrived;
    shown.queue[who(call)] = call.queue;
  }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration talk) {
    shown.talk[who(call)] = talk;
    if (wait > 0s) note_patience(call);
  }
  void abandoned(const Call& call, SimDuration wait) {
    if (wait > 0s) note_patience(call);
  }
  void wrap_began(const Call& call, std::uint32_t, SimDuration wrap) {
    shown.wrap[who(call)] = wrap;
  }
  Shown shown;

 private:
  static WhoWhen who(const Call& call) { return {call.type, call.caller, call.attempt}; }
  void note_patience(const Call& call) {
    if (call.gives_up < SimTime::max()) shown.patience[who(call)] = call.gives_up - call.joined;
  }
  const Centre& centre_;
};

Shown run(const World& world, std::uint64_t replication = 0) {
  const Blueprint plan = make_blueprint(world);
  Centre c = open_centre(plan, 21, replication);
  Notes notes{c};
  Watched<Notes>{plan, c, notes}.run_out();
  return notes.shown;
}

// Equal wherever both have shown it; returns in how many cases.
template <class Map>
std::size_t common(const Map& a, const Map& b) {
  std::size_t both = 0;
  for (const auto& [who, value] : a) {
    const auto other = b.find(who);
    if (other == b.end()) continue;
    ++both;
    if (other->second != value) FAIL_CHECK("a caller draws otherwise");
  }
  return both;
}

// Without a talk factor, which depends on when the talk begins.
World plenty_of_lines() {
  World world = everything();
  for (TrunkGroup& trunks : world.trunks) trunks.lines = 500;
  for (CallerType& type : world.caller_types) type.talk_factor.reset();
  return world;
}

}  // namespace

TEST_CASE("The same callers meet 12 or 13 agents") {
  OneQueue spec;
  spec.agents = 12;
  spec.lines = 40;
  spec.per_hour = 260;
  spec.talk = LognormalLaw{170, 150};
  spec.patience = WeibullLaw{90, 1.3};
  World twelve = one_queue(spec);
  twelve.caller_types[0].wrap = GammaLaw{20, 2};
  World thirteen = twelve;
  thirteen.groups[0].staff->values[0] = 13;
  const Shown a = run(twelve), b = run(thirteen);
  CHECK(common(a.arrived, b.arrived) > 2000);
  CHECK(common(a.talk, b.talk) > 2000);
  CHECK(common(a.wrap, b.wrap) > 2000);
  CHECK(common(a.patience, b.patience) > 100);
  CHECK(a.talk.size() < b.talk.size());
}

TEST_CASE("The staff of one queue leaves the callers of all queues as they are") {
  const World before = plenty_of_lines();
  World after = before;
  for (double& staff : after.groups[0].staff->values) staff -= 3;
  after.groups[2].dialling.reset();
  after.groups[2].kind = GroupKind::kInbound;
  for (std::uint64_t day = 0; day < 3; ++day) {
    const Shown a = run(before, day), b = run(after, day);
    std::size_t fresh = 0;
    for (const auto& [who, at] : a.arrived) {
      if (std::get<2>(who) > 0) continue;  // when a caller rings again depends on the first call
      const auto other = b.arrived.find(who);
      REQUIRE(other != b.arrived.end());
      CHECK(other->second == at);
      ++fresh;
    }
    CHECK(fresh > 500);
    CHECK(common(a.queue, b.queue) >= fresh);
    CHECK(common(a.menu, b.menu) >= fresh);
    CHECK(common(a.talk, b.talk) > 500);
    CHECK(common(a.wrap, b.wrap) > 300);
    CHECK(common(a.patience, b.patience) > 30);
    CHECK(a.talk.size() != b.talk.size());
  }
}

TEST_CASE("More calls of one type leave the callers of another as they are") {
  const World before = plenty_of_lines();
  World after = before;
  for (double& volume : after.caller_types[0].volume.values) volume *= 1.5;
  const Shown a = run(before), b = run(after);
  std::size_t others = 0;
  for (const auto& [who, at] : a.arrived) {
    if (std::get<0>(who) == 0 || std::get<2>(who) > 0) continue;
    REQUIRE(b.arrived.contains(who));
    CHECK(b.arrived.at(who) == at);
    ++others;
  }
  CHECK(others > 200);
  CHECK(common(a.talk, b.talk) > 500);
}

}  // namespace callmill::test
