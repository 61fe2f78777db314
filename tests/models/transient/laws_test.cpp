// The transient model against other ways to the same numbers: a plain chain in small steps, the
// steady state of Erlang A, closed forms, and both ways of carrying leavers.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/queueing/erlang.h"
#include "models/transient/approximate.h"
#include "models/transient/transient.h"
#include "models/transient/worth.h"

using namespace callmill;

namespace {

// A day with a fall and a rise, a window that spans a change, callers who give up.
TransientInput small_day() {
  TransientInput in;
  in.service_rate = 0.01;
  in.patience_rate = 0.02;
  in.within = 45;
  in.pieces = {{300, 0.05, 6}, {30, 0.08, 3}, {20, 0.06, 5}, {400, 0.04, 4}};
  return in;
}

// The same chain by classical Runge-Kutta on its forward equations, written from the rules alone:
// state (leavers, calls), dense. Answers by the time of the answer, and the end of each piece.
struct Plain {
  static constexpr int kL = 8, kK = 60;
  double lambda = 0, mu = 0, theta = 0;
  int n = 0;
  ShiftEnd rule = ShiftEnd::kNamed;
  std::vector<double> p = std::vector<double>(kL * kK, 0.0);

  static std::size_t at(int l, int k) { return static_cast<std::size_t>(l * kK + k); }
  // dp/dt; returns the rate of answers.
  double slope(const std::vector<double>& x, std::vector<double>& d) const {
    d.assign(x.size(), 0.0);
    double answers = 0;
    const auto flow = [&](int l, int k, int to_l, int to_k, double rate) {
      d[at(l, k)] -= rate * x[at(l, k)];
      d[at(to_l, to_k)] += rate * x[at(l, k)];
    };
    for (int l = 0; l < kL; ++l)
      for (int k = 0; k < kK; ++k) {
        if (k + 1 < kK) flow(l, k, l, k + 1, lambda);
        if (k < n) answers += lambda * x[at(l, k)];
        if (k > n) flow(l, k, l, k - 1, (k - n) * theta);
        const bool released_first = rule == ShiftEnd::kPooled && l > 0;
        if (l > 0) flow(l, k, l - 1, k, (released_first ? n + l : l) * mu);
        if (released_first || k == 0) continue;
        flow(l, k, l, k - 1, std::min(k, n) * mu);
        if (k > n) answers += n * mu * x[at(l, k)];
      }
    return answers;
  }
  double pass(double length) {
    const int steps = static_cast<int>(length * 20);
    const double h = length / steps;
    std::vector<double> a, b, c, d, y(p.size());
    double answers = 0;
    const auto along = [&](const std::vector<double>& k, double s) {
      for (std::size_t i = 0; i < p.size(); ++i) y[i] = p[i] + s * k[i];
    };
    for (int s = 0; s < steps; ++s) {
      double r = slope(p, a);
      along(a, h / 2);
      r += 2 * slope(y, b);
      along(b, h / 2);
      r += 2 * slope(y, c);
      along(c, h);
      r += slope(y, d);
      for (std::size_t i = 0; i < p.size(); ++i)
        p[i] += h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
      answers += h / 6 * r;
    }
    return answers;
  }
  // Staff goes to `m`; returns callers that new agents take at once.
  double change(int m) {
    std::vector<double> q(p.size(), 0.0);
    double answers = 0;
    const int d = n - m;
    for (int l = 0; l < kL; ++l)
      for (int k = 0; k < kK; ++k) {
        const double x = p[at(l, k)];
        if (x == 0) continue;
        const int busy = std::min(k, n), queue = k - busy;
        if (rule == ShiftEnd::kPooled) {
          if (d > 0) {
            const int surplus = std::max(0, busy - m);
            q.at(at(l + surplus, k - surplus)) += x;
          } else {
            const int back = std::min(l, -d);
            answers += x * std::min(queue, -d - back);
            q.at(at(l - back, k + back)) += x;
          }
        } else if (rule == ShiftEnd::kAtOnce || d <= 0) {
          if (d < 0) answers += x * std::min(queue, -d);
          q[at(l, k)] += x;
        } else {
          draw(q, l, k, busy, n, d, x);
        }
      }
    p = q;
    n = m;
    return answers;
  }
  // d of n agents leave one by one; each of them is busy with the chance that is left.
  static void draw(std::vector<double>& q, int l, int k, int busy, int agents, int d, double x) {
    if (x == 0) return;
    if (d == 0) {
      q.at(at(l, k)) += x;
      return;
    }
    const double is_busy = static_cast<double>(busy) / agents;
    if (busy > 0) draw(q, l + 1, k - 1, busy - 1, agents - 1, d - 1, x * is_busy);
    draw(q, l, k, busy, agents - 1, d - 1, x * (1 - is_busy));
  }
};

}  // namespace

