// scenarios/hotline/everything.yaml keeps its word: it uses every key that docs/reference/needs.md
// names and every kind of event, action and condition, and in a run each of them comes to
// something: whatever can be counted is counted. What cannot stand beside the rest is named here,
// with its reason.

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "engine/centre/centre.h"
#include "engine/kpi/kpi_table.h"
#include "tests/engine/watched.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

const char* const kFile = "scenarios/hotline/everything.yaml";

std::vector<std::string> lines_of_file(const std::string& path) {
  std::ifstream in{source_path(path)};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The scenario without its comments: a key in a comment is not used.
std::string text_of_everything() {
  std::string text;
  for (const std::string& line : lines_of_file(kFile)) {
    const std::size_t comment = line.find('#');
    text += line.substr(0, comment) + "\n";
  }
  return text;
}

// `key:`, or the word of a form as in `kind: surge`.
bool uses(const std::string& text, const std::string& word) {
  return std::regex_search(text, std::regex{"(^|[ {\n])" + word + ":"}) ||
         std::regex_search(text, std::regex{"(kind|do|indicator|law|mode|how): " + word + "\\b"});
}

std::set<std::string> keys_of_needs() {
  static const std::regex kCode{"`([a-z0-9_]+)`"};
  std::set<std::string> keys;
  for (const std::string& line : lines_of_file("docs/reference/needs.md")) {
    if (!line.starts_with("| ")) continue;
    const std::size_t cell = line.find(" | ") + 3;
    const std::string row = line.substr(cell, line.find(" | ", cell) - cell);
    for (std::sregex_iterator it{row.begin(), row.end(), kCode}, end; it != end; ++it)
      keys.insert((*it)[1]);
  }
  return keys;
}

// Kinds of events, actions of rules, indicators of conditions.
std::set<std::string> forms() {
  static const std::regex kForm{"`\\{(do|kind|indicator): ([a-z_]+)"};
  std::set<std::string> words;
  for (const std::string& line : lines_of_file("docs/reference/scenario.md")) {
    std::smatch found;
    if (std::regex_search(line, found, kForm)) words.insert(found[2]);
  }
  return words;
}

// A word that is not used, and why it cannot stand beside the others.
const std::map<std::string, std::string> kNotUsed{
    {"start_dialling", "the one group that dials off lists has stop_dialling"},
};

World everything_of_the_file() {
  Diagnostics diagnostics;
  const auto scenario = read_scenario(source_path(kFile), {}, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) UNSCOPED_INFO(render(d));
  REQUIRE(scenario);
  return scenario->world;
}

// What a run never counts, with the reason. Families in the order of Family.
struct Never {
  Family family;
  std::size_t count;
  const char* why;
};
const std::vector<Never>& never_counted() {
  static const std::vector<Never> kAll{
      {Family::kCalls, at(CallCount::kDisconnected),
       "only at_close: clear disconnects, and here at_close is serve"},
  };
  return kAll;
}

bool may_be_none(Family family, std::size_t count) {
  return std::any_of(never_counted().begin(), never_counted().end(), [&](const Never& never) {
    return never.family == family && never.count == count;
  });
}

}  // namespace

TEST_CASE("everything.yaml uses every key of the needs, and every kind of event and rule") {
  const std::string text = text_of_everything();
  std::set<std::string> words = keys_of_needs();
  CHECK(words.size() >= 139);
  const std::set<std::string> kinds = forms();
  CHECK(kinds.size() >= 28);
  words.insert(kinds.begin(), kinds.end());
  for (const std::string& word : words) {
    CAPTURE(word);
    CHECK(uses(text, word) != kNotUsed.contains(word));
  }
  for (const auto& [word, why] : kNotUsed) {
    CAPTURE(word, why);
    CHECK(words.contains(word));
  }
  for (const char* mode : {"preview", "progressive", "power", "predictive", "appointment",
                           "virtual_queue", "cold", "warm", "conference"}) {
    CAPTURE(mode);
    CHECK(uses(text, mode));
  }
}

TEST_CASE("Whatever can be counted is counted in a run of everything.yaml") {
  const World world = everything_of_the_file();
  const Blueprint plan = make_blueprint(world);
  const KpiLayout layout{plan};
  std::map<std::pair<Family, std::size_t>, double> sums;
  for (std::uint64_t replication = 0; replication < 4; ++replication) {
    Centre centre = open_centre(plan, world.study.seed, replication);
    Recorder recorder{plan};
    Watched<Recorder> flow{plan, centre, recorder};
    for (SimTime t = kStart; t < kStart + plan.horizon; t += std::chrono::minutes{40}) {
      flow.run_until(t);
      const std::vector<const char*> broken = broken_laws(plan, centre);
      CHECK(broken == std::vector<const char*>{});
    }
    flow.run_out();
    ReplicationCounts counts;
    export_counts(recorder, layout, counts);
    for (const KpiLayout::Row& row : layout.rows())
      // Chances are counted where a study asks for them.
      for (std::size_t k = 0; k < row.width && row.family != Family::kContactsGiven; ++k)
        sums[{row.family, k}] += counts[row.offset + layout.intervals() * row.width + k];
  }
  std::set<Family> families;
  for (const auto& [what, sum] : sums) {
    families.insert(what.first);
    CAPTURE(static_cast<int>(what.first), what.second);
    CHECK((sum > 0) != may_be_none(what.first, what.second));
  }
  CHECK(families.size() == static_cast<std::size_t>(Family::kChats) + 1);
}

}  // namespace callmill::test
