#pragma once
// Who may ask at all: rules about a request's head that need no socket, so that each of them is a
// line of a test.
//
//   framing   one length, one host, a path that begins with /: no two readers see two requests
//   place     Host is one of ours, exactly; so are Origin and Sec-Fetch-Site where a browser says
//             them (a page of another site, or another name for our address, is refused)
//   token     Authorization: Bearer, compared in constant time
//
// Names are compared whole and in lower case; never by prefix or suffix.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/serve/limits.h"

namespace callmill::serve {

struct HeaderLine {
  std::string name, value;  // value without spaces around it
};

struct Head {
  std::string method, target;
  int version = 11;  // 10 or 11
  std::vector<HeaderLine> lines;

  // nullptr where there is none; the first of several.
  const std::string* find(std::string_view name) const;
  int count(std::string_view name) const;
};

struct Refusal {
  int status = 400;
  std::string reason;  // one word, for metrics and logs
  std::string detail;
};
using Refused = std::optional<Refusal>;

Refused check_framing(const Head& head, const Limits& limits);

// Equal strings, in a time that depends on the length of `given` alone.
bool equal_in_constant_time(std::string_view given, std::string_view secret);

class Guard {
 public:
  // `hosts`: as Host names them, with the port.
  Guard(std::vector<std::string> hosts, std::string token);

  // `page`: a page or its assets, which a link of another site may lead to.
  Refused check_place(const Head& head, bool page) const;
  bool has_token(const Head& head) const;
  // A stream is opened by our own page (Origin) with a ticket, or by a program with the token:
  // browsers always say their Origin, and never can send the token.
  Refused check_stream(const Head& head) const;

 private:
  std::vector<std::string> hosts_, origins_;
  std::string token_;
};

// What Host may be for a server on `address` ("" or a loopback address: 127.0.0.1, localhost,
// [::1]) and `port`, with `more` names. Where port is 80 also without it.
std::vector<std::string> allowed_hosts(const std::string& address, std::uint16_t port,
                                       const std::vector<std::string>& more);

// "text/html, application/*;q=0.5" covers type "application/json"; one with q=0 does not.
bool accepts(std::string_view accept, std::string_view type);
// application/json, with no charset but utf-8.
bool is_json_type(std::string_view content_type);

}  // namespace callmill::serve
