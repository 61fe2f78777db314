// One connection: requests one after the other, each held to its limits.

#include <fmt/format.h>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <exception>

#include "app/serve/server_parts.h"

namespace callmill::serve {
namespace http = beast::http;
namespace {

using WallClock = std::chrono::steady_clock;

// What came of reading a part of a request: go on, refuse with a status, or the connection is gone.
struct Step {
  bool gone = false;
  Refused refused;
};

Refusal refusal_of(const error_code& failed) {
  if (failed == http::error::header_limit || failed == http::error::buffer_overflow)
    return {431, "header_limit", "the header is too large"};
  if (failed == http::error::body_limit) return {413, "body_limit", "the body is too large"};
  if (failed == http::error::bad_version) return {505, "version", "HTTP/1.1 is spoken here"};
  return {400, "malformed", "this is not an HTTP request"};
}

const Refusal kLate{408, "timeout", "the request came too slowly"};

Head head_of(const http::request<http::string_body>& message) {
  Head head;
  head.method = std::string{message.method_string()};
  head.target = std::string{message.target()};
  head.version = static_cast<int>(message.version());
  for (const auto& field : message)
    head.lines.push_back({std::string{field.name_string()}, std::string{field.value()}});
  return head;
}

asio::awaitable<Step> read_head(const ServerCore& core, HttpPeer& peer, Parser& parser) {
  error_code failed;
  if (peer.served > 0 && peer.buffer.size() == 0) {
    peer.waiting = true;
    peer.stream.expires_after(core.limits().idle);
    const std::size_t n =
        co_await peer.stream.async_read_some(peer.buffer.prepare(4096), quietly(failed));
    if (failed) co_return Step{true, {}};
    peer.buffer.commit(n);
  }
  peer.waiting = peer.served == 0 && peer.buffer.size() == 0;
  parser.header_limit(static_cast<std::uint32_t>(core.limits().header_bytes));
  parser.body_limit(core.limits().body_bytes);
  peer.stream.expires_never();
  peer.allow(core.limits().header);
  co_await http::async_read_header(peer.stream, peer.buffer, parser, quietly(failed));
  peer.deadline.cancel();
  peer.waiting = false;
  if (!failed) co_return Step{};
  // Who has said nothing at all is not answered either.
  if (peer.late && parser.got_some()) co_return Step{false, kLate};
  const bool closed = failed == http::error::end_of_stream || failed == asio::error::eof ||
                      failed == asio::error::operation_aborted ||
                      failed == asio::error::connection_reset ||
                      failed == http::error::partial_message;
  if (closed) co_return Step{true, {}};
  co_return Step{false, refusal_of(failed)};
}

asio::awaitable<Step> read_body(const ServerCore& core, HttpPeer& peer, Parser& parser) {
  if (parser.is_done()) co_return Step{};
  error_code failed;
  peer.allow(core.limits().body);
  if (parser.get().find(http::field::expect) != parser.get().end()) {
    static const std::string kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(peer.stream, asio::buffer(kContinue), quietly(failed));
    if (failed) co_return Step{true, {}};
  }
  co_await http::async_read(peer.stream, peer.buffer, parser, quietly(failed));
  peer.deadline.cancel();
  if (!failed) co_return Step{};
  if (peer.late) co_return Step{false, kLate};
  if (failed == http::error::body_limit ||
      failed.category() == make_error_code(http::error::bad_chunk).category())
    co_return Step{false, refusal_of(failed)};
  co_return Step{true, {}};
}

// A request's place in the API, or why it has none.
struct Routed {
  Found found;
  Request request;
  Refused refused;
  std::string allow;  // of 405
};

Refused check_content(const Head& head, const Endpoint& endpoint) {
  if (head.find("content-encoding") != nullptr)
    return Refusal{415, "content_encoding", "bodies come as they are"};
  const std::string* length = head.find("content-length");
  const bool has_body =
      head.find("transfer-encoding") != nullptr || (length != nullptr && *length != "0");
  const std::string* type = head.find("content-type");
  if (has_body && endpoint.body.empty()) return Refusal{400, "body", "this request has no body"};
  if (has_body && (type == nullptr || !is_json_type(*type)))
    return Refusal{415, "content_type", "Content-Type: application/json"};
  const std::string* accept = head.find("accept");
  const bool choice = !endpoint.page && endpoint.stream.empty() && !endpoint.answers.empty();
  const std::string answer = endpoint.answers.empty() ? "*/*" : endpoint.answers.front().type;
  if (accept != nullptr && choice && !accepts(*accept, answer))
    return Refusal{406, "accept", "this is answered with " + answer};
  return {};
}

Routed route(const ServerCore& core, const Head& head) {
  Routed routed;
  routed.refused = check_framing(head, core.limits());
  if (routed.refused) return routed;
  Request& request = routed.request;
  request.method = head.method == "HEAD" ? "GET" : head.method;
  if (!split_target(head.target, request.path, request.query)) {
    routed.refused = Refusal{400, "target", "this path cannot be read"};
    return routed;
  }
  routed.found = core.api.find(head.method, request.path);
  const Endpoint* endpoint = routed.found.endpoint;
  const bool page = endpoint != nullptr && endpoint->page;
  routed.refused = core.guard->check_place(head, page);
  if (routed.refused) return routed;
  if (endpoint == nullptr) {
    routed.allow = routed.found.allow;
    routed.refused = routed.allow.empty()
                         ? Refusal{404, "path", "there is nothing under this path"}
                         : Refusal{405, "method", "this path takes " + routed.allow};
    return routed;
  }
  if (endpoint->token && endpoint->stream.empty() && !core.guard->has_token(head))
    routed.refused = Refusal{401, "token", "Authorization: Bearer with the token of this start"};
  else
    routed.refused = check_content(head, *endpoint);
  request.ids = routed.found.ids;
  if (const std::string* tag = head.find("if-none-match")) request.if_none_match = *tag;
  if (const std::string* codings = head.find("accept-encoding")) request.accept_encoding = *codings;
  return routed;
}

Response response_of(const Refusal& refusal, const std::string& allow) {
  Response response = problem(refusal.status, refusal.detail);
  if (!allow.empty()) response.headers.emplace_back("Allow", allow);
  if (refusal.status == 401)
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"callmill\"");
  if (refusal.status == 426) response.headers.emplace_back("Upgrade", "websocket");
  return response;
}

// The topic that a stream may have, or why none.
Refused find_topic(ServerCore& core, const Head& head, const Parser& parser, const Routed& routed,
                   NamedTopic& topic) {
  if (!beast::websocket::is_upgrade(parser.get()))
    return Refusal{426, "upgrade", "this path is a WebSocket"};
  if (Refused refused = core.guard->check_stream(head)) return refused;
  const std::string name = routed.found.ids.at(routed.found.endpoint->stream);
  const std::string* ticket = routed.request.find_query("ticket");
  const bool may = ticket != nullptr ? core.tickets.take(*ticket, name, Tickets::Clock::now())
                                     : core.guard->has_token(head);
  if (!may) return Refusal{401, "ticket", "a ticket of POST /api/v1/tickets, once and soon"};
  const auto found = core.topics.find(name);
  if (found == core.topics.end() || found->second->newest().seq == 0)
    return Refusal{404, "topic", "there is no such stream"};
  topic = {name, found->second};
  return {};
}

class Logged {
 public:
  Logged(ServerCore& core, const HttpPeer& peer, const Head& head) : core_{core} {
    access_.address = peer.address;
    access_.method = head.method.empty() ? "-" : head.method;
    access_.path = head.target.empty() ? "-" : head.target.substr(0, head.target.find('?'));
  }
  void end(int status, std::size_t bytes, const std::string& endpoint, const Refused& refused) {
    access_.status = status;
    access_.bytes = bytes;
    access_.seconds = std::chrono::duration<double>(WallClock::now() - began_).count();
    if (refused) {
      access_.reason = refused->reason;
      core_.refused(refused->reason);
    }
    const std::string name = endpoint.empty() ? "none" : endpoint;
    core_.metrics.add("callmill_http_requests_total",
                      {{"endpoint", name}, {"status", std::to_string(status)}});
    core_.metrics.observe("callmill_http_request_duration_seconds", access_.seconds,
                          {{"endpoint", name}});
    core_.log(access_);
  }

