#pragma once
// The other side of the server: a plain socket that says exactly these bytes, right or wrong.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace callmill::test {

struct HttpAnswer {
  int status = 0;                              // 0: the connection was closed instead
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct WsFrame {
  int opcode = -1;  // -1: the connection was closed instead
  bool fin = true;
  std::string payload;
  int close_code() const;  // of opcode 8; 0 without one
};

class Wire {
 public:
  // `receive_buffer`: bytes of the kernel's; 0: as it is.
  explicit Wire(std::uint16_t port, int receive_buffer = 0,
                const std::string& address = "127.0.0.1");
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool connected() const { return socket_ >= 0; }
  // False where the other side has closed.
  bool send(std::string_view bytes);
  // `head`: an answer to HEAD, whose body does not come.
  HttpAnswer read_answer(bool head = false);
  WsFrame read_frame();
  // Waits for the other side to close, passing over what it still says.
  bool closes();
  // False where nothing comes within so many ms.
  bool has_more(int ms);
  // No more from here; the other side may still answer.
  void shut();

 private:
  bool fill();  // false at the end; waits for a few seconds, then takes it for the end, too
  bool fill_to(std::size_t size);
  int socket_ = -1;
  std::string buffer_;
};

// opcode 1 text, 2 binary, 8 close, 9 ping, 10 pong.
std::string ws_frame(int opcode, std::string_view payload, bool fin = true, bool masked = true,
                     int reserved_bits = 0);

}  // namespace callmill::test
