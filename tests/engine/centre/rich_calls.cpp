// What can happen to calls: lines, menus, transfers, what follows contacts.

#include <algorithm>
#include <utility>

#include "tests/engine/centre/rich_world.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

CallAgain call_again(Dice& dice) {
  return {Probability{dice.uniform()}, duration(dice, 300),
          static_cast<std::uint32_t>(dice.whole(1, 3))};
}

void add_outages(Dice& dice, const Day& day, TrunkGroup& trunks) {
  if (dice.chance(0.5)) {
    LineOutage outage;
    outage.from = day.opens + from_seconds(to_seconds(day.length()) * dice.between(0, 0.9));
    outage.to = outage.from + from_seconds(dice.between(60, 5400));
    if (dice.chance(0.5))
      outage.lines = dice.whole(1, trunks.lines.value());
    else
      outage.share = dice.between(0.05, 1);
    outage.cuts = dice.chance(0.7);
    trunks.outages.push_back(outage);
  }
  for (std::int64_t i = dice.whole(0, 2); i > 0; --i) {
    LineBreakdown breakdown;
    breakdown.lines = dice.whole(1, trunks.lines.value());
    breakdown.time_to_failure = duration(dice, 1500);
    breakdown.time_to_repair = duration(dice, 400);
    breakdown.cuts = dice.chance(0.7);
    trunks.breakdowns.push_back(breakdown);
  }
}

}  // namespace

void add_line_failures(Dice& dice, World& world) {
  for (TrunkGroup& trunks : world.trunks) {
    add_outages(dice, world.day, trunks);
    if (dice.chance(0.3)) trunks.network_loss = Probability{dice.between(0, 0.2)};
  }
  for (CallerType& type : world.caller_types) {
    for (std::size_t t = 0; t < world.trunks.size(); ++t)
      if (TrunkGroupId{t} != type.trunks && dice.chance(0.4))
        type.shared_trunks.push_back(TrunkGroupId{t});
    if (dice.chance(0.5)) type.redial.after_cut = call_again(dice);
  }
}

void add_menu_rules(Dice& dice, World& world) {
  if (world.menus.empty()) {
    Menu menu;
    menu.name = "menu-a";
    menu.prompt = duration(dice, 6);
    menu.options = {{"1", Probability{0.6}, to_queue(dice.below(world.queues.size()))},
                    {"2", Probability{0.4}, to_self_service(duration(dice, 30))}};
    world.menus.push_back(menu);
    world.caller_types[0].enters = to_menu(0);
  }
  const auto some_queue = [&] { return to_queue(dice.below(world.queues.size())); };
  for (Menu& menu : world.menus) {
    if (dice.chance(0.6)) menu.no_key = Probability{dice.between(0, 0.4)};
    if (dice.chance(0.6)) menu.wrong_key = Probability{dice.between(0, 0.4)};
    menu.max_tries = dice.whole(1, 3);
    if (dice.chance(0.6)) menu.otherwise = some_queue();
    for (MenuOption& option : menu.options) {
      if (option.to.kind != Destination::Kind::kSelfService) continue;
      option.to.served = Probability{dice.uniform()};
      if (dice.chance(0.5)) option.to.otherwise = {some_queue()};
      if (dice.chance(0.3)) option.to.otherwise = {to_menu(0)};
    }
    if (dice.chance(0.3)) {
      menu.otherwise = to_menu(0);
      menu.hang_up = Probability{dice.between(0.05, 0.3)};  // a way out, whatever the shares
    }
    if (dice.chance(0.5)) {
      MenuVariant variant;
      variant.callers = {CallerTypeId{dice.below(world.caller_types.size())}};
      variant.shares = {{menu.options[dice.below(menu.options.size())].key, Probability{1}}};
      menu.variants.push_back(variant);
    }
  }
  if (dice.chance(0.4)) world.ivr.ports = dice.whole(1, 8);
  const std::size_t g = dice.below(world.groups.size());
  if (world.groups[g].staff || !dice.chance(0.5)) return;
  Destination agent;
  agent.kind = Destination::Kind::kAgent;
  agent.group = GroupId{g};
  agent.number = dice.whole(1, 3);
  if (dice.chance(0.5)) agent.hold = from_seconds(dice.between(1, 120));
  agent.otherwise = {some_queue()};
  world.menus[0].options[0].to = agent;
}

// One or two further types that calls are passed on to, from any of the others.
void add_transfers(Dice& dice, World& world) {
  const std::size_t first = world.caller_types.size();
  const auto more = static_cast<std::size_t>(dice.whole(1, 2));
  for (std::size_t i = 0; i < more; ++i) {
    CallerType type = callers("passed-on-" + std::to_string(i),
                              Profile{world.day.length(), {dice.chance(0.5) ? 0.0 : 5.0}},
                              dice.below(world.queues.size()));
    type.priority = static_cast<std::int32_t>(dice.whole(0, 2));
    if (dice.chance(0.7)) type.patience = duration(dice, 120);
    type.talk = duration(dice, 120);
    if (dice.chance(0.5)) type.wrap = duration(dice, 20);
    world.caller_types.push_back(std::move(type));
  }
  for (CallerType& type : world.caller_types) {
    if (type.channel != Channel::kVoice || !dice.chance(0.7)) continue;
    double left = 0.6;
    for (std::size_t i = 0; i < more; ++i) {
      Transfer transfer;
      transfer.share = Probability{left * dice.uniform()};
      left -= transfer.share.value();
      transfer.as = CallerTypeId{first + i};
      transfer.how = static_cast<Transfer::How>(dice.below(3));
      transfer.talk_before = dice.uniform();
      if (dice.chance(0.5)) transfer.dial = duration(dice, 8);
      if (transfer.how == Transfer::How::kCold && dice.chance(0.5))
        transfer.pre_service = duration(dice, 15);
      if (transfer.how == Transfer::How::kConference) transfer.conference = duration(dice, 30);
      type.transfers.push_back(std::move(transfer));
    }
  }
}

void add_resolution(Dice& dice, World& world) {
  for (CallerType& type : world.caller_types) {
    if (dice.chance(0.3)) continue;
    if (dice.chance(0.7)) {
      Resolution& r = type.resolution.emplace();
      r.first_contact = Probability{dice.between(0.3, 0.9)};
      if (dice.chance(0.5)) r.repeat = Probability{dice.uniform()};
      r.self_service = Probability{dice.uniform()};
      r.returns = call_again(dice);
      r.repeat_talk_factor = dice.between(0.8, 1.5);
      if (dice.chance(0.5)) r.quality_check.emplace().share = Probability{dice.uniform()};
      if (dice.chance(0.5)) r.agent_code.emplace().open_as_resolved = Probability{dice.uniform()};
      if (dice.chance(0.5)) r.system_match.emplace().window = from_seconds(dice.between(60, 7200));
    }
    if (dice.chance(0.5)) {
      type.survey.emplace().length = duration(dice, 20);
      type.survey->resolved_respond = Probability{dice.uniform()};
      if (dice.chance(0.5))
        type.survey->answers = {Probability{dice.uniform()}, Probability{dice.uniform()},
                                Probability{dice.uniform()}};
    }
  }
  if (dice.chance(0.4)) world.satisfaction.emplace();
  if (dice.chance(0.4)) world.costs = Costs{0.1, 5, 1, 2};
  for (AgentGroup& group : world.groups)
    if (dice.chance(0.3)) group.resolution_factor = dice.between(0.5, 1.5);
}

}  // namespace callmill::test
