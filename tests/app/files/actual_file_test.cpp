// A day's calls so far: read in any order, later rows left out, and every error at its cell.

#include "app/files/actual_file.h"

#include <catch2/catch.hpp>
#include <string>

namespace callmill {
namespace {

World centre() {
  World world;
  world.day.opens = std::chrono::hours{8};
  world.day.closes = std::chrono::hours{12};
  world.day.interval = std::chrono::minutes{30};
  return world;
}

std::optional<DayActuals> read(const std::string& text, Diagnostics& diagnostics) {
  return read_actuals_text("day.csv", text, centre(), std::chrono::hours{9}, diagnostics);
}

std::string errors_of(const std::string& text) {
  Diagnostics diagnostics;
  CHECK_FALSE(read(text, diagnostics));
  std::string all;
  for (const Diagnostic& d : diagnostics.errors())
    all +=
        std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " + d.code + "\n";
  return all;
}

}  // namespace

TEST_CASE("Intervals come in any order; what is after the time is left out") {
  Diagnostics diagnostics;
  const auto day = read("calls,from,aht\n61,08:30,\n52,08:00,200s\n999,11:30,1min\n", diagnostics);
  REQUIRE(day);
  CHECK(day->calls == std::vector<std::int64_t>{52, 61});
  CHECK(day->handled == 52);
  CHECK(day->handle_s == 200);
  const auto plain = read("from,calls\n08:00,0\n08:30,10\n", diagnostics);
  REQUIRE(plain);
  CHECK(plain->calls == std::vector<std::int64_t>{0, 10});
  CHECK(plain->handled == 0);
  CHECK(diagnostics.ok());
}

TEST_CASE("Handle times are weighted by their calls") {
  Diagnostics diagnostics;
  const auto day = read("from,calls,aht\n08:00,30,100s\n08:30,10,300s\n", diagnostics);
  REQUIRE(day);
  CHECK(day->handle_s == Approx(150));
  CHECK(day->handled == 40);
}

TEST_CASE("Every error of a day's calls, at its cell") {
  CHECK(errors_of("from,calls,ahd\n08:00,1,\n") == "1:12 unknown-column\n");
  CHECK(errors_of("from\n08:00\n") == "1:1 missing-column\n");
  CHECK(errors_of("from,calls\n08:00,3\n") == "1:1 missing-interval\n");
  CHECK(errors_of("from,calls,aht\n08:00,-1,\n08:10,2,\n08:30,2,soon\n08:30,4,\n07:30,1,\n") ==
        "1:1 missing-interval\n2:7 number\n3:1 time\n4:9 unit\n5:1 twice\n6:1 time\n");
}

}  // namespace callmill
