#include "engine/planning/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "engine/planning/plan_round.h"
#include "engine/planning/polish.h"
#include "engine/planning/trade.h"
#include "models/plans/shrinkage.h"

namespace callmill {
namespace {

using planning::Candidate;
using planning::deciding_end;
using planning::is_loss;
using planning::kMostFactor;
using planning::line_step;
using planning::Outcome;
using planning::Rounds;
using planning::staff_step;
using planning::wants_fewer;

constexpr double kLeastFactor = 0.7;  // looked at first, of the first plan that meets all targets
constexpr double kFineEnough = 0.01;
// More staff is given up as no help where this much more of it closed less than this share of the
// miss.
constexpr double kLookBack = 1.15;
constexpr double kLeastProgress = 0.1;
// Nodes end a search before seconds do, but on a very busy machine: the same plan everywhere.
constexpr CoverOptions kCoarse{5e-3, 60, 400};
constexpr CoverOptions kCoarseForTheDay{1e-2, 60, 600};  // goals of the day make the program harder
constexpr int kMostTrades = 3;                           // until one is confirmed
constexpr std::uint64_t kPolished = 40'000'000;          // events; some seconds
constexpr CoverOptions kTrade{1e-3, 60, 600};            // its steps save little each

bool only_loss_missed(const PlanResult& plan) {
  return plan.status == PlanStatus::kTargetMissed &&
         std::all_of(plan.targets.begin(), plan.targets.end(), [](const TargetResult& t) {
           return t.met || t.target.price || is_loss(t.target);
         });
}

std::ptrdiff_t met_targets(const PlanResult& plan) {
  return std::count_if(plan.targets.begin(), plan.targets.end(),
                       [](const TargetResult& t) { return t.met; });
}

class Search {
 public:
  explicit Search(Rounds& rounds, const PlanOptions& options)
      : rounds_{rounds}, options_{options} {}

  PlanResult run() {
    rounds_.correct_goals(coarse());
    Outcome best = settle_lines(first_plan());
    if (best.plan.status == PlanStatus::kTargetMissed) add_staff(best);
    if (best.met()) {
      for (std::size_t g = 0; g < rounds_.planned().size(); ++g) trim_group(best, g);
      tighten(best);
      for (std::size_t t = 0; t < rounds_.bought(); ++t) trim_lines(best, t);
      const bool confirmed = trade(best);
      if (!polish(best) && !confirmed) confirm(best);
    }
    if (best.plan.status == PlanStatus::kTargetMissed) explain_miss(best);
    for (GroupPlanResult& g : best.plan.groups)
      if (!g.present.empty())
        g.worth = worth_of_agents(rounds_.world(), g.requirement,
                                  agents_on_calls(g.cover.present, g.on_calls), rounds_.stop());
    rounds_.add_spreadsheet(best.plan);
    best.plan.rounds = rounds_.log();
    best.plan.events = rounds_.events();
    if (rounds_.stopped()) best.plan.status = PlanStatus::kInterrupted;
    return std::move(best.plan);
  }

 private:
  Outcome first_plan() {
    Outcome o = rounds_.try_out(rounds_.first(), "first plan", coarse());
    for (std::size_t g = 0; g < rounds_.planned().size(); ++g) {
      if (o.plan.status != PlanStatus::kInfeasible) break;
      std::optional<Candidate> c = rounds_.within_reach(o, kLeastFactor);
      if (!c) break;
      Outcome reached = rounds_.try_out(std::move(*c), "as far as shifts reach", coarse());
      // Still no cover for the same group: the first reasons are the planner's.
      if (reached.plan.status == PlanStatus::kInfeasible &&
          reached.plan.groups.size() <= o.plan.groups.size())
        break;
      o = std::move(reached);
    }
    return o;
  }

