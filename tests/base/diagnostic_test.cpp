#include "base/diagnostic.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/text_width.h"

namespace callmill {
namespace {

Diagnostic sample() {
  return {{"scenarios/bank.yaml", 41, 23, 4},
          "range",
          "queues.retail.patience.mean is -30s; must be > 0",
          "leave patience out for callers who never hang up",
          "      patience: {mean: -30s}"};
}

// Where the caret stands on the last line, counted in bytes after "      | ".
std::string caret_line(const Diagnostic& d) {
  const std::string text = render(d);
  const std::size_t begin = text.rfind('\n', text.size() - 2) + 1;
  return text.substr(begin, text.size() - begin - 1);
}

Diagnostic at(int column, int length, std::string line_text) {
  return {{"a.yaml", 3, column, length}, "code", "message", "", std::move(line_text)};
}

}  // namespace

TEST_CASE("A diagnostic with its line, caret and help") {
  CHECK(
      render(sample()) ==
      "scenarios/bank.yaml:41:23: error[range]: queues.retail.patience.mean is -30s; must be > 0\n"
      "   41 |       patience: {mean: -30s}\n"
      "      |                       ^~~~   help: leave patience out for callers who never hang "
      "up\n");
}

TEST_CASE("A diagnostic without a line, and without a place in the file") {
  Diagnostic d = sample();
  d.line_text.clear();
  CHECK(
      render(d) ==
      "scenarios/bank.yaml:41:23: error[range]: queues.retail.patience.mean is -30s; must be > 0\n"
      "        help: leave patience out for callers who never hang up\n");
  d.place = {"--set", 0, 0, 1};
  d.help.clear();
  CHECK(render(d) == "--set: error[range]: queues.retail.patience.mean is -30s; must be > 0\n");
}

TEST_CASE("The caret: one mark at least, past the end of the line too") {
  CHECK(caret_line(at(1, 1, "abc")) == "      | ^");
  CHECK(caret_line(at(2, 0, "abc")) == "      |  ^");
  CHECK(caret_line(at(0, 2, "abc")) == "      | ^~");
  CHECK(caret_line(at(4, 1, "abc")) == "      |    ^");
  CHECK(caret_line(at(6, 3, "abc")) == "      |      ^~~");
}

TEST_CASE("The caret stands right under wide, accented and tabbed text") {
  CHECK(caret_line(at(3, 1, "热线 x")) == "      |     ^");
  CHECK(caret_line(at(1, 2, "热线: 5")) == "      | ^~~~");
  CHECK(caret_line(at(5, 1, "café x")) == "      |     ^");
  CHECK(caret_line(at(3, 1, "e\u0301x")) == "      |  ^");  // a combining accent takes no column
  CHECK(caret_line(at(2, 1, "\tx")) == "      | \t^");
  CHECK(caret_line(at(3, 1, "\xff\xc3x")) == "      |   ^");  // not UTF-8: a byte, a column
}

TEST_CASE("What a terminal would obey or hide is written out") {
  CHECK(visible("plain, \t中文 é 👩\u200D💻") == "plain, \t中文 é 👩\u200D💻");
  CHECK(visible("a\x1b[31mb\n\x7f") == "a<U+001B>[31mb<U+000A><U+007F>");
  CHECK(visible("\u202E30s\u2066\u200B\uFEFF\u0085") ==
        "<U+202E>30s<U+2066><U+200B><U+FEFF><U+0085>");
  CHECK(visible("\xff\xc3x") == "\uFFFD\uFFFDx");

  Diagnostic d = at(9, 4, "b: {talk\u202E: 30s}");
  d.place.file = "a\x1b.yaml";
  d.message = "b.talk\u202E is not known here";
  d.help = "b.talk\x07";
  CHECK(render(d) ==
        "a<U+001B>.yaml:3:9: error[code]: b.talk<U+202E> is not known here\n"
        "    3 | b: {talk<U+202E>: 30s}\n"
        "      |         ^~~~~~~~~~~   help: b.talk<U+0007>\n");
}

TEST_CASE("Diagnostics keeps every error, in order") {
  Diagnostics all;
  CHECK(all.ok());
  all.error(at(1, 1, "first"));
  all.error(at(2, 1, "second"));
  CHECK(!all.ok());
  REQUIRE(all.errors().size() == 2);
  CHECK(all.errors()[0].line_text == "first");
  CHECK(all.errors()[1].line_text == "second");
}

TEST_CASE("nearest finds slips of the finger") {
  const std::vector<std::string> keys = {"patience", "priority", "talk", "wrap_up", "target"};
  CHECK(nearest("patience", keys) == "patience");
  CHECK(nearest("patiense", keys) == "patience");   // a wrong letter
  CHECK(nearest("paitence", keys) == "patience");   // two letters swapped count one
  CHECK(nearest("patienc", keys) == "patience");    // one missing
  CHECK(nearest("ppatience", keys) == "patience");  // one too many
  CHECK(nearest("wrapup", keys) == "wrap_up");
  CHECK(nearest("tlak", keys) == "talk");
}

TEST_CASE("nearest is silent when nothing is near") {
  const std::vector<std::string> keys = {"patience", "talk"};
  CHECK(nearest("walking", keys).empty());
  CHECK(nearest("", keys).empty());
  CHECK(nearest("tk", keys).empty());  // two letters off a word of two: allowed is 1 + 2 / 4 = 1
  CHECK(nearest("abcd", {}).empty());
  CHECK(nearest("pxtxxnce", keys) == "patience");  // 3 of 8 letters: allowed is 1 + 8 / 4 = 3
  CHECK(nearest("pxtxxnxe", keys).empty());        // 4 of 8
}

TEST_CASE("nearest: ties go to the first, and letters are code points") {
  CHECK(nearest("cat", {"bat", "hat"}) == "bat");
  CHECK(nearest("热线", {"热钱", "冷线"}) == "热钱");
  CHECK(nearest("热线", {"冷饭"}).empty());
}

}  // namespace callmill
