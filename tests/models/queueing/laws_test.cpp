// What holds for every queue: conservation, bounds, Little's law, order of the service levels,
// agreement with the brute-force chain, and continuity in fractional agents. Random inputs, fixed
// seed.

#include <catch2/catch.hpp>
#include <cmath>

#include "models/queueing/erlang.h"
#include "models/queueing/special.h"
#include "tests/draw.h"
#include "tests/models/queueing/chain.h"

using namespace callmill;

namespace {

using test::Draw;

bool is_share(double p) {
  return p >= 0 && p <= 1;
}

void check_laws(const QueueInput& in, const QueueResult& q) {
  CAPTURE(in.agents, in.arrival_rate, in.service_rate, in.patience_rate, in.lines, in.within);
  const double shares[] = {q.p_block,
                           q.p_wait,
                           q.p_nowait,
                           q.p_abandon,
                           q.p_served,
                           q.p_wait_gt,
                           q.p_served_gt,
                           q.p_abandon_gt,
                           q.p_served_le,
                           q.p_abandon_le,
                           q.sl_offered,
                           q.sl_accepted,
                           q.sl_answered,
                           q.sl_abandon_ok,
                           q.occupancy,
                           q.p_offered_wait_gt,
                           q.sl_excl_short_abandon};
  for (const double share : shares) {
    if (!is_share(share)) FAIL("not a share: " << share);
  }
  const bool laws =
      std::abs(q.p_block + q.p_abandon + q.p_served - 1) < 1e-11 &&
      std::abs(q.p_block + q.p_wait + q.p_nowait - 1) < 1e-11 &&
      std::abs(q.p_served_le + q.p_served_gt - q.p_served) < 1e-11 &&
      std::abs(q.p_abandon_le + q.p_abandon_gt - q.p_abandon) < 1e-11 &&
      q.sl_offered <= q.sl_accepted * (1 + 1e-12) && q.sl_accepted <= q.sl_answered * (1 + 1e-12) &&
      q.sl_accepted <= q.sl_excl_short_abandon * (1 + 1e-12) &&
      q.sl_excl_short_abandon <= q.sl_abandon_ok * (1 + 1e-12) && q.var_queue >= 0 &&
      std::isfinite(q.mean_queue) && q.mean_wait_served >= 0 && std::isfinite(q.var_queue) &&
      std::isfinite(q.log10_wait) == (in.lines == 0 || static_cast<double>(in.lines) > in.agents);
  CHECK(laws);
}

}  // namespace

TEST_CASE("conservation and bounds hold over the whole range of inputs") {
  Draw draw(20240501);
  for (int i = 0; i < 4000; ++i) {
    QueueInput in;
    in.agents = static_cast<double>(draw.whole(1, 20001));
    in.service_rate = 1 / draw.log_uniform(10, 3600);
    in.arrival_rate = in.agents * in.service_rate * draw.log_uniform(0.01, 5);
    in.patience_rate = in.service_rate / draw.log_uniform(0.01, 100);
    in.within = i % 5 == 0 ? 0 : draw.log_uniform(0.01, 604800);
    if (i % 7 == 0) in.patience_rate = in.service_rate * draw.log_uniform(1e-14, 1e8);
    if (i % 3 == 0) {
      const double room = std::floor(draw.log_uniform(1, 2 * in.agents)) - 1;
      in.lines = static_cast<std::int64_t>(in.agents + room);
      if (i % 6 == 0) in.patience_rate = 0;
    }
    check_laws(in, solve_queue(in));
  }
}

TEST_CASE("a full waiting room far above the agents keeps its wait law") {
  // The density climbs straight for 16,000 nats before it turns: the search for its mode must not
  // stop on the slope.
  const QueueInput in{18901, 14.836687339575594, 0.00052045140612082068, 0, 63444, 0.001076};
  const QueueResult q = solve_queue(in);
  check_laws(in, q);
  CHECK(q.p_block ==
        Approx(1 - 18901 * 0.00052045140612082068 / 14.836687339575594).epsilon(1e-12));
  CHECK(q.mean_queue ==
        Approx(63444 - 18901 - 1 / (14.836687339575594 / (18901 * 0.00052045140612082068) - 1))
            .epsilon(1e-9));
}

TEST_CASE("a wait limit beyond any wait changes nothing") {
  const QueueResult far = solve_queue({1, 52.7, 1, 0, 55, 1e21});
  const QueueResult near = solve_queue({1, 52.7, 1, 0, 55, 1e4});
  CHECK(far.p_served_le == Approx(near.p_served_le).epsilon(1e-12));
  CHECK(far.p_wait_gt == 0);
  CHECK(near.p_wait_gt == 0);
}

