#pragma once
// Exact steady state of a small Markov chain given by its moves: an oracle that shares no code with
// the engine.

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

namespace callmill::test {

using ChainState = std::vector<int>;
using Visit = std::function<void(const ChainState& to, double rate)>;

class Steady {
 public:
  // `moves(state, visit)` calls visit for each move out of `state`. All states are found from
  // `start`.
  Steady(const ChainState& start,
         const std::function<void(const ChainState&, const Visit&)>& moves) {
    std::map<ChainState, std::size_t> index;
    const auto find = [&](const ChainState& s) {
      const auto [at, fresh] = index.emplace(s, states_.size());
      if (fresh) states_.push_back(s);
      return at->second;
    };
    find(start);
    std::vector<std::vector<std::pair<std::size_t, double>>> into;
    std::vector<double> out;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const ChainState from = states_[i];
      out.push_back(0);
      moves(from, [&](const ChainState& to, double rate) {
        if (rate <= 0 || to == from) return;
        const std::size_t j = find(to);
        into.resize(states_.size());
        into[j].emplace_back(i, rate);
        out[i] += rate;
      });
    }
    solve(into, out);
  }

  double mean(const std::function<double(const ChainState&)>& of) const {
    double sum = 0;
    for (std::size_t i = 0; i < states_.size(); ++i) sum += p_[i] * of(states_[i]);
    return sum;
  }

 private:
  // Gauss-Seidel on the balance equations.
  void solve(const std::vector<std::vector<std::pair<std::size_t, double>>>& into,
             const std::vector<double>& out) {
    REQUIRE(states_.size() < 20'000);
    p_.assign(states_.size(), 1.0 / static_cast<double>(states_.size()));
    double change = 1;
    for (int sweep = 0; sweep < 20'000 && change > 1e-13; ++sweep) {
      change = 0;
      double total = 0;
      for (std::size_t i = 0; i < states_.size(); ++i) {
        double flow = 0;
        for (const auto& [from, rate] : into[i]) flow += p_[from] * rate;
        const double p = flow / out[i];
        change = std::max(change, std::abs(p - p_[i]));
        total += p_[i] = p;
      }
      for (double& p : p_) p /= total;
    }
    REQUIRE(change <= 1e-13);
  }

  std::vector<ChainState> states_;
  std::vector<double> p_;
};

}  // namespace callmill::test
