#pragma once
// CSV tables (RFC 4180) with the place of every cell, so that an error in a bulk file has its own
// file:line:col.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/files/source.h"

namespace callmill::files {

inline constexpr std::size_t kCsvCells = 1'000'000;

struct CsvCell {
  std::string text;
  Place place;
};

struct CsvTable {
  int source = -1;
  std::vector<CsvCell> header;
  std::vector<std::vector<CsvCell>> rows;  // each as long as the header; at least one
  std::optional<std::size_t> column(const std::string& name) const;
  std::vector<std::string> names() const;
};

// Reads a table with a header row. Null after an error.
std::unique_ptr<CsvTable> read_csv(int source, Problems& problems);

}  // namespace callmill::files
