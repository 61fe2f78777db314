// callmill live under load: WebSocket clients and HTTP requests beside a session at 1x, then the
// same with slow and silent connections beside them. Starts the program itself.
//
//   callmill_bench_live_load PROGRAM SCENARIO [--seconds S] [--clients N] [--rate R] [--slow N]
//
// Delay of a frame: from when its document was published (made_at_ms, of the server) to its last
// byte here, by the one wall clock of this machine. Pacing: the largest |simulated - wall| time of
// all frames since the first.

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Nothing = asio::awaitable<void>;
using Clock = std::chrono::steady_clock;

auto quietly(error_code& outcome) {
  return asio::redirect_error(asio::use_awaitable, outcome);
}

struct Options {
  std::string program, scenario;
  double seconds = 60;
  int clients = 200, rate = 500, slow = 1000;
};

struct Child {
  pid_t pid = 0;
  std::uint16_t port = 0;
  std::string token;
};

Child start(const Options& options, int connections) {
  std::array<int, 2> pipe_ends{};
  if (pipe(pipe_ends.data()) != 0) std::exit(1);
  Child child;
  child.pid = fork();
  if (child.pid == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    const std::string most = std::to_string(connections);
    execl(options.program.c_str(), "callmill", "live", options.scenario.c_str(), "--at", "09:30",
          "--port", "0", "--connections", most.c_str(), nullptr);
    std::_Exit(127);
  }
  close(pipe_ends[1]);
  std::string line;
  char c = 0;
  while (read(pipe_ends[0], &c, 1) == 1 && c != '\n') line += c;
  const std::size_t mark = line.find("/#token=");
  if (mark == std::string::npos) {
    fmt::print(stderr, "the program did not start: {}\n", line);
    std::exit(1);
  }
  child.token = line.substr(mark + 8);
  child.port = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':', mark) + 1)));
  return child;
}

// kB of memory that the process has.
long resident_kb(pid_t pid) {
  std::ifstream in{fmt::format("/proc/{}/statm", pid)};
  long all = 0;
  long resident = 0;
  in >> all >> resident;
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

double wall_ms() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// The number behind `name` in JSON text from `from` on; NaN where there is none.
double number_after(const std::string& text, const char* name, std::size_t from = 0) {
  const std::size_t at = text.find(name, from);
  if (at == std::string::npos) return NAN;
  return std::strtod(text.c_str() + at + std::char_traits<char>::length(name), nullptr);
}

struct Load {
  asio::io_context io{1};
  Options options;
  Child child;
  Clock::time_point end;
  bool measuring = false;
  std::vector<double> delays_ms, http_ms, lags_ms;
  double sim_0 = NAN, made_0 = NAN, pacing_ms = 0;
  long frames = 0, requests = 0, slow_closed = 0;
  std::map<std::string, long> failed;  // by what happened: "503", "closed unanswered"

  bool over() const { return Clock::now() >= end; }
  tcp::endpoint server() const { return {asio::ip::address_v4::loopback(), child.port}; }
  std::string head(const std::string& target) const {
    return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n",
                       target, child.port, child.token);
  }
};

void take_frame(Load& load, const std::string& text, bool first_client) {
  if (!load.measuring) return;
  ++load.frames;
  const double made = number_after(text, "\"made_at_ms\":");
  load.delays_ms.push_back(wall_ms() - made);
  if (!first_client) return;
  const std::size_t clock = text.find("\"clock\":{");
  if (clock == std::string::npos) return;
  const double lag = number_after(text, "\"lag_ms\":", clock);
  const double now = number_after(text, "\"now\":", clock);
  if (!std::isnan(lag)) load.lags_ms.push_back(lag);
  if (std::isnan(now)) return;
  if (std::isnan(load.sim_0)) {
    load.sim_0 = now;
    load.made_0 = made;
  }
  load.pacing_ms =
      std::max(load.pacing_ms, std::abs((now - load.sim_0) * 1e3 - (made - load.made_0)));
}

