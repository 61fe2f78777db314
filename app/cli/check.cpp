#include "app/cli/verbs.h"

namespace callmill::cli {

void add_check(CLI::App&, Context&) {}

}  // namespace callmill::cli
