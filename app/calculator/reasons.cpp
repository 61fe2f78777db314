// Why a question has no answer: what is impossible by itself, told from what is so together.

#include <fmt/format.h>

#include <cmath>

#include "app/calculator/report.h"

namespace callmill::calculator {
namespace {

// Repeated calls beyond what agents can take. The queue's own agents, or as many as are tried.
std::string beyond_capacity(const Queue& queue, Lang lang) {
  const double most = most_calls_per_s(queue);
  if (!(queue.calls_per_s >= most * (1 - 1e-6))) return {};
  const bool zh = lang == Lang::kZh;
  if (most <= 0)
    return zh ? "重复来电无限增长：每次来电都会引来下一次，多少坐席都不够。"
              : "Repeated calls grow without limit: every call brings another, whatever the "
                "agents.";
  return fmt::format(
      fmt::runtime(zh ? "重复来电无限增长：{:.6g} 名坐席每小时至多承受 {:.6g} 次首次来电，而现有 "
                        "{:.6g} 次。"
                      : "Repeated calls grow without limit: {:.6g} agents carry fewer than {:.6g} "
                        "first calls an hour, and {:.6g} come."),
      queue.agents, most * 3600, queue.calls_per_s * 3600);
}

std::string no_figures(const Queue& queue, Lang lang) {
  if (calls_again(queue)) {
    const std::string text = beyond_capacity(queue, lang);
    if (!text.empty()) return text;
  }
  if (queue.loss > 0 && loss_by_ports(queue) > queue.loss)
    return fmt::format(
        fmt::runtime(lang == Lang::kZh
                         ? "仅 {} 个语音端口就有 {:.3g}% 的呼损，再多中继线也无济于事。"
                         : "{} ports alone lose {:.3g}% of the calls, however many "
                           "lines there are."),
        queue.ports, loss_by_ports(queue) * 100);
  if (queue.loss > 0)
    return fmt::format(
        fmt::runtime(lang == Lang::kZh ? "{:.0f} 条以内没有中继线数的呼损率低到 {:g}%。"
                                       : "No number of lines up to {:.0f} loses as few as {:g}%."),
        kMostLinesTried, queue.loss * 100);
  return {};
}

// The level that is left of a target however long T is.
std::string ceiling(const Question& question, Lang lang) {
  constexpr double kEver = 1e9;  // handle times
  Queue queue = question.queue;
  queue.within_s = kEver * queue.aht_s;
  const auto outcome = evaluate(queue);
  if (!outcome || outcome->endless) return no_figures(question.queue, lang);
  const bool zh = lang == Lang::kZh;
  for (const Target& target : question.targets) {
    if (!target.any_within || !target.at_least) continue;
    const double most = value_of(*target.what, *outcome);
    if (most >= target.value) continue;
    return fmt::format(
        fmt::runtime(zh ? "接通率是上限：其余来电已放弃或被阻塞，无论 T 多长都至多 {}。"
                        : "The answer rate is the ceiling: however long T is, {} at the most; the "
                          "others give up or find no line."),
        show_value(most, Measured::kShare));
  }
  return {};
}

// Which of several targets is impossible by itself.
std::string alone(const Question& question, Lang lang) {
  const bool zh = lang == Lang::kZh;
  if (question.targets.size() < 2) return {};
  for (const Target& target : question.targets) {
    Question one = question;
    one.targets = {target};
    if (!std::isnan(solve_for(one))) continue;
    one.queue.loss = 0;
    return fmt::format(fmt::runtime(zh ? "仅 {} 一项就无法满足。" : "{} alone has none either."),
                       targets_text(one, lang));
  }
  return zh ? "各项单独都能满足，但不能同时满足。"
            : "Each of them alone can be had, but not all together.";
}

std::string tried(const Question& question, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const double most =
      question.queue.lines > 0 ? static_cast<double>(question.queue.lines) : kMostAgentsTried;
  const bool lines = question.queue.lines > 0;
  return fmt::format(
      fmt::runtime(zh ? "已试 1 至 {:.0f} 名坐席{}。" : "Tried: 1 to {:.0f} agents{}."), most,
      !lines ? ""
      : zh   ? "(每人占用一条中继线)"
             : ", who need a line each");
}

// With as many ports as lines, the lines alone.
std::string lost_on_lines(const Question& question, Lang lang) {
  Queue queue = question.queue;
  queue.ports = 0;
  const auto outcome = evaluate(queue);
  if (!outcome) return {};
  return fmt::format(
      fmt::runtime(lang == Lang::kZh ? "端口不限时，{} 条中继线本身的呼损率为 {}。"
                                     : "Without a limit on ports the {} lines alone lose {}."),
      queue.lines, show_value(outcome->result.p_block, Measured::kShare));
}

std::string tried_patience(const Question& question, Lang lang) {
  const Queue& queue = question.queue;
  return fmt::format(
      fmt::runtime(lang == Lang::kZh
                       ? "已试 0.001 至 10000 个处理时长的耐心时间；话务量为 {:.4g} 爱尔兰，坐席 "
                         "{:g} 名。"
                       : "Tried: patience from 0.001 to 10,000 handle times; the load is {:.4g} "
                         "erlang, on {:g} agents."),
      load_of(queue), queue.agents);
}

}  // namespace

bool outgrows(const Question& question) {
  return !question.solve && calls_again(question.queue) &&
         question.queue.calls_per_s >= most_calls_per_s(question.queue) * (1 - 1e-6);
}

std::string reason_text(const Question& question, Lang lang) {
  if (!question.solve) return no_figures(question.queue, lang);
  std::string out;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) out += (out.empty() || lang == Lang::kZh ? "" : " ") + text;
  };
  switch (*question.solve) {
    case Input::kWithin:
      add(ceiling(question, lang));
      break;
    case Input::kAgents:
      if (question.queue.loss > 0 && loss_by_ports(question.queue) > question.queue.loss)
        return no_figures(question.queue, lang);
      add(tried(question, lang));
      break;
    case Input::kPorts:
      add(lost_on_lines(question, lang));
      break;
    case Input::kPatience:
      add(tried_patience(question, lang));
      break;
    case Input::kLines:
      add(no_figures(question.queue, lang));
      break;
    case Input::kCalls:
    case Input::kAht:
      break;
  }
  add(alone(question, lang));
  return out;
}

}  // namespace callmill::calculator
