// Conditions: each indicator against books kept the plain way, and which keys fit which indicator.

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/world/findings.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Every contact and every move with its time; windows are counted by looking at all of them.
struct Books : Observer {
  struct Contact {
    SimTime at;
    std::uint32_t of;
    bool answered, within;
  };
  struct Attempt {
    SimTime at;
    std::uint32_t trunks;
    bool blocked;
  };
  struct Move {
    SimTime at;
    std::uint32_t group;
    AgentState from, to;
  };
  explicit Books(const Blueprint& blueprint, const Centre& running)
      : plan{blueprint}, centre{running} {}
  void offered(const Call& call) { joins.push_back({centre.now, call.queue, false, false}); }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration) {
    ends.push_back({centre.now, call.queue, true, wait <= plan.queues[call.queue].answer_within});
  }
  void abandoned(const Call& call, SimDuration) {
    ends.push_back({centre.now, call.queue, false, false});
  }
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t, std::uint32_t trunks) {
    attempts.push_back({centre.now, trunks, false});
  }
  void blocked(std::uint16_t, std::uint32_t, std::uint32_t trunks) {
    attempts.push_back({centre.now, trunks, true});
  }
  void agent_moved(std::uint32_t group, AgentState from, AgentState to, SimTime t) {
    moves.push_back({t, group, from, to});
  }

  SimTime begin(std::uint32_t minutes) const {
    if (minutes == 0) return kStart;
    const auto minute = (centre.now - kStart) / 1min;
    return std::max(kStart, kStart + (minute - minutes) * 1min);
  }
  static bool is_busy(AgentState s) {
    return s != AgentState::kOff && s != AgentState::kAux && s != AgentState::kAvailable;
  }
  double rate(const ConditionPlan& c) const {
    const SimTime from = begin(c.minutes);
    const auto in = [&](SimTime at, std::uint32_t of) {
      return at >= from && (c.of == kOfAll || of == c.of);
    };
    double answers = 0, within = 0, losses = 0, joined = 0, calls = 0, lost = 0;
    for (const Contact& e : ends) {
      if (!in(e.at, e.of)) continue;
      (e.answered ? answers : losses) += 1;
      within += e.within ? 1 : 0;
    }
    for (const Contact& j : joins) joined += in(j.at, j.of) ? 1 : 0;
    for (const Attempt& a : attempts)
      if (in(a.at, a.trunks)) (a.blocked ? lost : calls) += 1;
    switch (c.indicator) {
      case Indicator::kServiceLevel:
        return within / (answers + losses);
      case Indicator::kAnswerRate:
        return answers / (answers + losses);
      case Indicator::kAbandonRate:
        return losses / (answers + losses);
      case Indicator::kLossRate:
        return lost / calls;
      case Indicator::kArrivals:
        return joined;
      default:
        return occupancy(c, from);
    }
  }
  double occupancy(const ConditionPlan& c, SimTime from) const {
    double busy = 0, open = 0;
    for (const Move& m : moves) {
      if (c.of != kOfAll && m.group != c.of) continue;
      const double rest = to_seconds(centre.now - std::max(m.at, from));
      const auto add = [&](AgentState s, double sign) {
        busy += is_busy(s) ? sign * rest : 0;
        open += is_busy(s) || s == AgentState::kAvailable ? sign * rest : 0;
      };
      add(m.from, -1);
      add(m.to, +1);
    }
    return busy / open;
  }
  double level(const ConditionPlan& c) const {
    const auto of = [&](std::uint32_t i) { return c.of == kOfAll || i == c.of; };
    double waiting = 0, longest = 0, idle = 0, busy = 0, used = 0, lines = 0, backlog = 0;
    for (const Call& call : centre.calls) {
      backlog += call.state == CallState::kBacklog && of(call.queue) ? 1 : 0;
      if (call.state == CallState::kWaiting && of(call.queue)) {
        waiting += 1;
        longest = std::max(longest, to_seconds(centre.now - call.joined));
      }
      used += call.state != CallState::kFree && of(call.trunks) ? 1 : 0;
    }
    for (std::uint32_t a = 0; a < plan.agents(); ++a) {
      if (!of(plan.group_of_agent[a])) continue;
      idle += centre.agents[a].state == AgentState::kAvailable ? 1 : 0;
      busy += is_busy(centre.agents[a].state) ? 1 : 0;
    }
    for (std::uint32_t t = 0; t + 1 < plan.first_line.size(); ++t)
      lines += of(t) ? plan.first_line[t + 1] - plan.first_line[t] : 0;
    switch (c.indicator) {
      case Indicator::kBacklog:
        return backlog;
      case Indicator::kLongestWait:
        return longest;
      case Indicator::kIdleAgents:
        return idle;
      case Indicator::kBusyShare:
        return busy / (busy + idle);
      case Indicator::kLinesInUse:
        return used;
      case Indicator::kLineShare:
        return used / lines;
      default:
        return waiting;
    }
  }

  const Blueprint& plan;
  const Centre& centre;
  std::vector<Contact> joins, ends;
  std::vector<Attempt> attempts;
  std::vector<Move> moves;
};

Condition condition(Indicator indicator, std::size_t of, SimDuration over) {
  Condition c;
  c.indicator = indicator;
  c.over = over;
  switch (indicator) {
    case Indicator::kIdleAgents:
    case Indicator::kBusyShare:
    case Indicator::kOccupancy:
      c.group = GroupId{of};
      break;
    case Indicator::kLinesInUse:
    case Indicator::kLineShare:
    case Indicator::kLossRate:
      c.trunks = TrunkGroupId{of};
      break;
    default:
      c.queue = QueueId{of};
  }
  return c;
}

}  // namespace

