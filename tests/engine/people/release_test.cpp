// Who leaves when staff falls: by the clock, and calls sent back against the exact transient.

#include <catch2/catch.hpp>
#include <cmath>

#include "base/stats/moments.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

World staff_that_falls(StaffRelease release, std::vector<double> staff, SimDuration step) {
  OneQueue spec;
  spec.lines = 60;
  spec.per_hour = 0;
  spec.talk = ConstantLaw{100};
  spec.length = step * static_cast<std::int64_t>(staff.size());
  spec.interval = step;
  World world = one_queue(spec);
  world.groups[0].staff = Profile{step, std::move(staff)};
  world.groups[0].staff_release = release;
  return world;
}

struct Log : Observer {
  using Line = std::pair<std::int64_t, char>;  // s, event
  void answered(const Call& c, std::uint32_t, SimDuration wait, SimDuration) {
    now = c.joined + wait;
    note('a');
  }
  void event(SimTime t, Calendar::Slot) { now = t; }
  void sent_back(const Call&, std::uint32_t, SimDuration) { note('b'); }
  void resumed(const Call&, std::uint32_t, SimDuration) { note('r'); }
  void lost_again(const Call&, SimDuration) { note('l'); }
  void agent_stepped(std::uint32_t, const Agent&, AgentState to, SimTime) {
    if (to == AgentState::kOff) note('o');
  }
  void note(char what) {
    lines.emplace_back(std::chrono::duration_cast<std::chrono::seconds>(now - kStart).count(),
                       what);
  }
  SimTime now;
  std::vector<Line> lines;
};

std::vector<Log::Line> run(const World& world) {
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 1, 0);
  Log log;
  Watched<Log>{plan, centre, log}.run_out();
  CHECK(broken_laws(plan, centre).empty());
  return log.lines;
}

}  // namespace

TEST_CASE("Idle agents leave first; then whoever is free first; a rise keeps who still owes it") {
  using L = std::vector<Log::Line>;
  World world = staff_that_falls(StaffRelease::kIdleFirst, {3, 2, 1, 1}, 60s);
  world.caller_types[0].opening = 2;
  // Two talk 0-100. At 60 the idle one leaves, at 120 one of two.
  CHECK(run(world) == L{{0, 'a'}, {0, 'a'}, {60, 'o'}, {120, 'o'}});
  world.caller_types[0].opening = 3;
  // All talk: at 60 one leaving is owed and taken at 100, at 120 another idles.
  CHECK(run(world) == L{{0, 'a'}, {0, 'a'}, {0, 'a'}, {100, 'o'}, {120, 'o'}});
  // The rise at 80 comes before anybody was free: nobody leaves, nobody comes.
  world = staff_that_falls(StaffRelease::kIdleFirst, {3, 1, 3, 3}, 40s);
  world.caller_types[0].opening = 3;
  CHECK(run(world) == L{{0, 'a'}, {0, 'a'}, {0, 'a'}});
}

TEST_CASE("Idle agents leave first; then the last of the busy ones, each when done") {
  using L = std::vector<Log::Line>;
  // Three talk 0-100, two are idle. The fall to one sends these two home, and two of the three at
  // their calls' end; the rise to three at 80 brings two others, who leave again at 120.
  World world = staff_that_falls(StaffRelease::kIdleThenBusy, {5, 1, 3, 1}, 40s);
  world.caller_types[0].opening = 3;
  CHECK(run(world) == L{{0, 'a'},
                        {0, 'a'},
                        {0, 'a'},
                        {40, 'o'},
                        {40, 'o'},
                        {100, 'o'},
                        {100, 'o'},
                        {120, 'o'},
                        {120, 'o'}});
  // Nobody else is there to come: who was to leave stays.
  world = staff_that_falls(StaffRelease::kIdleThenBusy, {3, 1, 3, 3}, 40s);
  world.caller_types[0].opening = 3;
  CHECK(run(world) == L{{0, 'a'}, {0, 'a'}, {0, 'a'}});
}

TEST_CASE("Calls of agents sent home go back to the head of the queue, and on from there") {
  using L = std::vector<Log::Line>;
  World world = staff_that_falls(StaffRelease::kPreempt, {2, 1, 1, 1, 1, 1, 1, 1}, 60s);
  world.caller_types[0].opening = 3;
  // At 60 one of the first two is sent back; it comes before the third, which joined with it.
  CHECK(run(world) == L{{0, 'a'}, {0, 'a'}, {60, 'b'}, {60, 'o'}, {100, 'r'}, {140, 'a'}});
  world.caller_types[0].patience = ConstantLaw{30};
  // Patience starts afresh: the third is gone at 30, the one sent back at 90.
  CHECK(run(world) == L{{0, 'a'}, {0, 'a'}, {60, 'b'}, {60, 'o'}, {90, 'l'}});
}

