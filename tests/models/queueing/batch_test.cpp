// Batches against one answer at a time, and the two copies of the vector loop against each other.

#include "models/queueing/batch.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "models/queueing/tilted_sums.h"

using namespace callmill;

namespace {

std::vector<double> fields(const QueueResult& q) {
  return {q.p_wait,
          q.p_nowait,
          q.p_abandon,
          q.p_served,
          q.log10_wait,
          q.mean_queue,
          q.var_queue,
          q.mean_busy,
          q.occupancy,
          q.mean_wait_offered,
          q.mean_wait_served,
          q.mean_wait_abandoned,
          q.mean_wait_waiters,
          q.p_offered_wait_gt,
          q.p_wait_gt,
          q.p_served_gt,
          q.p_abandon_gt,
          q.p_served_le,
          q.p_abandon_le,
          q.sl_offered,
          q.sl_accepted,
          q.sl_answered,
          q.sl_excl_short_abandon,
          q.sl_abandon_ok,
          q.p_abandon_given_wait};
}

bool same(double a, double b, double tolerance) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return a == b || std::abs(a - b) <= tolerance * std::abs(b) + 1e-290;
}

}  // namespace

TEST_CASE("A sweep over agents says what each queue says alone") {
  std::mt19937_64 engine(4);
  const auto log_uniform = [&](double low, double high) {
    return low * std::pow(high / low, static_cast<double>(engine() >> 11) * 0x1.0p-53);
  };
  double worst = 0;
  for (int i = 0; i < 120; ++i) {
    QueueInput base;
    base.service_rate = 1 / log_uniform(10, 3600);
    const double load = log_uniform(0.5, 20000);
    base.arrival_rate = load * base.service_rate;
    base.patience_rate = i % 10 == 0 ? 0 : base.service_rate / log_uniform(0.01, 100);
    base.agents = std::max(1.0, std::floor(load * log_uniform(0.2, 2)));
    base.within = i % 4 == 0   ? 0
                  : i % 7 == 0 ? log_uniform(1, 604800)
                               : log_uniform(0.01, 30) / base.service_rate / std::sqrt(load);
    std::vector<QueueResult> all(70);
    sweep_agents(base, all);
    for (std::size_t k = 0; k < all.size(); ++k) {
      QueueInput one = base;
      one.agents += static_cast<double>(k);
      const std::vector<double> want = fields(solve_queue(one));
      const std::vector<double> got = fields(all[k]);
      for (std::size_t f = 0; f < want.size(); ++f) {
        // n mu t times the rounding of the inputs is what either may err by.
        const double condition = one.agents + load + one.agents * one.service_rate * one.within;
        if (!same(got[f], want[f], 1e-12 + 4e-16 * condition)) {
          CAPTURE(i, f, one.agents, load, one.patience_rate / one.service_rate, one.within);
          CHECK(got[f] == want[f]);
        }
        if (want[f] != 0 && std::isfinite(want[f]))
          worst = std::max(worst, std::abs(got[f] - want[f]) / std::abs(want[f]) / condition);
      }
    }
  }
  CHECK(worst < 1e-13);
}

TEST_CASE("A batch finds its runs, whatever their order") {
  std::vector<QueueInput> in;
  for (int n = 40; n < 60; ++n) in.push_back({static_cast<double>(n), 50, 1, 0.4, 0, 0.1});
  in.push_back({30, 25, 1, 0, 40, 0.1});
  for (int n = 10; n > 4; --n) in.push_back({static_cast<double>(n), 5, 1, 0.4, 0, 0.1});
  std::vector<QueueResult> out(in.size());
  solve_queues(in, out);
  for (std::size_t i = 0; i < in.size(); ++i)
    CHECK(out[i].p_served_le == Approx(solve_queue(in[i]).p_served_le).epsilon(1e-12));
}

TEST_CASE("Erlang B by recursion is Erlang B") {
  std::vector<double> blocking(200);
  sweep_erlang_b(120, blocking);
  for (const std::size_t n : {0U, 1U, 60U, 120U, 199U})
    CHECK(blocking[n] ==
          Approx(erlang_b(static_cast<std::int64_t>(n), 120).blocking).epsilon(1e-13));
}

TEST_CASE("Both copies of the vector loop give the same bits") {
  if (!has_wide_unit()) {
    WARN("no AVX2 here: nothing to compare");
    return;
  }
  TiltedNodes nodes;
  for (int i = 0; i < 203; ++i)
    nodes.add(std::exp(-0.1 * i), std::exp(-0.01 * i),
              {1.0 / (i + 1), std::sin(i), std::cos(i), 1e-9 * i, 3.0 + i, -0.5 * i});
  nodes.pad();
  TiltedNodes other = nodes;
  for (int round = 0; round < 5; ++round)
    CHECK(sum_and_tilt(nodes, true) == sum_and_tilt(other, false));
  CHECK(nodes.weight == other.weight);
}
