#pragma once
// Ctrl-C asks a long run to stop and keep what it has; a second one ends the program at once.

#include <atomic>

namespace callmill::cli {

// Takes SIGINT and SIGTERM over on first use, which is to be before any other thread begins. True
// once one of them came.
const std::atomic<bool>& interrupt_flag();
// The exit code of a run that the flag stopped: 130 after SIGINT, 143 after SIGTERM.
int interrupted_code();

}  // namespace callmill::cli
