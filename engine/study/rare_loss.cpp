#include "engine/study/rare_loss.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cmath>
#include <limits>
#include <mutex>

#include "base/check.h"
#include "base/stats/moments.h"
#include "engine/centre/flow.h"
#include "engine/study/replicate.h"

namespace callmill {
namespace {

constexpr int kPilotDays = 4;
constexpr int kPilots = 12;                // the deepest level goes up in each
constexpr std::uint64_t kEnoughSeen = 40;  // visits that say how often lines in use rise so far

// What becomes of calls that ask for a line of the group.
class LineWatch : public Observer {
 public:
  explicit LineWatch(std::uint32_t trunks) : trunks_{trunks} {}
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t, std::uint32_t trunks) {
    attempts += trunks == trunks_ ? 1 : 0;
  }
  void blocked(std::uint16_t, std::uint32_t, std::uint32_t trunks) {
    blocked_calls += trunks == trunks_ ? 1 : 0;
  }
  std::uint64_t attempts = 0, blocked_calls = 0;

 private:
  std::uint32_t trunks_;
};

// What a replication comes to, over all its trajectories.
struct DayOfWays {
  double attempts = 0, blocked = 0;  // weighted
  std::vector<double> visits;        // by lines in use: times that they rose to so many; weighted
  std::vector<std::uint64_t> seen;   // the same, not weighted
  std::uint64_t events = 0, day_events = 0, blocked_seen = 0;
};

class Splitter {
 public:
  Splitter(const Blueprint& plan, const RareLossOptions& options,
           const std::vector<std::uint32_t>& levels, std::int64_t replication)
      : plan_{plan}, options_{options}, levels_{levels}, replication_{replication} {
    day_.visits.resize(plan.first_line[options.trunks + 1] - plan.first_line[options.trunks] + 1);
    day_.seen.resize(day_.visits.size());
    for (std::size_t level = 0; level <= levels.size(); ++level)
      weight_.push_back(std::pow(options.ways, -static_cast<double>(level)));
  }

  DayOfWays run() {
    Centre centre = open_centre(plan_, options_.seed, static_cast<std::uint64_t>(replication_));
    follow(centre, 0, 0);
    return std::move(day_);
  }

 private:
  // Copies are told apart by their number in the replication, which the order of events decides.
  ReplicationKey key_of_copy() {
    return ReplicationKey{mix64(options_.seed + ++copies_ * kGolden),
                          static_cast<std::uint64_t>(replication_)};
  }

  // Takes `centre`, at `level`, to its end, or to where it falls below `made_at`. 0: an original,
  // which falls below nothing.
  void follow(Centre& centre, std::size_t level, std::size_t made_at) {
    LineWatch watch{options_.trunks};
    Flow<LineWatch> flow{plan_, centre, watch};
    const TrunkState& lines = centre.trunks[options_.trunks];
    std::uint32_t before = lines.in_use;
    while (flow.step()) {
      ++day_.events;
      day_.day_events += made_at == 0 ? 1 : 0;
      count(watch, level);
      const std::uint32_t now = lines.in_use;
      if (now > before) visit(now, level);
      before = now;
      while (level > 0 && now < levels_[level - 1]) {
        if (level == made_at) return;
        --level;
      }
      while (level < levels_.size() && now >= levels_[level]) {
        ++level;
        for (std::uint32_t way = 1; way < options_.ways; ++way) branch(centre, level);
      }
    }
  }

  void branch(const Centre& centre, std::size_t level) {
    Centre copy = centre;
    LineWatch nobody{options_.trunks};
    Flow<LineWatch>{plan_, copy, nobody}.renew_callers(key_of_copy());
    follow(copy, level, level);
  }

  void visit(std::uint32_t in_use, std::size_t level) {
    day_.visits[in_use] += weight_[level];
    ++day_.seen[in_use];
  }

  void count(LineWatch& watch, std::size_t level) {
    if (watch.attempts == 0) return;
    day_.attempts += static_cast<double>(watch.attempts) * weight_[level];
    day_.blocked += static_cast<double>(watch.blocked_calls) * weight_[level];
    day_.blocked_seen += watch.blocked_calls;
    watch.attempts = watch.blocked_calls = 0;
  }

