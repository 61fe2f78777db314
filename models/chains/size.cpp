#include "models/chains/size.h"

#include <fmt/format.h>

namespace callmill {

std::string states_text(std::size_t counted, std::size_t limit) {
  return counted > kCountedOn * limit ? fmt::format("more than {} states", kCountedOn * limit)
                                      : fmt::format("{} states", counted);
}

std::string too_large_a_chain(std::size_t counted, std::size_t limit) {
  return fmt::format("its chain has {}, and {} are the limit", states_text(counted, limit), limit);
}

std::string too_many_steps(double steps, double limit) {
  return fmt::format(
      "its day takes some {:.1g} steps from state to state, and {:.0g} are the limit", steps,
      limit);
}

std::string too_many_states(double states, const std::string& reduce) {
  if (states <= static_cast<double>(kMostStates)) return "";
  return fmt::format("needs up to {:.3g} states, and {} are the limit: {}", states, kMostStates,
                     reduce);
}

}  // namespace callmill
