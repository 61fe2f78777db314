#include "tests/engine/live/recorded_days.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>

#include "tests/engine/centre/worlds.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

using live::FloorEvent;
using Kind = FloorEvent::Kind;

constexpr std::size_t kTrained = 15;  // clean working days before the day

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

}  // namespace

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

HazardLaw recorded_patience() {
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
  if (before.size() > kTrained)
    before.erase(before.begin(), before.end() - std::ptrdiff_t{kTrained});
  return before;
}

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

}  // namespace callmill::test
