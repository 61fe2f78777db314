#include "app/calculator/batch_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace callmill::calculator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMostValue = 1e15;  // of a rate, a load or a time: keeps ratios of inputs finite
constexpr double kMostWhole = 1e7;   // beyond any centre; keeps whole numbers and costs in range

int code_points(std::string_view text) {
  int count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return count;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

void split_cells(BatchLine& line) {
  const std::string& text = line.text;
  for (std::size_t i = 0;; ++i) {
    BatchCell cell;
    cell.column = code_points(std::string_view(text).substr(0, i)) + 1;
    if (i < text.size() && text[i] == '"') {
      for (++i; i < text.size(); ++i) {
        if (text[i] == '"' && (i + 1 == text.size() || text[i + 1] != '"')) break;
        if (text[i] == '"') ++i;
        cell.text += text[i];
      }
      if (i >= text.size()) line.open_quote = true;
      i = std::min(text.find(',', i), text.size());
    } else {
      const std::size_t end = std::min(text.find(',', i), text.size());
      cell.text = trimmed(std::string_view(text).substr(i, end - i));
      i = end;
    }
    line.cells.push_back(std::move(cell));
    if (i >= text.size()) return;
  }
}

}  // namespace

std::vector<BatchLine> read_batch_lines(std::string_view csv) {
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  std::vector<BatchLine> lines;
  for (int number = 1; !csv.empty(); ++number) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    std::string_view text = csv.substr(0, end);
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (trimmed(text).empty()) continue;
    BatchLine line{.number = number, .text = std::string(text), .cells = {}};
    split_cells(line);
    lines.push_back(std::move(line));
  }
  return lines;
}

BatchReader::BatchReader(std::string name, const BatchLine& header, Diagnostics& diagnostics)
    : name_{std::move(name)}, header_{header}, diagnostics_{diagnostics} {
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const std::string& column = header.cells[i].text;
    if (!columns_.emplace(column, i).second)
      fail(header, header.cells[i], "duplicate-column",
           fmt::format("column {} is given twice", column));
  }
}

std::vector<std::string> BatchReader::column_names() const {
  std::vector<std::string> names;
  for (const BatchCell& each : header_.cells) names.push_back(each.text);
  return names;
}

void BatchReader::header_error(const std::string& column, std::string code, std::string message,
                               std::string help) {
  const auto found = columns_.find(column);
  fail(header_, found == columns_.end() ? BatchCell{} : header_.cells[found->second],
       std::move(code), std::move(message), std::move(help));
}

bool BatchReader::open(const BatchLine& line) {
  line_ = &line;
  if (line.open_quote) {
    fail(line, line.cells.back(), "quote", "a quote is not closed on its line");
    return false;
  }
  const std::size_t width = header_.cells.size();
  if (line.cells.size() == width) return true;
  const BatchCell end{.text = "", .column = code_points(line.text) + 1};
  fail(line, end, "cells",
       fmt::format("{} cells, but the header has {}", line.cells.size(), width));
  return false;
}

BatchCell BatchReader::cell(const std::string& column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() ? BatchCell{} : line_->cells[found->second];
}

double BatchReader::number(const std::string& column, double least, bool above_least) {
  const BatchCell c = cell(column);
  if (c.text.empty()) {
    error(column, "missing", fmt::format("{} is missing; model {} needs it", column, model_));
    return kNaN;
  }
  double value = 0;
  const char* end = c.text.data() + c.text.size();
  const auto [stop, code] = std::from_chars(c.text.data(), end, value);
  if (code != std::errc{} || stop != end || !std::isfinite(value)) {
    error(column, "number", fmt::format("{} is \"{}\"; must be a number", column, c.text));
    return kNaN;
  }
  if (value < least || (above_least && value == least)) {
    error(column, "range",
          fmt::format("{} is {}; must be {} {}", column, c.text, above_least ? ">" : ">=", least));
    return kNaN;
  }
  if (value > kMostValue) {
    error(column, "range", fmt::format("{} is {}; must be <= {}", column, c.text, kMostValue));
    return kNaN;
  }
  return value;
}

double BatchReader::number_or(const std::string& column, double otherwise, double least) {
  return given(column) ? number(column, least) : otherwise;
}

double BatchReader::share(const std::string& column) {
  const double value = number(column, 0);
  if (value <= 1 || std::isnan(value)) return value;
  error(column, "range", fmt::format("{} is {}; must be <= 1", column, text(column)));
  return kNaN;
}

double BatchReader::whole(const std::string& column, double least) {
  const double value = number(column, least);
  if (std::isnan(value)) return value;
  if (value == std::floor(value) && value <= kMostWhole) return value;
  error(column, "range",
        fmt::format("{} is {}; must be a whole number up to {}", column, text(column), kMostWhole));
  return kNaN;
}

void BatchReader::error(const std::string& column, std::string code, std::string message,
                        std::string help) {
  fail(*line_, cell(column), std::move(code), std::move(message), std::move(help));
}

void BatchReader::fail(const BatchLine& line, const BatchCell& cell, std::string code,
                       std::string message, std::string help) {
  Diagnostic found;
  found.place = SourcePlace{name_, line.number, cell.column, std::max(1, code_points(cell.text))};
  found.code = std::move(code);
  found.message = std::move(message);
  found.help = std::move(help);
  found.line_text = line.text;
  diagnostics_.error(std::move(found));
}

}  // namespace callmill::calculator
