#pragma once
// Draws a duration by inversion from one uniform, fast: a table of cubic pieces over logarithmic cells of u and 1 - u.
//
// One uniform a draw and a monotone map are what pairing, antithetic and quasi-random sampling need. Cells: every octave
// of min(u, 1-u) is cut in 32, so both tails keep their relative accuracy down to 2^-53. Laws with corners (constant,
// uniform, empirical, hazard) are inverted exactly instead.
// Error: stated and tested in tests/base/random (relative to the mean, at most 1e-6 for the smooth laws).

#include <cstdint>
#include <vector>

#include "base/random/law.h"
#include "base/time.h"

namespace callmill {

class Sampler {
 public:
  Sampler() = default;  // always 0
  explicit Sampler(const Law& law);

  // Seconds, scaled by 1e6 and rounded to whole µs by draw(); u in (0, 1). Never below 0; never above kLongestHorizon.
  SimDuration draw(double u) const;
  // The same with the value multiplied by `factor` (> 0) before rounding.
  SimDuration draw(double u, double factor) const;
  double seconds(double u) const;

 private:
  // owner of this folder: choose the representation; keep draw() inline in the header, free of virtual calls and branches
  // that the law does not need.
};

}  // namespace callmill
