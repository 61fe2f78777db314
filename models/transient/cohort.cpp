#include "models/transient/cohort.h"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <utility>
#include <vector>

#include "models/transient/tagged.h"
#include "models/transient/walk.h"

namespace callmill::transient {
namespace {

using Kronrod = boost::math::quadrature::gauss_kronrod<double, 15>;
using Gauss = boost::math::quadrature::gauss<double, 7>;
constexpr int kNodes = 15;

// Callers, by what they find: answered at once, or in a lane of those who wait.
class Found {
 public:
  Found(const std::vector<Band>& bands, const Rates& rates)
      : rates_{rates}, at_once_(bands.size(), 0.0), crowd_{size_of(bands, rates)} {
    for (std::size_t k = 0; k < bands.size(); ++k)
      for (std::size_t l = 0; l < bands[k].rows.size(); ++l) add(bands[k].rows[l], l, k);
  }
  double at_once(std::size_t lane) const { return at_once_[lane]; }
  const Crowd& crowd() const { return crowd_; }

 private:
  static Crowd size_of(const std::vector<Band>& bands, const Rates& rates) {
    std::int64_t hi = rates.agents;
    std::size_t rows = 1;
    for (const Band& band : bands) {
      hi = std::max(hi, band.hi());
      if (rates.shift_end == ShiftEnd::kPooled) rows = std::max(rows, band.rows.size());
    }
    return {rows, static_cast<std::size_t>(hi - rates.agents) + 1, bands.size() > 1 ? kLanes : 1};
  }
  void add(const BandRow& row, std::size_t l, std::size_t lane) {
    for (std::size_t i = 0; i < row.p.size(); ++i) {
      const std::int64_t k = row.lo + static_cast<std::int64_t>(i);
      if (rates_.lines > 0 && k + static_cast<std::int64_t>(l) >= rates_.lines) continue;
      if (k < rates_.agents)
        at_once_[lane] += row.p[i];
      else
        crowd_.at(rates_.shift_end == ShiftEnd::kPooled ? l : 0,
                  static_cast<std::size_t>(k - rates_.agents))[lane] += row.p[i];
    }
  }

  const Rates& rates_;
  std::vector<double> at_once_;
  Crowd crowd_;
};

void add(Cohort& sum, const Cohort& more) {
  sum.answered += more.answered;
  sum.abandoned += more.abandoned;
  if (sum.answered_in.size() < more.answered_in.size())
    sum.answered_in.resize(more.answered_in.size(), 0.0);
  for (std::size_t i = 0; i < more.answered_in.size(); ++i)
    sum.answered_in[i] += more.answered_in[i];
}

// Answers by the piece in which they come: at once, or in a stretch of the window, which is a
// piece.
class Events {
 public:
  explicit Events(std::size_t pieces) : in_(pieces, 0.0) {}
  void add(double weight, double at_once, const Outcomes& out, std::size_t lane) {
    in_[0] += weight * at_once;
    double before = 0;
    for (std::size_t s = 0; s < std::min(in_.size(), out.answered_until.size()); ++s) {
      in_[s] += weight * (out.answered_until[s][lane] - before);
      before = out.answered_until[s][lane];
    }
  }
  std::vector<double> take() { return std::move(in_); }

 private:
  std::vector<double> in_;
};

class Window {
 public:
  Window(const TransientInput& in, std::size_t piece, double per_tick)
      : in_{in}, piece_{piece}, rates_{rates_of(in, piece)}, per_tick_{per_tick} {}

  // Of those who find `band` so long before the end of the piece that T, or all waiting, is over by
  // then: after `length` of it.
  Cohort within_piece(const Band& band, double length) {
    return one(band, {{rates_, {std::min(in_.within, length)}}});
  }
  // Of those who find `band` at the end of the piece.
  Cohort at_end(const Band& band) { return one(band, stretches({0})); }

  // Staff is the same for all of the window: what an arrival expects does not depend on when.
  bool is_even() const {
    const std::vector<Stretch> all = stretches({0});
    return std::all_of(all.begin(), all.end(), [&](const Stretch& s) {
      return s.rates.agents == rates_.agents && s.rates.service == rates_.service &&
             s.rates.patience == rates_.patience;
    });
  }

