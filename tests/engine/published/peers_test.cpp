// Models that another simulator ships, run here: figures within the combined interval of both.
//
// tests/golden/peers.csv holds the other side (mean, standard error; of the day, or of one
// interval); scenarios/published/peer-*.yaml are the models. docs/models/peers.md says how
// definitions correspond and which cases are left out.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <map>

#include "app/files/scenario.h"
#include "base/stats/interval.h"
#include "engine/study/replicate.h"
#include "tests/engine/study/golden.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

// Three standard errors of the difference; of many comparisons a right engine misses some, so no
// more than one in a hundred, and none by four and a half.
constexpr double kUsual = 3, kFarthest = 4.5;
constexpr double kMissedShare = 0.01;

World read_peer(const std::string& name) {
  Diagnostics diagnostics;
  const auto scenario = read_scenario(
      test::source_path("scenarios/published/peer-" + name + ".yaml"), {}, diagnostics);
  INFO("peer-" << name << ".yaml");
  REQUIRE(scenario.has_value());
  return scenario->world;
}

template <class T>
std::uint32_t index_of(const std::vector<T>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const T& entry) { return entry.name == name; });
  REQUIRE(found != all.end());
  return static_cast<std::uint32_t>(found - all.begin());
}

// "total", "queue:first", "callers:x", "group:left"
Scope parse_scope(const World& world, const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return {};
  const std::string kind = text.substr(0, colon), name = text.substr(colon + 1);
  if (kind == "queue") return {ScopeKind::kQueue, index_of(world.queues, name)};
  if (kind == "callers") return {ScopeKind::kCallerType, index_of(world.caller_types, name)};
  if (kind == "campaign") return {ScopeKind::kCampaign, index_of(world.campaigns, name)};
  REQUIRE(kind == "group");
  return {ScopeKind::kGroup, index_of(world.groups, name)};
}

struct Tally {
  int compared = 0, missed = 0;
  double squares = 0;
};

// The figures of one case of the peer: how many, and which lies farthest off.
struct CaseResult {
  int figures = 0;
  double worst = 0;
  std::string worst_row;
};

double deviation(const KpiTable& kpis, const World& world, const GoldenRow& row) {
  const Scope scope = parse_scope(world, row.at("scope"));
  const Metric* metric = find_metric(row.at("metric"), scope.kind);
  REQUIRE(metric != nullptr);
  const std::uint32_t interval = row.at("interval").empty()
                                     ? kpis.layout().intervals()
                                     : static_cast<std::uint32_t>(number(row, "interval"));
  const Estimate e = kpis.estimate(*metric, scope, interval, 0.95);
  const double own = (e.ci_high - e.ci_low) / 2 / student_t(0.95, static_cast<double>(e.n - 1));
  const double se = std::hypot(own, number(row, "se"));
  REQUIRE(se > 0);
  const double z = (e.value - number(row, "mean")) / se;
  INFO(row.at("case") << " " << row.at("metric") << " " << row.at("scope") << " "
                      << row.at("interval") << ": " << e.value << ", there " << number(row, "mean")
                      << ", z " << z);
  REQUIRE(std::isfinite(z));
  CHECK(std::abs(z) <= kFarthest);
  return z;
}

void compare(const std::string& scenario, const std::vector<GoldenRow>& rows, Tally& tally) {
  const World world = read_peer(scenario);
  const Blueprint plan = make_blueprint(world);
  ReplicateOptions options;
  options.seed = world.study.seed;
  options.replications = world.study.replications;
  const KpiTable kpis = replicate(plan, options).kpis;
  std::map<std::string, CaseResult> cases;
  for (const GoldenRow& row : rows) {
    const double z = deviation(kpis, world, row);
    tally.missed += std::abs(z) > kUsual ? 1 : 0;
    ++tally.compared;
    tally.squares += z * z;
    CaseResult& result = cases[row.at("case")];
    ++result.figures;
    if (std::abs(z) > std::abs(result.worst)) {
      result.worst = z;
      result.worst_row = row.at("metric") + " " + row.at("scope");
    }
  }
  for (const auto& [name, result] : cases)
    std::printf("%-7s peer-%s: %d figures, %lld replications, worst z %+.2f (%s)\n", name.c_str(),
                scenario.c_str(), result.figures, static_cast<long long>(options.replications),
                result.worst, result.worst_row.c_str());
}

}  // namespace

TEST_CASE("Models of another simulator give its figures") {
  std::map<std::string, std::vector<GoldenRow>> scenarios;
  for (const GoldenRow& row : golden("peers.csv")) scenarios[row.at("scenario")].push_back(row);
  Tally tally;
  for (const auto& [name, rows] : scenarios) compare(name, rows, tally);
  std::printf("peers: %d figures of %zu models, %d beyond 3 standard errors, mean z^2 %.2f\n",
              tally.compared, scenarios.size(), tally.missed, tally.squares / tally.compared);
  CHECK(tally.missed <= std::max(1.0, kMissedShare * tally.compared));
}

}  // namespace callmill::test
