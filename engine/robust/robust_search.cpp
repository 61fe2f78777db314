#include "engine/robust/robust_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/random/law.h"
#include "engine/planning/plan_round.h"

namespace callmill::planning {
namespace {

constexpr double kStep = 1.005;      // of calls: half a per cent of them is less of staff
constexpr double kMostLoad = 4;      // beyond four times the forecast no plan is looked for
constexpr int kMostTries = 14;       // of loads, for one share
constexpr double kMoreLines = 1.05;  // where days miss nothing but their loss
constexpr int kMostLineTries = 20;
// Of the days that may be missed, so many may be missed for the lines' sake alone: lines are cheap.
constexpr double kForLines = 0.2;

int steps_of(double load) {
  return static_cast<int>(std::lround(std::log(load) / std::log(kStep)));
}

void multiply(Profile& profile, double by) {
  for (double& v : profile.values) v *= by;
  for (DayProfile& day : profile.by_day)
    for (double& v : day.values) v *= by;
}

World busier(const World& world, double load) {
  World design = world;
  for (CallerType& type : design.caller_types) {
    multiply(type.volume, load);
    type.opening = static_cast<std::uint32_t>(std::lround(type.opening * load));
  }
  return design;
}

double least_missed(const RobustOptions& options) {
  double most = options.share;
  for (const double share : options.prices) most = std::max(most, share);
  return 1 - most;
}

}  // namespace

double DesignPlan::load() const {
  return std::pow(kStep, step);
}

DesignDays::DesignDays(const World& world, const RobustOptions& options, std::vector<double> scale,
                       std::vector<PlanRound> log, std::function<void(const PlanRound&)> progress,
                       const std::atomic<bool>* stop)
    : world_{world},
      options_{options},
      days_{with_spread(world, options.spread)},
      scale_{std::move(scale)},
      progress_{std::move(progress)},
      stop_{stop},
      only_loss_most_{kForLines * least_missed(options)},
      log_{std::move(log)} {}

void DesignDays::say(const std::string& what, double cost, bool met, const std::string& worst) {
  log_.push_back({static_cast<int>(log_.size()) + 1, what, cost, met, worst});
  if (progress_) progress_(log_.back());
}

World DesignDays::with_plan(const DayPlan& day) const {
  World planned = days_;
  put_plan(planned, day);
  return planned;
}

std::int64_t DesignDays::first_fresh(int block) const {
  return options_.plan.replicate.first + options_.days + block * options_.fresh_days;
}

DaysHeld DesignDays::judge_sampled(const World& planned) {
  ReplicateOptions options = options_.plan.replicate;
  options.replications = options_.days;
  options.watched.clear();
  options.reduction = {};
  options.reduction.days = days_.busyness_cv > 0 ? DayDesign::kStratified : DayDesign::kIndependent;
  DaysHeld held = days_held(planned, options, stop_);
  events_ += held.events;
  return held;
}

double DesignDays::sampled(const DayPlan& day) {
  return judge_sampled(with_plan(day)).share;
}

DaysHeld DesignDays::fresh(const DayPlan& day, int block) {
  ReplicateOptions options = options_.plan.replicate;
  options.first = first_fresh(block);
  options.replications = options_.fresh_days;
  options.watched.clear();
  options.reduction = {};
  DaysHeld held = days_held(with_plan(day), options, stop_);
  events_ += held.events;
  return held;
}

DesignPlan DesignDays::make(int step) {
  DesignPlan design;
  design.step = step;
  World busy = busier(world_, design.load());
  for (std::size_t g = 0; g < busy.groups.size(); ++g)  // who is absent the spread may say instead
    busy.groups[g].shrinkage = days_.groups[g].shrinkage;
  const std::function<void(const PlanRound&)> nothing;
  PlanOptions options = options_.plan;
  if (options.requirement.method == RequirementMethod::kAuto)
    options.requirement.method = RequirementMethod::kOfferedLoad;
  Rounds rounds{busy, options, nothing, stop_};
  Candidate candidate = rounds.first();
  for (std::size_t g = 0; g < candidate.factor.size(); ++g) {
    const auto& attendance = days_.groups[rounds.planned()[g].index()].attendance;
    const double there = attendance ? 1 - attendance->absent.value() : 1;
    for (double& f : candidate.factor[g]) f *= scale_[g] / there;
  }
  const CoverOptions cover{std::max(2e-3, options.cover.relative_gap), options.cover.time_limit_s,
                           std::min(600.0, options.cover.node_limit)};
  Outcome o = rounds.cover_only(std::move(candidate), cover);
  const std::string what = fmt::format("design day x {:.3f}", design.load());
  design.plan = std::move(o.plan);
  if (!design.is_cover()) {
    say(what, 0, false, design.plan.reasons.empty() ? "" : design.plan.reasons.front());
    return design;
  }
  DaysHeld held = judge_sampled(with_plan(design.plan.day));
  for (int i = 0; i < kMostLineTries && held.only_loss > only_loss_most_ && !stopped(); ++i) {
    bool more = false;
    for (PlannedLines& lines : design.plan.day.lines)
      if (rounds.sized(lines.trunks.index())) {
        lines.lines =
            static_cast<std::int64_t>(std::ceil(kMoreLines * static_cast<double>(lines.lines)));
        more = true;
      }
    if (design.plan.day.ports)
      design.plan.day.ports = static_cast<std::int64_t>(
          std::ceil(kMoreLines * static_cast<double>(*design.plan.day.ports)));
    if (!more) break;
    held = judge_sampled(with_plan(design.plan.day));
  }
  const double rent = rent_of(world_, design.plan.day);
  design.plan.bound += rent - design.plan.rent;
  design.plan.rent = rent;
  design.sampled = held.share;
  say(what, design.plan.cost(), true, fmt::format("holds on {:.1f}% of days", 100 * held.share));
  return design;
}

const DesignPlan& DesignDays::at(int step) {
  const auto found = made_.find(step);
  return found != made_.end() ? found->second : made_.emplace(step, make(step)).first->second;
}

// Of a day's calls, what `share` of days do not exceed; as a factor on the forecast.
double DesignDays::hardness(double share) const {
  const double cv = days_.busyness_cv;
  if (cv <= 0) return 1;
  const double p = std::clamp(share, 0.005, 0.995);
  return quantile(GammaLaw{1, 1 / (cv * cv)}, p, 1 - p);
}

void DesignDays::search(double share) {
  constexpr int kNone = std::numeric_limits<int>::min();
  int low = kNone, high = kNone;  // misses; holds, or is beyond what shifts can cover
  int step = steps_of(hardness(share)), stride = 2;
  for (int tries = 0; tries < kMostTries && !stopped(); ++tries) {
    const DesignPlan& design = at(step);
    const bool is_high = !design.is_cover() || design.sampled >= share;
    (is_high ? high : low) = step;
    if (low != kNone && high != kNone) {
      if (high - low <= 1) return;
      step = low + (high - low) / 2;
      continue;
    }
    // As far as the days' law says that the shares lie apart, and further each time.
    const int apart = design.is_cover()
                          ? std::abs(steps_of(hardness(share)) - steps_of(hardness(design.sampled)))
                          : 0;
    stride = std::max(stride * 2, apart + 1);
    step += is_high ? -stride : stride;
    if (std::pow(kStep, step) > kMostLoad) return;
  }
}

void DesignDays::beyond(const DesignPlan& design) {
  for (int stride = 1; stride <= 16 && !stopped(); stride *= 2) {
    const DesignPlan& busier = at(design.step + stride);
    if (!busier.is_cover() || busier.plan.cost() > design.plan.cost()) return;
  }
}

std::vector<std::string> DesignDays::why_no_cover() const {
  for (const auto& [step, design] : made_)
    if (!design.is_cover()) return design.plan.reasons;
  return {};
}

const DesignPlan* DesignDays::cheapest(double share, double least_cost) const {
  const DesignPlan* best = nullptr;
  for (const auto& [step, design] : made_)
    if (design.is_cover() && design.sampled >= share && design.plan.cost() >= least_cost &&
        (best == nullptr || design.plan.cost() < best->plan.cost()))
      best = &design;
  return best;
}

}  // namespace callmill::planning
