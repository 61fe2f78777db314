// How long the answered have waited, by the time of the answer: against Erlang A, against all the
// waiting there is, and against the tail of the service level.

#include <boost/math/quadrature/gauss.hpp>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/queueing/erlang.h"
#include "models/transient/transient.h"

namespace callmill {
namespace {

TransientInput changing_day(ShiftEnd rule, double patience_rate) {
  TransientInput in;
  in.service_rate = 0.01;
  in.patience_rate = patience_rate;
  in.with_waits = true;
  in.shift_end = rule;
  in.calls_at_start = 9;
  in.pieces = {{300, 0.05, 6}, {30, 0.08, 3}, {20, 0.06, 5}, {400, 0.04, 4}, {200, 0, 2}};
  return in;
}

double waited(const TransientResult& day) {
  double sum = 0;
  for (const TransientInterval& t : day.intervals) sum += t.answered_wait;
  return sum;
}

TEST_CASE(
    "mean wait of the answered: a long day is Erlang A's, from the start where it is steady") {
  for (const double patience : {0.0, 1.0 / 150}) {
    CAPTURE(patience);
    TransientInput in;
    in.service_rate = 1.0 / 200;
    in.patience_rate = patience;
    in.with_waits = true;
    in.steady_start = true;
    in.pieces = {{600, 0.045, 10}, {600, 0.045, 10}};
    QueueInput q;
    q.agents = 10;
    q.arrival_rate = 0.045;
    q.service_rate = in.service_rate;
    q.patience_rate = patience;
    const double asa = solve_queue(q).mean_wait_served;
    // Tolerance: what the band leaves out, 1e-12, times waits of some hundred seconds.
    for (const TransientInterval& t : solve_transient(in).intervals)
      CHECK(t.answered_wait / t.answers == Approx(asa).epsilon(1e-9));
    in.steady_start = false;
    in.pieces[0].length = 400000;  // e^-52 of the empty start is left, at the least
    const TransientInterval late = solve_transient(in).intervals[1];
    CHECK(late.answered_wait == Approx(asa * solve_queue(q).p_served * 27).epsilon(1e-8));
  }
}

TEST_CASE("where nobody gives up all waiting is that of the answered") {
  for (const ShiftEnd rule : {ShiftEnd::kNamed, ShiftEnd::kAtOnce}) {
    TransientInput in = changing_day(rule, 0);
    in.pieces.push_back({20000, 0, 3});  // until all are gone
    const TransientResult day = solve_transient(in);
    double queue = 0;
    for (std::size_t i = 0; i < in.pieces.size(); ++i)
      queue += day.intervals[i].mean_queue * in.pieces[i].length;
    CHECK(queue > 1000);
    CHECK(waited(day) == Approx(queue).epsilon(1e-9));
  }
}

TEST_CASE("the wait of the answered is the integral of its tail over the service-level time") {
  TransientInput in = changing_day(ShiftEnd::kNamed, 0.02);
  in.calls_at_start = 0;  // these are in no interval's service level
  in.pieces.push_back({3000, 0, 3});
  const TransientResult day = solve_transient(in);
  double answers = 0;
  for (const TransientInterval& t : day.intervals) answers += t.answers;
  const auto tail = [&](double within) {
    TransientInput late = in;
    late.with_waits = false;
    late.within = within;
    double in_time = 0;
    for (const TransientInterval& t : solve_transient(late).intervals) in_time += t.answered_within;
    return answers - in_time;
  };
  // Smooth but where a window's end meets a change of staff, at multiples of 10 s; after 800 s all
  // have given up but for e^-16.
  double sum = 0;
  for (double from = 0, to; from < 800; from = to) {
    to = from + (from < 60 ? 10 : 74);
    sum += boost::math::quadrature::gauss<double, 7>::integrate(tail, from, to);
  }
  CHECK(waited(day) > 50);
  CHECK(waited(day) == Approx(sum).epsilon(1e-6));
}

TEST_CASE("waits with lines in reach count all leavers' rows; pooled shift ends are refused") {
  TransientInput in = changing_day(ShiftEnd::kNamed, 0.005);
  const double without = waited(solve_transient(in));
  in.lines = 200;  // in the band, but out of reach
  CHECK(waited(solve_transient(in)) == Approx(without).epsilon(1e-9));
  in.lines = 12;
  const TransientResult tight = solve_transient(in);
  CHECK_FALSE(tight.with_leavers_apart);
  CHECK(waited(tight) < without);
  in.shift_end = ShiftEnd::kPooled;
  CHECK(faults_of(in).size() == 1);
}

}  // namespace
// Answered within T, by the piece in which the answer comes.
TEST_CASE("service level by the time of the answer") {
  TransientInput in;
  in.service_rate = 0.01;
  in.patience_rate = 0.02;
  in.by_event = true;
  // Changes of staff within T, and none; at last nobody calls, so that every window ends.
  in.pieces = {{300, 0.05, 6}, {30, 0.08, 3}, {20, 0.06, 5}, {200, 0.04, 5}, {4000, 0, 5}};
  for (const ShiftEnd shift_end : {ShiftEnd::kNamed, ShiftEnd::kPooled, ShiftEnd::kAtOnce}) {
    in.shift_end = shift_end;
    const auto solve = [&in](double within) {
      in.within = within;
      return solve_transient(in).intervals;
    };
    CAPTURE(static_cast<int>(shift_end));
    for (const TransientInterval& t : solve(0))
      CHECK(t.answers_within == Approx(t.immediate).margin(1e-11));
    if (shift_end != ShiftEnd::kAtOnce)  // where calls that go back are answered once more
      for (const TransientInterval& t : solve(1e5)) {
        CHECK(t.answers_within == Approx(t.answers).margin(1e-10));
        CHECK(t.sl_by_event == Approx(t.answers / (t.answers + t.abandons)).epsilon(1e-9));
      }
    // Each answer within T is counted once by the caller's piece, once by the answer's.
    const auto days = solve(45);
    double by_arrival = 0, by_event = 0;
    for (const TransientInterval& t : days) {
      by_arrival += t.answered_within;
      by_event += t.answers_within;
    }
    CHECK(by_event == Approx(by_arrival).epsilon(1e-11));
    // Callers of the full second piece are answered in the third.
    CHECK(days[2].answers_within > days[2].answered_within + 0.01);
    // A piece cut in two is the same piece: windows then reach over a change of nothing.
    const TransientInput whole = in;
    in.pieces[0].length = 250;
    in.pieces.insert(in.pieces.begin(), {50, 0.05, 6});
    const auto cut = solve(45);
    CHECK(cut[0].answers_within + cut[1].answers_within ==
          Approx(days[0].answers_within).epsilon(1e-11));
    CHECK(cut[3].answers_within == Approx(days[2].answers_within).epsilon(1e-11));
    in = whole;
  }
}

}  // namespace callmill
