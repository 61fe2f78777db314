#include "engine/planning/plan_week.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "engine/planning/week_round.h"

namespace callmill {
namespace {

using planning::deciding_end;
using planning::is_loss;
using planning::kMostFactor;
using planning::line_step;
using planning::staff_step;
using planning::wants_fewer;
using planning::WeekCandidate;
using planning::WeekOutcome;
using planning::WeekRounds;

constexpr double kLeastFactor = 0.7;  // looked at first, of the first plan that meets all targets
constexpr double kFineEnough = 0.02;
constexpr int kTrimRounds = 8, kMendRounds = 3;
// Steps of a day's staff that is weighed against penalties; rounds of the search left to the rest.
constexpr std::array kWeighed = {0.25, 0.08};
constexpr double kRoundsKept = 0.25;
// More staff is given up as no help where this much dearer a plan closed less than this share of
// the miss.
constexpr double kLookBack = 1.15, kLeastProgress = 0.1;

// One with a price is weighed instead.
bool must_be_mended(const TargetResult& t) {
  return !t.met && !t.target.price;
}

bool only_loss_missed(const WeekPlanResult& plan) {
  return plan.status == PlanStatus::kTargetMissed &&
         std::all_of(plan.targets.begin(), plan.targets.end(), [](const TargetResult& t) {
           return t.met || t.target.price || is_loss(t.target);
         });
}

class WeekSearch {
 public:
  WeekSearch(WeekRounds& rounds, const PlanOptions& options) : rounds_{rounds}, options_{options} {}

  WeekPlanResult run() {
    WeekOutcome best = settle_lines(rounds_.try_out(rounds_.first(), "first plan", coarse()));
    if (best.plan.status == PlanStatus::kTargetMissed) add_staff(best);
    if (best.met()) {
      for (std::size_t g = 0; has_musts() && g < rounds_.planned().size(); ++g) trim_group(best, g);
      weigh(best);
      tighten(best);
      for (std::size_t t = 0; t < rounds_.bought(); ++t) trim_lines(best, t);
      confirm(best);
    }
    if (best.plan.status == PlanStatus::kTargetMissed) explain_miss(best);
    rounds_.add_spreadsheet(best.plan);
    best.plan.rounds = rounds_.log();
    best.plan.events = rounds_.events();
    if (rounds_.stopped()) best.plan.status = PlanStatus::kInterrupted;
    return std::move(best.plan);
  }

 private:
  // Without them no day says where to stop trimming.
  bool has_musts() const {
    const std::vector<Target>& targets = rounds_.world().targets;
    return std::any_of(targets.begin(), targets.end(), [](const Target& t) { return !t.price; });
  }

  // Of the search; what it finds is covered more closely in the end.
  TourOptions coarse() const {
    return {std::max(options_.cover.relative_gap, 1e-2), options_.cover.time_limit_s, 60, 60};
  }
  TourOptions close() const {
    return {options_.cover.relative_gap, options_.cover.time_limit_s, 600,
            std::min(options_.cover.node_limit, 1000.0)};
  }

  void add_lines(const TargetResult& t, WeekCandidate& c, std::string& what) const {
    for (std::size_t k = 0; k < c.lines.size(); ++k) {
      const bool ports = k == rounds_.world().trunks.size();
      if (!rounds_.sized(k) || (!ports && t.target.trunks && t.target.trunks->index() != k))
        continue;
      c.lines[k] += line_step(t, c.lines[k]);
      what +=
          fmt::format("{}{} {}", what.empty() ? "" : ", ", rounds_.name_of_bought(k), c.lines[k]);
    }
  }

  // Lines are cheap beside agents and longer queues hold more of them: while nothing but loss is
  // missed, add lines.
  WeekOutcome settle_lines(WeekOutcome o) {
    while (only_loss_missed(o.plan) && rounds_.may_go_on()) {
      std::string what;
      for (const TargetResult& t : o.plan.targets)
        if (must_be_mended(t)) add_lines(t, o.candidate, what);
      if (what.empty()) break;
      rounds_.simulate(o, what);
    }
    return o;
  }

