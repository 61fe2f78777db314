#include "engine/intraday/intraday.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "engine/intraday/intraday_parts.h"
#include "engine/planning/plan.h"
#include "models/world/findings.h"

namespace callmill {
namespace {

using intraday::Chosen;
using intraday::Grid;
using intraday::Judged;
using intraday::PersonClass;

constexpr std::size_t kParts = 5;    // busyness of the rest, at the middles of equal parts
constexpr double kFirstStep = 0.05;  // of the requirement's factor
constexpr double kFineEnough = 0.015;
constexpr double kMostFactor = 1.6, kLeastFactor = 0.6;
constexpr double kIntervalSlack = 3;
constexpr int kConfirmations = 3;

// How far the targets are from being held, each relative to its value: 0 where all are.
double missed_by(const std::vector<TargetResult>& targets) {
  double sum = 0;
  for (const TargetResult& t : targets) {
    if (t.met) continue;
    const bool least = t.target.sense == Sense::kAtLeast;
    const double end = least ? t.estimate.ci_low : t.estimate.ci_high;
    const double by = (least ? t.target.value - end : end - t.target.value) /
                      std::max(1e-3, std::abs(t.target.value));
    sum += std::isfinite(by) ? std::max(1e-9, by) : 1;
  }
  return sum;
}

// A plan of the rest, as chosen.
struct Changed {
  DayPlan plan;
  std::vector<ShiftChange> changes;
  double wages = 0, above_bound = 0;
};

class Replan {
 public:
  Replan(const World& world, const DayPlan& plan, const IntradayOptions& options,
         const std::function<void(const IntradayRound&)>& progress, const std::atomic<bool>* stop)
      : world_{world}, plan_{plan}, options_{options}, progress_{progress}, stop_{stop} {
    result_.expected = expected_calls(world);
    const DayForecast forecast{result_.expected, world.busyness_cv, options.interval_cv};
    result_.forecast = update_forecast(forecast, options.calls, world.study.confidence);
    const std::size_t parts = world.busyness_cv > 0 ? kParts : 1;
    for (const double b : busyness_quantiles(forecast, options.calls, parts))
      days_.push_back(known_day(world, options.calls, b, options.handle_factor));
    make_grid();
    needs_ = staff_requirement(
        known_day(world, options.calls, result_.forecast.busyness.value, options.handle_factor),
        {RequirementMethod::kOfferedLoad, kIntervalSlack, stop, 0});
    classes_ = intraday::classes_of(world, plan, options, grid_);
  }

  IntradayResult run() {
    Changed best{plan_, {}, 0, 0};
    Judged judged = intraday::judge(days_, plan_, options_, options_.replicate.first, stop_);
    if (judged.interrupted) return interrupted();
    bool met = judged.met;
    double miss = missed_by(judged.targets), factor = 1, factor_of_best = 1;
    std::optional<double> low, high;  // misses, meets
    for (int round = 0; round < options_.max_rounds && !stopped(); ++round) {
      std::optional<Changed> next = changed_at(factor);
      if (!next) break;
      const Judged now =
          intraday::judge(days_, next->plan, options_, options_.replicate.first, stop_);
      if (now.interrupted) return interrupted();
      report(factor, *next, now.met);
      const double now_miss = missed_by(now.targets);
      if (now.met ? !met || cost(*next) < cost(best) : !met && now_miss < miss) {
        best = std::move(*next);
        factor_of_best = factor;
        miss = now_miss;
      }
      met = met || now.met;
      (now.met ? high : low) = factor;
      const std::optional<double> other = next_factor(factor, now.met, low, high);
      if (!other) break;
      factor = *other;
    }
    return confirm(std::move(best), factor_of_best, met);
  }

 private:
  bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

  double cost(const Changed& c) const {
    return c.wages + options_.price * static_cast<double>(c.changes.size());
  }

  void make_grid() {
    grid_.opens = world_.day.opens;
    grid_.slot = planning_slot(world_);
    grid_.slots = static_cast<int>(world_.day.length() / grid_.slot);
    const SimDuration passed = options_.at + options_.notice - world_.day.opens;
    grid_.from = std::min(grid_.slots,
                          static_cast<int>((passed + grid_.slot - SimDuration{1}) / grid_.slot));
  }

  // Up while targets are missed, down while they hold, then between.
  static std::optional<double> next_factor(double factor, bool met, std::optional<double> low,
                                           std::optional<double> high) {
    if (low && high)
      return *high - *low <= kFineEnough ? std::nullopt : std::optional{(*low + *high) / 2};
    const double step = std::max(kFirstStep, 1.5 * std::abs(factor - 1));
    const double next = met ? factor - step : factor + step;
    return next > kMostFactor || next < kLeastFactor ? std::nullopt : std::optional{next};
  }

  std::optional<Changed> changed_at(double factor) {
    const Chosen chosen =
        intraday::choose(world_, plan_, needs_, classes_, options_, grid_, factor);
    if (chosen.of.empty()) return std::nullopt;
    Changed c{plan_, {}, 0, chosen.above_bound};
    for (std::size_t k = 0; k < classes_.size(); ++k) take(classes_[k], chosen.of[k], c);
    std::stable_sort(
        c.changes.begin(), c.changes.end(), [](const ShiftChange& a, const ShiftChange& b) {
          const auto place = [](const ShiftChange& x) { return x.shift.value_or(SIZE_MAX); };
          return place(a) < place(b);
        });
    number_called_in(c);
    return c;
  }

