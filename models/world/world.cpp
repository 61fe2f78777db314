#include "models/world/world.h"

#include <algorithm>

#include "models/world/findings.h"

namespace callmill {

SimDuration World::horizon() const {
  if (!several_days()) return day.length();
  const std::vector<OpenDay> open = open_days();
  return open.empty() ? SimDuration{0} : open.back().opens - kStart + day.length();
}

std::uint32_t World::first_counted() const {
  std::uint32_t first = 0;
  for (const OpenDay& open : open_days()) {
    const SimDuration left = day.warm_up - (open.opens - kStart);
    if (left <= SimDuration{0}) break;
    first += static_cast<std::uint32_t>(
        (std::min(left, day.length()) + day.interval - SimDuration{1}) / day.interval);
  }
  return first;
}

bool has_team(const World& world, GroupId group) {
  return std::any_of(world.team.begin(), world.team.end(),
                     [&](const RosterEntry& entry) { return entry.group == group; });
}

namespace {

// Lines and agents that one centre can have together: a few more fit (Calendar::kMaxSlots), caller
// types among them.
constexpr std::int64_t kMostLinesAndAgents = 130'000;

// At most; a group's roster and its staff add up.
std::int64_t lines_and_agents(const World& world) {
  std::int64_t all = 0;
  for (const TrunkGroup& trunk : world.trunks) all += trunk.lines.value_or(0);
  for (const RosterEntry& entry : world.team) all += entry.agents;
  std::vector<std::int64_t> on_roster(world.groups.size(), 0);
  for (const DutyPeriod& period : world.roster) {
    std::int64_t& agents = on_roster[period.group.index()];
    agents = std::max<std::int64_t>(agents, period.agent + std::int64_t{1});
  }
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const AgentGroup& group = world.groups[g];
    double staff = 0;
    for (const OpenDay& day : world.open_days())
      if (group.staff)
        for (const double value : profile_on(*group.staff, day).values)
          staff = std::max(staff, value);
    all += on_roster[g] + static_cast<std::int64_t>(staff + 0.5) +
           (group.call_in ? std::int64_t{group.call_in->agents} : 0);
  }
  return all;
}

}  // namespace

std::vector<Fault> contradictions(const World& world) {
  Findings f{world, {}};
  check_day(f);
  check_days(f);
  check_lines(f);
  check_callers(f);
  check_resolution(f);
  check_menus(f);
  check_messages(f);
  check_chats(f);
  check_queues(f);
  check_groups(f);
  check_floor(f);
  check_people(f);
  check_campaigns(f);
  check_shifts(f);
  check_pay(f);
  check_tours(f);
  check_limits(f);
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
    const bool has_roster =
        std::any_of(world.roster.begin(), world.roster.end(),
                    [&](const DutyPeriod& d) { return d.group == GroupId{g}; }) ||
        has_team(world, GroupId{g});
    if (!world.groups[g].staff && !has_roster)
      texts.push_back(place("groups", world.groups[g], "staff") +
                      " is not set; plan staffs it, a run needs it");
  }
  if (world.caller_types.empty()) texts.push_back("callers is empty; nobody would call");
  if (!texts.empty()) return texts;
  if (const std::int64_t all = lines_and_agents(world); all > kMostLinesAndAgents)
    texts.push_back(fmt::format("lines and agents are {} together; a centre can have {}", all,
                                kMostLinesAndAgents));
  return texts;
}

}  // namespace callmill
