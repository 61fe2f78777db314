#include "app/report/precision_report.h"

#include <fmt/format.h>

#include <cmath>

#include "app/report/format.h"
#include "app/report/table.h"

namespace callmill {
namespace {

Unit unit_of(const Watched& watched) {
  return watched.metric == nullptr ? Unit::kSeconds : watched.metric->unit;
}

std::string show_wanted(const Wanted& wanted, Unit unit) {
  if (wanted.half_width <= 0) return "";
  if (wanted.relative) return fmt::format("±{:.3g}% rel", wanted.half_width * 100);
  if (unit == Unit::kShare) return fmt::format("±{:.3g}%", wanted.half_width * 100);
  return fmt::format("±{:.3g}{}", wanted.half_width, unit == Unit::kSeconds ? " s" : "");
}

std::string_view design_text(DayDesign days, Lang lang) {
  switch (days) {
    case DayDesign::kIndependent:
      return "";
    case DayDesign::kStratified:
    case DayDesign::kHypercube:
      return say(lang, "days spread over their busyness (stratify)", "按话务波动分层(stratify)");
    case DayDesign::kAntithetic:
      return say(lang, "days in opposite pairs (antithetic)", "成对反向的日期(antithetic)");
    case DayDesign::kLattice:
      return say(lang, "days on a shifted lattice (rqmc)", "随机平移格点(rqmc)");
  }
  return "";
}

void write_estimate(const std::string& name, const Estimate& e, JsonWriter& json) {
  json.field(name, e.value).field(name + "_low", e.ci_low).field(name + "_high", e.ci_high);
}

}  // namespace

std::string show_gain(double gain) {
  if (!(gain <= 1e6)) return "-";  // beyond it is rounding
  return fmt::format("{:.{}f} x", gain, gain < 10 ? 1 : 0);
}

std::string reduction_text(const VarianceReduction& reduction, Lang lang) {
  std::string text{design_text(reduction.days, lang)};
  const auto add = [&](std::string_view part) {
    if (!text.empty()) text += say(lang, ", ", "，");
    text.append(part);
  };
  if (reduction.controls)
    add(say(lang, "luck of callers and work taken out (control)",
            "剔除来电与工作量的随机偏差(control)"));
  if (reduction.conditional)
    add(say(lang, "ends of contacts by their chances (conditional)",
            "服务结束时的随机结果按概率计(conditional)"));
  return text;
}

std::string reduction_name(const VarianceReduction& reduction) {
  std::string name =
      reduction.days == DayDesign::kStratified || reduction.days == DayDesign::kHypercube
          ? "stratify"
      : reduction.days == DayDesign::kAntithetic ? "antithetic"
      : reduction.days == DayDesign::kLattice    ? "rqmc"
                                                 : "";
  if (reduction.controls) name += name.empty() ? "control" : ",control";
  if (reduction.conditional) name += name.empty() ? "conditional" : ",conditional";
  return name.empty() ? "none" : name;
}

std::string watched_title(const std::string& name, const Metric* metric, Lang lang) {
  const std::size_t at = name.find('@');
  const std::string key = name.substr(0, at);
  std::string title =
      metric != nullptr ? name_of(*metric, lang)
                        : fmt::format(fmt::runtime(say(lang, "Wait of {} %", "等待时间 {}% 分位")),
                                      key.substr(6));
  std::string rest = at == std::string::npos ? "" : name.substr(at + 1);
  for (std::size_t next = 0; !rest.empty(); rest.erase(0, next)) {
    next = std::min(rest.find('@'), rest.size());
    title += ", " + rest.substr(0, next);
    next += next < rest.size() ? 1 : 0;
  }
  return title;
}

std::string precision_text(const std::vector<WatchedRow>& rows, const VarianceReduction& reduction,
                           double confidence, bool futures, Lang lang) {
  if (rows.empty()) return "";
  const std::string percent = fmt::format("[{:.4g}%]", confidence * 100);
  Table table;
  table.column(std::string{say(lang, "Looked at closely", "重点指标")}, Table::Align::kLeft);
  table.column(fmt::format("{} {}", say(lang, "Value", "数值"), percent));
  table.column(std::string{say(lang, "Wanted", "要求")});
  table.column(fmt::format("{} {}", say(lang, "As simulated", "仿真均值"), percent));
  table.column(std::string{say(lang, "Saves", "节省")});
  table.column(fmt::format("{} {}",
                           futures ? say(lang, "1 future in 10 below", "十个未来中一个低于")
                                   : say(lang, "1 day in 10 below", "十天中一天低于"),
                           percent));
  table.column(fmt::format("{} {}",
                           futures ? say(lang, "1 future in 10 above", "十个未来中一个高于")
                                   : say(lang, "1 day in 10 above", "十天中一天高于"),
                           percent));
  for (const WatchedRow& row : rows) {
    const Unit unit = unit_of(row.what);
    table.row({watched_title(row.name, row.what.metric, lang),
               show_with_interval(row.figure.estimate, unit), show_wanted(row.what.wanted, unit),
               row.what.metric == nullptr ? "" : show_with_interval(row.figure.plain, unit),
               row.what.metric == nullptr ? "" : show_gain(row.figure.gain),
               show_with_interval(row.figure.low_day, unit),
               show_with_interval(row.figure.high_day, unit)});
  }
  std::string out = "\n" + table.text();
  const std::string how = reduction_text(reduction, lang);
  if (!how.empty())
    out += fmt::format(fmt::runtime(say(lang, "  Variance reduction: {}.\n", "  方差缩减：{}。\n")),
                       how);
  return out;
}

void write_precision(const std::vector<WatchedRow>& rows, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for (const WatchedRow& row : rows) {
    json.object().field("indicator", row.name);
    json.field("value", row.figure.estimate.value)
        .field("ci_low", row.figure.estimate.ci_low)
        .field("ci_high", row.figure.estimate.ci_high);
    if (row.what.wanted.half_width > 0)
      json.field("half_width_wanted", row.what.wanted.half_width)
          .field("relative", row.what.wanted.relative);
    write_estimate("as_simulated", row.figure.plain, json);
    json.field("gain", row.figure.gain);
    write_estimate("low_day", row.figure.low_day, json);
    write_estimate("high_day", row.figure.high_day, json);
    json.end();
  }
  json.end();
}

}  // namespace callmill
