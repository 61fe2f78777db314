#pragma once
// What `callmill plan` prints.

#include <functional>
#include <string>

#include "app/report/json.h"
#include "app/report/run_report.h"
#include "engine/explain/explain.h"
#include "engine/planning/plan.h"

namespace callmill {

// Requirement and cover by interval, shifts and what each is for, lines, cost, bound and gap,
// targets analytic against simulated; reasons where it is not met; then what is known of why.
std::string plan_text(const World& world, const PlanResult& plan, const RunFacts& facts, Lang lang,
                      const Explanation& why = {});
// {"status", "cost", "bound", "gap", "targets": [{metric, scope, target, value, ci_low, ci_high,
// met}], ...}; stable contract, docs/reference/cli.md. `more` adds keys of its own before `rounds`.
std::string plan_json(const World& world, const PlanResult& plan, const RunFacts& facts,
                      const Explanation& why = {},
                      const std::function<void(JsonWriter&)>& more = {});
// "met", "target_missed", "infeasible", "interrupted".
std::string_view status_name(PlanStatus status);
// The same for people: 达标, 目标未达成, 无可行方案, 已中断.
std::string_view status_text(PlanStatus status, Lang lang);

}  // namespace callmill
