#include <cmath>
#include <numeric>

#include "engine/blueprint/builder.h"
#include "models/world/menu_flow.h"

namespace callmill {
namespace {

// Means over the callers who come to the queue, weighted by their volume, those who are there at
// opening included; over all callers when nobody comes by himself.
void mix_callers(const World& world, std::size_t queue, PredictorPlan& p) {
  double calls = 0, handle = 0, rate = 0;
  const auto add = [&](const CallerType& type, double weight) {
    calls += weight;
    handle += weight * (mean(type.talk) + mean(type.wrap));
    const double patience = type.patience ? mean(*type.patience) : 0;
    if (patience > 0 && std::isfinite(patience)) rate += weight / patience;
  };
  const std::vector<OpenDay> days = world.open_days();
  const auto volume_of = [&](const CallerType& type) {
    auto volume = static_cast<double>(type.opening);
    for (const OpenDay& day : days) {
      const ProfileOfDay profile = profile_on(type.volume, day);
      volume = std::accumulate(profile.values.begin(), profile.values.end(), volume);
    }
    return volume;
  };
  const std::vector<std::uint32_t> order = by_name(world.caller_types);
  for (const std::uint32_t t : order) {
    const CallerType& type = world.caller_types[t];
    const std::vector<double> shares = menu_outcome(world, type).to_queue;
    const double volume = volume_of(type);
    if (volume * shares[queue] > 0) add(type, volume * shares[queue]);
  }
  if (calls == 0)
    for (const std::uint32_t t : order)
      add(world.caller_types[t], volume_of(world.caller_types[t]));
  p.handle_s = calls > 0 ? handle / calls : 0;
  p.abandon_rate_per_s = calls > 0 ? rate / calls : 0;
}

AnnouncementPlan make_announcement(const Announcement& announce) {
  AnnouncementPlan p;
  p.from = announce.from;
  p.every = announce.every;
  for (const BalkPoint& point : announce.balk) {
    p.balk_wait_s.push_back(to_seconds(point.wait));
    p.balk_share.push_back(point.share.value());
  }
  p.patience_factor = announce.patience_factor;
  p.has_patience = announce.patience.has_value();
  if (announce.patience) p.patience = Sampler{*announce.patience};
  return p;
}

// Callbacks draw their talk and wrap-up as their callers' types do, and what comes of a contact,
// too. They are types of their own, so that they are counted apart.
CallerTypePlan make_callback_type(const Callback& callback, std::uint32_t type,
                                  const Blueprint& plan) {
  CallerTypePlan p = plan.types[type];
  p.stands_for = type;
  p.rate.clear();
  p.opening = 0;
  p.has_patience = false;
  p.balk = 0;
  p.transfers.clear();
  if (callback.talk) {
    p.talk = Sampler{*callback.talk};
    p.handling_of.clear();
    p.talk_factor = {};
    p.plain_talk = !p.keeps_story;
  } else if (callback.talk_factor != 1) {
    p.talk_scale = callback.talk_factor;
    p.plain_talk = false;
  }
  return p;
}

CallbackPlan make_callback(const Callback& callback, Blueprint& plan) {
  CallbackPlan p;
  p.mode = callback.mode;
  p.when_waiting = callback.when_waiting;
  p.when_expected_wait = callback.when_expected_wait;
  p.accept = callback.accept.value();
  p.capacity = callback.capacity;
  p.priority_from = callback.priority_from.value_or(0);
  p.reserve = callback.reserve;
  p.has_lines = callback.trunks.has_value();
  if (callback.trunks) p.trunks = callback.trunks->index();
  p.rings = mean(callback.ring) > 0;
  p.answered = callback.answered.value();
  p.retries = callback.retries;
  p.appointment = Sampler{callback.appointment};
  p.ring = Sampler{callback.ring};
  p.retry_delay = Sampler{callback.retry_delay};
  for (std::uint32_t type = 0; type < plan.caller_types; ++type) {
    p.type_of.push_back(static_cast<std::uint16_t>(plan.types.size()));
    plan.types.push_back(make_callback_type(callback, type, plan));
    plan.aftermath.push_back(AftermathPlan{plan.aftermath[type]});
  }
  return p;
}

void build_queue(const World& world, std::size_t q, Blueprint& plan) {
  const Queue& queue = world.queues[q];
  QueuePlan& p = plan.queues[q];
  p.predictor.kind = queue.predictor;
  mix_callers(world, q, p.predictor);
  if (queue.predictor == Predictor::kMeanWait) {
    p.predictor.last = queue.predictor_last;
    p.predictor.first_recent = plan.recent_waits;
    plan.recent_waits += queue.predictor_last;
  }
  if (queue.announce) p.announcement = make_announcement(*queue.announce);
  if (queue.callback) {
    p.callback = make_callback(*queue.callback, plan);
    plan.calls_back = true;
    for (const std::uint32_t group : p.route_group) {
      plan.groups[group].calls_back = true;
    }
  }
  if (queue.deflect)
    p.deflection = {static_cast<std::uint16_t>(queue.deflect->to.index()),
                    queue.deflect->when_expected_wait, queue.deflect->accept.value()};
  p.announces = queue.announce || queue.deflect;
  p.repeats = queue.announce && queue.announce->every > SimDuration{};
  // Agents at work are counted by the gauges.
  plan.gauges.kept = plan.gauges.kept || p.announces ||
                     (queue.callback && queue.callback->when_expected_wait > SimDuration{});
  plan.remembers_waits |= queue.predictor <= Predictor::kMeanWait;
}

}  // namespace

void build_callbacks(const World& world, Blueprint& plan) {
  for (std::size_t q = 0; q < world.queues.size(); ++q) build_queue(world, q, plan);
  for (const std::uint32_t q : by_name(world.queues)) {
    if (!world.queues[q].callback) continue;
    for (const std::uint32_t group : plan.queues[q].route_group)
      plan.groups[group].callback_queues.push_back(q);
    if (plan.queues[q].callback->has_lines) plan.callbacks_on_lines.push_back(q);
  }
}

}  // namespace callmill