// Reads one frame of the server; false at the end.
asio::awaitable<bool> read_frame(tcp::socket& socket, std::string& text) {
  std::array<unsigned char, 10> head{};
  error_code failed;
  co_await asio::async_read(socket, asio::buffer(head, 2), quietly(failed));
  if (failed) co_return false;
  std::size_t size = head[1] & 0x7FU;
  const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
  if (more > 0) {
    co_await asio::async_read(socket, asio::buffer(head.data() + 2, more), quietly(failed));
    size = 0;
    for (std::size_t i = 0; i < more; ++i) size = 256 * size + head.at(2 + i);
  }
  text.resize(size);
  co_await asio::async_read(socket, asio::buffer(text), quietly(failed));
  if (!failed && (head[0] & 0x0FU) == 9U) {  // ping
    const std::string pong{"\x8a\x80\0\0\0\0", 6};
    co_await asio::async_write(socket, asio::buffer(pong), quietly(failed));
    text.clear();
  }
  co_return !failed;
}

Nothing stream_client(Load& load, int number) {
  tcp::socket socket{load.io};
  error_code failed;
  co_await socket.async_connect(load.server(), quietly(failed));
  const std::string open = load.head("/api/v1/sessions/s1/stream") +
                           "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  co_await asio::async_write(socket, asio::buffer(open), quietly(failed));
  std::string answer;
  while (!failed && answer.find("\r\n\r\n") == std::string::npos) {
    char c = 0;
    co_await asio::async_read(socket, asio::buffer(&c, 1), quietly(failed));
    answer += c;
  }
  std::string text;
  bool more = !failed && answer.starts_with("HTTP/1.1 101");
  while (more && !load.over()) {
    more = co_await read_frame(socket, text);
    if (more && !text.empty()) take_frame(load, text, number == 0);
  }
  if (!load.over()) ++load.failed["a stream was lost"];
}

// "503", or what became of the connection.
std::string why_failed(const std::string& answer, const error_code& failed) {
  constexpr std::size_t kStatusAt = 9;  // behind "HTTP/1.1 "
  if (answer.size() >= kStatusAt + 3) return answer.substr(kStatusAt, 3);
  return failed ? failed.message() : "closed unanswered";
}

