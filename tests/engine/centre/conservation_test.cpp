// Laws that hold in every centre at every moment, over random worlds.

#include <catch2/catch.hpp>

#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/auditor.h"
#include "tests/engine/centre/random_world.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

constexpr std::uint64_t kWorlds = 300;

struct InCentre {
  std::int64_t in_menus = 0, waiting = 0, talking = 0;
  SimDuration waited{};  // so far, by those who wait
};

InCentre look(const Centre& c) {
  InCentre in;
  for (const Call& call : c.calls) {
    in.in_menus += call.state == CallState::kMenu || call.state == CallState::kSelfService ? 1 : 0;
    in.talking += call.state == CallState::kTalking ? 1 : 0;
    if (call.state != CallState::kWaiting) continue;
    ++in.waiting;
    in.waited += c.now - call.joined;
  }
  return in;
}

void check_books(const Blueprint& plan, const Centre& c, const Auditor& auditor) {
  for (const char* law : broken_laws(plan, c)) FAIL_CHECK(law);
  const Auditor::Books& b = auditor.books();
  const InCentre in = look(c);
  CHECK(b.attempts ==
        b.blocked + b.refused + b.menu_hang_ups + b.self_served + in.in_menus + b.offered);
  CHECK(b.offered == b.answered + b.abandoned + in.waiting);
  CHECK(b.redials_planned == b.retries + static_cast<std::int64_t>(c.later.size()));
  std::int64_t fresh = 0;
  for (std::uint32_t type = 0; type < plan.types.size(); ++type)
    fresh += c.sources[type].callers - (c.calendar.pending(type) ? 1 : 0);
  CHECK(b.attempts == fresh + b.retries);
  // Little's law, exactly: the integral of the number waiting is the sum of the waits.
  CHECK(b.queue_area == b.waits + in.waited);
  auditor.check_waiting();
}

std::int64_t sum_over_day(const Recorder& r, CallCount count) {
  std::int64_t sum = 0;
  for (std::uint32_t type = 0; type < r.plan().types.size(); ++type)
    for (std::uint32_t queue = 0; queue <= r.queues(); ++queue)
      for (std::uint32_t i = 0; i < r.plan().intervals; ++i)
        sum += r.calls(type, queue, i)[at(count)];
  return sum;
}

void check_recorder(const Blueprint& plan, const Recorder& r, const Auditor& auditor) {
  const Auditor::Books& b = auditor.books();
  CHECK(sum_over_day(r, CallCount::kAttempts) == b.attempts);
  CHECK(sum_over_day(r, CallCount::kRedials) == b.retries);
  CHECK(sum_over_day(r, CallCount::kBlocked) == b.blocked + b.refused);
  CHECK(sum_over_day(r, CallCount::kRefused) == b.refused);
  CHECK(sum_over_day(r, CallCount::kMenuHangUps) == b.menu_hang_ups);
  CHECK(sum_over_day(r, CallCount::kSelfServed) == b.self_served);
  CHECK(sum_over_day(r, CallCount::kOffered) == b.offered);
  CHECK(sum_over_day(r, CallCount::kAnswered) == b.answered);
  CHECK(sum_over_day(r, CallCount::kAbandoned) == b.abandoned);
  CHECK(sum_over_day(r, CallCount::kWaitAnswered) + sum_over_day(r, CallCount::kWaitAbandoned) ==
        b.waits.count());
  CHECK(sum_over_day(r, CallCount::kTalk) == b.talk.count());
  for (std::uint32_t g = 0; g < plan.groups.size(); ++g) {
    std::array<std::int64_t, kAgentStates> day{};
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      std::int64_t agent_time = 0;
      for (std::size_t s = 0; s < kAgentStates; ++s) {
        CHECK(r.agents(g, i)[s] >= 0);
        agent_time += r.agents(g, i)[s];
        day[s] += r.agents(g, i)[s];
      }
      CHECK(agent_time == plan.groups[g].agents * plan.interval.count());
    }
    for (std::size_t s = 0; s < kAgentStates; ++s)
      CHECK(day[s] == auditor.state_time(g, static_cast<AgentState>(s)).count());
  }
  for (std::uint32_t t = 0; t + 1 < plan.first_line.size(); ++t) {
    std::int64_t busy = 0;
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      const Cell<LineCount>& cell = r.lines(t, i);
      const std::int64_t all = plan.first_line[t + 1] - plan.first_line[t];
      CHECK(cell[at(LineCount::kLineTime)] == all * plan.interval.count());
      CHECK(cell[at(LineCount::kBusy)] >= 0);
      CHECK(cell[at(LineCount::kBusy)] <= cell[at(LineCount::kPeak)] * plan.interval.count());
      CHECK(cell[at(LineCount::kPeak)] <= all);
      busy += cell[at(LineCount::kBusy)];
    }
    CHECK(busy == auditor.line_time(t).count());
  }
}

