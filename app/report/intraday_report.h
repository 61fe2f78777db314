#pragma once
// What `callmill replan` prints: the updated forecast, the changes person by person, what they cost
// and what callers get.

#include <string>

#include "app/report/lang.h"
#include "engine/intraday/intraday.h"

namespace callmill {

std::string intraday_text(const World& world, const DayPlan& before, const IntradayOptions& options,
                          const IntradayResult& result, Lang lang);
// {status, at, busyness: {value, ci_low, ci_high}, handle_factor, wages, price, above_bound,
// currency, forecast: [{interval, before, calls, ci_low, ci_high}], changes: [{change, group,
// agent, from, to, breaks, cost}], targets: [{metric, scope, before, after, change, ...}]}.
std::string intraday_json(const World& world, const DayPlan& before, const IntradayOptions& options,
                          const IntradayResult& result);
std::string_view status_name(IntradayStatus status);  // "met", "target_missed", "interrupted"

}  // namespace callmill
