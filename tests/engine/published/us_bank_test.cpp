// The US bank's instance of 13 classes and 9 groups: every class is served by its own rates, and
// what a planner reads does not hang on the seed.

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

World us_bank() {
  Diagnostics diagnostics;
  const auto scenario =
      read_scenario(test::source_path("scenarios/published/us-bank-13x9.yaml"), {}, diagnostics);
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

}  // namespace

TEST_CASE("US bank, 13 classes and 9 groups: figures do not hang on the seed") {
  const World world = us_bank();
  REQUIRE(world.caller_types.size() == 13);
  REQUIRE(world.groups.size() == 9);
  const KpiTable one = run(world, 1), two = run(world, 2);
  int compared = 0, missed = 0;
  const auto compare = [&](const char* key, Scope scope) {
    const Estimate a = one.day(key, scope, 0.95), b = two.day(key, scope, 0.95);
    const double se = std::hypot(standard_error(a), standard_error(b));
    INFO(key << " " << scope.index << ": " << a.value << " and " << b.value);
    CHECK(std::abs(a.value - b.value) <= 4.5 * se);
    missed += std::abs(a.value - b.value) > 3 * se ? 1 : 0;
    ++compared;
  };
  for (const char* key : {"answer_rate", "service_level", "asa", "mean_wait", "talk", "occupancy"})
    compare(key, {});
  for (std::uint32_t q = 0; q < 13; ++q)
    for (const char* key : {"answer_rate", "asa", "talk"}) compare(key, {ScopeKind::kQueue, q});
  for (std::uint32_t g = 0; g < 9; ++g) compare("occupancy", {ScopeKind::kGroup, g});
  CHECK(compared == 54);
  CHECK(missed <= 2);
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
  std::printf("us-bank-13x9: answer rate %.4f and %.4f, occupancy %.4f and %.4f\n",
              one.day("answer_rate", {}, 0.95).value, two.day("answer_rate", {}, 0.95).value,
              one.day("occupancy", {}, 0.95).value, two.day("occupancy", {}, 0.95).value);
}

}  // namespace callmill::test
