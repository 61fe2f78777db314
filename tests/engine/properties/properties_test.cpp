// What must hold in every centre, over worlds that RapidCheck throws and, when one fails, shrinks:
// a world is made from a tape of numbers, and shorter, lower tapes are simpler worlds.

#include <rapidcheck/catch.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/rich_world.h"
#include "tests/engine/properties/books.h"
#include "tests/engine/properties/reorder.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

using namespace std::chrono_literals;
using Tape = std::vector<std::uint16_t>;

rc::Gen<Tape> tapes() {
  return rc::gen::container<Tape>(rc::gen::inRange<std::uint16_t>(0, 65535));
}

// A random world with some of the features, which RapidCheck takes away one by one when a property
// fails.
struct Thrown {
  Tape tape;
  World world;
};
Thrown thrown() {
  const Tape tape = *tapes();
  const auto feature = rc::gen::resize(
      rc::kNominalSize, rc::gen::inRange<std::uint8_t>(0, static_cast<std::uint8_t>(kFeatures)));
  const auto features = *rc::gen::resize(8, rc::gen::container<Features>(feature));
  RC_LOG() << "features:" << in_words(features) << '\n';
  Thrown t{tape, rich_world(tape, features)};
  for (const std::string& fault : faults(t.world)) RC_FAIL(fault);
  return t;
}

std::int64_t count(const Recorder& r, std::uint32_t type, std::uint32_t queue, CallCount what) {
  std::int64_t sum = 0;
  for (std::uint32_t i = 0; i < r.plan().intervals; ++i) sum += r.calls(type, queue, i)[at(what)];
  return sum;
}

// N = X + L + K + in the menus + I + Gm + O, of each type of callers.
void check_attempts(const Blueprint& plan, const Centre& c, const Recorder& r) {
  std::vector<std::int64_t> in_menus(plan.types.size());
  for (const Call& call : c.calls)
    in_menus[call.type] +=
        call.state == CallState::kMenu || call.state == CallState::kSelfService ? 1 : 0;
  for (std::uint32_t type = 0; type < plan.caller_types; ++type) {
    std::int64_t attempts = 0, ends = in_menus[type] + count(r, type, r.queues(), CallCount::kCut);
    for (std::uint32_t queue = 0; queue <= r.queues(); ++queue) {
      attempts += count(r, type, queue, CallCount::kAttempts);
      for (const CallCount what :
           {CallCount::kBlocked, CallCount::kNetworkLost, CallCount::kMenuHangUps,
            CallCount::kSelfServed, CallCount::kDeflectedInMenu, CallCount::kOffered})
        ends += count(r, type, queue, what);
    }
    RC_ASSERT(attempts == ends);
  }
}

// O + transferred in = A + B + C + D + V + G + K + waiting, of each type in each queue. Who waits
// again was answered.
void check_offered(const Blueprint& plan, const Centre& c, const Recorder& r) {
  std::vector<std::int64_t> waiting(plan.types.size() * plan.queues.size());
  for (const Call& call : c.calls)
    if (Books::is_in_queue(call) && !has(call, Mark::kSentBack))
      ++waiting[call.type * plan.queues.size() + call.queue];
  for (std::uint32_t type = 0; type < plan.caller_types; ++type)
    for (std::uint32_t queue = 0; queue < r.queues(); ++queue) {
      std::int64_t ends = waiting[type * plan.queues.size() + queue];
      for (const CallCount what : {CallCount::kAnswered, CallCount::kAbandoned,
                                   CallCount::kCallbacks, CallCount::kDisconnected,
                                   CallCount::kLeftMessage, CallCount::kDeflected, CallCount::kCut})
        ends += count(r, type, queue, what);
      RC_ASSERT(count(r, type, queue, CallCount::kOffered) +
                    count(r, type, queue, CallCount::kTransferredIn) ==
                ends);
      for (std::uint32_t i = 0; i < plan.intervals; ++i)
        for (const CallCount what : {CallCount::kTalk, CallCount::kWrap, CallCount::kWaitAnswered,
                                     CallCount::kWaitAbandoned})
          RC_ASSERT(r.calls(type, queue, i)[at(what)] >= 0);
    }
}

