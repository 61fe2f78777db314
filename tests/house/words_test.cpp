// Words and pages: the glossary has them all in English and 中文, and each model page says what it
// must say.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/house/pages.h"
#include "tests/house/rules.h"
#include "tests/place.h"

namespace callmill::house {
namespace {

namespace fs = std::filesystem;

bool is_chinese(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
}

// What a scenario may say: the keys of the reference, and the words of forms.
std::set<std::string> words_of_scenarios() {
  static const std::regex kKey{"^(\\| |  - )`([a-z0-9_]+)`( \\||:)"};
  static const std::regex kForm{"\\{(do|kind|law|indicator|metric): ([a-z_]+)"};
  std::set<std::string> words;
  for (const std::string& line : lines_of_page("docs/reference/scenario.md")) {
    std::smatch found;
    if (std::regex_search(line, found, kKey)) words.insert(found[2]);
    if (std::regex_search(line, found, kForm)) words.insert(found[2]);
  }
  return words;
}

std::vector<fs::path> model_pages() {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator{test::source_path("docs/models")})
    if (entry.path().filename() != "README.md") pages.push_back(entry.path());
  std::sort(pages.begin(), pages.end());
  return pages;
}

}  // namespace

// docs/models/README.md: each need of a centre once, with a page, a scenario and a test.
TEST_CASE("callmill: every need has its page, its scenario and its test") {
  const std::vector<std::string> lines = lines_of_page("docs/models/README.md");
  for (int need = 1; need <= 13; ++need) {
    const std::string key = "| A" + std::to_string(need) + " |";
    CAPTURE(key);
    const auto is_row = [&](const std::string& line) { return line.starts_with(key); };
    REQUIRE(std::count_if(lines.begin(), lines.end(), is_row) == 1);
    const std::string& row = *std::find_if(lines.begin(), lines.end(), is_row);
    for (const char* part : {".md](", "`scenarios/", "`tests/"})
      CHECK(row.find(part) != std::string::npos);
  }
}

// Sections are the headings "## `name`" of docs/reference/scenario.md.
TEST_CASE("callmill: the glossary has every section of a scenario, and each word once") {
  const fs::path reference = test::source_path("docs/reference");
  const std::string glossary = contents(reference / "glossary.md");
  int sections = 0;
  for (const std::string& line : lines_of(contents(reference / "scenario.md"))) {
    if (!line.starts_with("## `")) continue;
    ++sections;
    const std::string name = line.substr(3);
    CAPTURE(name);
    CHECK(glossary.find("\n| " + name + " | ") != std::string::npos);
  }
  CHECK(sections >= 15);
  std::set<std::string> words;
  for (const std::string& line : lines_of(glossary)) {
    if (!line.starts_with("| ") || line.starts_with("| word |")) continue;
    const std::string word = line.substr(2, line.find(" |", 2) - 2);
    CAPTURE(word);
    CHECK(words.insert(word).second);
  }
}

TEST_CASE("callmill: every key and word of a scenario has its 中文 in the glossary") {
  std::set<std::string> known;
  for (const std::string& line : lines_of_page("docs/reference/glossary.md")) {
    const std::vector<std::string> row = cells(line);
    if (row.size() < 2 || row[0] == "keys" || row[0].starts_with("**")) continue;
    const std::vector<std::string> keys = in_backticks(row[0]);
    known.insert(keys.begin(), keys.end());
    if (row.size() > 2) continue;  // of the other tables
    CAPTURE(line);
    CHECK(is_chinese(row[1]));
    CHECK(static_cast<std::size_t>(std::count(row[1].begin(), row[1].end(), ',')) + 1 ==
          keys.size());
  }
  const std::set<std::string> words = words_of_scenarios();
  CHECK(words.size() > 250);
  for (const std::string& word : words) {
    CAPTURE(word);
    CHECK(known.contains(word));
  }
}

TEST_CASE("callmill: every row of the glossary and every indicator is in English and 中文") {
  int rows = 0;
  for (const std::string& line : lines_of_page("docs/reference/glossary.md")) {
    const std::vector<std::string> row = cells(line);
    if (row.size() < 2 || row[1] == "中文" || row[0].starts_with("**")) continue;
    ++rows;
    CAPTURE(line);
    CHECK(is_chinese(row[1]));
  }
  CHECK(rows > 150);
  std::set<std::string> keys;
  for (const std::string& line : lines_of_page("docs/reference/kpi.md")) {
    const std::vector<std::string> row = cells(line);
    if (row.size() != 6 || !row[0].starts_with("`")) continue;
    CAPTURE(line);
    keys.insert(row[0]);
    CHECK_FALSE(row[1].empty());
    CHECK_FALSE(is_chinese(row[1]));
    CHECK(is_chinese(row[2]));
    CHECK_FALSE(row[3].empty());  // the formula
  }
  CHECK(keys.size() > 100);
}

// Scope and limitations first; states as a picture; parameters; formulas, or rules where nothing is
// computed; validation, with figures.
TEST_CASE("callmill: every model page has its parts, and its row in the glossary") {
  const std::string glossary = contents(test::source_path("docs/reference/glossary.md"));
  for (const fs::path& path : model_pages()) {
    const std::string name = path.filename().string();
    CAPTURE(name);
    CHECK(glossary.find("](../models/" + name + ") |") != std::string::npos);
    if (name == "peers.md") continue;  // a comparison, not a model
    const std::vector<std::string> lines = lines_of(contents(path));
    std::vector<std::string> headings;
    for (const std::string& line : lines)
      if (line.starts_with("## ")) headings.push_back(line.substr(3));
    const auto heading = [&](const char* begin) {
      return std::any_of(headings.begin(), headings.end(),
                         [&](const std::string& h) { return h.starts_with(begin); });
    };
    REQUIRE_FALSE(headings.empty());
    CHECK(headings.front() == "Scope and limitations");
    for (const char* part : {"States", "Parameters", "Formulas", "Validation"}) {
      CAPTURE(part);
      CHECK(heading(part));
    }
    const auto has_line = [&](const std::string& begin) {
      return std::any_of(lines.begin(), lines.end(),
                         [&](const std::string& line) { return line.starts_with(begin); });
    };
    CHECK(has_line("```"));  // the picture
    const auto validation = std::find(lines.begin(), lines.end(), "## Validation");
    REQUIRE(validation != lines.end());
    CHECK(std::any_of(validation, lines.end(), [](const std::string& line) {
      return std::any_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
    }));
  }
}

}  // namespace callmill::house
