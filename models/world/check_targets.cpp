#include <algorithm>

#include "models/world/findings.h"
#include "models/world/spans.h"

namespace callmill {
namespace {

// Figures are compared interval by interval.
void check_actual(Findings& f, std::size_t i) {
  const std::string here = fmt::format("actual[{}].values", i);
  const Profile& values = f.world.actual[i].values;
  f.check_profile(here, values);
  if (values.step != f.world.day.interval)
    f.found(here, "profile",
            fmt::format("has steps of {}; it needs the day's interval, {}", in_words(values.step),
                        in_words(f.world.day.interval)),
            "", {"day.interval", "day"});
}

// Two bounds of one indicator with nothing between them. A day is the mean of its intervals, a run
// of its days, so both cannot hold whatever each is asked of.
void check_bounds(Findings& f, std::size_t i, std::size_t k) {
  const Target &a = f.world.targets[i], &b = f.world.targets[k];
  if (a.metric != b.metric || a.sense == b.sense || a.queue != b.queue || a.trunks != b.trunks)
    return;
  const bool first_is_least = a.sense == Sense::kAtLeast;
  const double least = first_is_least ? a.value : b.value;
  const double most = first_is_least ? b.value : a.value;
  if (least > most)
    f.found(fmt::format("targets[{}]", k), "contradiction",
            fmt::format("asks for {} of {} {:g}, and targets[{}] for {} {:g}: nothing is both",
                        b.metric, first_is_least ? "at most" : "at least", b.value, i,
                        first_is_least ? "at least" : "at most", a.value),
            "take one of them away, or leave room between them", {fmt::format("targets[{}]", i)});
}

// A week or a month is judged whole.
void check_per(Findings& f, const Target& target, const std::string& here) {
  const Days& days = f.world.days;
  if (target.per == Per::kWeek && !is_whole_weeks(days))
    f.found(here + ".per", "days",
            fmt::format("asks for each week, and the run has {} day{}, no whole weeks", days.count,
                        days.count == 1 ? "" : "s"),
            "let the run last whole weeks (days.count=7, 14, ...), or ask per: run", {"days"});
  if (target.per == Per::kMonth && !is_whole_months(days))
    f.found(here + ".per", "days",
            "asks for each month, and the run covers no whole months of the calendar",
            "begin on the first of a month (days.first) and end on the last of one (days.count), "
            "or ask per: run",
            {"days"});
}

}  // namespace

void check_targets(Findings& f) {
  for (std::size_t i = 0; i < f.world.targets.size(); ++i) {
    const Target& target = f.world.targets[i];
    const std::string here = fmt::format("targets[{}]", i);
    if (target.queue) f.exists(*target.queue, f.world.queues, here + ".queue");
    if (target.trunks) f.exists(*target.trunks, f.world.trunks, here + ".lines");
    if (!(target.value >= 0) || (target.metric != "asa" && target.value > 1))
      f.found(here, "range", "has a value out of its range");
    if (target.price && target.per == Per::kInterval)
      f.found(here + ".price", "price",
              "a target of each interval has no price: what an interval misses is no sum of money",
              "leave the price out, or ask per: day");
    check_per(f, target, here);
    for (std::size_t k = 0; k < i; ++k) check_bounds(f, k, i);
  }
  for (std::size_t i = 0; i < f.world.actual.size(); ++i) check_actual(f, i);
}

}  // namespace callmill
