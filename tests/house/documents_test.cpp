#include "tests/house/documents.h"

#include <catch2/catch.hpp>

namespace callmill::house {
namespace {

const std::vector<SourceFile> kTree{
    {"README.md", "# Callmill\n"},
    {"docs/a.md", "# First steps\n\n## 接通率 (answer rate)\n```\n# no heading\n```\n"},
    {"base/random/law.h", ""},
    {"scenarios/hotline/city.yaml", ""},
    {"tests/base/random/law_test.cpp", ""},
};

std::size_t dead_links(const std::string& text) {
  return check_links_of_document({"docs/b.md", text}, kTree).size();
}

TEST_CASE("anchors are made from headings") {
  CHECK(anchor_of("First steps") == "first-steps");
  CHECK(anchor_of("接通率 (answer rate)") == "接通率-answer-rate");
  CHECK(anchor_of("`./dev run`, twice") == "dev-run-twice");
}

TEST_CASE("links lead somewhere") {
  CHECK(dead_links("[a](a.md) [b](../README.md) [c](../base/) [d](https://x.y/z)\n") == 0);
  CHECK(dead_links("[a](a.md#first-steps) [b](a.md#接通率-answer-rate)\n") == 0);
  CHECK(dead_links("# Here\n[a](#here)\n") == 1);  // the page itself is not in the tree
  CHECK(dead_links("[a](c.md)\n") == 1);
  CHECK(dead_links("[a](../a.md) and [b](README.md)\n") == 2);
  CHECK(dead_links("[a](a.md#no-heading)\n") == 1);
  CHECK(dead_links("`[a](c.md)`\n```\n[a](c.md)\n```\n") == 0);
}

TEST_CASE("documents named in comments exist") {
  CHECK(check_documents_named({"a.h", "// see docs/a.md.\n"}, kTree).empty());
  CHECK(check_documents_named({"a.h", "// see docs/adr/c.md\n"}, kTree).size() == 1);
}

TEST_CASE("paths in code spans are files or folders") {
  const auto dead = [](const std::string& text) {
    return check_paths_named({"docs/b.md", text}, kTree).size();
  };
  CHECK(dead("`scenarios/hotline/city.yaml` `tests/base/random` `tests/base/random/`\n") == 0);
  CHECK(dead("`scenarios/hotline/town.yaml` `tests/base/ran`\n") == 2);
  CHECK(dead("`callmill run scenarios/hotline/town.yaml` scenarios/hotline/town.yaml\n") == 0);
}

TEST_CASE("the folder map is read and compared with the folders") {
  const std::set<std::string> folders{"base/",      "base/random/",       "docs/",
                                      "scenarios/", "scenarios/hotline/", "tests/"};
  CHECK(folders_of(kTree) == folders);
  const std::string map =
      "# T\n```\nother/  no\n```\n## Folder map\nwords\n```text\nbase/  ground\n  base/random/ "
      "streams\n"
      "word that is no folder\n```\n```\nlate/ no\n```\n";
  CHECK(folders_in_map(map) == std::set<std::string>{"base/", "base/random/"});
  CHECK(folders_in_map("## Other\n```\nbase/ x\n```\n").empty());
}

}  // namespace
}  // namespace callmill::house
