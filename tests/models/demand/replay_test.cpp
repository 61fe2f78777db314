// Real days replayed: the morning known, is the updated forecast of the rest better than the one
// made before the day? A bank's calls of 1999 by the hour, 80 clean working days.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "models/demand/forecast_update.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

constexpr std::size_t kOpens = 7, kCloses = 24;  // hours
using Day = std::vector<std::int64_t>;           // calls from kOpens on, by the hour

// The clean days in order; empty where the data are not there.
std::vector<Day> real_days() {
  std::ifstream in{shared_path("data/anonymous_bank/hourly_public.csv")};
  std::string line;
  std::getline(in, line);
  std::map<std::string, Day> days;
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    std::istringstream row{line};
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    REQUIRE(cells.size() >= 6);
    const std::size_t hour = std::stoul(cells[4]);
    if (cells[3] != "1" || hour < kOpens) continue;
    Day& day = days[cells[0]];
    day.resize(kCloses - kOpens);
    day[hour - kOpens] = std::stoll(cells[5]);
  }
  std::vector<Day> all;
  for (auto& [date, day] : days) all.push_back(std::move(day));
  return all;
}

struct Errors {
  double before = 0, after = 0;            // sum of |count - forecast| by the hour
  double rest_before = 0, rest_after = 0;  // of the rest of the day as a whole
  double calls = 0;
  int hours = 0, within = 0;  // of the 90 % intervals
  int days = 0, rest_within = 0;
};

// Forecast of a day: the mean of the fifteen before it. Its spread is what the fifteen days show.
Errors replay(const std::vector<Day>& days, std::size_t hour, double interval_cv) {
  constexpr std::size_t kHistory = 15;
  Errors e;
  for (std::size_t d = kHistory; d < days.size(); ++d) {
    DayForecast forecast{std::vector<double>(kCloses - kOpens, 0.0), 0.15, interval_cv};
    for (std::size_t h = d - kHistory; h < d; ++h)
      for (std::size_t i = 0; i < forecast.calls.size(); ++i)
        forecast.calls[i] += static_cast<double>(days[h][i]) / kHistory;
    const std::size_t known = hour - kOpens;
    const UpdatedForecast updated = update_forecast(
        forecast, {days[d].begin(), days[d].begin() + static_cast<std::ptrdiff_t>(known)}, 0.9);
    double rest = 0, plain = 0;
    for (std::size_t i = known; i < forecast.calls.size(); ++i) {
      const auto n = static_cast<double>(days[d][i]);
      const Estimate& u = updated.intervals[i - known];
      e.before += std::abs(n - forecast.calls[i]);
      e.after += std::abs(n - u.value);
      e.within += u.ci_low <= n && n <= u.ci_high ? 1 : 0;
      ++e.hours;
      rest += n;
      plain += forecast.calls[i];
    }
    e.calls += rest;
    e.rest_before += std::abs(rest - plain);
    e.rest_after += std::abs(rest - updated.rest.value);
    e.rest_within += updated.rest.ci_low <= rest && rest <= updated.rest.ci_high ? 1 : 0;
    ++e.days;
  }
  return e;
}

}  // namespace

TEST_CASE("Real days: the morning makes the forecast of the rest better") {
  const std::vector<Day> days = real_days();
  if (days.empty()) {
    WARN("skipped: no data/anonymous_bank in " << shared_path(""));
    return;
  }
  REQUIRE(days.size() == 80);
  for (const std::size_t hour : {11, 13, 15}) {
    const Errors e = replay(days, hour, 0.2);
    INFO(hour << ":00, WAPE by the hour " << e.before / e.calls << " -> " << e.after / e.calls
              << ", of the rest " << e.rest_before / e.calls << " -> " << e.rest_after / e.calls
              << ", within the 90 % intervals " << e.within << " of " << e.hours << " hours, "
              << e.rest_within << " of " << e.days << " days");
    CHECK(e.after < e.before);
    CHECK(e.rest_after < 0.8 * e.rest_before);  // a fifth of the error of the rest, and more
    // 65 days of hours that go together are worth some 200 hours: +- 0.06 is three sd.
    CHECK(e.within > (0.9 - 0.1) * e.hours);
  }
}

}  // namespace callmill::test
