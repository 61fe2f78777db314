#include "models/tours/tour_search.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "base/check.h"
#include "base/random/stream.h"

namespace callmill {
namespace {

constexpr int kRepairWindows = 24;  // after one move
constexpr int kExchanges = 4;       // tried before a person is added
constexpr int kInVain = 12;         // windows in a row that came to nothing: the plan is stuck

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

TourSearch::TourSearch(const TourProblem& problem, const TourModel& model,
                       const TourOptions& options, std::function<bool()> expired)
    : problem_{problem},
      model_{model},
      options_{options},
      expired_{std::move(expired)},
      windows_{problem, model} {}

bool TourSearch::over() const {
  return windows_.solved() >= options_.window_limit || expired_();
}

// `worst` and one to three other days: other ones each time.
std::vector<int> TourSearch::window_of(int worst) const {
  std::vector<std::pair<std::uint64_t, int>> others;
  for (int day = 0; day < problem_.days; ++day)
    if (day != worst)
      others.emplace_back(mix64(kGolden * static_cast<std::uint64_t>(windows_.solved()) +
                                static_cast<std::uint64_t>(day)),
                          day);
  std::sort(others.begin(), others.end());
  std::vector<int> days = {worst};
  const std::size_t partners = 1 + static_cast<std::size_t>(windows_.solved() % 3);
  for (std::size_t k = 0; k < others.size() && k < partners; ++k) days.push_back(others[k].second);
  return days;
}

// A day that misses somebody is solved together with others, until `in_vain` such windows in a row
// came to nothing.
bool TourSearch::repair(TourPlan& plan, int windows, int in_vain) {
  std::int64_t missing = windows_.missing(plan);
  for (int turn = 0, failed = 0; missing > 0; ++turn) {
    if (turn >= windows || failed >= in_vain || over()) return false;
    std::vector<std::pair<std::int64_t, int>> worst;
    for (int day = 0; day < problem_.days; ++day)
      if (windows_.missing(plan, day) > 0) worst.emplace_back(-windows_.missing(plan, day), day);
    std::sort(worst.begin(), worst.end());
    const std::vector<int> days = window_of(worst[index(failed) % worst.size()].second);
    windows_.solve(plan, days);
    const std::int64_t now = windows_.missing(plan);
    failed = now < missing ? 0 : failed + 1;
    missing = now;
  }
  return true;
}

// Persons change to another shift of the same cost, or of a lower, where that leaves fewer missing.
bool TourSearch::exchange(TourPlan& plan) {
  int tries = 0;
  std::set<int> out, in;  // tries differ in both
  for (const TourMove& move : moves_of(problem_, model_, plan, true)) {
    if (move.in < 0 || out.count(move.out) + in.count(move.in) > 0) continue;
    if (move.harm > 0 || over() || ++tries > kExchanges) return false;
    out.insert(move.out);
    in.insert(move.in);
    if (try_move(plan, move)) return true;
  }
  return false;
}

bool TourSearch::complete(TourPlan& plan) {
  for (int day = 0; day < problem_.days && !over(); ++day) windows_.solve(plan, {day});
  while (!repair(plan, options_.window_limit, kInVain)) {
    if (over()) return close(plan);
    if (exchange(plan)) continue;
    const int shift = most_wanted(problem_, model_, plan);
    CALLMILL_CHECK(shift >= 0, "each slot has a shift on duty in it");
    plan.values[index(model_.persons[index(shift)])] += 1;
  }
  return true;
}

// More persons, and one day after the other by itself: quick, and dear.
bool TourSearch::close(TourPlan& plan) {
  std::int64_t missing = windows_.missing(plan);
  while (missing > 0) {
    const int shift = most_wanted(problem_, model_, plan);
    if (shift < 0) return false;
    plan.values[index(model_.persons[index(shift)])] += 1;
    for (int day = 0; day < problem_.days; ++day)
      if (windows_.missing(plan, day) > 0) windows_.solve(plan, {day});
    const std::int64_t now = windows_.missing(plan);
    if (now >= missing) return false;
    missing = now;
  }
  return true;
}

// Kept if fewer are missing than before, or still nobody.
bool TourSearch::try_move(TourPlan& plan, const TourMove& move) {
  const std::int64_t before = windows_.missing(plan);
  TourPlan next = plan;
  if (move.in >= 0) next.values[index(model_.persons[index(move.in)])] += 1;
  next.values[index(model_.persons[index(move.out)])] -= 1;
  for (std::size_t k = 0; k < move.days.size(); k += 3) {
    const std::vector<int> days(
        move.days.begin() + static_cast<std::ptrdiff_t>(k),
        move.days.begin() + static_cast<std::ptrdiff_t>(std::min(k + 3, move.days.size())));
    if (!windows_.solve(next, days, move.out, static_cast<int>(days.size()))) return false;
  }
  if (!repair(next, kRepairWindows, before == 0 ? kInVain : kInVain / 3) &&
      windows_.missing(next) >= before)
    return false;
  plan = std::move(next);
  return true;
}

void TourSearch::improve(TourPlan& plan, double target) {
  std::set<std::pair<int, int>> in_vain;
  while (cost_of(model_, plan) > target + 1e-9 && !over()) {
    bool found = false;
    for (const TourMove& move : moves_of(problem_, model_, plan, false)) {
      if (in_vain.count({move.out, move.in}) != 0) continue;
      found = try_move(plan, move);
      if (!found) in_vain.insert({move.out, move.in});
      if (found || over()) break;
    }
    if (!found && !over()) return;
    if (found) in_vain.clear();
  }
}

}  // namespace callmill
