// The API over real sockets: every endpoint is asked, and answers as its description says.

#include "app/sessions/live_api.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <thread>
#include <tuple>

#include "app/serve/merge_patch.h"
#include "app/serve/server.h"
#include "tests/app/serve/wire.h"
#include "tests/app/sessions/schema_check.h"
#include "tests/app/sessions/small_day.h"

namespace callmill::live {
namespace {

namespace json = boost::json;

// A program with one paused session, s1, at 10:00, and a journal.
class Program {
 public:
  Program() {
    RunnerOptions runner;
    runner.publish_every = std::chrono::milliseconds{20};
    runner.lookout.automatic = false;
    runner.lookout.threads = 1;
    sessions =
        std::make_unique<Sessions>(std::vector<KnownScenario>{test::small_day()}, runner,
                                   [this](const std::string& id, const Sessions::Document& state) {
                                     if (server == nullptr) return;
                                     if (state == nullptr)
                                       server->end_topic(id);
                                     else
                                       server->publish(id, state);
                                   });
    auto context = std::make_shared<ApiContext>(ApiContext{*sessions, metrics, {}, true, {}, {}});
    context->issue_ticket = [this](const std::string& id) { return server->issue_ticket(id); };
    serve::ServerOptions options;
    options.limits.requests = 1000;
    server = std::make_unique<serve::Server>(options, make_api(context), metrics);
    REQUIRE(server->start().empty());
    NewSession wish;
    wish.scenario = "small";
    wish.paused = true;
    wish.at = "10:00";
    wish.journal = journal;
    std::string error;
    REQUIRE(sessions->create(wish, error) == "s1");
  }
  ~Program() {
    server->stop();
    sessions->stop();
    std::filesystem::remove(journal);
  }

  std::string head(const std::string& method, const std::string& target) const {
    return method + " " + target +
           " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server->port()) +
           "\r\nAuthorization: Bearer " + server->token() + "\r\n";
  }
  test::HttpAnswer ask(const std::string& method, const std::string& target,
                       const std::string& body = "") const {
    test::Wire wire{server->port()};
    std::string text = head(method, target);
    if (!body.empty())
      text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n";
    wire.send(text + "\r\n" + body);
    return wire.read_answer();
  }

