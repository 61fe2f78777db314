// One WebSocket: three coroutines on one thread. The writer sends what is newest, one frame at a
// time; the reader hears the few things a client may say; the watch pings, and ends who is silent.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>

#include "app/serve/server_parts.h"
#include "base/json_keys.h"

namespace callmill::serve {
namespace ws = beast::websocket;
namespace {

using WallClock = std::chrono::steady_clock;
constexpr auto kNever = WallClock::time_point::max();

struct StreamPeer : Peer, Watcher, std::enable_shared_from_this<StreamPeer> {
  StreamPeer(std::shared_ptr<ServerCore> of, beast::tcp_stream stream, NamedTopic about)
      : core{std::move(of)},
        socket{std::move(stream)},
        name{std::move(about.name)},
        topic{std::move(about.topic)},
        gate{core->limits().frame_gap, core->limits().frame_slack},
        wake{core->io},
        tick{core->io} {
    topic->watch(*this);
  }
  ~StreamPeer() override { topic->leave(*this); }
  StreamPeer(const StreamPeer&) = delete;
  StreamPeer& operator=(const StreamPeer&) = delete;

  void changed() override { wake.cancel(); }
  void ended() override { close_with(ws::close_code::normal); }
  void ask_to_end() override { close_with(ws::close_code::going_away); }
  void cut() override {
    over = true;
    beast::get_lowest_layer(socket).close();
    wake.cancel();
    tick.cancel();
  }
  void close_with(ws::close_code why) {
    if (closing == ws::close_code::none) closing = why;
    wake.cancel();
  }
  bool due() const { return whole || at.seq != topic->newest().seq; }

