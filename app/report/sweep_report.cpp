#include "app/report/sweep_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/report/format.h"
#include "app/report/table.h"

namespace callmill {
namespace {

bool is_matrix(const Sweep& sweep) {
  return sweep.design == SweepDesign::kGrid && sweep.axes.size() == 2;
}

// The variant of values i and j, from 0, of a matrix.
std::size_t cell(const Sweep& sweep, std::size_t i, std::size_t j) {
  return 1 + i * sweep.axes[1].values.size() + j;
}

std::string difference_title(const CompareFacts& facts, Lang lang) {
  const Metric& metric = *facts.indicators.front().metric;
  const std::string_view unit =
      metric.unit == Unit::kShare ? say(lang, "points, ", "百分点，") : std::string_view{};
  return fmt::format("{} [{}{:.4g}%]", say(lang, "to baseline", "与基准之差"), unit,
                     facts.options.replicate.confidence * 100);
}

std::string list_text(const Comparison& c, const CompareFacts& facts, const Sweep& sweep,
                      Lang lang) {
  Table table;
  for (const SweepAxis& axis : sweep.axes) table.column(axis.field, Table::Align::kLeft);
  for (std::size_t i = 0; i < facts.indicators.size(); ++i) {
    table.column(compared_title(facts, i, lang));
    if (i == 0) table.column(difference_title(facts, lang));
  }
  const auto row = [&](std::size_t variant, std::vector<std::string> cells) {
    for (std::size_t i = 0; i < facts.indicators.size(); ++i) {
      cells.push_back(show(c.value[i][variant].value, facts.indicators[i].metric->unit));
      if (i == 0)
        cells.push_back(
            show_difference(c.difference[i][variant], facts.indicators[i].metric->unit));
    }
    table.row(std::move(cells));
  };
  row(0, std::vector<std::string>(sweep.axes.size(), std::string{say(lang, "baseline", "基准")}));
  for (std::size_t p = 0; p < sweep.points.size(); ++p) {
    std::vector<std::string> cells;
    for (std::size_t a = 0; a < sweep.axes.size(); ++a)
      cells.push_back(sweep.axes[a].values[sweep.points[p][a] - 1]);
    row(p + 1, std::move(cells));
  }
  return "\n" + table.text();
}

double widest(const std::vector<Estimate>& values) {
  double half = 0;
  for (const Estimate& e : values)
    if (std::isfinite(e.ci_high - e.ci_low)) half = std::max(half, (e.ci_high - e.ci_low) / 2);
  return half;
}

std::string matrix_text(const Comparison& c, const CompareFacts& facts, const Sweep& sweep,
                        std::size_t indicator, Lang lang) {
  const Unit unit = facts.indicators[indicator].metric->unit;
  Table table;
  table.column(sweep.axes[0].field, Table::Align::kLeft);
  for (const std::string& value : sweep.axes[1].values) table.column(value);
  for (std::size_t i = 0; i < sweep.axes[0].values.size(); ++i) {
    std::vector<std::string> cells{sweep.axes[0].values[i]};
    for (std::size_t j = 0; j < sweep.axes[1].values.size(); ++j)
      cells.push_back(show(c.value[indicator][cell(sweep, i, j)].value, unit));
    table.row(std::move(cells));
  }
  return fmt::format("\n  {} {} {} ({} {})\n{}", compared_title(facts, indicator, lang),
                     say(lang, "by", "×"), sweep.axes[1].field,
                     say(lang, "intervals up to ±", "区间至多 ±"),
                     show(widest(c.value[indicator]), unit), table.text());
}

std::string interaction_text(const Comparison& c, const CompareFacts& facts, const Sweep& sweep,
                             Lang lang) {
  const std::size_t columns = sweep.axes[1].values.size();
  if (c.contrast.empty() || c.contrast.front().empty()) return "";
  Table table;
  table.column(sweep.axes[0].field, Table::Align::kLeft);
  for (std::size_t j = 1; j < columns; ++j) table.column(sweep.axes[1].values[j]);
  for (std::size_t i = 1; i < sweep.axes[0].values.size(); ++i) {
    std::vector<std::string> cells{sweep.axes[0].values[i]};
    for (std::size_t j = 1; j < columns; ++j)
      cells.push_back(show_difference(c.contrast.front()[(i - 1) * (columns - 1) + j - 1],
                                      facts.indicators.front().metric->unit));
    table.row(std::move(cells));
  }
  return fmt::format(
      "\n  {}\n{}",
      fmt::format(fmt::runtime(say(lang,
                                   "{}: what both changes bring beyond the sum of each, from {} "
                                   "and {}{}",
                                   "{}：两项改动合起来超出各自之和的部分，自 {} 与 {} 起{}")),
                  compared_title(facts, 0, lang), sweep.axes[0].values.front(),
                  sweep.axes[1].values.front(),
                  facts.indicators.front().metric->unit == Unit::kShare
                      ? say(lang, " (points)", "(百分点)")
                      : ""),
      table.text());
}

// The differences that one field makes, the least and the most of them.
struct Swing {
  std::size_t axis = 0, low = 0, high = 0;  // variants
  double width = 0;
};

std::vector<Swing> swings(const Comparison& c, const Sweep& sweep) {
  std::vector<Swing> all;
  for (std::size_t a = 0; a < sweep.axes.size(); ++a) {
    Swing swing{a, 0, 0, 0};
    const auto value = [&](std::size_t v) { return c.value[0][v].value; };
    bool first = true;
    for (std::size_t p = 0; p < sweep.points.size(); ++p) {
      if (sweep.points[p][a] == 0) continue;
      if (first || value(p + 1) < value(swing.low)) swing.low = p + 1;
      if (first || value(p + 1) > value(swing.high)) swing.high = p + 1;
      first = false;
    }
    swing.width = std::max(value(swing.high), value(0)) - std::min(value(swing.low), value(0));
    all.push_back(swing);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Swing& a, const Swing& b) { return a.width > b.width; });
  return all;
}

std::string tornado_text(const Comparison& c, const CompareFacts& facts, const Sweep& sweep,
                         Lang lang) {
  constexpr double kBar = 24;
  const Unit unit = facts.indicators.front().metric->unit;
  const std::vector<Swing> all = swings(c, sweep);
  const auto value_of = [&](const Swing& swing, std::size_t variant) {
    return sweep.axes[swing.axis].values[sweep.points[variant - 1][swing.axis] - 1];
  };
  Table table;
  table.column(std::string{say(lang, "Field", "字段")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "least at", "最低取值")});
  table.column(difference_title(facts, lang));
  table.column(std::string{say(lang, "most at", "最高取值")});
  table.column(difference_title(facts, lang));
  table.column(std::string{say(lang, "Swing", "幅度")});
  table.column("", Table::Align::kLeft);
  for (const Swing& swing : all) {
    const double part = all.front().width > 0 ? swing.width / all.front().width : 0;
    table.row({sweep.axes[swing.axis].field, value_of(swing, swing.low),
               show_difference(c.difference[0][swing.low], unit), value_of(swing, swing.high),
               show_difference(c.difference[0][swing.high], unit),
               fmt::format("{:.3f}", swing.width * (unit == Unit::kShare ? 100 : 1)),
               std::string(static_cast<std::size_t>(std::lround(part * kBar)), '#')});
  }
  return fmt::format("\n  {}, {} {}\n{}", compared_title(facts, 0, lang),
                     say(lang, "baseline", "基准"), show_with_interval(c.value[0][0], unit),
                     table.text());
}

}  // namespace

