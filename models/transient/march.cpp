#include "models/transient/march.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/queueing/poisson_weights.h"

namespace callmill::transient {
namespace {

constexpr double kMostTicks = 16000;  // in one series: longer ones save little, and fix q longer
constexpr std::int64_t kLump = 8;  // ticks whose integral is added up at once, where they weigh 1
constexpr std::size_t kGuard = 2;  // zeros on both sides, so that the tick needs no branches

// One tick inside [from, to]; the arrays are indexed by k + kGuard.
void tick(const double* __restrict v, const double* __restrict stay, const double* __restrict down,
          double birth, double* __restrict next, std::size_t from, std::size_t to) {
  for (std::size_t k = from; k <= to; ++k)
    next[k] = stay[k] * v[k] + birth * v[k - 1] + down[k + 1] * v[k + 1];
}

void add_scaled(const double* __restrict v, double scale, double* __restrict sum, std::size_t from,
                std::size_t to) {
  for (std::size_t k = from; k <= to; ++k) sum[k] += scale * v[k];
}

// One number of leavers at work.
struct Row {
  std::vector<double> now, next, end, integral, stay, down, lump;
  double leave = 0;              // to the row below, a tick
  std::size_t cap = 0;           // highest state, index with guard
  bool limit = false;            // cap is the limit of lines: calls beyond are blocked, not cut
  std::size_t from = 1, to = 0;  // active; empty where from > to

  bool empty() const { return from > to; }
};

class Series {
 public:
  Series(const Band& band, const Rates& rates, double length, std::int64_t cap)
      : rates_{rates}, cap_{cap}, q_{rates.arrival + down_rate(0, cap)} {
    const auto leavers = static_cast<std::int64_t>(band.rows.size()) - 1;
    for (std::int64_t l = 1; l <= leavers; ++l)
      q_ = std::max(q_, rates.arrival + down_rate(l, cap) + leave_rate(l));
    mean_ticks_ = q_ * length;
    rows_.resize(band.rows.size());
    for (std::size_t l = 0; l < rows_.size(); ++l)
      set_up(rows_[l], static_cast<std::int64_t>(l), band.rows[l]);
    if (band.has_ages) set_up_ages(band.ages);
  }

  void run(double per_tick, bool with_integral, MarchCost& cost) {
    const PoissonWeights poisson = poisson_weights(mean_ticks_, std::min(1e-3, 100 * per_tick));
    const double share = per_tick / (2.0 * static_cast<double>(rows_.size()));
    const std::int64_t lumped = with_integral ? lumped_ticks(poisson.first) : 0;
    std::size_t widest = 0;
    for (std::int64_t m = 0; m <= poisson.last(); ++m) {
      const bool counted = m >= poisson.first;
      const auto i = static_cast<std::size_t>(std::max<std::int64_t>(0, m - poisson.first));
      const double beyond = counted ? poisson.beyond[i] : 1.0;
      std::size_t width = 0;
      for (Row& row : rows_) {
        trim(row, share);
        if (row.empty()) continue;
        width += row.to - row.from + 1;
        if (counted)
          add_scaled(row.now.data(), poisson.weight[i], row.end.data(), row.from, row.to);
        if (m < lumped) {
          if (m % kLump == 0) add_scaled(row.now.data(), 1, row.lump.data(), row.from, row.to);
        } else if (with_integral && beyond > 0) {
          add_scaled(row.now.data(), beyond / q_, row.integral.data(), row.from, row.to);
        }
      }
      widest = std::max(widest, width);
      if (!ages_.empty()) {
        if (counted)
          add_scaled(ages_.data(), poisson.weight[i], end_ages_.data(), 0, ages_.size() - 1);
        if (beyond > 0) head_age_ += beyond / q_ * ages_[0];
      }
      if (m == poisson.last()) break;
      if (!ages_.empty()) age();
      step();
    }
    if (lumped > 0) spread_lumps();
    cost.ticks += static_cast<double>(poisson.last() + 1);
    cost.answered_wait += static_cast<double>(rates_.agents) * rates_.service * head_age_;
    cost.left_out += poisson.cut;
    cost.widest_band = std::max(cost.widest_band, static_cast<std::int64_t>(widest));
  }

