// Repeat calls: every row of golden/fcr.csv, and when there is a fixed point.

#include "models/queueing/repeat_calls.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/queueing/golden.h"

namespace callmill::test {

TEST_CASE("Repeat calls: every row of golden/fcr.csv") {
  Comparison all{"fcr.csv"};
  for (const GoldenRow& row : read_golden("fcr.csv")) {
    RepeatInput in;
    in.queue.agents = row.number("n");
    in.queue.arrival_rate = row.number("lam0");
    in.queue.service_rate = row.number("mu");
    in.queue.patience_rate = row.number("theta");
    in.queue.lines = static_cast<std::int64_t>(row.number("K"));
    in.queue.within = row.number("t");
    in.fcr = row.number("fcr");
    in.r_unresolved = row.number("r_unresolved");
    in.r_abandon = row.number("r_ab");
    in.r_block = row.number("r_block");
    const RepeatResult r = solve_repeat_calls(in);
    CHECK(r.roots == 1);
    CHECK(r.residual < 1e-14);
    all.check(row, "lam_tot", r.total_rate);
    all.check(row, "inflation", r.inflation);
    all.check(row, "repeat_frac", r.repeat_share);
    all.check(row, "resolved_per_fresh", r.resolved_share);
    all.check(row, "p_block", r.queue.p_block);
    all.check(row, "p_wait", r.queue.p_wait);
    all.check(row, "p_ab", r.queue.p_abandon);
    all.check(row, "p_served", r.queue.p_served);
    all.check(row, "EQ", r.queue.mean_queue);
    all.check(row, "occ", r.queue.occupancy);
    all.check(row, "EW_served", r.queue.mean_wait_served);
    all.check(row, "SL_offered", r.queue.sl_offered);
    all.check(row, "SL_answered", r.queue.sl_answered);
    all.check(row, "SL_excl_short_ab", r.queue.sl_excl_short_abandon);
  }
  INFO(all.summary());
  CHECK(all.failures() == "");
  CHECK(all.cells() == 25 * 14);
}

TEST_CASE("Repeat calls: one fixed point below the limit, none from there on") {
  RepeatInput in;
  in.queue.agents = 10;
  in.queue.service_rate = 1;
  in.queue.patience_rate = 0.5;
  in.queue.lines = 20;
  in.fcr = 0.75;
  in.r_unresolved = 0.8;
  in.r_abandon = 0.6;
  in.r_block = 1;
  // Served for good 10 (1 - 0.25 0.8), given up for good 10 0.5 0.4.
  CHECK(most_first_calls(in) == Approx(8.0 + 2.0));
  for (const double share : {0.1, 0.9, 0.999}) {
    in.queue.arrival_rate = share * 10;
    const RepeatResult r = solve_repeat_calls(in);
    CHECK(r.roots == 1);
    CHECK(r.residual < 1e-13);
    // Every matter ends: settled, left open by the served, given up.
    const QueueResult& q = r.queue;
    const double settled = q.p_served * in.fcr + q.p_served * 0.25 * 0.2 + q.p_abandon * 0.4;
    CHECK(r.inflation * settled == Approx(1).epsilon(1e-12));
  }
  // A last bit below the limit no root can be told.
  in.queue.arrival_rate = std::nextafter(most_first_calls(in), 0.0);
  CHECK(solve_repeat_calls(in).roots == 0);
  in.queue.arrival_rate = 10.0001;
  CHECK(solve_repeat_calls(in).roots == 0);
  CHECK(std::isnan(solve_repeat_calls(in).total_rate));
  in.r_block = 0.999;
  CHECK(std::isinf(most_first_calls(in)));
  CHECK(solve_repeat_calls(in).roots == 1);
  in.queue.lines = 0;  // nobody is blocked: who gives up leaves
  CHECK(std::isinf(most_first_calls(in)));
  in.r_abandon = 1;
  CHECK(most_first_calls(in) == Approx(8));
}

// The monotone flows that make the root the only one, over a grid of loads, patience and lines.
TEST_CASE("Repeat calls: calls that leave for good grow with all calls") {
  for (const double theta : {0.0, 0.2, 5.0})
    for (const std::int64_t lines : {8, 12, 60}) {
      double served = 0, abandoned = 0, blocked = 0;
      for (double rate = 0.5; rate < 100; rate *= 1.3) {
        const QueueResult q = solve_queue({8, rate, 1, theta, lines, 0});
        CHECK(rate * q.p_served >= served);
        CHECK(rate * q.p_abandon >= abandoned);
        CHECK(rate * q.p_block >= blocked);
        served = rate * q.p_served * (1 - 1e-12);
        abandoned = rate * q.p_abandon * (1 - 1e-12);
        blocked = rate * q.p_block * (1 - 1e-12);
      }
    }
}

}  // namespace callmill::test
