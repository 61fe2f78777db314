// The centre itself: lines, callers, menus, queues, groups.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

constexpr std::int64_t kMostLines = 1'000'000;

// `queue: name`, `menu: name` and the rest: one form a kind of destination.
template <class V>
Form<Destination> to_form(std::string key, Destination::Kind kind, V Destination::*member,
                          Kind<V> value, const std::string& help) {
  return form<Destination, Destination>(
      "", "", key, help, {help, "", {required_key(key, member, std::move(value), help)}, {}},
      [kind](Destination read, const Node&, Reader&, Destination& to) {
        to = std::move(read);
        to.kind = kind;
        return true;
      },
      [kind](const Destination& to) { return to.kind == kind ? std::optional{to} : std::nullopt; });
}

std::vector<Form<Destination>> queue_and_menu() {
  return {to_form("queue", Destination::Kind::kQueue, &Destination::queue, reference<QueueId>(),
                  "wait for an agent"),
          to_form("menu", Destination::Kind::kMenu, &Destination::menu, reference<MenuId>(),
                  "hear a menu")};
}

Kind<Destination> enters_kind() {
  return either<Destination>("{queue: name} or {menu: name}", "", "", std::nullopt,
                             queue_and_menu());
}

Kind<Destination> option_target_kind() {
  std::vector<Form<Destination>> forms = queue_and_menu();
  forms.push_back(to_form("self_service", Destination::Kind::kSelfService,
                          &Destination::self_service_time, law_kind(),
                          "the machine serves the call, this long"));
  const Kind<Destination::Kind> word_kind =
      word<Destination::Kind>({{"hang_up", Destination::Kind::kHangUp}});
  const Kind<Destination> hang_up{word_kind.shape,
                                  [word_kind](const Node& node, Reader& reader, Destination& to) {
                                    to = Destination{};
                                    return word_kind.read(node, reader, to.kind);
                                  },
                                  [word_kind](const Destination& to, const Writer& writer) {
                                    return word_kind.write(to.kind, writer);
                                  }};
  return either<Destination>("{queue: name}, {menu: name}, {self_service: law} or hang_up",
                             "destination", "", hang_up, std::move(forms));
}

Kind<Redial> redial_kind() {
  return record_kind<Redial>(
      {"how callers try again",
       "redial",
       {optional_key("after_block", &Redial::after_block, share(),
                     "chance to call again after no line was free"),
        optional_key("after_abandon", &Redial::after_abandon, share(),
                     "chance to call again after hanging up"),
        optional_key("delay", &Redial::delay, law_kind(), "until the next try"),
        optional_key("max_attempts", &Redial::max_attempts, count_as<std::uint32_t>(1, 100),
                     "calls of a caller at the most, the first included; 1 = never redials")},
       {}});
}

Kind<Dialling> dialling_kind() {
  return record_kind<Dialling>(
      {"what idle agents dial",
       "dialling",
       {optional_key("pause", &Dialling::pause, law_kind(),
                     "between becoming idle and the next dial"),
        optional_key("reached", &Dialling::reached, share(), "share of dials that reach somebody"),
        optional_key("talk", &Dialling::talk, law_kind(), "dialling, ringing and talking"),
        optional_key("wrap", &Dialling::wrap, law_kind(), "after-call work")},
       {}});
}

Record<CallerType> caller_record() {
  return {"a map with the keys of a caller type",
          "caller",
          {required_key("volume", &CallerType::volume, volume_kind(),
                        "expected fresh calls by the time of day"),
           required_key("lines", &CallerType::trunks, reference<TrunkGroupId>(),
                        "the line group they come in on"),
           required_key("enters", &CallerType::enters, enters_kind(), "where a call goes first"),
           optional_key("priority", &CallerType::priority, count_as<std::int32_t>(-1000, 1000),
                        "higher is answered first"),
           maybe_key("patience", &CallerType::patience, law_kind(),
                     "time in the queue until they hang up", "none: they wait for ever"),
           optional_key("balk", &CallerType::balk, share(),
                        "share that hangs up at once when no agent is free"),
           optional_key("talk", &CallerType::talk, law_kind(), "time with the agent"),
           optional_key("wrap", &CallerType::wrap, law_kind(),
                        "after-call work; the line is free, the agent is not"),
           maybe_key("talk_factor", &CallerType::talk_factor, factor_kind(),
                     "multiplies talk by the time of day in which it starts", "none"),
           optional_key("redial", &CallerType::redial, redial_kind(), "how they try again")},
          {}};
}

