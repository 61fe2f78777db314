// --save-state and --from-state: a moment of a simulated day, written, read back, and gone on from.

#include <unistd.h>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using Catch::Matchers::Contains;

// The state of the small scenario at ten, in a file that goes with the program.
class StateAtTen {
 public:
  StateAtTen()
      : path_{(fs::temp_directory_path() /
               ("callmill-state-" + std::to_string(::getpid()) + ".json"))
                  .string()},
        ran_{callmill({"run", small_scenario(), "--at", "10:00", "--reps", "60", "--json",
                       "--save-state", path_})} {}
  ~StateAtTen() { fs::remove(path_); }
  StateAtTen(const StateAtTen&) = delete;
  StateAtTen& operator=(const StateAtTen&) = delete;
  const std::string& path() const { return path_; }
  const Ran& ran() const { return ran_; }

 private:
  std::string path_;
  Ran ran_;
};

// Of the day: mean and half of its interval.
std::pair<double, double> total(const Ran& ran, const char* key) {
  const json::value all = json::parse(ran.out);
  std::pair<double, double> found{std::nan(""), 0};
  for (const json::value& row : all.as_object().at("kpis").as_array()) {
    const json::object& of = row.as_object();
    if (of.at("metric").as_string() != key || of.at("scope").as_string() != "total") continue;
    found.first = of.at("value").to_number<double>();
    found.second = of.at("ci_high").to_number<double>() - found.first;
  }
  return found;  // the last row, which is the day's
}

}  // namespace

TEST_CASE("A state that was written has futures like those of the moment itself") {
  const StateAtTen ten;
  REQUIRE(ten.ran().code == 0);
  const Ran ran = callmill({"run", small_scenario(), "--from-state", ten.path(), "--rest-cv", "0%",
                            "--reps", "60", "--json"});
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  CHECK_THAT(ran.err, Contains("state of 10:00"));
  CHECK_THAT(ran.err, Contains("talks so far speak for"));
  const json::object manifest = json::parse(ran.out).as_object().at("manifest").as_object();
  CHECK(manifest.at("at").as_string() == "10:00");
  CHECK_FALSE(manifest.contains("day"));
  const auto [was, was_half] = total(ten.ran(), "attempts");
  const auto [is, is_half] = total(ran, "attempts");
  // Halves of 95 % intervals; 2.3 of them together are once in 100,000.
  CHECK(std::abs(was - is) <= 2.3 * std::hypot(was_half, is_half));
}

TEST_CASE("What does not go with --from-state is said") {
  const StateAtTen ten;
  const auto refused = [&](const Arguments& arguments, int code, const char* why) {
    const Ran ran = callmill(arguments);
    CHECK(ran.code == code);
    CHECK_THAT(ran.err, Contains(why));
  };
  refused({"run", small_scenario(), "--from-state", ten.path(), "--at", "11:00"}, 2, "--at");
  refused({"run", small_scenario(), "--save-state", ten.path()}, 2, "--at");
  refused({"run", small_scenario(), "--from-state", ten.path() + "x"}, 7, "cannot read");
  refused({"run", small_scenario(), "--from-state", ten.path(), "--rest-cv", "many"}, 2,
          "--rest-cv");
  refused({"run", small_scenario(), "--from-state", ten.path(), "--talk-cv", "-1"}, 2,
          "--talk-cv -1: expected a share");
  refused({"run", small_scenario(), "--from-state", ten.path(), "--exact"}, 2, "whole days");
  refused({"plan", small_scenario(), "--from-state", ten.path()}, 2, "callmill replan");
  refused({"replan", small_scenario(), "--plan", "-"}, 2, "--from-state");
  std::ofstream{ten.path()} << R"({"at": "10:00", "waiting": [{"queue": "nobody"}]})";
  refused({"run", small_scenario(), "--from-state", ten.path()}, 3,
          "the scenario has no queue nobody");
}

TEST_CASE("replan goes on from a state") {
  const StateAtTen ten;
  const std::string plan = callmill({"plan", small_scenario(), "--csv"}).out;
  const Ran ran = callmill({"replan", small_scenario(), "--plan", "-", "--from-state", ten.path(),
                            "--reps", "40", "--json"},
                           plan);
  INFO(ran.err);
  CHECK((ran.code == 0 || ran.code == 4));
  CHECK_THAT(ran.err, Contains("state of 10:00"));
  CHECK(json::parse(ran.out).as_object().at("at").as_string() == "10:00");
}

}  // namespace callmill::test
