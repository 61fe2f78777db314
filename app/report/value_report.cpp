#include "app/report/value_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/table.h"
#include "models/value/measured_fcr.h"

namespace callmill {
namespace {

bool has_rows(const KpiTable& kpis, Family family) {
  return kpis.layout().find(family, {}) < kpis.layout().rows().size();
}

Scope type_scope(std::uint32_t type) {
  return {ScopeKind::kCallerType, type};
}

// Callers who take a survey do not answer all of its questions.
bool some_skip_questions(const World& world) {
  return std::any_of(world.caller_types.begin(), world.caller_types.end(),
                     [](const CallerType& type) {
                       if (!type.survey) return false;
                       const SurveyAnswers& a = type.survey->answers;
                       return a.fcr.value() < 1 || a.csat.value() < 1 || a.nps.value() < 1;
                     });
}

std::string contacts_table(const World& world, const KpiTable& kpis, double confidence, Lang lang) {
  std::vector<std::string_view> keys = {"contacts", "fcr", "resolution_rate",
                                        "repeat_contact_share", "survey_response"};
  if (some_skip_questions(world))
    keys.insert(keys.end(), {"survey_response_fcr", "survey_response_csat", "survey_response_nps"});
  keys.insert(keys.end(), {"csat", "csat_true", "nps", "nps_true"});
  Table table;
  table.column(std::string{say(lang, "Contacts", "服务结果")}, Table::Align::kLeft);
  std::vector<const Metric*> shown;
  for (const std::string_view key : keys) {
    const Metric* metric = find_metric(key, ScopeKind::kTotal);
    if (std::isnan(kpis.day(key, {}, confidence).value)) continue;
    shown.push_back(metric);
    std::string name = name_of(*metric, lang);
    constexpr std::string_view kQuestion = "Survey response, ";  // beside the column of all
    if (name.starts_with(kQuestion)) name.erase(0, kQuestion.size());
    table.column(name);
  }
  for (std::uint32_t t = 0; t < world.caller_types.size(); ++t) {
    if (kpis.day("contacts", type_scope(t), confidence).value == 0) continue;
    std::vector<std::string> row{world.caller_types[t].name};
    for (const Metric* metric : shown)
      row.push_back(show(kpis.day(metric->key, type_scope(t), confidence).value, metric->unit));
    table.row(std::move(row));
  }
  return "\n" + table.text();
}

struct Way {
  const char* key;
  std::optional<double> (*expected)(const CallerType&, double fcr);
};

const std::vector<Way>& ways() {
  static const std::vector<Way> all = {
      {"fcr_survey",
       [](const CallerType& type, double fcr) {
         return type.survey ? std::optional{measured_by_survey(fcr, *type.survey)} : std::nullopt;
       }},
      {"fcr_quality",
       [](const CallerType& type, double fcr) {
         const auto& check = type.resolution->quality_check;
         return check ? std::optional{measured_by_check(fcr, *check)} : std::nullopt;
       }},
      {"fcr_agent_code",
       [](const CallerType& type, double fcr) {
         const auto& code = type.resolution->agent_code;
         return code ? std::optional{measured_by_code(fcr, *code)} : std::nullopt;
       }},
      {"fcr_system",
       [](const CallerType& type, double fcr) {
         const auto& match = type.resolution->system_match;
         return match ? std::optional{measured_by_match(fcr, *match, type.resolution->returns)}
                      : std::nullopt;
       }},
  };
  return all;
}

std::string points(double difference) {
  return std::isfinite(difference) ? fmt::format("{:+.2f}", difference * 100) : "-";
}

// One row a caller type and way of measuring.
std::string measured_table(const World& world, const KpiTable& kpis, double confidence, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "Callers", "来电类型")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "First-contact resolution", "一次解决率")},
               Table::Align::kLeft);
  table.column(std::string{say(lang, "Measured", "测得")});
  table.column(std::string{say(lang, "True", "真实")});
  table.column(std::string{say(lang, "Bias, points", "偏差(百分点)")});
  table.column(std::string{say(lang, "expected", "理论偏差")});
  bool any = false;
  for (std::uint32_t t = 0; t < world.caller_types.size(); ++t) {
    const CallerType& type = world.caller_types[t];
    if (!type.resolution) continue;
    const Estimate truth = kpis.day("fcr", type_scope(t), confidence);
    for (const Way& way : ways()) {
      const std::optional<double> expected = way.expected(type, truth.value);
      if (!expected) continue;
      any = true;
      const Estimate measured = kpis.day(way.key, type_scope(t), confidence);
      table.row({type.name, name_of(*find_metric(way.key, ScopeKind::kTotal), lang),
                 show_with_interval(measured, Unit::kShare), show(truth.value, Unit::kShare),
                 points(measured.value - truth.value), points(*expected - truth.value)});
    }
  }
  return any ? "\n" + table.text() : "";
}

std::string costs_table(const World& world, const KpiTable& kpis, double confidence, Lang lang) {
  Table table;
  table.column(fmt::format("{} ({})",
                           world.several_days() ? say(lang, "Money of the run", "运行期金额")
                                                : say(lang, "Money per day", "每日金额"),
                           world.currency),
               Table::Align::kLeft);
  table.column(title_with_interval(say(lang, "Value", "数值"), kpis, confidence));
  table.column(std::string{say(lang, "Formula", "公式")}, Table::Align::kLeft);
  const bool earns = kpis.day("revenue", {}, confidence).value != 0;
  for (const Metric& metric : metrics()) {
    if (metric.family != Family::kCosts) continue;
    const Estimate e = kpis.day(metric.key, {}, confidence);
    if (e.value == 0 || (metric.key == "margin" && !earns)) continue;  // nothing has that price
    table.row(
        {name_of(metric, lang), show_with_interval(e, metric.unit), formula_of(metric, lang)});
  }
  return "\n" + table.text();
}

}  // namespace

std::string value_text(const World& world, const KpiTable& kpis, bool money, double confidence,
                       Lang lang) {
  std::string out;
  if (has_rows(kpis, Family::kContacts)) {
    out += contacts_table(world, kpis, confidence, lang);
    out += measured_table(world, kpis, confidence, lang);
  }
  if (money) out += costs_table(world, kpis, confidence, lang);
  return out;
}

}  // namespace callmill
