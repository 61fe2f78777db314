#pragma once
// Keys that an object of a JSON text has twice. Parsers take the last of them without a word;
// whoever takes JSON from outside refuses such a text instead.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace callmill {

struct JsonPlace {
  std::size_t line = 1, column = 1;  // in characters, from 1 on
};
struct DoubleKey {
  std::string key;      // decoded: "do" is "\u0064o", too
  std::string pointer;  // RFC 6901: "/with/0/by"
  JsonPlace first, again;
};
// "\"by\" stands at 1:15 and again at 1:24"
std::string in_words(const DoubleKey& twice);

// In the order of the text; one whose key comes thrice is there twice. Of a text that is no JSON as
// far as it can be followed. One pass; cost beyond it: that of keys and depth.
std::vector<DoubleKey> double_keys(std::string_view json);

}  // namespace callmill
