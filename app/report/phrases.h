#pragma once
// A book of phrases with gaps, to say in Chinese what floors below say in English.

#include <span>
#include <string>
#include <string_view>

namespace callmill {

// Gaps are {} in English; {0}, {1}, ... in Chinese, in the order of the English.
struct Phrase {
  std::string_view english, chinese;
};

// What a text that the book does not know becomes.
using Unknown = std::string (*)(std::string_view);

// The first phrase that fits the whole text holds, so the longer stand first. What stands in a gap
// is looked up in turn. O(phrases x length) for each gap.
std::string by_book(std::span<const Phrase> book, std::string_view english, Unknown unknown);

// Whether the whole text is of the phrase's English.
bool fits(const Phrase& phrase, std::string_view english);

}  // namespace callmill
