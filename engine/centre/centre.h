#pragma once
// The running centre: state only, a value. It owns no pointer into itself, so copying a Centre is a
// snapshot and a fork; copies run on alike, event for event. engine/centre/flow.h moves it.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <vector>

#include "base/random/stream.h"
#include "base/time.h"
#include "engine/blueprint/blueprint.h"
#include "engine/calendar/calendar.h"
#include "engine/centre/call.h"
#include "engine/centre/day_design.h"
#include "engine/centre/floor_state.h"
#include "engine/centre/gauge_counts.h"
#include "engine/centre/later_heap.h"
#include "engine/centre/states.h"

namespace callmill {

// Half a cache line, and never in two.
struct alignas(32) Agent {
  std::uint32_t next = kNobody;  // among the idle of the group
  std::uint32_t previous = kNobody;
  std::uint32_t line = kNobody;  // of the caller talked with
  std::uint32_t pauses = 0;      // before a dial, begun so far; a call may cut one short
  std::uint32_t dials = 0;       // outbound draws made
  AgentState state = AgentState::kOff;
  Duty duty = Duty::kOff;
  std::uint16_t group = 0;  // works for now; Blueprint::group_of_agent is where the agent belongs
  AuxCode wanted = AuxCode::kBreak;  // of the duty, when that is a break
  AuxCode aux = AuxCode::kBreak;     // spent now, in state kAux
};

// The part of an agent that plain centres do without: one cache line.
struct alignas(64) AgentFile {
  // What the agent has done so far, for policies that ask (Blueprint::agent_books).
  SimTime since;               // in the present state
  SimDuration occupied{};      // talk, dialling and wrap before `since`
  SimDuration signed_in{};     // before `since`
  std::uint32_t contacts = 0;  // calls answered
  // Of personal groups (GroupPlan::personal):
  std::uint16_t wrap_type = 0, wrap_queue = 0, wrap_interval = 0;  // of the call wrapped up now
  std::uint16_t wrap_group = 0;  // of the list of Centre::wrapping
  bool listed = false;           // in that list
  bool wraps = false;            // in wrap-up after a call, not after a dial
  SimDuration busy{};            // talk and wrap given so far, to their end
  SimDuration since_break{};     // of it, since the last break or coming
  SimDuration wrap_left{};       // of wrap-up that a call cut short
};
static_assert(sizeof(AgentFile) == 64);

// Intrusive list through Call or Agent: longest waiting, longest idle at the head.
struct FifoList {
  std::uint32_t head = kNobody, tail = kNobody;
  std::uint32_t size = 0;
};

// The chats of an agent, through Call::next.
struct ChatDesk {
  FifoList chats;
  SimTime since;             // CallFile::work_left of each is what was left then
  SimTime began;             // the first of them
  std::uint32_t listed = 0;  // in the list of Centre::chat_room for so many chats; 0: in none
};

// What an agent has in hand, from the answer until ready for the next.
struct InHand {
  SimTime since;
  std::uint32_t queue = kNobody;  // that of the call; kNobody: has none
};

// How an agent's experience has grown.
struct Tenure {
  std::uint32_t worked = 0;    // days of the run before `day` on which the agent came to work
  std::uint32_t day = kNever;  // the last one, by number among the open days
  static constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();
};

struct TrunkState {
  std::uint32_t free_line = kNobody;  // stack through Call::next
  std::uint32_t in_use = 0;
  std::uint32_t in_service = 0;  // of the group's lines; more can be in use while calls finish
  std::uint32_t failed = 0;      // as the causes add up; may be more lines than there are
};

struct ArrivalSource {
  OwnerKey gaps;              // draws of the type: the gaps between its fresh callers
  OwnerFamily family;         // keys of its callers
  std::uint32_t callers = 0;  // fresh callers so far, the next one included
  std::uint32_t segment = 0;  // of CallerTypePlan::rate
  double gap_scale = 1;       // 1 / busyness of the segment's day
  std::uint32_t day = 0;      // of gap_scale
  // Drawn ahead (Flow::draw_ahead); no state, for they follow from the above.
  double next_gap = 0;  // mean 1; from the caller in the calendar to the one after
  OwnerKey key;         // of the caller in the calendar
  SimDuration talk{};   // of the same; only where Blueprint::core_only, and if the type's is plain
};

// Erlang's expected wait in seconds of a caller behind `ahead` others, who are served at the rate
// `served` a second and hang up at `abandon` each: the sum of 1 / (served + i abandon) over i = 0
// to ahead. The last answer is kept, for a caller who joins is asked for it more than once; no
// state, for it changes no answer.
class ErlangWait {
 public:
  double seconds(double served, double abandon, std::uint32_t ahead) {
    if (served == served_ && ahead == ahead_) return wait_;
    double wait = 0;
    for (std::uint32_t i = 0; i <= ahead; ++i) wait += 1 / (served + i * abandon);
    served_ = served;
    ahead_ = ahead;
    return wait_ = wait;
  }

