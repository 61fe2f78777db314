#pragma once
// A day by intervals from CSV: the requirement of each where its agents are not given, else how it
// does; and the day's figures, weighted by calls.
//
//   from,to,calls,aht,patience,agents        or   interval,calls,...  with 08:00-08:30
//   08:00,08:30,120,180s,120s,24
//
// Times go on past midnight: 23:30 to 00:00, then 00:00 to 00:30 (24:00 and 24:30 say the same).
// calls are those expected in the interval; aht and patience are durations (a bare number is
// seconds). aht, patience and agents may be left out where the question has them, cell by cell.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/calculator/question.h"
#include "base/diagnostic.h"

namespace callmill::calculator {

struct Interval {
  std::string name;  // "08:00"
  double from_s = 0, length_s = 0;
  double calls = 0;  // in the interval
  Queue queue;       // agents 0 = to be found
};
// Every error at once, with its place. `parts` has what the columns lack.
std::optional<std::vector<Interval>> read_profile(std::string_view csv, const std::string& name,
                                                  const Question& parts, Diagnostics& diagnostics);

// Of an interval, or of the day, where intervals hand on what they leave: NaN where nobody called.
// The service level is by the question's formula; f2 of an interval is NaN.
struct ExactFigures {
  double service_level = 0, answer_rate = 0, abandon_rate = 0, asa_s = 0, occupancy = 0;
  double level_by_event = 0;  // answers within T / (answers + abandons), all by their own time
};

struct IntervalAnswer {
  Interval interval;
  std::optional<Outcome> outcome;  // none without calls, or where nothing meets the targets
  double agents = 0;               // on duty, or needed; NaN where nothing meets the targets
  bool met = false;                // of an interval without calls: true
  std::optional<ExactFigures> exact = {};
};
// M(t)/M/n(t)/K+M from an empty centre with the agents of each interval; agents finish the call in
// hand (models/transient). After the last interval, and between intervals that do not touch, the
// centre is closed: nobody calls, and the agents serve whoever still waits. Within T by the call's
// arrival, else by the time of the event; what becomes of callers after a closing is the day's
// alone.
struct ExactDay {
  enum class Why : std::uint8_t {
    kKnown,
    kModel,      // menus, other laws, repeats, lines that differ
    kAgents,     // an interval without agents
    kFractions,  // ... or with a part of one
    kCost        // more than 2e9 updates of a state
  };
  Why why = Why::kModel;
  std::optional<ExactFigures> day;
  std::vector<std::size_t> missed;  // intervals that miss a target whose figure is above
  double left_out = 0, updates = 0;
};
struct Profile {
  std::vector<IntervalAnswer> intervals;
  std::optional<Outcome> day;  // none where an interval has no figures
  double calls = 0, agent_hours = 0;
  bool met = false;              // in every interval
  bool feasible = false;         // every interval has an answer
  bool sized = false;            // some agents were to be found
  std::int64_t lines = 0;        // of the whole day, where they were to be sized: as the peak needs
  std::string requirement = {};  // how agents were found, and why so; empty: each by itself
  ExactDay exact = {};
};
// Each interval in steady state on its own, and all of them through the exact day where that is
// known. Agents that are to be found in every interval may be asked for by parts.requirement: goals
// then hold in the exact day, which judges. Cost: one answer() an interval; the day up to two
// seconds, and by the exact day some ten a goal.
Profile answer_profile(const Question& parts, const std::vector<Interval>& intervals);

// Every goal holds over the exact day, as far as it has the goal's figure.
bool holds_over_the_day(const Question& parts, const Profile& profile);
// Fills profile.exact and the intervals' from their agents.
void add_exact_day(const Question& parts, Profile& profile);

// What the figures take for granted, and where that fails; as_text has it below the table.
std::string statement_text(const Question& parts, const Profile& profile, Lang lang);
std::string as_text(const Question& parts, const Profile& profile, Lang lang);
std::string as_json(const Question& parts, const Profile& profile);
std::string as_csv(const Question& parts, const Profile& profile);

}  // namespace callmill::calculator
