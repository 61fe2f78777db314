#pragma once
// Counts what the roster wanted of each agent beside what the agent did: attendance, adherence,
// time by aux code; and phones that nobody picked up. Only for plans that say something of it
// (Blueprint::tracks_people).
//
// An agent's time is walked once, stretch by stretch and interval by interval, when the agent comes
// to work, rests or leaves; from one call to the next nothing is done. Memory: groups x intervals
// cells and a few words an agent; nothing is allocated while it counts.

#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/centre/centre.h"
#include "engine/kpi/counts.h"

namespace callmill {

class PeopleRecorder {
 public:
  explicit PeopleRecorder(const Blueprint& plan);
  void follow(const Blueprint& plan) { plan_ = &plan; }
  void reset();  // for the next replication

  // `record.state` is that until now, `record.aux` the code from now on, when that is of meaning.
  void stepped(std::uint32_t agent, const Agent& record, AgentState to, SimTime t) {
    const bool one_kind = at_work(record.state) & at_work(to);  // of time: most steps end here
    if (one_kind) [[likely]]
      return;
    Watch& w = watch_[agent];
    pass(agent, t);
    w.state = to;
    w.aux = record.aux;
  }
  void rang(std::uint32_t group, SimTime t) { count(group, t, PeopleCount::kRings); }
  void not_picked_up(std::uint32_t group, SimTime t) { count(group, t, PeopleCount::kNotPickedUp); }
  // At the end of each open spell.
  void close();

  const Cell<PeopleCount>& cell(std::uint32_t group, std::uint32_t interval) const {
    return cells_[std::size_t{group} * plan_->intervals + interval];
  }

 private:
  struct Watch {
    SimTime since;                        // counted up to here
    AgentState state = AgentState::kOff;  // at work: any of these states
    AuxCode aux = AuxCode::kBreak;
    std::uint32_t stretch = 0, last = 0;  // of Blueprint::stretches: the next not over, the end
    std::uint32_t spell = 0;              // of Horizon::spells: the one not over
    std::uint32_t shift = 0;              // of Blueprint::shifts: that of the stretch
    bool present = false;                 // seen in that shift
  };
  // By bits, not by two comparisons whose outcomes are hard to foresee.
  static bool at_work(AgentState s) {
    constexpr unsigned kNot = states::bit(AgentState::kOff) | states::bit(AgentState::kAux);
    return (states::bit(s) & kNot) == 0;
  }
  void pass(std::uint32_t agent, SimTime to);
  void next_stretch(Watch& w) const;
  static void add(Cell<PeopleCount>& cell, const Watch& w, const Stretch* scheduled,
                  std::int64_t length);
  SimTime begin_of(const ShiftPlan& shift) const;
  void count(std::uint32_t group, SimTime t, PeopleCount what);

  const Blueprint* plan_;
  std::size_t closed_ = 0;    // spells
  std::vector<Watch> first_;  // of each agent at opening
  std::vector<Watch> watch_;
  std::vector<Cell<PeopleCount>> cells_;
};

}  // namespace callmill
