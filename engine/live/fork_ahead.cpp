#include "engine/live/fork_ahead.h"

#include <cmath>
#include <memory>
#include <utility>

#include "engine/live/fork_paths.h"

namespace callmill::live {
namespace {

using Day = std::array<double, kDayMetrics.size()>;

// By alternative, one value a path.
template <class Value>
std::vector<double> values_of(const std::vector<Path>& paths, Value&& value) {
  std::vector<double> values;
  values.reserve(paths.size());
  for (const Path& path : paths) values.push_back(value(path));
  return values;
}

Fan make_fan(const std::vector<Path>& paths, const PathPlan& plan, FanOf which) {
  Fan fan;
  for (std::size_t t = 0; t < plan.times.size(); ++t) {
    std::vector<double> values = values_of(
        paths, [&](const Path& p) { return p.series[t][static_cast<std::size_t>(which)]; });
    fan.p10.push_back(quantile_of(values, 0.1));
    fan.p50.push_back(quantile_of(values, 0.5));
    fan.p90.push_back(quantile_of(values, 0.9));
  }
  return fan;
}

// Differences of the day, of the whole and by queue; what no path has is left out.
std::vector<Difference> compare(const std::vector<Path>& with, const std::vector<Path>& without,
                                std::size_t queues, double confidence) {
  std::vector<Difference> list;
  const auto add = [&](Scope scope, auto&& day_of) {
    for (std::size_t m = 0; m < kDayMetrics.size(); ++m) {
      std::vector<double> values;
      for (std::size_t i = 0; i < with.size(); ++i)
        values.push_back(day_of(with[i])[m] - day_of(without[i])[m]);
      const MeanOf of = mean_of(values, confidence);
      if (!std::isnan(of.mean)) list.push_back({kDayMetrics[m], scope, of.mean, of.low, of.high});
    }
  };
  add({}, [](const Path& p) -> const Day& { return p.day; });
  for (std::uint32_t q = 0; q < queues; ++q)
    add({ScopeKind::kQueue, q}, [q](const Path& p) -> const Day& { return p.queues[q]; });
  return list;
}

}  // namespace

std::vector<Band> day_bands(const std::vector<Path>& paths, double confidence) {
  std::vector<Band> bands;
  for (std::size_t m = 0; m < kDayMetrics.size(); ++m) {
    std::vector<double> values = values_of(paths, [&](const Path& p) { return p.day[m]; });
    const MeanOf of = mean_of(values, confidence);
    const double p10 = quantile_of(values, 0.1), p90 = quantile_of(values, 0.9);
    bands.push_back({kDayMetrics[m], of.mean, of.low, of.high, p10, p90});
  }
  return bands;
}

Bands make_bands(const std::vector<Path>& paths, const PathPlan& plan, double confidence) {
  Bands bands;
  bands.made_at = plan.made_at;
  bands.until = plan.until;
  bands.paths = static_cast<std::int64_t>(paths.size());
  bands.times = plan.times;
  bands.service_level = make_fan(paths, plan, FanOf::kServiceLevel);
  bands.answer_rate = make_fan(paths, plan, FanOf::kAnswerRate);
  bands.loss_rate = make_fan(paths, plan, FanOf::kLossRate);
  bands.waiting = make_fan(paths, plan, FanOf::kWaiting);
  bands.occupancy = make_fan(paths, plan, FanOf::kOccupancy);
  bands.day = day_bands(paths, confidence);
  for (std::size_t t = 0; t < paths.front().targets.size(); ++t) {
    double met = 0;
    for (const Path& path : paths) met += path.targets[t].met ? 1 : 0;
    bands.target_chance.push_back(met / static_cast<double>(paths.size()));
  }
  return bands;
}

Futures fork_ahead(const LiveCentre& centre, const std::vector<std::vector<Command>>& alternatives,
                   const ForkOptions& options, const std::atomic<bool>* cancel,
                   const std::function<void(double)>& progress) {
  CALLMILL_CHECK(options.paths >= 2, "at least two paths");
  Futures futures;
  Alternatives run{centre, options.seeds};
  run.add({});
  for (const std::vector<Command>& commands : alternatives)
    futures.with.push_back({commands, run.add(commands), {}, {}});
  const PathPlan plan = plan_paths(centre, options.until);
  const auto paths =
      run_paths(run, plan, {options.paths, options.seed, options.threads}, cancel, progress);
  if (paths.empty()) {
    futures.cancelled = true;
    return futures;
  }
  futures.without = make_bands(paths.front(), plan, options.confidence);
  std::size_t next = 1;
  for (Alternative& with : futures.with) {
    if (!with.errors.empty()) continue;
    with.bands = make_bands(paths[next], plan, options.confidence);
    with.differences =
        compare(paths[next], paths.front(), centre.plan().queues.size(), options.confidence);
    ++next;
  }
  return futures;
}

}  // namespace callmill::live
