// Seeded centres: in a Markov centre exact, in all centres lawful, and from a running centre's own
// state futures like those that it has itself.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "base/stats/tally.h"
#include "engine/centre/placing.h"
#include "engine/live/figures.h"
#include "engine/live/seed.h"
#include "models/transient/transient.h"
#include "tests/engine/centre/random_world.h"
#include "tests/engine/centre/rich_world.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

using live::Seeds;
using live::Situation;

std::uint32_t inside(const Centre& c) {
  return c.trunks[0].in_use;
}

// Runs on to `until` without looking.
void run_on(const Blueprint& plan, Centre& centre, SimTime until) {
  Observer nobody;
  Flow<Observer>{plan, centre, nobody}.run_until(until);
}

// So far from the mean that it happens once in 100,000 (normal law, both sides).
constexpr double kFar = 4.42;

World markov() {
  OneQueue spec;
  spec.agents = 8;
  spec.lines = 30;
  spec.per_hour = 150;
  spec.talk = ExponentialLaw{180};
  spec.patience = ExponentialLaw{120};
  spec.length = 4h;
  return one_queue(spec);
}

// `calls` of them inside since times that tell nothing, for nothing has a memory.
Situation crowd(SimTime at, std::uint32_t calls) {
  Situation s;
  s.at = at;
  for (std::uint32_t i = 0; i < calls; ++i) {
    if (i < 8)
      s.talks.push_back({0, 0, at - 17s * (i + 1)});
    else
      s.waiting.push_back({0, at - 31s * (calls - i)});
  }
  return s;
}

}  // namespace

TEST_CASE("A seeded Markov centre is the transient chain from that state") {
  const World world = markov();
  const Blueprint plan = make_blueprint(world);
  const SimTime at = kStart + 1h;
  constexpr int kFutures = 3000;
  for (const std::uint32_t calls : {0u, 5u, 8u, 14u}) {
    const Seeds seeds{world, plan, crowd(at, calls)};
    REQUIRE(inside(seeds.future(0).centre) == calls);
    TransientInput in;
    in.service_rate = 1.0 / 180;
    in.patience_rate = 1.0 / 120;
    in.lines = 30;
    in.calls_at_start = calls;
    in.pieces = {{60, 150.0 / 3600, 8}, {240, 150.0 / 3600, 8}};
    const TransientResult exact = solve_transient(in);
    Tally after_1, after_5;
    for (int r = 0; r < kFutures; ++r) {
      Snapshot future = seeds.future(r);
      REQUIRE((r > 20 || broken_laws(plan, future.centre).empty()));
      run_on(plan, future.centre, at + 60s);
      after_1.add(inside(future.centre));
      run_on(plan, future.centre, at + 300s);
      after_5.add(inside(future.centre));
    }
    INFO("calls at the start " << calls);
    const auto close = [&](const Tally& tally, double mean) {
      INFO(tally.mean() << " against " << mean);
      CHECK(std::abs(tally.mean() - mean) <=
            kFar * std::sqrt(tally.variance() / kFutures) + exact.left_out);
    };
    close(after_1, exact.intervals[0].end_in_system);
    close(after_5, exact.intervals[1].end_in_system);
  }
}

TEST_CASE("What is left of a time is drawn by the law given how long it has lasted") {
  const Sampler law{LognormalLaw{180, 150}};
  const auto draw = [&](double u) { return law.draw(u); };
  const LognormalLaw plain{180, 150};
  for (const double passed : {1.0, 60.0, 180.0, 900.0}) {
    const double gone = cdf(plain, passed);
    for (const double u : {0.001, 0.2, 0.5, 0.9, 0.999}) {
      const auto length = draw_beyond(draw, from_seconds(passed), u);
      REQUIRE(length);
      CHECK(*length > from_seconds(passed));
      // F(length) = F(w) + u (1 - F(w)); the sampler is within 1e-6 of the mean or value.
      const double wanted = quantile(plain, gone + u * (1 - gone), (1 - u) * (1 - gone));
      CHECK(to_seconds(*length) == Approx(wanted).epsilon(3e-6).margin(1e-3));
    }
  }
  const Sampler constant{ConstantLaw{300}};
  const auto always = [&](double u) { return constant.draw(u); };
  CHECK(draw_beyond(always, 100s, 0.3) == std::optional<SimDuration>{300s});
  CHECK(!draw_beyond(always, 300s, 0.3));
  // Of an exponential time the rest is as the whole: 64 parts leave the mean within 2%.
  const Sampler exponential{ExponentialLaw{100}};
  double sum = 0;
  constexpr int kGrid = 200;
  for (int i = 0; i < kGrid; ++i)
    for (int j = 0; j < kGrid; ++j)
      sum += to_seconds(draw_rest([&](double u) { return exponential.draw(u); }, (i + 0.5) / kGrid,
                                  (j + 0.5) / kGrid));
  CHECK(sum / kGrid / kGrid == Approx(100).epsilon(0.02));
}

