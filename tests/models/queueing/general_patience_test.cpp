// M/M/n/K+G: the reference rows for every law, exponential patience against Erlang A, limits that
// are other models, conservation over the whole range of inputs.

#include "models/queueing/general_patience.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/models/queueing/golden.h"

using namespace callmill;
using callmill::test::Comparison;
using callmill::test::GoldenRow;
using callmill::test::read_golden;

namespace {

// "[4.7978, 0.889]": the numbers of the params column, which is one cell in quotes.
std::vector<double> numbers(const std::string& text) {
  std::vector<double> result;
  const char* at = text.c_str();
  while (*at != '\0') {
    char* end = nullptr;
    const double value = std::strtod(at, &end);
    if (end == at) {
      ++at;
    } else {
      result.push_back(value);
      at = end;
    }
  }
  return result;
}

Law law_of(const std::string& family, const std::vector<double>& p) {
  if (family == "exp") return ExponentialLaw{1 / p.at(0)};
  if (family == "det") return ConstantLaw{p.at(0)};
  if (family == "unif") return UniformLaw{p.at(0), p.at(1)};
  if (family == "weibull") return WeibullLaw{p.at(1), p.at(0)};
  if (family == "gamma") return GammaLaw{p.at(0) * p.at(1), p.at(0)};
  if (family == "hyper2")
    return HyperexponentialLaw{{p.at(0), 1 - p.at(0)}, {1 / p.at(1), 1 / p.at(2)}};
  REQUIRE(family == "lognorm");
  const double mean = std::exp(p.at(0) + 0.5 * p.at(1) * p.at(1));
  return LognormalLaw{mean, mean * std::sqrt(std::expm1(p.at(1) * p.at(1)))};
}

PatienceQueueInput input_of(const GoldenRow& row) {
  PatienceQueueInput in;
  in.agents = row.number("n");
  in.arrival_rate = row.number("lam");
  in.service_rate = row.number("mu");
  in.patience = {law_of(row.text("family"), numbers(row.text("params"))), row.number("pinf"),
                 row.number("p0")};
  in.within = row.number("t");
  return in;
}

// The reference holds shares of those who abandon to an absolute accuracy (its README): what it
// gives as 0 or as rounding must be as small here, and has no mean time.
constexpr double kReferenceFloor = 1e-38;
bool below_the_reference(const GoldenRow& row, const std::string& column, double got) {
  const double want = row.number(column);
  if (column == "EW_ab") return row.number("p_ab") < kReferenceFloor && got > 0;
  const bool abandons = column == "p_ab" || column.starts_with("P_ab_") || column == "SL_ab_ok";
  return abandons && std::abs(want) < kReferenceFloor && std::abs(got) < kReferenceFloor;
}

std::vector<std::pair<std::string, double>> columns_of(const QueueResult& q) {
  return {{"p_wait", q.p_wait},
          {"p_nowait", q.p_nowait},
          {"p_balk", q.p_balk},
          {"p_ab", q.p_abandon},
          {"p_served", q.p_served},
          {"EQ", q.mean_queue},
          {"Ebusy", q.mean_busy},
          {"occ", q.occupancy},
          {"EW_offered", q.mean_wait_offered},
          {"EW_served", q.mean_wait_served},
          {"EW_ab", q.mean_wait_abandoned},
          {"P_V_gt", q.p_offered_wait_gt},
          {"P_W_gt", q.p_wait_gt},
          {"P_served_gt", q.p_served_gt},
          {"P_ab_gt", q.p_abandon_gt},
          {"P_served_le", q.p_served_le},
          {"P_ab_le", q.p_abandon_le},
          {"SL_offered", q.sl_offered},
          {"SL_answered", q.sl_answered},
          {"SL_excl_short_ab", q.sl_excl_short_abandon},
          {"SL_ab_ok", q.sl_abandon_ok}};
}

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_{seed} {}
  double uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(engine_() >> 11) * 0x1.0p-53;
  }
  double log_uniform(double low, double high) {
    return std::exp(uniform(std::log(low), std::log(high)));
  }

 private:
  std::mt19937_64 engine_;
};

