#pragma once
// The roster file as it stands, before names and dates are looked up. Internal to the room.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/files/table.h"
#include "base/time.h"
#include "models/roster/roster.h"
#include "models/world/days.h"

namespace callmill::files {

struct ShiftSpec {
  std::string name;
  SimDuration from{}, to{};  // times of day; to <= from is on the next day
  std::optional<SimDuration> paid;
  bool night = false;
  std::vector<std::string> never_before;
  std::string skill;
};
struct HeadsSpec {  // of one shift
  std::string shift;
  int heads = 0;
};
struct DayHeadsSpec {
  std::string day;  // a weekday, workday, weekend, a date, or other
  std::vector<HeadsSpec> heads;
};
struct DayPlanSpec {
  std::string day;
  std::string plan;  // a plan file
};
struct NeedsSpec {
  std::vector<HeadsSpec> each_day;
  std::vector<DayHeadsSpec> by_day;
  std::vector<DayPlanSpec> plans;
  std::string group;  // of the plans' rows; "" = all
  double price_short = 100, price_over = 1;
};
struct FixedSpec {
  std::string day;    // a date
  std::string shift;  // or off
};
struct WishSpec {
  std::optional<Date> day;
  std::string wants, avoids;  // a shift, or off (not in avoids)
  double price = 1;
};
struct PersonSpec {
  std::string name;
  bool is_new = false;
  std::vector<std::string> skills;
  std::vector<HeadsSpec> most;  // shifts of a kind
  RosterRules rules;
  std::vector<std::optional<Date>> off;
  std::vector<FixedSpec> fixed;
  std::vector<WishSpec> wishes;
};
enum class RulesPreset : std::uint8_t { kNone, kChina };
struct MixSpec {
  int new_per_veteran = 3;
  double price = 50;
};
struct RosterSpec {
  std::string name, description;
  std::optional<Date> first_day;
  int days = 28;
  RulesPreset preset = RulesPreset::kNone;
  RosterRules rules;
  double price_overtime = 0;
  std::vector<ShiftSpec> shifts;
  NeedsSpec needs;
  std::optional<MixSpec> mix;
  RosterFairness fairness;
  std::vector<PersonSpec> people;
  std::string people_file;
};

// roster_fields.cpp: the table of fields.
const Record<RosterSpec>& roster_record();
// The rules that a preset stands for (docs/guides/rosters.md has them with their sources).
RosterRules rules_of(RulesPreset preset);

// roster_people.cpp: the rows of a people file, appended. Errors go to the reader.
void read_people(const Node& file, Reader& reader, RosterSpec& spec);

// roster_needs.cpp: every need of the problem, whose days and kinds are known.
void add_needs(const RosterSpec& spec, const Node& root, Reader& reader, RosterProblem& problem);

// The kind called so; -1 with an error at `path`.
int kind_called(const std::string& name, const RosterProblem& problem, const std::string& path,
                Reader& reader, bool off_too);
// The day of a date; -1 with an error at `path` where it is outside the horizon.
int day_of(Date date, const RosterSpec& spec, const std::string& path, Reader& reader);

}  // namespace callmill::files
