#include "app/serve/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/json.hpp>
#include <chrono>

#include "app/serve/server_parts.h"

namespace callmill::serve {
namespace {

void describe(Metrics& metrics) {
  metrics.describe("callmill_http_requests_total", "counter", "Requests answered");
  metrics.describe("callmill_http_request_duration_seconds", "histogram",
                   "From the last byte of a request's head to the last byte of its answer");
  metrics.describe("callmill_http_connections", "gauge", "Connections open, streams among them");
  metrics.describe("callmill_http_refused_total", "counter", "Requests and connections refused");
  metrics.describe("callmill_ws_clients", "gauge", "WebSocket streams open");
  metrics.describe("callmill_ws_frames_total", "counter", "Frames sent to streams");
  metrics.describe("callmill_ws_sent_bytes_total", "counter", "Bytes of those frames");
}

void leave(ServerCore& core, const std::shared_ptr<HttpPeer>& peer) {
  core.peers.erase(peer);
  if (--core.by_address[peer->address] <= 0) core.by_address.erase(peer->address);
  core.metrics.add("callmill_http_connections", {}, -1);
}

// A last word that does not wait: what the kernel does not take at once is not said.
void turn_away(tcp::socket& socket) {
  static const std::string kBusy =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\n"
      "Connection: close\r\n\r\n";
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(kBusy), ignored);
  socket.close(ignored);
}

void admit(const std::shared_ptr<ServerCore>& core, tcp::socket socket) {
  error_code failed;
  const tcp::endpoint from = socket.remote_endpoint(failed);
  if (failed) return;
  const std::string address = from.address().to_string();
  const auto& limits = core->limits();
  const auto same = core->by_address.find(address);
  const bool full = std::cmp_greater_equal(core->peers.size(), limits.connections);
  if (full || (same != core->by_address.end() && same->second >= limits.per_address)) {
    core->refused(full ? "connections" : "per_address");
    turn_away(socket);
    return;
  }
  socket.set_option(tcp::no_delay{true}, failed);
  auto peer = std::make_shared<HttpPeer>(std::move(socket), address, limits);
  core->peers.insert(peer);
  ++core->by_address[address];
  core->metrics.add("callmill_http_connections");
  asio::co_spawn(core->io, serve_connection(core, peer), [core, peer](const std::exception_ptr&) {
    // Whatever ended it, out of memory included, this connection is over and the others go on.
    peer->cut();
    leave(*core, peer);
  });
}

Nothing listen(std::shared_ptr<ServerCore> core, std::size_t which) {
  while (!core->stopping) {
    tcp::socket socket{core->io};
    error_code failed;
    co_await core->acceptors[which].async_accept(socket, quietly(failed));
    if (core->stopping) co_return;
    if (!failed) {
      admit(core, std::move(socket));
      continue;
    }
    core->refused("accept");  // no descriptors left: give those who are here time to go
    asio::steady_timer pause{core->io, std::chrono::milliseconds{100}};
    co_await pause.async_wait(quietly(failed));
  }
}

// What is wrong, or "".
std::string open(ServerCore& core, const std::string& address, std::uint16_t port) {
  error_code failed;
  const asio::ip::address where = asio::ip::make_address(address, failed);
  if (failed) return address + " is no address; e.g. 0.0.0.0 or 192.168.1.5";
  tcp::acceptor acceptor{core.io};
  acceptor.open(where.is_v6() ? tcp::v6() : tcp::v4(), failed);
  if (!failed) acceptor.set_option(asio::socket_base::reuse_address{true}, failed);
  if (!failed && where.is_v6()) acceptor.set_option(asio::ip::v6_only{true}, failed);
  if (!failed) acceptor.bind({where, port}, failed);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed) return address + " port " + std::to_string(port) + ": " + failed.message();
  core.port = acceptor.local_endpoint().port();
  core.acceptors.push_back(std::move(acceptor));
  return "";
}

