// A roster that keeps every rule, and what the checker says of each way to break one.

#include <catch2/catch.hpp>
#include <functional>

#include "models/roster/roster.h"

namespace callmill {
namespace {

constexpr int E = 0, N = 1, O = kDayOff;

// One person, two weeks from a Monday.
RosterProblem team() {
  RosterProblem p;
  p.days = 14;
  p.kinds = {{"early", 480, 420, 900}, {"night", 600, 1320, 1920, true}};
  p.kinds[1].skill = "night work";
  RosterPerson person;
  person.name = "Li Na";
  person.skills = {"night work"};
  person.max_of_kind = {8, 4};
  RosterRules& r = person.rules;
  r.day_minutes = 600;
  r.week_minutes = 3000;
  r.normal_week = 2400;
  r.overtime_minutes = 360;
  r.min_minutes = 3600;
  r.max_minutes = 5000;
  r.rest_days = 2;
  r.rest_minutes = 660;
  r.max_run = 4;
  r.min_run = 2;
  r.min_off_run = 2;
  r.max_nights_run = 2;
  r.max_weekends = 1;
  person.fixed = {{0, E}, {13, O}};
  p.people = {person};
  return p;
}
//                      Mo Tu We Th Fr Sa Su Mo Tu We Th Fr Sa Su
const std::vector<int> kGood{E, E, N, N, O, O, E, E, O, O, E, E, O, O};

std::vector<std::string> codes(const RosterProblem& p, const std::vector<int>& row) {
  std::vector<std::string> found;
  for (const RosterFault& fault : check_roster(p, {row}).broken) found.push_back(fault.code);
  return found;
}

struct Tampering {
  const char* code;
  int day;
  std::function<void(RosterProblem&, std::vector<int>&)> how;
  const char* message;
};

}  // namespace

TEST_CASE("A roster that keeps every rule") {
  CHECK(codes(team(), kGood).empty());
}

TEST_CASE("Each rule that is broken is named, alone, with its day") {
  using Row = std::vector<int>;
  using P = RosterProblem;
  const auto rules = [](P& p) -> RosterRules& { return p.people[0].rules; };
  const std::vector<Tampering> all = {
      {"fixed", 4,
       [](P& p, Row&) {
         p.people[0].fixed.push_back({4, E});
       },
       "does not work early, which is fixed"},
      {"fixed", 3,
       [](P& p, Row&) {
         p.people[0].fixed.push_back({3, O});
       },
       "works night on a fixed day off"},
      {"skill", 2, [](P& p, Row&) { p.people[0].skills = {"tax"}; }, ""},
      {"day-hours", 2, [&](P& p, Row&) { rules(p).day_minutes = 540; },
       "works 10 h on a day; at most 9 h"},
      {"kind-limit", 11, [](P& p, Row&) { p.people[0].max_of_kind[0] = 5; },
       "works more shifts early than 5"},
      {"follow", 2, [](P& p, Row&) { p.kinds[0].never_before = {N}; },
       "works night the day after early, which must not be"},
      {"rest", 3,
       [&](P& p, Row& row) {
         rules(p).rest_days = 1;
         row[3] = E;
       },
       "rests -1 h between night and early; at least 11 h"},
      {"max-run", 0, [&](P& p, Row&) { rules(p).max_run = 3; }, "works 4 days in a row; at most 3"},
      {"min-run", 6, [&](P& p, Row&) { rules(p).min_run = 3; },
       "works 2 day(s) in a row; at least 3"},
      {"min-off-run", 4, [&](P& p, Row&) { rules(p).min_off_run = 3; },
       "has 2 day(s) off in a row; at least 3"},
      {"nights-run", 2, [&](P& p, Row&) { rules(p).max_nights_run = 1; },
       "works more than 1 nights in a row"},
      {"week-hours", 0, [&](P& p, Row&) { rules(p).week_minutes = 2600; },
       "works 44 h in a week; at most 43.33 h"},
      {"rest-day", 0, [&](P& p, Row&) { rules(p).rest_days = 3; },
       "has 2 day(s) off in a week; at least 3"},
      {"overtime", 0, [&](P& p, Row&) { rules(p).overtime_minutes = 200; },
       "works 4 h of overtime; at most 3.333 h"},
      {"max-hours", 0, [&](P& p, Row&) { rules(p).max_minutes = 4000; },
       "works 68 h in all; at most 66.67 h"},
      {"min-hours", 0, [&](P& p, Row&) { rules(p).min_minutes = 4500; },
       "works 68 h in all; at least 75 h"},
      {"weekends", 0, [&](P& p, Row&) { rules(p).max_weekends = 0; },
       "works on 1 weekends; at most 0"}};
  for (const Tampering& one : all) {
    INFO(one.code << " on day " << one.day);
    RosterProblem p = team();
    std::vector<int> row = kGood;
    one.how(p, row);
    const RosterCheck check = check_roster(p, {row});
    // A run that a rule cuts short shows once for each such run.
    REQUIRE_FALSE(check.broken.empty());
    for (const RosterFault& fault : check.broken) CHECK(fault.code == one.code);
    CHECK(check.broken[0].day == one.day);
    if (*one.message != '\0') CHECK(check.broken[0].message == one.message);
  }
}

TEST_CASE("Runs at the edges may go on outside: too short is no fault there, too long is") {
  RosterProblem p = team();
  p.people[0] = RosterPerson{};
  p.people[0].rules.min_run = 3;
  p.people[0].rules.min_off_run = 3;
  const std::vector<int> row{E, O, O, O, E, E, E, O, O, O, E, E, E, O};
  CHECK(codes(p, row).empty());
  p.people[0].rules.max_run = 2;
  CHECK(codes(p, row) == std::vector<std::string>{"max-run", "max-run"});
}

TEST_CASE("Prices: heads, wishes, veterans, spreads, overtime") {
  RosterProblem p = team();
  p.people.resize(3, RosterPerson{});
  p.people[0] = RosterPerson{};
  p.kinds[1].skill.clear();
  p.people[1].veteran = p.people[2].veteran = false;
  p.days = 7;
  p.people[0].rules.normal_week = 480;
  p.people[0].wishes = {{0, kAnyShift, false, 3}, {1, N, true, 5}, {2, E, true, 7}};
  p.needs = {{0, E, 2, 100, 1}, {1, E, 0, 100, 1}};
  p.mix = RosterMix{1, 20};
  p.fairness = {2, 3, 0.5};
  p.overtime_weight = 4;
  const Roster roster{{E, E, O, O, O, O, O}, {O, N, N, O, O, O, O}, {O, N, O, O, O, O, E}};
  const RosterCheck check = check_roster(p, roster);
  CHECK(check.broken.empty());
  std::vector<std::pair<std::string, double>> found;
  for (const RosterPrice& one : check.prices) found.emplace_back(one.code + one.what, one.price);
  const std::vector<std::pair<std::string, double>> wanted{
      {"overtime", 8 * 4},       // 16 h in a week of 8 h
      {"wish-off", 3},           // works on day 0
      {"wish-on", 5},            // no night on day 1
      {"wish-on", 7},            // no early on day 2
      {"short", 100},            // one of two on day 0
      {"over", 1},               // one of none on day 1
      {"veteran", 2 * 20},       // two new people at night on day 1
      {"veteran", 20},           // one on day 2
      {"veteran", 20},           // one on day 6
      {"spreadnights", 2 * 2},   // 0, 2 and 1
      {"spreadweekends", 3},     // 0, 0 and 1
      {"spreadhours", 4 * 0.5},  // 16 h, 20 h and 18 h
  };
  CHECK(found == wanted);
  CHECK(check.cost == 32 + 3 + 5 + 7 + 100 + 1 + 40 + 20 + 20 + 4 + 3 + 2);
}

TEST_CASE("A weekend is Saturday or Sunday, at the edges too") {
  RosterProblem p = team();
  p.people[0] = RosterPerson{};
  p.people[0].rules.max_weekends = 0;
  p.first_weekday = 6;  // day 0 is a Sunday, day 6 a Saturday, day 13 again
  const auto works_on = [&](int day) {
    std::vector<int> row(14, O);
    row[static_cast<std::size_t>(day)] = E;
    return codes(p, row) == std::vector<std::string>{"weekends"};
  };
  for (int day = 0; day < 14; ++day)
    CHECK(works_on(day) == (day == 0 || day == 6 || day == 7 || day == 13));
}

TEST_CASE("What makes a problem meaningless is named, all at once") {
  CHECK(faults(team()).empty());
  RosterProblem p = team();
  p.kinds[0].minutes = 481;
  p.people[0].fixed.push_back({14, E});
  p.people[0].wishes.push_back({0, 5, true, -1});
  p.needs = {{0, E, 1, 1, 1}, {0, E, 2, 1, 1}};
  p.mix = RosterMix{0, 1};
  CHECK(faults(p) ==
        std::vector<std::string>{"shift early is of 481 minutes; must be a multiple of 5",
                                 "Li Na has no day 14",
                                 "the price of a wish of Li Na is -1; must not be below 0",
                                 "Li Na wishes a kind that is not there",
                                 "day 0 has two needs of one kind", "new_per_veteran is below 1"});
}

}  // namespace callmill
