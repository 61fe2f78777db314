#include <algorithm>

#include "models/world/findings.h"

namespace callmill {
namespace {

bool routes_to(const Queue& queue, GroupId group) {
  return std::any_of(queue.route.begin(), queue.route.end(),
                     [&](const RouteStep& s) { return s.group == group; });
}

bool holds_messages(const World& world, QueueId queue) {
  return std::any_of(world.caller_types.begin(), world.caller_types.end(), [&](const auto& type) {
    return type.channel == Channel::kMessage && type.enters.queue == queue;
  });
}

// A list of queues that leaves one out, or names one that is not routed here, is half of a
// change.
void check_takes(Findings& f, GroupId id, const AgentGroup& group) {
  const std::string path = place("groups", group, "takes");
  for (std::size_t i = 0; i < group.takes.size(); ++i) {
    const std::string here = fmt::format("{}[{}]", path, i);
    if (!f.exists(group.takes[i], f.world.queues, here)) continue;
    const Queue& queue = f.world.queues[group.takes[i].index()];
    if (!routes_to(queue, id))
      f.found(here, "takes",
              fmt::format("is {}, whose route does not lead to {}", queue.name, group.name),
              fmt::format("add {{group: {}}} to its route", group.name),
              {place("queues", queue, "route")});
    if (std::find(group.takes.begin(), group.takes.begin() + static_cast<std::ptrdiff_t>(i),
                  group.takes[i]) != group.takes.begin() + static_cast<std::ptrdiff_t>(i))
      f.found(here, "takes", fmt::format("is {} again", queue.name));
  }
  for (std::size_t q = 0; q < f.world.queues.size(); ++q)
    if (routes_to(f.world.queues[q], id) && !holds_messages(f.world, QueueId{q}) &&
        std::find(group.takes.begin(), group.takes.end(), QueueId{q}) == group.takes.end())
      f.found(path, "takes",
              fmt::format("leaves out {}, whose route leads here", f.world.queues[q].name),
              "name it too, or leave takes out", {place("queues", f.world.queues[q], "route")});
}

void check_handling(Findings& f, const AgentGroup& group) {
  for (const Handling& handling : group.handling) {
    const std::string path = place("groups", group, "handling") + "." + handling.callers;
    if (handling.talk) f.check_law(path + ".talk", *handling.talk);
    if (handling.wrap) f.check_law(path + ".wrap", *handling.wrap);
    if (std::none_of(f.world.caller_types.begin(), f.world.caller_types.end(),
                     [&](const CallerType& type) { return type.name == handling.callers; }))
      f.found(path, "unknown-name", "is no caller type of this scenario", "",
              {place("groups", group, "handling")});
  }
}

// Policies that need more than a route.
void check_pick_call(Findings& f, const AgentGroup& group) {
  const std::string path = place("groups", group, "pick_call");
  if (group.pick_call == PickCall::kOwnFirst && group.takes.empty())
    f.found(path, "takes", "is own_first and needs takes, whose first queue is the group's own");
  const bool by_score = group.pick_call == PickCall::kAgeing ||
                        group.pick_call == PickCall::kQueueRatio ||
                        group.pick_call == PickCall::kLongestQueue;
  if (by_score && !group.takes.empty())
    f.found(path, "takes", "compares all queues; takes would order them another way", "",
            {place("groups", group, "takes")});
}

// Whether a campaign's parties come to the group.
bool has_campaign(const World& world, GroupId id) {
  return std::any_of(world.campaigns.begin(), world.campaigns.end(), [&](const Campaign& c) {
    return c.queue.valid() && c.queue.index() < world.queues.size() &&
           routes_to(world.queues[c.queue.index()], id);
  });
}

void check_group(Findings& f, GroupId id) {
  const AgentGroup& group = f.world.groups[id.index()];
  const bool has_shift = std::any_of(f.world.shifts.begin(), f.world.shifts.end(),
                                     [&](const ShiftPattern& s) { return s.group == id; });
  const bool has_roster = std::any_of(f.world.roster.begin(), f.world.roster.end(),
                                      [&](const DutyPeriod& d) { return d.group == id; }) ||
                          has_team(f.world, id);
  if (group.staff) {
    f.check_profile(place("groups", group, "staff"), *group.staff);
  } else if (!has_shift && !has_roster) {
    f.found(place("groups", group), "no-staff", "has neither staff nor a shift that staffs it",
            "add staff, or a shift with this group", {place("groups", group, "staff"), "shifts"});
  }
  if (group.kind == GroupKind::kOutbound && !group.dialling && !has_campaign(f.world, id))
    f.found(place("groups", group), "dialling", "is an outbound group and needs the key dialling",
            "", {place("groups", group, "kind")});
  if (group.kind == GroupKind::kInbound && group.dialling)
    f.found(place("groups", group, "dialling"), "dialling", "has no use in an inbound group",
            "kind: flex answers and dials", {place("groups", group, "kind")});
  if (group.dialling) {
    f.check_law(place("groups", group, "dialling.pause"), group.dialling->pause);
    const Dialling& dialling = *group.dialling;
    if (fault(dialling.pause).empty() && mean(dialling.pause) <= 0 &&
        fault(dialling.talk).empty() && (dialling.reached.value() <= 0 || mean(dialling.talk) <= 0))
      f.found(place("groups", group, "dialling.pause"), "dialling", "is 0; dials would never end",
              "without a pause somebody must be reached, and the talk take time");
    f.check_law(place("groups", group, "dialling.talk"), group.dialling->talk);
    f.check_law(place("groups", group, "dialling.wrap"), group.dialling->wrap);
  }
  if (!group.takes.empty()) check_takes(f, id, group);
  check_handling(f, group);
  check_pick_call(f, group);
}

}  // namespace

void check_groups(Findings& f) {
  for (std::size_t g = 0; g < f.world.groups.size(); ++g) check_group(f, GroupId{g});
}

}  // namespace callmill
