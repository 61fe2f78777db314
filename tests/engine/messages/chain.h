#pragma once
// Exact steady state of a small continuous-time Markov chain that a test spells out itself: an
// oracle that shares no code with the engine.

#include <array>
#include <catch2/catch.hpp>
#include <cstddef>

#include "models/chains/stationary.h"

namespace callmill::test {

// `moves(state, visit)` calls visit(next, rate) for each step out of `state`, from all zeros on.
template <std::size_t N>
class SmallChain {
 public:
  using State = std::array<int, N>;

  template <class Moves>
  explicit SmallChain(Moves&& moves) : chain_{explore(State{}, moves, 50'000)} {
    REQUIRE_FALSE(chain_.too_large);
    const Stationary law = stationary(chain_.generator);
    REQUIRE(law.residual < 1e-12);
    p_ = law.p;
  }

  // Expectation of a function of the state.
  template <class F>
  double mean(F&& f) const {
    return chain_.mean(p_, f);
  }

 private:
  Chain<State> chain_;
  Vector p_;
};

}  // namespace callmill::test
