// Plan files: what is written reads back to the same; what is wrong is said all at once, at its
// cell; whatever the bytes, the reader answers.

#include "app/files/plan_file.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/app/files/samples.h"

namespace callmill {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const char* const kCentre = R"(version: 1
name: centre
day: {opens: "08:00", closes: "20:00", interval: 30min}
lines: {main: {lines: 30}, mobile: {rent: CNY 3/day}}
callers:
  all: {volume: {per_hour: 100/h}, lines: main, enters: {queue: q}, talk: 2min}
  few: {volume: {per_hour: 10/h}, lines: mobile, enters: {queue: q}, talk: 2min}
queues: {q: {answer_within: 20s, route: [{group: front}, {group: back}]}}
groups: {front: {kind: inbound}, back: {kind: inbound}}
shifts:
  full:
    group: front
    length: 8h
    starts: {from: "08:00", to: "12:00", every: 30min}
    breaks:
      - {name: rest, length: 15min, earliest: 1h, latest: 2h}
      - {name: meal, length: 30min, earliest: 3h, latest: 5h, paid: false}
    wage: CNY 40/h
  half:
    group: back
    length: 4h
    starts: {from: "08:00", to: "16:00", every: 30min}
    wage: CNY 44/h
)";

World centre(const std::string& opens = "08:00", const std::string& closes = "20:00",
             const std::string& starts = "") {
  std::vector<std::string> set{"day.opens=\"" + opens + "\"", "day.closes=\"" + closes + "\""};
  if (!starts.empty()) {
    set.push_back("shifts.full.starts=" + starts);
    set.push_back("shifts.half.starts=" + starts);
  }
  Diagnostics diagnostics;
  const auto scenario = read_scenario_text("centre.yaml", kCentre, {set}, diagnostics);
  INFO(rendered(diagnostics));
  REQUIRE(scenario);
  return scenario->world;
}

PlanFile read_good(const World& world, const std::string& text) {
  Diagnostics unreadable;
  const auto file = read_plan_text("plan.csv", text, world, unreadable);
  INFO(rendered(unreadable));
  REQUIRE(file);
  CHECK(unreadable.ok());
  return *file;
}

// "line:column code" of each error.
std::vector<std::string> places(const Diagnostics& diagnostics) {
  std::vector<std::string> all;
  for (const Diagnostic& d : diagnostics.errors())
    all.push_back(std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " +
                  d.code);
  return all;
}

std::vector<std::string> errors_of(const World& world, const std::string& text,
                                   std::string* said = nullptr) {
  Diagnostics unreadable;
  CHECK_FALSE(read_plan_text("plan.csv", text, world, unreadable));
  if (said != nullptr) *said = rendered(unreadable);
  return places(unreadable);
}

using Strings = std::vector<std::string>;

const std::string kHeader = "group,agent,shift,from,to,breaks,lines,count\n";

}  // namespace

TEST_CASE("hours off of a split shift stand among the breaks, and read back") {
  World world = centre();
  world.shifts[0].split = SplitGap{hours{3}, hours{4}, hours{2}, hours{3}, minutes{30}};
  world.shifts[0].breaks = {{"rest", minutes{15}, hours{1}, hours{2}, true},
                            {"meal", minutes{30}, hours{5}, hours{6}, false}};
  const std::string row =
      "front,1,full,08:00,18:00,09:00-09:15 off:11:30-13:30 15:30-16:00,,\n"
      ",,,,,,mobile,12\n";
  const PlanFile file = read_good(world, kHeader + row);
  CHECK(file.broken.ok());
  REQUIRE(file.plan.shifts.size() == 1);
  REQUIRE(file.plan.shifts[0].off);
  CHECK(file.plan.shifts[0].off->from == hours{11} + minutes{30});
  CHECK(file.plan.shifts[0].off->to == hours{13} + minutes{30});
  CHECK(file.plan.shifts[0].breaks.size() == 2);
  CHECK(plan_file(world, file.plan) == kHeader + row);
  // At another time, at its cell; given twice, it cannot be read.
  const PlanFile late =
      read_good(world, kHeader +
                           "front,1,full,08:00,18:00,09:00-09:15 off:12:30-14:30 15:30-16:00,,\n"
                           ",,,,,,mobile,12\n");
  CHECK(places(late.broken) == Strings{"2:26 split"});
  CHECK(
      errors_of(world, kHeader + "front,1,full,08:00,18:00,off:11:30-12:00 off:12:30-14:30,,\n") ==
      Strings{"1:1 lines", "2:26 breaks"});
}

