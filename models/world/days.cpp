#include "models/world/days.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace callmill {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};

bool is_weekend(std::string_view kind) {
  return kind == "saturday" || kind == "sunday";
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

const DayProfile* entry(const Profile& profile, std::string_view day) {
  const auto found = std::find_if(profile.by_day.begin(), profile.by_day.end(),
                                  [&](const DayProfile& d) { return d.day == day; });
  return found == profile.by_day.end() ? nullptr : &*found;
}

// The most exact entry for the day. A kind that the profile does not know falls back on the day's
// own weekday.
const DayProfile* best_entry(const Profile& profile, const OpenDay& day) {
  if (!day.date) return nullptr;
  if (const DayProfile* d = entry(profile, in_words(*day.date))) return d;
  if (const DayProfile* d = entry(profile, day.kind)) return d;
  if (day.kind == "workday" || day.kind == "weekend") return nullptr;
  const std::string_view weekday = is_weekday(day.kind) ? day.kind : weekday_of(*day.date);
  if (const DayProfile* d = entry(profile, weekday)) return d;
  return entry(profile, is_weekend(weekday) ? "weekend" : "workday");
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int y = number(text.substr(0, 4)), m = number(text.substr(5, 2)),
            d = number(text.substr(8, 2));
  if (y < 1 || m < 1 || d < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{y},
                                         std::chrono::month{static_cast<unsigned>(m)},
                                         std::chrono::day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::string in_words(Date date) {
  const std::chrono::year_month_day d{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()),
                     static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
}

std::string_view weekday_of(Date date) {
  return kWeekdays[std::chrono::weekday{date}.c_encoding()];
}

bool is_weekday(std::string_view word) {
  return std::find(kWeekdays.begin(), kWeekdays.end(), word) != kWeekdays.end();
}

std::vector<OpenDay> open_days(const Days& days) {
  std::vector<OpenDay> open;
  for (std::int64_t k = 0; k < days.count; ++k) {
    OpenDay one{k, kStart + std::chrono::hours{24} * k, std::nullopt, ""};
    if (days.first) {
      one.date = *days.first + std::chrono::days{k};
      one.kind = weekday_of(*one.date);
      bool closed =
          std::find(days.closed.begin(), days.closed.end(), one.kind) != days.closed.end();
      for (const SpecialDay& special : days.special)
        if (special.date == in_words(*one.date)) {
          one.kind = special.kind;
          closed = special.kind == "closed";
        }
      if (closed) continue;
    }
    open.push_back(std::move(one));
  }
  return open;
}

bool is_such_a_day(std::string_view word, const OpenDay& day) {
  if (!day.date) return false;
  if (word == in_words(*day.date) || word == day.kind) return true;
  // A holiday is no workday and no weekend, whatever its weekday; a Saturday that is worked is
  // none.
  if (day.kind == "holiday" || day.kind == "workday" || day.kind == "weekend") return false;
  const std::string_view weekday = is_weekday(day.kind) ? day.kind : weekday_of(*day.date);
  return word == weekday || word == (is_weekend(weekday) ? "weekend" : "workday");
}

bool is_one_of(const std::vector<std::string>& words, const OpenDay& day) {
  return words.empty() || std::any_of(words.begin(), words.end(), [&](const std::string& word) {
           return is_such_a_day(word, day);
         });
}

ProfileOfDay profile_on(const Profile& profile, const OpenDay& day) {
  if (!profile.by_day.empty())
    if (const DayProfile* d = best_entry(profile, day)) return {d->step, d->values};
  return {profile.step, profile.values};
}

}  // namespace callmill
