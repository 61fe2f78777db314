// Events, rules, conditions and targets that nothing can come of.

#include <algorithm>

#include "models/world/no_effect_parts.h"

namespace callmill {
namespace {

using Do = Action::Kind;

bool any_self_service(const Destination& to) {
  return to.kind == Destination::Kind::kSelfService ||
         std::any_of(to.otherwise.begin(), to.otherwise.end(), any_self_service);
}

bool any_self_service(const World& world) {
  for (const Menu& menu : world.menus)
    for (const MenuOption& option : menu.options)
      if (any_self_service(option.to)) return true;
  return false;
}

const char* what_waits(const World& world, QueueId queue) {
  if (holds_messages(world, queue)) return "messages";
  return holds_chats(world, queue) ? "chats" : nullptr;
}

void check_notice(Findings& f, const std::string& path, const Notice& notice) {
  if (!notice.queue || notice.queue->index() >= f.world.queues.size()) return;
  if (const char* const waits = what_waits(f.world, *notice.queue))
    f.found(path + ".queue", "no-effect",
            fmt::format("is {}, a queue of {}; a recording plays to callers",
                        f.world.queues[notice.queue->index()].name, waits),
            "name a queue of calls");
}

void check_day_of(Findings& f, const Idle& idle, const Event& event) {
  if (event.day.empty() || !f.world.days.first) return;
  const std::vector<OpenDay> days = f.world.open_days();
  if (days.empty()) return;
  const bool comes = std::any_of(days.begin(), days.end(),
                                 [&](const OpenDay& day) { return is_such_a_day(event.day, day); });
  idle(!comes, "day",
       fmt::format("is {}; no open day of the run, {} to {}, is such a day", event.day,
                   in_words(*days.front().date), in_words(*days.back().date)),
       "take a day of the run, or let the run last longer (days.count)", {"days"});
}

// "callers[i]" of these that are of a channel to which it does nothing.
void check_types(Findings& f, const Idle& idle, const std::vector<CallerTypeId>& types,
                 bool chats_too, const char* why) {
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (!types[i].valid() || types[i].index() >= f.world.caller_types.size()) continue;
    const CallerType& type = f.world.caller_types[types[i].index()];
    idle(type.channel == Channel::kMessage || (chats_too && type.channel == Channel::kChat),
         fmt::format("callers[{}]", i),
         fmt::format("is {}, whose channel is {}; {}", type.name,
                     type.channel == Channel::kChat ? "chat" : "message", why),
         "", {place("callers", type, "channel")});
  }
}

void check_event(Findings& f, std::size_t i) {
  const Event& event = f.world.events[i];
  const Idle idle{f, fmt::format("events[{}]", i)};
  check_day_of(f, idle, event);
  switch (event.kind) {
    case Event::Kind::kSlowDown:
      idle(event.talk == 1 && event.wrap == 1, "kind",
           "is slow_down, but talk and wrap take as long as before", "write talk: 1.5");
      check_types(f, idle, event.types, false, "its work is not slowed down");
      return;
    case Event::Kind::kNotice:
      check_notice(f, idle.root, event.notice);
      return;
    case Event::Kind::kSystemDown:
      idle(!any_self_service(f.world), "kind",
           "is system_down, but no menu leads to a self_service that could fail");
      return;
    case Event::Kind::kSurge:
    case Event::Kind::kSiteLoss:
      return;
  }
}

void check_action(Findings& f, const std::string& path, const Action& action) {
  const Idle idle{f, path};
  const auto queue_name = [&] { return f.world.queues[action.queue.index()].name; };
  switch (action.kind) {
    case Do::kDelayBreaks:
    case Do::kEndBreaks:
      if (action.group.valid() && action.group.index() < f.world.groups.size())
        idle(!has_breaks(f.world, action.group), "group",
             fmt::format("is {}, whose agents have no breaks",
                         f.world.groups[action.group.index()].name),
             "breaks stand in the shifts of roster, or of shifts");
      return;
    case Do::kOpenStep:
    case Do::kCloseStep:
    case Do::kRaiseQueue:
      if (action.queue.valid() && action.queue.index() < f.world.queues.size())
        idle(holds_messages(f.world, action.queue), "queue",
             fmt::format("is {}, a queue of messages, which agents take when no call waits",
                         queue_name()));
      return;
    case Do::kNotice:
      check_notice(f, path, action.notice);
      return;
    case Do::kShed:
      check_types(f, idle, action.types, true, "only calls are refused");
      return;
    default:
      return;
  }
}

void check_conditions(Findings& f, const std::string& path,
                      const std::vector<Condition>& conditions) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const Condition& c = conditions[i];
    if (!c.queue || !c.queue->valid() || c.queue->index() >= f.world.queues.size()) continue;
    const Idle idle{f, fmt::format("{}[{}]", path, i)};
    const bool messages = holds_messages(f.world, *c.queue);
    const std::string& name = f.world.queues[c.queue->index()].name;
    idle(messages && c.indicator != Indicator::kBacklog, "queue",
         fmt::format("is {}, a queue of messages, of which {} says nothing", name,
                     key_of(c.indicator)),
         "write indicator: backlog");
    idle(!messages && c.indicator == Indicator::kBacklog, "queue",
         fmt::format("is {}, which holds no messages", name), "write indicator: waiting");
  }
}

void check_target(Findings& f, std::size_t i) {
  const Target& target = f.world.targets[i];
  if (!target.queue || target.queue->index() >= f.world.queues.size()) return;
  const Idle idle{f, fmt::format("targets[{}]", i)};
  idle(holds_messages(f.world, *target.queue), "queue",
       fmt::format("is {}, a queue of messages, of which {} says nothing",
                   f.world.queues[target.queue->index()].name, target.metric),
       "name a queue of calls or chats");
}

}  // namespace

void find_idle_floor(Findings& f) {
  for (std::size_t i = 0; i < f.world.events.size(); ++i) check_event(f, i);
  for (std::size_t i = 0; i < f.world.rules.size(); ++i) {
    const Rule& rule = f.world.rules[i];
    const std::string path = fmt::format("rules[{}]", i);
    check_conditions(f, path + ".when", rule.when);
    check_conditions(f, path + ".until", rule.until);
    for (std::size_t k = 0; k < rule.then.size(); ++k)
      check_action(f, fmt::format("{}.then[{}]", path, k), rule.then[k]);
  }
  for (const Queue& queue : f.world.queues)
    for (std::size_t i = 0; i < queue.route.size(); ++i)
      check_conditions(f, fmt::format("{}[{}].when", place("queues", queue, "route"), i),
                       queue.route[i].when);
  for (std::size_t i = 0; i < f.world.targets.size(); ++i) check_target(f, i);
}

}  // namespace callmill
