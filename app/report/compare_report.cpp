#include "app/report/compare_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/report/format.h"
#include "app/report/json.h"
#include "app/report/precision_report.h"
#include "app/report/table.h"

namespace callmill {
namespace {

std::string label(const CompareFacts& facts, std::size_t variant, Lang lang) {
  return variant == 0 ? std::string{say(lang, "baseline", "基准")}
                      : fmt::format("{} {}", variant, facts.variants[variant].name);
}

// Sums over a week and over a day are not alike, whatever changed.
std::string days_remark(const CompareFacts& facts, Lang lang) {
  std::string odd;
  for (std::size_t v = 1; v < facts.variants.size(); ++v)
    if (facts.variants[v].open_days != facts.variants.front().open_days)
      odd += fmt::format("{}{} ({})", odd.empty() ? "" : say(lang, "; ", "；"),
                         label(facts, v, lang), facts.variants[v].open_days);
  if (odd.empty()) return "";
  return fmt::format(
      fmt::runtime(say(lang,
                       "  Remark: open days are {} of the baseline, of others not: {}. Counts and "
                       "sums are of all days of each.\n",
                       "  注意：基准方案有 {} "
                       "个营业日，以下方案天数不同：{}。计数与总量为各方案全部日期之和。\n")),
      facts.variants.front().open_days, odd);
}

// Whether the interval leaves out 0.
std::string verdict(const Estimate& e, Lang lang) {
  if (std::isnan(e.ci_low)) return "";
  if (e.ci_low > 0) return std::string{say(lang, "more", "更高")};
  if (e.ci_high < 0) return std::string{say(lang, "less", "更低")};
  if (e.ci_low == 0 && e.ci_high == 0) return std::string{say(lang, "equal", "相同")};
  return std::string{say(lang, "not told apart", "无显著差异")};
}

std::string indicator_table(const Comparison& c, const CompareFacts& facts, std::size_t i,
                            Lang lang) {
  const Metric& metric = *facts.indicators[i].metric;
  Table table;
  table.column(compared_title(facts, i, lang), Table::Align::kLeft);
  const double percent = facts.options.replicate.confidence * 100;
  table.column(fmt::format("{} [{:.4g}%]", say(lang, "Value", "数值"), percent));
  table.column(
      metric.unit == Unit::kShare
          ? fmt::format("{} [{:.4g}%]", say(lang, "Difference, points", "差值(百分点)"), percent)
          : fmt::format("{} [{:.4g}%]", say(lang, "Difference", "差值"), percent));
  table.column("", Table::Align::kLeft);
  table.column(std::string{say(lang, "Saves", "节省")});
  for (std::size_t v = 0; v < facts.variants.size(); ++v)
    table.row({label(facts, v, lang), show_with_interval(c.value[i][v], metric.unit),
               show_difference(c.difference[i][v], metric.unit),
               v == 0 ? "" : verdict(c.difference[i][v], lang),
               std::isnan(c.gain[i][v]) ? "" : show_gain(c.gain[i][v])});
  return "\n" + table.text();
}

}  // namespace

std::string compared_title(const CompareFacts& facts, std::size_t indicator, Lang lang) {
  return watched_title(facts.indicator_names[indicator], facts.indicators[indicator].metric, lang);
}

std::string show_difference(const Estimate& e, Unit unit) {
  if (std::isnan(e.value)) return "";
  const double scale = unit == Unit::kShare ? 100 : 1;
  const int digits = unit == Unit::kShare ? 3 : 2;
  if (std::isnan(e.ci_low)) return fmt::format("{:+.{}f}", e.value * scale, digits);
  return fmt::format("{:+.{}f} [{:+.{}f}, {:+.{}f}]", e.value * scale, digits, e.ci_low * scale,
                     digits, e.ci_high * scale, digits);
}

std::string ranking_text(const Comparison& c, const CompareFacts& facts, Lang lang) {
  const Ranking& r = c.ranking;
  const Metric& metric = *facts.indicators[facts.options.rank_by].metric;
  std::string best, none;
  std::size_t candidates = 0;
  for (const std::size_t v : r.order) {
    const bool has_value = !std::isnan(c.value[facts.options.rank_by][v].value);
    if (has_value && !r.may_be_best[v]) continue;
    std::string& names = has_value ? best : none;
    if (!names.empty()) names += say(lang, "; ", "；");
    names += label(facts, v, lang);
    candidates += has_value ? 1 : 0;
  }
  if (!none.empty())
    none = fmt::format(fmt::runtime(say(lang, "  No value of it, so not ranked: {}\n",
                                        "  以下方案无该指标数值，不参与排序：{}\n")),
                       none);
  const double percent = facts.options.replicate.confidence * 100;
  const std::string_view sense =
      facts.options.most ? say(lang, "most", "最高") : say(lang, "least", "最低");
  // Where nothing differs, no replications tell more.
  const auto apart = [](const Estimate& e) {
    return !std::isnan(e.value) && !(e.value == 0 && e.ci_low == 0 && e.ci_high == 0);
  };
  bool alike = candidates > 1;
  for (std::size_t v = 0; v < r.may_be_best.size(); ++v)
    alike = alike && !(r.may_be_best[v] && apart(r.behind_best[v]));
  if (candidates == 0) return "\n" + none;
  if (alike)
    return fmt::format(fmt::runtime(say(lang, "\n  Best by {} ({}): one and the same in {}\n",
                                        "\n  按{}({})最优：以下方案完全相同：{}\n")),
                       name_of(metric, lang), sense, best) +
           none;
  if (candidates == 1)
    return fmt::format(
               fmt::runtime(say(
                   lang, "\n  Best by {} ({}), with {:.4g}% confidence in all pairs at once: {}\n",
                   "\n  按{}({})最优，全部两两比较的总体置信度 {:.4g}%：{}\n")),
               name_of(metric, lang), sense, percent, best) +
           none;
  return fmt::format(
             fmt::runtime(say(
                 lang,
                 "\n  Best by {} ({}): not told apart yet; with {:.4g}% confidence it is one of: "
                 "{}\n  More replications (--reps, or --precision) narrow it down.\n",
                 "\n  按{}({})最优者尚不能区分；以 {:.4g}% 的置信度为以下之一：{}\n  "
                 "增加仿真次数(--reps 或 --precision)可进一步区分。\n")),
             name_of(metric, lang), sense, percent, best) +
         none;
}

std::string compare_text(const World& baseline, const Comparison& c, const CompareFacts& facts,
                         Lang lang) {
  std::string out = fmt::format(
      fmt::runtime(say(lang, "{}: {} variants on the same {} replications, seed {}\n",
                       "{}：{} 个方案在相同的 {} 次仿真上比较，随机种子 {}\n")),
      baseline.name, facts.variants.size(), c.replications, facts.options.replicate.seed);
  if (facts.from) out += futures_line(*facts.from, lang);
  const std::string how = reduction_text(facts.options.replicate.reduction, lang);
  if (!how.empty())
    out += fmt::format(fmt::runtime(say(lang, "  Variance reduction: {}.\n", "  方差缩减：{}。\n")),
                       how);
  out += days_remark(facts, lang);
  if (c.replications == 0) return out;
  for (std::size_t i = 0; i < facts.indicators.size(); ++i)
    out += indicator_table(c, facts, i, lang);
  return out + ranking_text(c, facts, lang);
}

std::string compare_json(const World& baseline, const Comparison& c, const CompareFacts& facts) {
  using Layout = JsonWriter::Layout;
  const ReplicateOptions& options = facts.options.replicate;
  JsonWriter json;
  json.object(Layout::kRows).key("manifest").object();
  json.field("schema", "callmill.compare.1")
      .field("version", CALLMILL_VERSION)
      .field("scenario", baseline.name)
      .field("seed", options.seed)
      .field("replications", c.replications)
      .field("confidence", options.confidence)
      .field("variance_reduction", reduction_name(options.reduction))
      .field("currency", baseline.currency);
  if (facts.from) write_futures(*facts.from, json);
  json.key("variants").array();
  for (const ComparedVariant& v : facts.variants)
    json.object().field("name", v.name).field("scenario_hash", v.hash).end();
  json.end().end();
  json.key("indicators").array(Layout::kRows);
  for (std::size_t i = 0; i < c.value.size(); ++i) {
    json.object().field("metric", facts.indicator_names[i]).key("values").array(Layout::kRows);
    for (std::size_t v = 0; v < facts.variants.size(); ++v) {
      const Estimate &value = c.value[i][v], &difference = c.difference[i][v];
      json.object()
          .field("variant", v)
          .field("value", value.value)
          .field("ci_low", value.ci_low)
          .field("ci_high", value.ci_high)
          .field("difference", difference.value)
          .field("difference_low", difference.ci_low)
          .field("difference_high", difference.ci_high)
          .field("gain", c.gain[i][v])
          .end();
    }
    json.end().end();
  }
  json.end();
  json.key("ranking").object().field("metric", facts.indicator_names[facts.options.rank_by]);
  json.field("best", facts.options.most ? "most" : "least").key("order").array();
  for (const std::size_t v : c.ranking.order) json.value(v);
  json.end().key("may_be_best").array();
  for (const std::size_t v : c.ranking.order)
    if (c.ranking.may_be_best[v]) json.value(v);
  json.end().end().end();
  return json.take() + "\n";
}

std::string compare_csv(const Comparison& c, const CompareFacts& facts) {
  std::string out =
      "variant,name,metric,value,ci_low,ci_high,difference,difference_low,difference_high,gain,n\n";
  for (std::size_t i = 0; i < c.value.size(); ++i)
    for (std::size_t v = 0; v < facts.variants.size(); ++v) {
      const Estimate &value = c.value[i][v], &difference = c.difference[i][v];
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", v, csv_text(facts.variants[v].name),
                         csv_text(facts.indicator_names[i]), csv_number(value.value),
                         csv_number(value.ci_low), csv_number(value.ci_high),
                         csv_number(difference.value), csv_number(difference.ci_low),
                         csv_number(difference.ci_high), csv_number(c.gain[i][v]), c.replications);
    }
  return out;
}

}  // namespace callmill
