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
  } else if (f.world.days.count * (day.length() / day.interval) > kMostIntervals) {
    f.found("day.interval", "day",
            fmt::format("cuts the {} into {} intervals; at most {} are kept",
                        f.world.several_days() ? "days" : "day",
                        f.world.days.count * (day.length() / day.interval), kMostIntervals),
            "", {"day.opens", "day.closes", "days"});
  }
  const SimDuration span = f.world.horizon();
  if (day.warm_up < SimDuration::zero() || (day.warm_up >= span && span > SimDuration::zero()))
    f.found("day.warm_up", "day",
            fmt::format("is {}, not shorter than the {} of {}", in_words(day.warm_up),
                        f.world.several_days() ? "run" : "day", in_words(span)),
            "", {"day.opens", "day.closes", "days"});
}

void check_days(Findings& f) {
  const Days& days = f.world.days;
  const Day& day = f.world.day;
  if (f.world.several_days() && day.length() > std::chrono::hours{24})
    f.found(
        "day.closes", "day",
        fmt::format("makes each day {} long; the next one opens after 24h", in_words(day.length())),
        "", {"day.opens", "days"});
  if (!days.first) return;
  // A calendar of the whole year may stand there, whatever days of it are run.
  for (const SpecialDay& special : days.special)
    if (!parse_date(special.date))
      f.found("days.special." + special.date, "days", "is no date such as 2026-12-25");
  if (f.world.open_days().empty())
    f.found("days", "days", "has no day on which the centre is open", "", {"days.closed"});
}

}  // namespace callmill
