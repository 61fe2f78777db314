#include "engine/blueprint/campaigns.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/random/stream.h"
#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

// Parties of a campaign and the machines among them: types of their own, so that they are counted
// apart from callers. `stands_for` is the campaign.
std::uint16_t add_party_type(const Campaign& campaign, std::uint32_t index, const Law& talk,
                             Blueprint& plan) {
  CallerTypePlan p;
  p.key = name_key(campaign.name);
  p.stands_for = index;
  p.talk = Sampler{talk};
  p.has_wrap = mean(campaign.wrap) > 0;
  p.wrap = Sampler{campaign.wrap};
  const auto& priorities = plan.priority_of_class;
  p.priority_class = static_cast<std::uint32_t>(
      std::find(priorities.begin(), priorities.end(), campaign.priority) - priorities.begin());
  plan.types.push_back(std::move(p));
  return static_cast<std::uint16_t>(plan.types.size() - 1);
}

void make_outcomes(const Campaign& campaign, SimDuration length, CampaignPlan& p) {
  p.outcome_step = length;
  for (const std::optional<Profile>& profile : campaign.outcome)
    if (profile) p.outcome_step = std::min(p.outcome_step, profile->step);
  for (SimDuration t{}; t < length; t += p.outcome_step) {
    auto& cumulative = p.outcome.emplace_back();
    double sum = 0;
    for (std::size_t cause = 0; cause < campaign.outcome.size(); ++cause) {
      const std::optional<Profile>& profile = campaign.outcome[cause];
      if (profile)
        sum += profile->values[std::min(profile->values.size() - 1,
                                        static_cast<std::size_t>(t / profile->step))];
      cumulative[cause] = sum;
    }
  }
}

void make_pace(const Campaign& campaign, CampaignPlan& p) {
  p.mode = campaign.mode;
  const bool fixed = campaign.mode == DialMode::kProgressive || campaign.mode == DialMode::kPreview;
  p.per_idle = fixed ? 1 : campaign.per_idle;
  p.per_busy = campaign.per_busy;
  p.most = campaign.most;
  p.reserve = campaign.reserve;
  p.idle_from = campaign.idle_from;
  p.idle_total_from = campaign.idle_total_from;
  p.for_idle = fixed && !campaign.cap;
  if (!campaign.cap) return;
  p.capped = true;
  p.cap = campaign.cap->share.value();
  p.gain = campaign.cap->gain;
  p.cap_every = campaign.cap->every;
  p.cap_keeps = std::exp(-to_seconds(campaign.cap->every) / to_seconds(campaign.cap->over));
}

CampaignPlan make_campaign(const Campaign& campaign, std::uint32_t index, const World& world,
                           Blueprint& plan) {
  CampaignPlan p;
  p.key = name_key(campaign.name);
  p.numbers = campaign.numbers;
  p.queue = campaign.queue.index();
  p.party_type = add_party_type(campaign, index, campaign.talk, plan);
  p.machine_type = add_party_type(campaign, index, campaign.machine_talk, plan);
  for (const RouteStep& step : world.queues[p.queue].route)
    if (step.after == SimDuration{}) p.at_once.push_back(step.group.index());
  for (const std::uint32_t group : p.at_once) p.group_bits |= group_bit(group);
  p.has_lines = campaign.trunks.has_value();
  if (campaign.trunks) p.trunks = campaign.trunks->index();
  p.opens = world.day.opens;
  p.from = campaign.from;
  p.to = campaign.to;
  make_pace(campaign, p);
  p.preview = Sampler{campaign.preview};
  p.ring_answered = Sampler{campaign.ring_answered};
  p.ring_unanswered = Sampler{campaign.ring_unanswered};
  p.invalid = campaign.invalid.value();
  p.filter_finds = campaign.filter_finds.value();
  p.filter_cost = campaign.filter_cost;
  make_outcomes(campaign, world.day.length(), p);
  if (campaign.detection) {
    p.detects = true;
    p.detection_takes = campaign.detection->takes;
    p.detection_finds = campaign.detection->finds.value();
    p.detection_mistakes = campaign.detection->mistakes.value();
  }
  p.has_patience = campaign.patience.has_value();
  if (campaign.patience) p.patience = Sampler{*campaign.patience};
  p.drop_after = campaign.drop_after;
  p.most_waiting = campaign.most_waiting;
  for (std::size_t cause = 0; cause < kDialCauses; ++cause)
    if (campaign.retry[cause])
      p.retry[cause] = {campaign.retry[cause]->up_to, Sampler{campaign.retry[cause]->after}};
  p.most_per_day = campaign.most_per_day;
  p.most_per_week = campaign.most_per_week.value_or(0);
  return p;
}

}  // namespace

void build_campaigns(const World& world, Blueprint& plan) {
  plan.campaigns_by_name = by_name(world.campaigns);
  for (const Campaign& campaign : world.campaigns) {
    const auto index = static_cast<std::uint32_t>(plan.campaigns.size());
    plan.campaigns.push_back(make_campaign(campaign, index, world, plan));
    plan.dials_at_release |= dials_at_releases(campaign.mode);
    plan.dialled_groups |= plan.campaigns.back().group_bits;
    plan.gauges.kept = plan.gauges.kept || campaign.per_busy > 0;  // agents at work
  }
}

}  // namespace callmill
