// Rules that cannot hold together, and what it costs to let one of them give.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "base/check.h"
#include "engine/explain/explain_ask.h"
#include "engine/explain/explain_parts.h"
#include "engine/planning/plan_round.h"
#include "models/cover/relax.h"

namespace callmill::planning {
namespace {

constexpr CoverOptions kAsk{0, 10, 2000};  // of each question whether a cover is possible
constexpr std::size_t kMostOthers = 3;
constexpr double kHiredLast = 1000;  // an hour hired weighs as much as so many at work by shift

std::vector<bool> all_of(const Ask& ask) {
  return std::vector<bool>(ask.rules().size(), true);
}

bool none_possible(Ask& ask) {
  const CoverProblem problem = ask.problem(all_of(ask));
  return faults(problem).empty() && can_cover(problem, kAsk) == CanCover::kNo;
}

// "09:00 to 10:30" for hours that follow each other; other rules as they are.
std::vector<std::string> in_words(const World& world, const std::vector<PlanRule>& set) {
  std::vector<std::string> words;
  for (std::size_t r = 0; r < set.size(); ++r) {
    if (set[r].kind != PlanRuleKind::kHours) {
      words.push_back(rule_text(world, set[r]));
      continue;
    }
    const std::size_t first = set[r].index;
    while (r + 1 < set.size() && set[r + 1].kind == PlanRuleKind::kHours &&
           set[r + 1].index == set[r].index + 1)
      ++r;
    words.push_back(fmt::format("{} to {} has only agents of these shifts",
                                interval_start(world, first),
                                interval_start(world, set[r].index + 1)));
  }
  return words;
}

class WhyNotFinder {
 public:
  WhyNotFinder(const Explaining& in, Ask& ask, double scale) : in_{in}, ask_{ask} {
    why_.group = ask.group();
    why_.scale = scale;
    faults_ = callmill::faults(in.world).size();
  }

  WhyNot find() {
    find_set();
    for (const PlanRule& rule : why_.set) {
      if (rule.kind == PlanRuleKind::kHours || in_.stopped()) continue;
      bool helps = false;
      for (const Move move : moves_of(rule.kind)) helps = add_way(rule, move) || helps;
      if (!helps) why_.in_vain.push_back(rule_text(in_.world, rule));
    }
    if (!in_.stopped()) add_hired();
    std::stable_sort(why_.ways.begin(), why_.ways.end(),
                     [](const Relaxation& a, const Relaxation& b) { return a.wages < b.wages; });
    return std::move(why_);
  }

 private:
  // The set, and others that have no rule in common with those before.
  void find_set() {
    why_.set = conflict_beside({});
    why_.rules = in_words(in_.world, why_.set);
    std::vector<PlanRule> given = why_.set;
    while (why_.others.size() < kMostOthers && !in_.stopped()) {
      const std::vector<PlanRule> other = conflict_beside(given);
      if (other.empty()) return;
      why_.others.push_back(in_words(in_.world, other));
      given.insert(given.end(), other.begin(), other.end());
    }
  }

  // Rules that cannot hold together where those that have given do not count; empty where all can.
  std::vector<PlanRule> conflict_beside(const std::vector<PlanRule>& given) {
    std::vector<PlanRule> left;
    std::vector<std::size_t> place;
    for (std::size_t r = 0; r < ask_.rules().size(); ++r) {
      const PlanRule& rule = ask_.rules()[r];
      if (std::find(given.begin(), given.end(), rule) != given.end()) continue;
      left.push_back(rule);
      place.push_back(r);
    }
    const auto holds = [&](const std::vector<bool>& held) {
      if (in_.stopped()) return true;
      in_.tell("rules that cannot hold together", 0);
      std::vector<bool> all(ask_.rules().size(), false);
      for (std::size_t r = 0; r < held.size(); ++r) all[place[r]] = held[r];
      const CanCover can = can_cover(ask_.problem(all), kAsk);
      if (can == CanCover::kUnknown) why_.minimal = false;
      return can != CanCover::kNo;
    };
    if (!given.empty() && holds(std::vector<bool>(left.size(), true))) return {};
    std::vector<PlanRule> set;
    for (const std::size_t r : minimal_conflict(left.size(), holds)) set.push_back(left[r]);
    return set;
  }