// Each agent is in one state all the time; lent agents count where they work.
void check_agent_time(const Blueprint& plan, const Recorder& r) {
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    std::int64_t all = 0;
    for (std::uint32_t g = 0; g < plan.groups.size(); ++g) {
      std::int64_t time = 0;
      for (std::size_t s = 0; s < kAgentStates; ++s) {
        RC_ASSERT(r.agents(g, i)[s] >= 0);
        time += r.agents(g, i)[s];
      }
      if (!plan.floor.agents) RC_ASSERT(time == plan.groups[g].agents * plan.interval.count());
      all += time;
    }
    RC_ASSERT(all == plan.agents() * plan.interval.count());
  }
}

void check_lines(const Blueprint& plan, const Recorder& r, const Books& books) {
  for (std::uint32_t t = 0; t + 1 < plan.first_line.size(); ++t) {
    std::int64_t busy = 0;
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      const Cell<LineCount>& cell = r.lines(t, i);
      RC_ASSERT(cell[at(LineCount::kBusy)] >= 0);
      RC_ASSERT(cell[at(LineCount::kBusy)] <= cell[at(LineCount::kLineTime)]);
      busy += cell[at(LineCount::kBusy)];
    }
    RC_ASSERT(busy == books.line_time(t).count());
  }
}

KpiTable day_of(const World& world, std::uint64_t seed) {
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  Centre centre = open_centre(plan, seed, 0);
  Watched<Recorder>{plan, centre, recorder}.run_out();
  KpiTable kpis{plan};
  ReplicationCounts counts;
  export_counts(recorder, kpis.layout(), counts);
  kpis.add(counts);
  return kpis;
}

// "callers-1 answer_rate 3" -> value, for every indicator of every scope and interval: by names, so
// that the order of the file does not show.
using Figures = std::map<std::string, double>;

template <class T>
void add_figures(const KpiTable& kpis, ScopeKind kind, const std::vector<T>& entries,
                 Figures& figures) {
  for (std::uint32_t e = 0; e < entries.size(); ++e)
    for (const Metric& metric : metrics()) {
      if (std::find(metric.scopes.begin(), metric.scopes.end(), kind) == metric.scopes.end())
        continue;
      for (std::uint32_t i = 0; i <= kpis.layout().intervals(); ++i)
        figures[entries[e].name + " " + std::string{metric.key} + " " + std::to_string(i)] =
            kpis.estimate(metric, {kind, e}, i, 0.95).value;
    }
}

Figures figures_of(const World& world, std::uint64_t seed) {
  const KpiTable kpis = day_of(world, seed);
  Figures figures;
  struct Whole {
    std::string name = "total";
  };
  add_figures(kpis, ScopeKind::kTotal, std::vector<Whole>(1), figures);
  add_figures(kpis, ScopeKind::kCallerType, world.caller_types, figures);
  add_figures(kpis, ScopeKind::kQueue, world.queues, figures);
  add_figures(kpis, ScopeKind::kGroup, world.groups, figures);
  add_figures(kpis, ScopeKind::kTrunks, world.trunks, figures);
  add_figures(kpis, ScopeKind::kRule, world.rules, figures);
  add_figures(kpis, ScopeKind::kCampaign, world.campaigns, figures);
  return figures;
}

// Names of figures that differ in a bit; of those in `b` that `a` lacks nothing is said.
std::string differences(const Figures& a, const Figures& b) {
  std::string names;
  for (const auto& [name, value] : a) {
    const auto other = b.find(name);
    if (other == b.end() ||
        std::bit_cast<std::uint64_t>(other->second) != std::bit_cast<std::uint64_t>(value))
      names += name + "\n";
  }
  return names;
}

