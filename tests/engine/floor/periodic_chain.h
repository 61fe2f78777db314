#pragma once
// A Markov chain that is looked at every so often: between looks it moves by rates, at a look its
// state is changed by a fixed map. Its long-run shares of time, by uniformisation:
//   pi = pi e^(Q d) M   right after a look, and   1/d integral of pi e^(Q t) dt over one period.

#include <catch2/catch.hpp>
#include <functional>
#include <vector>

#include "models/chains/transient.h"

namespace callmill::test {

template <class State>
class PeriodicChain {
 public:
  using Visit = std::function<void(const State&, double rate)>;
  using Moves = std::function<void(const State&, const Visit&)>;
  using Look = std::function<State(const State&)>;

  PeriodicChain(const State& start, const Moves& moves, const Look& look, double period)
      : period_{period} {
    std::vector<Move> all;
    index_.add(start);
    for (std::uint32_t i = 0; i < index_.size(); ++i) {
      const State from = index_.states()[i];
      moves(from, [&](const State& to, double rate) { all.push_back({i, index_.add(to), rate}); });
      after_look_.push_back(index_.add(look(from)));
    }
    REQUIRE(index_.size() < 5000);
    solve(Uniformised{make_generator(index_.size(), all)});
  }

  // Long-run mean of a function of the state.
  double mean(const std::function<double(const State&)>& value) const {
    double sum = 0;
    for (std::uint32_t i = 0; i < index_.size(); ++i) sum += shares_[i] * value(index_.states()[i]);
    return sum;
  }
  // Looks per second that change the state so.
  double looks(const std::function<bool(const State& before, const State& after)>& which) const {
    const std::vector<State>& states = index_.states();
    double sum = 0;
    for (std::uint32_t i = 0; i < states.size(); ++i)
      if (which(states[i], states[after_look_[i]])) sum += at_look_[i];
    return sum / period_;
  }

 private:
  void solve(const Uniformised& between_looks) {
    const auto n = static_cast<Eigen::Index>(index_.size());
    Vector p = Vector::Constant(n, 1.0 / static_cast<double>(n));
    double change = 1;
    for (int look = 0; look < 20'000 && change > 1e-12; ++look) {
      const Passage pass = between_looks.forward(p, period_);
      at_look_ = pass.end;
      shares_ = pass.integral / period_;
      Vector next = Vector::Zero(n);
      for (Eigen::Index i = 0; i < n; ++i)
        next[after_look_[static_cast<std::size_t>(i)]] += at_look_[i];
      change = (next - p).cwiseAbs().sum();
      p = next;
    }
    REQUIRE(change <= 1e-12);
  }

  double period_;
  StateIndex<State> index_;
  std::vector<std::uint32_t> after_look_;
  Vector at_look_, shares_;
};

}  // namespace callmill::test
