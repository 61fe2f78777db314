#pragma once
// Deferred work: messages come, wait in the backlog of their queue over nights and days, and are
// worked off by agents whom no call wants. And callers who leave a message instead of waiting on.
//
//   comes --> backlog --> at work (an agent in AgentState::kDesk) --> done
//                ^            |
//                +------------+ interrupted by a call; what is left of the work is done later

#include "engine/centre/flow.h"

namespace callmill {

// Messages that were open before the run carry the highest numbers.
inline constexpr std::uint32_t kFirstOpenAtStart = 0x80000000u;

template <class O, Parts kParts>
void Flow<O, kParts>::open_backlog() {
  for (const std::uint32_t type : plan_.types_by_name)
    for (std::int64_t i = 0; i < plan_.types[type].message.open_at_start; ++i)
      contact_comes(static_cast<std::uint16_t>(type),
                    kFirstOpenAtStart + static_cast<std::uint32_t>(i), 0, 0, Story{c_.now});
}

template <class O, Parts kParts>
void Flow<O, kParts>::message_comes(std::uint16_t type, const Origin& origin) {
  const std::uint32_t contact = new_contact(type, origin);
  Call& call = c_.calls[contact];
  CallFile& file = c_.files[contact];
  file.due = plan_.types[type].message.due(c_.now, plan_.days);
  file.work_left = SimDuration{0};
  enter(call, CallState::kBacklog);
  file_message(contact, c_.backlog[call.queue].tail);
  observer_.message_came(call, file.due, c_.now);
  for (const std::uint32_t group : plan_.queues[call.queue].route_group) take_messages(group);
}

// True when `a` is worked off before `b`.
template <class O, Parts kParts>
bool Flow<O, kParts>::goes_first(std::uint32_t a, std::uint32_t b) const {
  if (plan_.queues[c_.calls[a].queue].by_deadline && c_.files[a].due != c_.files[b].due)
    return c_.files[a].due < c_.files[b].due;
  return c_.calls[a].joined < c_.calls[b].joined;
}

// Puts the message where it belongs, looking from the `last` that may stand before it to the front.
// O(1) for new messages of equal deadlines.
template <class O, Parts kParts>
void Flow<O, kParts>::file_message(std::uint32_t contact, std::uint32_t last) {
  while (last != kNobody && goes_first(contact, last)) last = c_.calls[last].previous;
  insert_after(c_.backlog[c_.calls[contact].queue], c_.calls, last, contact);
}

// Idle agents of the group beyond the queue's reserve take what is to be done first.
template <class O, Parts kParts>
void Flow<O, kParts>::take_messages(std::uint32_t group) {
  while (!closed()) {
    const std::uint32_t agent = c_.idle[group].head;
    if (agent == kNobody) return;
    std::uint32_t first = kNobody;
    for (const std::uint32_t queue : plan_.groups[group].message_queues) {
      const std::uint32_t head = c_.backlog[queue].head;
      if (head != kNobody && c_.idle[group].size > plan_.queues[queue].reserve &&
          (first == kNobody || c_.files[head].due < c_.files[first].due))
        first = head;
    }
    if (first == kNobody) return;
    unlink(c_.idle[group], c_.agents, agent);
    begin_work(first, agent);
  }
}

template <class O, Parts kParts>
void Flow<O, kParts>::begin_work(std::uint32_t contact, std::uint32_t agent) {
  Call& call = c_.calls[contact];
  CallFile& file = c_.files[contact];
  const CallerTypePlan& p = plan_.types[call.type];
  unlink(c_.backlog[call.queue], c_.calls, contact);
  enter(call, CallState::kTalking);
  enter(agent, AgentState::kDesk);
  c_.agents[agent].line = contact;
  if (p.message.interruptible) push_back(c_.at_desk[group_of(agent)], c_.agents, agent);
  if (file.work_left == SimDuration{0}) {
    file.work_left = p.talk.draw(call.key.uniform(Purpose::kTalk));
    if (p.has_wrap) file.work_left += p.wrap.draw(call.key.uniform(Purpose::kWrap));
  }
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + file.work_left);
}

template <class O, Parts kParts>
void Flow<O, kParts>::work_ends(std::uint32_t agent) {
  const std::uint32_t contact = std::exchange(c_.agents[agent].line, kNobody);
  const Call& call = c_.calls[contact];
  if (plan_.types[call.type].message.interruptible)
    unlink(c_.at_desk[group_of(agent)], c_.agents, agent);
  CallFile& file = c_.files[contact];
  observer_.message_done(call, file.due, c_.now);
  if (!file.carried_on) {  // of a caller who left it: the story ends here
    ++file.story.contacts;
    file.story.open = 0;
    file.story.reached = std::min(file.story.reached, c_.now);
  }
  hang_up(contact);
  free_agent(agent);
}

// The agent of the group who is longest at work that may be interrupted puts it aside; kNobody when
// there is none. The agent is then in no list and must take a call.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::interrupt_work(std::uint32_t group) {
  const std::uint32_t agent = c_.at_desk[group].head;
  if (agent != kNobody) put_aside(agent);
  return agent;
}

// The work in hand goes back to the backlog.
template <class O, Parts kParts>
void Flow<O, kParts>::put_aside(std::uint32_t agent) {
  const std::uint32_t contact = std::exchange(c_.agents[agent].line, kNobody);
  Call& call = c_.calls[contact];
  if (plan_.types[call.type].message.interruptible)
    unlink(c_.at_desk[group_of(agent)], c_.agents, agent);
  // At least 1 µs: it is not done yet.
  c_.files[contact].work_left =
      std::max(SimDuration{1}, c_.calendar.time_of(plan_.agent_slot(agent)) - c_.now);
  enter(call, CallState::kBacklog);
  file_message(contact, c_.backlog[call.queue].tail);
}

// The caller has waited as long as the queue wants.
template <class O, Parts kParts>
void Flow<O, kParts>::leave_voicemail(std::uint32_t line) {
  leave_wait_list(line);
  speak_to_machine(line);
}

// In no list.
template <class O, Parts kParts>
void Flow<O, kParts>::speak_to_machine(std::uint32_t line) {
  Call& call = c_.calls[line];
  observer_.left_message(call, c_.now - call.joined);
  const SimDuration length = plan_.queues[call.queue].voicemail_length;
  if (length == SimDuration{0}) {
    end_voicemail(line);
    return;
  }
  enter(call, CallState::kVoicemail);
  set_timer(line, c_.now + length);
}

template <class O, Parts kParts>
void Flow<O, kParts>::end_voicemail(std::uint32_t line) {
  const std::uint32_t to = plan_.queues[c_.calls[line].queue].voicemail_to;
  if (to != kNoLimit) {
    go_on_elsewhere(line, to);
  } else if (plan_.tracks_callers) {
    close_story(line, CallerEnd::kLeftMessage);
    c_.files[line].carried_on = true;  // said
  }
  hang_up(line);
}

}  // namespace callmill
