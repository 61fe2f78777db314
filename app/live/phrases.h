#pragma once
// Chinese for what engine/live says of wrong commands, in English.

#include <string>
#include <string_view>

#include "app/report/lang.h"

namespace callmill::live {

// A text that the book does not know stays as it is.
std::string sentence_live(std::string_view english, Lang lang);

}  // namespace callmill::live
