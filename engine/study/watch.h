#pragma once
// Indicators of a study that are looked at closely: with variance reduction, until they are as
// precise as is wanted, and day by day.
//
// Stopping. The study is looked at after kFirstStage replications and then every kCheckEvery,
// always on complete prefixes, and ends at the first look at which every interval is as narrow as
// wanted. Looking again and again favours samples that vary little by chance, and more so where
// days are skew, for then they also hold too few bad days. So after the first look intervals are
// wider by
//
//   1 + kPriceOfLooks (1 + k^2 (nu + 1) / 8) / nu
//
// with nu the degrees of freedom and k the skewness of the mean, which gives that back and is soon
// nothing (docs/models/precision.md has the coverage as measured).

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/centre/day_design.h"
#include "engine/kpi/wait_quantile.h"
#include "engine/study/luck.h"
#include "engine/study/ratio_series.h"

namespace callmill {

inline constexpr std::int64_t kFirstStage = 20;
inline constexpr std::int64_t kCheckEvery = 10;
constexpr bool is_look(std::int64_t replications) {
  return replications >= kFirstStage && replications % kCheckEvery == 0;
}

inline constexpr double kPriceOfLooks = 4;
// Of a figure of a study of e.n replications that ends by its precision.
void pay_for_looks(Estimate& e, double dof, double skewness);

// How much a study knows beforehand of its replications. The default is nothing. All intervals stay
// valid: docs/models/precision.md.
struct VarianceReduction {
  DayDesign days = DayDesign::kIndependent;
  bool controls = false;  // luck.h; whoever asks for them gives the LuckPlan as well
  // Indicators of contacts by their expectations, where they have one (has_expectation()); whoever
  // simulates has the recorder keep them.
  bool conditional = false;
};

// The best that never loses: strata of the busyness where days differ by it and the run is of one
// day, controls, and expectations, which whoever watches no indicator of contacts switches off
// (any_expectation()). docs/adr/0007. Its intervals need whole tens of replications in strata.
VarianceReduction best_reduction(const World& world);

// A half-width that an interval shall have.
struct Wanted {
  double half_width = 0;  // in the indicator's unit; 0: none is wanted
  bool relative = false;  // it is a share of the figure's size instead

  double of(double value) const;
  // Whether a figure with that interval is as precise. A part of 0 is nothing that could be
  // reached: who sees no loss does not know how seldom it comes.
  bool met_by(double value, double half) const {
    return half <= of(value) && !(relative && value == 0);
  }
};

inline constexpr std::uint32_t kWholeDay = std::numeric_limits<std::uint32_t>::max();

struct Watched {
  const Metric* metric = nullptr;      // nullptr: a quantile of all waits of the run
  double share = 0;                    // of that quantile
  Scope scope;                         // of a quantile: the total or a queue
  std::uint32_t interval = kWholeDay;  // or period, as in KpiLayout
  Wanted wanted;
};

// Whether one of them has_expectation().
bool any_expectation(const std::vector<Watched>& watched);

struct WatchedFigure {
  Estimate estimate;           // with all that is known
  Estimate plain;              // as the table of indicators has it (replicate() knows it)
  double variance = 0;         // of the estimate; NaN of quantiles, as `gain`
  double gain = 1;             // plain variance / variance of the estimate
  Estimate low_day, high_day;  // one day (replication) in ten is below, above; NaN of quantiles
};

// Fills as replications come, in their order.
class WatchBook {
 public:
  // `luck` may be null where `reduction` has no controls; it must outlive the book. `first` is the
  // number of the study's first replication, a whole multiple of the design's block.
  WatchBook(const Blueprint& plan, std::vector<Watched> watched, const VarianceReduction& reduction,
            const LuckPlan* luck, std::uint64_t seed, std::int64_t first, double confidence);

  bool wants_waits() const { return wants_waits_; }
  // `waits` by queue; only looked at when wants_waits().
  void add(const KpiLayout& layout, const ReplicationCounts& counts,
           const std::vector<WaitHistogram>& waits);
  WatchedFigure figure(std::size_t i) const;
  // How far the study is: the interval that is furthest from what is wanted.
  struct State {
    std::size_t worst = 0;  // of the watched
    double half_width = 0;  // its own; NaN while there is none
    double wanted = 0;      // 0: nothing is wanted
    bool reached = false;   // of all; false where nothing is wanted
    // Replications until then, by half-width ~ 1 / sqrt(replications); NaN when not known.
    double needed = 0;
  };
  State state() const;

 private:
  Estimate estimate(std::size_t i) const;

  const Blueprint& plan_;
  std::vector<Watched> watched_;
  const LuckPlan* luck_;
  DayDesign design_;
  bool conditional_;
  std::uint64_t seed_;
  std::int64_t first_, replications_ = 0;
  std::vector<double> weight_;  // of each replication; empty: all 1
  double confidence_;
  bool wants_waits_ = false, wants_precision_ = false;
  Grouping grouping_;
  Controls controls_;
  std::vector<RatioSeries> series_;       // by watched indicator
  std::vector<RatioSeries> drawn_;        // likewise, of those that series_ has by expectation
  std::vector<WaitQuantiles> quantiles_;  // likewise
};

// How the replications of a study of that design belong together, so far none.
Grouping grouping_of(const Blueprint& plan, DayDesign design);
// Whether they lie in strata, kStratified of days that differ.
bool in_strata(const Blueprint& plan, DayDesign design);
// Adds the replication to a grouping in strata; to others it does nothing. Returns its weight.
double append_stratum(Grouping& grouping, std::uint64_t seed, std::int64_t replication);
// The controls of a study: of independent days whose busyness differs only those that few days
// teach to weigh, the first kSteadyControls.
inline constexpr std::size_t kSteadyControls = 2;
std::vector<double> useful_controls(std::vector<double> luck, double weight, DayDesign design,
                                    double busyness_cv);
// luck_of() the replication.
std::vector<double> day_luck(const LuckPlan& luck, const Blueprint& plan,
                             const ReplicationCounts& counts, std::uint64_t seed,
                             std::int64_t replication, DayDesign design);

}  // namespace callmill
