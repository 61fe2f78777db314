// Every computed column of the reference rows, to 1e-12 relative and what rounding of the inputs
// makes (golden.h).

#include "tests/models/queueing/golden.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <utility>

#include "models/queueing/erlang.h"

using namespace callmill;
using callmill::test::Comparison;
using callmill::test::GoldenRow;
using callmill::test::read_golden;

namespace {

QueueInput queue_of(const GoldenRow& row) {
  QueueInput in;
  in.agents = row.number("n");
  in.arrival_rate = row.number("lam");
  in.service_rate = row.number("mu");
  if (row.has("theta")) in.patience_rate = row.number("theta");
  if (row.has("K")) in.lines = static_cast<std::int64_t>(row.number("K"));
  in.within = row.number("t");
  return in;
}

std::vector<std::pair<std::string, double>> columns_of(const QueueResult& q) {
  return {{"p_block", q.p_block},
          {"p_wait", q.p_wait},
          {"p_nowait", q.p_nowait},
          {"p_ab", q.p_abandon},
          {"p_served", q.p_served},
          {"EQ", q.mean_queue},
          {"VarQ", q.var_queue},
          {"Ebusy", q.mean_busy},
          {"occ", q.occupancy},
          {"EW_offered", q.mean_wait_offered},
          {"EW_served", q.mean_wait_served},
          {"EW_ab", q.mean_wait_abandoned},
          {"EW_waiters", q.mean_wait_waiters},
          {"P_V_gt", q.p_offered_wait_gt},
          {"P_W_gt", q.p_wait_gt},
          {"P_served_gt", q.p_served_gt},
          {"P_ab_gt", q.p_abandon_gt},
          {"P_served_le", q.p_served_le},
          {"P_ab_le", q.p_abandon_le},
          {"SL_offered", q.sl_offered},
          {"SL_accepted", q.sl_accepted},
          {"SL_answered", q.sl_answered},
          {"SL_excl_short_ab", q.sl_excl_short_abandon},
          {"SL_ab_ok", q.sl_abandon_ok},
          {"P_ab_given_wait", q.p_abandon_given_wait}};
}

// Five rows of the reference stopped the sum over states too early for so small a tail (2e-97 and
// below, beyond the absolute accuracy it claims). Their true values, by direct summation with 60 to
// 400 digits, are in the test "tails beyond the reference" below.
bool cut_short(const std::string& id, const std::string& column) {
  static const std::set<std::string> upper = {"P_V_gt", "P_W_gt", "P_served_gt", "P_ab_gt"};
  static const std::set<std::string> lower = {"P_served_le", "SL_offered", "SL_accepted",
                                              "SL_answered", "SL_excl_short_ab"};
  if (id == "A0116" || id == "A0490" || id == "A0661" || id == "A0701")
    return upper.contains(column);
  return id == "K0153" && lower.contains(column);
}

void check_queues(const std::string& file) {
  Comparison comparison(file);
  for (const GoldenRow& row : read_golden(file)) {
    for (const auto& [column, value] : columns_of(solve_queue(queue_of(row)))) {
      if (!cut_short(row.text("id"), column)) comparison.check(row, column, value);
    }
  }
  INFO(comparison.failures());
  CHECK(comparison.failures().empty());
  CHECK(comparison.cells() > 1000);
}

// Near 1 the reference's logarithm carries an absolute error of some 1e-17; that of its column of
// 1 - p does not.
void check_log(Comparison& comparison, const GoldenRow& row, const char* column,
               const char* one_minus, double got) {
  const double rest = row.number(one_minus);
  if (rest > 1e-3) return comparison.check(row, column, got);
  CHECK(got == Approx(std::log1p(-rest) / std::log(10))
                   .margin(0)
                   .epsilon(1e-12 + 4e-16 * test::conditioning(row)));
}

Measure measure_of(const std::string& name) {
  if (name == "p_block") return Measure::kBlocking;
  if (name == "p_ab") return Measure::kAbandon;
  if (name == "p_wait") return Measure::kWait;
  if (name == "ASA") return Measure::kMeanWaitServed;
  if (name == "EW_offered") return Measure::kMeanWaitOffered;
  if (name == "SL" || name == "SL_offered") return Measure::kServiceLevel;
  if (name == "SL_answered") return Measure::kServiceLevelAnswered;
  if (name == "SL_excl_short_ab") return Measure::kServiceLevelExclShortAbandon;
  REQUIRE(name == "SL_ab_ok");
  return Measure::kServiceLevelAbandonOk;
}

}  // namespace

