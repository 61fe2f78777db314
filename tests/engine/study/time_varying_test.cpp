// M(t)/M/n(t)/K+M against the exact transient solution, interval by interval.
//
// golden's policy `anon` is staff_release: idle_first. Its policy `named`: when staff drops by d, d
// of the agents on duty, drawn at random, leave; those who are busy finish the call in hand. A draw
// of leavers that does not look at the state is a roster, so here each replication has a roster of
// its own, drawn from its number, and the match is exact in law. (A staff profile sends the last to
// come home first. Agents who have been on duty together for a while are exchangeable under
// longest-idle-first, those who have just come are not, so a profile matches `named` in the limit
// of long steps only; at this precision none of the scenarios shows the difference.) Calls there at
// the opening come at time 0; golden counts what came later, so they are taken off.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/stats/moments.h"
#include "engine/kpi/recorder.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

struct Scenario {
  const char* name;
  std::int64_t lines;
  double mu, theta, within_s;
  std::uint64_t rosters;
  std::uint64_t seed;
  bool idle_first = false;
  std::uint32_t opening = 0;
};

constexpr Scenario kScenarios[] = {
    {"TV01_named", 30, 1.0 / 240, 1.0 / 90, 20, 4500, 801},
    {"TV02_named", 80, 1.0 / 260, 1.0 / 75, 15, 1500, 802},
    {"TV03_named", 220, 1.0 / 240, 1.0 / 400, 20, 1500, 803},
    {"TV04_named", 70, 1.0 / 600, 1.0 / 120, 30, 4500, 804},
    {"TV05_named", 60, 1.0 / 180, 1.0 / 60, 20, 2100, 805},
    {"TV06_named", 26, 1.0 / 200, 0, 20, 2400, 806},
    {"TV07_named", 40, 1.0 / 210, 1.0 / 20, 10, 2100, 807},
    {"TV08_named", 200, 1.0 / 200, 1.0 / 120, 20, 900, 808},
    {"TV04_anon", 70, 1.0 / 600, 1.0 / 120, 30, 4500, 809, true},
    {"TV09_named", 60, 1.0 / 180, 1.0 / 150, 20, 4500, 810, false, 35},
};

std::vector<GoldenRow> rows_of(const std::string& scenario) {
  std::vector<GoldenRow> rows;
  for (GoldenRow& row : golden("tv_intervals.csv"))
    if (row.at("scenario") == scenario) rows.push_back(std::move(row));
  REQUIRE_FALSE(rows.empty());
  return rows;
}

// Who is on duty when: at a drop the leavers are drawn with the key.
std::vector<DutyPeriod> draw_roster(const std::vector<GoldenRow>& rows, OwnerKey key) {
  std::vector<DutyPeriod> periods;
  std::vector<DutyPeriod> on_duty;
  std::uint32_t draws = 0, agents = 0;
  for (const GoldenRow& row : rows) {
    const SimTime at = kStart + from_seconds(number(row, "t0"));
    const auto wanted = static_cast<std::size_t>(number(row, "n"));
    while (on_duty.size() > wanted) {
      const double u = key.uniform(Purpose::kBusyness, draws++);
      const auto leaver = static_cast<std::ptrdiff_t>(u * static_cast<double>(on_duty.size()));
      periods.push_back(on_duty[static_cast<std::size_t>(leaver)]);
      periods.back().to = at;
      on_duty.erase(on_duty.begin() + leaver);
    }
    while (on_duty.size() < wanted) on_duty.push_back({GroupId{0}, agents++, at, at});
  }
  for (DutyPeriod& period : on_duty) {
    period.to = kStart + from_seconds(number(rows.back(), "t1"));
    periods.push_back(period);
  }
  return periods;
}

