#pragma once
// What can happen next in a CentreSpec, and what each step means.

#include <array>
#include <cstdint>
#include <vector>

#include "models/chains/centre_spec.h"

namespace callmill {

// Counts of calls at work by (class, group), wrap-ups, outbound calls, each by band; waiting, in
// the menu, in orbit; the order of the idle. Where each stands is CentreRules' business.
inline constexpr std::size_t kCentreSlots = 32;
using CentreState = std::array<std::int16_t, kCentreSlots>;

struct CentreMove {
  enum class Why : std::uint8_t {
    kFresh,
    kRedial,
    kMenuOver,  // a stage of it
    kServiceOver,
    kPatienceOver,
    kDial,
    kOutboundOver,
    kWrapOver
  };
  enum class Fate : std::uint8_t {  // of the call of the first three
    kNone,
    kBlocked,
    kNoPort,
    kInMenu,
    kNextStage,
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
  std::uint8_t who = kNobody;        // class of the call that moves
  std::uint8_t group = kNobody;      // whose agent moves, or takes a call
  std::uint8_t taken = kNobody;      // class of which `group` takes a call
  std::uint8_t stage = 0, next = 0;  // of the menu: kMenuOver from, kNextStage to
  std::uint8_t tries = 0;            // redials of the caller so far, where they are limited
  bool dials = false;                // `group` begins an outbound call
  bool drops_orbit = false;          // the caller would call again, and finds the orbit cut
};

// What a change of staff does at once.
struct StaffMove {
  CentreState to{};
  struct Taken {
    std::uint8_t group, who;
  };
  std::vector<Taken> taken;         // calls, in this order
  std::vector<std::uint8_t> dials;  // groups that begin an outbound call
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
  // The staff of `before` changes to this spec's, which has the same classes, groups and bands:
  // some leave, others come and take who waits, outbound calls begin at once where they do. Null:
  // nobody was there, all come.
  StaffMove change_staff(CentreState s, const CentreSpec* before) const;
  // All who wait are sent away.
  CentreState without_waiting(CentreState s) const;
  CentreState without_orbits(CentreState s) const;

  int busy(const CentreState& s, std::size_t c, std::size_t g) const {
    return of_kind(s, g, busy_[c][g]);
  }
  int wrapping(const CentreState& s, std::size_t g) const;
  int outbound(const CentreState& s, std::size_t g) const { return of_kind(s, g, outbound_[g]); }
  int waiting(const CentreState& s, std::size_t c) const { return s[waiting_[c]]; }
  int in_stage(const CentreState& s, std::size_t c, std::size_t stage) const {
    return s[static_cast<std::size_t>(menu_[c]) + stage];
  }
  int in_menu(const CentreState& s, std::size_t c) const;
  int in_orbit(const CentreState& s, std::size_t c) const;
  int idle(const CentreState& s, std::size_t g) const;  // < 0: so many go when they have finished
  int lines_busy(const CentreState& s, std::size_t lines) const;

  // Whether only callers ahead matter to one who waits: nobody shares lines, ports or room with the
  // class, and no group asks how many wait.
  bool later_calls_do_not_matter(std::size_t c) const;
  // The state without what does not matter then: `waiting` of the class, none in menu and orbit.
  CentreState forget_later(CentreState s, std::size_t c, int waiting) const;

 private:
  // ---- centre_moves.cpp: calls
  static std::int16_t& slot(CentreState& s, int at) { return s[static_cast<std::size_t>(at)]; }
  static int count(const CentreState& s, int at) { return s[static_cast<std::size_t>(at)]; }
  void lay_out();
  void lay_out_group(std::size_t g);
  int waiting_in(const CentreState& s, std::size_t queue) const;
  void arrive(const CentreMove& call, std::vector<CentreMove>& out) const;
  void join(const CentreMove& call, std::vector<CentreMove>& out) const;
  void give_up(const CentreMove& call, double again, std::vector<CentreMove>& out) const;
  void moves_of_class(const CentreState& s, std::size_t c, std::vector<CentreMove>& out) const;
  void moves_of_stage(const CentreState& s, std::size_t c, std::size_t stage,
                      std::vector<CentreMove>& out) const;

  // ---- centre_agents.cpp: agents. A kind of work (calls of a class, a wrap-up, outbound calls)
  // has a slot for each band from its first on.
  bool on(std::size_t g, std::size_t band) const;
  int of_kind(const CentreState& s, std::size_t g, int kind) const;
  bool may_take(const CentreState& s, std::size_t c, std::size_t g, int idle) const;
  // Of `idle` agents who has been so longest is so no more; the band.
  std::size_t first_idle(CentreState& s, std::size_t g, int idle) const;
  // One more is idle, which makes `idle`.
  void now_idle(CentreState& s, std::size_t g, std::size_t band, int idle) const;
  std::uint8_t pick(const CentreState& s, std::size_t g, std::size_t queue, int idle) const;
  void take(CentreState& s, std::size_t g, std::size_t c, std::size_t band) const;
  void agent_free(CentreMove& move, std::size_t band) const;
  void moves_of_group(const CentreState& s, std::size_t g, std::vector<CentreMove>& out) const;
  void work_ends(const CentreState& s, CentreMove move, int kind, double rate, int wrap,
                 std::vector<CentreMove>& out) const;
  bool dial_at_once(CentreState& s, std::size_t g, int idle) const;
  void pauses_end(const CentreState& s, std::size_t g, std::vector<CentreMove>& out) const;

  // ---- centre_staff.cpp: coming and going
  void staff_of(std::size_t g, const CentreSpec* before, StaffMove& move) const;
  void bands_change(std::size_t g, const CentreSpec::Group* before, StaffMove& move) const;
  void send_back(std::size_t g, CentreState& s) const;
  void come(std::size_t g, std::size_t band, int missing, StaffMove& move) const;

  CentreSpec spec_;
  std::vector<std::size_t> bands_;
  std::vector<std::vector<int>> busy_, wrap_;               // [class][group] first slot; -1: none
  std::vector<std::vector<int>> kinds_;                     // [group] all its kinds of work
  std::vector<std::vector<std::pair<int, double>>> wraps_;  // [group] wrap-ups: kind, rate
  std::vector<int> outbound_, outbound_wrap_, menu_, orbit_, order_;
  std::vector<std::size_t> waiting_;
  std::size_t slots_ = 0;
};

}  // namespace callmill
