#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/text_width.h"

namespace callmill {
namespace {

// Cells of what visible() makes of the character.
std::size_t visible_width(char32_t point) {
  if (!is_hidden(point)) return display_width(point);
  return fmt::formatted_size("<U+{:04X}>", static_cast<std::uint32_t>(point));
}

// Blanks up to the place and a caret with tildes under it, as wide on the screen as the text above.
// A tab stays a tab.
std::string underline(const SourcePlace& place, std::string_view line_text) {
  const std::u32string points = code_points(line_text);
  const auto begin = static_cast<std::size_t>(std::max(1, place.column) - 1);
  const auto end = begin + static_cast<std::size_t>(std::max(1, place.length));
  std::string out;
  std::size_t marked = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const char32_t point = i < points.size() ? points[i] : U' ';
    if (i >= begin)
      marked += visible_width(point);
    else if (point == U'\t')
      out += '\t';
    else
      out += std::string(visible_width(point), ' ');
  }
  return out + "^" + std::string(std::max<std::size_t>(1, marked) - 1, '~');
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
  std::string place = visible(d.place.file);
  if (d.place.line > 0) place += fmt::format(":{}:{}", d.place.line, std::max(1, d.place.column));
  std::string out = fmt::format("{}: error[{}]: {}\n", place, d.code, visible(d.message));
  const std::string help = visible(d.help);
  if (d.line_text.empty() || d.place.line == 0) {
    if (!help.empty()) out += fmt::format("        help: {}\n", help);
    return out;
  }
  out += fmt::format("{:5} | {}\n", d.place.line, visible(d.line_text));
  out += fmt::format("      | {}{}\n", underline(d.place, d.line_text),
                     help.empty() ? "" : "   help: " + help);
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
