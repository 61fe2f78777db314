#pragma once
// Options that every verb with a simulation in it shares, and what they mean.

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/verbs.h"
#include "app/files/scenario.h"
#include "app/report/lang.h"
#include "app/report/run_report.h"
#include "engine/study/replicate.h"

namespace callmill::cli {

struct StudyArgs {
  std::string scenario;
  std::vector<std::string> set;
  std::optional<std::uint64_t> seed;
  std::optional<std::int64_t> replications;
  std::optional<double> confidence;
  int threads = 0;
  std::string precision, reduction;
  std::string at;  // a time of day; with it the replications are futures of one day
  std::int64_t day = 1;
  bool json = false;
  bool csv = false;
  std::string lang;
  std::string progress = "auto";
  bool verbose = false;
};

void add_study_options(CLI::App& verb, StudyArgs& args);
// --variance-reduction, of verbs that look closely at indicators.
void add_reduction_option(CLI::App& verb, StudyArgs& args);

// The scenario with the options applied, but for what is watched and how, or none with every error
// printed and context.exit_code set.
std::optional<Scenario> load_study(const StudyArgs& args, Context& context,
                                   ReplicateOptions& options);
// A run needs people and lines; a scenario for `plan` may leave them out. False with every fault
// printed and context.exit_code set.
bool can_run(const Scenario& scenario, const std::string& file, Context& context);
// On stderr, where a study ended before its time, or before its precision.
void tell_how_it_ended(bool interrupted, bool precise, std::int64_t done, std::int64_t wanted,
                       Lang lang);
// On stderr, of what was chosen and does not do for this scenario.
void tell_of_reduction(const std::string& asked, const VarianceReduction& reduction, Lang lang);
RunFacts facts_of(const Scenario& scenario, const ReplicateOptions& options);
// --lang, else LC_ALL, LC_MESSAGES, LANG: Chinese when it begins with zh.
Lang language(const std::string& option);

}  // namespace callmill::cli
