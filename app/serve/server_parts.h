#pragma once
// Shared by the .cpp files of this folder only: the server's state, all of it on one thread, and
// the coroutines that work on it.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/serve/guard.h"
#include "app/serve/server.h"
#include "app/serve/tickets.h"

namespace callmill::serve {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using Nothing = asio::awaitable<void>;

// co_await x(..., quietly(e)): the outcome in e instead of an exception.
inline auto quietly(error_code& outcome) {
  return asio::redirect_error(asio::use_awaitable, outcome);
}

// One connection, plain or stream.
class Peer {
 public:
  virtual ~Peer() = default;
  virtual void ask_to_end() = 0;  // the server stops: finish, then close
  virtual void cut() = 0;         // close now; what waits on the socket ends with an error
};

struct ServerCore : std::enable_shared_from_this<ServerCore> {
  ServerCore(ServerOptions o, Api a, Metrics& m)
      : options{std::move(o)}, api{std::move(a)}, metrics{m}, tickets{options.limits} {}

  ServerOptions options;
  Api api;
  Metrics& metrics;
  Tickets tickets;
  std::optional<Guard> guard;  // once the port is known
  asio::io_context io{1};
  std::vector<tcp::acceptor> acceptors;
  std::uint16_t port = 0;
  std::map<std::string, std::shared_ptr<Topic>> topics;
  std::set<std::shared_ptr<Peer>> peers;
  std::map<std::string, int> by_address;  // connections
  bool stopping = false;
  std::thread thread;

  const Limits& limits() const { return options.limits; }
  void refused(const std::string& reason);
  void log(const Access& access) const;
};

struct HttpPeer : Peer, std::enable_shared_from_this<HttpPeer> {
  HttpPeer(tcp::socket socket, std::string from, const Limits& limits)
      : stream{std::move(socket)},
        buffer{2 * limits.header_bytes + 65536},
        deadline{stream.get_executor()},
        address{std::move(from)} {}
  void ask_to_end() override {
    ending = true;
    if (waiting) cut();
  }
  void cut() override {
    deadline.cancel();
    stream.close();
  }

  // What is read from now on ends with an error at the latest then, and `late` is set. (The
  // stream's own timer would close it, and nothing could be answered any more.)
  void allow(Limits::Length length) {
    late = false;
    deadline.expires_after(length);
    deadline.async_wait([peer = shared_from_this()](const error_code& cancelled) {
      if (cancelled) return;
      peer->late = true;
      peer->stream.cancel();
    });
  }

  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  asio::steady_timer deadline;
  bool late = false;
  std::string address;
  int served = 0;
  bool waiting = true;  // for the first byte of a request
  bool ending = false;
};

using Parser = beast::http::request_parser<beast::http::string_body>;

// A connection from its first byte to its last; leaves core->peers at the end.
Nothing serve_connection(std::shared_ptr<ServerCore> core, std::shared_ptr<HttpPeer> peer);
// What answers `request`: waits for the handler up to limits.answer.
asio::awaitable<Response> ask(std::shared_ptr<ServerCore> core, const Endpoint& endpoint,
                              Request request);

// Writes an answer. `keep`: the connection goes on after it.
asio::awaitable<bool> write_response(const ServerCore& core, HttpPeer& peer,
                                     const Response& response, bool head_only, bool keep);
// Ends a connection whose visitor may still be sending, so that what was answered is read.
Nothing linger(const ServerCore& core, HttpPeer& peer);

struct NamedTopic {
  std::string name;
  std::shared_ptr<Topic> topic;
};
// Takes the connection over for a stream of `topic`; returns when that has ended.
Nothing serve_stream(std::shared_ptr<ServerCore> core, std::shared_ptr<HttpPeer> peer,
                     const Parser& parser, NamedTopic topic);

}  // namespace callmill::serve
