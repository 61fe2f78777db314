#include "app/calculator/units.h"

#include <catch2/catch.hpp>
#include <string>

#include "app/calculator/ask.h"

using namespace callmill::calculator;

TEST_CASE("units are read, and wrong ones say what was expected") {
  std::string why;
  CHECK(*parse_rate_per_s("1200/h", why) == Approx(1.0 / 3));
  CHECK(*parse_rate_per_s("20 / min", why) == Approx(1.0 / 3));
  CHECK(*parse_duration_s("3min", why) == 180);
  CHECK(*parse_duration_s("250ms", why) == 0.25);
  CHECK(*parse_share("90%", why) == 0.9);
  CHECK(*parse_share("0.9", why) == 0.9);
  CHECK(parse_target("90%/20s", why)->within_s == 20);
  for (const char* text : {"1200", "-3/h", "0/h", "/h", "12/week", "nan/h", ""}) {
    CHECK_FALSE(parse_rate_per_s(text, why));
    CHECK(why.find("1200/h") != std::string::npos);
  }
  for (const char* text : {"180", "-1s", "s", "3 minutes", "inf s"})
    CHECK_FALSE(parse_duration_s(text, why));
  // What no centre has, so that products stay numbers.
  CHECK_FALSE(parse_rate_per_s("1e300/h", why));
  CHECK(why == "\"1e300/h\" is more than 1e9 calls a second");
  CHECK_FALSE(parse_duration_s("1e99s", why));
  CHECK(why == "\"1e99s\" is longer than 1e9 s");
  CHECK(*parse_duration_s("1e9s", why) == 1e9);
  for (const char* text : {"101%", "-1%", "1.2", "x"}) CHECK_FALSE(parse_share(text, why));
  for (const char* text : {"90%", "100%/20s", "0%/20s", "90%/20"})
    CHECK_FALSE(parse_target(text, why));
}

TEST_CASE("counts are whole and above 0, agents may be parts where they may") {
  std::string why;
  CHECK(*parse_count("60", false, why) == 60);
  CHECK(*parse_count_or_part("60.5", why) == 60.5);
  for (const char* text : {"60.5", "0", "-1", "1e7", "x", "60 agents", "nan"})
    CHECK_FALSE(parse_count(text, false, why));
  CHECK(*parse_count("1e7", true, why) == 1e7);
  CHECK(parse_level("90%", why)->share == 0.9);
  CHECK(parse_level("90%/15s", why)->within_s == 15);
  CHECK_FALSE(parse_level("100%", why));
}

TEST_CASE("an axis is an input and a range; a unit at its end counts for all of it") {
  std::string why;
  const auto agents = parse_axis("agents=40..60", why);
  REQUIRE(agents);
  CHECK(agents->values.size() == 21);
  CHECK(agents->values.back() == 60);
  CHECK(parse_axis("agents=40..61:2", why)->values.back() == 60);
  const auto calls = parse_axis("calls=600..1200/h:200", why);
  REQUIRE(calls);
  CHECK(calls->values.size() == 4);
  CHECK(calls->values[3] * 3600 == Approx(1200));
  CHECK(parse_axis("aht=2min..180s:30s", why)->values.size() == 3);
  CHECK(parse_axis("within=0s..60s:10s", why)->values.size() == 7);
  // Steps that are no binary fraction still end at the end.
  CHECK(parse_axis("aht=0.1..0.9s:0.1", why)->values.size() == 9);
  for (const char* text : {"agents", "agents=", "agents=5", "agents=9..5", "agents=1..5:0",
                           "agents=1.5..3", "calls=1..5", "aht=0s..9s", "agents=1..50000"})
    CHECK_FALSE(parse_axis(text, why));
  CHECK_FALSE(parse_axis("agent=1..5", why));
  CHECK(why.ends_with("did you mean agents?"));
}