  // Open days, by their order, on which the target is missed: of a day its own, else all.
  std::vector<std::size_t> missed_days(const WeekPlanResult& plan, const TargetResult& t) const {
    std::vector<std::size_t> days;
    const KpiLayout& layout = plan.kpis.layout();
    if (t.target.per == Per::kDay && layout.days() > 0) {
      for (const std::uint32_t period : t.missed_intervals)
        days.push_back(period - layout.intervals() - 1);
      return days;
    }
    for (std::size_t d = 0; d < rounds_.open_days(); ++d) days.push_back(d);
    return days;
  }

  // More of what the missed targets ask for: of those days, or of those hours of every day. Raised
  // until it asks for at least one whole agent more.
  std::optional<WeekCandidate> more_staff(const WeekOutcome& o, std::string& what) const {
    WeekCandidate c = o.candidate;
    const auto people = rounds_.whole_people(c);
    do {
      what.clear();
      for (const TargetResult& t : o.plan.targets) {
        if (!must_be_mended(t) || is_loss(t.target) || wants_fewer(t.target)) continue;
        for (std::size_t g = 0; g < rounds_.planned().size(); ++g)
          if (rounds_.answers(rounds_.planned()[g], t.target)) raise(o.plan, t, g, c, what);
      }
      if (what.empty()) return std::nullopt;
    } while (rounds_.whole_people(c) == people);
    return c;
  }

  void raise(const WeekPlanResult& plan, const TargetResult& t, std::size_t g, WeekCandidate& c,
             std::string& what) const {
    const double step = staff_step(t);
    std::size_t changed = 0;
    const std::vector<std::size_t> days = missed_days(plan, t);
    for (const std::size_t d : days) {
      bool any = false;
      for (std::size_t i = 0; i < c.factor[g][d].size(); ++i) {
        const bool missed = t.target.per != Per::kInterval ||
                            std::find(t.missed_intervals.begin(), t.missed_intervals.end(),
                                      static_cast<std::uint32_t>(i)) != t.missed_intervals.end();
        if (!missed || c.factor[g][d][i] >= kMostFactor) continue;
        c.factor[g][d][i] *= step;
        any = true;
      }
      changed += any ? 1 : 0;
    }
    if (changed > 0)
      what += fmt::format("{}{} x {:.3f} on {} days", what.empty() ? "" : ", ", rounds_.name_of(g),
                          step, changed);
  }

  void add_staff(WeekOutcome& best) {
    WeekOutcome before = best;
    while (best.plan.status == PlanStatus::kTargetMissed && rounds_.may_go_on()) {
      std::string what;
      std::optional<WeekCandidate> next = more_staff(best, what);
      if (!next) break;
      WeekOutcome o = settle_lines(rounds_.try_out(std::move(*next), what, coarse()));
      if (o.plan.status == PlanStatus::kInfeasible || o.plan.groups.empty()) {
        o.plan.reasons.insert(o.plan.reasons.begin(),
                              "more staff, which the targets ask for: " + what);
        if (o.plan.status == PlanStatus::kInfeasible) best = std::move(o);
        return;
      }
      best = std::move(o);
      if (best.plan.status != PlanStatus::kTargetMissed ||
          best.plan.wages < kLookBack * before.plan.wages)
        continue;
      if (hardly_helped(before.plan, best.plan)) return;
      before = best;
    }
  }

  // Of no target that staff is added for anything worth it of the miss is closed.
  bool hardly_helped(const WeekPlanResult& before, const WeekPlanResult& now) const {
    for (std::size_t t = 0; t < now.targets.size(); ++t) {
      const TargetResult &a = before.targets[t], &b = now.targets[t];
      if (!must_be_mended(b) || is_loss(b.target)) continue;
      if (b.missed_intervals.size() < a.missed_intervals.size()) return false;
      const double miss = std::abs(deciding_end(a) - a.target.value);
      if (miss - std::abs(deciding_end(b) - b.target.value) >= kLeastProgress * miss) return false;
    }
    return true;
  }

  // By day whether every target that the group answers for holds there.
  std::vector<bool> days_that_hold(const WeekPlanResult& plan, std::size_t g) const {
    std::vector<bool> hold(rounds_.open_days(), true);
    for (const TargetResult& t : plan.targets)
      if (must_be_mended(t) &&
          (is_loss(t.target) || rounds_.answers(rounds_.planned()[g], t.target)))
        for (const std::size_t d : missed_days(plan, t)) hold[d] = false;
    return hold;
  }

