#pragma once
// Pages of the documents as tables of cells, for the tests that hold them.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "tests/house/rules.h"
#include "tests/place.h"

namespace callmill::house {

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

inline std::vector<std::string> lines_of_page(const std::string& path) {
  return lines_of(contents(test::source_path(path)));
}

// The cells of a row of a table; none of another line.
inline std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> all;
  if (!line.starts_with("| ")) return all;
  for (std::size_t from = 2, to = 0; (to = line.find(" |", from)) != std::string::npos;
       from = to + 3)
    all.push_back(to > from ? line.substr(from, to - from) : "");
  return all;
}

inline std::vector<std::string> in_backticks(const std::string& text) {
  static const std::regex kCode{"`([a-z0-9_]+)`"};
  std::vector<std::string> words;
  for (std::sregex_iterator it{text.begin(), text.end(), kCode}, end; it != end; ++it)
    words.push_back((*it)[1]);
  return words;
}

}  // namespace callmill::house
