#pragma once
// Who of a group has been idle how long, as far as it matters: the bands of the idle agents, packed
// into four counts of a state. A group of one band has zeros only.

#include <array>
#include <bit>
#include <cstring>

#include "base/check.h"
#include "models/chains/centre_moves.h"

namespace callmill {

class IdleOrder {
 public:
  static constexpr std::size_t kSlots = 4;
  static constexpr std::size_t kBits = 8 * kSlots * sizeof(CentreState::value_type);
  // So many idle agents of so many bands can be told apart.
  static std::size_t most(std::size_t bands) { return kBits / bits(bands); }

  // `idle` agents, from the slot on.
  IdleOrder(const CentreState& s, std::size_t slot, std::size_t bands, std::size_t idle)
      : slot_{slot}, bits_{bits(bands)}, size_{idle} {
    CALLMILL_CHECK(idle <= most(bands), "so many idle agents have an order");
    std::uint64_t packed = 0;
    std::memcpy(&packed, &s[slot], sizeof packed);
    for (std::size_t i = 0; i < idle; ++i, packed >>= bits_)
      band_[i] = static_cast<std::uint8_t>(packed & ((std::uint64_t{1} << bits_) - 1));
  }
  void write(CentreState& s) const {
    std::uint64_t packed = 0;
    for (std::size_t i = size_; i-- > 0;) packed = packed << bits_ | band_[i];
    std::memcpy(&s[slot_], &packed, sizeof packed);
  }
  std::size_t size() const { return size_; }
  std::size_t operator[](std::size_t i) const { return band_[i]; }
  void push(std::size_t band) { band_[size_++] = static_cast<std::uint8_t>(band); }
  std::size_t remove(std::size_t at) {
    const std::size_t band = band_[at];
    for (std::size_t i = at + 1; i < size_; ++i) band_[i - 1] = band_[i];
    --size_;
    return band;
  }
  // Bands by which `as` stands in for, or out where they are not `on`.
  void change(const std::vector<CentreSpec::Band>& bands) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i)
      if (bands[band_[i]].on) band_[kept++] = static_cast<std::uint8_t>(bands[band_[i]].as);
    size_ = kept;
  }

 private:
  static std::size_t bits(std::size_t bands) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::bit_width(bands - 1)));
  }
  std::size_t slot_, bits_, size_;
  std::array<std::uint8_t, kBits + 1> band_{};
};

}  // namespace callmill
