#include "engine/planning/trials.h"

#include <fmt/format.h>

#include <cmath>
#include <span>

namespace callmill::planning {

double staff_step(const TargetResult& t) {
  double miss = std::abs(deciding_end(t) - t.target.value);
  if (t.target.metric == "asa") miss /= std::max(1.0, t.target.value);
  return 1 + std::clamp(std::isfinite(miss) ? 0.5 * miss : 0.1, 0.01, 0.10);
}

// Loss falls by about a factor e for each 7 % more lines in the range that planners look at.
std::int64_t line_step(const TargetResult& t, std::int64_t lines) {
  const double ratio = t.target.value > 0 ? t.estimate.ci_high / t.target.value : 10;
  const double step = 0.07 * std::log(std::max(ratio, 1.1)) * static_cast<double>(lines);
  return std::max<std::int64_t>(
      1, std::min<std::int64_t>(static_cast<std::int64_t>(std::ceil(step)), lines));
}

Trials::Trials(const World& world, const PlanOptions& options,
               const std::function<void(const PlanRound&)>& progress, const std::atomic<bool>* stop)
    : world_{world},
      options_{options},
      progress_{progress},
      stop_{stop},
      reduction_{best_reduction(world)} {
  const std::int64_t block = block_of(reduction_.days);
  if (options.replicate.replications % block != 0 || options.replicate.first % block != 0)
    reduction_ = {};  // controls of days that differ hold in whole strata alone
}

double Trials::rent(std::size_t bought) const {
  return bought == world_.trunks.size() ? world_.ivr.rent_per_day
                                        : world_.trunks[bought].rent_per_day;
}

std::string Trials::name_of_bought(std::size_t bought) const {
  return bought == world_.trunks.size() ? "ivr.ports" : "lines " + world_.trunks[bought].name;
}

bool Trials::sized(std::size_t trunks) const {
  if (trunks == world_.trunks.size()) return world_.ivr.rent_per_day > 0 && !world_.menus.empty();
  if (!world_.trunks[trunks].lines) return true;
  return std::any_of(world_.targets.begin(), world_.targets.end(), [&](const Target& t) {
    return is_loss(t) && (!t.trunks || t.trunks->index() == trunks);
  });
}

bool Trials::answers(GroupId group, const Target& target) const {
  for (std::size_t q = 0; q < world_.queues.size(); ++q)
    if ((!target.queue || target.queue->index() == q) && !world_.queues[q].route.empty() &&
        world_.queues[q].route.front().group == group)
      return true;
  return false;
}

Trials::Judged Trials::judge(const World& world, std::int64_t first,
                             const ReplicateOptions& study) {
  const Blueprint blueprint = make_blueprint(world);
  const LuckPlan luck = make_luck(world, blueprint);
  ReplicateOptions options = study;
  options.first = first;
  options.reduction = reduction_;
  options.luck = &luck;
  const std::size_t own = options.watched.size();
  const KpiTable empty{blueprint};
  for (const Watched& w : watch_targets(world, empty.layout())) options.watched.push_back(w);
  options.reduction.conditional = any_expectation(options.watched);
  ReplicateResult r = replicate(blueprint, options, {}, stop_);
  events_ += r.events;
  const std::span<const WatchedFigure> figures{r.watched};
  std::vector<TargetResult> targets = evaluate_targets(world, r.kpis, figures.subspan(own));
  return {std::move(r.kpis), std::move(targets), r.interrupted};
}

bool Trials::finish_sheet(const DayPlan& beside,
                          const std::function<std::int64_t(TrunkGroupId)>& lines,
                          std::int64_t first, std::int64_t replications, SpreadsheetPlan& sheet) {
  for (const PlannedLines& planned : beside.lines) {
    const std::int64_t count = lines(planned.trunks);
    const bool chosen = sized(planned.trunks.index()) && count > 0;
    sheet.day.lines.push_back(chosen ? PlannedLines{planned.trunks, count} : planned);
  }
  if (beside.ports) {  // it has no formula for fewer ports than lines
    sheet.day.ports = 0;
    for (const PlannedLines& chosen : sheet.day.lines) *sheet.day.ports += chosen.lines;
  }
  // A cover shift by shift, or week by week, does not always find to limits that others keep: such
  // a sheet is no plan.
  const std::vector<PlanFault> broken = check_plan(world_, sheet.day);
  CALLMILL_CHECK(std::all_of(broken.begin(), broken.end(),
                             [](const PlanFault& fault) { return fault.code == "limit"; }),
                 "the spreadsheet's plan breaks a rule that the check of plan files knows");
  if (!broken.empty()) return false;
  sheet.wages = wages_of(world_, sheet.day);
  sheet.rent = rent_of(world_, sheet.day);
  World planned = world_;
  put_plan(planned, sheet.day);
  if (!faults(planned).empty()) return false;  // more agents than a centre can have
  ReplicateOptions days = options_.replicate;
  days.replications = replications;
  days.watched.clear();  // exactly the plan's days
  Judged r = judge(planned, first, days);
  if (r.interrupted) return false;
  sheet.kpis = std::move(r.kpis);
  sheet.targets = std::move(r.targets);
  sheet.penalties = penalties_of(sheet.targets);
  return true;
}

ReplicateResult Trials::run(const World& world, const ReplicateOptions& days) {
  ReplicateResult r = replicate(make_blueprint(world), days, {}, stop_);
  events_ += r.events;
  return r;
}

std::string Trials::why_missed(const TargetResult& t, double most, const std::string& lines) const {
  const std::string figure =
      fmt::format("{} is {:.4f} [{:.4f}, {:.4f}], wanted {:.4f}", t.target.metric, t.estimate.value,
                  t.estimate.ci_low, t.estimate.ci_high, t.target.value);
  if (is_loss(t.target))
    return fmt::format("{} after {} rounds of more lines{}", figure, log_.size(), lines);
  if (wants_fewer(t.target))
    return figure +
           ": more staff would lower it, and shifts and the other targets ask for these agents";
  if (most == 0) return figure + ": no group with shifts stands first in its queue's route";
  return fmt::format("{} with {:.2f} times the staff that Erlang A asks for", figure, most);
}

void Trials::report(const std::string& what, double cost, bool met,
                    const std::vector<TargetResult>& targets) {
  PlanRound round{static_cast<int>(log_.size()) + 1, what, cost, met, ""};
  for (const TargetResult& t : targets)
    if (!t.met && !t.target.price && round.worst.empty())
      round.worst = fmt::format("{} {:.4f} [{:.4f}, {:.4f}]", t.target.metric, t.estimate.value,
                                t.estimate.ci_low, t.estimate.ci_high);
  log_.push_back(round);
  if (progress_) progress_(round);
}

}  // namespace callmill::planning
