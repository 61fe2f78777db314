#include "models/chains/callback.h"

#include <algorithm>

#include "base/check.h"
#include "models/chains/size.h"
#include "models/chains/stationary.h"
#include "models/chains/wait.h"

namespace callmill {
namespace {

struct State {
  int live, callback, queue, list;
  int ahead;  // of the watched caller in the live queue; -1: nobody is watched
  friend bool operator==(const State&, const State&) = default;
};

enum class Arrival { kTaken, kCallback, kQueue, kBlocked };

bool offers(const CallbackInput& in, const State& s) {
  return s.live + s.callback == in.agents && s.queue >= in.offer_from && s.list < in.list_room;
}

// visit(next, rate, what became of the call).
template <class Visit>
void each_arrival(const CallbackInput& in, const State& s, Visit&& visit) {
  State next = s;
  if (s.live + s.callback < in.agents) {
    ++next.live;
    return visit(next, in.arrival_rate, Arrival::kTaken);
  }
  const double accepted = offers(in, s) ? in.p_accept : 0;
  ++next.list;
  visit(next, in.arrival_rate * accepted, Arrival::kCallback);
  next = s;
  if (s.queue < in.room) ++next.queue;
  visit(next, in.arrival_rate * (1 - accepted),
        s.queue < in.room ? Arrival::kQueue : Arrival::kBlocked);
}

// An agent has become free. True when it takes a live caller.
bool agent_freed(const CallbackInput& in, State& s) {
  const int idle = in.agents - s.live - s.callback;
  const bool first = in.priority_from && s.list >= *in.priority_from && s.list > 0;
  if (!first && s.queue > 0) {
    --s.queue;
    ++s.live;
    return true;
  }
  if (first || (s.list > 0 && idle > in.reserve)) {
    --s.list;
    ++s.callback;
  }
  return false;
}

// Ends of work: visit(next, rate, whether a live caller was taken).
template <class Visit>
void each_end(const CallbackInput& in, const State& s, Visit&& visit) {
  for (const bool live : {true, false}) {
    State next = s;
    const double rate = live ? s.live * in.service_rate : s.callback * in.callback_rate;
    if (rate == 0) continue;
    --(live ? next.live : next.callback);
    const bool taken = agent_freed(in, next);
    visit(next, rate, taken);
  }
}

Chain<State> chain_of(const CallbackInput& in) {
  return explore(
      State{0, 0, 0, 0, -1},
      [&](const State& s, auto&& visit) {
        each_arrival(in, s, [&](const State& to, double rate, Arrival) { visit(to, rate); });
        each_end(in, s, [&](const State& to, double rate, bool) { visit(to, rate); });
        State next = s;
        --next.queue;
        visit(next, s.queue * in.patience_rate);
      },
      10 * kMostStates);
}

// Later arrivals matter to one who waits only where callbacks may come first; where none may, the
// list and those behind are left out of the state.
WaitChain<State> wait_of(const CallbackInput& in, const std::vector<State>& starts) {
  const bool all = in.priority_from.has_value();
  return explore_wait(
      starts,
      [&](const State& s, auto&& onward, auto&& serve, auto&& lose) {
        lose(in.patience_rate);
        State next = s;
        --next.queue;
        if (all) onward(next, (s.queue - 1 - s.ahead) * in.patience_rate);
        --next.ahead;
        onward(next, s.ahead * in.patience_rate);
        if (all)
          each_arrival(in, s, [&](const State& to, double rate, Arrival) { onward(to, rate); });
        each_end(in, s, [&](const State& to, double rate, bool taken) {
          if (!taken) return onward(to, rate);
          if (s.ahead == 0) return serve(rate);
          State moved = to;
          --moved.ahead;
          onward(moved, rate);
        });
      },
      10 * kMostStates);
}

// As wait_of sees the state in which a caller has just joined the queue.
State watched(const CallbackInput& in, State s) {
  s.ahead = s.queue - 1;
  if (!in.priority_from) s.list = 0;
  return s;
}

void add_waits(const CallbackInput& in, const std::vector<std::pair<State, double>>& joined,
               CallbackResult& r) {
  std::vector<State> starts;
  for (const auto& [s, flow] : joined) starts.push_back(watched(in, s));
  if (starts.empty()) return;
  const WaitChain<State> wait = wait_of(in, starts);
  const FateWithin fate = fate_within(wait, in.within);
  for (const auto& [s, flow] : joined) {
    const auto at = static_cast<Eigen::Index>(wait.index.find(watched(in, s)));
    r.p_live_answered_le += flow / in.arrival_rate * fate.served[at];
    r.p_abandon_le += flow / in.arrival_rate * fate.lost[at];
  }
}

}  // namespace

std::string fault(const CallbackInput& in) {
  if (in.agents < 1) return "n must be >= 1";
  if (!(in.arrival_rate > 0 && in.service_rate > 0 && in.callback_rate > 0))
    return "lam, mu and mu_cb must be > 0";
  if (!(in.patience_rate >= 0 && in.within >= 0)) return "theta and t must be >= 0";
  if (!(in.p_accept >= 0 && in.p_accept <= 1)) return "p_acc must lie in 0..1";
  if (in.room < 0 || in.offer_from < 0 || in.list_room < 0 || in.reserve < 0 ||
      (in.priority_from && *in.priority_from < 0))
    return "qcap, cb_thr, cb_cap, cb_reserve and cb_prio must be >= 0";
  const double staff = (in.agents + 1.0) * (in.agents + 2.0) / 2;
  return too_many_states((staff + (in.agents + 1.0) * in.room) * (in.list_room + 1.0),
                         "fewer agents, or a shorter queue or list");
}

CallbackResult solve_callback(const CallbackInput& in) {
  CALLMILL_CHECK(fault(in).empty(), "callback: the input has a fault");
  const Chain<State> chain = chain_of(in);
  const Stationary law = stationary(chain.generator);
  CallbackResult r{};
  std::vector<std::pair<State, double>> joined;
  for (std::size_t i = 0; i < chain.states().size(); ++i) {
    const double p = law.p[static_cast<Eigen::Index>(i)];
    each_arrival(in, chain.states()[i], [&](const State& to, double rate, Arrival what) {
      const double share = p * rate / in.arrival_rate;
      if (what == Arrival::kTaken) r.p_immediate += share;
      if (what == Arrival::kCallback) r.p_callback += share;
      if (what == Arrival::kBlocked) r.p_block += share;
      if (what == Arrival::kQueue) {
        r.p_queue += share;
        if (rate > 0) joined.emplace_back(to, p * rate);
      }
    });
  }
  r.p_live_answered_le = r.p_immediate;
  add_waits(in, joined, r);
  const auto mean = [&](auto&& value) { return chain.mean(law.p, value); };
  r.mean_queue = mean([](const State& s) { return s.queue; });
  r.mean_list = mean([](const State& s) { return s.list; });
  r.mean_busy_live = mean([](const State& s) { return s.live; });
  r.mean_busy_callback = mean([](const State& s) { return s.callback; });
  r.occupancy = (r.mean_busy_live + r.mean_busy_callback) / in.agents;
  r.p_abandon = in.patience_rate * r.mean_queue / in.arrival_rate;
  r.p_live_answered = in.service_rate * r.mean_busy_live / in.arrival_rate;
  r.p_callback_done = in.callback_rate * r.mean_busy_callback / in.arrival_rate;
  r.mean_wait_callback = r.mean_list / (in.arrival_rate * r.p_callback);
  r.mean_wait_offered = r.mean_queue / in.arrival_rate;
  r.states = static_cast<int>(chain.states().size());
  r.residual = law.residual;
  return r;
}

}  // namespace callmill
