// An answer: waited for, written, and read by who asked before the connection is closed.

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <exception>

#include "app/serve/server_parts.h"

namespace callmill::serve {
namespace {

// On every answer. No CORS header is ever sent: no other site's page may read anything here.
constexpr std::string_view kSecurity =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'\r\n";

std::string header_of(const Response& response, bool keep) {
  std::string text =
      fmt::format("HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} GMT\r\n{}", response.status,
                  reason_phrase(response.status), fmt::gmtime(std::time(nullptr)), kSecurity);
  bool cached = false;
  for (const auto& [name, value] : response.headers) {
    text += fmt::format("{}: {}\r\n", name, value);
    cached = cached || name == "Cache-Control";
  }
  if (!cached) text += "Cache-Control: no-store\r\n";
  if (response.status != 204 && response.status != 304)
    text += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", response.type,
                        response.bytes.size());
  text += keep ? "\r\n" : "Connection: close\r\n\r\n";
  return text;
}

struct Waiting {
  explicit Waiting(asio::io_context& io) : timer{io} {}
  asio::steady_timer timer;
  std::optional<Response> response;
};

}  // namespace

asio::awaitable<Response> ask(std::shared_ptr<ServerCore> core, const Endpoint& endpoint,
                              Request request) {
  auto waiting = std::make_shared<Waiting>(core->io);
  waiting->timer.expires_after(core->limits().answer);
  const Reply reply = [waiting, weak = std::weak_ptr{core}](Response response) {
    const std::shared_ptr<ServerCore> alive = weak.lock();
    if (alive == nullptr) return;
    asio::dispatch(alive->io, [waiting, response = std::move(response)]() mutable {
      if (waiting->response) return;
      waiting->response = std::move(response);
      waiting->timer.cancel();
    });
  };
  try {
    endpoint.handler(request, reply);
  } catch (const std::exception&) {
    reply(problem(500, "something went wrong; the server's log knows more"));
  }
  if (!waiting->response) {
    error_code ignored;
    co_await waiting->timer.async_wait(quietly(ignored));
  }
  if (!waiting->response) waiting->response = problem(504, "no answer came in time");
  co_return std::move(*waiting->response);
}

asio::awaitable<bool> write_response(const ServerCore& core, HttpPeer& peer,
                                     const Response& response, bool head_only, bool keep) {
  const std::string header = header_of(response, keep);
  const bool empty = head_only || response.status == 204 || response.status == 304;
  const std::array<asio::const_buffer, 2> parts{
      asio::buffer(header), empty
                                ? asio::const_buffer{}
                                : asio::const_buffer{response.bytes.data(), response.bytes.size()}};
  error_code failed;
  peer.stream.expires_after(core.limits().write);
  co_await asio::async_write(peer.stream, parts, quietly(failed));
  co_return !failed;
}

Nothing linger(const ServerCore& core, HttpPeer& peer) {
  error_code failed;
  peer.stream.socket().shutdown(tcp::socket::shutdown_send, failed);
  peer.stream.expires_after(core.limits().linger);
  std::array<char, 4096> dropped{};
  std::size_t all = 0;
  while (!failed && all < 256 * 1024)
    all += co_await peer.stream.async_read_some(asio::buffer(dropped), quietly(failed));
  peer.stream.close();
}

}  // namespace callmill::serve
