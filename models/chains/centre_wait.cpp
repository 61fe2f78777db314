#include "models/chains/centre_wait.h"

namespace callmill {

Watched WaitRules::joined(const CentreState& s) const {
  Watched w;
  const int waiting = rules_.waiting(s, c_);
  w.ahead = static_cast<std::int16_t>(waiting - 1);
  w.centre = brief_ ? rules_.forget_later(s, c_, waiting) : s;
  return w;
}

bool WaitRules::restaffed(Watched& w) const {
  const int before = rules_.waiting(w.centre, c_);
  w.centre = rules_.staffed(w.centre);
  const int taken = before - rules_.waiting(w.centre, c_);
  if (taken > w.ahead) return false;
  w.ahead = static_cast<std::int16_t>(w.ahead - taken);
  return true;
}

Watched WaitRules::next(const CentreMove& m, int ahead) const {
  Watched w;
  w.ahead = static_cast<std::int16_t>(ahead);
  w.centre = brief_ ? rules_.forget_later(m.to, c_, ahead + 1) : m.to;
  return w;
}

WaitChain<Watched> watch(const WaitRules& rules, const std::vector<Watched>& starts,
                         std::size_t limit) {
  return explore_wait(
      starts,
      [&](const Watched& w, auto&& onward, auto&& serve, auto&& lose) {
        rules.moves(
            w, onward, [&](double rate, std::size_t) { serve(rate); }, lose);
      },
      limit);
}

}  // namespace callmill
