#include <algorithm>
#include <cmath>
#include <cstddef>

#include "models/world/findings.h"

namespace callmill {
namespace {

constexpr double kShareSlack = 1e-6;

void check_menu(Findings& f, const Menu& menu) {
  f.check_law(place("menus", menu, "prompt"), menu.prompt);
  const std::string path = place("menus", menu, "options");
  double sum = 0;
  for (const MenuOption& option : menu.options) {
    sum += option.share.value();
    f.check_destination(fmt::format("{}.{}.to", path, option.key), option.to);
  }
  if (std::abs(sum - 1) > kShareSlack)
    f.found(path, "share-sum",
            fmt::format("have shares that add up to {:.6g}%; they must add up to 100%", sum * 100),
            "of the callers who do not hang up, everybody takes an option");
}

enum class State : std::uint8_t { kNew, kOnWay, kDone };

// Depth first; a menu that is met again on the way down closes a cycle. `state` of each menu.
void walk(Findings& f, std::size_t root, std::vector<State>& state) {
  struct Frame {
    std::size_t menu, option;
  };
  if (state[root] != State::kNew) return;
  std::vector<Frame> way{{root, 0}};
  state[root] = State::kOnWay;
  while (!way.empty()) {
    const std::size_t from = way.back().menu;
    const Menu& menu = f.world.menus[from];
    if (way.back().option == menu.options.size()) {
      state[from] = State::kDone;
      way.pop_back();
      continue;
    }
    const MenuOption& option = menu.options[way.back().option++];
    if (option.to.kind != Destination::Kind::kMenu ||
        option.to.menu.index() >= f.world.menus.size())
      continue;
    const std::size_t next = option.to.menu.index();
    if (state[next] == State::kNew) {
      state[next] = State::kOnWay;
      way.push_back({next, 0});
    } else if (state[next] == State::kOnWay) {
      std::string circle;
      const auto begin = std::find_if(way.begin(), way.end(),
                                      [&](const Frame& frame) { return frame.menu == next; });
      for (auto frame = begin; frame != way.end(); ++frame)
        circle += f.world.menus[frame->menu].name + " > ";
      f.found(fmt::format("{}.{}.to.menu", place("menus", menu, "options"), option.key),
              "menu-cycle",
              fmt::format("leads in a circle: {}{}", circle, f.world.menus[next].name),
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
