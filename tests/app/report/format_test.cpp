#include "app/report/format.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace callmill {
namespace {

using namespace std::chrono_literals;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST_CASE("Figures as planners read them") {
  CHECK(show(0.95214, Unit::kShare) == "95.21%");
  CHECK(show(0, Unit::kShare) == "0.00%");
  CHECK(show(1, Unit::kShare) == "100.00%");
  CHECK(show(0.00006, Unit::kShare) == "0.01%");
  CHECK(show(5e-6, Unit::kShare) == "0.00050%");  // a target of 1e-5 is met or missed
  CHECK(show(-1.234e-5, Unit::kShare) == "-0.0012%");
  CHECK(show(4e-8, Unit::kShare) == "0.0000040%");
  CHECK(show(12.34, Unit::kSeconds) == "12.3 s");
  CHECK(show(1204.5, Unit::kCount) == "1,204.5");
  CHECK(show(999.94, Unit::kCount) == "999.9");
  CHECK(show(999.96, Unit::kCount) == "1,000.0");
  CHECK(show(1234567.8, Unit::kPerHour) == "1,234,567.8");
  CHECK(show(-123456, Unit::kCount) == "-123,456.0");
  CHECK(show(-123, Unit::kAgents) == "-123.0");
  CHECK(show(-1e-15, Unit::kCount) == "0.0");
  CHECK(show(-1e-9, Unit::kShare) == "0.00%");
  CHECK(show(9999.9, Unit::kSeconds) == "9,999.9 s");
  CHECK(show(162000, Unit::kSeconds) == "45.0 h");
  for (const Unit unit : {Unit::kShare, Unit::kSeconds, Unit::kCount, Unit::kLines})
    for (const double none : {kNaN, kInfinity, -kInfinity}) CHECK(show(none, unit) == "-");
}

TEST_CASE("A figure with its interval; without one where there is none") {
  CHECK(show_with_interval({0.9521, 0.9502, 0.954, 50}, Unit::kShare) == "95.21% [95.02, 95.40]");
  CHECK(show_with_interval({5e-6, 2e-6, 1.1e-5, 50}, Unit::kShare) ==
        "0.00050% [0.00020, 0.00110]");
  CHECK(show_with_interval({1500, 1400, 1600, 50}, Unit::kCount) == "1,500.0 [1,400.0, 1,600.0]");
  CHECK(show_with_interval({0.9521, kNaN, kNaN, 1}, Unit::kShare) == "95.21%");
  CHECK(show_with_interval({kNaN, kNaN, kNaN, 0}, Unit::kSeconds) == "-");
  CHECK(show_with_interval({36000, 7200, 64800, 5}, Unit::kSeconds) == "10.0 h [2.0, 18.0]");
}

TEST_CASE("Times of day, beyond the first midnight too") {
  CHECK(time_of_day(0s) == "00:00");
  CHECK(time_of_day(8h + 30min) == "08:30");
  CHECK(time_of_day(23h + 59min + 59s) == "23:59");
  CHECK(time_of_day(24h) == "+1d 00:00");
  CHECK(time_of_day(30h + 15min) == "+1d 06:15");
  CHECK(time_of_day(49h) == "+2d 01:00");
}

TEST_CASE("Intervals are named by their begin; the last index is the day") {
  World world;
  world.day.opens = 22h;
  world.day.closes = 26h;
  world.day.interval = 1h;
  CHECK(interval_name(world, 0) == "22:00");
  CHECK(interval_name(world, 2) == "+1d 00:00");
  CHECK(interval_name(world, 4) == "day");
}

TEST_CASE("Numbers for programs read back equal, and are never NaN") {
  for (const double value : {0.1, 1.0 / 3, 1e-300, 6.02214076e23, -0.0, 12345678.9})
    CHECK(std::stod(csv_number(value)) == value);
  CHECK(csv_number(0.1) == "0.1");
  for (const double none : {kNaN, kInfinity, -kInfinity}) CHECK(csv_number(none).empty());
}

TEST_CASE("CSV text is quoted where RFC 4180 wants it") {
  CHECK(csv_text("plain 接通率") == "plain 接通率");
  CHECK(csv_text("a,b") == "\"a,b\"");
  CHECK(csv_text("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(csv_text("two\nlines") == "\"two\nlines\"");
  CHECK(csv_text("two\rlines") == "\"two\rlines\"");
  CHECK(csv_text("").empty());
}

TEST_CASE("CSV text that a spreadsheet would run stays text") {
  CHECK(csv_text("=1+2") == "'=1+2");
  CHECK(csv_text("+cmd|'/c calc'!A0") == "'+cmd|'/c calc'!A0");
  CHECK(csv_text("-sum(a)") == "'-sum(a)");
  CHECK(csv_text("@import") == "'@import");
  CHECK(csv_text("\tx") == "'\tx");
  CHECK(csv_text("=a,b") == "\"'=a,b\"");
  CHECK(csv_text("a=b") == "a=b");
  CHECK(csv_text("+1d 08:30") == "+1d 08:30");  // a time over midnight is no formula
}

}  // namespace
}  // namespace callmill
