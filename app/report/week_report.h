#pragma once
// What `callmill plan` prints of a week.

#include <string>
#include <vector>

#include "app/report/lang.h"
#include "app/report/run_report.h"
#include "engine/planning/plan_week.h"

namespace callmill {

// People of a group who work the same shift on the same days of the week.
struct PeopleAlike {
  int shift = 0;           // of the problem
  std::uint32_t days = 0;  // bit d for day d
  std::int64_t people = 0;
  double cost = 0;  // of one, a week
};
std::vector<PeopleAlike> people_alike(const GroupWeekResult& group);

// The week by day, people's weeks, pay, limits, the week as simulated with its targets, cost, bound
// and gap, rounds; reasons where it is not met.
std::string week_text(const World& world, const WeekPlanResult& plan, const RunFacts& facts,
                      Lang lang);
// Keys as those of a day's plan where they are the same (plan_report.h), and `week`, `tours`;
// docs/reference/cli.md.
std::string week_json(const World& world, const WeekPlanResult& plan, const RunFacts& facts);

}  // namespace callmill
