#pragma once
// Variants of a scenario that are simulated on the same days: what `compare` and `sweep` share.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "app/cli/study_args.h"
#include "app/report/compare_report.h"
#include "engine/study/compare.h"

namespace callmill::cli {

inline constexpr std::size_t kMostVariants = 500;

struct VariantArgs : StudyArgs {
  std::vector<std::string> indicators;
  std::string rank_by, best;
  std::string cache;  // a folder, or "off"
  std::string lock;   // a file that the baseline is locked into
};

// One variant: a file, and changes to it; `name` says what sets it apart.
struct VariantSource {
  std::string file;
  std::vector<std::string> set;
  std::string name;
};

// "a=1; b=2" as two changes.
std::vector<std::string> changes(const std::string& text);

// --indicator, --rank, --best, --cache, --lock. The verb has the options of every study.
void add_variant_options(CLI::App& verb, VariantArgs& args);

struct VariantStudy {
  World baseline;
  CompareFacts facts;
  Comparison result;
};
// Reads the scenario and its variants, simulates them and tells what went wrong on stderr, every
// error at once; none when nothing was simulated. Leaves the exit code.
std::optional<VariantStudy> simulate_variants(const VariantArgs& args,
                                              const std::vector<VariantSource>& variants,
                                              const std::vector<Contrast>& contrasts,
                                              Context& context);

}  // namespace callmill::cli
