#pragma once
// What one visitor, and all of them together, may take of the server. Each is a named number, so
// that a test can make it small; the defaults are what OWASP's lists advise for small servers.

#include <chrono>
#include <cstddef>

namespace callmill::serve {

struct Limits {
  using Length = std::chrono::milliseconds;

  std::size_t header_bytes = 8 * 1024;   // request line and fields together: 431 beyond
  std::size_t target_bytes = 2048;       // path and query: 414 beyond
  std::size_t body_bytes = 1024 * 1024;  // 413 beyond
  Length header{5'000};                  // for the whole header, however its bytes drip: 408 beyond
  Length body{30'000};                   // for the whole body: 408 beyond
  Length idle{15'000};    // between two requests of one connection; then it is closed
  Length write{30'000};   // for one answer or one frame; then the connection is cut
  Length answer{10'000};  // for whoever makes the answer: 504 beyond
  Length linger{1'000};   // for the last bytes of a refused visitor, so that the refusal is read
  int requests = 100;     // on one connection; the last one says Connection: close
  int connections = 256;  // 503 beyond
  int per_address = 32;   // connections of one address: 503 beyond

  std::size_t message_bytes = 64 * 1024;  // of a WebSocket message from outside: close 1009
  int messages = 100;                     // from outside in each message_window: close 1008
  Length message_window{60'000};
  Length ping{15'000};                // how often the server pings
  Length stream_idle{45'000};         // nothing heard for so long, not even a pong: cut
  Length frame_gap{200};              // between frames to one client, on average
  Length frame_slack{100};            // how much earlier than that one of them may go
  int send_buffer_bytes = 64 * 1024;  // the kernel's, of a WebSocket: what waits there grows old
  Length close{2'000};                // for the other side's answer to our close
  Length stop{4'500};                 // for everything that is under way when the server is stopped

  Length ticket{30'000};
  std::size_t tickets = 1000;  // issued and not yet taken: 429 beyond
};

}  // namespace callmill::serve
