#pragma once
// The calendar: how many days a run covers, which of them are open, and which profile each takes.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "models/world/day.h"

namespace callmill {

using Date = std::chrono::sys_days;

// Not like its weekday: "closed", like another ("monday" for a Saturday that is worked), "workday",
// "weekend", "holiday" (neither), or a kind of its own that profiles name ("bill_day").
struct SpecialDay {
  std::string date;  // "2026-12-25"
  std::string kind;
};

// The days of a run. One day without a date unless the scenario says more.
struct Days {
  std::int64_t count = 1;
  std::optional<Date> first;
  std::vector<std::string> closed;  // weekdays: "sunday"
  std::vector<SpecialDay> special;
};

// A day on which the centre is open.
struct OpenDay {
  std::int64_t number = 0;  // of the run, from 0, closed days counted too
  SimTime opens;
  std::optional<Date> date;
  std::string kind;  // its weekday, or what Days::special says; "" without a date
};

// In order; day k opens k * 24 h after the first.
std::vector<OpenDay> open_days(const Days& days);

// "2026-12-25" to a date and back; nothing when it is none.
std::optional<Date> parse_date(std::string_view text);
std::string in_words(Date date);
std::string_view weekday_of(Date date);  // "monday"
bool is_weekday(std::string_view word);

// Whether a word of Profile::by_day ("sunday", "workday", "2026-12-31", "bill_day") means the day;
// the kind of a special day goes before its weekday.
bool is_such_a_day(std::string_view word, const OpenDay& day);
// Whether one of the words means the day; without words each day does.
bool is_one_of(const std::vector<std::string>& words, const OpenDay& day);

// The values of a profile on one day; no values when it says nothing of that day.
struct ProfileOfDay {
  SimDuration step{};
  std::span<const double> values;
};
ProfileOfDay profile_on(const Profile& profile, const OpenDay& day);

}  // namespace callmill
