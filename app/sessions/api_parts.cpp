#include "app/sessions/api_parts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "app/files/text.h"
#include "app/live/command_json.h"
#include "app/live/phrases.h"
#include "base/diagnostic.h"

namespace callmill::live {

namespace json = boost::json;
using serve::problem;
using serve::Reply;
using serve::Request;
using serve::Response;

std::string ref(const std::string& name) {
  return R"({"$ref":"#/components/schemas/)" + name + R"("})";
}

Response text_response(int status, std::string text) {
  Response response;
  response.status = status;
  response.set_body(std::move(text));
  return response;
}

Response refused(const std::vector<CommandError>& errors) {
  const std::string first = errors.empty() ? "" : errors.front().detail;
  return problem(422, first,
                 {{"code", "refused"},
                  {"detail_zh", sentence_live(first, Lang::kZh)},
                  {"errors", json::parse(errors_json(errors))}});
}

Response no_session() {
  return problem(404, "there is no such session");
}

// Work for the session's thread, or why there is none.
void with_desk(const Shared& context, const Request& request, const Reply& reply,
               const std::function<Response(Desk&, Lookout&)>& work) {
  const std::shared_ptr<Runner> runner = context->sessions.find(request.ids.at("id"));
  if (runner == nullptr) return reply(no_session());
  const bool taken =
      runner->post([work, reply](Desk& desk, Lookout& lookout) { reply(work(desk, lookout)); });
  if (!taken) reply(problem(429, "the session has its hands full; ask again"));
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

Body::Body(const std::string& text, const std::vector<std::string>& names) {
  boost::system::error_code failed;
  json::value value = json::parse(text, failed);
  if (failed || !value.is_object()) {
    malformed_ = true;
    return;
  }
  add_double_keys(text, errors_);
  object_ = std::move(value.get_object());
  for (const auto& member : object_) {
    const std::string name{member.key()};
    if (std::find(names.begin(), names.end(), name) == names.end())
      errors_.push_back({"/" + name, "\"" + name + "\" is not known here", files::one_of(names),
                         callmill::nearest(name, names)});
  }
}

void Body::wrong(std::string pointer, std::string detail, std::string expected) {
  errors_.push_back({std::move(pointer), std::move(detail), std::move(expected), ""});
}

const json::value* Body::find(const char* name) const {
  const json::value* value = object_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Body::text(const char* name) {
  const json::value* value = find(name);
  if (value == nullptr) return {};
  if (value->is_string()) return std::string{value->get_string()};
  wrong("/" + std::string{name}, std::string{name} + " is a text", "");
  return {};
}

std::optional<bool> Body::flag(const char* name) {
  const json::value* value = find(name);
  if (value == nullptr) return {};
  if (value->is_bool()) return value->get_bool();
  wrong("/" + std::string{name}, std::string{name} + " is true or false", "");
  return {};
}

std::optional<double> Body::number(const char* name) {
  const json::value* value = find(name);
  if (value == nullptr) return {};
  if (value->is_number()) return value->to_number<double>();
  wrong("/" + std::string{name}, std::string{name} + " is a number", "");
  return {};
}

std::optional<std::int64_t> Body::whole(const char* name, std::int64_t least, std::int64_t most) {
  const std::optional<double> value = number(name);
  if (!value) return {};
  if (*value == std::floor(*value) && *value >= static_cast<double>(least) &&
      *value <= static_cast<double>(most))
    return static_cast<std::int64_t>(*value);
  wrong("/" + std::string{name}, std::string{name} + " is out of range",
        "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return {};
}

bool Body::speed(const char* name, std::optional<double>& speed) {
  const json::value* value = find(name);
  if (value == nullptr) return false;
  if (*value == "max") {
    speed.reset();
    return true;
  }
  const double given = value->is_number() ? value->to_number<double>() : 0;
  if (given >= kSlowest && given <= kFastest) {
    speed = given;
    return true;
  }
  wrong("/" + std::string{name}, std::string{name} + " is out of range",
        "0.1 to 10000 times as fast as the clock, or \"max\"");
  return false;
}

void Body::step(ClockChange& change) {
  using Step = ClockChange::Step;
  if (const std::optional<std::string> until = text("until")) {
    change.step = Step::kUntil;
    change.until = *until;
  }
  const json::value* value = find("step");
  if (value == nullptr) return;
  if (change.step != Step::kNone) return wrong("/step", "step or until, not both", "");
  constexpr double kLongest = 7 * 24 * 3600.0;
  if (*value == "event") {
    change.step = Step::kEvent;
  } else if (*value == "interval") {
    change.step = Step::kInterval;
  } else if (value->is_number() && value->to_number<double>() > 0 &&
             value->to_number<double>() <= kLongest) {
    change.step = Step::kLength;
    change.length = from_seconds(value->to_number<double>());
  } else {
    wrong("/step", "this is no step", "\"event\", \"interval\" or seconds");
  }
}

std::vector<Command> Body::commands_at(const std::string& pointer, const json::value& value) {
  std::vector<CommandError> errors;
  std::optional<std::vector<Command>> all = commands_from_json(json::serialize(value), errors);
  for (CommandError& error : errors) {
    error.pointer = pointer + error.pointer;
    errors_.push_back(error);
  }
  return all ? std::move(*all) : std::vector<Command>{};
}

std::vector<Command> Body::commands(const char* name) {
  const json::value* value = find(name);
  return value == nullptr ? std::vector<Command>{} : commands_at("/" + std::string{name}, *value);
}

std::vector<std::vector<Command>> Body::lists_of_commands(const char* name, std::size_t most) {
  const json::value* value = find(name);
  if (value == nullptr) return {};
  const std::string pointer = "/" + std::string{name};
  const json::array* lists = value->if_array();
  if (lists == nullptr || lists->size() > most) {
    wrong(pointer, lists == nullptr ? "no list" : std::to_string(lists->size()) + " lists",
          "a list of at most " + std::to_string(most) + " lists of commands");
    return {};
  }
  std::vector<std::vector<Command>> all;
  for (std::size_t i = 0; i < lists->size(); ++i)
    all.push_back(commands_at(pointer + "/" + std::to_string(i), (*lists)[i]));
  return all;
}

Response Body::problem() const {
  if (malformed_) return serve::problem(400, "the body is a JSON object");
  return refused(errors_);
}

}  // namespace callmill::live
