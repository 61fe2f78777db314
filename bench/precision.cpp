// callmill_bench_precision: days and seconds of processor time to an answer of a stated precision,
// with and without each technique of variance reduction.
//
//   callmill_bench_precision [--questions service,difference,sweep] [--level X] FILE...
//
// service: the service level of the day to +-0.5 points, an interval of 1 %, or +- --level.
// difference: what one agent more in the first group brings it, to +-0.2 points; "independent runs"
// have other days for each of the two, and their number of days is reckoned from the variance of
// the paired study's days. sweep: 20 variants of one to twenty agents more, each to +-0.2 points to
// the first. One thread: with two the time is half.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "engine/study/compare.h"

namespace callmill::bench {
namespace {

constexpr std::int64_t kMost = 20'000;

struct Technique {
  const char* name;
  VarianceReduction reduction;
};
const std::vector<Technique> kTechniques = {
    {"none", {DayDesign::kIndependent, false}},
    {"control", {DayDesign::kIndependent, true}},
    {"stratify", {DayDesign::kStratified, false}},
    {"stratify,control", {DayDesign::kStratified, true}},
    {"antithetic", {DayDesign::kAntithetic, false}},
    {"rqmc", {DayDesign::kLattice, false}},
};

// Days that are alike have nothing to lay out; controls of days that differ want strata.
bool is_offered(const VarianceReduction& reduction, bool busy) {
  if (!busy) return reduction.days == DayDesign::kIndependent;
  return !reduction.controls || reduction.days == DayDesign::kStratified;
}

double seconds_of_processor() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void print_row(const std::string& scenario, const std::string& question, const char* technique,
               double days, double seconds, double first) {
  fmt::print("| {:<16} | {:<10} | {:<18} | {:>7.0f} | {:>8.2f} | {:>7.1f} |\n", scenario, question,
             technique, days, seconds, first / seconds);
  std::fflush(stdout);
}

const Metric* service_level() {
  return find_metric("service_level", ScopeKind::kTotal);
}

ReplicateOptions study_of(const World& world, VarianceReduction reduction) {
  if (reduction.days == DayDesign::kStratified && world.open_days().size() > 1)
    reduction.days = DayDesign::kHypercube;
  ReplicateOptions options;
  options.seed = world.study.seed;
  options.replications = kMost;
  options.threads = 1;
  options.reduction = reduction;
  return options;
}

void ask_service(const std::string& name, const World& world, bool busy, double half_width) {
  double first = 0;
  for (const Technique& technique : kTechniques) {
    if (!is_offered(technique.reduction, busy)) continue;
    const double start = seconds_of_processor();
    const Blueprint plan = make_blueprint(world);
    const LuckPlan luck = make_luck(world, plan);
    ReplicateOptions options = study_of(world, technique.reduction);
    Watched wanted;
    wanted.metric = service_level();
    wanted.wanted.half_width = half_width;
    options.watched = {wanted};
    options.luck = &luck;
    const ReplicateResult result = replicate(plan, options);
    const double took = seconds_of_processor() - start;
    if (first == 0) first = took;
    print_row(name, fmt::format("±{}%", half_width * 100), technique.name,
              static_cast<double>(result.kpis.replications()), took, first);
  }
}

World with_more_agents(World world, double more) {
  Profile& staff = *world.groups.front().staff;
  for (double& agents : staff.values)
    if (agents > 0) agents += more;
  return world;
}

// The baseline and `variants` more, each with one agent more than the one before.
void ask_difference(const std::string& name, const World& world, bool busy, int variants) {
  std::vector<World> worlds;
  for (int v = 0; v <= variants; ++v) worlds.push_back(with_more_agents(world, v));
  double first = 0;
  for (const Technique& technique : kTechniques) {
    if (!is_offered(technique.reduction, busy)) continue;
    const double start = seconds_of_processor();
    std::vector<Blueprint> plans;
    CompareOptions options;
    for (const World& one : worlds) plans.push_back(make_blueprint(one));
    const LuckPlan luck = make_luck(worlds.front(), plans.front());
    options.replicate = study_of(world, technique.reduction);
    options.replicate.luck = &luck;
    std::vector<Compared> what = {
        {service_level(), std::vector<Scope>(worlds.size()), kWholeDay, {0.002, false}}};
    const Comparison result = compare(plans, what, options);
    const double took = seconds_of_processor() - start;
    const auto days = static_cast<double>(result.replications);
    const std::string question =
        variants == 1 ? "difference" : fmt::format("{} variants", variants);
    if (first == 0) {
      // sd^2 of one independent pair of days, from the interval of the paired ones and their gain.
      double needed = 0;
      for (std::size_t v = 1; v < worlds.size(); ++v) {
        const Estimate& e = result.difference[0][v];
        const double half = (e.ci_high - e.ci_low) / 2;
        needed = std::max(needed, days * result.gain[0][v] * std::pow(half / 0.002, 2));
      }
      first = took / days * needed;
      print_row(name, question, "independent runs", needed, first, first);
    }
    print_row(name, question, technique.name, days, took, first);
  }
}

int run(int argc, char** argv) {
  std::vector<std::string> files, questions = {"service", "difference", "sweep"};
  CLI::App app{"Time to an answer of a stated precision"};
  app.add_option("--questions", questions, "service, difference, sweep")
      ->delimiter(',')
      ->allow_extra_args(false);
  double level = 0.005;
  app.add_option("--level", level, "Half-width of the level")->check(CLI::Range(1e-5, 0.5));
  app.add_option("files", files, "Scenario files")->required();
  CLI11_PARSE(app, argc, argv);
  const auto asked = [&](const char* question) {
    return std::find(questions.begin(), questions.end(), question) != questions.end();
  };
  fmt::print("| {:<16} | {:<10} | {:<18} | {:>7} | {:>8} | {:>7} |\n|---|---|---|---|---|---|\n",
             "scenario", "question", "technique", "days", "s", "times");
  for (const std::string& file : files) {
    Diagnostics diagnostics;
    const auto scenario = read_scenario(file, {}, diagnostics);
    if (!scenario || !faults(scenario->world).empty() || scenario->world.groups.empty() ||
        !scenario->world.groups.front().staff) {
      fmt::print(stderr, "{} cannot run, or its first group has no `staff`\n", file);
      return 2;
    }
    const World& world = scenario->world;
    const std::string name = std::filesystem::path{file}.stem().string();
    const bool busy = world.busyness_cv > 0;
    if (asked("service")) ask_service(name, world, busy, level);
    if (asked("difference")) ask_difference(name, world, busy, 1);
    if (asked("sweep")) ask_difference(name, world, busy, 20);
  }
  return 0;
}

}  // namespace
}  // namespace callmill::bench

int main(int argc, char** argv) {
  return callmill::bench::run(argc, argv);
}