TEST_CASE("each rule of shift ends agrees with a plain integration of its chain") {
  for (const ShiftEnd rule : {ShiftEnd::kNamed, ShiftEnd::kPooled, ShiftEnd::kAtOnce}) {
    TransientInput in = small_day();
    in.shift_end = rule;
    in.pieces[1].service_rate =
        0.015;  // another mix: other rates for this piece, whose windows and
    in.pieces[1].patience_rate = 0.01;  // those of the piece before span both
    CAPTURE(static_cast<int>(rule));
    const TransientResult day = solve_transient(in);
    Plain plain{0, in.service_rate, in.patience_rate, static_cast<int>(in.pieces[0].agents), rule};
    plain.p[0] = 1;
    for (std::size_t i = 0; i < in.pieces.size(); ++i) {
      CAPTURE(i);
      double answers = plain.change(static_cast<int>(in.pieces[i].agents));
      plain.lambda = in.pieces[i].arrival_rate;
      plain.mu = i == 1 ? 0.015 : in.service_rate;
      plain.theta = i == 1 ? 0.01 : in.patience_rate;
      answers += plain.pass(in.pieces[i].length);
      double in_system = 0;
      for (int l = 0; l < Plain::kL; ++l)
        for (int k = 0; k < Plain::kK; ++k) in_system += plain.p[Plain::at(l, k)] * (l + k);
      // Runge-Kutta's error: (rate h)^5 / 120 a step, rate h below 0.07 here, 20 steps a second.
      CHECK(day.intervals[i].answers == Approx(answers).epsilon(1e-8));
      CHECK(day.intervals[i].end_in_system == Approx(in_system).epsilon(1e-8));
    }
  }
}

TEST_CASE("a call that is answered, gives up or still waits is one of the three") {
  for (const ShiftEnd rule : {ShiftEnd::kNamed, ShiftEnd::kPooled, ShiftEnd::kAtOnce}) {
    TransientInput in = small_day();
    in.shift_end = rule;
    in.within = 1e4;  // nobody waits so long: every caller's end is within the window
    for (const TransientInterval& t : solve_transient(in).intervals)
      CHECK(t.answered_within + t.abandoned_within == Approx(t.offered).epsilon(1e-10));
  }
}

TEST_CASE("a long piece ends in the steady state of Erlang A") {
  for (const double load : {0.7, 1.0, 1.4}) {
    TransientInput in;
    in.service_rate = 1.0 / 240;
    in.patience_rate = 1.0 / 120;
    in.within = 20;
    in.pieces = {{40000, load * 40 / 240, 40}, {600, load * 40 / 240, 40}};
    const TransientInterval t = solve_transient(in).intervals[1];
    const QueueResult q =
        solve_queue({40, load * 40 / 240, in.service_rate, in.patience_rate, 0, 20});
    CHECK(t.sl_offered == Approx(q.sl_offered).epsilon(1e-11));
    CHECK(t.sl_excl_short_abandon == Approx(q.sl_excl_short_abandon).epsilon(1e-11));
    CHECK(t.mean_queue == Approx(q.mean_queue).epsilon(1e-11));
    CHECK(t.answers / t.offered == Approx(q.p_served).epsilon(1e-11));
    in.steady_start = true;  // the same without the wait
    in.pieces.erase(in.pieces.begin());
    CHECK(solve_transient(in).intervals[0].sl_offered == Approx(q.sl_offered).epsilon(1e-11));
  }
}

