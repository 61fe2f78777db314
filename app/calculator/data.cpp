// The answer for programs.

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "app/calculator/caveats.h"
#include "app/calculator/explain.h"
#include "app/calculator/report.h"
#include "app/calculator/sweep.h"
#include "app/report/format.h"
#include "app/report/json.h"

namespace callmill::calculator {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();  // null in JSON

double count_or_none(std::int64_t count) {
  return count > 0 ? static_cast<double>(count) : kNone;
}

void write_inputs(const Queue& queue, JsonWriter& json) {
  json.key("inputs").object();
  json.field("arrivals_per_h", queue.calls_per_s > 0 ? queue.calls_per_s * 3600 : kNone);
  json.field("aht_s", queue.aht_s > 0 ? queue.aht_s : kNone);
  json.field("patience_s", queue.patience_s);
  if (has_menu(queue)) json.field("ports", count_or_none(queue.ports));
  json.field("within_s", queue.within_s).end();
}

void write_target(std::string_view metric, const Target& target, const Row* row, bool met,
                  JsonWriter& json) {
  json.object().field("metric", metric).field("sense", target.at_least ? "ge" : "le");
  json.field("target", target.value);
  json.field("value", row != nullptr ? value_of(target, row->outcome) : kNone);
  json.field("within_s", target.within_s).field("met", met).end();
}

void write_targets(const Question& question, const Row* row, JsonWriter& json) {
  json.key("goals").array();
  const bool found = row != nullptr && question.solve == Input::kWithin;
  for (const Target& target :
       found ? at_within(question.targets, row->outcome.queue.within_s) : question.targets) {
    write_target(target.what->key, target, row, row != nullptr && holds({target}, row->outcome),
                 json);
  }
  if (question.queue.loss > 0) {
    const Target loss{.what = find_indicator("loss_rate"), .value = question.queue.loss};
    write_target("loss_rate", loss, row, row != nullptr, json);
  }
  json.end();
}

void write_figures(const Outcome& outcome, JsonWriter& json) {
  for (const Indicator& each : indicators()) json.field(each.key, value_of(each, outcome));
}

// Agents and lines have theirs anyway.
bool has_own_column(const Question& question) {
  return question.solve && *question.solve != Input::kAgents && *question.solve != Input::kLines;
}

// What differs from row to row: the unknown, agents and lines.
void write_row(const Question& question, const Outcome& outcome, JsonWriter& json) {
  json.object().field("agents", outcome.queue.agents);
  json.field("lines", count_or_none(outcome.queue.lines));
  if (has_own_column(question)) {
    const InputInfo& info = info_of(*question.solve);
    json.field(info.data, get(outcome.queue, info.input) * info.shown_per_unit);
  }
  write_figures(outcome, json);
  json.end();
}

void write_table(const Question& question, JsonWriter& json) {
  const std::vector<Point> points = sweep(question);
  json.key("table").array(JsonWriter::Layout::kRows);
  for (const Point& point : points) {
    json.object();
    for (std::size_t i = 0; i < point.at.size(); ++i) {
      const InputInfo& info = info_of(question.table[i].input);
      json.field(info.data, point.at[i] * info.shown_per_unit);
    }
    if (question.solve) {
      const InputInfo& info = info_of(*question.solve);
      json.field(info.data, point.solved * info.shown_per_unit);
    }
    json.field("met", point.met);
    if (point.outcome) write_figures(*point.outcome, json);
    json.end();
  }
  json.end();
  write_caveats(caveats(question, points, Lang::kEn), json);
}

void write_sensitivity(const Question& question, const Outcome& base, JsonWriter& json) {
  json.key("sensitivity").array(JsonWriter::Layout::kRows);
  for (const Change& change : sensitivity(question, base)) {
    json.object().field("change", change.key).field("agents_needed", change.agents_needed);
    if (change.outcome) write_figures(*change.outcome, json);
    json.end();
  }
  json.end();
  std::vector<const Indicator*> all;
  for (const Indicator& each : indicators()) all.push_back(&each);
  json.key("elasticities").array(JsonWriter::Layout::kRows);
  for (const Elasticity& each : elasticities(base, all)) {
    json.object().field("of", info_of(each.input).key);
    for (std::size_t i = 0; i < all.size(); ++i) json.field(all[i]->key, each.of[i]);
    json.end();
  }
  json.end();
}

void write_steps(const Question& question, const Outcome& outcome, JsonWriter& json) {
  json.key("explain").array(JsonWriter::Layout::kRows);
  for (const Step& step : explain(question, outcome, Lang::kEn)) {
    json.object().field("step", step.key).field("name", step.name).field("formula", step.formula);
    json.field("numbers", step.numbers).field("value", step.value).end();
  }
  json.end();
}

std::string line_of(const std::vector<double>& values) {
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i) out += (i > 0 ? "," : "") + csv_number(values[i]);
  return out + '\n';
}

