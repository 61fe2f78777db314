#include "models/chains/centre_moves.h"

#include <algorithm>

#include "base/check.h"
#include "models/chains/idle_order.h"

namespace callmill {
namespace {

using Why = CentreMove::Why;
using Fate = CentreMove::Fate;
constexpr std::size_t kAnyQueue = static_cast<std::size_t>(-1);

// The class whose agents and orbit a class's calls have.
std::size_t own_class(const CentreSpec& spec, std::size_t c) {
  return spec.classes[c].sent_back_of.value_or(c);
}

}  // namespace

CentreRules::CentreRules(const CentreSpec& spec)
    : spec_{spec},
      busy_(spec.classes.size(), std::vector<int>(spec.groups.size(), -1)),
      wrap_{busy_},
      kinds_(spec.groups.size()),
      wraps_(spec.groups.size()),
      outbound_(spec.groups.size(), -1),
      outbound_wrap_{outbound_},
      menu_(spec.classes.size(), -1),
      orbit_{menu_},
      order_{outbound_} {
  lay_out();
  for (std::size_t c = 0; c < spec.classes.size(); ++c)
    for (const std::size_t g : spec.classes[c].prefer) {
      const std::vector<std::size_t>& take = spec.groups[g].take;
      CALLMILL_CHECK(std::find(take.begin(), take.end(), c) != take.end(),
                     "a group that a class may ask takes that class");
    }
}

void CentreRules::lay_out() {
  const auto next = [&](std::size_t slots) {
    slots_ += slots;
    return static_cast<int>(slots_ - slots);
  };
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) {
    const CentreSpec::Class& k = spec_.classes[c];
    waiting_.push_back(slots_++);
    if (!k.menu.empty()) menu_[c] = next(k.menu.size());
    if (k.again_rate > 0 && !k.sent_back_of)
      orbit_[c] = next(static_cast<std::size_t>(std::max(k.most_again, 1)));
  }
  for (std::size_t g = 0; g < spec_.groups.size(); ++g) lay_out_group(g);
}

// Wrap-ups of one rate are one kind of work, whoever called.
void CentreRules::lay_out_group(std::size_t g) {
  const CentreSpec::Group& group = spec_.groups[g];
  const bool by_band = group.leaving == Leaving::kBands && group.bands.size() > 1;
  bands_.push_back(by_band ? group.bands.size() : group.leaving == Leaving::kMarked ? 2 : 1);
  const auto kind = [&] {
    kinds_[g].push_back(static_cast<int>(slots_));
    slots_ += bands_[g];
    return kinds_[g].back();
  };
  const auto wrap = [&](double rate) {
    if (rate <= 0) return -1;
    const auto same = std::find_if(wraps_[g].begin(), wraps_[g].end(),
                                   [rate](const auto& w) { return w.second == rate; });
    if (same != wraps_[g].end()) return same->first;
    wraps_[g].emplace_back(kind(), rate);
    return wraps_[g].back().first;
  };
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) {
    if (!(spec_.skills[c][g].rate > 0) || spec_.classes[c].sent_back_of) continue;
    busy_[c][g] = kind();
    wrap_[c][g] = wrap(spec_.skills[c][g].wrap_rate);
  }
  if (group.outbound) {
    outbound_[g] = kind();
    outbound_wrap_[g] = wrap(group.outbound->wrap_rate);
  }
  if (!by_band) return;
  order_[g] = static_cast<int>(slots_);
  slots_ += IdleOrder::kSlots;
  int all = 0;
  for (const CentreSpec::Band& band : group.bands) all += band.agents;
  // As many more slots as the order of so many would take.
  if (const auto most = static_cast<int>(IdleOrder::most(bands_[g])); all > most)
    slots_ += kCentreSlots * static_cast<std::size_t>(all) / static_cast<std::size_t>(most);
}

CentreState CentreRules::empty() const {
  CALLMILL_CHECK(fits(), "the centre has more kinds of counts than a state holds");
  return change_staff(CentreState{}, nullptr).to;
}

int CentreRules::in_menu(const CentreState& s, std::size_t c) const {
  int calls = 0;
  for (std::size_t i = 0; i < spec_.classes[c].menu.size(); ++i) calls += in_stage(s, c, i);
  return calls;
}

