#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

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

// Finds menus that some callers never leave. A menu under one set of shares (its own, or a
// variant's) has a way out when it ends calls itself or leads to a menu that has one; a menu has
// one when it does under each set.
class WaysOut {
 public:
  explicit WaysOut(const World& world)
      : world_{world}, open_(world.menus.size(), 0), leads_here_(world.menus.size()) {
    for (std::size_t m = 0; m < world.menus.size(); ++m) {
      const Menu& menu = world.menus[m];
      open_[m] = 1 + menu.variants.size();
      std::vector<double> own;
      for (const MenuOption& option : menu.options) own.push_back(option.share.value());
      add(m, own);
      for (const MenuVariant& variant : menu.variants) add(m, shares_of(menu, variant));
    }
    while (!found_.empty()) {
      const std::size_t menu = found_.back();
      found_.pop_back();
      const std::vector<std::size_t> before = std::move(leads_here_[menu]);
      for (const std::size_t set : before) leave(set);
    }
  }
  bool has_one(std::size_t menu) const { return open_[menu] == 0; }

 private:
  static std::vector<double> shares_of(const Menu& menu, const MenuVariant& variant) {
    std::vector<double> shares(menu.options.size(), 0.0);
    for (std::size_t i = 0; i < shares.size(); ++i)
      for (const KeyShare& key : variant.shares)
        if (key.key == menu.options[i].key) shares[i] = key.share.value();
    return shares;
  }

  void add(std::size_t menu_index, const std::vector<double>& shares) {
    const Menu& menu = world_.menus[menu_index];
    const std::size_t set = sets_.size();
    sets_.push_back({menu_index, false});
    const double no_choice = menu.no_key.value() + menu.wrong_key.value();
    bool ends = menu.hang_up.value() > 0;
    for (std::size_t i = 0; i < shares.size(); ++i)
      if (shares[i] > 0 && no_choice < 1) ends = follow(menu.options[i].to, set) || ends;
    if (no_choice > 0) ends = follow(menu.otherwise, set) || ends;
    if (ends) leave(set);
  }

  // Whether some calls end there without another menu; a menu is noted down.
  bool follow(const Destination& to, std::size_t set) {
    if (to.kind == Destination::Kind::kMenu) {
      if (to.menu.index() >= world_.menus.size()) return true;  // another finding says so
      leads_here_[to.menu.index()].push_back(set);
      return false;
    }
    if (to.kind != Destination::Kind::kSelfService || to.served.value() > 0 || to.otherwise.empty())
      return true;
    return follow(to.otherwise[0], set);
  }

  void leave(std::size_t set) {
    if (std::exchange(sets_[set].leaves, true)) return;
    if (--open_[sets_[set].menu] == 0) found_.push_back(sets_[set].menu);
  }

  struct Set {
    std::size_t menu;
    bool leaves;
  };
  const World& world_;
  std::vector<Set> sets_;
  std::vector<std::size_t> open_;                     // by menu: sets without a way out so far
  std::vector<std::vector<std::size_t>> leads_here_;  // by menu: sets that lead to it
  std::vector<std::size_t> found_;                    // menus with a way out, to be followed back
};

}  // namespace

void check_menus(Findings& f) {
  for (const Menu& menu : f.world.menus) check_menu(f, menu);
  const WaysOut ways{f.world};
  for (std::size_t m = 0; m < f.world.menus.size(); ++m)
    if (!ways.has_one(m))
      f.found(place("menus", f.world.menus[m], "options"), "menu-cycle",
              "have no way out: some callers go round in menus for ever",
              "let one of the ways end in a queue or hang_up, or some callers hang up");
}

}  // namespace callmill
