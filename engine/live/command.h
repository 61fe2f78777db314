#pragma once
// What a supervisor can do to a running centre. A command is plain data with the planner's names,
// so that it reads the same in the journal, on the wire and on the terminal; what each means is in
// docs/models/live.md.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace callmill::live {

struct Command {
  enum class Kind : std::uint8_t {
    kAgents,       // group, by: people more or fewer from now on
    kMove,         // group, to, agents
    kLines,        // trunks, by: lines more or fewer
    kSurge,        // types, factor, lasts
    kCallIn,       // group, agents
    kEndBreaks,    // group
    kDelayBreaks,  // group, by_time, lasts
    kOvertime,     // group, agents, by_time
    kNotice,       // queue, deflect, hang_up, lasts
    kShed,         // types, share, lasts
    kOpenStep,     // queue, group
    kCloseStep,    // queue, group
    kRaiseQueue,   // queue, lasts
    kSet,          // path, value: a field of the scenario, as with --set
    kEnd           // command: number of one that lasts
  };
  Kind kind = Kind::kAgents;
  std::string group, to, trunks;
  std::string queue;                // kNotice: empty = every queue
  std::vector<std::string> types;   // empty = all
  std::int64_t by = 0;              // not 0
  std::int64_t agents = 0;          // >= 1; kCallIn, kOvertime: 0 = no limit
  double factor = 1;                // 0 .. 100; 0: nobody calls
  double share = 1;                 // in (0, 1]
  double deflect = 0, hang_up = 0;  // in [0, 1]
  SimDuration by_time{};            // > 0
  SimDuration lasts{};              // 0 = until it is ended
  std::string path, value;
  std::uint64_t command = 0;
  std::string note;  // free text, not read

  friend bool operator==(const Command&, const Command&) = default;
};

// "agents", "move", ...: the word in "do".
std::string_view name_of(Command::Kind kind);
// All words, in the order of Kind.
const std::vector<std::string>& command_names();
// Whether it is in force until it is ended, and so can be ended.
bool lasts(Command::Kind kind);

// What is wrong with a command, in the planner's words.
struct CommandError {
  std::string pointer;   // JSON pointer into the command: "/group"
  std::string detail;    // "no group is called \"enquiry\""
  std::string expected;  // "one of enquiries, sales"; may be empty
  std::string nearest;   // "enquiries"; may be empty

  friend bool operator==(const CommandError&, const CommandError&) = default;
};

}  // namespace callmill::live
