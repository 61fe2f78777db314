#include "engine/robust/robust.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/stats/share.h"
#include "engine/robust/robust_search.h"

namespace callmill {
namespace {

using planning::DesignDays;
using planning::DesignPlan;

constexpr int kMostBlocks = 6;  // of fresh days, for one share

class RobustSearch {
 public:
  RobustSearch(const World& world, const RobustOptions& options, RobustResult& result,
               DesignDays& days)
      : world_{world}, options_{options}, result_{result}, days_{days} {}

  void run() {
    judge_plain();
    std::vector<double> shares = options_.prices;
    shares.push_back(options_.share);
    std::sort(shares.begin(), shares.end());
    shares.erase(std::unique(shares.begin(), shares.end()), shares.end());
    double cost = 0;
    for (const double share : shares) {
      if (days_.stopped()) break;
      const RobustPrice price = price_of(share, cost);
      if (price.found) cost = price.cost;
      if (share == options_.share) result_.asked = price;
      result_.prices.push_back(price);
    }
    finish();
  }

 private:
  double confidence() const { return world_.study.confidence; }

  void judge_plain() {
    RobustPrice& plain = result_.of_plain;
    plain.found = true;
    plain.agents = static_cast<std::int64_t>(result_.plain.day.shifts.size());
    plain.cost = result_.plain.cost();
    plain.sampled = days_.sampled(result_.plain.day);
    const DaysHeld fresh = days_.fresh(result_.plain.day, 0);
    plain.fresh = share_estimate(fresh.held, fresh.days, confidence());
    plain.tries = 1;
  }

  // The share of the sampled days at which as good a plan is likely to be confirmed: what fresh
  // days must show for their interval to begin at the share asked for.
  double wanted(double share) const {
    const std::int64_t least = least_to_show(share, options_.fresh_days, confidence());
    return std::min(1.0, static_cast<double>(least) / static_cast<double>(options_.fresh_days));
  }

  RobustPrice price_of(double share, double least_cost) {
    RobustPrice price;
    price.share = share;
    double aim = wanted(share);
    for (int block = 0; block < kMostBlocks; ++block) {
      days_.search(aim);
      const DesignPlan* const design = days_.cheapest(aim, least_cost);
      if (design == nullptr || days_.stopped()) break;
      const DaysHeld fresh = days_.fresh(design->plan.day, block);
      if (fresh.interrupted) break;
      fill(price, *design, fresh, block);
      if (share == options_.share) keep(*design, fresh, block);
      if (price.confirmed) break;
      // A plan of a few more of the sampled days, and days that have seen neither.
      least_cost = design->plan.cost() + 1e-9;
      if (design->sampled >= 1) days_.beyond(*design);
      aim = std::min(1.0, design->sampled + 0.25 * (1 - design->sampled));
    }
    return price;
  }

  void fill(RobustPrice& price, const DesignPlan& design, const DaysHeld& fresh, int block) {
    price.found = true;
    price.load = design.load();
    price.agents = static_cast<std::int64_t>(design.plan.day.shifts.size());
    price.cost = design.plan.cost();
    price.sampled = design.sampled;
    price.fresh = share_estimate(fresh.held, fresh.days, confidence());
    price.confirmed = price.fresh.ci_low >= price.share;
    price.tries = block + 1;
    days_.say(fmt::format("{:g}% of days, confirmed on fresh days", 100 * price.share), price.cost,
              price.confirmed,
              fmt::format("holds on {:.1f}% of days [{:.1f}, {:.1f}]", 100 * price.fresh.value,
                          100 * price.fresh.ci_low, 100 * price.fresh.ci_high));
  }

  void keep(const DesignPlan& design, const DaysHeld& fresh, int block) {
    result_.plan = design.plan;
    result_.plan.planned = days_.with_plan(design.plan.day);
    result_.plan.kpis = fresh.kpis;
    result_.plan.first_day = days_.first_fresh(block);
    result_.plan.targets = evaluate_targets(result_.plan.planned, fresh.kpis);
  }

  void finish() {
    PlanResult& plan = result_.plan;
    const RobustPrice& asked = result_.asked;
    plan.status = days_.stopped()   ? PlanStatus::kInterrupted
                  : asked.confirmed ? PlanStatus::kMet
                                    : PlanStatus::kTargetMissed;
    if (asked.confirmed) {
      plan.reasons.clear();
    } else if (asked.found) {
      plan.reasons = {fmt::format(
          "targets hold on {:.1f}% of days [{:.1f}, {:.1f}], wanted {:g}%: days differ by more "
          "than staff can answer for, or more fresh days are needed to show it",
          100 * asked.fresh.value, 100 * asked.fresh.ci_low, 100 * asked.fresh.ci_high,
          100 * options_.share)};
    } else if (!days_.stopped()) {
      explain_none();
    }
  }

  // No plan holds on so many of the sampled days: what the shifts lacked, or that load is no help.
  void explain_none() {
    PlanResult& plan = result_.plan;
    plan = result_.plain;
    plan.status = PlanStatus::kTargetMissed;
    plan.reasons = {fmt::format(
        "no plan was found whose targets hold on {:g}% of days: the plan printed holds on average",
        100 * options_.share)};
    for (const std::string& reason : days_.why_no_cover()) plan.reasons.push_back(reason);
  }

  const World& world_;
  const RobustOptions& options_;
  RobustResult& result_;
  DesignDays& days_;
};

}  // namespace

RobustResult plan_robust(const World& world, const RobustOptions& options,
                         const std::function<void(const PlanRound&)>& progress,
                         const std::atomic<bool>* stop) {
  CALLMILL_CHECK(options.share > 0 && options.share < 1, "a share of days lies in (0, 1)");
  CALLMILL_CHECK(options.days > 0 && options.fresh_days > 0, "days to be looked at");
  RobustResult result;
  result.cv = cv_of_days(world, options.spread);
  result.plain = plan_day(world, options.plan, progress, stop);
  result.plan = result.plain;
  if (result.plain.status != PlanStatus::kMet) return result;
  std::vector<double> scale;
  for (const GroupPlanResult& group : result.plain.groups) scale.push_back(group.scale);
  DesignDays days{world, options, std::move(scale), result.plain.rounds, progress, stop};
  RobustSearch{world, options, result, days}.run();
  result.plan.rounds = days.log();
  result.plan.events = result.plain.events + days.events();
  return result;
}

}  // namespace callmill
