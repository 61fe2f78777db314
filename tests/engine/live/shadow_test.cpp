// A recorded centre is shadowed: the calls of real days go into the twin as events, and at each
// full hour the futures of the state that it shows are held against what became of the rest of the
// day. Data of the Anonymous Bank (Technion, 1999), where they lie beside the project.
//
//   test_engine_live "[shadow]" -s      all days, and the table of docs/models/twin.md

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "engine/centre/flow.h"
#include "engine/live/seed.h"
#include "engine/live/twin.h"
#include "engine/study/replicate.h"
#include "tests/engine/live/recorded_days.h"

namespace callmill::test {
namespace {

using live::FloorEvent;
using live::Seeds;
using live::Situation;
using live::Twin;

// As the command line has them.
constexpr double kTalkCv = 0.05, kTalkRestCv = 0.1;

// Of the calls that come from an hour on.
struct Rest {
  double offered = 0, abandoned = 0, within = 0, answered = 0, talk_s = 0;
  double value(int what) const {
    if (what == 0) return offered;
    if (what == 3) return talk_s / std::max(1.0, answered);
    if (offered == 0) return 0;
    return what == 1 ? abandoned / offered : within / (offered);
  }
};

Rest real_rest(const RealDay& day, double from) {
  Rest rest;
  for (const RealCall& call : day.calls) {
    if (call.entered < from || call.entered >= kCloses * 3600) continue;
    ++rest.offered;
    rest.abandoned += call.served ? 0 : 1;
    rest.within += call.served && call.wait <= 20 ? 1 : 0;
    rest.answered += call.served ? 1 : 0;
    rest.talk_s += call.served ? call.talk : 0;
  }
  return rest;
}

Rest simulated_rest(const Recorder& recorder, std::uint32_t first) {
  Rest rest;
  for (std::uint32_t i = first; i < static_cast<std::uint32_t>(kHours); ++i) {
    const auto& cell = recorder.calls(0, 0, i);
    rest.offered += static_cast<double>(cell[at(CallCount::kOffered)]);
    rest.abandoned += static_cast<double>(cell[at(CallCount::kAbandoned)]);
    rest.within += static_cast<double>(cell[at(CallCount::kAnsweredWithin)]);
    rest.answered += static_cast<double>(cell[at(CallCount::kAnswered)]);
    rest.talk_s += 1e-6 * static_cast<double>(cell[at(CallCount::kTalk)]);
  }
  return rest;
}

// How a forecast did: [offered, share abandoned, service level, mean talk].
struct Score {
  std::array<double, 4> error{}, inside{}, width{};
  double n = 0;
  void add(std::vector<Rest> futures, const Rest& real) {
    ++n;
    for (int what = 0; what < 4; ++what) {
      std::vector<double> values;
      for (const Rest& future : futures) values.push_back(future.value(what));
      std::sort(values.begin(), values.end());
      const auto of = [&](double p) {
        return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1) + 0.5)];
      };
      const auto k = static_cast<std::size_t>(what);
      error[k] += std::abs(of(0.5) - real.value(what));
      inside[k] += real.value(what) >= of(0.1) && real.value(what) <= of(0.9) ? 1 : 0;
      width[k] += of(0.9) - of(0.1);
    }
  }
};

struct Shadow {
  std::map<int, Score> twin, unlearnt, plain;  // unlearnt: but for talks, the twin
  Score twin_all, unlearnt_all, plain_all;
  live::TwinCounts counts;
};

std::vector<Rest> rests_of(const Seeds& seeds, const Blueprint& plan, std::uint32_t first,
                           int futures) {
  std::vector<Rest> rests;
  for (int r = 0; r < futures; ++r) {
    Snapshot future = seeds.future(r);
    Flow<Recorder> flow{plan, future.centre, future.recorder};
    flow.run_out();
    rests.push_back(simulated_rest(future.recorder, first));
  }
  return rests;
}

