#include "models/transient/walk.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "models/transient/cohort.h"
#include "models/transient/tagged.h"

namespace callmill::transient {
namespace {

// Time integrals over a piece, of what its figures are made of.
struct Sums {
  double time = 0, blocked = 0, immediate = 0, queue = 0, busy = 0, leavers = 0, all_busy = 0;
  double taking = 0;  // somebody waits and an agent who ends a call takes the next
};

void add(Sums& s, const Band& band, const Rates& r) {
  for (std::size_t l = 0; l < band.rows.size(); ++l) {
    const BandRow& row = band.rows[l];
    const auto leavers = static_cast<std::int64_t>(l);
    for (std::size_t i = 0; i < row.p.size(); ++i) {
      const std::int64_t k = row.lo + static_cast<std::int64_t>(i);
      const double p = row.p[i];
      s.time += p;
      if (r.lines > 0 && k + leavers >= r.lines)
        s.blocked += p;
      else if (k < r.agents)
        s.immediate += p;
      s.queue += p * static_cast<double>(std::max<std::int64_t>(0, k - r.agents));
      s.busy += p * static_cast<double>(std::min(k, r.agents));
      s.leavers += p * static_cast<double>(leavers);
      if (k >= r.agents) s.all_busy += p;
      if (k > r.agents && (leavers == 0 || r.shift_end != ShiftEnd::kPooled)) s.taking += p;
    }
  }
}

double ratio(double part, double of) {
  return of > 0 ? part / of : 1;
}

// Mean of a number of leavers that is m with chance at most e^-37 above it.
double almost_never_more(double mean) {
  if (mean < 1e-16) return 0;
  constexpr double kNats = 37;
  return mean + kNats / 3 + std::sqrt(kNats * kNats / 9 + 2 * kNats * mean);  // Bernstein
}

TransientInterval figures(const Sums& s, const Rates& r, double length, double jump) {
  TransientInterval t;
  t.offered = r.arrival * length;
  t.blocked = r.arrival * s.blocked;
  t.immediate = r.arrival * s.immediate;
  t.answers = t.immediate + jump + static_cast<double>(r.agents) * r.service * s.taking;
  t.abandons = r.patience * s.queue;
  t.completions = r.service * (s.busy + s.leavers);
  t.mean_queue = s.queue / length;
  t.mean_busy = (s.busy + s.leavers) / length;
  t.mean_leavers = s.leavers / length;
  const double at_work = static_cast<double>(r.agents) + t.mean_leavers;
  t.occupancy = at_work > 0 ? t.mean_busy / at_work : 0;
  t.p_all_busy = s.all_busy / length;
  return t;
}

// All of piece i but the end of it from where it matters when a caller comes: T before the end, or
// so long before it as the last of those who find the queue longest may wait. Returns how long that
// is.
double pass_early(const TransientInput& in, std::size_t i, State& state, Band& sum) {
  const Rates rates = rates_of(in, i);
  const double length = in.pieces[i].length, most = std::min(in.within, length);
  const auto needed = [&](std::int64_t calls) {
    return longest_wait(rates, calls - rates.agents,
                        static_cast<std::int64_t>(state.band.rows.size()) - 1);
  };
  double late = std::min(most, needed(state.band.hi()));
  for (;;) {
    State tried = state;
    Band integral;
    march(tried.band, rates, length - late, state.per_tick, &integral, tried.cost);
    const double need = late < most ? needed(tried.cost.highest_state) : late;
    if (need <= late) {
      state = std::move(tried);
      sum = std::move(integral);
      return late;
    }
    late = std::min(most, 1.5 * need);  // the queue has grown
  }
}

}  // namespace

Rates rates_of(const TransientInput& in, std::size_t i) {
  const TransientPiece& piece = in.pieces[i];
  return {piece.arrival_rate,
          piece.service_rate > 0 ? piece.service_rate : in.service_rate,
          piece.patience_rate >= 0 ? piece.patience_rate : in.patience_rate,
          piece.agents,
          in.lines,
          in.shift_end};
}

State first_state(const TransientInput& in, bool apart) {
  CALLMILL_CHECK(faults_of(in).empty(), "a faulty day reached the transient model");
  State state;
  state.apart = apart;
  state.band = in.steady_start ? steady_state(rates_of(in, 0)) : single_state(in.calls_at_start);
  state.band.has_ages = in.with_waits;
  if (!in.with_waits) state.band.ages.clear();
  double ticks = 1;
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    const Rates rates = rates_of(in, i);
    const double load = rates.arrival / rates.service;
    const std::int64_t busy =
        std::max(rates.agents, static_cast<std::int64_t>(std::min(load, 1e9)));
    ticks += expected_ticks(rates, in.pieces[i].length, busy);
  }
  state.per_tick = in.tolerance / (2 * ticks);
  return state;
}

