#include "tests/engine/centre/worlds.h"

#include <utility>

namespace callmill::test {
namespace {

Profile half_hours(std::initializer_list<double> values) {
  return {30min, values};
}

Menu menu(std::string name, double prompt_s, double hang_up, std::vector<MenuOption> options) {
  Menu m;
  m.name = std::move(name);
  m.prompt = UniformLaw{0.5 * prompt_s, 1.5 * prompt_s};
  m.hang_up = Probability{hang_up};
  m.options = std::move(options);
  return m;
}

void add_callers(World& world) {
  Redial redial;
  redial.after_block = {Probability{0.7}, ExponentialLaw{240}, 3};
  redial.after_abandon = {Probability{0.4}, ExponentialLaw{300}, 2};

  CallerType citizen = callers("citizen", half_hours({60, 130, 170, 160, 120, 90, 70, 40}), 0);
  citizen.enters = to_menu(0);
  citizen.patience = LognormalLaw{90, 110};
  citizen.balk = Probability{0.03};
  citizen.talk = LognormalLaw{170, 150};
  citizen.wrap = GammaLaw{25, 2};
  citizen.talk_factor = Profile{1h, {1.0, 1.1, 1.0, 0.9}};
  citizen.redial = redial;
  citizen.patience_factor = Profile{2h, {1.0, 0.8}};
  world.caller_types.push_back(std::move(citizen));

  CallerType vip = callers("vip", half_hours({5, 10, 12, 10, 8, 8, 6, 4}), 1);
  vip.priority = 5;
  vip.trunks = TrunkGroupId{1};
  vip.talk = WeibullLaw{220, 1.4};
  vip.wrap = ConstantLaw{15};
  vip.redial = redial;
  vip.resolution.emplace();
  vip.resolution->first_contact = Probability{0.6};
  vip.resolution->repeat_talk_factor = 1.4;
  vip.resolution->returns = {Probability{0.8}, ExponentialLaw{900}, 3};
  vip.resolution->system_match.emplace();
  vip.survey.emplace();
  vip.survey->length = UniformLaw{10, 30};
  world.caller_types.push_back(std::move(vip));

  CallerType firm = callers("firm", half_hours({20, 40, 45, 40, 35, 30, 20, 10}), 1);
  firm.trunks = TrunkGroupId{1};
  firm.patience = HazardLaw{{0, 10, 60}, {0.02, 0.005, 0.01}};
  firm.talk = HyperexponentialLaw{{0.7, 0.3}, {120, 400}};
  firm.redial = redial;
  firm.redial.keeps_patience = true;
  firm.never_hangs_up = Probability{0.05};
  world.caller_types.push_back(std::move(firm));
}

void add_menus(World& world) {
  world.menus.push_back(menu("welcome", 8, 0.02,
                             {{"1", Probability{0.5}, to_queue(0)},
                              {"2", Probability{0.3}, to_menu(1)},
                              {"3", Probability{0.2}, to_self_service(GammaLaw{45, 3})}}));
  world.menus.push_back(
      menu("more", 6, 0.05,
           {{"1", Probability{0.6}, to_menu(2)}, {"2", Probability{0.4}, to_queue(1)}}));
  world.menus.push_back(
      menu("records", 10, 0,
           {{"1", Probability{0.8}, to_self_service(EmpiricalLaw{{10, 30, 90}, {0, 0.6, 1}})},
            {"0", Probability{0.15}, to_queue(0)},
            {"9", Probability{0.05}, Destination{}}}));
}

void add_groups(World& world) {
  world.groups.push_back(agents("inbound", half_hours({7, 13, 18, 18, 12, 10, 8, 5})));
  AgentGroup flex = agents("flex", half_hours({3, 4, 6, 6, 4, 4, 3, 2}));
  flex.kind = GroupKind::kFlex;
  flex.takes = {QueueId{1}, QueueId{0}};
  flex.dialling =
      Dialling{ExponentialLaw{20}, Probability{0.6}, LognormalLaw{100, 60}, ExponentialLaw{15}};
  world.groups.push_back(std::move(flex));
  AgentGroup outbound = agents("outbound", half_hours({2, 3, 3, 3, 3, 3, 2, 2}));
  outbound.kind = GroupKind::kOutbound;
  outbound.dialling = Dialling{UniformLaw{2, 30}, Probability{0.4}, ExponentialLaw{90}};
  world.groups.push_back(std::move(outbound));
  AgentGroup experts;
  experts.name = "experts";
  experts.kind = GroupKind::kFlex;
  experts.dialling = Dialling{ExponentialLaw{40}, Probability{0.5}, ExponentialLaw{80}};
  world.groups.push_back(std::move(experts));

  using Kind = DutyPeriod::Kind;
  for (std::uint32_t i = 0; i < 4; ++i) {
    const SimTime begin = kStart + 20min * i;
    const SimTime lunch = begin + 80min;
    world.roster.push_back({GroupId{3}, i, begin, lunch, Kind::kWork});
    world.roster.push_back({GroupId{3}, i, lunch, lunch + 25min, Kind::kBreak});
    world.roster.push_back({GroupId{3}, i, lunch + 25min, begin + 200min, Kind::kWork});
  }
}

}  // namespace

World everything() {
  World world;
  world.name = "everything";
  world.day.opens = 8h;
  world.day.closes = 12h;
  world.day.interval = 30min;
  world.busyness_cv = 0.1;
  world.satisfaction.emplace();
  world.costs = Costs{0.1, 5, 0, 1};
  world.trunks = {lines("public", 40), lines("business", 14)};
  add_callers(world);
  add_menus(world);
  world.queues.push_back(queue_to("general", {0}, 15s));
  world.queues.back().route.push_back({GroupId{1}, 10s});
  world.queues.back().route.push_back({GroupId{3}, 40s});
  world.queues.push_back(queue_to("business", {3, 1}, 30s));
  world.queues.back().route.push_back({GroupId{0}, 25s});
  add_groups(world);
  return world;
}

}  // namespace callmill::test
