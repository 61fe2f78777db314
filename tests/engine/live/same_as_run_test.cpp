// A live day without commands counts what `run` counts, however it is paced.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/kpi/kpi_table.h"
#include "engine/live/live_centre.h"
#include "engine/study/replicate.h"
#include "tests/engine/live/some_world.h"

namespace callmill::test {
namespace {

using live::LiveCentre;

// Counts of `run` that the live day has otherwise. Time signed off is left out: spare people are.
std::string differences(const Blueprint& plan, const Recorder& run, const LiveCentre& live) {
  const KpiLayout layout{plan}, of_live{live.plan()};
  ReplicationCounts a, b;
  export_counts(run, layout, a);
  export_counts(live.recorder(), of_live, b);
  std::string text;
  for (const KpiLayout::Row& row : layout.rows()) {
    const KpiLayout::Row& other = of_live.rows()[of_live.find(row.family, row.scope)];
    for (std::size_t i = 0; i < row.width * layout.periods(); ++i) {
      const bool off = row.family == Family::kAgents && i % row.width == at(AgentCount::kOff);
      if (!off && a[row.offset + i] != b[other.offset + i])
        text += "family " + std::to_string(static_cast<int>(row.family)) + " scope " +
                std::to_string(static_cast<int>(row.scope.kind)) + ":" +
                std::to_string(row.scope.index) + " count " + std::to_string(i % row.width) +
                " period " + std::to_string(i / row.width) + ": " +
                std::to_string(a[row.offset + i]) + " " + std::to_string(b[other.offset + i]) +
                "\n";
    }
  }
  return text;
}

void check_same(const World& world, std::uint64_t seed) {
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  const std::uint64_t events = run_day(plan, seed, 0, recorder);
  live::LiveOptions options;
  options.seed = seed;
  LiveCentre live{world, options};
  // In pieces: by time, by events, by intervals.
  live.run_until(kStart + std::chrono::minutes{47});
  for (int i = 0; i < 100; ++i) live.step();
  for (int i = 0; i < 3; ++i) live.step_interval();
  live.run_out();
  CHECK(live.ended());
  CHECK(live.centre().events == events);
  CHECK(differences(plan, recorder, live) == "");
  CHECK(broken_laws(live.plan(), live.centre()).empty());
}

TEST_CASE("A live day without commands counts what run counts") {
  const auto* file =
      GENERATE("tutorial/01-first-queue.yaml", "tutorial/03-menu.yaml", "tutorial/07-routing.yaml",
               "tutorial/17-callbacks.yaml", "tutorial/20-people.yaml", "tutorial/21-chat.yaml",
               "hotline/city-12345.yaml", "hotline/everything.yaml", "hotline/floor-day.yaml",
               "hotline/lines-fail.yaml", "hotline/collections-blend.yaml");
  INFO(file);
  check_same(scenario_world(file), 7);
}

TEST_CASE("Random centres live as they run") {
  for (unsigned seed = 1; seed <= 25; ++seed) {
    INFO("seed " << seed);
    check_same(random_centre(seed), seed);
  }
}

TEST_CASE("The end of a day does not depend on how it was paced") {
  const World world = scenario_world("tutorial/01-first-queue.yaml");
  LiveCentre a{world, {}}, b{world, {}};
  a.run_out();
  while (!b.ended()) b.run_until(b.now() + std::chrono::seconds{613});
  CHECK(a.fingerprint() == b.fingerprint());
  CHECK(a.now() == b.now());
}

}  // namespace
}  // namespace callmill::test
