#pragma once
// --rest-cv and --talk-cv: how far a day strays from what the scenario and its beginning say.

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

namespace callmill::cli {

struct StrayArgs {
  std::string rest = "10%", talk = "5%";
};
// Shares of 0 to 1.
struct Strays {
  double rest_cv = 0, talk_cv = 0;
};

// Both need `from`.
void add_stray_options(CLI::App& verb, CLI::Option* from, StrayArgs& args);
// None with every error printed.
std::optional<Strays> parse_strays(const StrayArgs& args);

}  // namespace callmill::cli
