// What callers are told and offered, deferred work, and whom the centre rings.

#include <algorithm>
#include <utility>

#include "tests/engine/centre/rich_world.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

Callback callback(Dice& dice, const World& world) {
  Callback c;
  c.when_waiting = static_cast<std::uint32_t>(dice.whole(0, 3));
  if (dice.chance(0.3)) c.when_expected_wait = from_seconds(dice.between(1, 60));
  c.accept = Probability{dice.uniform()};
  if (dice.chance(0.3)) c.capacity = static_cast<std::uint32_t>(dice.whole(1, 5));
  c.mode = static_cast<Callback::Mode>(dice.below(3));
  c.appointment = duration(dice, 1200);
  if (c.mode != Callback::Mode::kVirtualQueue) {
    if (dice.chance(0.5)) c.priority_from = static_cast<std::uint32_t>(dice.whole(1, 3));
    if (dice.chance(0.4)) c.reserve = static_cast<std::uint32_t>(dice.whole(0, 2));
  }
  if (dice.chance(0.5)) c.trunks = TrunkGroupId{dice.below(world.trunks.size())};
  if (dice.chance(0.7)) {
    c.ring = duration(dice, 15);
    c.answered = Probability{dice.between(0.3, 1)};
    c.retries = static_cast<std::uint32_t>(dice.whole(0, 3));
    c.retry_delay = duration(dice, 300);
  }
  if (dice.chance(0.3))
    c.talk = duration(dice, 100);
  else if (dice.chance(0.3))
    c.talk_factor = dice.between(0.5, 1.5);
  return c;
}

void throw_outcomes(Dice& dice, const Day& day, Campaign& campaign) {
  if (dice.chance(0.5)) campaign.invalid = Probability{dice.between(0, 0.3)};
  if (dice.chance(0.5)) campaign.filter_finds = Probability{dice.uniform()};
  for (const DialCause cause : {DialCause::kNetwork, DialCause::kOff, DialCause::kBusy,
                                DialCause::kNoAnswer, DialCause::kMachine})
    if (dice.chance(0.6)) {
      Profile shares = profile(dice, day, 0, 0.18, false);
      campaign.outcome[static_cast<std::size_t>(cause)] = shares;
    }
  for (std::optional<Retry>& retry : campaign.retry)
    if (dice.chance(0.4))
      retry = Retry{duration(dice, 600), static_cast<std::uint32_t>(dice.whole(1, 4))};
  campaign.most_per_day = static_cast<std::uint32_t>(dice.whole(1, 4));
  if (dice.chance(0.3)) campaign.most_per_week = static_cast<std::uint32_t>(dice.whole(1, 5));
  campaign.ring_answered = duration(dice, 8);
  campaign.ring_unanswered = duration(dice, 20);
  if (dice.chance(0.5)) {
    campaign.detection.emplace();
    campaign.detection->takes = from_seconds(dice.between(0, 3));
    campaign.detection->finds = Probability{dice.uniform()};
    campaign.detection->mistakes = Probability{dice.between(0, 0.2)};
  }
}

Campaign campaign(Dice& dice, const World& world, std::size_t queue) {
  Campaign c;
  c.name = "campaign-" + std::to_string(world.campaigns.size());
  c.numbers = static_cast<std::uint32_t>(dice.whole(1, 250));
  c.queue = QueueId{queue};
  if (dice.chance(0.5)) c.trunks = TrunkGroupId{dice.below(world.trunks.size())};
  c.priority = static_cast<std::int32_t>(dice.whole(0, 2));
  if (dice.chance(0.5)) {
    c.from = world.day.opens + from_seconds(dice.between(0, 1800));
    c.to = c.from + from_seconds(dice.between(900, 14400));
  }
  c.mode = static_cast<DialMode>(dice.below(5));
  c.per_idle = dice.between(0.5, 3);
  if (c.mode == DialMode::kPredictive) c.per_busy = dice.between(0, 0.5);
  if (dice.chance(0.4)) c.most = static_cast<std::uint32_t>(dice.whole(1, 8));
  if (dice.chance(0.4)) c.reserve = static_cast<std::uint32_t>(dice.whole(0, 2));
  c.idle_from = static_cast<std::uint32_t>(dice.whole(1, 2));
  c.preview = duration(dice, 10);
  if ((c.mode == DialMode::kPower || c.mode == DialMode::kPredictive) && dice.chance(0.5))
    c.cap.emplace().share = Probability{dice.between(0.01, 0.2)};
  throw_outcomes(dice, world.day, c);
  c.talk = duration(dice, 60);
  if (dice.chance(0.5)) c.wrap = duration(dice, 15);
  if (dice.chance(0.5)) c.patience = duration(dice, 5);
  c.drop_after = from_seconds(dice.between(0, 6));
  if (dice.chance(0.3)) c.most_waiting = static_cast<std::uint32_t>(dice.whole(0, 3));
  if (c.cap && c.detection) {  // above what detection alone loses, else there is no such world
    const double takes = to_seconds(c.detection->takes);
    const double impatient = c.patience ? cdf(*c.patience, takes) : 0;
    const double lost = impatient + (1 - impatient) * c.detection->mistakes.value();
    c.cap->share = Probability{lost + (1 - lost) * c.cap->share.value()};
    if (lost >= c.cap->share.value()) c.cap.reset();  // nobody is left to talk with
  }
  return c;
}

}  // namespace

