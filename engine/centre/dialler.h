#pragma once
// The dialler tops the dials of each campaign up to the pace after every event that may want more
// of them. What a dial is and what comes of it: campaigns.h.
//
// What a campaign wants follows from the agents of its groups (Centre::moved_groups), its dials,
// parties and numbers (wake_dialler), its hours and the steps of its controller (asks_at). Until
// one of these changes it sleeps: asked once more it would do nothing. Cost: one question an event
// that concerns a campaign, and one comparison any other.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "engine/centre/flow.h"

namespace callmill {

inline constexpr double kAim = 0.8;
inline constexpr double kSlowestPace = 0.05, kFastestPace = 10;

// An event of its own at the first calling hour from `from` on, for nothing else may happen then.
template <class O, Parts kParts>
void Flow<O, kParts>::open_campaign(std::uint32_t campaign, SimTime from) {
  const SimTime at = in_calling_hours(campaign, from);
  if (at >= kStart + plan_.horizon) return;
  Later later;
  later.at = at;
  later.what = Later::What::kCampaignOpens;
  later.type = static_cast<std::uint16_t>(campaign);
  plan_later(later);
}

// The first moment from `t` on in which numbers may be dialled.
template <class O, Parts kParts>
SimTime Flow<O, kParts>::in_calling_hours(std::uint32_t campaign, SimTime t) const {
  constexpr SimDuration kDay = std::chrono::hours{24};
  const CampaignPlan& p = plan_.campaigns[campaign];
  const SimDuration clock = (p.opens + (t - kStart)) % kDay;
  if (clock < p.from) return t + (p.from - clock);
  return clock < p.to ? t : t + (kDay - clock) + p.from;
}

template <class O, Parts kParts>
std::int64_t Flow<O, kParts>::day_of(std::uint32_t campaign, SimTime t) const {
  return (plan_.campaigns[campaign].opens + (t - kStart)) / std::chrono::hours{24};
}

// The midnight after `t`.
template <class O, Parts kParts>
SimTime Flow<O, kParts>::next_day(std::uint32_t campaign, SimTime t) const {
  return kStart +
         (std::chrono::hours{24} * (day_of(campaign, t) + 1) - plan_.campaigns[campaign].opens);
}

// Asked often: the calling hours are looked up when they change.
template <class O, Parts kParts>
bool Flow<O, kParts>::may_dial_now(std::uint32_t campaign) {
  CampaignState& state = c_.campaigns[campaign];
  if (c_.now >= state.hours_change) {
    const CampaignPlan& p = plan_.campaigns[campaign];
    const SimTime from = in_calling_hours(campaign, c_.now);
    state.may_dial = from == c_.now;
    state.hours_change =
        state.may_dial
            ? c_.now + (p.to - (p.opens + (c_.now - kStart)) % SimDuration{std::chrono::hours{24}})
            : from;
  }
  return state.may_dial;
}

// After an event; `released`: the group of an agent whose work it has ended. What one campaign's
// dials change, the others see: later ones now, earlier ones after the next event.
template <class O, Parts kParts>
[[gnu::noinline]] void Flow<O, kParts>::dialler_turns(std::uint32_t released) {
  const std::uint64_t moved = std::exchange(c_.moved_groups, 0);
  c_.dialler_wakes = SimTime::max();
  for (const std::uint32_t k : plan_.campaigns_by_name) {
    SimTime& asks_at = c_.campaigns[k].asks_at;
    const std::uint64_t concerns = (moved | c_.moved_groups) & plan_.campaigns[k].group_bits;
    if (c_.now >= asks_at || concerns != 0) asks_at = ask(k, released);
    c_.dialler_wakes = std::min(c_.dialler_wakes, asks_at);
  }
}

// The moment from which the campaign is to be asked again if nothing else has woken it.
template <class O, Parts kParts>
SimTime Flow<O, kParts>::ask(std::uint32_t campaign, std::uint32_t released) {
  const bool each_event = dials_at_releases(plan_.campaigns[campaign].mode);
  if (!has_turn(campaign, released)) return each_event ? c_.now : SimTime::max();
  if (closed()) return each_event ? c_.now : c_.interval_end;
  const SimTime next = top_up(campaign);
  return each_event ? c_.now : next;
}

template <class O, Parts kParts>
bool Flow<O, kParts>::has_turn(std::uint32_t campaign, std::uint32_t released) const {
  const CampaignPlan& p = plan_.campaigns[campaign];
  const CampaignState& state = c_.campaigns[campaign];
  if (p.for_idle)  // seldom true: asked first
    return idle_for_campaign(campaign) > p.reserve + state.waiting + state.dialled &&
           numbers_left(campaign);
  if (p.mode == DialMode::kAtRelease && released == kNobody) return false;
  if (p.mode == DialMode::kAtOwnRelease &&
      std::find(p.at_once.begin(), p.at_once.end(), released) == p.at_once.end())
    return false;
  return numbers_left(campaign);
}

// Dials what is wanted. The next moment at which the hours or the controller may want more; now, if
// lines are wanted.
template <class O, Parts kParts>
SimTime Flow<O, kParts>::top_up(std::uint32_t campaign) {
  const CampaignState& state = c_.campaigns[campaign];
  if (!may_dial_now(campaign)) return state.hours_change;
  const CampaignPlan& p = plan_.campaigns[campaign];
  if (p.capped) keep_cap(campaign);
  if (p.mode == DialMode::kPreview) {
    preview_numbers(campaign);
  } else if (dials_at_releases(p.mode)) {
    for (auto dials = dials_at_release(campaign); dials > 0 && line_for_dial(campaign); --dials)
      if (!dial_next_number(campaign)) break;
  } else {
    while (dials_wanted(campaign) > 0 && line_for_dial(campaign) && dial_next_number(campaign))
      continue;
  }
  if (!line_for_dial(campaign)) return c_.now;
  return p.capped ? std::min(state.next_step, state.hours_change) : state.hours_change;
}

template <class O, Parts kParts>
bool Flow<O, kParts>::line_for_dial(std::uint32_t campaign) const {
  const CampaignPlan& p = plan_.campaigns[campaign];
  return !p.has_lines || line_is_free(p.trunks);
}

// Idle and busy agents of the groups that are open at once to the campaign's parties.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::idle_for_campaign(std::uint32_t campaign) const {
  std::uint32_t idle = 0;
  for (const std::uint32_t group : plan_.campaigns[campaign].at_once) idle += c_.idle[group].size;
  return idle;
}

