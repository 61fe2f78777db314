#pragma once
// Workload W1 and the simulators of it that the engine is timed beside.
//
// W1 is M/M/n/K+M: Poisson arrivals, one pool of agents, exponential talk and patience, a finite
// number of lines, first come first served. Everything about it is known exactly, so each simulator
// is held to the theory by tests/bench.
//
// The yardsticks share no code with the engine except, for general_w1, the Calendar.

#include <cstdint>

#include "base/time.h"

namespace callmill::bench {

// What a W1 simulator is told. Times are means.
inline constexpr std::int64_t kW1Agents = 300;
inline constexpr std::int64_t kW1Lines = 330;
inline constexpr double kW1ArrivalGapS = 0.6;  // 100 calls a minute
inline constexpr double kW1TalkS = 180;
inline constexpr double kW1PatienceS = 120;
inline constexpr double kW1AnswerWithinS = 20;
// Simulated before counting starts, so that the empty start is forgotten: 33 mean talk times.
inline constexpr std::int64_t kW1WarmUpCalls = 10'000;

// The exact values in steady state.
inline constexpr double kW1ExactBlocked = 0.0028102815781;
inline constexpr double kW1ExactAbandoned = 0.0229377467353;
inline constexpr double kW1ExactMeanWaitServedS = 2.7137323579;
inline constexpr double kW1ExactAnsweredWithin = 0.9722892373047;

// Counts over `calls` offered calls after the warm-up. A call is counted when its fate is known, so
// the last few count a moment late and those of the warm-up's end may count here: blocked +
// abandoned + served is offered within kW1Lines.
struct W1Result {
  std::int64_t offered = 0;
  std::int64_t blocked = 0;
  std::int64_t abandoned = 0;
  std::int64_t served = 0;
  std::int64_t answered_within = 0;  // served after at most kW1AnswerWithinS
  double wait_served_s = 0;          // sum over the served
};

// The way a good student writes it: std::priority_queue of events, std::mt19937_64,
// std::exponential_distribution, a flag for cancelled abandonments.
W1Result textbook_w1(std::int64_t calls, std::uint64_t seed);

// An event loop with true cancellation on callmill::Calendar, slots for agents and waiting places,
// and nothing else: what the calendar alone allows a general engine.
W1Result general_w1(std::int64_t calls, std::uint64_t seed);

// The fastest event loop for W1 that we found. It uses all that is special about W1: a waiting
// caller who gives up is found when reached, an agent who becomes idle is found when next looked
// for.
W1Result specialised_w1(std::int64_t calls, std::uint64_t seed);

// No event loop: the fate of a call is computed on its arrival (Kiefer & Wolfowitz 1955, with
// patience and lines). Only a single first-come-first-served pool can be simulated so. The floor
// under all of the above.
W1Result recursion_w1(std::int64_t calls, std::uint64_t seed);

}  // namespace callmill::bench
