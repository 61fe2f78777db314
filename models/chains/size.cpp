#include "models/chains/size.h"

#include <fmt/format.h>

namespace callmill {

std::string too_many_states(double states, const std::string& reduce) {
  if (states <= static_cast<double>(kMostStates)) return "";
  return fmt::format("needs up to {:.3g} states, and {} are the limit: {}", states, kMostStates,
                     reduce);
}

}  // namespace callmill