  double cut_at_cap() const { return cut_at_cap_; }

  Band end() const {
    Band band = collect(&Row::end);
    band.has_ages = !end_ages_.empty();
    band.ages = end_ages_;
    while (!band.ages.empty() && band.ages.back() == 0) band.ages.pop_back();
    return band;
  }
  Band integral() const { return collect(&Row::integral); }

 private:
  bool drains_first(std::int64_t l) const { return rates_.shift_end == ShiftEnd::kPooled && l > 0; }
  // Calls that end or are given up, without leavers' endings.
  double down_rate(std::int64_t l, std::int64_t k) const {
    const double waiting =
        static_cast<double>(std::max<std::int64_t>(0, k - rates_.agents)) * rates_.patience;
    if (drains_first(l)) return waiting;
    return static_cast<double>(std::min(k, rates_.agents)) * rates_.service + waiting;
  }
  double leave_rate(std::int64_t l) const {
    return static_cast<double>(drains_first(l) ? rates_.agents + l : l) * rates_.service;
  }

  void set_up(Row& row, std::int64_t l, const BandRow& start) {
    std::int64_t top = cap_;
    if (rates_.lines > 0 && rates_.lines - l <= top) {
      top = std::max<std::int64_t>(0, rates_.lines - l);
      row.limit = true;
    }
    const std::size_t size = static_cast<std::size_t>(cap_) + 1 + 2 * kGuard;
    for (auto* v : {&row.now, &row.next, &row.end, &row.integral, &row.stay, &row.down})
      v->assign(size, 0.0);
    row.cap = static_cast<std::size_t>(top) + kGuard;
    row.leave = leave_rate(l) / q_;
    for (std::int64_t k = 0; k <= top; ++k) {
      const double birth = row.limit && k == top ? 0.0 : rates_.arrival;
      const double down = down_rate(l, k);
      const std::size_t at = static_cast<std::size_t>(k) + kGuard;
      row.down[at] = down / q_;
      row.stay[at] = 1 - (birth + down + leave_rate(l)) / q_;
    }
    if (start.empty()) return;
    row.from = static_cast<std::size_t>(start.lo) + kGuard;
    row.to = row.from + start.p.size() - 1;
    std::copy(start.p.begin(), start.p.end(),
              row.now.begin() + static_cast<std::ptrdiff_t>(row.from));
  }

  // Of nobody, where no state of the series has a caller who waits: one entry that stays 0.
  void set_up_ages(const std::vector<double>& ages) {
    const std::int64_t columns = std::max<std::int64_t>(1, cap_ - rates_.agents);
    ages_.assign(static_cast<std::size_t>(columns), 0.0);
    std::copy_n(ages.begin(), std::min(ages.size(), ages_.size()), ages_.begin());
    end_ages_.assign(ages_.size(), 0.0);
    for (std::int64_t j = 0; j < columns; ++j)
      move_up_.push_back(down_rate(0, rates_.agents + 1 + j) / q_);
  }

  // A tick of a_j' = P(somebody has j before them) + (n mu + (j + 1) theta)(a_{j+1} - a_j).
  void age() {
    std::size_t last = 0;  // beyond the band nobody waits
    for (const Row& row : rows_)
      if (!row.empty()) last = std::max(last, row.to);
    const std::size_t first = static_cast<std::size_t>(rates_.agents + 1) + kGuard;
    const std::size_t columns = last < first ? 0 : std::min(ages_.size(), last - first + 1);
    std::fill(ages_.begin() + static_cast<std::ptrdiff_t>(columns), ages_.end(), 0.0);
    double waits = 0, behind = 0;
    for (std::size_t j = columns; j-- > 0;) {
      for (const Row& row : rows_) waits += row.now[first + j];
      const double before = ages_[j];
      ages_[j] = before + waits / q_ + move_up_[j] * (behind - before);
      behind = before;
    }
  }