World read_back(const std::string& text) {
  Diagnostics diagnostics;
  const auto scenario = read_scenario_text("shown.yaml", text, {{}, true}, diagnostics);
  if (!scenario) {
    std::string why;
    for (const Diagnostic& d : diagnostics.errors()) why += render(d);
    RC_FAIL(text + why);
  }
  return scenario->world;
}

void run_books(const World& world, std::uint16_t seed) {
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, seed, 0);
  Recorder recorder{plan};
  Books books{plan, centre};
  Observers<Recorder, Books> both{recorder, books};
  Watched<Observers<Recorder, Books>> flow{plan, centre, both};
  const auto check = [&] {
    for (const char* law : broken_laws(plan, centre)) RC_FAIL(law);
    books.pass(centre.now);
    RC_ASSERT(books.told_are_there());
    RC_ASSERT(books.areas_are_waits());
    check_attempts(plan, centre, recorder);
    check_offered(plan, centre, recorder);
  };
  const SimDuration step = std::max<SimDuration>(97s, plan.horizon / 150);
  for (SimTime t = kStart; t < kStart + plan.horizon; t += step) {
    flow.run_until(t);
    check();
  }
  flow.run_out();
  check();
  RC_ASSERT(books.stories_ended_once());
  check_agent_time(plan, recorder);
  check_lines(plan, recorder, books);
}

void run_fork(const World& world, std::uint64_t seed, int percent) {
  const Blueprint plan = make_blueprint(world);
  Centre original = open_centre(plan, seed, 0);
  TrajectoryPrint before;
  Watched<TrajectoryPrint>{plan, original, before}.run_until(kStart + plan.horizon * percent / 100);
  Centre fork = original;
  TrajectoryPrint of_original = before, of_fork = before;
  Watched<TrajectoryPrint>{plan, fork, of_fork}.run_out();
  Watched<TrajectoryPrint>{plan, original, of_original}.run_out();
  RC_ASSERT(of_original.bits() == of_fork.bits());
  RC_ASSERT(fingerprint(original) == fingerprint(fork));
}

// What was counted until then is copied with the centre; from there on other callers may come.
void run_futures(const World& world, std::uint64_t seed, int percent) {
  const Blueprint plan = make_blueprint(world);
  const KpiLayout layout{plan};
  Centre original = open_centre(plan, seed, 0);
  Recorder counted{plan};
  Watched<Recorder>{plan, original, counted}.run_until(kStart + plan.horizon * percent / 100);
  Centre same = original, other = original;
  Recorder counted_same = counted, counted_other = counted;
  Watched<Recorder>{plan, original, counted}.run_out();
  Watched<Recorder>{plan, same, counted_same}.run_out();
  Watched<Recorder> future{plan, other, counted_other};
  future.renew_callers(ReplicationKey{seed + 1, 0});
  future.run_out();
  ReplicationCounts of_original, of_same;
  export_counts(counted, layout, of_original);
  export_counts(counted_same, layout, of_same);
  RC_ASSERT(of_original == of_same);
  RC_ASSERT(broken_laws(plan, other).empty());
}

void run_levels(const World& world, std::uint64_t seed) {
  const KpiTable kpis = day_of(world, seed);
  constexpr double kRounding = 1e-12;
  for (std::uint32_t q = 0; q < world.queues.size(); ++q) {
    const auto value = [&](const char* key) {
      return kpis.day(key, {ScopeKind::kQueue, q}, 0.95).value;
    };
    const double f1 = value("service_level_f1"), f2 = value("service_level_f2");
    const double f3 = value("service_level"), f4 = value("service_level_f4");
    if (std::isnan(f3) || std::isnan(f4)) continue;
    RC_ASSERT(f1 >= f4 - kRounding);
    RC_ASSERT(f4 >= f3 - kRounding);
    if (!std::isnan(f2)) RC_ASSERT(f2 >= f4 - kRounding);
  }
}

