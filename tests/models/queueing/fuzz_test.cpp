// Random inputs over all that a planner may ask: to 20,000 agents, load 0.01 to 5, patience 0.01 to
// 100 handle times or none, T from 0 to a week. No NaN, no share outside 0 .. 1, no inverse beside
// its goal. Fixed seeds; ./dev fuzz goes on for longer.

#include <catch2/catch.hpp>
#include <cmath>

#include "models/queueing/general_service.h"
#include "models/queueing/repeat_calls.h"
#include "tests/draw.h"

using namespace callmill;
using test::Draw;
using test::rounds;

namespace {

constexpr double kWeek = 7 * 86400.0;

QueueInput queue_of(Draw& draw, double fewest_agents) {
  QueueInput in;
  const double handle = draw.log_uniform(1, 3600);
  in.service_rate = 1 / handle;
  in.agents = static_cast<double>(draw.whole(fewest_agents, 20001));
  in.arrival_rate = in.agents * in.service_rate * draw.log_uniform(0.01, 5);
  if (draw.chance(0.85)) in.patience_rate = in.service_rate / draw.log_uniform(0.01, 100);
  if (draw.chance(0.3))
    in.lines = static_cast<std::int64_t>(in.agents) + draw.whole(1, in.agents + 2) - 1;
  in.within = draw.chance(0.2) ? 0 : draw.log_uniform(1e-3, kWeek);
  return in;
}

Law law_of(Draw& draw, double mean) {
  switch (draw.whole(1, 5)) {
    case 1:
      return ConstantLaw{mean};
    case 2:
      return LognormalLaw{mean, mean * draw.log_uniform(0.1, 3)};
    case 3:
      return GammaLaw{mean, draw.log_uniform(0.1, 10)};
    default:
      return ExponentialLaw{mean};
  }
}

// `slack`: of shares that are sums of many.
void check_shares(const QueueResult& q, double slack) {
  for (const double share :
       {q.p_block, q.p_wait, q.p_nowait, q.p_abandon, q.p_served, q.p_wait_gt, q.p_served_le,
        q.p_abandon_le, q.sl_offered, q.sl_accepted, q.sl_excl_short_abandon, q.sl_abandon_ok}) {
    REQUIRE(share >= -slack);
    REQUIRE(share <= 1 + slack);
  }
  for (const double size : {q.mean_queue, q.mean_busy, q.mean_wait_offered}) REQUIRE(size >= 0);
}

void check_ends(const QueueResult& q, double slack) {
  CHECK(q.p_block + q.p_abandon + q.p_served == Approx(1).margin(slack));
}

}  // namespace

TEST_CASE("fuzz: general handle times and patience") {
  Draw draw{41};
  for (int i = 0; i < rounds(150); ++i) {
    const QueueInput base = queue_of(draw, 1);
    ServiceQueueInput in;
    in.agents = base.agents;
    in.arrival_rate = base.arrival_rate;
    in.handle = law_of(draw, 1 / base.service_rate);
    if (base.patience_rate > 0) in.patience.law = law_of(draw, 1 / base.patience_rate);
    if (draw.chance(0.3)) in.patience.balks = draw.uniform(0, 1);
    if (base.patience_rate > 0 && draw.chance(0.2)) in.patience.never_leaves = draw.uniform(0, 1);
    in.lines = base.lines;
    in.within = base.within;
    CAPTURE(i, in.agents, in.arrival_rate, base.service_rate, base.patience_rate, in.lines,
            in.within, in.patience.balks, in.patience.never_leaves);
    const QueueResult q = approximate_queue(in);
    check_shares(q, 1e-9);
    if (std::isfinite(q.mean_wait_offered)) check_ends(q, 1e-9);
  }
}

TEST_CASE("fuzz: callers who come back") {
  Draw draw{42};
  int with_root = 0;
  for (int i = 0; i < rounds(150); ++i) {
    RepeatInput in;
    in.queue = queue_of(draw, 1);
    in.fcr = draw.uniform(0, 1);
    for (double* share : {&in.r_unresolved, &in.r_abandon, &in.r_block})
      *share = draw.chance(0.2) ? 1 : draw.uniform(0, 1);
    CAPTURE(i, in.queue.agents, in.queue.arrival_rate, in.queue.service_rate,
            in.queue.patience_rate, in.queue.lines, in.fcr, in.r_unresolved, in.r_abandon,
            in.r_block);
    const double most = most_first_calls(in);
    REQUIRE(most >= 0);
    const RepeatResult r = solve_repeat_calls(in);
    REQUIRE(r.roots == (in.queue.arrival_rate < most ? 1 : 0));
    if (r.roots == 0) continue;
    ++with_root;
    REQUIRE(r.total_rate >= in.queue.arrival_rate);
    REQUIRE(std::isfinite(r.total_rate));
    CHECK(r.residual < 1e-9);
    check_shares(r.queue, 1e-9);
  }
  CHECK(with_root > rounds(150) / 4);
}

TEST_CASE("fuzz: inverses of large teams") {
  Draw draw{43};
  int found = 0;
  for (int i = 0; i < rounds(60); ++i) {
    QueueInput in = queue_of(draw, 400);
    in.lines = 0;
    in.within = draw.log_uniform(0.01, 10) / in.service_rate;
    const Goal goal =
        draw.chance(0.5) ? Goal{Measure::kServiceLevelAccepted, true, draw.uniform(0.5, 0.999)}
        : draw.chance(0.5)
            ? Goal{Measure::kMeanWaitServed, false, draw.log_uniform(1e-3, 1) / in.service_rate}
            : Goal{Measure::kWait, false, draw.log_uniform(1e-6, 0.9)};
    CAPTURE(i, in.arrival_rate, in.service_rate, in.patience_rate, in.within, goal.value,
            static_cast<int>(goal.measure));
    const auto met = [&](double agents) {
      QueueInput at = in;
      at.agents = agents;
      const double value = value_of(goal.measure, solve_queue(at));
      return goal.at_least ? value >= goal.value : value <= goal.value;
    };
    const std::int64_t agents = agents_for(in, goal);
    REQUIRE(agents >= 1);
    CHECK(met(static_cast<double>(agents)));
    if (agents > 1) CHECK_FALSE(met(static_cast<double>(agents - 1)));
    const double real = agents_for_fractional(in, goal);
    REQUIRE(real > 0);
    CHECK(real <= static_cast<double>(agents) * (1 + 1e-9));
    if (agents > 1) CHECK(real >= static_cast<double>(agents - 1) * (1 - 1e-9));
    // What is found the other way is at the goal: on its met side, within 1e-6 of it.
    const double rate = arrival_rate_for(in, goal);
    if (std::isnan(rate)) continue;
    ++found;
    in.arrival_rate = rate;
    CHECK(value_of(goal.measure, solve_queue(in)) ==
          Approx(goal.value).epsilon(1e-6).margin(1e-12));
  }
  CHECK(found > rounds(60) / 2);
}
