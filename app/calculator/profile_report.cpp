// A day's answer as text, JSON and CSV.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "app/calculator/caveats.h"
#include "app/calculator/profile.h"
#include "app/calculator/report.h"
#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/json.h"
#include "app/report/table.h"

namespace callmill::calculator {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : "-";
}

std::string per_text(const Question& parts, Lang lang) {
  return parts.per_day ? std::string{say(lang, " over the day", "（全天）")} : "";
}

std::string lines_text(const Profile& profile, Lang lang) {
  if (profile.lines == 0) return {};
  return fmt::format(fmt::runtime(say(lang, "; {} lines", "；{} 条中继线")), profile.lines);
}

std::string headline(const Question& parts, const Profile& profile, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const std::string targets = targets_text(parts, lang) + per_text(parts, lang);
  std::string out =
      fmt::format(fmt::runtime(zh ? "{} 次来电，{} 坐席小时" : "{} calls, {} agent-hours"),
                  number(profile.calls), fmt::format("{:.1f}", profile.agent_hours));
  if (targets.empty()) return out;
  if (!profile.feasible)
    return out +
           fmt::format(fmt::runtime(zh ? "；有时段不能满足 {}" : "; some intervals cannot hold {}"),
                       targets);
  if (profile.sized) {
    const auto peak = std::max_element(
        profile.intervals.begin(), profile.intervals.end(),
        [](const IntervalAnswer& a, const IntervalAnswer& b) { return a.agents < b.agents; });
    return out +
           fmt::format(fmt::runtime(zh ? "，满足 {}；最多 {} 名坐席，{}"
                                       : " for {}; at most {} agents, at {}"),
                       targets, number(peak->agents), peak->interval.name) +
           lines_text(profile, lang);
  }
  const auto missed = std::count_if(profile.intervals.begin(), profile.intervals.end(),
                                    [](const IntervalAnswer& each) { return !each.met; });
  out += lines_text(profile, lang);
  if (parts.per_day)
    return out +
           std::string{profile.met ? say(lang, "; goal met: ", "；达标：")
                                   : say(lang, "; goal missed: ", "；未达标：")} +
           targets;
  if (missed == 0)
    return out + (zh ? "；各时段达标：" : "; goal met in every interval: ") + targets;
  return out + fmt::format(
                   fmt::runtime(zh ? "；{} 个时段未达标：{}" : "; goal missed in {} intervals: {}"),
                   missed, targets);
}

// What applies to the interval that has most to do, of those with figures.
void busiest(const Question& parts, const Profile& profile, Lang lang, std::vector<Caveat>& out) {
  const IntervalAnswer* most = nullptr;
  bool endless = false;
  for (const IntervalAnswer& each : profile.intervals) {
    endless = endless || (each.outcome && each.outcome->endless);
    if (!each.outcome || each.outcome->endless) continue;
    if (most == nullptr || is_busier(*each.outcome, *most->outcome)) most = &each;
  }
  if (most == nullptr) return;
  Answer answer;
  answer.feasible = true;
  answer.rows.push_back({*most->outcome, most->met});
  for (Caveat& each : caveats(parts, answer, lang)) {
    if (each.code == "slow") continue;  // told of the interval that is slowest
    each.text = fmt::format(
        fmt::runtime(lang == Lang::kZh ? endless ? "有稳态的最忙时段 {}：{}" : "最忙的时段 {}：{}"
                     : endless ? "Busiest interval with a steady state ({}): {}"
                               : "Busiest interval ({}): {}"),
        most->interval.name, each.text);
    out.push_back(std::move(each));
  }
}

// One sentence for the interval to which it applies most.
std::vector<Caveat> caveats_of_day(const Question& parts, const Profile& profile, Lang lang) {
  std::vector<Caveat> out;
  const IntervalAnswer* slowest = nullptr;
  const IntervalAnswer* fullest = nullptr;
  const auto settles = [](const IntervalAnswer& each) {
    return 3 * relaxation_s(*each.outcome) / each.interval.length_s;
  };
  const auto load = [](const IntervalAnswer& each) {
    return load_of(each.outcome->queue) / each.outcome->queue.agents;
  };
  for (const IntervalAnswer& each : profile.intervals) {
    if (!each.outcome) continue;
    // One that grows without limit is told by its load.
    const bool settled = !each.outcome->endless && std::isfinite(settles(each));
    if (settled && settles(each) > 1 && (slowest == nullptr || settles(each) > settles(*slowest)))
      slowest = &each;
    if (load(each) > 1 && (fullest == nullptr || load(each) > load(*fullest))) fullest = &each;
  }
  const bool zh = lang == Lang::kZh;
  if (fullest != nullptr)
    out.push_back(
        {"overload",
         fmt::format(
             fmt::runtime(
                 zh ? "{} 的话务量为坐席数的 {:.0f}%：积压的来电会进入下一时段，稳态没有计入。"
                    : "At {} the load is {:.0f}% of the agents: callers who still wait go over "
                      "into the next interval, which a steady state does not see."),
             fullest->interval.name, 100 * load(*fullest)),
         "callers: volume, groups: staff"});
  if (slowest != nullptr)
    out.push_back(
        {"slow",
         fmt::format(
             fmt::runtime(
                 zh ? "{} 起的时段只有 {:.0f} 分钟，而系统约需 {:.0f} "
                      "分钟才能忘掉此前的状态；各时段并非互相独立。"
                    : "The interval from {} lasts {:.0f} min, but the queue takes about {:.0f} "
                      "min to forget what was before: intervals are not on their own."),
             slowest->interval.name, slowest->interval.length_s / 60,
             settles(*slowest) * slowest->interval.length_s / 60),
         "callers: volume"});
  busiest(parts, profile, lang, out);
  return out;
}