  // Round by round, until the targets are met or more is no help.
  void add_staff(Outcome& best) {
    Outcome before = best;
    while (best.plan.status == PlanStatus::kTargetMissed && rounds_.may_go_on()) {
      std::string what;
      std::optional<Candidate> next = more_staff(best, what);
      if (!next) break;
      best = settle_lines(rounds_.try_out(std::move(*next), what, coarse()));
      if (best.plan.status != PlanStatus::kTargetMissed ||
          best.plan.wages < kLookBack * before.plan.wages)
        continue;
      if (hardly_helped(before.plan, best.plan)) {
        if (met_targets(best.plan) <= met_targets(before.plan)) best = std::move(before);
        break;
      }
      before = best;
    }
  }

  // Of a day target that staff is added for, nearly nothing of the miss at `before` is closed now.
  bool hardly_helped(const PlanResult& before, const PlanResult& now) const {
    for (std::size_t t = 0; t < now.targets.size(); ++t) {
      const TargetResult &a = before.targets[t], &b = now.targets[t];
      if (b.met || b.target.price || b.target.per == Per::kInterval || is_loss(b.target) ||
          !has_answer(b.target))
        continue;
      const double miss = std::abs(deciding_end(a) - a.target.value);
      if (!(miss - std::abs(deciding_end(b) - b.target.value) >= kLeastProgress * miss))
        return true;
    }
    return false;
  }

  bool has_answer(const Target& target) const {
    for (std::size_t g = 0; g < rounds_.planned().size(); ++g)
      if (rounds_.answers_for(g, target)) return true;
    return false;
  }

  // Lines are cheap beside agents and longer queues hold more of them: while nothing but loss is
  // missed, add lines.
  Outcome settle_lines(Outcome o) {
    while (only_loss_missed(o.plan) && rounds_.may_go_on()) {
      std::string what;
      for (const TargetResult& t : o.plan.targets)
        if (!t.met && !t.target.price) add_lines(t, o.candidate, what);
      if (what.empty()) break;
      rounds_.simulate(o, what);
    }
    return o;
  }

  void add_lines(const TargetResult& t, Candidate& c, std::string& what) const {
    for (std::size_t k = 0; k < c.lines.size(); ++k) {
      const bool ports = k == rounds_.world().trunks.size();
      if (!rounds_.sized(k) || (!ports && t.target.trunks && t.target.trunks->index() != k))
        continue;
      c.lines[k] += line_step(t, c.lines[k]);
      what +=
          fmt::format("{}{} {}", what.empty() ? "" : ", ", rounds_.name_of_bought(k), c.lines[k]);
    }
  }

  // Raised until it asks for at least one whole agent more: small groups do not feel a per cent.
  std::optional<Candidate> more_staff(const Outcome& o, std::string& what) const {
    Candidate c = o.candidate;
    const auto agents = rounds_.whole_agents(c);
    do {
      what.clear();
      for (const TargetResult& t : o.plan.targets) {
        if (t.met || t.target.price || is_loss(t.target) || wants_fewer(t.target)) continue;
        for (std::size_t g = 0; g < rounds_.planned().size(); ++g)
          if (rounds_.answers_for(g, t.target)) raise(t, c.factor[g], g, what);
      }
      if (what.empty()) return std::nullopt;
    } while (rounds_.whole_agents(c) == agents);
    return c;
  }

  void raise(const TargetResult& t, std::vector<double>& factor, std::size_t g,
             std::string& what) const {
    const double step = staff_step(t);
    bool changed = false;
    const auto raise_one = [&](std::size_t i) {
      if (factor[i] >= kMostFactor) return;
      factor[i] *= step;
      changed = true;
    };
    if (t.target.per != Per::kInterval)
      for (std::size_t i = 0; i < factor.size(); ++i) raise_one(i);
    else
      for (const std::uint32_t i : t.missed_intervals) raise_one(i);
    if (changed)
      what += fmt::format("{}{} x {:.3f}", what.empty() ? "" : ", ", rounds_.name_of(g), step);
  }

