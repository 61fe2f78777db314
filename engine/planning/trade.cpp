#include "engine/planning/trade.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/planning/levers.h"
#include "engine/planning/trade_parts.h"
#include "models/cover/joint_cover.h"

namespace callmill::planning {
namespace {

constexpr int kMostSteps = 16;
constexpr int kMostTries = 4;          // of one step, each in a smaller region
constexpr double kFirstRegion = 0.05;  // of who is there
constexpr double kLargestRegion = 0.4;
constexpr double kWorthWhile = 1e-4;  // of the cost: what a step must win
// Room beyond a target is worth a little, less than what it costs to have: of two plans that cost
// the same the roomier is taken, and the next step turns its room into money.
constexpr double kRoomOfShare = 0.03;    // as much room as is worth anything; 3 points
constexpr double kRoomOfOther = 0.25;    // likewise, of the value of at_most
constexpr double kPriceOfRoom = 0.0075;  // of the wages, for all of it

class Trade {
 public:
  Trade(Rounds& rounds, const CoverOptions& cover, const std::vector<double>& to_spare)
      : rounds_{rounds}, cover_{cover}, to_spare_{to_spare} {}

  Outcome run(const Outcome& start) {
    Outcome at = start, cheapest = start;
    if (at.plan.groups.empty()) return at;
    note_floors(start);
    wages_ = start.plan.wages;
    for (int step = 1; step <= kMostSteps && rounds_.may_go_on(); ++step) {
      worths_ = worths_at(at, rounds_);
      if (worths_.empty()) break;
      promised_too_much_.assign(worths_.size(), 0.0);
      missed_more_.assign(worths_.size(), 0.0);
      note_cuts(at);
      std::optional<Outcome> next = better_than(at, step);
      if (!next) break;
      const bool held = holds(at);
      at = std::move(*next);
      if (!held || at.plan.cost() < cheapest.plan.cost()) cheapest = at;
      region_ = std::min(kLargestRegion, 1.5 * region_);
    }
    cheapest.plan.program_bound = bound(cheapest);
    return cheapest;
  }

 private:
  // A plan that holds and is better; none where smaller and smaller steps find none.
  std::optional<Outcome> better_than(const Outcome& at, int step) {
    const double to_beat =
        holds(at) ? worth_of(at) - kWorthWhile * wages_ : std::numeric_limits<double>::infinity();
    std::optional<Outcome> last;
    most_dropped_ = std::numeric_limits<double>::infinity();
    for (int tries = 0; tries < kMostTries && rounds_.may_go_on(); ++tries) {
      const JointResult found = solve_joint_cover(program(at), cover_);
      if (found.covers.empty()) return std::nullopt;
      Outcome next = with(at, found);
      if (same_plan(next, at)) return std::nullopt;
      if (last && same_plan(next, *last)) {
        most_dropped_ = dropped(at, next) / 2;
        continue;
      }
      rounds_.simulate(next, fmt::format("trade {}", step));
      if (next.plan.status == PlanStatus::kInterrupted) return std::nullopt;
      if (holds(next) && worth_of(next) < to_beat) return next;
      learn(at, next);
      if (tries > 0) {  // first by what was learnt alone
        most_dropped_ = dropped(at, next) / 2;
        region_ /= 1.5;
      }
      last = std::move(next);
    }
    return std::nullopt;
  }

  // The cuts of this step as they are, for the bound. Those of a target with a price pay for what
  // the strictest of them lacks.
  void note_cuts(const Outcome& at) {
    const std::vector<std::size_t> item_of = items_of();
    first_cut_.resize(worths_.size());
    for (std::size_t k = 0; k < worths_.size(); ++k) {
      const Target& t = at.plan.targets[k].target;
      if (!is_cut(t)) continue;
      JointRow row = cut(at, k, item_of);
      if (t.price) row.price = price_of_miss(t);
      if (t.price) row.lacks_with = first_cut_[k];
      if (!first_cut_[k]) first_cut_[k] = cuts_.size();
      cuts_.push_back(std::move(row));
    }
  }

  // The least that shifts, sized lines and penalties can cost by all cuts that were made, anywhere:
  // the relaxation, without a region. Where an agent is worth the less the more there are, no plan
  // that meets the targets with their intervals costs less, but for the error of the simulated
  // worths.
  double bound(const Outcome& at) const {
    JointCover joint = covers_of(at);
    const std::size_t before = joint.rows.size();
    for (JointRow row : cuts_) {
      if (row.lacks_with) *row.lacks_with += before;
      joint.rows.push_back(std::move(row));
    }
    for (std::size_t t = 0; t < rounds_.bought(); ++t)
      if (rounds_.sized(t))
        joint.items.push_back(
            {rounds_.rent(t), 1, 4 * std::max<std::int64_t>(1, at.candidate.lines[t])});
    return solve_joint_cover(joint, {1, cover_.time_limit_s, 1}).bound;
  }