TEST_CASE("A constant talk ends when it must; longer than the law allows, it begins anew") {
  World world = markov();
  world.caller_types[0].talk = ConstantLaw{300};
  const Blueprint plan = make_blueprint(world);
  Situation s;
  s.at = kStart + 2h;
  s.talks.push_back({0, 0, s.at - 100s});
  s.talks.push_back({0, 0, s.at - 400s});
  const Seeds seeds{world, plan, s};
  CHECK(seeds.report().beyond_law == 1);
  const Snapshot future = seeds.future(7);
  std::vector<SimTime> ends;
  for (std::uint32_t a = 0; a < plan.agents(); ++a)
    if (future.centre.agents[a].state == AgentState::kTalk)
      ends.push_back(future.centre.calendar.time_of(plan.agent_slot(a)));
  std::sort(ends.begin(), ends.end());
  CHECK(ends == std::vector<SimTime>{s.at + 200s, s.at + 300s});
}

TEST_CASE("People who are there beyond the roster, or are not there") {
  World world = markov();
  world.groups[0].staff = {1h, {8, 5, 5, 5}};
  const Blueprint plan = make_blueprint(world);
  Situation s = crowd(kStart + 90min, 3);
  s.groups.assign(1, {});
  const auto present = [&](const Centre& c) {
    return std::count_if(c.agents.begin(), c.agents.end(),
                         [](const Agent& a) { return a.state != AgentState::kOff; });
  };
  s.groups[0].available = 4;
  {
    const Seeds seeds{world, plan, s};
    CHECK(seeds.report().groups[0].rostered == 5);
    CHECK(seeds.report().groups[0].extra == 2);
    CHECK(present(seeds.future(0).centre) == 7);
  }
  s.groups[0].available = 0;
  s.groups[0].aux = 1;
  {
    const Seeds seeds{world, plan, s};
    CHECK(seeds.report().groups[0].absent == 1);
    CHECK(seeds.report().groups[0].in_aux == 1);
    Snapshot future = seeds.future(0);
    CHECK(broken_laws(plan, future.centre).empty());
    CHECK(present(future.centre) == 4);
    // Comes back from aux; who is absent does not.
    run_on(plan, future.centre, s.at + 11min);
    CHECK(present(future.centre) == 4);
    CHECK(std::count_if(future.centre.agents.begin(), future.centre.agents.end(),
                        [](const Agent& a) { return a.state == AgentState::kAux; }) == 0);
  }
  s.groups[0].available = 20;
  CHECK(Seeds{world, plan, s}.report().groups[0].lacking == 3 + 20 - 8);
}

TEST_CASE("Talks in hand have kept people busy since they began, in each interval") {
  const World world = markov();  // 8 people, intervals of an hour
  const Blueprint plan = make_blueprint(world);
  Situation s;
  s.at = kStart + 80min;
  for (int i = 0; i < 4; ++i) s.talks.push_back({0, 0, kStart + 50min});
  const Snapshot future = Seeds{world, plan, s}.future(0);
  const auto occupancy = [&](std::uint32_t interval) {
    return live::figures(future.recorder, {ScopeKind::kGroup, 0}, {interval, interval + 1}, s.at)
        .occupancy;
  };
  CHECK(occupancy(0) == Approx(4 * 10.0 / (8 * 60)).epsilon(1e-4));
  CHECK(occupancy(1) == Approx(4.0 / 8).epsilon(1e-4));
}

