#pragma once
// Stage 1: callers ring, fresh or again, and seize a line or are blocked.

#include <algorithm>

#include "engine/centre/flow.h"

namespace callmill {

// Poisson with a rate constant by segment: the unit exponential gap is spent at each segment's rate
// (time change), so the n-th caller's gap is the same draw whatever the rates are.
template <class O, Parts kParts>
void Flow<O, kParts>::schedule_fresh_caller(std::uint32_t type) {
  ArrivalSource& source = c_.sources[type];
  const CallerTypePlan& p = plan_.types[type];
  double gap = source.next_gap * source.gap_scale;
  SimTime from = c_.now;
  while (source.segment < p.rate.size()) {
    const RateSegment& segment = p.rate[source.segment];
    const double span = static_cast<double>((segment.end - from).count());
    if (gap * segment.mean_gap_us < span) {
      const auto after = static_cast<std::int64_t>(gap * segment.mean_gap_us);
      c_.calendar.schedule(type, from + SimDuration{after});
      draw_ahead(type);
      return;
    }
    gap -= span / segment.mean_gap_us;
    from = segment.end;
    ++source.segment;
    if (source.segment < p.rate.size() && p.rate[source.segment].day != source.day) {
      const double before = source.gap_scale;
      source.day = p.rate[source.segment].day;
      source.gap_scale = c_.gap_scales.empty() ? 1 : c_.gap_scales[source.day];
      gap *= source.gap_scale / before;
    }
  }
  c_.calendar.cancel(type);
}

// Arrivals have no memory between two of them, so the one in the calendar may be drawn anew.
template <class O, Parts kParts>
void Flow<O, kParts>::renew_callers(ReplicationKey key) {
  for (std::uint32_t type = 0; type < plan_.caller_types; ++type) {
    ArrivalSource& source = c_.sources[type];
    const CallerTypePlan& p = plan_.types[type];
    source.gaps = key.owner(Owner::kCallerType, p.key, 0);
    source.family = key.family(Owner::kCaller, p.key);
    // Numbers go on, so that nobody who calls again shares one with a new caller.
    source.next_gap =
        plan_.unit_exponential.seconds(source.gaps.uniform(Purpose::kArrival, source.callers));
    while (source.segment > 0 && p.rate[source.segment - 1].end > c_.now) --source.segment;
    if (source.segment < p.rate.size() && p.rate[source.segment].day != source.day) {
      source.day = p.rate[source.segment].day;
      source.gap_scale = c_.gap_scales.empty() ? 1 : c_.gap_scales[source.day];
    }
    schedule_fresh_caller(type);
  }
  c_.renewed = key.owner(Owner::kCentre, 0, 0).bits();
}

// A fresh caller has just been scheduled: draws what the event will ask for, and the gap to the
// next one. A draw takes 20 ns from key to time. In the event everything would wait for it; here
// nothing does, and the processor goes on with the events between.
template <class O, Parts kParts>
void Flow<O, kParts>::draw_ahead(std::uint32_t type) {
  ArrivalSource& source = c_.sources[type];
  source.key = source.family.owner(source.callers);
  if (plan_.core_only) source.talk = plain_talk(type, source.key);
  ++source.callers;
  source.next_gap =
      plan_.unit_exponential.seconds(source.gaps.uniform(Purpose::kArrival, source.callers));
}

template <class O, Parts kParts>
void Flow<O, kParts>::fresh_caller(std::uint32_t type) {
  const ArrivalSource& source = c_.sources[type];
  const OwnerKey key = source.key;
  const SimDuration talk = source.talk;
  const std::uint32_t caller = source.callers - 1;
  schedule_fresh_caller(type);
  if (more(plan_.types[type].channel != Channel::kVoice)) [[unlikely]] {
    contact_comes(static_cast<std::uint16_t>(type), caller, 0, 0, Story{c_.now});
    return;
  }
  attempt(static_cast<std::uint16_t>(type), caller, 0, key, talk, Story{c_.now});
}

// An attempt that was not drawn ahead. `draws`: which of the caller's sets of draws it has.
template <class O, Parts kParts>
void Flow<O, kParts>::arrive(std::uint16_t type, std::uint32_t caller, std::uint16_t number,
                             std::uint32_t draws, const Story& story) {
  const OwnerKey key = c_.sources[type].family.owner(caller, draws);
  const SimDuration talk = plan_.core_only ? plain_talk(type, key) : SimDuration{};
  attempt(type, caller, number, key, talk, story);
}

// `number`: 0 is the caller's first. `talk`: see ArrivalSource::talk.
template <class O, Parts kParts>
void Flow<O, kParts>::attempt(std::uint16_t type, std::uint32_t caller, std::uint16_t number,
                              OwnerKey key, SimDuration talk, const Story& story) {
  const CallerTypePlan& p = plan_.types[type];
  observer_.attempted(type, c_.interval, number, p.trunks);
  gauge(GaugeCounts::OfLines::kAttempts, p.trunks);
  if (more(plan_.floor.active) && c_.floor.levers.shed[type] > 0) [[unlikely]] {
    Call call;
    call.key = key;
    call.type = type;
    call.caller = caller;
    call.attempt = number;
    if (is_shed(call, story, p.trunks)) return;
  }
  std::uint32_t line = kNobody;
  if (p.special_lines) [[unlikely]]
    line = seize_special_line(type, key, number);
  else if ((line = seize_line(p.trunks)) == kNobody)
    note_blocked(type, p.trunks);
  if (line == kNobody) {
    if (p.keeps_story) {
      Call call;
      call.key = key;
      call.type = type;
      call.caller = caller;
      call.attempt = number;
      blocked_story(call, story);
    }
    return;
  }
  Call& call = c_.calls[line];
  call.key = key;
  call.arrived = c_.now;
  call.caller = caller;
  call.type = type;
  call.interval = static_cast<std::uint16_t>(c_.interval);
  call.attempt = number;
  call.menu_steps = 0;
  call.marks = 0;
  if (plan_.core_only) c_.talks[line] = talk;
  if (p.keeps_story) open_file(line, story);
  go(line, p.enters);
}

// Callers of a run of several days who would ring at night or on a closed day ring when it is open
// again (Horizon::when_open).
template <class O, Parts kParts>
SimTime Flow<O, kParts>::when_open(SimTime at) const {
  return plan_.days.several_days ? plan_.days.when_open(at) : at;
}

}  // namespace callmill
