#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "base/random/stream.h"
#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

// Neighbouring steps of equal rate become one segment, so that a constant profile costs nothing.
// Days stay apart: each has a busyness of its own.
std::vector<RateSegment> make_rate(const Profile& volume, const World& world) {
  std::vector<RateSegment> rate;
  std::uint32_t number = 0;
  const auto add = [&](SimTime end, double gap, std::uint32_t day) {
    if (!rate.empty() && rate.back().mean_gap_us == gap && rate.back().day == day)
      rate.back().end = end;
    else
      rate.push_back({end, gap, day});
  };
  constexpr double kNever = std::numeric_limits<double>::infinity();
  for (const OpenDay& open : world.open_days()) {
    if (open.opens > kStart) add(open.opens, kNever, number);
    const ProfileOfDay day = profile_on(volume, open);
    const SimTime closes = open.opens + world.day.length();
    for (std::size_t i = 0; i < day.values.size(); ++i)
      add(std::min(closes, open.opens + day.step * static_cast<std::int64_t>(i + 1)),
          day.values[i] > 0 ? static_cast<double>(day.step.count()) / day.values[i] : kNever,
          number);
    ++number;
  }
  return rate;
}

// Callers of one class wait in one list: the longest waiting of them always comes first.
using Standing = std::pair<std::int32_t, double>;  // priority, ageing
Standing standing(const CallerType& type) {
  return {type.priority, type.ageing};
}

CallerTypePlan make_type(const CallerType& type, const World& world,
                         const std::vector<Standing>& standings, Blueprint& plan) {
  CallerTypePlan p;
  p.key = name_key(type.name);
  p.rate = make_rate(type.volume, world);
  p.channel = type.channel;
  plan.has_chats = plan.has_chats || type.channel == Channel::kChat;
  p.trunks = type.channel == Channel::kVoice ? type.trunks.index() : 0;
  if (type.channel == Channel::kMessage) {
    const MessageWork work = type.message.value_or(MessageWork{});
    p.message = {true,
                 work.interruptible,
                 work.counted_in,
                 work.deadline,
                 work.open_at_start,
                 static_cast<std::uint32_t>(work.working_days.value_or(0))};
    plan.has_messages = true;
  }
  p.enters = make_step(type.enters, plan);
  for (const TrunkGroupId id : type.shared_trunks) p.shared_trunks.push_back(id.index());
  p.network_loss = world.trunks[p.trunks].network_loss.value();
  p.special_lines = p.network_loss > 0 || !p.shared_trunks.empty() ||
                    (world.ivr.ports && type.enters.kind == Destination::Kind::kMenu);
  p.priority_class = static_cast<std::uint32_t>(
      std::find(standings.begin(), standings.end(), standing(type)) - standings.begin());
  p.priority = type.priority;
  p.ageing_per_us = type.ageing / 60e6;
  p.has_patience = type.patience.has_value();
  if (type.patience) p.patience = Sampler{*type.patience};
  p.balk = type.balk.value();
  p.talk = Sampler{type.talk};
  p.has_wrap = mean(type.wrap) > 0;
  p.wrap = Sampler{type.wrap};
  if (type.talk_factor) {
    p.factor_at_arrival = type.talk_factor_at == FactorAt::kArrival;
    p.talk_factor = DayCurve{*type.talk_factor, world};
  }
  if (type.patience_factor) p.patience_factor = DayCurve{*type.patience_factor, world};
  p.never_hangs_up = type.never_hangs_up.value();
  p.plain_patience = p.patience_factor.empty() && p.never_hangs_up <= 0;
  p.after_block = make_call_again(type.redial.after_block);
  p.after_abandon = make_call_again(type.redial.after_abandon);
  p.keeps_patience = type.redial.keeps_patience;
  p.after_cut = make_call_again(type.redial.after_cut);
  p.opening = type.opening;
  return p;
}

std::vector<TransferPlan> make_transfers(const CallerType& type, const World& world) {
  std::vector<TransferPlan> transfers;
  double sum = 0;
  for (const Transfer& transfer : type.transfers) {
    TransferPlan p;
    p.up_to = sum += transfer.share.value();
    p.as = transfer.as.index();
    p.queue = world.caller_types[p.as].enters.queue.index();
    p.how = transfer.how;
    p.talk_before = transfer.talk_before;
    p.dial = Sampler{transfer.dial};
    p.opening =
        Sampler{transfer.how == Transfer::How::kCold ? transfer.pre_service : transfer.conference};
    transfers.push_back(std::move(p));
  }
  return transfers;
}

// Of all callers; nothing when nobody calls.
std::optional<double> mean_handle_s(const World& world) {
  double callers = 0, handled_s = 0;
  for (const std::uint32_t t : by_name(world.caller_types)) {
    const CallerType& type = world.caller_types[t];
    double volume = 0;
    for (const OpenDay& day : world.open_days()) {
      const ProfileOfDay calls = profile_on(type.volume, day);
      volume = std::accumulate(calls.values.begin(), calls.values.end(), volume);
    }
    callers += volume;
    handled_s += volume * (mean(type.talk) + mean(type.wrap));
  }
  return callers > 0 ? std::optional{handled_s / callers} : std::nullopt;
}

}  // namespace

CallAgainPlan make_call_again(const CallAgain& again) {
  CallAgainPlan p;
  p.share = again.share.value();
  p.limit = again.limit;
  if (p.share > 0) p.delay = Sampler{again.delay};
  return p;
}

void build_callers(const World& world, Blueprint& plan) {
  std::set<Standing, std::greater<>> distinct;
  for (const CallerType& type : world.caller_types) distinct.insert(standing(type));
  for (const Campaign& campaign : world.campaigns) distinct.insert({campaign.priority, 0});
  const std::vector<Standing> standings(distinct.begin(), distinct.end());
  plan.priority_classes = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(standings.size()));
  plan.priority_of_class.clear();
  for (const auto& [priority, ageing] : standings) plan.priority_of_class.push_back(priority);
  if (standings.empty()) plan.priority_of_class.push_back(0);
  for (const CallerType& type : world.caller_types) {
    plan.types.push_back(make_type(type, world, standings, plan));
    plan.types.back().transfers = make_transfers(type, world);
    plan.transfers = plan.transfers || !type.transfers.empty();
  }
  plan.mean_handle_s = mean_handle_s(world).value_or(plan.mean_handle_s);
  plan.caller_types = static_cast<std::uint32_t>(plan.types.size());
  plan.types_by_name = by_name(world.caller_types);
  for (const CallerTypePlan& type : plan.types)
    plan.opening_calls = plan.opening_calls || type.opening > 0;
  for (std::uint32_t type = 0; type < plan.caller_types; ++type) plan.types[type].stands_for = type;
}

}  // namespace callmill
