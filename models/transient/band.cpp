#include "models/transient/band.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace callmill::transient {
namespace {

constexpr double kNothing = 1e-19;  // of one state's mass, relative; far below any tolerance

double busy_rate(const Rates& r, std::int64_t k) {
  return static_cast<double>(std::min(k, r.agents)) * r.service +
         static_cast<double>(std::max<std::int64_t>(0, k - r.agents)) * r.patience;
}

// P(h of the d who leave are busy | b of n agents are), h = first .. ; from the mode, both ways.
struct Hypergeometric {
  std::int64_t first = 0;
  std::vector<double> weight;
};
Hypergeometric hypergeometric(std::int64_t n, std::int64_t b, std::int64_t d) {
  const std::int64_t least = std::max<std::int64_t>(0, d - (n - b)), most = std::min(d, b);
  const std::int64_t mode =
      std::clamp(static_cast<std::int64_t>(static_cast<double>(d + 1) * static_cast<double>(b + 1) /
                                           static_cast<double>(n + 2)),
                 least, most);
  // P(h+1)/P(h)
  const auto up = [&](std::int64_t h) {
    return static_cast<double>(b - h) * static_cast<double>(d - h) /
           (static_cast<double>(h + 1) * static_cast<double>(n - b - d + h + 1));
  };
  std::vector<double> below, above;
  double term = 1, sum = 1;
  for (std::int64_t h = mode; h > least && term > kNothing; --h) {
    term /= up(h - 1);
    below.push_back(term);
    sum += term;
  }
  term = 1;
  for (std::int64_t h = mode; h < most && term > kNothing; ++h) {
    term *= up(h);
    above.push_back(term);
    sum += term;
  }
  Hypergeometric result{mode - static_cast<std::int64_t>(below.size()), {}};
  result.weight.assign(below.rbegin(), below.rend());
  result.weight.push_back(1);
  result.weight.insert(result.weight.end(), above.begin(), above.end());
  for (double& w : result.weight) w /= sum;
  return result;
}

// `d` of `n` agents leave, whoever they are.
double leave_named(Band& band, std::int64_t n, std::int64_t d, bool apart) {
  Band next;
  double leavers = 0;
  for (std::size_t l = 0; l < band.rows.size(); ++l) {
    const BandRow& row = band.rows[l];
    for (std::size_t i = 0; i < row.p.size(); ++i) {
      const std::int64_t k = row.lo + static_cast<std::int64_t>(i), b = std::min(k, n);
      leavers +=
          row.p[i] * static_cast<double>(d) * static_cast<double>(b) / static_cast<double>(n);
      const Hypergeometric h = hypergeometric(n, b, d);
      for (std::size_t j = 0; j < h.weight.size(); ++j) {
        const std::int64_t busy = h.first + static_cast<std::int64_t>(j);
        next.add(static_cast<std::int64_t>(l) + (apart ? 0 : busy), k - busy,
                 row.p[i] * h.weight[j]);
      }
    }
  }
  band = std::move(next);
  return leavers;
}

StaffChange change_pooled(Band& band, std::int64_t before, std::int64_t after) {
  StaffChange result;
  Band next;
  for (std::size_t row_index = 0; row_index < band.rows.size(); ++row_index) {
    const BandRow& row = band.rows[row_index];
    for (std::size_t i = 0; i < row.p.size(); ++i) {
      auto l = static_cast<std::int64_t>(row_index);
      std::int64_t k = row.lo + static_cast<std::int64_t>(i);
      const std::int64_t queue = std::max<std::int64_t>(0, k - before);
      if (after < before) {
        const std::int64_t surplus = std::max<std::int64_t>(0, std::min(k, before) - after);
        result.new_leavers += row.p[i] * static_cast<double>(surplus);
        l += surplus;
        k -= surplus;
      } else {
        const std::int64_t back = std::min(l, after - before);
        result.new_leavers -= row.p[i] * static_cast<double>(back);
        result.answered += row.p[i] * static_cast<double>(std::min(queue, after - before - back));
        l -= back;
        k += back;
      }
      next.add(l, k, row.p[i]);
    }
  }
  band = std::move(next);
  return result;
}

// Those at the head of the queue go to new agents; calls that come back begin to wait anew.
double change_ages(std::vector<double>& ages, ShiftEnd shift_end, std::int64_t rise) {
  if (rise >= 0) {
    const auto taken = ages.begin() + std::min<std::ptrdiff_t>(rise, std::ssize(ages));
    const double waited = std::accumulate(ages.begin(), taken, 0.0);
    ages.erase(ages.begin(), taken);
    return waited;
  }
  if (shift_end == ShiftEnd::kAtOnce)
    ages.insert(ages.begin(), static_cast<std::size_t>(-rise), 0.0);
  return 0;
}

StaffChange change_calls(Band& band, ShiftEnd shift_end, std::int64_t before, std::int64_t after,
                         bool apart) {
  StaffChange result;
  if (shift_end == ShiftEnd::kPooled) return change_pooled(band, before, after);
  if (after > before) {
    for (const BandRow& row : band.rows)
      for (std::size_t i = 0; i < row.p.size(); ++i)
        result.answered +=
            row.p[i] * static_cast<double>(std::clamp<std::int64_t>(
                           row.lo + static_cast<std::int64_t>(i) - before, 0, after - before));
  } else if (shift_end == ShiftEnd::kNamed) {
    result.new_leavers = leave_named(band, before, before - after, apart);
  }
  return result;
}

}  // namespace