  CoverOptions pricing() const {
    CoverOptions options = in_.how.cover;
    if (!in_.how.in_full) options.relative_gap = std::max(options.relative_gap, 1e-2);
    return options;
  }

  CoverProblem problem_at(const World& world, const PlanRule& rule) {
    return ask_.problem_of(world, rule.kind == PlanRuleKind::kTarget);
  }

  bool possible(const PlanRule& rule, Move move, std::int64_t steps) {
    in_.tell("what would help", 0);
    const std::optional<World> w = moved(in_.world, rule, move, steps);
    // The scenario's own rules hold: hours that the labour rules allow, for one.
    if (!w || callmill::faults(*w).size() > faults_) return false;
    const CoverProblem problem = problem_at(*w, rule);
    return faults(problem).empty() && can_cover(problem, kAsk) == CanCover::kYes;
  }

  // Least steps with which a cover is possible; 0: none. Lengths one by one: a longer shift is not
  // always a better one; of the others each step allows all that the one before allows.
  std::int64_t least_steps(const PlanRule& rule, Move move) {
    if (move == Move::kLonger || move == Move::kShorter) {
      for (std::int64_t s = 1; moved(in_.world, rule, move, s); ++s)
        if (possible(rule, move, s)) return s;
      return 0;
    }
    std::int64_t low = 0, high = 1, end = 0;  // `end`: too far
    while (!possible(rule, move, high)) {
      if (in_.stopped() || high > 1'000'000) return 0;
      if (!moved(in_.world, rule, move, high)) {
        end = high;
      } else {
        low = high;
      }
      if (end > 0 && end - low <= 1) return 0;
      high = end > 0 ? low + (end - low) / 2 : 2 * high;
    }
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      (possible(rule, move, middle) ? high : low) = middle;
    }
    return high;
  }

  bool add_way(const PlanRule& rule, Move move) {
    const std::int64_t steps = least_steps(rule, move);
    if (steps == 0) return false;
    const World world = *moved(in_.world, rule, move, steps);
    const CoverProblem problem = problem_at(world, rule);
    const CoverResult cover = solve_cover(problem, pricing());
    if (cover.choices.empty()) return false;
    CALLMILL_CHECK(check_cover(problem, cover).empty(), "the relaxed cover keeps all other rules");
    DayPlan day;
    const SimDuration slot = in_.world.day.length() / problem.slots;
    day.shifts = shifts_of(world, problem, cover, ask_.group(), slot);
    for (std::size_t t = 0; t < world.trunks.size(); ++t)
      day.lines.push_back({TrunkGroupId{t}, world.trunks[t].lines.value_or(1)});
    CALLMILL_CHECK(check_plan(world, day).empty(), "and its people too");
    why_.ways.push_back(
        {rule, move_text(in_.world, rule, move, steps), cover.cost, cover.bound, 0, 0});
    if (!cheapest_ || cover.cost < cheapest_->second) cheapest_ = {world, cover.cost};
    return true;
  }

