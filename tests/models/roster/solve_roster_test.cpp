// The solver against full enumeration with the independent checker as judge: small teams with
// random rules, wishes, needs, mix and fairness.

#include "models/roster/solve_roster.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <optional>

#include "base/random/stream.h"

namespace callmill {
namespace {

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_{mix64(seed * kGolden)} {}
  int up_to(int most) {
    state_ = mix64(state_ + kGolden);
    return static_cast<int>(state_ % static_cast<std::uint64_t>(most + 1));
  }
  bool chance(int of) { return up_to(of - 1) == 0; }
  std::optional<int> maybe(int low, int high) {
    if (!chance(3)) return std::nullopt;
    return low + up_to(high - low);
  }

 private:
  std::uint64_t state_;
};

RosterRules random_rules(Draws& draw, int days) {
  RosterRules r;
  r.day_minutes = draw.chance(8) ? std::optional{500} : std::nullopt;
  r.min_minutes = draw.maybe(0, days * 200);
  r.max_minutes = draw.maybe(days * 200, days * 600);
  r.rest_days = draw.maybe(1, 3);
  r.rest_minutes = draw.maybe(600, 720);
  r.max_run = draw.maybe(1, 4);
  r.min_run = draw.maybe(1, 3);
  r.min_off_run = draw.maybe(1, 3);
  r.max_nights_run = draw.maybe(1, 2);
  r.max_weekends = draw.maybe(0, 1);
  if (draw.chance(3)) r.normal_week = 480 * draw.up_to(4);
  if (r.normal_week) r.overtime_minutes = draw.maybe(0, 1200);
  r.week_minutes = draw.maybe(960, 2400);
  return r;
}

RosterPerson random_person(Draws& draw, int days, int kinds) {
  RosterPerson person;
  person.name = "somebody";
  person.veteran = draw.chance(2);
  if (draw.chance(2)) person.skills = {"night work"};
  person.rules = random_rules(draw, days);
  if (draw.chance(3))
    for (int k = 0; k < kinds; ++k) person.max_of_kind.push_back(draw.maybe(0, 3));
  if (draw.chance(3)) person.fixed.push_back({draw.up_to(days - 1), draw.up_to(kinds) - 1});
  for (int n = draw.up_to(3); n > 0; --n)
    person.wishes.push_back({draw.up_to(days - 1),
                             draw.chance(2) ? kAnyShift : draw.up_to(kinds - 1), draw.chance(2),
                             1.0 + draw.up_to(4)});
  return person;
}

RosterProblem random_problem(std::uint64_t seed, int people, int days, int kinds) {
  Draws draw{seed};
  RosterProblem p;
  p.days = days;
  p.first_weekday = draw.up_to(6);
  p.kinds.push_back({"early", 480, 7 * 60, 15 * 60});
  if (kinds > 1) p.kinds.push_back({"night", 600, 22 * 60, 32 * 60, true});
  if (kinds > 1 && draw.chance(2)) p.kinds[1].never_before = {0};
  if (kinds > 1 && draw.chance(3)) p.kinds[1].skill = "night work";
  for (int i = 0; i < people; ++i) p.people.push_back(random_person(draw, days, kinds));
  for (int day = 0; day < days; ++day)
    for (int k = 0; k < kinds; ++k)
      if (!draw.chance(4)) p.needs.push_back({day, k, draw.up_to(people), 10, 1});
  if (draw.chance(2)) p.mix = RosterMix{1 + draw.up_to(1), 7};
  p.fairness = {draw.chance(2) ? 3.0 : 0.0, draw.chance(2) ? 2.0 : 0.0, draw.chance(3) ? 0.5 : 0.0};
  p.overtime_weight = draw.chance(3) ? 0.25 : 0;
  return p;
}

// The least cost of a roster that breaks no rule; none where each one does.
std::optional<double> cheapest_of_all(const RosterProblem& p) {
  const std::size_t cells = p.people.size() * static_cast<std::size_t>(p.days);
  std::vector<int> at(cells, kDayOff);
  std::optional<double> best;
  while (true) {
    Roster roster(p.people.size());
    for (std::size_t i = 0; i < cells; ++i)
      roster[i / static_cast<std::size_t>(p.days)].push_back(at[i]);
    const RosterCheck check = check_roster(p, roster);
    if (check.broken.empty() && (!best || check.cost < *best)) best = check.cost;
    std::size_t i = 0;
    while (i < cells && ++at[i] == static_cast<int>(p.kinds.size())) at[i++] = kDayOff;
    if (i == cells) return best;
  }
}

// Costs are sums of at most a hundred prices, the solver's tolerance is 1e-6 of them.
constexpr double kTolerance = 1e-5;

void check_against_all(std::uint64_t seed, int people, int days, int kinds, int& possible) {
  const RosterProblem p = random_problem(seed, people, days, kinds);
  INFO("seed " << seed << ", " << people << " people, " << days << " days, " << kinds << " kinds");
  REQUIRE(faults(p).empty());
  const std::optional<double> best = cheapest_of_all(p);
  const RosterResult result = solve_roster(p, {});
  if (!best) {
    CHECK(result.status == RosterStatus::kImpossible);
    REQUIRE_FALSE(result.conflicts.empty());
    for (const RosterConflict& conflict : result.conflicts) CHECK_FALSE(conflict.rules.empty());
    return;
  }
  ++possible;
  REQUIRE_FALSE(result.roster.empty());
  const RosterCheck check = check_roster(p, result.roster);
  CHECK(check.broken.empty());
  CHECK(std::abs(check.cost - result.cost) < kTolerance);
  CHECK(std::abs(result.cost - *best) < kTolerance);
  CHECK(result.bound <= *best + kTolerance);
}

}  // namespace