TEST_CASE("small queues agree with the brute-force chain") {
  Draw draw(7);
  for (int i = 0; i < 300; ++i) {
    const int n = static_cast<int>(draw.whole(1, 12));
    const int lines = n + static_cast<int>(draw.whole(1, 30)) - 1;
    const double mu = draw.log_uniform(0.5, 2);
    const double lambda = n * mu * draw.log_uniform(0.2, 4);
    const double theta = i % 4 == 0 ? 0 : mu * draw.log_uniform(0.05, 5);
    const double within = i % 5 == 0 ? 0 : draw.log_uniform(0.01, 3);
    const QueueResult q = solve_queue({static_cast<double>(n), lambda, mu, theta, lines, within});
    const auto c = test::solve_chain(n, lines, lambda, mu, theta, within);
    CAPTURE(n, lines, mu, lambda, theta, within);
    CHECK(q.p_block == Approx(c.p_block).epsilon(1e-11));
    CHECK(q.p_wait == Approx(c.p_wait).epsilon(1e-11).margin(1e-13));
    CHECK(q.p_abandon == Approx(c.p_abandon).epsilon(1e-11).margin(1e-13));
    CHECK(q.p_served == Approx(c.p_served).epsilon(1e-11));
    CHECK(q.mean_queue == Approx(c.mean_queue).epsilon(1e-11).margin(1e-13));
    CHECK(q.var_queue == Approx(c.var_queue).epsilon(1e-10).margin(1e-12));
    CHECK(q.mean_busy == Approx(c.mean_busy).epsilon(1e-11));
    CHECK(q.p_served_le == Approx(c.p_served_le).epsilon(1e-11));
    CHECK(q.p_abandon_le == Approx(c.p_abandon_le).epsilon(1e-10).margin(1e-13));
  }
}

TEST_CASE("many lines are no limit, and vanishing impatience is none") {
  const QueueInput open{50, 45, 1, 0.3, 0, 0.2};
  QueueInput lined = open;
  lined.lines = 5000;
  CHECK(solve_queue(lined).sl_offered == Approx(solve_queue(open).sl_offered).epsilon(1e-13));
  CHECK(solve_queue(lined).var_queue == Approx(solve_queue(open).var_queue).epsilon(1e-11));
  const QueueInput patient{50, 45, 1, 0, 0, 0.2};
  QueueInput nearly = patient;
  nearly.patience_rate = 1e-13;
  const QueueResult c = solve_queue(patient);
  const QueueResult a = solve_queue(nearly);
  CHECK(a.p_wait == Approx(c.p_wait).epsilon(1e-11));
  CHECK(a.mean_queue == Approx(c.mean_queue).epsilon(1e-11));
  CHECK(a.var_queue == Approx(c.var_queue).epsilon(1e-11));
  CHECK(a.p_wait_gt == Approx(c.p_wait_gt).epsilon(1e-11));
}

TEST_CASE("an overloaded queue of patient callers has no steady state") {
  const QueueResult q = solve_queue({10, 11, 1, 0, 0, 20});
  CHECK(q.p_wait == 1);
  CHECK(std::isinf(q.mean_wait_served));
  CHECK(q.sl_offered == 0);
  CHECK(q.occupancy == 1);
  CHECK(agents_for({0, 11, 1, 0, 0, 0.3}, {Measure::kServiceLevel, true, 0.8}) > 11);
}

TEST_CASE("fractional agents continue the whole ones, smoothly and rising") {
  for (const double theta : {0.0, 0.2, 4.0}) {
    for (const double load : {0.7, 8.3, 95.0}) {
      double before = -1;
      double before_b = 2;
      for (int step = 1; step <= 400; ++step) {
        const double n = load * (0.5 + step * 0.0025) + (theta == 0 ? 0.51 * load : 0);
        const QueueResult q = solve_queue({n, load, 1, theta, 0, 0.1});
        const double b = erlang_b_fractional(n, load);
        // Beyond 0.999 neighbours may be equal to the last bit.
        CHECK((q.sl_offered > before || (before > 0.999 && q.sl_offered > before - 1e-14)));
        CHECK(b < before_b);
        before = q.sl_offered;
        before_b = b;
      }
      const double whole = std::ceil(load * 1.05);
      const double at = solve_queue({whole, load, 1, theta, 0, 0.1}).sl_offered;
      const double beside = solve_queue({whole + 1e-9, load, 1, theta, 0, 0.1}).sl_offered;
      CHECK(beside == Approx(at).epsilon(1e-8));
      CHECK(erlang_b_fractional(whole, load) ==
            Approx(erlang_b(static_cast<std::int64_t>(whole), load).blocking).epsilon(1e-14));
      // Erlang's recursion holds between n and n + 1 for every real n.
      const double b = erlang_b_fractional(whole - 0.4, load);
      CHECK(erlang_b_fractional(whole + 0.6, load) ==
            Approx(load * b / (whole + 0.6 + load * b)).epsilon(1e-13));
    }
  }
}

