// What shifts are paid, the labour rules they keep, limits over them, and what of their time is not
// spent on calls.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

constexpr double kDay = 86400;

Kind<double> rate() {
  return share_of({1, 100, false, false});
}

// A kind of shift, by name.
Kind<std::string> shift_kind() {
  return {reference_shape(Section::kShifts),
          [](const Node& node, Reader& reader, std::string& value) {
            std::size_t index = 0;
            if (!read_reference(node, reader, Section::kShifts, index)) return false;
            value = reader.names(Section::kShifts)[index];
            return true;
          },
          [](const std::string& value, const Writer&) { return Node::scalar(value, true); }};
}

Kind<std::vector<std::string>> shifts_kind() {
  return list_of(shift_kind(), true, "a list of kinds of shift, at least one");
}

Record<PayRule> rule_record() {
  const Kind<SimDuration> clock = time_of_day(between(0, kDay));
  return {
      "a map with the keys of a pay rule",
      "pay_rule",
      {maybe_key("from", &PayRule::from, clock, "start of the hours of the day for which it holds",
                 "none: at any hour"),
       maybe_key("to", &PayRule::to, clock, "their end; not after from: past midnight",
                 "none: at any hour"),
       optional_key(
           "on", &PayRule::on, list_of(text(), true, "a list of days, at least one"),
           "only on such days: weekdays, workday, weekend, dates or kinds of days.special; "
           "left out: on each day"),
       optional_key("shifts", &PayRule::shifts, shifts_kind(), "left out: of every kind"),
       maybe_key("after", &PayRule::after, duration(between(0, kDay)),
                 "paid time of the shift that lies before: overtime", "none: from its start"),
       maybe_key("rate", &PayRule::rate, rate(),
                 "paid at so much of the wage; of several that hold the highest counts", "none"),
       maybe_key("per_hour", &PayRule::per_hour, money("h"), "added to paid time", "none"),
       maybe_key("share", &PayRule::share, share_of(between(0, 100)),
                 "added to paid time, of the wage", "none")},
      {{"rate", "per_hour", "share"}}};
}

Record<Labour> labour_record() {
  const Kind<SimDuration> hours = duration({0, kDay, true, false});
  return {
      "a map with preset and the rules that differ",
      "labour",
      {optional_key("preset", &Labour::preset,
                    word<LabourPreset>({{"none", LabourPreset::kNone},
                                        {"cn-standard", LabourPreset::kCnStandard}}),
                    "whose rules hold; callmill schema --rules prints them"),
       maybe_key("working_day", &Labour::working_day, hours,
                 "paid time of a shift before overtime begins", "as the preset"),
       maybe_key("overtime_day", &Labour::overtime_day, duration(between(0, kDay)),
                 "the most overtime of a shift", "as the preset"),
       maybe_key("overtime_rate", &Labour::overtime_rate, rate(), "of the wage, for overtime",
                 "as the preset"),
       maybe_key("rest_day_rate", &Labour::rest_day_rate, rate(),
                 "of the wage, on a day that is a weekend", "as the preset"),
       maybe_key("holiday_rate", &Labour::holiday_rate, rate(),
                 "of the wage, on special days of kind holiday", "as the preset"),
       maybe_key("rest", &Labour::rest, hours,
                 "from the end of a person's shift to the start of the next", "as the preset"),
       maybe_key("working_week", &Labour::working_week, duration({0, 7 * kDay, true, false}),
                 "the most paid time of a person's week, overtime left out", "as the preset"),
       maybe_key("overtime_month", &Labour::overtime_month, duration(between(0, 31 * kDay)),
                 "the most overtime of a person's month; of a week 12/52 of it", "as the preset"),
       maybe_key("rest_days", &Labour::rest_days, count(0, 6), "of a person's week, at least",
                 "as the preset")},
      {}};
}

// `labour: cn-standard`, or the map.
Kind<Labour> labour_kind() {
  const Kind<LabourPreset> bare = word<LabourPreset>(
      {{"none", LabourPreset::kNone}, {"cn-standard", LabourPreset::kCnStandard}});
  const Kind<Labour> map = record_kind(labour_record());
  Shape shape;
  shape.form = Shape::Form::kEither;
  shape.words = "none, cn-standard, or a map with preset and the rules that differ";
  shape.parts = {bare.shape, map.shape};
  return {
      shape,
      [bare, map](const Node& node, Reader& reader, Labour& labour) {
        return node.kind == Node::Kind::kScalar ? bare.read(node, reader, labour.preset)
                                                : map.read(node, reader, labour);
      },
      [bare, map](const Labour& labour, const Writer& writer) {
        const bool changed = labour.working_day || labour.overtime_day || labour.overtime_rate ||
                             labour.rest_day_rate || labour.holiday_rate || labour.rest ||
                             labour.working_week || labour.overtime_month || labour.rest_days;
        if (changed) return map.write(labour, writer);
        return labour.preset == LabourPreset::kNone ? Node{} : bare.write(labour.preset, writer);
      }};
}

