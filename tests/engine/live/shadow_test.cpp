// A recorded centre is shadowed: the calls of real days go into the twin as events, and at each
// full hour the futures of the state that it shows are held against what became of the rest of the
// day. Data of the Anonymous Bank (Technion, 1999), where they lie beside the project.
//
//   test_engine_live "[shadow]" -s      all days, and the table of docs/models/twin.md

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "engine/centre/flow.h"
#include "engine/live/seed.h"
#include "engine/live/twin.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

using live::FloorEvent;
using live::Seeds;
using live::Situation;
using live::Twin;
using Kind = FloorEvent::Kind;

constexpr int kOpens = 7, kCloses = 24, kHours = kCloses - kOpens;
constexpr int kTrained = 15;  // clean working days before the day

std::vector<std::string> split(const std::string& line, char by) {
  std::vector<std::string> cells;
  std::istringstream in{line};
  for (std::string cell; std::getline(in, cell, by);) cells.push_back(cell);
  return cells;
}

double seconds_of(const std::string& clock) {
  int h = 0, m = 0, s = 0;
  return std::sscanf(clock.c_str(), "%d:%d:%d", &h, &m, &s) == 3 ? h * 3600 + m * 60 + s : 0;
}

// A real call of the day, times in seconds after midnight.
struct RealCall {
  double entered = 0, wait = 0, talk = 0;
  bool served = false;
  std::string id, agent;
};

struct RealDay {
  std::string date;
  bool clean = false;
  std::array<double, 24> offered{}, service{};  // calls; mean of the served, seconds
  std::array<double, 4 * 24> agents{};          // by quarter
  std::vector<RealCall> calls;
  double total() const {
    double sum = 0;
    for (int h = kOpens; h < kCloses; ++h) sum += offered[static_cast<std::size_t>(h)];
    return sum;
  }
};

using Days = std::map<std::string, RealDay>;

// Empty where the data are not there.
Days read_days(const std::vector<const char*>& months) {
  Days days;
  std::ifstream hourly{shared_path("data/anonymous_bank/hourly_public.csv")};
  std::string line;
  std::getline(hourly, line);
  while (std::getline(hourly, line)) {
    const auto c = split(line, ',');
    if (c.size() < 12) continue;
    RealDay& day = days[c[0]];
    day.date = c[0];
    day.clean = c[3] == "1";
    const auto h = static_cast<std::size_t>(std::stoi(c[4]));
    day.offered[h] = std::stod(c[5]);
    day.service[h] = c.size() > 12 && !c[12].empty() ? std::stod(c[12]) : 0;
  }
  std::ifstream quarters{shared_path("data/anonymous_bank/agents_15min_public.csv")};
  std::getline(quarters, line);
  while (std::getline(quarters, line)) {
    const auto c = split(line, ',');
    if (c.size() < 9) continue;
    const double at = seconds_of(c[1] + ":00");
    days[c[0]].agents[static_cast<std::size_t>(at / 900)] = std::stod(c[2]);
  }
  for (const char* month : months) {
    const std::string path = shared_path("data/anonymous_bank/" + std::string{month} + ".txt.gz");
    if (!std::ifstream{path}) return {};
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe{
        ::popen(("gzip -dc '" + path + "'").c_str(), "r"), ::pclose};
    std::array<char, 512> buffer{};
    while (pipe && std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) {
      const auto c = split(buffer.data(), '\t');
      if (c.size() < 17 || c[5].size() != 6 || c[12] == "PHANTOM") continue;
      RealCall call;
      call.entered = seconds_of(c[7]);
      const bool queued = c[9] != "0:00:00";
      call.wait = queued ? std::stod(c[11]) : 0;
      call.talk = std::stod(c[15]);
      call.served = c[12] == "AGENT" || call.talk > 0;
      if (!call.served && !queued) continue;  // hung up in the menu
      if (call.entered < kOpens * 3600 || call.wait > 3600 || call.talk > 7200) continue;
      call.id = c[1] + "-" + c[6];
      call.agent = c[16].substr(0, c[16].find_last_not_of("\r\n") + 1);
      days["19" + c[5].substr(0, 2) + "-" + c[5].substr(2, 2) + "-" + c[5].substr(4, 2)]
          .calls.push_back(call);
    }
  }
  return days;
}