  std::shared_ptr<ServerCore> core;
  ws::stream<beast::tcp_stream> socket;
  std::string name;  // of the topic
  std::shared_ptr<Topic> topic;
  FrameGate gate;
  asio::steady_timer wake, tick;
  Mark at;
  bool whole = true;  // a snapshot is owed
  bool over = false;
  ws::close_code closing = ws::close_code::none;  // what to close with, once asked to
  std::string reason;                             // beside it, at most 123 bytes; may be empty
  WallClock::time_point heard = WallClock::now();
  WallClock::time_point writing = kNever;  // since when the frame under way is being written
  WallClock::time_point window{};
  int messages = 0;  // since window began
};
using Client = std::shared_ptr<StreamPeer>;

// Sleeps until `until` or until something changed.
Nothing sleep(Client client, WallClock::time_point until) {
  error_code ignored;
  client->wake.expires_at(until);
  co_await client->wake.async_wait(quietly(ignored));
}

Nothing send_frame(Client client) {
  const Frame frame = client->whole ? client->topic->snapshot() : client->topic->delta(client->at);
  const char* kind = client->whole ? "snapshot" : "delta";
  client->whole = false;
  client->at = frame.to;
  client->writing = WallClock::now();
  client->gate.sent(client->writing);
  error_code failed;
  co_await client->socket.async_write(asio::buffer(*frame.text), quietly(failed));
  client->writing = kNever;
  if (failed) {
    client->cut();
    co_return;
  }
  client->core->metrics.add("callmill_ws_frames_total", {{"kind", kind}});
  client->core->metrics.add("callmill_ws_sent_bytes_total", {},
                            static_cast<double>(frame.text->size()));
}

Nothing write_frames(Client client) {
  while (!client->over && client->closing == ws::close_code::none) {
    if (!client->due()) {
      co_await sleep(client, kNever);
    } else if (client->gate.opens() > WallClock::now()) {
      co_await sleep(client, client->gate.opens());
    } else {
      co_await send_frame(client);
    }
  }
  if (client->over) co_return;
  error_code ignored;
  // The reader ends when the other side has answered; Beast's own timer bounds that.
  co_await client->socket.async_close(ws::close_reason{client->closing, client->reason},
                                      quietly(ignored));
  client->cut();
}

// What a client may say: {"type":"snapshot"} or what the Api listens to, and not too often. What to
// close with, or none.
ws::close_code hear(StreamPeer& client, const std::string& text) {
  const Limits& limits = client.core->limits();
  const auto now = WallClock::now();
  if (now - client.window > limits.message_window) {
    client.window = now;
    client.messages = 0;
  }
  if (++client.messages > limits.messages) {
    client.core->refused("ws_messages");
    return ws::close_code::policy_error;
  }
  if (!client.socket.got_text()) return ws::close_code::unknown_data;
  error_code failed;
  const boost::json::value message = boost::json::parse(text, failed);
  const boost::json::object* object = failed ? nullptr : message.if_object();
  const boost::json::value* type = object == nullptr ? nullptr : object->if_contains("type");
  if (const std::vector<DoubleKey> twice = double_keys(text); object != nullptr && !twice.empty()) {
    constexpr std::size_t kLongest = 123;  // RFC 6455, 5.5.1
    const std::string why = in_words(twice.front());
    client.reason = why.size() <= kLongest ? why : "a key stands twice";
    return ws::close_code::policy_error;
  }
  if (type == nullptr) return ws::close_code::policy_error;
  if (*type != "snapshot") {
    const Api::Listener& listener = client.core->api.listener();
    const bool taken = listener && listener(client.name, *object);
    return taken ? ws::close_code::none : ws::close_code::policy_error;
  }
  client.whole = true;
  client.wake.cancel();
  return ws::close_code::none;
}

Nothing read_messages(Client client) {
  beast::flat_buffer buffer;
  error_code failed;
  while (!client->over) {
    co_await client->socket.async_read(buffer, quietly(failed));
    if (failed) break;
    client->heard = WallClock::now();
    const ws::close_code wrong = hear(*client, beast::buffers_to_string(buffer.data()));
    buffer.consume(buffer.size());
    if (wrong != ws::close_code::none) client->close_with(wrong);
  }
  if (failed == ws::error::message_too_big) client->core->refused("ws_message_bytes");
  client->cut();
}

Nothing keep_watch(Client client) {
  const Limits& limits = client->core->limits();
  error_code failed;
  while (!client->over) {
    client->tick.expires_after(limits.ping);
    co_await client->tick.async_wait(quietly(failed));
    if (client->over) break;
    const auto now = WallClock::now();
    const bool stuck = client->writing != kNever && now - client->writing > limits.write;
    if (stuck || now - client->heard > limits.stream_idle) {
      client->core->refused(stuck ? "ws_write" : "ws_idle");
      client->cut();
      break;
    }
    // A frame that is stuck would hold the ping up, and with it this watch.
    if (client->writing == kNever && client->closing == ws::close_code::none)
      co_await client->socket.async_ping({}, quietly(failed));
  }
}

}  // namespace

Nothing serve_stream(std::shared_ptr<ServerCore> core, std::shared_ptr<HttpPeer> peer,
                     const Parser& parser, NamedTopic topic) {
  const Limits& limits = core->limits();
  peer->stream.expires_never();
  error_code failed;
  peer->stream.socket().set_option(asio::socket_base::send_buffer_size{limits.send_buffer_bytes},
                                   failed);
  auto client = std::make_shared<StreamPeer>(core, std::move(peer->stream), std::move(topic));
  ws::stream_base::timeout times{};
  times.handshake_timeout = limits.close;
  times.idle_timeout = ws::stream_base::none();
  times.keep_alive_pings = false;
  client->socket.set_option(times);
  client->socket.read_message_max(limits.message_bytes);
  client->socket.auto_fragment(false);
  client->socket.text(true);
  client->socket.control_callback(
      [weak = std::weak_ptr{client}](ws::frame_type, beast::string_view) {
        if (const Client alive = weak.lock()) alive->heard = WallClock::now();
      });
  co_await client->socket.async_accept(parser.get(), quietly(failed));
  if (failed) co_return;
  core->peers.insert(client);
  core->metrics.add("callmill_ws_clients");
  if (core->stopping) client->ask_to_end();
  asio::co_spawn(core->io, write_frames(client), asio::detached);
  asio::co_spawn(core->io, keep_watch(client), asio::detached);
  co_await read_messages(client);
  core->peers.erase(client);
  core->metrics.add("callmill_ws_clients", {}, -1);
}

}  // namespace callmill::serve
