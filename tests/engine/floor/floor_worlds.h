#pragma once
// Rules and worlds for the floor's tests.

#include <initializer_list>
#include <string>
#include <utility>

#include "tests/engine/centre/worlds.h"

namespace callmill::test {

inline Condition waiting(double value, Sense sense = Sense::kAtLeast, std::size_t queue = 0) {
  Condition c;
  c.queue = QueueId{queue};
  c.sense = sense;
  c.value = value;
  return c;
}

inline Action action(Action::Kind kind, std::size_t group = 0) {
  Action a;
  a.kind = kind;
  a.group = GroupId{group};
  return a;
}

inline Rule rule(Condition when, Action then) {
  Rule r;
  r.name = "rule";
  r.when = {std::move(when)};
  r.then = {std::move(then)};
  return r;
}

inline Event event(Event::Kind kind, SimDuration at, SimDuration length) {
  Event e;
  e.name = "event";
  e.kind = kind;
  e.at = at;
  e.length = length;
  return e;
}

// Waiting is never below 0, so this always holds.
inline Condition always() {
  return waiting(0);
}

// Somebody always waits: one agent, nine lines, ten minutes each.
inline World crowd(double agents = 1, std::int64_t lines = 9) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = lines;
  spec.per_hour = 600;
  spec.talk = ConstantLaw{600};
  spec.length = 4h;
  return one_queue(spec);
}

}  // namespace callmill::test
