#pragma once
// Mean, variance, smallest and largest of single values (Welford). For one number per replication
// and for tests.

#include <algorithm>
#include <cstdint>
#include <limits>

namespace callmill {

class Tally {
 public:
  void add(double x) {
    ++count_;
    const double delta = x - mean_;
    mean_ += delta / static_cast<double>(count_);
    squares_ += delta * (x - mean_);
    low_ = std::min(low_, x);
    high_ = std::max(high_, x);
  }
  std::int64_t count() const { return count_; }
  double mean() const { return mean_; }
  double variance() const { return count_ > 1 ? squares_ / static_cast<double>(count_ - 1) : 0.0; }
  double min() const { return low_; }
  double max() const { return high_; }

 private:
  std::int64_t count_ = 0;
  double mean_ = 0, squares_ = 0;
  double low_ = std::numeric_limits<double>::infinity();
  double high_ = -std::numeric_limits<double>::infinity();
};

}  // namespace callmill
