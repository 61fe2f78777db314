#pragma once
// The rows of a batch: CSV (RFC 4180; a cell with a line break is refused), each cell with its
// place.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace callmill::calculator {

struct BatchCell {
  std::string text;
  int column = 1;  // code points from 1
};
struct BatchLine {
  int number = 0;
  std::string text;
  std::vector<BatchCell> cells;
  bool open_quote = false;
};
// Blank lines are left out; a byte order mark and CR at line ends fall away.
std::vector<BatchLine> read_batch_lines(std::string_view csv);

// Reads the cells of rows by the names of the header; every error is kept, NaN or "" stands for
// what could not be read.
class BatchReader {
 public:
  BatchReader(std::string name, const BatchLine& header, Diagnostics& diagnostics);

  bool has_column(const std::string& column) const { return columns_.contains(column); }
  std::vector<std::string> column_names() const;
  // An error at the header, or at its cell `column`.
  void header_error(const std::string& column, std::string code, std::string message,
                    std::string help = "");

  // Makes `line` the row that is read; false, with an error, where its cells do not fit the header.
  bool open(const BatchLine& line);
  // What the row is called in messages ("model A needs it").
  void name_model(std::string model) { model_ = std::move(model); }
  std::size_t errors() const { return diagnostics_.errors().size(); }

  bool given(const std::string& column) const { return !text(column).empty(); }
  std::string text(const std::string& column) const { return cell(column).text; }
  // A finite number of at least (or above) `least`, at most 1e15; so that ratios stay finite.
  double number(const std::string& column, double least, bool above_least = false);
  double positive(const std::string& column) { return number(column, 0, true); }
  double not_negative(const std::string& column) { return number(column, 0); }
  // The same, `otherwise` where the cell is empty.
  double number_or(const std::string& column, double otherwise, double least);
  double share(const std::string& column);
  // Whole, at most 1e7.
  double whole(const std::string& column, double least);
  void error(const std::string& column, std::string code, std::string message,
             std::string help = "");

 private:
  BatchCell cell(const std::string& column) const;
  void fail(const BatchLine& line, const BatchCell& cell, std::string code, std::string message,
            std::string help = "");

  std::string name_, model_;
  const BatchLine& header_;
  const BatchLine* line_ = nullptr;
  Diagnostics& diagnostics_;
  std::map<std::string, std::size_t> columns_;
};

}  // namespace callmill::calculator