namespace {

// Means over [0, step) and [step, 2 step) of busy and waiting in M/M/n/K+M with n agents, then m.
struct Transient {
  std::vector<double> busy, waiting;
};
Transient integrate(int n, int m, double rate, double mu, double theta, int room, double step_s) {
  std::vector<double> p(static_cast<std::size_t>(room) + 1);
  p[0] = 1;
  Transient result;
  const double h = 0.25;
  for (const int agents : {n, m}) {
    const auto slope = [&](const std::vector<double>& at) {
      std::vector<double> d(at.size());
      for (std::size_t k = 0; k < at.size(); ++k) {
        const int in = static_cast<int>(k);
        const double up = in < room ? rate : 0;
        const double down = std::min(in, agents) * mu + std::max(in - agents, 0) * theta;
        d[k] -= at[k] * (up + down);
        if (in < room) d[k + 1] += at[k] * up;
        if (in > 0) d[k - 1] += at[k] * down;
      }
      return d;
    };
    double busy = 0, waiting = 0;
    for (int i = 0; i < static_cast<int>(step_s / h); ++i) {
      const auto mean = [&](double weight) {
        for (std::size_t k = 0; k < p.size(); ++k) {
          busy += weight * p[k] * std::min(static_cast<int>(k), agents);
          waiting += weight * p[k] * std::max(static_cast<int>(k) - agents, 0);
        }
      };
      mean(h / 2);
      const auto plus = [&](const std::vector<double>& d, double by) {
        std::vector<double> at = p;
        for (std::size_t k = 0; k < p.size(); ++k) at[k] += by * d[k];
        return at;
      };
      const auto a = slope(p), b = slope(plus(a, h / 2)), c = slope(plus(b, h / 2)),
                 d = slope(plus(c, h));
      for (std::size_t k = 0; k < p.size(); ++k)
        p[k] += h / 6 * (a[k] + 2 * b[k] + 2 * c[k] + d[k]);
      mean(h / 2);
    }
    result.busy.push_back(busy / step_s);
    result.waiting.push_back(waiting / step_s);
  }
  return result;
}

struct Losses : Observer {
  void interval_began(std::uint32_t i) { interval = std::min<std::uint32_t>(i, 2); }
  void abandoned(const Call&, SimDuration) { ++lost[interval]; }
  void lost_again(const Call&, SimDuration) { ++lost[interval]; }
  std::uint32_t interval = 0;
  double lost[3] = {};
};

}  // namespace

TEST_CASE("Staff that falls, calls sent back: against the exact transient") {
  constexpr double kRate = 1.0 / 25, kMu = 1.0 / 180, kTheta = 1.0 / 100;
  const Transient exact = integrate(9, 4, kRate, kMu, kTheta, 40, 1800);
  World world = staff_that_falls(StaffRelease::kPreempt, {9, 4}, 1800s);
  world.trunks[0].lines = 40;
  world.caller_types[0].volume = flat_rate(kRate * 3600, 1h);
  world.caller_types[0].talk = ExponentialLaw{1 / kMu};
  world.caller_types[0].patience = ExponentialLaw{1 / kTheta};
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  std::vector<Moments> moments(2, Moments{2});
  constexpr std::uint64_t kDays = 4000;
  for (std::uint64_t day = 0; day < kDays; ++day) {
    recorder.reset();
    Losses losses;
    Observers<Recorder, Losses> both{recorder, losses};
    Centre centre = open_centre(plan, 61, day);
    Watched<Observers<Recorder, Losses>>{plan, centre, both}.run_out();
    for (std::uint32_t i = 0; i < 2; ++i)
      moments[i].add(std::vector<double>{
          static_cast<double>(recorder.agents(0, i)[at(AgentCount::kTalk)]) / 1800e6,
          losses.lost[i]});
  }
  Ledger ledger{"calls sent back"};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::array<LinearTerm, 1> busy{{{0, 1.0}}}, lost{{{1, 1.0}}};
    ledger.add("busy " + std::to_string(i),
               ratio_estimate(moments[i], busy, {}, Ledger::kConfidence), exact.busy[i]);
    ledger.add("lost " + std::to_string(i),
               ratio_estimate(moments[i], lost, {}, Ledger::kConfidence),
               exact.waiting[i] * kTheta * 1800);
  }
  ledger.judge();
}

}  // namespace callmill::test
