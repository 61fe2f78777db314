#include "app/cli/plan_robust.h"

#include <fmt/format.h>

#include "app/cli/usage.h"
#include "app/files/text.h"

namespace callmill::cli {
namespace {

// A share in [low, high), or none with what is wrong printed.
std::optional<double> share_of(const char* option, const std::string& text, bool above_zero) {
  files::Slip slip;
  const std::optional<double> share = files::parse_share(text, slip);
  if (share && *share < 1 && (above_zero ? *share > 0 : *share >= 0)) return share;
  fmt::print(stderr, "callmill: {} {}: expected a share {} and below 100%, such as {}\n", option,
             text, above_zero ? "above 0" : "of at least 0", above_zero ? "90%" : "8%");
  return std::nullopt;
}

}  // namespace

void add_robust_options(CLI::App& verb, RobustArgs& args) {
  CLI::Option* robust = verb.add_option(
      "--robust", args.share,
      "Share of days on which every target of the day must hold, e.g. 90%, instead of on average; "
      "with what other shares cost");
  verb.add_option("--forecast-error", args.forecast_error,
                  "How far the day's calls stray from their forecast (cv), beside the scenario's "
                  "busyness")
      ->needs(robust)
      ->capture_default_str();
  verb.add_option("--absence", args.absence,
                  "Share of shifts that nobody comes to, in the place of the groups' "
                  "attendance.absent")
      ->needs(robust);
  verb.add_option("--robust-days", args.days, "Days on which robust plans are chosen")
      ->check(CLI::Range(std::int64_t{20}, std::int64_t{1'000'000}))
      ->needs(robust)
      ->capture_default_str();
  verb.add_option("--fresh-days", args.fresh_days, "Days on which a robust plan is confirmed")
      ->check(CLI::Range(std::int64_t{20}, std::int64_t{1'000'000}))
      ->needs(robust)
      ->capture_default_str();
}

std::optional<RobustOptions> robust_options(const RobustArgs& args, PlanOptions plan,
                                            Context& context) {
  RobustOptions options;
  const std::optional<double> share = share_of("--robust", args.share, true);
  const std::optional<double> error = share_of("--forecast-error", args.forecast_error, false);
  const std::optional<double> absence =
      args.absence.empty() ? std::optional{0.0} : share_of("--absence", args.absence, false);
  if (!share || !error || !absence) {
    context.exit_code = kUsage;
    return std::nullopt;
  }
  options.plan = std::move(plan);
  options.share = *share;
  options.spread.forecast_error = *error;
  if (!args.absence.empty()) options.spread.absence = *absence;
  options.days = args.days;
  options.fresh_days = args.fresh_days;
  return options;
}

}  // namespace callmill::cli
