#pragma once
// The centre as plain data: what a scenario says, nothing else. Immutable once read, shared by
// every run.
//
// app/files reads it from YAML (docs/reference/scenario.md is generated from the same table);
// engine/centre compiles it into a Blueprint; models/staffing plans from it. Vectors are in the
// order of the file; Ids index them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"

namespace callmill {

// A value per interval of the day, constant within it. values.size() * step covers the open hours
// from day.opens.
struct Profile {
  SimDuration step{};
  std::vector<double> values;
};

// The simulated span. Times of day count from midnight; SimTime 0 is `opens`.
struct Day {
  SimDuration opens{};  // after midnight
  SimDuration closes =
      std::chrono::hours{24};  // after midnight; may exceed 24 h for longer horizons
  SimDuration interval =
      std::chrono::minutes{30};  // reporting and planning interval; divides closes - opens
  SimDuration warm_up{};         // calls that arrive before opens + warm_up are run but not counted
  SimDuration length() const { return closes - opens; }
};

// Lines are held from the first ring to the caller's hang-up: menu, queue and talk, not wrap-up.
struct TrunkGroup {
  std::string name;
  std::optional<std::int64_t> lines;  // none: `plan` sizes it; a run needs it
  double rent_per_day = 0;            // per line, in the scenario's currency
};

struct Destination {
  enum class Kind : std::uint8_t { kQueue, kMenu, kSelfService, kHangUp };
  Kind kind = Kind::kHangUp;
  QueueId queue;  // kQueue
  MenuId menu;    // kMenu
  Law self_service_time =
      ConstantLaw{};  // kSelfService: how long the machine takes; the call then ends served
};

struct MenuOption {
  std::string key;    // what the caller presses, or any label
  Probability share;  // shares of a menu's options sum to 1
  Destination to;
};

// One menu of the IVR. The caller hears `prompt`, hangs up with chance `hang_up` at its end, else
// takes an option.
struct Menu {
  std::string name;
  Law prompt = ConstantLaw{};
  Probability hang_up;
  std::vector<MenuOption> options;  // at least one; menus form a tree (the reader refuses cycles)
};

struct Redial {
  Probability after_block;
  Probability after_abandon;
  Law delay = ExponentialLaw{300};
  std::uint32_t max_attempts =
      1;  // calls a caller makes at the most, the first included; 1 = never redials
};

struct CallerType {
  std::string name;
  Profile volume;  // expected fresh calls per step
  TrunkGroupId trunks;
  Destination enters;           // kQueue or kMenu
  std::int32_t priority = 0;    // higher is answered first
  std::optional<Law> patience;  // from joining the queue; none = waits for ever
  Probability balk;             // hangs up at once when no agent is free
  Law talk = ExponentialLaw{180};
  Law wrap = ConstantLaw{0};           // after-call work; the line is free, the agent is not
  std::optional<Profile> talk_factor;  // multiplies talk by the interval in which talk starts
  Redial redial;
};

// A group that may answer a queue's calls once they have waited `after`.
struct RouteStep {
  GroupId group;
  SimDuration after{};  // not decreasing along the route; 0 = at once
};

struct Queue {
  std::string name;
  SimDuration answer_within = std::chrono::seconds{20};  // T of the service level
  std::vector<RouteStep> route;                          // tried in order
};

// What idle agents of an outbound or flex group do: pause, dial, talk if reached, wrap.
struct Dialling {
  Law pause = ExponentialLaw{10};  // between becoming idle and the next dial
  Probability reached{1.0};
  Law talk = ExponentialLaw{120};  // includes dialling and ringing
  Law wrap = ConstantLaw{0};
};

enum class GroupKind : std::uint8_t { kInbound, kFlex, kOutbound };

struct AgentGroup {
  std::string name;
  GroupKind kind = GroupKind::kInbound;
  std::optional<Profile>
      staff;  // agents on duty per step; none: `plan` staffs it, or `roster` holds it
  std::vector<QueueId> takes;  // queues in the order in which a free agent looks; empty = all
                               // routed to it, by priority, then longest waiting
  std::optional<Dialling> dialling;
  double wage_per_hour = 0;
};

// One stretch of an agent's day. Agents are numbered within the group. Stretches of an agent do not
// overlap.
struct DutyPeriod {
  GroupId group;
  std::uint32_t agent = 0;
  SimTime from, to;
  enum class Kind : std::uint8_t {
    kWork,
    kBreak
  } kind = Kind::kWork;  // a break is signed in, not available
};

struct Break {
  std::string name;  // "meal", "rest"
  SimDuration length{};
  SimDuration earliest{};  // start, after the shift's start
  SimDuration latest{};
  bool paid = true;  // unpaid time is not part of the wage
};

// A kind of shift that the planner may use.
struct ShiftPattern {
  std::string name;
  GroupId group;  // the group it staffs
  SimDuration length{};
  SimDuration first_start{};  // after midnight
  SimDuration last_start{};
  SimDuration start_every = std::chrono::minutes{30};
  std::vector<Break> breaks;               // in order
  double wage_per_hour = 0;                // of paid time
  double night_supplement = 0;             // added per paid hour between 22:00 and 06:00
  std::optional<std::int64_t> max_agents;  // over all starts
};

enum class Sense : std::uint8_t { kAtLeast, kAtMost };
enum class Per : std::uint8_t { kDay, kInterval };

struct Target {
  std::string
      metric;  // a KPI key: answer_rate, service_level, abandon_rate, loss_rate, asa, occupancy
  Sense sense = Sense::kAtLeast;
  double value = 0;  // shares as 0..1, durations in seconds
  Per per = Per::kDay;
  std::optional<QueueId> queue;        // none = the whole centre
  std::optional<TrunkGroupId> trunks;  // loss_rate only
};

// What really happened, to print beside what is simulated: a metric of the whole centre by the
// day's interval, in the unit of the metric (shares 0..1, seconds).
struct ActualSeries {
  std::string metric;
  Profile values;  // one a reporting interval
};

struct StudySettings {
  std::uint64_t seed = 1;
  std::int64_t replications = 50;
  double confidence = 0.95;
};

struct World {
  std::string name;
  std::string description;
  std::string currency = "CNY";
  Day day;
  double busyness_cv =
      0;  // day-to-day over-dispersion: all arrivals of a day share a gamma factor, mean 1, this cv
  std::vector<TrunkGroup> trunks;
  std::vector<CallerType> caller_types;
  std::vector<Menu> menus;
  std::vector<Queue> queues;
  std::vector<AgentGroup> groups;
  std::vector<ShiftPattern> shifts;
  std::vector<Target> targets;
  std::vector<ActualSeries> actual;
  std::vector<DutyPeriod> roster;  // people with shifts; added to what groups[].staff says
  StudySettings study;

  std::size_t intervals() const { return static_cast<std::size_t>(day.length() / day.interval); }
};

// Two or more fields that cannot hold together, in the planner's words.
struct Fault {
  std::string path;     // of the field to look at, as in the scenario file: "menus.welcome.options"
  std::string code;     // as in Diagnostic: "share-sum"
  std::string message;  // follows the path: "add up to 97%; they must add up to 100%"
  std::string help;     // may be empty
  std::vector<std::string> also;  // paths of other fields that it was concluded from
};
// What a World contradicts in itself. The reader shows these with their places.
std::vector<Fault> contradictions(const World& world);

// What a run needs and this World lacks or contradicts, each with the field's path; empty when it
// can run. A plan can do with less: it sizes lines and staffs groups itself, and simulates a World
// without faults in the end.
std::vector<std::string> faults(const World& world);

// Duty periods of agents 0, 1, ... such that profile[t] agents are on duty: the last to come is the
// first to leave.
std::vector<DutyPeriod> roster_from_profile(GroupId group, const Profile& staff, const Day& day);

}  // namespace callmill
