#pragma once
// Single keys of a terminal, without Enter.

#include <chrono>
#include <memory>
#include <string>

namespace callmill::cli {

class Keyboard {
 public:
  // Where `on` and standard input is a terminal its keys are read one by one, unseen; its settings
  // come back at the end.
  explicit Keyboard(bool on);
  ~Keyboard();
  Keyboard(const Keyboard&) = delete;
  Keyboard& operator=(const Keyboard&) = delete;

  // Waits so long for a key; then all keys that were pressed.
  std::string pressed(std::chrono::milliseconds wait);

 private:
  struct Saved;
  std::unique_ptr<Saved> saved_;  // nullptr: no keys are read
};

}  // namespace callmill::cli