TEST_CASE("Every indicator equals the books, at any moment, over any window") {
  Blueprint plan = make_blueprint(everything());
  std::vector<ConditionPlan> asked;
  for (int i = 0; i <= static_cast<int>(Indicator::kArrivals); ++i) {
    const auto indicator = static_cast<Indicator>(i);
    if (indicator == Indicator::kExpectedWait) continue;
    for (const std::size_t of : {0, 1}) {
      asked.push_back(make_condition(condition(indicator, of, 0min), plan));
      if (!is_rate(indicator)) continue;
      asked.push_back(make_condition(condition(indicator, of, 1min), plan));
      asked.push_back(make_condition(condition(indicator, of, 30min), plan));
    }
    Condition all;
    all.indicator = indicator;
    asked.push_back(make_condition(all, plan));
  }
  CHECK(plan.gauges.kept);
  CHECK(plan.gauges.minutes == 30);
  Centre centre = open_centre(plan, 1, 0);
  Books books{plan, centre};
  Watched<Books> flow{plan, centre, books};
  int compared = 0;
  for (SimTime t = kStart + 37s; t < kStart + 4h; t += 97s) {
    flow.run_until(t);
    CHECK(broken_laws(plan, centre).empty());
    for (const ConditionPlan& c : asked) {
      const double exact = is_rate(c.indicator) ? books.rate(c) : books.level(c);
      const double told = flow.indicator(c);
      INFO(key_of(c.indicator) << " of " << c.of << " over " << c.minutes << " min");
      if (std::isnan(exact)) {
        CHECK(std::isnan(told));
        CHECK_FALSE(flow.holds(c));
        continue;
      }
      CHECK(told == Approx(exact).epsilon(1e-9));
      ++compared;
    }
  }
  CHECK(compared > 5000);
}

TEST_CASE("A condition holds from its value on, on its side") {
  OneQueue spec;
  spec.per_hour = 600;
  spec.lines = 9;
  World world = one_queue(spec);
  Blueprint plan = make_blueprint(world);
  ConditionPlan c = make_condition(condition(Indicator::kWaiting, 0, 0min), plan);
  Centre centre = open_centre(plan, 1, 0);
  Observer nobody;
  Watched<Observer> flow{plan, centre, nobody};
  flow.run_until(kStart + 1h);
  REQUIRE(flow.indicator(c) == 8);  // one agent, nine lines, endless patience
  c.value = 8;
  CHECK(flow.holds(c));
  c.value = 9;
  CHECK_FALSE(flow.holds(c));
  c.sense = Sense::kAtMost;
  CHECK(flow.holds(c));
  c.value = 7;
  CHECK_FALSE(flow.holds(c));
}

TEST_CASE("The wait that a caller can expect is the work before it, shared by the agents") {
  OneQueue spec;
  spec.agents = 3;
  spec.lines = 9;
  spec.per_hour = 600;
  World world = one_queue(spec);
  world.caller_types[0].wrap = ConstantLaw{30};
  Blueprint plan = make_blueprint(world);
  const ConditionPlan c = make_condition(condition(Indicator::kExpectedWait, 0, 0min), plan);
  Centre centre = open_centre(plan, 1, 0);
  Observer nobody;
  Watched<Observer> flow{plan, centre, nobody};
  flow.run_until(kStart);
  CHECK(flow.indicator(c) == 0);  // somebody is idle
  flow.run_until(kStart + 1h);
  REQUIRE(centre.idle[0].size == 0);
  CHECK(flow.indicator(c) == Approx((centre.waiting[0].size + 1) * (180.0 + 30.0) / 3));
}

TEST_CASE("Keys that do not fit the indicator are said") {
  const World world = everything();
  const auto faults_of = [&](const Condition& c, bool in_rule = false) {
    Findings f{world, {}};
    check_condition(f, "rules.flex.when[0]", c, in_rule);
    return f.faults;
  };
  Condition c = condition(Indicator::kWaiting, 0, 0min);
  CHECK(faults_of(c).empty());
  c.group = GroupId{0};
  REQUIRE(faults_of(c).size() == 1);
  CHECK(faults_of(c)[0].path == "rules.flex.when[0].group");
  CHECK(faults_of(c)[0].message == "does not fit the indicator waiting");
  CHECK(faults_of(c)[0].help == "it is of a queue: write queue, or nothing");

  c = condition(Indicator::kOccupancy, 1, 90s);
  REQUIRE(faults_of(c).size() == 1);
  CHECK(faults_of(c)[0].message == "is 1min30s; windows are whole minutes");
  c.over = 5h;
  CHECK(faults_of(c)[0].message == "is 5h; the longest window is 4h");
  c = condition(Indicator::kLineShare, 0, 1min);
  CHECK(faults_of(c)[0].path == "rules.flex.when[0].over");
  c = condition(Indicator::kWaiting, 0, 0min);
  c.lasting = 1min;
  CHECK(faults_of(c).size() == 1);
  CHECK(faults_of(c, true).empty());
  c = Condition{};
  c.indicator = Indicator::kExpectedWait;
  CHECK(faults_of(c).size() == 1);  // there are two queues
  c = condition(Indicator::kWaiting, 7, 0min);
  CHECK(faults_of(c)[0].code == "unknown-name");
}

}  // namespace callmill::test
