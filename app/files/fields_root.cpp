// The file as a whole.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

template <class T>
Field<T> version_key() {
  Shape shape;
  shape.words = "1";
  shape.scalars = {{"integer", "", {}, 1.0, 1.0, {}, {}}};
  return {{"version", "of this grammar", true, "", shape},
          [](const Node& node, Reader& reader, T&) {
            if (node.is_plain("1")) return true;
            reader.wrong(node, {"version", "must be 1, the only one that this callmill reads", ""});
            return false;
          },
          [](const T&, const Writer&) { return Node::scalar("1"); }};
}

Field<World> day_key() {
  const Kind<SimDuration> time = time_of_day(between(0, kLongest));
  Field<World> field = optional_key(
      "day", &World::day,
      record_kind<Day>(
          {"a map with the keys of the day",
           "day",
           {optional_key("opens", &Day::opens, time, "start of the simulated span"),
            optional_key("closes", &Day::closes, time, "its end; beyond 24:00 for longer spans"),
            optional_key("interval", &Day::interval, duration(between(1, kLongest)),
                         "of reports and plans; divides the span"),
            optional_key("warm_up", &Day::warm_up, duration(between(0, kLongest)),
                         "calls that arrive before opens + warm_up are run but not counted"),
            optional_key("at_close", &Day::at_close,
                         word<AtClose>({{"serve", AtClose::kServe}, {"clear", AtClose::kClear}}),
                         "whoever waits at closing time is served, or disconnected")},
           {}}),
      "The open hours.");
  const auto read = field.read;
  field.read = [read](const Node& node, Reader& reader, World& world) {
    const bool ok = read(node, reader, world);
    // Profiles are read against the day; a wrong one must not make them all wrong too.
    if (ok && world.day.length() > SimDuration::zero()) reader.day = world.day;
    return ok;
  };
  return field;
}

Field<World> busyness_key() {
  return group_key<World>(
      "busyness",
      {"a map with cv",
       "",
       {optional_key(
           "cv", &World::busyness_cv, share_of(between(0, 1)),
           "standard deviation of a day's factor that multiplies all volumes; its mean is 1")},
       {}},
      false, "Days differ: some are busier all day long. Drawn for each day.");
}

}  // namespace

NameRule name_rule() {
  return {kNamePattern, "names are letters, digits, - and _", is_name};
}

const Record<World>& root_record() {
  static const Record<World> record{
      "a map with the keys of a scenario",
      "",
      {version_key<World>(),
       optional_key("name", &World::name, text(), "of the scenario, for reports"),
       optional_key("description", &World::description, text(), "for people"),
       day_key(),
       days_section(),
       busyness_key(),
       max_waiting_key(),
       lines_section(),
       callers_section(),
       menus_section(),
       ivr_section(),
       queues_section(),
       groups_section(),
       roster_section(),
       campaigns_section(),
       events_section(),
       rules_section(),
       shifts_section(),
       limits_section(),
       pay_section(),
       labour_section(),
       targets_section(),
       satisfaction_section(),
       costs_section(),
       actual_section(),
       study_section()},
      {}};
  return record;
}

const Record<Derived>& derived_record() {
  Shape anything;
  anything.form = Shape::Form::kAnything;
  anything.words = "any value of the field; null takes the field away";
  Shape patches;
  patches.form = Shape::Form::kNamed;
  patches.words = "a map from paths to values";
  patches.parts = {anything};
  const Kind<Node> set{patches,
                       [patches](const Node& node, Reader& reader, Node& value) {
                         if (!expect_map(node, reader, patches)) return false;
                         value = node;
                         return true;
                       },
                       [](const Node& value, const Writer&) { return value; }};
  static const Record<Derived> record{
      "a map with the keys of a derived scenario",
      "",
      {version_key<Derived>(),
       optional_key("name", &Derived::name, text(), "of the scenario, for reports"),
       optional_key("description", &Derived::description, text(), "for people"),
       required_key("base", &Derived::base, text(),
                    "the scenario that this one changes, relative to this file"),
       optional_key("set", &Derived::set, set,
                    "changes, applied in order: callers.resident.patience.mean: 90s")},
      {}};
  return record;
}

}  // namespace callmill::files
