#include "engine/planning/week_why_not.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

#include "engine/planning/plan_week.h"
#include "models/world/findings.h"

namespace callmill::planning {
namespace {

constexpr SimDuration kAWeek = std::chrono::hours{7 * 24};
// Whether rules can hold, and a plan to price what giving one up would cost.
const TourOptions kTold{1e-2, 20, 30, 60};

struct Rule {
  std::string path;
  std::function<void(World&)> take_away;
};

class Rules {
 public:
  Rules(const World& world, GroupId group) : world_{world}, group_{group} {
    for (std::size_t k = 0; k < world.limits.size(); ++k)
      if (world.limits[k].group == group) add_limit(k);
    for (std::size_t k = 0; k < world.shifts.size(); ++k)
      if (world.shifts[k].group == group) add_kind(k);
    add_labour();
    if (world.groups[group.index()].tours) add_tours(*world.groups[group.index()].tours);
  }
  std::vector<Rule> all() { return std::move(all_); }

 private:
  void add(bool given, std::string path, std::function<void(World&)> take_away) {
    if (given) all_.push_back({std::move(path), std::move(take_away)});
  }

  void add_limit(std::size_t k) {
    add(true, place("limits", world_.limits[k]), [k](World& world) {
      ShiftLimit& limit = world.limits[k];
      limit.at_least.reset();
      limit.at_most.reset();
      limit.share_at_least.reset();
      limit.share_at_most.reset();
    });
  }

  void add_kind(std::size_t k) {
    const ShiftPattern& kind = world_.shifts[k];
    add(kind.min_agents.value_or(0) > 0, place("shifts", kind, "min_agents"),
        [k](World& world) { world.shifts[k].min_agents.reset(); });
    add(kind.max_agents.has_value(), place("shifts", kind, "max_agents"),
        [k](World& world) { world.shifts[k].max_agents.reset(); });
  }

  void add_labour() {
    const LabourRules rules = rules_of(world_.labour);
    add(rules.rest.has_value(), "labour.rest",
        [](World& world) { world.labour.rest = SimDuration{}; });
    add(rules.rest_days > 0, "labour.rest_days", [](World& world) { world.labour.rest_days = 0; });
    add(rules.working_week.has_value(), "labour.working_week",
        [](World& world) { world.labour.working_week = kAWeek; });
    add(rules.overtime_month.has_value(), "labour.overtime_month",
        [](World& world) { world.labour.overtime_month = 5 * kAWeek; });
  }

  void add_tours(const Tours& tours) {
    const auto of_tours = [&](bool given, const char* key, auto take_away) {
      add(given, place("groups", world_.groups[group_.index()], key),
          [g = group_.index(), take_away](World& world) { take_away(*world.groups[g].tours); });
    };
    of_tours(tours.weekends_off > 0, "tours.weekends_off", [](Tours& t) { t.weekends_off = 0; });
    of_tours(tours.max_nights.has_value(), "tours.max_nights",
             [](Tours& t) { t.max_nights.reset(); });
    of_tours(tours.min_hours.has_value(), "tours.min_hours", [](Tours& t) { t.min_hours.reset(); });
    of_tours(tours.max_hours.has_value(), "tours.max_hours", [](Tours& t) { t.max_hours.reset(); });
    of_tours(tours.max_days_in_a_row.has_value(), "tours.max_days_in_a_row",
             [](Tours& t) { t.max_days_in_a_row.reset(); });
    of_tours(tours.min_days_off_in_a_row > 1, "tours.min_days_off_in_a_row",
             [](Tours& t) { t.min_days_off_in_a_row = 1; });
    of_tours(tours.fewest_days() > 1, tours.min_days ? "tours.min_days" : "tours.days",
             [](Tours& t) { t.min_days = 1; });
  }

  const World& world_;
  GroupId group_;
  std::vector<Rule> all_;
};

class WhyNot {
 public:
  WhyNot(const World& world, GroupId group, SimDuration slot, const std::vector<double>& wanted,
         const std::atomic<bool>* stop)
      : world_{world}, group_{group}, slot_{slot}, wanted_{wanted}, options_{kTold} {
    options_.stop = stop;
    rules_ = Rules{world, group}.all();
  }

  std::vector<std::string> say() {
    std::vector<bool> kept(rules_.size(), false);
    if (proven_impossible(solve(kept))) return {};  // no rule of the week is to blame
    // Each rule in turn is left out for good where the others cannot hold without it either.
    kept.assign(rules_.size(), true);
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      kept[r] = false;
      kept[r] = !proven_impossible(solve(kept));
    }
    if (options_.stop != nullptr && options_.stop->load()) return {};
    return words(kept);
  }

 private:
  TourResult solve(const std::vector<bool>& kept) const {
    World world = world_;
    for (std::size_t r = 0; r < rules_.size(); ++r)
      if (!kept[r]) rules_[r].take_away(world);
    const WeekProblem week = week_problem(world, group_, slot_, wanted_);
    TourResult none;
    none.status = TourStatus::kInfeasible;
    if (week.problem.shifts.empty()) return none;
    return faults(week.problem).empty() ? solve_tours(week.problem, options_) : TourResult{};
  }

  static bool proven_impossible(const TourResult& result) {
    return result.status == TourStatus::kInfeasible;
  }

  std::vector<std::string> words(const std::vector<bool>& kept) const {
    const std::string& name = world_.groups[group_.index()].name;
    std::string set;
    std::vector<std::string> lines;
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      if (!kept[r]) continue;
      set += (set.empty() ? "" : ", ") + rules_[r].path;
      lines.push_back(without(name, r));
    }
    lines.insert(
        lines.begin(),
        fmt::format("{}: these rules cannot hold together with this requirement: {}", name, set));
    return lines;
  }

  // All other rules hold, those outside the set, too.
  std::string without(const std::string& name, std::size_t rule) const {
    std::vector<bool> kept(rules_.size(), true);
    kept[rule] = false;
    const TourResult result = solve(kept);
    if (proven_impossible(result))
      return fmt::format("{}: without {} other rules still stand in the way", name,
                         rules_[rule].path);
    if (result.tours.empty())
      return fmt::format(
          "{}: without {} nothing more is proven impossible, and the search found "
          "no people's weeks",
          name, rules_[rule].path);
    return fmt::format("{}: without {} people's weeks cost {:.0f} a week, at least {:.0f}", name,
                       rules_[rule].path, result.cost, result.bound);
  }

  const World& world_;
  GroupId group_;
  SimDuration slot_;
  const std::vector<double>& wanted_;
  TourOptions options_;
  std::vector<Rule> rules_;
};

}  // namespace

std::vector<std::string> why_no_weeks(const World& world, GroupId group, SimDuration slot,
                                      const std::vector<double>& wanted,
                                      const std::atomic<bool>* stop) {
  return WhyNot{world, group, slot, wanted, stop}.say();
}

}  // namespace callmill::planning
