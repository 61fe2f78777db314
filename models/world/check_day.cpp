#include "models/world/findings.h"

namespace callmill {
namespace {

constexpr std::int64_t kMostIntervals = 65'000;  // Call::interval is 16 bits wide

}  // namespace

void check_day(Findings& f) {
  const Day& day = f.world.day;
  if (day.length() <= SimDuration::zero()) {
    f.found("day.closes", "day",
            fmt::format("is {}, not after the opening at {}", time_in_words(day.closes),
                        time_in_words(day.opens)),
            "closes may go beyond 24:00", {"day.opens"});
    return;
  }
  if (day.interval <= SimDuration::zero() || day.length() % day.interval != SimDuration::zero()) {
    f.found("day.interval", "day",
            fmt::format("is {}, which does not divide the day of {}", in_words(day.interval),
                        in_words(day.length())),
            "15min, 30min and 1h are usual", {"day.opens", "day.closes"});
  } else if (day.length() / day.interval > kMostIntervals) {
    f.found("day.interval", "day",
            fmt::format("cuts the day into {} intervals; at most {} are kept",
                        day.length() / day.interval, kMostIntervals),
            "", {"day.opens", "day.closes"});
  }
  if (day.warm_up < SimDuration::zero() || day.warm_up >= day.length())
    f.found("day.warm_up", "day",
            fmt::format("is {}, not shorter than the day of {}", in_words(day.warm_up),
                        in_words(day.length())),
            "", {"day.opens", "day.closes"});
}

}  // namespace callmill
