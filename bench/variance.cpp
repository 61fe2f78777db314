// callmill_bench_variance: how many times as many independent replications each technique of
// variance reduction is worth, by scenario and indicator.
//
//   callmill_bench_variance [--reps N] [--luck] FILE...
//
// Of each design of the days the same number of replications is simulated; the factor is the
// variance of the plain estimate from independent replications over that of the technique. What
// `run` refuses is left out: controls of days that differ in another design than strata.
// Expectations of contacts (conditional) are tried where something follows contacts. --luck:
// instead, how many standard errors the mean of each control is from the 0 that it must be.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "base/stats/tally.h"
#include "engine/study/replicate.h"

namespace callmill::bench {
namespace {

constexpr std::array kKeys = {"service_level", "abandon_rate", "asa",  "loss_rate",
                              "occupancy",     "fcr",          "csat", "nps"};

struct Design {
  const char* name;
  DayDesign days;
};
constexpr std::array kDesigns = {
    Design{"independent", DayDesign::kIndependent}, Design{"stratify", DayDesign::kStratified},
    Design{"antithetic", DayDesign::kAntithetic}, Design{"rqmc", DayDesign::kLattice}};

std::vector<Watched> watched() {
  std::vector<Watched> all;
  for (const char* key : kKeys) {
    Watched one;
    one.metric = find_metric(key, ScopeKind::kTotal);
    all.push_back(one);
  }
  return all;
}

std::string show(double factor) {
  if (!std::isfinite(factor)) return "-";
  if (factor > 1e6) return "exact";
  return factor < 9.95 ? fmt::format("{:.2f}", factor) : fmt::format("{:.0f}", factor);
}

bool is_offered(DayDesign design, bool controls, const Blueprint& plan) {
  return !controls || plan.busyness_cv <= 0 || plan.days.days() > 1 ||
         design == DayDesign::kStratified;
}

// Variance of one plain replication of each indicator.
using Plain = std::array<double, kKeys.size()>;

void measure(const std::string& name, const World& world, std::int64_t replications) {
  const Blueprint plan = make_blueprint(world);
  const LuckPlan luck = make_luck(world, plan);
  const KpiLayout layout{plan};
  Recorder recorder{plan};
  if (plan.follows_up) recorder.keep_given();
  ReplicationCounts counts;
  Plain plain{};
  for (Design design : kDesigns) {
    if (design.days == DayDesign::kStratified && plan.days.days() > 1)
      design.days = DayDesign::kHypercube;
    if (design.days != DayDesign::kIndependent && plan.busyness_cv <= 0) break;
    const auto book = [&](bool controls, bool conditional) {
      const VarianceReduction reduction{design.days, controls, conditional};
      return WatchBook{plan, watched(), reduction, &luck, world.study.seed, 0, 0.95};
    };
    std::array books = {book(false, false), book(true, false), book(false, true), book(true, true)};
    constexpr std::array kNames = {"", " + control", " + conditional", " + control, conditional"};
    const std::int64_t block = block_of(design.days);
    const std::int64_t n = (replications + block - 1) / block * block;
    for (std::int64_t r = 0; r < n; ++r) {
      run_day(plan, world.study.seed, static_cast<std::uint64_t>(r), recorder, design.days);
      export_counts(recorder, layout, counts);
      for (WatchBook& one : books) one.add(layout, counts, {});
    }
    for (std::size_t c = 0; c < books.size(); ++c) {
      if (!is_offered(design.days, c % 2 == 1, plan) || (c > 1 && !plan.follows_up)) continue;
      std::string row = fmt::format("| {:<22} | {:<11}{:<23} |", name, design.name, kNames[c]);
      for (std::size_t k = 0; k < kKeys.size(); ++k) {
        const WatchedFigure f = books[c].figure(k);
        if (design.days == DayDesign::kIndependent && c == 0)
          plain[k] = f.variance * static_cast<double>(n);
        row += fmt::format(" {:>6} |", show(plain[k] / (f.variance * static_cast<double>(n))));
      }
      fmt::print("{}\n", row);
    }
  }
}

void measure_luck(const std::string& name, const World& world, std::int64_t replications) {
  const Blueprint plan = make_blueprint(world);
  const LuckPlan luck = make_luck(world, plan);
  const KpiLayout layout{plan};
  Recorder recorder{plan};
  ReplicationCounts counts;
  Controls controls;
  std::array<Tally, kLuckControls> tally;
  for (std::int64_t r = 0; r < replications; ++r) {
    run_day(plan, world.study.seed, static_cast<std::uint64_t>(r), recorder);
    export_counts(recorder, layout, counts);
    controls.add(day_luck(luck, plan, counts, world.study.seed, r, DayDesign::kIndependent));
    for (std::size_t c = 0; c < kLuckControls; ++c)
      tally[c].add(controls.at(static_cast<std::size_t>(r), c));
  }
  std::string row = fmt::format("| {:<22} | {:>5} |", name, replications);
  for (const Tally& t : tally)
    row += fmt::format(" {:>6.2f} |",
                       t.variance() > 0
                           ? t.mean() / std::sqrt(t.variance() / static_cast<double>(t.count()))
                           : 0.0);
  fmt::print("{}\n", row);
}

int run(int argc, char** argv) {
  std::vector<std::string> files;
  std::int64_t most = 400;
  double calls = 4e6;
  bool only_luck = false;
  CLI::App app{"What techniques of variance reduction are worth"};
  app.add_option("--reps", most, "Replications at the most")->check(CLI::Range(50, 1'000'000));
  app.add_option("--calls", calls, "Fresh calls that a design may cost, but 50 replications");
  app.add_flag("--luck", only_luck, "Means of the controls instead");
  app.add_option("files", files, "Scenario files")->required();
  CLI11_PARSE(app, argc, argv);
  for (const std::string& file : files) {
    Diagnostics diagnostics;
    const auto scenario = read_scenario(file, {}, diagnostics);
    if (!scenario || !faults(scenario->world).empty()) continue;  // one for `plan`
    double fresh = 0;
    for (const CallerType& type : scenario->world.caller_types)
      for (const OpenDay& day : scenario->world.open_days())
        for (const double v : profile_on(type.volume, day).values) fresh += v;
    const auto affordable = static_cast<std::int64_t>(calls / std::max(1.0, fresh));
    const std::int64_t n = std::clamp<std::int64_t>(affordable, 50, most);
    const std::string name = std::filesystem::path{file}.stem().string();
    if (only_luck)
      measure_luck(name, scenario->world, n);
    else
      measure(name, scenario->world, n);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace callmill::bench

int main(int argc, char** argv) {
  return callmill::bench::run(argc, argv);
}
