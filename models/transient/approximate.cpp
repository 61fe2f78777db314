#include "models/transient/approximate.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "models/transient/walk.h"

namespace callmill {
namespace {

using transient::rates_of;

// Mean of lambda over each piece, a mean handle time of the piece earlier.
std::vector<double> lagged_rates(const TransientInput& in) {
  std::vector<double> starts{0};
  for (const TransientPiece& p : in.pieces) starts.push_back(starts.back() + p.length);
  // Calls that have come by `t`.
  const auto calls_by = [&](double t) {
    if (t <= 0) return in.steady_start ? t * in.pieces[0].arrival_rate : 0.0;
    double calls = 0;
    for (std::size_t i = 0; i < in.pieces.size() && starts[i] < t; ++i)
      calls += in.pieces[i].arrival_rate * (std::min(t, starts[i + 1]) - starts[i]);
    return calls;
  };
  std::vector<double> rates;
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    const double lag = 1 / rates_of(in, i).service;
    rates.push_back((calls_by(starts[i + 1] - lag) - calls_by(starts[i] - lag)) /
                    in.pieces[i].length);
  }
  return rates;
}

std::vector<double> offered_load_rates(const TransientInput& in) {
  auto load = static_cast<double>(in.calls_at_start);
  if (in.steady_start) load = in.pieces[0].arrival_rate / rates_of(in, 0).service;
  std::vector<double> rates;
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    const TransientPiece& p = in.pieces[i];
    const double mu = rates_of(in, i).service;
    const double to = p.arrival_rate / mu, gone = -std::expm1(-mu * p.length);
    rates.push_back(p.arrival_rate + (load - to) * gone / p.length);
    load += (to - load) * gone;
  }
  return rates;
}

QueueResult nobody_at_work() {
  QueueResult r{};
  r.p_wait = r.p_abandon = 1;
  return r;
}

QueueResult no_calls() {
  QueueResult r{};
  r.p_nowait = r.p_served = r.p_served_le = 1;
  r.sl_offered = r.sl_accepted = r.sl_answered = r.sl_excl_short_abandon = r.sl_abandon_ok = 1;
  return r;
}

}  // namespace

std::vector<double> effective_rates(const TransientInput& in, Approximation how) {
  CALLMILL_CHECK(in.service_rate > 0 && !in.pieces.empty(), "a faulty day was approximated");
  switch (how) {
    case Approximation::kPointwise: {
      std::vector<double> rates;
      for (const TransientPiece& p : in.pieces) rates.push_back(p.arrival_rate);
      return rates;
    }
    case Approximation::kLagged:
      return lagged_rates(in);
    case Approximation::kOfferedLoad:
      return offered_load_rates(in);
  }
  return {};
}

std::vector<QueueResult> approximate_day(const TransientInput& in, Approximation how) {
  const std::vector<double> rates = effective_rates(in, how);
  std::vector<QueueResult> day;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const auto agents = static_cast<double>(in.pieces[i].agents);
    if (agents <= 0) {
      day.push_back(nobody_at_work());
    } else if (rates[i] <= 0) {
      day.push_back(no_calls());
    } else {
      const transient::Rates r = rates_of(in, i);
      day.push_back(solve_queue({agents, rates[i], r.service, r.patience,
                                 in.lines > 0 ? std::max(in.lines, r.agents) : 0, in.within}));
    }
  }
  return day;
}

}  // namespace callmill
