#pragma once
// Waits in a CentreSpec: one caller of a class watched from the menu, or from joining the queue, to
// the end.

#include "models/chains/centre_moves.h"
#include "models/chains/wait.h"

namespace callmill {

struct WatchedCaller {
  CentreState centre{};
  // Of the class, ahead of the watched caller, who is one of the waiting; in stage i of the menu:
  // -1 - i.
  std::int16_t ahead = 0;
  bool waits() const { return ahead >= 0; }
  std::size_t stage() const { return static_cast<std::size_t>(-1 - ahead); }
  friend bool operator==(const WatchedCaller&, const WatchedCaller&) = default;
};
inline std::int16_t in_stage(std::size_t stage) {
  return static_cast<std::int16_t>(-1 - static_cast<int>(stage));
}

// What becomes of a watched caller when the staff changes.
struct Landing {
  enum class How : std::uint8_t { kGoesOn, kTaken, kDisconnected } how = How::kGoesOn;
  std::uint8_t group = 0;  // kTaken: by an agent who came
  WatchedCaller to;        // kGoesOn
};

// Watches callers of class c. Where later calls do not matter to one who waits, these are left out
// of the state, which makes it smaller by the number of those behind.
class WaitRules {
 public:
  WaitRules(const CentreRules& rules, std::size_t c)
      : rules_{rules}, c_{c}, brief_{rules.later_calls_do_not_matter(c)} {}

  // As watched from now on: the state in which a caller of the class has just joined as the last.
  WatchedCaller joined(const CentreState& s) const;
  // The staff of `before` changes to these rules'. `clears`: those who wait are sent away.
  Landing land(const WatchedCaller& w, const CentreSpec& before, bool clears) const;

  // Of one who waits: onward(next, rate), serve(rate, group), lose(rate) for each step out of w.
  template <class Onward, class Serve, class Lose>
  void moves(const WatchedCaller& w, Onward&& onward, Serve&& serve, Lose&& lose) const {
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
  // Of one in the menu: onward(next, rate), join(next, rate) into the queue, end(move, rate) with
  // the fate of `move`.
  template <class Onward, class Join, class End>
  void moves_in_menu(const WatchedCaller& w, Onward&& onward, Join&& join, End&& end) const {
    using Fate = CentreMove::Fate;
    const int calls = rules_.in_stage(w.centre, c_, w.stage());
    rules_.moves(w.centre, scratch_);
    for (const CentreMove& m : scratch_) {
      const bool here = m.who == c_ && m.why == CentreMove::Why::kMenuOver && m.stage == w.stage();
      const double others = here ? m.rate * (calls - 1) / calls : m.rate;
      if (others > 0) onward(WatchedCaller{m.to, w.ahead}, others);
      if (!here) continue;
      const double own = m.rate / calls;
      if (m.fate == Fate::kNextStage)
        onward(WatchedCaller{m.to, in_stage(m.next)}, own);
      else if (m.fate == Fate::kWaits)
        join(joined(m.to), own);
      else
        end(m, own);
    }
  }

 private:
  WatchedCaller next(const CentreMove& m, int ahead) const;
  const CentreRules& rules_;
  std::size_t c_;
  bool brief_;
  mutable std::vector<CentreMove> scratch_;
};

// All that can be reached from the starts. Who ends in the menu counts as `lost` there.
WaitChain<WatchedCaller> watch(const WaitRules& rules, const std::vector<WatchedCaller>& starts,
                               std::size_t limit, StopFlag stop = nullptr);

}  // namespace callmill
