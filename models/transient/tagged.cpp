#include "models/transient/tagged.h"

#include <algorithm>

#include "models/queueing/poisson_weights.h"

namespace callmill::transient {
namespace {

std::int64_t drop(const Stretch& before, const Stretch& after) {
  return std::max<std::int64_t>(0, before.rates.agents - after.rates.agents);
}

// The backward chain during one stretch.
class Backward {
 public:
  Backward(const Rates& rates, const Tagged& sizes)
      : theta_{rates.patience}, pooled_{rates.shift_end == ShiftEnd::kPooled} {
    const std::size_t rows = sizes.answered.size(), columns = sizes.answered[0].size();
    const auto serving = static_cast<double>(rates.agents) + static_cast<double>(rows - 1);
    q_ = serving * rates.service + static_cast<double>(columns) * theta_;
    if (q_ <= 0) return;
    for (std::size_t l = 0; l < rows; ++l)
      ends_.push_back((static_cast<double>(rates.agents) + static_cast<double>(l)) * rates.service /
                      q_);
    gives_up_ = theta_ / q_;
  }

  void run(Tagged& v, double length, double tolerance) const {
    if (q_ <= 0 || length <= 0) return;
    const PoissonWeights poisson = poisson_weights(q_ * length, tolerance);
    Tagged sum = v;
    for (auto* part : {&sum.answered, &sum.abandoned})
      for (auto& row : *part) std::fill(row.begin(), row.end(), 0.0);
    for (std::int64_t m = 0; m <= poisson.last(); ++m) {
      if (m >= poisson.first) {
        const double w = poisson.weight[static_cast<std::size_t>(m - poisson.first)];
        add(sum.answered, v.answered, w);
        add(sum.abandoned, v.abandoned, w);
      }
      if (m < poisson.last()) tick(v);
    }
    sum.left_out += poisson.cut;
    v = std::move(sum);
  }

 private:
  static void add(std::vector<std::vector<double>>& sum, const std::vector<std::vector<double>>& v,
                  double w) {
    for (std::size_t l = 0; l < v.size(); ++l)
      for (std::size_t j = 0; j < v[l].size(); ++j) sum[l][j] += w * v[l][j];
  }

  // In place: each state reads those with fewer before it and fewer leavers.
  void tick(Tagged& v) const {
    for (std::size_t l = v.answered.size(); l-- > 0;) {
      const bool leavers_first = pooled_ && l > 0;
      std::vector<double>&g = v.answered[l], &b = v.abandoned[l];
      for (std::size_t j = g.size(); j-- > 0;) {
        const double ahead = static_cast<double>(j) * gives_up_;
        const double g_next = j > 0 ? g[j - 1] : 1.0, b_next = j > 0 ? b[j - 1] : 0.0;
        const double move = leavers_first ? ahead : ends_[l] + ahead;
        double g_new = g[j] + move * (g_next - g[j]) - gives_up_ * g[j];
        double b_new = b[j] + move * (b_next - b[j]) + gives_up_ * (1 - b[j]);
        if (leavers_first) {
          g_new += ends_[l] * (v.answered[l - 1][j] - g[j]);
          b_new += ends_[l] * (v.abandoned[l - 1][j] - b[j]);
        }
        g[j] = g_new;
        b[j] = b_new;
      }
    }
  }

  double theta_, q_ = 0, gives_up_ = 0;
  bool pooled_;
  std::vector<double> ends_;  // by leavers, a tick
};

// What a waiting caller has to expect just before the change, given what just after.
Tagged before_change(const Tagged& after, ShiftEnd shift_end, std::int64_t agents_before,
                     std::int64_t agents_after, std::size_t rows, std::size_t columns) {
  const std::int64_t rise = agents_after - agents_before;
  Tagged result;
  result.answered.assign(rows, std::vector<double>(columns, 0.0));
  result.abandoned = result.answered;
  for (std::size_t l = 0; l < rows; ++l)
    for (std::size_t j = 0; j < columns; ++j) {
      auto leavers = static_cast<std::int64_t>(l), ahead = static_cast<std::int64_t>(j);
      if (shift_end == ShiftEnd::kPooled) {
        const std::int64_t back = rise > 0 ? std::min(leavers, rise) : rise;
        leavers -= back;
        ahead -= rise - back;
      } else if (rise > 0 || shift_end == ShiftEnd::kAtOnce) {
        ahead -= rise;
      }
      if (ahead < 0) {
        result.answered[l][j] = 1;
        continue;
      }
      const auto to_l = static_cast<std::size_t>(leavers), to_j = static_cast<std::size_t>(ahead);
      result.answered[l][j] = after.answered[to_l][to_j];
      result.abandoned[l][j] = after.abandoned[to_l][to_j];
    }
  return result;
}

}  // namespace

Tagged follow(const std::vector<Stretch>& stretches, std::size_t rows, std::size_t columns,
              double tolerance) {
  const ShiftEnd shift_end = stretches[0].rates.shift_end;
  // Falls of staff add leavers (kPooled) or callers before (kAtOnce): sizes by stretch.
  std::vector<std::size_t> all_rows{rows}, all_columns{columns};
  for (std::size_t s = 1; s < stretches.size(); ++s) {
    const auto fall = static_cast<std::size_t>(drop(stretches[s - 1], stretches[s]));
    all_rows.push_back(all_rows.back() + (shift_end == ShiftEnd::kPooled ? fall : 0));
    all_columns.push_back(all_columns.back() + (shift_end == ShiftEnd::kAtOnce ? fall : 0));
  }
  Tagged v;
  v.answered.assign(all_rows.back(), std::vector<double>(all_columns.back(), 0.0));
  v.abandoned = v.answered;
  for (std::size_t s = stretches.size(); s-- > 0;) {
    Backward{stretches[s].rates, v}.run(v, stretches[s].length, tolerance);
    if (s == 0) break;
    const double left_out = v.left_out;
    v = before_change(v, shift_end, stretches[s - 1].rates.agents, stretches[s].rates.agents,
                      all_rows[s - 1], all_columns[s - 1]);
    v.left_out = left_out;
  }
  return v;
}

}  // namespace callmill::transient
