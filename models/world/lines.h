#pragma once
// Trunk lines.

#include <cstdint>
#include <optional>
#include <string>

namespace callmill {

// Lines are held from the first ring to the caller's hang-up: menu, queue and talk, not wrap-up.
struct TrunkGroup {
  std::string name;
  std::optional<std::int64_t> lines;  // none: `plan` sizes it; a run needs it
  double rent_per_day = 0;            // per line, in the scenario's currency
};

}  // namespace callmill
