#pragma once
// What came of contacts, how measuring it errs, and money: tables of the run report, each only
// where the scenario has it.

#include <string>

#include "app/report/lang.h"
#include "engine/kpi/kpi_table.h"
#include "models/world/world.h"

namespace callmill {

// Resolution by caller type; true first-contact resolution beside each way of measuring it, with
// the bias met and the one that the closed form expects; satisfaction; with `money` cost by
// component.
std::string value_text(const World& world, const KpiTable& kpis, bool money, double confidence,
                       Lang lang);

}  // namespace callmill
