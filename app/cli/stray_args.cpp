#include "app/cli/stray_args.h"

#include <fmt/format.h>

#include "app/files/text.h"

namespace callmill::cli {

void add_stray_options(CLI::App& verb, CLI::Option* from, StrayArgs& args) {
  verb.add_option("--rest-cv", args.rest,
                  "How far the rest of a day strays from what its beginning says")
      ->needs(from)
      ->capture_default_str();
  verb.add_option("--talk-cv", args.talk,
                  "How far talks of a day stray from the scenario's; learnt from those so far; "
                  "0%: not at all")
      ->needs(from)
      ->capture_default_str();
}

std::optional<Strays> parse_strays(const StrayArgs& args) {
  bool good = true;
  const auto share = [&](const char* option, const std::string& text) {
    files::Slip slip;
    const std::optional<double> cv = files::parse_share(text, slip);
    if (cv && *cv >= 0 && *cv <= 1) return *cv;
    fmt::print(stderr, "callmill: {} {}: expected a share, such as 10%\n", option, text);
    good = false;
    return 0.0;
  };
  const Strays strays{share("--rest-cv", args.rest), share("--talk-cv", args.talk)};
  return good ? std::optional{strays} : std::nullopt;
}

}  // namespace callmill::cli
