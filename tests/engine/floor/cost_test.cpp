// The whole cost of a day: overtime, people called in and list checks beside wages and rent, each
// hour paid once.

#include <catch2/catch.hpp>

#include <optional>

#include "engine/study/replicate.h"
#include "tests/engine/floor/floor_worlds.h"

namespace callmill::test {
namespace {

KpiTable run(const World& world) {
  ReplicateOptions options;
  options.seed = 3;
  options.replications = 2;
  return replicate(make_blueprint(world), options).kpis;
}

double extra_hours(const KpiTable& kpis) {
  return kpis.day("extra_time", {}, 0.95).value / 3600;
}

double signed_in_hours(const KpiTable& kpis, double hours) {
  return kpis.day("signed_in", {}, 0.95).value * hours;
}

double money(const KpiTable& kpis, const char* key) {
  return kpis.day(key, {}, 0.95).value;
}

// Four of five agents leave at two o'clock; three of them stay 45 minutes longer.
World with_overtime(std::optional<double> price) {
  World world = crowd(1, 30);
  world.groups[0].staff = Profile{1h, {5, 5, 1, 1}};
  world.groups[0].wage_per_hour = 40;
  world.caller_types[0].talk = ConstantLaw{60};
  Action overtime = action(Action::Kind::kOvertime);
  overtime.by = 45min;
  overtime.agents = 3;
  overtime.cost_per_hour = price;
  world.rules = {rule(waiting(5), overtime)};
  return world;
}

}  // namespace

TEST_CASE("An hour of overtime is paid at its price, and not at the wage as well") {
  const KpiTable kpis = run(with_overtime(60));
  REQUIRE(extra_hours(kpis) == Approx(3 * 0.75).epsilon(1e-12));
  CHECK(money(kpis, "cost_extra_time") == Approx(60 * 3 * 0.75).epsilon(1e-9));
  CHECK(money(kpis, "cost_extra_time") == Approx(money(kpis, "rule_cost")).epsilon(1e-12));
  CHECK(money(kpis, "cost_wages") ==
        Approx(40 * (signed_in_hours(kpis, 4) - 3 * 0.75)).epsilon(1e-9));
  CHECK(money(kpis, "cost") ==
        Approx(money(kpis, "cost_wages") + money(kpis, "cost_extra_time")).epsilon(1e-12));
}

TEST_CASE("Overtime without a price is paid at the wage") {
  const KpiTable kpis = run(with_overtime(std::nullopt));
  CHECK(money(kpis, "cost_extra_time") == Approx(40 * 3 * 0.75).epsilon(1e-9));
  CHECK(money(kpis, "cost") == Approx(40 * signed_in_hours(kpis, 4)).epsilon(1e-9));
}

TEST_CASE("People called in are paid their price from arrival on, and no wage beside") {
  World world = crowd(1, 30);
  world.groups[0].wage_per_hour = 40;
  world.caller_types[0].talk = ConstantLaw{60};
  world.groups[0].call_in = CallIn{4, ConstantLaw{1200}, 1h, 90};
  Action call = action(Action::Kind::kCallIn);
  call.agents = 3;
  Rule r = rule(waiting(5), call);
  r.every = 30min;
  r.at_most = 1;
  r.lasts = 10min;
  world.rules = {r};
  const KpiTable kpis = run(world);
  REQUIRE(extra_hours(kpis) == Approx(3).epsilon(1e-12));
  CHECK(money(kpis, "cost_extra_time") == Approx(90 * 3).epsilon(1e-9));
  CHECK(money(kpis, "cost_wages") == Approx(40 * (signed_in_hours(kpis, 4) - 3)).epsilon(1e-9));
}

TEST_CASE("Checks of a list are part of the cost, once") {
  World world = crowd(1, 30);
  world.groups[0].wage_per_hour = 40;
  Campaign campaign;
  campaign.name = "list";
  campaign.numbers = 500;
  campaign.queue = QueueId{0};
  campaign.ring_unanswered = ConstantLaw{20};
  campaign.invalid = Probability{0.2};
  campaign.filter_finds = Probability{0.5};
  campaign.filter_cost = 0.02;
  world.campaigns.push_back(campaign);
  const KpiTable kpis = run(world);
  CHECK(money(kpis, "cost_list_checks") == Approx(10).epsilon(1e-12));
  CHECK(money(kpis, "filter_cost") == Approx(10).epsilon(1e-12));
  CHECK(money(kpis, "cost") == Approx(money(kpis, "cost_wages") + 10).epsilon(1e-12));
}

}  // namespace callmill::test
