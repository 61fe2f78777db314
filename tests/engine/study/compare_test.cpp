// Variants on the same days: figures equal those of `run`, differences are those of theory, and
// what is said of the best is true as often as it claims.

#include "engine/study/compare.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/queueing/erlang.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

constexpr double kPerHour = 190, kHandle = 180, kPatience = 90;

World staffed(double agents) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = 400;
  spec.per_hour = kPerHour;
  spec.patience = ExponentialLaw{kPatience};
  spec.length = 6h;
  spec.interval = spec.warm_up = 1h;
  spec.talk = ExponentialLaw{kHandle};
  return one_queue(spec);
}

std::vector<Blueprint> plans(const std::vector<double>& agents) {
  std::vector<Blueprint> all;
  for (const double n : agents) all.push_back(make_blueprint(staffed(n)));
  return all;
}

std::vector<Compared> indicators(std::size_t variants) {
  std::vector<Compared> all;
  for (const char* key : {"answer_rate", "service_level", "mean_wait"})
    all.push_back({find_metric(key, ScopeKind::kTotal), std::vector<Scope>(variants)});
  return all;
}

CompareOptions options_of(std::int64_t replications, std::uint64_t seed, double confidence) {
  CompareOptions options;
  options.replicate.replications = replications;
  options.replicate.seed = seed;
  options.replicate.confidence = confidence;
  return options;
}

double exact_answer_rate(double agents) {
  QueueInput in;
  in.agents = agents;
  in.arrival_rate = kPerHour / 3600;
  in.service_rate = 1 / kHandle;
  in.patience_rate = 1 / kPatience;
  return 1 - solve_queue(in).p_abandon;
}

}  // namespace

TEST_CASE("Each variant's figures are those of a run of its own") {
  const std::vector<Blueprint> all = plans({9, 10, 12});
  const Comparison c = compare(all, indicators(3), options_of(24, 3, 0.95));
  REQUIRE(c.replications == 24);
  for (std::size_t v = 0; v < all.size(); ++v) {
    ReplicateOptions options = options_of(24, 3, 0.95).replicate;
    for (const char* key : {"answer_rate", "service_level", "mean_wait"}) {
      Watched one;
      one.metric = find_metric(key, ScopeKind::kTotal);
      options.watched.push_back(one);
    }
    const ReplicateResult alone = replicate(all[v], options);
    for (std::size_t i = 0; i < alone.watched.size(); ++i) {
      const Estimate run = alone.watched[i].estimate, here = c.value[i][v];
      CHECK(here.value == Approx(alone.watched[i].plain.value).epsilon(1e-12));
      CHECK(here.value == Approx(run.value).epsilon(1e-12));
      CHECK(here.ci_low == Approx(run.ci_low).epsilon(1e-9));
      CHECK(here.ci_high == Approx(run.ci_high).epsilon(1e-9));
    }
  }
}

TEST_CASE("Differences are those of Erlang A, and pairing makes their intervals narrow") {
  const std::vector<Blueprint> all = plans({9, 10, 11});
  const Comparison c = compare(all, indicators(3), options_of(400, 11, 0.999));
  for (std::size_t v = 1; v < 3; ++v) {
    const double exact = exact_answer_rate(9.0 + static_cast<double>(v)) - exact_answer_rate(9);
    const Estimate& e = c.difference[0][v];
    INFO(exact << " in [" << e.ci_low << ", " << e.ci_high << "]");
    CHECK(e.ci_low <= exact);
    CHECK(exact <= e.ci_high);
    CHECK(c.gain[0][v] > 3);
  }
}

TEST_CASE("Intervals of a difference cover it as often as they claim") {
  const std::vector<Blueprint> all = plans({9, 10});
  const double exact = exact_answer_rate(10) - exact_answer_rate(9);
  const std::vector<Compared> what = indicators(2);
  std::size_t missed = 0;
  constexpr std::int64_t kExperiments = 500, kReplications = 20;
  for (std::int64_t k = 0; k < kExperiments; ++k) {
    CompareOptions options = options_of(kReplications, 5, 0.95);
    options.replicate.first = k * kReplications;
    const Estimate e = compare(all, what, options).difference[0][1];
    missed += exact < e.ci_low || e.ci_high < exact ? 1u : 0u;
  }
  INFO(missed << " of " << kExperiments);
  CHECK(missed >= 11);  // 500 at 95 %: 11 to 43 in 99.9 % of all cases
  CHECK(missed <= 43);
}

TEST_CASE("The best is among those who may be; a clear best is told apart") {
  const std::vector<Blueprint> all = plans({9, 10, 12, 12});
  CompareOptions options = options_of(40, 2, 0.95);
  const Comparison most = compare(all, indicators(4), options);
  CHECK(most.ranking.may_be_best == std::vector<bool>{false, false, true, true});
  CHECK(most.ranking.order == std::vector<std::size_t>{2, 3, 1, 0});
  CHECK(most.difference[0][3].value == most.difference[0][2].value);
  options.rank_by = 2;  // mean wait
  options.most = false;
  CHECK(compare(all, indicators(4), options).ranking.order == std::vector<std::size_t>{2, 3, 1, 0});
  options.most = true;
  CHECK(compare(all, indicators(4), options).ranking.may_be_best ==
        std::vector<bool>{true, false, false, false});
}

TEST_CASE("Comparisons do not depend on threads, and stop on whole batches of all variants") {
  const std::vector<Blueprint> all = plans({9, 10});
  std::vector<Compared> what = indicators(2);
  CompareOptions options = options_of(30, 7, 0.95);
  options.replicate.threads = 1;
  const Comparison one = compare(all, what, options);
  options.replicate.threads = 3;
  const Comparison three = compare(all, what, options);
  for (std::size_t i = 0; i < what.size(); ++i) {
    CHECK(one.value[i][1].value == three.value[i][1].value);
    CHECK(one.difference[i][1].ci_low == three.difference[i][1].ci_low);
    CHECK(one.gain[i][1] == three.gain[i][1]);
  }

  options.replicate.replications = 1000;
  what.front().wanted.half_width = 0.006;
  const Comparison precise = compare(all, what, options);
  CHECK(precise.precise);
  CHECK(precise.replications < 1000);
  CHECK(precise.replications % kCheckEvery == 0);
  CHECK((precise.difference[0][1].ci_high - precise.difference[0][1].ci_low) / 2 <= 0.006);

  what.front().wanted.half_width = 0;
  std::atomic<bool> stop = false;
  const Comparison cut = compare(
      all, what, options, [&](const Progress& p) { stop = p.done >= 47; }, &stop);
  CHECK(cut.interrupted);
  CHECK(cut.replications == 20);  // the third batch was not complete
  options.replicate.replications = 20;
  const Comparison twenty = compare(all, what, options);
  CHECK(cut.difference[0][1].value == twenty.difference[0][1].value);
  CHECK(cut.difference[0][1].ci_high == twenty.difference[0][1].ci_high);
}

}  // namespace callmill::test
