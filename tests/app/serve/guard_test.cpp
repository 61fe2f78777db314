// The guard's small rules by themselves; attack_test.cpp holds them together over sockets.

#include <catch2/catch.hpp>

#include "app/serve/guard.h"
#include "app/serve/http.h"
#include "app/serve/utf8.h"

namespace callmill::serve {

TEST_CASE("Guard: hosts of loopback, of an address, of names") {
  using Hosts = std::vector<std::string>;
  CHECK(allowed_hosts("", 8012, {}) == Hosts{"127.0.0.1:8012", "localhost:8012", "[::1]:8012"});
  CHECK(allowed_hosts("", 80, {}) ==
        Hosts{"127.0.0.1:80", "127.0.0.1", "localhost:80", "localhost", "[::1]:80", "[::1]"});
  CHECK(allowed_hosts("10.0.0.5", 1, {}).back() == "10.0.0.5:1");
  CHECK(allowed_hosts("fd00::5", 1, {}).back() == "[fd00::5]:1");
  CHECK(allowed_hosts("0.0.0.0", 1, {"live.example"}) ==
        Hosts{"127.0.0.1:1", "localhost:1", "[::1]:1", "live.example", "live.example:1"});
}

TEST_CASE("Guard: comparing takes the same steps wherever the first difference is") {
  CHECK(equal_in_constant_time("secret", "secret"));
  for (const char* other : {"", "secre", "secret0", "Secret", "secreT", "secretsecret"})
    CHECK_FALSE(equal_in_constant_time(other, "secret"));
  CHECK(equal_in_constant_time("", ""));
  CHECK_FALSE(equal_in_constant_time("x", ""));
  Head head;
  head.lines = {{"Authorization", "Bearer "}};
  CHECK_FALSE(Guard{{}, ""}.has_token(head));
}

TEST_CASE("Guard: Accept and Content-Type") {
  for (const char* yes : {"", " ", "*/*", "application/json", "APPLICATION/JSON",
                          "text/html, */*;q=0.1", "application/*;q=1.0"})
    CHECK(accepts(yes, "application/json"));
  for (const char* no : {"text/html", "application/json;q=0", "application/json; q=0.0",
                         "application/jsonp", "text/*, image/png"})
    CHECK_FALSE(accepts(no, "application/json"));
  CHECK(accepts("text/html", "text/html; charset=utf-8"));
  for (const char* yes : {"application/json", "Application/JSON;charset=UTF-8",
                          "application/json; charset=\"utf-8\""})
    CHECK(is_json_type(yes));
  for (const char* no : {"", "text/json", "application/json5", "application/json; charset=latin1",
                         "application/jso"})
    CHECK_FALSE(is_json_type(no));
}

TEST_CASE("Targets: decoded once, and only what can be read") {
  std::string path;
  std::map<std::string, std::string> query;
  REQUIRE(split_target("/a%20b?x=1%2B1&y=a+b&z&x=2", path, query));
  CHECK(path == "/a b");
  CHECK(query == std::map<std::string, std::string>{{"x", "2"}, {"y", "a b"}, {"z", ""}});
  REQUIRE(split_target("/%E4%B8%AD?", path, query));
  CHECK(path == "/\u4e2d");
  CHECK(query.empty());
  REQUIRE(split_target("/%252e%252e", path, query));
  CHECK(path == "/%2e%2e");
  for (const char* bad :
       {"", "a", "/%", "/%4", "/%g1", "/a?x=%00", "/a?%ff=1", "/a/../b", "/a\\b", "/a//b", "?x"})
    CHECK_FALSE(split_target(bad, path, query));
}

TEST_CASE("UTF-8: as RFC 3629 has it") {
  for (const char* good :
       {"", "abc", "\u00e9", "\u4e2d\u6587", "\U0001F4DE", "\u07ff", "\u0800", "\U0010FFFF"})
    CHECK(is_utf8(good));
  for (const char* bad :
       {"\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe4\xb8", "\xff",
        "a\xe4"
        "b"})
    CHECK_FALSE(is_utf8(bad));
}

}  // namespace callmill::serve
