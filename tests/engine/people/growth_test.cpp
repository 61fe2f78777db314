// Experience that grows over the days of a run: agents of the roster by the days that they have
// come to work, held to the values of the curve.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

const Learning kCurve{LearningForm::kExponential, 2.0, 1.5, 1, 3.0, 4, 250};

RosterEntry newcomer(double days, std::vector<std::string> on = {}) {
  RosterEntry e;
  e.group = GroupId{0};
  e.days = days;
  e.shifts.push_back({9h, 12h, {}, on});
  e.shifts.push_back({13h, 17h, {}, on});  // two shifts, one day
  return e;
}

// A fortnight from a Monday, Sundays closed and Wednesdays off for the second agent: constant talk
// and wrap-up, so that each is the agent's factor.
World fortnight() {
  OneQueue spec;
  spec.agents = 0;
  spec.lines = 50;
  spec.per_hour = 12;
  spec.talk = ConstantLaw{400};
  spec.length = 9h;
  World world = one_queue(spec);
  world.day.opens = 9h;
  world.day.closes = 18h;
  world.days.count = 14;
  world.days.first = parse_date("2026-11-23");
  world.days.closed = {"sunday"};
  world.caller_types[0].wrap = ConstantLaw{80};
  world.caller_types[0].patience = ConstantLaw{900};
  world.groups[0].staff.reset();
  world.groups[0].experience.emplace().learning = kCurve;
  world.team.push_back(newcomer(3));
  world.team.push_back(newcomer(0, {"monday", "tuesday", "thursday", "friday", "saturday"}));
  RosterEntry veteran = newcomer(0);
  veteran.days.reset();
  world.team.push_back(veteran);
  for (const std::size_t i : {0u, 1u, 2u})  // agents are numbered by their names
    world.team[i].name = std::string(1, static_cast<char>('a' + i));
  return world;
}

struct Talks : Observer {
  void agent_stepped(std::uint32_t agent, const Agent&, AgentState to, SimTime t) {
    if (to == AgentState::kTalk) now = agent;
    if (to == AgentState::kAvailable || to == AgentState::kTalk) came[agent].insert(day_of(t));
  }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration talk) {
    seen[{now, day_of(call.joined + wait)}].insert(talk);
  }
  void wrap_began(const Call&, std::uint32_t, SimDuration wrap) { wraps.insert(wrap); }
  static int day_of(SimTime t) { return static_cast<int>((t - kStart) / 24h); }
  std::uint32_t now = 0;
  std::map<std::uint32_t, std::set<int>> came;
  std::map<std::pair<std::uint32_t, int>, std::set<SimDuration>> seen;  // by agent and day
  std::set<SimDuration> wraps;
};

Talks run(const Blueprint& plan, std::uint64_t replication = 0) {
  Centre centre = open_centre(plan, 7, replication);
  Talks talks;
  Watched<Talks>{plan, centre, talks}.run_out();
  CHECK(broken_laws(plan, centre).empty());
  return talks;
}

// Days before this one on which the agent came.
double worked(const Talks& talks, std::uint32_t agent, int day) {
  const std::set<int>& came = talks.came.at(agent);
  return static_cast<double>(std::distance(came.begin(), came.lower_bound(day)));
}

}  // namespace

TEST_CASE("A talk is the curve's on each day: days of experience at first, and days worked since") {
  const Blueprint plan = make_blueprint(fortnight());
  const Talks talks = run(plan);
  std::set<SimDuration> lengths;
  for (const auto& [who, all] : talks.seen) {
    const auto [agent, day] = who;
    INFO("agent " << agent << ", day " << day);
    CHECK(day % 7 != 6);
    if (agent == 1) CHECK(day % 7 != 2);
    // By the calendar: a day for each but Sundays, and for the second also Wednesdays.
    const int since = agent == 1 ? day - 2 * (day / 7) - (day % 7 > 2 ? 1 : 0) : day - day / 7;
    CHECK(worked(talks, agent, day) == since);
    const double factor = agent == 2 ? 1 : learned(kCurve, 2.0, (agent == 0 ? 3 : 0) + since);
    CHECK(all == std::set<SimDuration>{scaled(400s, factor)});
    lengths.insert(*all.begin());
  }
  // Eleven growing days of the first, ten or so of the second, and the veteran's one length.
  CHECK(lengths.size() > 15);
  CHECK(talks.seen.size() > 30);
  CHECK(talks.wraps.count(scaled(80s, learned(kCurve, 1.5, 3 + 11))) == 1);
}

