// Lines, menu and agents: the reference rows, a brute-force walk over all states, limits in which
// other models must come out, and the cheapest pair against enumeration.

#include "models/queueing/ivr_trunks.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "tests/models/queueing/golden.h"

using namespace callmill;
using callmill::test::Comparison;
using callmill::test::GoldenRow;
using callmill::test::read_golden;

namespace {

IvrTrunksInput input_of(const GoldenRow& row) {
  return {.arrival_rate = row.number("lam"),
          .menu_rate = row.number("ivr_rate"),
          .p_agent = row.number("p_agent"),
          .agents = static_cast<std::int64_t>(row.number("S")),
          .lines = static_cast<std::int64_t>(row.number("N")),
          .service_rate = row.number("mu"),
          .patience_rate = row.number("theta"),
          .within = row.number("t")};
}

void check_row(Comparison& comparison, const GoldenRow& row, const IvrTrunksResult& r) {
  comparison.check(row, "p_block", r.p_block);
  comparison.check(row, "E_ivr", r.mean_menu);
  comparison.check(row, "E_busy", r.mean_busy);
  comparison.check(row, "occ", r.occupancy);
  comparison.check(row, "EQ", r.mean_queue);
  comparison.check(row, "E_trunks", r.mean_lines);
  comparison.check(row, "req_rate", r.request_rate);
  comparison.check(row, "p_nowait", r.p_nowait);
  comparison.check(row, "p_wait", r.p_wait);
  comparison.check(row, "p_ab", r.p_abandon);
  comparison.check(row, "p_served", r.p_served);
  comparison.check(row, "EW", r.mean_wait);
  comparison.check(row, "EW_served", r.mean_wait_served);
  comparison.check(row, "SL_req", r.sl_offered);
  comparison.check(row, "SL_answered", r.sl_answered);
  comparison.check(row, "SL_excl_short_ab", r.sl_excl_short_abandon);
  comparison.check(row, "SL_ab_ok", r.sl_abandon_ok);
  comparison.check(row, "P_W_gt", r.p_wait_gt);
  comparison.check(row, "connect_rate_entry", r.connect_rate);
  comparison.check(row, "agent_answered_over_offered", r.answered_over_offered);
}

IvrTrunksInput small_centre() {
  return {.arrival_rate = 2,
          .menu_rate = 1,
          .p_agent = 0.6,
          .agents = 4,
          .lines = 12,
          .service_rate = 0.25,
          .patience_rate = 0.3,
          .within = 0.5};
}

bool meets(const IvrGoal& goal, const IvrTrunksResult& r) {
  const double value = value_of(goal.measure, r);
  return goal.at_least ? value >= goal.value : value <= goal.value;
}

}  // namespace

TEST_CASE("Lines, menu and agents meet the reference") {
  Comparison comparison("ivr_trunks.csv");
  int rows = 0;
  for (const GoldenRow& row : read_golden("ivr_trunks.csv")) {
    if (!row.text("ports").empty()) continue;  // a limit on menu places has no product form
    ++rows;
    const IvrTrunksInput in = input_of(row);
    const IvrTrunksResult r = solve_ivr_trunks(in);
    check_row(comparison, row, r);
    CHECK(lines_for_ivr(in, r.p_block * (1 + 1e-12)) == in.lines);
  }
  INFO(comparison.failures());
  CHECK(comparison.failures().empty());
  CHECK(rows > 20);
  CHECK(comparison.cells() == static_cast<std::size_t>(20 * rows));
}

TEST_CASE("Without a menu, lines and agents are the finite queue") {
  IvrTrunksInput in = small_centre();
  CHECK(solve_ivr_trunks(in).p_block == Approx(0.0178817101).epsilon(1e-8));
  in.menu_rate = std::numeric_limits<double>::infinity();
  in.p_agent = 1;
  for (const double theta : {0.0, 0.3, 1e-9, 40.0}) {
    for (const double within : {0.0, 0.5, 30.0}) {
      in.patience_rate = theta;
      in.within = within;
      const IvrTrunksResult r = solve_ivr_trunks(in);
      const QueueResult q = solve_queue({4, 2, 0.25, theta, 12, within});
      CAPTURE(theta, within);
      CHECK(r.p_block == Approx(q.p_block).epsilon(1e-12));
      CHECK(r.mean_queue == Approx(q.mean_queue).epsilon(1e-12));
      // Requests are accepted calls here.
      const double accepted = 1 - q.p_block;
      CHECK(r.p_wait * accepted == Approx(q.p_wait).epsilon(1e-12));
      CHECK(r.p_served * accepted == Approx(q.p_served).epsilon(1e-12));
      CHECK(r.mean_wait_served == Approx(q.mean_wait_served).epsilon(1e-12));
      CHECK(r.sl_offered == Approx(q.sl_accepted).epsilon(1e-12));
      CHECK(r.sl_answered == Approx(q.sl_answered).epsilon(1e-12));
      CHECK(r.sl_excl_short_abandon == Approx(q.sl_excl_short_abandon).epsilon(1e-12));
      CHECK(r.sl_abandon_ok == Approx(q.sl_abandon_ok).epsilon(1e-12));
      CHECK(r.p_wait_gt * accepted == Approx(q.p_wait_gt).epsilon(1e-11).margin(1e-300));
    }
  }
}

