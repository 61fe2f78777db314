#include "models/tours/greedy_weeks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// One shift on one set of days.
struct Way {
  std::size_t shift = 0;
  std::uint32_t days = 0;
  double cost = 0;  // of the week
};

std::vector<std::uint32_t> sets_of_days(const TourProblem& problem, const TourShift& shift) {
  if (!shift.weeks.empty()) return shift.weeks;
  std::vector<std::uint32_t> sets;
  for (std::uint32_t days = 1; days < 1U << static_cast<unsigned>(problem.days); ++days) {
    int count = 0;
    for (int day = 0; day < problem.days; ++day) count += has_day(days, day) ? 1 : 0;
    if (count == problem.days_worked) sets.push_back(days);
  }
  return sets;
}

class Greedy {
 public:
  explicit Greedy(const TourProblem& problem)
      : problem_{problem}, off_(problem.shares.size(), 0), all_(index(problem.days), 0) {
    for (const double needed : problem.requirement)
      wanted_.push_back(static_cast<std::int64_t>(std::max(0.0, std::ceil(needed - 1e-9))));
    lacks_ = wanted_;
    for (std::size_t j = 0; j < problem.shifts.size(); ++j) add_ways(j);
    persons_.assign(ways_.size(), 0);
    for (const TourLimit& limit : problem.limits) {
      std::vector<bool>& counted = counted_.emplace_back(problem.shifts.size(), false);
      for (const int j : limit.shifts) counted[index(j)] = true;
      heads_.emplace_back(index(problem.days), 0);
    }
  }

  TourResult run() {
    for (std::size_t l = 0; l < problem_.limits.size(); ++l)
      for (int day = 0; day < problem_.days; ++day) put_in_least(l, day);
    while (const std::optional<std::size_t> next = next_way()) add(*next, 1);
    const bool all = std::all_of(lacks_.begin(), lacks_.end(), [](auto lack) { return lack <= 0; });
    take_out();
    TourResult result;
    result.status = all ? TourStatus::kGap : TourStatus::kNoPlanFound;
    for (std::size_t t = 0; t < lacks_.size(); ++t)
      result.present.push_back(wanted_[t] - lacks_[t]);
    for (std::size_t w = 0; w < ways_.size(); ++w) {
      result.tours.insert(result.tours.end(), static_cast<std::size_t>(persons_[w]), tour(w));
      result.cost += ways_[w].cost * static_cast<double>(persons_[w]);
    }
    return result;
  }

 private:
  void add_ways(std::size_t j) {
    const TourShift& shift = problem_.shifts[j];
    std::vector<bool> works(index(shift.length), true);
    std::fill_n(works.begin() + shift.gap_start, shift.gap_length, false);
    for (const CoverBreak& rest : shift.breaks)
      std::fill_n(works.begin() + (rest.earliest + rest.latest) / 2, rest.length, false);
    std::vector<int>& work = work_.emplace_back();
    for (int k = 0; k < shift.length; ++k)
      if (works[index(k)]) work.push_back(shift.start + k);
    for (const std::uint32_t days : sets_of_days(problem_, shift)) {
      Way way{j, days, 0};
      for (int day = 0; day < problem_.days; ++day)
        if (has_day(days, day)) way.cost += shift.cost_of_day(day);
      ways_.push_back(way);
    }
  }

  std::size_t slot(int day, int of_day) const {
    return index((day * problem_.slots_per_day + of_day) % static_cast<int>(lacks_.size()));
  }

  // Slots that one more of the shift would cover, by shift and day: a shift is no longer than a
  // day, so that its days have no slot in common.
  std::vector<std::vector<int>> gains() const {
    std::vector<std::vector<int>> gains;
    for (const std::vector<int>& work : work_) {
      std::vector<int>& of_shift = gains.emplace_back(index(problem_.days), 0);
      for (int day = 0; day < problem_.days; ++day)
        for (const int k : work) of_shift[index(day)] += lacks_[slot(day, k)] > 0 ? 1 : 0;
    }
    return gains;
  }

  // Most uncovered slots for its cost, of the ways that `may`; with `need` one that covers
  // something. A way that costs nothing is best of all.
  template <class May>
  std::optional<std::size_t> best_way(bool need, const May& may) const {
    const std::vector<std::vector<int>> by_day = gains();
    std::optional<std::size_t> best;
    double best_gain = 0;
    for (std::size_t w = 0; w < ways_.size(); ++w) {
      const Way& way = ways_[w];
      double gain = 0;
      for (int day = 0; day < problem_.days; ++day)
        if (has_day(way.days, day)) gain += by_day[way.shift][index(day)];
      if (need && gain <= 0) continue;
      const bool better = !best || gain * ways_[*best].cost > best_gain * way.cost ||
                          (gain <= 0 && best_gain <= 0 && way.cost < ways_[*best].cost);
      if (!better || !limits_let(way) || !may(way)) continue;
      best = w;
      best_gain = gain;
    }
    return best;
  }

  void put_in_least(std::size_t l, int day) {
    const TourLimit& limit = problem_.limits[l];
    while (has_day(limit.days, day) && heads_[l][index(day)] < limit.at_least) {
      const auto best = best_way(
          false, [&](const Way& way) { return counted_[l][way.shift] && has_day(way.days, day); });
      if (!best) return;
      add(*best, 1);
    }
  }