TEST_CASE("Small teams: the solver finds what full enumeration finds, or that there is nothing") {
  int possible = 0;
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    check_against_all(seed, 2, 4, 2, possible);
    check_against_all(seed + 100, 3, 3, 2, possible);
    check_against_all(seed + 200, 2, 7, 1, possible);
    check_against_all(seed + 300, 1, 7, 2, possible);
  }
  CHECK(possible > 20);  // both kinds of cases are met
  CHECK(possible < 60);
}

TEST_CASE("Equal problems give equal rosters; a stopped search keeps the best so far") {
  const RosterProblem p = random_problem(7, 5, 12, 2);
  REQUIRE(faults(p).empty());
  RosterOptions few;
  few.rounds = 5;
  const RosterResult one = solve_roster(p, few), two = solve_roster(p, few);
  REQUIRE_FALSE(one.roster.empty());
  CHECK(one.roster == two.roster);
  RosterOptions stopped;
  int heard = 0;
  stopped.report = [&heard](const RosterProgress&) { return ++heard < 2; };
  const RosterResult early = solve_roster(p, stopped);
  REQUIRE_FALSE(early.roster.empty());
  CHECK(check_roster(p, early.roster).broken.empty());
  CHECK(early.cost >= one.cost - kTolerance);
  CHECK(early.bound <= one.cost + kTolerance);
  CHECK(heard == 2);
}

TEST_CASE("Who can have no roster: the rules that cannot hold together, and no others") {
  RosterProblem p;
  p.days = 7;
  p.kinds = {{"early", 480, 420, 900}, {"night", 600, 1320, 1920, true}};
  RosterPerson free, bound;
  free.name = "Li Na";
  bound.name = "Wang";
  bound.rules.rest_minutes = 660;
  bound.rules.max_run = 5;
  bound.rules.max_minutes = 3000;
  bound.fixed = {{0, kDayOff}, {2, 1}, {3, 0}};
  p.people = {free, bound};
  const RosterResult result = solve_roster(p, {});
  CHECK(result.status == RosterStatus::kImpossible);
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts[0].person == 1);
  CHECK(result.conflicts[0].rules ==
        std::vector<std::string>{"at least 11 h of rest between shifts", "day 3 is fixed to night",
                                 "day 4 is fixed to early"});
}

}  // namespace callmill
