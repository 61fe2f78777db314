#include "app/sessions/terminal.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "app/report/table.h"
#include "base/text_width.h"

namespace callmill::live {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

double number_at(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

const json::object& object_at(const json::object& object, const char* name) {
  static const json::object kNone;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_object() ? value->get_object() : kNone;
}

std::string count(const json::object& object, const char* name) {
  return fmt::format("{:.0f}", number_at(object, name));
}

std::string share(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_number()
             ? fmt::format("{:.1f}%", 100 * value->to_number<double>())
             : "-";
}

std::string speed_text(const json::object& clock, Lang lang) {
  const json::value* speed = clock.if_contains("speed");
  std::string text = speed != nullptr && speed->is_number()
                         ? fmt::format("{}x", speed->to_number<double>())
                         : std::string{say(lang, "as fast as it can", "最快")};
  const auto is = [&](const char* name) {
    const json::value* value = clock.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
  };
  if (is("ended")) return std::string{say(lang, "ended", "已结束")};
  if (is("paused")) text += say(lang, ", paused", "，已暂停");
  return text;
}

std::string figures_of(const json::object& state, Lang lang) {
  const json::object& figures = object_at(state, "figures");
  Table table;
  table.column("", Table::Align::kLeft);
  for (const auto& [en, zh] : {std::pair{"offered", "呼入"},
                               {"answered", "接听"},
                               {"abandoned", "放弃"},
                               {"blocked", "占线"},
                               {"service level", "服务水平"},
                               {"ASA", "平均应答"},
                               {"occupancy", "工时利用率"}})
    table.column(std::string{say(lang, en, zh)});
  for (const auto& [key, en, zh] :
       {std::tuple{"now", "this interval", "本时段"}, std::tuple{"day", "day", "全天"}}) {
    const json::object& row = object_at(figures, key);
    table.row({std::string{say(lang, en, zh)}, count(row, "offered"), count(row, "answered"),
               count(row, "abandoned"), count(row, "blocked"), share(row, "service_level"),
               fmt::format("{:.1f} s", number_at(row, "asa_s")), share(row, "occupancy")});
  }
  return table.text();
}

std::string queues_of(const json::object& state, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "queue", "队列")}, Table::Align::kLeft);
  for (const auto& [en, zh] : {std::pair{"waiting", "等待"},
                               {"longest", "最长等待"},
                               {"answered", "接听"},
                               {"service level", "服务水平"}})
    table.column(std::string{say(lang, en, zh)});
  for (const auto& queue : object_at(state, "queues")) {
    const json::object& row = queue.value().as_object();
    const json::object& day = object_at(row, "day");
    table.row({visible(std::string{queue.key()}), count(row, "waiting"),
               fmt::format("{:.0f} s", number_at(row, "longest_s")), count(day, "answered"),
               share(day, "service_level")});
  }
  return table.text();
}

std::string groups_of(const json::object& state, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "group", "坐席组")}, Table::Align::kLeft);
  for (const auto& [en, zh] : {std::pair{"available", "空闲"},
                               {"talk", "通话"},
                               {"wrap", "话后"},
                               {"aux", "小休"},
                               {"occupancy", "工时利用率"}})
    table.column(std::string{say(lang, en, zh)});
  for (const auto& group : object_at(state, "groups")) {
    const json::object& row = group.value().as_object();
    const json::object& agents = object_at(row, "agents");
    table.row({visible(std::string{group.key()}), count(agents, "available"), count(agents, "talk"),
               count(agents, "wrap"), count(agents, "aux"), share(row, "occupancy")});
  }
  return table.text();
}

// How long talks are today, by queue.
std::string talks_of(const json::object& twin, Lang lang) {
  const json::value* talks = twin.if_contains("talks");
  std::string text;
  if (talks == nullptr || !talks->is_array()) return text;
  for (const json::value& talk : talks->get_array()) {
    const json::object& of = talk.as_object();
    text +=
        fmt::format(fmt::runtime(say(lang, "  {}: talks are {} of the scenario's, by {} so far\n",
                                     "  {}：通话时长约为场景的 {}（据已结束的 {} 次通话）\n")),
                    visible(text_at(of, "queue")), share(of, "scale"), count(of, "over"));
  }
  return text;
}

