// The IVR: menus, and where a call can be sent.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

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

}  // namespace

Kind<Destination> enters_kind() {
  return either<Destination>("{queue: name} or {menu: name}", "", "", std::nullopt,
                             queue_and_menu());
}
Field<World> menus_section() {
  return section("menus", &World::menus, menu_record(), false,
                 "Voice menus. Callers hear the prompt, hang up or take an option.");
}

}  // namespace callmill::files
