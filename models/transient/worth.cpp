#include "models/transient/worth.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "models/transient/walk.h"

namespace callmill {
namespace {

using transient::BandRow;
using transient::State;

double at(const std::vector<BandRow>& rows, std::size_t l, std::int64_t k) {
  if (l >= rows.size() || rows[l].empty() || k < rows[l].lo || k > rows[l].hi()) return 0;
  return rows[l].p[static_cast<std::size_t>(k - rows[l].lo)];
}

// Sum of the differences of two distributions.
double distance(const State& a, const State& b) {
  const std::vector<BandRow>&x = a.band.rows, &y = b.band.rows;
  const std::int64_t lo = std::min(a.band.lo(), b.band.lo());
  const std::int64_t hi = std::max(a.band.hi(), b.band.hi());
  double sum = 0;
  for (std::size_t l = 0; l < std::max(x.size(), y.size()); ++l)
    for (std::int64_t k = lo; k <= hi; ++k) sum += std::abs(at(x, l, k) - at(y, l, k));
  return sum;
}

// The first piece some of whose callers may still wait, within T, when piece i begins.
std::size_t first_touched(const TransientInput& in, std::size_t i) {
  double before = 0;
  while (i > 0 && before < in.within) before += in.pieces[--i].length;
  return i;
}

}  // namespace

std::vector<AgentWorth> agent_worth(const TransientInput& in, const std::atomic<bool>* stop) {
  CALLMILL_CHECK(in.lines == 0, "the worth of an agent is computed without a limit on lines");
  constexpr double kForgotten = 1e-7;
  std::vector<State> before{transient::first_state(in)};
  std::vector<TransientInterval> base;
  const auto stopped = [stop] { return stop != nullptr && stop->load(std::memory_order_relaxed); };
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    if (stopped()) return {};
    before.push_back(before.back());
    base.push_back(transient::pass_piece(in, i, before.back()));
  }
  std::vector<AgentWorth> worth(in.pieces.size());
  TransientInput more = in;
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    if (stopped()) return {};
    ++more.pieces[i].agents;
    std::size_t m = first_touched(in, i);
    State state = before[m];
    for (; m < in.pieces.size(); ++m) {
      const TransientInterval t = transient::pass_piece(more, m, state);
      const double within = t.answered_within - base[m].answered_within;
      const double answered = t.answers - base[m].answers;
      (m == i ? worth[i].within_here : worth[i].within_elsewhere) += within;
      (m == i ? worth[i].answered_here : worth[i].answered_elsewhere) += answered;
      if (m > i && distance(state, before[m + 1]) < kForgotten) break;
    }
    --more.pieces[i].agents;
  }
  return worth;
}

}  // namespace callmill
