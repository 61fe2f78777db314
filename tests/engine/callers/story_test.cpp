// Callers' stories: limits, what is kept from attempt to attempt, and that each story ends in
// exactly one way.

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <tuple>

#include "engine/kpi/kpi_table.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/random_world.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

using Caller = std::pair<std::uint16_t, std::uint32_t>;  // type, number

// What each caller drew, attempt by attempt.
struct Draws : Observer {
  void answered(const Call& call, std::uint32_t, SimDuration, SimDuration talk) {
    talks[{call.type, call.caller}].insert(talk);
  }
  void abandoned(const Call& call, SimDuration wait) {
    waits[{call.type, call.caller}].insert(wait);
    ++times[{call.type, call.caller}];
  }
  std::map<Caller, std::set<SimDuration>> talks, waits;
  std::map<Caller, int> times;
};

// Each story by its end, and the attempts of those that ended.
struct Ends : Observer {
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t attempt, std::uint32_t) {
    ++attempts;
    fresh += attempt == 0 ? 1 : 0;
  }
  void caller_ended(std::uint16_t, const Story& story, std::uint32_t tries, CallerEnd end) {
    ++ended[static_cast<std::size_t>(end)];
    attempts_of_ended += tries;
    served += story.contacts > 0 ? 1 : 0;
    if (end == CallerEnd::kResolved || end == CallerEnd::kUnresolved) CHECK(story.contacts > 0);
    if (end == CallerEnd::kGaveUp || end == CallerEnd::kLeftMenu) CHECK(story.contacts == 0);
    if (story.contacts > 0) CHECK(story.reached >= story.began);
    CHECK(static_cast<int>(tries) >= story.contacts + story.blocked + story.abandoned);
  }
  std::int64_t all_ended() const {
    std::int64_t sum = 0;
    for (const std::int64_t n : ended) sum += n;
    return sum;
  }
  std::int64_t attempts = 0, fresh = 0, attempts_of_ended = 0, served = 0;
  std::array<std::int64_t, kCallerEnds> ended{};
};

// No agent, so that everyone abandons after a patience of their own.
World nobody_answers(bool keeps_patience) {
  OneQueue spec;
  spec.agents = 0;
  spec.lines = 500;
  spec.per_hour = 100;
  spec.length = 10h;
  spec.patience = ExponentialLaw{60};
  World world = one_queue(spec);
  world.caller_types[0].redial.after_abandon = {Probability{1}, ConstantLaw{30}, 4};
  world.caller_types[0].redial.keeps_patience = keeps_patience;
  return world;
}

template <class O>
void run(const World& world, std::uint64_t seed, O& observer) {
  const Blueprint plan = make_blueprint(world);
  Centre c = open_centre(plan, seed, 0);
  Watched<O> flow{plan, c, observer};
  flow.run_out();
}

double day(const World& world, const char* key) {
  ReplicateOptions options;
  options.replications = 5;
  return replicate(make_blueprint(world), options).kpis.day(key, {}, 0.95).value;
}

}  // namespace

TEST_CASE("A caller who keeps patience waits as long each time, another one not") {
  Draws kept, fresh;
  run(nobody_answers(true), 3, kept);
  run(nobody_answers(false), 3, fresh);
  REQUIRE(kept.waits.size() > 500);
  std::size_t often = 0;
  for (const auto& [caller, waits] : kept.waits) {
    CHECK(waits.size() == 1);
    often += kept.times[caller] == 5 ? 1u : 0u;
  }
  CHECK(often > 500);
  for (const auto& [caller, waits] : fresh.waits)
    CHECK(waits.size() == static_cast<std::size_t>(fresh.times[caller]));
}

// The draws of a caller's first attempt do not depend on what is kept for later ones.
TEST_CASE("Keeping patience changes nothing for callers' first attempts") {
  World world = nobody_answers(true);
  world.caller_types[0].redial.after_abandon.share = Probability{0};
  world.caller_types[0].redial.keeps_patience = false;
  Draws plain;
  run(world, 3, plain);
  Draws kept;
  run(nobody_answers(true), 3, kept);
  CHECK(plain.waits == kept.waits);
}

