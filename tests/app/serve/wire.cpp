#include "tests/app/serve/wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

namespace callmill::test {
namespace {

constexpr int kPatienceMs = 20'000;  // a busy machine; nothing waits so long that goes well

}  // namespace

int WsFrame::close_code() const {
  if (opcode != 8 || payload.size() < 2) return 0;
  return 256 * static_cast<unsigned char>(payload[0]) + static_cast<unsigned char>(payload[1]);
}

Wire::Wire(std::uint16_t port, int receive_buffer, const std::string& address) {
  const bool v6 = address.find(':') != std::string::npos;
  socket_ = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer > 0)
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  inet_pton(AF_INET, address.c_str(), &to.sin_addr);
  sockaddr_in6 to6{};
  to6.sin6_family = AF_INET6;
  to6.sin6_port = htons(port);
  if (v6) inet_pton(AF_INET6, address.c_str(), &to6.sin6_addr);
  const auto* where =
      v6 ? reinterpret_cast<const sockaddr*>(&to6) : reinterpret_cast<const sockaddr*>(&to);
  if (connect(socket_, where, v6 ? sizeof to6 : sizeof to) == 0) return;
  close(socket_);
  socket_ = -1;
}

Wire::~Wire() {
  if (socket_ >= 0) close(socket_);
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool Wire::has_more(int ms) {
  pollfd one{socket_, POLLIN, 0};
  return !buffer_.empty() || poll(&one, 1, ms) > 0;
}

bool Wire::fill() {
  std::array<char, 65536> bytes{};
  pollfd one{socket_, POLLIN, 0};
  if (poll(&one, 1, kPatienceMs) <= 0) return false;
  const ssize_t n = recv(socket_, bytes.data(), bytes.size(), 0);
  if (n <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(n));
  return true;
}

bool Wire::fill_to(std::size_t size) {
  while (buffer_.size() < size)
    if (!fill()) return false;
  return true;
}

HttpAnswer Wire::read_answer(bool head) {
  HttpAnswer answer;
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!fill()) return answer;
  const std::string top = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  answer.status = std::atoi(top.substr(9, 3).c_str());
  for (std::size_t at = top.find("\r\n") + 2; at < top.size();) {
    const std::size_t stop = top.find("\r\n", at);
    const std::size_t colon = top.find(':', at);
    std::string name = top.substr(at, colon - at);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    answer.headers[name] = top.substr(colon + 2, stop - colon - 2);
    at = stop + 2;
  }
  const auto length = answer.headers.find("content-length");
  if (head || length == answer.headers.end()) return answer;
  const std::size_t size = static_cast<std::size_t>(std::atol(length->second.c_str()));
  if (!fill_to(size)) return answer;
  answer.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return answer;
}

WsFrame Wire::read_frame() {
  WsFrame frame;
  if (!fill_to(2)) return frame;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(buffer_[i]); };
  std::size_t size = byte(1) & 0x7FU;
  std::size_t at = 2;
  const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
  if (!fill_to(2 + more)) return frame;
  if (more > 0) size = 0;
  for (std::size_t i = 0; i < more; ++i) size = 256 * size + byte(at++);
  if (!fill_to(at + size)) return frame;
  frame.fin = (byte(0) & 0x80U) != 0;
  frame.opcode = byte(0) & 0x0FU;
  frame.payload = buffer_.substr(at, size);
  buffer_.erase(0, at + size);
  return frame;
}

bool Wire::closes() {
  std::array<char, 65536> bytes{};
  pollfd one{socket_, POLLIN, 0};
  while (poll(&one, 1, kPatienceMs) > 0)
    if (recv(socket_, bytes.data(), bytes.size(), 0) <= 0) return true;
  return false;
}

void Wire::shut() {
  shutdown(socket_, SHUT_WR);
}

std::string ws_frame(int opcode, std::string_view payload, bool fin, bool masked,
                     int reserved_bits) {
  std::string frame;
  frame += static_cast<char>((fin ? 0x80 : 0) | (reserved_bits << 4) | opcode);
  const int mask_bit = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    frame += static_cast<char>(mask_bit | static_cast<int>(payload.size()));
  } else {
    const int bytes = payload.size() < 65536 ? 2 : 8;
    frame += static_cast<char>(mask_bit | (bytes == 2 ? 126 : 127));
    for (int i = bytes - 1; i >= 0; --i)
      frame += static_cast<char>((payload.size() >> (8 * i)) & 0xFFU);
  }
  constexpr std::string_view kMask = "\x11\x22\x33\x44";
  if (masked) frame += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i)
    frame += static_cast<char>(masked ? payload[i] ^ kMask[i % 4] : payload[i]);
  return frame;
}

}  // namespace callmill::test