TEST_CASE("The calls so far are counted as they were, those inside once") {
  const bool menu = GENERATE(false, true);
  World world = markov();
  if (menu) {
    Menu welcome;
    welcome.name = "welcome";
    welcome.prompt = ConstantLaw{120};
    welcome.options = {{"1", Probability{1.0}, to_queue(0)}};
    world.menus.push_back(std::move(welcome));
    world.caller_types[0].enters = to_menu(0);
  }
  const Blueprint plan = make_blueprint(world);
  const Snapshot noon = take_snapshot(plan, 5, 0, kStart + 150min);
  const Situation seen = live::situation_of(plan, noon.centre, &noon.recorder);
  REQUIRE(seen.so_far.size() == 3);
  CHECK(seen.menus.empty() != menu);
  const Seeds seeds{world, plan, seen};
  const Snapshot future = seeds.future(3);
  const Situation again = live::situation_of(plan, future.centre, &future.recorder);
  CHECK(again.waiting.size() == seen.waiting.size());
  CHECK(again.talks.size() == seen.talks.size());
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& was = seen.so_far[i];
    const auto& is = again.so_far[i];
    CHECK(is.calls == was.calls);
    CHECK(is.blocked == was.blocked);
    CHECK(is.queues[0].offered == was.queues[0].offered);
    CHECK(is.queues[0].answered == was.queues[0].answered);
    CHECK(is.queues[0].answered_within == was.queues[0].answered_within);
    CHECK(is.queues[0].abandoned == was.queues[0].abandoned);
    // Of talks in hand the end is drawn anew.
    if (i == 0) CHECK(is.queues[0].talk_s == Approx(was.queues[0].talk_s).epsilon(1e-6));
  }
}

TEST_CASE("From a running centre's state come futures like its own") {
  // Laws with memory: each day once as it was, once seeded at noon from what could be seen of it.
  World world = markov();
  world.caller_types[0].talk = LognormalLaw{170, 220};
  world.caller_types[0].patience = WeibullLaw{150, 0.6};
  const Blueprint plan = make_blueprint(world);
  const SimTime noon = kStart + 2h;
  constexpr int kDays = 2000;
  Tally difference, there;
  for (int day = 0; day < kDays; ++day) {
    Snapshot at_noon = take_snapshot(plan, 77, day, noon);
    live::SeedOptions options;
    options.seed = static_cast<std::uint64_t>(day);
    const Seeds seeds{world, plan, live::situation_of(plan, at_noon.centre), options};
    Snapshot seeded = seeds.future(0);
    // While those who were there are still of weight.
    run_on(plan, at_noon.centre, noon + 3min);
    run_on(plan, seeded.centre, noon + 3min);
    difference.add(static_cast<double>(inside(at_noon.centre)) - inside(seeded.centre));
    there.add(static_cast<double>(inside(at_noon.centre)));
  }
  INFO("difference " << difference.mean() << " of " << there.mean());
  CHECK(std::abs(difference.mean()) <= kFar * std::sqrt(difference.variance() / kDays));
}

TEST_CASE("Whatever the centre, a seeded one holds its laws and runs to its end") {
  for (std::uint64_t number = 0; number < 24; ++number) {
    const World world = random_world(number);
    INFO("world " << number);
    const Blueprint plan = make_blueprint(world);
    const SimTime at = kStart + plan.horizon / 2;
    const Snapshot then = take_snapshot(plan, number, 0, at);
    const Situation seen = live::situation_of(plan, then.centre, &then.recorder);
    REQUIRE(live::faults(plan, seen).empty());
    const Seeds seeds{world, plan, seen};
    for (int r = 0; r < 3; ++r) {
      Snapshot future = seeds.future(r);
      CHECK(fingerprint(future.centre) == fingerprint(seeds.future(r).centre));
      const auto broken = broken_laws(plan, future.centre);
      if (!broken.empty()) FAIL_CHECK(broken.front());
      Flow<Recorder> flow{plan, future.centre, future.recorder};
      flow.run_out();
      CHECK(inside(future.centre) == 0);
    }
  }
}

TEST_CASE("The same with every part that a centre can have") {
  for (std::uint8_t feature = 0; feature < kFeatures; ++feature) {
    if (static_cast<Feature>(feature) == Feature::kDays) continue;
    std::vector<std::uint16_t> tape;
    for (int i = 0; i < 300; ++i)
      tape.push_back(static_cast<std::uint16_t>(mix64(feature * 1000u + i) >> 48));
    const World world = rich_world(tape, {feature});
    INFO(in_words({feature}));
    const Blueprint plan = make_blueprint(world);
    const Snapshot then = take_snapshot(plan, feature, 0, kStart + plan.horizon / 2);
    const Situation seen = live::situation_of(plan, then.centre, &then.recorder);
    REQUIRE(live::faults(plan, seen).empty());
    const Seeds seeds{world, plan, seen};
    Snapshot future = seeds.future(1);
    const auto broken = broken_laws(plan, future.centre);
    if (!broken.empty()) FAIL_CHECK(broken.front());
    Flow<Recorder> flow{plan, future.centre, future.recorder};
    flow.run_out();
    const auto after = broken_laws(plan, future.centre);
    if (!after.empty()) FAIL_CHECK(after.front());
  }
}

}  // namespace callmill::test
