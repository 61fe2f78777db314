// The US bank's instances, of 13 classes and 9 groups and of 17 classes: every class is served by
// its own rates, and what a planner reads does not hang on the seed.

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>

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

constexpr std::size_t kSeeds = 10;

// Few replications, so that it is cheap; CALLMILL_PEERS=full: as many as docs/models/routing.md
// says.
std::int64_t replications() {
  return std::getenv("CALLMILL_PEERS") != nullptr ? 60 : 3;
}

std::vector<KpiTable> run_seeds(const World& world) {
  std::vector<KpiTable> all;
  const Blueprint plan = make_blueprint(world);
  ReplicateOptions options;
  options.replications = replications();
  for (options.seed = 1; options.seed <= kSeeds; ++options.seed)
    all.push_back(replicate(plan, options).kpis);
  return all;
}

// Of one figure over the seeds. When its intervals are right, the variance of the seeds' means is
// that which each seed states for its own, and their ratio F has Fisher's law with (seeds - 1,
// seeds (replications - 1)) degrees of freedom.
struct Spread {
  std::string what;
  double mean = 0, lowest = 0, highest = 0, between = 0, within = 0;  // standard errors
  double p = 1;                                                       // two-sided, of F
};

Spread spread_of(const std::string& what, const std::vector<KpiTable>& seeds, const char* key,
                 Scope scope) {
  Spread s{what};
  const auto n = static_cast<double>(seeds.size());
  std::vector<double> values;
  double variance = 0, dof = 0;
  for (const KpiTable& kpis : seeds) {
    const Estimate e = kpis.day(key, scope, 0.95);
    const auto of_one = static_cast<double>(e.n - 1);
    values.push_back(e.value);
    variance += std::pow((e.ci_high - e.ci_low) / 2 / student_t(0.95, of_one), 2) / n;
    dof += of_one;
    s.mean += e.value / n;
  }
  double squares = 0;
  for (const double value : values) squares += (value - s.mean) * (value - s.mean);
  s.lowest = *std::min_element(values.begin(), values.end());
  s.highest = *std::max_element(values.begin(), values.end());
  s.between = std::sqrt(squares / (n - 1));
  s.within = std::sqrt(variance);
  if (variance == 0) {  // nobody ever hangs up, say
    CHECK(s.highest == s.lowest);
    return s;
  }
  const boost::math::fisher_f law(n - 1, dof);
  const double below = cdf(law, s.between * s.between / variance);
  s.p = 2 * std::min(below, 1 - below);
  return s;
}

// What a planner reads, of the centre, of each queue and of each group. By Bonferroni a right
// engine fails for one choice of the ten seeds in a thousand.
void check_seeds(const char* name, const World& world, const std::vector<KpiTable>& seeds) {
  std::vector<Spread> all;
  const auto add = [&](const char* key, Scope scope, const std::string& of) {
    all.push_back(spread_of(key + of, seeds, key, scope));
  };
  for (const char* key : {"answer_rate", "service_level", "asa", "mean_wait", "talk", "occupancy"})
    add(key, {}, "");
  for (std::uint32_t q = 0; q < world.queues.size(); ++q)
    for (const char* key : {"answer_rate", "asa", "talk"})
      add(key, {ScopeKind::kQueue, q}, " " + world.queues[q].name);
  for (std::uint32_t g = 0; g < world.groups.size(); ++g)
    add("occupancy", {ScopeKind::kGroup, g}, " " + world.groups[g].name);
  const auto figures = static_cast<double>(all.size());
  double least = 1, ratio = 0;
  for (const Spread& s : all) {
    INFO(name << " " << s.what << ": " << s.lowest << " to " << s.highest << ", p " << s.p);
    CHECK(s.p >= 0.001 / figures);
    least = std::min(least, s.p);
    if (s.within > 0) ratio += s.between * s.between / (s.within * s.within) / figures;
  }
  std::printf("%s: %zu figures, %zu seeds, %lld replications each, least p %.4f, mean F %.2f\n",
              name, all.size(), seeds.size(), static_cast<long long>(replications()), least, ratio);
  for (std::size_t i = 0; i < 6; ++i)
    std::printf("  %-14s %.6g, seeds %.6g to %.6g, spread %.3g, stated %.3g\n", all[i].what.c_str(),
                all[i].mean, all[i].lowest, all[i].highest, all[i].between, all[i].within);
}

}  // namespace

TEST_CASE("US bank, 13 classes and 9 groups: figures do not hang on the seed") {
  const World world = published("us-bank-13x9.yaml");
  REQUIRE(world.caller_types.size() == 13);
  REQUIRE(world.groups.size() == 9);
  const std::vector<KpiTable> seeds = run_seeds(world);
  check_seeds("us-bank-13x9", world, seeds);
  // Calls of a class last between its quickest and its slowest group.
  for (std::uint32_t q = 0; q < 13; ++q) {
    double quickest = mean(world.caller_types[q].talk), slowest = quickest;
    for (const AgentGroup& group : world.groups)
      for (const Handling& handling : group.handling)
        if (handling.callers == world.caller_types[q].name)
          slowest = std::max(slowest, mean(*handling.talk));
    const Estimate talk = seeds.front().day("talk", {ScopeKind::kQueue, q}, 0.95);
    INFO(world.caller_types[q].name << ": " << talk.value);
    CHECK(talk.ci_high >= quickest);
    CHECK(talk.ci_low <= slowest);
  }
}

TEST_CASE("US bank, 17 classes: figures do not hang on the seed") {
  const World world = published("us-bank-17-classes.yaml");
  REQUIRE(world.caller_types.size() == 17);
  check_seeds("us-bank-17-classes", world, run_seeds(world));
}

}  // namespace callmill::test
