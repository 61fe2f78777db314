// Campaigns and callbacks that dial at the wrong hour, on the wrong lines, or at another mode's
// pace.

#include "models/world/no_effect_parts.h"

namespace callmill {
namespace {

void check_pace(const Idle& idle, const Campaign& campaign) {
  const Campaign plain;
  const bool at_release = dials_at_releases(campaign.mode);
  const bool preview = campaign.mode == DialMode::kPreview;
  const std::string mode = idle.root + ".mode";
  const auto wrong = [&](bool given, const char* key, const char* modes) {
    idle(given, key, fmt::format("has no use in this mode; it is of {}", modes), "", {mode});
  };
  wrong(!at_release && campaign.idle_from != plain.idle_from, "pace.idle_from",
        "at_release and at_own_release");
  wrong(!at_release && campaign.idle_total_from != plain.idle_total_from, "pace.idle_total_from",
        "at_release and at_own_release");
  wrong((preview || campaign.mode == DialMode::kProgressive) && campaign.per_idle != plain.per_idle,
        "pace.per_idle", "power, predictive, at_release and at_own_release");
  wrong((preview || at_release) && campaign.most != plain.most, "pace.most",
        "progressive, power and predictive");
  wrong(!preview && mean(campaign.preview) > 0, "preview", "preview");
}

void check_lines(Findings& f, const std::string& path, const std::optional<TrunkGroupId>& trunks) {
  if (!trunks || trunks->index() >= f.world.trunks.size()) return;
  const TrunkGroup& group = f.world.trunks[trunks->index()];
  if (group.direction == LineDirection::kInbound)
    f.found(path, "direction", fmt::format("is {}, whose lines only take calls", group.name),
            "direction: both dials out too", {place("lines", group, "direction")});
}

void check_campaign(Findings& f, const Campaign& campaign) {
  const Idle idle{f, place("campaigns", campaign)};
  check_pace(idle, campaign);
  check_lines(f, idle.root + ".lines", campaign.trunks);
  const Day& day = f.world.day;
  idle(campaign.to > campaign.from && !within_open_hours(day, campaign.from, campaign.to), "hours",
       fmt::format("are {} to {}; the centre is open from {} to {}", time_in_words(campaign.from),
                   time_in_words(campaign.to), time_in_words(day.opens), time_in_words(day.closes)),
       "agents dial while the centre is open", {"day"});
  idle(campaign.filter_finds.value() > 0 && campaign.invalid.value() <= 0, "filter.finds",
       "has no use: none of the numbers is invalid", "write invalid: 5%",
       {place("campaigns", campaign, "invalid")});
}

}  // namespace

bool within_open_hours(const Day& day, SimDuration from, SimDuration to) {
  constexpr SimDuration kDay = std::chrono::hours{24};
  if (to <= from) to += kDay;
  for (SimDuration shift = -kDay; from + shift < day.closes; shift += kDay)
    if (to + shift > day.opens) return true;
  return false;
}

void find_idle_campaigns(Findings& f) {
  for (const Campaign& campaign : f.world.campaigns) check_campaign(f, campaign);
  for (const Queue& queue : f.world.queues) {
    if (!queue.callback) continue;
    const Idle idle{f, place("queues", queue, "callback")};
    const auto* const usual = std::get_if<ConstantLaw>(&queue.callback->appointment);
    const bool chosen = usual == nullptr || usual->value_s != 3600;  // not the default
    idle(chosen && queue.callback->mode != Callback::Mode::kAppointment, "appointment",
         "has no use in this mode; it is of appointment", "", {idle.root + ".mode"});
    check_lines(f, place("queues", queue, "callback.lines"), queue.callback->trunks);
  }
}

}  // namespace callmill