  // The first persons of the class take the first choices.
  static void take(const PersonClass& one, const std::vector<std::int64_t>& counts, Changed& c) {
    std::size_t person = 0;
    for (std::size_t k = 0; k < counts.size(); ++k)
      for (std::int64_t n = 0; n < counts[k]; ++n) {
        const intraday::Choice& choice = one.choices[k];
        ShiftChange change{choice.kind, std::nullopt, choice.to, choice.cost};
        if (!one.persons.empty()) {
          change.shift = one.persons[person++];
          PlannedShift& shift = c.plan.shifts[*change.shift];
          change.to.agent = shift.agent;
          change.to.name = shift.name;
          shift = change.to;
        }
        c.wages += change.cost;
        c.changes.push_back(std::move(change));
      }
  }

  // Who is called in gets the next numbers of the group.
  static void number_called_in(Changed& c) {
    std::map<std::size_t, std::uint32_t> next;
    for (const PlannedShift& shift : c.plan.shifts)
      next[shift.group.index()] = std::max(next[shift.group.index()], shift.agent + 1);
    for (ShiftChange& change : c.changes) {
      if (change.shift) continue;
      change.to.agent = next[change.to.group.index()]++;
      c.plan.shifts.push_back(change.to);
    }
  }

  void report(double factor, const Changed& c, bool met) {
    result_.rounds.push_back({factor, c.changes.size(), cost(c), met});
    if (progress_) progress_(result_.rounds.back());
  }

  // Before and after on days that the search has not seen; where they say that it is not enough, a
  // little more, and again.
  IntradayResult confirm(Changed best, double factor, bool was_met) {
    const std::int64_t fresh = options_.replicate.first + options_.replicate.replications;
    const Judged before = intraday::judge(days_, plan_, options_, fresh, stop_);
    Judged after = intraday::judge(days_, best.plan, options_, fresh, stop_);
    for (int k = 0; was_met && !after.met && k < kConfirmations && !stopped(); ++k) {
      factor += kFineEnough;
      std::optional<Changed> next = changed_at(factor);
      if (!next) break;
      Judged now = intraday::judge(days_, next->plan, options_, fresh, stop_);
      report(factor, *next, now.met);
      if (!now.met && missed_by(now.targets) >= missed_by(after.targets)) continue;
      best = std::move(*next);
      after = std::move(now);
    }
    if (before.interrupted || after.interrupted) return interrupted();
    for (std::size_t t = 0; t < after.targets.size(); ++t)
      result_.targets.push_back(
          {before.targets[t], after.targets[t],
           intraday::paired_change(before.ratios[t], after.ratios[t], world_.study.confidence)});
    result_.status = after.met ? IntradayStatus::kMet : IntradayStatus::kTargetMissed;
    result_.plan = std::move(best.plan);
    result_.changes = std::move(best.changes);
    result_.wages = best.wages;
    result_.above_bound = best.above_bound;
    result_.price = options_.price * static_cast<double>(result_.changes.size());
    return std::move(result_);
  }

  IntradayResult interrupted() {
    result_.status = IntradayStatus::kInterrupted;
    result_.plan = plan_;
    return std::move(result_);
  }

  const World& world_;
  const DayPlan& plan_;
  const IntradayOptions& options_;
  const std::function<void(const IntradayRound&)>& progress_;
  const std::atomic<bool>* stop_;
  IntradayResult result_;
  std::vector<World> days_;  // of equal parts of what may come
  Grid grid_;
  std::vector<Requirement> needs_;
  std::vector<PersonClass> classes_;
};

}  // namespace

std::vector<std::string> faults(const World& world, const IntradayOptions& options) {
  std::vector<std::string> wrong;
  const SimDuration passed = options.at - world.day.opens;
  if (passed <= SimDuration{} || passed >= world.day.length())
    wrong.push_back(fmt::format("the time is to be after {} and before {}",
                                time_in_words(world.day.opens), time_in_words(world.day.closes)));
  else if (passed % world.day.interval != SimDuration{})
    wrong.push_back(fmt::format("{} is no end of an interval; intervals last {}",
                                time_in_words(options.at), in_words(world.day.interval)));
  else if (static_cast<std::int64_t>(options.calls.size()) != passed / world.day.interval)
    wrong.push_back(fmt::format("{} intervals have passed, and calls of {} are known",
                                passed / world.day.interval, options.calls.size()));
  for (std::size_t i = 0; i < options.calls.size(); ++i)
    if (options.calls[i] < 0)
      wrong.push_back(fmt::format("interval {} has {} calls", i + 1, options.calls[i]));
  return wrong;
}

IntradayResult replan_day(const World& world, const DayPlan& plan, const IntradayOptions& options,
                          const std::function<void(const IntradayRound&)>& progress,
                          const std::atomic<bool>* stop) {
  CALLMILL_CHECK(faults(world, options).empty(), "whoever re-plans asks for faults first");
  return Replan{world, plan, options, progress, stop}.run();
}

}  // namespace callmill
