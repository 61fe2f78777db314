// Events of a real centre, handed over: by POST, or on the session's stream.

#include <boost/json.hpp>
#include <utility>

#include "app/sessions/api_parts.h"
#include "base/json_keys.h"

namespace callmill::live {
namespace {

namespace json = boost::json;
using serve::Endpoint;
using serve::json_response;
using serve::problem;
using serve::Reply;
using serve::Request;

struct Lines {
  std::vector<FloorEvent> events;
  EventLineCounts counts;
  json::array broken;  // their numbers, the first ones; what they say may be personal
  json::array errors;  // of those that can be told without it
};

// Line by line, so that it can be told which are broken; those that are not are taken.
Lines read_lines(std::string_view text) {
  constexpr std::size_t kToldMost = 100;
  Lines lines;
  const std::unique_ptr<EventReader> reader = make_reader(EventFormat::kJson);
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::int64_t broken = reader->counts().broken;
    reader->feed(std::string{line} + "\n", lines.events);
    if (reader->counts().broken == broken || lines.broken.size() >= kToldMost) continue;
    lines.broken.emplace_back(number);
    for (DoubleKey twice : double_keys(line)) {
      twice.first.line = twice.again.line = static_cast<std::size_t>(number);
      lines.errors.push_back(
          {{"line", number}, {"pointer", twice.pointer}, {"detail", in_words(twice)}});
    }
  }
  lines.counts = reader->counts();
  return lines;
}

}  // namespace

void add_events(serve::Api& api, const Shared& context) {
  Endpoint events{"POST", "/api/v1/sessions/{id}/events", "events",
                  "Events of the centre that the session follows (--follow http): JSON lines"};
  events.body = ref("Events");
  events.answers = {{202, "Whole lines are taken, broken ones told", ref("EventsTaken")}};
  events.handler = [context](const Request& request, const Reply& reply) {
    auto lines = std::make_shared<Lines>(read_lines(request.body));
    with_desk(context, request, reply, [lines](Desk& desk, Lookout&) {
      const std::size_t read = lines->events.size();
      if (!desk.push_events(std::move(lines->events), lines->counts))
        return problem(409, "this session fetches its events, or simulates (--follow http)");
      return json_response(202, {{"events", read},
                                 {"broken", std::move(lines->broken)},
                                 {"errors", std::move(lines->errors)}});
    });
  };
  api.add(events);
  // {"type":"events","lines":"..."}: what could not be read is counted in the state's twin.
  api.set_listener([context](const std::string& session, const json::object& said) {
    const json::value* type = said.if_contains("type");
    const json::value* text = said.if_contains("lines");
    const std::shared_ptr<Runner> runner = context->sessions.find(session);
    if (*type != "events" || text == nullptr || !text->is_string() || runner == nullptr)
      return false;
    auto lines = std::make_shared<Lines>(read_lines(std::string_view{text->get_string()}));
    return runner->post([lines](Desk& desk, Lookout&) {
      desk.push_events(std::move(lines->events), lines->counts);
    });
  });
}

}  // namespace callmill::live
