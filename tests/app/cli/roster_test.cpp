// callmill roster, its exports, and check-roster on what it wrote.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

std::string team() {
  return source_file("scenarios/tutorial/25-roster.yml");
}

const char* const kBound =
    "version: 1\nfirst_day: 2026-11-02\ndays: 7\nrules: {rest: 11h}\n"
    "shifts: {early: {from: \"07:00\", to: \"15:00\"}, late: {from: \"14:00\", to: \"22:00\"}}\n"
    "needs: {each_day: {early: 1}}\n"
    "people: {Li Na: {fixed: {2026-11-03: late, 2026-11-04: early}}}\n";

}  // namespace

TEST_CASE("roster: table, CSV that check-roster holds, JSON with bound") {
  const Ran table = callmill({"roster", team(), "--rounds", "3"});
  CHECK((table.code == 0 || table.code == 4));
  CHECK_THAT(table.out, Contains("no hard rule is broken") && Contains("bound"));
  const Ran csv = callmill({"roster", team(), "--rounds", "3", "--csv"});
  CHECK(parse_csv(csv.out).size() == 10);
  const Ran held = callmill({"check-roster", team(), "-", "--json"}, csv.out);
  CHECK(held.code == 0);
  const boost::json::value roster =
      boost::json::parse(callmill({"roster", team(), "--rounds", "3", "--json"}).out);
  const boost::json::value check = boost::json::parse(held.out);
  CHECK(check.at("status") == "holds");
  CHECK(roster.at("cost").to_number<double>() == check.at("cost").to_number<double>());
  CHECK(roster.at("bound").to_number<double>() <= roster.at("cost").to_number<double>());
  CHECK(roster.at("people").as_array().size() == 9);
  const Ran chinese = callmill({"roster", team(), "--rounds", "3", "--lang", "zh-CN"});
  CHECK_THAT(chinese.out, Contains("未违反任何硬规则") && Contains("满足意愿"));
}

TEST_CASE("check-roster: a rule that is broken is named at its cell, in both languages") {
  std::string csv = callmill({"roster", team(), "--rounds", "3", "--csv"}).out;
  const std::size_t ma = csv.find("\nMa,") + 4;
  const std::size_t second = csv.find(',', ma) + 1;  // fixed to early on the second day
  csv.replace(second, csv.find(',', second) - second, "late");
  const Ran ran = callmill({"check-roster", team(), "-"}, csv);
  CHECK(ran.code == 5);
  CHECK_THAT(ran.err, Contains("error[fixed]: Ma does not work early, which is fixed"));
  CHECK_THAT(callmill({"check-roster", team(), "-", "--lang", "zh-CN"}, csv).err,
             Contains("Ma 未排固定的班次 early"));
}

TEST_CASE("roster: rules that cannot hold together are named; bad files say where") {
  const Ran ran = callmill({"roster", "-"}, kBound);
  CHECK(ran.code == 5);
  CHECK(ran.out.empty());
  CHECK(
      ran.err ==
      "callmill: Li Na can have no roster: these rules cannot hold together: at least 11 h of rest "
      "between shifts; day 2 is fixed to late; day 3 is fixed to early\n");
  CHECK_THAT(callmill({"roster", "-", "--lang", "zh-CN"}, kBound).err,
             Contains("班次之间至少休息 11 h；第 2 天固定为 late；第 3 天固定为 early"));
  const boost::json::value json =
      boost::json::parse(callmill({"roster", "-", "--json"}, kBound).out);
  CHECK(json.at("status") == "impossible");
  CHECK(json.at("conflicts").as_array().size() == 1);
  const Ran bad = callmill({"roster", "-"}, "version: 1\nnedes: {}\n");
  CHECK(bad.code == 3);
  CHECK_THAT(bad.err,
             Contains("<stdin>:2:1: error[unknown-key]") && Contains("did you mean needs?"));
}

TEST_CASE("roster --ics: a calendar a person, as RFC 5545 has it, the same each time") {
  const fs::path folder = fs::temp_directory_path() / "callmill-ics-test";
  fs::remove_all(folder);
  std::string text =
      "version: 1\nname: 一个很长很长的排班名称，用来看折行是否不会切断任何一个汉字\n" +
      std::string{kBound}.substr(11);
  text.replace(text.find("late, 2026-11-04"), 16, "early, 2026-11-04");
  const auto write = [&] { return callmill({"roster", "-", "--ics", folder.string()}, text); };
  CHECK(write().code == 0);
  std::ifstream in{folder / "01-Li_Na.ics", std::ios::binary};
  const std::string ics{std::istreambuf_iterator<char>{in}, {}};
  REQUIRE_FALSE(ics.empty());
  std::size_t events = 0;
  for (std::size_t at = 0; at < ics.size();) {
    const std::size_t end = ics.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    CHECK(end - at <= 75);
    // A folded line goes on with a whole character.
    if (ics[at] == ' ') CHECK((static_cast<unsigned char>(ics[at + 1]) & 0xc0) != 0x80);
    events += ics.compare(at, end - at, "BEGIN:VEVENT") == 0 ? 1 : 0;
    at = end + 2;
  }
  CHECK(events == 7);
  CHECK_THAT(ics,
             Contains("DTSTART:20261103T070000\r\nDTEND:20261103T150000\r\nSUMMARY:early\r\n"));
  CHECK_THAT(ics, Contains("DTSTAMP:20261102T000000Z\r\n"));
  CHECK(write().code == 0);
  std::ifstream again{folder / "01-Li_Na.ics", std::ios::binary};
  CHECK(std::string{std::istreambuf_iterator<char>{again}, {}} == ics);
  fs::remove_all(folder);
}

}  // namespace callmill::test
