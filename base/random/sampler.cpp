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
  double value;
  double slope;  // d value / d m
};

Knot knot_at(const Law& law, double m, bool upper) {
  const double value = upper ? quantile(law, 1.0 - m, m) : quantile(law, m, 1.0 - m);
  const double slope = 1.0 / density(law, value);
  return {value, upper ? -slope : slope};
}

}  // namespace

std::shared_ptr<const Sampler::Cell[]> Sampler::make_cells(const Law& law) {
  auto cells = std::make_shared<Cell[]>(2 * kSideCells);
  constexpr std::size_t kPerOctave = std::size_t{1} << kCellBits;
  for (const bool upper : {false, true}) {
    Cell* side = cells.get() + (upper ? kSideCells : 0);
    const auto edge = [](std::size_t cell) {  // m at the lower end of a cell
      const double mantissa = 1.0 + static_cast<double>(cell % kPerOctave) / kPerOctave;
      return std::ldexp(mantissa, static_cast<int>(cell / kPerOctave) - kOctaves - 1);
    };
    Knot left = knot_at(law, edge(0), upper);
    for (std::size_t i = 0; i + 1 < kSideCells; ++i) {
      const double width = edge(i + 1) - edge(i);
      const Knot right = knot_at(law, edge(i + 1), upper);
      const double chord = right.value - left.value;
      const double d0 = limited(left.slope * width, chord);
      const double d1 = limited(right.slope * width, chord);
      side[i] = {left.value, d0, 3.0 * chord - 2.0 * d0 - d1, d0 + d1 - 2.0 * chord};
      left = right;
    }
    side[kSideCells - 1] = {left.value, 0.0, 0.0, 0.0};
  }
  return cells;
}

std::shared_ptr<const Sampler::Cell[]> Sampler::exponential_cells() {
  static const std::shared_ptr<const Cell[]> cells = make_cells(ExponentialLaw{1.0});
  return cells;
}

// About two parts a piece, so that a search passes one piece on average.
std::shared_ptr<const Sampler::Pieces> Sampler::with_guide(std::vector<Piece> pieces, Kind kind) {
  const std::size_t parts = std::bit_ceil(2 * pieces.size());
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
                 [&](const HyperexponentialLaw& l) { curve_of(l); },
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
