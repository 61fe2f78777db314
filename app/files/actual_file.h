#pragma once
// What a day has brought so far, as CSV: calls by interval, and the mean handle time where it is
// known.
//
//   from,calls,aht
//   08:00,52,4min10s
//   08:30,61,

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "models/world/world.h"

namespace callmill {

struct DayActuals {
  std::vector<std::int64_t> calls;  // fresh calls of each interval before the time
  double handle_s = 0;              // mean over the calls of the intervals that have one
  std::int64_t handled = 0;         // those calls; 0: no interval has one
};

// Of the intervals before `at` (after midnight); each once, in any order; later ones are left out,
// so a whole day's file may be read. `path` "-" is standard input. Every error at once, none
// returned then.
std::optional<DayActuals> read_actuals(const std::string& path, const World& world, SimDuration at,
                                       Diagnostics& diagnostics);
std::optional<DayActuals> read_actuals_text(const std::string& name, const std::string& text,
                                            const World& world, SimDuration at,
                                            Diagnostics& diagnostics);

}  // namespace callmill
