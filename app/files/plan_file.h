#pragma once
// A plan as CSV, one row an agent (of several days: an agent and day) or a group of lines: written
// by `plan --csv`, edited by people, read by `run --plan` and `check-plan`
// (docs/guides/plan-files.md).
//
//   group,agent,shift,from,to,breaks,lines,count
//   front,1,full,08:00,16:30,11:30-12:00,,
//   ,,,,,,trunk,19
//
// Of a run of several days with the date after the agent:
//
//   group,agent,day,shift,from,to,breaks,lines,count
//   front,1,2026-11-28,full,08:00,16:30,11:30-12:00,,

#include <cstddef>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "models/plans/day_plan.h"

namespace callmill {

struct PlanFile {
  DayPlan plan;
  Diagnostics broken;      // rules of the scenario that the plan breaks, each at its cell
  std::size_t faults = 0;  // how many; `broken` ends after 200
};

// `path` "-" is standard input. Every error at once in `unreadable`, with the rules that the rows
// which can be read break; nothing when there is one.
// Hours off of a split shift stand among the breaks, "off:12:00-16:00". Times past midnight may be
// written either way, 06:00 or 30:00. A row's agent is a number or a name; a row without one is an
// agent of its own, numbered. An empty `shift` is one of no kind. Rows of blanks are left out.
std::optional<PlanFile> read_plan(const std::string& path, const World& world,
                                  Diagnostics& unreadable);
// The same for a text that is already here. Whatever the bytes, it neither throws nor crashes.
std::optional<PlanFile> read_plan_text(const std::string& name, const std::string& text,
                                       const World& world, Diagnostics& unreadable);

// Agents in the order of the plan, then lines. Reads back to the same plan.
std::string plan_file(const World& world, const DayPlan& plan);

}  // namespace callmill