std::vector<Contrast> interactions(const Sweep& sweep) {
  std::vector<Contrast> all;
  if (!is_matrix(sweep)) return all;
  for (std::size_t i = 1; i < sweep.axes[0].values.size(); ++i)
    for (std::size_t j = 1; j < sweep.axes[1].values.size(); ++j)
      all.push_back({{cell(sweep, i, j), 1},
                     {cell(sweep, i, 0), -1},
                     {cell(sweep, 0, j), -1},
                     {cell(sweep, 0, 0), 1}});
  return all;
}

std::string sweep_text(const World& baseline, const Comparison& c, const CompareFacts& facts,
                       const Sweep& sweep, Lang lang) {
  std::string out =
      fmt::format(fmt::runtime(say(lang, "{}: {} points on the same {} replications, seed {}\n",
                                   "{}：{} 个取值点在相同的 {} 次仿真上比较，随机种子 {}\n")),
                  baseline.name, sweep.points.size(), c.replications, facts.options.replicate.seed);
  if (facts.from) out += futures_line(*facts.from, lang);
  if (c.replications == 0) return out;
  if (is_matrix(sweep)) {
    for (std::size_t i = 0; i < facts.indicators.size(); ++i)
      out += matrix_text(c, facts, sweep, i, lang);
    out += interaction_text(c, facts, sweep, lang);
  } else if (sweep.design == SweepDesign::kOneAtATime) {
    out += tornado_text(c, facts, sweep, lang);
  } else {
    out += list_text(c, facts, sweep, lang);
  }
  return out + ranking_text(c, facts, lang);
}

}  // namespace callmill
