#pragma once
// The words of the indicators' formulas in Chinese.

#include <span>
#include <string_view>
#include <utility>

namespace callmill {

// English and Chinese, whole formulas; those of letters and signs alone are left out.
std::span<const std::pair<std::string_view, std::string_view>> formulas_in_chinese();

}  // namespace callmill