// A queue where nobody comes, callers who do not call, and a group without agents for them.
void add_nobody(World& world, const std::string& name, int priority) {
  AgentGroup nobody;
  nobody.name = name;
  nobody.staff = Profile{world.day.length(), {0}};
  world.groups.push_back(nobody);
  Queue queue;
  queue.name = name;
  queue.route.push_back({GroupId{world.groups.size() - 1}});
  world.queues.push_back(queue);
  CallerType type;
  type.name = name;
  type.volume = Profile{world.day.length(), {0}};
  type.trunks = TrunkGroupId{0};
  type.enters.kind = Destination::Kind::kQueue;
  type.enters.queue = QueueId{world.queues.size() - 1};
  type.priority = priority;
  world.caller_types.push_back(type);
}

// People with hours are not part of the file: the same hours, as its roster says them.
void make_file_like(World& world) {
  std::map<std::pair<std::size_t, std::uint32_t>, std::vector<DutyPeriod>> people;
  for (const DutyPeriod& period : world.roster)
    people[{period.group.index(), period.agent}].push_back(period);
  world.roster.clear();
  for (auto& [who, periods] : people) {
    world.groups[who.first].staff_release = StaffRelease::kNamed;
    RosterEntry entry;
    entry.group = GroupId{who.first};
    for (const DutyPeriod& period : periods) {
      const SimDuration from = period.from - kStart + world.day.opens;
      const SimDuration to = period.to - kStart + world.day.opens;
      if (entry.shifts.empty() || entry.shifts.back().to != from)
        entry.shifts.emplace_back().from = from;
      entry.shifts.back().to = to;
      if (period.kind == DutyPeriod::Kind::kBreak)
        entry.shifts.back().breaks.push_back({period.code, from, to});
    }
    world.team.push_back(std::move(entry));
  }
}

void run_order(World world, const Tape& tape, std::uint64_t seed) {
  make_file_like(world);
  const std::string text = show_scenario(world);
  const World there = read_back(text), here = read_back(reordered(text, tape));
  RC_ASSERT(differences(figures_of(there, seed), figures_of(here, seed)) == "");
}

}  // namespace

TEST_CASE("In every centre") {
  rc::prop("nothing is lost, nothing counted twice, and waits are the area under the queue",
           [](std::uint16_t seed) { run_books(thrown().world, seed); });

  rc::prop("a fork ends as the centre it was made from", [](std::uint16_t seed) {
    const World world = thrown().world;
    run_fork(world, seed, *rc::gen::inRange(0, 100));
  });

  rc::prop("a copy of what was counted goes on alike, and other callers break no law",
           [](std::uint16_t seed) {
             const World world = thrown().world;
             run_futures(world, seed, *rc::gen::inRange(0, 100));
           });

  rc::prop("the formulas of the service level keep their order",
           [](std::uint16_t seed) { run_levels(thrown().world, seed); });

  rc::prop("a group without agents changes no figure of the others", [](std::uint16_t seed) {
    World world = thrown().world;
    const Figures before = figures_of(world, seed);
    AgentGroup nobody;
    nobody.name = *rc::gen::element<std::string>("aaa", "zzz", "group-1b");
    nobody.staff = Profile{world.day.length(), {0}};
    world.groups.push_back(nobody);
    // At once with the last step, or any time later: then callers look around at that moment.
    const SimDuration later = std::chrono::seconds{*rc::gen::inRange(0, 120)};
    for (Queue& queue : world.queues)
      queue.route.push_back({GroupId{world.groups.size() - 1}, queue.route.back().after + later});
    RC_ASSERT(differences(before, figures_of(world, seed)) == "");
  });

  rc::prop("a queue and callers whom nobody is change no figure of the others",
           [](std::uint16_t seed) {
             World world = thrown().world;
             const Figures before = figures_of(world, seed);
             add_nobody(world, *rc::gen::element<std::string>("aaa", "zzz", "callers-1b"),
                        *rc::gen::inRange(-1, 4));
             RC_ASSERT(differences(before, figures_of(world, seed)) == "");
           });

  rc::prop("another order of the file changes no byte", [](std::uint16_t seed) {
    auto [tape, world] = thrown();
    run_order(world, tape, seed);
  });
}

}  // namespace callmill::test