TEST_CASE("a plan file reads to people, breaks and lines") {
  const World world = centre();
  const PlanFile file = read_good(world, kHeader +
                                             "front,1,full,08:00,16:00,09:00-09:15 12:00-12:30,,\n"
                                             "front,\"Li, \"\"Ann\"\"\",full,8:30,16:30:00,"
                                             "10:00-10:15   12:30-13:00,,\n"
                                             ",,,,,,,\n"
                                             "back,,half,16:00,20:00,,,\n"
                                             ",,,,,,mobile,12\n");
  CHECK(file.broken.ok());
  CHECK(file.faults == 0);
  REQUIRE(file.plan.shifts.size() == 3);
  const PlannedShift& ann = file.plan.shifts[1];
  CHECK(ann.name == "Li, \"Ann\"");
  CHECK(ann.agent == 1);
  CHECK(ann.pattern == std::size_t{0});
  CHECK(ann.from == hours{8} + minutes{30});
  CHECK(ann.to == hours{16} + minutes{30});
  REQUIRE(ann.breaks.size() == 2);
  CHECK(ann.breaks[1].from == hours{12} + minutes{30});
  CHECK(ann.breaks[1].to == hours{13});
  CHECK(file.plan.shifts[0].name.empty());
  CHECK(file.plan.shifts[2].group == GroupId{1});
  CHECK(file.plan.shifts[2].agent == 0);
  REQUIRE(file.plan.lines.size() == 1);
  CHECK(file.plan.lines[0].trunks == TrunkGroupId{1});
  CHECK(file.plan.lines[0].lines == 12);
}

TEST_CASE("columns may stand in any order, and those without a use may be left out") {
  const World world = centre();
  const PlanFile file =
      read_good(world, "to,from,group,shift\n12:00,08:00,back,half\n13:00,09:00,back,half\n");
  CHECK(plan_file(world, file.plan) == kHeader +
                                           "back,1,half,08:00,12:00,,,\n"
                                           "back,2,half,09:00,13:00,,,\n");
}

TEST_CASE("what is written reads back to the same") {
  const World world = centre();
  const Strings texts{"front,1,full,08:00,16:00,09:00-09:15 12:00-12:30,,\n",
                      "front,\"a,b\",full,08:00,16:00,09:00-09:15 12:00-12:30,,\n"
                      "front,\" blank \",full,08:00,16:00,09:00-09:15 12:00-12:30,,\n"
                      "front,\"q\"\"uote\",full,08:00,16:00,09:00-09:15 12:00-12:30,,\n",
                      "back,7,half,08:00,12:00,,,\nback,3,half,08:00,12:00,,,\n",
                      "front,李雷,,08:00:30,16:00,,,\n,,,,,,main,30\n,,,,,,mobile,1\n"};
  for (const std::string& text : texts) {
    INFO(text);
    const PlanFile file = read_good(world, kHeader + text);
    CHECK(plan_file(world, file.plan) == kHeader + text);
  }
}

TEST_CASE("agents without a name get numbers that nobody else has") {
  const World world = centre();
  const std::string row = ",half,08:00,12:00,,,\n";
  const std::string written =
      plan_file(world, read_good(world, kHeader + "back," + row + "back,1" + row + "back," + row +
                                            "back,3" + row + "back," + row)
                           .plan);
  CHECK(written == kHeader + "back,2" + row + "back,1" + row + "back,4" + row + "back,3" + row +
                       "back,5" + row);
  const PlanFile again = read_good(world, written);
  CHECK(places(again.broken) == Strings{"1:1 lines"});  // of mobile
  CHECK(plan_file(world, again.plan) == written);
}

