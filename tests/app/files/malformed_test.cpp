// Every malformed scenario is refused with exactly the text that stands beside it.
// CALLMILL_UPDATE=1 rewrites the texts; read the difference as a planner would.

#include <catch2/catch.hpp>

#include <cstdlib>
#include <set>

#include "tests/app/files/samples.h"

namespace callmill {
namespace {

std::vector<std::filesystem::path> malformed() {
  std::vector<std::filesystem::path> paths = files_in(tests_folder() + "malformed", ".yaml");
  std::erase_if(paths, [](const auto& path) { return path.filename() == "base-good.yaml"; });
  return paths;
}

}  // namespace

TEST_CASE("malformed scenarios are refused, each with its message") {
  const bool update = std::getenv("CALLMILL_UPDATE") != nullptr;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(tests_folder() +
                                "malformed");  // messages name files as they were given
  for (const std::filesystem::path& path : malformed()) {
    INFO(path);
    Diagnostics diagnostics;
    const auto scenario = read_scenario(path.filename().string(), {}, diagnostics);
    CHECK(!scenario);
    CHECK(!diagnostics.ok());
    const std::filesystem::path golden = std::filesystem::path{path}.replace_extension(".txt");
    if (update) std::ofstream{golden, std::ios::binary} << rendered(diagnostics);
    CHECK(rendered(diagnostics) == text_of_file(golden));
  }
  std::filesystem::current_path(before);
}

TEST_CASE("there are at least 100 malformed scenarios and they meet every error code") {
  const std::set<std::string> generated{"too-large", "too-many-nodes", "depth",
                                        "too-many-errors"};  // fuzz_test.cpp
  const std::set<std::string> all{
      "alias",        "base",       "break",      "choice",        "control-character",
      "csv",          "csv-column", "csv-time",   "currency",      "day",
      "days",         "dialling",   "documents",  "duplicate-key", "form",
      "key",          "law",        "menu-cycle", "missing-key",   "name",
      "no-staff",     "number",     "order",      "patience",      "profile",
      "range",        "redial",     "route",      "set",           "share-sum",
      "shift",        "syntax",     "tab",        "tag",           "takes",
      "time",         "type",       "unit",       "unknown-key",   "unknown-name",
      "unknown-path", "unreadable", "utf-8",      "version",       "agent",
      "direction",    "lines",      "outage",     "variant",       "call-in",
      "condition",    "event",      "notice",     "rule",          "transfer",
      "attendance",   "release",    "ringing",    "roster",        "wrap",
      "channel",      "announce",   "callback",   "campaign",      "resolution",
      "chat",         "deadline",   "no-effect",  "unreached",     "contradiction",
      "split",        "extension",  "pay",        "labour",        "limit",
      "shrinkage"};
  std::set<std::string> met;
  std::filesystem::current_path(tests_folder() + "malformed");
  for (const std::filesystem::path& path : malformed()) {
    Diagnostics diagnostics;
    read_scenario(path.filename().string(), {}, diagnostics);
    for (const Diagnostic& d : diagnostics.errors()) met.insert(d.code);
  }
  CHECK(malformed().size() >= 100);
  CHECK(met == all);
}

}  // namespace callmill
