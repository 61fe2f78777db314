#include "app/cli/interrupt.h"

#include <pthread.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "app/cli/verbs.h"

namespace callmill::cli {
namespace {

std::atomic<bool> interrupted{false};
std::atomic<int> came{SIGINT};  // the first signal

// Waits for signals instead of handling them: Clp puts a SIGINT handler of its own in place while
// it solves, which would take a Ctrl-C for itself and let the search go on.
void wait_for_signals(sigset_t signals) {
  int signal = 0;
  sigwait(&signals, &signal);
  came.store(signal);
  interrupted.store(true);
  sigwait(&signals, &signal);
  std::_Exit(kSignal + signal);
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

int interrupted_code() {
  return kSignal + came.load();
}

}  // namespace callmill::cli
