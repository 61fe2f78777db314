#include "app/live/event_lines.h"

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "base/json_keys.h"

namespace callmill {

using live::FloorEvent;
using Kind = FloorEvent::Kind;

void EventReader::feed(std::string_view bytes, std::vector<FloorEvent>& events) {
  splitter_.feed(bytes, [&](std::string_view text) { line(text, events); });
}

EventLineCounts EventReader::counts() const {
  EventLineCounts all = counts_;
  all.lines += splitter_.too_long();
  all.broken += splitter_.too_long();
  return all;
}

void EventReader::ignore(std::string_view verb) {
  constexpr std::size_t kMost = 1000, kLongest = 64;
  const std::string name{verb.substr(0, kLongest)};
  if (counts_.ignored.size() < kMost || counts_.ignored.contains(name)) ++counts_.ignored[name];
}

namespace {

constexpr double kLatest = 1e11;  // seconds since 1970 that are still taken for a time

std::optional<std::int64_t> epoch_us(std::string_view text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || !(seconds >= 0) ||
      seconds > kLatest)
    return std::nullopt;
  return static_cast<std::int64_t>(std::llround(seconds * 1e6));
}

// "2026-05-04T11:00:00.25Z", "+08:00", also with a blank for the T; without a zone: UTC.
std::optional<std::int64_t> iso_us(std::string_view text) {
  const auto number = [&](std::size_t from, std::size_t digits) -> int {
    int value = -1;
    if (from + digits > text.size()) return -1;
    const auto [end, error] =
        std::from_chars(text.data() + from, text.data() + from + digits, value);
    return error == std::errc{} && end == text.data() + from + digits ? value : -1;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2), hour = number(11, 2),
            minute = number(14, 2), second = number(17, 2);
  if (year < 1970 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0 || year > 4000 ||
      hour > 23 || minute > 59 || second > 60 || text[4] != '-' || text[13] != ':')
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  std::int64_t us = std::int64_t{std::chrono::sys_days{date}.time_since_epoch().count()} * 86'400 +
                    hour * 3600 + minute * 60 + second;
  us *= 1'000'000;
  std::size_t i = 19;
  if (i < text.size() && text[i] == '.') {
    std::int64_t unit = 100'000;
    for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, unit /= 10)
      us += (text[i] - '0') * unit;
  }
  if (i == text.size() || text.substr(i) == "Z") return us;
  if (text[i] != '+' && text[i] != '-') return std::nullopt;
  const int off_hours = number(i + 1, 2);
  const int off_minutes = number(i + (i + 3 < text.size() && text[i + 3] == ':' ? 4 : 3), 2);
  if (off_hours < 0 || off_hours > 14 || off_minutes < 0 || off_minutes > 59) return std::nullopt;
  const std::int64_t offset = (off_hours * 60 + off_minutes) * std::int64_t{60'000'000};
  return text[i] == '+' ? us - offset : us + offset;
}

struct Verb {
  std::string_view name;
  Kind kind;
};

// ---- epoch|uniqueid|queue|agent|EVENT|p1|...
class QueueLogReader : public EventReader {
 public:
  void line(std::string_view text, std::vector<FloorEvent>& events) override {
    if (text.empty()) return;
    ++counts_.lines;
    std::array<std::string_view, 5> field;
    for (std::size_t i = 0; i < field.size(); ++i) {
      const std::size_t bar = text.find('|');
      field[i] = text.substr(0, bar);
      if (bar == std::string_view::npos) {
        if (i + 1 < field.size()) {
          ++counts_.broken;
          return;
        }
        break;
      }
      text.remove_prefix(bar + 1);
    }
    const auto at = field[0].find('-') == 4 ? iso_us(field[0]) : epoch_us(field[0]);
    if (!at) {
      ++counts_.broken;
      return;
    }
    for (const Verb& verb : kVerbs)
      if (verb.name == field[4]) {
        events.push_back({verb.kind, *at, said(field[1]), said(field[2]), said(field[3])});
        return;
      }
    ignore(field[4]);
  }

 private:
  static std::string said(std::string_view field) {
    return field == "NONE" ? std::string{} : std::string{field};
  }
  static constexpr std::array kVerbs = {Verb{"ENTERQUEUE", Kind::kEntered},
                                        Verb{"CONNECT", Kind::kConnected},
                                        Verb{"ABANDON", Kind::kAbandoned},
                                        Verb{"COMPLETECALLER", Kind::kCompleted},
                                        Verb{"COMPLETEAGENT", Kind::kCompleted},
                                        Verb{"AGENTDUMP", Kind::kCompleted},
                                        Verb{"SYSCOMPAT", Kind::kCompleted},
                                        Verb{"TRANSFER", Kind::kPassedOn},
                                        Verb{"BLINDTRANSFER", Kind::kPassedOn},
                                        Verb{"ATTENDEDTRANSFER", Kind::kPassedOn},
                                        Verb{"EXITWITHTIMEOUT", Kind::kLeft},
                                        Verb{"EXITEMPTY", Kind::kLeft},
                                        Verb{"EXITWITHKEY", Kind::kLeft},
                                        Verb{"JOINEMPTY", Kind::kBlocked},
                                        Verb{"FULL", Kind::kBlocked},
                                        Verb{"ADDMEMBER", Kind::kLogin},
                                        Verb{"AGENTLOGIN", Kind::kLogin},
                                        Verb{"AGENTCALLBACKLOGIN", Kind::kLogin},
                                        Verb{"REMOVEMEMBER", Kind::kLogout},
                                        Verb{"AGENTLOGOFF", Kind::kLogout},
                                        Verb{"AGENTCALLBACKLOGOFF", Kind::kLogout},
                                        Verb{"PAUSE", Kind::kPaused},
                                        Verb{"PAUSEALL", Kind::kPaused},
                                        Verb{"UNPAUSE", Kind::kResumed},
                                        Verb{"UNPAUSEALL", Kind::kResumed},
                                        Verb{"QUEUESTART", Kind::kRestart}};
};