  // Room that is worth something; none of loss, as lines are cheap.
  static double room_wanted(const Target& t) {
    if (is_loss(t) || t.price) return 0;
    return t.sense == Sense::kAtLeast && t.value < 1 ? std::min(kRoomOfShare, (1 - t.value) / 2)
                                                     : kRoomOfOther * t.value;
  }
  double price_of_room(const Target& t) const {
    return room_wanted(t) > 0 ? kPriceOfRoom * wages_ / room_wanted(t) : 0;
  }

  // Cost, and the price of the room that lacks: less is better.
  double worth_of(const Outcome& o) const {
    double sum = o.plan.cost();
    for (std::size_t k = 0; k < o.plan.targets.size(); ++k) {
      const Target& t = o.plan.targets[k].target;
      if (is_cut(t)) sum += price_of_room(t) * std::max(0.0, room_wanted(t) - room(o, k));
    }
    return sum;
  }

  // What each interval needs is needed of a group and its helpers together. What a price may be
  // paid for instead is not needed, but somebody is.
  void note_floors(const Outcome& start) {
    for (std::size_t p = 0; p < start.plan.groups.size(); ++p) {
      const GroupPlanResult& g = start.plan.groups[p];
      floors_.push_back(g.problem.requirement);
      if (has_price(p, start.plan.targets))
        for (double& floor : floors_.back()) floor = std::min(floor, 1.0);
      std::vector<std::size_t> helpers;
      for (std::size_t h = 0; h < start.plan.groups.size(); ++h)
        if (rounds_.helps(start.plan.groups[h].group, g.group)) helpers.push_back(h);
      helpers_.push_back(std::move(helpers));
    }
  }

  bool has_price(std::size_t group, const std::vector<TargetResult>& targets) const {
    return std::any_of(targets.begin(), targets.end(), [&](const TargetResult& t) {
      return t.target.price && rounds_.answers_for(group, t.target);
    });
  }

  // How far the interval's end lies on the good side of what is asked, less what it is to have to
  // spare there.
  double room(const Outcome& o, std::size_t k) const {
    const TargetResult& t = o.plan.targets[k];
    if (t.target.price) return better_is(t.target) * (t.estimate.value - t.target.value);
    return better_is(t.target) * (deciding_end(t) - t.target.value) - to_spare_[k];
  }

  bool holds(const Outcome& o) const {
    if (!o.met()) return false;
    for (std::size_t k = 0; k < to_spare_.size(); ++k)
      if (is_hard_cut(o.plan.targets[k].target) && room(o, k) < 0) return false;
    return true;
  }

  // All groups' shifts, and what each interval needs whatever the day does.
  JointCover covers_of(const Outcome& at) const {
    JointCover joint;
    for (std::size_t g = 0; g < at.plan.groups.size(); ++g) {
      joint.problems.push_back(at.plan.groups[g].problem);
      joint.problems.back().goals.clear();  // the cuts are in their place
      joint.problems.back().requirement = floors_[g];
    }
    for (std::size_t g = 0; g < at.plan.groups.size(); ++g) add_floor(g, joint);
    return joint;
  }

  // Of each trunk group that is sized, its place among the items.
  std::vector<std::size_t> items_of() const {
    std::vector<std::size_t> item_of(rounds_.bought());
    std::size_t next = 0;
    for (std::size_t t = 0; t < item_of.size(); ++t)
      if (rounds_.sized(t)) item_of[t] = next++;
    return item_of;
  }

  JointCover program(const Outcome& best) const {
    JointCover joint = covers_of(best);
    for (std::size_t g = 0; g < best.plan.groups.size(); ++g) add_region(best, g, joint);
    add_drops(best, joint);
    const std::vector<std::size_t> item_of = items_of();
    for (std::size_t t = 0; t < item_of.size(); ++t)
      if (rounds_.sized(t)) joint.items.push_back(lines_near(best.candidate.lines[t], t));
    for (std::size_t k = 0; k < worths_.size(); ++k)
      if (is_cut(best.plan.targets[k].target)) add_cuts(best, k, item_of, joint);
    return joint;
  }

