#include "app/cli/verbs.h"

namespace callmill::cli {

void add_erlang(CLI::App&, Context&) {}

}  // namespace callmill::cli
