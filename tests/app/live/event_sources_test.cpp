// Sources: files that grow and are rotated, recorded days, connections.

#include <unistd.h>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "app/live/event_sources.h"

namespace callmill::test {
namespace {

namespace fs = std::filesystem;
using live::FloorEvent;

// A folder of its own that goes with the test.
class Folder {
 public:
  Folder() : path_{fs::temp_directory_path() / ("callmill-follow-" + std::to_string(::getpid()))} {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path file(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

void append(const fs::path& file, const std::string& text) {
  std::ofstream{file, std::ios::binary | std::ios::app} << text;
}

std::string entered(int second, int call) {
  return std::to_string(second) + "|" + std::to_string(call) + "|general|NONE|ENTERQUEUE||1|1\n";
}

std::string calls(const std::vector<FloorEvent>& events) {
  std::string all;
  for (const FloorEvent& e : events) all += e.call + " ";
  return all;
}

}  // namespace

TEST_CASE("A file is followed as it grows, is rotated and is cut") {
  const Folder folder;
  const fs::path log = folder.file("queue_log");
  const auto source = follow_file(log.string(), EventFormat::kQueueLog, true);
  std::vector<FloorEvent> events;
  CHECK(source->poll(0, events));
  CHECK_FALSE(source->trouble().empty());  // not there yet
  append(log, entered(1, 1) + "2|2|gene");
  CHECK(source->poll(0, events));
  CHECK(source->trouble().empty());
  CHECK(calls(events) == "1 ");
  append(log, "ral|NONE|ENTERQUEUE||1|1\n");
  source->poll(0, events);
  CHECK(calls(events) == "1 2 ");
  // Renamed; still written to; a new one begins.
  fs::rename(log, folder.file("queue_log.1"));
  append(folder.file("queue_log.1"), entered(3, 3));
  source->poll(0, events);
  append(folder.file("queue_log.1"), entered(4, 4));
  append(log, entered(5, 5));
  source->poll(0, events);
  source->poll(0, events);
  CHECK(calls(events) == "1 2 3 4 5 ");
  // Cut to nothing and written anew.
  { std::ofstream{log, std::ios::trunc}; }
  source->poll(0, events);
  append(log, entered(6, 6));
  source->poll(0, events);
  CHECK(calls(events) == "1 2 3 4 5 6 ");
  CHECK(source->counts().broken == 0);
  // From its end.
  const auto late = follow_file(log.string(), EventFormat::kQueueLog, false);
  events.clear();
  late->poll(0, events);
  append(log, entered(7, 7));
  late->poll(0, events);
  CHECK(calls(events) == "7 ");
}

TEST_CASE("A recorded day is played at any speed") {
  const Folder folder;
  const fs::path log = folder.file("day.log");
  append(log,
         entered(100, 1) + entered(130, 3) + entered(110, 2) + "190|4|general|NONE|ENTERQUEUE");
  std::string error;
  const auto source = replay_file(log.string(), EventFormat::kQueueLog, 100'000'000, 10, error);
  REQUIRE(source);
  std::vector<FloorEvent> events;
  CHECK(source->poll(0, events));
  CHECK(calls(events) == "1 ");
  CHECK(source->poll(1.5, events));
  CHECK(calls(events) == "1 2 ");
  CHECK_FALSE(source->poll(9.1, events));
  CHECK(calls(events) == "1 2 3 4 ");
  CHECK_FALSE(replay_file(folder.file("none").string(), EventFormat::kQueueLog, 0, 1, error));
  CHECK_FALSE(error.empty());
}

TEST_CASE("AMI over TCP: logs in, reads, and comes back after a lost connection") {
  namespace asio = boost::asio;
  using asio::ip::tcp;
  asio::io_context context;
  tcp::acceptor acceptor{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  std::string login;
  std::thread server{[&] {
    for (int turn = 0; turn < 2; ++turn) {
      tcp::socket socket{context};
      acceptor.accept(socket);
      asio::streambuf said;
      asio::read_until(socket, said, "\r\n\r\n");
      login.assign(asio::buffers_begin(said.data()), asio::buffers_end(said.data()));
      asio::write(socket, asio::buffer(std::string{"Asterisk Call Manager/7.0.3\r\n"
                                                   "Response: Success\r\n\r\n"
                                                   "Event: QueueCallerJoin\r\nTimestamp: 12\r\n"
                                                   "Queue: general\r\nUniqueid: "} +
                                       std::to_string(turn) + "\r\n\r\n"));
    }
  }};
  TcpOptions options;
  options.port = acceptor.local_endpoint().port();
  options.user = "watch\r\nAction: Originate";
  options.secret = "word";
  const auto source = follow_tcp(options, EventFormat::kAmi);
  std::vector<FloorEvent> events;
  // The clock is ours: no pause is waited for. At most some 20 s of it.
  for (int i = 0; i < 20'000 && events.size() < 2; ++i) {
    CHECK(source->poll(i, events));
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  server.join();
  CHECK(calls(events) == "0 1 ");
  CHECK(login ==
        "Action: Login\r\nUsername: watchAction: Originate\r\nSecret: word\r\n"
        "Events: agent,call\r\n\r\n");
}

}  // namespace callmill::test
