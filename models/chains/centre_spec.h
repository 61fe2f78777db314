#pragma once
// A small centre as a Markov chain sees it: caller classes, queues, groups, lines, menus, orbits.
//
//   fresh call or redial --> a line of the class free? --no--> blocked --(again)--> orbit
//      | yes
//      +--> menu (exponential) --> leaves, is self-served, or joins its queue
//      +--> queue: the first group of `prefer` with more than `reserve` idle and `min_queue`
//           waiting (itself included) takes the head; else the queue is full: refused; else it
//           balks or waits, with exponential patience --(again)--> orbit
//   talk over: wrap-up, where there is one, without the line
//   agent free: takes the head of the first class of `take` under the same rules, else an outbound
//           call at once where the group dials at once
//
// First come, first served within a class; nothing is interrupted but by staff that falls
// (Leaving::kSentBack). Rates in one unit of time.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace callmill {

inline constexpr int kNoBound = std::numeric_limits<int>::max();

// Who goes home when fewer agents are due; centre_staff.cpp has the rules.
enum class Leaving : std::uint8_t {
  kFirstFree,  // idle agents; then whoever is free first. A rise keeps those who still owe it
  kBands,      // the last to come, each when done: Group::bands
  kMarked,     // idle agents; then busy ones, each when done; new ones come
  kSentBack    // idle agents; then busy ones, whose calls go back (Class::sent_back_of)
};

struct CentreSpec {
  // A prompt that plays or a machine at work. What the shares leave hangs up.
  struct Stage {
    double rate = 0;  // 1 / mean time
    double p_agent = 1, p_self_served = 0;
    std::vector<double> p_next{};  // to each stage of the class; may be shorter
  };
  struct Class {
    double rate = 0;           // lambda >= 0, fresh calls
    double patience_rate = 0;  // theta >= 0
    double balk = 0;           // share that hangs up where no agent is free
    std::size_t queue = 0;
    std::vector<std::size_t> prefer;   // groups, in order; those that can serve it
    std::optional<std::size_t> lines;  // held in menu, queue and talk; none: needs none
    std::vector<Stage> menu{};         // begins with the first; empty: none
    double again_blocked = 0, again_abandoned = 0;  // shares that call again
    double again_rate = 0;                          // 1 / mean delay
    int most_again =
        0;  // redials of a caller after blocks; 0: any number. Else again_abandoned is 0
    // Calls of that class which an agent who went home has sent back: they come before it, and are
    // no new calls. Same patience, groups, lines and queue; rate 0.
    std::optional<std::size_t> sent_back_of{};
  };
  // How a group serves a class.
  struct Skill {
    double rate = 0;    // mu; 0 = cannot
    int reserve = 0;    // takes only while more than so many are idle, the one who takes included
    int min_queue = 1;  // and so many wait in the queue
    double wrap_rate = 0;  // 1 / mean wrap-up; 0 = none
  };
  struct Outbound {
    double rate = 0;        // mu of outbound calls
    double pause_rate = 0;  // of each idle agent, while more than `reserve` are idle
    int reserve = 0;
    bool at_once = false;  // dials as soon as more than `reserve` are idle; pause_rate is not used
    double wrap_rate = 0;
  };
  // Agents who are due at the same times of a day. Those who are idle longest take the next call,
  // so where bands differ the order of the idle is part of the state.
  struct Band {
    int agents = 0;
    bool on = true;      // due now; those at work who are not go when they have finished
    std::size_t as = 0;  // from now on like this band, the first of its like
  };
  struct Group {
    int agents = 0;                 // due now
    std::vector<std::size_t> take;  // classes, in order
    std::optional<Outbound> outbound;
    Leaving leaving = Leaving::kFirstFree;
    std::vector<Band> bands{};  // kBands: in the order of their numbers; those due come first
    int pool = 0;               // kMarked: all there are, >= agents
  };

  std::vector<Class> classes;
  std::vector<int> queues;  // rooms: how many wait at the most; kNoBound
  std::vector<Group> groups;
  std::vector<std::vector<Skill>> skills;  // [class][group]
  std::vector<int> lines;                  // line groups
  int ports = kNoBound;                    // calls in menus at once
  int most_waiting = kNoBound;             // in all queues together
  bool closed = false;                     // nobody calls, calls again or dials
  std::vector<std::size_t> roll_call{};    // groups in the order in which agents come; empty: as
                                           // numbered
  // Where the model has no bound of its own, the chain is cut: a call that finds so many waiting in
  // its queue is dropped, a caller who finds so many in the orbit gives up. Counted as `cut`.
  int cut_queue = kNoBound, cut_orbit = 64;
};

// Expected counts: per unit of time (steady state) or in an interval (a day). Of calls, by the time
// of their arrival.
struct ClassCounts {
  double fresh = 0, redials = 0;    // attempts
  double blocked = 0, no_port = 0;  // no line, no port
  double entered_menu = 0, left_menu = 0, self_served = 0;
  double refused = 0;  // full queue
  double at_once = 0, waited = 0, balked = 0;
  double answered = 0, abandoned = 0;                     // at_once and balked included
  double wait_answered = 0, wait_abandoned = 0;           // time
  std::vector<double> answered_within, abandoned_within;  // of each time that was asked for
  double waiting = 0;                                     // time in queue, by when it passed
  double disconnected = 0;                                // waited when the centre closed
  std::vector<double> answered_by;                        // group
  double cut = 0;                                         // dropped by cut_queue or cut_orbit
};
struct GroupCounts {
  std::vector<double> busy, taken;  // by class: time of talk, calls taken
  double wrap = 0, idle = 0;        // time
  double outbound = 0, dials = 0;   // time of talk, calls begun
};
struct CentreCounts {
  std::vector<ClassCounts> classes;
  std::vector<GroupCounts> groups;
  std::vector<double> lines_busy;  // time
  std::size_t states = 0;
  double residual = 0;
};

}  // namespace callmill