// Which day totals of the exported counts are sums: over queues, over types, over intervals.
void check_sums(const Recorder& recorder) {
  const Blueprint& plan = recorder.plan();
  const KpiLayout layout{plan};
  ReplicationCounts counts;
  export_counts(recorder, layout, counts);
  const auto value = [&](Scope scope, std::uint32_t interval, std::size_t count) {
    const KpiLayout::Row& row = layout.rows()[layout.find(Family::kCalls, scope)];
    return counts[row.offset + interval * row.width + count];
  };
  for (std::size_t count = 0; count < at(CallCount::kMaxWait); ++count) {
    for (std::uint32_t i = 0; i <= plan.intervals; ++i) {
      double types = 0, queues = 0;
      for (std::uint32_t t = 0; t < plan.types.size(); ++t)
        types += value({ScopeKind::kCallerType, t}, i, count);
      for (std::uint32_t q = 0; q < plan.queues.size(); ++q)
        queues += value({ScopeKind::kQueue, q}, i, count);
      const double total = value({}, i, count);
      CHECK(types == Approx(total).epsilon(1e-12));
      if (count >= at(CallCount::kOffered)) CHECK(queues == Approx(total).epsilon(1e-12));
    }
    double day = 0;
    for (std::uint32_t i = plan.first_counted; i < plan.intervals; ++i) day += value({}, i, count);
    CHECK(value({}, plan.intervals, count) == Approx(day).epsilon(1e-12));
  }
}

void check_service_levels(const KpiTable& kpis, Scope scope) {
  for (std::uint32_t i = 0; i <= kpis.layout().intervals(); ++i) {
    const auto value = [&](const char* key) {
      return kpis.estimate(*find_metric(key, scope.kind), scope, i, 0.95).value;
    };
    const double f1 = value("service_level_f1"), f2 = value("service_level_f2");
    const double f3 = value("service_level"), f4 = value("service_level_f4");
    if (std::isnan(f3)) continue;  // nobody answered or gone
    constexpr double kRounding = 1e-12;
    if (!std::isnan(f4)) {
      CHECK(f1 >= f4 - kRounding);
      CHECK(f4 >= f3 - kRounding);
    }
    if (!std::isnan(f2) && !std::isnan(f4)) CHECK(f2 >= f4 - kRounding);
  }
}

bool someone_waits_for_ever(const Centre& c) {
  for (const Call& call : c.calls)
    if (call.state == CallState::kWaiting) return true;
  return false;
}

}  // namespace

TEST_CASE("Nothing is lost and nothing counted twice, in random worlds") {
  std::int64_t calls = 0, redials = 0, blocked = 0, refused = 0, stranded = 0, self_served = 0;
  for (std::uint64_t number = 0; number < kWorlds; ++number) {
    INFO("random world " << number);
    const Blueprint plan = make_blueprint(random_world(number));
    Centre c = open_centre(plan, 3, number);
    Recorder recorder{plan};
    Auditor auditor{plan, c};
    Observers<Auditor, Recorder> both{auditor, recorder};
    Watched<Observers<Auditor, Recorder>> flow{plan, c, both};
    for (SimTime t = kStart; t < kStart + plan.horizon; t += 211s) {
      flow.run_until(t);
      auditor.finish(t);
      CHECK(c.now == t);
      check_books(plan, c, auditor);
    }
    flow.run_out();
    auditor.finish(c.now);
    check_books(plan, c, auditor);

    const Auditor::Books& b = auditor.books();
    const InCentre in = look(c);
    CHECK(in.in_menus == 0);
    CHECK(in.talking == 0);
    CHECK(c.later.empty());
    CHECK(b.attempts == b.blocked + b.refused + b.menu_hang_ups + b.self_served + b.offered);
    refused += b.refused;
    CHECK(b.talk == b.talk_area);
    for (const TrunkState& trunks : c.trunks)
      if (!someone_waits_for_ever(c)) CHECK(trunks.in_use == 0);
    for (const Agent& agent : c.agents)
      CHECK((agent.state == AgentState::kAvailable || agent.state == AgentState::kOff ||
             agent.state == AgentState::kAux));
    check_recorder(plan, recorder, auditor);
    check_sums(recorder);
    KpiTable kpis{plan};
    ReplicationCounts counts;
    export_counts(recorder, kpis.layout(), counts);
    kpis.add(counts);
    check_service_levels(kpis, {});
    for (std::uint32_t q = 0; q < plan.queues.size(); ++q)
      check_service_levels(kpis, {ScopeKind::kQueue, q});
    calls += b.attempts;
    redials += b.retries;
    blocked += b.blocked;
    self_served += b.self_served;
    stranded += in.waiting;
  }
  // The generator reaches every corner.
  CHECK(calls > 50'000);
  CHECK(redials > 5'000);
  CHECK(blocked > 1'000);
  CHECK(refused > 500);
  CHECK(self_served > 1'000);
  CHECK(stranded > 0);
}

TEST_CASE("Nothing is lost in the world with everything, over many days") {
  const Blueprint plan = make_blueprint(everything());
  for (std::uint64_t day = 0; day < 20; ++day) {
    Centre c = open_centre(plan, 9, day);
    Recorder recorder{plan};
    Auditor auditor{plan, c};
    Observers<Auditor, Recorder> both{auditor, recorder};
    Watched<Observers<Auditor, Recorder>> flow{plan, c, both};
    for (SimTime t = kStart; t < kStart + plan.horizon; t += 10min) {
      flow.run_until(t);
      auditor.finish(t);
      check_books(plan, c, auditor);
    }
    flow.run_out();
    auditor.finish(c.now);
    check_books(plan, c, auditor);
    check_recorder(plan, recorder, auditor);
  }
}

}  // namespace callmill::test