  // Hard at the target, and once more, at a price, with room.
  void add_cuts(const Outcome& best, std::size_t k, const std::vector<std::size_t>& item_of,
                JointCover& joint) const {
    const Target& t = best.plan.targets[k].target;
    JointRow row = cut(best, k, item_of);
    add_misses(best, k, joint, row);
    if (t.price) row.price = price_of_miss(t);
    joint.rows.push_back(row);
    if (room_wanted(t) <= 0) return;
    row.least += room_wanted(t);
    row.price = price_of_room(t);
    joint.rows.push_back(std::move(row));
  }

  // Whom each slot may lose, and how many all of them together.
  void add_drops(const Outcome& best, JointCover& joint) const {
    JointRow few;
    for (std::size_t g = 0; g < best.plan.groups.size(); ++g) {
      const std::vector<std::int64_t>& present = best.plan.groups[g].cover.present;
      for (std::size_t slot = 0; slot < present.size(); ++slot) {
        few.drops.push_back({joint.drops.size(), -1});
        joint.drops.push_back({g, static_cast<int>(slot), static_cast<double>(present[slot])});
      }
    }
    few.least = -most_dropped_;
    if (std::isfinite(most_dropped_)) joint.rows.push_back(std::move(few));
  }

  // One agent fewer is missed more than one more helps.
  void add_misses(const Outcome& best, std::size_t k, const JointCover& joint,
                  JointRow& row) const {
    for (std::size_t d = 0; d < joint.drops.size(); ++d) {
      const JointDrop& drop = joint.drops[d];
      const double beyond =
          missed_beyond(best, k, drop.problem, static_cast<std::size_t>(drop.slot));
      if (beyond > 0) row.drops.push_back({d, -beyond});
    }
  }

  // Of one agent in a slot; more is better.
  double worth_of_agent(const Outcome& at, std::size_t k, std::size_t g, std::size_t slot) const {
    const std::vector<double>& worths = worths_[k].agents[g];
    const std::size_t each = at.plan.groups[g].cover.present.size() / worths.size();
    return better_is(at.plan.targets[k].target) * worths[slot / each] / static_cast<double>(each);
  }
  // By what one who goes is missed beyond that.
  double missed_beyond(const Outcome& at, std::size_t k, std::size_t g, std::size_t slot) const {
    const std::vector<double>& missed = worths_[k].missed[g];
    const std::size_t each = at.plan.groups[g].cover.present.size() / missed.size();
    return std::max(0.0, worth_of_agent(at, k, g, slot)) *
           (missed[slot / each] - 1 + missed_more_[k]);
  }

  void add_floor(std::size_t g, JointCover& joint) const {
    if (helpers_[g].empty()) return;
    std::fill(joint.problems[g].requirement.begin(), joint.problems[g].requirement.end(), 0.0);
    for (std::size_t slot = 0; slot < floors_[g].size(); ++slot) {
      if (floors_[g][slot] <= 0) continue;
      JointRow row;
      row.least = std::ceil(floors_[g][slot] - 1e-9);
      row.present.push_back({g, static_cast<int>(slot), 1});
      for (const std::size_t h : helpers_[g]) row.present.push_back({h, static_cast<int>(slot), 1});
      joint.rows.push_back(std::move(row));
    }
  }

  JointItem lines_near(std::int64_t lines, std::size_t bought) const {
    const auto reach =
        std::max<std::int64_t>(1, std::llround(region_ * static_cast<double>(lines)));
    return {rounds_.rent(bought), std::max<std::int64_t>(1, lines - reach), lines + reach};
  }

  // A group of nobody may be begun with a twentieth of whom it would help.
  double reach_of(const Outcome& best, std::size_t g, std::size_t slot) const {
    double about = static_cast<double>(best.plan.groups[g].cover.present[slot]);
    for (const GroupPlanResult& other : best.plan.groups)
      if (!other.cover.present.empty() && rounds_.helps(best.plan.groups[g].group, other.group))
        about = std::max(about, static_cast<double>(other.cover.present[slot]));
    return std::max(1.0, region_ * about);
  }

  void add_region(const Outcome& best, std::size_t g, JointCover& joint) const {
    const std::vector<std::int64_t>& present = best.plan.groups[g].cover.present;
    for (std::size_t t = 0; t < present.size(); ++t) {
      const auto here = static_cast<double>(present[t]);
      const double reach = reach_of(best, g, t);
      joint.ranges.push_back({g, static_cast<int>(t), here - reach, here + reach});
    }
  }

