#pragma once
// Exact steady state of a small continuous-time Markov chain that a test spells out itself: an
// oracle that shares no code with the engine.

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <map>
#include <vector>

namespace callmill::test {

// `moves(state, visit)` calls visit(next, rate) for each step out of `state`.
template <std::size_t N>
class SmallChain {
 public:
  using State = std::array<int, N>;

  template <class Moves>
  explicit SmallChain(Moves&& moves) {
    std::map<State, std::size_t> index;
    const auto find = [&](const State& s) {
      const auto [at, fresh] = index.emplace(s, states_.size());
      if (fresh) states_.push_back(s);
      return at->second;
    };
    find(State{});
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const State from = states_[i];
      out_.push_back(0);
      moves(from, [&](const State& to, double rate) {
        const std::size_t j = find(to);
        into_.resize(states_.size());
        into_[j].push_back({i, rate});
        out_[i] += rate;
      });
    }
    REQUIRE(states_.size() < 50'000);
    solve();
  }

  // Expectation of a function of the state.
  template <class F>
  double mean(F&& f) const {
    double sum = 0;
    for (std::size_t i = 0; i < states_.size(); ++i) sum += p_[i] * f(states_[i]);
    return sum;
  }

 private:
  struct Move {
    std::size_t from;
    double rate;
  };
  // Gauss-Seidel on the balance equations.
  void solve() {
    p_.assign(states_.size(), 1.0 / static_cast<double>(states_.size()));
    double change = 1;
    for (int sweep = 0; sweep < 20'000 && change > 1e-13; ++sweep) {
      change = 0;
      double total = 0;
      for (std::size_t i = 0; i < states_.size(); ++i) {
        double flow = 0;
        for (const Move& m : into_[i]) flow += p_[m.from] * m.rate;
        const double p = flow / out_[i];
        change = std::max(change, std::abs(p - p_[i]));
        total += p_[i] = p;
      }
      for (double& p : p_) p /= total;
    }
    REQUIRE(change <= 1e-13);
  }

  std::vector<State> states_;
  std::vector<std::vector<Move>> into_;
  std::vector<double> out_, p_;
};

}  // namespace callmill::test
