#pragma once
// A Centre made of what is known of a real one at a moment, again and again with other luck.
//
//   World, plan --quiet day to `at`--> roster, rules, lines as planned --people who are there-->
//   base --(callers inside, their rest drawn; callers to come)--> future r = 0, 1, 2, ...
//
// The rest of who waits, talks or wraps up is drawn by its law given how long it has lasted
// (engine/centre/placing.h). In a centre with exponential times that is exact: a seeded centre is
// the Markov chain begun in that state. docs/models/twin.md.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/live/situation.h"
#include "engine/live/talk_scale.h"
#include "engine/study/replicate.h"
#include "models/world/world.h"

namespace callmill::live {

struct SeedOptions {
  std::uint64_t seed = 1;
  // Whether the calls so far say how busy the day is (models/demand): each future has a busyness of
  // the law given them. Where the world has no busyness of days it is 1 in any case.
  bool update_busyness = true;
  double interval_cv = 0.1;  // of an interval's own factor, in that update
  // How far the rest of a day strays from what its beginning says: the cv of one more factor on all
  // calls to come, gamma with mean 1. 0: as the scenario's days are.
  double rest_cv = 0;
  // Talks of the day are longer or shorter than the scenario has them: the cv of their scale over
  // days, which is learnt from the talks so far, and how far the rest of a day strays from its
  // beginning (engine/live/talk_scale.h). talk_cv 0: talks are as the scenario has them.
  double talk_cv = 0, talk_rest_cv = 0;
  // After so long those come back who are in aux though the roster has them at work.
  SimDuration aux_lasts = std::chrono::minutes{10};
};

// What the situation and the scenario do not agree upon, and what was made of it.
struct SeedReport {
  struct Group {
    std::int64_t rostered = 0, present = 0;  // at work or in aux
    // Came though the roster has them off; are not there though it has them on, for the rest of the
    // day; in aux though it has them at work; and lacking: more are there than the scenario has.
    std::uint32_t extra = 0, absent = 0, in_aux = 0, lacking = 0;
  };
  std::vector<Group> groups;
  std::uint32_t waiting = 0, talks = 0, wraps = 0, menus = 0;  // placed
  std::uint32_t without_line = 0;  // not placed, for all lines are taken
  std::uint32_t answered = 0;      // waited though an agent was idle: answered at once
  std::uint32_t beyond_law = 0;    // have lasted longer than the law allows: begun anew
  std::uint32_t not_placed = 0;    // callbacks of queues without, dials of groups that make none
  double busyness = 1;             // mean, given the calls so far
  std::vector<TalkScale> talk_scales;  // by queue, given the talks so far; empty: not learnt
};

// What is wrong with it for this plan, in planner's words; empty when nothing. Every error at once.
std::vector<std::string> faults(const Blueprint& plan, const Situation& situation);

class Seeds {
 public:
  // The situation has no faults(). `plan` is make_blueprint(world), or one of the same shape; it
  // must outlive this. Cost: a day without calls.
  Seeds(const World& world, const Blueprint& plan, Situation situation,
        const SeedOptions& options = {});

  // Future r at `at`; the same for equal r. The recorder counts the day from its opening: calls as
  // the situation has them, people as the roster does. May be called from several threads at once.
  // Cost: copies of a Centre and a Recorder, and O(callers inside).
  Snapshot future(std::int64_t number) const;
  // Of future 0.
  const SeedReport& report() const { return report_; }
  const Situation& situation() const { return situation_; }

 private:
  Centre base_;
  Recorder recorder_;
  const Blueprint& plan_;
  Situation situation_;
  SeedOptions options_;
  SeedReport report_;
  std::vector<std::vector<double>> mix_;  // by queue: cumulative shares of caller types
  std::vector<double> menu_mix_;
  std::vector<double> busyness_;  // equal parts of its law; empty: 1

  double busyness_of(ReplicationKey key) const;
  std::vector<double> talk_scales_of(ReplicationKey key) const;
  Snapshot make(std::int64_t number, SeedReport& report) const;
};

}  // namespace callmill::live
