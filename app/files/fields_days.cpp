// The days of a run, and values that differ by day.

#include <fmt/format.h>

#include <algorithm>

#include "app/files/fields.h"
#include "app/files/kinds_of_days.h"

namespace callmill::files {
namespace {

constexpr std::int64_t kMostDays = 400;

Kind<std::string> weekday_kind() {
  std::vector<std::pair<std::string, std::string>> words;
  for (const char* day :
       {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
    words.emplace_back(day, day);
  return word<std::string>(std::move(words));
}

// One entry of by_day as it stands in the file.
struct NamedProfile {
  std::string day;
  Profile profile;
};
struct ByDay {
  std::vector<NamedProfile> days;
  double scale = 1;
};

constexpr const char* kOther = "other";

Profile joined(const ByDay& by_day) {
  Profile value;
  for (const NamedProfile& named : by_day.days) {
    Profile p = named.profile;
    for (double& v : p.values) v *= by_day.scale;
    if (named.day == kOther) {
      value.step = p.step;
      value.values = std::move(p.values);
    } else {
      value.by_day.push_back({named.day, p.step, std::move(p.values)});
    }
  }
  return value;
}

ByDay split(const Profile& value) {
  ByDay by_day;
  for (const DayProfile& d : value.by_day) by_day.days.push_back({d.day, {d.step, d.values}});
  if (!value.values.empty()) by_day.days.push_back({kOther, {value.step, value.values}});
  return by_day;
}

}  // namespace

Form<Profile> by_day_form(const Kind<Profile>& one_day, bool scaled) {
  Record<ByDay> record{
      "",
      "",
      {required_key(
          "by_day", &ByDay::days,
          map_to(&NamedProfile::day, &NamedProfile::profile, one_day,
                 "a map of days: a date, a kind of special day, a weekday, workday, weekend, other",
                 kNamePattern),
          "values by day; each open day takes the entry that fits it best")},
      {}};
  if (scaled) {
    Field<ByDay> scale = optional_key("scale", &ByDay::scale, number({0, 1e6, true, false}),
                                      "multiplies every value");
    scale.write = [](const ByDay&, const Writer&) { return Node{}; };  // already in the values
    record.fields.push_back(std::move(scale));
  }
  return form<Profile, ByDay>(
      "", "", "by_day", "", std::move(record),
      [](ByDay read, const Node&, Reader&, Profile& value) {
        value = joined(read);
        return true;
      },
      [](const Profile& value) {
        return value.by_day.empty() ? std::nullopt : std::optional{split(value)};
      });
}

Field<World> days_section() {
  Kind<std::string> kind = text();
  kind.shape.words = "closed, a weekday that it is like, or a kind that profiles name";
  Record<Days> record{
      "a map with count, first, closed and special",
      "days",
      {optional_key("count", &Days::count, count(1, kMostDays), "days of the run, closed ones too"),
       required_key("first", &Days::first, date_kind(), "date of the first day"),
       optional_key("closed", &Days::closed, list_of(weekday_kind(), false, "a list of weekdays"),
                    "weekdays on which nobody calls and nobody works"),
       optional_key(
           "special", &Days::special,
           map_to(&SpecialDay::date, &SpecialDay::kind, kind, "a map from dates to kinds of day",
                  kDatePattern),
           "days that are not like their weekday: closed, like another weekday, workday or "
           "weekend, holiday (neither), or of a kind of their own")},
      {}};
  Kind<Days> days = record_kind(std::move(record));
  days.write = [write = days.write](const Days& value, const Writer& writer) {
    return value.first ? write(value, writer) : Node{};  // a day without a date
  };
  return optional_key("days", &World::days, std::move(days),
                      "The days of the run. Without it a run is one day.");
}

}  // namespace callmill::files
