// Agents come and go when the staff changes: what the engine does at such a moment
// (engine/centre/release.h), for counts instead of persons.

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "models/chains/centre_moves.h"
#include "models/chains/idle_order.h"

namespace callmill {

// One agent of the band comes, while `missing` more who are due have not yet come.
void CentreRules::come(std::size_t g, std::size_t band, int missing, StaffMove& move) const {
  const auto group = static_cast<std::uint8_t>(g);
  CentreState& s = move.to;
  const int free = idle(s, g) - missing;
  const std::uint8_t taken = pick(s, g, static_cast<std::size_t>(-1), free);
  if (taken != CentreMove::kNobody) {
    move.taken.push_back({group, taken});
    return take(s, g, taken, band);
  }
  now_idle(s, g, band, free);
  if (dial_at_once(s, g, free)) move.dials.push_back(group);
}

// Bands that are due no more leave, each agent when done; those due again come, but for those who
// are still at work and stay.
void CentreRules::bands_change(std::size_t g, const CentreSpec::Group* before,
                               StaffMove& move) const {
  const std::vector<CentreSpec::Band>& bands = spec_.groups[g].bands;
  CentreState& s = move.to;
  int idle_before = 0;
  std::vector<int> at_work(bands.size()), newcomers(bands.size());
  for (std::size_t b = 0; b < bands.size(); ++b) {
    const bool was_on = before != nullptr && before->bands[b].on;
    for (const int kind : kinds_[g]) at_work[b] += count(s, kind + static_cast<int>(b));
    if (was_on) idle_before += before->bands[b].agents - at_work[b];
    if (!was_on && bands[b].on) newcomers[bands[b].as] += bands[b].agents - at_work[b];
  }
  if (order_[g] >= 0) {
    IdleOrder order{s, static_cast<std::size_t>(order_[g]), bands_[g],
                    static_cast<std::size_t>(idle_before)};
    order.change(bands);
    order.write(s);
  }
  for (const int kind : kinds_[g])
    for (std::size_t b = 0; b < bands.size(); ++b) {
      const std::int16_t here = std::exchange(slot(s, kind + static_cast<int>(b)), std::int16_t{0});
      std::int16_t& there = slot(s, kind + static_cast<int>(bands[b].as));
      there = static_cast<std::int16_t>(there + here);
    }
  int missing = 0;
  for (const int agents : newcomers) missing += agents;
  for (std::size_t b = 0; b < bands.size(); ++b)
    for (int i = 0; i < newcomers[b]; ++i) come(g, b, --missing, move);
}

// A call of the group goes back to the queue, which no other group serves.
void CentreRules::send_back(std::size_t g, CentreState& s) const {
  const std::vector<std::size_t>& take_order = spec_.groups[g].take;
  const auto back = std::find_if(take_order.begin(), take_order.end(), [&](std::size_t c) {
    return spec_.classes[c].sent_back_of.has_value();
  });
  CALLMILL_CHECK(back != take_order.end(), "a group whose calls go back takes them first");
  --slot(s, busy_[*spec_.classes[*back].sent_back_of][g]);
  ++s[waiting_[*back]];
}

void CentreRules::staff_of(std::size_t g, const CentreSpec* before, StaffMove& move) const {
  const CentreSpec::Group& group = spec_.groups[g];
  if (order_[g] >= 0) return bands_change(g, before ? &before->groups[g] : nullptr, move);
  const int change = group.agents - (before ? before->groups[g].agents : 0);
  CentreState& s = move.to;
  const int leavers_at = group.leaving == Leaving::kMarked ? kinds_[g].front() + 1 : -1;
  if (change < 0) {
    // Who is idle is so no more; below zero, so many must go who are at work.
    for (int surplus = std::min(-change, -idle(s, g)); surplus > 0; --surplus) {
      if (group.leaving == Leaving::kMarked) {
        --slot(s, leavers_at - 1);
        ++slot(s, leavers_at);
      } else if (group.leaving == Leaving::kSentBack) {
        send_back(g, s);
      }
    }
    return;
  }
  for (int i = 0; i < change; ++i) {
    const int missing = change - 1 - i;
    // Nobody else is left to come, so one who was to leave stays; or one who owes it need not.
    if (leavers_at >= 0 && group.agents - 1 - missing + count(s, leavers_at) >= group.pool) {
      --slot(s, leavers_at);
      ++slot(s, leavers_at - 1);
    } else if (idle(s, g) - missing > 0) {
      come(g, 0, missing, move);
    }
  }
}

StaffMove CentreRules::change_staff(CentreState s, const CentreSpec* before) const {
  StaffMove move;
  move.to = s;
  for (std::size_t i = 0; i < spec_.groups.size(); ++i)
    staff_of(spec_.roll_call.empty() ? i : spec_.roll_call[i], before, move);
  return move;
}

}  // namespace callmill