double Band::mass() const {
  double sum = 0;
  for (const BandRow& row : rows)
    for (const double p : row.p) sum += p;
  return sum;
}

std::int64_t Band::lo() const {
  std::int64_t least = -1;
  for (const BandRow& row : rows)
    if (!row.empty() && (least < 0 || row.lo < least)) least = row.lo;
  return std::max<std::int64_t>(0, least);
}

std::int64_t Band::hi() const {
  std::int64_t most = 0;
  for (const BandRow& row : rows)
    if (!row.empty()) most = std::max(most, row.hi());
  return most;
}

std::size_t Band::states() const {
  std::size_t sum = 0;
  for (const BandRow& row : rows) sum += row.p.size();
  return sum;
}

void Band::add(std::int64_t leavers, std::int64_t calls, double p) {
  if (p == 0) return;
  const auto l = static_cast<std::size_t>(leavers);
  if (rows.size() <= l) rows.resize(l + 1);
  BandRow& row = rows[l];
  if (row.empty()) row.lo = calls;
  if (calls < row.lo) {
    // By halves of the present width, so that filling downwards stays linear.
    const std::int64_t room = std::min(calls, static_cast<std::int64_t>(row.p.size()) / 2);
    row.p.insert(row.p.begin(), static_cast<std::size_t>(row.lo - calls + room), 0.0);
    row.lo = calls - room;
  }
  const auto i = static_cast<std::size_t>(calls - row.lo);
  if (i >= row.p.size()) row.p.resize(i + 1, 0.0);
  row.p[i] += p;
}

Band single_state(std::int64_t calls) {
  Band band;
  band.add(0, calls, 1);
  return band;
}

Band steady_state(const Rates& rates) {
  const std::int64_t most =
      rates.lines > 0 ? rates.lines : std::numeric_limits<std::int64_t>::max() / 2;
  std::int64_t mode = 0;
  // The last state that callers enter faster than they leave: found by doubling, then halving.
  const auto rises = [&](std::int64_t k) {
    return k < most && rates.arrival > busy_rate(rates, k + 1);
  };
  std::int64_t step = 1;
  while (rises(mode + step - 1) && mode + step <= most) mode += step, step *= 2;
  for (; step > 0; step /= 2)
    while (mode + step <= most && rises(mode + step - 1)) mode += step;
  Band band;
  band.add(0, mode, 1);
  double term = 1;
  for (std::int64_t k = mode; k < most && term > kNothing; ++k) {
    term *= rates.arrival / busy_rate(rates, k + 1);
    band.add(0, k + 1, term);
  }
  term = 1;
  for (std::int64_t k = mode; k > 0 && term > kNothing; --k) {
    term *= busy_rate(rates, k) / rates.arrival;
    band.add(0, k - 1, term);
  }
  const double sum = band.mass();
  for (double& p : band.rows[0].p) p /= sum;
  // Ages stand still where (rate of moving up) (a_j - a_{j+1}) = P(somebody has j before them).
  double tail = 0, age = 0;
  for (std::int64_t k = band.hi(); k > rates.agents; --k) {
    if (k >= band.rows[0].lo) tail += band.rows[0].p[static_cast<std::size_t>(k - band.rows[0].lo)];
    age += tail / busy_rate(rates, k);
    band.ages.push_back(age);
  }
  std::reverse(band.ages.begin(), band.ages.end());
  return band;
}

StaffChange change_staff(Band& band, ShiftEnd shift_end, std::int64_t before, std::int64_t after,
                         bool apart) {
  StaffChange result;
  if (before == after) return result;
  const bool has_ages = band.has_ages;
  std::vector<double> ages = std::move(band.ages);
  const double waited = has_ages ? change_ages(ages, shift_end, after - before) : 0;
  result = change_calls(band, shift_end, before, after, apart);
  result.answered_wait = waited;
  band.has_ages = has_ages;
  band.ages = std::move(ages);
  return result;
}

}  // namespace callmill::transient
