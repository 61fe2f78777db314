#include <fmt/format.h>

#include <exception>

#include "app/cli/verbs.h"

namespace {

int run(int argc, char** argv) {
  using namespace callmill::cli;
  CLI::App app{"callmill simulates a contact centre, staffs it, and runs it.", "callmill"};
  app.set_version_flag("--version", CALLMILL_VERSION);
  app.require_subcommand(1);
  Context context;
  add_run(app, context);
  add_plan(app, context);
  add_erlang(app, context);
  add_check(app, context);
  add_show(app, context);
  add_schema(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? kOk : kUsage;
  }
  return context.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    fmt::print(stderr, "callmill: unexpected error: {}\n", e.what());
    return callmill::cli::kUnexpected;
  }
}
