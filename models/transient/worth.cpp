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

struct Change {  // of piece m, for another staff in the i-th group of pieces
  std::size_t i = 0, m = 0;
  const TransientInterval &before, &after;
  const TransientPiece &less, &more;
};

// Calls add(change) for each pair of pieces that touch, for `change` agents more. False once *stop
// is true.
template <class Add>
bool for_each_change(const TransientInput& in, std::size_t together, std::int64_t change,
                     const std::atomic<bool>* stop, const Add& add) {
  CALLMILL_CHECK(together > 0 && in.pieces.size() % together == 0, "groups of equal size");
  CALLMILL_CHECK(in.lines == 0, "the worth of an agent is computed without a limit on lines");
  constexpr double kForgotten = 1e-7;
  std::vector<State> before{transient::first_state(in)};
  std::vector<TransientInterval> base;
  const auto stopped = [stop] { return stop != nullptr && stop->load(std::memory_order_relaxed); };
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    if (stopped()) return false;
    before.push_back(before.back());
    base.push_back(transient::pass_piece(in, i, before.back()));
  }
  TransientInput more = in;
  for (std::size_t i = 0; i < in.pieces.size() / together; ++i) {
    if (stopped()) return false;
    const std::size_t first = i * together, last = first + together - 1;
    const auto lacks = [&](std::size_t p) { return more.pieces[p].agents + change < 0; };
    bool possible = true;
    for (std::size_t p = first; p <= last; ++p) possible = possible && !lacks(p);
    if (!possible) continue;
    for (std::size_t p = first; p <= last; ++p) more.pieces[p].agents += change;
    std::size_t m = first_touched(in, first);
    State state = before[m];
    for (; m < in.pieces.size(); ++m) {
      const TransientInterval t = transient::pass_piece(more, m, state);
      add(Change{i, m, base[m], t, in.pieces[m], more.pieces[m]});
      if (m > last && distance(state, before[m + 1]) < kForgotten) break;
    }
    for (std::size_t p = first; p <= last; ++p) more.pieces[p].agents -= change;
  }
  return true;
}

}  // namespace

std::vector<double> one_more_agent(const TransientInput& in, const DayFigure& figure,
                                   const std::atomic<bool>* stop, std::size_t together) {
  std::vector<double> worth(in.pieces.size() / together, 0.0);
  const bool done = for_each_change(in, together, 1, stop, [&](const Change& c) {
    worth[c.i] += figure(c.after, c.more) - figure(c.before, c.less);
  });
  return done ? worth : std::vector<double>{};
}

std::vector<AgentWorth> agent_worth(const TransientInput& in, const std::atomic<bool>* stop,
                                    std::size_t together, std::int64_t change) {
  std::vector<AgentWorth> worth(in.pieces.size() / together);
  const bool done = for_each_change(in, together, change, stop, [&](const Change& c) {
    AgentWorth& w = worth[c.i];
    const bool here = c.m / together == c.i;
    (here ? w.within_here : w.within_elsewhere) +=
        c.after.answered_within - c.before.answered_within;
    (here ? w.answered_here : w.answered_elsewhere) += c.after.answers - c.before.answers;
  });
  return done ? worth : std::vector<AgentWorth>{};
}

}  // namespace callmill