// The survival curve of patience as hazards of half minutes.
HazardLaw patience() {
  std::map<double, double> curve;
  std::ifstream file{shared_path("data/anonymous_bank/km_patience_public.csv")};
  std::string line;
  while (std::getline(file, line)) {
    const auto c = split(line, ',');
    if (c.size() == 3 && c[0] == "ALL") curve[std::stod(c[1])] = std::stod(c[2]);
  }
  HazardLaw law;
  double from = 0, before = 1;
  for (double t = 30; t <= 600; t += 30) {
    const auto at = curve.upper_bound(t);
    const double s = at == curve.begin() ? before : std::prev(at)->second;
    law.from_s.push_back(from);
    law.rate_per_s.push_back(std::max(1e-5, std::log(before / std::max(s, 1e-6)) / 30));
    from = t;
    before = s;
  }
  return law;
}

std::vector<const RealDay*> days_before(const Days& days, const RealDay& today) {
  std::vector<const RealDay*> before;
  for (const auto& [date, day] : days)
    if (date < today.date && day.clean) before.push_back(&day);
  if (before.size() > kTrained) before.erase(before.begin(), before.end() - kTrained);
  return before;
}

// How far the calls from that hour on strayed from what those before it said, on these days, beyond
// chance; as a cv.
double rest_cv(const std::vector<const RealDay*>& days, int hour) {
  double early_mean = 0, late_mean = 0, squares = 0, chance = 0;
  const auto sum = [](const RealDay& day, int from, int to) {
    double calls = 0;
    for (int h = from; h < to; ++h) calls += day.offered[static_cast<std::size_t>(h)];
    return calls;
  };
  const auto n = static_cast<double>(days.size());
  for (const RealDay* day : days) {
    early_mean += sum(*day, kOpens, hour) / n;
    late_mean += sum(*day, hour, kCloses) / n;
  }
  for (const RealDay* day : days) {
    const double early = std::max(1.0, sum(*day, kOpens, hour)), late = sum(*day, hour, kCloses);
    const double off = late / late_mean / (early / early_mean) - 1;
    squares += off * off / (n - 1);
    chance += (1 / early + 1 / std::max(1.0, late)) / n;
  }
  return std::sqrt(std::max(1e-4, squares - chance));
}

// The day as it could be foreseen in the evening before: the mean of the clean days before it, each
// with its share; the staff of the day.
World foreseen(const Days& days, const RealDay& today, const HazardLaw& patience_law) {
  const std::vector<const RealDay*> before = days_before(days, today);
  World world;
  world.name = "shadow of " + today.date;
  world.day.opens = kOpens * 1h;
  world.day.closes = kCloses * 1h;
  world.day.interval = 1h;
  world.trunks.push_back(lines("lines", 200));
  const auto length = kHours * 1h;
  CallerType type = callers("callers", flat(0, length), 0);
  const auto n = static_cast<double>(before.size());
  Profile volume{1h, {}}, talk{1h, {}};
  double mean = 0, squares = 0, service = 0;
  for (const RealDay* day : before) {
    mean += day->total() / n;
    squares += day->total() * day->total() / n;
  }
  for (int h = kOpens; h < kCloses; ++h) {
    double calls = 0, work = 0;
    for (const RealDay* day : before) {
      calls += day->offered[static_cast<std::size_t>(h)] / n;
      work +=
          day->offered[static_cast<std::size_t>(h)] * day->service[static_cast<std::size_t>(h)] / n;
    }
    volume.values.push_back(calls);
    talk.values.push_back(calls > 0 ? work / calls : 180);
    service += work;
  }
  const double aht = service / mean;
  for (double& hour : talk.values) hour = std::max(0.3, hour / aht);
  type.volume = volume;
  type.talk = LognormalLaw{aht, 1.25 * aht};
  type.talk_factor = talk;
  type.patience = patience_law;
  world.caller_types.push_back(std::move(type));
  // Beyond chance: what is left of the days' variance.
  world.busyness_cv = std::sqrt(std::max(0.0, squares - mean * mean - mean)) / mean;
  world.queues.push_back(queue_to("bank", {0}, 20s));
  Profile staff{15min, {}};
  for (int q = 4 * kOpens; q < 4 * kCloses; ++q)
    staff.values.push_back(std::round(today.agents[static_cast<std::size_t>(q)]));
  world.groups.push_back(agents("agents", staff));
  return world;
}

