// Intervals end where their indicators do.

#include <catch2/catch.hpp>
#include <limits>

#include "engine/kpi/cost_counts.h"
#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

Estimate of(const KpiTable& kpis, const char* key) {
  return kpis.day(key, {}, 0.99);
}

// Two days of which only one has the event: the plain interval reaches below 0.
KpiTable two_days(const Blueprint& plan, CallCount count) {
  KpiTable kpis{plan};
  ReplicationCounts counts(kpis.layout().size(), 0.0);
  const auto& row = kpis.layout().rows()[kpis.layout().find(Family::kCalls, {})];
  const std::size_t day = row.offset + kpis.layout().intervals() * row.width;
  counts[day + at(CallCount::kAnswered)] = 10;
  counts[day + at(CallCount::kAttempts)] = 10;
  kpis.add(counts);
  counts[day + at(count)] = 4;
  kpis.add(counts);
  return kpis;
}

}  // namespace

TEST_CASE("Counts and times end at 0, and the value stays as it is") {
  OneQueue spec;
  const Blueprint plan = make_blueprint(one_queue(spec));
  const Estimate blocked = of(two_days(plan, CallCount::kBlocked), "blocked");
  CHECK(blocked.value == 2);
  CHECK(blocked.ci_low == 0);
  CHECK(blocked.ci_high > 100);  // t of one degree of freedom at 99 % is 63.7, times 2
  const Estimate wait = of(two_days(plan, CallCount::kWaitAnswered), "asa");
  CHECK(wait.value == Approx(0.2));
  CHECK(wait.ci_low == 0);
  const Estimate share = of(two_days(plan, CallCount::kBlocked), "loss_rate");
  CHECK(share.ci_low == 0);
  CHECK(share.ci_high == 1);
}

TEST_CASE("A margin may be below 0, a cost may not; a promoter score lies in -100 to 100") {
  OneQueue spec;
  World world = one_queue(spec);
  world.costs = Costs{};
  world.satisfaction = Satisfaction{};
  const Blueprint plan = make_blueprint(world);
  KpiTable kpis{plan};
  ReplicationCounts counts(kpis.layout().size(), 0.0);
  const auto place = [&](Family family) {
    const auto& row = kpis.layout().rows()[kpis.layout().find(family, {})];
    return row.offset + kpis.layout().intervals() * row.width;
  };
  const std::size_t money = place(Family::kCosts), contacts = place(Family::kContacts);
  counts[money + at(CostCount::kLost)] = 1;
  counts[contacts + at(ContactCount::kRated)] = 10;
  counts[contacts + at(ContactCount::kPromoters)] = 9;
  kpis.add(counts);
  counts[money + at(CostCount::kLost)] = 9;
  counts[contacts + at(ContactCount::kPromoters)] = 1;
  kpis.add(counts);
  CHECK(of(kpis, "cost").ci_low == 0);
  CHECK(of(kpis, "margin").value == -5);
  CHECK(of(kpis, "margin").ci_low < -100);
  CHECK(of(kpis, "margin").ci_high > 100);
  CHECK(of(kpis, "nps_true").value == Approx(50));
  CHECK(of(kpis, "nps_true").ci_low == -100);
  CHECK(of(kpis, "nps_true").ci_high == 100);
}

}  // namespace callmill::test
