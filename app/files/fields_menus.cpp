// The IVR: menus, and where a call can be sent.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

// `queue: name`, `menu: name` and the rest: one form a kind of destination.
Form<Destination> to_form(const std::string& key, Destination::Kind kind, const std::string& help,
                          std::vector<Field<Destination>> fields) {
  return form<Destination, Destination>(
      "", "", key, help, {help, "", std::move(fields), {}},
      [kind](Destination read, const Node&, Reader&, Destination& to) {
        to = std::move(read);
        to.kind = kind;
        return true;
      },
      [kind](const Destination& to) { return to.kind == kind ? std::optional{to} : std::nullopt; });
}
Form<Destination> queue_form() {
  const std::string help = "wait for an agent";
  return to_form("queue", Destination::Kind::kQueue, help,
                 {required_key("queue", &Destination::queue, reference<QueueId>(), help)});
}
Form<Destination> menu_form() {
  const std::string help = "hear a menu";
  return to_form("menu", Destination::Kind::kMenu, help,
                 {required_key("menu", &Destination::menu, reference<MenuId>(), help)});
}

Kind<Destination> hang_up_kind() {
  const Kind<Destination::Kind> word_kind =
      word<Destination::Kind>({{"hang_up", Destination::Kind::kHangUp}});
  return {word_kind.shape,
          [word_kind](const Node& node, Reader& reader, Destination& to) {
            to = Destination{};
            return word_kind.read(node, reader, to.kind);
          },
          [word_kind](const Destination& to, const Writer& writer) {
            return word_kind.write(to.kind, writer);
          }};
}

// Where a call goes on that was not served, or heard the menu for the last time.
Kind<Destination> onward_kind() {
  return either<Destination>("{queue: name}, {menu: name} or hang_up", "onward", "", hang_up_kind(),
                             {queue_form(), menu_form()});
}
Kind<Destination> queue_kind() {
  return either<Destination>("{queue: name}", "", "", std::nullopt, {queue_form()});
}

// The one place of Destination::otherwise.
Field<Destination> otherwise_key(bool required, const Kind<Destination>& kind,
                                 const std::string& help) {
  return {{"otherwise", help, required, required ? "" : "hang_up", kind.shape},
          [kind](const Node& node, Reader& reader, Destination& to) {
            to.otherwise.assign(1, Destination{});
            return kind.read(node, reader, to.otherwise[0]);
          },
          [kind](const Destination& to, const Writer& writer) {
            return to.otherwise.empty() ? Node{} : kind.write(to.otherwise[0], writer);
          }};
}

Form<Destination> self_service_form() {
  const std::string help = "the machine serves the call, this long";
  return to_form("self_service", Destination::Kind::kSelfService, help,
                 {required_key("self_service", &Destination::self_service_time, law_kind(), help),
                  optional_key("served", &Destination::served, share(), "share that it serves"),
                  otherwise_key(false, onward_kind(), "where the others go on")});
}
Form<Destination> agent_form() {
  const std::string help = "ask for one agent by name";
  return to_form(
      "agent", Destination::Kind::kAgent, help,
      {group_key<Destination>(
           "agent",
           {"a map with group, number and hold",
            "",
            {required_key("group", &Destination::group, reference<GroupId>(),
                          "where the agent works"),
             required_key("number", &Destination::number, count(1, 1'000'000),
                          "which of the group, from 1"),
             optional_key("hold", &Destination::hold, duration(between(0, kLongest)),
                          "how long the call waits for a busy agent alone, "
                          "before it waits for all")},
            {}},
           true, help),
       otherwise_key(true, queue_kind(), "where the call waits when the agent is not free")});
}

Form<Destination> contact_form() {
  const std::string help = "the call ends; the caller goes on by chat or message";
  return to_form("contact", Destination::Kind::kContact, help,
                 {required_key("contact", &Destination::type, reference<CallerTypeId>(), help)});
}