int CentreRules::in_orbit(const CentreState& s, std::size_t c) const {
  int callers = 0;
  if (orbit_[c] < 0) return callers;
  for (int i = 0; i < std::max(spec_.classes[c].most_again, 1); ++i)
    callers += count(s, orbit_[c] + i);
  return callers;
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

CentreState CentreRules::without_waiting(CentreState s) const {
  for (const std::size_t at : waiting_) s[at] = 0;
  return s;
}

CentreState CentreRules::without_orbits(CentreState s) const {
  for (std::size_t c = 0; c < spec_.classes.size(); ++c)
    for (int i = 0; orbit_[c] >= 0 && i < std::max(spec_.classes[c].most_again, 1); ++i)
      slot(s, orbit_[c] + i) = 0;
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
  move.rate = spec_.closed ? 0 : k.rate;
  arrive(move, out);
  for (int i = 0; orbit_[c] >= 0 && !spec_.closed && i < std::max(k.most_again, 1); ++i) {
    move.why = Why::kRedial;
    move.to = s;
    move.rate = count(s, orbit_[c] + i) * k.again_rate;
    if (k.most_again > 0) move.tries = static_cast<std::uint8_t>(i + 1);
    --slot(move.to, orbit_[c] + i);
    arrive(move, out);
  }
  for (std::size_t i = 0; i < k.menu.size(); ++i) moves_of_stage(s, c, i, out);
  if (const int callers = waiting(s, c); callers > 0) {
    move.why = Why::kPatienceOver;
    move.tries = 0;
    move.to = s;
    --move.to[waiting_[c]];
    move.rate = callers * k.patience_rate;
    give_up(move, k.again_abandoned, out);
  }
}

void CentreRules::moves_of_stage(const CentreState& s, std::size_t c, std::size_t stage,
                                 std::vector<CentreMove>& out) const {
  const CentreSpec::Stage& from = spec_.classes[c].menu[stage];
  const int calls = in_stage(s, c, stage);
  if (calls == 0) return;
  CentreMove move;
  move.who = static_cast<std::uint8_t>(c);
  move.why = Why::kMenuOver;
  move.stage = static_cast<std::uint8_t>(stage);
  move.to = s;
  --slot(move.to, menu_[c] + static_cast<int>(stage));
  const double over = calls * from.rate;
  double rest = 1 - from.p_agent - from.p_self_served;
  for (std::size_t i = 0; i < from.p_next.size(); ++i) {
    CentreMove on = move;
    rest -= from.p_next[i];
    on.rate = over * from.p_next[i];
    on.fate = Fate::kNextStage;
    on.next = static_cast<std::uint8_t>(i);
    ++slot(on.to, menu_[c] + static_cast<int>(i));
    out.push_back(on);
  }
  move.rate = over * from.p_self_served;
  move.fate = Fate::kSelfServed;
  out.push_back(move);
  // Shares that add up to 1 leave rounding, which is nobody.
  move.rate = rest > 1e-12 ? over * rest : 0;
  move.fate = Fate::kLeftMenu;
  out.push_back(move);
  move.rate = over * from.p_agent;
  if (move.rate > 0) join(move, out);
}

// The call of the move looks for a line, and goes on to menu or queue.
void CentreRules::arrive(const CentreMove& call, std::vector<CentreMove>& out) const {
  const CentreSpec::Class& k = spec_.classes[call.who];
  if (call.rate == 0) return;
  CentreMove move = call;
  int in_menus = 0;
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) in_menus += in_menu(call.to, c);
  if (!k.menu.empty() && in_menus >= spec_.ports) {
    move.fate = Fate::kNoPort;
    give_up(move, k.again_blocked, out);
  } else if (k.lines && lines_busy(call.to, *k.lines) >= spec_.lines[*k.lines]) {
    move.fate = Fate::kBlocked;
    give_up(move, k.again_blocked, out);
  } else if (!k.menu.empty()) {
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
    const int free = idle(move.to, g);
    if (!may_take(move.to, call.who, g, free)) continue;
    move.taken = pick(move.to, g, k.queue, free);
    move.group = static_cast<std::uint8_t>(g);
    const std::size_t band = first_idle(move.to, g, free);
    take(move.to, g, move.taken, band);
    if (move.taken == call.who && waiting(call.to, call.who) == 0) {
      move.fate = Fate::kAtOnce;
      out.push_back(move);
      return;
    }
    // Somebody who came first is taken, and this call waits.
    CentreMove balks = move;
    --balks.to[waiting_[call.who]];
    balks.rate = call.rate * k.balk;
    balks.fate = Fate::kBalked;
    give_up(balks, k.again_abandoned, out);
    move.rate = call.rate * (1 - k.balk);
    move.fate = Fate::kWaits;
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
  const std::size_t c = own_class(spec_, call.who);
  const int most = spec_.classes[c].most_again;
  if (orbit_[c] < 0 || spec_.closed || (most > 0 && call.tries >= most)) again = 0;
  move.rate = call.rate * (1 - again);
  if (move.rate > 0) out.push_back(move);
  move.rate = call.rate * again;
  if (move.rate == 0) return;
  if (in_orbit(move.to, c) < spec_.cut_orbit)
    ++slot(move.to, orbit_[c] + (most > 0 ? call.tries : 0));
  else
    move.drops_orbit = true;
  out.push_back(move);
}

bool CentreRules::later_calls_do_not_matter(std::size_t c) const {
  const CentreSpec::Class& own = spec_.classes[c];
  for (const CentreSpec::Skill& skill : spec_.skills[c])
    if (skill.rate > 0 && skill.min_queue > 1) return false;
  for (std::size_t other = 0; other < spec_.classes.size(); ++other) {
    const CentreSpec::Class& k = spec_.classes[other];
    if (other == c || k.sent_back_of == c) continue;
    if (k.queue == own.queue || spec_.most_waiting < kNoBound) return false;
    if (own.lines && k.lines == own.lines) return false;
    if (!own.menu.empty() && !k.menu.empty() && spec_.ports < kNoBound) return false;
  }
  return true;
}

CentreState CentreRules::forget_later(CentreState s, std::size_t c, int waiting) const {
  s[waiting_[c]] = static_cast<std::int16_t>(waiting);
  for (std::size_t i = 0; i < spec_.classes[c].menu.size(); ++i)
    slot(s, menu_[c] + static_cast<int>(i)) = 0;
  for (int i = 0; orbit_[c] >= 0 && i < std::max(spec_.classes[c].most_again, 1); ++i)
    slot(s, orbit_[c] + i) = 0;
  return s;
}

}  // namespace callmill
