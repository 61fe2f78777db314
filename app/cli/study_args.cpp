#include "app/cli/study_args.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

#include "app/cli/usage.h"
#include "base/text_width.h"

namespace callmill::cli {
namespace {

constexpr std::int64_t kMostByPrecision = 10'000;

void print_errors(const Diagnostics& diagnostics) {
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  const std::size_t n = diagnostics.errors().size();
  fmt::print(stderr, "{} error{}; nothing was run\n", n, n == 1 ? "" : "s");
}

// What is logged goes to stderr: stdout is the result.
void start_log(bool verbose) {
  static const auto log = spdlog::stderr_logger_mt("callmill");
  log->set_pattern("%n: %v");
  spdlog::set_default_logger(log);
  spdlog::set_level(verbose ? spdlog::level::info : spdlog::level::warn);
}

}  // namespace

void add_study_options(CLI::App& verb, StudyArgs& args) {
  verb.add_option("scenario", args.scenario, "Scenario file (YAML), or - for stdin")->required();
  verb.add_option("--set", args.set,
                  "Change one field, e.g. --set callers.resident.patience.mean=90s; repeatable")
      ->allow_extra_args(false);
  verb.add_option("--seed", args.seed,
                  "Root of all randomness; default: study.seed of the scenario")
      ->check(whole_number_check());
  verb.add_option("--reps", args.replications,
                  "Replications of the day; default: study.replications")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  verb.add_option(
      "--precision", args.precision,
      "Stop when service level and answer rate are known to within ± this, e.g. 0.5%; or "
      "name indicators: answer_rate=0.2%,asa@queue:general=1s,loss_rate=10%rel");
  verb.add_option("--confidence", args.confidence, "Of all intervals; default: study.confidence")
      ->check(number_check(0.5, 0.9999));
  verb.add_option("--threads", args.threads,
                  "Worker threads; results do not depend on it; 0 = all cores")
      ->check(CLI::Range(0, 1024));
  auto* json = verb.add_flag("--json", args.json, "Result as JSON");
  verb.add_flag("--csv", args.csv, "Indicators as tidy CSV")->excludes(json);
  verb.add_option("--lang", args.lang, "Language of tables; default from LC_ALL or LANG")
      ->check(CLI::IsMember({"en", "zh-CN"}));
  verb.add_option("--progress", args.progress,
                  "On stderr: auto (a line when it is a terminal), json lines, none")
      ->check(CLI::IsMember({"auto", "json", "none"}));
  verb.add_flag("-v,--verbose", args.verbose, "Log what is done, on stderr");
}

void add_reduction_option(CLI::App& verb, StudyArgs& args) {
  verb.add_option(
      "--variance-reduction", args.reduction,
      "How fewer replications do: none, auto (what never loses), or control, conditional and "
      "one of stratify, antithetic, rqmc, as control,stratify");
}

std::optional<Scenario> load_study(const StudyArgs& args, Context& context,
                                   ReplicateOptions& options) {
  start_log(args.verbose);
  Diagnostics diagnostics;
  std::optional<Scenario> scenario = read_scenario(args.scenario, {args.set}, diagnostics);
  if (!scenario) {
    print_errors(diagnostics);
    context.exit_code = bad_input_code(diagnostics);
    return std::nullopt;
  }
  StudySettings& study = scenario->world.study;
  study.seed = args.seed.value_or(study.seed);
  study.replications =
      args.replications.value_or(args.precision.empty() ? study.replications : kMostByPrecision);
  study.confidence = args.confidence.value_or(study.confidence);
  options.seed = study.seed;
  options.replications = study.replications;
  options.confidence = study.confidence;
  options.threads = args.threads;
  spdlog::info("{}: {} files, hash {}", args.scenario, scenario->files.size(), scenario->hash);
  return scenario;
}

bool can_run(const Scenario& scenario, const std::string& file, Context& context) {
  const std::vector<std::string> missing = faults(scenario.world);
  for (const std::string& fault : missing)
    fmt::print(stderr, "{}:1:1: error[cannot-run]: {}\n", visible(file), visible(fault));
  if (!missing.empty()) context.exit_code = kBadInput;
  return missing.empty();
}

void tell_how_it_ended(bool interrupted, bool precise, std::int64_t done, std::int64_t wanted,
                       Lang lang) {
  if (interrupted)
    fmt::print(stderr,
               fmt::runtime(say(lang,
                                "callmill: interrupted; the result stands on the first {} of {} "
                                "replications\n",
                                "callmill: 已中断；结果基于前 {} 次仿真（共 {} 次）\n")),
               done, wanted);
  if (!precise && !interrupted)
    fmt::print(
        stderr,
        fmt::runtime(say(lang, "callmill: the precision was not reached in {} replications\n",
                         "callmill: {} 次仿真仍未达到所要求的精度\n")),
        wanted);
}

void tell_of_reduction(const std::string& asked, const VarianceReduction& reduction, Lang lang) {
  if (!reduction.controls || reduction.days != DayDesign::kStratified || asked.empty() ||
      asked == "auto" || asked.find("stratify") != std::string::npos)
    return;
  fmt::print(stderr, "{}",
             say(lang,
                 "callmill: --variance-reduction control: days differ by their busyness, and few "
                 "days show too few busy ones for an interval that holds, so they are laid out in "
                 "strata, as by control,stratify\n",
                 "callmill: --variance-reduction control：各天话务波动不同，少量天数中忙日过少，"
                 "区间不可靠；因此各天按波动分层，等同于 control,stratify\n"));
}

RunFacts facts_of(const Scenario& scenario, const ReplicateOptions& options) {
  return {options.seed, scenario.hash, options.confidence};
}

Lang language(const std::string& option) {
  std::string lang = option;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); lang.empty() && value != nullptr) lang = value;
  return lang.starts_with("zh") ? Lang::kZh : Lang::kEn;
}

}  // namespace callmill::cli
