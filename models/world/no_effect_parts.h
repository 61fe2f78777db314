#pragma once
// The parts of without_effect(), a file each; and what they ask of a world.

#include "models/world/findings.h"

namespace callmill {

// Notes a field below `root` that stands though it has no use.
struct Idle {
  Findings& f;
  std::string root;  // "callers.web"
  void operator()(bool given, const std::string& key, const std::string& why,
                  const std::string& help = "", std::vector<std::string> also = {}) const {
    if (given) f.found(root + "." + key, "no-effect", why, help, std::move(also));
  }
};

void find_idle_ways(Findings& f);
void find_idle_floor(Findings& f);
void find_idle_campaigns(Findings& f);

// Whether the roster, or a kind of shift that a plan may use, has breaks for the group.
bool has_breaks(const World& world, GroupId group);
// Whether a caller type with channel message, or chat, enters the queue.
bool holds_messages(const World& world, QueueId queue);
bool holds_chats(const World& world, QueueId queue);
// Whether some moment of every day, [from, to) after midnight, is one of the open hours; `to`
// before `from` means of the next morning.
bool within_open_hours(const Day& day, SimDuration from, SimDuration to);

}  // namespace callmill
