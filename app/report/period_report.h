#pragma once
// The day by interval, and a run by day: calls, and where the scenario has them chats, messages,
// callbacks, campaigns and money.

#include <cstdint>
#include <string>

#include "app/report/lang.h"
#include "engine/kpi/kpi_table.h"
#include "models/world/world.h"

namespace callmill {

enum class Periods : std::uint8_t { kIntervals, kDays };

// A table a kind of work, of the whole centre, one row a period; those of days are empty in a run
// of one day.
std::string periods_text(const World& world, const KpiTable& kpis, Periods periods,
                         double confidence, Lang lang);

}  // namespace callmill