bool is_loopback(const std::string& address) {
  error_code failed;
  const asio::ip::address where = asio::ip::make_address(address, failed);
  return address.empty() || address == "localhost" || (!failed && where.is_loopback());
}

Nothing wait_for_the_last(std::shared_ptr<ServerCore> core) {
  const auto until = std::chrono::steady_clock::now() + core->limits().stop;
  error_code ignored;
  while (!core->peers.empty() && std::chrono::steady_clock::now() < until) {
    asio::steady_timer pause{core->io, std::chrono::milliseconds{10}};
    co_await pause.async_wait(quietly(ignored));
  }
  const std::set<std::shared_ptr<Peer>> left = core->peers;
  for (const auto& peer : left) peer->cut();
  core->topics.clear();
}

void begin_to_stop(const std::shared_ptr<ServerCore>& core) {
  if (core->stopping) return;
  core->stopping = true;
  error_code ignored;
  for (tcp::acceptor& acceptor : core->acceptors) acceptor.close(ignored);
  const std::set<std::shared_ptr<Peer>> all = core->peers;
  for (const auto& peer : all) peer->ask_to_end();
  asio::co_spawn(core->io, wait_for_the_last(core), asio::detached);
}

}  // namespace

void ServerCore::refused(const std::string& reason) {
  metrics.add("callmill_http_refused_total", {{"reason", reason}});
}

void ServerCore::log(const Access& access) const {
  if (options.log) options.log(access);
}

Server::Server(ServerOptions options, Api api, Metrics& metrics)
    : core_{std::make_shared<ServerCore>(std::move(options), std::move(api), metrics)} {
  describe(metrics);
}

Server::~Server() {
  stop();
}

std::string Server::start() {
  ServerOptions& options = core_->options;
  if (options.token.empty() && !is_loopback(options.address))
    return "an address that others reach needs a token: --token-file FILE";
  if (options.token.empty()) options.token = random_token();
  std::string wrong;
  if (options.address.empty() || options.address == "localhost") {
    wrong = open(*core_, "127.0.0.1", options.port);
    // A machine without IPv6, or with this port taken there, is served by the other alone.
    if (wrong.empty()) open(*core_, "::1", core_->port);
  } else {
    wrong = open(*core_, options.address, options.port);
  }
  if (!wrong.empty()) return wrong;
  core_->guard.emplace(allowed_hosts(options.address, core_->port, options.hosts), options.token);
  for (std::size_t i = 0; i < core_->acceptors.size(); ++i)
    asio::co_spawn(core_->io, listen(core_, i), asio::detached);
  core_->thread = std::thread{[core = core_] { core->io.run(); }};
  return "";
}

std::uint16_t Server::port() const {
  return core_->port;
}

const std::string& Server::token() const {
  return core_->options.token;
}

std::string Server::url() const {
  const std::string& address = core_->options.address;
  const bool any = address.empty() || address == "localhost" || address == "0.0.0.0";
  std::string host = any ? "127.0.0.1" : address;
  if (address == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(core_->port) + "/";
}

void Server::publish(const std::string& topic, Document document) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t made = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  asio::post(core_->io, [core = core_.get(), topic, document = std::move(document), made] {
    if (core->stopping) return;
    std::shared_ptr<Topic>& place = core->topics[topic];
    if (place == nullptr) place = std::make_shared<Topic>();
    place->publish(document, made);
  });
}

void Server::end_topic(const std::string& topic) {
  asio::post(core_->io, [core = core_.get(), topic] {
    const auto found = core->topics.find(topic);
    if (found == core->topics.end()) return;
    const std::shared_ptr<Topic> ending = found->second;
    core->topics.erase(found);
    ending->end();
  });
}

std::string Server::issue_ticket(const std::string& topic) {
  return core_->tickets.issue(topic, Tickets::Clock::now()).value_or("");
}

void Server::stop() {
  if (!core_->thread.joinable()) return;
  asio::post(core_->io, [core = core_] { begin_to_stop(core); });
  core_->thread.join();
}

}  // namespace callmill::serve
