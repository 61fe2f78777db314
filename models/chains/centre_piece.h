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
  WaitChain<WatchedCaller> chain;
  std::vector<Landing> landings;            // of the states of the piece before
  std::vector<std::uint32_t> landed;        // index of Landing::to, where it goes on
  std::unique_ptr<const Uniformised> flow;  // of (p, m, a)

  // Those of the M who wait in the queue (W), alone: what they do does not depend on who joins.
  std::vector<std::uint32_t> waiting;     // which of the M
  std::vector<std::uint32_t> as_waiting;  // by M: which of the W, or StateIndex's kNone
  std::unique_ptr<const Uniformised> alone;
  Block fates;  // W x 2: rates of being served and of giving up
  Eigen::SparseMatrix<double, Eigen::RowMajor> joins;  // W x (N + 2 M): rate of joining the queue
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

// The centre alone: `centre`, `landed` and `flow`, nobody watched.
std::unique_ptr<CentrePiece> make_centre(const CentreSpec& spec, double length,
                                         const CentrePiece* before, std::size_t limit,
                                         StopFlag stop = nullptr);

// `before`: null for the first piece. `length` infinite: the centre is closed from now on.
std::unique_ptr<CentrePiece> make_piece(const CentreSpec& spec, double length,
                                        const CentrePiece* before, bool clears, std::size_t limit,
                                        StopFlag stop = nullptr);

}  // namespace callmill
