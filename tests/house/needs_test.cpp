// docs/reference/needs.md: each phrase has keys, a scenario that uses them, and test cases that
// hold it.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/house/pages.h"

namespace callmill::house {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> all_of(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator it{text.begin(), text.end(), pattern}, end; it != end; ++it)
    found.push_back((*it)[1]);
  return found;
}

// A scenario with those that it is based on.
std::string with_bases(const std::string& path) {
  const std::regex base{"\nbase: ([^\n]+)\n"};
  std::string text;
  for (fs::path file = test::source_path(path); !file.empty();) {
    CAPTURE(file);
    const std::string read = contents(file);
    CHECK_FALSE(read.empty());
    text += read;
    std::smatch on;
    file = std::regex_search(read, on, base) ? file.parent_path() / on[1].str() : fs::path{};
  }
  return text;
}

// A test's file with the headers of tests that it includes.
std::string with_headers(const std::string& path) {
  std::string text = contents(test::source_path(path));
  for (const std::string& header : all_of(text, std::regex{"#include \"(tests/[^\"]+)\""}))
    text += contents(test::source_path(header));
  return text;
}

// By file, the titles after it: `tests/x_test.cpp`: "One title", "Another".
std::map<std::string, std::set<std::string>> titles_in(const std::string& cell) {
  static const std::regex kToken{"`(tests/[^`]+)`|\"([^\"]+)\""};
  std::map<std::string, std::set<std::string>> titles;
  std::string file;
  for (std::sregex_iterator it{cell.begin(), cell.end(), kToken}, end; it != end; ++it) {
    if ((*it)[1].matched)
      titles[file = (*it)[1]];
    else
      titles[file].insert((*it)[2]);
  }
  return titles;
}

// A title may run over two lines.
bool has_case(const std::string& text, const std::string& title) {
  const std::string joined = std::regex_replace(text, std::regex{"\"\\s*\n\\s*\""}, "");
  return joined.find("\"" + title + "\")") != std::string::npos &&
         joined.find("TEST_CASE(") != std::string::npos;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool speaks_of(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end])))
      return true;
  }
  return false;
}

// What C++ calls the field or the word of a key, as the readers of scenarios say it after the key:
// &Struct::member gives both, for a test may give members by their places; Enum::kWord the word.
std::set<std::string> names_of(const std::string& key, const std::string& readers) {
  std::set<std::string> names{key};
  const std::string quoted = "\"" + key + "\",";
  for (std::size_t at = readers.find(quoted); at != std::string::npos;
       at = readers.find(quoted, at + 1)) {
    const std::size_t from = readers.find_first_not_of(" \n", at + quoted.size());
    std::size_t to = from;
    while (to < readers.size() && (is_word(readers[to]) || readers[to] == ':' || to == from)) ++to;
    const std::string name = readers.substr(from, to - from);
    const std::size_t colons = name.rfind("::");
    if (colons == std::string::npos) continue;
    const std::string last = name.substr(colons + 2);
    if (name.front() == '&') names.insert({name.substr(1, colons - 1), last});
    if (name.front() != '&' && last.front() == 'k') names.insert(last);
  }
  return names;
}

std::string readers() {
  std::string text;
  for (const auto& file : fs::directory_iterator{test::source_path("app/files")})
    if (file.path().extension() == ".cpp") text += contents(file.path());
  return text;
}

}  // namespace

TEST_CASE(
    "callmill: every phrase of the needs has keys, a scenario that uses them and test cases") {
  const std::string fields = readers();
  int rows = 0;
  for (const std::string& line : lines_of_page("docs/reference/needs.md")) {
    const std::vector<std::string> row = cells(line);
    if (row.size() != 4 || row[0] == "need") continue;
    CAPTURE(row[0]);
    ++rows;
    std::string scenarios, tests;
    for (const std::string& path : all_of(row[2], std::regex{"`(scenarios/[^`]+)`"}))
      scenarios += with_bases(path);
    const auto titles = titles_in(row[3]);
    CHECK_FALSE(titles.empty());
    for (const auto& [path, cases] : titles) {
      CAPTURE(path);
      const std::string text = with_headers(path);
      tests += text;
      CHECK_FALSE(cases.empty());
      const std::string built =
          contents(fs::path{test::source_path(path)}.parent_path() / "CMakeLists.txt");
      CHECK(built.find(fs::path{path}.filename().string()) != std::string::npos);
      for (const std::string& title : cases) {
        CAPTURE(title);
        CHECK(has_case(text, title));
      }
    }
    for (const std::string& key : in_backticks(row[1])) {
      CAPTURE(key);
      CHECK(speaks_of(scenarios, key));
      const std::set<std::string> names = names_of(key, fields);
      CHECK(std::any_of(names.begin(), names.end(),
                        [&](const std::string& name) { return speaks_of(tests, name); }));
    }
  }
  CHECK(rows >= 40);
}

TEST_CASE(
    "The check of the needs finds titles that are not there, and keys of which no test speaks") {
  const auto titles =
      titles_in("`tests/a_test.cpp`: \"One, two\", \"Three; four\"; `tests/b_test.cpp`: \"Five\"");
  REQUIRE(titles.size() == 2);
  CHECK(titles.at("tests/a_test.cpp") == std::set<std::string>{"One, two", "Three; four"});
  CHECK(has_case("TEST_CASE(\"A long \"\n    \"title\") {", "A long title"));
  CHECK_FALSE(has_case("TEST_CASE(\"A long title\") {", "A long"));
  const std::string fields =
      "key(\"up_to\",\n   &Retry::most), event(\"site_loss\", Event::Kind::kSiteLoss)";
  CHECK(names_of("up_to", fields) == std::set<std::string>{"up_to", "most", "Retry"});
  CHECK(names_of("site_loss", fields) == std::set<std::string>{"site_loss", "kSiteLoss"});
  CHECK(speaks_of("a.up_to = 3", "up_to"));
  CHECK_FALSE(speaks_of("a.up_to_now = 3", "up_to"));
  CHECK(names_of("to", fields) == std::set<std::string>{"to"});
}

}  // namespace callmill::house
