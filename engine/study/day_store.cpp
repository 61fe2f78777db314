#include "engine/study/day_store.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>

#include "base/check.h"
#include "base/random/stream.h"

namespace callmill {

std::map<std::uint32_t, std::vector<double>> keep_counts(const KpiLayout& layout,
                                                         const ReplicationCounts& counts,
                                                         const std::set<std::uint32_t>& periods) {
  std::map<std::uint32_t, std::vector<double>> kept;
  for (const std::uint32_t period : periods) {
    std::vector<double>& of = kept[period];
    of.reserve(kept_width(layout));
    for (const KpiLayout::Row& row : layout.rows()) {
      const auto from =
          counts.begin() + static_cast<std::ptrdiff_t>(row.offset + period * row.width);
      of.insert(of.end(), from, from + static_cast<std::ptrdiff_t>(row.width));
    }
  }
  return kept;
}

std::size_t kept_width(const KpiLayout& layout) {
  std::size_t width = 0;
  for (const KpiLayout::Row& row : layout.rows()) width += row.width;
  return width;
}

ReplicationCounts restore_counts(const KpiLayout& layout, const KeptDay& day) {
  ReplicationCounts counts(layout.size(), std::numeric_limits<double>::quiet_NaN());
  for (const auto& [period, of] : day.counts) {
    CALLMILL_CHECK(of.size() == kept_width(layout), "kept by this layout");
    auto from = of.begin();
    for (const KpiLayout::Row& row : layout.rows()) {
      const auto next = from + static_cast<std::ptrdiff_t>(row.width);
      std::copy(from, next,
                counts.begin() + static_cast<std::ptrdiff_t>(row.offset + period * row.width));
      from = next;
    }
  }
  return counts;
}

std::uint64_t fingerprint_of(const KpiLayout& layout, const ReplicationCounts& counts) {
  std::uint64_t bits = 0;
  for (const double value : std::span{counts}.first(layout.counted()))
    if (value != 0) bits += mix64(std::bit_cast<std::uint64_t>(value));
  return bits;
}

}  // namespace callmill
