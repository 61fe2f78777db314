// Every sentence that the server refuses with has a code and is said in Chinese.

#include "app/serve/problems.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/place.h"

namespace callmill::serve {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  return text.str();
}

// Sentences in the sources: problem(404, "..."), refuse(400, "framing", "..."), Refusal{...}.
std::set<std::string> sentences_of(const std::string& folder) {
  static const std::regex kCall{
      R"re((?:problem\(\d+,|(?:refuse\(|Refusal ?\w*\{|return \{)\d+, "\w+",)\s*"([^"]+)")re"};
  std::set<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator{test::source_path(folder)}) {
    const std::string text = text_of(entry.path());
    for (auto at = std::sregex_iterator{text.begin(), text.end(), kCall};
         at != std::sregex_iterator{}; ++at)
      all.insert((*at)[1]);
  }
  return all;
}

TEST_CASE("Each refusal has a code that is its own, and a Chinese sentence") {
  std::size_t found = 0;
  for (const char* folder : {"app/serve", "app/sessions"})
    for (const std::string& sentence : sentences_of(folder)) {
      INFO(folder << ": " << sentence);
      ++found;
      // What ends in a blank goes on with a word of the request's.
      const std::string whole = sentence + (sentence.ends_with(' ') ? "GET" : "");
      const ProblemWords words = words_of(whole);
      CHECK(words.code != "other");
      CHECK(words.chinese != whole);
    }
  CHECK(found > 30);  // the search itself works
}

TEST_CASE("A word of the request's stays in the sentence") {
  CHECK(words_of("this path takes GET, HEAD").chinese == "该路径接受 GET, HEAD");
  CHECK(words_of("origin comes once").chinese == "origin 只能出现一次");
  CHECK(words_of("origin comes once").code == "framing");
  CHECK(words_of("there is no such session").code == "no_session");
  CHECK(words_of("what nobody says").code == "other");
  CHECK(words_of("what nobody says").chinese == "what nobody says");
}

}  // namespace
}  // namespace callmill::serve