Record<ShiftLimit> limit_record() {
  const Kind<SimDuration> clock = time_of_day(between(0, kDay));
  const Kind<std::int64_t> agents = count(0, 1'000'000);
  return {
      "a map with the keys of a limit",
      "limit",
      {required_key("group", &ShiftLimit::group, reference<GroupId>(), "whose shifts it is about"),
       optional_key("shifts", &ShiftLimit::shifts, shifts_kind(),
                    "counts heads of these kinds; left out: of all kinds of the group"),
       optional_key("count", &ShiftLimit::of,
                    word<LimitOf>({{"heads", LimitOf::kHeads},
                                   {"at_work", LimitOf::kAtWork},
                                   {"on_duty", LimitOf::kOnDuty}}),
                    "heads of the day; or who is at work, or on duty (breaks included: seats), at "
                    "any time"),
       maybe_key("from", &ShiftLimit::from, clock, "start of the hours for which it holds",
                 "none: all day"),
       maybe_key("to", &ShiftLimit::to, clock, "their end; not after from: past midnight",
                 "none: all day"),
       maybe_key("at_least", &ShiftLimit::at_least, agents, "agents", "none: no bound"),
       maybe_key("at_most", &ShiftLimit::at_most, agents, "agents", "none: no bound"),
       maybe_key("share_at_least", &ShiftLimit::share_at_least, share_of(between(0, 1)),
                 "of all heads of the group", "none: no bound"),
       maybe_key("share_at_most", &ShiftLimit::share_at_most, share_of(between(0, 1)),
                 "of all heads of the group", "none: no bound")},
      {}};
}

}  // namespace

Kind<Shrinkage> shrinkage_kind() {
  return record_kind<Shrinkage>(
      {"a map with planned and unplanned",
       "shrinkage",
       {maybe_key("planned", &Shrinkage::planned, share_profile_kind(),
                  "share of the time at work that goes to training and meetings", "none"),
        optional_key("unplanned", &Shrinkage::unplanned, share(),
                     "share of shifts that nobody comes to")},
       {}});
}

Kind<Tours> tours_kind() {
  const Kind<SimDuration> week = duration(between(0, 7 * kDay));
  return record_kind<Tours>(
      {"a map with days and the rules of a week",
       "tours",
       {optional_key("days", &Tours::days, count(1, 7), "that a person works in a week"),
        maybe_key("min_days", &Tours::min_days, count(1, 7), "fewer may be worked, down to so many",
                  "none: exactly days"),
        optional_key("min_days_off_in_a_row", &Tours::min_days_off_in_a_row, count(1, 6),
                     "each stretch of days off lasts at least so long; the week repeats"),
        maybe_key("max_days_in_a_row", &Tours::max_days_in_a_row, count(1, 6),
                  "of work; the week repeats", "none: no limit"),
        maybe_key("min_hours", &Tours::min_hours, week, "least paid time of a week",
                  "none: no limit"),
        maybe_key("max_hours", &Tours::max_hours, week, "most paid time of a week",
                  "none: no limit"),
        maybe_key("max_nights", &Tours::max_nights, count(0, 7),
                  "shifts of a week that are on duty at any time from 00:00 to 05:00",
                  "none: no limit"),
        optional_key("weekends_off", &Tours::weekends_off, share_of(between(0, 1)),
                     "of the people, at least so many are off on Saturday and Sunday")},
       {}});
}

Field<World> pay_section() {
  return optional_key(
      "pay", &World::pay,
      named(rule_record(), &PayRule::name, name_rule(), "a map of names, with at least one", true),
      "What hours of shifts are paid beyond their wage.");
}

Field<World> labour_section() {
  return optional_key("labour", &World::labour, labour_kind(),
                      "Labour rules that shifts must keep, with their rates of pay.");
}

Field<World> limits_section() {
  return optional_key("limits", &World::limits,
                      named(limit_record(), &ShiftLimit::name, name_rule(),
                            "a map of names, with at least one", true),
                      "Limits over the shifts of a group that a plan must keep.");
}

}  // namespace callmill::files
