#pragma once
// The tables. Every field of a scenario is declared once, in fields_*.cpp: name, kind, range,
// default (of the World's own initialisers), help. Reading, checking, writing, --set, the schema
// and the reference page all come from here.

#include <optional>
#include <string>

#include "app/files/table.h"

namespace callmill::files {

// Longest duration a field takes, seconds: a year and a day.
inline constexpr double kLongest = 366.0 * 86400;

// fields_laws.cpp
Kind<Law> law_kind();
// fields_profiles.cpp
Kind<Profile> volume_kind();
Kind<Profile> staff_kind();
Kind<Profile> factor_kind();
Kind<Profile> series_kind();
// fields_centre.cpp
Field<World> lines_section();
Field<World> callers_section();
Field<World> menus_section();
Field<World> queues_section();
Field<World> groups_section();
// fields_plan.cpp
Field<World> shifts_section();
Field<World> targets_section();
Field<World> actual_section();
Field<World> study_section();
// fields_root.cpp
NameRule name_rule();

// What a file with a `base` says itself.
struct Derived {
  std::string name, description, base;
  Node set;  // a map, or null
};

const Record<World>& root_record();       // a whole scenario
const Record<Derived>& derived_record();  // a scenario that names its base

}  // namespace callmill::files
