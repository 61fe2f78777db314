#pragma once
// A Flow for tests that look on with an observer of their own. Flow is compiled once for all of
// them (watched.cpp), where a Flow<O> each would compile the whole engine anew: that was half of
// the time that the tests took to build.

#include "engine/centre/flow.h"

namespace callmill {

// Told by virtual calls what a template argument is told by plain ones.
class Watcher {
 public:
  Watcher() = default;
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  virtual ~Watcher() = default;

#define TOLD(name, what, arguments) virtual void name what = 0;
#include "engine/centre/observer_calls.inc"
};

extern template class Flow<Watcher>;

template <class O>
class WatcherOf final : public Watcher {
 public:
  explicit WatcherOf(O& observer) : observer_{observer} {}

#define TOLD(name, what, arguments) \
  void name what override {         \
    observer_.name arguments;       \
  }
#include "engine/centre/observer_calls.inc"

 private:
  O& observer_;
};

namespace test {

// Used as Flow<O> is.
template <class O>
class Watched {
 public:
  Watched(const Blueprint& plan, Centre& centre, O& observer)
      : watcher_{observer}, flow_{plan, centre, watcher_} {}

  void run_until(SimTime until) { flow_.run_until(until); }
  void run_out() { flow_.run_out(); }
  void renew_callers(ReplicationKey key) { flow_.renew_callers(key); }
  double indicator(const ConditionPlan& condition) const { return flow_.indicator(condition); }
  bool holds(const ConditionPlan& condition) const { return flow_.holds(condition); }

 private:
  WatcherOf<O> watcher_;
  Flow<Watcher> flow_;
};

}  // namespace test
}  // namespace callmill
