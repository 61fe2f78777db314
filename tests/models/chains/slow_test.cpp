// Chains that mix slowly: callers who ring again after a day, lists that take hours to fill. A
// wrong answer to them has small residuals, so what must balance is checked.

#include <catch2/catch.hpp>

#include "models/chains/callback.h"
#include "models/chains/retrial.h"

namespace callmill {
namespace {

RetrialInput slow_orbit(double retry_rate, double p_retry) {
  RetrialInput in;
  in.agents = 10;
  in.lines = 13;
  in.arrival_rate = 9;
  in.service_rate = 1;
  in.patience_rate = 0.5;
  in.p_retry_block = in.p_retry_abandon = p_retry;
  in.retry_rate = retry_rate;
  in.within = 1;
  return in;
}

}  // namespace

TEST_CASE("Where all ring again until they are served, all are served, however late they ring") {
  for (const double retry_rate : {1.0, 0.1, 0.01, 0.003}) {
    CAPTURE(retry_rate);
    const RetrialResult r = solve_retrial(slow_orbit(retry_rate, 1));
    CHECK(r.p_eventual_served == Approx(1).epsilon(1e-11));
    CHECK(r.mean_busy == Approx(9).epsilon(1e-11));
    CHECK(r.p_top < 1e-12);
  }
}

TEST_CASE("Late redials come as a stream of their own: the orbit is its rate over theirs") {
  // The slower, the nearer: attempts a time unit go to a limit, which they fall towards.
  double before = 0;
  for (const double retry_rate : {0.1, 0.01, 0.001}) {
    const RetrialResult r = solve_retrial(slow_orbit(retry_rate, 0.6));
    const double leave_for_good = r.attempts_per_fresh * (1 - r.all.p_served) * 0.4;
    CHECK(r.p_eventual_served + leave_for_good == Approx(1).epsilon(1e-10));
    CHECK(r.mean_orbit * retry_rate == Approx(r.attempt_rate - 9).epsilon(1e-10));
    if (before > 0) CHECK(r.attempt_rate < before);
    before = r.attempt_rate;
  }
}

TEST_CASE("Callbacks made are callbacks accepted, on a list of hundreds") {
  CallbackInput in;
  in.agents = 11;
  in.arrival_rate = 10.07384361650345;
  in.service_rate = 1;
  in.patience_rate = 0.7015113613288205;
  in.room = 6;
  in.p_accept = 0.251;
  in.list_room = 300;
  in.callback_rate = 0.3548559449042464;
  in.within = 1;
  const CallbackResult r = solve_callback(in);
  CHECK(r.p_callback_done == Approx(r.p_callback).epsilon(1e-11));
  CHECK(r.p_callback == Approx(0.1669).margin(0.0005));  // simulated apart
}

}  // namespace callmill
