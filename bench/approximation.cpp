// M/GI/n/K+GI approximated beside the engine's simulation of the same centres: `./dev bench
// approximation`. The grid has no parameter in common with those on which the approximation was
// chosen (docs/models/general-patience.md).

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/w1_engine.h"
#include "engine/study/replicate.h"
#include "models/queueing/general_service.h"

namespace callmill::bench {
namespace {

constexpr double kHandleS = 200, kWithinS = 25;
constexpr std::int64_t kCalls = 200'000;

struct Service {
  std::string name;
  Law law;
};
struct Waiting {
  Law patience;
  std::int64_t spare_share;  // n / this many waiting places, and 3 more; 0 = no limit
};

std::vector<Service> services() {
  return {
      {"uniform, c2 = .33", UniformLaw{0, 2 * kHandleS}},
      {"gamma, c2 = .5", GammaLaw{kHandleS, 2}},
      {"lognormal, c2 = 2", LognormalLaw{kHandleS, kHandleS * std::sqrt(2)}},
      {"two exponentials, c2 = 3", HyperexponentialLaw{{.9, .1}, {.5 * kHandleS, 5.5 * kHandleS}}}};
}
std::vector<Waiting> waitings() {
  return {{ExponentialLaw{90}, 0}, {GammaLaw{150, 2}, 0}, {LognormalLaw{100, 100}, 4}};
}

World world_of(const ServiceQueueInput& in, std::int64_t lines) {
  World world = w1_world(1);
  world.name = "grid";
  const double hours = static_cast<double>(kCalls) / (in.arrival_rate * 3600);
  const SimDuration warm_up = std::chrono::hours{4};
  world.day.interval = std::chrono::hours{1};
  world.day.warm_up = warm_up;
  world.day.closes = warm_up + std::chrono::hours{static_cast<std::int64_t>(std::ceil(hours))};
  world.trunks[0].lines = lines;
  world.groups[0].staff = Profile{world.day.closes, {in.agents}};
  world.queues[0].answer_within = from_seconds(in.within);
  CallerType& type = world.caller_types[0];
  type.volume = Profile{world.day.closes, {in.arrival_rate * to_seconds(world.day.closes)}};
  type.patience = in.patience.law;
  type.talk = in.handle;
  return world;
}

// Abandoned, mean wait of the served, answered within T, blocked.
using Figures = std::array<double, 4>;

Figures simulated(const World& world) {
  const Blueprint plan = make_blueprint(world);
  const KpiLayout layout{plan};
  Recorder recorder{plan};
  run_day(plan, 20261127, 0, recorder);
  ReplicationCounts counts;
  export_counts(recorder, layout, counts);
  const KpiLayout::Row& row = layout.rows()[layout.find(Family::kCalls, {})];
  const auto day = [&](CallCount c) {
    return counts[row.offset + layout.intervals() * row.width + at(c)];
  };
  const double n = day(CallCount::kAttempts);
  return {day(CallCount::kAbandoned) / n, day(CallCount::kWaitAnswered) / day(CallCount::kAnswered),
          day(CallCount::kAnsweredWithin) / n, day(CallCount::kBlocked) / n};
}

Figures computed(const ServiceQueueInput& in) {
  const QueueResult r = approximate_queue(in);
  return {r.p_abandon, r.mean_wait_served, r.sl_offered, r.p_block};
}

// Differences added up: absolute ones, those of waits relative.
struct Errors {
  Figures sum{}, worst{};
  int cases = 0, with_lines = 0;

  void add(const Figures& got, const Figures& wanted, bool lines) {
    ++cases;
    with_lines += lines ? 1 : 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
      if (i == 3 && !lines) continue;
      const double off = std::abs(got[i] - wanted[i]) / (i == 1 ? wanted[i] : 1);
      sum[i] += off;
      worst[i] = std::max(worst[i], off);
    }
  }
  std::string text() const {
    return fmt::format(
        "{:>8.4f} {:>8.4f}  {:>8.1f}% {:>7.1f}%  {:>8.4f} {:>8.4f}  {:>8.4f} {:>8.4f}",
        sum[0] / cases, worst[0], 100 * sum[1] / cases, 100 * worst[1], sum[2] / cases, worst[2],
        sum[3] / with_lines, worst[3]);
  }
};

void run_grid() {
  fmt::print("{:<26} {:>17}  {:>18}  {:>17}  {:>17}\n{:<26}", "handle time", "abandoned",
             "mean wait", "within T", "blocked", "");
  for (int i = 0; i < 4; ++i) fmt::print("{:>{}} {:>8}  ", "mean", i == 0 ? 9 : 8, "worst");
  fmt::print("\n");
  for (const Service& service : services()) {
    Errors general, exponential;
    for (const double agents : {5., 25., 80.})
      for (const double load : {.9, 1.05, 1.3})
        for (const Waiting& waiting : waitings()) {
          const auto n = static_cast<std::int64_t>(agents);
          ServiceQueueInput in{agents, load * agents / kHandleS, service.law, {}, 0, kWithinS};
          in.patience.law = waiting.patience;
          const bool lines = waiting.spare_share > 0;
          if (lines) in.lines = n + n / waiting.spare_share + 3;
          const Figures truth = simulated(world_of(in, lines ? in.lines : 4 * n + 400));
          general.add(computed(in), truth, lines);
          in.handle = ExponentialLaw{kHandleS};
          exponential.add(computed(in), truth, lines);
        }
    fmt::print("{:<26} {}\n{:<26} {}\n", service.name, general.text(), "  taken as exponential",
               exponential.text());
  }
}

}  // namespace
}  // namespace callmill::bench

int main() {
  callmill::bench::run_grid();
  return EXIT_SUCCESS;
}