TEST_CASE("Each reason for calling again has its own limit") {
  // The first caller holds the only line for ever; all others are blocked.
  OneQueue spec;
  spec.agents = 0;
  spec.lines = 1;
  spec.length = 50h;
  World world = one_queue(spec);
  world.caller_types[0].redial.after_block = {Probability{1}, ConstantLaw{60}, 2};
  world.caller_types[0].redial.after_abandon = {Probability{1}, ConstantLaw{1}, 7};
  Ends blocked;
  run(world, 1, blocked);
  const auto gave_up = blocked.ended[static_cast<std::size_t>(CallerEnd::kGaveUp)];
  const auto another_day = blocked.ended[static_cast<std::size_t>(CallerEnd::kAnotherDay)];
  CHECK(gave_up > 2500);
  CHECK(blocked.ended[static_cast<std::size_t>(CallerEnd::kOpen)] == 1);  // has the line
  CHECK(gave_up + another_day + 1 == blocked.fresh);
  CHECK(blocked.attempts_of_ended <= 3 * (gave_up + another_day) + 1);
  CHECK(blocked.attempts_of_ended >= 3 * gave_up + another_day);

  Ends abandoned;
  run(nobody_answers(false), 1, abandoned);
  const auto left = abandoned.ended[static_cast<std::size_t>(CallerEnd::kGaveUp)];
  CHECK(left > 900);
  CHECK(abandoned.attempts_of_ended >= 5 * left);
}

TEST_CASE("Who hangs up when self-service fails has left the menu, not given up") {
  World world = nobody_answers(false);
  Menu menu;
  menu.name = "menu";
  menu.options = {{"1", Probability{1}, to_self_service(ConstantLaw{30})}};
  menu.options[0].to.served = Probability{0};
  world.menus = {menu};
  world.caller_types[0].enters = to_menu(0);
  REQUIRE(faults(world).empty());
  CHECK(day(world, "left_in_menu") > 0.99);
  CHECK(day(world, "gave_up") == 0);
}

TEST_CASE("Indicators of callers, by hand") {
  const World world = nobody_answers(false);
  CHECK(day(world, "served_in_the_end") == 0);
  CHECK(day(world, "gave_up") + day(world, "another_day") == Approx(1).epsilon(1e-12));
  // Everyone is answered at once: one attempt each, no time between first ring and answer.
  World quiet = world;
  quiet.groups[0].staff = flat(400, 10h);
  CHECK(day(quiet, "served_in_the_end") == 1);
  CHECK(day(quiet, "attempts_per_caller") == 1);
  CHECK(day(quiet, "time_to_answer") == 0);
}

// All lines fail at 1 h; who was cut off calls again a minute after they are back.
TEST_CASE(
    "A matter whose talk broke off is settled by the next talk, where every talk settles it") {
  OneQueue spec;
  spec.agents = 100;
  spec.lines = 100;
  spec.per_hour = 300;
  spec.length = 4h;
  spec.talk = ConstantLaw{300};
  World world = one_queue(spec);
  world.caller_types[0].redial.after_cut = {Probability{1}, ConstantLaw{120}, 1};
  LineOutage outage;
  outage.from = 1h;
  outage.to = 1h + 1min;
  outage.lines = 100;
  outage.cuts = true;
  world.trunks[0].outages = {outage};
  CHECK(day(world, "attempts_per_caller") > 1.01);
  CHECK(day(world, "unresolved_in_the_end") == 0);
  world.caller_types[0].redial.after_cut.share = Probability{0};
  world.caller_types[0].redial.after_abandon = {Probability{1}, ConstantLaw{60},
                                                1};  // nobody waits
  CHECK(day(world, "unresolved_in_the_end") > 0.01);
}

TEST_CASE("Each story ends in exactly one way and attempts add up, in random worlds") {
  std::int64_t stories = 0, again = 0, served = 0, open = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    INFO("random world " << number);
    const Blueprint plan = make_blueprint(random_world(number));
    if (!plan.tracks_callers) continue;
    Centre c = open_centre(plan, 8, number);
    Ends ends;
    Recorder recorder{plan};
    Observers<Ends, Recorder> both{ends, recorder};
    Watched<Observers<Ends, Recorder>> flow{plan, c, both};
    flow.run_out();
    // Whoever is still there is open.
    std::int64_t here = 0;
    for (const Call& call : c.calls) here += call.state != CallState::kFree ? 1 : 0;
    CHECK(ends.ended[static_cast<std::size_t>(CallerEnd::kOpen)] == here);
    CHECK(ends.fresh == ends.all_ended());
    CHECK(ends.attempts == ends.attempts_of_ended);
    open += here;
    const KpiLayout layout{plan};
    ReplicationCounts counts;
    export_counts(recorder, layout, counts);
    const KpiLayout::Row& row = layout.rows()[layout.find(Family::kCallers, {})];
    double callers = 0, tries = 0;
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      callers += counts[row.offset + i * row.width + at(CallerCount::kCallers)];
      tries += counts[row.offset + i * row.width + at(CallerCount::kAttempts)];
    }
    CHECK(callers == static_cast<double>(ends.all_ended()));
    CHECK(tries == static_cast<double>(ends.attempts_of_ended));
    stories += ends.fresh;
    again += ends.attempts - ends.fresh;
    served += ends.served;
  }
  CHECK(stories > 20'000);
  CHECK(again > 3'000);
  CHECK(open > 100);
  CHECK(served > 10'000);
}

}  // namespace callmill::test
