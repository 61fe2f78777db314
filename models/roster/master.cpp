#include "models/roster/master.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace callmill {

RosterMaster::RosterMaster(const RosterProblem& problem)
    : p_{problem},
      nights_{problem.fairness.nights},
      weekends_{problem.fairness.weekends},
      hours_{problem.fairness.hours} {
  std::vector<bool> all(p_.people.size(), true), nights;
  std::vector<double> zero(p_.people.size(), 0.0), from;
  for (const RosterPerson& person : p_.people) {
    frame_.add_row(1, 1);
    from.push_back(person.rules.min_minutes.value_or(0) / 60.0);
    bool may = false;
    // Fixed cells take no kind from a person, only days.
    RosterPerson free = person;
    free.fixed.clear();
    const PersonDays of{p_, free};
    for (std::size_t k = 0; k < p_.kinds.size(); ++k)
      may = may || (p_.kinds[k].night && of.may_work(0, static_cast<int>(k)));
    nights.push_back(may);
  }
  add_needs();
  add_mix();
  add_spread(nights_, nights, zero);
  add_spread(weekends_, all, zero);
  add_spread(hours_, all, from);
}

void RosterMaster::add_needs() {
  need_row_.assign(static_cast<std::size_t>(p_.days) * p_.kinds.size(), -1);
  for (const RosterNeed& need : p_.needs) {
    const int row = frame_.add_row(need.heads, need.heads);
    need_row_[cell(need.day, need.kind)] = row;
    const int few = frame_.add_column(need.short_weight, 0, kUnbounded);
    const int many = frame_.add_column(need.over_weight, 0, kUnbounded);
    frame_.columns[static_cast<std::size_t>(few)].whole = false;
    frame_.columns[static_cast<std::size_t>(many)].whole = false;
    frame_.add(row, few, 1);
    frame_.add(row, many, -1);
  }
}

void RosterMaster::add_mix() {
  mix_row_.assign(need_row_.size(), -1);
  if (!p_.mix || p_.mix->weight <= 0) return;
  for (int& row : mix_row_) {
    row = frame_.add_row(-kUnbounded, 0);
    frame_.add(row, frame_.add_column(p_.mix->weight, 0, kUnbounded), -p_.mix->new_per_veteran);
  }
}

void RosterMaster::add_spread(Spread& spread, const std::vector<bool>& counts,
                              const std::vector<double>& from) {
  if (spread.weight <= 0) return;
  const int most = frame_.add_column(spread.weight, 0, kUnbounded);
  const int least = frame_.add_column(-spread.weight, 0, kUnbounded);
  frame_.columns[static_cast<std::size_t>(most)].whole = false;
  frame_.columns[static_cast<std::size_t>(least)].whole = false;
  bool any = false;
  for (std::size_t who = 0; who < counts.size(); ++who) {
    spread.row.push_back(-1);
    if (!counts[who]) continue;
    any = true;
    spread.row.back() = frame_.add_row(-kUnbounded, from[who]);
    frame_.add(spread.row.back(), most, -1);
    frame_.add(frame_.add_row(from[who], kUnbounded), least, -1);
  }
  if (!any) frame_.columns[static_cast<std::size_t>(least)].upper = 0;
}

std::vector<std::pair<int, double>> RosterMaster::entries(int person,
                                                          const std::vector<int>& days) const {
  const auto who = static_cast<std::size_t>(person);
  std::vector<std::pair<int, double>> all{{person, 1.0}};
  double nights = 0, weekends = 0, hours = 0;
  for (int day = 0; day < p_.days; ++day) {
    const int kind = days[static_cast<std::size_t>(day)];
    if (kind == kDayOff) continue;
    const std::size_t c = cell(day, kind);
    if (need_row_[c] >= 0) all.emplace_back(need_row_[c], 1.0);
    if (mix_row_[c] >= 0)
      all.emplace_back(mix_row_[c], p_.people[who].veteran ? -p_.mix->new_per_veteran : 1.0);
    nights += p_.kinds[static_cast<std::size_t>(kind)].night ? 1 : 0;
    hours += p_.kinds[static_cast<std::size_t>(kind)].minutes / 60.0;
    const int which = weekday(p_, day);
    const bool after_saturday = day > 0 && days[static_cast<std::size_t>(day - 1)] != kDayOff;
    if (which == 5 || (which == 6 && !after_saturday)) weekends += 1;
  }
  const auto add_spread = [&](const Spread& spread, double amount) {
    if (spread.row.empty() || spread.row[who] < 0 || amount == 0) return;
    all.emplace_back(spread.row[who], amount);
    all.emplace_back(spread.row[who] + 1, amount);
  };
  add_spread(nights_, nights);
  add_spread(weekends_, weekends);
  add_spread(hours_, hours);
  return all;
}

// The frame's columns at their cheapest for what the rows then hold.
double RosterMaster::cost(const std::vector<const std::vector<int>*>& days, double own_cost) const {
  std::vector<double> held(frame_.row_lower.size(), 0.0);
  for (std::size_t who = 0; who < days.size(); ++who)
    for (const auto& [row, value] : entries(static_cast<int>(who), *days[who]))
      held[static_cast<std::size_t>(row)] += value;
  double cost = own_cost;
  for (const RosterNeed& need : p_.needs) {
    const double over =
        held[static_cast<std::size_t>(need_row_[cell(need.day, need.kind)])] - need.heads;
    cost += over > 0 ? over * need.over_weight : -over * need.short_weight;
  }
  if (p_.mix)
    for (const int row : mix_row_)
      if (row >= 0)
        cost += p_.mix->weight * std::ceil(std::max(0.0, held[static_cast<std::size_t>(row)]) /
                                           p_.mix->new_per_veteran);
  for (const Spread* spread : {&nights_, &weekends_, &hours_}) {
    double least = kUnbounded, most = -kUnbounded;
    for (const int row : spread->row) {
      if (row < 0) continue;
      const auto at = static_cast<std::size_t>(row);
      least = std::min(least, held[at] - frame_.row_upper[at]);
      most = std::max(most, held[at] - frame_.row_upper[at]);
    }
    if (most > least) cost += spread->weight * (most - least);
  }
  return cost;
}

double RosterMaster::cost_step() const {
  std::vector<double> prices{nights_.weight, weekends_.weight};
  if (hours_.weight > 0 || p_.overtime_weight > 0) return 0;
  if (p_.mix) prices.push_back(p_.mix->weight);
  for (const RosterNeed& need : p_.needs) {
    prices.push_back(need.short_weight);
    prices.push_back(need.over_weight);
  }
  for (const RosterPerson& person : p_.people)
    for (const RosterWish& wish : person.wishes) prices.push_back(wish.weight);
  std::int64_t step = 0;
  for (const double price : prices) {
    if (price != std::floor(price) || price > 1e9) return 0;
    step = std::gcd(step, static_cast<std::int64_t>(price));
  }
  return static_cast<double>(step);
}

}  // namespace callmill