Kind<Destination> option_target_kind() {
  return either<Destination>(
      "{queue: name}, {menu: name}, {self_service: law}, {agent: {group, number}}, "
      "{contact: callers} or hang_up",
      "destination", "", hang_up_kind(),
      {queue_form(), menu_form(), self_service_form(), agent_form(), contact_form()});
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

// `shares: {"1": 30%, "2": 70%}`.
Kind<std::vector<KeyShare>> key_shares_kind() {
  const Kind<Probability> one = share();
  Shape shape;
  shape.form = Shape::Form::kNamed;
  shape.words = "a map from keys to shares, with at least one";
  shape.key_pattern = key_rule().pattern;
  shape.not_empty = true;
  shape.parts.push_back(one.shape);
  return {shape,
          [one, shape](const Node& node, Reader& reader, std::vector<KeyShare>& shares) {
            if (!expect_map(node, reader, shape)) return false;
            bool ok = true;
            for (const Entry& entry : node.entries) {
              const Reader::Scope scope{reader, entry.key, entry.value.place};
              KeyShare share{entry.key, Probability{}};
              ok = one.read(entry.value, reader, share.share) && ok;
              shares.push_back(std::move(share));
            }
            return ok;
          },
          [one](const std::vector<KeyShare>& shares, const Writer& writer) {
            std::vector<Entry> entries;
            for (const KeyShare& share : shares)
              entries.push_back({share.key, {}, one.write(share.share, writer)});
            return entries.empty() ? Node{} : Node::map(std::move(entries));
          }};
}

Record<MenuVariant> variant_record() {
  const Kind<SimDuration> time = time_of_day(between(0, 86400));
  return {"a map with shares, and for whom and when they hold",
          "menu_variant",
          {optional_key("callers", &MenuVariant::callers,
                        list_of(reference<CallerTypeId>(), true, "a list of caller types"),
                        "whose shares they are; left out: everybody's"),
           maybe_key("from", &MenuVariant::from, time, "time of every day from which they hold",
                     "all day"),
           maybe_key("to", &MenuVariant::to, time,
                     "until when; before `from` means: of the next morning", "all day"),
           required_key("shares", &MenuVariant::shares, key_shares_kind(),
                        "share of each option; one that is left out has 0%")},
          {}};
}

Record<Menu> menu_record() {
  return {"a map with the keys of a menu",
          "menu",
          {optional_key("prompt", &Menu::prompt, law_kind(), "how long it talks"),
           optional_key("hang_up", &Menu::hang_up, share(), "share that hangs up at its end"),
           Field<Menu>(required_key("options", &Menu::options,
                                    named(option_record(), &MenuOption::key, key_rule(),
                                          "a map of the keys to press, with at least one", true),
                                    "what a caller can press")),
           optional_key("no_key", &Menu::no_key, share(),
                        "of those who stay, share that presses nothing"),
           optional_key("key_wait", &Menu::key_wait, duration(between(0, 3600)),
                        "how long the menu waits for a key before it repeats the prompt"),
           optional_key("wrong_key", &Menu::wrong_key, share(),
                        "of those who stay, share that presses a key that is no option"),
           optional_key("max_tries", &Menu::max_tries, count(1, 100),
                        "how often a caller hears the prompt at the most"),
           optional_key("otherwise", &Menu::otherwise, onward_kind(),
                        "where a caller goes after the last try without a right key"),
           optional_key("variants", &Menu::variants,
                        list_of(record_kind(variant_record()), false, "a list of variants"),
                        "other shares for some callers or hours; the first that fits holds")},
          {}};
}

}  // namespace

Kind<Destination> enters_kind() {
  return either<Destination>("{queue: name}, {menu: name} or {agent: {group, number}}", "enters",
                             "", std::nullopt, {queue_form(), menu_form(), agent_form()});
}
Field<World> menus_section() {
  return section("menus", &World::menus, menu_record(), false,
                 "Voice menus. Callers hear the prompt, hang up or take an option.");
}
Field<World> ivr_section() {
  return optional_key(
      "ivr", &World::ivr,
      record_kind<Ivr>({"a map with ports and rent",
                        "ivr",
                        {maybe_key("ports", &Ivr::ports, count(1, 1'000'000),
                                   "calls in menus and self-service at once; a caller who finds "
                                   "none free is blocked",
                                   "as many as there are lines"),
                         optional_key("rent", &Ivr::rent_per_day, money("day"),
                                      "of one port; where it is given, plan chooses how many")},
                        {}}),
      "The platform that plays the menus.");
}

}  // namespace callmill::files
