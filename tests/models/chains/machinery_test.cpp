// The builder and the solvers against closed forms, small shares included.

#include <catch2/catch.hpp>
#include <cmath>

#include "models/chains/callback.h"
#include "models/chains/dialler.h"
#include "models/chains/ivr_ports.h"
#include "models/chains/retrial.h"
#include "models/chains/stationary.h"
#include "models/chains/transient.h"
#include "models/chains/wait.h"

namespace callmill::test {
namespace {

// Births at `up`, deaths at `down` each (linear) or once.
Chain<int> birth_death(int top, double up, double down, bool linear, int start = 0) {
  return explore(
      start,
      [=](int k, auto&& visit) {
        if (k < top) visit(k + 1, up);
        if (k > 0) visit(k - 1, linear ? k * down : down);
      },
      1'000'000);
}

double share(const Chain<int>& chain, const Vector& p, int state) {
  return p[static_cast<Eigen::Index>(chain.index.find(state))];
}

}  // namespace

TEST_CASE("Chains: shares of time to full relative accuracy, dense, direct and iterative") {
  // M/M/1/K: share(k) / share(0) = rho^k, down to 1e-142.
  for (const int top : {60, 199, 900, 3100}) {
    const double rho = top > 1000 ? 0.9 : 0.7;
    const Chain<int> chain = birth_death(top, rho, 1, false);
    const Stationary law = stationary(chain.generator);
    CHECK(law.residual < 1e-14);
    CHECK(law.p.sum() == Approx(1).epsilon(1e-14));
    for (const int k : {1, top / 3, top / 2, top})
      CHECK(share(chain, law.p, k) ==
            Approx(share(chain, law.p, 0) * std::pow(rho, k)).epsilon(1e-10).margin(0));
  }
}

TEST_CASE("Chains: a start that is hardly ever visited costs no digits") {
  // M/M/n/n of load 700 from the empty system: its share is e^-700.
  const Chain<int> chain = birth_death(1500, 700, 1, true);
  const Stationary law = stationary(chain.generator);
  for (const int k : {0, 300, 700, 1100, 1500})
    CHECK(share(chain, law.p, k) ==
          Approx(std::exp(k * std::log(700.0) - 700 - std::lgamma(k + 1.0)))
              .epsilon(1e-10)
              .margin(0));
}

TEST_CASE("Chains: states that are left for good have no share") {
  const auto chain = explore(
      0,
      [](int k, auto&& visit) {
        if (k < 5) visit(k + 1, 1.0);
        if (k == 5) visit(6, 2.0);
        if (k == 6) visit(5, 3.0);
      },
      100);
  const Vector p = stationary(chain.generator).p;
  CHECK(share(chain, p, 2) == 0);
  CHECK(share(chain, p, 5) == Approx(0.6).epsilon(1e-15));
  CHECK(share(chain, p, 6) == Approx(0.4).epsilon(1e-15));
}

TEST_CASE("Chains: the walk stops at its limit") {
  const auto up = [](int k, auto&& visit) { visit(k + 1, 1.0); };
  CHECK(explore(0, up, 1000).too_large);
  CHECK(states_text(explore(0, up, 1000).index.size(), 1000) == "more than 5000 states");
  // To the end of what is too much, without moves.
  const auto to_2000 = [](int k, auto&& visit) { visit(std::min(k + 1, 1999), 1.0); };
  const auto counted = explore(0, to_2000, 1000);
  CHECK(counted.too_large);
  CHECK(states_text(counted.index.size(), 1000) == "2000 states");
  CHECK(counted.generator.size() == 0);
  CHECK_FALSE(birth_death(999, 1, 1, false).too_large);
}

TEST_CASE("Chains: Poisson weights at any mean") {
  const PoissonWeights few = poisson_weights(3, kCut);
  CHECK(few.first == 0);
  CHECK(few.weight[0] == Approx(std::exp(-3.0)).epsilon(1e-15));
  CHECK(few.weight[5] == Approx(std::exp(-3.0) * 243 / 120).epsilon(1e-15));
  CHECK(few.beyond[1] == Approx(1 - 4 * std::exp(-3.0)).epsilon(1e-14));
  CHECK(poisson_weights(0, kCut).weight[0] == 1);
  for (const double mean : {1e3, 1e6}) {
    const PoissonWeights w = poisson_weights(mean, kCut);
    double sum = 0, first = 0;
    for (std::size_t i = 0; i < w.weight.size(); ++i) {
      sum += w.weight[i];
      first += w.weight[i] * static_cast<double>(w.first + static_cast<std::int64_t>(i));
    }
    CHECK(sum == Approx(1).epsilon(1e-13));
    CHECK(first == Approx(mean).epsilon(1e-12));
    // Stirling: m^m e^-m / m! = 1 / (sqrt(2 pi m) (1 + 1 / 12m + 1 / 288m^2 ...)).
    const double at_mode = w.weight[static_cast<std::size_t>(mean - static_cast<double>(w.first))];
    const double stirling =
        1 + 1 / (12 * mean) + 1 / (288 * mean * mean) - 139 / (51840 * mean * mean * mean);
    CHECK(at_mode == Approx(1 / (std::sqrt(2 * M_PI * mean) * stirling)).epsilon(1e-12));
  }
}

TEST_CASE("Chains: two states in time, forward and backward, for moments and for weeks") {
  const double a = 0.3, b = 0.7;
  const auto chain = explore(
      0, [=](int k, auto&& visit) { visit(1 - k, k == 0 ? a : b); }, 10);
  const Uniformised u{chain.generator};
  Vector start(2), value(2);
  start << 1, 0;
  value << 0, 1;
  for (const double t : {0.0, 1e-6, 0.5, 3.0, 40.0, 1e6}) {
    const double gone = std::expm1(-(a + b) * t), one = -a / (a + b) * gone;
    const double time_in_one = a / (a + b) * (t + gone / (a + b));
    const Passage p = u.forward(start, t), h = u.backward(value, t);
    CHECK(p.end[1] == Approx(one).epsilon(1e-12).margin(1e-16));
    CHECK(h.end[0] == Approx(one).epsilon(1e-12).margin(1e-16));
    CHECK(p.end.sum() == Approx(1).epsilon(1e-14));
    CHECK(p.integral.sum() == Approx(t).epsilon(1e-12));
    CHECK(p.integral[1] == Approx(time_in_one).epsilon(1e-9).margin(1e-16));
    CHECK(h.integral[0] == Approx(p.integral[1]).epsilon(1e-12).margin(1e-18));
  }
}

// n mu = 1, patience 1/2: seen by one with j ahead. With nobody ahead the wait is exponential.
TEST_CASE("Chains: the wait in a line") {
  const WaitChain<int> line = line_of_waiters(1500, 1, 0.5);
  const FateAtLast last = fate_at_last(line);
  const FateWithin within = fate_within(line, 2);
  const auto at = [&](int ahead) { return static_cast<Eigen::Index>(line.index.find(ahead)); };
  CHECK(last.served[at(0)] == Approx(1 / 1.5).epsilon(1e-13));
  CHECK(last.wait_served[at(0)] == Approx(1 / 1.5 / 1.5).epsilon(1e-13));
  CHECK(within.lost[at(0)] == Approx(0.5 / 1.5 * -std::expm1(-3)).epsilon(1e-13));
  // Each place ahead is left before the watched caller gives up with chance (1 + j/2) / (1.5 +
  // j/2).
  double served = 1 / 1.5;
  for (int j = 1; j <= 1500; ++j) {
    served *= (1 + j * 0.5) / (1.5 + j * 0.5);
    if (j % 300 == 0) CHECK(last.served[at(j)] == Approx(served).epsilon(1e-11));
  }
  CHECK(last.served[at(700)] + last.lost[at(700)] == Approx(1).epsilon(1e-12));
}

TEST_CASE("Chains: inputs that have no answer say why") {
  RetrialInput orbit;
  orbit.arrival_rate = 3;
  orbit.service_rate = 1;
  orbit.agents = 2;
  orbit.lines = 4;
  orbit.p_retry_block = 1;
  CHECK_THAT(fault(orbit), Catch::Contains("grows without limit"));
  orbit.patience_rate = 1;  // two who wait leave for good
  CHECK(fault(orbit) == "");
  orbit.p_retry_abandon = 0.6;
  CHECK_THAT(fault(orbit), Catch::Contains("grows without limit"));
  orbit.p_retry_block = 0.999;
  CHECK(fault(orbit) == "");
  orbit.lines = 1;
  CHECK(fault(orbit) != "");

  CallbackInput callback;
  callback.arrival_rate = callback.service_rate = callback.callback_rate = 1;
  CHECK(fault(callback) == "");
  callback.agents = 500;
  callback.list_room = 500;
  CHECK_THAT(fault(callback), Catch::Contains("states, and 200000 are the limit"));
  callback.agents = 0;
  CHECK(fault(callback) != "");

  DiallerInput dialler;
  CHECK(fault(dialler) != "");
  IvrTrunksInput ivr;
  CHECK(fault_of_ivr_ports(ivr) != "");
}

}  // namespace callmill::test
