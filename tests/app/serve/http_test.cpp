// Plain HTTP: what is answered, with which headers, and where each limit lies.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/app/serve/fixture.h"

namespace callmill::test {
namespace {

using std::chrono::milliseconds;

// What follows a refusal: the connection is closed.
void check_refused(const LiveServer& server, const std::string& bytes, int status) {
  Wire wire{server.port()};
  wire.send(bytes);
  CHECK(wire.read_answer().status == status);
  CHECK(wire.closes());
}

}  // namespace

TEST_CASE("Requests one after the other, and several at once, on one connection") {
  const LiveServer server;
  Wire wire{server.port()};
  for (const char* id : {"a", "b-1", "C_2"}) {
    wire.send(server.request("GET", std::string{"/api/v1/things/"} + id));
    const HttpAnswer answer = wire.read_answer();
    CHECK(answer.status == 200);
    CHECK(answer.body == std::string{"{\"id\":\""} + id + "\"}");
  }
  wire.send(server.request("GET", "/open") + server.request("POST", "/api/v1/things", "", "{}") +
            server.request("GET", "/api/v1/things/x"));
  CHECK(wire.read_answer().status == 200);
  CHECK(wire.read_answer().body == "{}");
  CHECK(wire.read_answer().body == "{\"id\":\"x\"}");
}

TEST_CASE("Every answer, a refusal too, has the headers that keep browsers safe") {
  const LiveServer server;
  for (const std::string& bytes :
       {server.request("GET", "/open"), server.request("GET", "/nowhere/x"),
        server.request("GET", "/"), server.request("GET", "/api/v1/things/a", "", "", false)}) {
    const HttpAnswer answer = server.answer(bytes);
    INFO(bytes);
    CHECK(answer.headers.at("x-content-type-options") == "nosniff");
    CHECK(answer.headers.at("referrer-policy") == "no-referrer");
    CHECK(answer.headers.at("cross-origin-opener-policy") == "same-origin");
    CHECK(answer.headers.at("cross-origin-resource-policy") == "same-origin");
    CHECK(answer.headers.at("content-security-policy") ==
          "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
          "form-action 'self'");
    CHECK(answer.headers.contains("cache-control"));
    CHECK_FALSE(answer.headers.contains("access-control-allow-origin"));
    CHECK_FALSE(answer.headers.contains("set-cookie"));
  }
  CHECK(server.answer(server.request("GET", "/open")).headers.at("cache-control") == "no-store");
}

TEST_CASE("What is wrong is said as problem+json") {
  const LiveServer server;
  const HttpAnswer answer = server.answer(server.request("GET", "/api/v1/nothing"));
  CHECK(answer.status == 404);
  CHECK(answer.headers.at("content-type") == "application/problem+json");
  const boost::json::value body = boost::json::parse(answer.body);
  CHECK(body.at("status") == 404);
  CHECK(body.at("title") == "Not Found");
  CHECK(body.at("type") == "about:blank");
  CHECK(body.at("detail").is_string());
  const HttpAnswer thrown = server.answer(server.request("GET", "/api/v1/throws"));
  CHECK(thrown.status == 500);
  CHECK(thrown.body.find("secret") == std::string::npos);
}

TEST_CASE("HEAD, 405 with Allow, 406, 415") {
  const LiveServer server;
  Wire wire{server.port()};
  wire.send(server.request("HEAD", "/api/v1/things/a"));
  const HttpAnswer head = wire.read_answer(true);
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-length") == "10");
  CHECK_FALSE(wire.has_more(50));
  const HttpAnswer wrong = server.answer(server.request("DELETE", "/api/v1/things/a"));
  CHECK(wrong.status == 405);
  CHECK(wrong.headers.at("allow") == "GET, HEAD");
  CHECK(server.answer(server.request("OPTIONS", "/api/v1/things")).status == 405);
  CHECK(server.answer(server.request("GET", "/api/v1/things/a", "Accept: text/html\r\n")).status ==
        406);
  for (const char* good : {"*/*", "application/*", "text/html, application/json;q=0.5"})
    CHECK(server
              .answer(server.request("GET", "/api/v1/things/a",
                                     std::string{"Accept: "} + good + "\r\n"))
              .status == 200);
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                           "application/json; charset=gbk"}) {
    const std::string bytes =
        server.request("POST", "/api/v1/things",
                       std::string{"Content-Length: 2\r\nContent-Type: "} + type + "\r\n");
    CHECK(server.answer(bytes + "{}").status == 415);
  }
  CHECK(server.answer(server.request("POST", "/api/v1/things", "Content-Encoding: gzip\r\n", "{}"))
            .status == 415);
}

