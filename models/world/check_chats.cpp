// Chats, and calls that go on by another channel.

#include <algorithm>

#include "models/world/findings.h"

namespace callmill {
namespace {

bool is_chat(const CallerType& type) {
  return type.channel == Channel::kChat;
}

void check_type(Findings& f, const CallerType& type) {
  if (!is_chat(type)) return;
  const auto refuse = [&](bool given, const char* key, const char* why, const char* help = "") {
    if (given) f.found(place("callers", type, key), "channel", why, help);
  };
  refuse(type.enters.kind != Destination::Kind::kQueue, "enters",
         "must be a queue; chats hear no menu");
  refuse(!type.transfers.empty(), "transfers", "is for calls; chats are not passed on");
  refuse(type.survey.has_value(), "survey", "is for calls; it is asked on the line");
  refuse(type.opening > 0, "opening", "is for calls");
  refuse(mean(type.talk) <= 0, "talk", "is 0; a chat takes some work");
}

// The fields by which a call comes to the queue from here.
void add_ways(const Destination& to, QueueId queue, const std::string& path,
              std::vector<std::string>& ways) {
  if (to.kind == Destination::Kind::kQueue && to.queue == queue) ways.push_back(path + ".queue");
  for (const Destination& next : to.otherwise) add_ways(next, queue, path + ".otherwise", ways);
}

}  // namespace

std::vector<std::string> ways_of_calls(const World& world, QueueId queue) {
  std::vector<std::string> ways;
  for (const Campaign& campaign : world.campaigns)
    if (campaign.queue == queue) ways.push_back(place("campaigns", campaign, "queue"));
  for (std::size_t i = 0; i < world.events.size(); ++i)
    if (world.events[i].kind == Event::Kind::kSystemDown && world.events[i].queue == queue)
      ways.push_back(fmt::format("events[{}].queue", i));
  for (const CallerType& type : world.caller_types)
    if (type.channel == Channel::kVoice)
      add_ways(type.enters, queue, place("callers", type, "enters"), ways);
  for (const Menu& menu : world.menus) {
    add_ways(menu.otherwise, queue, place("menus", menu, "otherwise"), ways);
    for (const MenuOption& option : menu.options)
      add_ways(option.to, queue,
               fmt::format("{}.{}.to", place("menus", menu, "options"), option.key), ways);
  }
  return ways;
}

namespace {

// Calls and chats wait apart: what is said of a queue is said of one of them.
void check_chat_queue(Findings& f, QueueId id) {
  const Queue& queue = f.world.queues[id.index()];
  for (const std::string& way : ways_of_calls(f.world, id))
    f.found(way, "channel", fmt::format("sends calls to {}, where chats wait", queue.name),
            "give chats a queue of their own", {place("queues", queue)});
  const auto refuse = [&](bool given, const char* key) {
    if (given)
      f.found(place("queues", queue, key), "channel", "is for queues of calls; here wait chats");
  };
  refuse(queue.voicemail.has_value(), "voicemail");
  refuse(queue.announce.has_value(), "announce");
  refuse(queue.callback.has_value(), "callback");
  refuse(queue.deflect.has_value(), "deflect");
  refuse(queue.pick_agent != PickAgent::kLongestIdle, "pick_agent");
  refuse(queue.last_agent_hold > SimDuration{0}, "last_agent");
  for (std::size_t i = 0; i < queue.route.size(); ++i) {
    refuse(queue.route[i].with_previous, fmt::format("route[{}].with_previous", i).c_str());
    refuse(queue.route[i].once, fmt::format("route[{}].once", i).c_str());
  }
}

bool is_chat_queue(const World& world, QueueId queue) {
  return std::any_of(world.caller_types.begin(), world.caller_types.end(),
                     [&](const CallerType& type) {
                       return is_chat(type) && type.enters.kind == Destination::Kind::kQueue &&
                              type.enters.queue == queue;
                     });
}

void check_chatting(Findings& f, std::size_t g) {
  const AgentGroup& group = f.world.groups[g];
  const std::vector<double>& s = group.chat->slow_down;
  const std::string path = place("groups", group, "chat.slow_down");
  bool chats = false;
  for (std::size_t q = 0; q < f.world.queues.size(); ++q)
    for (const RouteStep& step : f.world.queues[q].route)
      chats = chats || (step.group == GroupId{g} && is_chat_queue(f.world, QueueId{q}));
  if (!chats)
    f.found(place("groups", group, "chat"), "channel",
            "has no use: no queue of chats has the group on its route");
  if (s.empty()) return;
  if (static_cast<std::int64_t>(s.size()) != group.chat->at_once)
    f.found(path, "chat",
            fmt::format("has {} values for up to {} chats at once; it needs one a number of chats",
                        s.size(), group.chat->at_once),
            "", {place("groups", group, "chat.at_once")});
  if (s.front() != 1)
    f.found(path, "chat",
            fmt::format("begins with {:.6g}; a single chat is not slowed down: 1", s.front()));
  if (!std::is_sorted(s.begin(), s.end()))
    f.found(path, "chat", "decreases; more chats at once make each no faster");
}

void check_deflection(Findings& f, const Queue& queue) {
  if (queue.deflect) f.check_other_channel(place("queues", queue, "deflect.to"), queue.deflect->to);
  if (!queue.voicemail || !queue.voicemail->to) return;
  const std::string path = place("queues", queue, "voicemail.to");
  if (!f.exists(*queue.voicemail->to, f.world.caller_types, path)) return;
  const CallerType& type = f.world.caller_types[queue.voicemail->to->index()];
  if (type.channel != Channel::kMessage)
    f.found(path, "channel", fmt::format("is {}, whose channel is not message", type.name), "",
            {place("callers", type, "channel")});
}

}  // namespace

void Findings::check_other_channel(const std::string& path, CallerTypeId id) {
  if (!exists(id, world.caller_types, path)) return;
  const CallerType& type = world.caller_types[id.index()];
  if (type.channel == Channel::kVoice)
    found(path, "channel", fmt::format("is {}, whose channel is voice", type.name),
          "name callers with channel: chat or channel: message",
          {place("callers", type, "channel")});
}

void check_chats(Findings& f) {
  for (const CallerType& type : f.world.caller_types) check_type(f, type);
  for (std::size_t q = 0; q < f.world.queues.size(); ++q) {
    if (is_chat_queue(f.world, QueueId{q})) check_chat_queue(f, QueueId{q});
    check_deflection(f, f.world.queues[q]);
  }
  for (std::size_t g = 0; g < f.world.groups.size(); ++g)
    if (f.world.groups[g].chat) check_chatting(f, g);
}

}  // namespace callmill
