#include "models/world/findings.h"

namespace callmill {
namespace {

void check_outage(Findings& f, const TrunkGroup& trunks, const LineOutage& outage,
                  const std::string& here) {
  const Day& day = f.world.day;
  if (outage.to <= outage.from)
    f.found(here + ".to", "order",
            fmt::format("is {}, not after from ({})", time_in_words(outage.to),
                        time_in_words(outage.from)),
            "times go on beyond 24:00 for what ends after midnight", {here + ".from"});
  else if (day.length() > SimDuration::zero() &&
           (outage.from >= day.closes + std::chrono::hours{24} * (f.world.days.count - 1) ||
            outage.to <= day.opens))
    f.found(here, "outage",
            fmt::format("lasts from {} to {}, before or after the run", time_in_words(outage.from),
                        time_in_words(outage.to)),
            "", {"day"});
  if (outage.lines.has_value() == outage.share.has_value())
    f.found(here, "outage", "needs either lines or share");
  if (outage.lines && trunks.lines && *outage.lines > *trunks.lines)
    f.found(here + ".lines", "outage",
            fmt::format("is {}; the group has {}", *outage.lines, *trunks.lines),
            "share: 100% takes all of them", {place("lines", trunks, "lines")});
}

void check_breakdown(Findings& f, const TrunkGroup& trunks, const LineBreakdown& breakdown,
                     const std::string& here) {
  if (trunks.lines && breakdown.lines > *trunks.lines)
    f.found(here + ".lines", "outage",
            fmt::format("is {}; the group has {}", breakdown.lines, *trunks.lines), "",
            {place("lines", trunks, "lines")});
  for (const auto& [key, law] : {std::pair{"time_to_failure", &breakdown.time_to_failure},
                                 std::pair{"time_to_repair", &breakdown.time_to_repair}}) {
    const std::string path = here + "." + key;
    f.check_law(path, *law);
    if (fault(*law).empty() && mean(*law) <= 0)
      f.found(path, "outage", "is 0; lines would fail without end");
  }
}

}  // namespace

void check_lines(Findings& f) {
  for (const TrunkGroup& trunks : f.world.trunks) {
    for (std::size_t i = 0; i < trunks.outages.size(); ++i)
      check_outage(f, trunks, trunks.outages[i],
                   fmt::format("{}[{}]", place("lines", trunks, "outages"), i));
    for (std::size_t i = 0; i < trunks.breakdowns.size(); ++i)
      check_breakdown(f, trunks, trunks.breakdowns[i],
                      fmt::format("{}[{}]", place("lines", trunks, "breakdowns"), i));
  }
}

}  // namespace callmill
