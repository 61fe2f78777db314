#include "engine/study/watch.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/stats/order_quantile.h"
#include "engine/centre/centre.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double half_width(const Estimate& e) {
  return (e.ci_high - e.ci_low) / 2;
}

}  // namespace

void pay_for_looks(Estimate& e, double dof, double skewness) {
  if (e.n <= kFirstStage) return;
  const double price = 1 + kPriceOfLooks * (1 + skewness * skewness * (dof + 1) / 8) / dof;
  e.ci_low = e.value - (e.value - e.ci_low) * price;
  e.ci_high = e.value + (e.ci_high - e.value) * price;
}

double Wanted::of(double value) const {
  return relative ? half_width * std::fabs(value) : half_width;
}

VarianceReduction best_reduction(const World& world) {
  const bool in_strata = world.busyness_cv > 0 && world.open_days().size() == 1;
  return {in_strata ? DayDesign::kStratified : DayDesign::kIndependent, true, true};
}

bool any_expectation(const std::vector<Watched>& watched) {
  return std::any_of(watched.begin(), watched.end(), [](const Watched& w) {
    return w.metric != nullptr && has_expectation(*w.metric);
  });
}

bool in_strata(const Blueprint& plan, DayDesign design) {
  return design == DayDesign::kStratified && plan.busyness_cv > 0;
}

Grouping grouping_of(const Blueprint& plan, DayDesign design) {
  // Days that all are alike have nothing to be spread, and replications are independent.
  if (plan.busyness_cv <= 0) return {};
  CALLMILL_CHECK(design != DayDesign::kStratified || plan.days.days() == 1,
                 "strata of one open day; several make a hypercube");
  if (in_strata(plan, design)) return {kDayStrata, {}, 1};
  return Grouping::blocks(block_of(design));
}

double append_stratum(Grouping& grouping, std::uint64_t seed, std::int64_t replication) {
  if (grouping.strata == 1) return 1;
  grouping.of.push_back(day_stratum(seed, static_cast<std::uint64_t>(replication), 0));
  return stratum_weight(grouping.of.back());
}

std::vector<double> useful_controls(std::vector<double> luck, double weight, DayDesign design,
                                    double busyness_cv) {
  if (design == DayDesign::kIndependent && busyness_cv > 0 && luck.size() > kSteadyControls)
    luck.resize(kSteadyControls);
  for (double& control : luck) control *= weight;
  return luck;
}

std::vector<double> day_luck(const LuckPlan& luck, const Blueprint& plan,
                             const ReplicationCounts& counts, std::uint64_t seed,
                             std::int64_t replication, DayDesign design) {
  const double busyness =
      luck.busyness_cv > 0
          ? 1 / gap_scale(plan,
                          day_uniform(seed, static_cast<std::uint64_t>(replication), 0, design))
          : 1;
  return luck_of(luck, counts, busyness);
}

WatchBook::WatchBook(const Blueprint& plan, std::vector<Watched> watched,
                     const VarianceReduction& reduction, const LuckPlan* luck, std::uint64_t seed,
                     std::int64_t first, double confidence)
    : plan_{plan},
      watched_{std::move(watched)},
      luck_{reduction.controls ? luck : nullptr},
      design_{reduction.days},
      conditional_{reduction.conditional},
      seed_{seed},
      first_{first},
      confidence_{confidence},
      grouping_{grouping_of(plan, reduction.days)},
      series_(watched_.size()),
      drawn_(watched_.size()),
      quantiles_(watched_.size()) {
  CALLMILL_CHECK(!reduction.controls || luck != nullptr, "controls need the luck");
  CALLMILL_CHECK(watched_.empty() || first % block_of(reduction.days) == 0,
                 "a study begins with a whole block");
  for (const Watched& w : watched_) {
    wants_waits_ = wants_waits_ || w.metric == nullptr;
    wants_precision_ = wants_precision_ || w.wanted.half_width > 0;
  }
}

