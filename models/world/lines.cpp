#include "models/world/lines.h"

#include <algorithm>
#include <cmath>

namespace callmill {

std::int64_t lines_lost(const LineOutage& outage, std::int64_t lines) {
  if (outage.lines) return std::min(lines, *outage.lines);
  // A share such as 1/3 times 30 must not become 11 by a last bit.
  return static_cast<std::int64_t>(
      std::ceil(outage.share.value_or(0) * static_cast<double>(lines) - 1e-9));
}

}  // namespace callmill
