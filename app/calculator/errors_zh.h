#pragma once
// What is wrong with a question, in Chinese.

#include <string>
#include <string_view>

#include "app/report/lang.h"

namespace callmill::calculator {

// An error of read_question or read_day_question in the language; options and examples stay as they
// are typed. What the book does not know stays English; a test asks wrongly in every way.
std::string error_text(std::string_view english, Lang lang);

}  // namespace callmill::calculator