 private:
  ServerCore& core_;
  Access access_;
  WallClock::time_point began_ = WallClock::now();
};

// One request. False: the connection is over.
asio::awaitable<bool> serve_request(std::shared_ptr<ServerCore> core,
                                    std::shared_ptr<HttpPeer> peer) {
  Parser parser;
  Step step = co_await read_head(*core, *peer, parser);
  if (step.gone) co_return false;
  const Head head = step.refused ? Head{} : head_of(parser.get());
  Logged logged{*core, *peer, head};
  Routed routed;
  if (step.refused)
    routed.refused = step.refused;
  else
    routed = route(*core, head);
  const Endpoint* endpoint = routed.found.endpoint;
  const std::string name = endpoint == nullptr ? "" : endpoint->name;
  if (!routed.refused && endpoint != nullptr && !endpoint->stream.empty()) {
    NamedTopic topic;
    routed.refused = find_topic(*core, head, parser, routed, topic);
    if (topic.topic != nullptr) {
      logged.end(101, 0, name, {});
      co_await serve_stream(core, peer, parser, topic);
      co_return false;
    }
  }
  if (!routed.refused) {
    step = co_await read_body(*core, *peer, parser);
    if (step.gone) co_return false;
    routed.refused = step.refused;
  }
  ++peer->served;
  const bool refused = routed.refused.has_value();
  Response response;
  if (refused) {
    response = response_of(*routed.refused, routed.allow);
  } else {
    routed.request.body = std::move(parser.get().body());
    response = co_await ask(core, *endpoint, std::move(routed.request));
  }
  const bool keep = !refused && !peer->ending && parser.get().keep_alive() &&
                    peer->served < core->limits().requests;
  const bool written = co_await write_response(*core, *peer, response, head.method == "HEAD", keep);
  logged.end(response.status, response.bytes.size(), name, routed.refused);
  if (written && !keep) co_await linger(*core, *peer);
  co_return written&& keep;
}

}  // namespace

Nothing serve_connection(std::shared_ptr<ServerCore> core, std::shared_ptr<HttpPeer> peer) {
  bool more = true;
  while (more) more = co_await serve_request(core, peer);
}

}  // namespace callmill::serve
