// Models that another simulator ships, run here: figures within the combined interval of both.
//
// tests/golden/peers.csv holds the other side (mean, standard error, and how many replications of
// the scenario are as much simulated time as it ran; of the day, or of one interval);
// scenarios/published/peer-*.yaml are the models. docs/models/peers.md says how definitions
// correspond and which cases are left out.
//
// The scenarios ask for few replications, so that this is cheap. With CALLMILL_PEERS=full as many
// are run as on the other side, and docs/reference/peer-figures.md is written anew.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

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

// docs/reference/peer-figures.md: a row a case and indicator, with z of each scope.
class Page {
 public:
  void add(const GoldenRow& row, std::int64_t replications, double z) {
    const std::string& scope = row.at("scope");
    const std::size_t colon = scope.find(':');
    std::string figure = colon == std::string::npos ? scope : scope.substr(colon + 1);
    if (!row.at("interval").empty()) figure += " [" + row.at("interval") + "]";
    char text[16];
    std::snprintf(text, sizeof text, " %+.2f", z);
    std::string& cell = rows_[{row.at("case"), replications, row.at("metric")}];
    cell += (cell.empty() ? "" : ", ") + figure + text;
  }
  void write() const {
    std::ofstream out{test::source_path("docs/reference/peer-figures.md")};
    out << "# Every figure beside another simulator\n\n"
           "z of each figure of [the models of ContactCenters](../models/peers.md), here minus "
           "there, in standard errors of both sides\ntogether; in brackets the interval, from 0 "
           "on. Replications of the scenario: as much simulated time as the other side ran.\n"
           "Written by `CALLMILL_PEERS=full "
           "build/release/tests/engine/published/test_engine_published \"Models*\"`.\n\n"
           "| case | replications | indicator | z |\n|---|---|---|---|\n";
    for (const auto& [key, cell] : rows_)
      out << "| " << std::get<0>(key) << " | " << std::get<1>(key) << " | `" << std::get<2>(key)
          << "` | " << cell << " |\n";
  }

 private:
  std::map<std::tuple<std::string, std::int64_t, std::string>, std::string> rows_;
};

struct Tally {
  int compared = 0, missed = 0;
  double squares = 0;
  Page page;
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

bool in_full() {
  return std::getenv("CALLMILL_PEERS") != nullptr;
}

std::int64_t replications_of(const World& world, const std::vector<GoldenRow>& rows) {
  std::int64_t most = 0;
  for (const GoldenRow& row : rows)
    most = std::max(most, static_cast<std::int64_t>(number(row, "replications")));
  return in_full() ? most : world.study.replications;
}

void compare(const std::string& scenario, const std::vector<GoldenRow>& rows, Tally& tally) {
  const World world = read_peer(scenario);
  const Blueprint plan = make_blueprint(world);
  ReplicateOptions options;
  options.seed = world.study.seed;
  options.replications = replications_of(world, rows);
  const KpiTable kpis = replicate(plan, options).kpis;
  std::map<std::string, CaseResult> cases;
  for (const GoldenRow& row : rows) {
    const double z = deviation(kpis, world, row);
    tally.missed += std::abs(z) > kUsual ? 1 : 0;
    ++tally.compared;
    tally.squares += z * z;
    tally.page.add(row, options.replications, z);
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
  if (in_full()) tally.page.write();
  std::printf("peers: %d figures of %zu models, %d beyond 3 standard errors, mean z^2 %.2f\n",
              tally.compared, scenarios.size(), tally.missed, tally.squares / tally.compared);
  CHECK(tally.missed <= std::max(1.0, kMissedShare * tally.compared));
}

// So that the page has each figure, and none that is not compared.
TEST_CASE("The page of the peers' figures has all of them") {
  std::ifstream in{test::source_path("docs/reference/peer-figures.md")};
  std::map<std::string, std::size_t> on_page, compared;  // figures by case and indicator
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::istringstream parts{line};
    for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
    if (cells.size() != 5 || cells[3].find('`') == std::string::npos) continue;
    const std::string metric = cells[3].substr(2, cells[3].size() - 4);
    const auto commas = std::count(cells[4].begin(), cells[4].end(), ',');
    on_page[cells[1].substr(1, cells[1].size() - 2) + " " + metric] =
        static_cast<std::size_t>(commas) + 1;
  }
  for (const GoldenRow& row : golden("peers.csv"))
    ++compared[row.at("case") + " " + row.at("metric")];
  CHECK(on_page == compared);
}

}  // namespace callmill::test
