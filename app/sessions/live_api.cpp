#include "app/sessions/live_api.h"

#include <boost/json.hpp>
#include <fstream>
#include <sstream>
#include <utility>

#include "app/live/phrases.h"
#include "app/serve/assets.h"
#include "app/sessions/api_parts.h"
#include "app/sessions/live_metrics.h"

namespace callmill::live {
namespace {

namespace json = boost::json;
using serve::Answer;
using serve::Endpoint;
using serve::json_response;
using serve::problem;
using serve::Reply;
using serve::Request;
using serve::Response;

// ---- the program

void add_program(serve::Api& api, const Shared& context) {
  Endpoint health{"GET", "/healthz", "health", "Is the program alive?"};
  health.answers = {{200, "It is", ref("Status")}};
  health.token = false;
  health.handler = [](const Request&, const Reply& reply) {
    reply(json_response(200, {{"status", "ok"}}));
  };
  api.add(health);
  Endpoint ready{"GET", "/readyz", "ready", "Does it take requests?"};
  ready.answers = {{200, "It does", ref("Status")}, {503, "It is stopping", ""}};
  ready.token = false;
  ready.handler = [context](const Request&, const Reply& reply) {
    if (context->ready && !context->ready()) return reply(problem(503, "stopping"));
    reply(json_response(200, {{"status", "ready"}}));
  };
  api.add(ready);
  Endpoint metrics{"GET", "/metrics", "metrics", "Figures of program and sessions, for Prometheus"};
  metrics.answers = {{200, "Text exposition format", "", "text/plain; version=0.0.4"}};
  metrics.handler = [context](const Request&, const Reply& reply) {
    write_metrics(context->sessions, context->metrics);
    Response response = text_response(200, context->metrics.text());
    response.type = "text/plain; version=0.0.4";
    reply(std::move(response));
  };
  api.add(metrics);
}

void add_page(serve::Api& api, const Shared& context) {
  Endpoint page{"GET", "/", "page", "The page"};
  page.answers = {{200, "The page", "", "text/html; charset=utf-8"}};
  page.token = false;
  page.page = true;
  const bool shown = context->page;
  page.handler = [shown](const Request& request, const Reply& reply) {
    if (!shown) return reply(problem(404, "no page here (--no-web)"));
    reply(serve::answer_asset(serve::embedded_assets(), request));
  };
  api.set_fallback(page.handler);
  api.add(page);
}

// ---- sessions

void add_scenarios(serve::Api& api, const Shared& context) {
  Endpoint list{"GET", "/api/v1/scenarios", "listScenarios", "What sessions can be made of"};
  list.answers = {{200, "Scenarios", R"({"type":"array","items":)" + ref("Scenario") + "}"}};
  list.handler = [context](const Request&, const Reply& reply) {
    json::array all;
    for (const KnownScenario& one : context->sessions.scenarios())
      all.push_back({{"id", one.id}, {"title", one.title}, {"file", one.file}});
    reply(json_response(200, all));
  };
  api.add(list);
  Endpoint tickets{"POST", "/api/v1/tickets", "makeTicket",
                   "A ticket for a stream: once, within 30 s"};
  tickets.body = ref("TicketWish");
  tickets.answers = {{201, "The ticket", ref("Ticket")}};
  tickets.handler = [context](const Request& request, const Reply& reply) {
    Body body{request.body, {"session"}};
    const std::string session = body.text("session").value_or("");
    if (!body.good()) return reply(body.problem());
    if (context->sessions.find(session) == nullptr) return reply(no_session());
    const std::string ticket = context->issue_ticket(session);
    if (ticket.empty()) return reply(problem(429, "too many tickets are out; use them"));
    reply(json_response(201, {{"ticket", ticket}}));
  };
  api.add(tickets);
}

json::object summary(const Sessions::Document& state) {
  const json::object& whole = state->as_object();
  const json::object& clock = whole.at("clock").as_object();
  const json::object& session = whole.at("session").as_object();
  return {{"id", session.at("id")},       {"scenario", session.at("scenario")},
          {"title", session.at("title")}, {"now", clock.at("now")},
          {"clock", clock.at("text")},    {"speed", clock.at("speed")},
          {"paused", clock.at("paused")}, {"ended", clock.at("ended")}};
}

void add_sessions(serve::Api& api, const Shared& context) {
  Endpoint list{"GET", "/api/v1/sessions", "listSessions", "The sessions"};
  list.answers = {{200, "Sessions", R"({"type":"array","items":)" + ref("SessionSummary") + "}"}};
  list.handler = [context](const Request&, const Reply& reply) {
    json::array all;
    for (const std::string& id : context->sessions.ids())
      if (const Sessions::Document state = context->sessions.state(id))
        all.push_back(summary(state));
    reply(json_response(200, all));
  };
  api.add(list);

  Endpoint make{"POST", "/api/v1/sessions", "makeSession", "Begin a session"};
  make.body = ref("SessionWish");
  make.answers = {{201, "Its id", ref("Created")}};
  make.handler = [context](const Request& request, const Reply& reply) {
    Body body{request.body, {"scenario", "seed", "speed", "paused", "at"}};
    NewSession wish = context->defaults;
    wish.scenario = body.text("scenario").value_or("");
    if (const auto seed = body.whole("seed", 0, std::int64_t{1} << 53))
      wish.seed = static_cast<std::uint64_t>(*seed);
    body.speed("speed", wish.speed);
    wish.paused = body.flag("paused").value_or(wish.paused);
    wish.at = body.text("at").value_or(wish.at);
    const KnownScenario* const scenario = context->sessions.find_scenario(wish.scenario);
    if (scenario != nullptr && !wish.at.empty() && !time_of(scenario->world, 0, wish.at))
      body.wrong("/at", "\"" + wish.at + "\" is no time of this day", "HH:MM");
    if (body.good() && scenario == nullptr)
      body.wrong("/scenario", "there is no scenario \"" + wish.scenario + "\"",
                 "an id of /scenarios");
    if (!body.good()) return reply(body.problem());
    if (context->sessions.ids().size() >= kSessionsMost)
      return reply(problem(409, "there are as many sessions as there may be; end one first"));
    context->sessions.create_later(wish, [reply](const std::string& id, const std::string& error) {
      if (id.empty())
        return reply(problem(409, error,
                             {{"code", std::string{error_code(error)}},
                              {"detail_zh", sentence_live(error, Lang::kZh)}}));
      Response response = json_response(201, {{"id", id}});
      response.headers.emplace_back("Location", "/api/v1/sessions/" + id);
      reply(std::move(response));
    });
  };
  api.add(make);

  Endpoint end{"DELETE", "/api/v1/sessions/{id}", "endSession", "End a session"};
  end.answers = {{204, "It is ended", ""}};
  end.handler = [context](const Request& request, const Reply& reply) {
    if (!context->sessions.remove(request.ids.at("id"))) return reply(no_session());
    Response response;
    response.status = 204;
    reply(std::move(response));
  };
  api.add(end);
}

void add_documents(serve::Api& api, const Shared& context) {
  Endpoint state{"GET", "/api/v1/sessions/{id}", "getState",
                 "The state document, at most 0.2 s old"};
  state.answers = {{200, "The state", ref("State")}};
  state.handler = [context](const Request& request, const Reply& reply) {
    const std::shared_ptr<Runner> runner = context->sessions.find(request.ids.at("id"));
    if (runner == nullptr) return reply(no_session());
    Response response;
    response.set_body(runner->state());
    reply(std::move(response));
  };
  api.add(state);
  const auto add = [&](const char* path, const char* name, const char* summary, const char* schema,
                       const std::function<std::string(Desk&)>& make) {
    Endpoint one{"GET", path, name, summary};
    one.answers = {{200, summary, ref(schema)}};
    one.handler = [context, make](const Request& request, const Reply& reply) {
      with_desk(context, request, reply,
                [make](Desk& desk, Lookout&) { return text_response(200, make(desk)); });
    };
    api.add(one);
  };
  add("/api/v1/sessions/{id}/plan", "getPlan", "What was planned: requirement, staff, shifts",
      "Plan", [](Desk& desk) { return plan_json(desk.centre(), desk.session()); });
  add("/api/v1/sessions/{id}/history", "getHistory", "The day so far, by interval", "History",
      [](Desk& desk) { return history_json(desk.centre()); });
  Endpoint log{"GET", "/api/v1/sessions/{id}/log", "getLog", "What happened"};
  log.answers = {{200, "Entries, the oldest first", ref("Log")}};
  log.query = {{"after", "only entries with a greater seq"}};
  log.handler = [context](const Request& request, const Reply& reply) {
    const std::string* after = request.find_query("after");
    const std::optional<std::uint64_t> seq = after == nullptr ? 0 : whole_number(*after);
    if (!seq) return reply(problem(400, "after is a whole number"));
    with_desk(context, request, reply, [seq](Desk& desk, Lookout&) {
      return text_response(200, log_json(desk.centre(), *seq));
    });
  };
  api.add(log);
}

void add_journal(serve::Api& api, const Shared& context) {
  Endpoint journal{"GET", "/api/v1/sessions/{id}/journal", "getJournal",
                   "The journal of the session, a record a line"};
  journal.answers = {{200, "JSON lines", "", "application/x-ndjson"}};
  journal.handler = [context](const Request& request, const Reply& reply) {
    const auto read = [context, reply](const std::string& path) {
      context->sessions.do_later([reply, path] {
        std::ifstream in{path, std::ios::binary};
        std::ostringstream text;
        text << in.rdbuf();
        if (!in) return reply(problem(500, "the journal cannot be read"));
        Response response = text_response(200, text.str());
        response.type = "application/x-ndjson";
        reply(std::move(response));
      });
    };
    const std::shared_ptr<Runner> runner = context->sessions.find(request.ids.at("id"));
    if (runner == nullptr) return reply(no_session());
    const bool taken = runner->post([read, reply](Desk& desk, Lookout&) {
      if (desk.journal_path().empty()) return reply(problem(404, "no journal is kept (--journal)"));
      read(desk.journal_path());
    });
    if (!taken) reply(problem(429, "the session has its hands full; ask again"));
  };
  api.add(journal);
}

}  // namespace

serve::Api make_api(const std::shared_ptr<ApiContext>& context) {
  serve::Api api{"callmill live", std::string{api_schemas()}};
  describe_metrics(context->metrics);
  add_program(api, context);
  add_page(api, context);
  add_scenarios(api, context);
  add_sessions(api, context);
  add_documents(api, context);
  add_journal(api, context);
  add_orders(api, context);
  add_events(api, context);
  Endpoint stream{"GET", "/api/v1/sessions/{id}/stream", "stream",
                  "WebSocket: a snapshot of the state, then merge patches (RFC 7396)"};
  stream.answers = {{101, "Frames follow", ""}};
  stream.stream = "id";
  stream.query = {{"ticket", "from POST /api/v1/tickets; a program may send the token instead"}};
  api.add(stream);
  api.add_description("/openapi.json");
  return api;
}

}  // namespace callmill::live
