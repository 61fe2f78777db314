#include "app/report/table.h"

#include <algorithm>

#include "base/check.h"
#include "base/text_width.h"

namespace callmill {
namespace {

void append_cell(std::string& line, std::string_view cell, std::size_t width, bool to_the_right) {
  const std::string padding(width - display_width(cell), ' ');
  if (to_the_right) line += padding;
  line += cell;
  if (!to_the_right) line += padding;
}

void end_line(std::string& out, std::string& line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + '\n';
  line.clear();
}

}  // namespace

void Table::column(std::string header, Align align) {
  CALLMILL_CHECK(rows_.empty(), "columns come before rows");
  columns_.push_back({std::move(header), align});
}

void Table::row(std::vector<std::string> cells) {
  CALLMILL_CHECK(!cells.empty() && cells.size() == columns_.size(), "a row has a cell a column");
  rows_.push_back(std::move(cells));
}

void Table::rule() {
  rows_.emplace_back();
}

std::string Table::text(int indent) const {
  std::vector<std::size_t> widths;
  std::size_t total = columns_.empty() ? 0 : 2 * (columns_.size() - 1);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = display_width(columns_[i].header);
    for (const auto& row : rows_)
      if (!row.empty()) width = std::max(width, display_width(row[i]));
    widths.push_back(width);
    total += width;
  }
  const std::string margin(static_cast<std::size_t>(std::max(indent, 0)), ' ');
  std::string out;
  std::string line;
  const auto append_row = [&](const auto& cell_at) {
    line = margin;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) line += "  ";
      append_cell(line, cell_at(i), widths[i], columns_[i].align == Align::kRight);
    }
    end_line(out, line);
  };
  const auto append_rule = [&] { out += margin + std::string(total, '-') + '\n'; };
  append_row([&](std::size_t i) -> const std::string& { return columns_[i].header; });
  append_rule();
  for (const auto& row : rows_) {
    if (row.empty())
      append_rule();
    else
      append_row([&](std::size_t i) -> const std::string& { return row[i]; });
  }
  return out;
}

}  // namespace callmill
