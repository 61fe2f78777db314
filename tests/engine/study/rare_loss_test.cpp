// Losses that plain days do not show, against the closed form.

#include "engine/study/rare_loss.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "models/queueing/erlang.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

// 20 agents, load 17. Patience of a handle time makes the lines an Erlang loss system: whether a
// call waits or talks, it leaves at the same rate.
constexpr double kLoad = 17;

World queue_with(std::int64_t lines) {
  OneQueue spec;
  spec.agents = 20;
  spec.lines = lines;
  spec.per_hour = kLoad * 20;
  spec.talk = ExponentialLaw{180};
  spec.patience = ExponentialLaw{180};
  spec.length = 48h;
  spec.interval = 12h;
  return one_queue(spec);
}

RareLossOptions options_of(std::int64_t replications) {
  RareLossOptions options;
  options.replications = replications;
  options.seed = 5;
  options.confidence = 0.999;
  return options;
}

bool holds(const Estimate& e, double value) {
  return e.ci_low <= value && value <= e.ci_high;
}

}  // namespace

TEST_CASE("A loss rate of 5e-6 is that of Erlang") {
  const Blueprint plan = make_blueprint(queue_with(38));
  const RareLoss rare = rare_loss(plan, options_of(60));
  const double exact = erlang_b(38, kLoad).blocking;
  CAPTURE(exact, rare.loss_rate.value, rare.loss_rate.ci_low, rare.loss_rate.ci_high);
  CHECK(exact < 1e-5);
  CHECK(holds(rare.loss_rate, exact));
  CHECK(rare.loss_rate.ci_high - rare.loss_rate.ci_low < exact);  // it says something
  CHECK(rare.levels.size() >= 4);
  CHECK(rare.gain > 5);  // plain days of the same work see 0.2 losses a day
  CHECK(rare.blocked > 1000);
}

TEST_CASE("No levels, however chosen, make a bias") {
  const World world = queue_with(24);
  const Blueprint plan = make_blueprint(world);
  const double exact = erlang_b(24, kLoad).blocking;
  for (const std::vector<std::uint32_t>& levels :
       {std::vector<std::uint32_t>{24}, {5, 9, 13}, {21, 22, 23, 24}}) {
    RareLossOptions options = options_of(40);
    options.levels = levels;
    options.ways = 3;
    const RareLoss rare = rare_loss(plan, options);
    CAPTURE(levels.front(), exact, rare.loss_rate.value);
    CHECK(holds(rare.loss_rate, exact));
    CHECK(rare.loss_rate.ci_high - rare.loss_rate.ci_low < exact / 2);
    CHECK(rare.levels == levels);
  }
}

TEST_CASE("Threads do not change a rare loss rate") {
  const Blueprint plan = make_blueprint(queue_with(32));
  RareLossOptions options = options_of(7);
  options.threads = 1;
  const RareLoss one = rare_loss(plan, options);
  options.threads = 3;
  const RareLoss three = rare_loss(plan, options);
  CHECK(one.loss_rate.value == three.loss_rate.value);
  CHECK(one.loss_rate.ci_low == three.loss_rate.ci_low);
  CHECK(one.events == three.events);
  CHECK(one.levels == three.levels);
}

TEST_CASE("Interrupted at once, a rare loss rate says nothing") {
  const std::atomic<bool> stop{true};
  RareLossOptions options = options_of(7);
  options.levels = {24};
  const RareLoss none = rare_loss(make_blueprint(queue_with(24)), options, {}, &stop);
  CHECK(none.interrupted);
  CHECK(none.loss_rate.n == 0);
  CHECK(std::isnan(none.loss_rate.value));
}

}  // namespace callmill::test
