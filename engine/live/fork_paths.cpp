#include "engine/live/fork_paths.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>

#include "base/stats/interval.h"
#include "engine/kpi/counts_now.h"
#include "engine/study/floor_now.h"
#include "engine/study/replicate.h"

namespace callmill::live {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Other keys than those of whole days.
ReplicationKey key_of(std::uint64_t seed, std::uint64_t path) {
  constexpr std::uint64_t kAhead = 0x6168656164u;
  return {mix64(seed ^ kAhead), path};
}

double waiting_in(const Centre& centre) {
  double waiting = 0;
  for (const FifoList& list : centre.waiting) waiting += list.size;
  for (const FifoList& list : centre.held) waiting += list.size;
  return waiting;
}

// Wages of the time signed in, and what extra time costs beyond them.
double money_of(const Recorder& r, SimTime now) {
  const Blueprint& plan = r.plan();
  double sum = 0;
  for (std::uint32_t g = 0; g < plan.groups.size(); ++g) {
    const std::vector<double> time =
        counts_now(r, Family::kAgents, {ScopeKind::kGroup, g}, 0, plan.intervals, now);
    double signed_in = 0;
    for (std::size_t s = 0; s < kAgentStates; ++s)
      if (s != static_cast<std::size_t>(AgentState::kOff)) signed_in += time[s];
    sum += signed_in * plan.prices.wage[g];
  }
  for (std::uint32_t rule = 0; rule < r.floor().rules(); ++rule)
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      const Cell<FloorCount>& cell = r.floor().cell(rule, i);
      sum += 1e-6 *
             static_cast<double>(cell[at(FloorCount::kCost)] - cell[at(FloorCount::kExtraWage)]);
    }
  return sum;
}

void run_path(LiveCentre& work, const PathPlan& plan, Path& path) {
  path.series.assign(plan.times.size(), {});
  for (std::size_t i = 0; i < plan.times.size(); ++i) {
    work.run_until(plan.times[i]);
    path.series[i][static_cast<std::size_t>(FanOf::kWaiting)] = waiting_in(work.centre());
  }
  plan.to_the_end ? work.run_out() : work.run_until(plan.stop);
  const Recorder& recorder = work.recorder();
  const SimTime now = work.now();
  for (std::size_t i = 0; i < plan.times.size(); ++i) {
    const Figures f = figures(recorder, {}, {plan.intervals[i], plan.intervals[i] + 1}, now);
    const auto put = [&](FanOf fan, double x) {
      path.series[i][static_cast<std::size_t>(fan)] = x;
    };
    put(FanOf::kServiceLevel, f.service_level);
    put(FanOf::kAnswerRate, f.answer_rate);
    put(FanOf::kLossRate, f.loss_rate);
    put(FanOf::kOccupancy, f.occupancy);
  }
  path.day = as_array(figures(recorder, {}, plan.day, now));
  path.queues.clear();
  for (std::uint32_t q = 0; q < work.plan().queues.size(); ++q)
    path.queues.push_back(as_array(figures(recorder, {ScopeKind::kQueue, q}, plan.day, now)));
  path.targets.clear();
  for (const Target& target : work.world().targets)
    path.targets.push_back(target_now(recorder, target, plan.day, now));
  path.money = money_of(recorder, now);
}

