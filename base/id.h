#pragma once
// A typed index: a GroupId cannot be passed where a QueueId is wanted. Indices, not pointers, so
// that state is a value.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace callmill {

template <class Tag>
class Id {
 public:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : index_{static_cast<std::uint32_t>(index)} {}

  constexpr bool valid() const { return index_ != kNone; }
  constexpr std::uint32_t index() const { return index_; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::uint32_t index_ = kNone;
};

using CallerTypeId = Id<struct CallerTypeTag>;
using QueueId = Id<struct QueueTag>;
using GroupId = Id<struct GroupTag>;
using TrunkGroupId = Id<struct TrunkGroupTag>;
using MenuId = Id<struct MenuTag>;

}  // namespace callmill
