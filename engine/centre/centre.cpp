#include "engine/centre/centre.h"

#include <algorithm>
#include <bit>

#include "base/random/law.h"

namespace callmill {
namespace {

// What is to come later waits outside the calendar; room for as much as there are lines keeps the
// warm loop free of allocation.
std::size_t room_for_later(const Blueprint& plan) {
  if (plan.floor.agents) return (std::size_t{plan.lines()} + plan.agents()) * 4 + 1024;
  for (const CallerTypePlan& type : plan.types)
    if (type.keeps_story) return std::size_t{plan.lines()} * 4 + 1024;
  std::size_t later =
      plan.line_failures.size() + (plan.calls_back ? 1024 : 0) + (plan.has_chats ? 4096 : 0);
  for (const CampaignPlan& campaign : plan.campaigns)
    later += std::min<std::size_t>(campaign.numbers, 1u << 16);
  return later;
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
  hash.add(file.accepted);
  hash.add(file.tries);
  if (file.transfers > 0) hash.add(file.caller_type);
  if (file.first_agent != kNobody) {
    hash.add(file.held_from);
    hash.add((std::uint64_t{file.held_type} << 16) | file.held_queue);
  }
}

void add_again(Hash& hash, const CallFile& file) {
  hash.add((std::uint64_t{file.rings} << 16) | file.sent_back);
  hash.add(file.rang);
  hash.add(std::bit_cast<std::uint64_t>(file.left));
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

void add(Hash& hash, const AgentFile& file) {
  hash.add(file.since);
  hash.add(static_cast<std::uint64_t>(file.occupied.count()));
  hash.add(static_cast<std::uint64_t>(file.signed_in.count()));
  hash.add(file.contacts);
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

void add(Hash& hash, double x) {
  hash.add(std::bit_cast<std::uint64_t>(x));
}

void add(Hash& hash, const CampaignState& campaign) {
  for (const WeekOfDials& week : campaign.week) {
    hash.add(static_cast<std::uint64_t>(week.day));
    for (const std::uint16_t dials : week.dials) hash.add(dials);
  }
  hash.add((std::uint64_t{campaign.next} << 32) | campaign.dialled);
  hash.add((std::uint64_t{campaign.waiting} << 32) | campaign.planned);
  hash.add(campaign.left);
  for (std::size_t i = campaign.first_due; i < campaign.due.size(); ++i) {
    const DueNumber& due = campaign.due[i];
    hash.add((std::uint64_t{due.number} << 32) | (std::uint64_t{due.dials} << 16) | due.today);
    if (due.reached) hash.add(std::uint64_t{1});
  }
  for (const std::uint32_t ended : campaign.ended) hash.add(ended);
  hash.add((std::uint64_t{campaign.live} << 32) | campaign.lost);
  add(hash, campaign.pace);
  add(hash, campaign.recent_live);
  add(hash, campaign.recent_lost);
  hash.add(campaign.next_step);
}

void add(Hash& hash, const QueueState& queue) {
  hash.add(queue.callbacks);
  hash.add((std::uint64_t{queue.open_callbacks} << 32) | queue.in_place);
  hash.add(static_cast<std::uint64_t>(queue.last_wait.count()));
  hash.add(static_cast<std::uint64_t>(queue.recent_sum.count()));
  hash.add((std::uint64_t{queue.recent} << 32) | queue.next_recent);
  if (queue.handled == 0) return;
  hash.add(static_cast<std::uint64_t>(queue.handled));
  hash.add(static_cast<std::uint64_t>(queue.handled_sum.count()));
}

ArrivalSource make_source(const Blueprint& plan, ReplicationKey key, const CallerTypePlan& type,
                          double gap_scale) {
  ArrivalSource source;
  source.gaps = key.owner(Owner::kCallerType, type.key, 0);
  source.family = key.family(Owner::kCaller, type.key);
  source.gap_scale = gap_scale;
  source.next_gap = plan.unit_exponential.seconds(source.gaps.uniform(Purpose::kArrival, 0));
  return source;
}

}  // namespace

double gap_scale(const Blueprint& plan, double u) {
  if (plan.busyness_cv <= 0) return 1;
  const double shape = 1 / (plan.busyness_cv * plan.busyness_cv);
  return 1 / quantile(GammaLaw{1.0, shape}, u, 1 - u);
}

Centre open_centre(const Blueprint& plan, std::uint64_t seed, std::uint64_t replication,
                   DayDesign design) {
  Centre c;
  c.now = kStart;
  const SimTime opens = plan.days.spells.front().from;
  if (opens > kStart) {  // the run begins on a closed day: as at night before the first spell
    c.spell = kBeforeFirstSpell;
    c.interval = plan.intervals;
    c.interval_end = opens;
  } else {
    c.interval_end = kStart + plan.interval;
  }
  c.key = ReplicationKey{seed, replication};
  c.design = design;
  if (plan.busyness_cv > 0)
    for (std::uint32_t day = 0; day < plan.days.days(); ++day)
      c.gap_scales.push_back(gap_scale(plan, day_uniform(seed, replication, day, design)));
  const double scale = c.gap_scales.empty() ? 1 : c.gap_scales.front();
  c.calendar = Calendar{plan.line_slot(plan.lines()), plan.agent_slot(0)};
  for (const CallerTypePlan& type : plan.types)
    c.sources.push_back(make_source(plan, c.key, type, scale));
  c.lines = plan.lines();
  c.calls.resize(plan.lines());
  c.files.resize(plan.lines());
  if (plan.core_only) c.talks.resize(plan.lines());
  c.trunks.resize(plan.first_line.size() - 1);
  for (std::size_t g = 0; g < c.trunks.size(); ++g) {
    c.trunks[g].failed = plan.spare_lines[g];
    c.trunks[g].in_service = plan.first_line[g + 1] - plan.first_line[g] - plan.spare_lines[g];
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
                  plan.gauges.minutes, plan.gauges.times);
  c.idle.resize(plan.groups.size());
  if (plan.keeps_agent_files()) c.agent_files.resize(plan.agents());
  if (plan.measures_handling) c.handling.resize(plan.agents());
  if (plan.asks_agents) {
    c.held.resize(plan.agents());
    c.held_calls.resize(plan.queues.size());
  }
  if (plan.has_messages) {
    c.backlog.resize(plan.queues.size());
    c.at_desk.resize(plan.groups.size());
  }
  if (plan.has_chats) {
    c.desks.resize(plan.agents());
    c.chat_room.resize(plan.groups.size() * plan.most_chats);
  }
  c.queues.resize(plan.queues.size());
  c.campaigns.resize(plan.campaigns.size());
  for (std::size_t k = 0; k < plan.campaigns.size(); ++k)
    if (plan.campaigns[k].most_per_week > 0) c.campaigns[k].week.resize(plan.campaigns[k].numbers);
  c.recent_waits.resize(plan.recent_waits);
  c.later.reserve(room_for_later(plan));
  if (plan.has_personal) c.wrapping.resize(plan.groups.size());
  c.owed.resize(plan.groups.size());
  if (plan.learns) c.tenure.resize(plan.agents());
  c.own_changes = plan.attends;
  if (plan.attends) c.changes = draw_changes(plan, c.key);
  const std::vector<DutyChange>& changes = c.own_changes ? c.changes : plan.changes;
  if (!changes.empty()) c.calendar.schedule(plan.duty_slot(), changes.front().at);
  return c;
}

std::uint64_t fingerprint(const Centre& c) {
  Hash hash;
  hash.add(c.key.owner(Owner::kCentre, 0, 0).bits());  // seed and replication: all that is to come
  if (c.renewed != 0) hash.add(c.renewed);
  if (c.design != DayDesign::kIndependent) hash.add(static_cast<std::uint64_t>(c.design));
  for (const double scale : c.talk_scales) hash.add(std::bit_cast<std::uint64_t>(scale));
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
    if (c.calls[i].state == CallState::kTalking && !c.wrapping.empty()) hash.add(c.files[i].began);
  }
  hash.add(c.free_contact);
  for (const FifoList& list : c.waiting) hash.add(list);
  for (const Agent& agent : c.agents) add(hash, agent);
  for (const FifoList& list : c.idle) hash.add(list);
  for (const FifoList& list : c.backlog) hash.add(list);
  for (const FifoList& list : c.at_desk) hash.add(list);
  for (const ChatDesk& desk : c.desks) {
    hash.add(desk.chats);
    hash.add(desk.since);
    hash.add(desk.began);
    hash.add(desk.listed);
  }
  for (const FifoList& list : c.chat_room) hash.add(list);
  c.gauges.add_to(hash);
  add(hash, c.floor);
  for (const AgentFile& file : c.agent_files) add(hash, file);
  for (const FifoList& list : c.held) hash.add(list);
  for (const std::uint32_t calls : c.held_calls) hash.add(calls);
  for (const DutyChange& change : c.changes) add(hash, change);
  for (const Tenure& tenure : c.tenure) hash.add((std::uint64_t{tenure.worked} << 32) | tenure.day);
  for (const InHand& handling : c.handling) {
    hash.add(handling.since);
    hash.add(handling.queue);
  }
  for (const FifoList& list : c.wrapping) hash.add(list);
  for (const std::uint32_t owed : c.owed) hash.add(owed);
  for (const QueueState& queue : c.queues) add(hash, queue);
  for (const CampaignState& campaign : c.campaigns) add(hash, campaign);
  for (const SimDuration wait : c.recent_waits) hash.add(static_cast<std::uint64_t>(wait.count()));
  std::vector<Later> later =
      c.later.entries();  // the heap's shape is history, its contents are state
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

}  // namespace callmill
