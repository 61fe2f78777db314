#include "models/chains/centre_moves.h"

#include <algorithm>

#include "base/check.h"

namespace callmill {
namespace {

using Why = CentreMove::Why;
using Fate = CentreMove::Fate;
constexpr std::size_t kAnyQueue = static_cast<std::size_t>(-1);

}  // namespace

CentreRules::CentreRules(const CentreSpec& spec)
    : spec_{spec},
      busy_(spec.classes.size(), std::vector<int>(spec.groups.size(), -1)),
      outbound_(spec.groups.size(), -1),
      menu_(spec.classes.size(), -1),
      orbit_(spec.classes.size(), -1) {
  const auto next = [&] { return static_cast<int>(slots_++); };
  for (std::size_t c = 0; c < spec.classes.size(); ++c) {
    const CentreSpec::Class& k = spec.classes[c];
    for (std::size_t g = 0; g < spec.groups.size(); ++g)
      if (spec.skills[c][g].rate > 0) busy_[c][g] = next();
    waiting_.push_back(slots_++);
    if (k.menu_rate > 0) menu_[c] = next();
    if (k.again_rate > 0) orbit_[c] = next();
  }
  for (std::size_t g = 0; g < spec.groups.size(); ++g)
    if (spec.groups[g].outbound) outbound_[g] = next();
  for (std::size_t c = 0; c < spec.classes.size(); ++c)
    for (const std::size_t g : spec.classes[c].prefer) {
      const std::vector<std::size_t>& take = spec.groups[g].take;
      CALLMILL_CHECK(std::find(take.begin(), take.end(), c) != take.end(),
                     "a group that a class may ask takes that class");
    }
}

CentreState CentreRules::empty() const {
  CALLMILL_CHECK(fits(), "the centre has more kinds of counts than a state holds");
  return staffed(CentreState{});
}

int CentreRules::idle(const CentreState& s, std::size_t g) const {
  int free = spec_.groups[g].agents - outbound(s, g);
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) free -= busy(s, c, g);
  return free;
}

int CentreRules::lines_busy(const CentreState& s, std::size_t lines) const {
  int held = 0;
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) {
    if (spec_.classes[c].lines != lines) continue;
    held += waiting(s, c) + in_menu(s, c);
    for (std::size_t g = 0; g < spec_.groups.size(); ++g) held += busy(s, c, g);
  }
  return held;
}

int CentreRules::waiting_in(const CentreState& s, std::size_t queue) const {
  int sum = 0;
  for (std::size_t c = 0; c < spec_.classes.size(); ++c)
    if (queue == kAnyQueue || spec_.classes[c].queue == queue) sum += waiting(s, c);
  return sum;
}

bool CentreRules::may_take(const CentreState& s, std::size_t c, std::size_t g) const {
  const CentreSpec::Skill& skill = spec_.skills[c][g];
  return skill.rate > 0 && idle(s, g) > skill.reserve &&
         waiting_in(s, spec_.classes[c].queue) >= skill.min_queue;
}

// An idle agent of g takes the head of the first class that waits and may be taken, of one queue or
// of all.
std::uint8_t CentreRules::take_next(CentreState& s, std::size_t g, std::size_t queue) const {
  for (const std::size_t c : spec_.groups[g].take) {
    if (queue != kAnyQueue && spec_.classes[c].queue != queue) continue;
    if (waiting(s, c) == 0 || !may_take(s, c, g)) continue;
    --s[waiting_[c]];
    ++slot(s, busy_[c][g]);
    return static_cast<std::uint8_t>(c);
  }
  return CentreMove::kNobody;
}

bool CentreRules::dial_at_once(CentreState& s, std::size_t g) const {
  const auto& out = spec_.groups[g].outbound;
  if (!out || !out->at_once || idle(s, g) <= out->reserve) return false;
  ++slot(s, outbound_[g]);
  return true;
}

