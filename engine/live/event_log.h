#pragma once
// What happened, for people to read: rules that fired, events that began, commands. An observer
// that keeps the last few hundred entries.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "engine/centre/observer.h"
#include "engine/live/command.h"

namespace callmill::live {

struct LogEntry {
  enum class Kind : std::uint8_t {
    kCommand,
    kUndo,  // command_seq: to just before it; name: the number of the undo
    kRuleBegan,
    kRuleEnded,
    kEventBegan,
    kEventEnded,
    kCommandOver,  // command_seq: one that lasts has ended by itself
    kDayBegan,     // the centre opens
    kDayEnded,     // the centre closes
    kRemark        // name: a sentence about the session
  };
  std::uint64_t seq = 0;  // of the log, from 1 on, without gaps
  SimTime at;
  Kind kind = Kind::kCommand;
  std::uint64_t command_seq = 0;   // of Done
  std::optional<Command> command;  // kCommand
  std::string name;  // of the rule or event, the remark, or what is remarked of a command
};

class EventLog {
 public:
  static constexpr std::size_t kKept = 400;
  // `entry.seq` is given here.
  void add(LogEntry entry);
  const std::deque<LogEntry>& entries() const { return entries_; }  // oldest first
  std::uint64_t last_seq() const { return next_ - 1; }

 private:
  std::deque<LogEntry> entries_;
  std::uint64_t next_ = 1;
};

}  // namespace callmill::live
