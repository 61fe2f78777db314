// The rules of rules.h and documents.h, applied to the project itself.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/house/documents.h"
#include "tests/house/rules.h"
#include "tests/place.h"

namespace callmill::house {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

// Every file under the root but hidden folders (.ci stays), what was built, and what was fetched.
// Only text that the rules read is loaded.
std::vector<SourceFile> read_tree() {
  static const std::set<std::string> kText{".h",  ".cpp", ".md",  ".cmake", ".txt",  ".yaml",
                                           ".sh", ".ts",  ".tsx", ".css",   ".html", ""};
  const fs::path root{test::source_path("")};
  std::vector<SourceFile> files;
  for (fs::recursive_directory_iterator it{root}, end; it != end; ++it) {
    const std::string name = it->path().filename().string();
    if (it->is_directory()) {
      if ((name.starts_with(".") && name != ".ci") || name == "build" || name == "node_modules")
        it.disable_recursion_pending();
    } else if (!name.starts_with(".")) {
      files.push_back(
          {fs::relative(it->path(), root).generic_string(),
           kText.contains(it->path().extension().string()) ? contents(it->path()) : ""});
    }
  }
  return files;
}

const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> files = read_tree();
  return files;
}

const Rooms& rooms() {
  static const Rooms read = parse_rooms(contents(CALLMILL_ROOM_TABLE));
  return read;
}

bool is_source(const SourceFile& file) {
  return file.path.ends_with(".h") || file.path.ends_with(".cpp");
}

bool is_of_page(const SourceFile& file) {
  return file.path.starts_with("web/") &&
         (file.path.ends_with(".ts") || file.path.ends_with(".tsx") || file.path.ends_with(".css"));
}

void report(const std::vector<Violation>& violations) {
  for (const Violation& v : violations) FAIL_CHECK(v.path << ":" << v.line << ": " << v.what);
  SUCCEED();
}

TEST_CASE("callmill: the project was found") {
  REQUIRE(tree().size() > 50);
  REQUIRE(rooms().size() >= 10);
  REQUIRE(rooms().at("base/random").links.contains("base"));
}

TEST_CASE("callmill: rooms link downwards") {
  report(check_links(rooms()));
}

TEST_CASE("callmill: includes go down, along links") {
  for (const SourceFile& file : tree())
    if (is_source(file)) report(check_includes(file, rooms()));
}

TEST_CASE("callmill: no wall clock and no foreign randomness below app/") {
  for (const SourceFile& file : tree())
    if (is_source(file)) report(check_banned_calls(file));
}

TEST_CASE("callmill: sources have the house's shape") {
  for (const SourceFile& file : tree()) {
    if (!is_source(file)) continue;
    report(check_pragma_once(file));
    report(check_size(file));
  }
}

TEST_CASE("callmill: the page has the house's shape, and no markup from text") {
  int files = 0;
  for (const SourceFile& file : tree()) {
    if (!is_of_page(file)) continue;
    ++files;
    report(check_size(file));
    report(check_page(file));
  }
  CHECK(files > 40);
}

TEST_CASE("callmill: one name is one type") {
  std::vector<SourceFile> sources;
  std::copy_if(tree().begin(), tree().end(), std::back_inserter(sources), is_source);
  report(check_one_definition(sources));
}

TEST_CASE("callmill: nothing is left over") {
  for (const SourceFile& file : tree())
    if (!file.text.empty() && file.path != "LICENSE") report(check_left_overs(file));
}

TEST_CASE("callmill: document links lead somewhere") {
  for (const SourceFile& file : tree())
    if (file.path.ends_with(".md")) report(check_links_of_document(file, tree()));
}

TEST_CASE("callmill: paths that documents name exist") {
  for (const SourceFile& file : tree())
    if (file.path.ends_with(".md")) report(check_paths_named(file, tree()));
}

TEST_CASE("callmill: documents that comments name exist") {
  for (const SourceFile& file : tree())
    if (!file.path.starts_with("tests/house/")) report(check_documents_named(file, tree()));
}

TEST_CASE("callmill: the folder map in docs/architecture.md is the folders") {
  const std::set<std::string> map =
      folders_in_map(contents(test::source_path("docs/architecture.md")));
  const std::set<std::string> real = folders_of(tree());
  for (const std::string& folder : real)
    if (!map.contains(folder)) FAIL_CHECK("not in the map: " << folder);
  for (const std::string& folder : map)
    if (!real.contains(folder)) FAIL_CHECK("in the map, but not there: " << folder);
  CHECK(real.size() > 10);
}

TEST_CASE("callmill: every clang-tidy check that is off has its reason") {
  const std::vector<std::string> lines = lines_of(contents(test::source_path(".clang-tidy")));
  int off = 0;
  for (const std::string& line : lines) {
    if (!line.starts_with("  -") || line.starts_with("  -*") || line.starts_with("  - ")) continue;
    ++off;
    const std::string reason = "#   " + line.substr(2, line.find(',') - 2) + ": ";
    CAPTURE(reason);
    CHECK(std::any_of(lines.begin(), lines.end(),
                      [&](const std::string& other) { return other.starts_with(reason); }));
  }
  CHECK(off > 5);
}

TEST_CASE("callmill: every decision record is one page and says what would change it") {
  int records = 0;
  for (const SourceFile& file : tree()) {
    if (!file.path.starts_with("docs/adr/")) continue;
    ++records;
    CAPTURE(file.path);
    for (const char* part : {"## Context", "## Options", "## Decision", "## What would change it"})
      CHECK(file.text.find(part) != std::string::npos);
    CHECK(lines_of(file.text).size() <= 70);
  }
  CHECK(records >= 3);
}

}  // namespace
}  // namespace callmill::house
