#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace callmill {
namespace {

// Optimal string alignment distance: insert, delete, replace, swap neighbours. O(|a|·|b|).
std::size_t edit_distance(std::string_view a, std::string_view b) {
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

// Code points that fill two cells of a terminal (East Asian wide and full-width), in rough blocks.
bool is_wide(std::uint32_t point) {
  return (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
         (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
         (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
         (point >= 0xFFE0 && point <= 0xFFE6) || (point >= 0x1F300 && point <= 0x3FFFD);
}

// What stands under `count` code points of `line` from the `first` one on: `mark` for every cell,
// tabs as tabs when `mark` is a blank, so that the caret lies under its text.
std::string under(std::string_view line, int first, int count, char mark) {
  std::string out;
  int index = 0;
  for (std::size_t i = 0; i < line.size() && index < first + count; ++index) {
    const auto lead = static_cast<unsigned char>(line[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < line.size(); ++k)
      point = point << 6 | (static_cast<unsigned char>(line[i + k]) & 0x3Fu);
    i += length;
    if (index < first) continue;
    out += point == '\t' && mark == ' ' ? "\t" : std::string(is_wide(point) ? 2 : 1, mark);
  }
  return out;
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
  const int before = std::max(0, d.place.column - 1);
  std::string marks = under(d.line_text, before, std::max(1, d.place.length), '~');
  if (marks.empty()) marks = "~";  // the end of the line
  marks[0] = '^';
  const std::string underline = under(d.line_text, 0, before, ' ') + marks;
  out += fmt::format("{:5} | {}\n", d.place.line, d.line_text);
  out += fmt::format("      | {}{}\n", underline, d.help.empty() ? "" : "   help: " + d.help);
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = 2 + word.size() / 4;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace callmill
