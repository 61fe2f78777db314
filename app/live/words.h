#pragma once
// Commands, log entries and what is in force in a sentence, in both languages.

#include <string>

#include "app/report/lang.h"
#include "engine/live/command.h"
#include "engine/live/event_log.h"

namespace callmill::live {

std::string text_of(const Command& command, Lang lang);
std::string text_of(const LogEntry& entry, Lang lang);
std::string text_of(const CommandError& error, Lang lang);  // one sentence, with what was expected

}  // namespace callmill::live
