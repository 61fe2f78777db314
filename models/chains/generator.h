#pragma once
// A Markov chain in continuous time, built by walking from a start state along its moves.
//
//   auto chain = explore(State{}, [](const State& s, auto&& visit) { visit(next, rate); },
//   100'000);
//
// A state is any small value without padding that knows ==: an array of counts, a struct of ints.
// States are numbered in the order in which the walk meets them, so results do not depend on the
// hash.

#include <Eigen/SparseCore>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/chains/size.h"

namespace callmill {

using Vector = Eigen::VectorXd;

// Rates per unit of time. `rates(i, j)`, i != j, from state i to state j; `out[i]` is all that
// leaves i. Where out[i] exceeds the row's sum, the rest leaves the chain (killed, absorbed).
struct Generator {
  Eigen::SparseMatrix<double, Eigen::RowMajor> rates;
  Vector out;
  Eigen::Index size() const { return out.size(); }
};

// Rates of moves from..to; equal pairs add up, moves from a state to itself fall away.
struct Move {
  std::uint32_t from, to;
  double rate;
};
// `lost[i]`, where given: rate at which state i leaves the chain.
Generator make_generator(std::size_t states, const std::vector<Move>& moves,
                         const std::vector<double>& lost = {});

// Who waits for a long computation may set a flag; null: nobody will.
using StopFlag = const std::atomic<bool>*;
inline bool is_set(StopFlag stop) {
  return stop != nullptr && stop->load(std::memory_order_relaxed);
}

struct StateHash {
  template <class State>
  std::size_t operator()(const State& s) const {
    static_assert(std::has_unique_object_representations_v<State>,
                  "bytes of equal states must be equal");
    const auto* bytes = reinterpret_cast<const unsigned char*>(&s);
    std::uint64_t hash = 0x9e3779b97f4a7c15u;
    for (std::size_t i = 0; i < sizeof(State); i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes + i, sizeof(State) - i < 8 ? sizeof(State) - i : 8);
      hash = (hash ^ word) * 0xff51afd7ed558ccdu;
      hash ^= hash >> 32u;
    }
    return hash;
  }
};

// Numbers states in the order in which they are first asked for.
template <class State>
class StateIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;

  std::uint32_t add(const State& s) {
    const auto [at, fresh] = index_.try_emplace(s, static_cast<std::uint32_t>(states_.size()));
    if (fresh) states_.push_back(s);
    return at->second;
  }
  std::uint32_t find(const State& s) const {
    const auto at = index_.find(s);
    return at == index_.end() ? kNone : at->second;
  }
  const std::vector<State>& states() const { return states_; }
  std::size_t size() const { return states_.size(); }

 private:
  std::vector<State> states_;
  std::unordered_map<State, std::uint32_t, StateHash> index_;
};

template <class State>
struct Chain {
  StateIndex<State> index;
  Generator generator;  // empty when the walk was given up
  bool too_large =
      false;  // more than `limit` states; they are counted on to kCountedOn times as many

  const std::vector<State>& states() const { return index.states(); }
  // Expectation of a function of the state under the weights p.
  template <class F>
  double mean(const Vector& p, F&& value) const {
    double sum = 0;
    for (std::size_t i = 0; i < states().size(); ++i)
      sum += p[static_cast<Eigen::Index>(i)] * static_cast<double>(value(states()[i]));
    return sum;
  }
};

// All that can be reached from `starts`. `moves(state, visit)` calls visit(next, rate) for each
// step out of it; a rate of 0 is no step. Given up, as too large, once `stop` is set. Cost: one
// hash look-up a move, 0.1 us.
template <class State, class Moves>
Chain<State> explore_from(const std::vector<State>& starts, Moves&& moves, std::size_t limit,
                          StopFlag stop = nullptr) {
  Chain<State> chain;
  std::vector<Move> all;
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
    const State from = chain.index.states()[i];
    moves(from, [&](const State& to, double rate) {
      if (rate <= 0) return;
      const std::uint32_t next = chain.index.add(to);
      if (!chain.too_large) all.push_back({i, next, rate});
    });
  }
  if (!chain.too_large) chain.generator = make_generator(chain.index.size(), all);
  return chain;
}
template <class State, class Moves>
Chain<State> explore(const State& start, Moves&& moves, std::size_t limit,
                     StopFlag stop = nullptr) {
  return explore_from(std::vector<State>{start}, std::forward<Moves>(moves), limit, stop);
}

}  // namespace callmill
