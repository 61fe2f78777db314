#include <algorithm>

#include "models/chains/centre_moves.h"
#include "models/chains/idle_order.h"

namespace callmill {
namespace {

using Why = CentreMove::Why;
constexpr std::size_t kAnyQueue = static_cast<std::size_t>(-1);

}  // namespace

bool CentreRules::on(std::size_t g, std::size_t band) const {
  const CentreSpec::Group& group = spec_.groups[g];
  return bands_[g] == 1 || (group.leaving == Leaving::kMarked ? band == 0 : group.bands[band].on);
}

int CentreRules::of_kind(const CentreState& s, std::size_t g, int kind) const {
  int all = 0;
  for (std::size_t b = 0; kind >= 0 && b < bands_[g]; ++b)
    all += count(s, kind + static_cast<int>(b));
  return all;
}

int CentreRules::wrapping(const CentreState& s, std::size_t g) const {
  int all = 0;
  for (const auto& [kind, rate] : wraps_[g]) all += of_kind(s, g, kind);
  return all;
}

int CentreRules::idle(const CentreState& s, std::size_t g) const {
  int free = spec_.groups[g].agents;
  for (const int kind : kinds_[g])
    for (std::size_t b = 0; b < bands_[g]; ++b)
      if (on(g, b)) free -= count(s, kind + static_cast<int>(b));
  return free;
}

bool CentreRules::may_take(const CentreState& s, std::size_t c, std::size_t g, int idle) const {
  const CentreSpec::Skill& skill = spec_.skills[c][g];
  return skill.rate > 0 && idle > skill.reserve &&
         waiting_in(s, spec_.classes[c].queue) >= skill.min_queue;
}

std::size_t CentreRules::first_idle(CentreState& s, std::size_t g, int idle) const {
  if (order_[g] < 0) return 0;
  IdleOrder order{s, static_cast<std::size_t>(order_[g]), bands_[g],
                  static_cast<std::size_t>(idle)};
  const std::size_t band = order.remove(0);
  order.write(s);
  return band;
}

void CentreRules::now_idle(CentreState& s, std::size_t g, std::size_t band, int idle) const {
  if (order_[g] < 0) return;
  IdleOrder order{s, static_cast<std::size_t>(order_[g]), bands_[g],
                  static_cast<std::size_t>(idle - 1)};
  order.push(band);
  order.write(s);
}

// The first class that waits and may be taken, of one queue or of all.
std::uint8_t CentreRules::pick(const CentreState& s, std::size_t g, std::size_t queue,
                               int idle) const {
  for (const std::size_t c : spec_.groups[g].take) {
    if (queue != kAnyQueue && spec_.classes[c].queue != queue) continue;
    if (waiting(s, c) > 0 && may_take(s, c, g, idle)) return static_cast<std::uint8_t>(c);
  }
  return CentreMove::kNobody;
}

void CentreRules::take(CentreState& s, std::size_t g, std::size_t c, std::size_t band) const {
  --s[waiting_[c]];
  ++slot(s, busy_[spec_.classes[c].sent_back_of.value_or(c)][g] + static_cast<int>(band));
}

// An agent of the move's group has finished; goes home where not due, or more are there than are.
void CentreRules::agent_free(CentreMove& move, std::size_t band) const {
  const std::size_t g = move.group;
  move.taken = CentreMove::kNobody;
  move.dials = false;
  const int free = idle(move.to, g);
  if (!on(g, band) || free <= 0) return;
  move.taken = pick(move.to, g, kAnyQueue, free);
  if (move.taken != CentreMove::kNobody) return take(move.to, g, move.taken, band);
  now_idle(move.to, g, band, free);
  move.dials = dial_at_once(move.to, g, free);
}

bool CentreRules::dial_at_once(CentreState& s, std::size_t g, int idle) const {
  const auto& out = spec_.groups[g].outbound;
  if (!out || !out->at_once || spec_.closed || idle <= out->reserve) return false;
  const std::size_t band = first_idle(s, g, idle);
  ++slot(s, outbound_[g] + static_cast<int>(band));
  return true;
}

// Steps out of one kind of work, to wrap-up (a kind) or to the next call (-1).
void CentreRules::work_ends(const CentreState& s, CentreMove move, int kind, double rate, int wrap,
                            std::vector<CentreMove>& out) const {
  for (std::size_t b = 0; b < bands_[move.group]; ++b) {
    const auto band = static_cast<int>(b);
    if (count(s, kind + band) == 0) continue;
    CentreMove end = move;
    end.to = s;
    end.rate = count(s, kind + band) * rate;
    --slot(end.to, kind + band);
    if (wrap >= 0)
      ++slot(end.to, wrap + band);
    else
      agent_free(end, b);
    out.push_back(end);
  }
}

void CentreRules::moves_of_group(const CentreState& s, std::size_t g,
                                 std::vector<CentreMove>& out) const {
  CentreMove move;
  move.group = static_cast<std::uint8_t>(g);
  move.why = Why::kServiceOver;
  for (std::size_t c = 0; c < spec_.classes.size(); ++c) {
    if (busy_[c][g] < 0) continue;
    move.who = static_cast<std::uint8_t>(c);
    work_ends(s, move, busy_[c][g], spec_.skills[c][g].rate, wrap_[c][g], out);
  }
  move.who = CentreMove::kNobody;
  move.why = Why::kWrapOver;
  for (const auto& [kind, rate] : wraps_[g]) work_ends(s, move, kind, rate, -1, out);
  if (!spec_.groups[g].outbound) return;
  move.why = Why::kOutboundOver;
  work_ends(s, move, outbound_[g], spec_.groups[g].outbound->rate, outbound_wrap_[g], out);
  pauses_end(s, g, out);
}

// Each idle agent dials when a pause is over.
void CentreRules::pauses_end(const CentreState& s, std::size_t g,
                             std::vector<CentreMove>& out) const {
  const CentreSpec::Outbound& dialling = *spec_.groups[g].outbound;
  const int free = idle(s, g);
  if (dialling.at_once || spec_.closed || free <= dialling.reserve) return;
  CentreMove move;
  move.group = static_cast<std::uint8_t>(g);
  move.why = Why::kDial;
  move.dials = true;
  if (order_[g] < 0) {
    move.to = s;
    move.rate = free * dialling.pause_rate;
    ++slot(move.to, outbound_[g]);
    out.push_back(move);
    return;
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(free); ++i) {
    move.to = s;
    move.rate = dialling.pause_rate;
    IdleOrder order{s, static_cast<std::size_t>(order_[g]), bands_[g],
                    static_cast<std::size_t>(free)};
    const std::size_t band = order.remove(i);
    order.write(move.to);
    ++slot(move.to, outbound_[g] + static_cast<int>(band));
    out.push_back(move);
  }
}

}  // namespace callmill
