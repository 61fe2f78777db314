#pragma once
// Plain text tables: columns aligned by display width, so that 中文 (two cells a character) lines
// up.
//
//   group     agents   cost     headers, then a rule; two spaces between columns; no space at a
//   line's end
//   ----------------------
//   热线一线     112  40320

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_width.h"

namespace callmill {

class Table {
 public:
  enum class Align { kLeft, kRight };

  void column(std::string header,
              Align align = Align::kRight);  // all columns come before the first row
  void row(std::vector<std::string> cells);  // as many as columns, at least one
  void rule();                               // a line between rows

  // Ends in a newline. `indent`: spaces before each line; below 0 counts as 0.
  std::string text(int indent = 2) const;

 private:
  struct Column {
    std::string header;
    Align align;
  };
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;  // an empty row is a rule
};

}  // namespace callmill
