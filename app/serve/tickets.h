#pragma once
// Single-use tickets for streams: a browser cannot send a token with a WebSocket, and a token in a
// URL would be kept in histories and logs. A ticket is good for one stream, once, for half a
// minute.

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "app/serve/limits.h"

namespace callmill::serve {

// 128 bits from the operating system, as 32 hexadecimal digits.
std::string random_token();

class Tickets {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Tickets(const Limits& limits) : limits_{limits} {}

  // None where too many are out.
  std::optional<std::string> issue(const std::string& topic, Clock::time_point now);
  // True once for a ticket that was issued for `topic` no longer ago than limits.ticket. One that
  // was shown for another topic is used up all the same.
  bool take(const std::string& ticket, const std::string& topic, Clock::time_point now);

 private:
  struct Issued {
    std::string topic;
    Clock::time_point until;
  };
  Limits limits_;
  std::map<std::string, Issued> out_;
};

}  // namespace callmill::serve
