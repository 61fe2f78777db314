// Events over TCP: lines of JSON or of a queue_log, or the Asterisk Manager Interface.

#include <algorithm>
#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

#include "app/live/event_sources.h"

namespace callmill {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr double kFirstPause = 1, kLongestPause = 60;  // seconds before it is tried again

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Without line ends, which would be fields of their own.
std::string one_line(std::string text) {
  text.erase(
      std::remove_if(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; }),
      text.end());
  return text;
}

class Connection : public EventSource {
 public:
  Connection(TcpOptions options, EventFormat format)
      : options_{std::move(options)}, format_{format}, reader_{make_reader(format, now_us)} {}

  bool poll(double wall_s, std::vector<live::FloorEvent>& events) override {
    context_.restart();
    if (state_ == State::kOff && wall_s >= try_at_) connect();
    wall_s_ = wall_s;
    arrived_ = &events;
    for (std::size_t i = 0; i < kSteps && context_.poll_one() > 0; ++i) continue;
    arrived_ = nullptr;
    return true;
  }
  EventLineCounts counts() const override { return reader_->counts(); }
  std::string name() const override { return options_.host + ":" + std::to_string(options_.port); }
  std::string trouble() const override { return trouble_; }

 private:
  enum class State { kOff, kConnecting, kOn };
  static constexpr std::size_t kSteps = 256;  // of a poll

  void connect() {
    state_ = State::kConnecting;
    resolver_.async_resolve(
        options_.host, std::to_string(options_.port),
        [this](const boost::system::error_code& error, const tcp::resolver::results_type& found) {
          if (error) return lost(error);
          asio::async_connect(socket_, found,
                              [this](const boost::system::error_code& failed, const auto&) {
                                failed ? lost(failed) : connected();
                              });
        });
  }

  void connected() {
    state_ = State::kOn;
    pause_ = kFirstPause;
    trouble_.clear();
    reader_->cut_off();
    if (format_ == EventFormat::kAmi && !options_.user.empty()) {
      hello_ = "Action: Login\r\nUsername: " + one_line(options_.user) +
               "\r\nSecret: " + one_line(options_.secret) + "\r\nEvents: agent,call\r\n\r\n";
      asio::async_write(socket_, asio::buffer(hello_),
                        [this](const boost::system::error_code& error, std::size_t) {
                          if (error) lost(error);
                        });
    }
    read();
  }

  void read() {
    socket_.async_read_some(asio::buffer(bytes_),
                            [this](const boost::system::error_code& error, std::size_t n) {
                              if (n > 0) reader_->feed({bytes_.data(), n}, *arrived_);
                              error ? lost(error) : read();
                            });
  }

  void lost(const boost::system::error_code& error) {
    if (state_ == State::kOff) return;
    boost::system::error_code ignored;
    socket_.close(ignored);
    state_ = State::kOff;
    const std::string refusal = reader_->refusal();
    trouble_ = name() + ": " + (refusal.empty() ? error.message() : refusal);
    try_at_ = wall_s_ + pause_;
    pause_ = std::min(2 * pause_, kLongestPause);
  }

  TcpOptions options_;
  EventFormat format_;
  std::unique_ptr<EventReader> reader_;
  asio::io_context context_{1};
  tcp::resolver resolver_{context_};
  tcp::socket socket_{context_};
  std::array<char, 1u << 16> bytes_{};
  std::string hello_, trouble_;
  std::vector<live::FloorEvent>* arrived_ = nullptr;  // while a poll is at work
  State state_ = State::kOff;
  double pause_ = kFirstPause, try_at_ = 0, wall_s_ = 0;
};

}  // namespace

std::unique_ptr<EventSource> follow_tcp(TcpOptions options, EventFormat format) {
  return std::make_unique<Connection>(std::move(options), format);
}

}  // namespace callmill