  // deciding end + sum worth x (present - present now) >= wanted, all turned so that more is
  // better.
  JointRow cut(const Outcome& best, std::size_t k, const std::vector<std::size_t>& item_of) const {
    const TargetResult& t = best.plan.targets[k];
    const double turn = better_is(t.target);
    JointRow row;
    row.least = promised_too_much_[k] - room(best, k);
    for (std::size_t g = 0; g < best.plan.groups.size(); ++g) {
      const std::vector<std::int64_t>& present = best.plan.groups[g].cover.present;
      for (std::size_t slot = 0; slot < present.size(); ++slot) {
        const double worth = worth_of_agent(best, k, g, slot);
        if (worth == 0) continue;
        row.present.push_back({g, static_cast<int>(slot), worth});
        row.least += worth * static_cast<double>(present[slot]);
      }
    }
    for (std::size_t bought = 0; bought < item_of.size(); ++bought) {
      const double worth = turn * worths_[k].lines[bought];
      if (!rounds_.sized(bought) || worth == 0) continue;
      row.items.push_back({item_of[bought], worth});
      row.least += worth * static_cast<double>(best.candidate.lines[bought]);
    }
    return row;
  }

  Outcome with(const Outcome& best, const JointResult& found) const {
    Outcome next = best;
    for (std::size_t g = 0; g < found.covers.size(); ++g) {
      GroupPlanResult& group = next.plan.groups[g];
      group.problem.goals.clear();
      group.problem.requirement = floors_[g];
      if (!helpers_[g].empty())
        std::fill(group.problem.requirement.begin(), group.problem.requirement.end(), 0.0);
      rounds_.take(group, found.covers[g]);
    }
    for (std::size_t t = 0, item = 0; t < rounds_.bought(); ++t)
      if (rounds_.sized(t)) next.candidate.lines[t] = found.items[item++];
    return next;
  }

  // What the cuts said of `next`, less what came of it. A target with a price is moved away from
  // what was dropped, as `at` itself is known and stays what it is. Of the others, where the plan
  // at hand holds, no more than all the room that it has: it must stay a solution.
  void learn(const Outcome& at, const Outcome& next) {
    for (std::size_t k = 0; k < worths_.size(); ++k) {
      const Target& t = next.plan.targets[k].target;
      const double lacking = -room(next, k);
      if (is_cut(t) && t.price) learn_worth(at, next, k);
      if (!is_hard_cut(t) || !(lacking > 0)) continue;
      promised_too_much_[k] += lacking;
      if (holds(at)) promised_too_much_[k] = std::min(promised_too_much_[k], room(at, k));
    }
  }

  // Agents who go are missed as much more as explains what came of `next`.
  void learn_worth(const Outcome& at, const Outcome& next, std::size_t k) {
    double promised = room(at, k), of_dropped = 0;
    for (std::size_t g = 0; g < at.plan.groups.size(); ++g) {
      const auto &was = at.plan.groups[g].cover.present, &is = next.plan.groups[g].cover.present;
      for (std::size_t slot = 0; slot < was.size(); ++slot) {
        const double worth = worth_of_agent(at, k, g, slot);
        const auto more = static_cast<double>(is[slot] - was[slot]);
        promised += worth * more + missed_beyond(at, k, g, slot) * std::min(0.0, more);
        if (worth > 0) of_dropped -= worth * std::min(0.0, more);
      }
    }
    for (std::size_t t = 0; t < rounds_.bought(); ++t)
      promised += better_is(at.plan.targets[k].target) * worths_[k].lines[t] *
                  static_cast<double>(next.candidate.lines[t] - at.candidate.lines[t]);
    if (of_dropped > 0) missed_more_[k] += std::max(0.0, promised - room(next, k)) / of_dropped;
  }

  Rounds& rounds_;
  const CoverOptions& cover_;
  const std::vector<double>& to_spare_;
  double region_ = kFirstRegion;
  double most_dropped_ = 0;                            // agents times slots, by the next program
  double wages_ = 0;                                   // of the plan at the start
  std::vector<std::vector<double>> floors_;            // by group and slot
  std::vector<std::vector<std::size_t>> helpers_;      // by group
  std::vector<JointRow> cuts_;                         // of all steps, without corrections
  std::vector<LeverWorths> worths_;                    // by target
  std::vector<std::optional<std::size_t>> first_cut_;  // likewise, by target
  std::vector<double> promised_too_much_;              // by target, in its unit
  std::vector<double> missed_more_;  // by target with a price: of agents who go, a factor
};

}  // namespace

Outcome trade(const Outcome& start, Rounds& rounds, const CoverOptions& cover,
              const std::vector<double>& to_spare) {
  return Trade{rounds, cover, to_spare}.run(start);
}

}  // namespace callmill::planning
