#include "app/calculator/caveats.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/report/json.h"

namespace callmill::calculator {
namespace {

std::string percent(double share) {
  return show_value(share, Measured::kShare);
}
double chosen_value(std::string_view key, const Outcome& outcome) {
  return value_of(*find_indicator(key), outcome);
}
std::string minutes(double seconds, Lang lang) {
  if (seconds < 90) return fmt::format("{:.0f} {}", seconds, say(lang, "s", "秒"));
  return fmt::format("{:.0f} {}", seconds / 60, say(lang, "min", "分钟"));
}

// Rows whose load is not below their agents, of patient callers and unlimited lines.
void unstable(const Answer& answer, Lang lang, std::vector<Caveat>& out) {
  double most = 0;
  bool all = true;
  for (const Row& row : answer.rows) {
    if (row.outcome.endless) most = std::max(most, row.outcome.queue.agents);
    all = all && row.outcome.endless;
  }
  if (most == 0) return;
  const double load = load_of(answer.rows[answer.chosen].outcome.queue);
  out.push_back(
      {"unstable",
       lang == Lang::kZh
           ? fmt::format("话务量为 {:.4g} 爱尔兰：不多于 {:g} 名坐席时排队无限增长，{}没有数值。",
                         load, most, all ? "以上各行" : "标为 - 的行")
           : fmt::format("The load is {:.4g} erlang: with {} or fewer the queue grows "
                         "without limit, and {} no figures.",
                         load, most == 1 ? "1 agent" : fmt::format("{:g} agents", most),
                         all ? "there are" : "the rows marked - have"),
       "callers: patience"});
}

// After three relaxation times 5 % of the start is left (e^-3): an interval ought to last longer.
void slow(const Question& question, const Outcome& outcome, Lang lang, std::vector<Caveat>& out) {
  const double settle = 3 * relaxation_s(outcome);
  if (outcome.queue.agents_are_lines || !std::isfinite(settle) || !(settle > question.interval_s))
    return;
  out.push_back(
      {"slow",
       lang == Lang::kZh
           ? fmt::format("系统约需 {} 才能忘掉初始状态，长于 {} "
                         "的时段；来电在时段间变化时，实际值会偏离稳态。",
                         minutes(settle, lang), minutes(question.interval_s, lang))
           : fmt::format("The queue takes about {} to forget how it began, longer than an interval "
                         "of {}: where calls change between intervals, the day is not steady.",
                         minutes(settle, lang), minutes(question.interval_s, lang)),
       "callers: volume, groups: staff"});
}

// From 1 % lost calls on: what half of them calling again would do, by the fixed point of the rate.
void redials(const Indicator& level, const Outcome& outcome, Lang lang, std::vector<Caveat>& out) {
  const double lost = outcome.result.p_abandon + outcome.result.p_block;
  if (outcome.endless || lost < 0.01 || calls_again(outcome.queue)) return;
  constexpr double kShare = 0.5;
  Outcome again = outcome;
  for (int i = 0; i < 50; ++i) {
    const double gone = again.result.p_abandon + again.result.p_block;
    Queue queue = outcome.queue;
    queue.loss = 0;
    queue.calls_per_s = outcome.queue.calls_per_s / (1 - kShare * gone);
    const auto next = evaluate(queue);
    if (!next) return;
    const bool settled = std::abs(next->queue.calls_per_s - again.queue.calls_per_s) <
                         1e-9 * again.queue.calls_per_s;
    again = *next;
    if (settled) break;
  }
  const double before = value_of(level, outcome);
  const double after = value_of(level, again);
  const double growth = again.queue.calls_per_s / outcome.queue.calls_per_s - 1;
  out.push_back(
      {"redials",
       lang == Lang::kZh
           ? fmt::format("{} 的来电未获接听；若其中一半重拨，来电增加 {}，{} 从 {} 变为 {}。",
                         percent(lost), percent(growth),
                         header(level, outcome.queue.within_s, lang), percent(before),
                         percent(after))
           : fmt::format("{} of the calls go unanswered: if half of them call again, calls grow by "
                         "{} and {} goes from {} to {}.",
                         percent(lost), percent(growth),
                         header(level, outcome.queue.within_s, lang), percent(before),
                         percent(after)),
       "callers: redial"});
}

// Without a line limit: the lines that make that true to 0.1 % of calls.
void lines(const Outcome& outcome, Lang lang, std::vector<Caveat>& out) {
  const Queue& q = outcome.queue;
  if (has_lines(q) || outcome.endless || q.agents != std::floor(q.agents)) return;
  Queue sized = q;
  sized.loss = 1e-3;
  const auto limited = evaluate(sized);
  if (!limited) return;
  const std::int64_t needed = limited->queue.lines;
  if (needed <= static_cast<std::int64_t>(q.agents)) return;  // as many lines as agents do
  out.push_back(
      {"lines",
       lang == Lang::kZh
           ? fmt::format("中继线少于 {} 条时，呼损率超过 0.1%。", needed)
           : fmt::format("With fewer than {} lines more than 0.1% of calls are lost.", needed),
       "lines"});
}

// Patient callers of whom more than 1 % would wait longer than a minute: some will not.
void patience(const Outcome& outcome, Lang lang, std::vector<Caveat>& out) {
  const Queue& q = outcome.queue;
  if (q.patience_s < kForever || q.agents_are_lines || outcome.endless) return;
  constexpr double kLong = 60;
  Queue queue = outcome.queue;
  queue.loss = 0;
  queue.within_s = kLong;
  const auto minute = evaluate(queue);
  if (!minute) return;
  const double waiting = chosen_value("wait_over_rate", *minute);
  if (waiting < 0.01) return;
  out.push_back(
      {"patience",
       lang == Lang::kZh
           ? fmt::format("{} 的来电等待超过 1 分钟；实际会有人放弃，等待因此变短(--patience)。",
                         percent(waiting))
           : fmt::format(
                 "{} of the calls would wait longer than a minute: some will hang up, which "
                 "shortens the wait of the others (--patience).",
                 percent(waiting)),
       "callers: patience"});
}

// Beyond what was measured. Without patience the mean wait of Allen & Cunneen (1990) stands beside
// it, which for one agent is exact (Pollaczek-Khinchine): (1 + c2) / 2 times Erlang C's.
void outside_measured(const Outcome& outcome, Lang lang, std::vector<Caveat>& out) {
  const Queue& q = outcome.queue;
  const double square = variance(*q.handle_law) / (q.aht_s * q.aht_s);
  const bool patient = !(q.patience_s < kForever) && q.balks == 0;
  if (!patient && square <= 6 && q.agents >= 3) return;
  std::string text{
      say(lang,
          "This queue lies outside what was measured (c2 above 6, fewer than 3 agents, "
          "or nobody gives up): take it as a first guess.",
          "此队列超出了已测范围（变异系数平方大于 6、坐席少于 3 名或无人放弃）：仅作"
          "初步估计。")};
  if (patient && q.lines == 0) {
    Queue same = q;
    same.handle_law.reset();
    const auto exponential = evaluate(same);
    if (exponential && !exponential->endless)
      text += fmt::format(
          fmt::runtime(say(lang, " By Allen-Cunneen the mean wait is {:.1f} s{}.",
                           "按 Allen-Cunneen 公式平均等待为 {:.1f} 秒{}。")),
          exponential->result.mean_wait_served * (1 + square) / 2,
          q.agents == 1 ? say(lang, ", exact for one agent", "，单坐席时为精确值") : "");
  }
  out.push_back({"outside_measured", std::move(text), "callers: talk, wrap"});
}

// Measured against simulation over three grids of centres: docs/models/general-patience.md.
void approximate(const Outcome& outcome, Lang lang, std::vector<Caveat>& out) {
  if (!has_general_handle(outcome.queue) || outcome.endless) return;
  out.push_back(
      {"approximate",
       std::string{
           say(lang,
               "Handle times of any law have no exact formula: with patience, for 12 laws of "
               "c2 up to 6 and 3 to 150 agents, abandonment is off by 0.2 points on average "
               "(1.1 at the most), answered within T by 0.7 (7.2: few agents, all calls "
               "alike long), mean waits by 4% (37%).",
               "任意分布的处理时长没有精确公式：有耐心限制、变异系数平方至 6、坐席 3 至 150 名"
               "时，对 12 种分布，放弃率平均偏差 0.2 个百分点(至多 1.1)，T 秒接通率 0.7(至多 "
               "7.2：坐席少且通话等长时)，平均等待 4%(至多 37%)。")},
       "callers: talk, wrap"});
  outside_measured(outcome, lang, out);
}

// Handle times that are not exponential: without abandonment the mean wait goes as (1 + cv^2) / 2
// (Allen & Cunneen 1990), which is 5 % or more of calls' business from P(wait) = 5 % on.
void spread(const Outcome& outcome, Lang lang, std::vector<Caveat>& out) {
  if (outcome.queue.patience_s < kForever || has_general_patience(outcome.queue) ||
      has_general_handle(outcome.queue) || outcome.endless || has_lines(outcome.queue))
    return;
  if (chosen_value("wait_rate", outcome) < 0.05) return;
  const double asa = outcome.result.mean_wait_served;
  out.push_back(
      {"spread",
       lang == Lang::kZh
           ? fmt::format(
                 "平均等待随处理时长的离散程度变化：时长恒定时约 {:.1f} 秒，标准差为均值 1.5 "
                 "倍时约 {:.1f} 秒。",
                 asa / 2, asa * (1 + 1.5 * 1.5) / 2)
           : fmt::format("The mean wait goes with the spread of handle times: about {:.1f} s where "
                         "all last the same, {:.1f} s where their sd is 1.5 means.",
                         asa / 2, asa * (1 + 1.5 * 1.5) / 2),
       "callers: talk"});
}

// Exponential patience against the lognormal law of the same mean and sd, where many give up: what
// counts is how many hang up in the first seconds (Zeltyn & Mandelbaum 2005).
void patience_law(const Indicator& level, const Outcome& outcome, Lang lang,
                  std::vector<Caveat>& out) {
  const Queue& q = outcome.queue;
  if (!(q.patience_s < kForever) || has_general_patience(q)) return;
  if (outcome.result.p_abandon < 0.01) return;
  if (has_menu(q)) {  // no formula has a menu and another law
    out.push_back(
        {"patience_law",
         std::string{say(lang,
                         "Patience is taken as exponential: of another law, how many hang "
                         "up in the first seconds changes these figures.",
                         "耐心时间按指数分布计算；若为其他分布，最初几秒的挂断会改变"
                         "这些数值。")},
         "callers: patience"});
    return;
  }
  Queue other = q;
  other.loss = 0;
  // No formula has repeated calls too: the law is changed at as many calls of all kinds.
  other.calls_per_s = outcome.attempts_per_s;
  other.again = {};
  other.fcr = 1;
  other.patience_law = LognormalLaw{q.patience_s, q.patience_s};
  const auto with = evaluate(other);
  if (!with) return;
  const double before = value_of(level, outcome);
  const double after = value_of(level, *with);
  if (std::abs(after - before) < 0.005) return;
  const std::string label = header(level, q.within_s, lang);
  out.push_back(
      {"patience_law",
       lang == Lang::kZh
           ? fmt::format(
                 "若耐心时间为均值、标准差相同的对数正态分布，{}为 {} 而非 {}(--patience-law)。",
                 label, percent(after), percent(before))
           : fmt::format(
                 "Were patience lognormal with the same mean and sd, {} would be {} instead of "
                 "{} (--patience-law).",
                 label, percent(after), percent(before)),
       "callers: patience"});
}

// The fixed point takes repeated calls for Poisson, as they are after long delays; soon after, they
// find the queue as full as it was.
void delays(const Outcome& outcome, Lang lang, std::vector<Caveat>& out) {
  const double settle = 3 * relaxation_s(outcome);
  if (!calls_again(outcome.queue) || !std::isfinite(settle)) return;
  out.push_back(
      {"delays",
       lang == Lang::kZh
           ? fmt::format("重拨间隔短于约 {} 时，重拨者遇到的仍是同样拥挤的系统，实际更差。",
                         minutes(settle, lang))
           : fmt::format(
                 "Callers who call again within about {} find the queue as full as they left "
                 "it, and do worse than this.",
                 minutes(settle, lang)),
       "callers: redial, resolution"});
}

// Where calls wait or are lost others could help, or these help others: from 5 % of them on, and
// where the agents do not suffice.
void overflow(const Answer& answer, Lang lang, std::vector<Caveat>& out) {
  constexpr double kMany = 0.05;
  const Outcome& outcome = answer.rows[answer.chosen].outcome;
  const Queue& q = outcome.queue;
  const bool waits = outcome.endless || outcome.result.p_wait + outcome.result.p_block >= kMany;
  if (answer.met() && load_of(q) <= q.agents && !waits) return;
  out.push_back(
      {"overflow",
       std::string{say(lang,
                       "Calls that overflow to other groups, or from them, are no part of "
                       "this: the agents here are on their own.",
                       "溢出到其他坐席组或从其他组溢入的来电未计入：这里的坐席组独立运行。")},
       "queues, groups"});
}

}  // namespace

std::string caveats_text(const std::vector<Caveat>& caveats, Lang lang) {
  std::string out;
  for (const Caveat& each : caveats) {
    out += fmt::format("- {}", each.text);
    if (!each.scenario.empty())
      out += fmt::format(" {}{}{}", say(lang, "To simulate: ", "仿真时写："), each.scenario,
                         say(lang, ".", "。"));
    out += '\n';
  }
  return out;
}

void write_caveats(const std::vector<Caveat>& caveats, JsonWriter& json) {
  json.key("caveats").array(JsonWriter::Layout::kRows);
  for (const Caveat& each : caveats) {
    json.object().field("code", each.code).field("text", each.text);
    json.field("scenario", each.scenario).end();
  }
  json.end();
}

std::vector<Caveat> caveats(const Question& question, const std::vector<Point>& points, Lang lang) {
  const Point* busiest = nullptr;
  std::size_t endless = 0;
  for (const Point& point : points) {
    if (!point.outcome) continue;
    if (point.outcome->endless)
      ++endless;
    else if (busiest == nullptr || is_busier(*point.outcome, *busiest->outcome))
      busiest = &point;
  }
  std::vector<Caveat> out;
  const bool zh = lang == Lang::kZh;
  if (endless > 0)
    out.push_back({"unstable",
                   fmt::format(fmt::runtime(zh ? "{1} 格中有 {0} 格排队无限增长，没有数值。"
                                               : "In {} of {} cells the queue grows without limit, "
                                                 "and there are no figures."),
                               endless, points.size()),
                   "callers: patience"});
  if (busiest == nullptr) return out;
  Answer cell;
  cell.feasible = true;
  cell.rows.push_back({*busiest->outcome, busiest->met});
  std::string where;
  for (std::size_t i = 0; i < busiest->at.size(); ++i) {
    const InputInfo& info = info_of(question.table[i].input);
    where += fmt::format("{}{} {:.6g}", i > 0 ? ", " : "", say(lang, info.en, info.zh),
                         busiest->at[i] * info.shown_per_unit);
  }
  for (Caveat& each : caveats(question, cell, lang)) {
    each.text = fmt::format(fmt::runtime(zh ? "最忙的一格({}):{}" : "Busiest cell ({}): {}"), where,
                            each.text);
    out.push_back(std::move(each));
  }
  return out;
}

std::vector<Caveat> caveats(const Question& question, const Answer& answer, Lang lang) {
  std::vector<Caveat> out;
  if (!answer.feasible) return out;
  const Outcome& outcome = answer.rows[answer.chosen].outcome;
  unstable(answer, lang, out);
  if (!outcome.endless) slow(question, outcome, lang, out);
  redials(level_of(question), outcome, lang, out);
  lines(outcome, lang, out);
  patience(outcome, lang, out);
  patience_law(level_of(question), outcome, lang, out);
  approximate(outcome, lang, out);
  delays(outcome, lang, out);
  spread(outcome, lang, out);
  overflow(answer, lang, out);
  return out;
}

}  // namespace callmill::calculator