  const std::string journal = test::fresh_file("api.journal");
  serve::Metrics metrics;
  std::unique_ptr<Sessions> sessions;
  std::unique_ptr<serve::Server> server;
};

const std::string kOne = "/api/v1/sessions/s1";

struct Asked {
  std::string method, path, target, body;
  int status;
};

// A good request for each row of the table, in an order in which all of them go well.
std::vector<Asked> all_requests() {
  const std::string agents = R"({"do":"agents","group":")" + test::small_group() + R"(","by":1})";
  const std::string id = "/api/v1/sessions/{id}";
  return {
      {"GET", "/healthz", "/healthz", "", 200},
      {"GET", "/readyz", "/readyz", "", 200},
      {"GET", "/metrics", "/metrics", "", 200},
      {"GET", "/", "/", "", 200},
      {"GET", "/openapi.json", "/openapi.json", "", 200},
      {"GET", "/api/v1/scenarios", "/api/v1/scenarios", "", 200},
      {"GET", "/api/v1/sessions", "/api/v1/sessions", "", 200},
      {"POST", "/api/v1/sessions", "/api/v1/sessions", R"({"scenario":"small","paused":true})",
       201},
      {"DELETE", id, "/api/v1/sessions/s2", "", 204},
      {"POST", "/api/v1/tickets", "/api/v1/tickets", R"({"session":"s1"})", 201},
      {"GET", id, kOne, "", 200},
      {"GET", id + "/plan", kOne + "/plan", "", 200},
      {"GET", id + "/history", kOne + "/history", "", 200},
      {"GET", id + "/log", kOne + "/log?after=0", "", 200},
      {"POST", id + "/clock", kOne + "/clock", R"({"speed":"max","paused":true,"step":"interval"})",
       200},
      {"POST", id + "/commands", kOne + "/commands", agents, 202},
      {"GET", id + "/log", kOne + "/log", "", 200},
      {"GET", id, kOne, "", 200},
      {"POST", id + "/undo", kOne + "/undo", R"({"to":1})", 200},
      {"POST", id + "/futures", kOne + "/futures", R"({"paths":2,"with":[)" + agents + "]}", 202},
      {"POST", id + "/advice", kOne + "/advice", R"({"paths":2})", 202},
      {"GET", id + "/journal", kOne + "/journal", "", 200}};
}

}  // namespace

TEST_CASE("API: events of a centre that is followed are taken, broken lines told") {
  const Program program;
  NewSession wish;
  wish.scenario = "small";
  wish.follow.emplace();
  wish.follow->spec.pushed = true;
  wish.follow->opens_us = 0;
  wish.follow->clock_us = [] { return std::int64_t{100} * 1'000'000; };
  std::string error;
  REQUIRE(program.sessions->create(wish, error) == "s2");
  const std::string queue = test::small_day().world.queues.front().name;
  const auto line = [&](const char* event, int second, const std::string& call) {
    return json::serialize(
               json::object{{"event", event}, {"time", second}, {"call", call}, {"queue", queue}}) +
           "\n";
  };
  const std::string two = "/api/v1/sessions/s2";
  const test::HttpAnswer answer =
      program.ask("POST", two + "/events",
                  line("entered", 90, "a") + "nonsense\n" + line("entered", 95, "b") + "{}\n");
  REQUIRE(answer.status == 202);
  CHECK(json::parse(answer.body) == json::parse(R"({"events":2,"broken":[2,4],"errors":[]})"));
  const test::HttpAnswer twice =
      program.ask("POST", two + "/events",
                  "\n"
                  R"({"event":"entered","time":96,"call":"c","time":97,"queue":"q"})"
                  "\n");
  REQUIRE(twice.status == 202);
  CHECK(json::parse(twice.body) == json::parse(R"({"events":0,"broken":[2],"errors":[{"line":2,
      "pointer":"/time","detail":"\"time\" stands at 2:20 and again at 2:41"}]})"));
  // By the stream as well.
  const auto shown = [&] { return json::parse(program.ask("GET", two).body).at("twin"); };
  const json::value ticket =
      json::parse(program.ask("POST", "/api/v1/tickets", R"({"session":"s2"})").body);
  test::Wire wire{program.server->port()};
  wire.send(program.head(
                "GET", two + "/stream?ticket=" + json::value_to<std::string>(ticket.at("ticket"))) +
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://127.0.0.1:" +
            std::to_string(program.server->port()) + "\r\n\r\n");
  REQUIRE(wire.read_answer().status == 101);
  wire.send(test::ws_frame(
      1, json::serialize(
             json::object{{"type", "events"}, {"lines", line("abandoned", 99, "a") + "what?\n"}})));
  for (int i = 0; i < 500 && shown().at("events") != 3; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  CHECK(shown().at("events") == 3);
  CHECK(shown().at("broken_lines") == 4);
  CHECK(program
            .ask("POST", two + "/commands",
                 R"({"do":"agents","group":")" + test::small_group() + R"(","by":1})")
            .status == 422);
  CHECK(program.ask("POST", two + "/clock", R"({"paused":true})").status == 422);
  // A session that simulates takes none.
  CHECK(program.ask("POST", kOne + "/events", line("entered", 90, "a")).status == 409);
  const std::string metrics = program.ask("GET", "/metrics").body;
  CHECK(metrics.find("callmill_live_twin_events_total{session=\"s2\",outcome=\"all\"} 3") !=
        std::string::npos);
}

