#include "app/cli/from_state.h"

#include <fmt/format.h>

#include "app/cli/whole_file.h"
#include "app/files/text.h"
#include "app/live/state_text.h"

namespace callmill::cli {

void add_state_options(CLI::App& verb, StateArgs& args) {
  CLI::Option* at = verb.get_option("--at");
  CLI::Option* from =
      verb.add_option("--from-state", args.from,
                      "Replications are futures of the centre in this state (JSON, as --save-state "
                      "writes it)")
          ->excludes(at);
  add_rest_cv_option(verb, from, args.rest_cv);
  verb.add_option("--save-state", args.save, "Write the state at --at as JSON")->needs(at);
}

void add_rest_cv_option(CLI::App& verb, CLI::Option* from, std::string& text) {
  verb.add_option("--rest-cv", text,
                  "How far the rest of a day strays from what its beginning says")
      ->needs(from)
      ->capture_default_str();
}

std::optional<double> parse_rest_cv(const std::string& text) {
  files::Slip slip;
  const std::optional<double> cv = files::parse_share(text, slip);
  if (cv && *cv >= 0 && *cv <= 1) return cv;
  fmt::print(stderr, "callmill: --rest-cv {}: expected a share, such as 10%\n", text);
  return std::nullopt;
}

std::optional<double> rest_cv_of(const StateArgs& args, Context& context) {
  const std::optional<double> cv = parse_rest_cv(args.rest_cv);
  if (!cv) context.exit_code = kUsage;
  return cv;
}

std::optional<StateFile> load_state(const std::string& file, const World& world, Context& context) {
  Diagnostics diagnostics;
  auto state = read_state(file, world, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!state) context.exit_code = bad_input_code(diagnostics);
  return state;
}

std::shared_ptr<const live::Seeds> begin_from(const StateFile& state, const World& world,
                                              const Blueprint& plan, double rest_cv,
                                              StudyArgs& args, ReplicateOptions& options) {
  live::SeedOptions seed;
  seed.seed = options.seed;
  seed.rest_cv = rest_cv;
  auto seeds = std::make_shared<const live::Seeds>(world, plan, state.situation, seed);
  fmt::print(stderr, "{}", seed_text(world, state.at, seeds->report(), language(args.lang)));
  options.begin = [seeds](std::int64_t replication) { return seeds->future(replication); };
  args.at = state.at;
  args.day = 0;
  return seeds;
}

bool save_state(const std::string& file, const World& world, const Blueprint& plan,
                const Snapshot& snapshot, Context& context) {
  if (write_whole(file,
                  state_file(world, live::situation_of(plan, snapshot.centre, &snapshot.recorder))))
    return true;
  fmt::print(stderr, "callmill: --save-state {}: cannot be written\n", file);
  context.exit_code = kIoError;
  return false;
}

}  // namespace callmill::cli
