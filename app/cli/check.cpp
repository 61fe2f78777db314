// callmill check FILE...: is this a scenario? Says so in a line, or everything that is wrong with
// it.

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

#include "app/cli/verbs.h"
#include "app/files/scenario.h"

namespace callmill::cli {
namespace {

struct CheckArguments {
  std::vector<std::string> files;
  std::vector<std::string> set;
};

std::string counted(std::size_t n, const char* noun, const char* plural) {
  return fmt::format("{} {}", n, n == 1 ? noun : plural);
}

std::string clock(SimDuration after_midnight) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(after_midnight).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string summary(const Scenario& scenario) {
  const World& world = scenario.world;
  double calls = 0;
  for (const CallerType& caller : world.caller_types)
    for (const OpenDay& day : world.open_days()) {
      const ProfileOfDay volume = profile_on(caller.volume, day);
      calls = std::accumulate(volume.values.begin(), volume.values.end(), calls);
    }
  return fmt::format("{}, {}{}-{}, {:.0f} calls, {}, {}, {}, {}, {}, {}, hash {}",
                     world.name.empty() ? "no name" : world.name,
                     world.several_days()
                         ? counted(static_cast<std::size_t>(world.days.count), "day", "days") + ", "
                         : "",
                     clock(world.day.opens), clock(world.day.closes), calls,
                     counted(world.trunks.size(), "line group", "line groups"),
                     counted(world.caller_types.size(), "caller type", "caller types"),
                     counted(world.menus.size(), "menu", "menus"),
                     counted(world.queues.size(), "queue", "queues"),
                     counted(world.groups.size(), "group", "groups"),
                     counted(world.shifts.size(), "shift", "shifts"), scenario.hash);
}

int check(const CheckArguments& arguments) {
  int exit_code = kOk;
  for (const std::string& file : arguments.files) {
    Diagnostics diagnostics;
    const std::optional<Scenario> scenario = read_scenario(file, {arguments.set}, diagnostics);
    for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
    if (scenario) {
      fmt::print("ok {}: {}\n", file, summary(*scenario));
    } else {
      exit_code = bad_input_code(diagnostics);
    }
  }
  return exit_code;
}

}  // namespace

void add_check(CLI::App& app, Context& context) {
  CLI::App* verb =
      app.add_subcommand("check", "Read scenario files and say everything that is wrong with them");
  const auto arguments = std::make_shared<CheckArguments>();
  verb->add_option("FILE", arguments->files,
                   "scenario files (YAML or JSON); - reads standard input")
      ->required();
  verb->add_option("--set", arguments->set,
                   "PATH=VALUE: change one field before checking; may be repeated")
      ->allow_extra_args(false);
  verb->callback([arguments, &context] { context.exit_code = check(*arguments); });
}

}  // namespace callmill::cli
