// Results do not depend on how they were computed: threads, interruption; and what the intervals of
// an indicator promise.

#include <atomic>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <vector>

#include "engine/study/replicate.h"
#include "models/queueing/erlang.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

// Every figure of the table, as bits: NaN equals NaN.
std::vector<std::uint64_t> bits_of(const KpiTable& kpis) {
  std::vector<std::uint64_t> bits;
  for (const Metric& metric : metrics())
    for (const ScopeKind kind : metric.scopes)
      for (const KpiLayout::Row& row : kpis.layout().rows()) {
        if (row.family != metric.family || row.scope.kind != kind) continue;
        for (std::uint32_t i = 0; i <= kpis.layout().intervals(); ++i) {
          const Estimate e = kpis.estimate(metric, row.scope, i, 0.95);
          for (const double x : {e.value, e.ci_low, e.ci_high})
            bits.push_back(std::isnan(x) ? 0 : std::bit_cast<std::uint64_t>(x));
          bits.push_back(static_cast<std::uint64_t>(e.n));
        }
      }
  return bits;
}

ReplicateOptions options_of(std::int64_t replications, int threads) {
  ReplicateOptions options;
  options.seed = 17;
  options.replications = replications;
  options.threads = threads;
  return options;
}

// Service level and answer rate of the day, both to ± this.
std::vector<Watched> wanted(double half_width) {
  std::vector<Watched> all;
  for (const char* key : {"service_level", "answer_rate"}) {
    Watched one;
    one.metric = find_metric(key, ScopeKind::kTotal);
    one.wanted.half_width = half_width;
    all.push_back(one);
  }
  return all;
}

World small() {
  OneQueue spec;
  spec.agents = 10;
  spec.lines = 30;
  spec.per_hour = 190;
  spec.patience = ExponentialLaw{90};
  spec.length = 3h;
  spec.interval = spec.warm_up = 1h;
  return one_queue(spec);
}

}  // namespace

TEST_CASE("1, 2 and 7 threads give the same bytes") {
  const Blueprint plan = make_blueprint(everything());
  const ReplicateResult one = replicate(plan, options_of(50, 1));
  const std::vector<std::uint64_t> bits = bits_of(one.kpis);
  CHECK(bits.size() > 1000);
  CHECK(one.kpis.replications() == 50);
  CHECK(one.precise);
  CHECK_FALSE(one.interrupted);
  for (const int threads : {2, 7, 0}) {
    const ReplicateResult other = replicate(plan, options_of(50, threads));
    CHECK(other.events == one.events);
    CHECK(bits_of(other.kpis) == bits);
  }
  ReplicateOptions other_seed = options_of(50, 2);
  other_seed.seed = 18;
  CHECK(bits_of(replicate(plan, other_seed).kpis) != bits);
}

TEST_CASE("The result of many replications is that of one after the other") {
  const Blueprint plan = make_blueprint(everything());
  KpiTable kpis{plan};
  Recorder recorder{plan};
  ReplicationCounts counts;
  std::uint64_t events = 0;
  for (std::uint64_t r = 0; r < 12; ++r) {
    events += run_day(plan, 17, r, recorder);
    export_counts(recorder, kpis.layout(), counts);
    kpis.add(counts);
  }
  const ReplicateResult result = replicate(plan, options_of(12, 3));
  CHECK(result.events == events);
  CHECK(bits_of(result.kpis) == bits_of(kpis));
}

TEST_CASE("Fewer replications than threads, and one alone") {
  const Blueprint plan = make_blueprint(small());
  CHECK(bits_of(replicate(plan, options_of(3, 7)).kpis) ==
        bits_of(replicate(plan, options_of(3, 1)).kpis));
  const KpiTable one = replicate(plan, options_of(1, 7)).kpis;
  const Estimate e = one.day("service_level", {}, 0.95);
  CHECK(std::isfinite(e.value));
  CHECK(std::isnan(e.ci_low));
  CHECK(e.n == 1);
}

TEST_CASE("Looking again costs width: less the more days there are, more where they are skew") {
  const auto half_after = [](std::int64_t days, double skewness) {
    Estimate e{3, 2, 5, days};
    pay_for_looks(e, static_cast<double>(days - 1), skewness);
    CHECK(e.value == 3);
    CHECK(e.ci_high - 3 == Approx(2 * (3 - e.ci_low)));
    return 3 - e.ci_low;
  };
  CHECK(half_after(kFirstStage, 0.5) == 1);
  CHECK(half_after(41, 0) == Approx(1 + 4 / 40.0));
  CHECK(half_after(41, 0.5) == Approx(1 + 4 * (1 + 0.25 * 41 / 8) / 40));
  CHECK(half_after(1001, 0) == Approx(1 + 4 / 1000.0));
}

