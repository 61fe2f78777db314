#pragma once
// What happens in the centre, told once, at the moment it happens. The ACD never knows who is
// looking: an observer is a template argument of Flow, so what nobody watches costs nothing.

#include <tuple>

#include "engine/centre/centre.h"

namespace callmill {

// Derive and hide the calls you want.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
struct Observer {
#define TOLD(name, what, arguments) \
  void name what {}
#include "engine/centre/observer_calls.inc"
};
#pragma GCC diagnostic pop

// Several observers of one run, told in order.
template <class... O>
class Observers {
 public:
  explicit Observers(O&... observers) : all_{observers...} {}

#define TOLD(name, what, arguments)                                 \
  void name what {                                                  \
    std::apply([&](auto&... o) { (o.name arguments, ...); }, all_); \
  }
#include "engine/centre/observer_calls.inc"

 private:
  std::tuple<O&...> all_;
};

// Hash of the trajectory: which event when, in order. Equal prints mean equal runs.
class TrajectoryPrint : public Observer {
 public:
  void event(SimTime t, Calendar::Slot slot) {
    bits_ = mix64(
        bits_ ^ (static_cast<std::uint64_t>(t.time_since_epoch().count()) + kGolden * (slot + 1)));
  }
  std::uint64_t bits() const { return bits_; }

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace callmill