TEST_CASE("times past midnight are read either way, and written as the clock shows them") {
  const World always = centre("00:00", "24:00", "{from: \"20:00\", to: \"23:00\", every: 1h}");
  const std::string clock = kHeader + "front,1,full,23:00,07:00,00:30-00:45 03:00-03:30,,\n";
  const PlanFile file = read_good(always, clock);
  CHECK(places(file.broken) == Strings{"1:1 lines"});  // of mobile
  CHECK(file.plan.shifts[0].to == hours{31});
  CHECK(file.plan.shifts[0].breaks[1].from == hours{27});
  CHECK(plan_file(always, file.plan) == clock);
  const PlanFile other =
      read_good(always, kHeader + "front,1,full,23:00,31:00,24:30-24:45 27:00-27:30,,\n");
  CHECK(plan_file(always, other.plan) == clock);

  // A centre of the night: what begins after midnight is of the evening's day.
  const World night = centre("20:00", "32:00", "{from: \"20:00\", to: \"28:00\", every: 1h}");
  const std::string late = kHeader + "back,1,half,01:00,05:00,,,\n";
  const PlanFile after = read_good(night, late);
  CHECK(places(after.broken) == Strings{"1:1 lines"});
  CHECK(after.plan.shifts[0].from == hours{25});
  CHECK(plan_file(night, after.plan) == late);
  CHECK(read_good(night, kHeader + "back,1,half,25:00,29:00,,,\n").plan.shifts[0].from ==
        hours{25});
}

TEST_CASE("every error of a plan is told at once, at its cell, with help") {
  const World world = centre();
  std::string said;
  CHECK(errors_of(world,
                  kHeader + "frnt,1,full,08:00,16:00,,,\n"
                            "front,2,ful,8 o'clock,16:00,,,\n"
                            "front,3,full,08:00,,,,\n"
                            "front,4,full,08:00,16:00,07:00-07:15 noon,,\n"
                            "front,5,full,08:00,57:00,,,\n"
                            "front,6,full,08:00,33:00,,,\n"
                            ",,,,,,mian,20\n"
                            ",,,,,,main,0\n"
                            ",,,,,,mobile,9.5\n"
                            ",,,,,,main,20\n"
                            ",,,,,,main,20\n"
                            "front,7,,,,,main,20\n"
                            ",,,,,,,20\n",
                  &said) == Strings{"2:1 unknown-name", "3:9 unknown-name", "3:13 time",
                                    "4:20 time", "5:26 breaks", "5:26 breaks", "6:20 range",
                                    "7:20 range", "8:7 unknown-name", "9:12 number", "10:14 number",
                                    "12:7 twice", "13:1 row", "14:7 unknown-name"});
  for (const char* part :
       {"did you mean front?", "did you mean full?", "did you mean main?", "write 11:30-12:00",
        "must not be after 48:00", "more than a day after 08:00",
        "count is \"9.5\"; must be a whole number of lines from 1 to 10000000"}) {
    INFO(part);
    CHECK(said.find(part) != std::string::npos);
  }
}

TEST_CASE("rules that the other rows break are told beside what cannot be read, and nothing else") {
  World world = centre();
  world.shifts[0].min_agents = 2;  // of three rows one cannot be read: not to be said
  std::string said;
  CHECK(errors_of(world,
                  kHeader + "front,1,full,08:10,16:10,09:10-09:25 11:10-11:40,,\n"
                            "front,2,full,8 o'clock,16:00,,,\n"
                            "back,3,half,08:00,11:00,,,\n"
                            ",,,,,,mobile,12\n",
                  &said) == Strings{"2:14 start", "3:14 time", "4:19 length"});
  CHECK(said.find("min_agents") == std::string::npos);
}

