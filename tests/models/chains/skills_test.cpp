// Every row of golden/skills.csv: V, N, W, X and M designs, overflow and outbound calls.

#include "models/chains/skills.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/chains/skills_cases.h"
#include "tests/models/queueing/golden.h"

namespace callmill::test {
namespace {

double measure_of(const SkillsResult& r, const std::string& measure) {
  const auto digit = [&](std::size_t i) { return static_cast<std::size_t>(measure[i] - '0'); };
  const std::size_t last = digit(measure.size() - 1);
  if (measure == "nstates") return static_cast<double>(r.states);
  if (measure.starts_with("occ_g")) return r.groups[last].occupancy;
  if (measure.starts_with("out_busy_g")) return r.groups[last].outbound_busy;
  if (measure.starts_with("out_rate_g")) return r.groups[last].outbound_rate;
  if (measure.starts_with("busy_c")) return r.groups[last].busy[digit(6)];
  if (measure.starts_with("rate_c")) return r.groups[last].rate[digit(6)];
  const SkillsResult::OfClass& k = r.classes[digit(1)];
  const std::map<std::string, double> named = {
      {"p_block", k.p_block},      {"p_nowait", k.p_nowait},    {"p_ab", k.p_abandon},
      {"p_served", k.p_served},    {"EQ", k.mean_queue},        {"EW_offered", k.mean_wait_offered},
      {"P_ab_le", k.p_abandon_le}, {"SL_offered", k.sl_offered}};
  return named.at(measure.substr(3));
}

}  // namespace

TEST_CASE("Skills: every row of golden/skills.csv") {
  Comparison all{"skills.csv", Comparison::Kind::kChain};
  std::map<std::string, SkillsResult> solved;
  for (const auto& [name, of] : skills_cases()) {
    std::vector<double> within = of.within;
    for (double& t : within) t = std::isnan(t) ? 0 : t;
    REQUIRE(fault(of.spec, within).empty());
    solved[name] = *solve_skills(of.spec, within);
    CHECK(solved[name].residual < 1e-12);
    // What is served and what gives up by the wait's law is what flow balance says.
    for (std::size_t c = 0; c < of.spec.classes.size(); ++c) {
      const SkillsResult::OfClass& k = solved[name].classes[c];
      const CentreSpec::Class& from = of.spec.classes[c];
      CHECK(k.p_abandon * from.rate == Approx(k.mean_queue * from.patience_rate).epsilon(1e-11));
      CHECK(k.p_served + k.p_abandon + k.p_block == Approx(1).epsilon(1e-12));
    }
  }
  for (GoldenRow row : read_golden("skills.csv"))
    all.check(row, "value", measure_of(solved.at(row.text("case")), row.text("measure")));
  INFO(all.summary());
  CHECK(all.failures() == "");
  CHECK(all.cells() == 511);
}

}  // namespace callmill::test
