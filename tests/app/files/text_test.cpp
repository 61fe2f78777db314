// g++ 12 takes std::regex for uninitialized when sanitizers are on (GCC bug 105562).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "app/files/text.h"

#include <catch2/catch.hpp>

#include <regex>

namespace callmill::files {

TEST_CASE("quantities are read with their units") {
  Slip slip;
  CHECK(parse_duration("20s", slip) == 20.0);
  CHECK(parse_duration("500ms", slip) == 0.5);
  CHECK(parse_duration("1.5min", slip) == 90.0);
  CHECK(parse_duration("1h30min", slip) == 5400.0);
  CHECK(parse_share("95%", slip) == 0.95);
  CHECK(parse_share("99.9%", slip) == 0.999);
  CHECK(parse_share("0.5", slip) == 0.5);
  CHECK(parse_rate("120/h", 3600, slip) == 120.0);
  CHECK(parse_rate("2/min", 3600, slip) == 120.0);
  CHECK(parse_rate("2400/day", 3600, slip) == 100.0);
  CHECK(parse_time_of_day("08:30", slip) == 30600.0);
  CHECK(parse_time_of_day("24:00", slip) == 86400.0);
  CHECK(parse_time_of_day("26:15:30", slip) == 94530.0);
  const auto money = parse_money("CNY 45.5/h", "h", slip);
  REQUIRE(money);
  CHECK(money->currency == "CNY");
  CHECK(money->amount == 45.5);
}

TEST_CASE("numbers are decimal") {
  CHECK(parse_number("1e3") == 1000.0);
  CHECK(parse_number("-.5") == -0.5);
  for (const char* text :
       {"", "-", ".", "inf", "nan", "-inf", "0x10", "1,000", "+1", "1 ", "1e999", "e5"}) {
    INFO(text);
    CHECK(!parse_number(text));
  }
}

TEST_CASE("the schema's patterns take exactly what the parsers take") {
  const std::vector<std::string> texts{
      "",         "s",        "20",        "20s",      "20 s",       "2.5h",     "2.h",
      ".5h",      "1h30min",  "1h30",      "-1s",      "1e3s",       "1d",       "1min1s1ms",
      "95%",      "95.5%",    "95 %",      "%",        "120%",       "5/h",      "5/min",
      "5/s",      "5/day",    "5 /h",      "/h",       "1.5/h",      "-1/h",     "08:30",
      "8:30",     "08:3",     "08:60",     "24:00",    "100:00",     "12345:00", "08:30:15",
      "08:30:75", "08:30:",   ":30",       "CNY 45/h", "CNY 45/day", "CNY45/h",  "cny 45/h",
      "CNY 45",   "CNYX 4/h", "USD 0.5/h", "CNY -4/h", "CNY  4/h",   "1h30min\n"};
  const auto matches = [](const std::string& text, const std::string& pattern) {
    return std::regex_match(text, std::regex{pattern});
  };
  Slip slip;
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(parse_duration(text, slip).has_value() == matches(text, kDurationPattern));
    CHECK((parse_share(text, slip).has_value() && !parse_number(text)) ==
          matches(text, kSharePattern));
    CHECK(parse_rate(text, 3600, slip).has_value() == matches(text, kRatePattern));
    CHECK(parse_time_of_day(text, slip).has_value() == matches(text, kTimePattern));
    CHECK(parse_money(text, "h", slip).has_value() == matches(text, money_pattern("h")));
  }
}

TEST_CASE("what is printed reads back to the same number") {
  Slip slip;
  for (const double value : {0.0, 0.001, 0.1, 1.0 / 3, 59.999, 60.0, 61.0, 90.0, 5400.0, 86400.0,
                             123456.789, 1e-9, 31'622'400.0}) {
    INFO(value);
    CHECK(parse_duration(print_duration(value), slip) == value);
    CHECK(parse_number(print_number(value)) == value);
  }
  for (int i = 0; i <= 1000; ++i) CHECK(parse_share(print_share(i / 1000.0), slip) == i / 1000.0);
  CHECK(print_duration(5400) == "1h30min");
  CHECK(print_share(0.95) == "95%");
  CHECK(print_time_of_day(30600) == "08:30");
}

TEST_CASE("names are letters of any script, digits, - and _") {
  for (const char* name : {"a", "main", "day8", "a-b_c", "市民", "café", "1"}) CHECK(is_name(name));
  for (const char* name :
       {"", "a b", "a.b", "a:b", "\u3001", "a\u3000b", "\uFF0C", "\u2028", "a/b"})
    CHECK(!is_name(name));
  CHECK(is_menu_key("*"));
  CHECK(is_menu_key("#"));
  CHECK(!is_menu_key("**"));
}

}  // namespace callmill::files