// One law of each kind, all around `mean`.
std::vector<Law> laws(double mean, Draw& draw) {
  const double low = mean * draw.uniform(0, 0.9);
  return {ExponentialLaw{mean},
          ConstantLaw{mean},
          UniformLaw{low, 2 * mean - low},
          LognormalLaw{mean, mean * draw.log_uniform(1e-2, 10)},
          GammaLaw{mean, draw.log_uniform(0.05, 1000)},
          WeibullLaw{mean, draw.log_uniform(0.1, 100)},
          HyperexponentialLaw{{0.3, 0.2, 0.5}, {0.01 * mean, 0.9 * mean, 1.634 * mean}},
          EmpiricalLaw{{0, 0, 0.5 * mean, mean, mean, 2 * mean}, {0, 0.1, 0.2, 0.6, 0.8, 1}},
          HazardLaw{{0, 0.1 * mean, mean, 3 * mean}, {3 / mean, 0.1 / mean, 1 / mean, 0.5 / mean}},
          HazardLaw{{0, mean}, {0.7 / mean, 0}}};
}

// The same queue by Simpson's rule on [0, longest], from cdf() alone.
struct Brute {
  double wait, abandon, served_le, abandon_le, mean_wait, mean_wait_served, mean_queue;
};
Brute brute_force(const PatienceQueueInput& in, double longest, int steps) {
  const auto stay = [&](double x) {
    const double law = in.patience.law ? 1 - cdf(*in.patience.law, x) : 1;
    return (1 - in.patience.balks) *
           (in.patience.never_leaves + (1 - in.patience.never_leaves) * law);
  };
  // States 0..n-1 relative to state n, then the density of the wait.
  double free = 0, weight = 1;
  for (double n = in.agents; n >= 1; --n) free += weight *= n * in.service_rate / in.arrival_rate;
  const double step = longest / steps, drain = in.agents * in.service_rate;
  double h = 0, mass = 0, gone = 0, served_le = 0, gone_le = 0, wait = 0, served_wait = 0;
  for (int i = 0; i < steps; ++i) {
    const double a = i * step, middle = a + 0.5 * step;
    const double s = stay(middle);
    const double v = std::exp(in.arrival_rate * (h + 0.5 * step * s) - drain * middle) * step;
    const double mean = h + 0.5 * step * s;
    mass += v;
    gone += v * (1 - s);
    wait += v * mean;
    served_wait += v * middle * s;
    if (middle < in.within) {
      served_le += v * s;
      gone_le += v * (1 - s);
    } else {
      gone_le += v * (1 - stay(in.within));
    }
    h += step * s;
  }
  const double p = drain / (free + drain * mass), nowait = free / (free + drain * mass);
  return {p * mass,
          p * gone,
          nowait + p * served_le,
          p * gone_le,
          p * wait,
          p * served_wait / (nowait + p * (mass - gone)),
          in.arrival_rate * p * wait};
}

}  // namespace

TEST_CASE("M/M/n+G meets the reference") {
  Comparison comparison("mmng.csv");
  std::size_t beyond = 0;
  for (const GoldenRow& row : read_golden("mmng.csv")) {
    for (const auto& [column, value] : columns_of(solve_patience_queue(input_of(row)))) {
      if (below_the_reference(row, column, value)) {
        ++beyond;
      } else {
        comparison.check(row, column, value);
      }
    }
  }
  INFO(comparison.summary());
  INFO(comparison.failures());
  CHECK(comparison.failures().empty());
  CHECK(comparison.cells() + beyond == 21 * 162);
  CHECK(beyond < 200);
}