TEST_CASE("a table that is no plan, and people at two places at once, are refused") {
  const World world = centre();
  CHECK(errors_of(world, "") == Strings{"1:1 csv"});
  CHECK(errors_of(world, kHeader) == Strings{"1:1 csv"});
  CHECK(errors_of(world, "group,agent\nfront,1\n") ==
        Strings{"1:1 missing-column", "1:1 missing-column"});
  CHECK(errors_of(world, "group,agnet,from,to\nfront,1,08:00,16:00\n") ==
        Strings{"1:7 unknown-column"});
  CHECK(errors_of(world, kHeader + "front,1,full,08:00,16:00,,,\nfront,1,full,15:59,23:00,,,\n") ==
        Strings{"1:1 lines", "3:7 overlap"});
  // One after the other can be worked; that it is two shifts of a day is a rule for check-plan.
  const PlanFile split = read_good(
      world, kHeader + "back,1,half,08:00,12:00,,,\nback,1,half,14:00,18:00,,,\n,,,,,,mobile,5\n");
  CHECK(places(split.broken) == Strings{"3:6 twice"});
  // Over midnight, too.
  const World always = centre("00:00", "24:00");
  CHECK(errors_of(always, kHeader + "back,1,half,22:00,02:00,,,\nback,1,half,01:00,05:00,,,\n") ==
        Strings{"1:1 lines", "3:6 overlap"});
}

TEST_CASE("broken rules stand at the cells that they are about") {
  const World world = centre();
  const PlanFile file = read_good(world, kHeader +
                                             "front,1,full,08:10,16:10,09:30-09:45 12:10-12:40,,\n"
                                             "front,2,full,08:00,17:00,09:00-09:15 12:00-12:30,,\n"
                                             "front,3,full,08:00,16:00,09:00-09:15 13:30-14:00,,\n"
                                             "front,4,full,08:00,16:00,09:00-09:20 12:00-12:30,,\n"
                                             "front,5,,08:00,16:00,,,\n"
                                             "back,6,full,08:00,16:00,09:00-09:15 12:00-12:30,,\n");
  CHECK(file.faults == 7);
  CHECK(places(file.broken) == Strings{"1:1 lines", "2:14 start", "3:20 length", "4:26 window",
                                       "5:26 break-length", "6:9 kind", "7:8 group"});
  CHECK(file.broken.errors()[1].message.starts_with("front 1 begins at 08:10; "));
}

TEST_CASE("whatever the bytes, a plan file is read or refused") {
  const World world = centre("00:00", "24:00");
  const std::string good = kHeader +
                           "front,1,full,23:00,07:00,00:30-00:45 03:00-03:30,,\n"
                           "front,\"a,b\",full,08:00,16:00,09:00-09:15 12:00-12:30,,\n"
                           "back,,half,16:00,20:00,,,\n,,,,,,mobile,12\n";
  const Strings words{",",
                      "\n",
                      "\"",
                      "\r\n",
                      "-",
                      ":",
                      " ",
                      "9999:59",
                      "24:00",
                      "front",
                      "-1",
                      "1e9",
                      "\xff",
                      "00:00-00:00",
                      "mobile",
                      "99999999999999999999",
                      std::string(1, '\0')};
  // xorshift64: the same mutations everywhere.
  std::uint64_t state = 0x9E3779B97F4A7C15u;
  const auto below = [&state](std::size_t n) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<std::size_t>(state % n);
  };
  int refused = 0;
  constexpr int kRuns = 3000;
  for (int run = 0; run < kRuns; ++run) {
    std::string text = good;
    for (std::size_t changes = 1 + below(2); changes > 0 && !text.empty(); --changes) {
      const std::size_t at = below(text.size());
      if (below(2) == 0)
        text[at] = static_cast<char>('0' + below(12));  // 0 to 9, colon, semicolon
      else if (below(3) == 0)
        text.erase(at, 1 + below(12));
      else
        text.replace(at, below(6), words[below(words.size())]);
    }
    Diagnostics unreadable;
    const auto file = read_plan_text("plan.csv", text, world, unreadable);
    CHECK(file.has_value() == unreadable.ok());
    if (!file) {
      ++refused;
      continue;
    }
    // What was read is in the day, and is written so that it reads back to the same.
    for (const DutyPeriod& p : roster_of(world.day, file->plan.shifts)) {
      CHECK(p.from >= kStart);
      CHECK(p.to <= kStart + hours{24});
    }
    const std::string written = plan_file(world, file->plan);
    INFO(text);
    if (file->plan.shifts.empty() && file->plan.lines.empty()) continue;
    CHECK(plan_file(world, read_good(world, written).plan) == written);
  }
  CHECK(refused > kRuns / 3);
  CHECK(refused < kRuns - 100);
}

}  // namespace callmill
