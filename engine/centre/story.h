#pragma once
// A caller's story: all attempts and contacts about one matter, from the first ring until the
// caller is served or calls no more. Kept where callers may call again (Blueprint::tracks_callers).
//
//   fresh call --> blocked ----+--> calls again (after_block, after_abandon) --> next attempt
//              \--> abandoned --+--> gave up
//              \--> left in the menu
//              \--> served

#include "engine/centre/flow.h"

namespace callmill {

template <class O, Parts kParts>
void Flow<O, kParts>::open_file(std::uint32_t contact, const Story& story) {
  CallFile& file = c_.files[contact];
  file.story = story;
  file.transfers = 0;
  file.carried_on = false;
  if (story.contacts > 0) set(c_.calls[contact], Mark::kRepeat);
}

// Whether and when a caller calls again is drawn from the attempt that ended; `times` says how
// often the caller has met this end, the present one included. Never: SimTime::max().
template <class O, Parts kParts>
SimTime Flow<O, kParts>::when_again(const Call& call, const CallAgainPlan& again,
                                    std::uint32_t times) const {
  const std::uint32_t draw = redial_draw(call);
  if (times > again.limit || call.key.uniform(Purpose::kRedial, draw) >= again.share)
    return SimTime::max();
  return c_.now + again.delay.draw(call.key.uniform(Purpose::kRedialDelay, draw));
}

// The declared type as which the caller rang, whose rules of calling again hold for the story: of a
// callback the one that it is to, of a call that was passed on that of its first queue.
template <class O, Parts kParts>
std::uint16_t Flow<O, kParts>::caller_type(std::uint32_t contact) const {
  const Call& call = c_.calls[contact];
  if (has(call, Mark::kTransferred)) [[unlikely]]
    return c_.files[contact].caller_type;
  return static_cast<std::uint16_t>(plan_.types[call.type].stands_for);
}

// True when the story goes on, as a call of `type`.
template <class O, Parts kParts>
bool Flow<O, kParts>::call_again(const Call& call, std::uint16_t type, const Story& story,
                                 const CallAgainPlan& again, std::uint32_t times) {
  const SimTime at = when_again(call, again, times);
  if (at == SimTime::max()) return false;
  call_later(call, type, story, at);
  return true;
}

template <class O, Parts kParts>
void Flow<O, kParts>::call_later(const Call& call, std::uint16_t type, const Story& story,
                                 SimTime wished) {
  const SimTime at = when_open(wished);
  if (at >= kStart + plan_.horizon) {
    observer_.caller_ended(type, story, call.attempt + 1u, CallerEnd::kAnotherDay);
    return;
  }
  plan_later({at, Later::What::kRedial, type, static_cast<std::uint16_t>(call.attempt + 1),
              call.caller, 0, story});
  observer_.redial_planned(type, at);
}

template <class O, Parts kParts>
void Flow<O, kParts>::redial_due(const Later& due) {
  // A caller who keeps patience is the same person in all attempts of a contact.
  const std::uint32_t draws =
      plan_.types[due.type].keeps_patience ? due.story.contacts : due.attempt;
  if (plan_.types[due.type].channel == Channel::kVoice)
    arrive(due.type, due.who, due.attempt, draws, due.story);
  else
    contact_comes(due.type, due.who, due.attempt, draws, due.story);
}

template <class O, Parts kParts>
void Flow<O, kParts>::blocked_story(const Call& call, Story story) {
  ++story.blocked;
  if (call_again(call, call.type, story, plan_.types[call.type].after_block, story.blocked)) return;
  observer_.caller_ended(call.type, story, call.attempt + 1u,
                         story.contacts > 0 ? CallerEnd::kUnresolved : CallerEnd::kGaveUp);
}

// The caller has hung up, in the queue or when the talk was broken off.
template <class O, Parts kParts>
void Flow<O, kParts>::abandoned_story(std::uint32_t line) {
  CallFile& file = c_.files[line];
  if (file.carried_on) return;
  ++file.story.abandoned;
  file.carried_on =
      comes_back(line, plan_.types[caller_type(line)].after_abandon, file.story.abandoned);
}

// The attempt is over; so is the story, unless it goes on elsewhere. `not_served`: how it ends for
// who was never served, nor left in a menu.
template <class O, Parts kParts>
void Flow<O, kParts>::close_story(std::uint32_t contact, CallerEnd not_served) {
  const Call& call = c_.calls[contact];
  const CallFile& file = c_.files[contact];
  if (file.carried_on) return;
  CallerEnd end = not_served;
  if (file.story.contacts > 0)
    end = file.story.open != 0 ? CallerEnd::kUnresolved : CallerEnd::kResolved;
  else if (is_in_menus(call))
    end = CallerEnd::kLeftMenu;
  observer_.caller_ended(caller_type(contact), file.story, call.attempt + 1u, end);
}

}  // namespace callmill
