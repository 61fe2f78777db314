#include "base/random/sampler.h"

#include <cmath>
#include <limits>

#include "base/random/parts.h"

namespace callmill {
namespace {

constexpr double kMicros = 1e6;

// A slope that keeps the cubic monotone: within [0, 3] times the chord's (de Boor and Swartz's
// box). Exact slopes lie inside but for extreme shapes and for the infinite density at 0 of a gamma
// or Weibull law.
double limited(double slope, double chord) {
  if (std::isnan(slope)) return chord;
  return chord >= 0.0 ? std::clamp(slope, 0.0, 3.0 * chord) : std::clamp(slope, 3.0 * chord, 0.0);
}

struct Knot {
  double m;
  double value;
  double slope;  // d value / d m
};

Knot knot_at(const Law& law, double m, bool upper) {
  const double value = upper ? quantile(law, 1.0 - m, m) : quantile(law, m, 1.0 - m);
  const double slope = 1.0 / density(law, value);
  return {m, value, upper ? -slope : slope};
}

// m at the lower end of a cell.
double edge(std::size_t cell) {
  const double mantissa =
      1.0 + static_cast<double>(cell % Sampler::kPerOctave) / Sampler::kPerOctave;
  return std::ldexp(mantissa, static_cast<int>(cell / Sampler::kPerOctave) - Sampler::kOctaves - 1);
}

// Hermite's cubic in x = (m - left.m) / width.
Sampler::Cell cubic(const Knot& left, const Knot& right) {
  const double width = right.m - left.m;
  const double chord = right.value - left.value;
  const double d0 = limited(left.slope * width, chord);
  const double d1 = limited(right.slope * width, chord);
  return {left.value, d0, 3.0 * chord - 2.0 * d0 - d1, d0 + d1 - 2.0 * chord};
}

// The law's quantile, cut at bends: halves the interval until its cubic meets the quantile at the
// quarter points.
class BentBuilder {
 public:
  BentBuilder(const Law& law, bool upper, std::vector<Sampler::BentCell>& out)
      : law_{law}, upper_{upper}, mean_{mean(law)}, out_{out} {}

  void add(const Knot& left, const Knot& right, int depth = 0) {
    const double width = right.m - left.m;
    const Sampler::Cell c = cubic(left, right);
    const Knot middle = knot_at(law_, left.m + 0.5 * width, upper_);
    if (depth == kDeepest || (fits(c, 0.5, middle) && fits(c, 0.25, left.m + 0.25 * width) &&
                              fits(c, 0.75, left.m + 0.75 * width))) {
      out_.push_back({left.m, 1.0 / width, c});
      return;
    }
    add(left, middle, depth + 1);
    add(middle, right, depth + 1);
  }

 private:
  static constexpr double kTolerance = 1e-7;
  static constexpr int kDeepest = 40;  // widths stay above the grid of m

  bool fits(const Sampler::Cell& c, double x, const Knot& k) const {
    return std::fabs(c.at(x) - k.value) <= kTolerance * std::max(mean_, k.value);
  }
  bool fits(const Sampler::Cell& c, double x, double m) const {
    return fits(c, x, knot_at(law_, m, upper_));
  }

