#pragma once
// The HTTP and WebSocket server: one thread, coroutines, no knowledge of call centres.
//
//   connection -> limits -> framing -> place -> route -> token -> body -> handler -> answer
//                    \_________ refused with a problem+json and a closed connection
//   GET of a stream's path with Upgrade -> ticket or token -> snapshot, delta, delta, ...
//
// Listens on 127.0.0.1 and ::1 unless told otherwise. Plain HTTP: beyond one's own machine a proxy
// that speaks TLS belongs in front of it.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/serve/access_log.h"
#include "app/serve/api.h"
#include "app/serve/hub.h"
#include "app/serve/limits.h"
#include "app/serve/metrics.h"

namespace callmill::serve {

struct ServerOptions {
  std::string address;             // empty: loopback, both families
  std::uint16_t port = 0;          // 0: any that is free
  std::vector<std::string> hosts;  // more names that Host may have
  std::string token;               // empty: one is drawn, on loopback; elsewhere it is refused
  Limits limits;
  std::function<void(const Access&)> log;  // on the server's thread; may be empty
};

struct ServerCore;

class Server {
 public:
  // `metrics` outlives the server. Adds its own names to it.
  Server(ServerOptions options, Api api, Metrics& metrics);
  ~Server();  // stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and begins. What is wrong, or "".
  std::string start();
  std::uint16_t port() const;
  const std::string& token() const;
  std::string url() const;  // "http://127.0.0.1:8012/"

  // By any thread. A topic comes into being with its first document.
  void publish(const std::string& topic, Document document);
  void end_topic(const std::string& topic);
  // For the handler that issues tickets, on the server's thread: none where too many are out.
  std::string issue_ticket(const std::string& topic);

  // No new connections; requests under way are answered, streams closed with 1001; what is not done
  // by limits.stop is cut. Returns when the thread has ended.
  void stop();

 private:
  std::shared_ptr<ServerCore> core_;
};

}  // namespace callmill::serve
