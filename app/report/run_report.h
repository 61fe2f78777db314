#pragma once
// What `callmill run` prints for people.

#include <string>

#include "app/report/lang.h"
#include "app/report/run_data.h"
#include "engine/kpi/kpi_table.h"
#include "models/world/world.h"

namespace callmill {

// Key indicators of the day (of the run, then of each of its days: calls, chats, messages,
// callbacks, campaigns, money), by queue, group and trunk group, targets, and the day by interval
// when `by_interval`.
std::string run_text(const World& world, const KpiTable& kpis, const RunFacts& facts,
                     bool by_interval, Lang lang, bool with_targets = true);

}  // namespace callmill
