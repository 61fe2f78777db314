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
}

}  // namespace

void check_shifts(Findings& f) {
  for (const ShiftPattern& shift : f.world.shifts) check_shift(f, shift);
}

}  // namespace callmill
