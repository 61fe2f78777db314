#include <chrono>

#include "models/world/findings.h"

namespace callmill {
namespace {

enum class Subject : std::uint8_t { kQueue, kGroup, kLines };

Subject subject_of(Indicator indicator) {
  switch (indicator) {
    case Indicator::kIdleAgents:
    case Indicator::kBusyShare:
    case Indicator::kOccupancy:
      return Subject::kGroup;
    case Indicator::kLinesInUse:
    case Indicator::kLineShare:
    case Indicator::kLossRate:
      return Subject::kLines;
    default:
      return Subject::kQueue;
  }
}

bool is_share(Indicator indicator) {
  switch (indicator) {
    case Indicator::kBusyShare:
    case Indicator::kLineShare:
    case Indicator::kServiceLevel:
    case Indicator::kAnswerRate:
    case Indicator::kAbandonRate:
    case Indicator::kLossRate:
    case Indicator::kOccupancy:
      return true;
    default:
      return false;
  }
}

}  // namespace

const char* key_of(Indicator indicator) {
  static constexpr const char* kKeys[] = {
      "waiting",      "longest_wait", "expected_wait", "idle_agents",   "busy_share",
      "lines_in_use", "line_share",   "backlog",       "service_level", "answer_rate",
      "abandon_rate", "loss_rate",    "occupancy",     "arrivals"};
  return kKeys[static_cast<std::size_t>(indicator)];
}

void check_condition(Findings& f, const std::string& path, const Condition& condition,
                     bool in_rule) {
  const char* key = key_of(condition.indicator);
  const Subject subject = subject_of(condition.indicator);
  const auto fits = [&](bool given, Subject wanted, const char* name, const char* instead) {
    if (given && subject != wanted)
      f.found(fmt::format("{}.{}", path, name), "condition",
              fmt::format("does not fit the indicator {}", key), instead, {path + ".indicator"});
  };
  const char* help = subject == Subject::kQueue   ? "it is of a queue: write queue, or nothing"
                     : subject == Subject::kGroup ? "it is of a group: write group, or nothing"
                                                  : "it is of lines: write lines, or nothing";
  fits(condition.queue.has_value(), Subject::kQueue, "queue", help);
  fits(condition.group.has_value(), Subject::kGroup, "group", help);
  fits(condition.trunks.has_value(), Subject::kLines, "lines", help);
  if (condition.queue) f.exists(*condition.queue, f.world.queues, path + ".queue");
  if (condition.group) f.exists(*condition.group, f.world.groups, path + ".group");
  if (condition.trunks) f.exists(*condition.trunks, f.world.trunks, path + ".lines");
  if (condition.indicator == Indicator::kExpectedWait && !condition.queue &&
      f.world.queues.size() != 1)
    f.found(path, "condition", "needs the key queue: each queue has its own expected wait");
  if (condition.value < 0 || (is_share(condition.indicator) && condition.value > 1))
    f.found(path, "range", "has a value out of its range");
  if (condition.over != SimDuration::zero() && !is_rate(condition.indicator))
    f.found(path + ".over", "condition", fmt::format("does not fit the indicator {}", key),
            "it is of this moment; a window is for rates", {path + ".indicator"});
  if (condition.over % std::chrono::minutes{1} != SimDuration::zero())
    f.found(path + ".over", "condition",
            fmt::format("is {}; windows are whole minutes", in_words(condition.over)));
  if (condition.over > kLongestWindow)
    f.found(path + ".over", "condition",
            fmt::format("is {}; the longest window is {}", in_words(condition.over),
                        in_words(kLongestWindow)));
  if (condition.lasting != SimDuration::zero() && !in_rule)
    f.found(path + ".lasting", "condition", "has a use in rules only",
            "here the condition is asked at one moment");
}

}  // namespace callmill
