#include "models/chains/dialler.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "models/chains/size.h"
#include "models/chains/stationary.h"

namespace callmill {
namespace {

struct State {
  int busy, dials, waiting;
  friend bool operator==(const State&, const State&) = default;
};

// floor of a pace that is whole but for rounding is that whole number.
constexpr double kRounding = 1e-9;

State topped_up(const DiallerInput& in, State s) {
  const double pace = in.per_idle * (in.agents - s.busy) + in.per_busy * s.busy;
  const int wanted =
      static_cast<int>(std::min(static_cast<double>(in.most), std::floor(pace + kRounding))) -
      s.waiting;
  s.dials = std::max(s.dials, wanted);
  return s;
}

template <class Visit>
void each_move(const DiallerInput& in, const State& s, Visit&& visit) {
  const auto go = [&](State next, double rate) { visit(topped_up(in, next), rate); };
  const double ends = s.dials * in.dial_rate;
  go({s.busy, s.dials - 1, s.waiting}, ends * (1 - in.p_answer));
  if (s.busy < in.agents)
    go({s.busy + 1, s.dials - 1, s.waiting}, ends * in.p_answer);
  else if (s.waiting < in.waiting)
    go({s.busy, s.dials - 1, s.waiting + 1}, ends * in.p_answer);
  else
    go({s.busy, s.dials - 1, s.waiting}, ends * in.p_answer);
  go({s.busy, s.dials, s.waiting - 1}, s.waiting * in.hang_up_rate);
  if (s.waiting > 0)
    go({s.busy, s.dials, s.waiting - 1}, s.busy * in.service_rate);
  else
    go({s.busy - 1, s.dials, 0}, s.busy * in.service_rate);
}

}  // namespace

std::string fault(const DiallerInput& in) {
  if (in.agents < 1 || in.most < 1 || in.waiting < 0) return "n, dmax >= 1 and wcap >= 0 must hold";
  if (!(in.service_rate > 0 && in.dial_rate > 0)) return "mu and nu must be > 0";
  if (!(in.p_answer > 0 && in.p_answer <= 1)) return "p must lie in (0, 1]";
  if (!(in.per_idle >= 0 && in.per_busy >= 0 && in.hang_up_rate >= 0))
    return "alpha, beta and xi must be >= 0";
  if (topped_up(in, State{0, 0, 0}).dials < 1)
    return "alpha n must be at least 1: nobody is ever dialled";
  if (in.waiting > 0 && in.hang_up_rate > 1e300) return "xi must be finite";
  return too_many_states((in.agents + 1.0) * (in.most + 1.0) + (in.most + 1.0) * in.waiting,
                         "fewer agents, or a smaller dmax");
}

DiallerResult solve_dialler(const DiallerInput& in) {
  CALLMILL_CHECK(fault(in).empty(), "dialler: the input has a fault");
  const auto chain = explore(
      topped_up(in, State{0, 0, 0}),
      [&](const State& s, auto&& visit) {
        each_move(in, s, [&](const State& to, double rate) {
          if (rate > 0) visit(to, rate);
        });
      },
      10 * kMostStates);
  const Stationary law = stationary(chain.generator);
  const auto mean = [&](auto&& value) { return chain.mean(law.p, value); };
  DiallerResult r{};
  r.states = static_cast<int>(chain.states().size());
  r.residual = law.residual;
  r.mean_busy = mean([](const State& s) { return s.busy; });
  r.mean_dials = mean([](const State& s) { return s.dials; });
  r.mean_waiting = mean([](const State& s) { return s.waiting; });
  r.occupancy = r.mean_busy / in.agents;
  r.dial_rate = in.dial_rate * r.mean_dials;
  r.answer_rate = r.dial_rate * in.p_answer;
  r.served_rate = in.service_rate * r.mean_busy;
  const double answers_at = in.dial_rate * in.p_answer;
  r.drop_rate = in.hang_up_rate * r.mean_waiting +
                answers_at * mean([&](const State& s) {
                  return s.busy == in.agents && s.waiting == in.waiting ? s.dials : 0;
                });
  r.nuisance_share = r.drop_rate / r.answer_rate;
  r.immediate_share = answers_at *
                      mean([&](const State& s) { return s.busy < in.agents ? s.dials : 0; }) /
                      r.answer_rate;
  r.calls_per_agent = r.served_rate / in.agents;
  return r;
}

}  // namespace callmill
