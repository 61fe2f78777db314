#pragma once
// The tables. Every field of a scenario is declared once, in fields_*.cpp: name, kind, range,
// default (of the World's own initialisers), help. Reading, checking, writing, --set, the schema
// and the reference page all come from here.

#include <optional>
#include <string>
#include <utility>
#include <vector>

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
// fields_days.cpp
Field<World> days_section();
// {by_day: {sunday: ..., other: ...}} over any kind of profile of one day.
Form<Profile> by_day_form(const Kind<Profile>& one_day, bool scaled);
Kind<Profile> share_profile_kind();
// fields_conditions.cpp
Kind<Condition> condition_kind();
Kind<std::vector<Condition>> conditions_kind();  // all of them hold
// fields_lines.cpp
Field<World> lines_section();
// fields_menus.cpp
Kind<Destination> enters_kind();
Field<World> menus_section();
Field<World> ivr_section();
// fields_messages.cpp
Kind<MessageWork> message_work_kind();
Kind<Voicemail> voicemail_kind();
Kind<Chatting> chatting_kind();
Kind<Deflection> deflection_kind();
// fields_callers.cpp
Field<World> callers_section();
// fields_callbacks.cpp
Kind<Announcement> announcement_kind();
Kind<Callback> callback_kind();
// fields_queues.cpp
Field<World> queues_section();
Field<World> max_waiting_key();
// fields_groups.cpp
Field<World> groups_section();
Kind<CallAgain> call_again_kind();
// fields_floor.cpp
Kind<CallIn> call_in_kind();
Field<World> events_section();
Field<World> rules_section();
// fields_resolution.cpp
Kind<Resolution> resolution_kind();
Kind<Survey> survey_kind();
Field<World> satisfaction_section();
Field<World> costs_section();
// fields_campaigns.cpp
Field<World> campaigns_section();
// fields_plan.cpp
Field<World> shifts_section();
Field<World> targets_section();
Field<World> actual_section();
Field<World> study_section();
// fields_pay.cpp
Kind<Shrinkage> shrinkage_kind();
Kind<Tours> tours_kind();
Field<World> pay_section();
Field<World> labour_section();
Field<World> limits_section();
// fields_people.cpp
std::vector<Field<AgentGroup>> people_fields();  // of a group
Field<World> roster_section();
// fields_root.cpp
NameRule name_rule();

// A section that maps names to records.
template <class T>
Field<World> section(const std::string& key, std::vector<T> World::*member, Record<T> record,
                     bool required, const std::string& help) {
  const Kind<std::vector<T>> kind =
      named(std::move(record), &T::name, name_rule(), "a map of names, with at least one", true);
  return required ? required_key(key, member, kind, help) : optional_key(key, member, kind, help);
}

// What a file with a `base` says itself.
struct Derived {
  std::string name, description, base;
  Node set;  // a map, or null
};

const Record<World>& root_record();       // a whole scenario
const Record<Derived>& derived_record();  // a scenario that names its base

}  // namespace callmill::files