// What the exact day adds, in a sentence.
std::string exact_text(const Profile& profile, Lang lang) {
  const bool zh = lang == Lang::kZh;
  switch (profile.exact.why) {
    case ExactDay::Why::kModel:
      return std::string{
                 say(lang,
                     "No exact day: it knows exponential patience and handle times and the same "
                     "lines all day, without menus or repeats.",
                     "无全天精确解：仅适用于指数分布的耐心与处理时长、全天线数不变、无菜单与"
                     "重拨的情形。")} +
             "\n";
    case ExactDay::Why::kFractions:
      return std::string{say(lang, "No exact day: it knows whole agents alone.",
                             "无全天精确解：仅适用于整数坐席。")} +
             "\n";
    case ExactDay::Why::kAgents:
      return "";
    case ExactDay::Why::kCost:
      return fmt::format(
          fmt::runtime(
              zh ? "无全天精确解：约需更新状态 {:.0f} × 10 亿次。\n"
                 : "No exact day: it would take about {:.0f} billion updates of a state.\n"),
          profile.exact.updates / 1e9);
    case ExactDay::Why::kKnown:
      break;
  }
  std::string out{
      say(lang,
          "Exact: the same staff through the day from an empty centre; calls in hand "
          "and callers who wait go over into the next interval, agents finish the call in "
          "hand, and who waits at closing time is still served (of the day's figures).",
          "精确：自空闲开始、按同样的人力走完全天，通话与排队带入下一时段，坐席结束手中通话"
          "后下班，关门时仍在等待的来电继续得到服务（计入全天）。")};
  if (!profile.exact.missed.empty()) {
    const IntervalAnswer& first = profile.intervals[profile.exact.missed.front()];
    out +=
        fmt::format(fmt::runtime(zh ? "{} 个时段实际未达标，首个为 {}。"
                                    : " {} of the intervals miss the goal there, the first at {}."),
                    profile.exact.missed.size(), first.interval.name);
  }
  return out + "\n";
}

std::string requirement_text(const Profile& profile, Lang lang) {
  if (profile.requirement.empty()) return {};
  return fmt::format("{}{}\n", say(lang, "Requirement by ", "人力需求方法："),
                     sentence(profile.requirement, lang));
}

std::string exact_cell(const std::optional<ExactFigures>& exact, double ExactFigures::*which) {
  return exact && std::isfinite((*exact).*which) ? show_value((*exact).*which, Measured::kShare)
                                                 : "-";
}

}  // namespace

std::string statement_text(const Question& parts, const Profile& profile, Lang lang) {
  return std::string{say(lang,
                         "Each interval in steady state on its own; the day is weighted by calls. ",
                         "各时段按稳态分别计算；全天按来电加权。")} +
         columns_note(parts, lang) + "\n" + requirement_text(profile, lang) +
         exact_text(profile, lang) + caveats_text(caveats_of_day(parts, profile, lang), lang);
}

