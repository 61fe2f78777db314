// What other calculators give. Erlang C and A with finite lines: the unit tests of the call centre
// simulators by C. Herzog; half a unit of the last digit where they print rounded numbers. Rates a
// second.

#include <catch2/catch.hpp>

#include "models/queueing/erlang.h"

using namespace callmill;

namespace {

constexpr double kCalls = 3.5 / 60, kService = 1.0 / 180, kPatience = 1.0 / 300;

QueueInput hotline(double agents, double patience_rate, std::int64_t lines) {
  return {agents, kCalls, kService, patience_rate, lines, 20};
}

double mean_wait_accepted(const QueueInput& in) {
  const QueueResult q = solve_queue(in);
  return q.mean_queue / (in.arrival_rate * (1 - q.p_block));
}

}  // namespace

TEST_CASE("Another calculator's mean wait: patient callers, and callers who hang up") {
  CHECK(mean_wait_accepted(hotline(13, 0, 0)) == Approx(26.56).margin(0.005));
  for (const std::int64_t lines : {0, 100, 200})
    CHECK(mean_wait_accepted(hotline(13, kPatience, lines)) == Approx(9.91).margin(0.005));
}

TEST_CASE("Another calculator's calls waiting, calls and time in the centre") {
  const QueueResult q = solve_queue(hotline(13, kPatience, 200));
  CHECK(q.mean_queue == Approx(0.58).margin(0.005));
  const double in_centre = q.mean_queue + q.mean_busy;
  CHECK(in_centre == Approx(10.73).margin(0.005));
  CHECK(in_centre / kCalls == Approx(183.97).margin(0.005));  // s in the centre
}

// Its approximation of Allen and Cunneen for general arrivals and service; exact where both have a
// coefficient of variation of 1, which is where this library has an answer.
TEST_CASE("Another calculator's queue of M/M/1 and M/M/2") {
  const QueueResult one = solve_queue({1, 0.9, 1, 0, 0, 0});
  CHECK(one.mean_queue == Approx(8.1).margin(1e-9));
  CHECK(one.mean_queue + one.mean_busy == Approx(9).margin(1e-9));
  CHECK(one.mean_wait_offered == Approx(9).margin(1e-9));
  CHECK(one.mean_wait_offered + 1 == Approx(10).margin(1e-9));
  CHECK(solve_queue({2, 1.8, 1, 0, 0, 0}).mean_queue == Approx(7.674).margin(0.0005));
  CHECK(solve_queue({2, 1.8, 1.25, 0, 0, 0}).mean_queue == Approx(1.55).margin(0.005));
}