CentreState CentreRules::staffed(CentreState s) const {
  for (std::size_t g = 0; g < spec_.groups.size(); ++g) {
    while (idle(s, g) > 0 && take_next(s, g, kAnyQueue) != CentreMove::kNobody) {
    }
    while (dial_at_once(s, g)) {
    }
  }
  return s;
}

void CentreRules::moves(const CentreState& s, std::vector<CentreMove>& out) const {
  out.clear();
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) moves_of_class(s, c, out);
  for (std::size_t g = 0; g < spec_.groups.size(); ++g) moves_of_group(s, g, out);
  out.erase(std::remove_if(out.begin(), out.end(),
                           [](const CentreMove& move) { return !(move.rate > 0); }),
            out.end());
}

void CentreRules::moves_of_class(const CentreState& s, std::size_t c,
                                 std::vector<CentreMove>& out) const {
  const CentreSpec::Class& k = spec_.classes[c];
  CentreMove move;
  move.who = static_cast<std::uint8_t>(c);
  move.to = s;
  move.rate = k.rate;
  arrive(move, out);
  if (const int callers = in_orbit(s, c); callers > 0) {
    move.why = Why::kRedial;
    move.rate = callers * k.again_rate;
    --slot(move.to, orbit_[c]);
    arrive(move, out);
  }
  if (const int calls = in_menu(s, c); calls > 0) {
    move.why = Why::kMenuOver;
    move.to = s;
    --slot(move.to, menu_[c]);
    const double over = calls * k.menu_rate;
    move.rate = over * k.p_self_served;
    move.fate = Fate::kSelfServed;
    out.push_back(move);
    move.rate = over * std::max(1 - k.p_agent - k.p_self_served, 0.0);
    move.fate = Fate::kLeftMenu;
    out.push_back(move);
    move.rate = over * k.p_agent;
    join(move, out);
  }
  if (const int callers = waiting(s, c); callers > 0) {
    move.why = Why::kPatienceOver;
    move.fate = Fate::kNone;
    move.to = s;
    --move.to[waiting_[c]];
    move.rate = callers * k.patience_rate;
    give_up(move, k.again_abandoned, out);
  }
}

// The call of the move looks for a line, and goes on to menu or queue.
void CentreRules::arrive(const CentreMove& call, std::vector<CentreMove>& out) const {
  const CentreSpec::Class& k = spec_.classes[call.who];
  if (call.rate == 0) return;
  CentreMove move = call;
  int in_menus = 0;
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) in_menus += in_menu(call.to, c);
  if (k.menu_rate > 0 && in_menus >= spec_.ports) {
    move.fate = Fate::kNoPort;
    give_up(move, k.again_blocked, out);
  } else if (k.lines && lines_busy(call.to, *k.lines) >= spec_.lines[*k.lines]) {
    move.fate = Fate::kBlocked;
    give_up(move, k.again_blocked, out);
  } else if (k.menu_rate > 0) {
    move.fate = Fate::kInMenu;
    ++slot(move.to, menu_[call.who]);
    out.push_back(move);
  } else {
    join(move, out);
  }
}

void CentreRules::join(const CentreMove& call, std::vector<CentreMove>& out) const {
  const CentreSpec::Class& k = spec_.classes[call.who];
  CentreMove move = call;
  ++move.to[waiting_[call.who]];
  for (const std::size_t g : k.prefer) {
    if (!may_take(move.to, call.who, g)) continue;
    move.taken = take_next(move.to, g, k.queue);
    move.group = static_cast<std::uint8_t>(g);
    const bool alone = move.taken == call.who && waiting(call.to, call.who) == 0;
    move.fate = alone ? Fate::kAtOnce : Fate::kWaits;
    out.push_back(move);
    return;
  }
  const int ahead = waiting_in(call.to, k.queue);
  move = call;
  if (ahead >= spec_.queues[k.queue] || waiting_in(call.to, kAnyQueue) >= spec_.most_waiting) {
    move.fate = Fate::kRefused;
    return give_up(move, k.again_blocked, out);
  }
  move.rate = call.rate * k.balk;
  move.fate = Fate::kBalked;
  give_up(move, k.again_abandoned, out);
  move.rate = call.rate * (1 - k.balk);
  move.fate = Fate::kWaits;
  if (ahead >= spec_.cut_queue)
    move.fate = Fate::kCut;
  else
    ++move.to[waiting_[call.who]];
  out.push_back(move);
}