 private:
  double served_ = 0, wait_ = 0;
  std::uint32_t ahead_ = 0;
};

// What a queue knows beyond its wait lists.
struct QueueState {
  ErlangWait erlang;                 // of the queue's predictor
  FifoList callbacks;                // due, first come first
  std::uint32_t open_callbacks = 0;  // accepted and to be made: planned, due or keeping a place
  std::uint32_t in_place = 0;        // of these, in the wait lists
  SimDuration last_wait{};           // of the contact answered last
  SimDuration recent_sum{};          // of the waits that the predictor keeps
  std::uint32_t recent = 0, next_recent = 0;
  // Where Blueprint::measures_handling: contacts that agents are done with, and from answer to
  // ready.
  std::int64_t handled = 0;
  SimDuration handled_sum{};
};

struct DueNumber {
  std::uint32_t number = 0;
  std::uint16_t dials = 0;  // made so far, and of these today
  std::uint16_t today = 0;
  bool reached = false;  // by one of them
};

// Dials of a number in the seven days up to `day`, that one first.
struct WeekOfDials {
  std::int32_t day = 0;
  std::array<std::uint16_t, 7> dials{};

  std::uint32_t up_to(std::int64_t later) const {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < dials.size(); ++i)
      if (static_cast<std::int64_t>(i) + (later - day) < std::ssize(dials)) sum += dials[i];
    return sum;
  }
  void add(std::int64_t today) {
    const auto passed = static_cast<std::size_t>(std::min<std::int64_t>(today - day, 7));
    std::shift_right(dials.begin(), dials.end(), static_cast<std::ptrdiff_t>(passed));
    std::fill_n(dials.begin(), passed, std::uint16_t{0});
    day = static_cast<std::int32_t>(today);
    ++dials[0];
  }
};

// Each number of a list is in one place: not yet come to, in flight, waiting for an agent, planned,
// due, left for another day, or ended.
struct CampaignState {
  std::uint32_t next = 0;      // of the list; those before have been dialled or filtered
  std::uint32_t dialled = 0;   // in flight
  std::uint32_t waiting = 0;   // parties without an agent
  std::uint32_t planned = 0;   // to be dialled again later
  std::uint32_t left = 0;      // or on another day
  std::vector<DueNumber> due;  // to be dialled again now, from first_due on
  std::size_t first_due = 0;
  std::vector<WeekOfDials> week;  // by number; empty unless the campaign has most_per_week
  std::array<std::uint32_t, kDialCauses> ended{};
  std::uint32_t live = 0, lost = 0;  // persons who answered; who found no agent
  double pace = 1;
  double recent_live = 0, recent_lost = 0;  // forgotten exponentially
  SimTime next_step;                        // of the controller
  bool may_dial = false;                    // by the calling hours, until hours_change
  SimTime hours_change;
  SimTime asks_at;  // whether to dial, after the first event from then on (dialler.h)
};

// Centre::spell where the run begins on a closed day; one more is the first.
inline constexpr std::uint32_t kBeforeFirstSpell = std::numeric_limits<std::uint32_t>::max();

