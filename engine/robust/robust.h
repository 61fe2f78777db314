#pragma once
// A plan whose targets hold on a stated share of days: a chance constraint over sampled days.
//
//   least cost of shifts and lines  such that  P(every target holds on a day) >= share
//
// On a day all calls share one factor G (busyness and forecast error) and each person stays away
// with the same chance, so days are ordered by how hard they are, and a plan that holds on one day
// holds on every easier one: to hold on a share p is to hold on the p-quantile day. The plan is
// therefore the cover (integer program) of a *design day*, whose calls are `load` times the
// forecast and whose staff is what absence leaves; the least load that does is found on sampled
// days, laid out in strata of their busyness, and confirmed out of sample, on days that the search
// has not seen. docs/models/robust.md.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/stats/interval.h"
#include "engine/planning/plan.h"
#include "engine/robust/robust_days.h"

namespace callmill {

struct RobustOptions {
  PlanOptions plan;                // of the plain plan, whose seed and confidence all days have
  double share = 0.9;              // of days, in (0, 1)
  DaySpread spread;                // how days differ
  std::int64_t days = 400;         // sampled, > 0
  std::int64_t fresh_days = 1000;  // on which a plan is confirmed, > 0
  std::vector<double> prices = {0.5, 0.8, 0.9, 0.95};  // shares whose plans stand beside it
};

// What holding on a share of days costs.
struct RobustPrice {
  double share = 0;        // asked; 0 of the plain plan
  bool found = false;      // some plan holds on that share of the sampled days
  bool confirmed = false;  // the interval of `fresh` begins at `share` or above
  double load = 1;         // of the design day; the plain plan's is 1
  std::int64_t agents = 0;
  double cost = 0;     // per day, lines included
  double sampled = 0;  // share of the sampled days
  Estimate fresh;      // out of sample, exact binomial interval
  int tries = 0;       // blocks of fresh days that it took
};

struct RobustResult {
  PlanResult plain;  // targets hold on average (plan_day)
  PlanResult plan;   // of the asked share; figures and targets are means over its fresh days
  RobustPrice of_plain, asked;
  std::vector<RobustPrice> prices;  // by share, the asked one among them; cost never falls
  double cv = 0;                    // of the days' calls
};

// `world` as plan_day() takes it. Where even the plain plan is not met, `plan` is that one, with
// its status and reasons; plan.status is kMet where the asked share is confirmed. Cost: plan_day(),
// and for each price 3 to 8 covers with `days` simulated days each, and `fresh_days` more.
RobustResult plan_robust(const World& world, const RobustOptions& options,
                         const std::function<void(const PlanRound&)>& progress = {},
                         const std::atomic<bool>* stop = nullptr);

}  // namespace callmill
