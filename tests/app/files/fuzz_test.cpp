// Bombs and mutations: whatever the bytes, the reader answers and does not crash.

#include <catch2/catch.hpp>

#include <cstdint>

#include "tests/app/files/samples.h"

namespace callmill {
namespace {

std::string code_of(const std::string& text) {
  Diagnostics diagnostics;
  const auto scenario =
      read_scenario_text(tests_folder() + "malformed/x.yaml", text, {}, diagnostics);
  CHECK(scenario.has_value() == diagnostics.ok());
  return diagnostics.ok() ? "ok" : diagnostics.errors().back().code;
}

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

// xorshift64: the same mutations everywhere.
class Dice {
 public:
  std::size_t below(std::size_t n) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>(state_ % n);
  }

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15u;
};

std::string mutated(std::string text, Dice& dice, const std::vector<std::string>& words) {
  for (std::size_t changes = 1 + dice.below(4); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = dice.below(text.size());
    const std::size_t length = 1 + dice.below(12);
    switch (dice.below(5)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text[at] = static_cast<char>(dice.below(256));
        break;
      case 2:
        text.insert(at, words[dice.below(words.size())]);
        break;
      case 3:
        text.insert(at, text.substr(dice.below(text.size()), length));
        break;
      default:
        text.replace(at, length, words[dice.below(words.size())]);
        break;
    }
  }
  return text;
}

}  // namespace

TEST_CASE("bombs are refused by their limits") {
  CHECK(code_of("version: 1\nday: " + repeated("[", 5000) + repeated("]", 5000)) == "depth");
  CHECK(code_of("version: 1\nday: " + repeated("[", 5000)) ==
        "key");  // an open bracket may become a key
  CHECK(code_of("version: 1\nday: " + repeated("{a: ", 5000)) == "depth");
  CHECK(code_of(repeated("? ", 5000)) == "key");
  CHECK(code_of(repeated("- ", 5000)) == "depth");
  CHECK(code_of("version: 1\nday: [" + repeated("1,", 200'000) + "1]\n") == "too-many-nodes");
  CHECK(code_of("version: 1\nname: " + repeated("x", 1 << 20)) == "too-large");
  CHECK(code_of("version: 1\nname: " + repeated("x", 1'000'000)) == "missing-key");
  std::string keys;
  for (int i = 0; i < 1000; ++i) keys += "key" + std::to_string(i) + ": 1\n";
  CHECK(code_of(keys) == "too-many-errors");
}

TEST_CASE("--set takes bombs as calmly") {
  for (const std::string& set : std::vector<std::string>{
           "", "=", "=1", "a=" + repeated("[", 5000), "name=\xff", "name=&a *a", "[=1", "a[=1",
           "a[]=1", "targets[99999999999999999999]=1", "study.seed=\"", "a..b=1", ".=1",
           "name=a\n---\nb", "callers=", "lines.x=~"}) {
    INFO(set);
    Diagnostics diagnostics;
    read_scenario(tests_folder() + "malformed/base-good.yaml", {{set}}, diagnostics);
    CHECK(!diagnostics.ok());
  }
}

TEST_CASE("mutated scenarios never crash the reader") {
  std::vector<std::string> seeds{text_of_file(tests_folder() + "good/full.yaml")};
  for (const auto& path : files_in(tests_folder() + "malformed", ".yaml"))
    seeds.push_back(text_of_file(path));
  const std::vector<std::string> words{"{",     "}",    "[",     "]",      ": ",
                                       "- ",    "\n",   "\t",    "\"",     "'",
                                       "&a ",   "*a",   "!!",    "|\n",    "> ",
                                       "#",     "%",    "~",     "? ",     "---\n",
                                       "1e999", "-1",   ".nan",  "0s",     "99999999999999999999",
                                       "24:00", "null", "law: ", "file: ", "\xEF\xBB\xBF",
                                       "\r\n"};
  Dice dice;
  int refused = 0;
  constexpr int kRuns = 3000;
  for (int run = 0; run < kRuns; ++run) {
    const std::string text = mutated(seeds[dice.below(seeds.size())], dice, words);
    refused += code_of(text) != "ok" ? 1 : 0;
  }
  CHECK(refused > kRuns / 2);
}

}  // namespace callmill