void WatchBook::add(const KpiLayout& layout, const ReplicationCounts& counts,
                    const std::vector<WaitHistogram>& waits) {
  const double weight = append_stratum(grouping_, seed_, first_ + replications_);
  if (grouping_.strata > 1) weight_.push_back(weight);
  if (luck_ != nullptr)
    controls_.add(
        useful_controls(day_luck(*luck_, plan_, counts, seed_, first_ + replications_, design_),
                        weight, design_, luck_->busyness_cv));
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    const Watched& w = watched_[i];
    if (w.metric != nullptr) {
      const std::uint32_t period = w.interval == kWholeDay ? layout.intervals() : w.interval;
      const bool given = conditional_ && has_expectation(*w.metric);
      append(series_[i], layout, counts, *w.metric, w.scope, period, weight, given);
      if (given) append(drawn_[i], layout, counts, *w.metric, w.scope, period, weight);
      continue;
    }
    WaitHistogram all;
    for (std::size_t q = 0; q < waits.size(); ++q)
      if (w.scope.kind == ScopeKind::kTotal ? !plan_.queues[q].chats : w.scope.index == q)
        all.add(waits[q]);
    quantiles_[i].add(all, weight);
  }
  ++replications_;
}

Estimate WatchBook::estimate(std::size_t i) const {
  const Watched& what = watched_[i];
  if (what.metric == nullptr) {
    Estimate e = quantiles_[i].quantile(what.share, confidence_);
    if (wants_precision_) pay_for_looks(e, static_cast<double>(e.n) - 1, 0);
    if (e.ci_low < 0) e.ci_low = 0;
    return e;
  }
  const Adjusted known = adjusted(linear(series_[i], grouping_), controls_, grouping_, confidence_);
  Estimate e = known.estimate;
  if (wants_precision_) pay_for_looks(e, known.dof, known.skewness);
  keep_in_range(*what.metric, e);
  return e;
}

WatchedFigure WatchBook::figure(std::size_t i) const {
  WatchedFigure f;
  f.estimate = f.plain = f.low_day = f.high_day = {kNaN, kNaN, kNaN, replications_};
  f.variance = f.gain = kNaN;
  if (replications_ == 0) return f;
  f.estimate = f.plain = estimate(i);
  if (watched_[i].metric == nullptr) return f;
  const bool strata = grouping_.strata > 1;
  const Grouping as_drawn = strata ? grouping_ : Grouping{};
  const RatioSeries& drawn = drawn_[i].above.empty() ? series_[i] : drawn_[i];
  const Linear plain = linear(drawn, as_drawn);
  f.variance = adjusted(linear(series_[i], grouping_), controls_, grouping_, confidence_).variance;
  f.gain = plain_variance(plain, weight_) / static_cast<double>(replications_) / f.variance;
  std::vector<double> days;
  std::vector<Weighed> weighed;
  for (std::size_t r = 0; r < drawn.above.size(); ++r) {
    if (drawn.below[r] == 0) continue;
    const double of_day = drawn.above[r] / drawn.below[r];
    if (strata)
      weighed.push_back({of_day, weight_[r], grouping_.of[r]});
    else
      days.push_back(of_day);
  }
  const auto day_in_ten = [&](double share) {
    return strata ? stratified_quantile(weighed, share, confidence_)
                  : order_quantile(days, share, confidence_);
  };
  f.low_day = day_in_ten(0.1);
  f.high_day = day_in_ten(0.9);
  return f;
}

WatchBook::State WatchBook::state() const {
  State state;
  state.half_width = state.needed = kNaN;
  double furthest = -1;
  bool all = true;
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    if (watched_[i].wanted.half_width <= 0) continue;
    if (replications_ == 0) return {i, kNaN, watched_[i].wanted.half_width, false, kNaN};
    const Estimate e = estimate(i);
    const double half = half_width(e), wanted = watched_[i].wanted.of(e.value);
    const double ratio = half / wanted;
    // An indicator that never varies is known: 0 of 0.
    const bool met = watched_[i].wanted.met_by(e.value, half);
    all = all && met;
    const double far = met                 ? std::min(1.0, std::isnan(ratio) ? 0 : ratio)
                       : std::isnan(ratio) ? std::numeric_limits<double>::infinity()
                                           : ratio;
    if (far <= furthest) continue;
    furthest = far;
    state = {i, half, wanted, false, far * far * static_cast<double>(replications_)};
  }
  state.reached = all && furthest >= 0;
  if (std::isinf(furthest)) state.needed = kNaN;
  return state;
}

}  // namespace callmill
