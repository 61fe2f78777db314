#pragma once
// One caller watched while waiting: a chain of all that still matters to the wait, left when the
// caller is served or gives up.

#include "models/chains/generator.h"
#include "models/chains/transient.h"

namespace callmill {

template <class State>
struct WaitChain {
  StateIndex<State> index;
  Generator generator;  // leaves by served + lost
  Vector served, lost;  // rates out, by state
  bool too_large = false;
};

// `moves(state, onward, serve, lose)` calls onward(next, rate), serve(rate), lose(rate) for what
// can happen next. Given up, as too large, once `stop` is set.
template <class State, class Moves>
WaitChain<State> explore_wait(const std::vector<State>& starts, Moves&& moves, std::size_t limit,
                              StopFlag stop = nullptr) {
  WaitChain<State> chain;
  std::vector<Move> all;
  std::vector<double> served, lost, out;
  for (const State& s : starts) chain.index.add(s);
  for (std::uint32_t i = 0; i < chain.index.size(); ++i) {
    if (chain.index.size() > limit) {
      chain.too_large = true;
      all.clear();
      if (chain.index.size() > kCountedOn * limit) return chain;
    }
    if (is_set(stop)) {
      chain.too_large = true;
      return chain;
    }
    served.push_back(0);
    lost.push_back(0);
    const State from = chain.index.states()[i];
    moves(
        from,
        [&](const State& to, double rate) {
          if (rate <= 0) return;
          const std::uint32_t next = chain.index.add(to);
          if (!chain.too_large) all.push_back({i, next, rate});
        },
        [&](double rate) { served.back() += rate; }, [&](double rate) { lost.back() += rate; });
    out.push_back(served.back() + lost.back());
  }
  if (chain.too_large) return chain;
  chain.generator = make_generator(chain.index.size(), all, out);
  const auto n = static_cast<Eigen::Index>(served.size());
  chain.served = Eigen::Map<const Vector>(served.data(), n);
  chain.lost = Eigen::Map<const Vector>(lost.data(), n);
  return chain;
}

// Chances by state: served, or gone, within a time. Once `stop` is set, these and those in the end
// are no answers.
struct FateWithin {
  Vector served, lost;
};
FateWithin fate_within(const Generator& g, const Vector& served, const Vector& lost, double within,
                       StopFlag stop = nullptr);

// In the end: chances, and E[wait; served], E[wait; lost].
struct FateAtLast {
  Vector served, lost, wait_served, wait_lost;
};
FateAtLast fate_at_last(const Generator& g, const Vector& served, const Vector& lost,
                        StopFlag stop = nullptr);

template <class State>
FateWithin fate_within(const WaitChain<State>& c, double within, StopFlag stop = nullptr) {
  return fate_within(c.generator, c.served, c.lost, within, stop);
}
template <class State>
FateAtLast fate_at_last(const WaitChain<State>& c, StopFlag stop = nullptr) {
  return fate_at_last(c.generator, c.served, c.lost, stop);
}

// First come, first served, by rates that depend on the number ahead alone: position 0 .. longest
// ahead of the watched caller, all `drain_rate` = n mu; patience theta >= 0 each.
WaitChain<int> line_of_waiters(int longest, double drain_rate, double patience_rate);

}  // namespace callmill
