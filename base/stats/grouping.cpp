#include "base/stats/grouping.h"

#include <algorithm>

#include "base/check.h"

namespace callmill {

Grouping Grouping::of_first(std::size_t n) const {
  if (strata == 1) return *this;
  CALLMILL_CHECK(n <= of.size(), "every replication has a stratum");
  std::vector<std::size_t> members(strata);
  for (std::size_t r = 0; r < n; ++r) ++members[of[r]];
  return *std::min_element(members.begin(), members.end()) < 2 ? Grouping{} : *this;
}

std::vector<double> weights(const Grouping& grouping, std::size_t n) {
  const std::size_t used = grouping.used(n);
  std::vector<double> members(grouping.strata), weight(n);
  for (std::size_t r = 0; r < used; ++r) ++members[grouping.stratum(r)];
  for (std::size_t r = 0; r < used; ++r)
    weight[r] = 1 / (members[grouping.stratum(r)] * static_cast<double>(grouping.strata));
  return weight;
}

}  // namespace callmill
