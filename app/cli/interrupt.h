#pragma once
// Ctrl-C asks a long run to stop and keep what it has; a second one ends the program at once.

#include <atomic>

namespace callmill::cli {

// Installs the handler for SIGINT and SIGTERM on first use. True once one of them came.
const std::atomic<bool>& interrupt_flag();

}  // namespace callmill::cli