Record<MenuOption> option_record() {
  return {"a map with share and to",
          "option",
          {required_key("share", &MenuOption::share, share(),
                        "of the callers who take an option; the shares of a menu add up to 100%"),
           required_key("to", &MenuOption::to, option_target_kind(), "where it leads")},
          {}};
}

NameRule key_rule() {
  return {"^([*#]|[A-Za-z0-9_\\u0080-\\uFFFF-]+)$",
          "keys of a menu are letters, digits, -, _, * or #", is_menu_key};
}

Record<Menu> menu_record() {
  return {"a map with the keys of a menu",
          "menu",
          {optional_key("prompt", &Menu::prompt, law_kind(), "how long it talks"),
           optional_key("hang_up", &Menu::hang_up, share(), "share that hangs up at its end"),
           Field<Menu>(required_key("options", &Menu::options,
                                    named(option_record(), &MenuOption::key, key_rule(),
                                          "a map of the keys to press, with at least one", true),
                                    "what a caller can press"))},
          {}};
}

Record<Queue> queue_record() {
  const Record<RouteStep> step{
      "a map with group and after",
      "route_step",
      {required_key("group", &RouteStep::group, reference<GroupId>(), "who may answer"),
       optional_key("after", &RouteStep::after, duration(between(0, kLongest)),
                    "once a call has waited this long")},
      {}};
  return {"a map with the keys of a queue",
          "queue",
          {optional_key("answer_within", &Queue::answer_within, duration(between(0, kLongest)),
                        "the time of the service level"),
           required_key("route", &Queue::route,
                        list_of(record_kind(step), true, "a list of steps, at least one"),
                        "groups in the order in which they are tried")},
          {}};
}

Record<AgentGroup> group_record() {
  return {"a map with the keys of a group",
          "group",
          {optional_key("kind", &AgentGroup::kind,
                        word<GroupKind>({{"inbound", GroupKind::kInbound},
                                         {"flex", GroupKind::kFlex},
                                         {"outbound", GroupKind::kOutbound}}),
                        "inbound answers, outbound dials, flex dials when no call waits"),
           maybe_key("staff", &AgentGroup::staff, staff_kind(), "agents on duty by the time of day",
                     "none: plan staffs it with shifts"),
           optional_key("takes", &AgentGroup::takes,
                        list_of(reference<QueueId>(), false, "a list of queues"),
                        "queues in the order in which a free agent looks; empty = all routed to "
                        "it, by priority, "
                        "then longest waiting"),
           maybe_key("dialling", &AgentGroup::dialling, dialling_kind(), "what idle agents dial",
                     "none"),
           optional_key("wage", &AgentGroup::wage_per_hour, money("h"), "of an agent on duty")},
          {}};
}

Record<TrunkGroup> lines_record() {
  return {"a map with the keys of a line group",
          "line_group",
          {maybe_key("lines", &TrunkGroup::lines, count(1, kMostLines),
                     "how many calls it holds at once", "none: plan sizes it"),
           optional_key("rent", &TrunkGroup::rent_per_day, money("day"), "of one line")},
          {}};
}

template <class T>
Field<World> section(const std::string& key, std::vector<T> World::*member, Record<T> record,
                     bool required, const std::string& help) {
  const Kind<std::vector<T>> kind =
      named(std::move(record), &T::name, name_rule(), "a map of names, with at least one", true);
  return required ? required_key(key, member, kind, help) : optional_key(key, member, kind, help);
}

}  // namespace

Field<World> lines_section() {
  return section(
      "lines", &World::trunks, lines_record(), true,
      "Line groups (trunks). A line is held from the first ring to the caller's hang-up.");
}
Field<World> callers_section() {
  return section("callers", &World::caller_types, caller_record(), true,
                 "Who calls, how often and how patiently.");
}
Field<World> menus_section() {
  return section("menus", &World::menus, menu_record(), false,
                 "Voice menus. Callers hear the prompt, hang up or take an option.");
}
Field<World> queues_section() {
  return section("queues", &World::queues, queue_record(), false,
                 "Where callers wait, and who answers them.");
}
Field<World> groups_section() {
  return section("groups", &World::groups, group_record(), false,
                 "Groups of agents with the same skills.");
}

}  // namespace callmill::files
