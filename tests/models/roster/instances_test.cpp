// Instances of schedulingbenchmarks.org: read, and solved to their best known values.

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "models/roster/benchmark_text.h"
#include "models/roster/solve_roster.h"
#include "tests/place.h"

namespace callmill {
namespace {

constexpr const char* kSmall =
    "# two people, two weeks\n"
    "SECTION_HORIZON\n14\n"
    "SECTION_SHIFTS\nE,480,\nL,480,E\n"
    "SECTION_STAFF\nA,E=14|L=3,4320,3360,5,2,2,1\nB,E=14|L=14,4320,3360,5,2,2,1\n"
    "SECTION_DAYS_OFF\nA,0,3\n"
    "SECTION_SHIFT_ON_REQUESTS\nA,2,L,2\n"
    "SECTION_SHIFT_OFF_REQUESTS\nB,2,E,3\n"
    "SECTION_COVER\n0,E,1,100,1\n";

// "" where the shared data is absent.
std::string instance(int number) {
  std::ifstream in{
      test::shared_path("data/staffing/rostering/Instance" + std::to_string(number) + ".txt")};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void solves_to(int number, double best) {
  const std::string text = instance(number);
  if (text.empty()) {
    WARN("no shared data: instance " << number << " is not solved");
    return;
  }
  const BenchmarkText read = read_benchmark_text(text);
  REQUIRE(read.errors.empty());
  const RosterResult result = solve_roster(read.problem, {});
  CHECK(result.status == RosterStatus::kOptimal);
  const RosterCheck check = check_roster(read.problem, result.roster);
  CHECK(check.broken.empty());
  CHECK(check.cost == best);
}

}  // namespace

TEST_CASE("The text of an instance") {
  CHECK(is_benchmark_text(kSmall));
  const BenchmarkText read = read_benchmark_text(kSmall);
  CHECK(read.errors.empty());
  const RosterProblem& p = read.problem;
  CHECK(p.days == 14);
  REQUIRE(p.people.size() == 2);
  CHECK(p.kinds[1].never_before == std::vector<int>{0});
  CHECK(p.people[0].max_of_kind[1] == 3);
  CHECK(p.people[0].rules.max_minutes == 4320);
  CHECK(p.people[0].rules.min_minutes == 3360);
  CHECK(p.people[0].rules.max_run == 5);
  CHECK(p.people[0].rules.max_weekends == 1);
  CHECK(p.people[0].fixed.size() == 2);
  CHECK(p.people[0].wishes[0].on);
  CHECK_FALSE(p.people[1].wishes[0].on);
  CHECK(p.needs[0].short_weight == 100);
}

TEST_CASE("Every error of an instance at once, with its line") {
  const BenchmarkText read = read_benchmark_text(
      "SECTION_HORIZON\nx\nSECTION_SHIFTS\nE,480\nSECTION_STAFF\nA,E=1,1,1,1,1,1,1\n"
      "SECTION_DAYS_OFF\nC,1\nSECTION_OTHER\n1\n");
  CHECK(read.errors ==
        std::vector<std::string>{"line 2: \"x\" is no whole number from 0 to a million",
                                 "line 4: has 2 cells; must have 3",
                                 "line 6: \"E=1\" is not SHIFT=most", "line 8: nobody is called C",
                                 "line 10: stands in no section that is known: OTHER"});
}

TEST_CASE("Texts cut short or with one byte changed neither crash nor lead to faults unseen") {
  const std::string text = kSmall;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(',' + i % 20);
    for (const std::string& one : {changed, text.substr(0, i)}) {
      const BenchmarkText read = read_benchmark_text(one);
      if (read.errors.empty()) CHECK(faults(read.problem).empty());
    }
  }
}

TEST_CASE("Instances 1, 2 and 3 are solved to their best known values, with proof") {
  solves_to(1, 607);
  solves_to(2, 828);
  solves_to(3, 1001);
}

}  // namespace callmill
