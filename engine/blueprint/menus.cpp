#include <algorithm>

#include "engine/blueprint/builder.h"

namespace callmill {

Step make_step(const Destination& to, Blueprint& plan) {
  switch (to.kind) {
    case Destination::Kind::kQueue:
      return {to.kind, to.queue.index()};
    case Destination::Kind::kMenu:
      return {to.kind, to.menu.index()};
    case Destination::Kind::kSelfService: {
      SelfServicePlan p{Sampler{to.self_service_time}, to.served.value(), {}};
      if (!to.otherwise.empty()) p.otherwise = make_step(to.otherwise[0], plan);
      plan.self_service.push_back(std::move(p));
      return {to.kind, static_cast<std::uint32_t>(plan.self_service.size() - 1)};
    }
    case Destination::Kind::kAgent:
      plan.agent_wishes.push_back({to.group.index(), static_cast<std::uint32_t>(to.number - 1),
                                   to.otherwise[0].queue.index(), to.hold});
      plan.asks_agents = plan.asks_agents || to.hold > SimDuration{0};
      return {to.kind, static_cast<std::uint32_t>(plan.agent_wishes.size() - 1)};
    case Destination::Kind::kContact:
      return {to.kind, to.type.index()};
    case Destination::Kind::kHangUp:
      break;
  }
  return {Destination::Kind::kHangUp, 0};
}

namespace {

// Shares sum to 1 up to rounding; who draws beyond the sum takes the last option that has a share.
std::vector<double> cumulative(const std::vector<double>& shares) {
  std::vector<double> sums;
  double sum = 0;
  for (const double share : shares) sums.push_back(sum += share);
  std::size_t last = shares.size() - 1;
  while (last > 0 && shares[last] <= 0) --last;
  std::fill(sums.begin() + static_cast<std::ptrdiff_t>(last), sums.end(), 1.0);
  return sums;
}

MenuVariantPlan make_variant(const MenuVariant& variant, const Menu& menu) {
  std::vector<double> shares;
  for (const std::uint32_t option : options_in_order(menu)) {
    shares.push_back(0);
    for (const KeyShare& key : variant.shares)
      if (key.key == menu.options[option].key) shares.back() = key.share.value();
  }
  return {variant, cumulative(shares)};
}

MenuPlan make_menu(const Menu& menu, Blueprint& plan) {
  MenuPlan p;
  p.prompt = Sampler{menu.prompt};
  p.hang_up = menu.hang_up.value();
  std::vector<double> shares;
  for (const std::uint32_t option : options_in_order(menu)) {
    shares.push_back(menu.options[option].share.value());
    p.options.push_back(make_step(menu.options[option].to, plan));
  }
  p.cumulative = cumulative(shares);
  for (const MenuVariant& variant : menu.variants)
    p.variants.push_back(make_variant(variant, menu));
  p.no_key = menu.no_key.value();
  p.wrong_key = menu.wrong_key.value();
  p.repeats = p.no_key + p.wrong_key > 0;
  p.key_wait = menu.key_wait;
  p.max_tries = static_cast<std::uint32_t>(menu.max_tries);
  p.otherwise = make_step(menu.otherwise, plan);
  return p;
}

}  // namespace

void build_menus(const World& world, Blueprint& plan) {
  plan.opens = world.day.opens;
  if (world.ivr.ports) plan.ports = static_cast<std::uint32_t>(*world.ivr.ports);
  for (const Menu& menu : world.menus) plan.menus.push_back(make_menu(menu, plan));
}

}  // namespace callmill
