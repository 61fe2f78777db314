// What attackers of local servers try: each line is refused with its status, and the server goes on
// serving the good client.

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "tests/app/serve/fixture.h"

namespace callmill::test {
namespace {

struct Attack {
  const char* what;
  std::string bytes;
  int status;  // 0: closed without a word
};

void check_all(const LiveServer& server, const std::vector<Attack>& attacks) {
  for (const Attack& attack : attacks) {
    INFO(attack.what << "\n" << attack.bytes.substr(0, 300));
    Wire wire{server.port()};
    wire.send(attack.bytes);
    const HttpAnswer answer = wire.read_answer();
    CHECK(answer.status == attack.status);
    CHECK(wire.closes());  // nothing that follows is taken for a request
  }
  CHECK(server.answer(server.request("GET", "/api/v1/things/a")).status == 200);
}

std::string with_host(const std::string& host_line) {
  return "GET /api/v1/things/a HTTP/1.1\r\n" + host_line + "Authorization: Bearer " +
         LiveServer::kToken + "\r\n\r\n";
}

}  // namespace

TEST_CASE("Attack: another name for this address (DNS rebinding)") {
  const LiveServer server;
  const std::string port = std::to_string(server.port());
  check_all(
      server,
      {
          {"no host", with_host(""), 400},
          {"two hosts", with_host("Host: " + server.host() + "\r\nHost: evil.example\r\n"), 400},
          {"empty", with_host("Host: \r\n"), 421},
          {"foreign", with_host("Host: evil.example\r\n"), 421},
          {"foreign with our port", with_host("Host: evil.example:" + port + "\r\n"), 421},
          {"begins like ours", with_host("Host: 127.0.0.1.evil.example:" + port + "\r\n"), 421},
          {"begins with 127", with_host("Host: 127.attacker.example:" + port + "\r\n"), 421},
          {"ends like ours", with_host("Host: evil-localhost:" + port + "\r\n"), 421},
          {"subdomain", with_host("Host: x.localhost:" + port + "\r\n"), 421},
          {"dot at the end", with_host("Host: localhost.:" + port + "\r\n"), 421},
          {"no port", with_host("Host: 127.0.0.1\r\n"), 421},
          {"another port", with_host("Host: 127.0.0.1:1\r\n"), 421},
          {"another loopback", with_host("Host: 127.0.0.2:" + port + "\r\n"), 421},
          {"all addresses", with_host("Host: 0.0.0.0:" + port + "\r\n"), 421},
          {"decimal", with_host("Host: 2130706433:" + port + "\r\n"), 421},
          {"user part", with_host("Host: a@127.0.0.1:" + port + "\r\n"), 421},
          {"two in one", with_host("Host: 127.0.0.1:" + port + ", evil.example\r\n"), 421},
          {"forwarded",
           with_host("Host: evil.example\r\nX-Forwarded-Host: " + server.host() + "\r\n"), 421},
          {"of the page, too", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
      });
  CHECK(server.answer(with_host("Host: LOCALHOST:" + port + "\r\n")).status == 200);
}

TEST_CASE("Attack: a page of another site asks") {
  const LiveServer server;
  const auto post = [&](const std::string& more, const std::string& body = "{}") {
    return server.request("POST", "/api/v1/things", more, body);
  };
  const auto get = [&](const std::string& more) {
    return server.request("GET", "/api/v1/things/a", more);
  };
  const std::string port = std::to_string(server.port());
  check_all(
      server,
      {
          {"foreign origin", post("Origin: http://evil.example\r\n"), 403},
          {"null origin", post("Origin: null\r\n"), 403},
          {"origin of another port", post("Origin: http://127.0.0.1:1\r\n"), 403},
          {"origin without port", post("Origin: http://127.0.0.1\r\n"), 403},
          {"origin that begins like ours",
           post("Origin: http://" + server.host() + ".evil.example\r\n"), 403},
          {"another scheme", post("Origin: file://\r\n"), 403},
          {"an extension", post("Origin: chrome-extension://abc\r\n"), 403},
          {"two origins",
           post("Origin: http://" + server.host() + "\r\nOrigin: http://evil.example\r\n"), 400},
          {"origin of a GET", get("Origin: http://evil.example\r\n"), 403},
          {"cross-site", get("Sec-Fetch-Site: cross-site\r\n"), 403},
          {"same-site is not same-origin", get("Sec-Fetch-Site: same-site\r\n"), 403},
          {"what nobody knows", get("Sec-Fetch-Site: nonsense\r\n"), 403},
          {"a link to the API", get("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"),
           403},
          {"the page in a frame's fetch",
           server.request("GET", "/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"),
           403},
          {"preflight",
           server.request("OPTIONS", "/api/v1/things",
                          "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n",
                          "", false),
           403},
          {"a form",
           server.request("POST", "/api/v1/things",
                          "Content-Type: text/plain\r\nContent-Length: 2\r\n") +
               "{}",
           415},
      });
  CHECK(
      server
          .answer(post("Origin: http://localhost:" + port + "\r\nSec-Fetch-Site: same-origin\r\n"))
          .status == 201);
  CHECK(
      server
          .answer(server.request(
              "GET", "/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", "", false))
          .status == 200);
}

TEST_CASE("Attack: the token") {
  const LiveServer server;
  const std::string token = LiveServer::kToken;
  const auto with = [&](const std::string& line) {
    return server.request("GET", "/api/v1/things/a", line, "", false);
  };
  check_all(
      server,
      {
          {"none", with(""), 401},
          {"empty", with("Authorization: Bearer \r\n"), 401},
          {"no scheme", with("Authorization: " + token + "\r\n"), 401},
          {"another scheme", with("Authorization: Basic " + token + "\r\n"), 401},
          {"cut short", with("Authorization: Bearer " + token.substr(1) + "\r\n"), 401},
          {"with more", with("Authorization: Bearer " + token + "0\r\n"), 401},
          {"twice in one", with("Authorization: Bearer " + token + token + "\r\n"), 401},
          {"in capitals", with("Authorization: Bearer 0123456789ABCDEF0123456789ABCDEF\r\n"), 401},
          {"two lines", with("Authorization: Bearer x\r\nAuthorization: Bearer " + token + "\r\n"),
           400},
          {"in the query", server.request("GET", "/api/v1/things/a?token=" + token, "", "", false),
           401},
          {"in a cookie", with("Cookie: token=" + token + "\r\n"), 401},
          {"under a name that only looks like it",
           with("X-Authorization: Bearer " + token + "\r\n"), 401},
      });
  const HttpAnswer refused = server.answer(with(""));
  CHECK(refused.headers.at("www-authenticate") == "Bearer realm=\"callmill\"");
  CHECK(server.answer(with("authorization: bearer " + token + "\r\n")).status == 200);
}

TEST_CASE("Attack: two readers, two requests (smuggling)") {
  const LiveServer server;
  const std::string type = "Content-Type: application/json\r\n";
  const std::string hidden = "GET /open HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n";
  const auto post = [&](const std::string& lines, const std::string& body) {
    return server.request("POST", "/api/v1/things", type + lines) + body + hidden;
  };
  check_all(
      server,
      {
          {"length and chunks",
           post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
          {"chunks and length",
           post("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "0\r\n\r\n"), 400},
          {"two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{} "), 400},
          {"one length twice", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}"), 400},
          {"a list of lengths", post("Content-Length: 2, 2\r\n", "{}"), 400},
          {"signed", post("Content-Length: +2\r\n", "{}"), 400},
          {"negative", post("Content-Length: -2\r\n", "{}"), 400},
          {"hexadecimal", post("Content-Length: 0x2\r\n", "{}"), 400},
          {"too long a number", post("Content-Length: 99999999999999999999999\r\n", "{}"), 400},
          {"an unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
          {"identity", post("Transfer-Encoding: identity\r\n", "0\r\n\r\n"), 400},
          {"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
          {"two codings",
           post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"), 400},
          {"space before the colon", post("Content-Length : 2\r\n", "{}"), 400},
          {"a name with a space", post("Content Length: 2\r\n", "{}"), 400},
          {"no number of a chunk", post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"),
           400},
          {"negative chunk", post("Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n0\r\n\r\n"), 400},
          {"a chunk longer than memory",
           post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff1\r\n{}"), 400},
          {"a chunk without its end", post("Transfer-Encoding: chunked\r\n", "2\r\n{}x0\r\n\r\n"),
           400},
          {"body of a GET",
           server.request("GET", "/open", "Content-Length: 5\r\n") + "GET /" + hidden, 400},
          {"bare line feeds", "GET /open HTTP/1.1\nHost: " + server.host() + "\n\n", 505},
          {"a null byte", server.request("GET", "/open", std::string{"X: a\0b\r\n", 8}), 400},
          {"a carriage return inside", server.request("GET", "/open", "X: a\rb\r\n"), 400},
          {"expectation", server.request("GET", "/open", "Expect: the-unexpected\r\n"), 417},
      });
}

TEST_CASE("Attack: request lines and paths") {
  const LiveServer server;
  const auto get = [&](const std::string& target) { return server.request("GET", target); };
  check_all(server,
            {
                {"climbs", get("/../etc/passwd"), 400},
                {"climbs, encoded", get("/%2e%2e/etc/passwd"), 400},
                {"climbs, half encoded", get("/assets/.%2e/x"), 400},
                {"climbs the other way", get("/assets/..%5c..%5cx"), 400},
                {"a null byte", get("/assets/x.js%00.html"), 400},
                {"line break in a path", get("/open%0d%0aX:%201"), 400},
                {"half an escape", get("/open%2"), 400},
                {"no escape", get("/open%zz"), 400},
                {"not UTF-8", get("/%c3%28"), 400},
                {"overlong slash", get("/%c0%af"), 400},
                {"two slashes", get("//evil.example/x"), 400},
                {"whole address", get("http://evil.example/open"), 400},
                {"no path", get("*"), 400},
                {"an id that climbs", get("/api/v1/things/.."), 400},
                {"an id with a slash", get("/api/v1/things/a%2fb"), 404},
                {"an id with letters of no table", get("/api/v1/things/%E4%B8%AD"), 404},
                {"too long an id", get("/api/v1/things/" + std::string(65, 'a')), 404},
                {"tunnel",
                 "CONNECT evil.example:443 HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n", 400},
                {"echo", server.request("TRACE", "/open"), 405},
                {"no method", " /open HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n", 400},
                {"no version", "GET /open\r\nHost: " + server.host() + "\r\n\r\n", 400},
                {"HTTP/2 by itself", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
                {"TLS", std::string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11}, 400},
            });
  CHECK(server.answer(get("/API/v1/things/a")).status == 404);
}

TEST_CASE("Attack: streams without leave") {
  const LiveServer server;
  server.publish("t", R"({"a":1})");
  server.publish("u", R"({"a":1})");
  const std::string origin = "Origin: http://" + server.host() + "\r\n";
  const std::string used = server.ticket("t");
  {
    Wire wire{server.port()};
    wire.send(server.opening("t", "?ticket=" + used, origin));
    REQUIRE(wire.read_answer().status == 101);
  }
  const std::string of_t = server.ticket("t");
  const std::string bearer = std::string{"Authorization: Bearer "} + LiveServer::kToken + "\r\n";
  check_all(
      server,
      {
          {"no ticket", server.opening("t", "", origin), 401},
          {"empty ticket", server.opening("t", "?ticket=", origin), 401},
          {"a guess", server.opening("t", "?ticket=0123", origin), 401},
          {"the token as ticket",
           server.opening("t", std::string{"?ticket="} + LiveServer::kToken, origin), 401},
          {"used before (replay)", server.opening("t", "?ticket=" + used, origin), 401},
          {"of another topic", server.opening("u", "?ticket=" + of_t, origin), 401},
          {"and is used up by that", server.opening("t", "?ticket=" + of_t, origin), 401},
          {"no origin, no token", server.opening("t", "?ticket=" + server.ticket("t")), 403},
          {"foreign origin",
           server.opening("t", "?ticket=" + server.ticket("t"), "Origin: http://evil.example\r\n"),
           403},
          {"foreign origin with the token",
           server.opening("t", "", "Origin: http://evil.example\r\n" + bearer), 403},
          {"no such topic", server.opening("v", "?ticket=" + server.ticket("v"), origin), 404},
          {"no upgrade", server.request("GET", "/api/v1/topics/t/stream"), 426},
          {"by POST", server.request("POST", "/api/v1/topics/t/stream"), 405},
          {"HEAD", server.request("HEAD", "/api/v1/topics/t/stream"), 405},
      });
  Wire program{server.port()};
  program.send(server.opening("t", "", bearer));
  CHECK(program.read_answer().status == 101);
}

TEST_CASE("Attack: a ticket that is too old") {
  serve::Limits limits;
  limits.ticket = std::chrono::milliseconds{0};
  const LiveServer server{limits};
  server.publish("t", "{}");
  Wire wire{server.port()};
  wire.send(server.opening("t", "?ticket=" + server.ticket("t"),
                           "Origin: http://" + server.host() + "\r\n"));
  CHECK(wire.read_answer().status == 401);
}

TEST_CASE("Attack: many connections that say nothing do not keep a good client out for long") {
  serve::Limits limits;
  limits.header = std::chrono::milliseconds{100};
  limits.per_address = limits.connections = 20;
  const LiveServer server{limits};
  std::vector<std::unique_ptr<Wire>> silent;
  for (int i = 0; i < 20; ++i) silent.push_back(std::make_unique<Wire>(server.port()));
  for (const auto& wire : silent) CHECK(wire->closes());
  HttpAnswer answer;
  for (int tries = 0; tries < 200 && answer.status != 200; ++tries)
    answer = server.answer(server.request("GET", "/open"));
  CHECK(answer.status == 200);
}

}  // namespace callmill::test
