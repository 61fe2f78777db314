#include "app/calculator/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "app/report/json.h"
#include "app/report/table.h"

namespace callmill::calculator {
namespace {

// ---- Answering ----
bool holds(const Goal& goal, const QueueResult& result) {
  const double value = value_of(goal.measure, result);
  return goal.at_least ? value >= goal.value : value <= goal.value;
}
bool holds(const ErlangQuestion& question, const QueueResult& result) {
  return std::all_of(question.goals.begin(), question.goals.end(),
                     [&](const Goal& goal) { return holds(goal, result); });
}

// The queue with `agents`, and the fewest lines for the loss where those are asked for. Fewer lines
// also shorten the queue, so they are the best the service level can get within that loss.
std::optional<ErlangRow> evaluate(const ErlangQuestion& question, double agents) {
  QueueInput in = question.queue;
  in.agents = agents;
  if (question.size_lines) {
    in.lines = lines_for(in, question.loss);
    if (in.lines < 0) return std::nullopt;
  } else if (in.lines > 0 && agents > static_cast<double>(in.lines)) {
    return std::nullopt;
  }
  return ErlangRow{agents, in.lines, solve_queue(in)};
}

bool holds_with(const ErlangQuestion& question, double agents) {
  const auto row = evaluate(question, agents);
  QueueInput in = question.queue;
  in.agents = agents;
  return row && (row->lines > 0 || !grows_without_limit(in)) && holds(question, row->result);
}

constexpr std::int64_t kMostAgents = 1'000'000;

// Smallest whole number that meets every goal; 0 when none does. Every goal eases with agents.
std::int64_t fewest_agents(const ErlangQuestion& question) {
  const std::int64_t limit = question.queue.lines > 0 ? question.queue.lines : kMostAgents;
  std::int64_t low = 0;  // never enough
  std::int64_t high = 1;
  while (!holds_with(question, static_cast<double>(high))) {
    if (high >= limit) return 0;
    low = high;
    high = std::min(2 * high, limit);
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (holds_with(question, static_cast<double>(middle)) ? high : low) = middle;
  }
  return high;
}

// ---- Words ----
struct Words {
  const char *agents, *lines, *service_level, *answer_rate, *abandon_rate, *asa, *occupancy, *loss,
      *wait;
  const char *need, *need_lines, *have, *none, *goal_met, *goal_missed;
};
constexpr Words kEnglish = {"agents",
                            "lines",
                            "answered in {}",
                            "answer rate",
                            "abandonment",
                            "ASA",
                            "occupancy",
                            "loss",
                            "waits",
                            "{} agents needed for {}",
                            "{} agents and {} lines needed for {}",
                            "{} agents",
                            "no number of agents gives {}",
                            "goal met: {}",
                            "goal missed: {}"};
constexpr Words kChinese = {"坐席数",
                            "中继线",
                            "{}接通率",
                            "接通率(人工)",
                            "放弃率",
                            "平均应答速度",
                            "利用率(话务)",
                            "呼损率(中继)",
                            "排队率",
                            "需要 {} 名坐席,满足 {}",
                            "需要 {} 名坐席和 {} 条中继线,满足 {}",
                            "{} 名坐席",
                            "任何坐席数都不能满足 {}",
                            "达标: {}",
                            "未达标: {}"};
const Words& words(Lang language) {
  return language == Lang::kZh ? kChinese : kEnglish;
}

// A label with the time T filled into its place, where it has one.
std::string with_time(const char* label, const std::string& time) {
  return fmt::format(fmt::runtime(label), time);
}

std::string percent(double share) {
  if (!std::isfinite(share)) return "-";
  // Rare losses keep two digits.
  return share > 0 && share < 5e-4 ? fmt::format("{:.2g}%", share * 100)
                                   : fmt::format("{:.1f}%", share * 100);
}
std::string seconds(double value) {
  return std::isfinite(value) ? fmt::format("{:.1f}s", value) : "-";
}

bool limited(const ErlangQuestion& question) {
  return question.size_lines || question.queue.lines > 0;
}

// The formula of the service level that is printed (f3 of the indicators' reference).
const char* service_level_note(Lang language) {
  return language == Lang::kZh ? "接通率 = T 秒内接通量 / (接通量 + 放弃量)。"
                               : "Answered in T: calls answered within T / (answered + "
                                 "abandoned). ASA: mean wait of answered calls.";
}

const char* model_key(const ErlangQuestion& question) {
  if (limited(question)) return "M/M/n/K+M";
  return question.queue.patience_rate > 0 ? "Erlang A" : "Erlang C";
}

std::string goal_text(const Goal& goal, double within, Lang language) {
  const bool zh = language == Lang::kZh;
  const double percent_value = goal.value * 100;
  switch (goal.measure) {
    case Measure::kServiceLevelAccepted:
      return zh ? fmt::format("{:g} 秒接通率 ≥ {:g}%", within, percent_value)
                : fmt::format("{:g}% answered in {:g} s", percent_value, within);
    case Measure::kAbandonAccepted:
      return fmt::format("{} ≤ {:g}%", words(language).abandon_rate, percent_value);
    case Measure::kOccupancy:
      return fmt::format("{} ≤ {:g}%", words(language).occupancy, percent_value);
    default:
      return zh ? fmt::format("{} ≤ {:g} 秒", words(language).asa, goal.value)
                : fmt::format("{} ≤ {:g} s", words(language).asa, goal.value);
  }
}

std::string all_goals(const ErlangQuestion& question, Lang language) {
  std::string out;
  for (const Goal& goal : question.goals) {
    out += (out.empty() ? "" : ", ") + goal_text(goal, question.queue.within, language);
  }
  if (question.size_lines) {
    out += fmt::format("{}{} ≤ {:g}%", out.empty() ? "" : ", ", words(language).loss,
                       question.loss * 100);
  }
  return out;
}

std::string assumptions(const ErlangQuestion& question, Lang language) {
  const QueueInput& in = question.queue;
  const double load = in.arrival_rate / in.service_rate;
  const bool zh = language == Lang::kZh;
  const std::string patience =
      in.patience_rate > 0 ? fmt::format(fmt::runtime(zh ? "耐心时间指数分布,均值 {:g} 秒"
                                                         : "exponential patience, mean {:g} s"),
                                         1 / in.patience_rate)
                           : std::string(zh ? "来电者永不放弃" : "callers never give up");
  const char* lines = limited(question)
                          ? (zh ? "中继线占满时呼损" : "calls beyond the lines are lost")
                          : (zh ? "中继线不限" : "lines without limit");
  const bool endless = in.agents > 0 && !limited(question) && grows_without_limit(in);
  const char* warning = !endless ? ""
                        : zh ? "\n注意:话务量不低于坐席数,排队将无限增长,以上数字无意义。"
                             : "\nWarning: the load is not below the number of agents, so the "
                               "queue grows without limit and no figure above will be seen.";
  return fmt::format(
             fmt::runtime(
                 zh ? "模型 {}:泊松到达 {:g} 次/小时,通话加话后处理时长指数分布,均值 {:g} 秒"
                      "(话务量 {:.4g} 爱尔兰),{},{},稳态,无重拨。"
                    : "Model {}: Poisson arrivals, {:g} an hour; exponential handle time, mean "
                      "{:g} s "
                      "({:.4g} erlang); {}; {}; steady state; no redials."),
             model_key(question), in.arrival_rate * 3600, 1 / in.service_rate, load, patience,
             lines) +
         warning;
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();  // null in JSON

void write_count(std::string_view key, double count, JsonWriter& json) {
  json.field(key, count > 0 ? count : kNone);
}

// Indicators by their keys; shares 0 to 1.
struct Indicator {
  const char* key;
  double (*value)(const QueueResult&);
};
constexpr Indicator kIndicators[] = {
    {"service_level", [](const QueueResult& r) { return r.sl_accepted; }},
    {"answer_rate", [](const QueueResult& r) { return r.p_served / (r.p_nowait + r.p_wait); }},
    {"abandon_rate", [](const QueueResult& r) { return r.p_abandon / (r.p_nowait + r.p_wait); }},
    {"asa_s", [](const QueueResult& r) { return r.mean_wait_served; }},
    {"occupancy", [](const QueueResult& r) { return r.occupancy; }},
    {"loss_rate", [](const QueueResult& r) { return r.p_block; }},
    {"wait_rate", [](const QueueResult& r) { return r.p_wait / (r.p_nowait + r.p_wait); }},
    {"mean_wait_s",
     [](const QueueResult& r) { return r.mean_wait_offered / (r.p_nowait + r.p_wait); }},
    {"mean_queue", [](const QueueResult& r) { return r.mean_queue; }},
};
const char* metric_key(Measure measure) {
  switch (measure) {
    case Measure::kServiceLevelAccepted:
      return "service_level";
    case Measure::kAbandonAccepted:
      return "abandon_rate";
    case Measure::kOccupancy:
      return "occupancy";
    default:
      return "asa_s";
  }
}
double indicator(const QueueResult& result, std::string_view key) {
  for (const Indicator& i : kIndicators) {
    if (key == i.key) return i.value(result);
  }
  return std::nan("");
}

}  // namespace

ErlangAnswer answer(const ErlangQuestion& question) {
  ErlangAnswer out;
  double agents = question.queue.agents;
  if (agents == 0) agents = static_cast<double>(fewest_agents(question));
  if (agents == 0) return out;
  for (const double n : {agents - 1, agents, agents + 1}) {
    if (n < 1) continue;
    const auto row = evaluate(question, n);
    if (!row) continue;
    if (n == agents) {
      out.chosen = out.rows.size();
      out.feasible = true;
      out.met = holds(question, row->result);
    }
    out.rows.push_back(*row);
  }
  return out;
}

std::string as_text(const ErlangQuestion& question, const ErlangAnswer& answer, Lang language) {
  const Words& w = words(language);
  const std::string goals = all_goals(question, language);
  std::string out;
  if (!answer.feasible)
    return with_time(w.none, goals) + "\n" + assumptions(question, language) + "\n";
  const ErlangRow& chosen = answer.rows[answer.chosen];
  if (question.queue.agents > 0) {
    out = fmt::format(fmt::runtime(w.have), chosen.agents);
    if (!goals.empty()) out += "; " + with_time(answer.met ? w.goal_met : w.goal_missed, goals);
  } else if (chosen.lines > 0) {
    out = fmt::format(fmt::runtime(w.need_lines), chosen.agents, chosen.lines, goals);
  } else {
    out = fmt::format(fmt::runtime(w.need), chosen.agents, goals);
  }
  Table table;
  table.column("", Table::Align::kLeft);
  table.column(w.agents);
  if (limited(question)) table.column(w.lines);
  const bool zh = language == Lang::kZh;
  table.column(
      with_time(w.service_level, fmt::format("{:g}{}", question.queue.within, zh ? "秒" : "s")));
  for (const char* label : {w.answer_rate, w.abandon_rate, w.asa, w.occupancy, w.wait})
    table.column(label);
  if (limited(question)) table.column(w.loss);
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    const ErlangRow& row = answer.rows[i];
    const auto share = [&](const char* key) { return percent(indicator(row.result, key)); };
    std::vector<std::string> cells = {i == answer.chosen ? ">" : "",
                                      fmt::format("{:g}", row.agents)};
    if (limited(question)) cells.push_back(fmt::format("{}", row.lines));
    cells.insert(cells.end(),
                 {share("service_level"), share("answer_rate"), share("abandon_rate"),
                  seconds(row.result.mean_wait_served), share("occupancy"), share("wait_rate")});
    if (limited(question)) cells.push_back(share("loss_rate"));
    table.row(std::move(cells));
  }
  return fmt::format("{}\n\n{}\n{}\n{}\n", out, table.text(0), assumptions(question, language),
                     service_level_note(language));
}

namespace {

void write_goal(std::string_view metric, bool at_least, double target, double value, bool met,
                JsonWriter& json) {
  json.object().field("metric", metric).field("sense", at_least ? "ge" : "le");
  json.field("target", target).field("value", value).field("met", met).end();
}

void write_goals(const ErlangQuestion& question, const QueueResult* chosen, JsonWriter& json) {
  json.key("goals").array();
  for (const Goal& goal : question.goals)
    write_goal(metric_key(goal.measure), goal.at_least, goal.value,
               chosen != nullptr ? value_of(goal.measure, *chosen) : kNone,
               chosen != nullptr && holds(goal, *chosen), json);
  if (question.size_lines)
    write_goal("loss_rate", false, question.loss, chosen != nullptr ? chosen->p_block : kNone,
               chosen != nullptr, json);
  json.end();
}

}  // namespace

std::string as_json(const ErlangQuestion& question, const ErlangAnswer& answer) {
  const QueueInput& in = question.queue;
  JsonWriter json;
  json.object().field("model", model_key(question)).key("inputs").object();
  json.field("arrivals_per_h", in.arrival_rate * 3600).field("aht_s", 1 / in.service_rate);
  json.field("patience_s", in.patience_rate > 0 ? 1 / in.patience_rate : kNone);
  json.field("within_s", in.within).end();
  json.field("load_erlang", in.arrival_rate / in.service_rate);
  const bool any = answer.chosen < answer.rows.size();
  write_goals(question, answer.feasible ? &answer.rows[answer.chosen].result : nullptr, json);
  json.field("status", !answer.feasible ? "infeasible" : answer.met ? "ok" : "goal_missed");
  write_count("agents", any ? answer.rows[answer.chosen].agents : 0, json);
  write_count("lines", any ? static_cast<double>(answer.rows[answer.chosen].lines) : 0, json);
  json.key("results").array(JsonWriter::Layout::kRows);
  for (const ErlangRow& row : answer.rows) {
    json.object().field("agents", static_cast<std::int64_t>(row.agents));
    write_count("lines", static_cast<double>(row.lines), json);
    for (const Indicator& each : kIndicators) json.field(each.key, each.value(row.result));
    json.end();
  }
  json.end().field("assumptions", assumptions(question, Lang::kEn));
  return json.end().take() + "\n";
}

std::string as_csv(const ErlangQuestion&, const ErlangAnswer& answer) {
  std::string out = "agents,lines";
  for (const Indicator& each : kIndicators) out += fmt::format(",{}", each.key);
  out += '\n';
  for (const ErlangRow& row : answer.rows) {
    out += fmt::format("{},{}", static_cast<std::int64_t>(row.agents),
                       row.lines > 0 ? std::to_string(row.lines) : "");
    for (const Indicator& each : kIndicators) {
      const double value = each.value(row.result);
      out += std::isfinite(value) ? fmt::format(",{}", value) : std::string(",");
    }
    out += '\n';
  }
  return out;
}

}  // namespace callmill::calculator