World world_of(const Scenario& s, const std::vector<GoldenRow>& rows) {
  OneQueue spec;
  spec.interval = from_seconds(number(rows[0], "t1"));
  spec.length = spec.interval * static_cast<std::int64_t>(rows.size());
  spec.lines = s.lines;
  spec.talk = ExponentialLaw{1 / s.mu};
  if (s.theta > 0) spec.patience = ExponentialLaw{1 / s.theta};
  spec.within = from_seconds(s.within_s);
  World world = one_queue(spec);
  Profile& volume = world.caller_types[0].volume;
  volume = {spec.interval, {}};
  for (const GoldenRow& row : rows)
    volume.values.push_back(number(row, "lam") * to_seconds(spec.interval));
  world.caller_types[0].opening = s.opening;
  world.groups[0].staff.reset();
  if (s.idle_first) {
    world.groups[0].staff_release = StaffRelease::kIdleFirst;
    world.groups[0].staff = Profile{spec.interval, {}};
    for (const GoldenRow& row : rows) world.groups[0].staff->values.push_back(number(row, "n"));
  }
  return world;
}

// What happened in the interval in which it happened; the recorder counts by arrival.
enum Event : std::size_t {
  kImmediate,
  kAbandons,
  kCompletions,
  kOpening,  // of calls that were there: all, and those answered at once, within T, lost within T
  kOpeningAtOnce,
  kOpeningAnswered,
  kOpeningLost,
  kQueueTime,    // seconds of waiting
  kAllBusyTime,  // while nobody is idle
  kEndQueue,     // just before the next change: who waits, and who talks
  kEndTalks,
  kEvents
};
class ByEvent : public Observer {
 public:
  ByEvent(const Blueprint& plan, const Centre& centre, SimDuration within)
      : length_{plan.interval}, centre_{centre}, within_{within}, counts_(plan.intervals + 1) {}
  // The state is still that of before, for since the last event nothing has changed.
  void event(SimTime t, Calendar::Slot) {
    const double queue = centre_.waiting[0].size;
    for (; at_ < t && seen_ + 1 < counts_.size();) {
      const SimTime end = kStart + length_ * static_cast<std::int64_t>(seen_ + 1);
      const SimTime until = std::min(t, end);
      std::array<double, kEvents>& here = counts_[seen_];
      here[kQueueTime] += to_seconds(until - at_) * queue;
      if (centre_.idle[0].size == 0) here[kAllBusyTime] += to_seconds(until - at_);
      at_ = until;
      if (until < end) break;
      here[kEndQueue] = queue;
      for (const Agent& agent : centre_.agents)
        here[kEndTalks] += agent.state == AgentState::kTalk ? 1 : 0;
      ++seen_;
    }
  }
  void interval_began(std::uint32_t interval) { interval_ = interval; }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration) {
    const bool opening = call.caller >= kFirstOpeningCaller;
    if (wait == 0s) ++counts_[interval_][opening ? kOpeningAtOnce : kImmediate];
    if (opening && wait <= within_) ++counts_[0][kOpeningAnswered];
  }
  void abandoned(const Call& call, SimDuration wait) {
    ++counts_[interval_][kAbandons];
    if (call.caller >= kFirstOpeningCaller && wait <= within_) ++counts_[0][kOpeningLost];
  }
  void offered(const Call& call) {
    if (call.caller >= kFirstOpeningCaller) ++counts_[0][kOpening];
  }
  void agent_moved(std::uint32_t, AgentState from, AgentState, SimTime) {
    if (from == AgentState::kTalk) ++counts_[interval_][kCompletions];
  }
  double count(std::uint32_t interval, Event event) const { return counts_[interval][event]; }

 private:
  SimDuration length_;
  const Centre& centre_;
  SimDuration within_;
  SimTime at_ = kStart;
  std::size_t seen_ = 0;  // intervals whose end the clock has passed
  std::uint32_t interval_ = 0;
  std::vector<std::array<double, kEvents>> counts_;
};

const std::vector<std::string> kColumns = {
    "offered",        "blocked",         "immediate", "answers",     "abandons",  "completions",
    "coh_answered_T", "coh_abandoned_T", "avg_queue", "avg_leavers", "p_allbusy", "end_queue",
    "end_busy",       "end_insystem",    "avg_busy",  "signed_in"};

