// Special days: what they are like, and what they no longer are.

#include <catch2/catch.hpp>
#include <string>

#include "models/world/days.h"

namespace callmill::test {
namespace {

// 2026-10-10 is a Saturday, 2026-10-01 a Thursday.
OpenDay day_of(const std::string& date, const std::string& kind) {
  Days days;
  days.first = parse_date(date);
  if (!kind.empty()) days.special = {{date, kind}};
  return open_days(days).at(0);
}

Profile volume() {
  Profile p;
  p.by_day = {{"workday", std::chrono::hours{1}, {1}},
              {"weekend", std::chrono::hours{1}, {2}},
              {"saturday", std::chrono::hours{1}, {3}}};
  return p;
}

}  // namespace

TEST_CASE("A Saturday that is worked is a workday, and no Saturday") {
  const OpenDay worked = day_of("2026-10-10", "workday");
  CHECK(is_such_a_day("workday", worked));
  CHECK_FALSE(is_such_a_day("weekend", worked));
  CHECK_FALSE(is_such_a_day("saturday", worked));
  CHECK(is_such_a_day("2026-10-10", worked));
  const OpenDay monday = day_of("2026-10-10", "monday");
  CHECK(is_such_a_day("workday", monday));
  CHECK_FALSE(is_such_a_day("saturday", monday));
}

TEST_CASE("A holiday is neither workday nor weekend; another kind is still its weekday") {
  for (const char* date : {"2026-10-01", "2026-10-10"}) {
    const OpenDay holiday = day_of(date, "holiday");
    CHECK(is_such_a_day("holiday", holiday));
    for (const char* word : {"workday", "weekend", "thursday", "saturday"})
      CHECK_FALSE(is_such_a_day(word, holiday));
  }
  const OpenDay bills = day_of("2026-10-10", "bill_day");
  CHECK(is_such_a_day("bill_day", bills));
  CHECK(is_such_a_day("saturday", bills));
  CHECK(is_such_a_day("weekend", bills));
}

TEST_CASE("Profiles of special days") {
  const Profile p = volume();
  CHECK(profile_on(p, day_of("2026-10-10", "")).values[0] == 3);
  CHECK(profile_on(p, day_of("2026-10-10", "workday")).values[0] == 1);
  CHECK(profile_on(p, day_of("2026-10-01", "weekend")).values[0] == 2);
  // Nothing said of holidays: as on the weekday that it is.
  CHECK(profile_on(p, day_of("2026-10-10", "holiday")).values[0] == 3);
}

}  // namespace callmill::test
