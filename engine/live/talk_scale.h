#pragma once
// How long talks are today, against what the scenario has: a scale of each queue, for a queue is
// what every telephone system tells of a talk; who calls it does not, and the group is often a
// guess.
//
//   scale of the day     D ~ inverse gamma, mean 1, cv `talk_cv`
//   of a part of it      D times a factor of its own, mean 1, cv s = `rest_cv` / sqrt 2: the talks
//                        so far are one part, those to come another
//   given n talks over of mean r, in units of what the scenario has for them, whose cv is k:
//
//     D ~ inverse gamma, shape a + n v, rate b + n r v,   v = 1 / (k^2 + n s^2)
//     a = 2 + 1 / talk_cv^2,   b = a - 1
//
// With k = 1 and s = 0 it is the posterior of exponential talks; else an approximation that takes
// the mean of talks as it is, whatever their law, with the weight that its variance gives it.
//
// Talks in hand are no sample: short ones are over. A talk that has lasted w counts by how much
// longer than the mean one of its age will be, E[X | X > w] - E[X] (with exponential talks: w), so
// that those over and those in hand are right together, whatever the law. docs/models/twin.md.

#include <cstdint>
#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/live/queue_callers.h"
#include "engine/live/situation.h"

namespace callmill::live {

// What the scenario has for talks of a queue: laws and factors of its callers and of the group, and
// what transfers cut off. Without repeats, callers who were transferred there, people's own speed
// and rules or events of the floor.
class UsualTalks {
 public:
  // Both must outlive this.
  UsualTalks(const World& world, const Blueprint& plan);

  // Mean, and standard deviation over mean. 0: nothing is expected there.
  struct Moments {
    double mean_s = 0, cv = 0;
  };
  // group: kNotKnown: the first that the queue is offered to.
  Moments of(std::uint32_t queue, std::uint32_t group, std::size_t interval) const;
  // The law at its 512 equal parts by caller type, each with its weight; in order.
  struct Part {
    double length_s = 0, weight = 0;
  };
  std::vector<Part> parts(std::uint32_t queue, std::uint32_t group, std::size_t interval) const;
  const QueueCallers& callers() const { return callers_; }

 private:
  struct Handled {
    double mean_s = 0, square = 0;  // square: mean of the squares
  };
  double factor(std::size_t type, std::size_t interval) const;
  std::uint32_t group_of(std::uint32_t queue, std::uint32_t group) const;

  const Blueprint& plan_;
  QueueCallers callers_;
  std::vector<std::vector<Handled>> handled_;  // [type][group], but for the time of day
};

struct TalkScaleOptions {
  double talk_cv = 0;  // > 0
  double rest_cv = 0;
  bool in_hand = true;  // false: talks in hand count nothing; to see what that does
};

// Of one queue.
struct TalkScale {
  double shape = 0, rate = 0;  // of D
  double part_cv = 0;          // s
  double talks = 0;            // over
  double mean() const { return rate / (shape - 1); }
  // Of the talks to come; u, v in (0, 1).
  double draw(double u, double v) const;
};

// By queue. `s` has no faults().
std::vector<TalkScale> talk_scales(const Blueprint& plan, const UsualTalks& usual,
                                   const Situation& s, const TalkScaleOptions& options);

}  // namespace callmill::live
