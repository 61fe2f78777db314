#include "engine/live/checkpoints.h"

#include <algorithm>

namespace callmill::live {

void Checkpoints::add(Point point) {
  if (most_ == 0) return;
  points_.push_back(std::move(point));
  if (points_.size() > most_) thin();
}

const Checkpoints::Point* Checkpoints::before(std::size_t done) const {
  for (auto p = points_.rbegin(); p != points_.rend(); ++p)
    if (p->done <= done) return &*p;
  return nullptr;
}

void Checkpoints::cut(std::size_t done) {
  while (!points_.empty() && points_.back().done > done) points_.pop_back();
}

// The first stays: from it everything can be run again.
void Checkpoints::thin() {
  const auto plain = std::find_if(points_.begin() + 1, points_.end() - 1,
                                  [](const Point& p) { return !p.by_command; });
  if (plain != points_.end() - 1) {
    points_.erase(plain);
    return;
  }
  const std::size_t half = points_.size() / 2;
  std::size_t kept = 1;
  for (std::size_t i = 1; i < points_.size(); ++i)
    if (i >= half || i % 2 == 0) points_[kept++] = std::move(points_[i]);
  points_.resize(kept);
}

}  // namespace callmill::live