void shadow(const Days& days, const RealDay& day, const HazardLaw& patience_law,
            const std::vector<int>& hours, int futures, Shadow& result) {
  const World world = foreseen(days, day, patience_law);
  REQUIRE(faults(world).empty());
  const Blueprint plan = make_blueprint(world);
  live::TwinOptions options;
  options.opens_us = std::int64_t{kOpens} * 3'600'000'000;
  Twin twin{world, plan, options};
  const std::vector<FloorEvent> events = events_of(day);
  std::vector<Recorder> whole;
  for (int r = 0; r < futures; ++r) {
    whole.emplace_back(plan);
    run_day(plan, 11, static_cast<std::uint64_t>(r), whole.back());
  }
  std::size_t next = 0;
  for (const int hour : hours) {
    const SimTime now = kStart + std::chrono::hours{hour - kOpens} - SimDuration{1};
    for (; next < events.size() && twin.time_of(events[next].at_us) <= now; ++next)
      twin.take(events[next]);
    live::SeedOptions seed;
    seed.interval_cv = 0.15;
    seed.rest_cv = rest_cv(days_before(days, day), hour);
    const Situation seen = twin.situation(now);
    const auto first = static_cast<std::uint32_t>(hour - kOpens);
    std::vector<Rest> ahead = rests_of({world, plan, seen, seed}, plan, first, futures), blind;
    for (const Recorder& recorder : whole) blind.push_back(simulated_rest(recorder, first));
    seed.talk_cv = kTalkCv;
    seed.talk_rest_cv = kTalkRestCv;
    std::vector<Rest> learnt = rests_of({world, plan, seen, seed}, plan, first, futures);
    const Rest real = real_rest(day, hour * 3600);
    result.twin[hour].add(learnt, real);
    result.unlearnt[hour].add(ahead, real);
    result.plain[hour].add(blind, real);
    result.twin_all.add(std::move(learnt), real);
    result.unlearnt_all.add(std::move(ahead), real);
    result.plain_all.add(std::move(blind), real);
  }
  result.counts = twin.counts();
}

std::vector<const RealDay*> days_to_shadow(const Days& days, const std::string& from) {
  std::vector<const RealDay*> chosen;
  for (const auto& [date, day] : days)
    if (day.clean && date >= from && !day.calls.empty()) chosen.push_back(&day);
  return chosen;
}

void print(const char* name, const Score& twin, const Score& plain, const Score& unlearnt) {
  std::printf("| %s |", name);
  for (std::size_t k = 0; k < 3; ++k)
    std::printf(k == 0 ? " %.0f | %.0f | %.0f%% | %.0f%% |" : " %.3f | %.3f | %.0f%% | %.0f%% |",
                twin.error[k] / twin.n, plain.error[k] / plain.n, 100 * twin.inside[k] / twin.n,
                100 * plain.inside[k] / plain.n);
  std::printf("\n");
  for (std::size_t k = 1; k < 4; ++k)
    std::printf(" learnt %.4f, unlearnt %.4f, in band %.0f%%, %.0f%%;", twin.error[k] / twin.n,
                unlearnt.error[k] / twin.n, 100 * twin.inside[k] / twin.n,
                100 * unlearnt.inside[k] / twin.n);
  std::printf("\n");
}

}  // namespace

TEST_CASE(
    "A real day in the shadow: calls go in, and futures come nearer than the plain forecast") {
  const Days days = read_days({"february", "march"});
  if (days.empty()) {
    WARN("no recorded days beside the project: skipped");
    return;
  }
  // On single days the morning may mislead: on most of many it does not.
  const auto chosen = days_to_shadow(days, "1999-02-15");
  REQUIRE(chosen.size() >= 25);
  const HazardLaw patience_law = recorded_patience();
  Shadow result;
  for (const RealDay* day : chosen) shadow(days, *day, patience_law, {13}, 20, result);
  // Nothing of a recorded day is left over: what does not fit is dirt, named in
  // docs/models/twin.md.
  CHECK(static_cast<double>(result.counts.taken) >
        0.98 * static_cast<double>(result.counts.events));
  CHECK(result.twin_all.error[0] < result.plain_all.error[0]);
  CHECK(result.twin_all.error[3] < result.unlearnt_all.error[3]);
}

TEST_CASE("Real days in the shadow, all of them", "[.][shadow]") {
  const Days days = read_days({"february", "march", "may", "july"});
  if (days.empty()) {
    WARN("no recorded days beside the project: skipped");
    return;
  }
  const HazardLaw patience_law = recorded_patience();
  Shadow result;
  const auto chosen = days_to_shadow(days, "1999-02-01");
  std::vector<int> hours;
  for (int h = 8; h <= 22; ++h) hours.push_back(h);
  for (const RealDay* day : chosen) shadow(days, *day, patience_law, hours, 100, result);
  std::printf("%zu days\n", chosen.size());
  for (const auto& [hour, score] : result.twin)
    print((std::to_string(hour) + ":00").c_str(), score, result.plain.at(hour),
          result.unlearnt.at(hour));
  print("all", result.twin_all, result.plain_all, result.unlearnt_all);
  CHECK(result.twin_all.error[0] < result.plain_all.error[0]);
  CHECK(result.twin_all.error[1] < result.plain_all.error[1]);
}

}  // namespace callmill::test
