#pragma once
// Rows of tests/golden by column name. Fields may be quoted; quotes hold commas, never quotes.

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tests/place.h"

namespace callmill::test {

using GoldenRow = std::map<std::string, std::string>;

inline std::vector<std::string> split_csv(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else if (c != '\r')
      fields.back() += c;
  }
  return fields;
}

inline std::vector<GoldenRow> golden(const std::string& file) {
  std::ifstream in{test::source_path("tests/golden/" + file)};
  std::string line;
  REQUIRE(std::getline(in, line));
  const std::vector<std::string> header = split_csv(line);
  std::vector<GoldenRow> rows;
  while (std::getline(in, line)) {
    const std::vector<std::string> fields = split_csv(line);
    REQUIRE(fields.size() == header.size());
    GoldenRow row;
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = fields[i];
    rows.push_back(std::move(row));
  }
  REQUIRE_FALSE(rows.empty());
  return rows;
}

// A cell of a row that a test makes.
inline std::string in_cell(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

inline double number(const GoldenRow& row, const std::string& column) {
  const auto found = row.find(column);
  REQUIRE(found != row.end());
  return std::strtod(found->second.c_str(), nullptr);  // 0 below the range of a double
}

}  // namespace callmill::test