TEST_CASE("The page: tags, compression, for ever or for once") {
  const LiveServer server;
  const HttpAnswer page = server.answer(server.request("GET", "/", "", "", false));
  CHECK(page.status == 200);
  CHECK(page.body == "<p>page</p>");
  CHECK(page.headers.at("cache-control") == "no-cache");
  const HttpAnswer same =
      server.answer(server.request("GET", "/", "If-None-Match: \"zz\", \"aa\"\r\n", "", false));
  CHECK(same.status == 304);
  CHECK_FALSE(same.headers.contains("content-length"));
  const HttpAnswer zipped = server.answer(
      server.request("GET", "/assets/x.js", "Accept-Encoding: gzip, br\r\n", "", false));
  CHECK(zipped.body == "zipped");
  CHECK(zipped.headers.at("content-encoding") == "gzip");
  CHECK(zipped.headers.at("cache-control") == "public, max-age=31536000, immutable");
  CHECK(zipped.headers.at("vary") == "Accept-Encoding");
  CHECK(server.answer(server.request("GET", "/assets/x.js", "", "", false)).body ==
        "let x = 1; let y = 2;");
  CHECK(server.answer(server.request("GET", "/assets/none.js", "", "", false)).status == 404);
  CHECK(server.answer(server.request("POST", "/assets/x.js", "", "", false)).status == 405);
}

