#include "engine/study/replicate.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/centre/flow.h"

namespace callmill {
namespace {

// Finished replications wait here for their turn: slot r % slots. Workers stay less than `slots`
// ahead of the reduction.
class OrderedResults {
 public:
  explicit OrderedResults(std::size_t slots) : slot_(slots) {}

  struct Result {
    ReplicationCounts counts;
    std::vector<WaitHistogram> waits;  // by queue, where they are watched
    std::uint64_t events = 0;
    bool ready = false;
  };

  // The next replication to run, or -1 when there is none left; waits while too far ahead.
  std::int64_t claim(std::int64_t wanted) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] {
      return stopped_ || next_ >= wanted ||
             next_ - reduced_ < static_cast<std::int64_t>(slot_.size());
    });
    return stopped_ || next_ >= wanted ? -1 : next_++;
  }

  // Takes the contents of `done` and leaves it what an earlier one had room for.
  void put(std::int64_t replication, Result& done) {
    const std::lock_guard lock{mutex_};
    Result& result = slot_[index(replication)];
    result.counts.swap(done.counts);
    result.waits.swap(done.waits);
    result.events = done.events;
    result.ready = true;
    changed_.notify_all();
  }

  // Waits for `replication`; hands out its counts until release().
  const Result& wait_for(std::int64_t replication) {
    std::unique_lock lock{mutex_};
    Result& result = slot_[index(replication)];
    changed_.wait(lock, [&] { return result.ready || error_; });
    if (!result.ready) std::rethrow_exception(error_);
    return result;
  }
  void release(std::int64_t replication) {
    const std::lock_guard lock{mutex_};
    slot_[index(replication)].ready = false;
    reduced_ = replication + 1;
    changed_.notify_all();
  }

  void stop() {
    const std::lock_guard lock{mutex_};
    stopped_ = true;
    changed_.notify_all();
  }

  // What a worker threw; wait_for() throws it on.
  void fail(std::exception_ptr error) {
    const std::lock_guard lock{mutex_};
    stopped_ = true;
    error_ = std::move(error);
    changed_.notify_all();
  }

 private:
  std::size_t index(std::int64_t replication) const {
    return static_cast<std::size_t>(replication) % slot_.size();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Result> slot_;
  std::int64_t next_ = 0, reduced_ = 0;
  bool stopped_ = false;
  std::exception_ptr error_;
};

template <class Move>
void with_flow(const Blueprint& plan, Centre& centre, Recorder& recorder, Move&& move) {
  if (plan.core_only) {
    Flow<Recorder, Parts::kCore> flow{plan, centre, recorder};
    move(flow);
  } else {
    Flow<Recorder> flow{plan, centre, recorder};
    move(flow);
  }
}

// The number of events that the future adds.
std::uint64_t run_future(const Blueprint& plan, const Snapshot& from, std::uint64_t seed,
                         std::uint64_t number, Recorder& recorder) {
  constexpr std::uint64_t kFutures = 0x6675747572657321u;  // other keys than those of whole days
  Centre centre = from.centre;
  with_flow(plan, centre, recorder, [&](auto& flow) {
    const auto day = static_cast<std::uint64_t>(from.replication);
    flow.renew_callers(ReplicationKey{mix64(mix64(seed ^ kFutures) + day * kGolden), number});
    flow.run_out();
  });
  return centre.events - from.centre.events;
}

void work(const Blueprint& plan, const KpiLayout& layout, const ReplicateOptions& options,
          bool keeps_waits, OrderedResults& results) {
  std::optional<Recorder> recorder{plan};
  if (options.reduction.conditional) recorder->keep_given();
  OrderedResults::Result one;
  while (true) {
    const std::int64_t r = results.claim(options.replications);
    if (r < 0) return;
    const auto number = static_cast<std::uint64_t>(options.first + r);
    if (options.begin) {
      Snapshot from = options.begin(options.first + r);
      const std::uint64_t before = from.centre.events;
      recorder.emplace(from.recorder);
      with_flow(plan, from.centre, *recorder, [](auto& flow) { flow.run_out(); });
      one.events = from.centre.events - before;
    } else if (options.from != nullptr) {
      recorder.emplace(options.from->recorder);
      one.events = run_future(plan, *options.from, options.seed, number, *recorder);
    } else {
      one.events = run_day(plan, options.seed, number, *recorder, options.reduction.days);
    }
    export_counts(*recorder, layout, one.counts);
    if (keeps_waits) {
      one.waits.clear();
      for (std::uint32_t q = 0; q < recorder->queues(); ++q)
        one.waits.push_back(recorder->waits(q));
    }
    results.put(r, one);
  }
}

