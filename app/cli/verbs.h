#pragma once
// One file a verb. add_<verb> declares its options and a callback that does the work and leaves its
// exit code.

#include <CLI/CLI.hpp>

#include "base/diagnostic.h"

namespace callmill::cli {

// Stable exit codes (docs/reference/cli.md).
enum ExitCode : int {
  kOk = 0,
  kUnexpected = 1,
  kUsage = 2,
  kBadInput = 3,
  kGoalMissed = 4,
  kInfeasible = 5,
  kStoppedByLimit = 6,
  kIoError = 7,
  kSignal = 128,  // + the signal that interrupted: 130 Ctrl-C, 143 terminate
};

struct Context {
  int exit_code = kOk;
};

// kIoError where the scenario file itself could not be read, else kBadInput.
int bad_input_code(const Diagnostics& diagnostics);

void add_run(CLI::App& app, Context& context);
void add_compare(CLI::App& app, Context& context);
void add_rare(CLI::App& app, Context& context);
void add_sweep(CLI::App& app, Context& context);
void add_live(CLI::App& app, Context& context);
void add_plan(CLI::App& app, Context& context);
void add_replan(CLI::App& app, Context& context);
void add_roster(CLI::App& app, Context& context);
void add_check_roster(CLI::App& app, Context& context);
void add_replay(CLI::App& app, Context& context);
void add_erlang(CLI::App& app, Context& context);
void add_check(CLI::App& app, Context& context);
void add_check_plan(CLI::App& app, Context& context);
void add_show(CLI::App& app, Context& context);
void add_schema(CLI::App& app, Context& context);

}  // namespace callmill::cli
