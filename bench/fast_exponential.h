#pragma once
// Random numbers for the yardsticks, as fast as we know: a multiplicative generator and an integer
// ziggurat.
//
// The engine does not use these: its draws are keyed and inverted
// (docs/adr/0002-keyed-random-streams.md), which costs a little more and buys common random
// numbers.

#include <array>
#include <cstdint>

namespace callmill::bench {

__extension__ using Wide = unsigned __int128;

// A Weyl sequence folded by one 64x64 multiplication, in the manner of Wang Yi's wyrand.
class FastRandom {
 public:
  explicit FastRandom(std::uint64_t seed) : state_{seed * 0x9e3779b97f4a7c15ULL + 1} {}
  std::uint64_t operator()() {
    state_ += 0xa0761d6478bd642fULL;
    const Wide product = Wide{state_} * (state_ ^ 0xe7037ed1a0b428dbULL);
    return static_cast<std::uint64_t>(product >> 64) ^ static_cast<std::uint64_t>(product);
  }

 private:
  std::uint64_t state_;
};

// Exponential durations in whole microseconds (rounded down) by the ziggurat of Marsaglia & Tsang
// 2000 in 256 layers. One word of 64 random bits a draw: the low 8 choose the layer, all 64 the
// place in it. 1.1 % of draws take the slow way.
class FastExponential {
 public:
  // mean_s in (0, 1e5].
  explicit FastExponential(double mean_s);

  std::uint64_t operator()(FastRandom& random) const {
    const std::uint64_t bits = random();
    const Layer layer = layer_[bits & 255];
    if (bits < layer.accept_below) [[likely]]
      return static_cast<std::uint64_t>((Wide{bits} * layer.width_us) >> 64);
    return slow(random, bits);
  }

 private:
  struct Layer {
    std::uint64_t accept_below;  // 2^64 × (width of the layer above / width)
    std::uint64_t width_us;
  };
  [[gnu::noinline, gnu::cold]] std::uint64_t slow(FastRandom& random, std::uint64_t bits) const;

  double mean_us_;
  std::array<Layer, 256> layer_;
};

}  // namespace callmill::bench
