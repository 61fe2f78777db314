#include "app/report/actual_report.h"

#include <fmt/format.h>

#include <cmath>

#include "app/report/format.h"
#include "app/report/table.h"

namespace callmill {

double rms_difference(const ActualSeries& series, const KpiTable& kpis, double confidence) {
  const Metric& metric = *find_metric(series.metric, ScopeKind::kTotal);
  double squares = 0;
  int n = 0;
  for (std::uint32_t i = 0; i < kpis.layout().intervals(); ++i) {
    const double difference =
        kpis.estimate(metric, {}, i, confidence).value - series.values.values[i];
    if (std::isnan(difference)) continue;
    squares += difference * difference;
    ++n;
  }
  return n > 0 ? std::sqrt(squares / n) : std::nan("");
}

std::string actual_text(const World& world, const KpiTable& kpis, double confidence, Lang lang) {
  if (world.actual.empty()) return "";
  Table table;
  table.column(std::string{say(lang, "From", "时段")}, Table::Align::kLeft);
  for (const ActualSeries& series : world.actual) {
    const Metric& metric = *find_metric(series.metric, ScopeKind::kTotal);
    table.column(fmt::format("{} {}", name_of(metric, lang), say(lang, "actual", "实际")));
    table.column(std::string{say(lang, "simulated", "仿真")});
  }
  for (std::uint32_t i = 0; i < kpis.layout().intervals(); ++i) {
    std::vector<std::string> row{interval_name(world, i)};
    for (const ActualSeries& series : world.actual) {
      const Metric& metric = *find_metric(series.metric, ScopeKind::kTotal);
      row.push_back(show(series.values.values[i], metric.unit));
      row.push_back(show_with_interval(kpis.estimate(metric, {}, i, confidence), metric.unit));
    }
    table.row(std::move(row));
  }
  table.rule();
  std::vector<std::string> last{std::string{say(lang, "root mean square", "均方根误差")}};
  for (const ActualSeries& series : world.actual) {
    const Unit unit = find_metric(series.metric, ScopeKind::kTotal)->unit;
    last.push_back("");
    last.push_back(show(rms_difference(series, kpis, confidence), unit));
  }
  table.row(std::move(last));
  return "\n" + table.text();
}

}  // namespace callmill
