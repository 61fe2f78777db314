#include "engine/live/event_log.h"

#include <utility>

namespace callmill::live {

void EventLog::add(LogEntry entry) {
  entry.seq = next_++;
  entries_.push_back(std::move(entry));
  if (entries_.size() > kKept) entries_.pop_front();
}

}  // namespace callmill::live
