#include "tests/app/serve/fixture.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "app/serve/assets.h"

namespace callmill::test {
namespace {

using serve::Endpoint;
using serve::Reply;
using serve::Request;

serve::Api api_of(serve::Server*& server) {
  serve::Api api{"test", "{}"};
  Endpoint open{"GET", "/open", "open", "Anybody"};
  open.answers = {{200, "yes", R"({"type":"object"})"}};
  open.token = false;
  open.handler = [](const Request&, const Reply& reply) {
    reply(serve::json_response(200, {{"open", true}}));
  };
  api.add(open);
  Endpoint get{"GET", "/api/v1/things/{id}", "getThing", "One"};
  get.answers = {{200, "it", R"({"type":"object"})"}};
  get.handler = [](const Request& request, const Reply& reply) {
    reply(serve::json_response(200, {{"id", request.ids.at("id")}}));
  };
  api.add(get);
  Endpoint post{"POST", "/api/v1/things", "makeThing", "Another"};
  post.body = R"({"type":"object"})";
  post.answers = {{201, "it", R"({"type":"object"})"}};
  post.handler = [](const Request& request, const Reply& reply) {
    serve::Response response;
    response.status = 201;
    response.set_body(request.body);
    reply(std::move(response));
  };
  api.add(post);
  Endpoint never{"GET", "/api/v1/never", "never", "Nobody answers"};
  never.handler = [](const Request&, const Reply&) {};
  api.add(never);
  Endpoint throws{"GET", "/api/v1/throws", "throws", "Goes wrong"};
  throws.handler = [](const Request&, const Reply&) { throw std::runtime_error{"secret"}; };
  api.add(throws);
  Endpoint tickets{"POST", "/api/v1/tickets", "makeTicket", "A ticket"};
  tickets.body = R"({"type":"string"})";
  tickets.handler = [&server](const Request& request, const Reply& reply) {
    const std::string topic{boost::json::parse(request.body).as_string()};
    reply(serve::json_response(201, {{"ticket", server->issue_ticket(topic)}}));
  };
  api.add(tickets);
  Endpoint stream{"GET", "/api/v1/topics/{id}/stream", "stream", "Frames"};
  stream.stream = "id";
  api.add(stream);
  Endpoint page{"GET", "/", "page", "The page"};
  page.token = false;
  page.page = true;
  page.handler = [](const Request& request, const Reply& reply) {
    static const std::vector<serve::Asset> kAssets{
        {"/index.html", "text/html; charset=utf-8", "\"aa\"", "<p>page</p>", {}},
        {"/assets/x.js", "text/javascript", "\"bb\"", "let x = 1; let y = 2;", "zipped"}};
    reply(serve::answer_asset(kAssets, request));
  };
  api.set_fallback(page.handler);
  api.add(page);
  return api;
}

}  // namespace

LiveServer::LiveServer(serve::Limits limits) {
  serve::ServerOptions options;
  options.limits = limits;
  options.token = kToken;
  options.log = [this](const serve::Access& access) { log.push_back(access); };
  server = std::make_unique<serve::Server>(std::move(options), api_of(self_), metrics);
  self_ = server.get();
  REQUIRE(server->start().empty());
}

LiveServer::~LiveServer() {
  server->stop();
}

std::string LiveServer::request(const std::string& method, const std::string& target,
                                const std::string& more, const std::string& body,
                                bool token) const {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n";
  if (token) text += std::string{"Authorization: Bearer "} + kToken + "\r\n";
  if (!body.empty())
    text +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  return text + more + "\r\n" + body;
}

HttpAnswer LiveServer::answer(const std::string& bytes) const {
  Wire wire{port()};
  wire.send(bytes);
  return wire.read_answer(bytes.starts_with("HEAD"));
}

std::string LiveServer::ticket(const std::string& topic) const {
  const HttpAnswer made = answer(request("POST", "/api/v1/tickets", "", "\"" + topic + "\""));
  REQUIRE(made.status == 201);
  return std::string{boost::json::parse(made.body).at("ticket").as_string()};
}

std::string LiveServer::opening(const std::string& topic, const std::string& query,
                                const std::string& more) const {
  return "GET /api/v1/topics/" + topic + "/stream" + query + " HTTP/1.1\r\nHost: " + host() +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         more + "\r\n";
}

std::unique_ptr<Wire> LiveServer::stream(const std::string& topic, int receive_buffer) const {
  auto wire = std::make_unique<Wire>(port(), receive_buffer);
  wire->send(opening(topic, "?ticket=" + ticket(topic), "Origin: http://" + host() + "\r\n"));
  const HttpAnswer answered = wire->read_answer();
  INFO(answered.body);
  REQUIRE(answered.status == 101);
  return wire;
}

void LiveServer::publish(const std::string& topic, const std::string& json) const {
  server->publish(topic, std::make_shared<const boost::json::value>(boost::json::parse(json)));
}

}  // namespace callmill::test
