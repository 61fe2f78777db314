#include "engine/kpi/people_recorder.h"

#include <algorithm>

namespace callmill {

PeopleRecorder::PeopleRecorder(const Blueprint& plan) : plan_{&plan} {
  if (!plan.tracks_people) return;
  cells_.resize(plan.groups.size() * plan.intervals);
  first_.resize(plan.agents());
  for (std::size_t s = plan.shifts.size(); s-- > 0;) {
    const ShiftPlan& shift = plan.shifts[s];
    Watch& w = first_[shift.agent];
    w.stretch = shift.first;
    w.last = std::max(w.last, shift.first + shift.stretches);
    w.shift = static_cast<std::uint32_t>(s);
  }
  reset();
}

void PeopleRecorder::reset() {
  watch_ = first_;
  closed_ = 0;
  for (auto& cell : cells_) cell.fill(0);
  if (!plan_->tracks_people) return;
  for (const ShiftPlan& shift : plan_->shifts)
    count(plan_->group_of_agent[shift.agent], begin_of(shift), PeopleCount::kPlannedShifts);
}

// The first moment of the shift in open hours; SimTime::max() when there is none.
SimTime PeopleRecorder::begin_of(const ShiftPlan& shift) const {
  const SimTime from = plan_->stretches[shift.first].from;
  const SimTime to = plan_->stretches[shift.first + shift.stretches - 1].to;
  for (const OpenSpell& spell : plan_->days.spells)
    if (from < spell.to && to > spell.from) return std::max(from, spell.from);
  return SimTime::max();
}

void PeopleRecorder::count(std::uint32_t group, SimTime t, PeopleCount what) {
  if (t >= plan_->days.spells.back().to || plan_->days.when_open(t) != t) return;
  ++cells_[std::size_t{group} * plan_->intervals + plan_->days.interval_at(t)][at(what)];
}

void PeopleRecorder::close() {
  const SimTime end = plan_->days.spells[closed_++].to;
  for (std::uint32_t agent = 0; agent < watch_.size(); ++agent) pass(agent, end);
}

void PeopleRecorder::pass(std::uint32_t agent, SimTime to) {
  Watch& w = watch_[agent];
  const std::vector<OpenSpell>& spells = plan_->days.spells;
  while (w.since < to && w.spell < spells.size()) {
    if (w.since >= spells[w.spell].to) {
      ++w.spell;
      continue;
    }
    if (w.since < spells[w.spell].from) {
      w.since = std::min(to, spells[w.spell].from);
      continue;
    }
    while (w.stretch < w.last && plan_->stretches[w.stretch].to <= w.since) next_stretch(w);
    const Stretch* next = w.stretch < w.last ? &plan_->stretches[w.stretch] : nullptr;
    const bool scheduled = next != nullptr && next->from <= w.since;
    const std::uint32_t interval = plan_->days.interval_at(w.since);
    SimTime end = std::min(to, plan_->days.begin_of(interval) + plan_->interval);
    if (next != nullptr) end = std::min(end, scheduled ? next->to : next->from);
    const std::uint32_t group = plan_->group_of_agent[agent];
    add(cells_[std::size_t{group} * plan_->intervals + interval], w, scheduled ? next : nullptr,
        (end - w.since).count());
    if (scheduled && !w.present && w.state != AgentState::kOff) {
      w.present = true;
      count(group, begin_of(plan_->shifts[w.shift]), PeopleCount::kPresentShifts);
    }
    w.since = end;
  }
}

void PeopleRecorder::next_stretch(Watch& w) const {
  ++w.stretch;
  const ShiftPlan& shift = plan_->shifts[w.shift];
  if (w.stretch >= w.last || w.stretch < shift.first + shift.stretches) return;
  ++w.shift;
  w.present = false;
}

void PeopleRecorder::add(Cell<PeopleCount>& cell, const Watch& w, const Stretch* scheduled,
                         std::int64_t length) {
  using P = PeopleCount;
  const bool works = at_work(w.state);
  if (works) cell[at(P::kWorked)] += length;
  if (w.state == AgentState::kAux) cell[at(P::kBreak) + static_cast<std::size_t>(w.aux)] += length;
  if (works || w.state == AgentState::kAux) cell[at(P::kSignedIn)] += length;
  if (scheduled == nullptr) return;
  cell[at(P::kScheduled)] += length;
  const bool wanted = scheduled->duty == Duty::kWork;
  if (wanted) cell[at(P::kPlannedWork)] += length;
  if (wanted ? works : w.state == AgentState::kAux) cell[at(P::kInSchedule)] += length;
}

}  // namespace callmill