// The caller of the move is gone; a share of them calls again.
void CentreRules::give_up(const CentreMove& call, double again,
                          std::vector<CentreMove>& out) const {
  CentreMove move = call;
  if (orbit_[call.who] < 0) again = 0;
  move.rate = call.rate * (1 - again);
  if (move.rate > 0) out.push_back(move);
  move.rate = call.rate * again;
  if (move.rate == 0) return;
  if (in_orbit(move.to, call.who) < spec_.cut_orbit)
    ++slot(move.to, orbit_[call.who]);
  else
    move.drops_orbit = true;
  out.push_back(move);
}

void CentreRules::moves_of_group(const CentreState& s, std::size_t g,
                                 std::vector<CentreMove>& out) const {
  CentreMove move;
  move.group = static_cast<std::uint8_t>(g);
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) {
    if (busy(s, c, g) == 0) continue;
    move.why = Why::kServiceOver;
    move.who = static_cast<std::uint8_t>(c);
    move.to = s;
    move.rate = busy(s, c, g) * spec_.skills[c][g].rate;
    --slot(move.to, busy_[c][g]);
    agent_free(move);
    out.push_back(move);
  }
  if (!spec_.groups[g].outbound) return;
  const CentreSpec::Outbound& dialling = *spec_.groups[g].outbound;
  move.who = CentreMove::kNobody;
  if (outbound(s, g) > 0) {
    move.why = Why::kOutboundOver;
    move.to = s;
    move.rate = outbound(s, g) * dialling.rate;
    --slot(move.to, outbound_[g]);
    agent_free(move);
    out.push_back(move);
  }
  if (const int free = idle(s, g); !dialling.at_once && free > dialling.reserve) {
    move.why = Why::kDial;
    move.to = s;
    move.rate = free * dialling.pause_rate;
    move.taken = CentreMove::kNobody;
    move.dials = true;
    ++slot(move.to, outbound_[g]);
    out.push_back(move);
  }
}

// An agent of the move's group has put down the phone; goes home where more are there than are due.
void CentreRules::agent_free(CentreMove& move) const {
  move.taken = CentreMove::kNobody;
  move.dials = false;
  if (idle(move.to, move.group) <= 0) return;
  move.taken = take_next(move.to, move.group, kAnyQueue);
  if (move.taken == CentreMove::kNobody) move.dials = dial_at_once(move.to, move.group);
}

bool CentreRules::later_calls_do_not_matter(std::size_t c) const {
  const CentreSpec::Class& own = spec_.classes[c];
  for (const CentreSpec::Skill& skill : spec_.skills[c])
    if (skill.rate > 0 && skill.min_queue > 1) return false;
  for (std::size_t other = 0; other < spec_.classes.size(); ++other) {
    if (other == c) continue;
    const CentreSpec::Class& k = spec_.classes[other];
    if (k.queue == own.queue || spec_.most_waiting < kNoBound) return false;
    if (own.lines && k.lines == own.lines) return false;
    if (own.menu_rate > 0 && k.menu_rate > 0 && spec_.ports < kNoBound) return false;
  }
  return true;
}

CentreState CentreRules::forget_later(CentreState s, std::size_t c, int waiting) const {
  s[waiting_[c]] = static_cast<std::int16_t>(waiting);
  if (menu_[c] >= 0) slot(s, menu_[c]) = 0;
  if (orbit_[c] >= 0) slot(s, orbit_[c]) = 0;
  return s;
}

}  // namespace callmill