  // Ticks before `first` all weigh 1 in the integral, so v + P v + ... + P^7 v of every eighth v
  // can be taken of their sum, once: a third of the work less. Of one row, where it pays.
  std::int64_t lumped_ticks(std::int64_t first) {
    if (rows_.size() > 1 || first < 8 * kLump) return 0;
    rows_[0].lump.assign(rows_[0].now.size(), 0.0);
    return first / kLump * kLump;
  }
  void spread_lumps() {
    Row& row = rows_[0];
    std::vector<double> next(row.lump.size(), 0.0);
    for (std::int64_t i = 0; i < kLump; ++i) {
      add_scaled(row.lump.data(), 1 / q_, row.integral.data(), kGuard, row.cap);
      tick(row.lump.data(), row.stay.data(), row.down.data(), rates_.arrival / q_, next.data(),
           kGuard, row.cap);
      std::swap(row.lump, next);
    }
  }

  // Drops edges that together hold at most `share`, and keeps zeros beside the band.
  static void trim(Row& row, double share) {
    double dropped = 0;
    while (!row.empty() && dropped + row.now[row.from] <= share) {
      dropped += row.now[row.from];
      row.now[row.from++] = 0;
    }
    dropped = 0;
    while (!row.empty() && dropped + row.now[row.to] <= share) {
      dropped += row.now[row.to];
      row.now[row.to--] = 0;
    }
    if (row.empty()) return;
    for (std::size_t g = 1; g <= kGuard; ++g) row.now[row.from - g] = 0;
    for (std::size_t g = 1; g <= kGuard && row.to + g < row.now.size(); ++g)
      row.now[row.to + g] = 0;
  }

  void step() {
    const double birth = rates_.arrival / q_;
    for (std::size_t l = 0; l < rows_.size(); ++l) {  // a row reads itself and the one above
      Row& row = rows_[l];
      std::size_t from = row.from, to = row.to;
      if (!row.empty()) {
        from = std::max(kGuard, row.from - 1);
        to = std::min(row.cap, row.to + 1);
        tick(row.now.data(), row.stay.data(), row.down.data(), birth, row.next.data(), from, to);
        if (!row.limit && row.to == row.cap) cut_at_cap_ += birth * row.now[row.cap];
      }
      if (l + 1 < rows_.size()) take_leavers(rows_[l + 1], row, from, to);
      if (from > to) continue;
      for (std::size_t g = 1; g <= kGuard; ++g) row.next[from - g] = 0;
      for (std::size_t g = 1; g <= kGuard && to + g < row.next.size(); ++g) row.next[to + g] = 0;
      std::swap(row.now, row.next);
      row.from = from;
      row.to = to;
    }
  }

  // Calls of leavers that end: the row above comes down, [from, to] grows to hold it.
  static void take_leavers(const Row& above, Row& row, std::size_t& from, std::size_t& to) {
    if (above.empty()) return;
    if (from > to) {
      from = above.from;
      to = above.to;
      std::fill_n(row.next.begin() + static_cast<std::ptrdiff_t>(from), to - from + 1, 0.0);
    }
    for (; from > above.from; --from) row.next[from - 1] = 0;
    for (; to < above.to; ++to) row.next[to + 1] = 0;
    add_scaled(above.now.data(), above.leave, row.next.data(), above.from, above.to);
  }

  Band collect(std::vector<double> Row::*what) const {
    Band band;
    band.rows.resize(rows_.size());
    for (std::size_t l = 0; l < rows_.size(); ++l) {
      const std::vector<double>& v = rows_[l].*what;
      const auto used = [](double p) { return p != 0; };
      const auto first = std::find_if(v.begin(), v.end(), used);
      const auto last = std::find_if(v.rbegin(), v.rend(), used).base();
      if (first == v.end()) continue;
      band.rows[l].lo = first - v.begin() - static_cast<std::ptrdiff_t>(kGuard);
      band.rows[l].p.assign(first, last);
    }
    while (band.rows.size() > 1 && band.rows.back().empty()) band.rows.pop_back();
    return band;
  }

