#pragma once
// Throws of the dice for random worlds, and the laws and profiles that are thrown.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/random/stream.h"
#include "models/world/world.h"

namespace callmill::test {

// Throws from a key, or from a tape that a property test shrinks; past the tape's end the least.
class Dice {
 public:
  explicit Dice(std::uint64_t number) : key_{mix64(number + kGolden)} {}
  explicit Dice(const std::vector<std::uint16_t>& tape) : tape_{&tape} {}
  // From that place on, round and round.
  Dice(const std::vector<std::uint16_t>& tape, std::size_t from) : tape_{&tape}, from_{from} {}
  double uniform() {
    if (tape_ == nullptr) return key_.uniform(Purpose::kBusyness, draw_++);
    if (from_ > 0 && !tape_->empty())
      return ((*tape_)[(from_ + draw_++) % tape_->size()] + 0.5) / 65536.0;
    return draw_ < tape_->size() ? ((*tape_)[draw_++] + 0.5) / 65536.0 : 0.5 / 65536.0;
  }
  double between(double low, double high) { return low + (high - low) * uniform(); }
  std::int64_t whole(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(uniform() * static_cast<double>(high - low + 1));
  }
  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(whole(0, static_cast<std::int64_t>(n) - 1));
  }
  bool chance(double p) { return uniform() < p; }

 private:
  OwnerKey key_;
  const std::vector<std::uint16_t>* tape_ = nullptr;
  std::size_t from_ = 0;
  std::uint32_t draw_ = 0;
};

inline Law duration(Dice& dice, double typical_s) {
  const double m = typical_s * dice.between(0.5, 1.5);
  switch (dice.whole(0, 8)) {
    case 0:
      return ConstantLaw{m};
    case 1:
      return UniformLaw{0, 2 * m};
    case 2:
      return LognormalLaw{m, m * dice.between(0.3, 1.5)};
    case 3:
      return GammaLaw{m, dice.between(0.5, 4)};
    case 4:
      return WeibullLaw{m, dice.between(0.7, 2)};
    case 5:
      return HyperexponentialLaw{{0.6, 0.4}, {m / 2, m * 2}};
    case 6:
      return EmpiricalLaw{{0, m, 3 * m}, {0, 0.7, 1}};
    default:
      return ExponentialLaw{m};
  }
}

inline Profile profile(Dice& dice, const Day& day, double low, double high, bool whole) {
  Profile p{day.interval, {}};
  const auto steps = static_cast<std::size_t>(day.length() / day.interval);
  for (std::size_t i = 0; i < steps; ++i) {
    const double value = dice.chance(0.1) ? 0 : dice.between(low, high);
    p.values.push_back(whole ? static_cast<double>(static_cast<std::int64_t>(value)) : value);
  }
  return p;
}

}  // namespace callmill::test