  const Blueprint& plan_;
  const RareLossOptions& options_;
  const std::vector<std::uint32_t>& levels_;
  std::int64_t replication_;
  std::vector<double> weight_;  // by level
  std::uint64_t copies_ = 0;
  DayOfWays day_;
};

// The levels that these days show: from one to the next, one excursion of `ways` goes on. None
// where too few were seen.
std::vector<std::uint32_t> levels_of(const DayOfWays& days, std::uint32_t ways) {
  std::vector<std::uint32_t> levels;
  const auto most = std::max_element(days.visits.begin(), days.visits.end());
  double last = *most;
  for (auto x = static_cast<std::uint32_t>(most - days.visits.begin()) + 1;
       x < days.visits.size() && days.seen[x] >= kEnoughSeen; ++x) {
    if (days.visits[x] * ways > last) continue;
    levels.push_back(x);
    last = days.visits[x];
  }
  return levels;
}

// Each pilot sees deeper than the one before.
std::vector<std::uint32_t> find_levels(const Blueprint& plan, const RareLossOptions& options,
                                       std::uint64_t& events) {
  std::vector<std::uint32_t> levels;
  RareLossOptions pilot = options;
  for (int round = 1; round <= kPilots; ++round) {
    pilot.seed = mix64(options.seed + static_cast<std::uint64_t>(round));
    DayOfWays all;
    for (int day = 0; day < kPilotDays; ++day) {
      const DayOfWays one = Splitter{plan, pilot, levels, day}.run();
      events += one.events;
      all.visits.resize(one.visits.size());
      all.seen.resize(one.seen.size());
      for (std::size_t x = 0; x < one.seen.size(); ++x) {
        all.visits[x] += one.visits[x];
        all.seen[x] += one.seen[x];
      }
    }
    std::vector<std::uint32_t> next = levels_of(all, options.ways);
    if (next.size() <= levels.size()) break;
    levels = std::move(next);
  }
  return levels;
}

double gain_of(const RareLoss& result, double p, const Moments& days) {
  const double residual =
      days.covariance(0, 0) - 2 * p * days.covariance(0, 1) + p * p * days.covariance(1, 1);
  const double split =
      residual / (days.mean(1) * days.mean(1)) * static_cast<double>(result.events);
  const double plain = p * (1 - p) / days.mean(1) * static_cast<double>(result.day_events);
  return days.count() > 1 && split > 0 ? plain / split : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

RareLoss rare_loss(const Blueprint& plan, const RareLossOptions& options,
                   const std::function<void(std::int64_t)>& progress,
                   const std::atomic<bool>* stop) {
  CALLMILL_CHECK(options.replications >= 2 && options.ways >= 2, "two days and two ways at least");
  RareLoss result;
  result.levels = options.levels;
  if (result.levels.empty()) result.levels = find_levels(plan, options, result.pilot_events);

  std::vector<DayOfWays> day(static_cast<std::size_t>(options.replications));
  std::vector<char> ready(day.size(), 0);
  std::atomic<std::int64_t> next{0}, done{0};
  std::mutex told;
  const int threads = thread_count(options.threads, options.replications);
  boost::asio::thread_pool pool{static_cast<std::size_t>(threads)};
  for (int i = 0; i < threads; ++i)
    boost::asio::post(pool, [&] {
      while (stop == nullptr || !stop->load(std::memory_order_relaxed)) {
        const std::int64_t r = next++;
        if (r >= options.replications) return;
        day[static_cast<std::size_t>(r)] = Splitter{plan, options, result.levels, r}.run();
        ready[static_cast<std::size_t>(r)] = 1;
        const std::lock_guard lock{told};
        if (progress) progress(++done);
      }
    });
  pool.join();

  Moments days{2};
  for (std::size_t r = 0; r < day.size() && ready[r] != 0; ++r) {
    const double x[] = {day[r].blocked, day[r].attempts};
    days.add(x);
    result.events += day[r].events;
    result.day_events += day[r].day_events;
    result.blocked += day[r].blocked_seen;
  }
  result.interrupted = days.count() < options.replications;
  const std::vector<LinearTerm> blocked{{0, 1}}, attempts{{1, 1}};
  result.loss_rate = ratio_estimate(days, blocked, attempts, options.confidence);
  result.loss_rate.ci_low = std::max(result.loss_rate.ci_low, 0.0);  // NaN stays
  if (result.blocked == 0)  // days that all show nothing do not say how little it is
    result.loss_rate.ci_low = result.loss_rate.ci_high = std::numeric_limits<double>::quiet_NaN();
  result.gain = gain_of(result, result.loss_rate.value, days);
  return result;
}

}  // namespace callmill