TEST_CASE("agents for every caller: calls in hand follow the offered load, exactly") {
  TransientInput in;
  in.service_rate = 0.01;
  in.within = 5;
  in.calls_at_start = 7;
  in.pieces = {{100, 0.2, 200}, {50, 0.05, 200}, {250, 0.3, 200}};
  const TransientResult day = solve_transient(in);
  const std::vector<double> rates = effective_rates(in, Approximation::kOfferedLoad);
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    CHECK(day.intervals[i].mean_busy == Approx(rates[i] / in.service_rate).epsilon(1e-11));
    CHECK(day.intervals[i].sl_offered == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("leavers beside the band and in it give the same day where lines do not matter") {
  TransientInput in = small_day();
  const TransientResult free = solve_transient(in);
  in.lines = 60;  // out of reach by far, but not by the bound on leavers that decides
  in.pieces[0].arrival_rate = 0.05;
  const TransientResult far = solve_transient(in);
  in.lines = 30;
  const TransientResult near = solve_transient(in);
  CHECK(free.with_leavers_apart);
  CHECK_FALSE(near.with_leavers_apart);
  for (std::size_t i = 0; i < in.pieces.size(); ++i)
    for (const TransientResult* other : {&far, &near}) {
      CHECK(other->intervals[i].answered_within ==
            Approx(free.intervals[i].answered_within).epsilon(1e-9));
      CHECK(other->intervals[i].mean_leavers ==
            Approx(free.intervals[i].mean_leavers).margin(1e-9));
    }
  in.lines = 6;  // now they do
  const TransientResult tight = solve_transient(in);
  CHECK(tight.intervals[0].blocked > 0.05);
  for (const TransientInterval& t : tight.intervals) CHECK(t.end_in_system <= 6);
}

TEST_CASE("an agent's worth is the difference of two days") {
  TransientInput in = small_day();
  in.shift_end = ShiftEnd::kPooled;  // by name, who stays on in a short piece keeps a new one away
  const std::vector<AgentWorth> worth = agent_worth(in);
  const auto within = [](const TransientInput& day) {
    double sum = 0;
    for (const TransientInterval& t : solve_transient(day).intervals) sum += t.answered_within;
    return sum;
  };
  const double base = within(in);
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    TransientInput more = in;
    ++more.pieces[i].agents;
    CHECK(worth[i].within() == Approx(within(more) - base).epsilon(1e-6));
    CHECK(worth[i].within() > 0);
  }
  // An overload leaves a queue behind, whose callers are in the way of the next piece's: of callers
  // more patient than calls are long, that is. Others leave a shorter queue than calls in hand.
  in.patience_rate = 0.002;
  in.pieces = {{300, 0.05, 6}, {300, 0.08, 5}, {300, 0.05, 6}};
  CHECK(agent_worth(in)[1].within_elsewhere > 0.1);
}

TEST_CASE("an overload that nobody leaves grows by what cannot be served, without a limit") {
  TransientInput in;
  in.service_rate = 0.1;
  in.within = 10;
  in.calls_at_start = 200;  // so many that none of five agents is ever idle
  in.pieces = {{500, 2, 5}, {500, 2, 5}};
  const TransientResult day = solve_transient(in);
  CHECK(day.intervals[0].end_in_system == Approx(200 + 500 * 1.5).epsilon(1e-11));
  CHECK(day.intervals[1].end_in_system == Approx(200 + 1000 * 1.5).epsilon(1e-11));
  CHECK(day.intervals[1].mean_busy == Approx(5).epsilon(1e-12));
  CHECK(day.intervals[1].answers == Approx(500 * 0.5).epsilon(1e-11));
  CHECK(day.intervals[1].sl_offered < 1e-12);
}

TEST_CASE("thousands of agents: a short stretch of a large day") {
  TransientInput in;
  in.service_rate = 1.0 / 240;
  in.patience_rate = 1.0 / 180;
  in.within = 20;
  in.steady_start = true;
  in.tolerance = 1e-9;
  in.pieces = {{40, 20.8, 5000}, {40, 20.8, 4900}, {40, 20.0, 4950}};
  const TransientResult day = solve_transient(in);
  CHECK(day.left_out < 2e-9);
  CHECK(day.widest_band < 1500);  // of some 6,000 states that a whole chain would have
  const double busy = day.intervals[1].mean_busy - day.intervals[1].mean_leavers;
  CHECK(busy <= 4900);
  CHECK(day.intervals[1].mean_leavers > 50);  // of 100 whose shift ends, after a sixth of a call
  double calls = day.intervals[0].end_in_system;  // and those of the pieces after it
  for (std::size_t i = 1; i < 3; ++i) {
    const TransientInterval& t = day.intervals[i];
    calls += t.offered - t.abandons - t.completions;
    CHECK(t.end_in_system == Approx(calls).epsilon(1e-8));
  }
}

TEST_CASE("a service-level time beyond all patience costs no more than patience") {
  TransientInput in;
  in.service_rate = 1 / 180.0;
  in.patience_rate = 1 / 120.0;
  in.pieces = {{1800, 0.03, 5}, {1800, 0.05, 6}, {1800, 0.04, 8}};
  in.within = 4000;  // 33 times the mean patience
  const TransientResult long_enough = solve_transient(in);
  in.within = 604'800;
  const TransientResult week = solve_transient(in);
  CHECK(week.ticks <= 1.01 * long_enough.ticks);
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    const TransientInterval &a = long_enough.intervals[i], &b = week.intervals[i];
    CHECK(b.sl_offered == Approx(a.sl_offered).epsilon(1e-12));
    // Whoever came has been answered or has given up.
    CHECK(b.answered_within + b.abandoned_within == Approx(b.offered - b.blocked).epsilon(1e-11));
  }
}

