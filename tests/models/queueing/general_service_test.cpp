// M/GI/n/K+GI against simulation, and its exact ends: exponential handle time, no queue.

#include "models/queueing/general_service.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/queueing/golden.h"

using namespace callmill;
using callmill::test::GoldenRow;
using callmill::test::read_golden;

namespace {

// Family, mean and parameter of mgisrgi_sim.csv: squared coefficient of variation, phases of erl;
// h2 has balanced means.
Law law_of(const std::string& family, double mean, double parameter) {
  if (family == "exp") return ExponentialLaw{mean};
  if (family == "erl") return GammaLaw{mean, parameter};
  if (family == "ln") return LognormalLaw{mean, mean * std::sqrt(parameter)};
  if (family == "det") return ConstantLaw{mean};
  REQUIRE(family == "h2");
  const double share = 0.5 * (1 + std::sqrt((parameter - 1) / (parameter + 1)));
  return HyperexponentialLaw{{share, 1 - share}, {mean / (2 * share), mean / (2 * (1 - share))}};
}

ServiceQueueInput input_of(const GoldenRow& row) {
  ServiceQueueInput in;
  in.agents = row.number("s");
  in.lines = static_cast<std::int64_t>(row.number("s") + row.number("r"));
  in.arrival_rate = row.number("lam");
  in.handle = law_of(row.text("service"), row.number("service_mean"), row.number("service_par"));
  in.patience.law =
      law_of(row.text("patience"), row.number("patience_mean"), row.number("patience_par"));
  in.within = row.number("t");
  return in;
}

double value_of(const std::string& measure, const QueueResult& q) {
  if (measure == "EQ") return q.mean_queue;
  if (measure == "VarQ") return q.var_queue;
  if (measure == "EW_ab") return q.mean_wait_abandoned;
  if (measure == "EW_served") return q.mean_wait_served;
  if (measure == "Ebusy") return q.mean_busy;
  if (measure == "SL_answered") return q.sl_answered;
  if (measure == "SL_offered") return q.sl_offered;
  if (measure == "p_ab") return q.p_abandon;
  if (measure == "p_block") return q.p_block;
  REQUIRE(measure == "p_nowait");
  return q.p_nowait;
}

// Relative error allowed beyond the simulation's own, as docs/models/general-patience.md states.
double allowed(const std::string& measure) {
  if (measure == "EQ" || measure == "EW_served" || measure == "p_ab") return 0.025;
  if (measure == "EW_ab") return 0.055;
  if (measure == "VarQ") return 0.09;
  if (measure == "p_nowait") return 0.07;
  return 0.02;  // busy agents, service levels
}

}  // namespace

TEST_CASE("General handle time and patience against simulation") {
  int exact = 0;
  for (const GoldenRow& row : read_golden("mgisrgi_sim.csv")) {
    const std::string measure = row.text("measure");
    if (measure == "p_block") continue;  // 0 in all of them
    const double got = value_of(measure, approximate_queue(input_of(row)));
    CAPTURE(row.text("id"), measure);
    const double simulated = row.number("sim");
    if (row.text("service") == "exp") {
      // 99.9 % of a normal law; exact where the reference says so, to its 12 digits.
      CHECK(std::abs(got - simulated) <= 3.291 / 1.96 * row.number("ci95_half"));
      if (std::isnan(row.number("exact"))) continue;
      CHECK(got == Approx(row.number("exact")).epsilon(1e-11));
      ++exact;
    } else {
      CHECK(std::abs(got - simulated) <= allowed(measure) * simulated + row.number("ci95_half"));
    }
  }
  CHECK(exact == 21);
}

TEST_CASE("Completions vary as the moment at first, as the handle time in the long run") {
  const Law laws[] = {ConstantLaw{120}, GammaLaw{120, 4}, LognormalLaw{120, 240},
                      HyperexponentialLaw{{0.8, 0.2}, {60, 360}}};
  for (const Law& law : laws) {
    const double square = variance(law) / (mean(law) * mean(law));
    CAPTURE(describe(law));
    CHECK(completion_variability(law, 0) == Approx(square));
    CHECK(completion_variability(law, 1e-5 / 120) == Approx(square).margin(1e-3));
    CHECK(completion_variability(law, 1e4) == Approx(1).margin(2e-3));
  }
  // Closed transforms: gamma (1 + rate / 2)^-4 with mean 2 and shape 4; exponential: 1 everywhere.
  const double f = std::pow(1 + 0.3 * 2 / 4, -4);
  CHECK(completion_variability(GammaLaw{2, 4}, 0.3) ==
        Approx(1 + 2 * (f / (1 - f) - 1 / (0.3 * 2))).epsilon(1e-12));
  CHECK(completion_variability(ExponentialLaw{7}, 0.04) == Approx(1).epsilon(1e-12));
}

TEST_CASE("Without a queue the law of handle time does not count") {
  ServiceQueueInput in{20, 0.1, LognormalLaw{200, 500}, {ExponentialLaw{60}, 0, 0}, 20, 10};
  CHECK(approximate_queue(in).p_block == Approx(erlang_b(20, 20).blocking).epsilon(1e-13));
  // Patient callers, more than the lines can hold: what comes through is what agents can do.
  in = {20, 0.2, ConstantLaw{200}, {}, 400, 10};
  CHECK(approximate_queue(in).p_block == Approx(0.5).epsilon(1e-6));
}

TEST_CASE("Steadier handle times need fewer agents") {
  const Goal goal{Measure::kServiceLevel, true, 0.8};
  ServiceQueueInput in{0, 0.05, ConstantLaw{300}, {ExponentialLaw{600}, 0, 0}, 0, 20};
  const double steady = agents_for_fractional(in, goal);
  in.handle = ExponentialLaw{300};
  const double plain = agents_for_fractional(in, goal);
  in.handle = LognormalLaw{300, 900};
  const double wild = agents_for_fractional(in, goal);
  CHECK(steady < plain);
  CHECK(plain < wild);
  CHECK(agents_for(in, goal) == static_cast<std::int64_t>(std::ceil(wild)));
}
