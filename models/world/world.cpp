#include "models/world/world.h"

#include <algorithm>

#include "models/world/findings.h"

namespace callmill {

std::vector<Fault> contradictions(const World& world) {
  Findings f{world, {}};
  check_day(f);
  check_callers(f);
  check_menus(f);
  check_queues(f);
  check_groups(f);
  check_shifts(f);
  check_targets(f);
  return std::move(f.faults);
}

std::vector<std::string> faults(const World& world) {
  std::vector<std::string> texts;
  for (const Fault& fault : contradictions(world))
    texts.push_back(fault.path + " " + fault.message);
  for (const TrunkGroup& trunk : world.trunks)
    if (!trunk.lines)
      texts.push_back(place("lines", trunk, "lines") +
                      " is not set; plan sizes it, a run needs it");
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const bool has_roster = std::any_of(world.roster.begin(), world.roster.end(),
                                        [&](const DutyPeriod& d) { return d.group == GroupId{g}; });
    if (!world.groups[g].staff && !has_roster)
      texts.push_back(place("groups", world.groups[g], "staff") +
                      " is not set; plan staffs it, a run needs it");
  }
  if (world.caller_types.empty()) texts.push_back("callers is empty; nobody would call");
  return texts;
}

}  // namespace callmill