// Which path of which alternative is next; who is done tells.
class Work {
 public:
  Work(std::size_t all, const std::atomic<bool>* cancel) : all_{all}, cancel_{cancel} {}
  bool cancelled() const {
    return failed_ || (cancel_ != nullptr && cancel_->load(std::memory_order_relaxed));
  }
  std::optional<std::size_t> next() {
    const std::size_t n = next_.fetch_add(1);
    return n < all_ && !cancelled() ? std::optional{n} : std::nullopt;
  }
  void done(std::size_t items) {
    const std::lock_guard lock{mutex_};
    done_ += items;
    changed_.notify_one();
  }
  void fail(std::exception_ptr error) {
    const std::lock_guard lock{mutex_};
    error_ = std::move(error);
    failed_ = true;
  }
  void leave() {
    const std::lock_guard lock{mutex_};
    ++left_;
    changed_.notify_one();
  }
  void wait(std::size_t threads, const std::function<void(double)>& progress) {
    std::unique_lock lock{mutex_};
    std::size_t told = 0;
    while (left_ < threads) {
      changed_.wait(lock, [&] { return left_ == threads || done_ > told; });
      told = done_;
      if (!progress) continue;
      lock.unlock();
      progress(static_cast<double>(told) / static_cast<double>(all_));
      lock.lock();
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::size_t all_;
  const std::atomic<bool>* cancel_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t done_ = 0, left_ = 0;
  std::exception_ptr error_;
};

}  // namespace

std::vector<CommandError> Alternatives::add(const std::vector<Command>& commands) {
  LiveCentre changed = centre_.fork();
  for (const Command& command : commands) {
    LiveCentre::Applied applied = changed.apply(command);
    if (applied.seq == 0) return std::move(applied.errors);
  }
  all_.push_back({seeds_ == nullptr ? std::move(changed) : centre_.fork(), commands});
  return {};
}

void Alternatives::begin(std::size_t a, std::int64_t path, std::uint64_t seed,
                         std::optional<LiveCentre>& work) const {
  const One& one = all_[a];
  if (work)
    *work = one.changed;
  else
    work.emplace(one.changed);
  if (seeds_ == nullptr) {
    work->renew_callers(key_of(seed, static_cast<std::uint64_t>(path)));
    return;
  }
  work->adopt(seeds_->future(path));
  for (const Command& command : one.commands) work->apply(command);
}

std::array<double, kDayMetrics.size()> as_array(const Figures& f) {
  return {f.offered,     f.answered,  f.abandoned,    f.blocked, f.attempts, f.service_level,
          f.answer_rate, f.loss_rate, f.abandon_rate, f.asa_s,   f.aht_s,    f.occupancy};
}

PathPlan plan_paths(const LiveCentre& centre, std::optional<SimTime> until) {
  const Blueprint& plan = centre.plan();
  const std::vector<OpenSpell>& spells = plan.days.spells;
  std::size_t s = 0;
  while (s + 1 < spells.size() && spells[s].to <= centre.now()) ++s;
  PathPlan p;
  p.made_at = centre.now();
  p.until = std::max(until.value_or(spells[s].to), p.made_at);
  p.to_the_end = p.until >= spells.back().to;
  // Until the centre opens again everybody is served.
  p.stop = p.until >= spells[s].to && s + 1 < spells.size() && p.until < spells[s + 1].from
               ? spells[s + 1].from - SimDuration{1}
               : p.until;
  p.day = day_at(plan, centre.centre());
  if (centre.centre().interval >= plan.intervals && spells[s].from > p.made_at) {  // at night
    const std::uint32_t first = spells[s].first_interval;
    p.day = {first, first + plan.days.intervals_a_day};
  }
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const SimTime end = plan.days.begin_of(i) + plan.interval;
    if (end <= p.made_at || end > p.until) continue;
    p.intervals.push_back(i);
    p.times.push_back(end);
  }
  return p;
}

std::vector<std::vector<Path>> run_paths(const Alternatives& alternatives, const PathPlan& plan,
                                         const PathOptions& options,
                                         const std::atomic<bool>* cancel,
                                         const std::function<void(double)>& progress) {
  const auto paths = static_cast<std::size_t>(options.paths);
  const std::size_t all = paths * alternatives.size();
  std::vector<std::vector<Path>> results(alternatives.size(), std::vector<Path>(paths));
  const auto threads =
      static_cast<std::size_t>(thread_count(options.threads, static_cast<std::int64_t>(all)));
  Work work{all, cancel};
  boost::asio::thread_pool pool{threads};
  for (std::size_t t = 0; t < threads; ++t)
    boost::asio::post(pool, [&] {
      try {
        std::optional<LiveCentre> copy;
        while (const std::optional<std::size_t> n = work.next()) {
          const std::size_t path = *n / alternatives.size(), a = *n % alternatives.size();
          alternatives.begin(a, static_cast<std::int64_t>(path), options.seed, copy);
          run_path(*copy, plan, results[a][path]);
          work.done(1);
        }
      } catch (...) {  // memory that does not suffice
        work.fail(std::current_exception());
      }
      work.leave();
    });
  work.wait(threads, progress);
  pool.join();
  if (work.cancelled()) return {};
  return results;
}

MeanOf mean_of(const std::vector<double>& values, double confidence) {
  double n = 0, mean = 0, squares = 0;
  for (const double x : values) {
    if (std::isnan(x)) continue;
    n += 1;
    const double off = x - mean;
    mean += off / n;
    squares += off * (x - mean);
  }
  if (n == 0) return {kNaN, kNaN, kNaN};
  if (n < 2) return {mean, kNaN, kNaN};
  const double half = student_t(confidence, n - 1) * std::sqrt(squares / (n - 1) / n);
  return {mean, mean - half, mean + half};
}

double quantile_of(std::vector<double>& values, double p) {
  values.erase(std::remove_if(values.begin(), values.end(), [](double x) { return std::isnan(x); }),
               values.end());
  if (values.empty()) return kNaN;
  std::sort(values.begin(), values.end());
  const double at = p * static_cast<double>(values.size() - 1);
  const auto i = static_cast<std::size_t>(at);
  if (i + 1 >= values.size()) return values.back();
  return values[i] + (at - static_cast<double>(i)) * (values[i + 1] - values[i]);
}

}  // namespace callmill::live
