#pragma once
// Waits in a CentreSpec: one caller of a class watched from joining the queue to the end.

#include "models/chains/centre_moves.h"
#include "models/chains/wait.h"

namespace callmill {

struct Watched {
  CentreState centre{};
  std::int16_t ahead = 0;  // of the watched caller in its class; it is one of the waiting
  friend bool operator==(const Watched&, const Watched&) = default;
};

// Watches callers of class c. Where later calls do not matter to them, these are left out of the
// state, which makes it smaller by the number of those behind.
class WaitRules {
 public:
  WaitRules(const CentreRules& rules, std::size_t c)
      : rules_{rules}, c_{c}, brief_{rules.later_calls_do_not_matter(c)} {}

  // As watched from now on: the state in which a caller of the class has just joined as the last.
  Watched joined(const CentreState& s) const;
  // The same caller after the centre's staff has changed to these rules'; nothing where it was
  // taken at once by somebody who came.
  bool restaffed(Watched& w) const;

  // onward(next, rate), serve(rate, group), lose(rate) for each step out of w.
  template <class Onward, class Serve, class Lose>
  void moves(const Watched& w, Onward&& onward, Serve&& serve, Lose&& lose) const {
    const double gives_up = rules_.spec().classes[c_].patience_rate;
    const int waiting = rules_.waiting(w.centre, c_);
    rules_.moves(w.centre, scratch_);
    lose(gives_up);
    for (const CentreMove& m : scratch_) {
      const bool own = m.who == c_;
      if (own && brief_ && m.why <= CentreMove::Why::kMenuOver) continue;
      if (own && m.why == CentreMove::Why::kPatienceOver) {
        onward(next(m, w.ahead - 1), m.rate * w.ahead / waiting);
        if (!brief_) onward(next(m, w.ahead), m.rate * (waiting - 1 - w.ahead) / waiting);
      } else if (m.taken != c_) {
        onward(next(m, w.ahead), m.rate);
      } else if (w.ahead == 0) {
        serve(m.rate, m.group);
      } else {
        onward(next(m, w.ahead - 1), m.rate);
      }
    }
  }

 private:
  Watched next(const CentreMove& m, int ahead) const;
  const CentreRules& rules_;
  std::size_t c_;
  bool brief_;
  mutable std::vector<CentreMove> scratch_;
};

WaitChain<Watched> watch(const WaitRules& rules, const std::vector<Watched>& starts,
                         std::size_t limit);

}  // namespace callmill
