#include "engine/live/situation.h"

#include <algorithm>

namespace callmill::live {
namespace {

// When the talk began, as nearly as the centre keeps it.
SimTime talk_began(const Blueprint& plan, const Centre& c, std::uint32_t agent) {
  const std::uint32_t line = c.agents[agent].line;
  const Call& call = c.calls[line];
  const CallFile& file = c.files[line];
  const CallerTypePlan& p = plan.types[call.type];
  const SimTime end = c.calendar.time_of(plan.agent_slot(agent));
  SimTime began = call.joined;
  if (plan.measures_handling)
    began = c.handling[agent].since;
  else if (p.plain_talk && plan.core_only)
    began = end - todays_talk(c, c.talks[line], call.queue);
  else if (plan.groups[c.agents[agent].group].personal)
    began = file.began;
  else if (p.keeps_story)
    began = file.answered;
  else if (p.plain_talk)
    began = end - todays_talk(c, p.talk.draw(call.key.uniform(Purpose::kTalk)), call.queue);
  return std::clamp(began, call.joined, c.now);
}

void read_agents(const Blueprint& plan, const Centre& c, Situation& s) {
  for (std::uint32_t a = 0; a < c.agents.size(); ++a) {
    const Agent& agent = c.agents[a];
    Situation::Group& group = s.groups[agent.group];
    const SimTime since = plan.agent_books ? c.agent_files[a].since : kSinceUnknown;
    switch (agent.state) {
      case AgentState::kAvailable:
        ++*group.available;
        break;
      case AgentState::kAux:
        ++*group.aux;
        break;
      case AgentState::kDialling:
        ++*group.dialling;
        break;
      case AgentState::kTalk: {
        const Call& call = c.calls[agent.line];
        const bool talks = call.state == CallState::kTalking;
        const SimTime began = talks ? talk_began(plan, c, a) : c.now;
        s.talks.push_back({agent.group, call.queue, began, began - call.joined,
                           plan.types[call.type].stands_for});
        break;
      }
      case AgentState::kWrap:
        s.wraps.push_back({agent.group, kNotKnown, since, kNotKnown});
        break;
      case AgentState::kRinging:  // as if picked up at this moment
      case AgentState::kDesk:
      case AgentState::kChat:
        ++*group.available;
        break;
      case AgentState::kOff:
        break;
    }
  }
}

void read_calls(const Blueprint& plan, const Centre& c, Situation& s) {
  for (std::size_t i = 0; i < c.calls.size(); ++i) {
    const Call& call = c.calls[i];
    if (call.state == CallState::kFree) continue;
    const bool inbound = call.type < plan.caller_types;
    const bool chat = inbound && plan.types[call.type].channel != Channel::kVoice;
    if (call.state == CallState::kBacklog || (chat && call.state == CallState::kTalking))
      ++s.backlog[call.queue];
    if (has(call, Mark::kCallback) &&
        (call.state == CallState::kPlanned || call.state == CallState::kListed ||
         call.state == CallState::kWaiting))
      ++s.callbacks[call.queue];
    if (!inbound || chat) continue;
    if (call.state == CallState::kWaiting || call.state == CallState::kRinging)
      s.waiting.push_back({call.queue, call.joined, call.type});
    if (call.state == CallState::kMenu) s.menus.push_back({call.menu, kSinceUnknown, call.type});
  }
  std::sort(s.waiting.begin(), s.waiting.end(),
            [](const auto& a, const auto& b) { return a.since < b.since; });
}

void read_counts(const Blueprint& plan, const Centre& c, const Recorder& recorder, Situation& s) {
  const std::uint32_t queues = recorder.queues();
  const std::uint32_t intervals = std::min(c.interval + 1, plan.intervals);
  s.so_far.resize(intervals);
  for (std::uint32_t i = 0; i < intervals; ++i) {
    Situation::Interval& interval = s.so_far[i];
    interval.queues.resize(queues);
    for (std::uint32_t type = 0; type < plan.caller_types; ++type) {
      const Cell<CallCount>& hotline = recorder.calls(type, queues, i);
      interval.calls += hotline[at(CallCount::kAttempts)];
      interval.blocked += hotline[at(CallCount::kBlocked)];
      for (std::uint32_t q = 0; q < queues; ++q) {
        const Cell<CallCount>& cell = recorder.calls(type, q, i);
        Situation::OfQueue& of = interval.queues[q];
        of.offered += cell[at(CallCount::kOffered)];
        of.answered += cell[at(CallCount::kAnswered)];
        of.answered_within += cell[at(CallCount::kAnsweredWithin)];
        of.abandoned += cell[at(CallCount::kAbandoned)];
        of.wait_s =
            std::max(of.wait_s, 0.0) + to_seconds(SimDuration{cell[at(CallCount::kWaitAnswered)]});
        of.talk_s = std::max(of.talk_s, 0.0) + to_seconds(SimDuration{cell[at(CallCount::kTalk)]});
      }
    }
    for (Situation::OfQueue& of : interval.queues) {
      const auto answered = static_cast<double>(of.answered);
      of.wait_s = of.answered > 0 ? of.wait_s / answered : -1;
      of.talk_s = of.answered > 0 ? of.talk_s / answered : -1;
    }
  }
}

}  // namespace

Situation situation_of(const Blueprint& plan, const Centre& centre, const Recorder* recorder) {
  Situation s;
  s.at = centre.now;
  s.groups.assign(plan.groups.size(), {0, 0, 0});
  s.callbacks.resize(plan.queues.size());
  s.backlog.resize(plan.queues.size());
  read_agents(plan, centre, s);
  read_calls(plan, centre, s);
  if (recorder != nullptr) read_counts(plan, centre, *recorder, s);
  return s;
}

}  // namespace callmill::live
