#include <algorithm>
#include <chrono>

#include "models/world/findings.h"

namespace callmill {
namespace {

constexpr std::int64_t kWeek = 7;

void check_days(Findings& f, const AgentGroup& group) {
  const auto path = [&](const char* key) { return place("groups", group, "tours") + key; };
  const Tours& tours = *group.tours;
  if (tours.fewest_days() > tours.days)
    f.found(path(".min_days"), "tours",
            fmt::format("is {}, more than days ({})", *tours.min_days, tours.days), "", {path("")});
  const std::int64_t off = kWeek - tours.fewest_days();
  if (off > 0 && tours.min_days_off_in_a_row > off)
    f.found(path(".min_days_off_in_a_row"), "tours",
            fmt::format("is {}; a week of {} days of work has {} days off",
                        tours.min_days_off_in_a_row, tours.fewest_days(), off),
            "", {path("")});
  if (tours.max_days_in_a_row && tours.fewest_days() == kWeek)
    f.found(path(".max_days_in_a_row"), "tours",
            "cannot be kept by people who work each day of the week", "", {path("")});
  if (tours.min_hours && tours.max_hours && *tours.min_hours > *tours.max_hours)
    f.found(path(".min_hours"), "tours",
            fmt::format("is {}, more than max_hours ({})", in_words(*tours.min_hours),
                        in_words(*tours.max_hours)),
            "", {path(".max_hours")});
  const std::int64_t rest_days = rules_of(f.world.labour).rest_days;
  if (kWeek - tours.fewest_days() < rest_days)
    f.found(path(".days"), "labour",
            fmt::format("leaves {} days off a week; labour.rest_days asks for {}",
                        kWeek - tours.fewest_days(), rest_days),
            "work fewer days, or write the rule that holds here: labour: {rest_days: 0}",
            {"labour"});
}

}  // namespace

void check_tours(Findings& f) {
  for (const AgentGroup& group : f.world.groups)
    if (group.tours) check_days(f, group);
}

}  // namespace callmill
