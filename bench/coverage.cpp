// callmill_bench_coverage: how often 95 % intervals hold the truth where days are skew.
//
//   callmill_bench_coverage [--days N] [--studies N] [--pool FILE] SCENARIO
//
// A pool of days is simulated once, the scenario and the same with one agent more in its first
// group; of one open day as many in each stratum of the busyness (kStratified); weighed by their
// strata they are all the days there could be, and the truth is their mean. Studies are drawn from
// the pool and computed by the study's own functions (ratio_series.h, watch.h). A design that lays
// out the busyness gets, for each uniform, one of the kNear days of the pool that are nearest to
// it. Controls are centred at the pool's mean, where their expectation is.
//
// --pool: a file that keeps the days, so that other studies of the same program and scenario need
// not simulate them again. It is trusted: delete it when the engine has changed.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "bench/coverage_pool.h"
#include "engine/study/watch.h"

namespace callmill::bench {
namespace {

constexpr double kConfidence = 0.95;
constexpr std::size_t kNear = 16;

// Uniforms of the studies, by counting.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : base_{mix64(seed)} {}
  double uniform() { return to_uniform(mix64(base_ + ++count_ * kGolden)); }
  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(uniform() * static_cast<double>(n));
  }

 private:
  std::uint64_t base_, count_ = 0;
};

struct Technique {
  const char* name;
  VarianceReduction reduction;
  bool students = false;  // Student's interval, as the table of a plain run has
};
const std::vector<Technique> kTechniques = {
    {"table of a run", {DayDesign::kIndependent, false}, true},
    {"none", {DayDesign::kIndependent, false}},
    {"control", {DayDesign::kIndependent, true}},
    {"stratify", {DayDesign::kStratified, false}},
    {"stratify, control", {DayDesign::kStratified, true}},
    {"antithetic", {DayDesign::kAntithetic, false}},
    {"antithetic, control", {DayDesign::kAntithetic, true}},
    {"rqmc", {DayDesign::kLattice, false}},
};

// Days of one study, as its design takes them from the pool.
class Study {
 public:
  Study(const Pool& pool, const Technique& technique, std::uint64_t number)
      : pool_{pool}, technique_{technique}, draws_{number} {
    grouping = technique.reduction.days == DayDesign::kStratified
                   ? Grouping{kDayStrata, {}, 1}
                   : Grouping::blocks(block_of(technique.reduction.days));
  }

  void add_day() {
    const std::size_t r = days.size();
    const PoolDay& day = take(r);
    days.push_back(&day);
    double weight = 1;
    if (technique_.reduction.days == DayDesign::kStratified) {
      grouping.of.push_back(day.stratum);
      weight = stratum_weight(day.stratum);
    }
    weights.push_back(weight);
    if (!technique_.reduction.controls) return;
    std::vector<double> luck(day.luck.begin(), day.luck.end());
    for (std::size_t c = 0; c < luck.size(); ++c) luck[c] -= pool_.luck_mean()[c];
    controls.add(
        useful_controls(std::move(luck), weight, technique_.reduction.days, pool_.busyness_cv()));
  }

  Adjusted figure(std::size_t i) const {
    const Linear of = linear_of(i);
    Adjusted result = adjusted(of, controls, grouping, kConfidence);
    if (!technique_.students) return result;
    const double half = student_t(kConfidence, result.dof) * std::sqrt(result.variance);
    result.estimate.ci_low = result.estimate.value - half;
    result.estimate.ci_high = result.estimate.value + half;
    return result;
  }

  Grouping grouping;
  std::vector<const PoolDay*> days;

 private:
  const PoolDay& take(std::size_t r) {
    const DayDesign design = technique_.reduction.days;
    if (!pool_.strata()) return of_stratum(0);
    if (design == DayDesign::kIndependent) {
      const double u = draws_.uniform();
      const auto next = std::upper_bound(kStratumEdges.begin(), kStratumEdges.end(), u);
      return of_stratum(static_cast<std::size_t>(next - kStratumEdges.begin()) - 1);
    }
    if (design == DayDesign::kStratified) {
      if (r % kDayStrata == 0) shuffle();
      return of_stratum(order_[r % kDayStrata]);
    }
    const std::size_t block = block_of(design);
    if (r % block == 0) first_ = draws_.uniform();
    const double u =
        design == DayDesign::kAntithetic
            ? (r % 2 == 0 ? first_ : 1 - first_)
            : std::fmod(first_ + static_cast<double>(r % block) / static_cast<double>(block), 1.0);
    return pool_.near(u, kNear, draws_.below(kNear));
  }
  const PoolDay& of_stratum(std::size_t stratum) {
    const auto days_of = pool_.stratum(stratum);
    return days_of[draws_.below(days_of.size())];
  }
  void shuffle() {
    for (std::size_t i = 0; i < kDayStrata; ++i) order_[i] = i;
    for (std::size_t i = kDayStrata; i > 1; --i) std::swap(order_[i - 1], order_[draws_.below(i)]);
  }
  Linear linear_of(std::size_t i) const {
    const PoolFigure& what = pool_.figures()[i];
    const auto series = [&](std::size_t variant) {
      RatioSeries s;
      for (std::size_t r = 0; r < days.size(); ++r) {
        s.above.push_back(weights[r] * days[r]->above[variant][what.indicator]);
        s.below.push_back(weights[r] * days[r]->below[variant][what.indicator]);
      }
      return linear(s, grouping);
    };
    if (!what.difference) return series(0);
    return combined({series(0), series(1)}, {{0, -1}, {1, 1}});
  }

  const Pool& pool_;
  const Technique& technique_;
  Draws draws_;
  Controls controls;
  std::vector<double> weights;
  std::array<std::size_t, kDayStrata> order_{};
  double first_ = 0;
};