// One request after the other, so many a second, on connections that the server ends now and then.
Nothing http_client(Load& load, int number, int of) {
  const auto gap = std::chrono::nanoseconds{std::int64_t{1'000'000'000} * of / load.options.rate};
  auto next = Clock::now() + gap * number / of;
  asio::steady_timer timer{load.io};
  error_code failed;
  const std::string request = load.head("/api/v1/sessions/s1") + "\r\n";
  while (!load.over()) {
    tcp::socket socket{load.io};
    co_await socket.async_connect(load.server(), quietly(failed));
    std::string buffer;
    bool open = !failed;
    while (open && !load.over()) {
      timer.expires_at(next);
      co_await timer.async_wait(quietly(failed));
      next += gap;
      const auto began = Clock::now();
      co_await asio::async_write(socket, asio::buffer(request), quietly(failed));
      buffer.clear();
      std::size_t whole = std::string::npos;
      while (!failed && buffer.size() < whole) {
        std::array<char, 16384> bytes{};
        const std::size_t n = co_await socket.async_read_some(asio::buffer(bytes), quietly(failed));
        buffer.append(bytes.data(), n);
        const std::size_t end = buffer.find("\r\n\r\n");
        if (end != std::string::npos)
          whole = end + 4 + static_cast<std::size_t>(number_after(buffer, "Content-Length:"));
      }
      const bool good = !failed && buffer.starts_with("HTTP/1.1 200");
      open = good && buffer.find("Connection: close\r\n") == std::string::npos;
      if (!load.measuring) continue;
      ++(good ? load.requests : load.failed[why_failed(buffer, failed)]);
      load.http_ms.push_back(
          std::chrono::duration<double, std::milli>(Clock::now() - began).count());
    }
  }
}

// A connection that says nothing, or a byte a second; comes again whenever it is closed.
Nothing slow_client(Load& load, int number) {
  asio::steady_timer timer{load.io};
  error_code failed;
  while (!load.over()) {
    timer.expires_after(std::chrono::milliseconds{number % 1000});
    co_await timer.async_wait(quietly(failed));
    tcp::socket socket{load.io};
    co_await socket.async_connect(load.server(), quietly(failed));
    const std::string request = load.head("/api/v1/sessions/s1");
    for (std::size_t i = 0; !failed && !load.over(); ++i) {
      if (number % 2 == 0)
        co_await socket.async_write_some(asio::buffer(request.data() + i % request.size(), 1),
                                         quietly(failed));
      timer.expires_after(std::chrono::seconds{1});
      error_code ignored;
      co_await timer.async_wait(quietly(ignored));
      std::array<char, 64> bytes{};
      socket.non_blocking(true, ignored);
      error_code state;
      socket.read_some(asio::buffer(bytes), state);
      if (state && state != asio::error::would_block) failed = state;
    }
    ++load.slow_closed;
  }
}

double quantile(std::vector<double>& all, double share) {
  if (all.empty()) return NAN;
  std::sort(all.begin(), all.end());
  return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
}

long failures(const Load& load) {
  long all = 0;
  for (const auto& [why, times] : load.failed) all += times;
  return all;
}

// Two minutes at most for a part; prints its row.
void measure(const Options& options, bool slow) {
  Load load;
  load.options = options;
  // A slow one that was refused is listened to for another second, so that it reads why, and counts
  // meanwhile; it has come again by then. So there is room for each of them twice.
  load.child = start(options, options.clients + 2 * options.slow + 100);
  const auto warm = std::chrono::seconds{3};
  const auto length =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.seconds));
  load.end = Clock::now() + warm + length;
  constexpr int kHttp = 25;
  for (int i = 0; i < options.clients; ++i)
    asio::co_spawn(load.io, stream_client(load, i), asio::detached);
  for (int i = 0; options.rate > 0 && i < kHttp; ++i)
    asio::co_spawn(load.io, http_client(load, i, kHttp), asio::detached);
  for (int i = 0; slow && i < options.slow; ++i)
    asio::co_spawn(load.io, slow_client(load, i), asio::detached);
  load.io.run_until(load.end - length);
  load.measuring = true;
  const long before = resident_kb(load.child.pid);
  load.io.run_until(load.end);
  const long after = resident_kb(load.child.pid);
  kill(load.child.pid, SIGTERM);
  int status = 0;
  waitpid(load.child.pid, &status, 0);
  fmt::print(
      "{:<22} {:>7} {:>6.1f} {:>6.1f} {:>7} {:>6.1f} {:>6.1f} {:>6.1f} {:>6.1f} {:>7.1f} {:>6.1f} "
      "{:>6.1f} {:>6} {:>6}\n",
      slow ? fmt::format("with {} slow", options.slow) : "alone", load.frames,
      quantile(load.delays_ms, 0.5), quantile(load.delays_ms, 0.99), load.requests,
      quantile(load.http_ms, 0.5), quantile(load.http_ms, 0.99), quantile(load.lags_ms, 0.99),
      quantile(load.lags_ms, 1), load.pacing_ms, static_cast<double>(before) / 1024,
      static_cast<double>(after) / 1024, failures(load), load.slow_closed);
  for (const auto& [why, times] : load.failed) fmt::print("  failed, {}: {}\n", why, times);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"callmill live under load"};
  app.add_option("program", options.program)->required();
  app.add_option("scenario", options.scenario)->required();
  app.add_option("--seconds", options.seconds);
  app.add_option("--clients", options.clients);
  app.add_option("--rate", options.rate);
  app.add_option("--slow", options.slow);
  CLI11_PARSE(app, argc, argv);
  signal(SIGPIPE, SIG_IGN);
  fmt::print("{} stream clients, {} requests/s, {} s; times in ms, memory of the program in MB\n",
             options.clients, options.rate, options.seconds);
  fmt::print(
      "{:<22} {:>7} {:>6} {:>6} {:>7} {:>6} {:>6} {:>6} {:>6} {:>7} {:>6} {:>6} {:>6} {:>6}\n", "",
      "frames", "p50", "p99", "http", "p50", "p99", "lag99", "lagmax", "|s-w|", "start", "end",
      "failed", "closed");
  measure(options, false);
  if (options.slow > 0) measure(options, true);
}