TEST_CASE("Limit: bytes of header, path and body") {
  const LiveServer server;
  check_refused(server, server.request("GET", "/open", "X: " + std::string(9000, 'a') + "\r\n"),
                431);
  check_refused(server, server.request("GET", "/open?" + std::string(3000, 'a')), 414);
  check_refused(server,
                server.request("POST", "/api/v1/things",
                               "Content-Type: application/json\r\nContent-Length: 1048577\r\n"),
                413);
  serve::Limits small;
  small.body_bytes = 100;
  const LiveServer tight{small};
  const std::string head = tight.request(
      "POST", "/api/v1/things", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n");
  check_refused(tight, head + "c8\r\n" + std::string(200, 'x') + "\r\n0\r\n\r\n", 413);
  CHECK(tight.answer(head + "2\r\n{}\r\n0\r\n\r\n").body == "{}");
}

TEST_CASE("Limit: a header that drips in is answered 408 all the same") {
  serve::Limits limits;
  limits.header = milliseconds{150};
  const LiveServer server{limits};
  Wire wire{server.port()};
  const std::string bytes = server.request("GET", "/open", "X: " + std::string(5000, 'a') + "\r\n");
  std::size_t sent = 0;
  while (sent + 1 < bytes.size() && !wire.has_more(5) && wire.send(bytes.substr(sent, 1))) ++sent;
  CHECK(sent + 1 < bytes.size());
  CHECK(wire.read_answer().status == 408);
  CHECK(wire.closes());
  Wire silent{server.port()};
  CHECK(silent.closes());
}

TEST_CASE("Limit: a body that does not come, and a connection that says no more") {
  serve::Limits limits;
  limits.body = limits.idle = milliseconds{100};
  const LiveServer server{limits};
  check_refused(server,
                server.request("POST", "/api/v1/things",
                               "Content-Type: application/json\r\nContent-Length: 10\r\n") +
                    "{",
                408);
  Wire idle{server.port()};
  idle.send(server.request("GET", "/open"));
  CHECK(idle.read_answer().status == 200);
  CHECK(idle.closes());
}

TEST_CASE("Limit: requests of one connection, and the last one says so") {
  serve::Limits limits;
  limits.requests = 3;
  const LiveServer server{limits};
  Wire wire{server.port()};
  for (int i = 0; i < 3; ++i) {
    wire.send(server.request("GET", "/open"));
    const HttpAnswer answer = wire.read_answer();
    CHECK(answer.status == 200);
    CHECK(answer.headers.contains("connection") == (i == 2));
  }
  CHECK(wire.closes());
}

TEST_CASE("Limit: connections of one address, and of all; who leaves makes room") {
  serve::Limits limits;
  limits.per_address = 3;
  const LiveServer server{limits};
  std::vector<std::unique_ptr<Wire>> all;
  for (int i = 0; i < 3; ++i) {
    all.push_back(std::make_unique<Wire>(server.port()));
    all.back()->send(server.request("GET", "/open"));
    CHECK(all.back()->read_answer().status == 200);
  }
  Wire one_more{server.port()};
  CHECK(one_more.read_answer().status == 503);
  CHECK(one_more.closes());
  CHECK(server.metrics.value("callmill_http_refused_total", {{"reason", "per_address"}}) == 1);
  all.pop_back();
  HttpAnswer answer;
  for (int tries = 0; tries < 500 && answer.status != 200; ++tries) {
    std::this_thread::sleep_for(milliseconds{10});  // until the server has seen it go
    answer = server.answer(server.request("GET", "/open"));
  }
  CHECK(answer.status == 200);
  serve::Limits few;
  few.connections = 1;
  const LiveServer full{few};
  Wire first{full.port()};
  first.send(full.request("GET", "/open"));
  CHECK(first.read_answer().status == 200);
  Wire second{full.port()};
  CHECK(second.read_answer().status == 503);
}

TEST_CASE("Limit: an answer that does not come is 504, and the connection goes on") {
  serve::Limits limits;
  limits.answer = milliseconds{50};
  const LiveServer server{limits};
  Wire wire{server.port()};
  wire.send(server.request("GET", "/api/v1/never"));
  CHECK(wire.read_answer().status == 504);
  wire.send(server.request("GET", "/open"));
  CHECK(wire.read_answer().status == 200);
}

TEST_CASE("Limit: tickets that are out") {
  serve::Limits limits;
  limits.tickets = 2;
  const LiveServer server{limits};
  CHECK_FALSE(server.ticket("a").empty());
  CHECK_FALSE(server.ticket("a").empty());
  CHECK(server.ticket("a").empty());
}

TEST_CASE("100 Continue is said before the body is read, and not where it would be refused") {
  const LiveServer server;
  const std::string more =
      "Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n";
  Wire wire{server.port()};
  wire.send(server.request("POST", "/api/v1/things", more));
  CHECK(wire.read_answer().status == 100);
  wire.send("{}");
  CHECK(wire.read_answer().status == 201);
  check_refused(server, server.request("POST", "/api/v1/things", more, "", false), 401);
}

TEST_CASE("Stop: what is under way is answered, who waits is closed") {
  LiveServer server;
  Wire idle{server.port()};
  idle.send(server.request("GET", "/open"));
  CHECK(idle.read_answer().status == 200);
  server.publish("t", R"({"a":1})");
  std::unique_ptr<Wire> stream = server.stream("t");
  CHECK(stream->read_frame().opcode == 1);
  std::thread stopping{[&] { server.server->stop(); }};
  CHECK(idle.closes());
  const WsFrame last = stream->read_frame();
  CHECK(last.close_code() == 1001);
  stream->send(ws_frame(8, last.payload));
  CHECK(stream->closes());
  stream.reset();
  stopping.join();
  CHECK_FALSE(Wire{server.port()}.connected());
  // The log never has a query, and so no ticket.
  for (const serve::Access& access : server.log) CHECK(access.path.find('?') == std::string::npos);
  CHECK(server.log.size() == 3);
}

TEST_CASE("Stop: who does not answer the close is cut when the time is over") {
  serve::Limits limits;
  limits.stop = milliseconds{200};
  LiveServer server{limits};
  server.publish("t", R"({"a":1})");
  const std::unique_ptr<Wire> deaf = server.stream("t");
  server.server->stop();
  CHECK(deaf->closes());
}

TEST_CASE("Both loopback addresses, and none that others reach without a token") {
  const LiveServer server;
  Wire six{server.port(), 0, "::1"};
  if (six.connected()) {
    six.send("GET /open HTTP/1.1\r\nHost: [::1]:" + std::to_string(server.port()) + "\r\n\r\n");
    CHECK(six.read_answer().status == 200);
  }
  serve::Metrics metrics;
  serve::ServerOptions options;
  options.address = "0.0.0.0";
  serve::Server open{options, serve::Api{"t", "{}"}, metrics};
  CHECK(open.start().find("token") != std::string::npos);
  options.address = "127.0.0.1";
  options.port = server.port();
  serve::Server second{options, serve::Api{"t", "{}"}, metrics};
  CHECK(second.start().find("in use") != std::string::npos);
}

}  // namespace callmill::test
