#include "app/serve/utf8.h"

#include <cstddef>

namespace callmill::serve {
namespace {

// Bytes that follow a first byte, and the least number that needs so many; -1: no first byte.
int following(unsigned char first) {
  if (first < 0x80U) return 0;
  if (first >= 0xC2U && first < 0xE0U) return 1;
  if (first >= 0xE0U && first < 0xF0U) return 2;
  if (first >= 0xF0U && first < 0xF5U) return 3;
  return -1;
}

bool second_fits(unsigned char first, unsigned char second) {
  if (first == 0xE0U) return second >= 0xA0U;  // overlong
  if (first == 0xEDU) return second < 0xA0U;   // surrogates
  if (first == 0xF0U) return second >= 0x90U;  // overlong
  if (first == 0xF4U) return second < 0x90U;   // beyond U+10FFFF
  return true;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const int more = following(first);
    if (more < 0 || i + static_cast<std::size_t>(more) >= text.size()) return false;
    for (int k = 1; k <= more; ++k) {
      const auto byte = static_cast<unsigned char>(text[++i]);
      if ((byte & 0xC0U) != 0x80U || (k == 1 && !second_fits(first, byte))) return false;
    }
  }
  return true;
}

}  // namespace callmill::serve
