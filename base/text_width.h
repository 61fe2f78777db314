#pragma once
// How wide text stands on a terminal: tables and carets line up under 中文 too.

#include <cstddef>
#include <string>
#include <string_view>

namespace callmill {

// Code points of UTF-8 text; a byte that is not UTF-8 counts as one (U+FFFD).
std::u32string code_points(std::string_view utf8);

// Cells of a terminal: East Asian wide and full-width characters take two, combining marks and
// control characters none (Unicode 14, UAX #11).
std::size_t display_width(char32_t point);
std::size_t display_width(std::string_view utf8);

}  // namespace callmill