  // The next person. Where only those are left who would take the share of people off below its
  // least, somebody who is off comes first.
  std::optional<std::size_t> next_way() const {
    auto best = best_way(true, [&](const Way& way) { return !share_against(way); });
    if (best) return best;
    std::optional<std::size_t> share;
    if (!best_way(true, [&](const Way& way) {
          const std::optional<std::size_t> against = share_against(way);
          if (against && problem_.shares[*against].share < 1 && !share) share = against;
          return against && problem_.shares[*against].share < 1;
        }))
      return std::nullopt;
    return best_way(false, [&](const Way& way) {
      return (way.days & problem_.shares[*share].days) == 0 && !share_against(way);
    });
  }

  // The share that one more of the way would leave too small.
  std::optional<std::size_t> share_against(const Way& way) const {
    for (std::size_t s = 0; s < off_.size(); ++s)
      if ((way.days & problem_.shares[s].days) != 0 && !share_holds(s, off_[s], people_ + 1))
        return s;
    return std::nullopt;
  }
  bool share_holds(std::size_t s, std::int64_t off, std::int64_t people) const {
    return static_cast<double>(off) >=
           problem_.shares[s].share * static_cast<double>(people) - 1e-9;
  }

  bool limits_let(const Way& way) const {
    for (std::size_t l = 0; l < heads_.size(); ++l) {
      const TourLimit& limit = problem_.limits[l];
      for (int day = 0; counted_[l][way.shift] && day < problem_.days; ++day) {
        if (!has_day(way.days & limit.days, day)) continue;
        const std::int64_t heads = heads_[l][index(day)] + 1;
        if (limit.at_most >= 0 && heads > limit.at_most) return false;
        if (static_cast<double>(heads) >
            limit.most_share * static_cast<double>(all_[index(day)] + 1) + 1e-9)
          return false;
      }
    }
    return true;
  }

  void add(std::size_t w, std::int64_t persons) {
    const Way& way = ways_[w];
    persons_[w] += persons;
    people_ += persons;
    for (std::size_t s = 0; s < off_.size(); ++s)
      if ((way.days & problem_.shares[s].days) == 0) off_[s] += persons;
    for (int day = 0; day < problem_.days; ++day) {
      if (!has_day(way.days, day)) continue;
      all_[index(day)] += persons;
      for (std::size_t l = 0; l < heads_.size(); ++l)
        if (counted_[l][way.shift]) heads_[l][index(day)] += persons;
      for (const int k : work_[way.shift]) lacks_[slot(day, k)] -= persons;
    }
  }

  // One of this way can go: no slot falls short, and no limit and share needs one.
  bool is_spare(const Way& way) const {
    for (std::size_t s = 0; s < off_.size(); ++s)
      if ((way.days & problem_.shares[s].days) == 0 && !share_holds(s, off_[s] - 1, people_ - 1))
        return false;
    for (int day = 0; day < problem_.days; ++day) {
      if (!has_day(way.days, day)) continue;
      for (const int k : work_[way.shift])
        if (lacks_[slot(day, k)] >= 0) return false;
      if (!limits_spare(way, day)) return false;
    }
    return true;
  }

  bool limits_spare(const Way& way, int day) const {
    const auto all = static_cast<double>(all_[index(day)] - 1);
    for (std::size_t l = 0; l < heads_.size(); ++l) {
      const TourLimit& limit = problem_.limits[l];
      if (!has_day(limit.days, day)) continue;
      const std::int64_t heads = heads_[l][index(day)] - (counted_[l][way.shift] ? 1 : 0);
      const auto share = static_cast<double>(heads);
      if (counted_[l][way.shift] && heads < limit.at_least) return false;
      if (share < limit.least_share * all - 1e-9 || share > limit.most_share * all + 1e-9)
        return false;
    }
    return true;
  }

  void take_out() {
    std::vector<std::size_t> order(ways_.size());
    for (std::size_t w = 0; w < order.size(); ++w) order[w] = w;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return ways_[a].cost > ways_[b].cost; });
    for (const std::size_t w : order)
      while (persons_[w] > 0 && is_spare(ways_[w])) add(w, -1);
  }

  Tour tour(std::size_t w) const {
    const TourShift& shift = problem_.shifts[ways_[w].shift];
    Tour tour{static_cast<int>(ways_[w].shift), {}};
    for (int day = 0; day < problem_.days; ++day) {
      if (!has_day(ways_[w].days, day)) continue;
      TourDay& worked = tour.days.emplace_back(TourDay{day, {}});
      for (const CoverBreak& rest : shift.breaks)
        worked.break_start.push_back(
            static_cast<int>(slot(day, shift.start + (rest.earliest + rest.latest) / 2)));
    }
    return tour;
  }

  const TourProblem& problem_;
  std::vector<Way> ways_;                         // by shift
  std::vector<std::vector<int>> work_;            // by shift: slots after the day's first
  std::vector<std::int64_t> persons_;             // by way
  std::vector<std::int64_t> wanted_, lacks_;      // by slot; lacks below 0: so many too many
  std::vector<std::vector<bool>> counted_;        // [limit][shift]
  std::vector<std::vector<std::int64_t>> heads_;  // [limit][day]
  std::vector<std::int64_t> off_;                 // by share: people off on its days
  std::vector<std::int64_t> all_;                 // heads by day
  std::int64_t people_ = 0;
};

}  // namespace

TourResult cover_weeks_greedily(const TourProblem& problem) {
  return Greedy{problem}.run();
}

}  // namespace callmill
