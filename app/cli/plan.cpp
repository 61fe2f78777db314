#include "app/cli/verbs.h"

namespace callmill::cli {

void add_plan(CLI::App&, Context&) {}

}  // namespace callmill::cli
