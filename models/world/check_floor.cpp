#include <algorithm>

#include "models/world/findings.h"

namespace callmill {
namespace {

using Kind = Action::Kind;

void check_types(Findings& f, const std::string& path, const std::vector<CallerTypeId>& types) {
  for (std::size_t i = 0; i < types.size(); ++i)
    f.exists(types[i], f.world.caller_types, fmt::format("{}.callers[{}]", path, i));
}

void check_notice(Findings& f, const std::string& path, const Notice& notice) {
  if (notice.queue) f.exists(*notice.queue, f.world.queues, path + ".queue");
  if (notice.deflect.value() == 0 && notice.hang_up.value() == 0)
    f.found(path, "notice", "does nothing: neither deflect nor hang_up is above 0%");
}

// A step of a route that an action opens or closes.
void check_step(Findings& f, const std::string& path, const Action& action) {
  if (!f.exists(action.queue, f.world.queues, path + ".queue") ||
      !f.exists(action.group, f.world.groups, path + ".group"))
    return;
  const Queue& queue = f.world.queues[action.queue.index()];
  if (std::none_of(queue.route.begin(), queue.route.end(),
                   [&](const RouteStep& step) { return step.group == action.group; }))
    f.found(path + ".group", "route",
            fmt::format("is {}, which the route of {} does not have",
                        f.world.groups[action.group.index()].name, queue.name),
            "", {place("queues", queue, "route")});
}

void check_action(Findings& f, const std::string& path, const Action& action) {
  const auto group = [&](const char* key, GroupId id) {
    return f.exists(id, f.world.groups, fmt::format("{}.{}", path, key));
  };
  switch (action.kind) {
    case Kind::kMoveAgents:
      if (group("from", action.group) && group("to", action.to) && action.group == action.to)
        f.found(path + ".to", "rule", "is the group they come from", "", {path + ".from"});
      return;
    case Kind::kOpenStep:
    case Kind::kCloseStep:
      check_step(f, path, action);
      return;
    case Kind::kStopDialling:
    case Kind::kStartDialling:
      if (group("group", action.group) && !f.world.groups[action.group.index()].dialling)
        f.found(
            path + ".group", "dialling",
            fmt::format("is {}, which does not dial", f.world.groups[action.group.index()].name));
      return;
    case Kind::kCallIn:
      if (group("group", action.group) && !f.world.groups[action.group.index()].call_in)
        f.found(path + ".group", "call-in",
                fmt::format("is {}, which has nobody to call in",
                            f.world.groups[action.group.index()].name),
                fmt::format("add call_in to groups.{}", f.world.groups[action.group.index()].name));
      return;
    case Kind::kDelayBreaks:
    case Kind::kEndBreaks:
    case Kind::kOvertime:
      group("group", action.group);
      return;
    case Kind::kRaiseQueue:
      f.exists(action.queue, f.world.queues, path + ".queue");
      return;
    case Kind::kNotice:
      check_notice(f, path, action.notice);
      return;
    case Kind::kShed:
      check_types(f, path, action.types);
      return;
  }
}

void check_event(Findings& f, const std::string& path, const Event& event) {
  const Day& day = f.world.day;
  if (event.at < day.opens || event.at >= day.closes)
    f.found(path + ".at", "event",
            fmt::format("is {}, outside the day ({} to {})", time_in_words(event.at),
                        time_in_words(day.opens), time_in_words(day.closes)),
            "", {"day"});
  if (!event.day.empty()) {
    if (!f.world.days.first)
      f.found(path + ".day", "days", "tells days apart, but the scenario has no date",
              "add days: {first: 2026-11-23}", {"days"});
    else
      f.check_day_word(path + ".day", event.day);
  }
  check_types(f, path, event.types);
  for (std::size_t i = 0; i < event.groups.size(); ++i)
    f.exists(event.groups[i], f.world.groups, fmt::format("{}.groups[{}]", path, i));
  if (event.queue) f.exists(*event.queue, f.world.queues, path + ".queue");
  if (event.kind == Event::Kind::kNotice) check_notice(f, path, event.notice);
}

}  // namespace

void check_floor(Findings& f) {
  for (std::size_t i = 0; i < f.world.events.size(); ++i)
    check_event(f, fmt::format("events[{}]", i), f.world.events[i]);
  for (std::size_t i = 0; i < f.world.rules.size(); ++i) {
    const Rule& rule = f.world.rules[i];
    const std::string path = fmt::format("rules[{}]", i);
    for (std::size_t k = 0; k < rule.when.size(); ++k)
      check_condition(f, fmt::format("{}.when[{}]", path, k), rule.when[k], true);
    for (std::size_t k = 0; k < rule.until.size(); ++k)
      check_condition(f, fmt::format("{}.until[{}]", path, k), rule.until[k], true);
    for (std::size_t k = 0; k < rule.then.size(); ++k)
      check_action(f, fmt::format("{}.then[{}]", path, k), rule.then[k]);
    for (std::size_t k = 0; k < i; ++k)
      if (f.world.rules[k].name == rule.name)
        f.found(path + ".name", "name", fmt::format("is {} again", rule.name), "",
                {fmt::format("rules[{}].name", k)});
  }
  for (const AgentGroup& group : f.world.groups)
    if (group.call_in) f.check_law(place("groups", group, "call_in.delay"), group.call_in->delay);
}

}  // namespace callmill
