#include "app/cli/verbs.h"

namespace callmill::cli {

void add_run(CLI::App&, Context&) {}

}  // namespace callmill::cli