// Of a centre that is followed: from where, how old, and what its events were like.
std::string twin_of(const json::object& state, Lang lang) {
  const json::value* value = state.if_contains("twin");
  if (value == nullptr || !value->is_object()) return "";
  const json::object& twin = value->get_object();
  std::string text = fmt::format(
      fmt::runtime(say(lang,
                       "Follows {}: {} events, the newest {:.0f} s ago; {} late, {} duplicate, {} "
                       "impossible, {} of other days, {} unknown names, {} broken lines\n",
                       "正在跟随 {}：{} 个事件，最新的在 {:.0f} 秒前；迟到 {}，重复 {}，不可能 "
                       "{}，非当日 {}，名称未知 {}，损坏的行 {}\n")),
      visible(text_at(twin, "source")), count(twin, "events"), number_at(twin, "behind_s"),
      count(twin, "late"), count(twin, "duplicate"), count(twin, "impossible"),
      count(twin, "out_of_day"), count(twin, "unknown"), count(twin, "broken_lines"));
  if (const std::string trouble = text_at(twin, "trouble"); !trouble.empty())
    text += visible(trouble) + "\n";
  text += talks_of(twin, lang);
  const json::value* names = twin.if_contains("unknown_names");
  if (names != nullptr && names->is_array())
    for (const json::value& name : names->get_array())
      text += "  " + visible(std::string{name.as_string()}) + "\n";
  return text + "\n";
}

// On a line: how many of its events could not be made use of, and what is wrong with the source.
std::string twin_short(const json::object& state, Lang lang) {
  const json::value* value = state.if_contains("twin");
  if (value == nullptr || !value->is_object()) return "";
  const json::object& twin = value->get_object();
  const double unused = number_at(twin, "impossible") + number_at(twin, "out_of_day") +
                        number_at(twin, "unknown") + number_at(twin, "broken_lines");
  std::string text =
      fmt::format(fmt::runtime(say(lang, "  events {}, unused {:.0f}", "  事件 {}，未采用 {:.0f}")),
                  count(twin, "events"), unused);
  if (const std::string trouble = text_at(twin, "trouble"); !trouble.empty())
    text += "  " + visible(trouble);
  return text;
}

// The newest entries of the log, the last one below.
std::string log_of(const json::object& state, Lang lang) {
  constexpr std::size_t kShown = 5;
  const json::value* log = state.if_contains("log");
  if (log == nullptr || !log->is_array()) return "";
  std::string text;
  const json::array& entries = log->get_array();
  for (std::size_t i = entries.size() - std::min(entries.size(), kShown); i < entries.size(); ++i)
    text += visible(text_at(entries[i].as_object(), lang == Lang::kZh ? "text_zh" : "text")) + "\n";
  return text;
}

}  // namespace

std::string terminal_table(const std::string& state, Lang lang) {
  const json::value document = json::parse(state);
  const json::object& whole = document.as_object();
  const json::object& clock = object_at(whole, "clock");
  return fmt::format("{}  {}  ({}, {} {:.0f} ms)\n\n{}{}\n{}\n{}\n{}",
                     visible(text_at(object_at(whole, "session"), "title")), text_at(clock, "text"),
                     speed_text(clock, lang), say(lang, "lag", "滞后"), number_at(clock, "lag_ms"),
                     twin_of(whole, lang), figures_of(whole, lang), queues_of(whole, lang),
                     groups_of(whole, lang), log_of(whole, lang));
}

std::string terminal_line(const std::string& state, Lang lang) {
  const json::value document = json::parse(state);
  const json::object& whole = document.as_object();
  const json::object& clock = object_at(whole, "clock");
  const json::object& day = object_at(object_at(whole, "figures"), "day");
  double waiting = 0;
  for (const auto& queue : object_at(whole, "queues"))
    waiting += number_at(queue.value().as_object(), "waiting");
  return fmt::format(
      fmt::runtime(say(
          lang,
          "{}  offered {}  answered {}  abandoned {}  blocked {}  service level {}  waiting {}{}\n",
          "{}  呼入 {}  接听 {}  放弃 {}  占线 {}  服务水平 {}  等待 {}{}\n")),
      text_at(clock, "text"), count(day, "offered"), count(day, "answered"),
      count(day, "abandoned"), count(day, "blocked"), share(day, "service_level"),
      fmt::format("{:.0f}", waiting), twin_short(whole, lang));
}

}  // namespace callmill::live
