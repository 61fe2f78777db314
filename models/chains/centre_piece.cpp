#include "models/chains/centre_piece.h"

#include <algorithm>
#include <cmath>

namespace callmill {
namespace {

using Cells = std::vector<Eigen::Triplet<double>>;
using Fate = CentreMove::Fate;
using Why = CentreMove::Why;

template <class Count>
int to_int(Count n) {
  return static_cast<int>(n);
}

// Who of class c begins to be watched: begins(centre state, watched state, rate); without a menu
// with the queue, else with the menu.
template <class Begins>
void beginnings(const CentrePiece& piece, std::size_t c, const WaitRules& rules, Begins&& begins) {
  const bool menu = !piece.rules.spec().classes[c].menu.empty();
  std::vector<CentreMove> moves;
  for (std::size_t i = 0; i < piece.centre.states().size(); ++i) {
    piece.rules.moves(piece.centre.states()[i], moves);
    for (const CentreMove& m : moves) {
      if (m.who != c || m.why > Why::kRedial) continue;
      if (menu && m.fate == Fate::kInMenu) begins(i, WatchedCaller{m.to, in_stage(0)}, m.rate);
      if (!menu && m.fate == Fate::kWaits) begins(i, rules.joined(m.to), m.rate);
    }
  }
}

void land_centre(CentrePiece& piece, const CentrePiece* before, std::vector<CentreState>& starts) {
  if (before == nullptr) {
    starts.push_back(piece.rules.empty());
    return;
  }
  StateIndex<CentreState> index;
  for (const CentreState& s : before->centre.states())
    piece.landed.push_back(index.add(piece.rules.change_staff(s, &before->rules.spec()).to));
  starts = index.states();
}

std::vector<WatchedCaller> starts_of(const CentrePiece& piece, const CentrePiece* before,
                                     std::size_t c, bool clears, WatchedPiece& w) {
  StateIndex<WatchedCaller> index;
  if (before != nullptr) {
    const WatchedPiece& old = *before->watched[c];
    for (const WatchedCaller& s : old.chain.index.states()) {
      w.landings.push_back(w.rules.land(s, before->rules.spec(), clears));
      const Landing& landing = w.landings.back();
      w.landed.push_back(landing.how == Landing::How::kGoesOn ? index.add(landing.to)
                                                              : StateIndex<WatchedCaller>::kNone);
    }
  }
  beginnings(piece, c, w.rules, [&](std::size_t, const WatchedCaller& s, double) { index.add(s); });
  return index.states();
}

// Those who wait, without the menu.
void leave_menu_out(WatchedPiece& w, double at_least) {
  const std::vector<WatchedCaller>& states = w.chain.index.states();
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    w.as_waiting.push_back(states[i].waits() ? static_cast<std::uint32_t>(w.waiting.size())
                                             : StateIndex<WatchedCaller>::kNone);
    if (states[i].waits()) w.waiting.push_back(i);
  }
  const auto size = static_cast<Eigen::Index>(w.waiting.size());
  Generator g;
  g.rates.resize(size, size);
  g.out.resize(size);
  w.fates.resize(size, 2);
  Cells cells;
  for (Eigen::Index k = 0; k < size; ++k) {
    const auto i = static_cast<Eigen::Index>(w.waiting[static_cast<std::size_t>(k)]);
    g.out[k] = w.chain.generator.out[i];
    w.fates(k, 0) = w.chain.served[i];
    w.fates(k, 1) = w.chain.lost[i];
    for (decltype(g.rates)::InnerIterator cell(w.chain.generator.rates, i); cell; ++cell)
      cells.emplace_back(to_int(k), to_int(w.as_waiting[static_cast<std::size_t>(cell.col())]),
                         cell.value());
  }
  g.rates.setFromTriplets(cells.begin(), cells.end());
  w.alone = std::make_unique<Uniformised>(g, at_least);
}

// The three parts in one: rates within p and m as they are, a like m; p J and a' = m beside them,
// which take nothing away.
void couple(const CentrePiece& piece, std::size_t c, WatchedPiece& w) {
  const double at_least = std::isinf(piece.length) ? 1.0 : 1 / piece.length;
  leave_menu_out(w, at_least);
  const auto n = piece.centre.generator.size(), m = w.chain.generator.size();
  Generator g;
  g.rates.resize(n + 2 * m, n + 2 * m);
  g.out = Vector::Zero(n + 2 * m);
  g.out.head(n) = piece.centre.generator.out;
  g.out.segment(n, m) = g.out.tail(m) = w.chain.generator.out;
  Cells cells, joins;
  const auto copy = [&](const Generator& from, Eigen::Index at) {
    for (Eigen::Index i = 0; i < from.size(); ++i)
      for (decltype(from.rates)::InnerIterator cell(from.rates, i); cell; ++cell)
        cells.emplace_back(to_int(at + i), to_int(at + cell.col()), cell.value());
  };
  copy(piece.centre.generator, 0);
  copy(w.chain.generator, n);
  copy(w.chain.generator, n + m);
  beginnings(piece, c, w.rules, [&](std::size_t i, const WatchedCaller& s, double rate) {
    const std::uint32_t to = w.chain.index.find(s);
    cells.emplace_back(to_int(i), to_int(n + to), rate);
    if (s.waits()) joins.emplace_back(to_int(w.as_waiting[to]), to_int(i), rate);
  });
  const std::vector<WatchedCaller>& states = w.chain.index.states();
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    if (states[i].waits()) {
      cells.emplace_back(to_int(n + at), to_int(n + m + at), 1.0);
      continue;
    }
    w.rules.moves_in_menu(
        states[i], [](const WatchedCaller&, double) {},
        [&](const WatchedCaller& s, double rate) {
          joins.emplace_back(to_int(w.as_waiting[w.chain.index.find(s)]), to_int(n + at), rate);
        },
        [](const CentreMove&, double) {});
  }
  g.rates.setFromTriplets(cells.begin(), cells.end());
  w.joins.resize(static_cast<Eigen::Index>(w.waiting.size()), n + 2 * m);
  w.joins.setFromTriplets(joins.begin(), joins.end());
  w.flow = std::make_unique<Uniformised>(g, at_least);
}

}  // namespace

