#pragma once
// What no indicator says of a run: time averages of the centre's state, and counts of a test's own.
//
//   struct Mine : Look {
//     explicit Mine(const Watch& watch) : Look{watch, 1, 1} {}
//     void event(SimTime t, Calendar::Slot) { pass(t, {waiting()}); }
//     void answered(const Call&, std::uint32_t, SimDuration, SimDuration) { count(0); }
//   };
//   const Moments of = look<Mine>(world, seed, replications);  // the average, then the count
//
// The state does not change between events, so `pass` gets what it has been since the last one. It
// counts, as `count` does, from the end of the warm-up to closing time. In a steady state the law
// of what happens does not change over that time, so a mean over what began in it and a mean over
// what ended in it have the same expectation.

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "base/stats/moments.h"
#include "engine/blueprint/blueprint.h"
#include "engine/centre/observer.h"
#include "tests/engine/watched.h"

namespace callmill::test {

struct Watch {
  const Centre& centre;
  SimTime from, to;
};

class Look : public Observer {
 public:
  Look(const Watch& watch, std::size_t levels, std::size_t counts)
      : watch_{watch}, last_{watch.from}, levels_{levels}, sums_(levels + counts) {}

  // Averages of the levels, then the counts. After the run: an event after closing has brought the
  // levels to the end, or there was none for nobody was there.
  std::vector<double> sums() const {
    std::vector<double> sums = sums_;
    for (std::size_t i = 0; i < levels_; ++i) sums[i] /= to_seconds(watch_.to - watch_.from);
    return sums;
  }

 protected:
  void pass(SimTime t, std::initializer_list<double> levels) {
    add_span(t, [&](double seconds) {
      std::size_t i = 0;
      for (const double level : levels) sums_[i++] += seconds * level;
    });
  }
  template <class Add>
  void add_span(SimTime t, Add&& add) {
    const SimTime until = std::min(t, watch_.to);
    if (until <= last_) return;
    add(to_seconds(until - last_));
    last_ = until;
  }
  void level(std::size_t i, double seconds_times_level) { sums_[i] += seconds_times_level; }
  void count(std::size_t i, double by = 1) {
    if (centre().now >= watch_.from && centre().now < watch_.to) sums_[levels_ + i] += by;
  }
  const Centre& centre() const { return watch_.centre; }
  double waiting() const {
    double all = 0;
    for (const FifoList& list : centre().waiting) all += list.size;
    return all;
  }

 private:
  Watch watch_;
  SimTime last_;
  std::size_t levels_;
  std::vector<double> sums_;
};

template <class L, class... More>
Moments look(const World& world, std::uint64_t seed, std::int64_t replications,
             const More&... more) {
  const Blueprint plan = make_blueprint(world);
  Moments moments;
  for (std::int64_t r = 0; r < replications; ++r) {
    Centre centre = open_centre(plan, seed, static_cast<std::uint64_t>(r));
    L looks{Watch{centre, kStart + world.day.warm_up, kStart + plan.horizon}, more...};
    Watched<L> flow{plan, centre, looks};
    flow.run_out();
    const std::vector<double> sums = looks.sums();
    if (r == 0) moments = Moments{sums.size()};
    moments.add(sums);
  }
  return moments;
}

// (sum of `over`) / (`under`), times `by`.
inline Estimate share(const Moments& of, std::initializer_list<std::size_t> over, std::size_t under,
                      double confidence, double by = 1) {
  std::vector<LinearTerm> top;
  for (const std::size_t i : over) top.push_back({i, by});
  const LinearTerm bottom[] = {{under, 1.0}};
  return ratio_estimate(of, top, bottom, confidence);
}
inline Estimate average(const Moments& of, std::size_t i, double confidence, double by = 1) {
  const LinearTerm top[] = {{i, by}};
  return ratio_estimate(of, top, {}, confidence);
}

}  // namespace callmill::test
