#include "models/roster/solve_roster.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/random/stream.h"
#include "models/mip/mip.h"
#include "models/roster/columns.h"

namespace callmill {
namespace {

constexpr double kSlack = 1e-6;  // on costs: the solver's tolerance

class Search {
 public:
  Search(const RosterProblem& problem, const RosterOptions& options)
      : p_{problem}, options_{options}, columns_{problem}, step_{columns_.master().cost_step()} {}

  RosterResult solve() {
    RosterResult result;
    if (columns_.start()) {
      result.conflicts = roster_conflicts(p_);
      return result;
    }
    first_roster();
    root();
    if (!done()) dive({}, 0);
    double before = cost_;
    int since = 0;  // rounds without a cheaper roster
    for (int round = 0; round < options_.rounds && since < kStall && !done(); ++round) {
      if (since == kRoundsToProof) prove();
      if (!done()) improve(round);
      since = cost_ < before - kSlack ? 0 : since + 1;
      before = cost_;
    }
    for (const int column : best_) result.roster.push_back(of(column).days);
    result.cost = cost_;
    result.bound = std::min(bound_, cost_);
    result.schedules = static_cast<int>(columns_.all().size());
    result.status = result.cost - result.bound <= kSlack * (1 + cost_) ? RosterStatus::kOptimal
                    : stopped_                                         ? RosterStatus::kInterrupted
                                                                       : RosterStatus::kGap;
    return result;
  }

 private:
  const RosterColumn& of(int column) const {
    return columns_.all()[static_cast<std::size_t>(column)];
  }
  int people() const { return static_cast<int>(p_.people.size()); }

  bool tell(std::string_view phase) {
    if (options_.report && !stopped_)
      stopped_ = !options_.report({phase, cost_, bound_, static_cast<int>(columns_.all().size())});
    return !stopped_;
  }
  std::function<bool()> stop(std::string_view phase) {
    return [this, phase] { return !tell(phase); };
  }
  bool done() const { return stopped_ || cost_ - bound_ <= options_.relative_gap * cost_ + kSlack; }
  // The next cost that there can be.
  double on_step(double bound) const {
    return step_ > 0 ? std::ceil(bound / step_ - 1e-6) * step_ : bound;
  }

  double cost_of(const std::vector<int>& columns) const {
    std::vector<const std::vector<int>*> days;
    double own = 0;
    for (const int column : columns) {
      days.push_back(&of(column).days);
      own += of(column).cost;
    }
    return columns_.master().cost(days, own);
  }
  // One column a person. One that costs the same is taken too, so that the search moves on.
  void offer(const std::vector<int>& columns) {
    const double cost = cost_of(columns);
    if (cost > cost_ + kSlack) return;
    cost_ = std::min(cost_, cost);
    best_ = columns;
  }

  void first_roster() {
    std::vector<int> first(p_.people.size());
    std::iota(first.begin(), first.end(), 0);  // start() gave one to each, in order
    offer(first);
    bound_ = 0;
  }

  void root() {
    const auto found = columns_.generate(0, kMostRounds, stop("bound"));
    bound_ = std::max(bound_, on_step(found.bound));
    tell("bound");
  }

  // Where few schedules are cheap enough to be in a better roster, the program over all of them
  // finds the best roster, or says that there is no better one.
  void prove() {
    if (cost_ >= tried_) return;
    tried_ = cost_;
    columns_.fix({});
    columns_.generate(3, 0, [] { return false; });
    if (!tell("proof") || !columns_.add_all_below(cost_ - std::max(step_, kSlack), kMostSchedules))
      return;
    if (program("proof", kProofNodes)) bound_ = std::max(bound_, cost_);
  }

  // Settles people one after the other on the schedule that the program likes best, and lets the
  // others find what fits beside. `settled`: who is already; `luck`: 0 takes the best liked, else a
  // draw of its own weighs them anew.
  void dive(std::vector<int> settled, std::uint64_t luck) {
    while (static_cast<int>(settled.size()) < people() && tell("dive")) {
      std::vector<std::pair<double, int>> liked(p_.people.size(), {-1.0, -1});
      for (int column = 0; column < static_cast<int>(columns_.all().size()); ++column) {
        const auto who = static_cast<std::size_t>(of(column).person);
        if (columns_.is_fixed(of(column).person)) continue;
        const double draw =
            to_uniform(mix64(kGolden * (luck + static_cast<std::uint64_t>(column))));
        const double like = columns_.value(column) * (luck > 0 ? 0.5 + draw : 1.0);
        if (like > liked[who].first) liked[who] = {like, column};
      }
      const auto most =
          std::max_element(liked.begin(), liked.end(),
                           [](const auto& a, const auto& b) { return a.first < b.first; });
      for (auto one = liked.begin(); one != liked.end(); ++one)
        if (one == most || (one->second >= 0 && columns_.value(one->second) > kNearlyWhole))
          settled.push_back(one->second);
      columns_.fix(settled);
      const auto left = columns_.generate(kDiveWidth, kDiveRounds, stop("dive"));
      if (on_step(left.cost) > cost_ + kSlack) return;
    }
    if (static_cast<int>(settled.size()) < people()) return;
    std::sort(settled.begin(), settled.end(),
              [this](int a, int b) { return of(a).person < of(b).person; });
    offer(settled);
  }

