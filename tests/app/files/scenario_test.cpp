#include "app/files/scenario.h"

#include <catch2/catch.hpp>

#include "tests/app/files/samples.h"
#include "tests/place.h"

namespace callmill {
namespace {

Scenario read(const std::string& path, const std::vector<std::string>& set = {}) {
  Diagnostics diagnostics;
  auto scenario = read_scenario(path, {set}, diagnostics);
  INFO(rendered(diagnostics));
  REQUIRE(scenario);
  return std::move(*scenario);
}

Scenario read_text(const std::string& text, const std::string& name = "text.yaml") {
  Diagnostics diagnostics;
  auto scenario = read_scenario_text(name, text, {}, diagnostics);
  INFO(rendered(diagnostics));
  REQUIRE(scenario);
  return std::move(*scenario);
}

std::string full() {
  return tests_folder() + "good/full.yaml";
}
std::string small() {
  return tests_folder() + "malformed/base-good.yaml";
}

}  // namespace

TEST_CASE("a scenario becomes a World") {
  using namespace std::chrono_literals;
  const World world = read(full()).world;
  CHECK(world.name == "city-12345");
  CHECK(world.busyness_cv == 0.08);
  REQUIRE(world.trunks.size() == 2);
  CHECK(world.trunks[0].lines == 420);
  CHECK(!world.trunks[1].lines);
  const CallerType& resident = world.caller_types.at(0);
  CHECK(resident.volume.step == 30min);
  CHECK(resident.volume.values.at(1) == Approx(111.1));
  CHECK(std::get<LognormalLaw>(*resident.patience).sd_s == 150);
  CHECK(resident.redial.after_block.limit == 4);
  CHECK(resident.enters.kind == Destination::Kind::kMenu);
  CHECK(world.menus.at(0).options.at(2).to.kind == Destination::Kind::kSelfService);
  CHECK(world.queues.at(0).route.at(1).after == 10s);
  CHECK(world.groups.at(0).takes == std::vector<QueueId>{QueueId{1}, QueueId{0}});
  CHECK(std::get<GammaLaw>(world.groups.at(2).dialling->talk).shape == 3);
  CHECK(world.shifts.at(0).breaks.at(1).paid == false);
  CHECK(world.shifts.at(1).last_start == 26h);
  CHECK(world.targets.at(3).value == 20);
  CHECK(world.targets.at(2).trunks == TrunkGroupId{0});
  CHECK(world.study.seed == 12345);
}

TEST_CASE("a Kaplan-Meier curve becomes a hazard that gives the curve back") {
  const World world = read(full()).world;
  const Law& patience = *world.caller_types.at(1).patience;
  CHECK(1 - cdf(patience, 5) == Approx(0.98897));
  CHECK(1 - cdf(patience, 10) == Approx(0.96235));
  CHECK(1 - cdf(patience, 20) == Approx(0.9));
  CHECK(1 - cdf(patience, 40) == Approx(0.81));  // the mean hazard of the curve goes on
}

TEST_CASE("show prints what reads back to the same World") {
  for (const auto& path : {full(), tests_folder() + "good/derived.yaml", small()}) {
    const Scenario scenario = read(path);
    const std::string shown = show_scenario(scenario.world);
    const Scenario again = read_text(shown);
    CHECK(show_scenario(again.world) == shown);
    CHECK(again.hash == scenario.hash);
  }
}

TEST_CASE("every scenario of the project reads and shows alike") {
  for (const auto& path : files_in(test::source_path("scenarios"), ".yaml")) {
    INFO(path);
    const Scenario scenario = read(path.string());
    CHECK(read_text(show_scenario(scenario.world)).hash == scenario.hash);
  }
}

TEST_CASE("the hash sees what is said, not how it is written") {
  const std::string text = text_of_file(small());
  const std::string hash = read_text(text).hash;
  CHECK(hash.size() == 16);
  std::string other = "\xEF\xBB\xBF# a comment\n";
  for (const char c : text) other += c == '\n' ? std::string{"\r\n"} : std::string(1, c);
  other.replace(other.find("150s"), 4, "2min30s");
  other.replace(other.find("3%"), 2, "0.03");
  CHECK(read_text(other).hash == hash);
  CHECK(read(small(), {"lines.main.lines=31"}).hash != hash);
  CHECK(read(small(), {"study.seed=2"}).hash != hash);
}

TEST_CASE("JSON is read by the same tables") {
  const Scenario scenario = read_text(
      R"({"version": 1, "lines": {"main": {"lines": 3}},
          "callers": {"a": {"volume": {"per_hour": "60/h"},
          "lines": "main", "enters": {"queue": "q"}, "talk": "3min", "balk": 0.25}},
          "queues": {"q": {"route": [{"group": "g"}]}}, "groups": {"g": {"staff": 2}}})");
  CHECK(scenario.world.caller_types.at(0).balk.value() == 0.25);
  CHECK(scenario.world.caller_types.at(0).volume.values == std::vector<double>{1440});
}

TEST_CASE("base and set change a scenario by path") {
  using namespace std::chrono_literals;
  const World world = read(tests_folder() + "good/derived.yaml").world;
  CHECK(std::get<ExponentialLaw>(*world.caller_types.at(0).patience).mean_s == 300);
  CHECK(world.queues.at(0).route.at(1).after == 20s);
  CHECK(world.targets.empty());
  CHECK(world.name == "city-12345");
}

