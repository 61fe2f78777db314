// Roster files, people files, needs from plans, and rosters as tables.

#include "app/files/roster_file.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/draw.h"
#include "tests/place.h"

namespace callmill {
namespace {

const std::string kHead = "version: 1\nfirst_day: 2026-11-02\ndays: 14\n";
const std::string kShifts =
    "shifts:\n"
    "  early: {from: \"07:00\", to: \"15:00\"}\n"
    "  night: {from: \"22:30\", to: \"07:00\", paid: 8h, night: true, never_before: [early]}\n";
const std::string kNeeds = "needs: {each_day: {early: 2, night: 1}}\n";
const std::string kPeople = "people:\n  Li Na: {most: {night: 3}}\n  Wang: {new: true}\n";

struct Read {
  std::optional<RosterFile> file;
  std::vector<std::string> errors;  // "line:column code"
  std::string text;                 // all of them, as shown
};
Read read(const std::string& text) {
  Read result;
  Diagnostics diagnostics;
  result.file = read_roster_text("team.yml", text, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) {
    result.errors.push_back(std::to_string(d.place.line) + ":" + std::to_string(d.place.column) +
                            " " + d.code);
    result.text += render(d);
  }
  return result;
}

int heads(const RosterProblem& p, int day, int kind) {
  for (const RosterNeed& need : p.needs)
    if (need.day == day && need.kind == kind) return need.heads;
  return -1;
}

// A folder with files of its own, gone afterwards.
class Folder {
 public:
  Folder() { std::filesystem::create_directories(path_); }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string put(const std::string& name, const std::string& text) const {
    std::ofstream{path_ / name, std::ios::binary} << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / "callmill-roster-test";
};

}  // namespace

TEST_CASE("A roster file: shifts, rules by rank, needs by the nearest day, wishes") {
  const Read r = read(kHead + "rules: {preset: cn-standard, max_nights_in_a_row: 3}\n" + kShifts +
                      "needs:\n"
                      "  each_day: {early: 2, night: 1}\n"
                      "  by_day:\n"
                      "    \"2026-11-08\": {early: 7}\n"
                      "    weekend: {early: 1, night: 0}\n"
                      "    sunday: {night: 4}\n"
                      "mix: {new_per_veteran: 2}\n"
                      "fairness: {nights: 3}\n"
                      "people:\n"
                      "  Li Na:\n"
                      "    rest: 12h\n"
                      "    off: [2026-11-03]\n"
                      "    fixed: {2026-11-04: night}\n"
                      "    wishes: [{day: 2026-11-05, wants: off, price: 3},\n"
                      "             {day: 2026-11-06, wants: early},\n"
                      "             {day: 2026-11-07, avoids: night, price: 2}]\n"
                      "  Wang: {new: true, skills: [tax]}\n");
  CHECK(r.text.empty());
  REQUIRE(r.file);
  const RosterProblem& p = r.file->problem;
  CHECK(p.first_weekday == 0);
  CHECK(p.kinds[0].minutes == 480);
  CHECK(p.kinds[1].minutes == 480);
  CHECK(p.kinds[1].to == 1440 + 420);
  CHECK(p.kinds[1].never_before == std::vector<int>{0});
  const RosterPerson &li = p.people[0], &wang = p.people[1];
  CHECK(li.rules.rest_minutes == 720);    // her own
  CHECK(wang.rules.rest_minutes == 660);  // the preset's
  CHECK(wang.rules.max_nights_run == 3);  // the file's, before the preset's 7
  CHECK(wang.rules.overtime_minutes == 36 * 60);
  CHECK_FALSE(wang.veteran);
  REQUIRE(li.fixed.size() == 2);
  CHECK(li.fixed[0].day == 1);
  CHECK(li.fixed[0].kind == kDayOff);
  CHECK(li.fixed[1].kind == 1);
  REQUIRE(li.wishes.size() == 3);
  CHECK((li.wishes[0].kind == kAnyShift && !li.wishes[0].on && li.wishes[0].weight == 3));
  CHECK((li.wishes[1].kind == 0 && li.wishes[1].on && li.wishes[1].weight == 1));
  CHECK((li.wishes[2].kind == 1 && !li.wishes[2].on));
  CHECK(heads(p, 0, 0) == 2);
  CHECK(heads(p, 5, 0) == 1);   // Saturday
  CHECK(heads(p, 6, 0) == 7);   // the date goes before the weekend
  CHECK(heads(p, 6, 1) == 4);   // the weekday too
  CHECK(heads(p, 13, 0) == 1);  // the other Sunday
}

TEST_CASE("Every error of a roster file at once, at its place, with the nearest right thing") {
  const Read r = read("version: 1\nfirst_day: 2026-13-02\ndays: 0\nshift: {}\n" + kNeeds +
                      "people:\n  Li Na: {nwe: true, off: [tomorrow]}\n");
  CHECK(r.errors == std::vector<std::string>{"2:12 type", "3:7 range", "4:1 unknown-key",
                                             "7:11 unknown-key", "7:28 type"});
  CHECK(r.text.find("did you mean shifts?") != std::string::npos);
  CHECK(r.text.find("did you mean new?") != std::string::npos);

  const Read names = read(kHead + kShifts +
                          "needs: {each_day: {erly: 2}, by_day: {sonday: {early: 1}}}\n"
                          "people:\n"
                          "  Li Na:\n"
                          "    most: {nigth: 1}\n"
                          "    fixed: {2026-12-01: early, soon: early}\n"
                          "    wishes: [{day: 2026-11-30, wants: ealry}]\n");
  CHECK(names.errors == std::vector<std::string>{"7:20 unknown-name", "7:39 day",
                                                 "10:12 unknown-name", "11:13 range", "11:32 type",
                                                 "12:20 range", "12:39 unknown-name"});
  CHECK(names.text.find("did you mean early?") != std::string::npos);
  CHECK(names.text.find("2026-11-02 to 2026-11-15") != std::string::npos);
  CHECK(read(kHead + kShifts + kNeeds).text.find("has no people") != std::string::npos);
  CHECK(read("").text.find("the file is empty") != std::string::npos);
}

TEST_CASE("Names and dates are looked up where other keys of the roster cannot be read") {
  const Read bad = read(kHead + kShifts +
                        "needs: {each_day: {erly: 2, night: much}}\n"
                        "people:\n  Li Na: {off: [2026-12-24], most: {nigth: 3}}\n");
  INFO(bad.text);
  CHECK(bad.errors.size() == 4);  // erly, much, a day that is none of the roster's, nigth
  const Read misspelt = read(kHead + "shfts: {early: {from: \"07:00\", to: \"15:00\"}}\n" + kNeeds +
                             "people:\n  Li Na: {most: {early: 3}, off: [2026-12-24]}\n");
  INFO(misspelt.text);
  CHECK(misspelt.text.find("shfts") != std::string::npos);
  CHECK(misspelt.text.find("2026-12-24") != std::string::npos);
  CHECK(misspelt.text.find("there is no shift") == std::string::npos);  // it is in shfts
}

TEST_CASE("People and plans from CSV files, errors at their cells") {
  const Folder folder;
  folder.put("team.csv",
             "name,level,skills,min_hours,max_hours,max_weekends,off,wishes\n"
             "Li Na,veteran,tax english,60h,80h,1,2026-11-03 2026-11-04,2026-11-05:off:3\n"
             "Wang,new,,,,,,2026-11-06:early 2026-11-07:!night:2\n");
  folder.put("day.csv",
             "group,agent,shift,from,to,breaks,lines,count\n"
             "front,1,full,07:00,15:00,,,\nfront,2,full,07:00,15:00,,,\n"
             "back,1,full,07:00,15:00,,,\nfront,3,dark,22:30,31:00,,,\n,,,,,,trunk,9\n");
  const std::string text =
      kHead + kShifts +
      "needs: {each_day: {early: 9}, plans: {workday: day.csv}, group: front}\n"
      "people_file: team.csv\n";
  const std::string path = folder.put("team.yml", text);
  Diagnostics diagnostics;
  const auto file = read_roster_file(path, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) UNSCOPED_INFO(render(d));
  REQUIRE(file);
  const RosterProblem& p = file->problem;
  REQUIRE(p.people.size() == 2);
  CHECK(p.people[0].skills == std::vector<std::string>{"tax", "english"});
  CHECK(p.people[0].rules.min_minutes == 3600);
  CHECK(p.people[0].rules.max_weekends == 1);
  CHECK(p.people[0].fixed.size() == 2);
  CHECK((p.people[1].wishes[1].kind == 1 && !p.people[1].wishes[1].on));
  CHECK(heads(p, 0, 0) == 2);  // two of front
  CHECK(heads(p, 0, 1) == 1);
  CHECK(heads(p, 5, 0) == 9);  // no plan for Saturday

  folder.put("team.csv",
             "name,levl,min_hours,off,wishes\n"
             "Li Na,new,60,today,2026-11-05\nLi Na,new,60h,,2026-11-05:erly\n");
  folder.put("day.csv", "group,shift,from,to\nfront,full,08:00,15:00\n");
  Diagnostics bad;
  CHECK_FALSE(read_roster_file(path, bad));
  std::vector<std::string> codes;
  for (const Diagnostic& d : bad.errors())
    codes.push_back(std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " +
                    d.code);
  CHECK(codes == std::vector<std::string>{"1:6 unknown-column", "2:11 unit", "2:14 type",
                                          "2:20 wish", "3:1 twice", "2:12 unknown-shift"});
}

TEST_CASE("A roster as a table reads back; what breaks a rule is shown at its cell") {
  const Read r = read(kHead + "rules: {max_days_in_a_row: 3}\n" + kShifts + kNeeds + kPeople);
  REQUIRE(r.file);
  Roster roster(2, std::vector<int>(14, kDayOff));
  roster[0][2] = 0;
  roster[1][13] = 1;
  const std::string csv = roster_table(*r.file, roster);
  Diagnostics unreadable;
  const auto same = read_roster_table_text("r.csv", csv, *r.file, unreadable);
  REQUIRE(same);
  CHECK(same->roster == roster);
  CHECK(same->faults == 0);

  for (int day = 2; day < 6; ++day) roster[1][static_cast<std::size_t>(day)] = 0;
  const auto broken =
      read_roster_table_text("r.csv", roster_table(*r.file, roster), *r.file, unreadable);
  REQUIRE(broken);
  CHECK(broken->faults == 1);
  REQUIRE(broken->broken.errors().size() == 1);
  const Diagnostic& d = broken->broken.errors()[0];
  CHECK((d.place.line == 3 && d.place.column == 8));
  CHECK(d.message == "Wang works 4 days in a row; at most 3");

  Diagnostics bad;
  CHECK_FALSE(read_roster_table_text(
      "r.csv", "person,2026-11-02,2026-12-02\nLi Na,early,\nWangg,nigth,\n", *r.file, bad));
  std::string all;
  for (const Diagnostic& one : bad.errors()) all += one.code + " ";
  CHECK(all.find("unknown-column") != std::string::npos);
  CHECK(all.find("missing-column") != std::string::npos);
  CHECK(all.find("unknown-name") != std::string::npos);
  CHECK(all.find("missing-row") != std::string::npos);
}

TEST_CASE("The scenarios' rosters are read; damaged ones neither crash nor pass with faults") {
  std::string text;
  for (const char* name :
       {"scenarios/tutorial/25-roster.yml", "scenarios/hotline/roster-12345.yml"}) {
    Diagnostics diagnostics;
    const auto file = read_roster_file(test::source_path(name), diagnostics);
    REQUIRE(file);
    CHECK(faults(file->problem).empty());
    std::ifstream in{test::source_path(name)};
    if (text.empty()) text.assign(std::istreambuf_iterator<char>{in}, {});
  }
  test::Draw draw{20261102};
  for (int round = 0; round < test::rounds(300); ++round) {
    std::string changed = text;
    for (int n = 0; n < 3; ++n) {
      const auto at = static_cast<std::size_t>(draw.uniform(0, static_cast<double>(text.size())));
      if (draw.chance(0.5))
        changed.erase(std::min(at, changed.size() - 1), 1);
      else
        changed[std::min(at, changed.size() - 1)] = static_cast<char>(draw.uniform(32, 127));
    }
    Diagnostics diagnostics;
    const auto file = read_roster_text("changed.yml", changed, diagnostics);
    CHECK(file.has_value() == diagnostics.ok());
    if (file) CHECK(faults(file->problem).empty());
  }
}

}  // namespace callmill