  // Least factor on the group's requirement at which all targets can be met, by bisection.
  void trim_group(Outcome& best, std::size_t g) {
    const std::vector<double> start = best.candidate.factor[g];
    double low = kLeastFactor, high = 1;
    auto missed_with = rounds_.whole_agents(best.candidate);
    bool missed = false;
    for (double factor = 0.92; high - low > kFineEnough && rounds_.may_go_on();
         factor = (low + high) / 2) {
      if (!missed && high - low <= 2 * kFineEnough) low /= 2;  // not low enough to miss anything
      Candidate c = best.candidate;
      c.factor[g] = start;
      for (double& f : c.factor[g]) f *= factor;
      const auto agents = rounds_.whole_agents(c);
      if (agents == rounds_.whole_agents(best.candidate) || (missed && agents == missed_with)) {
        (missed && agents == missed_with ? low : high) = factor;  // the same cover once more
        continue;
      }
      Outcome o = settle_lines(rounds_.try_out(
          std::move(c), fmt::format("{} x {:.3f}", rounds_.name_of(g), factor), coarse()));
      if (o.plan.status == PlanStatus::kInterrupted) return;
      (o.met() ? high : low) = factor;
      if (!o.met()) {
        missed = true;
        missed_with = agents;
      }
      if (o.met() && o.plan.cost() < best.plan.cost()) best = std::move(o);
    }
  }

  // The same requirement, covered as closely as was asked for.
  void tighten(Outcome& best) {
    if (rounds_.stopped()) return;
    Outcome o = settle_lines(rounds_.try_out(best.candidate, "closer cover", options_.cover));
    if (o.met() && o.plan.cost() <= best.plan.cost()) best = std::move(o);
  }

  // Cheaper by trade, and confirmed on fresh days; where those miss a target, traded on with more
  // of it to spare. False, and `best` as it was, where nothing cheaper is confirmed.
  bool trade(Outcome& best) {
    std::vector<double> to_spare(best.plan.targets.size(), 0.0);
    Outcome from = best;
    for (int tries = 0; tries < kMostTrades && rounds_.may_go_on(); ++tries) {
      from = planning::trade(from, rounds_, kTrade, to_spare);
      if (!(from.plan.cost() < best.plan.cost()) || rounds_.stopped()) return false;
      Outcome fresh = from;
      rounds_.confirm(fresh, "confirmed on fresh days");
      if (fresh.plan.status == PlanStatus::kInterrupted) return false;
      if (fresh.met()) {
        best = cheaper_on_fresh_days(std::move(fresh), best, "before trade");
        return true;
      }
      spare_what_missed(fresh.plan, to_spare);
    }
    return false;
  }

  // Penalties are estimates: what was cheap on the days of the search for its few misses may be
  // dear on others. Where targets have a price, the plan before is looked at on the same days.
  Outcome cheaper_on_fresh_days(Outcome found, const Outcome& before, const char* what) {
    if (!planning::has_price(found.plan.targets)) return found;
    Outcome other = before;
    if (other.plan.first_day != found.plan.first_day)
      rounds_.confirm(other, fmt::format("{}, on fresh days", what));
    return other.met() && other.plan.cost() < found.plan.cost() ? std::move(other)
                                                                : std::move(found);
  }

  // Cheaper shift by shift, likewise. What it finds is below what covers of the requirement cost.
  bool polish(Outcome& best) {
    std::vector<double> to_spare(best.plan.targets.size(), 0.0);
    for (int tries = 0; tries < kMostTrades && rounds_.may_go_on(); ++tries) {
      const std::optional<Outcome> found = planning::polish(best, rounds_, to_spare, kPolished);
      if (!found || rounds_.stopped()) return false;
      Outcome fresh = *found;
      if (!fresh.plan.program_bound) fresh.plan.program_bound = 0;
      rounds_.confirm(fresh, "confirmed on fresh days");
      if (fresh.plan.status == PlanStatus::kInterrupted) return false;
      if (fresh.met()) {
        best = cheaper_on_fresh_days(std::move(fresh), best, "before polish");
        return true;
      }
      spare_what_missed(fresh.plan, to_spare);
    }
    return false;
  }

  static void spare_what_missed(const PlanResult& fresh, std::vector<double>& to_spare) {
    for (std::size_t k = 0; k < to_spare.size(); ++k) {
      const TargetResult& t = fresh.targets[k];
      if (!t.met && !t.target.price && t.target.per != Per::kInterval)
        to_spare[k] += std::abs(deciding_end(t) - t.target.value);
    }
  }

