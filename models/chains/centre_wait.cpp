#include "models/chains/centre_wait.h"

namespace callmill {

WatchedCaller WaitRules::joined(const CentreState& s) const {
  WatchedCaller w;
  const int waiting = rules_.waiting(s, c_);
  w.ahead = static_cast<std::int16_t>(waiting - 1);
  w.centre = brief_ ? rules_.forget_later(s, c_, waiting) : s;
  return w;
}

Landing WaitRules::land(const WatchedCaller& w, const CentreSpec& before, bool clears) const {
  Landing landing;
  const StaffMove change = rules_.change_staff(w.centre, &before);
  CentreState s = change.to;
  if (clears) s = rules_.without_waiting(s);
  if (rules_.spec().closed) s = rules_.without_orbits(s);
  landing.to = {s, w.ahead};
  if (!w.waits()) return landing;
  int ahead = w.ahead;
  for (const StaffMove::Taken& taken : change.taken) {
    if (taken.who != c_ || ahead-- > 0) continue;
    landing.how = Landing::How::kTaken;
    landing.group = taken.group;
    return landing;
  }
  if (clears) landing.how = Landing::How::kDisconnected;
  landing.to.ahead = static_cast<std::int16_t>(ahead);
  if (brief_) landing.to.centre = rules_.forget_later(s, c_, ahead + 1);
  return landing;
}

WatchedCaller WaitRules::next(const CentreMove& m, int ahead) const {
  WatchedCaller w;
  w.ahead = static_cast<std::int16_t>(ahead);
  w.centre = brief_ ? rules_.forget_later(m.to, c_, ahead + 1) : m.to;
  return w;
}

WaitChain<WatchedCaller> watch(const WaitRules& rules, const std::vector<WatchedCaller>& starts,
                               std::size_t limit, StopFlag stop) {
  return explore_wait(
      starts,
      [&](const WatchedCaller& w, auto&& onward, auto&& serve, auto&& lose) {
        if (w.waits())
          rules.moves(
              w, onward, [&](double rate, std::size_t) { serve(rate); }, lose);
        else
          rules.moves_in_menu(w, onward, onward,
                              [&](const CentreMove&, double rate) { lose(rate); });
      },
      limit, stop);
}

}  // namespace callmill
