// Recounts agents slot by slot; shares no code with the solver.
#include <cmath>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "models/shift_design/shift_design.h"

namespace callmill {

std::vector<std::string> check_shift_design(const ShiftDesignProblem& problem,
                                            const ShiftDesign& design) {
  std::vector<std::string> wrong;
  std::vector<std::int64_t> cover(problem.demand.size(), 0);
  std::set<std::tuple<int, int, int>> seen;
  for (const DesignedShift& shift : design.shifts) {
    const std::string who = "shift of " + std::to_string(shift.length) + " slots at " +
                            std::to_string(shift.start) + ": ";
    if (shift.family < 0 || shift.family >= static_cast<int>(problem.families.size())) {
      wrong.push_back(who + "there is no such family");
      continue;
    }
    const ShiftFamily& family = problem.families[static_cast<std::size_t>(shift.family)];
    if (shift.start < family.start_first || shift.start > family.start_last ||
        shift.length < family.length_least || shift.length > family.length_most)
      wrong.push_back(who + "not allowed by '" + family.name + "'");
    if (!seen.emplace(shift.family, shift.start, shift.length).second)
      wrong.push_back(who + "listed twice");
    if (static_cast<int>(shift.heads.size()) != problem.days) {
      wrong.push_back(who + "heads are not given for each day");
      continue;
    }
    for (int day = 0; day < problem.days; ++day) {
      const std::int64_t heads = shift.heads[static_cast<std::size_t>(day)];
      if (heads < 0) wrong.push_back(who + "has fewer than no heads");
      for (int k = 0; k < shift.length; ++k) {
        const int slot = day * problem.slots_per_day + shift.start + k;
        cover[static_cast<std::size_t>(slot) % cover.size()] += heads;
      }
    }
  }
  std::int64_t few = 0, many = 0;
  for (std::size_t t = 0; t < cover.size(); ++t) {
    if (cover[t] < problem.demand[t]) few += problem.demand[t] - cover[t];
    if (cover[t] > problem.demand[t]) many += cover[t] - problem.demand[t];
  }
  if (few != design.too_few || many != design.too_many)
    wrong.push_back("too few and too many come to " + std::to_string(few) + " and " +
                    std::to_string(many));
  const double cost = problem.too_few * static_cast<double>(few) +
                      problem.too_many * static_cast<double>(many) +
                      problem.kind * static_cast<double>(design.shifts.size());
  if (!(std::abs(cost - design.cost) <= 1e-6 * (1 + cost)))
    wrong.push_back("the design costs " + std::to_string(cost));
  if (!(design.bound <= cost + 1e-6 * (1 + cost))) wrong.push_back("the bound lies above the cost");
  return wrong;
}

}  // namespace callmill
