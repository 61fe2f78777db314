#pragma once
// Variants of one centre on the same days. Replication r of each variant meets the same callers
// with the same luck (base/random/stream.h), so what differs between two variants is what was
// changed, and the differences vary far less than the variants do.
//
// An indicator of a variant is a mean of z_r (ratio_series.h), and the difference of two variants
// the mean of z_r(1) - z_r(0), n values that an interval is made of, with what is known of the
// replications beforehand (VarianceReduction). The controls of all are the luck of the baseline:
// the callers are the same ones, and a difference is then the difference of the values.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/kpi/kpi_table.h"
#include "engine/study/day_store.h"
#include "engine/study/replicate.h"

namespace callmill {

// An indicator of the day, and where it is measured in each variant: scopes have other numbers
// where a variant has other queues.
struct Compared {
  const Metric* metric = nullptr;
  std::vector<Scope> scope;            // by variant
  std::uint32_t interval = kWholeDay;  // or period, as in KpiLayout; the same in all variants
  // Of all differences to the baseline; relative to its value.
  Wanted wanted = {};
};

// A sum of weight x variant, for instance what two changes bring together beyond the sum of both.
using Contrast = std::vector<std::pair<std::size_t, double>>;

struct CompareOptions {
  ReplicateOptions replicate;  // but for what is watched; the luck is that of the baseline
  // Which variant is the best by this one of the indicators; `most`: or the least.
  std::size_t rank_by = 0;
  bool most = true;
  // By variant: the plan that it is. Variants that are one and the same are simulated once. Empty:
  // each has a plan of its own.
  std::vector<std::size_t> plan_of;
  std::vector<Contrast> contrasts;
  // By plan: each at the same time of the same replication; futures are compared instead of days
  // (ReplicateOptions::from). Empty: whole days.
  std::vector<Snapshot> from;
  DayStore* store =
      nullptr;  // of days that need not be simulated again; may be none; not of futures
};

// The variants by one indicator, as far as the replications tell them apart.
struct Ranking {
  std::vector<std::size_t> order;  // variants, the best first
  // May still be the best: nothing beats them for certain. All statements hold together with at
  // least the confidence asked for (Bonferroni over the pairs).
  std::vector<bool> may_be_best;
  std::vector<Estimate> behind_best;  // by variant: best - this one, same confidence; NaN: itself
};

struct Comparison {
  std::int64_t replications = 0;
  // By indicator, then variant.
  std::vector<std::vector<Estimate>> value;
  std::vector<std::vector<Estimate>> difference;  // to variant 0; of variant 0 all NaN
  // (sd(z(1))^2 + sd(z(0))^2) / n over the variance of the difference: how many times as many
  // replications independent runs would need for the same interval. Infinite where nothing differs;
  // NaN of variant 0.
  std::vector<std::vector<double>> gain;
  std::vector<std::vector<Estimate>> contrast;  // of options.contrasts
  Ranking ranking;
  std::vector<std::uint64_t> baseline_days;  // the fingerprint of each replication of variant 0
  std::uint64_t events = 0;                  // of all replications, whoever simulated them
  std::int64_t recalled = 0;  // replications of plans that were not simulated, but known before
  bool interrupted = false;   // what all variants had complete by then is kept
  bool precise = true;        // what was wanted was reached
};

// At least two variants; variant 0 is the baseline. All run in batches of kCheckEvery replications,
// one variant after the other, and stopping is decided after whole batches, the first time after
// kFirstStage: the same bytes for any number of threads. Memory: two doubles an indicator, variant
// and replication (four of one by expectations), and kLuckControls a replication.
Comparison compare(const std::vector<Blueprint>& plans, const std::vector<Compared>& indicators,
                   const CompareOptions& options,
                   const std::function<void(const Progress&)>& progress = {},
                   const std::atomic<bool>* stop = nullptr);

}  // namespace callmill
