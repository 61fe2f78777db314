#pragma once
// Paths of the rest of a day, for fork_ahead.h and advice.h: path i of every alternative meets the
// same callers.

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/live/figures.h"
#include "engine/live/live_centre.h"
#include "engine/live/seed.h"

namespace callmill::live {

// Of each path's day, in this order.
inline constexpr std::array<std::string_view, 12> kDayMetrics{
    "offered",     "answered",  "abandoned",    "blocked", "attempts", "service_level",
    "answer_rate", "loss_rate", "abandon_rate", "asa",     "aht",      "occupancy"};
std::array<double, kDayMetrics.size()> as_array(const Figures& figures);

// Of each interval: of those whose values are a fan.
enum class FanOf : std::uint8_t {
  kServiceLevel,
  kAnswerRate,
  kLossRate,
  kWaiting,
  kOccupancy,
  kSize
};
inline constexpr std::size_t kFans = static_cast<std::size_t>(FanOf::kSize);

struct PathPlan {
  SimTime made_at, until;
  bool to_the_end = false;  // run out, beyond `until`
  SimTime stop;             // else: where the path ends
  Span day;
  std::vector<std::uint32_t> intervals;  // from the one at hand on, those that end by `until`
  std::vector<SimTime> times;            // their ends
};
// `until` none: the end of the open spell at hand or, at night, of the next one.
PathPlan plan_paths(const LiveCentre& centre, std::optional<SimTime> until);

struct Path {
  std::array<double, kDayMetrics.size()> day{};
  std::vector<std::array<double, kDayMetrics.size()>> queues;  // the same by queue
  std::vector<std::array<double, kFans>> series;               // by PathPlan::times
  std::vector<TargetNow> targets;                              // by World::targets
  double money = 0;  // wages of everybody signed in, called in and on overtime, over the run so far
};

// What is compared: a live centre as it is, and with commands carried out at the fork. `seeds`: of
// a real centre, which `centre` shows; path i is then its future i, and commands are carried out
// there. nullptr: path i is the centre itself with other callers to come. All must outlive this.
class Alternatives {
 public:
  explicit Alternatives(const LiveCentre& centre, const Seeds* seeds = nullptr)
      : centre_{centre}, seeds_{seeds} {}
  // What is wrong with the first command that cannot be carried out; such an alternative is not
  // taken in.
  std::vector<CommandError> add(const std::vector<Command>& commands);
  std::size_t size() const { return all_.size(); }
  // Where path `path` of alternative `a` begins, into the memory of a path before it.
  void begin(std::size_t a, std::int64_t path, std::uint64_t seed,
             std::optional<LiveCentre>& work) const;

 private:
  struct One {
    LiveCentre changed;
    std::vector<Command> commands;
  };
  const LiveCentre& centre_;
  const Seeds* seeds_;
  std::vector<One> all_;
};

struct PathOptions {
  std::int64_t paths = 200;
  std::uint64_t seed = 1;
  int threads = 0;
};
// By alternative, by path. Empty where it was cancelled.
std::vector<std::vector<Path>> run_paths(const Alternatives& alternatives, const PathPlan& plan,
                                         const PathOptions& options,
                                         const std::atomic<bool>* cancel,
                                         const std::function<void(double)>& progress);

// Mean of the values that are defined, and the ends of its Student interval; NaN where nothing is.
struct MeanOf {
  double mean = 0, low = 0, high = 0;
};
MeanOf mean_of(const std::vector<double>& values, double confidence);
// Of the values that are defined, linear between order statistics (type 7); sorts them.
double quantile_of(std::vector<double>& values, double p);

struct Band;
struct Bands;
std::vector<Band> day_bands(const std::vector<Path>& paths, double confidence);
Bands make_bands(const std::vector<Path>& paths, const PathPlan& plan, double confidence);

}  // namespace callmill::live
