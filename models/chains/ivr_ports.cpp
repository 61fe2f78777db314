#include "models/chains/ivr_ports.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "models/chains/size.h"
#include "models/chains/stationary.h"
#include "models/chains/wait.h"

namespace callmill {
namespace {

struct State {
  int menu, calls;
  friend bool operator==(State, State) = default;
};

int ports_of(const IvrTrunksInput& in) {
  return static_cast<int>(in.ports == 0 ? in.lines : std::min(in.ports, in.lines));
}

bool has_room(const IvrTrunksInput& in, State s) {
  return s.menu < ports_of(in) && s.menu + s.calls < in.lines;
}

Chain<State> chain_of(const IvrTrunksInput& in) {
  const int agents = static_cast<int>(in.agents);
  return explore(
      State{0, 0},
      [&](State s, auto&& visit) {
        const auto [i, j] = s;
        if (has_room(in, s)) visit({i + 1, j}, in.arrival_rate);
        visit({i - 1, j + 1}, i * in.menu_rate * in.p_agent);
        visit({i - 1, j}, i * in.menu_rate * (1 - in.p_agent));
        visit({i, j - 1},
              std::min(j, agents) * in.service_rate + std::max(j - agents, 0) * in.patience_rate);
      },
      10 * kMostStates);
}

// What becomes of requests, by the flow of them that meets j callers.
void add_waits(const IvrTrunksInput& in, const Vector& met, IvrTrunksResult& r) {
  const auto agents = static_cast<Eigen::Index>(in.agents);
  r.request_rate = met.sum();
  r.p_nowait = met.head(std::min(agents, met.size())).sum() / r.request_rate;
  double served = r.p_nowait, wait_served = 0, served_le = r.p_nowait, lost_le = 0;
  const auto places = static_cast<int>(met.size() - agents);
  if (places > 0) {
    const WaitChain<int> line = line_of_waiters(
        places - 1, static_cast<double>(in.agents) * in.service_rate, in.patience_rate);
    const FateWithin within = fate_within(line, in.within);
    const FateAtLast last = fate_at_last(line);
    const Vector still =
        Uniformised{line.generator}.backward(Vector::Ones(line.served.size()), in.within).end;
    for (int ahead = 0; ahead < places; ++ahead) {
      const double share = met[agents + ahead] / r.request_rate;
      const auto at = static_cast<Eigen::Index>(line.index.find(ahead));
      r.p_wait += share;
      served += share * last.served[at];
      wait_served += share * last.wait_served[at];
      served_le += share * within.served[at];
      lost_le += share * within.lost[at];
      r.p_wait_gt += share * still[at];
    }
  }
  r.p_served = served;
  r.mean_wait_served = wait_served / served;
  r.sl_offered = served_le;
  r.sl_answered = served_le / served;
  r.sl_excl_short_abandon = served_le / (1 - lost_le);
  r.sl_abandon_ok = served_le + lost_le;
}

}  // namespace

std::string fault_of_ivr_ports(const IvrTrunksInput& in) {
  if (!(in.arrival_rate > 0 && in.service_rate > 0 && in.menu_rate > 0))
    return "the rates of calls, menu and service must be > 0";
  if (std::isinf(in.menu_rate)) return "without a menu ports are no limit";
  if (!(in.p_agent > 0 && in.p_agent <= 1)) return "p_agent must lie in (0, 1]";
  if (!(in.patience_rate >= 0 && in.within >= 0)) return "theta and t must be >= 0";
  if (in.agents < 1 || in.lines < 1 || in.ports < 0) return "S, N >= 1 and ports >= 0 must hold";
  const double ports = in.ports == 0 ? static_cast<double>(in.lines)
                                     : static_cast<double>(std::min(in.ports, in.lines));
  return too_many_states((ports + 1) * (static_cast<double>(in.lines) + 1 - ports / 2),
                         "fewer lines or ports");
}

IvrTrunksResult solve_ivr_ports(const IvrTrunksInput& in) {
  CALLMILL_CHECK(fault_of_ivr_ports(in).empty(), "ivr ports: the input has a fault");
  const Chain<State> chain = chain_of(in);
  const Stationary law = stationary(chain.generator);
  const auto agents = static_cast<int>(in.agents);
  Vector met = Vector::Zero(static_cast<Eigen::Index>(in.lines));
  IvrTrunksResult r{};
  for (std::size_t k = 0; k < chain.states().size(); ++k) {
    const State s = chain.states()[k];
    const double p = law.p[static_cast<Eigen::Index>(k)];
    if (!has_room(in, s)) r.p_block += p;
    if (s.menu > 0) met[s.calls] += p * s.menu * in.menu_rate * in.p_agent;
  }
  const auto mean = [&](auto&& value) { return chain.mean(law.p, value); };
  r.mean_menu = mean([](State s) { return s.menu; });
  r.mean_busy = mean([&](State s) { return std::min(s.calls, agents); });
  r.mean_queue = mean([&](State s) { return std::max(s.calls - agents, 0); });
  r.mean_lines = mean([](State s) { return s.menu + s.calls; });
  r.occupancy = r.mean_busy / agents;
  add_waits(in, met, r);
  r.mean_wait = r.mean_queue / r.request_rate;
  r.p_abandon = in.patience_rate * r.mean_queue / r.request_rate;
  r.connect_rate = (1 - r.p_block) * (1 - in.p_agent + in.p_agent * r.p_served);
  r.answered_over_offered = (1 - r.p_block) * in.p_agent * r.p_served;
  return r;
}

}  // namespace callmill
