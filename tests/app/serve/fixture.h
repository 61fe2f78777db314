#pragma once
// A server on a port of its own with a small API, and what a well-behaved client sends it.

#include <memory>
#include <string>

#include "app/serve/server.h"
#include "tests/app/serve/wire.h"

namespace callmill::test {

// GET /open: no token. GET /api/v1/things/{id}, POST /api/v1/things (answers its body back),
// GET /api/v1/never: no answer comes. GET /api/v1/topics/{id}/stream: a WebSocket. POST
// /api/v1/tickets: the body is the topic's name in quotes. GET / and /assets/x.js: a page.
class LiveServer {
 public:
  static constexpr const char* kToken = "0123456789abcdef0123456789abcdef";
  explicit LiveServer(serve::Limits limits = {});
  ~LiveServer();

  std::uint16_t port() const { return server->port(); }
  std::string host() const { return "127.0.0.1:" + std::to_string(port()); }
  // A request with Host and, unless `token` is false, the token. `more`: header lines with \r\n.
  std::string request(const std::string& method, const std::string& target,
                      const std::string& more = "", const std::string& body = "",
                      bool token = true) const;
  // Says these bytes on a connection of their own.
  HttpAnswer answer(const std::string& bytes) const;
  std::string ticket(const std::string& topic) const;
  // The head of a WebSocket's opening.
  std::string opening(const std::string& topic, const std::string& query,
                      const std::string& more = "") const;
  // Opened with a ticket; the 101 has been read.
  std::unique_ptr<Wire> stream(const std::string& topic, int receive_buffer = 0) const;
  void publish(const std::string& topic, const std::string& json) const;

  serve::Metrics metrics;
  std::vector<serve::Access> log;  // to be read after stop()
  std::unique_ptr<serve::Server> server;

 private:
  serve::Server* self_ = nullptr;  // for the handler of tickets
};

}  // namespace callmill::test
