#include "engine/blueprint/builder.h"

namespace callmill {

Step make_step(const Destination& to, Blueprint& plan) {
  switch (to.kind) {
    case Destination::Kind::kQueue:
      return {to.kind, to.queue.index()};
    case Destination::Kind::kMenu:
      return {to.kind, to.menu.index()};
    case Destination::Kind::kSelfService:
      plan.self_service.emplace_back(to.self_service_time);
      return {to.kind, static_cast<std::uint32_t>(plan.self_service.size() - 1)};
    case Destination::Kind::kHangUp:
      break;
  }
  return {Destination::Kind::kHangUp, 0};
}

namespace {

MenuPlan make_menu(const Menu& menu, Blueprint& plan) {
  MenuPlan p;
  p.prompt = Sampler{menu.prompt};
  p.hang_up = menu.hang_up.value();
  double sum = 0;
  for (const MenuOption& option : menu.options) {
    sum += option.share.value();
    p.cumulative.push_back(sum);
    p.options.push_back(make_step(option.to, plan));
  }
  p.cumulative.back() = 1;  // shares sum to 1 up to rounding
  return p;
}

}  // namespace

void build_menus(const World& world, Blueprint& plan) {
  for (const Menu& menu : world.menus) plan.menus.push_back(make_menu(menu, plan));
}

}  // namespace callmill
