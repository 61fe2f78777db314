#include "models/chains/centre_room.h"

#include <algorithm>

#include "models/chains/centre_piece.h"
#include "models/chains/centre_tally.h"
#include "models/chains/size.h"

namespace callmill {
namespace {

using Index = Eigen::Index;

// Chances after the change of staff that begins a piece.
Vector landed(const CentrePiece& now, const Vector& p) {
  Vector to = Vector::Zero(now.centre.generator.size());
  for (std::size_t s = 0; s < now.landed.size(); ++s) to[now.landed[s]] += p[static_cast<Index>(s)];
  return to;
}

void count_moves(const CentrePiece& now, const Vector& time, CentreCounts& counts) {
  std::vector<CentreMove> moves;
  for (std::size_t s = 0; s < now.centre.states().size(); ++s) {
    const double spent = time[static_cast<Index>(s)];
    if (spent == 0) continue;
    now.rules.moves(now.centre.states()[s], moves);
    for (const CentreMove& m : moves) count_move(m, m.rate * spent, counts);
  }
}

// Each class is passed with these chances, and with who of it waits twice over.
double steps_with_callers(const CentreDay& day, const CentrePiece& now) {
  double watched = 0;
  for (const CentreSpec::Class& k : day.pieces.front().spec.classes)
    if (!k.sent_back_of) ++watched;
  return watched * now.length * now.flow->ticks_per_time() *
         static_cast<double>(now.flow->steps_per_tick());
}

}  // namespace

std::optional<double> share_without_room(const CentreDay& day, std::string& why, std::size_t limit,
                                         const DayWatch& watch) {
  const std::vector<std::vector<double>> no_times(day.pieces.front().spec.classes.size());
  CentreCounts counts = no_counts(day.pieces.front().spec, no_times);
  Work work;
  work.stop = watch.stop;
  double length = 0, begun = 0, steps = 0;
  for (const CentreDay::Piece& piece : day.pieces) length += piece.length;
  std::unique_ptr<CentrePiece> before;
  Vector p = Vector::Unit(1, 0);
  why.clear();
  for (const CentreDay::Piece& piece : day.pieces) {
    auto now = make_centre(piece.spec, piece.length, before.get(), limit, watch.stop);
    if (work.interrupted()) return {};
    if (now->too_large) {
      why = too_large_a_chain(now->states, limit);
      return {};
    }
    begun += piece.length;
    steps += steps_with_callers(day, *now);
    if (steps * length / begun > watch.most_steps) {
      why = too_many_steps(steps * length / begun, watch.most_steps);
      return {};
    }
    p = before ? landed(*now, p) : Vector(Vector::Unit(now->centre.generator.size(), 0));
    const Passage passage = now->flow->forward(p, piece.length, &work);
    if (work.interrupted()) return {};
    count_moves(*now, passage.integral, counts);
    p = passage.end;
    before = std::move(now);
  }
  double cut = 0, attempts = 0;
  for (const ClassCounts& k : counts.classes) {
    cut += k.cut;
    attempts += k.fresh + k.redials;
  }
  return attempts > 0 ? cut / attempts : 0;
}

}  // namespace callmill