std::string as_text(const Question& parts, const Profile& profile, Lang lang) {
  const auto columns = columns_of(parts);
  const bool judged = !parts.targets.empty() && !profile.sized;
  Table table;
  if (judged) table.column("", Table::Align::kLeft);
  table.column(std::string{say(lang, "from", "时段")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "calls", "来电")});
  table.column(std::string{say(lang, "load", "话务量")});
  table.column(std::string{say(lang, "agents", "坐席数")});
  for (const Indicator* each : columns) table.column(header(*each, parts.queue.within_s, lang));
  const bool exact = profile.exact.day.has_value();
  const auto exact_column = [&](const Indicator& which) {
    if (exact)
      table.column(std::string{say(lang, "exact: ", "精确：")} +
                   header(which, parts.queue.within_s, lang));
  };
  exact_column(level_of(parts));
  exact_column(*find_indicator("answer_rate"));
  const auto exact_figures = [&](const std::optional<ExactFigures>& of,
                                 std::vector<std::string>& row) {
    if (!exact) return;
    row.push_back(exact_cell(of, &ExactFigures::service_level));
    row.push_back(exact_cell(of, &ExactFigures::answer_rate));
  };
  const auto figures = [&](const std::optional<Outcome>& outcome, std::vector<std::string>& cells) {
    for (const Indicator* each : columns)
      cells.push_back(outcome ? show_value(value_of(*each, *outcome), each->unit) : "-");
  };
  for (const IntervalAnswer& each : profile.intervals) {
    std::vector<std::string> cells;
    if (judged) cells.push_back(each.met ? ">" : "");
    cells.push_back(each.interval.name);
    cells.push_back(number(each.interval.calls));
    cells.push_back(fmt::format("{:.1f}", load_of(each.interval.queue)));
    cells.push_back(number(each.agents));
    figures(each.outcome, cells);
    exact_figures(each.exact, cells);
    table.row(std::move(cells));
  }
  table.rule();
  std::vector<std::string> cells;
  if (judged) cells.emplace_back("");
  cells.emplace_back(say(lang, "day", "全天"));
  cells.push_back(number(profile.calls));
  cells.emplace_back("");
  cells.emplace_back("");
  figures(profile.day, cells);
  exact_figures(profile.exact.day, cells);
  table.row(std::move(cells));
  std::string out = headline(parts, profile, lang) + "\n\n" + table.text(0) + "\n";
  const bool any = std::any_of(profile.intervals.begin(), profile.intervals.end(),
                               [](const IntervalAnswer& each) { return each.met; });
  if (judged && any) out += std::string{say(lang, ">: goal met.", ">：达标。")} + "\n";
  return out + statement_text(parts, profile, lang);
}

constexpr std::pair<const char*, double ExactFigures::*> kExact[] = {
    {"exact_service_level", &ExactFigures::service_level},
    {"exact_answer_rate", &ExactFigures::answer_rate},
    {"exact_abandon_rate", &ExactFigures::abandon_rate},
    {"exact_asa_s", &ExactFigures::asa_s},
    {"exact_occupancy", &ExactFigures::occupancy},
    {"exact_level_by_event", &ExactFigures::level_by_event}};

void exact_figures(const std::optional<ExactFigures>& of, JsonWriter& json) {
  for (const auto& [key, which] : kExact) json.field(key, of ? (*of).*which : kNone);
}

std::string as_json(const Question& parts, const Profile& profile) {
  JsonWriter json;
  json.object().field("model", model_name(parts.queue)).field("within_s", parts.queue.within_s);
  json.field("status", !profile.feasible       ? "infeasible"
                       : profile.met           ? "ok"
                       : parts.targets.empty() ? "unstable"
                                               : "goal_missed");
  json.field("calls", profile.calls).field("agent_hours", profile.agent_hours);
  if (profile.lines > 0) json.field("lines", profile.lines);
  if (!profile.requirement.empty()) json.field("requirement", profile.requirement);
  const auto figures = [&](const std::optional<Outcome>& outcome) {
    for (const Indicator& each : indicators())
      json.field(each.key, outcome ? value_of(each, *outcome) : kNone);
  };
  json.key("day").object();
  figures(profile.day);
  exact_figures(profile.exact.day, json);
  json.end().key("profile").array(JsonWriter::Layout::kRows);
  for (const IntervalAnswer& each : profile.intervals) {
    json.object().field("from", each.interval.name).field("minutes", each.interval.length_s / 60);
    json.field("calls", each.interval.calls).field("aht_s", each.interval.queue.aht_s);
    json.field("patience_s", each.interval.queue.patience_s);
    json.field("agents", each.agents).field("met", each.met);
    figures(each.outcome);
    exact_figures(each.exact, json);
    json.end();
  }
  json.end().field(
      "assumptions",
      profile.exact.day
          ? "each interval in steady state on its own; exact_*: the same staff through "
            "the day from an empty centre"
          : "each interval in steady state on its own");
  write_caveats(caveats_of_day(parts, profile, Lang::kEn), json);
  return json.end().take() + "\n";
}

std::string as_csv(const Question&, const Profile& profile) {
  std::string out = "from,minutes,calls,aht_s,patience_s,agents,met";
  for (const Indicator& each : indicators()) out += fmt::format(",{}", each.key);
  for (const auto& each : kExact) out += fmt::format(",{}", each.first);
  out += '\n';
  for (const IntervalAnswer& each : profile.intervals) {
    out += each.interval.name;
    for (const double value :
         {each.interval.length_s / 60, each.interval.calls, each.interval.queue.aht_s,
          each.interval.queue.patience_s, each.agents, each.met ? 1.0 : 0.0})
      out += "," + csv_number(value);
    for (const Indicator& indicator : indicators())
      out += "," + csv_number(each.outcome ? value_of(indicator, *each.outcome) : kNone);
    for (const auto& exact : kExact)
      out += "," + csv_number(each.exact ? (*each.exact).*exact.second : kNone);
    out += '\n';
  }
  return out;
}

}  // namespace callmill::calculator