std::string table_csv(const Question& question) {
  std::string out;
  for (const Axis& axis : question.table) out += fmt::format("{},", info_of(axis.input).data);
  if (question.solve) out += fmt::format("{},", info_of(*question.solve).data);
  out += "met";
  for (const Indicator& each : indicators()) out += fmt::format(",{}", each.key);
  out += '\n';
  for (const Point& point : sweep(question)) {
    std::vector<double> values;
    for (std::size_t i = 0; i < point.at.size(); ++i)
      values.push_back(point.at[i] * info_of(question.table[i].input).shown_per_unit);
    if (question.solve) values.push_back(point.solved * info_of(*question.solve).shown_per_unit);
    values.push_back(point.met ? 1 : 0);
    for (const Indicator& each : indicators())
      values.push_back(point.outcome ? value_of(each, *point.outcome) : kNone);
    out += line_of(values);
  }
  return out;
}

}  // namespace

std::string as_json(const Question& question, const Answer& answer) {
  JsonWriter json;
  const Row* chosen = answer.feasible ? &answer.rows[answer.chosen] : nullptr;
  const Queue& queue = chosen != nullptr ? chosen->outcome.queue : question.queue;
  json.object().field("model", model_name(queue));
  write_inputs(queue, json);
  if (!question.table.empty()) {
    write_table(question, json);
    return json.end().take() + "\n";
  }
  json.field("load_erlang", load_of(queue));
  write_targets(question, chosen, json);
  json.field("status", answer.unbounded           ? "unbounded"
                       : chosen == nullptr        ? "infeasible"
                       : answer.met()             ? "ok"
                       : question.targets.empty() ? "unstable"
                                                  : "goal_missed");
  if (question.solve) json.field("solved", info_of(*question.solve).data);
  if (chosen == nullptr && !answer.unbounded)
    json.field("reason", reason_text(question, Lang::kEn));
  json.field("agents", chosen != nullptr ? queue.agents : kNone);
  json.field("lines", chosen != nullptr ? count_or_none(queue.lines) : kNone);
  if (answer.range) {
    json.key("range").object();
    json.field("low", answer.range->low).field("high", answer.range->high).end();
  }
  json.key("results").array(JsonWriter::Layout::kRows);
  for (const Row& row : answer.rows) write_row(question, row.outcome, json);
  json.end();
  if (chosen != nullptr && question.sensitivity) write_sensitivity(question, chosen->outcome, json);
  if (chosen != nullptr && question.explain) write_steps(question, chosen->outcome, json);
  if (chosen != nullptr || !question.solve) json.field("assumptions", model_text(queue, Lang::kEn));
  write_caveats(caveats(question, answer, Lang::kEn), json);
  return json.end().take() + "\n";
}

std::string as_csv(const Question& question, const Answer& answer) {
  if (!question.table.empty()) return table_csv(question);
  const bool other = has_own_column(question);
  std::string out = "agents,lines";
  if (other) out += fmt::format(",{}", info_of(*question.solve).data);
  for (const Indicator& each : indicators()) out += fmt::format(",{}", each.key);
  out += '\n';
  for (const Row& row : answer.rows) {
    const Outcome& outcome = row.outcome;
    std::vector<double> values = {outcome.queue.agents, count_or_none(outcome.queue.lines)};
    if (other)
      values.push_back(get(outcome.queue, *question.solve) *
                       info_of(*question.solve).shown_per_unit);
    for (const Indicator& each : indicators()) values.push_back(value_of(each, outcome));
    out += line_of(values);
  }
  return out;
}

}  // namespace callmill::calculator