TEST_CASE("abandonment far below the reference: constant patience in closed form") {
  // l falls straight until D, so that P(V > D) = P(V > 0) e^{-(n mu - lambda) D} of those who find
  // D ahead, less what the abandonment itself takes away.
  const PatienceQueueInput in{561, 363.4382, 1.0, {ConstantLaw{0.6242}, 0, 0}, 0, 0.0};
  const QueueResult q = solve_patience_queue(in);
  const double spare = 561 - 363.4382, reach = std::exp(-spare * 0.6242);
  // integral to D: (1 - reach) / spare; beyond D only service goes on: reach / (n mu)
  const double beyond = reach / 561 / ((1 - reach) / spare + reach / 561);
  CHECK(q.p_abandon == Approx(q.p_wait * beyond).epsilon(1e-12).margin(0));
  CHECK(q.mean_wait_abandoned == Approx(0.6242).epsilon(1e-14));
}

TEST_CASE("exponential patience is Erlang A, with and without lines") {
  Draw draw(3);
  for (int i = 0; i < 300; ++i) {
    QueueInput a;
    a.agents = std::floor(draw.log_uniform(1, 20001));
    a.service_rate = 1 / draw.log_uniform(10, 3600);
    a.arrival_rate = a.agents * a.service_rate * draw.log_uniform(0.1, 4);
    a.patience_rate = a.service_rate / draw.log_uniform(0.01, 100);
    a.within = i % 5 == 0 ? 0 : draw.log_uniform(0.1, 10) / a.patience_rate;
    if (i % 3 == 0)
      a.lines = static_cast<std::int64_t>(a.agents + std::floor(draw.log_uniform(1, a.agents + 1)));
    const QueueResult want = solve_queue(a);
    const QueueResult got = solve_patience_queue({a.agents,
                                                  a.arrival_rate,
                                                  a.service_rate,
                                                  {ExponentialLaw{1 / a.patience_rate}, 0, 0},
                                                  a.lines,
                                                  a.within});
    CAPTURE(i, a.agents, a.arrival_rate, a.service_rate, a.patience_rate, a.lines, a.within);
    // Conditioning: n mu times the waits that count (golden's README), here at most some 1e7.
    const double tight = a.lines > 0 ? 1e-9 : 1e-10;
    const auto close = [&](double x, double y) {
      return (std::isnan(x) && std::isnan(y)) || std::abs(x - y) <= tight * std::abs(y) + 1e-290;
    };
    CHECK(close(got.p_block, want.p_block));
    CHECK(close(got.p_wait, want.p_wait));
    CHECK(close(got.p_abandon, want.p_abandon));
    CHECK(close(got.p_served, want.p_served));
    CHECK(close(got.mean_queue, want.mean_queue));
    CHECK(close(got.var_queue, want.var_queue));
    CHECK(close(got.mean_wait_served, want.mean_wait_served));
    CHECK(close(got.mean_wait_abandoned, want.mean_wait_abandoned));
    CHECK(close(got.p_served_le, want.p_served_le));
    CHECK(close(got.p_abandon_le, want.p_abandon_le));
    CHECK(close(got.p_served_gt, want.p_served_gt));
    CHECK(close(got.p_abandon_gt, want.p_abandon_gt));
  }
}