TEST_CASE("Who is absent learns nothing; each replication has its own days") {
  World world = fortnight();
  world.groups[0].attendance.emplace().absent = Probability{0.4};
  const Blueprint plan = make_blueprint(world);
  std::set<double> most;
  for (std::uint64_t replication = 0; replication < 4; ++replication) {
    const Talks talks = run(plan, replication);
    for (const auto& [who, all] : talks.seen) {
      const auto [agent, day] = who;
      const double since = worked(talks, agent, day);
      const double factor = agent == 2 ? 1 : learned(kCurve, 2.0, (agent == 0 ? 3 : 0) + since);
      CHECK(all == std::set<SimDuration>{scaled(400s, factor)});
      if (agent == 0) most.insert(since);
    }
  }
  CHECK(most.size() > 5);
  // Some day was missed: fewer days than the calendar has.
  CHECK(*most.rbegin() <= 11);
}

TEST_CASE("A single day, and agents of a staff profile, keep the experience of the first day") {
  World world = fortnight();
  world.days = Days{};
  world.team.erase(world.team.begin() + 1);  // whose days off are of a calendar
  CHECK_FALSE(make_blueprint(world).learns);
  world = fortnight();
  world.team.clear();
  world.groups[0].staff = flat(2, 9h);
  world.groups[0].experience->agents = {{2, 5}};
  const Blueprint plan = make_blueprint(world);
  CHECK_FALSE(plan.learns);
  for (const auto& [who, all] : run(plan).seen)
    CHECK(all == std::set<SimDuration>{scaled(400s, learned(kCurve, 2.0, 5))});
}

TEST_CASE("A night shift is one day of work, that on which it begins") {
  World world = fortnight();
  world.day.opens = 0s;
  world.day.closes = 24h;
  world.day.interval = 1h;
  world.days.closed.clear();
  world.days.count = 6;
  world.caller_types[0].volume = flat_rate(6, 24h);
  world.team.clear();
  RosterEntry night = newcomer(0);
  night.shifts = {{22h, 30h, {{AuxCode::kBreak, 26h, 27h}}, {}}};
  world.team.push_back(night);
  const Blueprint plan = make_blueprint(world);
  REQUIRE(plan.learns);
  std::set<SimDuration> lengths;
  for (const auto& [who, all] : run(plan).seen) lengths.insert(all.begin(), all.end());
  // Six nights begin within the run, and each has its own length; the first is that of day 0.
  std::set<SimDuration> exact;
  for (int k = 0; k < 6; ++k) exact.insert(scaled(400s, learned(kCurve, 2.0, k)));
  CHECK(lengths == exact);
}

TEST_CASE("What newcomers leave open falls day by day, against the curve") {
  World world = fortnight();
  world.days.closed.clear();
  world.days.count = 10;
  world.caller_types[0].volume = flat_rate(60, 9h);
  world.caller_types[0].resolution.emplace().first_contact = Probability{0.8};
  world.team.clear();
  world.team.push_back(newcomer(0));
  world.team.back().agents = 12;
  const Blueprint plan = make_blueprint(world);
  ReplicateOptions options;
  options.seed = 8;
  options.replications = 40;
  const KpiTable kpis = replicate(plan, options).kpis;
  const Metric& fcr = *find_metric("fcr", ScopeKind::kTotal);
  Ledger ledger{"resolution of newcomers, day by day"};
  for (std::uint32_t day = 0; day < 10; ++day) {
    const std::uint32_t at = kpis.layout().intervals() + 1 + day;
    ledger.add("day " + std::to_string(day), kpis.estimate(fcr, {}, at, Ledger::kConfidence),
               1 - 0.2 * learned(kCurve, 3.0, day));
  }
  ledger.judge();
}

TEST_CASE("A copy of a centre whose agents learn runs on alike") {
  World world = fortnight();
  world.groups[0].attendance.emplace().absent = Probability{0.2};
  const Blueprint plan = make_blueprint(world);
  Observer nobody;
  Centre whole = open_centre(plan, 11, 2);
  Watched<Observer> first{plan, whole, nobody};
  first.run_until(kStart + 5 * 24h + 4h);
  Centre copy = whole;
  first.run_out();
  Watched<Observer>{plan, copy, nobody}.run_out();
  CHECK(fingerprint(whole) == fingerprint(copy));
}

}  // namespace callmill::test
