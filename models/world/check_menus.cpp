#include <algorithm>
#include <cmath>
#include <cstddef>

#include "models/world/findings.h"

namespace callmill {
namespace {

constexpr double kShareSlack = 1e-6;

void check_sum(Findings& f, const std::string& path, const char* what, double sum,
               const char* help) {
  if (std::abs(sum - 1) > kShareSlack)
    f.found(path, "share-sum",
            fmt::format("{} to {:.6g}%; they must add up to 100%", what, sum * 100), help);
}

void check_variant(Findings& f, const Menu& menu, const MenuVariant& variant,
                   const std::string& here) {
  for (std::size_t i = 0; i < variant.callers.size(); ++i)
    f.exists(variant.callers[i], f.world.caller_types, fmt::format("{}.callers[{}]", here, i));
  if (variant.from.has_value() != variant.to.has_value())
    f.found(here, "variant", "needs both from and to, or neither");
  else if (variant.from && *variant.from == *variant.to)
    f.found(here + ".to", "variant", "is the same time as from",
            "without from and to it holds all day", {here + ".from"});
  double sum = 0;
  for (const KeyShare& share : variant.shares) {
    sum += share.share.value();
    if (std::none_of(menu.options.begin(), menu.options.end(),
                     [&](const MenuOption& option) { return option.key == share.key; }))
      f.found(here + ".shares." + share.key, "unknown-name",
              fmt::format("is no option of {}", menu.name), "", {place("menus", menu, "options")});
  }
  check_sum(f, here + ".shares", "add up", sum, "an option that is left out has 0%");
}

void check_menu(Findings& f, const Menu& menu) {
  f.check_law(place("menus", menu, "prompt"), menu.prompt);
  const std::string path = place("menus", menu, "options");
  double sum = 0;
  for (const MenuOption& option : menu.options) {
    sum += option.share.value();
    f.check_destination(fmt::format("{}.{}.to", path, option.key), option.to);
  }
  check_sum(f, path, "have shares that add up", sum,
            "everybody who presses a right key takes an option");
  if (menu.no_key.value() + menu.wrong_key.value() > 1)
    f.found(place("menus", menu, "wrong_key"), "share-sum",
            fmt::format("and no_key are {:.6g}% together; they are shares of the same callers",
                        (menu.no_key.value() + menu.wrong_key.value()) * 100),
            "", {place("menus", menu, "no_key")});
  f.check_destination(place("menus", menu, "otherwise"), menu.otherwise);
  for (std::size_t i = 0; i < menu.variants.size(); ++i)
    check_variant(f, menu, menu.variants[i],
                  fmt::format("{}[{}]", place("menus", menu, "variants"), i));
}

// All menus that a menu leads to, each with the path of the field that says so.
struct Way {
  std::size_t menu;
  std::string path;
};
void add_ways(const World& world, const Destination& to, const std::string& path,
              std::vector<Way>& ways) {
  if (to.kind == Destination::Kind::kMenu && to.menu.index() < world.menus.size())
    ways.push_back({to.menu.index(), path + ".menu"});
  for (const Destination& otherwise : to.otherwise)
    add_ways(world, otherwise, path + ".otherwise", ways);
}
std::vector<Way> ways_from(const World& world, const Menu& menu) {
  std::vector<Way> ways;
  for (const MenuOption& option : menu.options)
    add_ways(world, option.to, fmt::format("{}.{}.to", place("menus", menu, "options"), option.key),
             ways);
  add_ways(world, menu.otherwise, place("menus", menu, "otherwise"), ways);
  return ways;
}

enum class State : std::uint8_t { kNew, kOnWay, kDone };

// Depth first; a menu that is met again on the way down closes a cycle. `state` of each menu.
void walk(Findings& f, std::size_t root, std::vector<State>& state) {
  struct Frame {
    std::size_t menu, next;
    std::vector<Way> ways;
  };
  if (state[root] != State::kNew) return;
  std::vector<Frame> way{{root, 0, ways_from(f.world, f.world.menus[root])}};
  state[root] = State::kOnWay;
  while (!way.empty()) {
    Frame& frame = way.back();
    if (frame.next == frame.ways.size()) {
      state[frame.menu] = State::kDone;
      way.pop_back();
      continue;
    }
    const Way step = frame.ways[frame.next++];
    if (state[step.menu] == State::kNew) {
      state[step.menu] = State::kOnWay;
      way.push_back({step.menu, 0, ways_from(f.world, f.world.menus[step.menu])});
    } else if (state[step.menu] == State::kOnWay) {
      std::string circle;
      const auto begin = std::find_if(way.begin(), way.end(),
                                      [&](const Frame& at) { return at.menu == step.menu; });
      for (auto at = begin; at != way.end(); ++at) circle += f.world.menus[at->menu].name + " > ";
      f.found(step.path, "menu-cycle",
              fmt::format("leads in a circle: {}{}", circle, f.world.menus[step.menu].name),
              "menus form a tree; end it in a queue or hang_up");
    }
  }
}

}  // namespace

void check_menus(Findings& f) {
  for (const Menu& menu : f.world.menus) check_menu(f, menu);
  std::vector<State> state(f.world.menus.size(), State::kNew);
  for (std::size_t m = 0; m < f.world.menus.size(); ++m) walk(f, m, state);
}

}  // namespace callmill