  // Fewest agent-hours beside the shifts, then the cheapest shifts.
  void add_hired() {
    const CoverProblem problem = ask_.problem(all_of(ask_));
    const int block = problem.slots / static_cast<int>(in_.world.intervals());
    const double hours = to_hours(in_.world.day.interval);
    double wage = 0;
    for (const ShiftPattern& p : in_.world.shifts)
      if (p.group == ask_.group()) wage = std::max(wage, p.wage_per_hour);
    const HiredCover with =
        cover_with_hired(problem, block, kHiredLast * hours * std::max(wage, 1.0), pricing());
    if (with.cover.status == CoverStatus::kNoPlanFound) return;
    CoverProblem left = problem;
    left.goals.clear();
    Relaxation way{{PlanRuleKind::kHours, 0},
                   "",
                   with.cover.cost,
                   std::numeric_limits<double>::quiet_NaN(),
                   0,
                   0};
    std::string where;
    for (std::size_t b = 0; b < with.hired.size(); ++b) {
      for (std::size_t t = b * static_cast<std::size_t>(block);
           t < (b + 1) * static_cast<std::size_t>(block); ++t) {
        left.requirement[t] -= with.hired[b];
        for (CoverPresence& there : left.presence)  // the hired are at work, too
          if (!there.on_duty)
            there.at_least[t] = std::max<std::int64_t>(
                0, std::llround(
                       std::ceil(static_cast<double>(there.at_least[t]) - with.hired[b] - 1e-9)));
      }
      if (with.hired[b] < 0.5) continue;
      way.hired_h += with.hired[b] * hours;
      if (where.size() < 40)
        where += fmt::format("{}{:.0f} from {}", where.empty() ? "" : ", ", with.hired[b],
                             interval_start(in_.world, b));
      else if (!where.ends_with("..."))
        where += ", ...";
    }
    CALLMILL_CHECK(check_cover(left, with.cover).empty(), "shifts cover what is not hired");
    way.hired_price = way.hired_h * wage;
    way.wages += way.hired_price;
    way.what = fmt::format("{:g} agent-hours hired at {:g} an hour: {}", way.hired_h, wage, where);
    why_.ways.push_back(std::move(way));
  }

 public:
  const std::optional<std::pair<World, double>>& cheapest() const { return cheapest_; }

 private:
  const Explaining& in_;
  Ask& ask_;
  WhyNot why_;
  std::size_t faults_ = 0;  // of the scenario as it is: none, but in tests
  std::optional<std::pair<World, double>> cheapest_;  // a moved scenario, and its wages
};

// One round of the planner's own: requirement, cover, lines, simulation.
std::optional<SimulatedRelaxation> simulated(const Explaining& in, const World& world, double scale,
                                             Explanation& out) {
  if (in.stopped()) return std::nullopt;
  in.tell("the cheapest of them simulated", 0);
  const std::function<void(const PlanRound&)> silent;
  Rounds rounds{world, in.options, silent, in.stop};
  Candidate candidate = rounds.first();
  for (auto& group : candidate.factor)
    for (double& f : group) f *= scale;
  const Outcome o = rounds.try_out(std::move(candidate), "", in.how.cover);
  out.events += rounds.events();
  if (o.plan.status != PlanStatus::kMet && o.plan.status != PlanStatus::kTargetMissed)
    return std::nullopt;
  return SimulatedRelaxation{o.plan.cost(), o.met(), o.plan.targets};
}

}  // namespace

void explain_why_not(const Explaining& in, Explanation& out) {
  std::vector<GroupId> groups;
  for (const ShiftPattern& p : in.world.shifts)
    if (std::find(groups.begin(), groups.end(), p.group) == groups.end()) groups.push_back(p.group);
  std::sort(groups.begin(), groups.end(),
            [](GroupId a, GroupId b) { return a.index() < b.index(); });
  for (const GroupId group : groups) {
    if (in.stopped()) return;
    double scale = 1;
    for (const GroupPlanResult& g : in.plan.groups)
      if (g.group == group && g.scale > 0) scale = g.scale;
    // As it is asked for at first, or, where that is possible, as the simulation asks.
    std::optional<Ask> ask;
    bool none = false;
    for (const double s : {1.0, scale}) {
      if (none || (s == 1.0 && ask)) break;
      ask.emplace(in.world, in.options, group, s, in.stop);
      none = none_possible(*ask);
      if (none) scale = s;
    }
    if (!none) continue;
    WhyNotFinder finder{in, *ask, scale};
    WhyNot why = finder.find();
    const bool shifts_first =
        !why.ways.empty() && why.ways.front().rule.kind != PlanRuleKind::kHours;
    if (in.how.in_full && shifts_first && finder.cheapest())
      why.simulated = simulated(in, finder.cheapest()->first, scale, out);
    out.why_not.push_back(std::move(why));
  }
}

}  // namespace callmill::planning
