#pragma once
// Plain text tables: columns aligned by display width, so that 中文 (two cells a character) lines
// up.

#include <string>
#include <string_view>
#include <vector>

namespace callmill {

// Cells of a terminal that `utf8` fills: East Asian wide and full-width characters take two,
// combining marks none.
std::size_t display_width(std::string_view utf8);

class Table {
 public:
  enum class Align { kLeft, kRight };
  void column(std::string header, Align align = Align::kRight);
  void row(std::vector<std::string> cells);  // as many as columns
  void rule();                               // a line between rows
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
