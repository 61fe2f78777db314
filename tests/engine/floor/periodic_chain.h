#pragma once
// A Markov chain that is looked at every so often: between looks it moves by rates, at a look its
// state is changed by a fixed map. Its long-run shares of time, by uniformisation:
//   pi = pi e^(Q d) M   right after a look, and   1/d integral of pi e^(Q t) dt over one period.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

namespace callmill::test {

template <class State>
class PeriodicChain {
 public:
  using Visit = std::function<void(const State&, double rate)>;
  using Moves = std::function<void(const State&, const Visit&)>;
  using Look = std::function<State(const State&)>;

  PeriodicChain(const State& start, const Moves& moves, const Look& look, double period)
      : period_{period} {
    find(start);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const State from = states_[i];
      double out = 0;
      std::vector<Move> own;
      moves(from, [&](const State& to, double rate) {
        own.push_back({find(to), rate});
        out += rate;
      });
      moves_.push_back(std::move(own));
      after_look_.push_back(find(look(from)));
      fastest_ = std::max(fastest_, out);
    }
    REQUIRE(states_.size() < 5000);
    solve();
  }

  // Long-run mean of a function of the state.
  double mean(const std::function<double(const State&)>& value) const {
    double sum = 0;
    for (std::size_t i = 0; i < states_.size(); ++i) sum += shares_[i] * value(states_[i]);
    return sum;
  }
  // Looks per second that change the state so.
  double looks(const std::function<bool(const State& before, const State& after)>& which) const {
    double sum = 0;
    for (std::size_t i = 0; i < states_.size(); ++i)
      if (which(states_[i], states_[after_look_[i]])) sum += at_look_[i];
    return sum / period_;
  }

 private:
  struct Move {
    std::size_t to;
    double rate;
  };
  using Vector = std::vector<double>;

  std::size_t find(const State& s) {
    const auto [at, fresh] = index_.emplace(s, states_.size());
    if (fresh) states_.push_back(s);
    return at->second;
  }

  // One step of the uniformised chain.
  Vector step(const Vector& p) const {
    Vector next = p;
    for (std::size_t i = 0; i < p.size(); ++i)
      for (const Move& m : moves_[i]) {
        const double flow = p[i] * m.rate / fastest_;
        next[i] -= flow;
        next[m.to] += flow;
      }
    return next;
  }
  // p e^(Q period), and the mean of p e^(Q t) over the period.
  void pass(const Vector& p, Vector& end, Vector& mean) const {
    const double jumps = fastest_ * period_;
    end.assign(p.size(), 0);
    mean.assign(p.size(), 0);
    Vector now = p;
    double weight = std::exp(-jumps), beyond = 1 - weight;
    for (int k = 0; k < 10'000; ++k) {
      for (std::size_t i = 0; i < p.size(); ++i) {
        end[i] += weight * now[i];
        mean[i] += beyond / jumps * now[i];
      }
      if (beyond < 1e-15) return;
      weight *= jumps / (k + 1);
      beyond -= weight;
      now = step(now);
    }
  }
  void solve() {
    Vector p(states_.size(), 1.0 / static_cast<double>(states_.size()));
    double change = 1;
    for (int look = 0; look < 20'000 && change > 1e-12; ++look) {
      pass(p, at_look_, shares_);
      Vector next(p.size(), 0);
      for (std::size_t i = 0; i < p.size(); ++i) next[after_look_[i]] += at_look_[i];
      change = 0;
      for (std::size_t i = 0; i < p.size(); ++i) change += std::abs(next[i] - p[i]);
      p = std::move(next);
    }
    REQUIRE(change <= 1e-12);
  }

  double period_, fastest_ = 0;
  std::map<State, std::size_t> index_;
  std::vector<State> states_;
  std::vector<std::vector<Move>> moves_;
  std::vector<std::size_t> after_look_;
  Vector at_look_, shares_;
};

}  // namespace callmill::test
