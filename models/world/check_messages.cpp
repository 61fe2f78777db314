#include <algorithm>

#include "models/world/findings.h"

namespace callmill {
namespace {

bool is_message(const CallerType& type) {
  return type.channel == Channel::kMessage;
}

void check_type(Findings& f, const CallerType& type) {
  if (!is_message(type)) {
    if (type.message)
      f.found(place("callers", type, "message"), "channel", "has no use without channel: message");
    return;
  }
  if (type.enters.kind != Destination::Kind::kQueue)
    f.found(place("callers", type, "enters"), "channel", "must be a queue; messages hear no menu");
  if (type.patience || type.balk.value() > 0)
    f.found(place("callers", type, "patience"), "channel",
            "has no use here; messages wait until they are done", "see message.deadline");
  if (type.message && type.message->working_days &&
      (type.message->counted_in != DeadlineIn::kHours ||
       type.message->deadline != MessageWork{}.deadline))
    f.found(place("callers", type, "message.working_days"), "deadline",
            "is given together with deadline or counted_in", "one of the two says when it is due",
            {place("callers", type, "message")});
  if (type.opening > 0)
    f.found(place("callers", type, "opening"), "channel", "is of calls",
            "messages that are there at the start: message.open_at_start");
  if (mean(type.talk) + mean(type.wrap) <= 0)
    f.found(place("callers", type, "talk"), "channel", "is 0; a message takes some work");
}

// Queues hold calls or messages, not both: messages are worked off when no call waits.
void check_queue(Findings& f, QueueId id) {
  const Queue& queue = f.world.queues[id.index()];
  bool messages = false, chats = false;
  for (const CallerType& type : f.world.caller_types)
    if (type.enters.kind == Destination::Kind::kQueue && type.enters.queue == id) {
      messages = messages || is_message(type);
      chats = chats || type.channel == Channel::kChat;
    }
  if (messages && chats)
    f.found(place("queues", queue), "channel", "receives both chats and messages",
            "give messages a queue of their own");
  if (messages)
    for (const std::string& way : ways_of_calls(f.world, id))
      f.found(way, "channel", fmt::format("sends calls to {}, where messages wait", queue.name),
              "give messages a queue of their own", {place("queues", queue)});
  if (!messages && (queue.order != WorkOrder::kFirstCome || queue.reserve > 0))
    f.found(place("queues", queue, queue.reserve > 0 ? "reserve" : "order"), "channel",
            "is for queues of messages; no caller type with channel: message enters here");
  if (messages && queue.voicemail)
    f.found(place("queues", queue, "voicemail"), "channel", "is for queues of calls");
  if (!messages) return;
  for (const AgentGroup& group : f.world.groups)
    if (std::find(group.takes.begin(), group.takes.end(), id) != group.takes.end())
      f.found(place("groups", group, "takes"), "channel",
              fmt::format("names {}, a queue of messages; these are worked off when no call waits",
                          queue.name),
              "leave it out", {place("queues", queue, "route")});
}

}  // namespace

void check_messages(Findings& f) {
  for (const CallerType& type : f.world.caller_types) check_type(f, type);
  for (std::size_t q = 0; q < f.world.queues.size(); ++q) check_queue(f, QueueId{q});
}

}  // namespace callmill
