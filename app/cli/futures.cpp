#include "app/cli/futures.h"

#include <fmt/format.h>

#include "app/files/text.h"
#include "app/report/format.h"

namespace callmill::cli {

void add_future_options(CLI::App& verb, StudyArgs& args) {
  CLI::Option* at = verb.add_option(
      "--at", args.at,
      "Only the rest of a day is left to chance: replications are futures of one day "
      "from this time on, e.g. 11:00");
  at->check([](const std::string& time) {
    return std::string{time.empty() ? "expected a time of day such as 11:00" : ""};
  });
  verb.add_option("--day", args.day,
                  "Which day --at looks at: the first, second, ... that the seed gives")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}))
      ->needs(at);
}

std::optional<SimTime> time_of_futures(const StudyArgs& args, const World& world,
                                       Context& context) {
  files::Slip slip;
  const std::optional<double> seconds = files::parse_time_of_day(args.at, slip);
  const SimDuration at = seconds ? from_seconds(*seconds) : SimDuration{};
  std::string wrong;
  if (world.several_days())
    wrong = "a run of one day is needed; this scenario has several";
  else if (!seconds || at <= world.day.opens || at >= world.day.closes)
    wrong = fmt::format("expected a time of day after {} and before {}",
                        time_of_day(world.day.opens), time_of_day(world.day.closes));
  else if (!args.reduction.empty() && args.reduction != "none" && args.reduction != "auto")
    wrong = "nothing is known of futures beforehand: --variance-reduction none";
  if (wrong.empty()) return kStart + (at - world.day.opens);
  fmt::print(stderr, "callmill: --at {}: {}\n", args.at, wrong);
  context.exit_code = kUsage;
  return std::nullopt;
}

SnapshotFacts snapshot_facts(const StudyArgs& args, const Blueprint& plan,
                             const Snapshot& snapshot) {
  SnapshotFacts facts{args.at, args.day, floor_now(plan, snapshot.centre), KpiTable{plan}};
  ReplicationCounts counts;
  export_counts(snapshot.recorder, facts.so_far.layout(), counts);
  facts.so_far.add(counts);
  return facts;
}

namespace {

// What became of the calls so far, interval by interval.
std::vector<double> calls_of(const Blueprint& plan, const Snapshot& snapshot) {
  const KpiLayout layout{plan};
  ReplicationCounts counts;
  export_counts(snapshot.recorder, layout, counts);
  const KpiLayout::Row& calls = layout.rows()[layout.find(Family::kCalls, {})];
  const auto from = counts.begin() + static_cast<std::ptrdiff_t>(calls.offset);
  return {from, from + static_cast<std::ptrdiff_t>(calls.width * layout.intervals())};
}

}  // namespace

bool compare_futures(const VariantArgs& args, const std::vector<Scenario>& all,
                     const std::vector<Blueprint>& plans, CompareFacts& facts, Context& context) {
  const std::optional<SimTime> at = time_of_futures(args, all.front().world, context);
  if (!at) return false;
  if (!args.lock.empty()) {
    fmt::print(stderr, "callmill: --lock: locks whole days, not the futures of --at\n");
    context.exit_code = kUsage;
    return false;
  }
  CompareOptions& options = facts.options;
  std::vector<std::vector<double>> past;
  for (const Blueprint& plan : plans) {
    options.from.push_back(take_snapshot(plan, options.replicate.seed, args.day - 1, *at));
    past.push_back(calls_of(plan, options.from.back()));
  }
  bool same = true;
  for (std::size_t v = 1; v < all.size(); ++v) {
    if (past[options.plan_of[v]] == past[options.plan_of[0]]) continue;
    fmt::print(stderr, "callmill: --at {}: the variant {} changes what became of calls before\n",
               args.at, facts.variants[v].name);
    same = false;
  }
  if (!same) context.exit_code = kBadInput;
  facts.from = snapshot_facts(args, plans[options.plan_of[0]], options.from[options.plan_of[0]]);
  return same;
}

}  // namespace callmill::cli