std::vector<FloorEvent> events_of(const RealDay& day) {
  std::vector<FloorEvent> events;
  const auto at = [](double s) { return static_cast<std::int64_t>(s * 1e6); };
  for (const RealCall& call : day.calls) {
    events.push_back({Kind::kEntered, at(call.entered), call.id, "bank", ""});
    const double answered = call.entered + call.wait;
    if (!call.served) {
      events.push_back({Kind::kAbandoned, at(answered), call.id, "bank", ""});
      continue;
    }
    events.push_back({Kind::kConnected, at(answered), call.id, "bank", call.agent});
    events.push_back({Kind::kCompleted, at(answered + call.talk), call.id, "bank", call.agent});
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const auto& a, const auto& b) { return a.at_us < b.at_us; });
  return events;
}

// Of the calls that come from an hour on.
struct Rest {
  double offered = 0, abandoned = 0, within = 0;
  double value(int what) const {
    if (what == 0) return offered;
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
  }
  return rest;
}

// How a forecast did: [offered, share abandoned, service level].
struct Score {
  std::array<double, 3> error{}, inside{}, width{};
  double n = 0;
  void add(std::vector<Rest> futures, const Rest& real) {
    ++n;
    for (int what = 0; what < 3; ++what) {
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
  std::map<int, Score> twin, plain;
  Score twin_all, plain_all;
  live::TwinCounts counts;
};

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
    const SimTime now = kStart + (hour - kOpens) * 1h - SimDuration{1};
    for (; next < events.size() && twin.time_of(events[next].at_us) <= now; ++next)
      twin.take(events[next]);
    live::SeedOptions seed;
    seed.interval_cv = 0.15;
    seed.rest_cv = rest_cv(days_before(days, day), hour);
    const Seeds seeds{world, plan, twin.situation(now), seed};
    std::vector<Rest> ahead, blind;
    const auto first = static_cast<std::uint32_t>(hour - kOpens);
    for (int r = 0; r < futures; ++r) {
      Snapshot future = seeds.future(r);
      Flow<Recorder> flow{plan, future.centre, future.recorder};
      flow.run_out();
      ahead.push_back(simulated_rest(future.recorder, first));
      blind.push_back(simulated_rest(whole[static_cast<std::size_t>(r)], first));
    }
    const Rest real = real_rest(day, hour * 3600);
    result.twin[hour].add(ahead, real);
    result.plain[hour].add(blind, real);
    result.twin_all.add(std::move(ahead), real);
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

void print(const char* name, const Score& twin, const Score& plain) {
  std::printf("| %s |", name);
  for (std::size_t k = 0; k < 3; ++k)
    std::printf(k == 0 ? " %.0f | %.0f | %.0f%% | %.0f%% |" : " %.3f | %.3f | %.0f%% | %.0f%% |",
                twin.error[k] / twin.n, plain.error[k] / plain.n, 100 * twin.inside[k] / twin.n,
                100 * plain.inside[k] / plain.n);
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
  const HazardLaw patience_law = patience();
  Shadow result;
  for (const RealDay* day : chosen) shadow(days, *day, patience_law, {13}, 20, result);
  // Nothing of a recorded day is left over: what does not fit is dirt, named in
  // docs/models/twin.md.
  CHECK(static_cast<double>(result.counts.taken) >
        0.98 * static_cast<double>(result.counts.events));
  CHECK(result.twin_all.error[0] < result.plain_all.error[0]);
}

TEST_CASE("Real days in the shadow, all of them", "[.][shadow]") {
  const Days days = read_days({"february", "march", "may", "july"});
  if (days.empty()) {
    WARN("no recorded days beside the project: skipped");
    return;
  }
  const HazardLaw patience_law = patience();
  Shadow result;
  const auto chosen = days_to_shadow(days, "1999-02-01");
  std::vector<int> hours;
  for (int h = 8; h <= 22; ++h) hours.push_back(h);
  for (const RealDay* day : chosen) shadow(days, *day, patience_law, hours, 100, result);
  std::printf("%zu days\n", chosen.size());
  for (const auto& [hour, score] : result.twin)
    print((std::to_string(hour) + ":00").c_str(), score, result.plain.at(hour));
  print("all", result.twin_all, result.plain_all);
  CHECK(result.twin_all.error[0] < result.plain_all.error[0]);
  CHECK(result.twin_all.error[1] < result.plain_all.error[1]);
}

}  // namespace callmill::test
