// Trunk lines.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

constexpr std::int64_t kMostLines = 1'000'000;

Record<TrunkGroup> lines_record() {
  return {"a map with the keys of a line group",
          "line_group",
          {maybe_key("lines", &TrunkGroup::lines, count(1, kMostLines),
                     "how many calls it holds at once", "none: plan sizes it"),
           optional_key("rent", &TrunkGroup::rent_per_day, money("day"), "of one line")},
          {}};
}

}  // namespace

Field<World> lines_section() {
  return section(
      "lines", &World::trunks, lines_record(), true,
      "Line groups (trunks). A line is held from the first ring to the caller's hang-up.");
}

}  // namespace callmill::files
