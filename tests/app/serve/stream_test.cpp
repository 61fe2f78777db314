// WebSockets: the frames of RFC 6455, right and wrong, and what the slow are sent.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>

#include "app/serve/merge_patch.h"
#include "tests/app/serve/fixture.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

serve::Limits quick() {
  serve::Limits limits;
  limits.frame_gap = limits.frame_slack = milliseconds{0};
  return limits;
}

json::value next(Wire& wire) {
  const WsFrame frame = wire.read_frame();
  REQUIRE(frame.opcode == 1);
  REQUIRE(frame.fin);
  return json::parse(frame.payload);
}

// The close that follows these bytes.
int close_after(const LiveServer& server, const std::string& bytes) {
  const std::unique_ptr<Wire> wire = server.stream("t");
  CHECK(wire->read_frame().opcode == 1);
  wire->send(bytes);
  const WsFrame last = wire->read_frame();
  CHECK(last.opcode == 8);
  wire->send(ws_frame(8, last.payload));
  CHECK(wire->closes());
  return last.close_code();
}

std::string big_state(int number) {
  json::object state{{"n", number}};
  for (int i = 0; i < 100; ++i)
    state["k" + std::to_string(i)] = std::string(1000, static_cast<char>('a' + number % 26));
  return json::serialize(state);
}

}  // namespace

TEST_CASE("A snapshot, then deltas that lead to the same document") {
  const LiveServer server{quick()};
  server.publish("t", R"({"a":1,"b":{"c":[1,2],"d":"x"}})");
  const std::unique_ptr<Wire> wire = server.stream("t");
  json::value first = next(*wire);
  CHECK(first.at("type") == "snapshot");
  CHECK(first.at("seq") == 1);
  CHECK(first.at("made_at_ms").is_int64());
  json::value state = first.at("state");
  server.publish("t", R"({"a":2,"b":{"c":[1,2],"d":"x"}})");
  const json::value second = next(*wire);
  CHECK(second.at("type") == "delta");
  CHECK(second.at("from") == 1);
  CHECK(second.at("seq") == 2);
  CHECK(json::serialize(second.at("patch")) == R"({"a":2})");
  serve::apply_merge_patch(state, second.at("patch"));
  CHECK(state == json::parse(R"({"a":2,"b":{"c":[1,2],"d":"x"}})"));
  server.publish("t", R"({"a":2,"b":{"c":[1,2],"d":"x"}})");  // nothing new: nothing is sent
  server.publish("t", R"({"b":{"c":[3],"d":"x"}})");
  const json::value third = next(*wire);
  CHECK(third.at("from") == 2);
  CHECK(third.at("seq") == 3);
  CHECK(json::serialize(third.at("patch")) == R"({"a":null,"b":{"c":[3]}})");
  wire->send(ws_frame(1, R"({"type":"snapshot"})"));
  const json::value whole = next(*wire);
  CHECK(whole.at("type") == "snapshot");
  CHECK(whole.at("seq") == 3);
}

