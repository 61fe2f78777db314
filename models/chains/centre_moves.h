#pragma once
// What can happen next in a CentreSpec, and what each step means.

#include <array>
#include <cstdint>
#include <vector>

#include "models/chains/centre_spec.h"

namespace callmill {

// Counts of calls at work by (class, group), outbound calls, waiting, in the menu, in orbit; where
// each stands is CentreRules' business.
inline constexpr std::size_t kCentreSlots = 32;
using CentreState = std::array<std::int16_t, kCentreSlots>;

struct CentreMove {
  enum class Why : std::uint8_t {
    kFresh,
    kRedial,
    kMenuOver,
    kServiceOver,
    kPatienceOver,
    kDial,
    kOutboundOver
  };
  enum class Fate : std::uint8_t {  // of the call of the first three
    kNone,
    kBlocked,
    kNoPort,
    kInMenu,
    kLeftMenu,
    kSelfServed,
    kRefused,
    kCut,
    kBalked,
    kAtOnce,
    kWaits
  };
  static constexpr std::uint8_t kNobody = 0xff;

  CentreState to{};
  double rate = 0;
  Why why = Why::kFresh;
  Fate fate = Fate::kNone;
  std::uint8_t who = kNobody;    // class of the call that moves
  std::uint8_t group = kNobody;  // whose agent moves, or takes a call
  std::uint8_t taken = kNobody;  // class of which `group` takes a call
  bool dials = false;            // `group` begins an outbound call
  bool drops_orbit = false;      // the caller would call again, and finds the orbit cut
};

class CentreRules {
 public:
  explicit CentreRules(const CentreSpec& spec);
  const CentreSpec& spec() const { return spec_; }
  bool fits() const { return slots_ <= kCentreSlots; }
  std::size_t slots() const { return slots_; }

  CentreState empty() const;  // nobody there; agents who dial at once do
  // Steps out of `s` with a rate > 0, appended to `out` (cleared first).
  void moves(const CentreState& s, std::vector<CentreMove>& out) const;
  // The state after groups have come to this spec's staff: new agents take who waits, outbound
  // calls begin at once where they do.
  CentreState staffed(CentreState s) const;

  int busy(const CentreState& s, std::size_t c, std::size_t g) const {
    return busy_[c][g] < 0 ? 0 : s[static_cast<std::size_t>(busy_[c][g])];
  }
  int outbound(const CentreState& s, std::size_t g) const {
    return outbound_[g] < 0 ? 0 : s[static_cast<std::size_t>(outbound_[g])];
  }
  int waiting(const CentreState& s, std::size_t c) const { return s[waiting_[c]]; }
  int in_menu(const CentreState& s, std::size_t c) const {
    return menu_[c] < 0 ? 0 : s[static_cast<std::size_t>(menu_[c])];
  }
  int in_orbit(const CentreState& s, std::size_t c) const {
    return orbit_[c] < 0 ? 0 : s[static_cast<std::size_t>(orbit_[c])];
  }
  int idle(const CentreState& s, std::size_t g) const;  // < 0: so many go when they have finished
  int lines_busy(const CentreState& s, std::size_t lines) const;

  // Whether only callers ahead matter to one who waits: nobody shares lines, ports or room with the
  // class, and no group asks how many wait.
  bool later_calls_do_not_matter(std::size_t c) const;
  // The state without what does not matter then: `waiting` of the class, none in menu and orbit.
  CentreState forget_later(CentreState s, std::size_t c, int waiting) const;

 private:
  std::int16_t& slot(CentreState& s, int at) const { return s[static_cast<std::size_t>(at)]; }
  int waiting_in(const CentreState& s, std::size_t queue) const;
  bool may_take(const CentreState& s, std::size_t c, std::size_t g) const;
  std::uint8_t take_next(CentreState& s, std::size_t g, std::size_t queue) const;
  bool dial_at_once(CentreState& s, std::size_t g) const;
  void arrive(const CentreMove& call, std::vector<CentreMove>& out) const;
  void join(const CentreMove& call, std::vector<CentreMove>& out) const;
  void give_up(const CentreMove& call, double again, std::vector<CentreMove>& out) const;
  void moves_of_class(const CentreState& s, std::size_t c, std::vector<CentreMove>& out) const;
  void moves_of_group(const CentreState& s, std::size_t g, std::vector<CentreMove>& out) const;
  void agent_free(CentreMove& move) const;

  CentreSpec spec_;
  std::vector<std::vector<int>> busy_;  // slot; -1: none
  std::vector<int> outbound_, menu_, orbit_;
  std::vector<std::size_t> waiting_;
  std::size_t slots_ = 0;
};

}  // namespace callmill
