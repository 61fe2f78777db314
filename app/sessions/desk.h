#pragma once
// A live session without its thread: the centre, its pace, its journal and what is asked of them.
// The wall clock is given from outside, so that a test can be the clock.
//
//   advance(wall) ... command() ... advance(wall) ... set_clock() ... state()
//
// Not for several threads: the runner's thread has it.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/live/journal.h"
#include "app/live/state_json.h"
#include "app/sessions/shadow.h"
#include "engine/live/live_centre.h"
#include "engine/live/pace.h"

namespace callmill::live {

using WallSource = std::function<WallTime()>;

struct DeskOptions {
  SessionFacts session;
  std::optional<double> speed = 1;  // none: as fast as it can
  bool paused = false;
  std::optional<SimTime> stop_at;  // then it pauses; reached_stop()
  SimTime follow_from = kStart;    // where a recorded day that is followed begins
};

// A change of the clock; what is not said stays.
struct ClockChange {
  bool change_speed = false;
  std::optional<double> speed;  // with change_speed; none: as fast as it can
  std::optional<bool> paused;
  enum class Step : std::uint8_t { kNone, kEvent, kInterval, kLength, kUntil };
  Step step = Step::kNone;
  SimDuration length{};  // kLength, > 0
  std::string until;     // kUntil: "HH:MM"
};

class Desk {
 public:
  // `journal` may be nullptr. `wall` is asked for the time that steps of work take. With `shadow`
  // the centre shows a real one: its clock is the wall's, or the recorded day's; commands are
  // refused, but what they would do can be asked.
  Desk(std::unique_ptr<LiveCentre> centre, std::unique_ptr<Journal> journal, DeskOptions options,
       WallSource wall, std::unique_ptr<Shadow> shadow = nullptr);
  ~Desk();  // the journal's last record
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // Brings the simulation to where it should be, or part of the way where that takes longer than a
  // few milliseconds. When to call it again: the past where there is more to do at once, max()
  // where nothing will happen by itself.
  WallTime advance();

  // Errors in the planner's words; empty: done.
  std::vector<CommandError> set_clock(const ClockChange& change);
  LiveCentre::Applied command(const Command& command);
  std::vector<CommandError> undo(std::uint64_t seq);

  const LiveCentre& centre() const { return *centre_; }
  const SessionFacts& session() const { return options_.session; }
  ClockFacts clock() const;
  // nullptr: the centre is a simulated one.
  const Shadow* shadow() const { return shadow_.get(); }
  // Events of a centre that is followed; false where none can be handed over.
  bool push_events(std::vector<FloorEvent> events, const EventLineCounts& counts) {
    return shadow_ != nullptr && shadow_->push(std::move(events), counts);
  }
  bool ended() const;
  bool reached_stop() const { return stopped_; }
  // Grows with each command, undo and jump: what was looked ahead from an older one is stale.
  std::uint64_t version() const { return version_; }
  // The largest lag since the last call: how far the simulation was behind the wall clock, in wall
  // time; of an event, how late it was taken.
  double take_lag_ms();
  std::string state(const Background& background) const;
  // "": none is kept.
  std::string journal_path() const { return journal_ == nullptr ? "" : journal_->path(); }

 private:
  WallTime follow();
  void show(SimTime at);
  std::vector<CommandError> clock_refused(const ClockChange& change) const;
  void set_pace(std::optional<double> speed, bool paused);
  std::vector<CommandError> jump(const ClockChange& change);
  bool note(JournalRecord record, std::vector<CommandError>& errors);

  std::unique_ptr<LiveCentre> centre_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<Shadow> shadow_;  // refers to the centre's plan
  SimTime reached_ = kStart;        // of what is followed
  bool behind_ = false;             // not yet where it is due
  WallTime next_show_{};            // when the centre is brought there
  DeskOptions options_;
  WallSource wall_;
  Pace pace_;
  SimDuration slice_ = std::chrono::minutes{1};  // of simulated time, in one step of work
  std::uint64_t version_ = 1;
  bool stopped_ = false;
  double lag_ms_ = 0;        // since take_lag_ms()
  double lag_shown_ms_ = 0;  // of the time before it
};

}  // namespace callmill::live
