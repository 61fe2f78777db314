// Every row of the exact chains of golden/: orbit, callbacks, dialler.

#include <catch2/catch.hpp>
#include <cmath>

#include "models/chains/callback.h"
#include "models/chains/dialler.h"
#include "models/chains/ivr_ports.h"
#include "models/chains/retrial.h"
#include "tests/models/queueing/golden.h"

namespace callmill::test {
namespace {

int whole(const GoldenRow& row, const char* column) {
  return static_cast<int>(row.number(column));
}

// Of every row's solution: flow in and out of each state agree to rounding.
constexpr double kBalance = 1e-12;

}  // namespace

TEST_CASE("Orbit: every row of golden/retrial.csv") {
  Comparison all{"retrial.csv", Comparison::Kind::kChain};
  for (const GoldenRow& row : read_golden("retrial.csv")) {
    RetrialInput in;
    in.arrival_rate = row.number("lam");
    in.service_rate = row.number("mu");
    in.patience_rate = row.number("theta");
    in.agents = whole(row, "n");
    in.lines = whole(row, "K");
    in.p_retry_block = row.number("p_retry_block");
    in.p_retry_abandon = row.number("p_retry_ab");
    in.retry_rate = row.number("gamma");
    in.within = row.number("t");
    REQUIRE(fault(in).empty());
    const RetrialResult r = solve_retrial(in);
    CHECK(r.residual < kBalance);
    all.check(row, "E_orbit", r.mean_orbit);
    all.check(row, "VarOrbit", r.var_orbit);
    all.check(row, "EQ", r.mean_queue);
    all.check(row, "E_busy", r.mean_busy);
    all.check(row, "occ", r.occupancy);
    all.check(row, "attempt_rate", r.attempt_rate);
    all.check(row, "attempts_per_fresh", r.attempts_per_fresh);
    all.check(row, "p_eventual_served", r.p_eventual_served);
    all.check(row, "p_ab_att", r.p_abandon);
    const std::pair<const char*, const RetrialShares*> groups[] = {
        {"_fresh", &r.fresh}, {"_retry", &r.retry}, {"_att", &r.all}};
    for (const auto& [of, s] : groups) {
      const std::string suffix = of;
      all.check(row, "p_block" + suffix, s->p_block);
      all.check(row, "p_wait" + suffix, s->p_wait);
      all.check(row, "p_served" + suffix, s->p_served);
      all.check(row, "EW_served" + suffix, s->mean_wait_served);
      all.check(row, "SL_offered" + suffix, s->sl_offered);
    }
  }
  INFO(all.summary());
  CHECK(all.failures() == "");
  CHECK(all.cells() == 17 * 24);
}

TEST_CASE("Callbacks: every row of golden/callback.csv") {
  Comparison all{"callback.csv", Comparison::Kind::kChain};
  for (const GoldenRow& row : read_golden("callback.csv")) {
    CallbackInput in;
    in.agents = whole(row, "n");
    in.arrival_rate = row.number("lam");
    in.service_rate = row.number("mu");
    in.patience_rate = row.number("theta");
    in.room = whole(row, "qcap");
    in.offer_from = whole(row, "cb_thr");
    in.p_accept = row.number("p_acc");
    in.list_room = whole(row, "cb_cap");
    in.callback_rate = row.number("mu_cb");
    in.reserve = whole(row, "cb_reserve");
    if (!row.text("cb_prio").empty()) in.priority_from = whole(row, "cb_prio");
    in.within = row.number("t");
    REQUIRE(fault(in).empty());
    const CallbackResult r = solve_callback(in);
    CHECK(r.residual < kBalance);
    all.check(row, "p_immediate", r.p_immediate);
    all.check(row, "p_callback", r.p_callback);
    all.check(row, "p_block", r.p_block);
    all.check(row, "p_queue", r.p_queue);
    all.check(row, "EQ", r.mean_queue);
    all.check(row, "E_cb_list", r.mean_list);
    all.check(row, "p_ab", r.p_abandon);
    all.check(row, "p_live_answered", r.p_live_answered);
    all.check(row, "p_cb_done", r.p_callback_done);
    all.check(row, "E_busy_live", r.mean_busy_live);
    all.check(row, "E_busy_cb", r.mean_busy_callback);
    all.check(row, "occ", r.occupancy);
    all.check(row, "EW_cb", r.mean_wait_callback);
    all.check(row, "EW_live_per_offered", r.mean_wait_offered);
    all.check(row, "nstates", r.states);
    // The reference leaves the law of the wait out where callbacks may come first.
    if (in.priority_from) continue;
    all.check(row, "p_live_answered_le", r.p_live_answered_le);
    all.check(row, "p_ab_le", r.p_abandon_le);
  }
  INFO(all.summary());
  CHECK(all.failures() == "");
  CHECK(all.cells() > 17 * 15);
}

TEST_CASE("Dialler: every row of golden/dialer.csv") {
  Comparison all{"dialer.csv", Comparison::Kind::kChain};
  for (const GoldenRow& row : read_golden("dialer.csv")) {
    DiallerInput in;
    in.agents = whole(row, "n");
    in.service_rate = row.number("mu");
    in.dial_rate = row.number("nu");
    in.p_answer = row.number("p");
    in.per_idle = row.number("alpha");
    in.per_busy = row.number("beta");
    in.most = whole(row, "dmax");
    in.waiting = whole(row, "wcap");
    in.hang_up_rate = row.number("xi");
    REQUIRE(fault(in).empty());
    const DiallerResult r = solve_dialler(in);
    CHECK(r.residual < kBalance);
    all.check(row, "occ", r.occupancy);
    all.check(row, "E_busy", r.mean_busy);
    all.check(row, "E_dials", r.mean_dials);
    all.check(row, "E_wait", r.mean_waiting);
    all.check(row, "dial_rate", r.dial_rate);
    all.check(row, "answer_rate", r.answer_rate);
    all.check(row, "served_rate", r.served_rate);
    all.check(row, "drop_rate", r.drop_rate);
    all.check(row, "nuisance_frac", r.nuisance_share);
    all.check(row, "immediate_frac", r.immediate_share);
    all.check(row, "calls_per_agent", r.calls_per_agent);
    all.check(row, "nstates", r.states);
  }
  INFO(all.summary());
  CHECK(all.failures() == "");
  CHECK(all.cells() == 13 * 12);
}

// Rows without a limit on ports have a product form too (models/queueing/ivr_trunks.h); the chain
// solves the small ones of them.
TEST_CASE("Lines, menu ports and agents: rows of golden/ivr_trunks.csv") {
  Comparison all{"ivr_trunks.csv", Comparison::Kind::kChain};
  int limited = 0;
  for (const GoldenRow& row : read_golden("ivr_trunks.csv")) {
    IvrTrunksInput in;
    in.arrival_rate = row.number("lam");
    in.menu_rate = row.number("ivr_rate");
    in.p_agent = row.number("p_agent");
    in.agents = whole(row, "S");
    in.lines = whole(row, "N");
    if (!row.text("ports").empty()) in.ports = whole(row, "ports");
    in.service_rate = row.number("mu");
    in.patience_rate = row.number("theta");
    in.within = row.number("t");
    if (in.ports == 0 && in.lines > 40) continue;
    limited += in.ports > 0 ? 1 : 0;
    REQUIRE(fault_of_ivr_ports(in).empty());
    const IvrTrunksResult r = solve_ivr_ports(in);
    all.check(row, "p_block", r.p_block);
    all.check(row, "E_ivr", r.mean_menu);
    all.check(row, "E_busy", r.mean_busy);
    all.check(row, "occ", r.occupancy);
    all.check(row, "EQ", r.mean_queue);
    all.check(row, "E_trunks", r.mean_lines);
    all.check(row, "req_rate", r.request_rate);
    all.check(row, "p_nowait", r.p_nowait);
    all.check(row, "p_wait", r.p_wait);
    all.check(row, "p_ab", r.p_abandon);
    all.check(row, "p_served", r.p_served);
    all.check(row, "EW", r.mean_wait);
    all.check(row, "EW_served", r.mean_wait_served);
    all.check(row, "SL_req", r.sl_offered);
    all.check(row, "SL_answered", r.sl_answered);
    all.check(row, "SL_excl_short_ab", r.sl_excl_short_abandon);
    all.check(row, "SL_ab_ok", r.sl_abandon_ok);
    all.check(row, "P_W_gt", r.p_wait_gt);
    all.check(row, "connect_rate_entry", r.connect_rate);
    all.check(row, "agent_answered_over_offered", r.answered_over_offered);
  }
  INFO(all.summary());
  CHECK(all.failures() == "");
  CHECK(limited == 5);
  CHECK(all.cells() == 20 * 11);
}

}  // namespace callmill::test