TEST_CASE("the loss system agrees with Erlang's recursion for every n and load") {
  for (const double load : {1e-6, 0.3, 1.0, 17.0, 99.5, 101.0, 450.0, 1e5}) {
    double b = 1;
    for (int n = 1; n <= 1500 && b > 1e-290; ++n) {
      b = load * b / (n + load * b);
      const ErlangB got = erlang_b(n, load);
      if (std::abs(got.blocking - b) > 2e-12 * b ||
          std::abs(got.one_minus_blocking + got.blocking - 1) > 1e-15) {
        CAPTURE(n, load, b, got.blocking);
        FAIL("Erlang B");
      }
    }
  }
  CHECK(erlang_b(0, 3.0).blocking == 1);
  CHECK(erlang_b(3, 1e300).blocking == 1);
}

TEST_CASE("inverses undo the forward answers") {
  Draw draw(11);
  for (int i = 0; i < 60; ++i) {
    const double n = static_cast<double>(draw.whole(1, 400));
    const double load = n * draw.log_uniform(0.4, 2.0);
    QueueInput in{n, load / 180, 1.0 / 180, 1 / draw.log_uniform(30, 600), 0, 20};
    CAPTURE(n, in.arrival_rate, in.patience_rate);
    const auto blocking = erlang_b(static_cast<std::int64_t>(n), load).blocking;
    CHECK(load_for_erlang_b(static_cast<std::int64_t>(n), blocking) == Approx(load).epsilon(1e-10));
    const QueueResult q = solve_queue(in);
    const Goal goal{Measure::kAbandon, false, q.p_abandon};
    CHECK(arrival_rate_for(in, goal) == Approx(in.arrival_rate).epsilon(1e-10));
    CHECK(handle_time_for(in, goal) == Approx(180).epsilon(1e-10));
    const Goal wait{Measure::kMeanWaitOffered, false, q.mean_wait_offered};
    CHECK(patience_for(in, wait) == Approx(1 / in.patience_rate).epsilon(1e-9));
    CHECK(agents_for_fractional(in, goal) == Approx(n).epsilon(1e-10));
    Goal looser = goal;
    looser.value *= 1 + 1e-9;
    CHECK(agents_for(in, looser) == static_cast<std::int64_t>(n));
    const std::int64_t lines = lines_for(in, 0.01);
    in.lines = lines;
    CHECK(solve_queue(in).p_block <= 0.01);
    if (static_cast<double>(lines) > n) {
      in.lines = lines - 1;
      CHECK(solve_queue(in).p_block > 0.01);
    }
  }
}

TEST_CASE("goals that nothing meets say so") {
  const QueueInput in{10, 20, 1, 0, 0, 0.1};
  CHECK(lines_for(in, 0.1) == -1);
  CHECK(agents_for(in, {Measure::kServiceLevel, true, 1.5}) == -1);
  CHECK(std::isnan(agents_for_fractional(in, {Measure::kServiceLevel, true, 1.5})));
  CHECK(std::isnan(arrival_rate_for(in, {Measure::kServiceLevel, true, 1.5})));
  CHECK(std::isnan(load_for_erlang_b(5, 1.0)));
  CHECK(lines_for_erlang_b(5, 0) == -1);
  CHECK(lines_for_erlang_b(5, 1) == 0);
}

TEST_CASE("special functions keep relative accuracy at both ends") {
  CHECK(exp_minus_1_minus(1e-10) == Approx(5e-21 * (1 + 1e-10 / 3)).epsilon(1e-14).margin(0));
  CHECK(exp_minus_1_minus(-1e-5) == Approx(4.99998333337500e-11).epsilon(1e-13).margin(0));
  CHECK(exp_minus_1_minus(0.7) == Approx(exp_minus_1_minus(std::nextafter(0.7, 1))).epsilon(1e-14));
  CHECK(minus_log1p(1e-9) == Approx(4.9999999966666667e-19).epsilon(1e-13).margin(0));
  CHECK(minus_log1p(0.25) == Approx(0.25 - std::log(1.25)).epsilon(1e-13));
  CHECK(minus_log1p(-0.9) == Approx(-0.9 - std::log(0.1)).epsilon(1e-14));
  CHECK(log_poisson(1e6, 1e6) == Approx(-0.5 * std::log(2 * M_PI * 1e6)).epsilon(1e-7));
  CHECK(log_poisson(3, 2.5) == Approx(std::log(2.5 * 2.5 * 2.5 / 6) - 2.5).epsilon(1e-14));
  CHECK(log_poisson(0, 2.5) == -2.5);
}