TEST_CASE("No more than one frame in frame_gap, and that one the newest") {
  serve::Limits limits;
  limits.frame_gap = milliseconds{60'000};
  limits.frame_slack = milliseconds{0};
  const LiveServer server{limits};
  server.publish("t", R"({"n":0})");
  const std::unique_ptr<Wire> wire = server.stream("t");
  CHECK(next(*wire).at("seq") == 1);
  for (int n = 1; n < 10; ++n) server.publish("t", "{\"n\":" + std::to_string(n) + "}");
  CHECK_FALSE(wire->has_more(100));
}

TEST_CASE("Who reads slowly is sent the newest, never a backlog") {
  const LiveServer server{quick()};
  constexpr int kLast = 400;
  server.publish("t", big_state(0));
  const std::unique_ptr<Wire> slow = server.stream("t", 4096);
  const std::unique_ptr<Wire> fast = server.stream("t");
  json::value seen = next(*fast).at("state");
  for (int n = 1; n <= kLast; ++n) {
    server.publish("t", big_state(n));
    if (n % 50 != 0) continue;
    while (seen.at("n") != n) serve::apply_merge_patch(seen, next(*fast).at("patch"));
  }
  // 400 documents of 100 kB went by; what the kernel holds is far less than a hundred of them.
  json::value state;
  int frames = 0;
  while (state.is_null() || state.at("n") != kLast) {
    const json::value frame = next(*slow);
    ++frames;
    if (frame.at("type") == "snapshot")
      state = frame.at("state");
    else
      serve::apply_merge_patch(state, frame.at("patch"));
  }
  CHECK(frames < 100);
  CHECK(state == json::parse(big_state(kLast)));
}

TEST_CASE("RFC 6455: ping, fragments, close") {
  const LiveServer server{quick()};
  server.publish("t", R"({"n":0})");
  const std::unique_ptr<Wire> wire = server.stream("t");
  next(*wire);
  wire->send(ws_frame(9, "hello"));
  const WsFrame pong = wire->read_frame();
  CHECK(pong.opcode == 10);
  CHECK(pong.payload == "hello");
  wire->send(ws_frame(10, "unasked"));
  wire->send(ws_frame(1, R"({"type":)", false) + ws_frame(9, "between") +
             ws_frame(0, R"("snap)", false) + ws_frame(0, R"(shot"})"));
  CHECK(wire->read_frame().payload == "between");
  CHECK(next(*wire).at("type") == "snapshot");
  wire->send(ws_frame(8, std::string{"\x03\xe8", 2}));
  CHECK(wire->read_frame().close_code() == 1000);
  CHECK(wire->closes());
}

TEST_CASE("RFC 6455: what breaks the protocol is closed with its code") {
  const LiveServer server{quick()};
  server.publish("t", R"({"n":0})");
  const std::string snapshot = R"({"type":"snapshot"})";
  CHECK(close_after(server, ws_frame(1, snapshot, true, false)) == 1002);    // unmasked
  CHECK(close_after(server, ws_frame(1, snapshot, true, true, 4)) == 1002);  // RSV1
  CHECK(close_after(server, ws_frame(3, "x")) == 1002);                      // reserved opcode
  CHECK(close_after(server, ws_frame(11, "x")) == 1002);                     // likewise
  CHECK(close_after(server, ws_frame(9, std::string(126, 'x'))) == 1002);    // long control
  CHECK(close_after(server, ws_frame(9, "x", false)) == 1002);               // split control
  CHECK(close_after(server, ws_frame(0, "x")) == 1002);                      // nothing to go on
  CHECK(close_after(server, ws_frame(1, "a", false) + ws_frame(1, "b")) == 1002);  // two begun
  CHECK(close_after(server, ws_frame(8, "x")) == 1002);                            // half a code
  CHECK(close_after(server, ws_frame(8, std::string{"\x03\xed", 2})) == 1002);  // 1005 is not sent
  CHECK(close_after(server, ws_frame(1, "\xc3\x28")) == 1007);                  // not UTF-8
  CHECK(close_after(server, ws_frame(1, "\xed\xa0\x80")) == 1007);              // a surrogate
  CHECK(close_after(server, ws_frame(1, std::string(65'537, 'x'))) == 1009);    // too big
  CHECK(close_after(server, ws_frame(1, std::string(40'000, 'x'), false) +
                                ws_frame(0, std::string(40'000, 'x'))) == 1009);  // in two
}

TEST_CASE("What a client may not say") {
  serve::Limits limits = quick();
  limits.messages = 5;
  const LiveServer server{limits};
  server.publish("t", R"({"n":0})");
  CHECK(close_after(server, ws_frame(2, R"({"type":"snapshot"})")) == 1003);
  CHECK(close_after(server, ws_frame(1, "snapshot")) == 1008);
  CHECK(close_after(server, ws_frame(1, "[]")) == 1008);
  CHECK(close_after(server, ws_frame(1, R"({"type":"other"})")) == 1008);
  CHECK(close_after(server, ws_frame(1, R"({"type":"snapshot","type":"snapshot"})")) == 1008);
  const std::unique_ptr<Wire> wire = server.stream("t");
  for (int i = 0; i < 6; ++i) wire->send(ws_frame(1, R"({"type":"snapshot"})"));
  WsFrame frame = wire->read_frame();
  while (frame.opcode == 1) frame = wire->read_frame();
  CHECK(frame.close_code() == 1008);
}

TEST_CASE("The server pings; who is silent is cut, who answers stays") {
  serve::Limits limits = quick();
  limits.ping = milliseconds{50};
  limits.stream_idle = milliseconds{2000};
  const LiveServer server{limits};
  server.publish("t", R"({"n":0})");
  const std::unique_ptr<Wire> silent = server.stream("t");
  const std::unique_ptr<Wire> good = server.stream("t");
  CHECK(next(*good).at("seq") == 1);
  // Answers until the silent one is gone, and is still there then.
  while (server.metrics.value("callmill_http_refused_total", {{"reason", "ws_idle"}}) < 1) {
    const WsFrame ping = good->read_frame();
    REQUIRE(ping.opcode == 9);
    good->send(ws_frame(10, ping.payload));
  }
  CHECK(silent->closes());
  server.publish("t", R"({"n":1})");
  WsFrame frame = good->read_frame();
  while (frame.opcode == 9) frame = good->read_frame();
  CHECK(frame.opcode == 1);
}

TEST_CASE("Who never reads is cut when a frame has not gone for limits.write") {
  serve::Limits limits = quick();
  limits.ping = milliseconds{20};
  limits.write = milliseconds{100};
  const LiveServer server{limits};
  server.publish("t", big_state(0));
  const std::unique_ptr<Wire> deaf = server.stream("t", 4096);
  for (int n = 1; server.metrics.value("callmill_http_refused_total", {{"reason", "ws_write"}}) < 1;
       ++n) {
    server.publish("t", big_state(n));
    deaf->send(ws_frame(10, ""));  // it speaks, so it is not idle
    std::this_thread::sleep_for(milliseconds{5});
  }
  CHECK(server.metrics.value("callmill_http_refused_total", {{"reason", "ws_write"}}) == 1);
}

TEST_CASE("A topic that ends closes its streams with 1000") {
  const LiveServer server{quick()};
  server.publish("t", R"({"n":0})");
  const std::unique_ptr<Wire> wire = server.stream("t");
  next(*wire);
  server.server->end_topic("t");
  CHECK(wire->read_frame().close_code() == 1000);
}

}  // namespace callmill::test
