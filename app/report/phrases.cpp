#include "app/report/phrases.h"

#include <optional>
#include <vector>

namespace callmill {
namespace {

// What stands in the gaps when the whole text is of the pattern; the shortest each.
std::optional<std::vector<std::string_view>> match(std::string_view pattern,
                                                   std::string_view text) {
  std::vector<std::string_view> gaps;
  std::size_t gap = pattern.find("{}");
  if (!text.starts_with(pattern.substr(0, gap))) return std::nullopt;
  if (gap == std::string_view::npos) return text == pattern ? std::optional{gaps} : std::nullopt;
  text.remove_prefix(gap);
  while (gap != std::string_view::npos) {
    pattern.remove_prefix(gap + 2);
    gap = pattern.find("{}");
    const std::string_view between = pattern.substr(0, gap);
    const bool last = gap == std::string_view::npos;
    const std::size_t end = last && between.empty() ? text.size()
                            : last                  ? text.rfind(between)
                                                    : text.find(between);
    if (end == std::string_view::npos || (last && end + between.size() != text.size()))
      return std::nullopt;
    if (end == 0) return std::nullopt;  // an empty gap
    gaps.push_back(text.substr(0, end));
    text.remove_prefix(end + (last ? 0 : between.size()));
  }
  return gaps;
}

std::string fill(std::span<const Phrase> book, std::string_view chinese,
                 const std::vector<std::string_view>& gaps, Unknown unknown) {
  std::string out;
  for (std::size_t i = 0; i < chinese.size(); ++i) {
    if (chinese[i] == '{' && i + 2 < chinese.size() && chinese[i + 2] == '}') {
      out += by_book(book, gaps[static_cast<std::size_t>(chinese[i + 1] - '0')], unknown);
      i += 2;
    } else {
      out += chinese[i];
    }
  }
  return out;
}

}  // namespace

bool fits(const Phrase& phrase, std::string_view english) {
  return match(phrase.english, english).has_value();
}

std::string by_book(std::span<const Phrase> book, std::string_view english, Unknown unknown) {
  for (const auto& [pattern, chinese] : book)
    if (const auto gaps = match(pattern, english)) return fill(book, chinese, *gaps, unknown);
  return unknown(english);
}

}  // namespace callmill
