#include "app/cli/interrupt.h"

#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <optional>
#include <thread>

#include "app/cli/verbs.h"

namespace callmill::cli {
namespace {

std::atomic<bool> interrupted{false};
std::atomic<int> came{SIGINT};  // the first signal

struct Grace {
  std::mutex mutex;
  std::optional<std::chrono::milliseconds> length;
  std::string words;
};
Grace& grace() {
  static Grace one;
  return one;
}

// Waits for signals instead of handling them: Clp puts a SIGINT handler of its own in place while
// it solves, which would take a Ctrl-C for itself and let the search go on.
void wait_for_signals(sigset_t signals) {
  int signal = 0;
  sigwait(&signals, &signal);
  came.store(signal);
  interrupted.store(true);
  Grace& g = grace();
  std::unique_lock lock{g.mutex};
  if (g.length) {
    constexpr std::int64_t kNanos = 1'000'000'000;
    const std::int64_t ns = std::chrono::nanoseconds{*g.length}.count();
    const timespec time{static_cast<time_t>(ns / kNanos), static_cast<long>(ns % kNanos)};
    if (sigtimedwait(&signals, nullptr, &time) < 0) fmt::print(stderr, "{}", g.words);
  } else {
    lock.unlock();
    sigwait(&signals, &signal);
  }
  std::_Exit(kSignal + came.load());
}

}  // namespace

const std::atomic<bool>& interrupt_flag() {
  static const bool waiting = [] {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // for this thread and all that it starts
    std::thread{wait_for_signals, signals}.detach();
    return true;
  }();
  static_cast<void>(waiting);
  return interrupted;
}

void end_after_interrupt(std::chrono::milliseconds length, const std::string& words) {
  interrupt_flag();
  const std::lock_guard lock{grace().mutex};
  grace().length = length;
  grace().words = words;
}

int interrupted_code() {
  return kSignal + came.load();
}

}  // namespace callmill::cli
