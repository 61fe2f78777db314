// Menus and queues that nobody comes to, groups that nothing comes to, hours of menus when the
// centre is shut.

#include <algorithm>
#include <vector>

#include "models/world/no_effect_parts.h"

namespace callmill {
namespace {

// Which menus, queues and groups something leads to. Menus that only menus without a way in lead to
// are reached by none.
struct Reached {
  std::vector<char> menus, queues, groups;

  explicit Reached(const World& world)
      : menus(world.menus.size()), queues(world.queues.size()), groups(world.groups.size()) {
    for (const CallerType& type : world.caller_types) go(world, type.enters);
    for (const Campaign& campaign : world.campaigns) mark(queues, campaign.queue);
    for (const Event& event : world.events)
      if (event.queue) mark(queues, *event.queue);
    for (const Queue& queue : world.queues)
      for (const RouteStep& step : queue.route) mark(groups, step.group);
    for (const Rule& rule : world.rules)
      for (const Action& action : rule.then)
        if (action.kind == Action::Kind::kMoveAgents) mark(groups, action.group);
  }

 private:
  // True when it was not marked before.
  template <class IdType>
  static bool mark(std::vector<char>& all, IdType id) {
    if (!id.valid() || id.index() >= all.size() || all[id.index()] != 0) return false;
    return (all[id.index()] = 1) != 0;
  }
  void go(const World& world, const Destination& to) {
    if (to.kind == Destination::Kind::kQueue) mark(queues, to.queue);
    if (to.kind == Destination::Kind::kAgent) mark(groups, to.group);
    if (to.kind == Destination::Kind::kMenu && mark(menus, to.menu)) {
      const Menu& menu = world.menus[to.menu.index()];
      for (const MenuOption& option : menu.options) go(world, option.to);
      go(world, menu.otherwise);
    }
    for (const Destination& next : to.otherwise) go(world, next);
  }
};

void check_menu(Findings& f, const Menu& menu) {
  const Day& day = f.world.day;
  for (std::size_t i = 0; i < menu.variants.size(); ++i) {
    const MenuVariant& variant = menu.variants[i];
    if (!variant.from || !variant.to || *variant.from == *variant.to) continue;
    const Idle idle{f, fmt::format("{}[{}]", place("menus", menu, "variants"), i)};
    idle(!within_open_hours(day, *variant.from, *variant.to), "from",
         fmt::format("is {} and to {}; the centre is open from {} to {}",
                     time_in_words(*variant.from), time_in_words(*variant.to),
                     time_in_words(day.opens), time_in_words(day.closes)),
         "", {"day"});
  }
}

}  // namespace

void find_idle_ways(Findings& f) {
  const Reached reached{f.world};
  const auto report = [&](const char* section, const auto& all, const std::vector<char>& is_reached,
                          const char* why, const char* help) {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (is_reached[i] == 0) f.found(place(section, all[i]), "unreached", why, help);
  };
  report("menus", f.world.menus, reached.menus, "is heard by nobody: no caller comes here",
         "name it in enters of callers, or in a menu's options");
  report("queues", f.world.queues, reached.queues, "is empty all day: nobody comes here",
         "name it in enters of callers, in a menu, or in a campaign");
  for (std::size_t g = 0; g < f.world.groups.size(); ++g) {
    const AgentGroup& group = f.world.groups[g];
    if (reached.groups[g] == 0 && !group.dialling)
      f.found(place("groups", group), "unreached", "has nothing to do: no queue's route leads here",
              fmt::format("add {{group: {}}} to a route", group.name));
  }
  for (const Menu& menu : f.world.menus) check_menu(f, menu);
  if (f.world.ivr.ports && f.world.menus.empty())
    f.found("ivr.ports", "no-effect", "are of menus; this scenario has none");
  if (f.world.ivr.rent_per_day > 0 && f.world.menus.empty())
    f.found("ivr.rent", "no-effect", "is of ports of menus; this scenario has none");
}

}  // namespace callmill