  // The cheapest roster of the schedules at hand, but of those too dear to be in a better one.
  // True where it is known that they have no cheaper one than is then at hand.
  bool program(std::string_view phase, int nodes) {
    const auto found = columns_.generate(3, 0, [] { return false; });
    if (on_step(found.cost) >= cost_ - kSlack) return true;
    if (!tell(phase)) return false;
    Mip mip = columns_.master().frame();
    const int first = static_cast<int>(mip.columns.size());
    std::vector<int> taken;
    for (int column = 0; column < static_cast<int>(columns_.all().size()); ++column) {
      const int person = of(column).person;
      const bool fixed = columns_.is_fixed(person);
      if (fixed ? columns_.fixed_column(person) != column
                : found.cost + columns_.reduced_cost(column) > cost_ - kSlack)
        continue;
      const int in_mip = mip.add_column(of(column).cost, fixed ? 1 : 0, 1);
      for (const auto& [row, value] : columns_.master().entries(person, of(column).days))
        mip.add(row, in_mip, value);
      taken.push_back(column);
    }
    MipOptions how;
    how.node_limit = nodes;
    how.cost_step = step_;
    how.cutoff = cost_;
    how.time_limit_s = options_.program_time_limit_s;
    const MipResult solved = solve_mip(mip, how);
    const bool known =
        solved.status == MipStatus::kOptimal || solved.status == MipStatus::kInfeasible;
    if (solved.values.empty()) return known;
    std::vector<int> chosen(p_.people.size());
    for (std::size_t i = 0; i < taken.size(); ++i)
      if (solved.values[static_cast<std::size_t>(first) + i] > 0.5)
        chosen[static_cast<std::size_t>(of(taken[i]).person)] = taken[i];
    offer(chosen);
    tell(phase);
    return known;
  }

  // Some people anew, exactly but for the widths, against the rest as it is.
  void improve(int round) {
    const Part part = kParts[static_cast<std::size_t>(round) % std::size(kParts)];
    const int size = std::min(people(), std::max(part.people, people() * part.percent / 100));
    std::vector<std::pair<std::uint64_t, int>> order;
    for (int person = 0; person < people(); ++person)
      order.emplace_back(mix64(kGolden * static_cast<std::uint64_t>(round * 1000 + person + 1)),
                         person);
    std::sort(order.begin(), order.end());
    std::vector<int> rest;
    for (std::size_t i = static_cast<std::size_t>(size); i < order.size(); ++i)
      rest.push_back(best_[static_cast<std::size_t>(order[i].second)]);
    columns_.fix(rest);
    columns_.generate(kImproveWidth, kImproveRounds, stop("improve"));
    if (part.percent > 0)
      dive(rest, static_cast<std::uint64_t>(round + 1) * 1'000'000);
    else
      program("improve", options_.node_limit);
  }

  static constexpr int kStall = 16, kRoundsToProof = 4, kProofNodes = 2000;
  static constexpr std::size_t kMostSchedules = 30'000;
  static constexpr int kMostRounds = 1000;
  static constexpr double kNearlyWhole = 0.9;
  static constexpr int kDiveWidth = 3, kDiveRounds = 10;
  static constexpr int kImproveWidth = 4, kImproveRounds = 20;
  // How many people a round of improvement sets free: a few for the integer program, many for a
  // dive.
  struct Part {
    int people, percent;
  };
  static constexpr Part kParts[] = {{3, 0}, {4, 0},  {1, 100}, {5, 0},
                                    {6, 0}, {1, 50}, {8, 0},   {1, 75}};

  const RosterProblem& p_;
  const RosterOptions& options_;
  RosterColumns columns_;
  double step_;
  std::vector<int> best_;  // column by person
  double cost_ = std::numeric_limits<double>::infinity();
  double bound_ = -std::numeric_limits<double>::infinity();
  double tried_ = std::numeric_limits<double>::infinity();  // cost at which a proof was looked for
  bool stopped_ = false;
};

}  // namespace

RosterResult solve_roster(const RosterProblem& problem, const RosterOptions& options) {
  CALLMILL_CHECK(faults(problem).empty(), "a problem without faults");
  return Search{problem, options}.solve();
}

}  // namespace callmill
