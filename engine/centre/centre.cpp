#include "engine/centre/centre.h"

#include <algorithm>

#include "base/random/law.h"

namespace callmill {
namespace {

// What is to come later waits outside the calendar; room for as much as there are lines keeps the
// warm loop free of allocation.
std::size_t room_for_later(const Blueprint& plan) {
  if (plan.floor.agents) return (std::size_t{plan.lines()} + plan.agents()) * 4 + 1024;
  for (const CallerTypePlan& type : plan.types)
    if (type.keeps_story) return std::size_t{plan.lines()} * 4 + 1024;
  return plan.line_failures.size();
}

class Hash {
 public:
  void add(std::uint64_t x) { bits_ = mix64(bits_ ^ (x + kGolden)); }
  void add(SimTime t) { add(static_cast<std::uint64_t>(t.time_since_epoch().count())); }
  void add(const FifoList& list) {
    add(list.head);
    add(list.tail);
    add(list.size);
  }
  std::uint64_t bits() const { return bits_; }

 private:
  std::uint64_t bits_ = 0;
};

void add(Hash& hash, const Call& call) {
  hash.add(static_cast<std::uint64_t>(call.state));
  hash.add(call.next);
  if (call.state == CallState::kFree) return;
  hash.add(call.key.bits());
  hash.add(call.arrived);
  hash.add(call.joined);
  hash.add(call.gives_up);
  hash.add((std::uint64_t{call.previous} << 32) | call.caller);
  hash.add((std::uint64_t{call.type} << 48) | (std::uint64_t{call.interval} << 32) |
           (std::uint64_t{call.queue} << 16) | call.menu);
  hash.add((std::uint64_t{call.attempt} << 32) | (std::uint64_t{call.menu_steps} << 16) |
           call.route_step);
  hash.add((std::uint64_t{call.trunks} << 16) | call.marks);
}

void add(Hash& hash, const Story& story) {
  hash.add(story.began);
  hash.add(story.reached);
  hash.add((std::uint64_t{story.last_agent} << 16) | story.contacts);
  hash.add((std::uint64_t{story.cut} << 48) | (std::uint64_t{story.open} << 32) |
           (std::uint64_t{story.blocked} << 16) | story.abandoned);
}

void add(Hash& hash, const CallFile& file) {
  hash.add(file.first_agent);
  hash.add(static_cast<std::uint64_t>(file.first_wrap.count()));
  hash.add(static_cast<std::uint64_t>(file.opening.count()));
  add(hash, file.story);
  hash.add(file.answered);
  hash.add((std::uint64_t{file.timers} << 32) | (std::uint64_t{file.transfers} << 1) |
           (file.carried_on ? 1u : 0u));
  hash.add(file.due);
  hash.add(static_cast<std::uint64_t>(file.work_left.count()));
  hash.add(file.menu_tries);
}

void add_again(Hash& hash, const CallFile& file) {
  hash.add((std::uint64_t{file.rings} << 16) | file.sent_back);
  hash.add(file.rang);
}

void add(Hash& hash, const Later& later) {
  hash.add(later.at);
  hash.add((std::uint64_t{later.type} << 32) | (std::uint64_t{later.attempt} << 16) |
           static_cast<std::uint64_t>(later.what));
  hash.add((std::uint64_t{later.who} << 32) | later.serial);
  add(hash, later.story);
}

void add(Hash& hash, const Agent& agent) {
  hash.add((std::uint64_t{agent.next} << 32) | agent.previous);
  hash.add((std::uint64_t{agent.line} << 32) | agent.dials);
  hash.add(agent.pauses);
  hash.add((std::uint64_t{agent.group} << 32) | (static_cast<std::uint64_t>(agent.wanted) << 24) |
           (static_cast<std::uint64_t>(agent.aux) << 16) |
           (static_cast<std::uint64_t>(agent.state) << 8) | static_cast<std::uint64_t>(agent.duty));
}

void add(Hash& hash, const PersonFile& file) {
  hash.add(static_cast<std::uint64_t>(file.busy.count()));
  hash.add(static_cast<std::uint64_t>(file.since_break.count()));
  hash.add(static_cast<std::uint64_t>(file.wrap_left.count()));
  hash.add((std::uint64_t{file.wrap_type} << 32) | (std::uint64_t{file.wrap_queue} << 16) |
           file.wrap_interval);
}

void add(Hash& hash, const DutyChange& change) {
  hash.add(change.at);
  hash.add((std::uint64_t{change.agent} << 16) | (static_cast<std::uint64_t>(change.duty) << 8) |
           static_cast<std::uint64_t>(change.code));
}

void add(Hash& hash, const AgentFile& file) {
  hash.add(file.since);
  hash.add(static_cast<std::uint64_t>(file.occupied.count()));
  hash.add(static_cast<std::uint64_t>(file.signed_in.count()));
  hash.add(file.contacts);
}

}  // namespace

double gap_scale(const Blueprint& plan, ReplicationKey key, std::uint32_t day) {
  if (plan.busyness_cv <= 0) return 1;
  const double shape = 1 / (plan.busyness_cv * plan.busyness_cv);
  const double u = key.owner(Owner::kCentre, 0, 0).uniform(Purpose::kBusyness, day);
  return 1 / quantile(GammaLaw{1.0, shape}, u, 1 - u);
}

Centre open_centre(const Blueprint& plan, std::uint64_t seed, std::uint64_t replication) {
  Centre c;
  c.now = kStart;
  c.interval_end = kStart + plan.interval;
  c.key = ReplicationKey{seed, replication};
  const double scale = gap_scale(plan, c.key, 0);
  c.calendar = Calendar{plan.line_slot(plan.lines())};
  for (const CallerTypePlan& type : plan.types)
    c.sources.push_back({c.key.owner(Owner::kCallerType, type.key, 0),
                         c.key.family(Owner::kCaller, type.key), 0, 0, scale, 0});
  c.lines = plan.lines();
  c.calls.resize(plan.lines());
  c.files.resize(plan.lines());
  c.trunks.resize(plan.first_line.size() - 1);
  for (std::size_t g = 0; g < c.trunks.size(); ++g) {
    c.trunks[g].in_service = plan.first_line[g + 1] - plan.first_line[g];
    for (std::uint32_t line = plan.first_line[g + 1]; line-- > plan.first_line[g];) {
      c.calls[line].next = c.trunks[g].free_line;
      c.trunks[g].free_line = line;
    }
  }
  c.waiting.resize(plan.wait_lists());
  c.agents.resize(plan.agents());
  for (std::uint32_t agent = 0; agent < plan.agents(); ++agent)
    c.agents[agent].group = static_cast<std::uint16_t>(plan.group_of_agent[agent]);
  if (plan.floor.active) c.floor = open_floor(plan);
  if (plan.gauges.kept)
    c.gauges.open(plan.queues.size(), plan.first_line.size() - 1, plan.groups.size(),
                  plan.gauges.minutes);
  c.idle.resize(plan.groups.size());
  if (plan.agent_books) c.agent_files.resize(plan.agents());
  if (plan.asks_agents) {
    c.held.resize(plan.agents());
    c.held_calls.resize(plan.queues.size());
  }
  if (plan.has_messages) {
    c.backlog.resize(plan.queues.size());
    c.at_desk.resize(plan.groups.size());
  }
  c.later.reserve(room_for_later(plan));
  if (plan.has_personal) {
    c.person_files.resize(plan.agents());
    c.wrapping.resize(plan.groups.size());
  }
  c.owed.resize(plan.groups.size());
  if (plan.attends) c.changes = draw_changes(plan, c.key);
  const std::vector<DutyChange>& changes = plan.attends ? c.changes : plan.changes;
  if (!changes.empty()) c.calendar.schedule(plan.duty_slot(), changes.front().at);
  return c;
}

std::uint64_t fingerprint(const Centre& c) {
  Hash hash;
  hash.add(c.key.owner(Owner::kCentre, 0, 0).bits());  // seed and replication: all that is to come
  hash.add(c.opened ? 1u : 0u);
  hash.add(c.now);
  hash.add(c.interval_end);
  hash.add((std::uint64_t{c.interval} << 32) | c.next_change);
  hash.add(c.spell);
  hash.add(c.events);
  for (const ArrivalSource& source : c.sources)
    hash.add((std::uint64_t{source.callers} << 32) | source.segment);
  for (const TrunkState& trunks : c.trunks) {
    hash.add((std::uint64_t{trunks.free_line} << 32) | trunks.in_use);
    hash.add((std::uint64_t{trunks.in_service} << 32) | trunks.failed);
  }
  hash.add(c.ports_in_use);
  for (std::size_t i = 0; i < c.calls.size(); ++i) {
    add(hash, c.calls[i]);
    if (c.calls[i].state != CallState::kFree) add(hash, c.files[i]);
    if (has(c.calls[i], Mark::kHeld)) {
      hash.add(c.files[i].held_for);
      hash.add(c.files[i].held_until);
    }
    if (c.calls[i].state != CallState::kFree && has(c.calls[i], Mark::kAgain))
      add_again(hash, c.files[i]);
  }
  hash.add(c.free_contact);
  for (const FifoList& list : c.waiting) hash.add(list);
  for (const Agent& agent : c.agents) add(hash, agent);
  for (const FifoList& list : c.idle) hash.add(list);
  for (const FifoList& list : c.backlog) hash.add(list);
  for (const FifoList& list : c.at_desk) hash.add(list);
  c.gauges.add_to(hash);
  add(hash, c.floor);
  for (const AgentFile& file : c.agent_files) add(hash, file);
  for (const FifoList& list : c.held) hash.add(list);
  for (const std::uint32_t calls : c.held_calls) hash.add(calls);
  for (const PersonFile& file : c.person_files) add(hash, file);
  for (const DutyChange& change : c.changes) add(hash, change);
  for (const FifoList& list : c.wrapping) hash.add(list);
  for (const std::uint32_t owed : c.owed) hash.add(owed);
  std::vector<Later> later = c.later;  // the heap's shape is history, its contents are state
  std::sort(later.begin(), later.end());
  for (const Later& l : later) add(hash, l);
  const auto slots = static_cast<Calendar::Slot>(c.sources.size() + 3 + c.agents.size() + c.lines);
  for (Calendar::Slot slot = 0; slot < slots; ++slot)
    if (c.calendar.pending(slot)) {
      hash.add(slot);
      hash.add(c.calendar.time_of(slot));
    }
  return hash.bits();
}

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
  for (const FifoList& list : c.waiting)
    if (!whole(list, c.calls, queued)) broken.push_back("a wait list is not whole");
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
                      agent.state == AgentState::kDesk;
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

void check_people(const Centre& c, std::vector<const char*>& broken) {
  std::vector<char> wrapping(c.agents.size());
  for (const FifoList& list : c.wrapping)
    if (!whole(list, c.agents, wrapping)) broken.push_back("a list of agents in wrap is not whole");
  for (std::uint32_t a = 0; a < c.agents.size(); ++a) {
    const bool listed = !c.person_files.empty() && c.person_files[a].listed;
    if ((wrapping[a] != 0) != listed || (listed && c.agents[a].state != AgentState::kWrap))
      broken.push_back("an agent whose wrap may be cut short is in its list");
    if (c.owed[c.agents[a].group] > 0 && c.agents[a].state == AgentState::kAvailable)
      broken.push_back("an agent is idle while the group owes someone's leaving");
  }
}

}  // namespace

std::vector<const char*> broken_laws(const Blueprint& plan, const Centre& centre) {
  std::vector<const char*> broken;
  check_people(centre, broken);
  check_calls(plan, centre, broken);
  check_agents(plan, centre, broken);
  if (plan.has_messages) check_messages(centre, broken);
  return broken;
}

}  // namespace callmill
