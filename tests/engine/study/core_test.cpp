// A centre of the core's parts only is taken through the day by a Flow of its own: every count must
// be that of the Flow that knows all parts.

#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

#include "engine/study/replicate.h"
#include "tests/engine/centre/random_world.h"
#include "tests/engine/centre/rich_world.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

struct Day {
  std::uint64_t events = 0;
  ReplicationCounts counts;
  friend bool operator==(const Day&, const Day&) = default;
};

Day by_all_parts(const Blueprint& plan, const KpiLayout& layout, std::uint64_t seed) {
  Recorder recorder{plan};
  Centre centre = open_centre(plan, seed, 0);
  Watched<Recorder>{plan, centre, recorder}.run_out();
  Day day{centre.events, {}};
  export_counts(recorder, layout, day.counts);
  return day;
}

Day as_it_is_run(const Blueprint& plan, const KpiLayout& layout, std::uint64_t seed) {
  Recorder recorder{plan};
  Day day;
  day.events = run_day(plan, seed, 0, recorder);
  export_counts(recorder, layout, day.counts);
  return day;
}

// Features that a centre of the core may have, in every set of them.
World core_world(std::uint64_t number) {
  constexpr Feature kMayBe[] = {Feature::kLines,        Feature::kMenus,   Feature::kResolution,
                                Feature::kStaffRelease, Feature::kOpening, Feature::kDays,
                                Feature::kRoster};
  std::vector<std::uint16_t> tape;
  std::uint64_t bits = number;
  for (int i = 0; i < 400; ++i) {
    bits = mix64(bits + kGolden);
    tape.push_back(static_cast<std::uint16_t>(bits));
  }
  Features features;
  for (std::size_t f = 0; f < std::size(kMayBe); ++f)
    if ((number >> f) % 2 == 1) features.push_back(static_cast<std::uint8_t>(kMayBe[f]));
  return rich_world(tape, features);
}

}  // namespace

TEST_CASE("A day of the core's Flow is a day of the whole one") {
  int of_core = 0, redials = 0, busy = 0;
  for (std::uint64_t number = 0; number < 256; ++number) {
    const World world = core_world(number);
    const Blueprint plan = make_blueprint(world);
    if (!plan.core_only) continue;
    ++of_core;
    const KpiLayout layout{plan};
    const Day day = as_it_is_run(plan, layout, number);
    CAPTURE(number);
    REQUIRE(day == by_all_parts(plan, layout, number));
    for (const CallerTypePlan& type : plan.types) redials += type.keeps_story ? 1 : 0;
    busy += day.events > 500 ? 1 : 0;
  }
  CHECK(of_core >= 20);
  CHECK(redials >= 20);
  CHECK(busy >= 10);
}

TEST_CASE("What the core does not know is named") {
  int beyond = 0;
  for (std::uint64_t feature = 0; feature < kFeatures; ++feature)
    for (std::uint64_t number = 0; number < 4; ++number) {
      std::vector<std::uint16_t> tape(300, static_cast<std::uint16_t>(number * 7919));
      const World world = rich_world(tape, {static_cast<std::uint8_t>(feature)});
      const Blueprint plan = make_blueprint(world);
      const KpiLayout layout{plan};
      CAPTURE(feature, number);
      REQUIRE(as_it_is_run(plan, layout, 3) == by_all_parts(plan, layout, 3));
      beyond += plan.core_only ? 0 : 1;
    }
  CHECK(beyond > 0);
}

}  // namespace callmill::test
