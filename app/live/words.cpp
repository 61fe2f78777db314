#include "app/live/words.h"

#include <fmt/format.h>

#include "app/files/text.h"
#include "app/live/phrases.h"

namespace callmill::live {
namespace {

using Kind = Command::Kind;

std::string time_text(SimDuration d) {
  return files::print_duration(to_seconds(d));
}

std::string types_text(const Command& c, Lang lang) {
  if (c.types.empty()) return std::string{say(lang, "all callers", "全部来电")};
  std::string text;
  for (const std::string& type : c.types)
    text += (text.empty() ? "" : std::string{say(lang, ", ", "、")}) + type;
  return text;
}

std::string for_text(const Command& c, Lang lang) {
  if (c.lasts == SimDuration{0}) return {};
  return fmt::format(fmt::runtime(say(lang, " for {}", "，持续 {}")), time_text(c.lasts));
}

std::string percent(double share) {
  return files::print_share(share);
}

// `agents` of them, or all.
std::string people_text(std::int64_t agents, Lang lang) {
  if (agents == 0) return std::string{say(lang, "everybody", "全体")};
  return fmt::format(fmt::runtime(say(lang, "{} people", "{} 人")), agents);
}

std::string notice_text(const Command& c, Lang lang) {
  const std::string queue =
      c.queue.empty() ? std::string{say(lang, "every queue", "所有队列")} : c.queue;
  return fmt::format(fmt::runtime(say(lang, "notice before {}: answers {}, deters {}{}",
                                      "{} 前播放公告：解决 {}，劝退 {}{}")),
                     queue, percent(c.deflect), percent(c.hang_up), for_text(c, lang));
}

}  // namespace

std::string text_of(const Command& c, Lang lang) {
  const auto text = [&](std::string_view en, std::string_view zh, const auto&... args) {
    return fmt::format(fmt::runtime(say(lang, en, zh)), args...);
  };
  switch (c.kind) {
    case Kind::kAgents:
      return c.by >= 0 ? text("{} people more in {}", "{1} 增加 {0} 人", c.by, c.group)
                       : text("{} people fewer in {}", "{1} 减少 {0} 人", -c.by, c.group);
    case Kind::kMove:
      return text("{} people of {} work in {}", "{1} 的 {0} 人调到 {2}", c.agents, c.group, c.to);
    case Kind::kLines:
      return c.by >= 0 ? text("{} lines of {} opened", "{1} 开通 {0} 条中继", c.by, c.trunks)
                       : text("{} lines of {} fail", "{1} 停用 {0} 条中继", -c.by, c.trunks);
    case Kind::kSurge:
      return text("{} call {} times as often{}", "{} 来电量变为 {} 倍{}", types_text(c, lang),
                  files::print_number(c.factor), for_text(c, lang));
    case Kind::kCallIn:
      return text("{} of {} called in", "{1} 召回{0}", people_text(c.agents, lang), c.group);
    case Kind::kEndBreaks:
      return text("breaks of {} end", "{} 结束小休", c.group);
    case Kind::kDelayBreaks:
      return text("breaks of {} begin {} later{}", "{} 的小休推迟 {}{}", c.group,
                  time_text(c.by_time), for_text(c, lang));
    case Kind::kOvertime:
      return text("{} of {} stay {} longer{}", "{1} {0}加班 {2}{3}", people_text(c.agents, lang),
                  c.group, time_text(c.by_time), for_text(c, lang));
    case Kind::kNotice:
      return notice_text(c, lang);
    case Kind::kShed:
      return text("{} of {} refused{}", "拒绝 {1} 的 {0}{2}", percent(c.share), types_text(c, lang),
                  for_text(c, lang));
    case Kind::kOpenStep:
      return text("{} also goes to {}{}", "{} 开放到 {}{}", c.queue, c.group, for_text(c, lang));
    case Kind::kCloseStep:
      return text("{} no longer goes to {}{}", "{} 不再转 {}{}", c.queue, c.group,
                  for_text(c, lang));
    case Kind::kRaiseQueue:
      return text("{} comes first{}", "{} 优先接听{}", c.queue, for_text(c, lang));
    case Kind::kSet:
      return text("{} is {}", "{} 改为 {}", c.path, c.value);
    case Kind::kEnd:
      return text("command {} ended", "结束命令 {}", c.command);
  }
  return {};
}

std::string text_of(const LogEntry& entry, Lang lang) {
  using Entry = LogEntry::Kind;
  const auto text = [&](std::string_view en, std::string_view zh, const auto&... args) {
    return fmt::format(fmt::runtime(say(lang, en, zh)), args...);
  };
  switch (entry.kind) {
    case Entry::kCommand:
      if (!entry.command) return {};
      if (entry.name.empty()) return text_of(*entry.command, lang);
      return text("{}; {}", "{}；{}", text_of(*entry.command, lang),
                  sentence_live(entry.name, lang));
    case Entry::kUndo:
      return text("back to before command {}", "撤回到命令 {} 之前", entry.command_seq);
    case Entry::kRuleBegan:
      return text("rule {} begins", "规则 {} 开始", entry.name);
    case Entry::kRuleEnded:
      return text("rule {} ends", "规则 {} 结束", entry.name);
    case Entry::kEventBegan:
      return text("event {} begins", "事件 {} 开始", entry.name);
    case Entry::kEventEnded:
      return text("event {} ends", "事件 {} 结束", entry.name);
    case Entry::kCommandOver:
      return text("command {} is over", "命令 {} 到期", entry.command_seq);
    case Entry::kDayBegan:
      return std::string{say(lang, "the centre opens", "开门")};
    case Entry::kDayEnded:
      return std::string{say(lang, "the centre closes", "关门")};
    case Entry::kRemark:
      return sentence_live(entry.name, lang);
  }
  return {};
}

std::string text_of(const CommandError& error, Lang lang) {
  const auto in = [&](const std::string& english) { return sentence_live(english, lang); };
  std::string text;
  if (!error.pointer.empty()) text = error.pointer.substr(1) + say(lang, ": ", "：").data();
  text += in(error.detail);
  if (!error.expected.empty()) text += std::string{say(lang, "; ", "；应为")} + in(error.expected);
  if (!error.nearest.empty())
    text += fmt::format(fmt::runtime(say(lang, "; did you mean {}?", "；是否想写 {}？")),
                        error.nearest);
  return text;
}

}  // namespace callmill::live
