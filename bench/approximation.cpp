// M/GI/n/K+GI approximated beside the engine's simulation of the same centres: `./dev bench
// approximation [first|second|third]`, all three where none is named. On the first grid the form of
// the approximation was chosen, on the second that of the share blocked; the third has no parameter
// in common with either and decided nothing (docs/models/general-patience.md).

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

struct Service {
  std::string name;
  Law law;
};
struct Waiting {
  Law patience;
  std::int64_t spare_share;  // n / this many waiting places, and `spare_more`; 0 = no limit
  std::int64_t spare_more = 0;
};
struct Grid {
  std::string name;
  double handle_s, within_s;
  std::int64_t calls;
  std::vector<double> agents, loads;
  std::vector<Service> services;
  std::vector<Waiting> waitings;
};

// Two exponentials with balanced means.
Law two_exponentials(double mean, double square) {
  const double share = 0.5 * (1 + std::sqrt((square - 1) / (square + 1)));
  return HyperexponentialLaw{{share, 1 - share}, {mean / (2 * share), mean / (2 * (1 - share))}};
}

std::vector<Grid> grids() {
  return {{"first",
           120,
           12,
           300'000,
           {3, 10, 40, 150},
           {.85, 1, 1.2},
           {{"constant", ConstantLaw{120}},
            {"gamma, c2 = .25", GammaLaw{120, 4}},
            {"lognormal, c2 = 1", LognormalLaw{120, 120}},
            {"lognormal, c2 = 4", LognormalLaw{120, 240}}},
           {{ExponentialLaw{120}, 0}, {LognormalLaw{60, 85}, 0}, {UniformLaw{0, 240}, 5, 2}}},
          {"second",
           200,
           25,
           200'000,
           {5, 25, 80},
           {.9, 1.05, 1.3},
           {{"uniform, c2 = .33", UniformLaw{0, 400}},
            {"gamma, c2 = .5", GammaLaw{200, 2}},
            {"lognormal, c2 = 2", LognormalLaw{200, 200 * std::sqrt(2)}},
            {"two exponentials, c2 = 3", HyperexponentialLaw{{.9, .1}, {100, 1100}}}},
           {{ExponentialLaw{90}, 0}, {GammaLaw{150, 2}, 0}, {LognormalLaw{100, 100}, 4, 3}}},
          {"third",
           300,
           15,
           200'000,
           {8, 60},
           {.95, 1.15},
           {{"gamma, c2 = .1", GammaLaw{300, 10}},
            {"weibull, c2 = .46", WeibullLaw{332.32, 1.5}},
            {"lognormal, c2 = 3", LognormalLaw{300, 300 * std::sqrt(3)}},
            {"two exponentials, c2 = 6", two_exponentials(300, 6)}},
           {{WeibullLaw{200, 1.4}, 0}, {UniformLaw{0, 500}, 0}, {GammaLaw{250, .7}, 3, 1}}}};
}

World world_of(const ServiceQueueInput& in, std::int64_t lines, std::int64_t calls) {
  World world = w1_world(1);
  world.name = "grid";
  const double hours = static_cast<double>(calls) / (in.arrival_rate * 3600);
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

void add_centre(const Grid& grid, const Service& service, const Waiting& waiting, double agents,
                double load, Errors& general, Errors& exponential) {
  const auto n = static_cast<std::int64_t>(agents);
  ServiceQueueInput in{agents, load * agents / grid.handle_s, service.law, {}, 0, grid.within_s};
  in.patience.law = waiting.patience;
  const bool lines = waiting.spare_share > 0;
  if (lines) in.lines = n + n / waiting.spare_share + waiting.spare_more;
  const Figures truth = simulated(world_of(in, lines ? in.lines : 4 * n + 400, grid.calls));
  general.add(computed(in), truth, lines);
  in.handle = ExponentialLaw{grid.handle_s};
  exponential.add(computed(in), truth, lines);
}

void run_grid(const Grid& grid) {
  fmt::print("{:<26} {:>17}  {:>18}  {:>17}  {:>17}\n{:<26}", grid.name + " grid", "abandoned",
             "mean wait", "within T", "blocked", "handle time");
  for (int i = 0; i < 4; ++i) fmt::print("{:>{}} {:>8}  ", "mean", i == 0 ? 9 : 8, "worst");
  fmt::print("\n");
  for (const Service& service : grid.services) {
    Errors general, exponential;
    for (const double agents : grid.agents)
      for (const double load : grid.loads)
        for (const Waiting& waiting : grid.waitings)
          add_centre(grid, service, waiting, agents, load, general, exponential);
    fmt::print("{:<26} {}\n{:<26} {}\n", service.name, general.text(), "  taken as exponential",
               exponential.text());
  }
}

}  // namespace
}  // namespace callmill::bench

int main(int argc, char** argv) {
  const std::string asked = argc > 1 ? argv[1] : "";
  bool found = false;
  for (const callmill::bench::Grid& grid : callmill::bench::grids())
    if (asked.empty() || grid.name == asked) {
      found = true;
      callmill::bench::run_grid(grid);
    }
  if (!found) fmt::print(stderr, "there is no grid {}: first, second or third\n", asked);
  return found ? EXIT_SUCCESS : EXIT_FAILURE;
}
