#include "models/queueing/erlang.h"

#include <numbers>

#include "base/check.h"
#include "models/queueing/special.h"

namespace callmill {

ErlangB erlang_b(std::int64_t n, double load) {
  CALLMILL_CHECK(n >= 0 && load > 0, "Erlang B needs n >= 0 and a load above 0");
  const double lines = static_cast<double>(n);
  const CutPoisson cut = cut_poisson(lines, load);
  const double carried = load * cut.one_minus;
  return {.blocking = cut.cut,
          .log10_blocking = cut.log_cut / std::numbers::ln10,
          .one_minus_blocking = cut.one_minus,
          .carried = carried,
          .occupancy = n == 0 ? 0 : carried / lines,
          .idle = cut.idle};
}

double erlang_b_fractional(double n, double load) {
  CALLMILL_CHECK(n >= 0 && load > 0, "Erlang B needs n >= 0 and a load above 0");
  return cut_poisson(n, load).cut;
}

}  // namespace callmill