// `staffed`: agents of the schedule.
std::vector<double> counts_of(const Recorder& r, const ByEvent& events, std::uint32_t i,
                              double staffed) {
  const Cell<CallCount>& before = r.calls(0, r.queues(), i);
  const Cell<CallCount>& queue = r.calls(0, 0, i);
  const Cell<AgentCount>& staff = r.agents(0, i);
  const auto of = [](const auto& cell, auto count) { return static_cast<double>(cell[at(count)]); };
  const double length = of(staff, AgentCount::kElapsed);
  const double busy = of(staff, AgentCount::kTalk) / length;
  const double signed_in = busy + of(staff, AgentCount::kAvailable) / length;
  const double seconds = length / 1e6;
  return {of(before, CallCount::kAttempts) - events.count(i, kOpening),
          of(before, CallCount::kBlocked),
          events.count(i, kImmediate),
          of(staff, AgentCount::kAnswered) - events.count(i, kOpeningAtOnce),
          events.count(i, kAbandons),
          events.count(i, kCompletions),
          of(queue, CallCount::kAnsweredWithin) - events.count(i, kOpeningAnswered),
          of(queue, CallCount::kAbandonedWithin) - events.count(i, kOpeningLost),
          events.count(i, kQueueTime) / seconds,
          signed_in - staffed,
          events.count(i, kAllBusyTime) / seconds,
          events.count(i, kEndQueue),
          events.count(i, kEndTalks),
          events.count(i, kEndQueue) + events.count(i, kEndTalks),
          busy,
          signed_in};
}

void compare(const Scenario& s, const std::vector<GoldenRow>& rows, Ledger& ledger) {
  World world = world_of(s, rows);
  std::vector<Moments> moments(rows.size(), Moments{kColumns.size()});
  for (std::uint64_t r = 0; r < s.rosters; ++r) {
    if (!s.idle_first)
      world.roster = draw_roster(rows, ReplicationKey{s.seed, r}.owner(Owner::kCentre, 1, 0));
    const Blueprint plan = make_blueprint(world);
    Recorder recorder{plan};
    Centre centre = open_centre(plan, s.seed, r);
    ByEvent events{plan, centre, from_seconds(s.within_s)};
    Observers<Recorder, ByEvent> both{recorder, events};
    Watched<Observers<Recorder, ByEvent>> flow{plan, centre, both};
    flow.run_out();
    for (std::uint32_t i = 0; i < rows.size(); ++i)
      moments[i].add(counts_of(recorder, events, i, number(rows[i], "n")));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string name = rows[i].at("id") + " ";
    for (std::size_t c = 0; c + 1 < kColumns.size(); ++c) {
      const double exact = number(rows[i], kColumns[c]);
      double rarer = exact;  // or what is as rare: somebody is idle
      if (kColumns[c] == "p_allbusy") rarer = std::min(exact, 1 - exact);
      if (kColumns[c] == "end_busy")
        rarer = std::min(exact, std::abs(number(rows[i], "n") - exact));
      if (rarer * static_cast<double>(s.rosters) < 600) continue;
      const std::array<LinearTerm, 1> term{{{c, 1.0}}};
      ledger.add(name + kColumns[c], ratio_estimate(moments[i], term, {}, Ledger::kConfidence),
                 exact);
    }
    const std::array<LinearTerm, 1> busy{{{kColumns.size() - 2, 1.0}}},
        signed_in{{{kColumns.size() - 1, 1.0}}};
    ledger.add(name + "occ", ratio_estimate(moments[i], busy, signed_in, Ledger::kConfidence),
               number(rows[i], "occ"));
    const LinearTerm offered{0, 1.0}, blocked{1, -1.0}, in_time{6, 1.0}, lost_in_time{7, 1.0},
        without{7, -1.0};
    const auto level = [&](const char* column, std::vector<LinearTerm> over,
                           std::vector<LinearTerm> under) {
      ledger.add(name + column, ratio_estimate(moments[i], over, under, Ledger::kConfidence),
                 number(rows[i], column));
    };
    level("SL_offered", {in_time}, {offered});
    level("SL_excl_short_ab", {in_time}, {offered, blocked, without});
    level("SL_ab_ok", {in_time, lost_in_time}, {offered, blocked});
  }
}

}  // namespace

TEST_CASE("Staff and arrivals that change through the day, against the exact transient") {
  Ledger ledger{"M(t)/M/n(t)/K+M"};
  for (const Scenario& s : kScenarios) compare(s, rows_of(s.name), ledger);
  ledger.judge();
}

}  // namespace callmill::test
