// Sentences that several reports share.

#include <fmt/format.h>

#include <cmath>

#include "app/calculator/report.h"

namespace callmill::calculator {

// Where T is the unknown, or varied, a level stands without it.
std::string target_text(const Target& target, Lang lang) {
  const bool share = target.what->unit == Measured::kShare;
  const double value = share ? target.value * 100 : target.value;
  if (target.any_within && target.what->key == "service_level")
    return fmt::format(fmt::runtime(lang == Lang::kZh ? "接通率 ≥ {:g}%" : "{:g}% answered"),
                       value);
  if (target.what->key == "service_level") {
    return lang == Lang::kZh ? fmt::format("{:g} 秒接通率 ≥ {:g}%", target.within_s, value)
                             : fmt::format("{:g}% answered in {:g} s", value, target.within_s);
  }
  const std::string name =
      target.any_within
          ? fmt::format(fmt::runtime(say(lang, target.what->en, target.what->zh)), "T")
          : header(*target.what, target.within_s, lang);
  return fmt::format("{} {} {:g}{}", name, target.at_least ? "≥" : "≤", value,
                     share ? std::string_view{"%"} : say(lang, " s", " 秒"));
}

std::string targets_text(const Question& question, Lang lang) {
  std::string out;
  for (const Target& target : question.targets)
    out += (out.empty() ? "" : ", ") + target_text(target, lang);
  if (question.queue.loss > 0) {
    const Target loss{.what = find_indicator("loss_rate"), .value = question.queue.loss};
    out += (out.empty() ? "" : ", ") + target_text(loss, lang);
  }
  return out;
}

namespace {

std::string patience_text(const Queue& queue, Lang lang) {
  const bool zh = lang == Lang::kZh;
  if (queue.agents_are_lines) return zh ? "无人排队" : "nobody waits";
  std::string out;
  if (queue.patience_law)
    out = fmt::format(fmt::runtime(zh ? "耐心时间 {}" : "patience {}"),
                      describe(*queue.patience_law));
  else if (queue.patience_s < kForever)
    out = fmt::format(
        fmt::runtime(zh ? "耐心时间指数分布，均值 {:g} 秒" : "exponential patience, mean {:g} s"),
        queue.patience_s);
  else
    out = zh ? "来电者永不放弃" : "callers never give up";
  if (queue.balks > 0)
    out += fmt::format(fmt::runtime(zh ? ",{:g}% 见须排队即挂断" : ", {:g}% hang up at once"),
                       queue.balks * 100);
  if (queue.never_leaves > 0)
    out += fmt::format(fmt::runtime(zh ? ",{:g}% 永不放弃" : ", {:g}% never do"),
                       queue.never_leaves * 100);
  return out;
}

std::string handle_text(const Queue& queue, Lang lang) {
  const bool zh = lang == Lang::kZh;
  if (!has_general_handle(queue))
    return fmt::format(fmt::runtime(zh ? "通话加话后处理时长指数分布，均值 {:g} 秒"
                                       : "exponential handle time, mean {:g} s"),
                       queue.aht_s);
  return fmt::format(fmt::runtime(zh ? "通话加话后处理时长 {}，均值 {:g} 秒，近似解"
                                     : "handle time {}, mean {:g} s, by an approximation"),
                     describe(*queue.handle_law), queue.aht_s);
}

std::string ports_text(const Queue& queue, Lang lang) {
  if (!has_ports(queue)) return {};
  return fmt::format(fmt::runtime(lang == Lang::kZh ? "，菜单同时至多 {} 人，时长指数分布"
                                                    : ", {} callers in it at the most, whose time "
                                                      "there is exponential"),
                     queue.ports);
}

std::string lines_text(const Queue& queue, Lang lang) {
  const bool zh = lang == Lang::kZh;
  if (has_menu(queue))
    return fmt::format(
        fmt::runtime(zh ? "菜单平均 {:g} 秒{}，{:g}% 转人工，整个通话占用一条中继线"
                        : "a menu of {:g} s on average{}, after which {:g}% ask for an agent; a "
                          "line is held throughout"),
        queue.menu_s, ports_text(queue, lang), queue.agent_share * 100);
  if (has_lines(queue)) return zh ? "中继线占满时呼损" : "calls beyond the lines are lost";
  return zh ? "中继线不限" : "lines without limit";
}

// In full, never as a power of ten.
std::string plain(double value) {
  return value < 1e5 ? fmt::format("{:g}", value) : fmt::format("{:.0f}", value);
}

std::string redials_text(const Queue& queue, Lang lang) {
  const bool zh = lang == Lang::kZh;
  if (!calls_again(queue)) return zh ? "无重拨" : "no redials";
  return fmt::format(
      fmt::runtime(zh ? "重拨：呼损者 {:g}%，放弃者 {:g}%，未解决者({:g}%)中 {:g}%，间隔较长"
                      : "of the lost {:g}% call again, of those who gave up {:g}%, of the "
                        "{:g}% whose matter stays open {:g}%, after long delays"),
      queue.again.blocked * 100, queue.again.abandoned * 100, (1 - queue.fcr) * 100,
      queue.again.open * 100);
}

}  // namespace

std::string model_text(const Queue& queue, Lang lang) {
  const bool zh = lang == Lang::kZh;
  return fmt::format(
      fmt::runtime(
          zh ? "模型 {}：泊松到达 {} 次/小时，{}(话务量 {} 爱尔兰)，{}，{}，稳态，{}。"
             : "Model {}: Poisson arrivals, {} an hour; {} ({} erlang); {}; {}; steady state; "
               "{}."),
      model_name(queue, lang), plain(queue.calls_per_s * 3600), handle_text(queue, lang),
      load_of(queue) < 1e4 ? fmt::format("{:.4g}", load_of(queue))
                           : plain(std::round(load_of(queue))),
      patience_text(queue, lang), lines_text(queue, lang), redials_text(queue, lang));
}

std::string columns_note(const Question& question, Lang lang) {
  const Indicator& level = level_of(question);
  if (level.key == "service_level")
    return lang == Lang::kZh
               ? "T 秒接通率 = T 秒内接通量 / (接通量 + 放弃量)。平均应答速度：接通来电的平均等待。"
               : "Answered in T: calls answered within T / (answered + abandoned). ASA: "
                 "mean wait of answered calls.";
  return fmt::format(
      fmt::runtime(lang == Lang::kZh
                       ? "{} = {}：A 接通，B 放弃，A(T)、B(T) 为 T 秒内，N "
                         "为全部来电。平均应答速度：接通来电的平均等待。"
                       : "{}: {}; A answered, B abandoned, A(T) and B(T) within T, N all calls. "
                         "ASA: mean wait of answered calls."),
      header_in_t(level, lang), level.formula);
}

std::string header_in_t(const Indicator& indicator, Lang lang) {
  if (indicator.key == "service_level")
    return std::string{say(lang, "answered in T", "T 秒接通率")};
  return fmt::format(fmt::runtime(say(lang, indicator.en, indicator.zh)), say(lang, "T", "T 秒"));
}

std::vector<const Indicator*> columns_of(const Question& question) {
  if (!question.show.empty()) return question.show;
  std::vector<const Indicator*> out;
  out.push_back(&level_of(question));
  for (const char* key : {"answer_rate", "abandon_rate", "asa_s", "occupancy", "wait_rate"})
    out.push_back(find_indicator(key));
  bool lines = has_lines(question.queue) || question.solve == Input::kLines;
  const auto loses = [](Input input) { return input == Input::kLines || input == Input::kPorts; };
  for (const Axis& axis : question.table) lines = lines || loses(axis.input);
  if (lines) out.push_back(find_indicator("loss_rate"));
  return out;
}

}  // namespace callmill::calculator
