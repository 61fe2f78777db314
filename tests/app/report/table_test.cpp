#include "app/report/table.h"

#include <catch2/catch.hpp>
#include <sstream>

namespace callmill {
namespace {

TEST_CASE("display width counts cells, not bytes") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("接通率") == 6);
  CHECK(display_width("15 秒接通率") == 11);
  CHECK(display_width("ＡＢ，。") == 8);  // full-width Latin and punctuation
  CHECK(display_width("ｱｲ") == 2);        // half-width kana
  CHECK(display_width("한국") == 4);
  CHECK(display_width("é") == 1);
  CHECK(display_width("e\u0301") == 1);  // e + combining acute
  CHECK(display_width("±½→≥…") == 5);
  CHECK(display_width("𠮷") == 2);  // beyond the basic plane
  CHECK(display_width("a\tb\x1b") == 2);
}

TEST_CASE("edges of the wide blocks") {
  CHECK(display_width("\u303E\u303F") == 3);  // 303F, the half fill space, is narrow
  CHECK(display_width("\uFF60\uFF61") == 3);
  CHECK(display_width("\u115F\u1160") == 3);
  CHECK(display_width("\u9FFF") == 2);
}

TEST_CASE("bytes that are no UTF-8 take one cell each and stop nothing") {
  CHECK(display_width("\xff") == 1);
  CHECK(display_width("\xe6\x8e") == 2);      // cut short
  CHECK(display_width("\xe6\x8e\x41") == 3);  // the letter behind it survives
  CHECK(display_width("\xc0\x80") == 2);      // overlong
}

TEST_CASE("columns line up with 中文 in names") {
  Table table;
  table.column("group", Table::Align::kLeft);
  table.column("agents");
  table.column("成本");
  table.row({"热线一线", "112", "40320"});
  table.row({"VIP", "7", "2520"});
  table.rule();
  table.row({"合计", "119", "42840"});
  CHECK(table.text() ==
        "  group     agents   成本\n"
        "  -----------------------\n"
        "  热线一线     112  40320\n"
        "  VIP            7   2520\n"
        "  -----------------------\n"
        "  合计         119  42840\n");
  std::istringstream lines{table.text(0)};
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) CHECK(display_width(line) == 23);
  CHECK(count == 6);
}

TEST_CASE("no spaces at the end of a line") {
  Table table;
  table.column("a", Table::Align::kLeft);
  table.column("note", Table::Align::kLeft);
  table.row({"x", ""});
  CHECK(table.text(1) == " a  note\n -------\n x\n");
}

TEST_CASE("a table without rows is its headers") {
  Table table;
  table.column("a");
  CHECK(table.text(-3) == "a\n-\n");
}

}  // namespace
}  // namespace callmill
