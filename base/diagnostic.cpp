#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace callmill {
namespace {

// Code points of UTF-8 text; a byte that is not UTF-8 counts as one (U+FFFD).
std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned lead = byte(i);
    const std::size_t length = lead < 0x80 ? 1 : (lead < 0xe0 ? 2 : (lead < 0xf0 ? 3 : 4));
    char32_t point = lead < 0x80 ? lead : lead & (0x7fU >> length);
    bool good = lead < 0x80 || (lead >= 0xc2 && lead < 0xf5 && i + length <= text.size());
    for (std::size_t k = 1; good && k < length; ++k) {
      good = (byte(i + k) & 0xc0U) == 0x80U;
      point = (point << 6) | (byte(i + k) & 0x3fU);
    }
    out.push_back(good ? point : U'\uFFFD');
    i += good ? length : 1;
  }
  return out;
}

struct PointRange {
  char32_t first;
  char32_t last;
};

// Columns that a terminal gives a code point, by the main blocks of Unicode's East Asian Width (UAX
// 11) and of combining marks: enough to put a caret under Chinese text.
int columns(char32_t point) {
  constexpr PointRange kWide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},  {0x3041, 0xa4cf},
                                  {0xac00, 0xd7a3},   {0xf900, 0xfaff},  {0xfe30, 0xfe6f},
                                  {0xff00, 0xff60},   {0xffe0, 0xffe6},  {0x1f300, 0x1f64f},
                                  {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
  constexpr PointRange kNone[] = {{0x0300, 0x036f}, {0x200b, 0x200f}, {0xfe00, 0xfe0f}};
  const auto holds = [point](const PointRange& r) { return point >= r.first && point <= r.last; };
  if (std::any_of(std::begin(kNone), std::end(kNone), holds)) return 0;
  return std::any_of(std::begin(kWide), std::end(kWide), holds) ? 2 : 1;
}

// Blanks up to the place and a caret with tildes under it, as wide on the screen as the text above.
// A tab stays a tab.
std::string underline(const SourcePlace& place, std::string_view line_text) {
  const std::u32string points = code_points(line_text);
  const auto begin = static_cast<std::size_t>(std::max(1, place.column) - 1);
  const auto end = begin + static_cast<std::size_t>(std::max(1, place.length));
  std::string out;
  int marked = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const char32_t point = i < points.size() ? points[i] : U' ';
    if (i >= begin)
      marked += columns(point);
    else if (point == U'\t')
      out += '\t';
    else
      out += std::string(static_cast<std::size_t>(columns(point)), ' ');
  }
  return out + "^" + std::string(static_cast<std::size_t>(std::max(1, marked) - 1), '~');
}

// Optimal string alignment distance: insert, delete, replace, swap neighbours. O(|a|·|b|).
std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string render(const Diagnostic& d) {
  std::string place = d.place.file;
  if (d.place.line > 0) place += fmt::format(":{}:{}", d.place.line, std::max(1, d.place.column));
  std::string out = fmt::format("{}: error[{}]: {}\n", place, d.code, d.message);
  if (d.line_text.empty() || d.place.line == 0) {
    if (!d.help.empty()) out += fmt::format("        help: {}\n", d.help);
    return out;
  }
  out += fmt::format("{:5} | {}\n", d.place.line, d.line_text);
  out += fmt::format("      | {}{}\n", underline(d.place, d.line_text),
                     d.help.empty() ? "" : "   help: " + d.help);
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::u32string points = code_points(word);
  std::string best;
  std::size_t best_distance = 2 + points.size() / 4;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(points, code_points(candidate));
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace callmill
