// The small exact chains, row by row: orbit, callbacks, dialler (docs/models/chains.md).

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/calculator/batch_models.h"
#include "models/chains/callback.h"
#include "models/chains/dialler.h"
#include "models/chains/retrial.h"

namespace callmill::calculator {
namespace {

constexpr double kMostCutOff = 1e-9;  // probability of a full orbit

constexpr double kMostOfAChain = 1e6;  // more states than any chain may have

int whole(BatchReader& row, const char* column, double least) {
  const double value = row.whole(column, least);
  if (value > kMostOfAChain)
    row.error(column, "range",
              fmt::format("{} is {}; must be <= {}", column, value, kMostOfAChain));
  return std::isnan(value) || value > kMostOfAChain ? 0 : static_cast<int>(value);
}

// What only the whole input shows; asked only where no cell had an error.
template <class Input>
void check_whole(BatchReader& row, std::size_t errors_before, const Input& in) {
  if (row.errors() > errors_before) return;
  const std::string wrong = fault(in);
  if (!wrong.empty()) row.error("id", "model", wrong);
}

BatchJob read_retrial(BatchReader& row) {
  const std::size_t before = row.errors();
  RetrialInput in;
  in.arrival_rate = row.positive("lam");
  in.service_rate = row.positive("mu");
  in.patience_rate = row.not_negative("theta");
  in.agents = whole(row, "n", 1);
  in.lines = whole(row, "K", 1);
  in.p_retry_block = row.share("p_retry_block");
  in.p_retry_abandon = row.share("p_retry_ab");
  in.retry_rate = row.positive("gamma");
  in.within = row.not_negative("t");
  check_whole(row, before, in);
  return [in] {
    const RetrialResult r = solve_retrial(in);
    std::vector<double> out = {r.mean_orbit,         r.var_orbit,         r.mean_queue,
                               r.mean_busy,          r.occupancy,         r.attempt_rate,
                               r.attempts_per_fresh, r.p_eventual_served, r.p_abandon};
    for (const RetrialShares* s : {&r.fresh, &r.retry, &r.all})
      out.insert(out.end(),
                 {s->p_block, s->p_wait, s->p_served, s->mean_wait_served, s->sl_offered});
    // An orbit that outgrows the largest chain has no figures: those of a cut one would be wrong.
    if (r.p_top > kMostCutOff) std::fill(out.begin(), out.end(), std::nan(""));
    return out;
  };
}

BatchJob read_callback(BatchReader& row) {
  const std::size_t before = row.errors();
  CallbackInput in;
  in.agents = whole(row, "n", 1);
  in.arrival_rate = row.positive("lam");
  in.service_rate = row.positive("mu");
  in.patience_rate = row.not_negative("theta");
  in.room = whole(row, "qcap", 0);
  in.offer_from = whole(row, "cb_thr", 0);
  in.p_accept = row.share("p_acc");
  in.list_room = whole(row, "cb_cap", 0);
  in.callback_rate = row.positive("mu_cb");
  in.reserve = whole(row, "cb_reserve", 0);
  if (row.given("cb_prio")) in.priority_from = whole(row, "cb_prio", 0);
  in.within = row.not_negative("t");
  check_whole(row, before, in);
  return [in] {
    const CallbackResult r = solve_callback(in);
    return std::vector<double>{r.p_immediate,
                               r.p_callback,
                               r.p_block,
                               r.p_queue,
                               r.mean_queue,
                               r.mean_list,
                               r.p_abandon,
                               r.p_live_answered,
                               r.p_callback_done,
                               r.mean_busy_live,
                               r.mean_busy_callback,
                               r.occupancy,
                               r.mean_wait_callback,
                               r.mean_wait_offered,
                               static_cast<double>(r.states),
                               r.p_live_answered_le,
                               r.p_abandon_le};
  };
}

BatchJob read_dialler(BatchReader& row) {
  const std::size_t before = row.errors();
  DiallerInput in;
  in.agents = whole(row, "n", 1);
  in.service_rate = row.positive("mu");
  in.dial_rate = row.positive("nu");
  in.p_answer = row.share("p");
  in.per_idle = row.not_negative("alpha");
  in.per_busy = row.not_negative("beta");
  in.most = whole(row, "dmax", 1);
  in.waiting = whole(row, "wcap", 0);
  in.hang_up_rate = row.not_negative("xi");
  check_whole(row, before, in);
  return [in] {
    const DiallerResult r = solve_dialler(in);
    return std::vector<double>{r.occupancy,       r.mean_busy,       r.mean_dials,
                               r.mean_waiting,    r.dial_rate,       r.answer_rate,
                               r.served_rate,     r.drop_rate,       r.nuisance_share,
                               r.immediate_share, r.calls_per_agent, static_cast<double>(r.states)};
  };
}

}  // namespace

std::vector<BatchModel> chain_models() {
  return {{"retrial",
           "",
           {"gamma", "p_retry_block", "p_retry_ab"},
           {"E_orbit",
            "VarOrbit",
            "EQ",
            "E_busy",
            "occ",
            "attempt_rate",
            "attempts_per_fresh",
            "p_eventual_served",
            "p_ab_att",
            "p_block_fresh",
            "p_wait_fresh",
            "p_served_fresh",
            "EW_served_fresh",
            "SL_offered_fresh",
            "p_block_retry",
            "p_wait_retry",
            "p_served_retry",
            "EW_served_retry",
            "SL_offered_retry",
            "p_block_att",
            "p_wait_att",
            "p_served_att",
            "EW_served_att",
            "SL_offered_att"},
           read_retrial},
          {"callback",
           "",
           {"cb_thr", "cb_cap", "mu_cb"},
           {"p_immediate", "p_callback", "p_block", "p_queue", "EQ", "E_cb_list", "p_ab",
            "p_live_answered", "p_cb_done", "E_busy_live", "E_busy_cb", "occ", "EW_cb",
            "EW_live_per_offered", "nstates", "p_live_answered_le", "p_ab_le"},
           read_callback},
          {"dialer",
           "",
           {"nu", "alpha", "dmax"},
           {"occ", "E_busy", "E_dials", "E_wait", "dial_rate", "answer_rate", "served_rate",
            "drop_rate", "nuisance_frac", "immediate_frac", "calls_per_agent", "nstates"},
           read_dialler}};
}

}  // namespace callmill::calculator
