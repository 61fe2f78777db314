// Repeat calls: the volume that unresolved callers make of themselves, against the fixed point of
// rates; and first-contact resolution as it is measured, against closed forms.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "models/queueing/erlang.h"
#include "models/value/measured_fcr.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/run.h"

namespace callmill::test {
namespace {

constexpr std::int64_t kReplications = 20;
constexpr double kCalls = 200'000;  // counted, in all replications together
constexpr std::uint32_t kNoLimit = 10'000;

// Repeats per second at a total rate of `rate`: the right side of the fixed point, less lam0.
double repeats(const GoldenRow& row, double rate) {
  QueueInput in;
  in.agents = number(row, "n");
  in.lines = static_cast<std::int64_t>(number(row, "K"));
  in.service_rate = number(row, "mu");
  in.patience_rate = number(row, "theta");
  in.arrival_rate = rate;
  const QueueResult q = solve_queue(in);
  const double served = 1 - q.p_block - q.p_abandon;
  return rate * (served * (1 - number(row, "fcr")) * number(row, "r_unresolved") +
                 q.p_abandon * number(row, "r_ab") + q.p_block * number(row, "r_block"));
}

// Repeats come so long after and so widely spread that they arrive as a stream of their own.
// `generations` of them pass before counting begins.
World feedback_world(const GoldenRow& row) {
  const double talk_s = 1 / number(row, "mu"), rate = number(row, "lam_tot");
  const double repeat_rate = std::max(rate - number(row, "lam0"), 0.2 * rate);
  const double delay_s = std::max(30 * talk_s, 2000 / repeat_rate);
  const double slope = (repeats(row, 1.001 * rate) - repeats(row, 0.999 * rate)) / (0.002 * rate);
  const double generations =
      std::clamp(std::log(1e-4) / std::log(std::max(slope, 1e-4)), 1.0, 40.0);
  OneQueue spec;
  spec.agents = number(row, "n");
  spec.lines = static_cast<std::int64_t>(number(row, "K"));
  spec.per_hour = number(row, "lam0") * 3600;
  spec.talk = ExponentialLaw{talk_s};
  spec.patience = ExponentialLaw{1 / number(row, "theta")};
  spec.within = from_seconds(number(row, "t"));
  const double counted_s =
      std::max(kCalls / static_cast<double>(kReplications) / rate, 2 * delay_s);
  spec.interval = from_seconds(std::ceil(delay_s));
  const auto steps = [&](double s) {
    return static_cast<std::int64_t>(std::ceil(s / to_seconds(spec.interval)));
  };
  spec.warm_up = spec.interval * (steps(1.5 * delay_s * generations) + 1);
  spec.length = spec.warm_up + spec.interval * steps(counted_s);
  World world = one_queue(spec);
  CallerType& type = world.caller_types[0];
  const Law delay = UniformLaw{0.5 * delay_s, 1.5 * delay_s};
  type.redial.after_block = {Probability{number(row, "r_block")}, delay, kNoLimit};
  type.redial.after_abandon = {Probability{number(row, "r_ab")}, delay, kNoLimit};
  type.resolution.emplace();
  type.resolution->first_contact = Probability{number(row, "fcr")};
  if (number(row, "fcr") < 1)
    type.resolution->returns = {Probability{number(row, "r_unresolved")}, delay, kNoLimit};
  return world;
}

World measured_world() {
  OneQueue spec;
  spec.agents = 40;
  spec.lines = 200;
  spec.per_hour = 600;
  spec.length = 40h;
  World world = one_queue(spec);
  CallerType& type = world.caller_types[0];
  type.resolution.emplace();
  Resolution& r = *type.resolution;
  r.first_contact = Probability{0.7};
  r.repeat = Probability{0.5};
  r.returns = {Probability{0.8}, ExponentialLaw{7200}, 3};
  r.quality_check = QualityCheck{Probability{0.3}, Probability{0.15}, Probability{0.05}};
  r.agent_code = AgentCode{Probability{0.4}, Probability{0.03}};
  r.system_match = SystemMatch{3h, Probability{0.2}, Probability{0.06}};
  type.survey.emplace();
  type.survey->offered = Probability{0.8};
  type.survey->resolved_respond = Probability{0.4};
  type.survey->open_respond = Probability{0.25};
  type.survey->resolved_say_no = Probability{0.04};
  type.survey->open_say_yes = Probability{0.1};
  return world;
}

}  // namespace

TEST_CASE("Repeat calls against the fixed point of rates") {
  Ledger ledger{"repeat calls"};
  std::uint64_t seed = 2101;
  for (const GoldenRow& row : golden("fcr.csv")) {
    const KpiTable kpis = run(feedback_world(row), seed++, kReplications);
    const std::string name = row.at("id") + " ";
    const auto share = [&](const char* key, double exact) {
      if (std::min(exact, 1 - exact) * kCalls >= 300)
        ledger.add(name + key, kpis.day(key, {}, Ledger::kConfidence), exact);
    };
    const double accepted = 1 - number(row, "p_block");
    share("repeat_share", number(row, "repeat_frac"));
    share("loss_rate", number(row, "p_block"));
    share("abandon_rate", number(row, "p_ab") / accepted);
    share("overall_answer_rate", number(row, "p_served"));
    share("service_level", number(row, "SL_offered") / accepted);
    share("service_level_f2", number(row, "SL_answered"));
    share("service_level_f4", number(row, "SL_excl_short_ab"));
    share("occupancy", number(row, "occ"));
    share("delay_share", number(row, "p_wait") / accepted);
    share("fcr", number(row, "fcr"));
    if (number(row, "p_wait") * number(row, "p_served") * kCalls < 300) continue;
    const double per_s = number(row, "lam_tot") * accepted;  // who wait, by Little's law
    ledger.add(name + "EQ", kpis.day("mean_wait", {}, Ledger::kConfidence),
               number(row, "EQ") / per_s);
    ledger.add(name + "asa", kpis.day("asa", {}, Ledger::kConfidence), number(row, "EW_served"));
  }
  ledger.judge();
}

TEST_CASE("Measured first-contact resolution against its closed form") {
  const World world = measured_world();
  const CallerType& type = world.caller_types[0];
  const double fcr = type.resolution->first_contact.value();
  const KpiTable kpis = run(world, 41, 40);
  Ledger ledger{"measured FCR"};
  const auto add = [&](const char* key, double exact) {
    ledger.add(key, kpis.day(key, {}, Ledger::kConfidence), exact);
  };
  add("fcr", fcr);
  add("fcr_survey", measured_by_survey(fcr, *type.survey));
  add("fcr_quality", measured_by_check(fcr, *type.resolution->quality_check));
  add("fcr_agent_code", measured_by_code(fcr, *type.resolution->agent_code));
  add("fcr_system",
      measured_by_match(fcr, *type.resolution->system_match, type.resolution->returns));
  ledger.judge();
}

TEST_CASE("Who would return in the night returns in the morning, beyond the window") {
  OneQueue spec;
  spec.agents = 50;
  spec.lines = 400;
  spec.per_hour = 20;
  spec.length = 12h;
  World world = one_queue(spec);
  world.days.count = 6;
  CallerType& type = world.caller_types[0];
  type.resolution.emplace();
  type.resolution->first_contact = Probability{0};
  // Half of all delays of 6 hours end in the night and take 18.
  type.resolution->returns = {Probability{1}, ConstantLaw{6 * 3600}, 1};
  type.resolution->system_match = SystemMatch{8h, Probability{0}, Probability{0}};
  const KpiTable kpis = run(world, 43, 20);
  const Estimate system = kpis.day("fcr_system", {}, Ledger::kConfidence);
  CAPTURE(system.value);
  CHECK(system.ci_low > 0.4);
  CHECK(system.ci_high < 0.6);
  CHECK(kpis.day("fcr", {}, 0.95).value == 0);
}

TEST_CASE("Closed forms of measured resolution, by hand") {
  Survey survey;
  survey.resolved_respond = Probability{0.4};
  survey.open_respond = Probability{0.2};
  survey.resolved_say_no = Probability{0.1};
  survey.open_say_yes = Probability{0.25};
  // Of 1000: 300 of 750 settled answer, 270 yes; 50 of 250 open answer, 12.5 yes.
  CHECK(measured_by_survey(0.75, survey) == Approx(282.5 / 350).epsilon(1e-14));
  CHECK(measured_by_check(0.75, {Probability{0.1}, Probability{0.2}, Probability{0.04}}) ==
        Approx(0.75 * 0.96 + 0.25 * 0.2).epsilon(1e-14));
  CHECK(measured_by_code(0.75, {Probability{0.4}, Probability{0}}) == Approx(0.85).epsilon(1e-14));
  // Half of the returns lie within the window; three quarters of these are recognised.
  const SystemMatch match{1h, Probability{0.25}, Probability{0}};
  CHECK(measured_by_match(0.75, match, {Probability{0.8}, UniformLaw{0, 7200}, 3}) ==
        Approx(0.75 + 0.25 * (1 - 0.8 * 0.5 * 0.75)).epsilon(1e-12));
  survey.resolved_respond = survey.open_respond = Probability{0};
  CHECK(std::isnan(measured_by_survey(0.75, survey)));
}

}  // namespace callmill::test
