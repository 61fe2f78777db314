#pragma once
// --at and --day: replications are the futures of one day from a time on, instead of whole days.

#include <CLI/CLI.hpp>
#include <optional>
#include <vector>

#include "app/cli/study_args.h"
#include "app/cli/variants.h"

namespace callmill::cli {

void add_future_options(CLI::App& verb, StudyArgs& args);

// --at as a time of the run; none with the error printed and context.exit_code set where it is none
// of the scenario's, or does not go with --variance-reduction.
std::optional<SimTime> time_of_futures(const StudyArgs& args, const World& world, Context& context);
SnapshotFacts snapshot_facts(const StudyArgs& args, const Blueprint& plan,
                             const Snapshot& snapshot);

// Takes every plan's day until --at into facts.options.from. False with every error printed: a
// variant may change what is still to come, not what has been.
bool compare_futures(const VariantArgs& args, const std::vector<Scenario>& all,
                     const std::vector<Blueprint>& plans, CompareFacts& facts, Context& context);

}  // namespace callmill::cli
