#include "models/transient/cohort.h"

#include <algorithm>
#include <array>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <vector>

#include "models/transient/tagged.h"
#include "models/transient/walk.h"

namespace callmill::transient {
namespace {

// Outcome per arrival, weighted by a distribution of what arrivals find.
Cohort weigh(const Band& band, const Tagged& tagged, const Rates& rates) {
  Cohort sum;
  for (std::size_t l = 0; l < band.rows.size(); ++l) {
    const BandRow& row = band.rows[l];
    for (std::size_t i = 0; i < row.p.size(); ++i) {
      const std::int64_t k = row.lo + static_cast<std::int64_t>(i);
      if (rates.lines > 0 && k + static_cast<std::int64_t>(l) >= rates.lines) continue;
      if (k < rates.agents) {
        sum.answered += row.p[i];
        continue;
      }
      const std::size_t at = rates.shift_end == ShiftEnd::kPooled ? l : 0;
      const auto j = static_cast<std::size_t>(k - rates.agents);
      sum.answered += row.p[i] * tagged.answered[at][j];
      sum.abandoned += row.p[i] * tagged.abandoned[at][j];
    }
  }
  return sum;
}

class Window {
 public:
  Window(const TransientInput& in, std::size_t piece, double per_tick)
      : in_{in}, piece_{piece}, rates_{rates_of(in, piece)}, per_tick_{per_tick} {}

  // Of those who find `band`, `left` before the end of the piece.
  Cohort found(const Band& band, double left) {
    const std::int64_t columns = std::max<std::int64_t>(0, band.hi() - rates_.agents) + 1;
    if (band.states() == 0) return {};  // no time has passed
    const std::size_t rows = rates_.shift_end == ShiftEnd::kPooled ? band.rows.size() : 1;
    const Tagged tagged = follow(stretches(left), rows, static_cast<std::size_t>(columns),
                                 std::max(1e-16, 1e-2 * in_.tolerance));
    cut_ = std::max(cut_, tagged.left_out);
    return weigh(band, tagged, rates_);
  }

  // Staff is the same for all of the window: what an arrival expects does not depend on when.
  bool is_even() const {
    const std::vector<Stretch> all = stretches(0);
    return std::all_of(all.begin(), all.end(), [&](const Stretch& s) {
      return s.rates.agents == rates_.agents && s.rates.service == rates_.service &&
             s.rates.patience == rates_.patience;
    });
  }

  // Integral over arrivals from `from` to `to` before the piece's end (from > to), by panels of
  // Gauss-Kronrod that are halved until both rules agree. `band` moves along.
  Cohort panel(Band& band, double from, double to, int depth) {
    using Kronrod = boost::math::quadrature::gauss_kronrod<double, 15>;
    using Gauss = boost::math::quadrature::gauss<double, 7>;
    const Band start = band;
    const double half = (from - to) / 2;
    Cohort fine, coarse;
    double at = -1;  // on [-1, 1]
    for (int node = -7; node <= 7; ++node) {
      const auto i = static_cast<std::size_t>(std::abs(node));
      const double x = (node < 0 ? -1 : 1) * Kronrod::abscissa()[i];
      march(band, rates_, (x - at) * half, per_tick_, nullptr, cost_);
      at = x;
      const Cohort f = found(band, from - (x + 1) * half);
      const double w = Kronrod::weights()[i] * half;
      fine.answered += w * f.answered;
      fine.abandoned += w * f.abandoned;
      if (i % 2 != 0) continue;
      const double g = Gauss::weights()[i / 2] * half;
      coarse.answered += g * f.answered;
      coarse.abandoned += g * f.abandoned;
    }
    const double off = std::max(std::abs(fine.answered - coarse.answered),
                                std::abs(fine.abandoned - coarse.abandoned)) /
                       (2 * half);
    // The finer rule is far better than the difference says (Piessens & al. 1983, QUADPACK).
    const double error = std::min(off, std::pow(200 * off, 1.5));
    constexpr int kDeepest = 12;
    if (error > std::max(1e-14, 0.1 * in_.tolerance) && depth < kDeepest) {
      band = start;
      const Cohort first = panel(band, from, (from + to) / 2, depth + 1);
      const Cohort second = panel(band, (from + to) / 2, to, depth + 1);
      return {first.answered + second.answered, first.abandoned + second.abandoned};
    }
    cut_ += error * 2 * half / in_.pieces[piece_].length;
    march(band, rates_, (1 - at) * half, per_tick_, nullptr, cost_);
    return fine;
  }

  // Where, before the piece's end, an arrival's window ends at a change of staff; descending from
  // `longest` to 0.
  std::vector<double> breaks(double longest) const {
    std::vector<double> result{longest, 0};
    double after = 0;
    for (std::size_t m = piece_ + 1; m < in_.pieces.size(); ++m) {
      after += in_.pieces[m].length;
      const double left = in_.within - after;
      if (left <= 0) break;
      if (left < longest) result.push_back(left);
    }
    std::sort(result.rbegin(), result.rend());
    return result;
  }

  double arrival_rate() const { return rates_.arrival; }
  double left_out() const { return cut_ + cost_.left_out; }

 private:
  std::vector<Stretch> stretches(double left) const {
    double window = in_.within;
    std::vector<Stretch> result{{std::min(window, left), rates_}};
    window -= result[0].length;
    for (std::size_t m = piece_ + 1; m < in_.pieces.size() && window > 0; ++m) {
      const double length = std::min(window, in_.pieces[m].length);
      result.push_back({length, rates_of(in_, m)});
      window -= length;
    }
    result.back().length += window;  // after the last piece its staff goes on
    return result;
  }

  const TransientInput& in_;
  std::size_t piece_;
  Rates rates_;
  double per_tick_, cut_ = 0;
  MarchCost cost_;
};

}  // namespace

Cohort cohort_of(const TransientInput& in, std::size_t i, const Band& early, const Band& late,
                 const Band& at_late, double per_tick) {
  Window window{in, i, per_tick};
  const double length = in.pieces[i].length, longest = std::min(in.within, length);
  Cohort sum = length > in.within ? window.found(early, in.within) : Cohort{};
  const auto add = [&sum](const Cohort& more) {
    sum.answered += more.answered;
    sum.abandoned += more.abandoned;
  };
  if (window.is_even()) {
    add(window.found(late, 0));
  } else {
    Band band = at_late;
    const std::vector<double> breaks = window.breaks(longest);
    for (std::size_t b = 1; b < breaks.size(); ++b)
      add(window.panel(band, breaks[b - 1], breaks[b], 0));
  }
  sum.answered *= window.arrival_rate();
  sum.abandoned *= window.arrival_rate();
  sum.left_out = window.left_out();
  return sum;
}

}  // namespace callmill::transient
