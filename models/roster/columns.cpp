#include "models/roster/columns.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace callmill {
namespace {

constexpr double kCheaper = 1e-6;    // reduced costs above minus this are no gain
constexpr int kSchedulesAPrice = 4;  // schedules of a person that one search may add

}  // namespace

RosterColumns::RosterColumns(const RosterProblem& problem)
    : p_{problem}, master_{problem}, lp_{master_.frame()} {
  for (const RosterPerson& person : p_.people) days_.emplace_back(p_, person);
  first_ = static_cast<int>(master_.frame().columns.size());
  known_.resize(p_.people.size());
  fixed_.assign(p_.people.size(), -1);
}

std::optional<int> RosterColumns::start() {
  DayPrices none;
  none.at.assign(static_cast<std::size_t>(p_.days) * p_.kinds.size(), 0.0);
  for (std::size_t who = 0; who < days_.size(); ++who) {
    auto found = days_[who].cheapest(none, 1, 2);
    if (found.empty()) found = days_[who].cheapest(none, 1, 0);
    if (found.empty()) return static_cast<int>(who);
    add(static_cast<int>(who), std::move(found.front().days));
  }
  return std::nullopt;
}

int RosterColumns::add(int person, std::vector<int> days) {
  const auto who = static_cast<std::size_t>(person);
  const auto at = known_[who].lower_bound({days, 0});
  if (at != known_[who].end() && at->first == days) return at->second;
  const int column = static_cast<int>(columns_.size());
  known_[who].insert({days, column});
  const double cost = days_[who].own_cost(days);
  const bool open = fixed_[who] < 0;
  const int in_lp = lp_.add_column(cost, 0, open ? kUnbounded : 0, master_.entries(person, days));
  CALLMILL_CHECK(in_lp == first_ + column, "schedules are the program's last columns");
  columns_.push_back({person, std::move(days), cost});
  return column;
}

double RosterColumns::price(int person, int width, int& added) {
  const auto dual = [this](int row) { return lp_.dual(row); };
  const auto& days = days_[static_cast<std::size_t>(person)];
  auto found = days.cheapest(master_.prices(person, dual), kSchedulesAPrice, width);
  CALLMILL_CHECK(width > 0 || !found.empty(), "who had a schedule still has one");
  double least = 0;
  for (PricedDays& one : found) {
    const double reduced = one.cost - dual(person);
    least = std::min(least, reduced);
    if (reduced > -kCheaper) break;
    const std::size_t before = columns_.size();
    add(person, std::move(one.days));
    added += columns_.size() > before ? 1 : 0;
  }
  return least;
}

RosterColumns::Bounded RosterColumns::generate(int width, int rounds,
                                               const std::function<bool()>& stop) {
  Bounded result;
  const int quick = width > 0 ? width : 3;
  bool exact = false;
  for (int round = 0;; ++round) {
    CALLMILL_CHECK(lp_.solve(), "heads too few or too many are allowed, so there is a solution");
    result.cost = lp_.cost();
    if (round >= rounds || stop()) break;
    int added = 0;
    double gain = 0;
    for (int person = 0; person < static_cast<int>(p_.people.size()); ++person)
      if (!is_fixed(person)) gain += price(person, exact ? 0 : quick, added);
    if (exact) result.bound = std::max(result.bound, result.cost + gain);
    if (added > 0) {
      exact = false;
      continue;
    }
    if (exact || width > 0) break;
    exact = true;
  }
  return result;
}

// A roster costs at least the program's cost and the reduced costs of its schedules, none of which
// is below 0.
bool RosterColumns::add_all_below(double cost, std::size_t most) {
  const auto dual = [this](int row) { return lp_.dual(row); };
  std::size_t count = 0;
  for (int person = 0; person < static_cast<int>(p_.people.size()); ++person) {
    const double limit = cost - lp_.cost() + dual(person);
    auto all = days_[static_cast<std::size_t>(person)].within(master_.prices(person, dual), limit,
                                                              most - count);
    if (!all) return false;
    count += all->size();
    for (std::vector<int>& days : *all) add(person, std::move(days));
  }
  return true;
}

void RosterColumns::fix(const std::vector<int>& columns) {
  std::vector<int> now(fixed_.size(), -1);
  for (const int column : columns)
    now[static_cast<std::size_t>(columns_[static_cast<std::size_t>(column)].person)] = column;
  for (int column = 0; column < static_cast<int>(columns_.size()); ++column) {
    const auto who = static_cast<std::size_t>(columns_[static_cast<std::size_t>(column)].person);
    if (now[who] == fixed_[who]) continue;
    const bool open = now[who] < 0 || now[who] == column;
    lp_.set_bounds(first_ + column, 0, open ? kUnbounded : 0);
  }
  fixed_ = std::move(now);
}

double RosterColumns::reduced_cost(int column) const {
  const RosterColumn& c = columns_[static_cast<std::size_t>(column)];
  double reduced = c.cost;
  for (const auto& [row, value] : master_.entries(c.person, c.days))
    reduced -= value * lp_.dual(row);
  return reduced;
}

}  // namespace callmill