TEST_CASE("Erlang B meets the reference") {
  Comparison comparison("erlang_b.csv");
  for (const GoldenRow& row : read_golden("erlang_b.csv")) {
    const ErlangB b = erlang_b(static_cast<std::int64_t>(row.number("n")), row.number("a"));
    comparison.check(row, "B", b.blocking);
    check_log(comparison, row, "log10_B", "one_minus_B", b.log10_blocking);
    comparison.check(row, "one_minus_B", b.one_minus_blocking);
    comparison.check(row, "carried", b.carried);
    comparison.check(row, "occ", b.occupancy);
    // This column is given to six digits.
    CHECK(b.idle == Approx(row.number("cond_a")).epsilon(1e-5));
  }
  INFO(comparison.failures());
  CHECK(comparison.failures().empty());
  CHECK(comparison.cells() > 4 * 510);
}

TEST_CASE("Erlang C meets the reference") {
  Comparison comparison("erlang_c.csv");
  for (const GoldenRow& row : read_golden("erlang_c.csv")) {
    const QueueResult q = solve_queue(queue_of(row));
    comparison.check(row, "C", q.p_wait);
    check_log(comparison, row, "log10_C", "one_minus_C", q.log10_wait);
    comparison.check(row, "one_minus_C", q.p_nowait);
    comparison.check(row, "ASA", q.mean_wait_served);
    comparison.check(row, "EQ", q.mean_queue);
    comparison.check(row, "EW_wait", q.mean_wait_waiters);
    comparison.check(row, "P_W_gt_t", q.p_wait_gt);
    comparison.check(row, "SL", q.sl_offered);
    comparison.check(row, "occ", q.occupancy);
  }
  INFO(comparison.failures());
  CHECK(comparison.failures().empty());
  CHECK(comparison.cells() > 8 * 357);
}

TEST_CASE("Erlang A meets the reference") {
  check_queues("erlang_a.csv");
}

TEST_CASE("M/M/n/K+M meets the reference") {
  check_queues("mmnkm.csv");
}

TEST_CASE("tails beyond the reference") {
  struct Tail {
    QueueInput in;
    double v_gt, served_gt;
  };
  const Tail tails[] = {
      {{264, 4.235509, 0.016666666666666666, 0.005555555555555556, 0, 180.0},
       6.2224655930794761273e-137,
       2.2846603405007729e-137},
      {{3607, 3628.426, 1.0, 0.1382, 0, 1.0}, 2.5091142828697001641e-97, 2.1845764573635730112e-97},
      {{2460, 2399.66, 1.0, 0.2417, 0, 1.0},
       4.0734897835863307626e-145,
       3.1975387475683710585e-145},
      {{13045, 11408.43, 1.0, 0.03468, 0, 0.2},
       1.3862013188297565037e-196,
       1.3765920707437680768e-196}};
  for (const Tail& tail : tails) {
    const QueueResult a = solve_queue(tail.in);
    CHECK(a.p_offered_wait_gt == Approx(tail.v_gt).epsilon(1e-11).margin(0));
    CHECK(a.p_served_gt == Approx(tail.served_gt).epsilon(1e-11).margin(0));
  }
  const QueueResult k =
      solve_queue({494, 8.65043, 0.004166666666666667, 0.0016666666666666668, 1464, 120.0});
  CHECK(k.p_served_le == Approx(4.6825608044952256717e-171).epsilon(1e-11).margin(0));
}

TEST_CASE("the smallest number of agents meets the reference") {
  Comparison comparison("staffing_inverse.csv");
  int rows = 0;
  for (const GoldenRow& row : read_golden("staffing_inverse.csv")) {
    ++rows;
    INFO(row.text("id"));
    const auto want = static_cast<std::int64_t>(row.number("n_min"));
    if (row.text("model") == "B") {
      const double load = row.number("lam") / row.number("mu");
      CHECK(lines_for_erlang_b(load, row.number("target")) == want);
      comparison.check(row, "value_at_n", erlang_b(want, load).blocking);
      comparison.check(row, "value_at_n_minus_1", erlang_b(want - 1, load).blocking);
      continue;
    }
    QueueInput in = queue_of(row);
    const Goal goal{measure_of(row.text("measure")), row.text("sense") == "ge",
                    row.number("target")};
    CHECK(agents_for(in, goal) == want);
    in.agents = static_cast<double>(want);
    comparison.check(row, "value_at_n", value_of(goal.measure, solve_queue(in)));
    const bool below = !std::isnan(row.number("value_at_n_minus_1"));
    in.agents -= 1;
    if (below) comparison.check(row, "value_at_n_minus_1", value_of(goal.measure, solve_queue(in)));
    in.agents = agents_for_fractional(in, goal);
    if (want > 1) CHECK(std::ceil(in.agents * (1 - 1e-12)) == static_cast<double>(want));
    CHECK(value_of(goal.measure, solve_queue(in)) == Approx(goal.value).epsilon(1e-9));  // a root
  }
  INFO(comparison.failures());
  CHECK(comparison.failures().empty());
  CHECK(rows == 168);
}
