#pragma once
// The master of the column generation (Dantzig and Wolfe 1960; for rosters Jaumard, Semet and Vovor
// 1998): one schedule a person, all that people share in rows. Internal to the room.
//
//   min  sum c[j] x[j] + needs + mix + fairness
//   person p      sum over p's schedules x[j] = 1
//   need d, k     sum a[j, d, k] x[j] + short - over = heads
//   mix d, k      sum new x[j] - n sum veteran x[j] - n missing <= 0      (missing whole)
//   fairness p    least <= sum amount[j] x[j] <= most,  cost weight (most - least)

#include <utility>
#include <vector>

#include "models/mip/mip.h"
#include "models/roster/person_days.h"
#include "models/roster/roster.h"

namespace callmill {

class RosterMaster {
 public:
  // The problem must have no faults and outlive this.
  explicit RosterMaster(const RosterProblem& problem);

  // Rows, and the columns that are no schedules.
  const Mip& frame() const { return frame_; }
  // {row, value} of a schedule's column.
  std::vector<std::pair<int, double>> entries(int person, const std::vector<int>& days) const;
  // What working costs a person beside its wishes where rows have these duals, so that a schedule's
  // reduced cost is its cost with these prices less the dual of row `person`.
  template <class Dual>
  DayPrices prices(int person, const Dual& dual) const;
  // What a schedule of each person costs together, missing veterans counted whole.
  double cost(const std::vector<const std::vector<int>*>& days, double own_cost) const;
  // Every roster's cost is a multiple of it; 0 = not known.
  double cost_step() const;

 private:
  // Rows of one measure of fairness: by person the row of `most`, that of `least` follows; -1 where
  // the person does not count.
  struct Spread {
    double weight = 0;
    std::vector<int> row = {};
  };
  void add_needs();
  void add_mix();
  void add_spread(Spread& spread, const std::vector<bool>& counts, const std::vector<double>& from);
  std::size_t cell(int day, int kind) const {
    return static_cast<std::size_t>(day) * p_.kinds.size() + static_cast<std::size_t>(kind);
  }

  const RosterProblem& p_;
  Mip frame_;
  std::vector<int> need_row_, mix_row_;  // by cell; -1: none
  Spread nights_, weekends_, hours_;
};

template <class Dual>
DayPrices RosterMaster::prices(int person, const Dual& dual) const {
  const auto who = static_cast<std::size_t>(person);
  const auto of_spread = [&](const Spread& s) {
    return s.row.empty() || s.row[who] < 0 ? 0.0 : dual(s.row[who]) + dual(s.row[who] + 1);
  };
  const double night = of_spread(nights_), hour = of_spread(hours_);
  DayPrices prices;
  prices.weekend = -of_spread(weekends_);
  for (std::size_t c = 0; c < need_row_.size(); ++c) {
    const RosterKind& kind = p_.kinds[c % p_.kinds.size()];
    double worth = (kind.night ? night : 0) + hour * kind.minutes / 60.0;
    if (need_row_[c] >= 0) worth += dual(need_row_[c]);
    if (mix_row_[c] >= 0)
      worth += dual(mix_row_[c]) * (p_.people[who].veteran ? -p_.mix->new_per_veteran : 1);
    prices.at.push_back(-worth);
  }
  return prices;
}

}  // namespace callmill
