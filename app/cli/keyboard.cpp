#include "app/cli/keyboard.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace callmill::cli {

struct Keyboard::Saved {
  termios settings{};
};

Keyboard::Keyboard(bool on) {
  if (!on || isatty(STDIN_FILENO) == 0) return;
  auto saved = std::make_unique<Saved>();
  if (tcgetattr(STDIN_FILENO, &saved->settings) != 0) return;
  termios raw = saved->settings;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);  // Ctrl-C stays a signal
  if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0) saved_ = std::move(saved);
}

Keyboard::~Keyboard() {
  if (saved_ != nullptr) tcsetattr(STDIN_FILENO, TCSANOW, &saved_->settings);
}

std::string Keyboard::pressed(std::chrono::milliseconds wait) {
  if (saved_ == nullptr) {
    std::this_thread::sleep_for(wait);
    return "";
  }
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (poll(&input, 1, static_cast<int>(wait.count())) <= 0) return "";
  std::array<char, 64> keys{};
  const ssize_t n = read(STDIN_FILENO, keys.data(), keys.size());
  return n > 0 ? std::string{keys.data(), static_cast<std::size_t>(n)} : "";
}

}  // namespace callmill::cli
