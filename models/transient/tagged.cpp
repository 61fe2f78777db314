#include "models/transient/tagged.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/queueing/poisson_weights.h"

namespace callmill::transient {
namespace {

constexpr double kMostTicks = 8192;  // in one series: then the rate of ticks follows the columns
constexpr std::int64_t kTrim = 8;    // ticks between looks at the edges

// The chain during one stretch, `Lanes` crowds at a time.
template <std::size_t Lanes>
class Onward {
 public:
  Onward(Crowd& crowd, const Rates& rates, double cut, Outcomes& out)
      : crowd_{crowd},
        rates_{rates},
        cut_{cut},
        out_{out},
        pooled_{rates.shift_end == ShiftEnd::kPooled},
        hi_{crowd.columns} {}

  void run(std::vector<double> left, double tolerance) {
    trim();
    double longest = *std::max_element(left.begin(), left.end());
    while (longest > 0 && !empty()) {
      const double serving =
          static_cast<double>(rates_.agents) + static_cast<double>(crowd_.rows - 1);
      q_ = serving * rates_.service + static_cast<double>(hi_) * rates_.patience;
      if (q_ <= 0) return;
      const double part = std::min(longest, kMostTicks / q_);
      std::vector<double> now;
      for (double& rest : left) {
        now.push_back(std::min(rest, part));
        rest -= now.back();
      }
      series(now, tolerance);
      longest = *std::max_element(left.begin(), left.end());
      if (longest < 1e-12 * part) return;
    }
  }

 private:
  bool empty() const { return lo_ >= hi_; }
  bool leavers_first(std::size_t l) const { return pooled_ && l > 0; }
  double ends(std::size_t l) const {  // a tick
    return (static_cast<double>(rates_.agents) + static_cast<double>(l)) * rates_.service / q_;
  }

  void series(const std::vector<double>& length, double tolerance) {
    std::vector<PoissonWeights> poisson;
    std::int64_t last = 0, first = std::numeric_limits<std::int64_t>::max();
    for (const double t : length) {
      poisson.push_back(poisson_weights(q_ * t, tolerance));
      last = std::max(last, poisson.back().last());
      first = std::min(first, poisson.back().first);
      out_.left_out += poisson.back().cut;
    }
    Crowd end{crowd_.rows, crowd_.columns, Lanes};
    for (std::int64_t m = 0; m <= last && !empty(); ++m) {
      std::array<double, Lanes> weight{}, beyond{};
      for (std::size_t k = 0; k < Lanes; ++k) {
        const PoissonWeights& own = poisson[k];
        beyond[k] = m < own.first ? 1.0 : 0.0;
        if (m < own.first || m > own.last()) continue;
        weight[k] = own.weight[static_cast<std::size_t>(m - own.first)];
        beyond[k] = own.beyond[static_cast<std::size_t>(m - own.first)];
      }
      if (m >= first) add(end, weight);
      tick(beyond);
      if (m % kTrim == kTrim - 1) trim();
    }
    std::swap(crowd_.mass, end.mass);
    lo_ = 0;
    hi_ = crowd_.columns;
    trim();
  }

  void add(Crowd& end, const std::array<double, Lanes>& weight) const {
    for (std::size_t l = 0; l < crowd_.rows; ++l)
      for (std::size_t j = lo_; j < hi_; ++j) {
        const double* __restrict from = crowd_.at(l, j);
        double* __restrict to = end.at(l, j);
        for (std::size_t k = 0; k < Lanes; ++k) to[k] += weight[k] * from[k];
      }
  }

  // In place, upward: each state reads those with more before it and more leavers.
  void tick(const std::array<double, Lanes>& beyond) {
    const double gives_up = rates_.patience / q_;
    const std::size_t from = lo_ > 0 ? lo_ - 1 : 0;
    std::array<double, Lanes> all{};
    if (from == 0) {
      const double* head = crowd_.at(0, 0);
      for (std::size_t k = 0; k < Lanes; ++k) out_.answered[k] += beyond[k] * ends(0) * head[k];
    }
    for (std::size_t l = 0; l < crowd_.rows; ++l) {
      const double own = leavers_first(l) ? 0 : ends(l), leave = leavers_first(l) ? ends(l) : 0;
      const double joins = pooled_ && l + 1 < crowd_.rows ? ends(l + 1) : 0;
      for (std::size_t j = from; j < hi_; ++j) {
        const double ahead = static_cast<double>(j) * gives_up;
        const double stay = 1 - (own + leave) - ahead - gives_up;
        const double move = own + ahead + gives_up;  // of the next
        double* __restrict here = crowd_.at(l, j);
        const double* __restrict next = crowd_.at(l, j + 1);
        for (std::size_t k = 0; k < Lanes; ++k) {
          all[k] += here[k];
          here[k] = stay * here[k] + move * next[k];
        }
        if (joins == 0) continue;
        const double* __restrict above = crowd_.at(l + 1, j);
        for (std::size_t k = 0; k < Lanes; ++k) here[k] += joins * above[k];
      }
    }
    for (std::size_t k = 0; k < Lanes; ++k) out_.abandoned[k] += beyond[k] * gives_up * all[k];
    lo_ = from;
  }

