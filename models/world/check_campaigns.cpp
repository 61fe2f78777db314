#include <algorithm>

#include "models/world/findings.h"

namespace callmill {
namespace {

void check_laws(Findings& f, const Campaign& campaign) {
  const auto law = [&](const char* key, const Law& value) {
    f.check_law(place("campaigns", campaign, key), value);
  };
  law("preview", campaign.preview);
  law("ring.answered", campaign.ring_answered);
  law("ring.unanswered", campaign.ring_unanswered);
  law("machine_talk", campaign.machine_talk);
  law("talk", campaign.talk);
  law("wrap", campaign.wrap);
  if (campaign.patience) law("waiting.patience", *campaign.patience);
  for (const std::optional<Retry>& retry : campaign.retry)
    if (retry) law("retry", retry->after);
}

// The shares of one moment must leave room for persons who answer.
void check_outcomes(Findings& f, const Campaign& campaign) {
  const std::string path = place("campaigns", campaign, "outcomes");
  SimDuration step = f.world.day.length();
  for (const std::optional<Profile>& profile : campaign.outcome)
    if (profile) {
      const std::size_t before = f.faults.size();
      f.check_profile(path, *profile);
      if (!profile->by_day.empty())
        f.found(path, "days", "tell days apart; shares of dials are by the time of day only",
                "write {step: 1h, values: [...]} without by_day");
      if (f.faults.size() > before) return;
      step = std::min(step, profile->step);
    }
  for (SimDuration t{}; t < f.world.day.length(); t += step) {
    double sum = 0;
    for (const std::optional<Profile>& profile : campaign.outcome)
      if (profile) sum += profile->values[static_cast<std::size_t>(t / profile->step)];
    if (sum <= 1 + 1e-9) continue;
    f.found(path, "share-sum",
            fmt::format("add up to {:.6g}% at {}; the rest is live answers", sum * 100,
                        time_in_words(f.world.day.opens + t)),
            "shares of the dials to valid numbers add up to 100% at the most");
    return;
  }
}

// Persons whom the detector takes for machines, and those who hang up before it is done, are lost
// at any pace.
void check_cap(Findings& f, const Campaign& campaign) {
  if (!campaign.cap || !campaign.detection) return;
  const double takes = to_seconds(campaign.detection->takes);
  const double impatient = campaign.patience ? cdf(*campaign.patience, takes) : 0;
  const double mistaken = campaign.detection->mistakes.value();
  const double lost = impatient + (1 - impatient) * mistaken;
  if (lost >= campaign.cap->share.value())
    f.found(place("campaigns", campaign, "abandon_cap"), "campaign",
            fmt::format("is {:.3g}%, but machine_detection alone loses {:.3g}% of those who answer",
                        100 * campaign.cap->share.value(), 100 * lost),
            "detect faster or with fewer mistakes, or allow more",
            {place("campaigns", campaign, "machine_detection")});
}

void check_pace(Findings& f, const Campaign& campaign) {
  const bool at_once = mean(campaign.ring_unanswered) <= 0;
  if (at_once && !dials_at_releases(campaign.mode) && campaign.mode != DialMode::kPreview)
    f.found(place("campaigns", campaign, "ring.unanswered"), "campaign",
            "is 0; the whole list would be dialled in a moment",
            "say how long a dial takes that nobody answers",
            {place("campaigns", campaign, "mode")});
  const bool takes_time = mean(campaign.preview) > 0 || !at_once;
  if (campaign.mode == DialMode::kPreview && !takes_time)
    f.found(place("campaigns", campaign, "preview"), "campaign",
            "and ring.unanswered are 0; the whole list would be dialled in a moment",
            "say how long an agent looks at a record");
  if (campaign.cap && campaign.mode != DialMode::kPower && campaign.mode != DialMode::kPredictive)
    f.found(place("campaigns", campaign, "abandon_cap"), "campaign",
            "has no use in this mode, whose pace is fixed", "it is of power and predictive",
            {place("campaigns", campaign, "mode")});
  if (campaign.per_busy > 0 && campaign.mode != DialMode::kPredictive)
    f.found(place("campaigns", campaign, "pace.per_busy"), "campaign", "has no use in this mode",
            "it is of predictive", {place("campaigns", campaign, "mode")});
}

void check_campaign(Findings& f, const Campaign& campaign) {
  check_laws(f, campaign);
  check_outcomes(f, campaign);
  check_pace(f, campaign);
  check_cap(f, campaign);
  if (f.exists(campaign.queue, f.world.queues, place("campaigns", campaign, "queue"))) {
    const Queue& queue = f.world.queues[campaign.queue.index()];
    if (!queue.route.empty() && queue.route.front().after > SimDuration{})
      f.found(place("campaigns", campaign, "queue"), "campaign",
              fmt::format("is {}, whose first group opens only after {}", queue.name,
                          in_words(queue.route.front().after)),
              "a person who has answered does not wait: open a group at once",
              {place("queues", queue, "route")});
  }
  if (campaign.trunks)
    f.exists(*campaign.trunks, f.world.trunks, place("campaigns", campaign, "lines"));
  if (campaign.to <= campaign.from)
    f.found(place("campaigns", campaign, "hours.to"), "order",
            fmt::format("is {}, not after from ({})", time_in_words(campaign.to),
                        time_in_words(campaign.from)),
            "", {place("campaigns", campaign, "hours.from")});
}

}  // namespace

void check_campaigns(Findings& f) {
  for (const Campaign& campaign : f.world.campaigns) check_campaign(f, campaign);
}

}  // namespace callmill
