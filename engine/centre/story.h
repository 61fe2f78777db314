#pragma once
// A caller's story: all attempts and contacts about one matter, from the first ring until the
// caller is served or calls no more. Kept where callers may call again (Blueprint::tracks_callers).
//
//   fresh call --> blocked ----+--> calls again (after_block, after_abandon) --> next attempt
//              \--> abandoned --+--> gave up
//              \--> left in the menu
//              \--> served, or cut short in a talk: that is a contact, and the matter is open

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
// often the caller has met this end, the present one included. `draw`: redial_draw(), or beyond
// those. Never: SimTime::max().
template <class O, Parts kParts>
SimTime Flow<O, kParts>::when_again(const Call& call, const CallAgainPlan& again,
                                    std::uint32_t times, std::uint32_t draw) const {
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
                                 const CallAgainPlan& again, std::uint32_t times,
                                 std::uint32_t draw) {
  const SimTime at = when_again(call, again, times, draw);
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
  if (call_again(call, call.type, story, plan_.types[call.type].after_block, story.blocked,
                 redial_draw(call)))
    return;
  observer_.caller_ended(call.type, story, call.attempt + 1u,
                         story.contacts > 0 ? CallerEnd::kUnresolved : CallerEnd::kGaveUp);
}

// The caller has hung up in the queue.
template <class O, Parts kParts>
void Flow<O, kParts>::abandoned_story(std::uint32_t line) {
  CallFile& file = c_.files[line];
  if (file.carried_on) return;
  ++file.story.abandoned;
  file.carried_on =
      comes_back(line, plan_.types[caller_type(line)].after_abandon, file.story.abandoned);
}

// A talk has begun and is cut short, by a failed line or with the site of its agent. The caller has
// been answered, and the contact is over: the matter is open, and none of the ways of measuring
// sees it. Who does not call again because of the cut may come back as others do whose matter is
// open, which is another question, so another draw.
template <class O, Parts kParts>
void Flow<O, kParts>::talk_cut_short(std::uint32_t contact) {
  constexpr std::uint32_t kSecondThought = std::uint32_t{1} << 31;
  const Call& call = c_.calls[contact];
  const CallerTypePlan& p = plan_.types[call.type];
  CallFile& file = c_.files[contact];
  ContactOutcome outcome;
  outcome.resolves = p.follows_up && plan_.aftermath[call.type].resolves;
  outcome.first = file.story.contacts == 0;
  outcome.resolved = false;
  outcome.chance = 0;
  ++file.story.contacts;
  ++file.story.cut;
  file.story.open = 1;
  if (p.follows_up) observer_.contact_over(call, outcome);
  if (file.carried_on) return;
  file.carried_on =
      comes_back(contact, plan_.types[caller_type(contact)].after_cut, file.story.cut) ||
      comes_back(contact, p.after_open, file.story.contacts, kSecondThought);
}

// The run is over, and nothing more will happen.
template <class O, Parts kParts>
void Flow<O, kParts>::leave_stories_open() {
  for (std::uint32_t contact = 0; contact < c_.calls.size(); ++contact) {
    const Call& call = c_.calls[contact];
    if (call.state == CallState::kFree || c_.files[contact].carried_on) continue;
    observer_.caller_ended(caller_type(contact), c_.files[contact].story, call.attempt + 1u,
                           CallerEnd::kOpen);
    c_.files[contact].carried_on = true;  // told
  }
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
