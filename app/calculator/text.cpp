// The answer for people.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/calculator/caveats.h"
#include "app/calculator/explain.h"
#include "app/calculator/report.h"
#include "app/calculator/sweep.h"
#include "app/report/table.h"

namespace callmill::calculator {
namespace {

std::string number(double value) {
  if (!std::isfinite(value)) return "-";
  // Whole agents and lines in full; from 100,000 on, parts of one are still told apart.
  if (value == std::floor(value) && std::abs(value) < 1e12) return fmt::format("{:.0f}", value);
  return std::abs(value) < 1e5 ? fmt::format("{:.6g}", value) : fmt::format("{:.3f}", value);
}
std::string shown(Input input, double value) {
  return number(value * info_of(input).shown_per_unit);
}
std::string name_of(Input input, Lang lang) {
  return std::string{say(lang, info_of(input).en, info_of(input).zh)};
}

bool limited(const Question& question) {
  return has_lines(question.queue) || question.solve == Input::kLines;
}

std::string agents_en(double agents) {
  return fmt::format("{} {}", number(agents), agents == 1 ? "agent" : "agents");
}

// "63 agents needed for ..."
std::string agents_headline(const Question& question, const Outcome& outcome,
                            const std::string& targets, Lang lang) {
  const std::string agents = number(outcome.queue.agents);
  const bool zh = lang == Lang::kZh;
  if (question.queue.loss > 0)
    return zh ? fmt::format("需要 {} 名坐席和 {} 条中继线，满足 {}", agents, outcome.queue.lines,
                            targets)
              : fmt::format("{} and {} lines needed for {}", agents_en(outcome.queue.agents),
                            outcome.queue.lines, targets);
  return zh ? fmt::format("需要 {} 名坐席，满足 {}", agents, targets)
            : fmt::format("{} needed for {}", agents_en(outcome.queue.agents), targets);
}

// A good level of those who found a line, while many found none, and no goal counts these.
std::string lost_text(const Question& question, const Outcome& outcome, Lang lang) {
  constexpr double kMany = 0.01;
  const bool asked =
      question.queue.loss > 0 ||
      std::any_of(question.targets.begin(), question.targets.end(), [](const Target& each) {
        return each.what->key == "loss_rate" || each.what->key == "service_level_all" ||
               each.what->key == "answered_of_all";
      });
  if (asked || outcome.endless || !(outcome.result.p_block >= kMany)) return {};
  const bool zh = lang == Lang::kZh;
  const bool ports = has_ports(outcome.queue);
  return fmt::format(fmt::runtime(zh ? ports ? "；{} 的来电遇中继线或语音端口占满而呼损"
                                             : "；{} 的来电遇中继线占满而呼损"
                                  : ports ? "; {} of the calls find no line or no port and are lost"
                                          : "; {} of the calls find no line and are lost"),
                     show_value(outcome.result.p_block, Measured::kShare));
}

std::string range_text(const Range& range, Input input, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const InputInfo& info = info_of(input);
  const auto unit = say(lang, info.en_unit, info.zh_unit);
  const bool open = !std::isfinite(range.high);
  if (open && !std::isfinite(range.low)) return zh ? "无限" : "without end";
  if (range.low <= 0 && open) return zh ? "任意" : "any";
  if (open)
    return fmt::format(fmt::runtime(zh ? "至少 {} {}" : "at least {} {}"), shown(input, range.low),
                       unit);
  if (range.low <= 0)
    return fmt::format(fmt::runtime(zh ? "至多 {} {}" : "at most {} {}"), shown(input, range.high),
                       unit);
  return fmt::format(fmt::runtime(zh ? "{} 至 {} {}" : "{} to {} {}"), shown(input, range.low),
                     shown(input, range.high), unit);
}

// What the unknown comes to.
std::string solved_headline(const Question& question, const Answer& answer,
                            const std::string& targets, Lang lang) {
  const Outcome& outcome = answer.rows[answer.chosen].outcome;
  const Input input = *question.solve;
  const bool zh = lang == Lang::kZh;
  const auto most = [&](const char* en, const char* chinese) {
    return fmt::format(fmt::runtime(zh ? chinese : en), shown(input, get(outcome.queue, input)),
                       targets);
  };
  switch (input) {
    case Input::kAgents:
      return agents_headline(question, outcome, targets, lang);
    case Input::kCalls:
      return most("{} calls an hour at the most for {}", "每小时至多 {} 次来电，满足 {}");
    case Input::kAht:
      return most("handle time {} s at the most for {}", "处理时长至多 {} 秒，满足 {}");
    case Input::kWithin:
      return most("T = {} s at the least for {}", "T 至少 {} 秒，满足 {}");
    case Input::kLines:
    case Input::kPorts:
      return fmt::format(fmt::runtime(zh ? "{}，满足 {}" : "{} for {}"),
                         range_text(*answer.range, input, lang), targets);
    case Input::kPatience:
      return fmt::format(fmt::runtime(zh ? "耐心时间：{}，满足 {}" : "patience: {}, for {}"),
                         range_text(*answer.range, input, lang), targets);
  }
  return {};
}

std::string_view quantity(Input input, Lang lang) {
  switch (input) {
    case Input::kAgents:
      return say(lang, "number of agents", "坐席数");
    case Input::kCalls:
      return say(lang, "number of calls", "来电量");
    case Input::kAht:
      return say(lang, "handle time", "处理时长");
    case Input::kPatience:
      return say(lang, "patience", "耐心时间");
    case Input::kLines:
      return say(lang, "number of lines", "中继线数");
    case Input::kPorts:
      return say(lang, "number of ports", "语音端口数");
    case Input::kWithin:
      return say(lang, "T", " T ");
  }
  return {};
}

std::string headline(const Question& question, const Answer& answer, Lang lang) {
  const std::string targets = targets_text(question, lang);
  const bool zh = lang == Lang::kZh;
  if (!answer.feasible) {
    if (!question.solve) return zh ? "没有结果" : "no answer";
    const std::string_view what = quantity(*question.solve, lang);
    if (answer.unbounded)
      return fmt::format(fmt::runtime(zh ? "{}不受限制，始终满足 {}" : "any {} gives {}"), what,
                         targets);
    return fmt::format(fmt::runtime(zh ? "任何{}都不能满足 {}" : "no {} gives {}"), what, targets);
  }
  const Outcome& outcome = answer.rows[answer.chosen].outcome;
  const std::string lost = lost_text(question, outcome, lang);
  if (question.solve) return solved_headline(question, answer, targets, lang) + lost;
  const double agents = outcome.queue.agents;
  std::string out = zh ? number(agents) + " 名坐席" : agents_en(agents);
  if (targets.empty()) return out + lost;
  if (answer.met()) return out + (zh ? "；达标：" : "; goal met: ") + targets + lost;
  Question missed = question;
  std::erase_if(missed.targets, [&](const Target& t) { return holds({t}, outcome); });
  return out + (zh ? "；未达标：" : "; goal missed: ") + targets_text(missed, lang) + lost;
}

// The answer between its neighbours.
std::string rows_text(const Question& question, const Answer& answer, Lang lang) {
  const Input input = question.solve.value_or(Input::kAgents);
  const auto columns = columns_of(question);
  Table table;
  table.column("", Table::Align::kLeft);
  if (input != Input::kAgents && input != Input::kLines) table.column(name_of(input, lang));
  table.column(std::string{say(lang, "agents", "坐席数")});
  if (limited(question)) table.column(std::string{say(lang, "lines", "中继线")});
  for (const Indicator* each : columns) {
    // Where T is the unknown, each row has its own.
    const bool own_t = input == Input::kWithin;
    table.column(own_t && each->key == level_of(question).key
                     ? header_in_t(*each, lang)
                     : header(*each, question.queue.within_s, lang));
  }
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    const Outcome& outcome = answer.rows[i].outcome;
    std::vector<std::string> cells = {i == answer.chosen ? ">" : ""};
    if (input != Input::kAgents && input != Input::kLines)
      cells.push_back(shown(input, get(outcome.queue, input)));
    cells.push_back(number(outcome.queue.agents));
    if (limited(question)) cells.push_back(fmt::format("{}", outcome.queue.lines));
    for (const Indicator* each : columns)
      cells.push_back(show_value(value_of(*each, outcome), each->unit));
    table.row(std::move(cells));
  }
  return table.text(0);
}

// Each goal with its figure, where the table does not have them all.
std::string goals_text(const Question& question, const Outcome& outcome, Lang lang) {
  const auto columns = columns_of(question);
  const bool within_found = question.solve == Input::kWithin;
  const auto shown = [&](const Target& t) {
    return std::find(columns.begin(), columns.end(), t.what) != columns.end() &&
           (header(*t.what, 1, lang) == header(*t.what, 2, lang) ||
            t.within_s == question.queue.within_s);
  };
  if (within_found || outcome.endless ||
      std::all_of(question.targets.begin(), question.targets.end(), shown))
    return {};
  std::string out;
  for (const Target& t : question.targets)
    out +=
        fmt::format("{}{}{} {}, {}", out.empty() ? "" : say(lang, "; ", "；"), target_text(t, lang),
                    say(lang, ":", "："), show_value(value_of(t, outcome), t.what->unit),
                    holds({t}, outcome) ? say(lang, "met", "达标") : say(lang, "missed", "未达标"));
  return fmt::format("{}{}\n", say(lang, "Goals: ", "目标："), out);
}

// ---- Tables ----
std::string marks_text(const Question& question, const std::vector<Point>& points, Lang lang) {
  const bool any = std::any_of(points.begin(), points.end(), [](const Point& p) { return p.met; });
  return fmt::format(
      "{} {}\n",
      any ? say(lang, ">: goal met:", ">：达标：") : say(lang, "goal met nowhere:", "均未达标："),
      targets_text(question, lang));
}

std::string one_way(const Question& question, const std::vector<Point>& points, Lang lang) {
  const auto columns = columns_of(question);
  const Axis& axis = question.table[0];
  const bool judged = !question.solve && !question.targets.empty();
  Table table;
  if (judged) table.column("", Table::Align::kLeft);
  table.column(name_of(axis.input, lang));
  if (question.solve) table.column(name_of(*question.solve, lang));
  if (question.queue.loss > 0) table.column(name_of(Input::kLines, lang));
  for (const Indicator* each : columns)
    table.column(axis.input == Input::kWithin && each->key == level_of(question).key
                     ? header_in_t(*each, lang)
                     : header(*each, question.queue.within_s, lang));
  for (const Point& point : points) {
    std::vector<std::string> cells;
    if (judged) cells.push_back(point.met ? ">" : "");
    cells.push_back(shown(axis.input, point.at[0]));
    if (question.solve) cells.push_back(shown(*question.solve, point.solved));
    if (question.queue.loss > 0)
      cells.push_back(point.outcome ? number(static_cast<double>(point.outcome->queue.lines))
                                    : "-");
    for (const Indicator* each : columns)
      cells.push_back(point.outcome ? show_value(value_of(*each, *point.outcome), each->unit)
                                    : "-");
    table.row(std::move(cells));
  }
  return table.text(0) + (judged ? marks_text(question, points, lang) : "");
}

std::string two_way(const Question& question, const std::vector<Point>& points, Lang lang) {
  const Axis& down = question.table[0];
  const Axis& across = question.table[1];
  const Indicator& figure = *columns_of(question)[0];
  std::string out = question.solve ? name_of(*question.solve, lang)
                                   : header(figure, question.queue.within_s, lang);
  out = fmt::format(fmt::runtime(lang == Lang::kZh ? "{}（行：{}，列：{}）\n\n"
                                                   : "{} (down: {}, across: {})\n\n"),
                    out, name_of(down.input, lang), name_of(across.input, lang));
  const bool judged = !question.solve && !question.targets.empty();
  Table table;
  table.column("");
  for (const double value : across.values) table.column(shown(across.input, value));
  for (std::size_t i = 0; i < down.values.size(); ++i) {
    std::vector<std::string> cells = {shown(down.input, down.values[i])};
    for (std::size_t j = 0; j < across.values.size(); ++j) {
      const Point& point = points[i * across.values.size() + j];
      std::string cell = question.solve  ? shown(*question.solve, point.solved)
                         : point.outcome ? show_value(value_of(figure, *point.outcome), figure.unit)
                                         : "-";
      cells.push_back(judged && point.met ? "> " + cell : std::move(cell));
    }
    table.row(std::move(cells));
  }
  return out + table.text(0) + (judged ? marks_text(question, points, lang) : "");
}

std::string table_statement(const Question& question, const std::vector<Point>& points, Lang lang) {
  return columns_note(question, lang) + "\n" + caveats_text(caveats(question, points, lang), lang);
}

std::string table_text(const Question& question, Lang lang) {
  const std::vector<Point> points = sweep(question);
  std::string out;
  if (question.solve)
    out = fmt::format("{} {}\n\n", say(lang, "For", "满足"), targets_text(question, lang));
  out += question.table.size() == 1 ? one_way(question, points, lang)
                                    : two_way(question, points, lang);
  return out + "\n" + table_statement(question, points, lang);
}

std::string sensitivity_text(const Question& question, const Outcome& base, Lang lang) {
  const auto columns = columns_of(question);
  Table table;
  table.column(std::string{say(lang, "change", "变化")}, Table::Align::kLeft);
  for (const Indicator* each : columns) table.column(header(*each, base.queue.within_s, lang));
  if (!question.targets.empty()) table.column(std::string{say(lang, "agents needed", "所需坐席")});
  for (const Change& change : sensitivity(question, base)) {
    std::vector<std::string> cells = {std::string{say(lang, change.en, change.zh)}};
    for (const Indicator* each : columns)
      cells.push_back(change.outcome ? show_value(value_of(*each, *change.outcome), each->unit)
                                     : "-");
    if (!question.targets.empty()) cells.push_back(number(change.agents_needed));
    table.row(std::move(cells));
  }
  table.rule();
  for (const Elasticity& each : elasticities(base, columns)) {
    std::vector<std::string> cells = {
        fmt::format("{} {}", say(lang, "% for +1% of", "每 +1% 的变化(%):"),
                    say(lang, info_of(each.input).key, info_of(each.input).zh))};
    for (const double value : each.of)
      cells.push_back(std::isfinite(value) ? fmt::format("{:+.2f}", value) : "-");
    if (!question.targets.empty()) cells.emplace_back("");
    table.row(std::move(cells));
  }
  return table.text(0);
}

}  // namespace

