// The day that is half known, as a world, and what becomes of a plan on it.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "engine/intraday/intraday_parts.h"

namespace callmill {
namespace {

// The profile's sum over [from, to) after opening.
double mass(const Profile& profile, SimDuration from, SimDuration to) {
  double sum = 0;
  for (std::size_t k = 0; k < profile.values.size(); ++k) {
    const SimDuration begin = profile.step * static_cast<std::int64_t>(k);
    const SimDuration low = std::max(from, begin), high = std::min(to, begin + profile.step);
    if (low < high) sum += profile.values[k] * to_hours(high - low) / to_hours(profile.step);
  }
  return sum;
}

// On a grid that steps and intervals share, each interval times its factor.
Profile scaled(const Profile& profile, const Day& day, const std::vector<double>& factor) {
  const SimDuration step{std::gcd(profile.step.count(), day.interval.count())};
  Profile result;
  result.step = step;
  for (SimDuration t{}; t < day.length(); t += step) {
    const auto interval = static_cast<std::size_t>(t / day.interval);
    result.values.push_back(mass(profile, t, t + step) * factor[interval]);
  }
  return result;
}

// Talk times of the intervals that are not known yet.
Profile talk_profile(const CallerType& type, const World& world, std::size_t known, double factor) {
  Profile result = type.talk_factor.value_or(
      Profile{world.day.interval, std::vector<double>(world.intervals(), 1.0)});
  for (std::size_t k = 0; k < result.values.size(); ++k)
    if (result.step * static_cast<std::int64_t>(k) >=
        world.day.interval * static_cast<std::int64_t>(known))
      result.values[k] *= factor;
  return result;
}

}  // namespace

std::vector<double> expected_calls(const World& world) {
  std::vector<double> calls(world.intervals(), 0.0);
  for (const CallerType& type : world.caller_types) {
    if (type.channel != Channel::kVoice) continue;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const SimDuration from = world.day.interval * static_cast<std::int64_t>(i);
      calls[i] += mass(type.volume, from, from + world.day.interval);
    }
  }
  return calls;
}

double expected_handle_s(const World& world, const std::vector<std::int64_t>& calls) {
  const std::vector<Requirement> pools = staff_requirement(world);
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    double offered = 0, work = 0;
    for (const Requirement& pool : pools) {
      offered += pool.intervals[i].offered_per_hour;
      work += pool.intervals[i].offered_per_hour * pool.intervals[i].aht_s;
    }
    if (!(offered > 0)) continue;
    sum += static_cast<double>(calls[i]) * work / offered;
    weight += static_cast<double>(calls[i]);
  }
  return weight > 0 ? sum / weight : std::nan("");
}

World known_day(const World& world, const std::vector<std::int64_t>& calls, double busyness,
                double handle_factor) {
  const std::vector<double> expected = expected_calls(world);
  std::vector<double> factor(expected.size(), busyness);
  for (std::size_t i = 0; i < calls.size(); ++i)
    factor[i] = expected[i] > 0 ? static_cast<double>(calls[i]) / expected[i] : 1;
  World day = world;
  day.busyness_cv = 0;
  for (CallerType& type : day.caller_types) {
    if (type.channel != Channel::kVoice) continue;
    type.volume = scaled(type.volume, world.day, factor);
    if (handle_factor != 1)
      type.talk_factor = talk_profile(type, world, calls.size(), handle_factor);
  }
  return day;
}

namespace intraday {

Judged judge(const std::vector<World>& days, const DayPlan& plan, const IntradayOptions& options,
             std::int64_t first_day, const std::atomic<bool>* stop) {
  Judged judged;
  const auto parts = static_cast<std::int64_t>(days.size());
  World first;
  for (std::int64_t k = 0; k < parts; ++k) {
    World planned = days[static_cast<std::size_t>(k)];
    put_plan(planned, plan);
    const Blueprint blueprint = make_blueprint(planned);
    if (k == 0) {
      judged.kpis = KpiTable{blueprint};
      judged.ratios.resize(planned.targets.size());
      first = planned;
    }
    ReplicateOptions of_part = options.replicate;
    of_part.replications = std::max<std::int64_t>(2, of_part.replications / parts);
    of_part.first = first_day + k * of_part.replications;
    if (options.start) of_part.begin = options.start(planned, blueprint);
    const KpiLayout& layout = judged.kpis.layout();
    const auto taken = [&](const ReplicationCounts& counts, std::uint64_t) {
      judged.kpis.add(counts);
      for (std::size_t t = 0; t < judged.ratios.size(); ++t)
        judged.ratios[t].push_back(day_ratio(planned.targets[t], layout, counts));
    };
    if (replicate(blueprint, of_part, {}, stop, taken).interrupted) {
      judged.interrupted = true;
      return judged;
    }
  }
  judged.targets = evaluate_targets(first, judged.kpis);
  judged.met = all_met(judged.targets);
  return judged;
}

Estimate paired_change(const std::vector<DayRatio>& before, const std::vector<DayRatio>& after,
                       double confidence) {
  CALLMILL_CHECK(before.size() == after.size(), "the same days");
  const auto ratio = [](const std::vector<DayRatio>& all) {
    DayRatio sum;
    for (const DayRatio& one : all) {
      sum.part += one.part;
      sum.of += one.of;
    }
    return sum;
  };
  const DayRatio b = ratio(before), a = ratio(after);
  const auto n = static_cast<double>(before.size());
  if (before.size() < 2 || !(b.of > 0) || !(a.of > 0)) {
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    return {kNaN, kNaN, kNaN, static_cast<std::int64_t>(before.size())};
  }
  const double rb = b.part / b.of, ra = a.part / a.of;
  double squares = 0;  // the delta method's errors have mean 0
  for (std::size_t r = 0; r < before.size(); ++r) {
    const double e = (after[r].part - ra * after[r].of) / (a.of / n) -
                     (before[r].part - rb * before[r].of) / (b.of / n);
    squares += e * e;
  }
  const double half = student_t(confidence, n - 1) * std::sqrt(squares / (n - 1) / n);
  return {ra - rb, ra - rb - half, ra - rb + half, static_cast<std::int64_t>(before.size())};
}

}  // namespace intraday
}  // namespace callmill
