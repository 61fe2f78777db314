#pragma once
// One line a request: who, what, how it ended, how long. Never a query (tickets are in it), a
// header (the token is in one) or a body.

#include <string>

namespace callmill::serve {

struct Access {
  std::string address, method;
  std::string path;    // without the query; of a refused head: "-" where it could not be read
  int status = 0;      // 101: a stream began
  std::string reason;  // one word where it was refused, else empty
  std::size_t bytes = 0;
  double seconds = 0;
};

// "127.0.0.1 GET /api/v1/sessions 200 312 B 0.4 ms", or one JSON object.
std::string access_line(const Access& access, bool json);
// To stderr by spdlog, from any thread.
void log_access(const Access& access, bool json);

}  // namespace callmill::serve