TEST_CASE("nothing breaks at the edges") {
  TransientInput in;
  in.service_rate = 1;
  in.pieces = {{1, 0, 0}, {2, 0, 3}, {0.5, 4, 0}, {3, 2, 2}, {1, 0, 0}};
  for (const ShiftEnd rule : {ShiftEnd::kNamed, ShiftEnd::kPooled, ShiftEnd::kAtOnce})
    for (const double within : {0.0, 0.3, 9.0})
      for (const double theta : {0.0, 5.0}) {
        in.shift_end = rule;
        in.within = within;
        in.patience_rate = theta;
        const TransientResult day = solve_transient(in);
        double calls = 0;  // in the system
        for (const TransientInterval& t : day.intervals) {
          for (const double x : {t.answers, t.sl_offered, t.occupancy, t.mean_queue}) {
            CHECK(std::isfinite(x));
            CHECK(x >= 0);
          }
          calls += t.offered - t.abandons - t.completions;
          CHECK(t.end_in_system == Approx(calls).margin(1e-11));
        }
        CHECK(day.intervals[0].sl_offered == 1);  // no calls
        CHECK(day.intervals[2].immediate == 0);   // nobody at work
      }
}

TEST_CASE("a faulty day names every fault") {
  TransientInput in;
  in.patience_rate = -1;
  in.lines = -2;
  in.within = std::nan("");
  in.calls_at_start = -3;
  in.tolerance = 0.5;
  CHECK(faults_of(in).size() == 7);
  in = small_day();
  CHECK(faults_of(in).empty());
  in.pieces.push_back({0, -1, -1});
  CHECK(faults_of(in).size() == 3);
  in = small_day();
  in.patience_rate = 0;
  in.steady_start = true;
  in.pieces[0].agents = 5;  // load 5: grows for ever
  REQUIRE(faults_of(in).size() == 1);
  CHECK(faults_of(in)[0].find("steady_start") == 0);
}
