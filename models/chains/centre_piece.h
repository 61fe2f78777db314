#pragma once
// One piece of a CentreDay, ready to be passed: its chain, the chains of watched callers, and how
// they are entered from the piece before. Internal to the room.

#include <memory>
#include <vector>

#include "models/chains/centre_day.h"
#include "models/chains/centre_moves.h"
#include "models/chains/centre_wait.h"
#include "models/chains/transient.h"

namespace callmill {

// Callers of one class. Vectors that pass through `flow` have three parts:
//   p  chances of the centre's states (N), where callers come from
//   m  expected callers by watched state (M):   m' = m Q + p J,   J: who begins to be watched
//   a  the time that they have waited (M):      a' = a Q + m (of those who wait)
struct WatchedPiece {
  WatchedPiece(const CentreRules& of, std::size_t c) : rules{of, c} {}

  WaitRules rules;
  WaitChain<Watched> chain;
  std::vector<Landing> landings;                   // of the states of the piece before
  std::vector<std::uint32_t> landed;               // index of Landing::to, where it goes on
  std::unique_ptr<const Uniformised> flow, alone;  // of (p, m, a); of M alone, for looking backward
  Eigen::SparseMatrix<double, Eigen::RowMajor> joins;  // M x (N + 2 M): rate of joining the queue
};

struct CentrePiece {
  explicit CentrePiece(const CentreSpec& spec) : rules{spec} {}

  CentreRules rules;
  double length = 0;  // infinite: after closing
  std::size_t interval = 0;
  Chain<CentreState> centre;          // empty after closing
  std::vector<std::uint32_t> landed;  // of the states of the piece before
  std::unique_ptr<const Uniformised> flow;
  std::vector<std::unique_ptr<WatchedPiece>> watched;  // by class; none for calls sent back
  std::size_t states = 0;
  bool too_large = false;
};

// `before`: null for the first piece. `length` infinite: the centre is closed from now on.
std::unique_ptr<CentrePiece> make_piece(const CentreSpec& spec, double length,
                                        const CentrePiece* before, bool clears, std::size_t limit);

}  // namespace callmill
