#pragma once
// How text stands on a terminal: how wide, so that tables and carets line up under 中文 too, and
// with nothing in it that a terminal would obey or hide.

#include <cstddef>
#include <string>
#include <string_view>

namespace callmill {

// Code points of UTF-8 text; a byte that is not UTF-8 counts as one (U+FFFD).
std::u32string code_points(std::string_view utf8);

// Whether a reader of the terminal would not see the character for what it is: control characters
// but for tabs, marks of direction, spaces without width, separators of lines.
bool is_hidden(char32_t point);
// With hidden characters written out, as <U+202E>, and U+FFFD for bytes that are not UTF-8. For all
// that comes from files and goes to people.
std::string visible(std::string_view utf8);

// Cells of a terminal: East Asian wide and full-width characters take two, combining marks and
// control characters none (Unicode 14, UAX #11).
std::size_t display_width(char32_t point);
std::size_t display_width(std::string_view utf8);

}  // namespace callmill
