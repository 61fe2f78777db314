#pragma once
// States of a live day to go back to: one before each command, and one every so often. At most so
// many: where there are too many, those of the plain clock go first, and of the rest every other
// one of the older half. What is not kept is run again from the one before it.

#include <cstdint>
#include <memory>
#include <vector>

#include "base/time.h"

namespace callmill::live {

class LiveCentre;

class Checkpoints {
 public:
  struct Point {
    SimTime at;
    std::size_t done = 0;     // commands carried out before it
    bool by_command = false;  // the one before a command
    std::shared_ptr<const LiveCentre> state;
  };
  explicit Checkpoints(std::size_t most) : most_{most} {}
  void add(Point point);  // points come in the order of time
  // The last with at most `done` commands; nullptr when there is none.
  const Point* before(std::size_t done) const;
  // Forgets those with more than `done` commands.
  void cut(std::size_t done);
  const std::vector<Point>& points() const { return points_; }

 private:
  void thin();
  std::size_t most_;
  std::vector<Point> points_;
};

}  // namespace callmill::live
