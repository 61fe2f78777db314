#pragma once
// What is to come later, outside lines and agents: callers who ring again, and the timers of
// contacts that hold no line. One calendar slot stands for the earliest of them.

#include "engine/centre/flow.h"

namespace callmill {

template <class O, Parts kParts>
void Flow<O, kParts>::plan_later(const Later& later) {
  c_.later.add(later);
  c_.calendar.schedule(plan_.later_slot(), c_.later.next_time());
}

template <class O, Parts kParts>
void Flow<O, kParts>::later_due() {
  const Later due = c_.later.take();
  if (c_.later.empty())
    c_.calendar.cancel(plan_.later_slot());
  else
    c_.calendar.schedule(plan_.later_slot(), c_.later.next_time());
  switch (due.what) {
    case Later::What::kRedial:
      redial_due(due);
      return;
    case Later::What::kCampaignOpens:
      open_campaign(due.type, next_day(due.type, c_.now));
      if (plan_.campaigns[due.type].mode == DialMode::kAtOwnRelease && !closed()) top_up(due.type);
      return;  // the dialler is awake if it has anybody to dial for
    case Later::What::kNumberDue:
      number_due(due);
      return;
    case Later::What::kOpening:
      opening_calls();
      return;
    case Later::What::kContactTimer:
      if (c_.files[due.who].timers == due.serial) contact_timer(due.who);
      return;
    case Later::What::kCentreCloses:
      centre_closes();
      return;
    case Later::What::kLinesFail:
      lines_fail(due.who, due.serial);
      return;
    case Later::What::kLinesBack:
      lines_back(due.who, due.serial);
      return;
    case Later::What::kLateDuty:
      if (c_.floor.agents[due.who].serial == due.serial)
        late_duty(due.who, static_cast<Duty>(due.attempt));
      return;
  }
}

// The one timer of a contact: prompts, patience, the next group of the route.
template <class O, Parts kParts>
void Flow<O, kParts>::set_timer(std::uint32_t contact, SimTime at) {
  if (contact < c_.lines) [[likely]] {
    c_.calendar.schedule(plan_.line_slot(contact), at);
    return;
  }
  Later later;
  later.at = at;
  later.what = Later::What::kContactTimer;
  later.who = contact;
  later.serial = ++c_.files[contact].timers;
  plan_later(later);
}

template <class O, Parts kParts>
void Flow<O, kParts>::clear_timer(std::uint32_t contact) {
  if (contact < c_.lines) [[likely]]
    c_.calendar.cancel(plan_.line_slot(contact));
  else
    ++c_.files[contact].timers;
}

template <class O, Parts kParts>
void Flow<O, kParts>::contact_timer(std::uint32_t contact) {
  switch (c_.calls[contact].state) {
    case CallState::kWaiting:
      wait_timer(contact);
      return;
    case CallState::kRinging:
      hangs_up_ringing(contact);
      return;
    case CallState::kSurvey:
      survey_ends(contact);
      return;
    case CallState::kPlanned:
      callback_due(contact);
      return;
    case CallState::kDialled:
      dial_over(contact);
      return;
    default:
      menu_timer(contact);
  }
}

// A contact that holds no line. Its number is free again when it ends; memory is bounded by the
// most that were there at once.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::take_contact() {
  if (c_.free_contact == kNobody) {
    c_.calls.emplace_back();
    c_.files.emplace_back();
    return static_cast<std::uint32_t>(c_.calls.size() - 1);
  }
  const std::uint32_t contact = c_.free_contact;
  c_.free_contact = c_.calls[contact].next;
  return contact;
}

// The contact is over.
template <class O, Parts kParts>
void Flow<O, kParts>::hang_up(std::uint32_t contact) {
  Call& call = c_.calls[contact];
  if (plan_.tracks_callers) [[unlikely]]
    close_story(contact);
  enter(call, CallState::kFree);
  if (contact >= c_.lines) [[unlikely]] {
    call.next = c_.free_contact;
    c_.free_contact = contact;
  } else {
    release_line(contact);
  }
  if (more(plan_.transfers)) [[unlikely]]
    release_first(contact);
}

}  // namespace callmill
