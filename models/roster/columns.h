#pragma once
// Column generation for a roster: schedules found so far, their linear program, and the search for
// schedules that make it cheaper. Internal to the room.

#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "models/mip/growing_lp.h"
#include "models/roster/master.h"
#include "models/roster/person_days.h"
#include "models/roster/roster.h"

namespace callmill {

struct RosterColumn {
  int person = 0;
  std::vector<int> days;
  double cost = 0;  // wishes and overtime
};

class RosterColumns {
 public:
  // The problem must have no faults and outlive this.
  explicit RosterColumns(const RosterProblem& problem);

  // A first schedule for everybody. The first person whose rules leave none, if there is one: then
  // nothing else may be called.
  std::optional<int> start();

  // Looks for schedules of the people who are not fixed until none makes the program cheaper, or
  // after `rounds`, or when `stop` says so. `width` as in PersonDays; 0 asks for a proof.
  struct Bounded {
    double cost = 0;                                          // of the linear program
    double bound = -std::numeric_limits<double>::infinity();  // proven, where width is 0
  };
  Bounded generate(int width, int rounds, const std::function<bool()>& stop);

  // All schedules that a roster below `cost` can be of, by the prices of the last solution, in
  // which nobody is fixed; false where there are more than `most`, then only some have come.
  bool add_all_below(double cost, std::size_t most);

  // Everybody in the list works that column from now on; all others are free.
  void fix(const std::vector<int>& columns);
  bool is_fixed(int person) const { return fixed_[static_cast<std::size_t>(person)] >= 0; }
  int fixed_column(int person) const { return fixed_[static_cast<std::size_t>(person)]; }

  const std::vector<RosterColumn>& all() const { return columns_; }
  const RosterMaster& master() const { return master_; }
  // Of the linear program's last solution.
  double value(int column) const { return lp_.value(first_ + column); }
  double reduced_cost(int column) const;
  // A known schedule's number, or a new one's. It must keep the person's rules.
  int add(int person, std::vector<int> days);

 private:
  // New schedules of one person; the least reduced cost there is (exact where width is 0).
  double price(int person, int width, int& added);

  const RosterProblem& p_;
  RosterMaster master_;
  std::vector<PersonDays> days_;
  GrowingLp lp_;
  int first_ = 0;  // the linear program's column of schedule 0
  std::vector<RosterColumn> columns_;
  std::vector<std::set<std::pair<std::vector<int>, int>>> known_;  // by person: days, column
  std::vector<int> fixed_;
};

}  // namespace callmill
