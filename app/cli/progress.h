#pragma once
// Progress on stderr, so that stdout stays the result: one line redrawn on a terminal, JSON lines
// for programs, or none.

#include <chrono>
#include <string>

#include "app/report/lang.h"
#include "engine/kpi/metric.h"

namespace callmill::cli {

// How precise the study is so far, where that decides when it ends.
struct PrecisionSoFar {
  std::string indicator;
  Unit unit = Unit::kShare;
  double half_width = 0;  // NaN when unknown, as `needed`
  double wanted = 0;      // 0: nothing is wanted
  double needed = 0;      // units until then
};

class ProgressLine {
 public:
  // mode: "auto", "json" or "none".
  explicit ProgressLine(const std::string& mode, Lang lang = Lang::kEn);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // done of at most `most` units; the time left is that until the precision, where it is known.
  // Draws at most ten times a second.
  void update(const std::string& what, std::int64_t done, std::int64_t most,
              const PrecisionSoFar& precision = {});
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
