#pragma once
// Ctrl-C asks a long run to stop and keep what it has; a second one ends the program at once.

#include <atomic>
#include <chrono>
#include <string>

namespace callmill::cli {

// Takes SIGINT and SIGTERM over on first use, which is to be before any other thread begins. True
// once one of them came.
const std::atomic<bool>& interrupt_flag();
// From now on, who asks to stop waits for `length` at the most: then the program ends, whatever it
// is doing, with the code of the signal and `words` on stderr. For work that has nothing to keep,
// and parts that cannot be left half-way. Takes the signals over.
void end_after_interrupt(std::chrono::milliseconds length, const std::string& words);
// The exit code of a run that the flag stopped: 130 after SIGINT, 143 after SIGTERM.
int interrupted_code();

}  // namespace callmill::cli
