#pragma once
// The steps of Seeds; engine/live/seed.cpp puts them together.

#include <utility>
#include <vector>

#include "engine/centre/placing.h"
#include "engine/live/seed.h"

namespace callmill::live {

// Moves the centre by the Flow that its plan is for.
template <class Move>
void in_flow(const Blueprint& plan, Centre& centre, Recorder& recorder, Move&& move) {
  if (plan.core_only) {
    Flow<Recorder, Parts::kCore> flow{plan, centre, recorder};
    Placing<Recorder, Parts::kCore> place{flow, plan, centre, recorder};
    move(flow, place);
  } else {
    Flow<Recorder> flow{plan, centre, recorder};
    Placing<Recorder, Parts::kAll> place{flow, plan, centre, recorder};
    move(flow, place);
  }
}

// The day up to the moment as the roster, the rules and the lines have it, without a call; counts
// the calls that the situation tells, and the time that agents spent on them.
class QuietDay {
 public:
  QuietDay(const Blueprint& plan, Centre& centre, Recorder& recorder, const Situation& situation,
           const std::vector<std::vector<double>>& mix)
      : plan_{plan}, c_{centre}, recorder_{recorder}, s_{situation}, mix_{mix} {}
  void run();

 private:
  void count_inside();
  void count_calls(std::uint32_t interval);
  void count_queue(std::uint32_t interval, std::uint32_t queue, const Situation::OfQueue& of);
  void count_in_hand(std::uint32_t interval);
  void begin_busy(std::uint32_t interval);
  void keep_busy(std::uint32_t group, double& seconds);
  void end_busy(std::uint32_t interval);

  const Blueprint& plan_;
  Centre& c_;
  Recorder& recorder_;
  const Situation& s_;
  const std::vector<std::vector<double>>& mix_;
  // Of callers inside, who are counted when they are placed: by interval and queue.
  std::vector<std::vector<Situation::OfQueue>> inside_;
  std::vector<std::int64_t> in_menus_;  // likewise, by interval
  // Of the interval, by group: time of those who are idle at its beginning, and what calls take.
  std::vector<double> room_s_, busy_s_;
};

// Brings and sends people until as many are there as the situation says; all are idle, or in aux.
void place_people(const Blueprint& plan, Centre& centre, Recorder& recorder, const Situation& s,
                  const SeedOptions& options, SeedReport& report);

}  // namespace callmill::live
