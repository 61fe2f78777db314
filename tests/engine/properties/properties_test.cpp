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
#include "engine/centre/flow.h"
#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/random_world.h"

namespace callmill::test {
namespace {

using namespace std::chrono_literals;
using Tape = std::vector<std::uint16_t>;

rc::Gen<Tape> tapes() {
  return rc::gen::container<Tape>(rc::gen::inRange<std::uint16_t>(0, 65535));
}

KpiTable day_of(const World& world, std::uint64_t seed) {
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  Centre centre = open_centre(plan, seed, 0);
  Flow<Recorder>{plan, centre, recorder}.run_out();
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

// The text of a scenario in blocks that begin at this indent, in an order drawn from the tape.
std::string shuffled(const std::string& text, std::size_t indent, const Tape& tape,
                     std::size_t& draw) {
  std::vector<std::string> blocks;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t column = line.find_first_not_of(' ');
    const bool begins = column == indent && line[column] != '-' && line[column] != '#';
    if (begins || blocks.empty()) blocks.emplace_back();
    blocks.back() += line + "\n";
  }
  for (std::size_t i = blocks.size(); i > 1; --i) {
    const std::size_t at = tape.empty() ? 0 : tape[draw++ % tape.size()] % i;
    std::swap(blocks[i - 1], blocks[at]);
  }
  std::string all;
  for (const std::string& block : blocks) all += block;
  return all;
}

// Sections in another order, and in the sections of named entries the entries.
std::string reordered(const std::string& text, const Tape& tape) {
  std::size_t draw = 0;
  std::string inner;
  std::istringstream lines{text};
  std::string section;
  const auto close = [&] {
    if (section.empty()) return;
    const std::size_t head = section.find('\n') + 1;
    const std::string key = section.substr(0, section.find(':'));
    const bool named =
        key == "lines" || key == "callers" || key == "queues" || key == "groups" || key == "menus";
    inner += section.substr(0, head) +
             (named ? shuffled(section.substr(head), 2, tape, draw) : section.substr(head));
    section.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] != ' ' && line[0] != '-') close();
    section += line + "\n";
  }
  close();
  return shuffled(inner, 0, tape, draw);
}

World read_back(const std::string& text) {
  Diagnostics diagnostics;
  const auto scenario = read_scenario_text("shown.yaml", text, {}, diagnostics);
  if (!scenario) RC_FAIL(text);
  return scenario->world;
}

}  // namespace

TEST_CASE("In every centre") {
  rc::prop("the laws of the state hold at every moment, and waits are the area under the queue",
           [](std::uint16_t seed) {
             const World world = random_world(*tapes());
             const Blueprint plan = make_blueprint(world);
             Centre centre = open_centre(plan, seed, 0);
             Recorder recorder{plan};
             Flow<Recorder> flow{plan, centre, recorder};
             for (SimTime t = kStart; t < kStart + plan.horizon; t += 97s) {
               flow.run_until(t);
               for (const char* law : broken_laws(plan, centre)) RC_FAIL(law);
             }
             flow.run_out();
             for (const char* law : broken_laws(plan, centre)) RC_FAIL(law);
           });

  rc::prop("agents' time is conserved, group by group and interval by interval",
           [](std::uint16_t seed) {
             const World world = random_world(*tapes());
             const Blueprint plan = make_blueprint(world);
             Centre centre = open_centre(plan, seed, 0);
             Recorder recorder{plan};
             Flow<Recorder>{plan, centre, recorder}.run_out();
             for (std::uint32_t g = 0; g < plan.groups.size(); ++g)
               for (std::uint32_t i = 0; i < plan.intervals; ++i) {
                 std::int64_t time = 0;
                 for (std::size_t s = 0; s < kAgentStates; ++s) {
                   RC_ASSERT(recorder.agents(g, i)[s] >= 0);
                   time += recorder.agents(g, i)[s];
                 }
                 RC_ASSERT(time == plan.groups[g].agents * plan.interval.count());
               }
           });

  rc::prop("a fork ends as the centre it was made from", [](std::uint16_t seed) {
    const Blueprint plan = make_blueprint(random_world(*tapes()));
    const auto until = plan.horizon * *rc::gen::inRange(0, 100) / 100;
    Centre original = open_centre(plan, seed, 0);
    TrajectoryPrint before;
    Flow<TrajectoryPrint>{plan, original, before}.run_until(kStart + until);
    Centre fork = original;
    TrajectoryPrint of_original = before, of_fork = before;
    Flow<TrajectoryPrint>{plan, fork, of_fork}.run_out();
    Flow<TrajectoryPrint>{plan, original, of_original}.run_out();
    RC_ASSERT(of_original.bits() == of_fork.bits());
    RC_ASSERT(fingerprint(original) == fingerprint(fork));
  });

  rc::prop("the formulas of the service level keep their order", [](std::uint16_t seed) {
    const World world = random_world(*tapes());
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
  });

  rc::prop("a group without agents changes no figure of the others", [](std::uint16_t seed) {
    World world = random_world(*tapes());
    const Figures before = figures_of(world, seed);
    AgentGroup nobody;
    nobody.name = *rc::gen::element<std::string>("aaa", "zzz", "group-1b");
    nobody.staff = Profile{world.day.length(), {0}};
    world.groups.push_back(nobody);
    for (Queue& queue : world.queues)
      queue.route.push_back({GroupId{world.groups.size() - 1}, queue.route.back().after});
    RC_ASSERT(differences(before, figures_of(world, seed)) == "");
  });

  rc::prop("another order of the file changes no figure", [](std::uint16_t seed) {
    const Tape tape = *tapes();
    World world = random_world(tape);
    world.roster.clear();  // people with hours are not part of the file
    for (AgentGroup& group : world.groups)
      if (!group.staff) group.staff = Profile{world.day.length(), {3}};
    const std::string text = show_scenario(world);
    const World there = read_back(text), here = read_back(reordered(text, tape));
    RC_ASSERT(differences(figures_of(there, seed), figures_of(here, seed)) == "");
  });
}

}  // namespace callmill::test