struct Centre {
  SimTime now;
  SimTime interval_end;
  std::uint32_t interval = 0;     // Blueprint::intervals when closed
  std::uint32_t next_change = 0;  // into Blueprint::changes
  std::uint32_t spell = 0;        // open spell, the last one at night; or kBeforeFirstSpell
  ReplicationKey key{0, 0};
  std::uint64_t renewed = 0;  // tells whose the callers to come are, if not key's
  DayDesign design = DayDesign::kIndependent;
  std::vector<double> gap_scales;  // by open day (gap_scale); empty: 1 on all
  // By queue: multiplies the talks that begin from now on; empty: 1 in all. Of futures of a real
  // centre only (engine/live/talk_scale.h).
  std::vector<double> talk_scales;
  std::uint64_t events = 0;
  bool opened = false;                     // the first fresh callers are in the calendar
  SimTime dialler_wakes = SimTime::max();  // first CampaignState::asks_at
  bool line_freed = false;         // in the event at hand; where Blueprint::callbacks_on_lines
  std::uint64_t moved_groups = 0;  // group_bit() of whose agents have moved since the dialler woke
  Calendar calendar;
  std::vector<ArrivalSource> sources;  // by caller type
  std::vector<TrunkState> trunks;
  std::uint32_t ports_in_use = 0;        // calls in menus and self-service
  std::uint32_t lines = 0;               // calls [0, lines) hold one
  std::vector<Call> calls;               // by line, then contacts without a line
  std::vector<CallFile> files;           // of the same
  std::vector<SimDuration> talks;        // of calls on lines, like ArrivalSource::talk
  std::uint32_t free_contact = kNobody;  // stack of those without a line, through Call::next
  std::vector<FifoList> waiting;         // by wait list
  ListBits with_waiting;                 // those in which somebody may wait; Parts::kAll only
  std::vector<QueueState> queues;
  std::vector<SimDuration> recent_waits;  // rings of the queues' predictors
  std::vector<CampaignState> campaigns;
  std::vector<Agent> agents;
  std::vector<FifoList> idle;             // by group
  std::vector<AgentFile> agent_files;     // empty unless Blueprint::keeps_agent_files()
  std::vector<FifoList> held;             // calls that wait for one agent, by agent; empty unless
                                          // Blueprint::asks_agents
  std::vector<std::uint32_t> held_calls;  // of each queue, in those lists
  std::vector<FifoList> backlog;          // messages, by queue
  std::vector<FifoList> at_desk;          // agents at work that a call may interrupt, by group
  std::vector<ChatDesk> desks;            // by agent; empty unless Blueprint::has_chats
  std::vector<FifoList> chat_room;        // by group and chats in hand: agents with room for more
  LaterHeap later;                        // the earliest has a slot of the calendar
  GaugeCounts gauges;                     // of nothing, unless plan.gauges.kept
  FloorState floor;                       // empty, unless plan.floor.active
  std::vector<InHand> handling;           // by agent; empty unless Blueprint::measures_handling
  // people.h
  std::vector<Tenure> tenure;       // by agent; empty unless Blueprint::learns
  std::vector<DutyChange> changes;  // of this replication, if own_changes; else the plan's hold
  bool own_changes = false;         // Blueprint::attends, or seeded by who really came
  std::vector<FifoList> wrapping;   // by group: agents whose wrap-up may be cut short; empty when
                                    // no group is personal
  std::vector<std::uint32_t> owed;  // by group: busy agents who are to leave when one is free
};

// 1 / the factor that multiplies all arrivals of an open day whose busyness is at u in (0, 1) of
// its law.
double gap_scale(const Blueprint& plan, double u);

// The centre at opening time of one replication, nobody in it. Equal arguments give equal centres.
Centre open_centre(const Blueprint& plan, std::uint64_t seed, std::uint64_t replication,
                   DayDesign design = DayDesign::kIndependent);

// Hash of the whole state: equal states, equal prints on every machine.
std::uint64_t fingerprint(const Centre& centre);

// That talk, drawn as the scenario has it, as long as talks of the queue are today.
inline SimDuration todays_talk(const Centre& centre, SimDuration talk, std::uint32_t queue) {
  if (centre.talk_scales.empty()) [[likely]]
    return talk;
  const double us = static_cast<double>(talk.count()) * centre.talk_scales[queue];
  return SimDuration{static_cast<std::int64_t>(us + 0.5)};
}

// What is wrong with the state, empty when all conservation laws hold: lines in use = calls that
// hold a line, every call and agent in exactly one place, lists whole. O(lines + agents); for
// tests.
std::vector<const char*> broken_laws(const Blueprint& plan, const Centre& centre);

}  // namespace callmill