void add_announcements(Dice& dice, World& world) {
  for (Queue& queue : world.queues) {
    queue.predictor = static_cast<Predictor>(dice.below(5));
    queue.predictor_last = static_cast<std::uint32_t>(dice.whole(1, 6));
    if (dice.chance(0.4)) continue;
    Announcement& a = queue.announce.emplace();
    if (dice.chance(0.5)) a.from = from_seconds(dice.between(0, 20));
    if (dice.chance(0.6)) a.balk = {{10s, Probability{0.05}}, {60s, Probability{dice.uniform()}}};
    if (dice.chance(0.4))
      a.patience = duration(dice, 80);
    else
      a.patience_factor = dice.between(0.5, 1.5);
    if (dice.chance(0.5)) a.every = from_seconds(dice.between(5, 60));
  }
}

void add_voicemail(Dice& dice, World& world) {
  for (Queue& queue : world.queues)
    if (dice.chance(0.6))
      queue.voicemail = Voicemail{from_seconds(dice.between(0, 60)),
                                  from_seconds(dice.chance(0.3) ? 0 : dice.between(1, 40))};
}

void add_callbacks(Dice& dice, World& world) {
  for (Queue& queue : world.queues)
    if (dice.chance(0.6)) queue.callback = callback(dice, world);
}

void add_messages(Dice& dice, World& world) {
  const std::vector<std::size_t> groups = answering_groups(world);
  for (std::int64_t i = dice.whole(1, 2); i > 0; --i) {
    Queue queue = queue_to("mail-" + std::to_string(i), {});
    for (const std::size_t g : groups)
      if (dice.chance(0.6)) queue.route.push_back({GroupId{g}, 0s});
    if (queue.route.empty()) queue.route.push_back({GroupId{groups[0]}, 0s});
    if (dice.chance(0.5)) queue.order = WorkOrder::kDeadline;
    if (dice.chance(0.5)) queue.reserve = dice.whole(0, 2);
    world.queues.push_back(std::move(queue));
    for (std::int64_t k = dice.whole(1, 2); k > 0; --k) {
      CallerType type = callers("letters-" + std::to_string(i) + std::to_string(k),
                                profile(dice, world.day, 0, 15, false), world.queues.size() - 1);
      type.channel = Channel::kMessage;
      type.talk = duration(dice, 200);
      if (dice.chance(0.5)) type.wrap = duration(dice, 20);
      MessageWork& work = type.message.emplace();
      work.deadline = from_seconds(dice.between(600, 90000));
      if (dice.chance(0.5)) work.counted_in = DeadlineIn::kOpenHours;
      if (dice.chance(0.5)) work.open_at_start = dice.whole(0, 10);
      work.interruptible = dice.chance(0.6);
      world.caller_types.push_back(std::move(type));
    }
  }
}

// In queues that callers use too, where their first group opens at once; else in one of their own.
void add_campaigns(Dice& dice, World& world) {
  for (std::int64_t i = dice.whole(1, 2); i > 0; --i) {
    const std::vector<std::size_t> queues = call_queues(world);
    std::size_t queue = queues[dice.below(queues.size())];
    if (dice.chance(0.5) || world.queues[queue].route.front().after > 0s) {
      Queue own = queue_to("parties-" + std::to_string(i), {});
      for (std::size_t g = 0; g < world.groups.size(); ++g)
        if (world.groups[g].takes.empty() && dice.chance(0.6))
          own.route.push_back({GroupId{g}, 0s});
      if (own.route.empty()) {
        world.groups[0].takes.clear();
        if (world.groups[0].pick_call == PickCall::kOwnFirst)
          world.groups[0].pick_call = PickCall::kByRank;
        own.route.push_back({GroupId{0}, 0s});
      }
      queue = world.queues.size();
      world.queues.push_back(std::move(own));
    }
    world.campaigns.push_back(campaign(dice, world, queue));
  }
}

}  // namespace callmill::test