  const Law& law_;
  bool upper_;
  double mean_;
  std::vector<Sampler::BentCell>& out_;
};

}  // namespace

std::shared_ptr<const Sampler::Cell[]> Sampler::make_cells(const Law& law) {
  auto cells = std::make_shared<Cell[]>(2 * kSideCells);
  for (const bool upper : {false, true}) {
    Cell* side = cells.get() + (upper ? kSideCells : 0);
    Knot left = knot_at(law, edge(0), upper);
    for (std::size_t i = 0; i + 1 < kSideCells; ++i) {
      const Knot right = knot_at(law, edge(i + 1), upper);
      side[i] = cubic(left, right);
      left = right;
    }
    side[kSideCells - 1] = {left.value, 0.0, 0.0, 0.0};
  }
  return cells;
}

std::shared_ptr<const Sampler::Bent> Sampler::make_bent(const Law& law) {
  auto bent = std::make_shared<Bent>();
  bent->first.reserve(2 * kSideCells);
  for (const bool upper : {false, true}) {
    BentBuilder builder(law, upper, bent->cell);
    Knot left = knot_at(law, edge(0), upper);
    for (std::size_t i = 0; i + 1 < kSideCells; ++i) {
      const Knot right = knot_at(law, edge(i + 1), upper);
      bent->first.push_back(static_cast<std::uint32_t>(bent->cell.size()));
      builder.add(left, right);
      left = right;
    }
    bent->first.push_back(static_cast<std::uint32_t>(bent->cell.size()));
    bent->cell.push_back({left.m, 0.0, {left.value, 0.0, 0.0, 0.0}});
    // Ends the search of the side.
    bent->cell.push_back({std::numeric_limits<double>::infinity(), 0.0, {}});
  }
  return bent;
}

std::shared_ptr<const Sampler::Cell[]> Sampler::exponential_cells() {
  static const std::shared_ptr<const Cell[]> cells = make_cells(ExponentialLaw{1.0});
  return cells;
}

// Eight parts a piece or more: few searches go past their first piece, so their branches are
// guessed well (2000 pieces: 7.4 ns a draw; 8.9 with two parts; no less with 32).
std::shared_ptr<const Sampler::Pieces> Sampler::with_guide(std::vector<Piece> pieces, Kind kind) {
  const std::size_t parts = std::bit_ceil(8 * pieces.size());
  auto out = std::make_shared<Pieces>();
  out->guide.reserve(parts);
  std::size_t i = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    // The table's error on y must not put a draw before its guide, hence the margin.
    const double u = static_cast<double>(part) / static_cast<double>(parts) - 1e-6;
    const auto begins_before = [&](const Piece& p) {
      return (kind == Kind::kHazard ? -std::expm1(-p.from) : p.from) <= u;
    };
    while (i + 1 < pieces.size() && begins_before(pieces[i + 1])) ++i;
    out->guide.push_back(static_cast<std::uint32_t>(i));
  }
  pieces.push_back({std::numeric_limits<double>::infinity(), 0.0, 0.0});
  out->piece = std::move(pieces);
  return out;
}

std::shared_ptr<const Sampler::Pieces> Sampler::make_pieces(const EmpiricalLaw& law) {
  std::vector<Piece> pieces;
  if (law.cdf[0] > 0.0) pieces.push_back({0.0, law.value_s[0] * kMicros, 0.0});
  for (std::size_t i = 0; i + 1 < law.cdf.size(); ++i) {
    const double share = law.cdf[i + 1] - law.cdf[i];
    if (share <= 0.0) continue;  // a gap between values: no u leads there
    const double rise = (law.value_s[i + 1] - law.value_s[i]) * kMicros;
    pieces.push_back({law.cdf[i], law.value_s[i] * kMicros, rise / share});
  }
  return with_guide(std::move(pieces), Kind::kPieces);
}

std::shared_ptr<const Sampler::Pieces> Sampler::make_pieces(const HazardLaw& law) {
  std::vector<Piece> pieces;
  double cumulative = 0.0;
  for (std::size_t i = 0; i < law.from_s.size(); ++i) {
    const double rate = law.rate_per_s[i];
    const bool last = i + 1 == law.from_s.size();
    if (rate > 0.0)
      pieces.push_back({cumulative, law.from_s[i] * kMicros, kMicros / rate});
    else if (last)
      pieces.push_back({cumulative, kNeverSeconds * kMicros, 0.0});
    if (!last) cumulative += rate * (law.from_s[i + 1] - law.from_s[i]);
  }
  return with_guide(std::move(pieces), Kind::kHazard);
}

Sampler::Sampler(const Law& law) {
  CALLMILL_CHECK(fault(law).empty(), "a sampler needs a law without fault");
  const auto curve_of = [this](const auto& smooth) {
    kind_ = Kind::kCurve;
    scale_us_ = kMicros;
    cells_ = make_cells(smooth);
  };
  std::visit(Cases{
                 [this](const ConstantLaw& l) { base_us_ = l.value_s * kMicros; },
                 [this](const UniformLaw& l) {
                   base_us_ = l.low_s * kMicros;
                   scale_us_ = (l.high_s - l.low_s) * kMicros;
                 },
                 [this](const ExponentialLaw& l) {
                   kind_ = Kind::kCurve;
                   scale_us_ = l.mean_s * kMicros;
                   cells_ = exponential_cells();
                 },
                 [&](const LognormalLaw& l) { curve_of(l); },
                 [&](const GammaLaw& l) { curve_of(l); },
                 [&](const WeibullLaw& l) { curve_of(l); },
                 [this](const HyperexponentialLaw& l) {
                   kind_ = Kind::kBent;
                   scale_us_ = kMicros;
                   bent_ = make_bent(l);
                 },
                 [this](const EmpiricalLaw& l) {
                   kind_ = Kind::kPieces;
                   pieces_ = make_pieces(l);
                 },
                 [this](const HazardLaw& l) {
                   kind_ = Kind::kHazard;
                   cells_ = exponential_cells();
                   pieces_ = make_pieces(l);
                 },
             },
             law);
}

}  // namespace callmill
