// What must hold in every state: Centre's laws.

#include "engine/centre/centre.h"

#include <algorithm>

namespace callmill {
namespace {

template <class Node>
bool whole(const FifoList& list, const std::vector<Node>& nodes, std::vector<char>& seen) {
  std::uint32_t size = 0, previous = kNobody;
  for (std::uint32_t i = list.head; i != kNobody; i = nodes[i].next) {
    if (++size > list.size || nodes[i].previous != previous || seen[i] != 0) return false;
    seen[i] = 1;
    previous = i;
  }
  return size == list.size && list.tail == previous;
}

// The agent has passed the call on and stays for now; somebody else talks, or nobody yet.
bool holds_passed_on(const Blueprint& plan, const Centre& c, std::uint32_t agent) {
  return plan.transfers && c.files[c.agents[agent].line].first_agent == agent;
}

// Calls that wait for one agent: `queued` gets them too.
void check_held(const Centre& c, std::vector<char>& queued, std::vector<const char*>& broken) {
  std::vector<std::uint32_t> held_calls(c.held_calls.size());
  for (std::uint32_t agent = 0; agent < c.held.size(); ++agent) {
    if (!whole(c.held[agent], c.calls, queued)) {
      broken.push_back("a list of calls held for an agent is not whole");
      return;
    }
    for (std::uint32_t i = c.held[agent].head; i != kNobody; i = c.calls[i].next) {
      ++held_calls[c.calls[i].queue];
      if (!has(c.calls[i], Mark::kHeld) || c.files[i].held_for != agent)
        broken.push_back("a call in an agent's list is held for that agent");
    }
    const AgentState state = c.agents[agent].state;
    if (c.held[agent].size > 0 &&
        (state == AgentState::kAvailable || state == AgentState::kOff || state == AgentState::kAux))
      broken.push_back("a call waits only for an agent who is busy");
  }
  if (held_calls != c.held_calls) broken.push_back("held calls are not counted by queue");
}

void check_calls(const Blueprint& plan, const Centre& c, std::vector<const char*>& broken) {
  std::vector<char> queued(c.calls.size());
  for (std::uint32_t i = 0; i < c.waiting.size(); ++i) {
    if (!whole(c.waiting[i], c.calls, queued)) broken.push_back("a wait list is not whole");
    ListBits list;
    list.add(i);
    if (!plan.core_only && c.waiting[i].size > 0 && !c.with_waiting.any_of(list))
      broken.push_back("a wait list in which somebody waits is known as such");
  }
  check_held(c, queued, broken);
  std::vector<std::uint32_t> talking(c.calls.size());
  for (std::uint32_t a = 0; a < c.agents.size(); ++a) {
    const bool rings = c.agents[a].state == AgentState::kRinging;
    const bool talks = c.agents[a].state == AgentState::kTalk && !holds_passed_on(plan, c, a);
    if (rings || talks) ++talking[c.agents[a].line];
  }
  for (std::size_t g = 0; g < c.trunks.size(); ++g) {
    std::uint32_t held = 0;
    for (std::uint32_t line = plan.first_line[g]; line < plan.first_line[g + 1]; ++line) {
      const Call& call = c.calls[line];
      held += call.state != CallState::kFree ? 1u : 0u;
      if ((queued[line] != 0) != (call.state == CallState::kWaiting))
        broken.push_back("a call waits if and only if it is in a wait list");
      const bool reached = call.state == CallState::kTalking || call.state == CallState::kRinging;
      if (talking[line] != (reached ? 1u : 0u))
        broken.push_back("a call that talks or rings has exactly one agent");
      const bool timed = c.calendar.pending(plan.line_slot(line));
      if (timed && (call.state == CallState::kFree || call.state == CallState::kTalking))
        broken.push_back("a free or talking line has a timer");
    }
    if (held != c.trunks[g].in_use) broken.push_back("lines in use = calls that hold a line");
    const std::uint32_t lines = plan.first_line[g + 1] - plan.first_line[g];
    if (c.trunks[g].in_service != lines - std::min(lines, c.trunks[g].failed))
      broken.push_back("lines in service = lines - failed lines");
  }
  const auto in_menus = std::count_if(c.calls.begin(), c.calls.end(), [](const Call& call) {
    return call.state == CallState::kMenu || call.state == CallState::kSelfService;
  });
  if (in_menus != static_cast<std::ptrdiff_t>(c.ports_in_use))
    broken.push_back("ports in use = calls in menus and self-service");
}

// Callbacks: each open one is planned, listed or in its caller's place.
void check_callbacks(const Centre& c, std::vector<const char*>& broken) {
  std::vector<char> listed(c.calls.size());
  std::vector<std::uint32_t> open(c.queues.size());
  for (const QueueState& queue : c.queues)
    if (!whole(queue.callbacks, c.calls, listed)) broken.push_back("a callback list is not whole");
  for (std::size_t i = 0; i < c.calls.size(); ++i) {
    const Call& call = c.calls[i];
    if ((listed[i] != 0) != (call.state == CallState::kListed))
      broken.push_back("a callback is due if and only if it is in a list");
    if (has(call, Mark::kCallback) &&
        (call.state == CallState::kPlanned || call.state == CallState::kListed ||
         call.state == CallState::kWaiting))
      ++open[call.queue];
  }
  for (std::size_t q = 0; q < c.queues.size(); ++q)
    if (open[q] != c.queues[q].open_callbacks)
      broken.push_back("open callbacks are planned, listed or waiting");
}

// Dials: by the dialler, or in an agent's hands. Numbers of a list: each in one place.
void check_dials(const Blueprint& plan, const Centre& c, std::vector<const char*>& broken) {
  std::vector<std::uint32_t> by_agent(c.calls.size()), in_hand(c.campaigns.size()),
      in_flight(c.campaigns.size()), waiting(c.campaigns.size());
  for (const Agent& agent : c.agents)
    if (agent.state == AgentState::kDialling && agent.line != kNobody) ++by_agent[agent.line];
  for (std::size_t i = 0; i < c.calls.size(); ++i) {
    const Call& call = c.calls[i];
    if (by_agent[i] > 0 && (by_agent[i] > 1 || call.state != CallState::kDialled))
      broken.push_back("an agent dials what is not to be dialled");
    if (call.state == CallState::kFree || !has(call, Mark::kCampaign)) {
      if (call.state == CallState::kDialled && by_agent[i] == 0)
        broken.push_back("a callback that is dialled has an agent");
      continue;
    }
    const std::uint32_t campaign = plan.types[call.type].stands_for;
    if (call.state == CallState::kDialled) ++(by_agent[i] > 0 ? in_hand : in_flight)[campaign];
    if (call.state == CallState::kWaiting) ++waiting[campaign];
  }
  for (std::size_t k = 0; k < c.campaigns.size(); ++k) {
    const CampaignState& state = c.campaigns[k];
    std::size_t there = state.due.size() - state.first_due + state.planned + state.left +
                        state.dialled + state.waiting + in_hand[k];
    for (const std::uint32_t ended : state.ended) there += ended;
    if (state.dialled != in_flight[k] || state.waiting != waiting[k])
      broken.push_back("dials in flight and parties who wait are counted");
    if (there != state.next) broken.push_back("a number of a list is in one place");
  }
}

// A message is in the backlog of its queue, or at exactly one agent's desk.
void check_messages(const Centre& c, std::vector<const char*>& broken) {
  std::vector<char> filed(c.calls.size());
  for (const FifoList& list : c.backlog)
    if (!whole(list, c.calls, filed)) broken.push_back("a backlog is not whole");
  std::vector<std::uint32_t> at_work(c.calls.size());
  std::vector<char> interruptible(c.agents.size());
  for (const FifoList& list : c.at_desk)
    if (!whole(list, c.agents, interruptible)) broken.push_back("a list of desks is not whole");
  for (std::size_t a = 0; a < c.agents.size(); ++a) {
    if (c.agents[a].state == AgentState::kDesk)
      ++at_work[c.agents[a].line];
    else if (interruptible[a] != 0)
      broken.push_back("an agent who is not at the desk has work to interrupt");
  }
  for (std::size_t i = 0; i < c.calls.size(); ++i) {
    if ((filed[i] != 0) != (c.calls[i].state == CallState::kBacklog))
      broken.push_back("a message is in the backlog if and only if it is in a list");
    if (at_work[i] > 0 && (at_work[i] > 1 || c.calls[i].state != CallState::kTalking))
      broken.push_back("a message at work has exactly one agent");
  }
}

// A chat waits, or is at exactly one agent, who is at chat; agents with room are in their lists.
void check_chats(const Blueprint& plan, const Centre& c, std::vector<const char*>& broken) {
  std::vector<char> at_desk(c.calls.size()), listed(c.agents.size()), waiting(c.calls.size());
  for (const FifoList& list : c.chat_room)
    if (!whole(list, c.agents, listed)) broken.push_back("a list of agents with room is not whole");
  for (const FifoList& list : c.waiting) {
    std::uint32_t i = list.head;
    for (; i != kNobody; i = c.calls[i].next) waiting[i] = 1;
  }
  for (std::uint32_t a = 0; a < c.agents.size(); ++a) {
    const ChatDesk& desk = c.desks[a];
    const std::uint32_t most = plan.groups[c.agents[a].group].chats_at_once;
    if (!whole(desk.chats, c.calls, at_desk)) broken.push_back("a list of chats is not whole");
    if ((desk.chats.size > 0) != (c.agents[a].state == AgentState::kChat))
      broken.push_back("an agent is at chat if and only if some chat is in hand");
    if (desk.chats.size > most) broken.push_back("an agent has more chats than at_once");
    if (desk.listed != (desk.chats.size < most ? desk.chats.size : 0) ||
        (listed[a] != 0) != (desk.listed > 0))
      broken.push_back("an agent with room for a chat is in the list of so many chats");
  }
  for (std::size_t i = 0; i < c.calls.size(); ++i) {
    const Call& call = c.calls[i];
    if (call.state == CallState::kFree || plan.types[call.type].channel != Channel::kChat) continue;
    const bool held = call.state == CallState::kTalking || call.state == CallState::kAfterChat;
    if (held != (at_desk[i] != 0)) broken.push_back("a chat is held by exactly one agent");
    if ((call.state == CallState::kWaiting) != (waiting[i] != 0))
      broken.push_back("a chat waits if and only if it is in a wait list");
    if (i < c.lines) broken.push_back("a chat holds a line");
  }
}

void check_agents(const Blueprint& plan, const Centre& c, std::vector<const char*>& broken) {
  std::vector<char> idle(c.agents.size());
  std::vector<std::int64_t> busy_in(c.idle.size());
  for (const FifoList& list : c.idle)
    if (!whole(list, c.agents, idle)) broken.push_back("an idle list is not whole");
  for (std::uint32_t a = 0; a < c.agents.size(); ++a) {
    const Agent& agent = c.agents[a];
    if ((idle[a] != 0) != (agent.state == AgentState::kAvailable))
      broken.push_back("an agent is available if and only if in an idle list");
    const bool busy = agent.state == AgentState::kTalk || agent.state == AgentState::kWrap ||
                      agent.state == AgentState::kDialling || agent.state == AgentState::kRinging ||
                      agent.state == AgentState::kDesk || agent.state == AgentState::kChat;
    const bool held = agent.state == AgentState::kTalk && holds_passed_on(plan, c, a);
    if (held && c.calls[agent.line].state == CallState::kFree)
      broken.push_back("an agent holds a call that is gone");
    if (busy && !held && !c.calendar.pending(plan.agent_slot(a)))
      broken.push_back("a busy agent has no end of work");
    if (!busy && agent.duty != Duty::kWork && agent.state == AgentState::kAvailable)
      broken.push_back("an agent is available off duty");
    const bool at_work = agent.state != AgentState::kOff && agent.state != AgentState::kAux &&
                         agent.state != AgentState::kAvailable;
    busy_in[agent.group] += at_work ? 1 : 0;
  }
  for (std::uint32_t g = 0; plan.gauges.kept && g < c.idle.size(); ++g)
    if (c.gauges.busy(g) != busy_in[g] || c.gauges.available(g) != c.idle[g].size)
      broken.push_back("the gauges of a group = its agents");
}

void check_people(const Blueprint& plan, const Centre& c, std::vector<const char*>& broken) {
  std::vector<char> wrapping(c.agents.size());
  for (const FifoList& list : c.wrapping)
    if (!whole(list, c.agents, wrapping)) broken.push_back("a list of agents in wrap is not whole");
  for (std::uint32_t a = 0; a < c.agents.size(); ++a) {
    const bool listed = !c.wrapping.empty() && c.agent_files[a].listed;
    if ((wrapping[a] != 0) != listed || (listed && c.agents[a].state != AgentState::kWrap))
      broken.push_back("an agent whose wrap may be cut short is in its list");
    const std::uint32_t home = plan.group_of_agent[a];
    const GroupPlan& g = plan.groups[home];
    const bool staff = a < g.first_agent + g.agents - g.spare - plan.floor.call_in[home].agents;
    if (staff && c.owed[home] > 0 && c.agents[a].state == AgentState::kAvailable)
      broken.push_back("an agent is idle while the group owes someone's leaving");
  }
}

}  // namespace

std::vector<const char*> broken_laws(const Blueprint& plan, const Centre& centre) {
  std::vector<const char*> broken;
  check_people(plan, centre, broken);
  check_calls(plan, centre, broken);
  check_agents(plan, centre, broken);
  check_callbacks(centre, broken);
  if (plan.calls_back || !plan.campaigns.empty()) check_dials(plan, centre, broken);
  if (plan.has_messages) check_messages(centre, broken);
  if (plan.has_chats) check_chats(plan, centre, broken);
  return broken;
}

}  // namespace callmill
