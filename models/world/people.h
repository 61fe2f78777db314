#pragma once
// Agents as people: their hours and attendance, what experience does to their work, how they pick
// up the phone, how they leave.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"

namespace callmill {

// What an agent does who is signed in and not available.
enum class AuxCode : std::uint8_t {
  kBreak,
  kMeal,
  kMeeting,
  kTraining,
  kCoaching,
  kNoAnswer,  // after a phone that was not picked up
  kOther
};
inline constexpr std::size_t kAuxCodes = 7;

// How a new agent's factors come down to 1, that of a veteran, with days of experience d:
//   exponential  f(d) = 1 + (first_day - 1) 2^(-d / half_life)        Heathcote, Brown & Mewhort
//   2000 power        f(d) = first_day max(1, d)^-b, b = ln(first_day) / ln(veteran): 1 from
//   veteran days
//                on                          Wright 1936, Newell & Rosenbloom 1981
enum class LearningForm : std::uint8_t { kExponential, kPower };
struct Learning {
  LearningForm form = LearningForm::kExponential;
  // Factors of the first day, > 0. The last two multiply the share of calls that are handed on, and
  // the share that is left unresolved.
  double talk = 1, wrap = 1, transfer = 1, unresolved = 1;
  double half_life = 20;  // days, > 0; exponential
  double veteran = 250;   // days, > 1; power
};

// So many agents of the group have so many days of experience; in the order of the agents.
struct ExperienceShare {
  std::uint32_t agents = 0;
  double days = 0;
};

// Agents with fewer than `until` days are dealt in turn to those with more, who are slower by
// `slows` a newcomer in their care, on talk and wrap.
struct Mentoring {
  double slows = 0;
  double until = 30;  // days
};

struct Experience {
  Learning learning;
  std::vector<ExperienceShare> agents;  // agents not named here are veterans
  std::optional<Mentoring> mentoring;
};

// Talk and wrap grow by `per_hour` with each hour of talk and wrap since the last break, by `most`
// at the most.
struct Fatigue {
  double per_hour = 0;
  double most = 0;
};

struct Deviation {  // of a share of cases, by a duration
  Probability share;
  Law by = ConstantLaw{0};
};
struct Attendance {
  Probability absent;       // of a shift
  Deviation late;           // to a shift
  Deviation early;          // home before its end
  Deviation break_late;     // into a break, which keeps its length
  Deviation break_overrun;  // back from it
};

// The phone of an agent rings before the call is answered.
struct Ringing {
  Law time = ConstantLaw{3};          // until it is answered
  Probability no_answer;              // share that nobody picks up
  Law gives_up = ConstantLaw{20};     // until such a call goes back to the head of its queue
  Law rest = ConstantLaw{60};         // the agent is then not available, this long
  AuxCode code = AuxCode::kNoAnswer;  // under this code
  bool in_wait = true;                // the wait that is reported includes the ringing
};

// An agent in wrap-up is called away when so many calls wait that the group may take, or one has
// waited so long.
struct WrapInterrupt {
  std::optional<std::uint32_t> waiting;
  std::optional<SimDuration> wait;
  bool resumed = false;  // the rest is added to the agent's next wrap-up, else it is lost
};

// Who leaves when `staff` falls.
enum class StaffRelease : std::uint8_t {
  kNamed,         // the last to come; who is busy finishes first
  kIdleFirst,     // idle agents; then whoever is free first. A rise keeps those who still owe it
  kIdleThenBusy,  // idle agents; then the last of the busy ones, each when done. New ones come
  kPreempt,       // idle agents; then busy ones, whose calls go back to the head of the queue
};

// One line of the roster: a named agent, or some who have the same hours.
struct RosterBreak {
  AuxCode code = AuxCode::kBreak;
  SimDuration from{}, to{};  // after midnight
};
struct RosterShift {
  SimDuration from{}, to{};         // after midnight
  std::vector<RosterBreak> breaks;  // in order
  std::vector<std::string> on{};    // open days (is_one_of) that it is worked on
};
struct RosterEntry {
  std::string name;
  GroupId group;
  std::uint32_t agents = 1;
  std::optional<double> days;       // of experience; none: by the group's experience
  std::vector<RosterShift> shifts;  // in order
};

}  // namespace callmill
