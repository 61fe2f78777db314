#pragma once
// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.

#include <string_view>

namespace callmill::serve {

bool is_utf8(std::string_view text);

}  // namespace callmill::serve