  bool drop(std::size_t j) {
    double sum = 0;
    for (std::size_t l = 0; l < crowd_.rows; ++l) {
      const double* here = crowd_.at(l, j);
      for (std::size_t k = 0; k < Lanes; ++k) sum += here[k];
    }
    if (sum > cut_) return false;
    out_.left_out += sum;
    for (std::size_t l = 0; l < crowd_.rows; ++l) std::fill_n(crowd_.at(l, j), Lanes, 0.0);
    return true;
  }
  void trim() {
    while (lo_ < hi_ && drop(lo_)) ++lo_;
    while (lo_ < hi_ && drop(hi_ - 1)) --hi_;
  }

  Crowd& crowd_;
  const Rates& rates_;
  double cut_;
  Outcomes& out_;
  bool pooled_;
  double q_ = 0;
  std::size_t lo_ = 0, hi_;  // columns that carry mass: lo .. hi - 1
};

// Who waits just after the change; whom new agents take is answered. Lanes whose window is over end
// here.
Crowd change_staff(const Crowd& crowd, const Rates& before, const Stretch& after, Outcomes& out) {
  const std::int64_t rise = after.rates.agents - before.agents;
  const ShiftEnd shift_end = before.shift_end;
  const bool pooled = shift_end == ShiftEnd::kPooled;
  const auto fall = static_cast<std::size_t>(std::max<std::int64_t>(0, -rise));
  Crowd result{crowd.rows + (pooled ? fall : 0),
               crowd.columns + (shift_end == ShiftEnd::kAtOnce ? fall : 0), crowd.lanes};
  for (std::size_t l = 0; l < crowd.rows; ++l)
    for (std::size_t j = 0; j < crowd.columns; ++j) {
      auto leavers = static_cast<std::int64_t>(l), ahead = static_cast<std::int64_t>(j);
      if (pooled) {
        const std::int64_t back = rise > 0 ? std::min(leavers, rise) : rise;
        leavers -= back;
        ahead -= rise - back;
      } else if (rise > 0 || shift_end == ShiftEnd::kAtOnce) {
        ahead -= rise;
      }
      const double* from = crowd.at(l, j);
      double* to =
          ahead < 0 ? out.answered.data()
                    : result.at(static_cast<std::size_t>(leavers), static_cast<std::size_t>(ahead));
      for (std::size_t k = 0; k < crowd.lanes; ++k)
        if (after.length[k] > 0) to[k] += from[k];
    }
  return result;
}

template <std::size_t Lanes>
void follow_lanes(Crowd& crowd, const std::vector<Stretch>& stretches, double tolerance,
                  Outcomes& out) {
  const double cut = 1e-7 * tolerance;
  for (std::size_t s = 0; s < stretches.size(); ++s) {
    if (s > 0) crowd = change_staff(crowd, stretches[s - 1].rates, stretches[s], out);
    Onward<Lanes>{crowd, stretches[s].rates, cut, out}.run(stretches[s].length, tolerance);
    out.answered_until.push_back(out.answered);
    if (std::all_of(crowd.mass.begin(), crowd.mass.end(), [](double p) { return p == 0; })) return;
  }
}

}  // namespace

Outcomes follow(Crowd crowd, const std::vector<Stretch>& stretches, double tolerance) {
  CALLMILL_CHECK(crowd.lanes == 1 || crowd.lanes == kLanes, "one lane or all");
  Outcomes out;
  out.answered.assign(crowd.lanes, 0.0);
  out.abandoned.assign(crowd.lanes, 0.0);
  if (crowd.lanes == 1)
    follow_lanes<1>(crowd, stretches, tolerance, out);
  else
    follow_lanes<kLanes>(crowd, stretches, tolerance, out);
  return out;
}

double longest_wait(const Rates& rates, std::int64_t ahead, std::int64_t leavers) {
  constexpr double kNats = 40;
  const double capacity = static_cast<double>(rates.agents) * rates.service;
  double wait = std::numeric_limits<double>::infinity();
  if (rates.patience > 0) wait = kNats / rates.patience;
  if (capacity > 0) {
    // Fewer than c endings in x, their mean: (x - c)^2 >= 2 nats x (Chernoff).
    const auto c = static_cast<double>(std::max<std::int64_t>(0, ahead) + 1 + leavers);
    wait = std::min(wait, (c + kNats + std::sqrt(kNats * kNats + 2 * kNats * c)) / capacity);
  }
  return wait;
}

}  // namespace callmill::transient
