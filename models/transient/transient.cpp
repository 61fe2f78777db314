#include "models/transient/transient.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/transient/tagged.h"
#include "models/transient/walk.h"

namespace callmill {
namespace {

bool is_rate(double x) {
  return std::isfinite(x) && x >= 0;
}

bool has_steady_state(const TransientInput& in) {
  const transient::Rates first = transient::rates_of(in, 0);
  return first.patience > 0 || first.lines > 0 ||
         first.arrival < static_cast<double>(first.agents) * first.service;
}

// Whoever waits at all has given up after so long but for a share of a tenth of the tolerance: a
// longer T changes nothing, and costs.
double longest_wait(const TransientInput& in) {
  double patience = transient::rates_of(in, 0).patience;
  for (std::size_t i = 1; i < in.pieces.size(); ++i)
    patience = std::min(patience, transient::rates_of(in, i).patience);
  return patience > 0 ? std::log(10 / in.tolerance) / patience
                      : std::numeric_limits<double>::infinity();
}

// Of a queue of fluid, after `length`.
double queue_after(const transient::Rates& r, double waiting, double length) {
  const double drift = r.arrival - static_cast<double>(r.agents) * r.service;
  const double moved = r.patience > 0 ? drift / r.patience * -std::expm1(-r.patience * length) +
                                            waiting * std::exp(-r.patience * length)
                                      : waiting + drift * length;
  return std::max(0.0, moved);
}

// Of the windows that reach out of one piece, where so many wait: kPanels of lanes, each until T is
// over or all of them are gone, on the columns that a crowd takes up.
double window_updates(const transient::Rates& r, double waiting, double within, bool changes) {
  constexpr double kPanels = 8, kLaneCost = 5;  // of 16 lanes, beside one update of the day's
  const double spread = 7 * std::sqrt(static_cast<double>(r.agents) + r.arrival / r.service);
  const auto ahead = static_cast<std::int64_t>(waiting + spread);
  const double wait = std::min(within, transient::longest_wait(r, ahead, 0));
  const double rate = static_cast<double>(r.agents) * r.service + (waiting + spread) * r.patience;
  const double columns = 2 * spread + 7 * std::sqrt(waiting);
  return (changes ? kPanels * kLaneCost : 2) * rate * wait * columns;
}

TransientResult solve(const TransientInput& in, bool apart, bool& lines_in_reach) {
  TransientResult result;
  transient::State state = transient::first_state(in, apart);
  for (std::size_t i = 0; i < in.pieces.size() && !state.lines_in_reach; ++i)
    result.intervals.push_back(transient::pass_piece(in, i, state));
  lines_in_reach = state.lines_in_reach;
  result.left_out = state.cost.left_out + state.window_left_out;
  result.widest_band = state.cost.widest_band;
  result.ticks = state.cost.ticks;
  result.with_leavers_apart = apart;
  return result;
}

}  // namespace

std::vector<std::string> faults_of(const TransientInput& in) {
  std::vector<std::string> faults;
  const auto need = [&faults](bool good, std::string text) {
    if (!good) faults.push_back(std::move(text));
  };
  need(is_rate(in.service_rate) && in.service_rate > 0, "service_rate must be > 0");
  need(is_rate(in.patience_rate), "patience_rate must be >= 0");
  need(in.lines >= 0, "lines must be >= 0 (0: no limit)");
  need(is_rate(in.within), "within must be >= 0");
  need(in.calls_at_start >= 0, "calls_at_start must be >= 0");
  need(in.lines <= 0 || in.calls_at_start <= in.lines, "calls_at_start must be <= lines");
  need(in.tolerance >= 1e-14 && in.tolerance <= 1e-3, "tolerance must be 1e-14 .. 1e-3");
  need(!in.pieces.empty(), "there must be a piece of the day");
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    const TransientPiece& p = in.pieces[i];
    need(std::isfinite(p.length) && p.length > 0, fmt::format("piece {}: length must be > 0", i));
    need(is_rate(p.arrival_rate), fmt::format("piece {}: arrival_rate must be >= 0", i));
    need(p.agents >= 0, fmt::format("piece {}: agents must be >= 0", i));
    need(std::isfinite(p.service_rate) && std::isfinite(p.patience_rate),
         fmt::format("piece {}: rates of its own must be numbers", i));
  }
  need(!in.with_waits || in.shift_end != ShiftEnd::kPooled,
       "with_waits is not for shift ends of kPooled");
  if (faults.empty() && in.steady_start)
    need(in.pieces[0].arrival_rate > 0 && has_steady_state(in),
         "steady_start needs calls in the first piece, and patience, lines or a load below the "
         "agents");
  return faults;
}

double expected_updates(const TransientInput& in) {
  double sum = 0, waiting = 0;  // a queue of fluid
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    const transient::Rates r = transient::rates_of(in, i);
    const auto n = static_cast<double>(r.agents);
    const double load = r.arrival / r.service, length = in.pieces[i].length;
    const double ticks = (r.arrival + 1.1 * n * r.service) * length;
    sum += ticks * (30 + 12 * std::sqrt(n + load));
    if (i == 0)
      waiting = static_cast<double>(std::max<std::int64_t>(0, in.calls_at_start - r.agents));
    const double before = waiting;
    waiting = queue_after(r, waiting, length);
    if (in.lines > 0) waiting = std::min(waiting, std::max(0.0, static_cast<double>(in.lines) - n));
    const transient::Rates next = transient::rates_of(in, std::min(i + 1, in.pieces.size() - 1));
    const bool changes = in.by_event || next.agents != r.agents || next.service != r.service ||
                         next.patience != r.patience;
    const auto fall = static_cast<double>(std::max<std::int64_t>(0, r.agents - next.agents));
    const double rows = in.shift_end == ShiftEnd::kPooled ? 1 + fall : 1;
    sum += rows * window_updates(r, std::max(before, waiting),
                                 std::min(in.within, longest_wait(in)), changes);
  }
  return sum;
}

TransientResult solve_transient(const TransientInput& in) {
  CALLMILL_CHECK(faults_of(in).empty(), "a faulty day reached the transient model");
  TransientInput day = in;
  day.within = std::min(in.within, longest_wait(in));
  bool lines_in_reach = false;
  TransientResult result = solve(day, true, lines_in_reach);
  if (lines_in_reach) result = solve(day, false, lines_in_reach);
  return result;
}

}  // namespace callmill
