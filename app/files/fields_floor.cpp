// The floor: events that strike, and rules that answer.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

using Do = Action::Kind;

Kind<double> factor() {
  return number({0, 100, true, false});
}

template <class T>
Field<T> types_key(std::vector<CallerTypeId> T::*member) {
  return optional_key("callers", member,
                      list_of(reference<CallerTypeId>(), false, "a list of caller types"),
                      "these caller types; empty = all");
}

// A form of an action or event: its word, its help and its keys.
template <class T, class K>
Form<T> kind_form(const std::string& tag_key, const std::string& word, K kind, K T::*member,
                  const std::string& help, std::vector<Field<T>> fields) {
  return form<T, T>(
      tag_key, word, "", help, {help, "", std::move(fields), {}},
      [kind, member](T read, const Node&, Reader&, T& value) {
        value = std::move(read);
        value.*member = kind;
        return true;
      },
      [kind, member](const T& value) {
        return value.*member == kind ? std::optional{value} : std::nullopt;
      });
}

// A key of the notice that an action or an event holds.
template <class T, class V>
Field<T> notice_key(const std::string& name, V Notice::*member, const Kind<V>& kind,
                    const std::string& help) {
  Field<Notice> field = optional_key(name, member, kind, help);
  return {field.shape,
          [read = field.read](const Node& node, Reader& reader, T& value) {
            return read(node, reader, value.notice);
          },
          [write = field.write](const T& value, const Writer& writer) {
            return write(value.notice, writer);
          }};
}

template <class T>
std::vector<Field<T>> notice_fields() {
  Field<Notice> queue = maybe_key("queue", &Notice::queue, reference<QueueId>(),
                                  "played in front of this queue", "none: every queue");
  return {{queue.shape,
           [read = queue.read](const Node& node, Reader& reader, T& value) {
             return read(node, reader, value.notice);
           },
           [write = queue.write](const T& value, const Writer& writer) {
             return write(value.notice, writer);
           }},
          notice_key<T>("deflect", &Notice::deflect, share(),
                        "share that it answers; they hang up, served"),
          notice_key<T>("length", &Notice::length, duration(between(0, 3600)),
                        "of the recording, for those"),
          notice_key<T>("hang_up", &Notice::hang_up, share(),
                        "share that gives up at once when no agent is free")};
}

Form<Action> action(const std::string& word, Do kind, const std::string& help,
                    std::vector<Field<Action>> fields) {
  return kind_form<Action>("do", word, kind, &Action::kind, help, std::move(fields));
}

Field<Action> group_field(const std::string& help) {
  return required_key("group", &Action::group, reference<GroupId>(), help);
}
Field<Action> queue_field(const std::string& help) {
  return required_key("queue", &Action::queue, reference<QueueId>(), help);
}
Field<Action> limit_field(const std::string& help) {
  return optional_key("agents", &Action::agents, count(0, 1'000'000), help);
}
Field<Action> by_field(const std::string& help) {
  return required_key("by", &Action::by, duration({0, 86400, true, false}), help);
}

std::vector<Form<Action>> actions() {
  return {
      action("move_agents", Do::kMoveAgents,
             "agents work in another group and come back at the end; busy ones finish first",
             {required_key("agents", &Action::agents, count(1, 1'000'000), "how many"),
              required_key("from", &Action::group, reference<GroupId>(), "their group"),
              required_key("to", &Action::to, reference<GroupId>(), "where they work")}),
      action("open_step", Do::kOpenStep, "a step of a route that is closed until a rule opens it",
             {queue_field("whose route"), group_field("of the step")}),
      action("close_step", Do::kCloseStep, "a step of a route is closed while the rule is on",
             {queue_field("whose route"), group_field("of the step")}),
      action("delay_breaks", Do::kDelayBreaks, "breaks that would begin now begin later",
             {group_field("whose breaks"), by_field("how much later; they last as long")}),
      action("end_breaks", Do::kEndBreaks, "agents on break come back at once",
             {group_field("whose breaks")}),
      action("notice", Do::kNotice, "a recording plays in front of the queue",
             notice_fields<Action>()),
      action("shed", Do::kShed, "new calls are refused, so that the others are answered in time",
             {optional_key("share", &Action::share, share(), "of the calls"),
              types_key(&Action::types)}),
      action("stop_dialling", Do::kStopDialling, "idle agents do not dial",
             {group_field("that dials")}),
      action("start_dialling", Do::kStartDialling, "idle agents dial while the rule is on only",
             {group_field("that dials")}),
      action("overtime", Do::kOvertime, "agents due to leave stay longer",
             {group_field("of the agents"), by_field("how much longer"),
              limit_field("at the most; 0 = all"),
              maybe_key("cost", &Action::cost_per_hour, money("h"),
                        "of an agent, all that such an hour costs", "the group's wage")}),
      action("call_in", Do::kCallIn, "people who are not on the roster come",
             {group_field("with call_in"), limit_field("at the most; 0 = all")}),
      action("raise_queue", Do::kRaiseQueue, "free agents look at this queue first",
             {queue_field("to look at first")})};
}

