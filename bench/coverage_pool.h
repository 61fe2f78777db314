#pragma once
// Days of a scenario that studies are drawn from, and of the same with one agent more in its first
// group: what coverage.cpp asks of each day. As many days in each stratum of the busyness; a day
// weighs stratum_weight(), so that together they are all the days there could be. Where a run has
// several open days, a day of the pool is a run, drawn as it comes.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/study/luck.h"

namespace callmill::bench {

inline constexpr std::array kPoolIndicators = {"service_level", "answer_rate", "abandon_rate",
                                               "asa", "loss_rate"};

struct PoolDay {
  double u = 0;  // the day's uniform
  std::uint32_t stratum = 0;
  std::array<double, kLuckControls> luck{};
  // By variant, indicator: numerator and denominator.
  std::array<std::array<double, kPoolIndicators.size()>, 2> above{}, below{};
};

// An indicator of the scenario, or what one agent more brings it.
struct PoolFigure {
  std::string name;
  std::size_t indicator = 0;
  bool difference = false;
};

class Pool {
 public:
  // Days whose busyness differs, a first group with staff. `days` is rounded up to whole
  // strata. `file`: where they are kept, or "".
  Pool(const World& world, std::int64_t days, int threads, const std::string& file);

  std::size_t days() const { return days_.size(); }
  // Of one open day; 0 of several, as in LuckPlan.
  double busyness_cv() const { return cv_; }
  bool strata() const { return strata_ > 1; }
  double weight(const PoolDay& day) const { return strata() ? stratum_weight(day.stratum) : 1; }
  const std::vector<PoolFigure>& figures() const { return figures_; }
  std::span<const PoolDay> stratum(std::size_t s) const {
    return std::span{days_}.subspan(s * in_stratum_, in_stratum_);
  }
  // The k-th of the `near` days around u.
  const PoolDay& near(double u, std::size_t near, std::size_t k) const;
  const std::array<double, kLuckControls>& luck_mean() const { return luck_mean_; }
  double truth(std::size_t figure) const { return truth_[figure]; }
  // Of what one day says of a figure.
  double deviation(std::size_t figure) const { return deviation_[figure]; }
  double skewness(std::size_t figure) const { return skewness_[figure]; }

 private:
  void sum_up();
  std::vector<PoolDay> days_;  // by u, so stratum by stratum
  std::size_t strata_ = 1, in_stratum_ = 0;
  double cv_ = 0;
  std::vector<PoolFigure> figures_;
  std::array<double, kLuckControls> luck_mean_{};
  std::vector<double> truth_, deviation_, skewness_;  // by figure
};

}  // namespace callmill::bench