  // Integral over arrivals from `from` to `to` before the piece's end (from > to), by panels of
  // Gauss-Kronrod that are halved until both rules agree. `band` moves along.
  Cohort panel(Band& band, double from, double to, int depth) {
    const Band start = band;
    const double half = (from - to) / 2;
    std::vector<Band> found;
    std::vector<double> left;
    double at = -1;  // on [-1, 1]
    for (int k = 0; k < kNodes; ++k) {
      march(band, rates_, (node(k) - at) * half, per_tick_, nullptr, cost_);
      at = node(k);
      found.push_back(band);
      left.push_back(from - (at + 1) * half);
    }
    Cohort fine, coarse;
    Events events{in_.pieces.size() - piece_};
    const Found callers{found, rates_};
    const Outcomes out = outcomes(callers.crowd(), stretches(left));
    for (int k = 0; k < kNodes; ++k) {
      const auto lane = static_cast<std::size_t>(k);
      const auto i = static_cast<std::size_t>(std::abs(k - kNodes / 2));
      const double answered = callers.at_once(lane) + out.answered[lane];
      const double w = Kronrod::weights()[i] * half;
      fine.answered += w * answered;
      events.add(w, callers.at_once(lane), out, lane);
      fine.abandoned += w * out.abandoned[lane];
      if (i % 2 != 0) continue;
      const double g = Gauss::weights()[i / 2] * half;
      coarse.answered += g * answered;
      coarse.abandoned += g * out.abandoned[lane];
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
      Cohort both = first;
      add(both, second);
      return both;
    }
    fine.answered_in = events.take();
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
      const double hair = 1e-9 * longest;
      if (left > hair && left < longest - hair) result.push_back(left);
    }
    std::sort(result.rbegin(), result.rend());
    return result;
  }

  double arrival_rate() const { return rates_.arrival; }
  double left_out() const { return cut_ + cost_.left_out; }

 private:
  static double node(int k) {
    return (k < kNodes / 2 ? -1 : 1) *
           Kronrod::abscissa()[static_cast<std::size_t>(std::abs(k - kNodes / 2))];
  }

  Outcomes outcomes(const Crowd& crowd, std::vector<Stretch> all) {
    for (Stretch& s : all) s.length.resize(crowd.lanes, 0.0);
    Outcomes out = follow(crowd, all, std::max(1e-16, 1e-2 * in_.tolerance));
    cut_ = std::max(cut_, out.left_out);
    return out;
  }
  Cohort one(const Band& band, const std::vector<Stretch>& all) {
    if (band.states() == 0) return {};  // no time has passed
    const Found callers{{band}, rates_};
    const Outcomes out = outcomes(callers.crowd(), all);
    Events events{in_.pieces.size() - piece_};
    events.add(1, callers.at_once(0), out, 0);
    return {callers.at_once(0) + out.answered[0], out.abandoned[0], events.take(), 0};
  }

  // Of arrivals with `left` of the piece to come, each.
  std::vector<Stretch> stretches(const std::vector<double>& left) const {
    std::vector<double> window(left.size(), in_.within);
    std::vector<Stretch> result;
    const auto add = [&](const Rates& rates, const auto& most) {
      result.push_back({rates, {}});
      for (std::size_t k = 0; k < left.size(); ++k) {
        result.back().length.push_back(std::min(window[k], most(k)));
        window[k] -= result.back().length[k];
      }
    };
    const auto open = [&window] {
      return std::any_of(window.begin(), window.end(), [](double w) { return w > 0; });
    };
    add(rates_, [&left](std::size_t k) { return left[k]; });
    for (std::size_t m = piece_ + 1; m < in_.pieces.size() && open(); ++m)
      add(rates_of(in_, m), [&](std::size_t) { return in_.pieces[m].length; });
    // After the last piece its staff goes on.
    if (open()) add(rates_of(in_, in_.pieces.size() - 1), [&](std::size_t k) { return window[k]; });
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
                 const Band& at_late, double late_length, double per_tick) {
  Window window{in, i, per_tick};
  Cohort sum =
      late_length < in.pieces[i].length ? window.within_piece(early, late_length) : Cohort{};
  // Of whom it does not matter when they come it does matter in which piece they are answered.
  if (window.is_even() && !in.by_event) {
    add(sum, window.at_end(late));
  } else {
    Band band = at_late;
    const std::vector<double> breaks = window.breaks(late_length);
    for (std::size_t b = 1; b < breaks.size(); ++b)
      add(sum, window.panel(band, breaks[b - 1], breaks[b], 0));
  }
  for (double& answered : sum.answered_in) answered *= window.arrival_rate();
  sum.answered *= window.arrival_rate();
  sum.abandoned *= window.arrival_rate();
  sum.left_out = window.left_out();
  return sum;
}

}  // namespace callmill::transient
