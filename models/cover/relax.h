#pragma once
// What a cover problem can do without one of its rules: whether there is any cover, the least cost
// with agents hired by the hour, the relaxed program's bound. And of any set of rules that cannot
// hold together, one that can lose none.
//
// Here shifts of the same name are one kind in several lengths: they share the smallest of their
// max_agents.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/cover/cover.h"

namespace callmill {

enum class CanCover : std::uint8_t { kYes, kNo, kUnknown };  // kNo is proven

// Costs are not looked at. Problem without faults. Cost: one relaxation, seldom a search in whole
// agents, which ends at the options' limits (kUnknown).
CanCover can_cover(const CoverProblem& problem, const CoverOptions& options);

// solve_cover for kinds of several lengths; without conflicts. `wanted` is the requirement.
CoverResult cover_by_kinds(const CoverProblem& problem, const CoverOptions& options);

// The cover's cost with fractions of agents: a proven lower bound of it. Infinite where not even
// fractions cover, or the solver says nothing. Cost: one relaxation.
double relaxed_cost(const CoverProblem& problem);

// A cover whose gaps are filled by agents hired for blocks of `block` slots, at `price` a block
// and agent.
struct HiredCover {
  CoverResult cover;          // of what is left; its cost is without the hired
  std::vector<double> hired;  // agents by block
  double price = 0;           // of the hired, per day
  double bound = 0;           // of cover.cost + price, proven
};
// Always possible: with enough agents hired nobody else is needed, if a goal's worths come to
// `least` at all; status kNoPlanFound where nothing was found within the limits.
HiredCover cover_with_hired(const CoverProblem& problem, int block, double price,
                            const CoverOptions& options);

// Holds(held) is asked whether the rules i with held[i] can hold together; more rules never make
// it easier. Not all of them do. The result: rules that do not hold together, and do once any one
// of them is left out. Of several such sets it keeps the rules that stand first in the order.
// QuickXplain (Junker 2004): O(k log(n / k) + k) questions, k the size of the result.
std::vector<std::size_t> minimal_conflict(
    std::size_t rules, const std::function<bool(const std::vector<bool>& held)>& holds);

}  // namespace callmill
