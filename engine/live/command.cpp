#include "engine/live/command.h"

namespace callmill::live {

const std::vector<std::string>& command_names() {
  static const std::vector<std::string> names{
      "agents",     "move",         "lines",       "surge",  "call_in",
      "end_breaks", "delay_breaks", "overtime",    "notice", "shed",
      "open_step",  "close_step",   "raise_queue", "set",    "end"};
  return names;
}

std::string_view name_of(Command::Kind kind) {
  return command_names()[static_cast<std::size_t>(kind)];
}

bool lasts(Command::Kind kind) {
  switch (kind) {
    case Command::Kind::kSurge:
    case Command::Kind::kDelayBreaks:
    case Command::Kind::kOvertime:
    case Command::Kind::kNotice:
    case Command::Kind::kShed:
    case Command::Kind::kOpenStep:
    case Command::Kind::kCloseStep:
    case Command::Kind::kRaiseQueue:
      return true;
    default:
      return false;
  }
}

}  // namespace callmill::live
