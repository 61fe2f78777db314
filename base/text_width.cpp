#include "base/text_width.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace callmill {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr char32_t kReplacement = 0xFFFD;

// Marks that take no cell of their own (general categories Mn, Me, Cf). Covered are Latin, Cyrillic
// and Hebrew marks, those of kana, joiners, direction marks and variation selectors; not the vowel
// signs of South Asian scripts.
constexpr std::array kNoCell{
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD},   Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E},   Range{0x2060, 0x206F},
    Range{0x20D0, 0x20F0}, Range{0x302A, 0x302D}, Range{0x3099, 0x309A},   Range{0xFE00, 0xFE0F},
    Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF}, Range{0xE0100, 0xE01EF},
};

// The code points that steer a terminal or are not seen on it; not the joiners U+200C and U+200D,
// of which scripts and pictographs are made.
constexpr std::array kHidden{
    Range{0x0000, 0x0008}, Range{0x000A, 0x001F}, Range{0x007F, 0x009F},   Range{0x061C, 0x061C},
    Range{0x200B, 0x200B}, Range{0x200E, 0x200F}, Range{0x2028, 0x202E},   Range{0x2060, 0x206F},
    Range{0xFEFF, 0xFEFF}, Range{0xFFF9, 0xFFFB}, Range{0xE0000, 0xE007F},
};

// East_Asian_Width W or F (Unicode 14, UAX #11); gaps of unassigned code points are closed, and the
// pictographs above 0x1F300 are taken as wide in blocks.
constexpr std::array kTwoCells{
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x2329, 0x232A},
    Range{0x23E9, 0x23EC},   Range{0x23F0, 0x23F0},   Range{0x23F3, 0x23F3},
    Range{0x25FD, 0x25FE},   Range{0x2614, 0x2615},   Range{0x2648, 0x2653},
    Range{0x267F, 0x267F},   Range{0x2693, 0x2693},   Range{0x26A1, 0x26A1},
    Range{0x26AA, 0x26AB},   Range{0x26BD, 0x26BE},   Range{0x26C4, 0x26C5},
    Range{0x26CE, 0x26CE},   Range{0x26D4, 0x26D4},   Range{0x26EA, 0x26EA},
    Range{0x26F2, 0x26F3},   Range{0x26F5, 0x26F5},   Range{0x26FA, 0x26FA},
    Range{0x26FD, 0x26FD},   Range{0x2705, 0x2705},   Range{0x270A, 0x270B},
    Range{0x2728, 0x2728},   Range{0x274C, 0x274C},   Range{0x274E, 0x274E},
    Range{0x2753, 0x2755},   Range{0x2757, 0x2757},   Range{0x2795, 0x2797},
    Range{0x27B0, 0x27B0},   Range{0x27BF, 0x27BF},   Range{0x2B1B, 0x2B1C},
    Range{0x2B50, 0x2B50},   Range{0x2B55, 0x2B55},   Range{0x2E80, 0x303E},
    Range{0x3041, 0x3247},   Range{0x3250, 0x4DBF},   Range{0x4E00, 0xA4C6},
    Range{0xA960, 0xA97C},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAD9},
    Range{0xFE10, 0xFE19},   Range{0xFE30, 0xFE6B},   Range{0xFF01, 0xFF60},
    Range{0xFFE0, 0xFFE6},   Range{0x16FE0, 0x1B2FB}, Range{0x1F004, 0x1F004},
    Range{0x1F0CF, 0x1F0CF}, Range{0x1F18E, 0x1F18E}, Range{0x1F191, 0x1F19A},
    Range{0x1F200, 0x1F320}, Range{0x1F32D, 0x1F335}, Range{0x1F337, 0x1F37C},
    Range{0x1F37E, 0x1F393}, Range{0x1F3A0, 0x1F3CA}, Range{0x1F3CF, 0x1F3D3},
    Range{0x1F3E0, 0x1F3F0}, Range{0x1F3F4, 0x1F3F4}, Range{0x1F3F8, 0x1F43E},
    Range{0x1F440, 0x1F440}, Range{0x1F442, 0x1F4FC}, Range{0x1F4FF, 0x1F53D},
    Range{0x1F54B, 0x1F567}, Range{0x1F57A, 0x1F57A}, Range{0x1F595, 0x1F596},
    Range{0x1F5A4, 0x1F5A4}, Range{0x1F5FB, 0x1F64F}, Range{0x1F680, 0x1F6C5},
    Range{0x1F6CC, 0x1F6CC}, Range{0x1F6D0, 0x1F6D2}, Range{0x1F6D5, 0x1F6DF},
    Range{0x1F6EB, 0x1F6EC}, Range{0x1F6F4, 0x1F6FC}, Range{0x1F7E0, 0x1F7F0},
    Range{0x1F90C, 0x1F93A}, Range{0x1F93C, 0x1F945}, Range{0x1F947, 0x1F9FF},
    Range{0x1FA70, 0x1FAF6}, Range{0x20000, 0x3FFFD},
};

template <std::size_t N>
constexpr bool ascends(const std::array<Range, N>& ranges) {
  for (std::size_t i = 0; i < N; ++i)
    if (ranges[i].last < ranges[i].first || (i > 0 && ranges[i].first <= ranges[i - 1].last))
      return false;
  return true;
}
static_assert(ascends(kNoCell) && ascends(kHidden) && ascends(kTwoCells),
              "ranges are found by bisection");

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, char32_t c) {
  const auto range =
      std::lower_bound(ranges.begin(), ranges.end(), c,
                       [](const Range& r, char32_t value) { return r.last < value; });
  return range != ranges.end() && range->first <= c;
}

// The code point that begins at `at`, which moves behind it. A byte that begins none counts as one
// replacement sign, which is what terminals show.
char32_t next_code_point(std::string_view utf8, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(utf8[at++]);
  if (lead < 0x80) return lead;
  const std::size_t tail = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4 || at + tail > utf8.size()) return kReplacement;
  auto c = static_cast<char32_t>(lead & (0x3FU >> tail));
  for (std::size_t i = 0; i < tail; ++i) {
    const auto byte = static_cast<unsigned char>(utf8[at + i]);
    if ((byte & 0xC0U) != 0x80U) return kReplacement;
    c = (c << 6U) | (byte & 0x3FU);
  }
  at += tail;
  return c;
}

}  // namespace

std::u32string code_points(std::string_view utf8) {
  std::u32string points;
  for (std::size_t at = 0; at < utf8.size();) points.push_back(next_code_point(utf8, at));
  return points;
}

bool is_hidden(char32_t point) {
  return contains(kHidden, point);
}

std::string visible(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    const char32_t point = next_code_point(utf8, at);
    if (is_hidden(point))
      out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(point));
    else if (point == kReplacement)
      out += "\xEF\xBF\xBD";
    else
      out += utf8.substr(begin, at - begin);
  }
  return out;
}

std::size_t display_width(char32_t point) {
  if (point < 0x300)
    return point < 0x20 || (point >= 0x7F && point < 0xA0) ? 0 : 1;  // control characters
  if (contains(kNoCell, point)) return 0;
  return contains(kTwoCells, point) ? 2 : 1;
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) width += display_width(next_code_point(utf8, at));
  return width;
}

}  // namespace callmill
