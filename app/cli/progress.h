#pragma once
// Progress on stderr, so that stdout stays the result: one line redrawn on a terminal, JSON lines
// for programs, or none.

#include <chrono>
#include <string>

#include "app/report/lang.h"

namespace callmill::cli {

class ProgressLine {
 public:
  // mode: "auto", "json" or "none".
  explicit ProgressLine(const std::string& mode, Lang lang = Lang::kEn);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // done of wanted units; half_width NaN when unknown. Draws at most ten times a second.
  void update(const std::string& what, std::int64_t done, std::int64_t wanted, double half_width);
  // A finished step, kept on the screen (terminal and json only).
  void step(const std::string& text);
  void clear();

 private:
  using WallClock = std::chrono::steady_clock;
  enum class Mode { kNone, kLine, kJson };
  Lang lang_;
  Mode mode_;
  WallClock::time_point began_ = WallClock::now();
  WallClock::time_point drawn_{};
  bool shown_ = false;
};

}  // namespace callmill::cli
