// A table of fingerprints of all scenarios that come with callmill: of one run each, its events,
// the state that it ends in and all that was counted. A change of behaviour shows here, and only
// where it was meant. A scenario without a row fails, and a row without a scenario.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "engine/centre/centre.h"
#include "engine/kpi/kpi_table.h"
#include "engine/study/day_store.h"
#include "tests/engine/watched.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

constexpr std::uint64_t kSeed = 1;

// Paths below scenarios/, in order.
std::vector<std::string> all_scenarios() {
  const std::filesystem::path root{source_path("scenarios")};
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{root})
    if (entry.path().extension() == ".yaml")
      files.push_back(std::filesystem::relative(entry.path(), root).generic_string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string hex(std::uint64_t x) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(x));
  return text;
}

// "events,trajectory,state,counts", or what the scenario still needs.
std::string print_of(const World& world) {
  if (!faults(world).empty()) return "needs a plan,,,";
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, kSeed, 0);
  TrajectoryPrint print;
  Recorder recorder{plan};
  Observers<TrajectoryPrint, Recorder> both{print, recorder};
  Watched<Observers<TrajectoryPrint, Recorder>>{plan, centre, both}.run_out();
  const KpiLayout layout{plan};
  ReplicationCounts counts;
  export_counts(recorder, layout, counts);
  return std::to_string(centre.events) + "," + hex(print.bits()) + "," + hex(fingerprint(centre)) +
         "," + hex(fingerprint_of(layout, counts));
}

}  // namespace

// CALLMILL_UPDATE=1 rewrites the table; the difference is to be reviewed like code. The last bit of
// log and exp may differ between maths libraries, and the prints with them.
TEST_CASE("Runs of all scenarios are those of the table of fingerprints") {
  const std::string path = source_path("tests/app/cli/fingerprints.csv");
  std::string now = "scenario,events,trajectory,state,counts\n";
  for (const std::string& file : all_scenarios()) {
    INFO(file);
    Diagnostics diagnostics;
    const auto scenario = read_scenario(source_path("scenarios/" + file), {}, diagnostics);
    REQUIRE(scenario);
    now += file + "," + print_of(scenario->world) + "\n";
  }
  const char* update = std::getenv("CALLMILL_UPDATE");
  if (update != nullptr && std::string{update} == "1") std::ofstream{path} << now;
  std::ifstream in{path};
  std::stringstream table;
  table << in.rdbuf();
  CHECK(now == table.str());
}

}  // namespace callmill::test
