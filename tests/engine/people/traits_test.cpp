// What experience, mentoring, speed and fatigue do to talk and wrap, by exact arithmetic; two
// speeds against an exact chain.

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/people/steady.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

World ten_minutes(double agents) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = 100;
  spec.per_hour = 6;
  spec.talk = ConstantLaw{600};
  spec.length = 24h;
  World world = one_queue(spec);
  world.caller_types[0].wrap = ConstantLaw{100};
  return world;
}

struct Works : Observer {
  struct Work {
    SimTime at;
    std::uint32_t agent;
    SimDuration talk;
  };
  void agent_stepped(std::uint32_t agent, const Agent&, AgentState to, SimTime t) {
    if (to == AgentState::kTalk) now = agent;
    if (to == AgentState::kAux || to == AgentState::kOff) breaks.push_back({t, agent, 0s});
  }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration talk) {
    talks.push_back({call.joined + wait, now, talk});
  }
  void wrap_began(const Call&, std::uint32_t, SimDuration wrap) { wraps.push_back(wrap); }
  std::uint32_t now = 0;
  std::vector<Work> talks, breaks;
  std::vector<SimDuration> wraps;
};

Works run(const Blueprint& plan) {
  Centre centre = open_centre(plan, 7, 0);
  Works works;
  Watched<Works>{plan, centre, works}.run_out();
  CHECK(broken_laws(plan, centre).empty());
  return works;
}

}  // namespace

TEST_CASE("Learning curves: the first day, the half-life, the veteran") {
  Learning l;
  l.half_life = 20;
  CHECK(learned(l, 1.6, 0) == 1.6);
  CHECK(learned(l, 1.6, 20) == Approx(1.3).epsilon(1e-15));
  CHECK(learned(l, 1.6, 40) == Approx(1.15).epsilon(1e-15));
  CHECK(learned(l, 0.8, 20) == Approx(0.9).epsilon(1e-15));
  l.form = LearningForm::kPower;
  l.veteran = 256;
  CHECK(learned(l, 2.0, 0) == Approx(2).epsilon(1e-15));
  CHECK(learned(l, 2.0, 1) == Approx(2).epsilon(1e-15));
  CHECK(learned(l, 2.0, 16) == Approx(std::sqrt(2.0)).epsilon(1e-14));  // halfway in ln(days)
  CHECK(learned(l, 2.0, 256) == 1);
  CHECK(learned(l, 2.0, 1000) == 1);
  // The power law's own: each doubling of the days takes the same share off.
  const double step = learned(l, 2.0, 4) / learned(l, 2.0, 2);
  CHECK(learned(l, 2.0, 64) / learned(l, 2.0, 32) == Approx(step).epsilon(1e-13));
}

TEST_CASE("New agents talk and wrap longer by their curve, mentors by their newcomers") {
  World world = ten_minutes(6);
  Experience experience;
  experience.learning = {LearningForm::kExponential, 1.5, 2.0, 3.0, 1.8, 10, 250};
  experience.agents = {{2, 0}, {1, 10}};  // the other three are veterans
  experience.mentoring = Mentoring{0.1, 20};
  world.groups[0].experience = experience;
  const Blueprint plan = make_blueprint(world);
  // Three newcomers dealt to three veterans, one each.
  const double talk[] = {1.5, 1.5, 1.25, 1.1, 1.1, 1.1};
  const double wrap[] = {2.0, 2.0, 1.5, 1.1, 1.1, 1.1};
  for (std::size_t a = 0; a < 6; ++a) {
    CHECK(plan.traits[a].talk == Approx(talk[a]).epsilon(1e-14));
    CHECK(plan.traits[a].wrap == Approx(wrap[a]).epsilon(1e-14));
  }
  CHECK(plan.traits[0].transfer == 3);
  CHECK(plan.traits[2].unresolved == Approx(1.4).epsilon(1e-14));
  CHECK(plan.traits[3].transfer == 1);
  const Works works = run(plan);
  REQUIRE(works.talks.size() > 100);
  REQUIRE(works.wraps.size() == works.talks.size());
  for (const Works::Work& work : works.talks)
    CHECK(work.talk == from_seconds(600 * talk[work.agent]));
  std::int64_t fast = 0, slow = 0;
  for (const SimDuration w : works.wraps) {
    fast += w == 110s;
    slow += w == 200s;
    CHECK((w == 110s || w == 150s || w == 200s));
  }
  CHECK(fast > 20);
  CHECK(slow > 20);
}

TEST_CASE("A mentor with two newcomers is slower twice; without veterans nobody is") {
  World world = ten_minutes(3);
  Experience experience;
  experience.agents = {{2, 1}};
  experience.mentoring = Mentoring{0.15, 30};
  world.groups[0].experience = experience;
  CHECK(make_blueprint(world).traits[2].talk == Approx(1.3));
  world.groups[0].experience->agents = {{3, 1}};
  for (const AgentTraits& traits : make_blueprint(world).traits) CHECK(traits.talk == 1);
}