TEST_CASE("--set changes, adds and takes away") {
  using namespace std::chrono_literals;
  CHECK(read(small(), {"callers.resident.patience.mean=90s"})
            .world.caller_types[0]
            .patience.has_value());
  CHECK(!read(small(), {"callers.resident.patience=null"}).world.caller_types[0].patience);
  CHECK(read(small(), {"lines.other={lines: 5}"}).world.trunks.size() == 2);
  CHECK(read(small(), {"busyness.cv=8%"}).world.busyness_cv == 0.08);
  CHECK(read(small(), {"callers.resident.redial.after_block.share=50%",
                       "callers.resident.redial.after_block.limit=5"})
            .world.caller_types[0]
            .redial.after_block.limit == 5);
  CHECK(read(small(), {"queues.general.route[0].after=5s"}).world.queues[0].route[0].after == 5s);
  CHECK(read(small(), {"queues.general.route.0.after=5s"}).world.queues[0].route[0].after == 5s);
  CHECK(read(small(), {"targets=[{metric: asa, at_most: 20s}]"}).world.targets[0].metric == "asa");
  CHECK(read(small(), {"name=new"}).world.name == "new");
  CHECK(read(small(), {"menus.welcome.options.1.share=0.7", "menus.welcome.options.2.share=30%"})
            .world.menus.size() == 1);
}

TEST_CASE("a what-if leaves in place what loses its use; it says nothing in vain itself") {
  // Nobody comes to the menu any more.
  CHECK(read(small(), {"callers.resident.enters={queue: general}"}).world.menus.size() == 1);
  Diagnostics diagnostics;
  CHECK(!read_scenario(small(), {{"queues.general.ratio=2"}}, diagnostics));
  CHECK_THAT(rendered(diagnostics),
             Catch::Matchers::StartsWith("--set:1:22: error[no-effect]: queues.general.ratio"));
}

TEST_CASE("a file that builds on a base answers for its own fields alone") {
  const auto derived = [](const std::string& set, const ScenarioOptions& options) {
    Diagnostics diagnostics;
    const std::string text =
        "version: 1\nname: what-if\nbase: " + small() + "\nset: {" + set + "}\n";
    read_scenario_text("what-if.yaml", text, options, diagnostics);
    return rendered(diagnostics);
  };
  CHECK(derived("callers.resident.enters: {queue: general}", {}).empty());
  CHECK(derived("callers.resident.enters: {queue: general}", {{"study.seed=2"}, false}).empty());
  CHECK_THAT(derived("queues.general.ratio: 2", {}),
             Catch::Matchers::StartsWith("what-if.yaml:4:29: error[no-effect]"));
  CHECK(derived("queues.general.ratio: 2", {{}, true}).empty());
}

TEST_CASE("errors of --set point into the argument") {
  Diagnostics diagnostics;
  CHECK(!read_scenario(small(), {{"callers.resident.patience.mean=90", "callers.市民.balk=3%"}},
                       diagnostics));
  CHECK(rendered(diagnostics) ==
        "--set:1:32: error[unit]: callers.resident.patience.mean is 90; must be a duration such as "
        "20s, 1.5min or 1h30min\n"
        "    1 | callers.resident.patience.mean=90\n"
        "      |                                ^~   help: write 90s, 90min or 90h\n"
        "--set:1:9: error[unknown-path]: 市民 is not known in callers\n"
        "    1 | callers.市民.balk=3%\n"
        "      |         ^~~~   help: known here: resident\n");
}

TEST_CASE("a chain of bases has an end") {
  const auto folder = std::filesystem::temp_directory_path() / "callmill-bases";
  std::filesystem::create_directories(folder);
  const auto name = [&](int i) { return (folder / ("b" + std::to_string(i) + ".yaml")).string(); };
  std::ofstream{name(0)} << text_of_file(small());
  for (int i = 1; i <= 9; ++i)
    std::ofstream{name(i)} << "version: 1\nbase: b" << i - 1 << ".yaml\n";
  CHECK(read(name(8)).files.size() == 9);
  Diagnostics diagnostics;
  CHECK(!read_scenario(name(9), {}, diagnostics));
  CHECK(diagnostics.errors().at(0).code == "base");
  std::filesystem::remove_all(folder);
}

// tutorial/06 with a queue that nobody comes to, and with targets and a section misspelt.
TEST_CASE("What nobody comes to, and what contradicts itself, is told beside other errors") {
  std::string text = text_of_file(test::source_path("scenarios/tutorial/06-shifts.yaml"));
  const auto change = [&](const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    text.replace(text.find(from), from.size(), to);
  };
  change("queues:\n", "queues:\n  empty: {answer_within: 20s, route: [{group: agents}]}\n");
  change("at_least: 80%", "at_least: 800%");
  change("to: \"11:30\"", "to: \"07:30\"");
  change("study:", "stuby:");
  Diagnostics diagnostics;
  CHECK_FALSE(read_scenario_text("text.yaml", text, {}, diagnostics));
  const std::string said = rendered(diagnostics);
  INFO(said);
  CHECK(said.find("800%") != std::string::npos);
  CHECK(said.find("stuby") != std::string::npos);
  CHECK(said.find("queues.empty is empty all day") != std::string::npos);
  CHECK(said.find("shifts.full.starts") != std::string::npos);
  CHECK(diagnostics.errors().size() == 4);
}

}  // namespace callmill
