#include <chrono>

#include "models/world/findings.h"

namespace callmill {
namespace {

void check_breaks(Findings& f, const ShiftPattern& shift) {
  for (std::size_t i = 0; i < shift.breaks.size(); ++i) {
    const Break& rest = shift.breaks[i];
    const std::string here = fmt::format("{}[{}]", place("shifts", shift, "breaks"), i);
    const SimDuration end = rest.latest + rest.length;
    if (rest.latest < rest.earliest)
      f.found(here + ".latest", "break",
              fmt::format("is {}, before earliest ({})", in_words(rest.latest),
                          in_words(rest.earliest)),
              "", {here});
    if (end > shift.length)
      f.found(here, "break",
              fmt::format("can end {} after the shift's start; the shift is {} long", in_words(end),
                          in_words(shift.length)),
              "", {place("shifts", shift, "length")});
    if (i == 0) continue;
    const Break& before = shift.breaks[i - 1];
    if (before.latest + before.length > rest.earliest)
      f.found(here + ".earliest", "break",
              fmt::format("is {}, but the break before it can last until {}",
                          in_words(rest.earliest), in_words(before.latest + before.length)),
              "windows of breaks must not be able to overlap",
              {here, fmt::format("{}[{}]", place("shifts", shift, "breaks"), i - 1)});
  }
}

// Whether whole steps lead from one end to the other.
bool steps_meet(SimDuration from, SimDuration to, SimDuration every) {
  return every > SimDuration::zero() && (to - from) % every == SimDuration::zero();
}

void check_split(Findings& f, const ShiftPattern& shift) {
  const SplitGap& gap = *shift.split;
  const auto path = [&](const char* key) { return place("shifts", shift, "split") + key; };
  if (gap.latest < gap.earliest)
    f.found(
        path(".latest"), "split",
        fmt::format("is {}, before earliest ({})", in_words(gap.latest), in_words(gap.earliest)));
  else if (gap.longest < gap.shortest)
    f.found(path(".longest"), "split",
            fmt::format("is {}, less than shortest ({})", in_words(gap.longest),
                        in_words(gap.shortest)));
  else if (!steps_meet(gap.earliest, gap.latest, gap.every) ||
           !steps_meet(gap.shortest, gap.longest, gap.every))
    f.found(path(".every"), "split",
            fmt::format("is {}; steps of it must lead from earliest to latest and from shortest to "
                        "longest",
                        in_words(gap.every)));
  if (gap.earliest <= SimDuration::zero() || gap.latest >= shift.length)
    f.found(path(""), "split",
            fmt::format("must leave hours on duty before and after its gap; the shift has {} of "
                        "them",
                        in_words(shift.length)),
            "", {place("shifts", shift, "length")});
  for (std::size_t i = 0; i < shift.breaks.size(); ++i) {
    const Break& rest = shift.breaks[i];
    if (rest.latest + rest.length <= gap.earliest || rest.earliest >= gap.latest) continue;
    const std::string at = fmt::format("{}[{}]", place("shifts", shift, "breaks"), i);
    f.found(at, "split",
            fmt::format("can lie where the gap of the split shift begins, {} to {} after the start",
                        in_words(gap.earliest), in_words(gap.latest)),
            "let the break end before it or begin after it; hours count without the gap",
            {at, path("")});
  }
  if (shift.length + gap.longest > std::chrono::hours{24})
    f.found(path(".longest"), "split", "lets the shift last longer than a day");
}

void check_extension(Findings& f, const ShiftPattern& shift) {
  const Extension& more = *shift.extension;
  const std::string at = place("shifts", shift, "extension");
  if (!steps_meet(SimDuration::zero(), more.most, more.every))
    f.found(at + ".most", "extension",
            fmt::format("is {}, which steps of {} do not meet", in_words(more.most),
                        in_words(more.every)),
            "", {at});
  const SimDuration gap = shift.split ? shift.split->longest : SimDuration::zero();
  if (shift.length + gap + more.most > std::chrono::hours{24})
    f.found(at + ".most", "extension", "lets the shift last longer than a day");
}

void check_shift(Findings& f, const ShiftPattern& shift) {
  const auto path = [&](const char* key) { return place("shifts", shift, key); };
  f.exists(shift.group, f.world.groups, path("group"));
  if (shift.length <= SimDuration::zero())
    f.found(path("length"), "shift", "must be greater than 0s");
  if (shift.last_start < shift.first_start) {
    f.found(path("starts.to"), "shift",
            fmt::format("is {}, before from ({})", time_in_words(shift.last_start),
                        time_in_words(shift.first_start)),
            "times go on beyond 24:00 for starts after midnight", {path("starts")});
  } else if (shift.start_every <= SimDuration::zero() ||
             (shift.last_start - shift.first_start) % shift.start_every != SimDuration::zero()) {
    f.found(
        path("starts.to"), "shift",
        fmt::format("is {}, which steps of {} from {} do not meet", time_in_words(shift.last_start),
                    in_words(shift.start_every), time_in_words(shift.first_start)),
        "", {path("starts")});
  }
  check_breaks(f, shift);
  if (shift.split) check_split(f, shift);
  if (shift.extension) check_extension(f, shift);
  if (shift.min_agents && shift.max_agents && *shift.min_agents > *shift.max_agents)
    f.found(path("min_agents"), "shift",
            fmt::format("is {}, more than max_agents ({})", *shift.min_agents, *shift.max_agents),
            "", {path("max_agents")});
}

}  // namespace

void check_shifts(Findings& f) {
  for (const ShiftPattern& shift : f.world.shifts) check_shift(f, shift);
}

}  // namespace callmill