  Rates rates_;
  std::int64_t cap_;
  double q_, mean_ticks_ = 0, cut_at_cap_ = 0;
  std::vector<double> ages_, end_ages_, move_up_;  // by callers before; empty: not asked for
  double head_age_ = 0;                            // its integral
  std::vector<Row> rows_;
};

void add_band(Band& sum, const Band& more) {
  for (std::size_t l = 0; l < more.rows.size(); ++l)
    for (std::size_t i = 0; i < more.rows[l].p.size(); ++i)
      sum.add(static_cast<std::int64_t>(l), more.rows[l].lo + static_cast<std::int64_t>(i),
              more.rows[l].p[i]);
}

// How far above the band the chain may come in `length`: its drift, and so many deviations of a
// walk that is pulled back at the slower of both rates. Too little is noticed, and tried again.
double headroom(const Rates& r, std::int64_t hi, double length) {
  const double most = r.arrival + static_cast<double>(r.agents) * r.service;
  const double pull = std::min(r.service, r.patience);
  const double memory = pull > 0 ? std::min(length, 1 / (2 * pull)) : length;
  const double drift = r.arrival - static_cast<double>(std::min(hi, r.agents)) * r.service;
  return 20 + std::max(0.0, drift) * length + 6 * std::sqrt(most * memory);
}

double rate_bound(const Rates& r, double top, std::size_t rows) {
  return r.arrival + (static_cast<double>(r.agents) + static_cast<double>(rows)) * r.service +
         std::max(0.0, top - static_cast<double>(r.agents)) * r.patience;
}

}  // namespace

double expected_ticks(const Rates& rates, double length, std::int64_t highest) {
  const double top = static_cast<double>(highest) + headroom(rates, highest, length);
  return 10 + rate_bound(rates, top, 1) * length;
}

void march(Band& band, const Rates& rates, double length, double per_tick, Band* integral,
           MarchCost& cost) {
  double wider = 1;
  while (length > 0) {
    const std::int64_t hi = band.hi();
    // A first guess of q tells how long a series of kMostTicks lasts.
    double part = length;
    double top = static_cast<double>(hi) + wider * headroom(rates, hi, part);
    for (int i = 0; i < 4 && rate_bound(rates, top, band.rows.size()) * part > kMostTicks; ++i) {
      part = std::min(part, kMostTicks / rate_bound(rates, top, band.rows.size()));
      top = static_cast<double>(hi) + wider * headroom(rates, hi, part);
    }
    auto cap = static_cast<std::int64_t>(std::ceil(top));
    if (rates.lines > 0) cap = std::min(cap, rates.lines);
    if (rates.arrival <= 0) cap = hi + static_cast<std::int64_t>(band.rows.size());
    if (cap == 0 && rates.arrival <= 0 && band.rows.size() == 1) {  // an empty centre stays empty
      if (integral != nullptr) integral->add(0, 0, length * band.mass());
      return;
    }
    Series series{band, rates, part, cap};
    MarchCost once;
    const double before = band.mass();
    series.run(per_tick, integral != nullptr, once);
    if (series.cut_at_cap() > per_tick * once.ticks) {
      wider *= 2;
      continue;
    }
    wider = 1;
    band = series.end();
    if (integral != nullptr) add_band(*integral, series.integral());
    cost.left_out += once.left_out + std::max(0.0, before - band.mass());
    cost.answered_wait += once.answered_wait;
    cost.ticks += once.ticks;
    cost.widest_band = std::max(cost.widest_band, once.widest_band);
    cost.highest_state = std::max({cost.highest_state, hi, band.hi()});
    length = part < length ? length - part : 0;
  }
}

}  // namespace callmill::transient
