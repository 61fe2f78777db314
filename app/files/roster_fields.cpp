// Every field of a roster file: name, kind, range, default, help.

#include <algorithm>
#include <utility>

#include "app/files/fields.h"
#include "app/files/kinds_of_days.h"
#include "app/files/roster_spec.h"

namespace callmill::files {
namespace {

constexpr double kDearest = 1e6;
constexpr double kLongestHours = 92.0 * 86400;

// Durations that rules hold as whole minutes.
Kind<int> minutes(double low_s, double high_s) {
  return converted<int, SimDuration>(
      duration(between(low_s, high_s)),
      [](const SimDuration& d) {
        return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(d).count());
      },
      [](const int& m) { return SimDuration{std::chrono::minutes{m}}; });
}

Kind<double> price() {
  return number(between(0, kDearest));
}

Kind<std::vector<HeadsSpec>> heads(const std::string& words) {
  return map_to(&HeadsSpec::shift, &HeadsSpec::heads, count_as<int>(0, 10'000), words);
}

template <class T>
std::vector<Field<T>> rule_fields(RosterRules T::*rules) {
  const auto at = [rules](const char* name, std::optional<int> RosterRules::*rule, Kind<int> kind,
                          const char* help) {
    Field<T> field{{name, help, false, "none: no such rule", kind.shape}, {}, {}};
    field.read = [rules, rule, kind](const Node& node, Reader& reader, T& value) {
      int read = 0;
      if (!kind.read(node, reader, read)) return false;
      value.*rules.*rule = read;
      return true;
    };
    field.write = [](const T&, const Writer&) { return Node{}; };
    return field;
  };
  using R = RosterRules;
  const Kind<int> in_all = minutes(0, kLongestHours), in_week = minutes(0, 7 * 86400.0);
  const Kind<int> in_day = minutes(0, 86400), days = count_as<int>(0, kMostRosterDays);
  return {at("day_hours", &R::day_minutes, in_day, "longest paid time of a shift"),
          at("week_hours", &R::week_minutes, in_week, "most paid time, Monday to Sunday"),
          at("normal_week", &R::normal_week, in_week, "paid time beyond it in a week is overtime"),
          at("overtime", &R::overtime_minutes, in_all, "most of it over the roster"),
          at("min_hours", &R::min_minutes, in_all, "least paid time over the roster"),
          at("max_hours", &R::max_minutes, in_all, "most paid time over the roster"),
          at("rest_days", &R::rest_days, count_as<int>(0, 7), "days off in each whole week"),
          at("rest", &R::rest_minutes, in_day, "from the end of a shift to the next day's shift"),
          at("max_days_in_a_row", &R::max_run, days, "of work"),
          at("min_days_in_a_row", &R::min_run, days, "of work"),
          at("min_days_off_in_a_row", &R::min_off_run, days, "off"),
          at("max_nights_in_a_row", &R::max_nights_run, days, "shifts with night: true"),
          at("max_weekends", &R::max_weekends, days, "with a shift on Saturday or Sunday")};
}

struct RulesAndPreset {
  RulesPreset preset = RulesPreset::kNone;
  RosterRules rules;
  double price_overtime = 0;
};

Field<RosterSpec> roster_rules() {
  Record<RulesAndPreset> record{"a map of rules", "roster_rules", {}, {}};
  record.fields.push_back(optional_key(
      "preset", &RulesAndPreset::preset,
      word<RulesPreset>({{"none", RulesPreset::kNone}, {"cn-standard", RulesPreset::kChina}}),
      "rules to begin with; each rule beside it goes before the preset's"));
  for (Field<RulesAndPreset>& field : rule_fields(&RulesAndPreset::rules))
    record.fields.push_back(std::move(field));
  record.fields.push_back(optional_key("price_overtime", &RulesAndPreset::price_overtime, price(),
                                       "of an hour of overtime"));
  const Kind<RulesAndPreset> kind = record_kind(std::move(record));
  return {{"rules", "of everybody, where a person has no other", false, "", kind.shape},
          [kind](const Node& node, Reader& reader, RosterSpec& spec) {
            RulesAndPreset read;
            const bool ok = kind.read(node, reader, read);
            spec.preset = read.preset;
            spec.rules = read.rules;
            spec.price_overtime = read.price_overtime;
            return ok;
          },
          [](const RosterSpec&, const Writer&) { return Node{}; }};
}

Record<ShiftSpec> shift_record() {
  return {"a map with the keys of a shift",
          "roster_shift",
          {required_key("from", &ShiftSpec::from, time_of_day(between(0, 86399)), "its start"),
           required_key("to", &ShiftSpec::to, time_of_day(between(0, 172800)),
                        "its end; not after its start: on the next day"),
           maybe_key("paid", &ShiftSpec::paid, duration(between(300, 86400)),
                     "time that counts as work, a multiple of 5min", "from its start to its end"),
           optional_key("night", &ShiftSpec::night, yes_no(), "counts as a night"),
           optional_key("never_before", &ShiftSpec::never_before,
                        list_of(text(), false, "a list of shifts"),
                        "shifts that nobody works the day after"),
           optional_key("skill", &ShiftSpec::skill, text(), "only who has it works it")},
          {}};
}

Record<NeedsSpec> needs_record() {
  const std::string of_heads = "a map of shifts with the heads that each needs";
  return {"a map with the keys of the needs",
          "roster_needs",
          {optional_key("each_day", &NeedsSpec::each_day, heads(of_heads),
                        "heads by shift on each day that nothing else is said of"),
           optional_key("by_day", &NeedsSpec::by_day,
                        map_to(&DayHeadsSpec::day, &DayHeadsSpec::heads, heads(of_heads),
                               "a map of dates, weekdays, workday or weekend"),
                        "the same of a date, a weekday, workday, weekend; the nearest holds"),
           optional_key("plans", &NeedsSpec::plans,
                        map_to(&DayPlanSpec::day, &DayPlanSpec::plan, text(),
                               "a map of weekdays, workday, weekend, dates or other"),
                        "plan files (plan --csv): their agents, by times of the shift"),
           optional_key("group", &NeedsSpec::group, text(), "of the plans' agents; none: all"),
           optional_key("price_short", &NeedsSpec::price_short, price(), "of a head too few"),
           optional_key("price_over", &NeedsSpec::price_over, price(), "of a head too many")},
          {}};
}

Record<PersonSpec> person_record() {
  Record<WishSpec> wish{
      "a map with day, wants or avoids, and price",
      "roster_wish",
      {required_key("day", &WishSpec::day, date_kind(), "its date"),
       optional_key("wants", &WishSpec::wants, text(), "a shift, or off"),
       optional_key("avoids", &WishSpec::avoids, text(), "a shift"),
       optional_key("price", &WishSpec::price, price(), "where it is not granted")},
      {{"wants", "avoids"}}};
  Record<PersonSpec> record{
      "a map with the keys of a person",
      "roster_person",
      {optional_key("new", &PersonSpec::is_new, yes_no(), "not yet a veteran"),
       optional_key("skills", &PersonSpec::skills, list_of(text(), false, "a list of skills"),
                    "that shifts ask for"),
       optional_key("most", &PersonSpec::most, heads("a map of shifts with numbers"),
                    "shifts of a kind over the roster; 0: never"),
       optional_key("off", &PersonSpec::off, list_of(date_kind(), false, "a list of dates"),
                    "days off that stand, such as leave"),
       optional_key("fixed", &PersonSpec::fixed,
                    map_to(&FixedSpec::day, &FixedSpec::shift, text(),
                           "a map of dates with a shift, or off"),
                    "attendance that stands"),
       optional_key("wishes", &PersonSpec::wishes,
                    list_of(record_kind(std::move(wish)), false, "a list of wishes"),
                    "with prices")},
      {}};
  for (Field<PersonSpec>& field : rule_fields(&PersonSpec::rules))
    record.fields.push_back(std::move(field));
  return record;
}

Field<RosterSpec> version() {
  Shape shape;
  shape.words = "1";
  return {{"version", "of this grammar", true, "", shape},
          [](const Node& node, Reader& reader, RosterSpec&) {
            if (node.is_plain("1")) return true;
            reader.wrong(node, {"version", "must be 1, the only one that this callmill reads", ""});
            return false;
          },
          [](const RosterSpec&, const Writer&) { return Node{}; }};
}

NameRule person_name() {
  return {"^[^\\s].*$", "names are text of 1 to 80 bytes on one line, without blanks around it",
          [](std::string_view name) {
            return !name.empty() && name.size() <= 80 && name.front() != ' ' &&
                   name.back() != ' ' && std::none_of(name.begin(), name.end(), [](char c) {
                     return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
                   });
          }};
}

}  // namespace

RosterRules rules_of(RulesPreset preset) {
  RosterRules rules;
  if (preset == RulesPreset::kNone) return rules;
  rules.day_minutes = 8 * 60;
  rules.normal_week = 40 * 60;
  rules.overtime_minutes = 36 * 60;
  rules.rest_days = 1;
  rules.rest_minutes = 11 * 60;
  rules.max_nights_run = 7;
  return rules;
}

const Record<RosterSpec>& roster_record() {
  static const Record<RosterSpec> record{
      "a map with the keys of a roster",
      "",
      {version(), optional_key("name", &RosterSpec::name, text(), "of the roster, for reports"),
       optional_key("description", &RosterSpec::description, text(), "for people"),
       required_key("first_day", &RosterSpec::first_day, date_kind(), "first day of the roster"),
       optional_key("days", &RosterSpec::days, count_as<int>(1, kMostRosterDays), "how many"),
       roster_rules(),
       required_key("shifts", &RosterSpec::shifts,
                    named(shift_record(), &ShiftSpec::name, name_rule(),
                          "a map of names, with at least one", true),
                    "kinds of shift"),
       required_key("needs", &RosterSpec::needs, record_kind(needs_record()),
                    "heads by day and shift"),
       maybe_key(
           "mix", &RosterSpec::mix,
           record_kind<MixSpec>(
               {"a map with new_per_veteran and price",
                "",
                {optional_key("new_per_veteran", &MixSpec::new_per_veteran, count_as<int>(1, 1000),
                              "new people that one veteran looks after"),
                 optional_key("price", &MixSpec::price, price(), "of a veteran that is missing")},
                {}}),
           "new people beside veterans in each shift", "none: any mix"),
       optional_key("fairness", &RosterSpec::fairness,
                    record_kind<RosterFairness>(
                        {"a map with nights, weekends and hours",
                         "",
                         {optional_key("nights", &RosterFairness::nights, price(),
                                       "price of each night between who works most and least"),
                          optional_key("weekends", &RosterFairness::weekends, price(),
                                       "the same of weekends"),
                          optional_key("hours", &RosterFairness::hours, price(),
                                       "the same of hours above min_hours")},
                         {}}),
                    "prices of what is spread unevenly"),
       optional_key(
           "people", &RosterSpec::people,
           named(person_record(), &PersonSpec::name, person_name(), "a map of names", false),
           "who works"),
       optional_key(
           "people_file", &RosterSpec::people_file, text(),
           "more of them: CSV with name, level, skills, min_hours, max_hours, max_weekends, "
           "off, wishes")},
      {}};
  return record;
}

}  // namespace callmill::files
