#pragma once
// What sessions say of wrong commands and requests: each kind of error with its code and in
// Chinese, in one table (phrases.cpp); and Chinese for what engine/live says else.

#include <string>
#include <string_view>

#include "app/report/lang.h"

namespace callmill::live {

// A text that the book does not know stays as it is.
std::string sentence_live(std::string_view english, Lang lang);

// What kind of error this is the detail of: "no_group". "value": a value, shown as it was sent.
std::string_view error_code(std::string_view english);

}  // namespace callmill::live