std::unique_ptr<CentrePiece> make_centre(const CentreSpec& spec, double length,
                                         const CentrePiece* before, std::size_t limit,
                                         StopFlag stop) {
  auto piece = std::make_unique<CentrePiece>(spec);
  piece->length = length;
  if (spec.closed) {
    piece->centre.generator = make_generator(0, {});
    return piece;
  }
  std::vector<CentreState> starts;
  land_centre(*piece, before, starts);
  std::vector<CentreMove> moves;
  piece->centre = explore_from(
      starts,
      [&](const CentreState& s, auto&& visit) {
        piece->rules.moves(s, moves);
        for (const CentreMove& m : moves) visit(m.to, m.rate);
      },
      limit, stop);
  piece->states = piece->centre.states().size();
  piece->too_large = piece->centre.too_large;
  if (!piece->too_large) piece->flow = std::make_unique<Uniformised>(piece->centre.generator);
  return piece;
}

std::unique_ptr<CentrePiece> make_piece(const CentreSpec& spec, double length,
                                        const CentrePiece* before, bool clears, std::size_t limit,
                                        StopFlag stop) {
  std::unique_ptr<CentrePiece> piece = make_centre(spec, length, before, limit, stop);
  if (piece->too_large) return piece;
  for (std::size_t c = 0; c < spec.classes.size(); ++c) {
    piece->watched.push_back(nullptr);
    if (spec.classes[c].sent_back_of) continue;
    auto w = std::make_unique<WatchedPiece>(piece->rules, c);
    w->chain = watch(w->rules, starts_of(*piece, before, c, clears, *w), limit, stop);
    piece->states = std::max(piece->states, w->chain.index.size());
    piece->too_large = w->chain.too_large;
    if (piece->too_large) return piece;
    couple(*piece, c, *w);
    piece->watched.back() = std::move(w);
  }
  return piece;
}

}  // namespace callmill
