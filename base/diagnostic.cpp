#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

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

}  // namespace

std::string render(const Diagnostic& d) {
  std::string place = d.place.file;
  if (d.place.line > 0) place += fmt::format(":{}:{}", d.place.line, std::max(1, d.place.column));
  std::string out = fmt::format("{}: error[{}]: {}\n", place, d.code, d.message);
  if (d.line_text.empty() || d.place.line == 0) {
    if (!d.help.empty()) out += fmt::format("        help: {}\n", d.help);
    return out;
  }
  const std::string underline =
      std::string(static_cast<std::size_t>(std::max(0, d.place.column - 1)), ' ') + "^" +
      std::string(static_cast<std::size_t>(std::max(0, d.place.length - 1)), '~');
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