  // The chosen plan on fresh days; where they say that it is not enough, a little more, and again.
  void confirm(Outcome& best) {
    if (rounds_.stopped()) return;
    Outcome fresh = best;
    rounds_.confirm(fresh, "confirmed on fresh days");
    if (fresh.plan.status == PlanStatus::kInterrupted) return;  // the plan of the search stands
    best = std::move(fresh);
    while (best.plan.status == PlanStatus::kTargetMissed && rounds_.may_go_on()) {
      std::string lines, staff;
      Outcome next = best;
      for (const TargetResult& t : best.plan.targets)
        if (!t.met && !t.target.price && is_loss(t.target)) add_lines(t, next.candidate, lines);
      if (std::optional<Candidate> staffed = more_staff(next, staff))
        next.candidate = std::move(*staffed);
      if (lines.empty() && staff.empty()) return;
      const char* const between = lines.empty() || staff.empty() ? "" : ", ";
      best = rounds_.try_out(std::move(next.candidate), lines + between + staff, options_.cover);
      if (best.plan.status == PlanStatus::kInfeasible || rounds_.stopped()) return;
      rounds_.confirm(best, "confirmed on fresh days");
    }
  }

  // Fewest lines of a sized trunk group, or ports, at which all targets stay met, by bisection to
  // about 1 %.
  void trim_lines(Outcome& best, std::size_t t) {
    if (!rounds_.sized(t)) return;
    const bool ports = t == rounds_.world().trunks.size();  // which begin at no limit at all
    std::int64_t low = ports ? 0 : best.candidate.lines[t] * 3 / 4;
    std::int64_t high = best.candidate.lines[t];
    while (high - low > std::max<std::int64_t>(1, high / 100) && rounds_.may_go_on()) {
      Outcome o = best;  // its covers stand
      o.candidate.lines[t] = (low + high) / 2;
      rounds_.simulate(o, fmt::format("{} {}", rounds_.name_of_bought(t), o.candidate.lines[t]));
      if (o.plan.status == PlanStatus::kInterrupted) return;
      (o.met() ? high : low) = o.candidate.lines[t];
      if (o.met()) best = std::move(o);
    }
  }

  // More lines are no help to callers who find no port of the menus.
  std::string ports_lacking(const PlanResult& plan) const {
    const std::optional<std::int64_t> ports = rounds_.world().ivr.ports;
    const double confidence = rounds_.world().study.confidence;
    const double blocked = plan.kpis.day("blocked", {}, confidence).value;
    const double no_port = plan.kpis.day("no_port", {}, confidence).value;
    if (!ports || !(no_port > 0)) return "";
    return fmt::format(
        "; {:.0f}% of the blocked found none of the {} ports of ivr.ports, which "
        "plan does not size",
        100 * no_port / blocked, *ports);
  }

  void explain_miss(Outcome& o) const {
    for (const TargetResult& t : o.plan.targets) {
      if (t.met || t.target.price) continue;
      double most = 0;
      for (std::size_t g = 0; g < rounds_.planned().size(); ++g)
        if (rounds_.answers_for(g, t.target))
          most = std::max(
              most, *std::max_element(o.candidate.factor[g].begin(), o.candidate.factor[g].end()));
      o.plan.reasons.push_back(
          rounds_.why_missed(t, most, is_loss(t.target) ? ports_lacking(o.plan) : std::string{}));
    }
  }

  const CoverOptions& coarse() const {
    return rounds_.has_day_goals() ? kCoarseForTheDay : kCoarse;
  }

  Rounds& rounds_;
  const PlanOptions& options_;
};

}  // namespace

PlanResult plan_day(const World& world, const PlanOptions& options,
                    const std::function<void(const PlanRound&)>& progress,
                    const std::atomic<bool>* stop) {
  Rounds rounds{world, options, progress, stop};
  return Search{rounds, options}.run();
}

}  // namespace callmill