TEST_CASE("Nobody asks for an agent, or no line is there") {
  IvrTrunksInput in = small_centre();
  in.p_agent = 0;
  const IvrTrunksResult menu_only = solve_ivr_trunks(in);
  CHECK(menu_only.p_block == Approx(erlang_b(12, 2).blocking).epsilon(1e-13));
  CHECK(menu_only.connect_rate == Approx(1 - menu_only.p_block).epsilon(1e-15));
  CHECK(std::isnan(menu_only.sl_offered));
  in = small_centre();
  in.lines = 0;
  CHECK(solve_ivr_trunks(in).p_block == 1);
}

TEST_CASE("Large and lopsided centres keep their balance") {
  std::mt19937_64 engine(5);
  const auto log_uniform = [&](double low, double high) {
    const double u = static_cast<double>(engine() >> 11) * 0x1.0p-53;
    return low * std::pow(high / low, u);
  };
  for (int i = 0; i < 400; ++i) {
    IvrTrunksInput in;
    in.agents = static_cast<std::int64_t>(log_uniform(1, i % 20 == 0 ? 20000 : 500));
    in.lines = static_cast<std::int64_t>(static_cast<double>(in.agents) * log_uniform(0.5, 4)) + 1;
    in.service_rate = 1 / log_uniform(10, 3600);
    in.p_agent = log_uniform(0.05, 1);
    in.arrival_rate =
        static_cast<double>(in.agents) * in.service_rate / in.p_agent * log_uniform(0.01, 5);
    in.menu_rate = in.service_rate * log_uniform(0.1, 100);
    if (i % 3 != 0) in.patience_rate = in.service_rate / log_uniform(0.01, 100);
    in.within = i % 5 == 0 ? 0 : log_uniform(0.01, 604800);
    const IvrTrunksResult r = solve_ivr_trunks(in);
    CAPTURE(in.agents, in.lines, in.arrival_rate, in.service_rate, in.patience_rate, in.within,
            in.menu_rate, in.p_agent);
    const bool shares =
        r.p_block >= 0 && r.p_block <= 1 && r.p_served >= 0 && r.p_served <= 1 &&
        r.sl_offered >= 0 && r.sl_offered <= r.sl_excl_short_abandon * (1 + 1e-12) &&
        r.sl_excl_short_abandon <= r.sl_abandon_ok * (1 + 1e-12) && r.sl_answered <= 1 &&
        r.sl_abandon_ok <= 1 && r.p_wait_gt >= 0 && r.connect_rate <= 1 &&
        r.mean_lines <= static_cast<double>(in.lines) * (1 + 1e-12);
    CHECK(shares);
    // What comes in goes out, and within T or beyond.
    CHECK(r.p_served + r.p_abandon == Approx(1).epsilon(1e-10));
    CHECK(r.sl_abandon_ok + r.p_wait_gt == Approx(1).epsilon(1e-10));
    CHECK(r.p_nowait + r.p_wait == Approx(1).epsilon(1e-12));
    CHECK(std::isfinite(r.mean_wait_served));
  }
}

TEST_CASE("The cheapest pair of lines and agents is the one that enumeration finds") {
  const IvrTrunksInput in = small_centre();
  const IvrGoal goals[] = {{IvrMeasure::kServiceLevel, true, 0.8},
                           {IvrMeasure::kServed, true, 0.9},
                           {IvrMeasure::kAnsweredOverOffered, true, 0.55},
                           {IvrMeasure::kConnectRate, true, 0.9},
                           {IvrMeasure::kMeanWait, false, 0.05}};
  const IvrCosts costs[] = {{1, 20}, {1, 1}, {30, 1}, {300, 1}};
  constexpr std::int64_t kMost = 40;
  for (const IvrGoal& goal : goals) {
    for (const IvrCosts& cost : costs) {
      for (const double blocking : {0.3, 0.02}) {
        for (const double theta : {0.0, 0.3, 2.0}) {
          IvrTrunksInput centre = in;
          centre.patience_rate = theta;
          double best = std::numeric_limits<double>::infinity();
          for (centre.agents = 1; centre.agents <= kMost; ++centre.agents) {
            for (centre.lines = centre.agents; centre.lines <= kMost; ++centre.lines) {
              const IvrTrunksResult r = solve_ivr_trunks(centre);
              if (r.p_block <= blocking && meets(goal, r))
                best = std::min(best, cost.line * static_cast<double>(centre.lines) +
                                          cost.agent * static_cast<double>(centre.agents));
            }
          }
          const IvrPlan plan = cheapest_ivr_plan(centre, blocking, goal, cost, kMost);
          CAPTURE(static_cast<int>(goal.measure), cost.line, cost.agent, blocking, theta);
          REQUIRE(std::isfinite(best));
          CHECK(plan.cost == best);
          CHECK(plan.result.p_block <= blocking);
          CHECK(meets(goal, plan.result));
        }
      }
    }
  }
  CHECK(cheapest_ivr_plan(in, 0.02, {IvrMeasure::kServiceLevel, true, 1.5}, {}, kMost).lines == -1);
}
