#include "models/chains/retrial.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "models/chains/size.h"
#include "models/chains/stationary.h"
#include "models/chains/wait.h"

namespace callmill {
namespace {

constexpr int kFirstOrbit = 32;
constexpr double kTop = 1e-15;

struct State {
  int calls, orbit;
  friend bool operator==(State, State) = default;
};

Chain<State> chain_of(const RetrialInput& in, int room) {
  return explore(
      State{0, 0},
      [&](const State& s, auto&& visit) {
        const auto [k, r] = s;
        const int joined = std::min(r + 1, room);
        if (k < in.lines) {
          visit({k + 1, r}, in.arrival_rate);
          if (r > 0) visit({k + 1, r - 1}, r * in.retry_rate);
        } else {
          visit({k, joined}, in.arrival_rate * in.p_retry_block);
          if (r > 0) visit({k, r - 1}, r * in.retry_rate * (1 - in.p_retry_block));
        }
        if (k > 0) visit({k - 1, r}, std::min(k, in.agents) * in.service_rate);
        if (k > in.agents) {
          const double gives_up = (k - in.agents) * in.patience_rate;
          visit({k - 1, joined}, gives_up * in.p_retry_abandon);
          visit({k - 1, r}, gives_up * (1 - in.p_retry_abandon));
        }
      },
      10 * kMostStates);
}

// Flows of attempts by the number of calls that they meet, and what becomes of them.
RetrialShares shares(const RetrialInput& in, const Vector& met) {
  const double all = met.sum();
  RetrialShares s{};
  const int places = in.lines - in.agents;
  double served = met.head(in.agents).sum(), served_wait = 0;
  s.p_block = met[in.lines] / all;
  s.sl_offered = served;
  if (places > 0) {
    const WaitChain<int> line =
        line_of_waiters(places - 1, in.agents * in.service_rate, in.patience_rate);
    const FateWithin within = fate_within(line, in.within);
    const FateAtLast last = fate_at_last(line);
    for (int ahead = 0; ahead < places; ++ahead) {
      const double flow = met[in.agents + ahead];
      const auto at = static_cast<Eigen::Index>(line.index.find(ahead));
      s.p_wait += flow;
      served += flow * last.served[at];
      served_wait += flow * last.wait_served[at];
      s.sl_offered += flow * within.served[at];
    }
  }
  s.p_wait /= all;
  s.p_served = served / all;
  s.mean_wait_served = served_wait / served;
  s.sl_offered /= all;
  return s;
}

RetrialResult summary(const RetrialInput& in, int room, const Chain<State>& chain,
                      const Stationary& law) {
  RetrialResult result{};
  Vector fresh = Vector::Zero(in.lines + 1), retry = fresh;
  for (std::size_t i = 0; i < chain.states().size(); ++i) {
    const State s = chain.states()[i];
    const double p = law.p[static_cast<Eigen::Index>(i)];
    fresh[s.calls] += p * in.arrival_rate;
    retry[s.calls] += p * s.orbit * in.retry_rate;
    if (s.orbit == room) result.p_top += p;
  }
  const auto mean = [&](auto&& value) { return chain.mean(law.p, value); };
  result.orbit_room = room;
  result.residual = law.residual;
  result.mean_orbit = mean([](State s) { return s.orbit; });
  result.var_orbit =
      mean([&](State s) { return (s.orbit - result.mean_orbit) * (s.orbit - result.mean_orbit); });
  result.mean_queue = mean([&](State s) { return std::max(s.calls - in.agents, 0); });
  result.mean_busy = mean([&](State s) { return std::min(s.calls, in.agents); });
  result.occupancy = result.mean_busy / in.agents;
  result.attempt_rate = in.arrival_rate + in.retry_rate * result.mean_orbit;
  result.attempts_per_fresh = result.attempt_rate / in.arrival_rate;
  result.p_eventual_served = in.service_rate * result.mean_busy / in.arrival_rate;
  result.p_abandon = in.patience_rate * result.mean_queue / result.attempt_rate;
  result.fresh = shares(in, fresh);
  result.retry = shares(in, retry);
  result.all = shares(in, fresh + retry);
  return result;
}

bool is_share(double x) {
  return x >= 0 && x <= 1;
}

}  // namespace

std::string fault(const RetrialInput& in) {
  if (!(in.arrival_rate > 0 && in.service_rate > 0 && in.retry_rate > 0))
    return "the rates of calls, service and retries must be > 0";
  if (!(in.patience_rate >= 0 && in.within >= 0)) return "theta and t must be >= 0";
  if (in.agents < 1 || in.lines < in.agents) return "1 <= n <= K must hold";
  if (!is_share(in.p_retry_block) || !is_share(in.p_retry_abandon))
    return "shares that retry must lie in 0..1";
  const double leave = in.agents * in.service_rate +
                       (in.lines - in.agents) * in.patience_rate * (1 - in.p_retry_abandon);
  if (in.p_retry_block == 1 && in.arrival_rate >= leave)
    return "all who are blocked try again, and more call than can be served: the orbit grows "
           "without limit";
  return too_many_states((in.lines + 1.0) * (kFirstOrbit + 1), "fewer lines");
}

RetrialResult solve_retrial(const RetrialInput& in) {
  CALLMILL_CHECK(fault(in).empty(), "retrial: the input has a fault");
  for (int room = kFirstOrbit;; room *= 2) {
    const Chain<State> chain = chain_of(in, room);
    const Stationary law = stationary(chain.generator);
    RetrialResult result = summary(in, room, chain, law);
    if (result.p_top < kTop || 2.0 * room * in.lines > static_cast<double>(kMostStates))
      return result;
  }
}

}  // namespace callmill
