// Real days replayed: a plan made from the days before, changed at 11:00 by what the morning
// brought, and then the day as it was. A bank's calls of 1999 by the hour.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "engine/intraday/intraday.h"
#include "tests/engine/planning/plan_worlds.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

using Counts = std::vector<std::int64_t>;  // from 07:00 to midnight, by the hour

std::vector<Counts> clean_days() {
  std::ifstream in{shared_path("data/anonymous_bank/hourly_public.csv")};
  std::string line;
  std::getline(in, line);
  std::map<std::string, Counts> days;
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    std::istringstream row{line};
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    REQUIRE(cells.size() >= 6);
    const std::size_t hour = std::stoul(cells[4]);
    if (cells[3] != "1" || hour < 7) continue;
    days[cells[0]].resize(17);
    days[cells[0]][hour - 7] = std::stoll(cells[5]);
  }
  std::vector<Counts> all;
  for (auto& [date, counts] : days) all.push_back(std::move(counts));
  return all;
}

// The mean of the first fifteen days, with handle times and patience of the bank's order.
World bank_world(const std::vector<Counts>& days) {
  World world = plan_world();
  world.day = {7h, 24h, 1h};
  world.trunks[0].lines = 60;
  Profile& volume = world.caller_types[0].volume;
  volume = {1h, std::vector<double>(17, 0.0)};
  for (std::size_t d = 0; d < 15; ++d)
    for (std::size_t i = 0; i < 17; ++i) volume.values[i] += static_cast<double>(days[d][i]) / 15;
  world.caller_types[0].talk = LognormalLaw{190, 240};
  world.caller_types[0].patience = ExponentialLaw{360};
  ShiftPattern full = shift_of("long", 0, 8h, 7h, 16h, 40);
  full.breaks.push_back(break_of("meal", 30min, 3h, 5h, false));
  world.shifts = {full, shift_of("short", 0, 4h, 7h, 20h, 42)};
  world.targets = {target_of("service_level", Sense::kAtLeast, 0.7)};
  world.busyness_cv = 0.15;
  return world;
}

// Service level of the day as it was.
double level(const World& world, const DayPlan& plan, const Counts& day) {
  World real = known_day(world, day, 1, 1);
  put_plan(real, plan);
  ReplicateOptions options = plan_options(77).replicate;
  options.replications = 20;
  return replicate(make_blueprint(real), options).kpis.day("service_level", {}, 0.95).value;
}

}  // namespace

TEST_CASE("Real days: changes at 11:00 bring them nearer to their target") {
  const std::vector<Counts> days = clean_days();
  if (days.empty()) {
    WARN("skipped: no data/anonymous_bank in " << shared_path(""));
    return;
  }
  const World world = bank_world(days);
  World mean_day = world;
  mean_day.busyness_cv = 0;
  PlanOptions how = plan_options();
  // The exact day and goals of the day take their time.
  how.requirement = {RequirementMethod::kOfferedLoad, 1};
  const PlanResult planned = plan_day(mean_day, how);
  REQUIRE(planned.status == PlanStatus::kMet);
  IntradayOptions options;
  options.at = 11h;
  options.interval_cv = 0.2;
  options.call_in = 4;
  options.replicate = plan_options().replicate;
  options.replicate.replications = 20;
  options.max_rounds = 4;
  double short_before = 0, short_after = 0, wages = 0;
  int held_before = 0, held_after = 0, count = 0;
  std::string all;
  for (std::size_t d = 15; d < days.size(); d += 11, ++count) {
    options.calls.assign(days[d].begin(), days[d].begin() + 4);
    const IntradayResult r = replan_day(world, planned.day, options);
    const double before = level(world, planned.day, days[d]), after = level(world, r.plan, days[d]);
    short_before += std::max(0.0, 0.7 - before);
    short_after += std::max(0.0, 0.7 - after);
    held_before += before >= 0.7 ? 1 : 0;
    held_after += after >= 0.7 ? 1 : 0;
    wages += r.wages;
    all += " " + std::to_string(r.forecast.busyness.value) + ": " + std::to_string(before) +
           " -> " + std::to_string(after) + " (" + std::to_string(r.changes.size()) + " changes)\n";
  }
  INFO(all << "short of 70 % by " << short_before / count << " -> " << short_after / count
           << " a day, held " << held_before << " -> " << held_after << " of " << count
           << ", wages " << wages / count << " a day more than " << planned.wages);
  CHECK(short_after < 0.75 * short_before);
  CHECK(held_after >= held_before);
}

}  // namespace callmill::test