// Replication r of the study, weighed as its design has it.
void add_to(KpiTable& table, const ReplicationCounts& counts, const Blueprint& plan,
            const ReplicateOptions& options, std::int64_t r) {
  if (!in_strata(plan, options.reduction.days)) return table.add(counts);
  const std::uint32_t stratum =
      day_stratum(options.seed, static_cast<std::uint64_t>(options.first + r), 0);
  table.add(counts, stratum, stratum_weight(stratum));
}

}  // namespace

int thread_count(int threads, std::int64_t replications) {
  const int wanted =
      threads > 0 ? threads : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return static_cast<int>(std::min<std::int64_t>(wanted, replications));
}

std::uint64_t run_day(const Blueprint& plan, std::uint64_t seed, std::uint64_t replication,
                      Recorder& recorder, DayDesign design) {
  recorder.reset();
  Centre centre = open_centre(plan, seed, replication, design);
  with_flow(plan, centre, recorder, [](auto& flow) { flow.run_out(); });
  return centre.events;
}

Snapshot take_snapshot(const Blueprint& plan, std::uint64_t seed, std::int64_t replication,
                       SimTime at) {
  Snapshot snapshot{open_centre(plan, seed, static_cast<std::uint64_t>(replication)),
                    Recorder{plan}, replication};
  with_flow(plan, snapshot.centre, snapshot.recorder,
            [&](auto& flow) { flow.run_until(at - SimDuration{1}); });
  return snapshot;
}

ReplicateResult replicate(
    const Blueprint& plan, const ReplicateOptions& options,
    const std::function<void(const Progress&)>& progress, const std::atomic<bool>* stop,
    const std::function<void(const ReplicationCounts&, std::uint64_t events)>& taken) {
  CALLMILL_CHECK(options.replications > 0, "at least one replication");
  CALLMILL_CHECK((options.from == nullptr && !options.begin) ||
                     (!options.reduction.controls && !options.reduction.conditional &&
                      options.reduction.days == DayDesign::kIndependent),
                 "nothing is known of futures beforehand");
  ReplicateResult result;
  result.kpis = KpiTable{plan};
  WatchBook book{plan,         options.watched, options.reduction, options.luck,
                 options.seed, options.first,   options.confidence};
  const int threads = thread_count(options.threads, options.replications);
  OrderedResults results{static_cast<std::size_t>(threads) * 4};
  boost::asio::thread_pool pool{static_cast<std::size_t>(threads)};
  for (int i = 0; i < threads; ++i)
    boost::asio::post(pool, [&] {
      try {
        work(plan, result.kpis.layout(), options, book.wants_waits(), results);
      } catch (...) {  // memory that does not suffice
        results.fail(std::current_exception());
      }
    });

  WatchBook::State state = book.state();
  const bool wants_precision = state.wanted > 0;
  for (std::int64_t r = 0; r < options.replications; ++r) {
    const OrderedResults::Result& one = results.wait_for(r);
    add_to(result.kpis, one.counts, plan, options, r);
    book.add(result.kpis.layout(), one.counts, one.waits);
    if (taken) taken(one.counts, one.events);
    result.events += one.events;
    results.release(r);
    if (is_look(r + 1)) state = book.state();
    if (progress) progress({r + 1, options.replications, state});
    result.interrupted = stop != nullptr && stop->load(std::memory_order_relaxed);
    if (result.interrupted || (state.reached && is_look(r + 1))) break;
  }
  results.stop();
  pool.join();
  result.precise = !wants_precision || state.reached;
  for (std::size_t i = 0; i < options.watched.size(); ++i) {
    const Watched& what = options.watched[i];
    WatchedFigure figure = book.figure(i);
    if (what.metric != nullptr)
      figure.plain = result.kpis.estimate(
          *what.metric, what.scope,
          what.interval == kWholeDay ? result.kpis.layout().intervals() : what.interval,
          options.confidence);
    result.watched.push_back(figure);
  }
  return result;
}

}  // namespace callmill
