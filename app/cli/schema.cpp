#include "app/cli/verbs.h"

namespace callmill::cli {

void add_schema(CLI::App&, Context&) {}

}  // namespace callmill::cli
