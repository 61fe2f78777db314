// Who does what with the rest of the day: the integer program.
//
// x_ck persons of class c take choice k. present_g(t) = now_g(t) + sum x_ck (works_ck(t) -
// works_c(t)). With short_g(t) >= 0 agents missing in a slot, u(t) the agents of a goal's blocks
// and `rest` what the goal still needs after the slots that are past:
//
//   min  sum (cost_ck + price) x_ck + dear (sum short + sum miss)
//   sum_k x_ck <= persons of c
//   present_g(t) + short_g(t) >= floor_g(t)
//   present_g(t) + short_g(t) >= from(t) + sum_b u_b(t),   u_b(t) <= agents_b(t)
//   sum_t sum_b each_b(t) u_b(t) - sum_t each_1(t) short_g(t) + miss >= rest
//   limits of the scenario on who is there in a slot; a plan that breaks one already, no more so

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/intraday/intraday_parts.h"
#include "engine/planning/plan.h"
#include "models/mip/mip.h"

namespace callmill::intraday {
namespace {

// An agent-slot that is missing costs as much as so many at the highest wage.
constexpr double kDear = 20;
constexpr double kNodes = 300;
constexpr double kGap = 2e-3;  // of the day's wages

class Program {
 public:
  Program(const World& world, const DayPlan& plan, const std::vector<PersonClass>& classes,
          const IntradayOptions& options, const Grid& grid)
      : world_{world},
        plan_{plan},
        classes_{classes},
        options_{options},
        grid_{grid},
        cyclic_{world.day.length() == std::chrono::hours{24}} {
    double wage = 1;
    for (const ShiftPattern& p : world.shifts) wage = std::max(wage, p.wage_per_hour);
    dear_ = kDear * wage * to_hours(grid.slot);
    add_choices();
    // The plan as it is, so that the gap is one of the day's wages: changes alone may cost nothing.
    double wages = 0;
    for (const PlannedShift& shift : plan.shifts) wages += wage_of(world, shift);
    mip_.add_column(wages, 1, 1);
  }

  // Limits on agents at work or on duty, slot by slot.
  void add_limits() {
    for (const ShiftLimit& limit : world_.limits) {
      if (limit.of == LimitOf::kHeads) continue;
      const bool duty = limit.of == LimitOf::kOnDuty;
      const auto there = present_of(limit.group, duty);
      const auto moves = moves_of(limit.group, duty);
      for (int t = grid_.from; t < grid_.slots; ++t) {
        if (!is_within(limit.from, limit.to, grid_.time(t)) || moves.find(t) == moves.end())
          continue;
        const double now = there[at(t)];
        const double least = limit.at_least ? static_cast<double>(*limit.at_least) : 0;
        const double most = limit.at_most ? static_cast<double>(*limit.at_most) : kUnbounded;
        add_moves(mip_.add_row(std::min(least, now) - now, std::max(most, now) - now), moves, t);
      }
    }
  }

  void add_pool(const Requirement& need, double factor) {
    const auto present = present_of(need.group);
    const auto moves = moves_of(need.group);
    const auto each = static_cast<int>(world_.day.interval / grid_.slot);
    std::vector<int> missing;
    for (int t = grid_.from; t < grid_.slots; ++t) {
      const double floor =
          std::ceil(need.intervals[static_cast<std::size_t>(t / each)].floor * factor - 1e-9);
      missing.push_back(any(dear_));
      const int row = mip_.add_row(floor - present[at(t)], kUnbounded);
      mip_.add(row, missing.back(), 1);
      add_moves(row, moves, t);
    }
    const std::vector<double> all(need.intervals.size(), factor);
    for (const DayGoal& goal : need.day_goals)
      add_goal(cover_goal(goal, all, each), present, moves, missing);
  }

  Chosen solve() const {
    MipOptions how;
    how.relative_gap = kGap;
    how.time_limit_s = options_.time_limit_s;
    how.node_limit = kNodes;
    const MipResult result = solve_mip(mip_, how);
    Chosen chosen;
    if (result.values.empty()) return chosen;
    chosen.above_bound = std::max(0.0, result.cost - result.bound);
    for (const std::vector<int>& columns : column_) {
      chosen.of.emplace_back();
      for (const int column : columns)
        chosen.of.back().push_back(std::llround(result.values[static_cast<std::size_t>(column)]));
    }
    return chosen;
  }

 private:
  // By column, slots in which one person more is there (+1) or one fewer (-1).
  using Moves = std::map<int, std::vector<std::pair<int, double>>>;  // slot -> column, change

  static std::size_t at(int t) { return static_cast<std::size_t>(t); }

  int any(double cost) {
    const int column = mip_.add_column(cost, 0, kUnbounded);
    mip_.columns[at(column)].whole = false;
    return column;
  }

