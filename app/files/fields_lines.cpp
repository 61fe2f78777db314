// Trunk lines.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

constexpr std::int64_t kMostLines = 1'000'000;

Record<LineOutage> outage_record() {
  const Kind<SimDuration> time = time_of_day(between(0, kLongest));
  return {"a map with from, to and either lines or share",
          "line_outage",
          {required_key("from", &LineOutage::from, time, "when the lines fail"),
           required_key("to", &LineOutage::to, time,
                        "when they are back; beyond 24:00 for the days after"),
           maybe_key("lines", &LineOutage::lines, count(1, kMostLines), "how many fail", "share"),
           maybe_key("share", &LineOutage::share, share_of({0, 1, true, false}),
                     "of the group's lines, rounded up", "lines"),
           optional_key("cuts", &LineOutage::cuts, yes_no(),
                        "whether calls on them are cut; else they finish, idle lines go first")},
          {{"lines", "share"}}};
}

Record<LineBreakdown> breakdown_record() {
  return {
      "a map with lines, time_to_failure and time_to_repair",
      "line_breakdown",
      {optional_key("lines", &LineBreakdown::lines, count(1, kMostLines), "how many fail together"),
       required_key("time_to_failure", &LineBreakdown::time_to_failure, law_kind(),
                    "from opening time, or the last repair, to the failure"),
       required_key("time_to_repair", &LineBreakdown::time_to_repair, law_kind(),
                    "from the failure until they are back"),
       optional_key("cuts", &LineBreakdown::cuts, yes_no(),
                    "whether calls on them are cut; else they finish, idle lines go first")},
      {}};
}

Record<TrunkGroup> lines_record() {
  return {"a map with the keys of a line group",
          "line_group",
          {maybe_key("lines", &TrunkGroup::lines, count(1, kMostLines),
                     "how many calls it holds at once", "none: plan sizes it"),
           optional_key("rent", &TrunkGroup::rent_per_day, money("day"), "of one line"),
           optional_key("direction", &TrunkGroup::direction,
                        word<LineDirection>({{"both", LineDirection::kBoth},
                                             {"inbound", LineDirection::kInbound},
                                             {"outbound", LineDirection::kOutbound}}),
                        "who may take its lines: callers, dials, or both"),
           optional_key("network_loss", &TrunkGroup::network_loss, share(),
                        "share of attempts that the network loses on the way to the lines"),
           optional_key("outages", &TrunkGroup::outages,
                        list_of(record_kind(outage_record()), false, "a list of outages"),
                        "lines out of service at stated times; several at once add up"),
           optional_key("breakdowns", &TrunkGroup::breakdowns,
                        list_of(record_kind(breakdown_record()), false, "a list of breakdowns"),
                        "lines that fail at random, each entry on its own")},
          {}};
}

}  // namespace

Field<World> lines_section() {
  return section(
      "lines", &World::trunks, lines_record(), true,
      "Line groups (trunks). A line is held from the first ring to the caller's hang-up.");
}

}  // namespace callmill::files
