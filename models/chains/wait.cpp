#include "models/chains/wait.h"

#include "models/chains/stationary.h"

namespace callmill {

FateWithin fate_within(const Generator& g, const Vector& served, const Vector& lost, double within,
                       StopFlag stop) {
  const Uniformised u{g};
  Work work;
  work.stop = stop;
  return {u.backward(served, within, &work).integral, u.backward(lost, within, &work).integral};
}

FateAtLast fate_at_last(const Generator& g, const Vector& served, const Vector& lost,
                        StopFlag stop) {
  UntilLeft until_left{g, stop};
  FateAtLast fate;
  fate.served = until_left(served);
  fate.lost = until_left(lost);
  fate.wait_served = until_left(fate.served);
  fate.wait_lost = until_left(fate.lost);
  return fate;
}

WaitChain<int> line_of_waiters(int longest, double drain_rate, double patience_rate) {
  return explore_wait(
      std::vector<int>{longest},
      [&](int ahead, auto&& onward, auto&& serve, auto&& lose) {
        lose(patience_rate);
        if (ahead == 0)
          serve(drain_rate);
        else
          onward(ahead - 1, drain_rate + ahead * patience_rate);
      },
      static_cast<std::size_t>(longest) + 2);
}

}  // namespace callmill
