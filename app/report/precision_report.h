#pragma once
// The indicators of a run that were looked at closely: with variance reduction, beside what the
// table of indicators says, and day by day.

#include <string>
#include <vector>

#include "app/report/json.h"
#include "app/report/lang.h"
#include "engine/study/watch.h"

namespace callmill {

// One of them as the command line names it: "answer_rate@queue:general@10:00".
struct WatchedRow {
  std::string name;
  Watched what;
  WatchedFigure figure;
};

// How many times as many plain days: "6.6 x", "25 x"; "-" where that is not known.
std::string show_gain(double gain);
// "days stratified by busyness, luck taken out (control)"; empty when nothing is done.
std::string reduction_text(const VarianceReduction& reduction, Lang lang);
// "stratify,control", as --variance-reduction takes it; "none".
std::string reduction_name(const VarianceReduction& reduction);
// "Answer rate, queue:general, 10:00".
std::string watched_title(const std::string& name, const Metric* metric, Lang lang);

// Empty without rows. `futures`: replications are those of one day.
std::string precision_text(const std::vector<WatchedRow>& rows, const VarianceReduction& reduction,
                           double confidence, bool futures, Lang lang);
// An array: {"indicator", "value", "ci_low", "ci_high", "half_width_wanted", "relative",
// "as_simulated", "as_simulated_low", "as_simulated_high", "gain", "low_day", "high_day", ...}.
void write_precision(const std::vector<WatchedRow>& rows, JsonWriter& json);

}  // namespace callmill