// New dials that the pace wants: D = floor(pace (per_idle idle + per_busy busy)), at most `most`,
// for parties who wait and dials in flight together. A capped campaign whose share so far is at the
// cap dials for idle agents only.
template <class O, Parts kParts>
std::int64_t Flow<O, kParts>::dials_wanted(std::uint32_t campaign) const {
  const CampaignPlan& p = plan_.campaigns[campaign];
  const CampaignState& state = c_.campaigns[campaign];
  const std::uint32_t all_idle = idle_for_campaign(campaign);
  const double idle = all_idle > p.reserve ? all_idle - p.reserve : 0;
  double busy = 0;
  if (p.per_busy > 0)
    for (const std::uint32_t group : p.at_once) busy += static_cast<double>(c_.gauges.busy(group));
  double wanted = p.per_idle * idle + p.per_busy * busy;
  if (p.capped) wanted = at_cap(campaign) ? idle : std::max(idle, state.pace * wanted);
  const double most = std::min(wanted + 1e-9, static_cast<double>(p.most));
  return static_cast<std::int64_t>(most) - state.waiting - state.dialled;
}

// Peer simulators' rule: a batch when enough agents are idle, half up.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::dials_at_release(std::uint32_t campaign) const {
  const CampaignPlan& p = plan_.campaigns[campaign];
  const std::uint32_t idle = idle_for_campaign(campaign);
  std::uint32_t all = 0;
  for (const FifoList& group : c_.idle) all += group.size;
  if (idle < std::max(p.idle_from, p.reserve + 1) || all < p.idle_total_from) return 0;
  return static_cast<std::uint32_t>(std::floor(p.per_idle * (idle - p.reserve) + 0.5));
}

// Whether a person more without an agent would bring the day's share over the cap.
template <class O, Parts kParts>
bool Flow<O, kParts>::at_cap(std::uint32_t campaign) const {
  const CampaignState& state = c_.campaigns[campaign];
  return state.lost + 1.0 > plan_.campaigns[campaign].cap * (state.live + 1.0);
}

// Steps of the controller that have come due. It aims at kAim of the cap: a share of the recent
// past (exponentially forgotten) above it slows the pace, below it quickens it, by `gain` at full
// deviation.
template <class O, Parts kParts>
void Flow<O, kParts>::keep_cap(std::uint32_t campaign) {
  const CampaignPlan& p = plan_.campaigns[campaign];
  CampaignState& state = c_.campaigns[campaign];
  if (state.next_step < c_.now - std::chrono::hours{8}) state.next_step = c_.now;
  for (; state.next_step <= c_.now; state.next_step += p.cap_every) {
    if (state.recent_live > 0) {
      const double off = 1 - state.recent_lost / state.recent_live / (kAim * p.cap);
      state.pace *= 1 + p.gain * std::clamp(off, -1.0, 1.0);
      state.pace = std::clamp(state.pace, kSlowestPace, kFastestPace);
    }
    state.recent_live *= p.cap_keeps;
    state.recent_lost *= p.cap_keeps;
  }
}

}  // namespace callmill