TransientInterval pass_piece(const TransientInput& in, std::size_t i, State& state) {
  const TransientPiece& piece = in.pieces[i];
  const Rates rates = rates_of(in, i);
  const std::int64_t before = state.agents < 0 ? piece.agents : state.agents;
  const StaffChange change =
      change_staff(state.band, in.shift_end, before, piece.agents, state.apart);
  const bool named = in.shift_end == ShiftEnd::kNamed;
  if (named && state.apart) {
    state.mean_leavers += change.new_leavers;
    state.leavers_at_most += static_cast<double>(std::max<std::int64_t>(0, before - piece.agents));
  }
  state.agents = piece.agents;

  Band early_sum, late_sum;
  state.cost.highest_state = 0;
  const double waited_before = state.cost.answered_wait;
  const double late = pass_early(in, i, state, early_sum);
  Band at_late = state.band;
  at_late.has_ages = false;  // the window follows callers by itself
  march(state.band, rates, late, state.per_tick, &late_sum, state.cost);
  Sums sums;
  add(sums, early_sum, rates);
  add(sums, late_sum, rates);
  if (named && state.apart) {
    if (in.lines > 0 && state.leavers_at_most > 0)
      state.lines_in_reach =
          state.lines_in_reach || static_cast<double>(state.cost.highest_state) +
                                          almost_never_more(state.leavers_at_most) >=
                                      static_cast<double>(in.lines);
    const double gone = -std::expm1(-rates.service * piece.length);
    sums.leavers = state.mean_leavers * gone / rates.service;
    state.mean_leavers *= 1 - gone;
    state.leavers_at_most *= 1 - gone;
  }
  TransientInterval t = figures(sums, rates, piece.length, change.answered);
  t.answered_wait = change.answered_wait + state.cost.answered_wait - waited_before;
  const Cohort cohort = cohort_of(in, i, early_sum, late_sum, at_late, late, state.per_tick);
  state.window_left_out = std::max(state.window_left_out, cohort.left_out);
  t.answered_within = cohort.answered;
  t.abandoned_within = cohort.abandoned;
  if (in.by_event) {
    state.answers_within.resize(in.pieces.size(), 0.0);
    for (std::size_t o = 0; o < cohort.answered_in.size(); ++o)
      state.answers_within[i + o] += cohort.answered_in[o];
    t.answers_within = state.answers_within[i];
    t.sl_by_event = ratio(t.answers_within, t.answers + t.abandons);
  }
  const double accepted = t.offered - t.blocked;
  t.sl_offered = ratio(t.answered_within, t.offered);
  t.sl_accepted = ratio(t.answered_within, accepted);
  t.sl_excl_short_abandon = ratio(t.answered_within, accepted - t.abandoned_within);
  t.sl_abandon_ok = ratio(t.answered_within + t.abandoned_within, accepted);
  Sums end;
  add(end, state.band, rates);
  if (named && state.apart) end.leavers = state.mean_leavers;
  t.end_queue = end.queue;
  t.end_busy = end.busy + end.leavers;
  t.end_in_system = t.end_queue + t.end_busy;
  return t;
}

}  // namespace callmill::transient
