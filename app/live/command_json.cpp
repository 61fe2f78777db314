#include "app/live/command_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <map>

#include "app/files/text.h"
#include "app/live/phrases.h"
#include "app/report/json.h"
#include "base/diagnostic.h"
#include "base/json_keys.h"

namespace callmill::live {
namespace {

namespace json = boost::json;
using Kind = Command::Kind;

constexpr std::size_t kMostBytes = 1u << 16, kMostCommands = 100;
constexpr std::size_t kLongestText = 2000;

struct Keys {
  std::vector<std::string> needed, allowed;
};
const Keys& keys_of(Kind kind) {
  static const std::map<Kind, Keys> all{
      {Kind::kAgents, {{"group", "by"}, {}}},
      {Kind::kMove, {{"group", "to", "agents"}, {}}},
      {Kind::kLines, {{"trunks", "by"}, {}}},
      {Kind::kSurge, {{"factor"}, {"types", "for"}}},
      {Kind::kCallIn, {{"group"}, {"agents"}}},
      {Kind::kEndBreaks, {{"group"}, {}}},
      {Kind::kDelayBreaks, {{"group", "by"}, {"for"}}},
      {Kind::kOvertime, {{"group", "by"}, {"agents", "for"}}},
      {Kind::kNotice, {{}, {"queue", "deflect", "hang_up", "for"}}},
      {Kind::kShed, {{"share"}, {"types", "for"}}},
      {Kind::kOpenStep, {{"queue", "group"}, {"for"}}},
      {Kind::kCloseStep, {{"queue", "group"}, {"for"}}},
      {Kind::kRaiseQueue, {{"queue"}, {"for"}}},
      {Kind::kSet, {{"path", "value"}, {}}},
      {Kind::kEnd, {{"command"}, {}}}};
  return all.at(kind);
}

bool by_is_time(Kind kind) {
  return kind == Kind::kDelayBreaks || kind == Kind::kOvertime;
}

std::string list_of(const std::vector<std::string>& words) {
  return "one of " + files::one_of(words);
}

// To 12 significant digits: Boost.JSON reads the last bit of a double now wrongly, and what was
// read must be what is written and read again.
double number_of(const json::value& value) {
  const std::string text = fmt::format("{:.12g}", value.to_number<double>());
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string text_of(const json::value& value) {
  return value.is_double() ? files::print_number(number_of(value)) : json::serialize(value);
}

std::string shown(const json::value& value) {
  std::string text = text_of(value);
  if (text.size() > 40) text = text.substr(0, 37) + "...";
  return text;
}

class Reader {
 public:
  Reader(std::string at, std::vector<CommandError>& errors) : at_{std::move(at)}, errors_{errors} {}

  // `partly`: of a command that has errors, with what could be read; none where not even which.
  std::optional<Command> read(const json::value& value, std::optional<Command>* partly = nullptr) {
    const std::size_t before = errors_.size();
    const json::object* object = value.if_object();
    if (object == nullptr) {
      add("", shown(value) + " is no command", "an object with the key do");
      return {};
    }
    const json::value* what = object->if_contains("do");
    if (what == nullptr || !what->is_string()) {
      add("/do", what == nullptr ? "there is no do" : shown(*what) + " is no command",
          list_of(command_names()));
      return {};
    }
    const std::string word{what->as_string()};
    const auto& names = command_names();
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) {
      add("/do", "\"" + word + "\" is no command", list_of(names), nearest(word, names));
      return {};
    }
    command_.kind = static_cast<Kind>(found - names.begin());
    const Keys& keys = keys_of(command_.kind);
    std::vector<std::string> known = keys.needed;
    known.insert(known.end(), keys.allowed.begin(), keys.allowed.end());
    for (const std::string& key : keys.needed)
      if (!object->contains(key))
        add("/" + key, fmt::format("\"{}\" needs {}", word, key), key_expects(key));
    for (const auto& [key, entry] : *object) {
      const std::string name{key};
      if (name == "do") continue;
      if (name == "note")
        text(name, entry, command_.note, true);
      else if (std::find(known.begin(), known.end(), name) != known.end())
        field(name, entry);
      else
        add("/" + escaped(name), fmt::format("\"{}\" has no {}", word, name),
            known.empty() ? "" : list_of(known), nearest(name, known));
    }
    if (partly != nullptr) *partly = command_;
    return errors_.size() == before ? std::optional{command_} : std::nullopt;
  }

 private:
  void add(const std::string& field, std::string detail, std::string expected = {},
           std::string near = {}) {
    errors_.push_back({at_ + field, std::move(detail), std::move(expected), std::move(near)});
  }
  static std::string escaped(const std::string& key) {  // RFC 6901
    std::string out;
    for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
  }
  std::string key_expects(const std::string& key) const {
    if (key == "by") return by_is_time(command_.kind) ? "a time such as 15min" : "a whole number";
    if (key == "agents" || key == "command") return "a whole number";
    if (key == "factor") return "a number";
    if (key == "share") return "a share, 0 to 1";
    return "a text";
  }
  void field(const std::string& key, const json::value& value) {
    Command& c = command_;
    if (key == "group") return text(key, value, c.group);
    if (key == "to") return text(key, value, c.to);
    if (key == "trunks") return text(key, value, c.trunks);
    if (key == "queue") return text(key, value, c.queue);
    if (key == "path") return text(key, value, c.path);
    if (key == "types") return texts(key, value, c.types);
    if (key == "by" && by_is_time(c.kind)) return time(key, value, c.by_time);
    if (key == "by") return whole(key, value, c.by, -100000);
    if (key == "agents") return whole(key, value, c.agents, 0);
    if (key == "factor") return number(key, value, c.factor);
    if (key == "share") return share(key, value, c.share);
    if (key == "deflect") return share(key, value, c.deflect);
    if (key == "hang_up") return share(key, value, c.hang_up);
    if (key == "for") return time(key, value, c.lasts);
    if (key == "value") {
      if (value.is_string()) return text(key, value, c.value, true);
      c.value = text_of(value);
      return;
    }
    std::int64_t seq = 0;
    whole(key, value, seq, 1);
    c.command = static_cast<std::uint64_t>(seq);
  }
  void text(const std::string& key, const json::value& value, std::string& into,
            bool may_be_empty = false) {
    const json::string* found = value.if_string();
    if (found == nullptr || found->size() > kLongestText || (found->empty() && !may_be_empty)) {
      add("/" + key, shown(value), "a text");
      return;
    }
    into.assign(found->data(), found->size());
  }
  void texts(const std::string& key, const json::value& value, std::vector<std::string>& into) {
    const json::array* list = value.if_array();
    if (list == nullptr || list->empty() || list->size() > kMostCommands) {
      add("/" + key, shown(value), "a list of names; leave it out for all");
      return;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      into.emplace_back();
      text(fmt::format("{}/{}", key, i), (*list)[i], into.back());
    }
  }
  void whole(const std::string& key, const json::value& value, std::int64_t& into,
             std::int64_t least) {
    boost::system::error_code bad;
    const auto n = value.is_number() ? value.to_number<std::int64_t>(bad) : 0;
    if (!value.is_number() || bad || n < least || n > 1'000'000'000)
      add("/" + key, shown(value), "a whole number");
    else
      into = n;
  }
  void number(const std::string& key, const json::value& value, double& into) {
    if (!value.is_number())
      add("/" + key, shown(value), "a number");
    else
      into = number_of(value);
  }
  void share(const std::string& key, const json::value& value, double& into) {
    if (value.is_number()) {
      into = number_of(value);
      return;
    }
    files::Slip slip;
    const auto found =
        value.is_string() ? files::parse_share(value.as_string(), slip) : std::optional<double>{};
    if (found)
      into = *found;
    else
      add("/" + key, shown(value), "a share, 0 to 1");
  }
  void time(const std::string& key, const json::value& value, SimDuration& into) {
    files::Slip slip;
    std::optional<double> s;
    if (value.is_string()) s = files::parse_duration(value.as_string(), slip);
    if (value.is_number()) s = number_of(value);
    if (!s || !(*s > 0) || *s > to_seconds(kLongestHorizon))
      add("/" + key, shown(value), "a time such as 15min");
    else
      into = from_seconds(*s);
  }

  std::string at_;
  std::vector<CommandError>& errors_;
  Command command_;
};

std::optional<json::value> parse(std::string_view text, std::vector<CommandError>& errors) {
  if (text.size() > kMostBytes) {
    errors.push_back(
        {"", fmt::format("{} bytes", text.size()), fmt::format("at most {}", kMostBytes), ""});
    return {};
  }
  json::parse_options options;
  options.max_depth = 16;
  boost::system::error_code bad;
  json::value value = json::parse({text.data(), text.size()}, bad, {}, options);
  if (!bad) {
    add_double_keys(text, errors);
    return value;
  }
  errors.push_back({"", "not JSON: " + bad.message(), "an object with the key do", ""});
  return {};
}

}  // namespace

void add_double_keys(std::string_view json, std::vector<CommandError>& errors) {
  for (const DoubleKey& twice : double_keys(json))
    errors.push_back({twice.pointer, in_words(twice), "each key once", ""});
}

std::optional<Command> command_from_json(std::string_view text, std::vector<CommandError>& errors,
                                         std::optional<Command>* partly) {
  const std::size_t before = errors.size();
  const std::optional<json::value> value = parse(text, errors);
  std::optional<Command> command;
  if (value) command = Reader{"", errors}.read(*value, partly);
  return errors.size() == before ? command : std::nullopt;
}

std::optional<std::vector<Command>> commands_from_json(std::string_view text,
                                                       std::vector<CommandError>& errors) {
  const std::size_t before = errors.size();
  const std::optional<json::value> value = parse(text, errors);
  if (!value) return {};
  const json::array* list = value->if_array();
  if (list == nullptr || list->size() > kMostCommands) {
    errors.push_back(
        {"", shown(*value), fmt::format("a list of at most {} commands", kMostCommands), ""});
    return {};
  }
  std::vector<Command> commands;
  for (std::size_t i = 0; i < list->size(); ++i)
    if (auto command = Reader{fmt::format("/{}", i), errors}.read((*list)[i]))
      commands.push_back(std::move(*command));
  return errors.size() == before ? std::optional{commands} : std::nullopt;
}

std::string command_json(const Command& c) {
  JsonWriter out;
  const Keys& keys = keys_of(c.kind);
  const auto has = [&](const std::string& key) {
    return std::find(keys.needed.begin(), keys.needed.end(), key) != keys.needed.end() ||
           std::find(keys.allowed.begin(), keys.allowed.end(), key) != keys.allowed.end();
  };
  const auto time = [](SimDuration d) { return files::print_duration(to_seconds(d)); };
  out.object().field("do", name_of(c.kind));
  if (has("group")) out.field("group", c.group);
  if (has("to")) out.field("to", c.to);
  if (has("trunks")) out.field("trunks", c.trunks);
  if (has("queue") && !c.queue.empty()) out.field("queue", c.queue);
  if (has("types") && !c.types.empty()) {
    out.key("types").array();
    for (const std::string& type : c.types) out.value(type);
    out.end();
  }
  if (has("by") && by_is_time(c.kind)) out.field("by", time(c.by_time));
  if (has("by") && !by_is_time(c.kind)) out.field("by", c.by);
  if (has("agents") && c.agents != 0) out.field("agents", c.agents);
  if (has("factor")) out.field("factor", c.factor);
  if (has("share")) out.field("share", c.share);
  if (has("deflect") && c.deflect != 0) out.field("deflect", c.deflect);
  if (has("hang_up") && c.hang_up != 0) out.field("hang_up", c.hang_up);
  if (has("for") && c.lasts > SimDuration{0}) out.field("for", time(c.lasts));
  if (has("path")) out.field("path", c.path).field("value", c.value);
  if (has("command")) out.field("command", c.command);
  if (!c.note.empty()) out.field("note", c.note);
  return out.end().take();
}

std::string errors_json(const std::vector<CommandError>& errors) {
  JsonWriter out;
  out.array();
  for (const CommandError& e : errors) {
    out.object().field("pointer", e.pointer).field("code", error_code(e.detail));
    out.field("detail", e.detail).field("detail_zh", sentence_live(e.detail, Lang::kZh));
    if (!e.expected.empty())
      out.field("expected", e.expected).field("expected_zh", sentence_live(e.expected, Lang::kZh));
    if (!e.nearest.empty()) out.field("nearest", e.nearest);
    out.end();
  }
  return out.end().take();
}

}  // namespace callmill::live
