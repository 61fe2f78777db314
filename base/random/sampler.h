#pragma once
// Draws a duration by inversion from one uniform, fast: a table of cubic pieces over logarithmic
// cells of u and 1 - u.
//
// One uniform a draw and a monotone map are what pairing, antithetic and quasi-random sampling
// need. Cells: every octave of m = min(u, 1 - u) is cut in 32, so both tails keep their relative
// accuracy down to 2^-53. In a cell, with x in [0, 1) the rest of m's digits, the quantile is the
// monotone cubic through its values and slopes at both ends:
//
//   u --> m, upper half? --> leading bits of m: cell --> c0 + c1 x + c2 x^2 + c3 x^3
//         0.5 |--32--| 0.25 |--32--| 0.125 |-- ... --| 2^-53      (one such row for u < 0.5, one
//         for u >= 0.5)
//
// A hyperexponential law may bend sharply where one branch takes over from another: its cells are
// halved there until they fit. Laws with corners are inverted exactly instead: constant and uniform
// by one line, empirical by a search among lines, hazard by the same search on the exponential of
// u.
//
// Error of seconds() against quantile() for u in (2^-40, 1 - 2^-40), tested in tests/base/random:
// at most 1e-6 of the mean, or of the value itself where that is larger (far tails of heavy laws);
// 2e-8 / rate on a piece of a hazard law. Monotone in u, but for the last bits of a double. Memory:
// 107 kB for a smooth law (of which draws touch mostly the first few kB); all exponential laws
// share one table.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/check.h"
#include "base/random/law.h"
#include "base/time.h"

namespace callmill {

// Immutable after it is built, and cheap to copy: copies share their tables (read only, so also
// between threads), which keeps one table a law in the cache however often a plan is copied.
class Sampler {
 public:
  Sampler() = default;  // always 0
  // `law` has no fault(). Builds the table: up to some ms.
  explicit Sampler(const Law& law);

  // Whole µs, the nearest; u in (0, 1). Never below 0; never above kLongestHorizon. Cost: a few ns.
  SimDuration draw(double u) const { return to_duration(micros(u)); }
  // The same with the value multiplied by `factor` (> 0) before rounding.
  SimDuration draw(double u, double factor) const { return to_duration(micros(u) * factor); }
  // Not rounded and not cut off: may be kNeverSeconds.
  double seconds(double u) const { return micros(u) * 1e-6; }

  // The table's geometry and parts; public for the builders in sampler.cpp only.
  static constexpr int kCellBits = 5;
  static constexpr std::size_t kPerOctave = std::size_t{1} << kCellBits;
  static constexpr int kOctaves = 52;  // m from 2^-53 to 1/2
  static constexpr std::size_t kSideCells =
      kOctaves * kPerOctave + 1;  // m = 1/2 is a cell of its own
  struct alignas(32) Cell {
    double c0, c1, c2, c3;
    double at(double x) const { return (c0 + c1 * x) + (x * x) * (c2 + c3 * x); }
  };
  struct BentCell {
    double from;       // m
    double per_width;  // x = (m - from) * per_width
    Cell cubic;
  };

 private:
  enum class Kind : std::uint8_t { kLine, kCurve, kBent, kPieces, kHazard };

  // value = value_us + (y - from) * slope_us, until the next piece's from. y is u, or the
  // exponential of u.
  struct Piece {
    double from;
    double value_us;
    double slope_us;
  };
  struct Pieces {
    std::vector<Piece> piece;  // a last one with from = infinity
    std::vector<std::uint32_t>
        guide;  // for each of 2^k equal parts of (0, 1): a piece not after the first one there
  };

  struct Bent {
    std::vector<BentCell> cell;
    std::vector<std::uint32_t> first;  // by cell of the ordinary table
  };

  static SimDuration to_duration(double micros) {
    constexpr auto kLongest = static_cast<double>(kLongestHorizon.count());
    return SimDuration{static_cast<std::int64_t>(std::min(micros, kLongest) + 0.5)};
  }

  double micros(double u) const {
    CALLMILL_DCHECK(u > 0.0 && u < 1.0, "a uniform lies in (0, 1)");
    if (kind_ == Kind::kCurve) [[likely]]
      return scale_us_ * curve(u);
    if (kind_ == Kind::kLine) return base_us_ + scale_us_ * u;
    if (kind_ == Kind::kBent) return scale_us_ * bent(u);
    return on_pieces(u, kind_ == Kind::kHazard ? curve(u) : u);
  }

  static double nearer_end(double u) { return std::max(std::min(u, 1.0 - u), 0x1p-53); }
  static std::size_t cell_index(std::uint64_t bits_of_m, double u) {
    constexpr std::uint64_t kFirst = std::uint64_t{1023 - 53} << kCellBits;
    return (bits_of_m >> (52 - kCellBits)) - kFirst + (u >= 0.5 ? kSideCells : 0);
  }

  double curve(double u) const {
    const auto bits = std::bit_cast<std::uint64_t>(nearer_end(u));
    constexpr std::uint64_t kRest = (std::uint64_t{1} << (52 - kCellBits)) - 1;
    constexpr std::uint64_t kOne = std::uint64_t{1023} << 52;
    const double x = std::bit_cast<double>(((bits & kRest) << kCellBits) | kOne) - 1.0;  // exact
    return cells_[static_cast<std::ptrdiff_t>(cell_index(bits, u))].at(x);
  }

  double bent(double u) const {
    const double m = nearer_end(u);
    const BentCell* cell =
        &bent_->cell[bent_->first[cell_index(std::bit_cast<std::uint64_t>(m), u)]];
    while (m >= cell[1].from) ++cell;
    return cell->cubic.at((m - cell->from) * cell->per_width);
  }

  double on_pieces(double u, double y) const {
    const Pieces& p = *pieces_;
    std::size_t i = p.guide[static_cast<std::size_t>(u * static_cast<double>(p.guide.size()))];
    while (y >= p.piece[i + 1].from) ++i;
    return p.piece[i].value_us + (y - p.piece[i].from) * p.piece[i].slope_us;
  }

  static std::shared_ptr<const Cell[]> make_cells(const Law& law);
  static std::shared_ptr<const Cell[]> exponential_cells();
  static std::shared_ptr<const Bent> make_bent(const Law& law);
  static std::shared_ptr<const Pieces> with_guide(std::vector<Piece> pieces, Kind kind);
  static std::shared_ptr<const Pieces> make_pieces(const EmpiricalLaw& law);
  static std::shared_ptr<const Pieces> make_pieces(const HazardLaw& law);

  Kind kind_ = Kind::kLine;
  double scale_us_ = 0.0;
  double base_us_ = 0.0;
  std::shared_ptr<const Cell[]> cells_;
  std::shared_ptr<const Bent> bent_;
  std::shared_ptr<const Pieces> pieces_;
};

}  // namespace callmill
