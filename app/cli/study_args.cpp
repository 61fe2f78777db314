#include "app/cli/study_args.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cmath>
#include <cstdlib>

#include "app/cli/usage.h"

namespace callmill::cli {
namespace {

void print_errors(const Diagnostics& diagnostics) {
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  const std::size_t n = diagnostics.errors().size();
  fmt::print(stderr, "{} error{}; nothing was run\n", n, n == 1 ? "" : "s");
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
  verb.add_option("--precision", args.precision,
                  "Stop when service level and answer rate are known to within ± this, e.g. 0.5%");
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

std::optional<Scenario> load_study(const StudyArgs& args, Context& context,
                                   ReplicateOptions& options) {
  spdlog::set_level(args.verbose ? spdlog::level::info : spdlog::level::warn);
  std::optional<double> precision;
  if (!args.precision.empty() && !(precision = parse_share(args.precision))) {
    fmt::print(stderr, "callmill: --precision {}: expected a share above 0 such as 0.5%\n",
               args.precision);
    context.exit_code = kUsage;
    return std::nullopt;
  }
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
      args.replications.value_or(precision ? std::int64_t{10'000} : study.replications);
  study.confidence = args.confidence.value_or(study.confidence);
  options.seed = study.seed;
  options.replications = study.replications;
  options.confidence = study.confidence;
  options.threads = args.threads;
  options.precision = precision.value_or(0);
  spdlog::info("{}: {} files, hash {}", args.scenario, scenario->files.size(), scenario->hash);
  return scenario;
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

std::optional<double> parse_share(const std::string& text) {
  char* end = nullptr;
  double value = std::strtod(text.c_str(), &end);
  const std::string_view rest{end};
  if (end == text.c_str() || !(rest.empty() || rest == "%")) return std::nullopt;
  if (rest == "%") value /= 100;
  if (!(value > 0 && value < 1)) return std::nullopt;
  return value;
}

}  // namespace callmill::cli
