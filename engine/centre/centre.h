#pragma once
// The running centre: state only, a value. It owns no pointer into itself, so copying a Centre is a
// snapshot and a fork; copies run on alike, event for event. engine/centre/flow.h moves it.

#include <cstdint>
#include <limits>
#include <vector>

#include "base/random/stream.h"
#include "base/time.h"
#include "engine/calendar/calendar.h"
#include "engine/centre/blueprint.h"
#include "engine/centre/states.h"

namespace callmill {

inline constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

// A call in the centre, stored by the line that it holds. One cache line; no field of a character
// type, whose writes the compiler must take for writes to anything.
struct alignas(64) Call {
  OwnerKey key;  // all draws of this attempt
  SimTime arrived;
  SimTime joined;                // the queue
  SimTime gives_up;              // patience ends; SimTime::max() = never
  std::uint32_t next = kNobody;  // in the wait list, or among the free lines
  std::uint32_t previous = kNobody;
  std::uint32_t caller = 0;  // number within the type
  std::uint16_t type = 0;
  std::uint16_t interval = 0;    // of the arrival
  std::uint16_t queue = 0;       // when waiting or talking
  std::uint16_t menu = 0;        // when in a menu
  std::uint16_t attempt = 0;     // 0 = first call
  std::uint16_t menu_steps = 0;  // menus and self-service gone through
  std::uint16_t route_step = 0;  // groups [0, route_step) may take the call now
  CallState state = CallState::kFree;
};
static_assert(sizeof(Call) == 64);

struct Agent {
  std::uint32_t next = kNobody;  // among the idle of the group
  std::uint32_t previous = kNobody;
  std::uint32_t line = kNobody;  // of the caller talked with
  std::uint32_t pauses = 0;      // before a dial, begun so far; a call may cut one short
  std::uint32_t dials = 0;       // outbound draws made
  AgentState state = AgentState::kOff;
  Duty duty = Duty::kOff;
};

// Intrusive list through Call or Agent: longest waiting, longest idle at the head.
struct FifoList {
  std::uint32_t head = kNobody, tail = kNobody;
  std::uint32_t size = 0;
};

struct TrunkState {
  std::uint32_t free_line = kNobody;  // stack through Call::next
  std::uint32_t in_use = 0;
};

struct ArrivalSource {
  OwnerKey gaps;              // draws of the type: the gaps between its fresh callers
  OwnerFamily family;         // keys of its callers
  std::uint32_t callers = 0;  // fresh callers so far, the next one included
  std::uint32_t segment = 0;  // of CallerTypePlan::rate
};

// A caller who will ring again. Ordered by all fields, so that the order never depends on history.
struct Redialler {
  SimTime at;
  std::uint32_t caller = 0;
  std::uint16_t type = 0;
  std::uint16_t attempt = 0;
  friend auto operator<=>(const Redialler&, const Redialler&) = default;
};

struct Centre {
  SimTime now;
  SimTime interval_end;
  std::uint32_t interval = 0;
  std::uint32_t next_change = 0;  // into Blueprint::changes
  ReplicationKey key{0, 0};
  double gap_scale = 1;  // 1 / busyness of the day
  std::uint64_t events = 0;
  bool opened = false;  // the first fresh callers are in the calendar
  Calendar calendar;
  std::vector<ArrivalSource> sources;  // by caller type
  std::vector<TrunkState> trunks;
  std::vector<Call> calls;        // by line
  std::vector<FifoList> waiting;  // by wait list
  std::vector<Agent> agents;
  std::vector<FifoList> idle;      // by group
  std::vector<Redialler> redials;  // min-heap
};

// The centre at opening time of one replication, nobody in it. Equal arguments give equal centres.
Centre open_centre(const Blueprint& plan, std::uint64_t seed, std::uint64_t replication);

// Hash of the whole state: equal states, equal prints on every machine.
std::uint64_t fingerprint(const Centre& centre);

// What is wrong with the state, empty when all conservation laws hold: lines in use = calls that
// hold a line, every call and agent in exactly one place, lists whole. O(lines + agents); for
// tests.
std::vector<const char*> broken_laws(const Blueprint& plan, const Centre& centre);

}  // namespace callmill
