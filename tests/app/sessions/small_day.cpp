#include "tests/app/sessions/small_day.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "app/files/scenario.h"
#include "app/live/journal.h"
#include "tests/place.h"

namespace callmill::test {

live::KnownScenario small_day() {
  Diagnostics diagnostics;
  std::optional<Scenario> scenario =
      read_scenario(source_path("tests/app/cli/scenarios/small.yaml"), {}, diagnostics);
  REQUIRE(scenario);
  return {"small", "Small", "small.yaml", std::move(scenario->world)};
}

std::unique_ptr<live::LiveCentre> small_centre(std::uint64_t seed) {
  const World world = small_day().world;
  live::LiveOptions options;
  options.seed = seed;
  return std::make_unique<live::LiveCentre>(world, options, live::make_editor(world));
}

std::string small_group() {
  return small_day().world.groups.front().name;
}

std::string fresh_file(const std::string& name) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                     ("callmill-" + std::to_string(getpid()) + "-" + name);
  std::filesystem::remove(path);
  return path.string();
}

}  // namespace callmill::test
