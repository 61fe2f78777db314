#include "app/cli/verbs.h"

namespace callmill::cli {

void add_show(CLI::App&, Context&) {}

}  // namespace callmill::cli
