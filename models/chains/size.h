#pragma once
// How large a chain may be.

#include <cstddef>
#include <string>

namespace callmill {

// States that a chain of this room may have: some seconds and some hundred MB.
inline constexpr std::size_t kMostStates = 200'000;

// Beyond its limit a walk goes on without keeping moves, to so many times the limit, so that
// whoever asked for too much is told how much it was.
inline constexpr std::size_t kCountedOn = 5;
// "431207 states", or "more than 1000000 states" where even the count was given up.
std::string states_text(std::size_t counted, std::size_t limit);

// Why there is no answer: "its chain has 431207 states, and 200000 are the limit", "its day takes
// some 4e+10 steps from state to state, and 3e+10 are the limit".
std::string too_large_a_chain(std::size_t counted, std::size_t limit);
std::string too_many_steps(double steps, double limit);

// Empty when `states` (counted from above, without building anything) are few enough, else what is
// too many and what to make smaller: "3,200,000 states; at most 200,000: fewer agents".
std::string too_many_states(double states, const std::string& reduce);

}  // namespace callmill
