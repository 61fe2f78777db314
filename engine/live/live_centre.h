#pragma once
// A centre that runs before somebody's eyes: Centre, plan and counts together, and what was ordered
// by hand. A value: a copy runs on alike, event for event; forks and checkpoints are copies.
//
//   World --make_room--> plan --> Centre --run_until--> Centre' --apply(command)--> plan', Centre''
//
// A command is carried out at now(), between two events. Those that change what the plan says
// (surge, set, a rule by hand) make a new Blueprint of the same shape, which then moves the same
// Centre; plans are immutable and shared, so forks on other threads keep theirs. The same scenario,
// seed and commands at the same times give the same states and counts, byte for byte.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/centre/centre.h"
#include "engine/kpi/recorder.h"
#include "engine/live/checkpoints.h"
#include "engine/live/command.h"
#include "engine/live/event_log.h"
#include "engine/live/hand.h"
#include "engine/live/live_world.h"
#include "engine/study/replicate.h"

namespace callmill::live {

// A field's path and its value, as with --set.
using Setting = std::pair<std::string, std::string>;
struct EditedWorld {
  std::optional<World> world;  // none: errors say why
  std::vector<CommandError> errors;
  std::uint64_t print = 0;  // equal scenarios, equal prints; 0: nobody says
};
// The scenario with these settings, in their order. Called on apply(kSet) only; must depend on
// nothing but the settings. None: `set` is refused.
using WorldEditor = std::function<EditedWorld(const std::vector<Setting>& settings)>;

struct LiveOptions {
  std::uint64_t seed = 1;
  std::uint64_t replication = 0;
  SpareOptions spare;
  SimDuration checkpoint_every = std::chrono::minutes{15};  // of simulated time
  std::size_t checkpoints = 64;                             // kept at the most
};

// A command that was carried out.
struct Done {
  std::uint64_t seq = 0;  // from 1 on, without gaps
  SimTime at;
  std::uint64_t events = 0;  // taken by the centre before it: tells moments of one time apart
  Command command;
};

// What is in force now.
struct Active {
  enum class Kind : std::uint8_t { kCommand, kRule, kEvent };
  Kind kind = Kind::kCommand;
  std::uint64_t seq = 0;  // of the command
  std::string name;       // of the rule or event
  SimTime since;
  std::optional<SimTime> until;  // none: until it is ended
};

class RuleTurns;

class LiveCentre {
 public:
  // `world` must have no faults(). Cost: that of make_blueprint, some ms.
  LiveCentre(World world, LiveOptions options, WorldEditor editor = {});

  // ---- time
  // Takes all events up to and including `until`; the clock is then there. Never backwards.
  void run_until(SimTime until);
  bool step();           // takes the next event; false where there is none
  void step_interval();  // to the end of the interval, or of the night, at hand
  void run_out();        // as `run` does: to the last closing and until the last caller is gone
  // The centre is closed for good and empty, or run_out() has been called.
  bool ended() const;
  SimTime now() const { return centre_.now; }
  // Of the next event; nothing when there is none.
  std::optional<SimTime> next_event() const;

  // ---- commands
  // What is wrong with it now; empty: apply() will carry it out. Every error at once.
  std::vector<CommandError> check(const Command& command) const;
  struct Applied {
    std::uint64_t seq = 0;             // 0: refused
    std::vector<CommandError> errors;  // then
    bool already_so = false;           // a `set` of what the field was
  };
  Applied apply(const Command& command);
  // Back to the state just before command `seq`; it and all later ones are then not in force and
  // not in done(). Numbers go on: they are not used again, and the undo itself has one
  // (next_seq()). Errors: no such command.
  std::vector<CommandError> undo(std::uint64_t seq);
  const std::vector<Done>& done() const { return done_; }  // in force or over, none undone
  // The number that the next command, or undo, will have.
  std::uint64_t next_seq() const { return next_seq_; }
  // For a session that is carried out again: as it was numbered then. Never backwards.
  void number_from(std::uint64_t seq) { next_seq_ = std::max(next_seq_, seq); }
  std::vector<Active> active() const;

  // ---- to look at
  const World& world() const { return *world_; }
  const Room& room() const { return room_; }
  const Blueprint& plan() const { return *plan_; }
  std::shared_ptr<const Blueprint> shared_plan() const { return plan_; }
  const Centre& centre() const { return centre_; }
  const Recorder& recorder() const { return recorder_; }
  const LiveOptions& options() const { return options_; }
  const Hand& hand() const { return hand_; }
  const EventLog& log() const { return log_; }
  // A sentence into the log, about the session rather than the centre.
  void remark(std::string sentence);
  // People of the group whom a command could bring now; likewise lines.
  std::uint32_t spare_agents(std::uint32_t group) const;
  std::uint32_t spare_lines(std::uint32_t trunks) const;
  // Hash of the centre's state and of all that was counted: equal sessions, equal prints on every
  // machine.
  std::uint64_t fingerprint() const;

  // Whether the setting of a `set` leaves the scenario as it is.
  bool already_so(const Command& set) const;
  // The world with the setting of a `set`, and what is wrong with it: it does not read, or has
  // another shape.
  EditedWorld edit(const Command& set) const;

  // ---- futures
  // From now on other callers come (Flow::renew_callers). For forks.
  void renew_callers(ReplicationKey key);
  // A copy without checkpoints and log: what runs on alike.
  LiveCentre fork() const;
  // From now on this state of plan() is what is shown, and runs on; nothing may be in force by
  // hand. For what a real centre does (engine/live/seed.h): there is no way back from it.
  void adopt(Snapshot state);
  // To the very moment of a command: its time, and the number of events before it. False: that
  // moment does not come.
  bool run_to(SimTime at, std::uint64_t events);

 private:
  friend class Orders;
  struct Bare {};
  LiveCentre(const LiveCentre& other, Bare);
  struct EventTurn {
    SimTime at;
    std::string name;
    bool begins = true;
  };
  template <class Move>
  void drive(Move&& move);  // live_drive.h
  void note_events();
  void tell(SimTime from, RuleTurns& turns);
  void finish();
  void checkpoint(bool by_command);
  LiveOptions options_;
  WorldEditor editor_;
  std::shared_ptr<const World> world_;
  Room room_;
  std::shared_ptr<const Blueprint> base_;  // of the world; plan_: with what is in force by hand
  std::shared_ptr<const Blueprint> plan_;
  Centre centre_;
  Recorder recorder_;
  Hand hand_;
  std::vector<Setting> settings_;
  std::shared_ptr<const std::vector<EventTurn>> event_turns_;  // by time
  EventLog log_;
  bool keeps_log_ = true;
  std::vector<Done> done_;
  std::uint64_t next_seq_ = 1;
  bool run_out_ = false;
  Checkpoints checkpoints_;
};

}  // namespace callmill::live
