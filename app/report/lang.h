#pragma once
// Every text that a planner sees stands in English and Simplified Chinese side by side, where it is
// used.

#include <cstdint>
#include <string_view>

namespace callmill {

enum class Lang : std::uint8_t { kEn, kZh };

constexpr std::string_view say(Lang lang, std::string_view en, std::string_view zh) {
  return lang == Lang::kZh ? zh : en;
}

}  // namespace callmill
