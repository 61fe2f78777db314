#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <system_error>

#include "app/cli/usage.h"
#include "app/cli/verbs.h"

namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  callmill plan scenarios/hotline/city-12345.yaml        the cheapest shifts that hold the "
    "targets\n"
    "  callmill run scenarios/tutorial/01-first-queue.yaml    simulate a day as it is\n"
    "  callmill erlang --calls 1200/h --aht 180s --patience 120s --target 90%/20s\n"
    "callmill VERB --help lists a verb's options and its own examples.";

// A result that could not be written is no result, whatever the verb made of it.
int after_writing(int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  fmt::print(stderr, "callmill: the result could not be written to standard output\n");
  return callmill::cli::kIoError;
}

int run(int argc, char** argv) {
  using namespace callmill::cli;
  CLI::App app{"callmill simulates a contact centre, staffs it, and runs it.", "callmill"};
  app.set_version_flag("--version", CALLMILL_VERSION);
  app.require_subcommand(1);
  Context context;
  add_run(app, context);
  add_compare(app, context);
  add_sweep(app, context);
  add_rare(app, context);
  add_live(app, context);
  add_plan(app, context);
  add_replan(app, context);
  add_check_plan(app, context);
  add_roster(app, context);
  add_check_roster(app, context);
  add_replay(app, context);
  add_erlang(app, context);
  add_check(app, context);
  add_show(app, context);
  add_schema(app, context);
  app.footer(kExamples);
  if (argc < 2) {
    fmt::print(stderr, "{}", app.help());
    return kUsage;
  }
  if (const std::string verb{argv[1]}; verb[0] != '-' && !is_verb(app, verb)) {
    fmt::print(stderr, "{}", unknown_verb(app, verb));
    return kUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& e) {
    app.exit(e);
    return after_writing(kOk);
  } catch (const CLI::ParseError& e) {
    fmt::print(stderr, "{}", usage_error(app, e));
    return kUsage;
  }
  return after_writing(context.exit_code);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::system_error& e) {  // a full disk, a closed pipe
    fmt::print(stderr, "callmill: {}\n", e.what());
    return callmill::cli::kIoError;
  } catch (const std::exception& e) {
    fmt::print(stderr, "callmill: unexpected error: {}\n", e.what());
    return callmill::cli::kUnexpected;
  }
}