TEST_CASE("every law agrees with Simpson's rule over its distribution") {
  Draw draw(8);
  int which = 0;
  for (const Law& law : laws(3, draw)) {
    CAPTURE(which++);
    for (const double load : {0.8, 1.3}) {
      const PatienceQueueInput in{5, 5 * load, 1, {law, which == 10 ? 0 : 0.1, 0.05}, 0, 1.25};
      const Brute want = brute_force(in, 60, 60'000);
      const QueueResult got = solve_patience_queue(in);
      // The rule errs by a step, 1e-3 s, at each atom and where the law is steep at 0.
      const double tolerance = 3e-3;
      CHECK(got.p_wait == Approx(want.wait).epsilon(tolerance));
      CHECK(got.p_abandon == Approx(want.abandon).epsilon(tolerance));
      CHECK(got.p_served_le == Approx(want.served_le).epsilon(tolerance));
      CHECK(got.p_abandon_le == Approx(want.abandon_le).epsilon(tolerance));
      CHECK(got.mean_wait_offered == Approx(want.mean_wait).epsilon(tolerance));
      CHECK(got.mean_wait_served == Approx(want.mean_wait_served).epsilon(tolerance));
      CHECK(got.mean_queue == Approx(want.mean_queue).epsilon(tolerance));
    }
  }
}

TEST_CASE("nobody who can wait is a loss system; nobody who leaves is Erlang C") {
  const double load = 9;
  const QueueResult lost = solve_patience_queue({10, load, 1, {ConstantLaw{0}, 0, 0}, 0, 0.5});
  CHECK(lost.p_abandon == Approx(erlang_b(10, load).blocking).epsilon(1e-13));
  CHECK(lost.p_balk == Approx(lost.p_abandon).epsilon(1e-13));
  CHECK(lost.mean_wait_offered == 0);
  const QueueResult balk = solve_patience_queue({10, load, 1, {std::nullopt, 0, 1}, 0, 0.5});
  CHECK(balk.p_abandon == Approx(erlang_b(10, load).blocking).epsilon(1e-13));
  const QueueResult stay = solve_patience_queue({10, load, 1, {std::nullopt, 0, 0}, 0, 0.5});
  const QueueResult c = solve_queue({10, load, 1, 0, 0, 0.5});
  CHECK(stay.p_wait == Approx(c.p_wait).epsilon(1e-13));
  CHECK(stay.sl_offered == Approx(c.sl_offered).epsilon(1e-13));
  CHECK(stay.var_queue == Approx(c.var_queue).epsilon(1e-12));
  CHECK(stay.p_abandon == 0);
  const Patience stubborn{ExponentialLaw{2}, 0.9, 0};
  CHECK(grows_without_limit(PatienceQueueInput{10, 11.2, 1, stubborn, 0, 1}));
  CHECK_FALSE(grows_without_limit(PatienceQueueInput{10, 11, 1, stubborn, 0, 1}));
  CHECK(std::isinf(solve_patience_queue({10, 11.2, 1, stubborn, 0, 1}).mean_wait_served));
  CHECK(std::isfinite(solve_patience_queue({10, 11, 1, stubborn, 0, 1}).mean_wait_served));
}

TEST_CASE("places that fill: general patience in a short queue, state by state") {
  // Brandt & Brandt: state n + k weighs w_k = n mu integral e^{-n mu x} (lambda H(x))^k / k! dx.
  // Uniform patience on [0, 2]: H(x) = x - x^2 / 4 to 2, then 1; by Simpson's rule.
  const double lambda = 6, drain = 4;
  for (const int room : {1, 2, 7}) {
    std::vector<double> weight;
    for (int k = 0; k <= room; ++k) {
      const auto at = [&](double x) {
        const double h = lambda * (x < 2 ? x - 0.25 * x * x : 1);
        return drain * std::exp(-drain * x) * std::pow(h, k) / std::tgamma(k + 1);
      };
      const int steps = 4000;
      const double step = 10.0 / steps;
      double sum = at(0) + at(10);
      for (int i = 1; i < steps; ++i) sum += (i % 2 == 1 ? 4 : 2) * at(i * step);
      weight.push_back(sum * step / 3);
    }
    double free = 0, up = 1, all = 0, queue = 0, square = 0;
    for (int n = 4; n >= 1; --n) free += up *= n / lambda;
    for (std::size_t k = 0; k < weight.size(); ++k) {
      all += weight[k];
      queue += weight[k] * static_cast<double>(k);
      square += weight[k] * static_cast<double>(k * k);
    }
    all += free;
    const QueueResult q =
        solve_patience_queue({4, lambda, 1, {UniformLaw{0, 2}, 0, 0}, 4 + room, 1});
    CAPTURE(room);
    CHECK(q.p_block == Approx(weight.back() / all).epsilon(1e-9));
    CHECK(q.p_nowait == Approx(free / all).epsilon(1e-9));
    CHECK(q.mean_queue == Approx(queue / all).epsilon(1e-9));
    CHECK(q.var_queue == Approx(square / all - queue * queue / (all * all)).epsilon(1e-8));
    CHECK(q.p_block + q.p_abandon + q.p_served == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("general patience keeps its laws over the whole range of inputs") {
  Draw draw(21);
  int bad = 0;
  for (int i = 0; i < 60; ++i) {
    PatienceQueueInput in;
    in.agents = std::floor(draw.log_uniform(1, 20001));
    const double handle = draw.log_uniform(10, 3600);
    in.service_rate = 1 / handle;
    in.arrival_rate = in.agents * in.service_rate * draw.log_uniform(0.01, 5);
    in.within = i % 5 == 0 ? 0 : draw.log_uniform(0.01, 604800);
    if (i % 4 == 0)
      in.lines =
          static_cast<std::int64_t>(in.agents + std::floor(draw.log_uniform(1, in.agents + 1)));
    const double share = draw.uniform(0, 0.5);
    int which = 0;
    for (const Law& law : laws(handle * draw.log_uniform(0.01, 100), draw)) {
      in.patience = {law, i % 2 == 0 ? 0 : share / 5, i % 3 == 0 ? 0 : share};
      CAPTURE(i, which++, in.agents, in.arrival_rate, in.service_rate, in.within, in.lines,
              mean(law), describe(law), in.patience.never_leaves, in.patience.balks);
      const QueueResult q = solve_patience_queue(in);
      if (grows_without_limit(in)) continue;
      const double shares[] = {q.p_block,     q.p_wait,       q.p_nowait,    q.p_abandon,
                               q.p_served,    q.p_wait_gt,    q.p_served_gt, q.p_abandon_gt,
                               q.p_served_le, q.p_abandon_le, q.p_balk,      q.p_offered_wait_gt};
      bool right = true;
      for (const double p : shares) right = right && p >= 0 && p <= 1 + 1e-12;
      const double tight = 1e-9;
      right = right && std::abs(q.p_block + q.p_abandon + q.p_served - 1) < tight &&
              std::abs(q.p_block + q.p_wait + q.p_nowait - 1) < tight &&
              std::abs(q.p_served_le + q.p_served_gt - q.p_served) < tight &&
              std::abs(q.p_abandon_le + q.p_abandon_gt - q.p_abandon) < tight &&
              q.p_balk <= q.p_abandon * (1 + 1e-12) && std::isfinite(q.mean_queue) &&
              std::isfinite(q.var_queue) && q.var_queue >= 0 && q.occupancy <= 1;
      if (!right) ++bad;
      CHECK(right);
    }
  }
  CHECK(bad == 0);
}

TEST_CASE("agents, load and handle time for a goal, with general patience") {
  PatienceQueueInput in{0, 0.5, 1.0 / 240, {LognormalLaw{170, 150}, 0.02, 0.03}, 0, 20};
  for (const Goal goal :
       {Goal{Measure::kServiceLevel, true, 0.8}, Goal{Measure::kAbandon, false, 0.03},
        Goal{Measure::kMeanWaitServed, false, 12}}) {
    const auto value = [&](double n) {
      in.agents = n;
      return value_of(goal.measure, solve_patience_queue(in));
    };
    const std::int64_t whole = agents_for(in, goal);
    const double n = static_cast<double>(whole);
    CHECK((goal.at_least ? value(n) >= goal.value : value(n) <= goal.value));
    CHECK_FALSE((goal.at_least ? value(n - 1) >= goal.value : value(n - 1) <= goal.value));
    const double real = agents_for_fractional(in, goal);
    CHECK(std::ceil(real) == n);
    CHECK(value(real) == Approx(goal.value).epsilon(1e-10));
    in.agents = n;
    const double rate = arrival_rate_for(in, goal);
    CHECK(rate >= 0.5);
    PatienceQueueInput more = in;
    more.arrival_rate = rate;
    CHECK(value_of(goal.measure, solve_patience_queue(more)) == Approx(goal.value).epsilon(1e-10));
    more = in;
    more.service_rate = 1 / handle_time_for(in, goal);
    CHECK(value_of(goal.measure, solve_patience_queue(more)) == Approx(goal.value).epsilon(1e-10));
  }
  in.patience = {ExponentialLaw{100}, 0.9, 0};
  CHECK(agents_for(in, {Measure::kAbandon, false, 0.5}) == 109);  // 0.9 of 120 erlang stay for ever
}
