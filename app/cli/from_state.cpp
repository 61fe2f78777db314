#include "app/cli/from_state.h"

#include <fmt/format.h>

#include "app/cli/whole_file.h"
#include "app/live/state_text.h"

namespace callmill::cli {

void add_state_options(CLI::App& verb, StateArgs& args) {
  CLI::Option* at = verb.get_option("--at");
  CLI::Option* from =
      verb.add_option("--from-state", args.from,
                      "Replications are futures of the centre in this state (JSON, as --save-state "
                      "writes it)")
          ->excludes(at);
  add_stray_options(verb, from, args.strays);
  verb.add_option("--save-state", args.save, "Write the state at --at as JSON")->needs(at);
}

std::optional<Strays> strays_of(const StateArgs& args, Context& context) {
  const std::optional<Strays> strays = parse_strays(args.strays);
  if (!strays) context.exit_code = kUsage;
  return strays;
}

std::optional<StateFile> load_state(const std::string& file, const World& world, Context& context) {
  Diagnostics diagnostics;
  auto state = read_state(file, world, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!state) context.exit_code = bad_input_code(diagnostics);
  return state;
}

std::shared_ptr<const live::Seeds> begin_from(const StateFile& state, const World& world,
                                              const Blueprint& plan, const Strays& strays,
                                              StudyArgs& args, ReplicateOptions& options) {
  live::SeedOptions seed;
  seed.seed = options.seed;
  seed.rest_cv = seed.talk_rest_cv = strays.rest_cv;
  seed.talk_cv = strays.talk_cv;
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