std::string statement_text(const Question& question, const Answer& answer, Lang lang) {
  if (!question.table.empty()) return table_statement(question, sweep(question), lang);
  if (!answer.feasible) return {};
  return model_text(answer.rows[answer.chosen].outcome.queue, lang) + "\n" +
         columns_note(question, lang) + "\n" + caveats_text(caveats(question, answer, lang), lang);
}

std::string as_text(const Question& question, const Answer& answer, Lang lang) {
  if (!question.table.empty()) return table_text(question, lang);
  std::string out = headline(question, answer, lang) + "\n";
  if (!answer.feasible) {
    const std::string reason = answer.unbounded ? "" : reason_text(question, lang);
    if (!reason.empty()) out += reason + "\n";
    // Where an input is what was asked for, the model has no value to show for it.
    const bool whole =
        !question.solve || question.solve == Input::kAgents || question.solve == Input::kWithin;
    return whole ? out + model_text(question.queue, lang) + "\n" : out;
  }
  const Outcome& outcome = answer.rows[answer.chosen].outcome;
  out += "\n" + rows_text(question, answer, lang) + goals_text(question, outcome, lang) + "\n";
  if (question.sensitivity) out += sensitivity_text(question, outcome, lang) + "\n";
  if (question.explain) out += steps_text(explain(question, outcome, lang), outcome, lang) + "\n";
  return out + statement_text(question, answer, lang);
}

}  // namespace callmill::calculator