struct Row {
  double days = 0, held = 0, below = 0, above = 0, squares = 0;
};

// `studies` of so many days each; or, `part` > 0, until the half-width is that of `part` of a day.
Row row_of(const Pool& pool, const Technique& technique, std::size_t figure, int studies,
           std::int64_t days, double part) {
  const double truth = pool.truth(figure), sd = pool.deviation(figure);
  const double wanted = 1.96 * sd * part;
  constexpr std::int64_t kMost = 3000;
  Row row;
  for (int s = 0; s < studies; ++s) {
    Study study{pool, technique, static_cast<std::uint64_t>(s) + 1};
    Estimate e;
    for (std::int64_t n = 1;; ++n) {
      study.add_day();
      if (part > 0 ? !is_look(n) && n < kMost : n < days) continue;
      const Adjusted known = study.figure(figure);
      e = known.estimate;
      if (part > 0) pay_for_looks(e, known.dof, known.skewness);
      if (part <= 0 || n >= kMost || (e.ci_high - e.ci_low) / 2 <= wanted) break;
    }
    row.days += static_cast<double>(study.days.size()) / studies;
    row.below += truth > e.ci_high ? 100.0 / studies : 0;
    row.above += truth < e.ci_low ? 100.0 / studies : 0;
    row.held += e.ci_low <= truth && truth <= e.ci_high ? 100.0 / studies : 0;
    row.squares += (e.value - truth) * (e.value - truth) / studies;
  }
  return row;
}

void print_row(const Pool& pool, const Technique& technique, int studies, std::int64_t days,
               double part) {
  double mean_days = 0, varying = 0;
  std::string cells;
  for (std::size_t i = 0; i < pool.figures().size(); ++i) {
    if (!(pool.deviation(i) > 0)) {  // never varied, or the one agent more is not there
      cells += " - |";
      continue;
    }
    const Row row = row_of(pool, technique, i, studies, days, part);
    mean_days += row.days;
    ++varying;
    const double worth = std::pow(pool.deviation(i), 2) / row.days / row.squares;
    cells += fmt::format(" {:.1f} ({:.1f}, {:.1f}) {:.3g} |", row.held, row.above, row.below,
                         part > 0 ? row.days : worth);
  }
  const std::string name = part > 0 ? fmt::format("{}, until 1/{:.0f}", technique.name, 1 / part)
                                    : std::string{technique.name};
  fmt::print("| {} | {:.0f} |{}\n", name, mean_days / varying, cells);
  std::fflush(stdout);
}

int run(int argc, char** argv) {
  std::string file, kept;
  std::vector<std::string> only;
  std::int64_t days = 16'000;
  int studies = 2'000, threads = 0;
  CLI::App app{"How often intervals hold the truth where days are skew"};
  app.add_option("--days", days, "Days of the pool")->check(CLI::Range(1'000, 10'000'000));
  app.add_option("--studies", studies, "Studies of each row")->check(CLI::Range(10, 10'000'000));
  app.add_option("--threads", threads, "Threads that simulate; 0 = all cores");
  app.add_option("--only", only, "Techniques, by name; default: all")->allow_extra_args(false);
  app.add_option("--pool", kept, "A file that keeps the days");
  app.add_option("scenario", file, "Days whose busyness differs")->required();
  CLI11_PARSE(app, argc, argv);
  Diagnostics diagnostics;
  const auto scenario = read_scenario(file, {}, diagnostics);
  if (!scenario || !faults(scenario->world).empty() || scenario->world.groups.empty() ||
      !scenario->world.groups.front().staff || scenario->world.busyness_cv <= 0 ||
      scenario->world.open_days().empty()) {
    fmt::print(stderr, "{}: needs days whose busyness differs, and a first group with staff\n",
               file);
    return 2;
  }
  const Pool pool{scenario->world, days, threads, kept};
  fmt::print(
      "{}, {} days, {} studies: held of 100 (truth below, above), worth so many plain days; "
      "of studies until a precision: held, days\n",
      std::filesystem::path{file}.stem().string(), pool.days(), studies);
  std::string head = "| technique | days |", skew = "| skewness of a day | |";
  for (std::size_t i = 0; i < pool.figures().size(); ++i) {
    head += fmt::format(" {} |", pool.figures()[i].name);
    skew += fmt::format(" {:.1f} |", pool.skewness(i));
  }
  fmt::print("{}\n{}\n", head, skew);
  for (const Technique& technique : kTechniques) {
    if (!only.empty() && std::find(only.begin(), only.end(), technique.name) == only.end())
      continue;
    if (!pool.strata() && technique.reduction.days != DayDesign::kIndependent) continue;
    // Controls of one open day are offered in strata alone.
    if (pool.strata() && technique.reduction.controls &&
        technique.reduction.days != DayDesign::kStratified && only.empty())
      continue;
    const bool strata = technique.reduction.days == DayDesign::kStratified;
    const std::int64_t block = block_of(technique.reduction.days);
    if (block == kLatticePoints) {
      print_row(pool, technique, studies, 2 * block, 0);
      print_row(pool, technique, studies, 4 * block, 0);
      print_row(pool, technique, studies, 10 * block, 0);
      continue;
    }
    for (const std::int64_t n : {20, 30, 50, 100}) print_row(pool, technique, studies, n, 0);
    if (technique.students) continue;
    for (const double part : strata ? std::array{1 / 30.0, 1 / 60.0} : std::array{1 / 6.0, 1 / 9.0})
      print_row(pool, technique, studies, 0, part);
  }
  return 0;
}

}  // namespace
}  // namespace callmill::bench

int main(int argc, char** argv) {
  return callmill::bench::run(argc, argv);
}
