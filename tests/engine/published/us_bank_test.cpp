// The US bank's instances, of 13 classes and 9 groups and of 17 classes: every class is served by
// its own rates, and what a planner reads does not hang on the seed.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "app/files/scenario.h"
#include "base/random/law.h"
#include "base/stats/interval.h"
#include "engine/study/replicate.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

World published(const std::string& file) {
  Diagnostics diagnostics;
  const auto scenario =
      read_scenario(test::source_path("scenarios/published/" + file), {}, diagnostics);
  REQUIRE(scenario.has_value());
  return scenario->world;
}

KpiTable run(const World& world, std::uint64_t seed) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = 12;
  return replicate(make_blueprint(world), options).kpis;
}

double standard_error(const Estimate& e) {
  return (e.ci_high - e.ci_low) / 2 / student_t(0.95, static_cast<double>(e.n - 1));
}

// Figures of two seeds against each other: `missed` are further apart than 3 standard errors, none
// than 4.5.
struct Stability {
  int compared = 0, missed = 0;
};
Stability stability(const World& world, const KpiTable& one, const KpiTable& two) {
  Stability s;
  const auto compare = [&](const char* key, Scope scope) {
    const Estimate a = one.day(key, scope, 0.95), b = two.day(key, scope, 0.95);
    const double se = std::hypot(standard_error(a), standard_error(b));
    INFO(key << " " << scope.index << ": " << a.value << " and " << b.value);
    CHECK(std::abs(a.value - b.value) <= 4.5 * se);
    s.missed += std::abs(a.value - b.value) > 3 * se ? 1 : 0;
    ++s.compared;
  };
  for (const char* key : {"answer_rate", "service_level", "asa", "mean_wait", "talk", "occupancy"})
    compare(key, {});
  for (std::uint32_t q = 0; q < world.queues.size(); ++q)
    for (const char* key : {"answer_rate", "asa", "talk"}) compare(key, {ScopeKind::kQueue, q});
  for (std::uint32_t g = 0; g < world.groups.size(); ++g)
    compare("occupancy", {ScopeKind::kGroup, g});
  return s;
}

void print(const char* name, const KpiTable& one, const KpiTable& two) {
  std::printf("%s: answer rate %.4f and %.4f, occupancy %.4f and %.4f\n", name,
              one.day("answer_rate", {}, 0.95).value, two.day("answer_rate", {}, 0.95).value,
              one.day("occupancy", {}, 0.95).value, two.day("occupancy", {}, 0.95).value);
}

}  // namespace

TEST_CASE("US bank, 13 classes and 9 groups: figures do not hang on the seed") {
  const World world = published("us-bank-13x9.yaml");
  REQUIRE(world.caller_types.size() == 13);
  REQUIRE(world.groups.size() == 9);
  const KpiTable one = run(world, 1), two = run(world, 2);
  const Stability s = stability(world, one, two);
  CHECK(s.compared == 54);
  CHECK(s.missed <= 2);
  // Calls of a class last between its quickest and its slowest group.
  for (std::uint32_t q = 0; q < 13; ++q) {
    double quickest = mean(world.caller_types[q].talk), slowest = quickest;
    for (const AgentGroup& group : world.groups)
      for (const Handling& handling : group.handling)
        if (handling.callers == world.caller_types[q].name)
          slowest = std::max(slowest, mean(*handling.talk));
    const Estimate talk = one.day("talk", {ScopeKind::kQueue, q}, 0.95);
    INFO(world.caller_types[q].name << ": " << talk.value);
    CHECK(talk.ci_high >= quickest);
    CHECK(talk.ci_low <= slowest);
  }
  print("us-bank-13x9", one, two);
}

TEST_CASE("US bank, 17 classes: figures do not hang on the seed") {
  const World world = published("us-bank-17-classes.yaml");
  REQUIRE(world.caller_types.size() == 17);
  const KpiTable one = run(world, 1), two = run(world, 2);
  const Stability s = stability(world, one, two);
  CHECK(s.compared >= 6 + 3 * 17);
  CHECK(s.missed <= 2);
  print("us-bank-17-classes", one, two);
}

}  // namespace callmill::test