TEST_CASE("An agent's own speed is the same in all seeds, with mean 1 and the stated spread") {
  World world = ten_minutes(2000);
  world.groups[0].speed_cv = 0.2;
  const Blueprint plan = make_blueprint(world);
  double sum = 0, squares = 0;
  for (const AgentTraits& traits : plan.traits) {
    sum += traits.talk;
    squares += traits.talk * traits.talk;
    CHECK(traits.talk == traits.wrap);
  }
  const double mean = sum / 2000;
  CHECK(std::abs(mean - 1) < 3.3 * 0.2 / std::sqrt(2000.0));
  CHECK(std::sqrt(squares / 2000 - mean * mean) == Approx(0.2).epsilon(0.08));
  world.groups[0].staff = flat(10, 24h);
  const Blueprint few = make_blueprint(world);
  for (std::size_t a = 0; a < 10; ++a) CHECK(few.traits[a].talk == plan.traits[a].talk);
}

TEST_CASE("Fatigue grows with the work since the last break, up to its cap") {
  World world = ten_minutes(1);
  world.caller_types[0].volume = flat_rate(60, 24h);
  world.groups[0].staff.reset();
  world.groups[0].fatigue = Fatigue{0.06, 0.15};
  RosterEntry entry;
  entry.group = GroupId{0};
  entry.shifts = {{0s, 10h, {{AuxCode::kMeal, 4h, 5h}}}};
  world.team = {entry};
  const Works works = run(make_blueprint(world));
  REQUIRE(works.talks.size() > 30);
  double since = 0;  // seconds of work since the break
  std::size_t next_break = 0;
  for (std::size_t i = 0; i < works.talks.size(); ++i) {
    if (next_break < works.breaks.size() && works.breaks[next_break].at <= works.talks[i].at) {
      since = 0;
      ++next_break;
    }
    const double tired = 1 + std::min(0.06 * since / 3600, 0.15);
    CHECK(to_seconds(works.talks[i].talk) == Approx(600 * tired).epsilon(1e-8));
    since += to_seconds(works.talks[i].talk);
    const double tired_wrap = 1 + std::min(0.06 * since / 3600, 0.15);
    if (i < works.wraps.size())
      CHECK(to_seconds(works.wraps[i]) == Approx(100 * tired_wrap).epsilon(1e-8));
    since += to_seconds(works.wraps[i]);
  }
  CHECK(next_break >= 1);
}

TEST_CASE("Two speeds, longest idle first, against the exact chain") {
  // Agents 0, 1 are new, 2, 3 veterans. State: new busy, veterans busy, waiting, and the idle in
  // order (1 = new): of that order only the first to be chosen matters, so it is kept whole.
  constexpr double kRate = 1.0 / 60, kMu = 1.0 / 180, kSlow = 1.0 / 270, kTheta = 1.0 / 120;
  constexpr int kRoom = 26;
  const auto moves = [&](const ChainState& s, const Visit& visit) {
    // s = waiting, then the idle agents from the longest idle on: 1 = new, 2 = veteran
    const int waiting = s[0];
    int idle_new = 0, idle_old = 0;
    for (std::size_t i = 1; i < s.size(); ++i) (s[i] == 1 ? idle_new : idle_old) += 1;
    if (s.size() > 1) {
      ChainState to{0};
      to.insert(to.end(), s.begin() + 2, s.end());
      visit(to, kRate);
    } else if (waiting < kRoom) {
      visit({waiting + 1}, kRate);
    }
    if (waiting > 0) {
      visit({waiting - 1}, waiting * kTheta + 2 * kSlow + 2 * kMu);
      return;
    }
    const auto freed = [&](int who, double rate) {
      ChainState to = s;
      to.push_back(who);
      visit(to, rate);
    };
    freed(1, (2 - idle_new) * kSlow);
    freed(2, (2 - idle_old) * kMu);
  };
  // While calls wait, all four are busy, so who is idle needs no memory.
  const Steady exact{{0, 1, 1, 2, 2}, moves};
  const double busy_new = exact.mean([](const ChainState& s) {
    return 2.0 - static_cast<double>(std::count(s.begin() + 1, s.end(), 1));
  });
  const double busy_old = exact.mean([](const ChainState& s) {
    return 2.0 - static_cast<double>(std::count(s.begin() + 1, s.end(), 2));
  });
  const double queue = exact.mean([](const ChainState& s) { return s[0]; });

  OneQueue spec;
  spec.agents = 4;
  spec.lines = kRoom + 4;
  spec.per_hour = kRate * 3600;
  spec.talk = ExponentialLaw{1 / kMu};
  spec.patience = ExponentialLaw{1 / kTheta};
  spec.length = 510h;
  spec.interval = spec.warm_up = 10h;
  World world = one_queue(spec);
  Experience experience;
  experience.learning.talk = 1.5;
  experience.agents = {{2, 0}};
  world.groups[0].experience = experience;
  ReplicateOptions options;
  options.seed = 11;
  options.replications = 40;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  Ledger ledger{"two speeds, longest idle"};
  ledger.add("abandon rate", kpis.day("abandon_rate", {}, Ledger::kConfidence),
             queue * kTheta / kRate);
  ledger.add("occupancy", kpis.day("occupancy", {}, Ledger::kConfidence),
             (busy_new + busy_old) / 4);
  ledger.add("mean talk", kpis.day("talk", {}, Ledger::kConfidence),
             (busy_new + busy_old) / (busy_new * kSlow + busy_old * kMu));
  ledger.judge();
}

}  // namespace callmill::test