Form<Event> event(const std::string& word, Event::Kind kind, const std::string& help,
                  std::vector<Field<Event>> own) {
  std::vector<Field<Event>> fields = {
      required_key("name", &Event::name, text(), "for reports"),
      required_key("at", &Event::at, time_of_day(between(0, kLongest)),
                   "when it begins, on each open day"),
      optional_key("day", &Event::day, text(),
                   "only on such days: a weekday, workday, weekend, a date or a kind of "
                   "days.special; empty = on each"),
      required_key("for", &Event::length, duration({0, kLongest, true, false}), "how long")};
  fields.insert(fields.end(), own.begin(), own.end());
  return kind_form<Event>("kind", word, kind, &Event::kind, help, std::move(fields));
}

Field<Event> groups_field(const std::string& help) {
  return optional_key("groups", &Event::groups,
                      list_of(reference<GroupId>(), false, "a list of groups"), help);
}

Kind<bool> cut_kind() {
  return word<bool>({{"cut", true}, {"finished", false}});
}

std::vector<Form<Event>> events() {
  return {event("surge", Event::Kind::kSurge, "callers ring more often, or less",
                {required_key("factor", &Event::factor, factor(), "times as many callers"),
                 types_key(&Event::types)}),
          event("slow_down", Event::Kind::kSlowDown, "a system is slow: each call takes longer",
                {optional_key("talk", &Event::talk, factor(), "times as long"),
                 optional_key("wrap", &Event::wrap, factor(), "times as long"),
                 types_key(&Event::types), groups_field("with these agents; empty = all")}),
          event("site_loss", Event::Kind::kSiteLoss,
                "agents drop out at once, and come back at the end",
                {groups_field("of these groups; empty = all"),
                 optional_key("share", &Event::share, share(), "of each group, rounded up"),
                 optional_key("calls", &Event::cut, cut_kind(),
                              "break off, or are finished before the agent drops out")}),
          event("notice", Event::Kind::kNotice, "a recording plays in front of the queue",
                notice_fields<Event>()),
          event("system_down", Event::Kind::kSystemDown, "self-service fails",
                {optional_key("share", &Event::share, share(), "of the dialogues"),
                 maybe_key("queue", &Event::queue, reference<QueueId>(),
                           "where those callers wait instead", "none: they hang up")})};
}

Record<Rule> rule_record() {
  return {"a map with the keys of a rule",
          "rule",
          {required_key("name", &Rule::name, text(), "for reports"),
           required_key("when", &Rule::when, conditions_kind(), "fires once all of these hold"),
           required_key("then", &Rule::then,
                        list_of(either<Action>("an action such as {do: shed, share: 50%}", "action",
                                               "do", std::nullopt, actions()),
                                true, "a list of actions, at least one"),
                        "what it does while it is on"),
           optional_key("until", &Rule::until, conditions_kind(),
                        "ends once all of these hold; with neither until nor for: once when fails"),
           optional_key("for", &Rule::lasts, duration(between(0, kLongest)),
                        "ends after this long at the latest; 0s = no limit"),
           optional_key("every", &Rule::every, duration(between(1, 86400)),
                        "how often the conditions are looked at, from opening time on"),
           optional_key("cooldown", &Rule::cooldown, duration(between(0, kLongest)),
                        "after its end it does not fire for this long"),
           optional_key("at_most", &Rule::at_most, count_as<std::uint32_t>(0, 1'000'000),
                        "times a day; 0 = no limit")},
          {}};
}

}  // namespace

Kind<CallIn> call_in_kind() {
  return record_kind<CallIn>(
      {"a map with the keys of call_in",
       "call_in",
       {required_key("agents", &CallIn::agents, count(1, 1'000'000), "how many can be called"),
        optional_key("delay", &CallIn::delay, law_kind(), "until they take calls"),
        optional_key("stays", &CallIn::stays, duration(between(0, kLongest)),
                     "how long; 0s = until the rule ends"),
        maybe_key("cost", &CallIn::cost_per_hour, money("h"),
                  "of a person from arrival on, all that such an hour costs", "the group's wage")},
       {}});
}

Field<World> events_section() {
  return optional_key("events", &World::events,
                      list_of(either<Event>("an event such as {kind: surge, ...}", "event", "kind",
                                            std::nullopt, events()),
                              false, "a list of events"),
                      "What strikes the centre at a time of day.");
}

Field<World> rules_section() {
  return optional_key("rules", &World::rules,
                      list_of(record_kind(rule_record()), false, "a list of rules"),
                      "Floor control: what is done when indicators say so.");
}

}  // namespace callmill::files
