#pragma once
// What `callmill sweep` prints: indicators over the points of a design.

#include <cstdint>
#include <string>
#include <vector>

#include "app/report/compare_report.h"

namespace callmill {

struct SweepAxis {
  std::string field;
  std::vector<std::string> values;
};

enum class SweepDesign : std::uint8_t { kGrid, kOneAtATime, kRandom };

// Point p is variant p + 1 of the comparison; variant 0 is the scenario as it is.
struct Sweep {
  SweepDesign design = SweepDesign::kGrid;
  std::vector<SweepAxis> axes;
  // By point, then axis: which of its values, from 1; 0: as the scenario has it.
  std::vector<std::vector<std::size_t>> points;
};

// Grids of two axes also have their interactions: what values i and j together bring beyond the sum
// of what each brings alone, z(i, j) - z(i, 1) - z(1, j) + z(1, 1), i and j from 2 on, row by row.
std::vector<Contrast> interactions(const Sweep& sweep);

std::string sweep_text(const World& baseline, const Comparison& comparison,
                       const CompareFacts& facts, const Sweep& sweep, Lang lang);

}  // namespace callmill
