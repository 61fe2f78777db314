// Plan files of several days: read back to the same, every error at its cell at once, and rules of
// people's weeks at the cells that they are about.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "app/files/plan_file.h"
#include "tests/app/files/samples.h"

namespace callmill {
namespace {

const char* const kCentre = R"(version: 1
name: centre
day: {opens: "08:00", closes: "20:00", interval: 30min}
days: {count: 7, first: 2026-11-23, closed: [sunday]}
lines: {main: {lines: 30}}
callers:
  all: {volume: {per_hour: 100/h}, lines: main, enters: {queue: q}, talk: 2min}
queues: {q: {answer_within: 20s, route: [{group: front}]}}
groups:
  front:
    kind: inbound
    tours: {days: 5, min_days: 2, min_days_off_in_a_row: 2, max_hours: 40h, weekends_off: 20%}
shifts:
  full:
    group: front
    length: 8h
    starts: {from: "08:00", to: "12:00", every: 30min}
    wage: CNY 40/h
labour: {preset: cn-standard, rest: 13h}
)";

World centre() {
  Diagnostics diagnostics;
  const auto scenario = read_scenario_text("centre.yaml", kCentre, {}, diagnostics);
  INFO(rendered(diagnostics));
  REQUIRE(scenario);
  return scenario->world;
}

std::vector<std::string> places(const Diagnostics& diagnostics) {
  std::vector<std::string> all;
  for (const Diagnostic& d : diagnostics.errors())
    all.push_back(std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " +
                  d.code);
  return all;
}

const std::string kHeader = "group,agent,day,shift,from,to,breaks,lines,count\n";

TEST_CASE("a plan of a week reads back to the same, a row a person and day") {
  const std::string rows =
      "front,1,2026-11-23,full,08:00,16:00,,,\n"
      "front,1,2026-11-24,full,08:00,16:00,,,\n"
      "front,Li,2026-11-24,full,12:00,20:00,,,\n"
      "front,Li,2026-11-25,full,09:00,17:00,,,\n"
      ",,,,,,,main,20\n";
  Diagnostics unreadable;
  const auto file = read_plan_text("week.csv", kHeader + rows, centre(), unreadable);
  INFO(rendered(unreadable));
  REQUIRE(file);
  INFO(rendered(file->broken));
  CHECK(file->broken.ok());
  REQUIRE(file->plan.shifts.size() == 4);
  CHECK(file->plan.shifts[3].day == 2);
  CHECK(file->plan.shifts[3].agent == 1);
  CHECK(file->plan.shifts[3].name == "Li");
  CHECK(plan_file(centre(), file->plan) == kHeader + rows);
}

TEST_CASE("days that are none of the run, and a table without days, are refused") {
  Diagnostics unreadable;
  CHECK_FALSE(read_plan_text("week.csv",
                             kHeader + "front,1,2026-11-30,full,08:00,16:00,,,\n"
                                       "front,2,,full,08:00,16:00,,,\n"
                                       "front,3,2026-11-23,full,08:00,16:00,,,\n"
                                       "front,3,2026-11-23,full,12:00,20:00,,,\n",
                             centre(), unreadable));
  CHECK(places(unreadable) == std::vector<std::string>{"2:9 range", "3:9 range", "5:7 overlap"});
  Diagnostics no_days;
  CHECK_FALSE(
      read_plan_text("week.csv", "group,agent,from,to\nfront,1,08:00,16:00\n", centre(), no_days));
  CHECK(places(no_days) == std::vector<std::string>{"1:1 missing-column"});
}

TEST_CASE("rules of people's weeks stand at the cells that they are about") {
  std::string rows;
  for (const char* day :
       {"23", "24", "26", "27", "28", "29"})  // Wednesday off alone; Sunday closed
    rows += std::string{"front,1,2026-11-"} + day + ",full,08:00,16:00,,,\n";
  rows +=
      "front,2,2026-11-23,full,12:00,20:00,,,\n"
      "front,2,2026-11-24,full,08:00,16:00,,,\n";
  Diagnostics unreadable;
  const auto file = read_plan_text("week.csv", kHeader + rows, centre(), unreadable);
  INFO(rendered(unreadable));
  REQUIRE(file);
  CAPTURE(rendered(file->broken));
  CHECK(places(file->broken) == std::vector<std::string>{"2:7 working-week", "2:7 days",
                                                         "2:7 days-off", "2:7 hours", "7:9 closed",
                                                         "9:25 rest"});
}

}  // namespace
}  // namespace callmill
