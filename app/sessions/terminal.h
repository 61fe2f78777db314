#pragma once
// A live session for a terminal: the state document as one table that is drawn anew in place, or as
// a plain line now and then where nobody looks at a screen.

#include <string>

#include "app/report/lang.h"

namespace callmill::live {

// Some twenty lines, without colour.
std::string terminal_table(const std::string& state, Lang lang);
// "09:41:07  offered 1204  answered 1150  service level 87.1%  waiting 3 ..."
std::string terminal_line(const std::string& state, Lang lang);

}  // namespace callmill::live
