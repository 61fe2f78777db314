#pragma once
// Names and numbers as tables, JSON and CSV print them: one place, so that the three agree.

#include <string>
#include <string_view>

#include "app/report/lang.h"
#include "engine/kpi/kpi_table.h"
#include "models/world/world.h"

namespace callmill {

// "total", "queue:general", "type:resident", "group:inbound", "lines:main".
std::string scope_name(const World& world, Scope scope);
// "day" or "run", or the time of day at which the interval begins: "08:30"; "+1d 08:30" past the
// first midnight; the date of a day of a longer run: "2026-11-23", and of what is judged of it the
// "week of 2026-11-23" and the month "2026-11" (periods as in KpiLayout).
std::string interval_name(const World& world, std::uint32_t interval);
std::string name_of(const Metric& metric, Lang lang);
// As the title of a column: money with its currency, "Cost (CNY)".
std::string title_of(const Metric& metric, const World& world, Lang lang);
// Whether the scenario says what anything costs beside what a plan reckons with by itself (shifts
// and lines): tables of money are then shown.
bool shows_money(const World& world);
std::string time_of_day(SimDuration after_midnight);

// For tables, rounded to what a planner reads: 95.21%, 12.3 s, 45.0 h (10,000 s and more), 1,204.5.
// NaN is "-".
std::string show(double value, Unit unit);
// "95.21% [95.02, 95.40]".
std::string show_with_interval(const Estimate& e, Unit unit);
// The title of a column of such values: "Value [95%]"; "Value" where one replication, or an exact
// answer, has no interval.
std::string title_with_interval(std::string_view word, const KpiTable& kpis, double confidence);
// For CSV: shortest round trip, empty for NaN; quoted where RFC 4180 wants it, and guarded against
// formula injection.
std::string csv_number(double value);
std::string csv_text(std::string_view text);

}  // namespace callmill