  void add_choices() {
    const int called_in = mip_.add_row(-kUnbounded, static_cast<double>(options_.call_in));
    std::map<std::size_t, int> limit;  // of a pattern with max_agents
    for (const PersonClass& c : classes_) {
      column_.emplace_back();
      const int row = mip_.add_row(-kUnbounded, static_cast<double>(c.size));
      for (const Choice& choice : c.choices) {
        const int column =
            mip_.add_column(choice.cost + options_.price, 0, static_cast<double>(c.size));
        column_.back().push_back(column);
        mip_.add(row, column, 1);
        if (choice.kind != ChangeKind::kCalledIn) continue;
        mip_.add(called_in, column, 1);
        const std::size_t p = *choice.to.pattern;
        if (!world_.shifts[p].max_agents) continue;
        if (limit.find(p) == limit.end()) limit[p] = mip_.add_row(-kUnbounded, room_in(p));
        mip_.add(limit[p], column, 1);
      }
    }
    mip_.leading_columns = static_cast<int>(mip_.columns.size());
  }

  double room_in(std::size_t pattern) const {
    const auto there =
        std::count_if(plan_.shifts.begin(), plan_.shifts.end(),
                      [pattern](const PlannedShift& s) { return s.pattern == pattern; });
    return std::max(0.0, static_cast<double>(*world_.shifts[pattern].max_agents - there));
  }

  // Slots of the shift; on duty: breaks, too.
  std::vector<bool> slots_of(PlannedShift shift, bool duty) const {
    if (duty) shift.breaks.clear();
    return works(shift, grid_, cyclic_);
  }

  std::vector<double> present_of(GroupId group, bool duty = false) const {
    std::vector<double> present(at(grid_.slots), 0.0);
    for (const PlannedShift& shift : plan_.shifts) {
      if (shift.group != group) continue;
      const std::vector<bool> at_work = slots_of(shift, duty);
      for (std::size_t t = 0; t < present.size(); ++t) present[t] += at_work[t] ? 1 : 0;
    }
    return present;
  }

  Moves moves_of(GroupId group, bool duty = false) const {
    Moves moves;
    for (std::size_t c = 0; c < classes_.size(); ++c) {
      const PersonClass& one = classes_[c];
      const bool reserve = one.persons.empty();
      for (std::size_t k = 0; k < one.choices.size(); ++k) {
        if (one.choices[k].to.group != group) continue;
        const std::vector<bool> now =
            reserve ? std::vector<bool>(at(grid_.slots), false) : slots_of(one.now, duty);
        const std::vector<bool> then = slots_of(one.choices[k].to, duty);
        for (int t = grid_.from; t < grid_.slots; ++t)
          if (now[at(t)] != then[at(t)])
            moves[t].emplace_back(column_[c][k], then[at(t)] ? 1.0 : -1.0);
      }
    }
    return moves;
  }

  void add_moves(int row, const Moves& moves, int t) {
    const auto found = moves.find(t);
    if (found == moves.end()) return;
    for (const auto& [column, change] : found->second) mip_.add(row, column, change);
  }

  // What the agents of a slot that is past have brought.
  static double gained(const std::vector<CoverWorth>& worth, double agents) {
    if (worth.empty()) return 0;
    if (agents < 0) return agents * worth.front().each;
    double sum = 0;
    for (const CoverWorth& block : worth) {
      const double used = std::min(agents, static_cast<double>(block.agents));
      sum += used * block.each;
      agents -= used;
    }
    return sum;
  }

  void add_goal(const CoverGoal& goal, const std::vector<double>& present, const Moves& moves,
                const std::vector<int>& missing) {
    double rest = goal.least, first = 0;
    int count = 0;
    for (int t = 0; t < grid_.slots; ++t) {
      if (t < grid_.from)
        rest -= gained(goal.worth[at(t)], present[at(t)] - static_cast<double>(goal.from[at(t)]));
      if (goal.worth[at(t)].empty()) continue;
      first += goal.worth[at(t)].front().each;
      ++count;
    }
    if (count == 0) return;
    const int sum = mip_.add_row(rest, kUnbounded);
    mip_.add(sum, any(dear_ / (first / count)), 1);  // miss
    for (int t = grid_.from; t < grid_.slots; ++t) {
      const std::vector<CoverWorth>& worth = goal.worth[at(t)];
      if (worth.empty()) continue;
      const int row =
          mip_.add_row(static_cast<double>(goal.from[at(t)]) - present[at(t)], kUnbounded);
      const int lack = missing[at(t - grid_.from)];
      mip_.add(row, lack, 1);
      mip_.add(sum, lack, -worth.front().each);
      add_moves(row, moves, t);
      for (const CoverWorth& block : worth) {
        const int used = mip_.add_column(0, 0, static_cast<double>(block.agents));
        mip_.columns[at(used)].whole = false;
        mip_.add(row, used, -1);
        mip_.add(sum, used, block.each);
      }
    }
  }

  const World& world_;
  const DayPlan& plan_;
  const std::vector<PersonClass>& classes_;
  const IntradayOptions& options_;
  const Grid& grid_;
  bool cyclic_;
  double dear_ = 0;
  Mip mip_;
  std::vector<std::vector<int>> column_;  // [class][choice]
};

}  // namespace

Chosen choose(const World& world, const DayPlan& plan, const std::vector<Requirement>& needs,
              const std::vector<PersonClass>& classes, const IntradayOptions& options,
              const Grid& grid, double factor) {
  Program program{world, plan, classes, options, grid};
  for (const Requirement& need : needs) program.add_pool(need, factor);
  program.add_limits();
  return program.solve();
}

}  // namespace callmill::intraday
