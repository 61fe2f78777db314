#pragma once
// --from-state and --save-state: the futures of a centre in a state that somebody saw.

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "app/cli/stray_args.h"
#include "app/cli/study_args.h"
#include "app/live/state_file.h"
#include "engine/live/seed.h"

namespace callmill::cli {

// --from-state, which goes without --at, and --save-state, which needs it.
struct StateArgs {
  std::string from, save;
  StrayArgs strays;
};
void add_state_options(CLI::App& verb, StateArgs& args);

// The state in `file`; none with every error printed and context.exit_code set.
std::optional<StateFile> load_state(const std::string& file, const World& world, Context& context);

// Futures of that state, one a replication; says on stderr what became of it. `plan` must outlive
// what the options hold. `args.at` becomes the state's time.
std::shared_ptr<const live::Seeds> begin_from(const StateFile& state, const World& world,
                                              const Blueprint& plan, const Strays& strays,
                                              StudyArgs& args, ReplicateOptions& options);
// None with every error printed and context.exit_code set.
std::optional<Strays> strays_of(const StateArgs& args, Context& context);

// Writes the state; false with the error printed and context.exit_code set.
bool save_state(const std::string& file, const World& world, const Blueprint& plan,
                const Snapshot& snapshot, Context& context);

}  // namespace callmill::cli
