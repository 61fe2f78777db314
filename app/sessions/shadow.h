#pragma once
// A real centre behind a session: its events come in, and the centre on show is made of what they
// say. Belongs to the session's thread; never waits.
//
//   source --poll--> Follower (twin) --seeds--> future 0 --adopt--> the centre on show
//                                        \----> futures 0 .. n-1, for who looks ahead

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/live/follower.h"
#include "engine/live/live_centre.h"

namespace callmill::live {

// What a session follows.
struct FollowWish {
  FollowSpec spec;
  bool replay = false;  // the file is a recorded day, paced as a simulated one is
  NameMaps names;
  std::int64_t opens_us = 0;             // the first day's opening, since 1970 UTC
  std::optional<Date> date = {};         // of that day where the centre stands; none: not shown
  double rest_cv = 0.1, talk_cv = 0.05;  // of futures: SeedOptions
  // Wall clock; a test may be it.
  std::function<std::int64_t()> clock_us;
};

// Events that are handed over, not fetched.
class PushedEvents : public EventSource {
 public:
  void push(std::vector<FloorEvent> events, const EventLineCounts& counts);
  bool poll(double wall_s, std::vector<FloorEvent>& events) override;
  EventLineCounts counts() const override { return counts_; }
  std::string name() const override { return "http"; }

 private:
  std::vector<FloorEvent> waiting_;
  EventLineCounts counts_;
};

class Shadow {
 public:
  // nullptr, and why in `error`. `centre` is the session's; its world and plan must outlive this.
  static std::unique_ptr<Shadow> make(const LiveCentre& centre, const FollowWish& wish,
                                      std::string& error);

  bool replays() const { return replays_; }
  // Where a centre is that is followed as it goes.
  SimTime clock() const;
  std::optional<Date> date() const { return date_; }
  // Takes what has come; of a recorded day what has happened until `at`.
  void poll(SimTime at);
  // The centre shows what is known of `at`, or of the newest event where that is later.
  void show(SimTime at, LiveCentre& centre);
  // Futures from what is on show; nullptr before the first show().
  std::shared_ptr<const Seeds> seeds() const { return seeds_; }
  // False: this session fetches its events.
  bool push(std::vector<FloorEvent> events, const EventLineCounts& counts);
  // The state document's "twin".
  std::string facts_json() const;

 private:
  Shadow(const LiveCentre& centre, const FollowWish& wish, std::unique_ptr<EventSource> source,
         PushedEvents* pushed);
  std::int64_t to_us(SimTime at) const { return opens_us_ + (at - kStart).count(); }

  Follower follower_;
  PushedEvents* pushed_;  // the follower's source, where events are handed over
  bool replays_;
  std::int64_t opens_us_;
  std::optional<Date> date_;
  std::function<std::int64_t()> clock_us_;
  SeedOptions seed_;
  SimTime shown_ = kStart;
  std::shared_ptr<const Seeds> seeds_;
};

}  // namespace callmill::live
