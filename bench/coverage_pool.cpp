#include "bench/coverage_pool.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "engine/study/replicate.h"

namespace callmill::bench {
namespace {

constexpr std::size_t kFigures = kPoolIndicators.size();

World with_one_agent_more(World world) {
  for (double& agents : world.groups.front().staff->values) agents += agents > 0 ? 1 : 0;
  return world;
}

// Days of one variant, in the order of their numbers.
void simulate(const World& world, std::size_t variant, int threads, DayDesign design,
              std::vector<PoolDay>& days) {
  const Blueprint plan = make_blueprint(world);
  const LuckPlan luck = make_luck(world, plan);
  const KpiLayout layout{plan};
  ReplicateOptions options;
  options.seed = world.study.seed;
  options.replications = static_cast<std::int64_t>(days.size());
  options.threads = threads;
  options.reduction.days = design;
  std::int64_t r = 0;
  replicate(plan, options, {}, nullptr, [&](const ReplicationCounts& counts, std::uint64_t) {
    PoolDay& day = days[static_cast<std::size_t>(r)];
    RatioSeries series;
    for (const char* key : kPoolIndicators)
      append(series, layout, counts, *find_metric(key, ScopeKind::kTotal), {ScopeKind::kTotal, 0},
             layout.intervals());
    std::copy(series.above.begin(), series.above.end(), day.above[variant].begin());
    std::copy(series.below.begin(), series.below.end(), day.below[variant].begin());
    if (variant == 0) {
      const auto number = static_cast<std::uint64_t>(r);
      day.u = day_uniform(options.seed, number, 0, design);
      if (design == DayDesign::kStratified) day.stratum = day_stratum(options.seed, number, 0);
      const auto of_day = day_luck(luck, plan, counts, options.seed, r, design);
      std::copy(of_day.begin(), of_day.end(), day.luck.begin());
    }
    ++r;
  });
}

bool read(const std::string& file, std::vector<PoolDay>& days) {
  std::ifstream in{file, std::ios::binary};
  const auto bytes = static_cast<std::streamsize>(days.size() * sizeof(PoolDay));
  return in && in.read(reinterpret_cast<char*>(days.data()), bytes) && in.peek() == EOF;
}

void write(const std::string& file, const std::vector<PoolDay>& days) {
  std::ofstream out{file, std::ios::binary};
  out.write(reinterpret_cast<const char*>(days.data()),
            static_cast<std::streamsize>(days.size() * sizeof(PoolDay)));
}

}  // namespace

Pool::Pool(const World& world, std::int64_t days, int threads, const std::string& file) {
  const bool one_day = world.open_days().size() == 1;
  const DayDesign design = one_day ? DayDesign::kStratified : DayDesign::kIndependent;
  cv_ = one_day ? world.busyness_cv : 0;
  strata_ = one_day ? kDayStrata : 1;
  in_stratum_ = (static_cast<std::size_t>(days) + strata_ - 1) / strata_;
  days_.resize(in_stratum_ * strata_);
  if (file.empty() || !read(file, days_)) {
    simulate(world, 0, threads, design, days_);
    simulate(with_one_agent_more(world), 1, threads, design, days_);
    if (!file.empty()) write(file, days_);
  }
  std::sort(days_.begin(), days_.end(),
            [](const PoolDay& a, const PoolDay& b) { return a.u < b.u; });
  for (std::size_t i = 0; i < kFigures; ++i) figures_.push_back({kPoolIndicators[i], i, false});
  figures_.push_back({"difference, service_level", 0, true});
  figures_.push_back({"difference, asa", 3, true});
  sum_up();
}

const PoolDay& Pool::near(double u, std::size_t near, std::size_t k) const {
  const auto at = static_cast<std::size_t>(
      std::lower_bound(days_.begin(), days_.end(), u,
                       [](const PoolDay& day, double value) { return day.u < value; }) -
      days_.begin());
  const std::size_t from = std::min(at - std::min(at, near / 2), days_.size() - near);
  return days_[from + k];
}

void Pool::sum_up() {
  const auto n = static_cast<double>(days_.size());
  for (const PoolDay& day : days_)
    for (std::size_t c = 0; c < kLuckControls; ++c) luck_mean_[c] += weight(day) * day.luck[c] / n;
  for (const PoolFigure& figure : figures_) {
    std::array<double, 2> above{}, below{};
    for (const PoolDay& day : days_)
      for (std::size_t v = 0; v < 2; ++v) {
        above[v] += weight(day) * day.above[v][figure.indicator] / n;
        below[v] += weight(day) * day.below[v][figure.indicator] / n;
      }
    const std::array ratio = {above[0] / below[0], above[1] / below[1]};
    double second = 0, third = 0;
    for (const PoolDay& day : days_) {
      const auto says = [&](std::size_t v) {
        return (day.above[v][figure.indicator] - ratio[v] * day.below[v][figure.indicator]) /
               below[v];
      };
      const double d = figure.difference ? says(1) - says(0) : says(0);
      second += weight(day) * d * d / n;
      third += weight(day) * d * d * d / n;
    }
    truth_.push_back(figure.difference ? ratio[1] - ratio[0] : ratio[0]);
    deviation_.push_back(std::sqrt(second));
    skewness_.push_back(third / std::pow(second, 1.5));
  }
}

}  // namespace callmill::bench