TEST_CASE("A wanted precision stops at the same replication for any number of threads") {
  const Blueprint plan = make_blueprint(small());
  ReplicateOptions options = options_of(2000, 1);
  options.watched = wanted(0.01);
  const ReplicateResult one = replicate(plan, options);
  CHECK(one.precise);
  CHECK(one.kpis.replications() > kFirstStage);
  CHECK(one.kpis.replications() < 2000);
  CHECK(one.kpis.replications() % kCheckEvery == 0);
  for (const char* key : {"service_level", "answer_rate"}) {
    const Estimate e = one.kpis.day(key, {}, options.confidence);
    CHECK((e.ci_high - e.ci_low) / 2 <= 0.01);
  }
  const Estimate level = one.kpis.day("service_level", {}, options.confidence);
  CHECK(one.watched.front().estimate.value == Approx(level.value).epsilon(1e-12));
  CHECK(one.watched.front().plain.ci_high == level.ci_high);
  const Estimate paid = one.watched.front().estimate;  // for looking, and for skewness
  CHECK(paid.ci_high - paid.ci_low > level.ci_high - level.ci_low);
  CHECK(one.watched.front().gain == Approx(1).epsilon(1e-10));
  for (const int threads : {2, 7}) {
    options.threads = threads;
    const ReplicateResult other = replicate(plan, options);
    CHECK(other.kpis.replications() == one.kpis.replications());
    CHECK(bits_of(other.kpis) == bits_of(one.kpis));
    CHECK(other.events == one.events);
  }
  // One look earlier it was not precise enough.
  ReplicateOptions before = options;
  before.watched.clear();
  before.replications = one.kpis.replications() - kCheckEvery;
  const KpiTable earlier = replicate(plan, before).kpis;
  const Estimate sl = earlier.day("service_level", {}, 0.95);
  const Estimate ar = earlier.day("answer_rate", {}, 0.95);
  CHECK(std::max(sl.ci_high - sl.ci_low, ar.ci_high - ar.ci_low) / 2 *
            (1 + kPriceOfLooks / static_cast<double>(before.replications)) >
        0.01);
}

TEST_CASE("A precision that is not reached is said") {
  const Blueprint plan = make_blueprint(small());
  ReplicateOptions options = options_of(25, 2);
  options.watched = wanted(1e-6);
  const ReplicateResult result = replicate(plan, options);
  CHECK_FALSE(result.precise);
  CHECK_FALSE(result.interrupted);
  CHECK(result.kpis.replications() == 25);
}

TEST_CASE("Interrupted: the replications before it are kept, all of them and in order") {
  const Blueprint plan = make_blueprint(small());
  const KpiTable prefix = replicate(plan, options_of(13, 1)).kpis;
  for (const int threads : {1, 2, 7}) {
    std::atomic<bool> stop{false};
    std::int64_t last = 0;
    const ReplicateResult result = replicate(
        plan, options_of(1000, threads),
        [&](const Progress& p) {
          CHECK(p.done == last + 1);
          CHECK(p.wanted == 1000);
          last = p.done;
          if (p.done == 13) stop = true;
        },
        &stop);
    CHECK(result.interrupted);
    CHECK(result.kpis.replications() == 13);
    CHECK(bits_of(result.kpis) == bits_of(prefix));
  }
}

TEST_CASE("Intervals of confidence cover the truth as often as they say") {
  const Blueprint plan = make_blueprint(small());
  QueueInput in;
  in.agents = 10;
  in.arrival_rate = 190.0 / 3600;
  in.service_rate = 1.0 / 180;
  in.patience_rate = 1.0 / 90;
  in.lines = 30;
  in.within = 20;
  const QueueResult exact = solve_queue(in);
  const double accepted = 1 - exact.p_block;
  int covered[4] = {};
  constexpr int kStudies = 300;
  for (int study = 0; study < kStudies; ++study) {
    ReplicateOptions options = options_of(15, 2);
    options.seed = 1000 + static_cast<std::uint64_t>(study);
    const KpiTable kpis = replicate(plan, options).kpis;
    const auto holds = [&](const char* key, double truth) {
      const Estimate e = kpis.day(key, {}, 0.9);
      return e.ci_low <= truth && truth <= e.ci_high ? 1 : 0;
    };
    covered[0] += holds("service_level", exact.sl_accepted);
    covered[1] += holds("abandon_rate", exact.p_abandon / accepted);
    covered[2] += holds("asa", exact.mean_wait_served);
    covered[3] += holds("occupancy", exact.occupancy);
  }
  // 90 % of 300 is 270, standard deviation 5.2; the delta method on 15 days loses a little.
  for (const int count : covered) {
    CHECK(count >= 246);
    CHECK(count <= 288);
  }
  std::printf(
      "90 %% intervals over 15 days cover: service level %d, abandonment %d, speed of answer %d, "
      "occupancy %d of %d\n",
      covered[0], covered[1], covered[2], covered[3], kStudies);
}

}  // namespace callmill::test