  static WeekCandidate scaled(const WeekCandidate& from, std::size_t g,
                              const std::vector<double>& by_day) {
    WeekCandidate c = from;
    for (std::size_t d = 0; d < by_day.size(); ++d)
      for (double& f : c.factor[g][d]) f *= by_day[d];
    return c;
  }

  // The least factor of each day on the group's requirement, by bisection of all days at once: days
  // hand each other next to nothing on, and each round tells which of them hold.
  void trim_group(WeekOutcome& best, std::size_t g) {
    const WeekCandidate start = best.candidate;
    const std::size_t days = rounds_.open_days();
    std::vector<double> low(days, kLeastFactor), high(days, 1), at(days, 0.92);
    for (int round = 0; round < kTrimRounds && rounds_.may_go_on(); ++round) {
      const std::optional<std::vector<bool>> hold = attempt(best, start, g, at, "to trim");
      if (!hold) return;
      double widest = 0;
      for (std::size_t d = 0; d < days; ++d) {
        ((*hold)[d] ? high : low)[d] = at[d];
        widest = std::max(widest, high[d] - low[d]);
        at[d] = high[d] - low[d] > kFineEnough ? (low[d] + high[d]) / 2 : high[d];
      }
      if (widest <= kFineEnough) break;
    }
    // All days at what held in rounds in which other days had other staff.
    for (int round = 0; round < kMendRounds && rounds_.may_go_on(); ++round) {
      const std::optional<std::vector<bool>> hold = attempt(best, start, g, high, "trimmed");
      if (!hold || std::find(hold->begin(), hold->end(), false) == hold->end()) return;
      for (std::size_t d = 0; d < days; ++d)
        if (!(*hold)[d]) high[d] = std::min(1.0, high[d] + kFineEnough);
    }
  }

  // Takes the outcome over where it meets all and costs less. By day whether it holds; nothing
  // where there is no plan to tell.
  std::optional<std::vector<bool>> attempt(WeekOutcome& best, const WeekCandidate& start,
                                           std::size_t g, const std::vector<double>& by_day,
                                           const char* what) {
    double mean = 0;
    for (const double f : by_day) mean += f / static_cast<double>(by_day.size());
    WeekOutcome o = settle_lines(
        rounds_.try_out(scaled(start, g, by_day),
                        fmt::format("{} x {:.3f} {}", rounds_.name_of(g), mean, what), coarse()));
    if (o.plan.status == PlanStatus::kInfeasible || o.plan.status == PlanStatus::kInterrupted)
      return std::nullopt;
    std::vector<bool> hold = days_that_hold(o.plan, g);
    if (o.met() && o.plan.cost() < best.plan.cost()) best = std::move(o);
    return hold;
  }

  // Where targets have a price: the staff of all days, and of each, a little more or less as long
  // as wages and penalties fall together, in ever smaller steps.
  void weigh(WeekOutcome& best) {
    const std::vector<Target>& targets = rounds_.world().targets;
    if (std::none_of(targets.begin(), targets.end(), [](const Target& t) { return t.price; }))
      return;
    for (const double step : kWeighed)
      for (std::size_t g = 0; g < rounds_.planned().size(); ++g)
        for (std::size_t d = 0; d <= rounds_.open_days(); ++d) {
          bool cheaper = false;
          while (weigh_days(best, g, d, 1 + step)) cheaper = true;
          while (!cheaper && weigh_days(best, g, d, 1 / (1 + step))) continue;
        }
  }

  // Of all days (0), or of open day d - 1. Takes the outcome over where it is cheaper.
  bool weigh_days(WeekOutcome& best, std::size_t g, std::size_t d, double factor) {
    if (!rounds_.may_go_on(static_cast<int>(kRoundsKept * options_.max_rounds))) return false;
    std::vector<double> by_day(rounds_.open_days(), d == 0 ? factor : 1);
    if (d > 0) by_day[d - 1] = factor;
    WeekCandidate next = scaled(best.candidate, g, by_day);
    if (rounds_.whole_people(next) == rounds_.whole_people(best.candidate)) return false;
    for (const std::vector<double>& day : next.factor[g])
      if (*std::max_element(day.begin(), day.end()) > kMostFactor) return false;
    const std::string what = fmt::format("{} x {:.3f} on {} days", rounds_.name_of(g), factor,
                                         d == 0 ? rounds_.open_days() : 1);
    WeekOutcome o = settle_lines(rounds_.try_out(std::move(next), what, coarse()));
    if (!o.met() || o.plan.cost() >= best.plan.cost()) return false;
    best = std::move(o);
    return true;
  }

