// Futures of a live day: how long so many forks of its rest take; and its events, told as a
// telephone system would: how many a second a twin takes, and how long it takes to show a centre of
// them. Best and median of some rounds.
//
//   callmill_bench_live scenarios/hotline/city-12345.yaml --at 10:00 --paths 200 --threads 2

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <vector>

#include "app/files/scenario.h"
#include "engine/live/fork_ahead.h"
#include "engine/live/twin.h"
#include "tests/engine/live/teller.h"

namespace {

using namespace callmill;

// "10:00" after the midnight of the first day.
SimTime time_of(const World& world, const std::string& clock) {
  const int hours = std::stoi(clock.substr(0, 2)), minutes = std::stoi(clock.substr(3, 2));
  return kStart + (std::chrono::hours{hours} + std::chrono::minutes{minutes} - world.day.opens);
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// A whole day's events are taken; then a centre is made of those until `at`.
void follow(const World& world, SimTime at, int rounds) {
  const Blueprint plan = make_blueprint(world);
  std::vector<live::FloorEvent> events;
  Centre centre = open_centre(plan, 1, 0);
  test::Teller teller{world, 0, events};
  Flow<test::Teller>{plan, centre, teller}.run_out();
  std::vector<double> day, show;
  for (int round = 0; round < rounds; ++round) {
    live::Twin twin{world, plan, {}};
    auto begin = std::chrono::steady_clock::now();
    for (const live::FloorEvent& event : events) twin.take(event);
    day.push_back(seconds_since(begin));
    live::Twin half{world, plan, {}};
    for (const live::FloorEvent& event : events)
      if (half.time_of(event.at_us) <= at) half.take(event);
    live::SeedOptions options;
    options.rest_cv = options.talk_rest_cv = 0.1;
    options.talk_cv = 0.05;
    begin = std::chrono::steady_clock::now();
    const live::Seeds seeds{world, plan, half.situation(at), options};
    const Snapshot shown = seeds.future(0);
    show.push_back(seconds_since(begin));
  }
  std::sort(day.begin(), day.end());
  std::sort(show.begin(), show.end());
  const auto n = static_cast<double>(events.size());
  const std::size_t middle = day.size() / 2;
  fmt::print(
      "followed: {} events of the day: best {:.2f}, median {:.2f} million a second; a centre "
      "shown of them: best {:.1f} ms, median {:.1f} ms\n",
      events.size(), 1e-6 * n / day.front(), 1e-6 * n / day[middle], 1e3 * show.front(),
      1e3 * show[middle]);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Forks of the rest of a day"};
  std::string file, at = "10:00";
  std::int64_t paths = 200;
  int threads = 0, rounds = 5;
  app.add_option("FILE", file)->required();
  app.add_option("--at", at);
  app.add_option("--paths", paths);
  app.add_option("--threads", threads);
  app.add_option("--rounds", rounds);
  CLI11_PARSE(app, argc, argv);
  Diagnostics diagnostics;
  const auto scenario = read_scenario(file, {}, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!scenario) return 3;
  live::LiveCentre live{scenario->world, {}};
  live.run_until(time_of(scenario->world, at));
  live::LiveCentre rest = live.fork();
  rest.run_out();
  live::ForkOptions options;
  options.paths = paths;
  options.threads = threads;
  std::vector<double> seconds;
  for (int round = 0; round < rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    const live::Futures futures = fork_ahead(live, {}, options);
    seconds.push_back(seconds_since(begin));
    if (round == 0)
      fmt::print("{} from {}: {} events a path, answer rate of the day {:.4f} [{:.4f}, {:.4f}]\n",
                 scenario->world.name, at, rest.centre().events - live.centre().events,
                 futures.without.day[6].mean, futures.without.day[6].low,
                 futures.without.day[6].high);
  }
  std::sort(seconds.begin(), seconds.end());
  fmt::print("{} paths: best {:.3f} s, median {:.3f} s; {:.2f} ms a path\n", paths, seconds.front(),
             seconds[seconds.size() / 2], 1e3 * seconds.front() / static_cast<double>(paths));
  follow(scenario->world, time_of(scenario->world, at), rounds);
  return 0;
}