TEST_CASE("API: every endpoint answers as its description says, and nothing is left out") {
  const Program program;
  const json::value document = json::parse(program.ask("GET", "/openapi.json").body);
  // These two have tests of their own.
  std::set<std::string> asked{"GET /api/v1/sessions/{id}/stream",
                              "POST /api/v1/sessions/{id}/events"};
  for (const Asked& one : all_requests()) {
    INFO(one.method << " " << one.target << " " << one.body);
    std::string method = one.method;
    for (char& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const json::value& operation = document.at("paths").at(one.path).at(method);
    asked.insert(one.method + " " + one.path);
    if (!one.body.empty()) {
      const json::value& shape =
          operation.at("requestBody").at("content").at("application/json").at("schema");
      CHECK(test::not_as_described(json::parse(one.body), shape, document) ==
            std::vector<std::string>{});
    }
    const test::HttpAnswer answer = program.ask(one.method, one.target, one.body);
    INFO(answer.body.substr(0, 400));
    REQUIRE(answer.status == one.status);
    const json::value& told = operation.at("responses").at(std::to_string(one.status));
    if (one.status == 204) continue;
    const json::object& content = told.at("content").as_object();
    const std::string type = answer.headers.at("content-type");
    REQUIRE(content.contains(type));
    if (type != "application/json") continue;
    CHECK(test::not_as_described(json::parse(answer.body), content.at(type).at("schema"),
                                 document) == std::vector<std::string>{});
  }
  for (const auto& path : document.at("paths").as_object())
    for (const auto& method : path.value().as_object()) {
      std::string name{method.key()};
      for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      INFO(name << " " << path.key());
      CHECK(asked.contains(name + " " + std::string{path.key()}));
    }
}

TEST_CASE("API: what is wrong with a body is said all at once, with its place") {
  const Program program;
  const auto errors = [&](const std::string& path, const std::string& body) {
    const test::HttpAnswer answer = program.ask("POST", kOne + path, body);
    INFO(body << " -> " << answer.body);
    CHECK(answer.status == 422);
    std::vector<std::string> pointers;
    if (answer.status != 422) return pointers;
    const json::value body_of = json::parse(answer.body);
    for (const json::value& one : body_of.at("errors").as_array())
      pointers.emplace_back(one.at("pointer").as_string());
    return pointers;
  };
  using Pointers = std::vector<std::string>;
  CHECK(errors("/clock", R"({"speed":0.01,"paused":1,"spede":2})") ==
        Pointers{"/spede", "/speed", "/paused"});
  CHECK(errors("/clock", R"({"step":"leap"})") == Pointers{"/step"});
  CHECK(errors("/clock", R"({"step":-5})") == Pointers{"/step"});
  CHECK(errors("/clock", R"({"step":"event","until":"11:00"})") == Pointers{"/step"});
  CHECK(errors("/clock", R"({"until":"09:00"})") == Pointers{"/until"});
  // Nothing is taken of a body that says a thing twice.
  CHECK(errors("/clock", R"({"speed":2,"speed":3})") == Pointers{"/speed"});
  CHECK(errors("/futures", R"({"with":[{"do":"lines","by":1,"by":2,"trunks":"none"}]})") ==
        Pointers{"/with/0/by"});
  CHECK(errors("/commands", R"({"do":"agents","do":"lines","trunks":"none","by":1})") ==
        Pointers{"/do", "/trunks"});
  CHECK(program.ask("POST", kOne + "/clock", R"({"paused":true,"paused":false})")
            .body.find(R"(\"paused\" stands at 1:2 and again at 1:16)") != std::string::npos);
  CHECK(errors("/undo", R"({"to":7})") == Pointers{"/to"});
  CHECK(errors("/undo", "{}") == Pointers{"/to"});
  CHECK(errors("/undo", R"({"to":1.5})") == Pointers{"/to"});
  CHECK(errors("/commands", R"({"do":"agents","group":"nobody","by":1})") == Pointers{"/group"});
  CHECK_FALSE(errors("/commands", R"({"do":"dance"})").empty());
  // Names are looked at though another member is wrong.
  CHECK(errors("/commands", R"({"do":"agents","group":"nobody","by":1,"spede":2})") ==
        Pointers{"/spede", "/group"});
  CHECK(errors("/commands", R"({"do":"move","group":"nobody","to":"nowhere","agents":"x"})") ==
        Pointers{"/agents", "/group", "/to"});
  const std::string good = R"({"do":"agents","group":")" + test::small_group() + R"(","by":1})";
  CHECK(errors("/advice", R"({"proposals":[[)" + good +
                              R"(],[{"do":"agents","group":"nobody","by":1}],[)" + good + "," +
                              R"({"do":"lines","trunks":"none","by":1}]]})") ==
        Pointers{"/proposals/1/0/group", "/proposals/2/1/trunks"});
  CHECK(errors("/advice", R"({"proposals":5,"path":1})") == Pointers{"/path", "/proposals"});
  CHECK(errors("/futures", R"({"with":[{"do":"agents","group":"nobody","by":1}]})") ==
        Pointers{"/with/0/group"});
  CHECK(errors("/futures", R"({"paths":1,"until":"08:00"})") == Pointers{"/paths"});
  CHECK(errors("/futures", R"({"until":"08:00"})") == Pointers{"/until"});
  CHECK(program.ask("POST", kOne + "/clock", "[1]").status == 400);
  CHECK(program.ask("POST", kOne + "/clock", "{\"a\":\"\xc3\x28\"}").status == 400);
  CHECK(program.ask("POST", kOne + "/clock", std::string(5000, '[')).status == 400);
  CHECK(program.ask("GET", kOne + "/log?after=x").status == 400);
  for (const char* path : {"", "/plan", "/history", "/log", "/journal"})
    CHECK(program.ask("GET", std::string{"/api/v1/sessions/none"} + path).status == 404);
  CHECK(program.ask("POST", "/api/v1/sessions", R"({"scenario":"../../etc/passwd"})").status ==
        422);
}

TEST_CASE("API: what is wrong has its code, and is said in Chinese as well") {
  const Program program;
  const auto problem = [&](const std::string& method, const std::string& path,
                           const std::string& body = "") {
    return json::parse(program.ask(method, path, body).body);
  };
  const json::value none = problem("GET", "/api/v1/sessions/none");
  CHECK(none.at("code") == "no_session");
  CHECK(none.at("detail_zh") == "没有这个会话");
  const json::value wrong =
      problem("POST", kOne + "/commands", R"({"do":"agents","group":"nobody","by":"x"})");
  CHECK(wrong.at("code") == "refused");
  REQUIRE(wrong.at("errors").as_array().size() == 2);
  const json::value& by = wrong.at("errors").at(0);
  CHECK(by.at("code") == "value");
  CHECK(by.at("expected_zh") == "整数");
  const json::value& group = wrong.at("errors").at(1);
  CHECK(group.at("code") == "no_group");
  CHECK(group.at("detail_zh") == "没有名为“nobody”的组");
  for (const auto& [path, body, code] : {std::tuple{"/clock", R"({"speed":0.01})", "range"},
                                         {"/clock", R"({"paused":1})", "not_flag"},
                                         {"/clock", R"({"x":1})", "unknown_member"},
                                         {"/clock", R"({"speed":1,"speed":2})", "key_twice"},
                                         {"/clock", R"({"until":"07:00"})", "no_time"},
                                         {"/undo", R"({"to":7})", "no_command"},
                                         {"/undo", "{}", "missing"},
                                         {"/futures", R"({"until":"08:00"})", "no_time"},
                                         {"/commands", R"({"do":"dance"})", "do"},
                                         {"/commands", R"({"do":"agents"})", "member_missing"},
                                         {"/commands", "[", "not_json"}}) {
    const json::value said = problem("POST", kOne + path, body);
    INFO(body << " -> " << said);
    const json::value& first = said.at("errors").at(0);
    CHECK(first.at("code") == code);
    CHECK(first.at("detail_zh") != first.at("detail"));
    CHECK(said.at("detail_zh") == first.at("detail_zh"));
  }
}

TEST_CASE("API: a field that is set to what it was is said to be so, in answer and log") {
  const Program program;
  const std::string path =
      "queues." + test::small_day().world.queues.front().name + ".answer_within";
  const auto set = [&](const char* value) {
    const json::value body{{"do", "set"}, {"path", path}, {"value", value}};
    return json::parse(program.ask("POST", kOne + "/commands", json::serialize(body)).body);
  };
  CHECK_FALSE(set("25s").as_object().contains("already_so"));
  CHECK(set("25s").at("already_so") == true);
  const json::value log = json::parse(program.ask("GET", kOne + "/log").body);
  std::vector<std::string> commands;
  for (const json::value& entry : log.at("entries").as_array())
    if (entry.at("kind") == "command") commands.emplace_back(entry.at("text").as_string());
  REQUIRE(commands.size() >= 2);
  CHECK(commands[0] == path + " is 25s");
  CHECK(commands[1] == path + " is 25s; it was so already");
}

TEST_CASE("API: a stream carries the state, and a command shows in it") {
  const Program program;
  test::Wire wire{program.server->port()};
  wire.send(program.head("GET", kOne + "/stream") +
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  REQUIRE(wire.read_answer().status == 101);
  json::value frame = json::parse(wire.read_frame().payload);
  REQUIRE(frame.at("type") == "snapshot");
  json::value state = frame.at("state");
  CHECK(state.at("clock").at("text") == "10:00:00");
  REQUIRE(program.ask("POST", kOne + "/clock", R"({"until":"10:30"})").status == 200);
  while (state.at("clock").at("text") != "10:30:00") {
    frame = json::parse(wire.read_frame().payload);
    REQUIRE(frame.at("type") == "delta");
    serve::apply_merge_patch(state, frame.at("patch"));
  }
  const json::value whole = json::parse(program.ask("GET", kOne).body);
  CHECK(serve::without_nulls(whole.at("figures")) == serve::without_nulls(state.at("figures")));
  REQUIRE(program.ask("DELETE", kOne).status == 204);
  test::WsFrame last = wire.read_frame();
  while (last.opcode == 1) last = wire.read_frame();
  CHECK(last.close_code() == 1000);
}

TEST_CASE("API: figures of the sessions for Prometheus") {
  const Program program;
  CHECK(program.ask("GET", "/healthz").status == 200);  // so that there is one to count
  const std::string text = program.ask("GET", "/metrics").body;
  for (const char* line :
       {"callmill_live_sessions 1\n", "callmill_live_lag_seconds{session=\"s1\"} 0\n",
        "callmill_live_simulated_seconds{session=\"s1\"} 36000\n",
        "# TYPE callmill_http_requests_total counter\n"})
    CHECK_THAT(text, Catch::Matchers::Contains(line));
}

}  // namespace callmill::live