  // The same requirement, covered as closely as was asked for.
  void tighten(WeekOutcome& best) {
    if (rounds_.stopped()) return;
    WeekOutcome o = settle_lines(rounds_.try_out(best.candidate, "closer cover", close()));
    if (o.met() && o.plan.cost() <= best.plan.cost()) best = std::move(o);
  }

  // Fewest lines of a sized trunk group, or ports, at which all targets stay met, by bisection to
  // about 1 %.
  void trim_lines(WeekOutcome& best, std::size_t t) {
    if (!rounds_.sized(t)) return;
    const bool ports = t == rounds_.world().trunks.size();  // which begin at no limit at all
    std::int64_t low = ports ? 0 : best.candidate.lines[t] * 3 / 4;
    std::int64_t high = best.candidate.lines[t];
    while (high - low > std::max<std::int64_t>(1, high / 100) && rounds_.may_go_on()) {
      WeekOutcome o = best;  // its tours stand
      o.candidate.lines[t] = (low + high) / 2;
      rounds_.simulate(o, fmt::format("{} {}", rounds_.name_of_bought(t), o.candidate.lines[t]));
      if (o.plan.status == PlanStatus::kInterrupted) return;
      const bool as_good = o.met() && o.plan.cost() <= best.plan.cost();  // penalties count
      (as_good ? high : low) = o.candidate.lines[t];
      if (as_good) best = std::move(o);
    }
  }

  // The chosen plan on fresh weeks; where they say that it is not enough, a little more, and again.
  void confirm(WeekOutcome& best) {
    if (rounds_.stopped()) return;
    WeekOutcome fresh = best;
    rounds_.confirm(fresh, "confirmed on fresh weeks");
    if (fresh.plan.status == PlanStatus::kInterrupted) return;  // the plan of the search stands
    best = std::move(fresh);
    while (best.plan.status == PlanStatus::kTargetMissed && rounds_.may_go_on()) {
      std::string lines, staff;
      WeekOutcome next = best;
      for (const TargetResult& t : best.plan.targets)
        if (must_be_mended(t) && is_loss(t.target)) add_lines(t, next.candidate, lines);
      if (std::optional<WeekCandidate> staffed = more_staff(next, staff))
        next.candidate = std::move(*staffed);
      if (lines.empty() && staff.empty()) return;
      const char* const between = lines.empty() || staff.empty() ? "" : ", ";
      WeekOutcome more =
          rounds_.try_out(std::move(next.candidate), lines + between + staff, close());
      if (more.plan.status == PlanStatus::kInterrupted) return;
      best = std::move(more);
      if (best.plan.status == PlanStatus::kInfeasible || rounds_.stopped()) return;
      rounds_.confirm(best, "confirmed on fresh weeks");
    }
  }

  void explain_miss(WeekOutcome& o) const {
    for (const TargetResult& t : o.plan.targets) {
      if (!must_be_mended(t)) continue;
      double most = 0;
      for (std::size_t g = 0; g < rounds_.planned().size(); ++g)
        if (rounds_.answers(rounds_.planned()[g], t.target))
          for (const std::vector<double>& day : o.candidate.factor[g])
            most = std::max(most, *std::max_element(day.begin(), day.end()));
      o.plan.reasons.push_back(rounds_.why_missed(t, most));
    }
  }

  WeekRounds& rounds_;
  const PlanOptions& options_;
};

}  // namespace

WeekPlanResult plan_week(const World& world, const PlanOptions& options,
                         const std::function<void(const PlanRound&)>& progress,
                         const std::atomic<bool>* stop) {
  WeekRounds rounds{world, options, progress, stop};
  return WeekSearch{rounds, options}.run();
}

}  // namespace callmill