// ---- blocks of "Key: value", an empty line after each
class AmiReader : public EventReader {
 public:
  explicit AmiReader(std::int64_t (*now_us)()) : now_us_{now_us} {}
  std::string refusal() const override { return refusal_; }

  void line(std::string_view text, std::vector<FloorEvent>& events) override {
    if (!text.empty()) {
      const std::size_t colon = text.find(':');
      if (colon == std::string_view::npos || block_.size() >= kMostFields) return;
      std::string_view value = text.substr(colon + 1);
      while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
      block_.insert_or_assign(std::string{text.substr(0, colon)}, std::string{value});
      return;
    }
    if (block_.empty()) return;
    ++counts_.lines;
    block(events);
    block_.clear();
  }

 private:
  static constexpr std::size_t kMostFields = 200;

  const std::string& field(const char* key) const {
    static const std::string kNone;
    const auto found = block_.find(key);
    return found == block_.end() ? kNone : found->second;
  }

  void block(std::vector<FloorEvent>& events) {
    const std::string& name = field("Event");
    if (name.empty()) {  // an answer to an action
      if (field("Response") == "Error") refusal_ = field("Message");
      return;
    }
    const std::string& stamp = field("Timestamp");
    const std::optional<std::int64_t> at =
        !stamp.empty() ? epoch_us(stamp)
                       : std::optional{now_us_ != nullptr ? now_us_() : std::int64_t{0}};
    if (!at || (stamp.empty() && now_us_ == nullptr)) {
      ++counts_.broken;
      return;
    }
    const std::string& agent = field(field("MemberName").empty() ? "Interface" : "MemberName");
    const auto told = [&](Kind kind) {
      events.push_back({kind, *at, field("Uniqueid"), field("Queue"), agent});
    };
    if (name == "QueueMemberPause")
      return told(field("Paused") == "1" || field("Paused") == "true" ? Kind::kPaused
                                                                      : Kind::kResumed);
    if (name == "AgentComplete")
      return told(field("Reason") == "transfer" ? Kind::kPassedOn : Kind::kCompleted);
    for (const Verb& verb : kEvents)
      if (verb.name == name) return told(verb.kind);
    ignore(name);
  }

  static constexpr std::array kEvents = {
      Verb{"QueueCallerJoin", Kind::kEntered},      Verb{"AgentConnect", Kind::kConnected},
      Verb{"QueueCallerAbandon", Kind::kAbandoned}, Verb{"QueueMemberAdded", Kind::kLogin},
      Verb{"QueueMemberRemoved", Kind::kLogout},    Verb{"AgentLogin", Kind::kLogin},
      Verb{"AgentLogoff", Kind::kLogout},           Verb{"Shutdown", Kind::kRestart}};

  std::int64_t (*now_us_)();
  std::string refusal_;
  std::map<std::string, std::string> block_;
};

// ---- {"event": "connected", "time": 1777892472.5, "call": "17", "queue": "general", "agent":
// "li"}
class JsonLinesReader : public EventReader {
 public:
  void line(std::string_view text, std::vector<FloorEvent>& events) override {
    if (text.find_first_not_of(" \t") == std::string_view::npos) return;
    ++counts_.lines;
    boost::system::error_code error;
    boost::json::parse_options options;
    options.max_depth = 8;
    const boost::json::value value =
        boost::json::parse(boost::json::string_view{text.data(), text.size()}, error, {}, options);
    const boost::json::object* const object = error ? nullptr : value.if_object();
    if (object == nullptr || !double_keys(text).empty() || !take(*object, events)) ++counts_.broken;
  }

 private:
  static std::optional<std::string> word(const boost::json::object& object, const char* key) {
    const boost::json::value* value = object.if_contains(key);
    if (value == nullptr || value->is_null()) return std::string{};
    if (const auto* text = value->if_string()) return std::string{text->data(), text->size()};
    if (const auto* number = value->if_int64()) return std::to_string(*number);
    return std::nullopt;
  }
  static std::optional<std::int64_t> time(const boost::json::value* value) {
    if (value == nullptr) return std::nullopt;
    if (const auto* text = value->if_string()) return iso_us({text->data(), text->size()});
    double seconds = -1;
    if (value->is_number()) seconds = value->to_number<double>();
    if (!(seconds >= 0) || seconds > kLatest) return std::nullopt;
    return static_cast<std::int64_t>(std::llround(seconds * 1e6));
  }

  bool take(const boost::json::object& object, std::vector<FloorEvent>& events) {
    const auto name = word(object, "event"), call = word(object, "call"),
               queue = word(object, "queue"), agent = word(object, "agent");
    const auto at = time(object.if_contains("time"));
    if (!name || !call || !queue || !agent || !at || name->empty()) return false;
    for (std::size_t k = 0; k < live::kFloorEvents; ++k) {
      const auto kind = static_cast<Kind>(k);
      if (live::name_of(kind) != *name) continue;
      events.push_back({kind, *at, *call, *queue, *agent});
      return true;
    }
    ignore(*name);
    return true;
  }
};

}  // namespace

std::unique_ptr<EventReader> make_reader(EventFormat format, std::int64_t (*now_us)()) {
  switch (format) {
    case EventFormat::kAmi:
      return std::make_unique<AmiReader>(now_us);
    case EventFormat::kJson:
      return std::make_unique<JsonLinesReader>();
    case EventFormat::kQueueLog:
      break;
  }
  return std::make_unique<QueueLogReader>();
}

}  // namespace callmill
