// Tickets, metrics, assets, access log, the word to systemd.

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <set>

#include "app/serve/access_log.h"
#include "app/serve/assets.h"
#include "app/serve/metrics.h"
#include "app/serve/notify.h"
#include "app/serve/tickets.h"

namespace callmill::serve {

TEST_CASE("Tickets: once, for one topic, for a while, and not too many") {
  using Time = Tickets::Clock::time_point;
  Limits limits;
  limits.ticket = std::chrono::seconds{30};
  limits.tickets = 2;
  Tickets tickets{limits};
  const Time start{std::chrono::hours{1}};
  const std::string a = tickets.issue("x", start).value();
  CHECK(a.size() == 32);
  CHECK(tickets.take(a, "x", start + std::chrono::seconds{30}));
  CHECK_FALSE(tickets.take(a, "x", start));
  const std::string b = tickets.issue("x", start).value();
  CHECK_FALSE(tickets.take(b, "x", start + std::chrono::seconds{31}));
  tickets.issue("x", start);
  tickets.issue("x", start);
  CHECK_FALSE(tickets.issue("x", start));
  CHECK(tickets.issue("x", start + std::chrono::minutes{1}));  // the old ones have run out
  std::set<std::string> drawn;
  for (int i = 0; i < 100; ++i) drawn.insert(random_token());
  CHECK(drawn.size() == 100);
}

TEST_CASE("Metrics: the text that Prometheus reads") {
  Metrics metrics;
  metrics.describe("x_total", "counter", "Things");
  metrics.describe("x_seconds", "histogram", "Time");
  metrics.add("x_total", {{"kind", "a\"b\\c\nd"}});
  metrics.add("x_total", {{"kind", "a\"b\\c\nd"}}, 2);
  metrics.set("y", 0.5);
  metrics.observe("x_seconds", 0.003, {{"e", "z"}});
  metrics.observe("x_seconds", 0.05, {{"e", "z"}});
  metrics.observe("x_seconds", 100, {{"e", "z"}});
  const std::string text = metrics.text();
  const auto has = [&](const std::string& line) {
    return text.find(line + "\n") != std::string::npos;
  };
  CHECK(has("# HELP x_total Things"));
  CHECK(has("# TYPE x_total counter"));
  CHECK(has(R"(x_total{kind="a\"b\\c\nd"} 3)"));
  CHECK(has("y 0.5"));
  CHECK(has(R"(x_seconds_bucket{e="z",le="0.0025"} 0)"));
  CHECK(has(R"(x_seconds_bucket{e="z",le="0.005"} 1)"));
  CHECK(has(R"(x_seconds_bucket{e="z",le="0.05"} 2)"));
  CHECK(has(R"(x_seconds_bucket{e="z",le="+Inf"} 3)"));
  CHECK(has(R"(x_seconds_count{e="z"} 3)"));
  CHECK(has(R"(x_seconds_sum{e="z"} 100.053)"));
  metrics.forget("e", "z");
  CHECK(metrics.text().find("x_seconds") == std::string::npos);
}

TEST_CASE("Assets: what the program has embedded is whole") {
  for (const Asset& asset : embedded_assets()) {
    CHECK(asset.path.starts_with('/'));
    CHECK_FALSE(asset.type.empty());
    CHECK(asset.etag.size() > 10);
    if (!asset.gzip.empty()) CHECK(asset.gzip.substr(0, 2) == "\x1f\x8b");
    if (!asset.gzip.empty()) CHECK(asset.gzip.size() < asset.bytes.size());
  }
  Request request;
  request.path = "/";
  const Response page = answer_asset(embedded_assets(), request);
  CHECK(page.status == 200);
  CHECK(page.bytes.find("<html") != std::string_view::npos);
  const Response none = answer_asset({}, request);
  CHECK(none.bytes.find("./dev web") != std::string_view::npos);
  request.path = "/x";
  CHECK(answer_asset({}, request).status == 404);
}

TEST_CASE("Access log: a line for people, a line for programs") {
  Access access{"127.0.0.1", "GET", "/a\x1b[31m", 403, "origin", 120, 0.0015};
  CHECK(access_line(access, false) ==
        "127.0.0.1 GET /a<U+001B>[31m 403 120 B 1.5 ms refused: origin");
  const boost::json::value line = boost::json::parse(access_line(access, true));
  CHECK(line.at("status") == 403);
  CHECK(line.at("refused") == "origin");
  CHECK(line.at("path") == "/a\x1b[31m");
}

TEST_CASE("systemd is told what it waits for, where there is a systemd") {
  unsetenv("NOTIFY_SOCKET");
  CHECK_FALSE(notify_service("READY=1"));
  const int listening = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = "@callmill-test-" + std::to_string(getpid());
  std::memcpy(&address.sun_path[1], name.data() + 1, name.size() - 1);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  REQUIRE(bind(listening, reinterpret_cast<const sockaddr*>(&address), size) == 0);
  setenv("NOTIFY_SOCKET", name.c_str(), 1);
  CHECK(notify_service("READY=1"));
  std::array<char, 64> said{};
  const ssize_t n = recv(listening, said.data(), said.size(), 0);
  CHECK(std::string{said.data(), static_cast<std::size_t>(n)} == "READY=1");
  unsetenv("NOTIFY_SOCKET");
  close(listening);
}

}  // namespace callmill::serve
