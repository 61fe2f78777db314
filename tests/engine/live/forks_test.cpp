// Forks of the rest of the day: the same callers for every alternative, the same results for any
// number of threads, and effects of the right sign.

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/live/advice.h"
#include "engine/live/figures.h"
#include "engine/live/fork_ahead.h"
#include "tests/engine/live/some_world.h"

namespace callmill::test {
namespace {

using namespace std::chrono_literals;
using live::Command;
using live::Futures;
using live::LiveCentre;

Command agents(std::int64_t by) {
  Command command;
  command.kind = Command::Kind::kAgents;
  command.group = "desk";
  command.by = by;
  return command;
}

live::ForkOptions some_paths(std::int64_t paths, int threads = 0) {
  live::ForkOptions options;
  options.paths = paths;
  options.threads = threads;
  return options;
}

const live::Difference& difference(const live::Alternative& with, std::string_view metric) {
  for (const live::Difference& d : with.differences)
    if (d.metric == metric && d.scope.kind == ScopeKind::kTotal) return d;
  FAIL("no difference of " << metric);
  return with.differences.front();
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

TEST_CASE("One thread and two give the same futures, and the centre is not changed") {
  LiveCentre live{plain_world(), {}};
  live.run_until(kStart + 1h);
  const std::uint64_t before = live.fingerprint();
  const Futures one = fork_ahead(live, {{agents(1)}}, some_paths(20, 1));
  const Futures two = fork_ahead(live, {{agents(1)}}, some_paths(20, 2));
  CHECK(live.fingerprint() == before);
  REQUIRE(one.without.day.size() == two.without.day.size());
  for (std::size_t m = 0; m < one.without.day.size(); ++m) {
    INFO(one.without.day[m].metric);
    CHECK(same({one.without.day[m].mean, one.with[0].bands.day[m].mean},
               {two.without.day[m].mean, two.with[0].bands.day[m].mean}));
  }
  CHECK(same(one.without.waiting.p90, two.without.waiting.p90));
  CHECK(one.without.times.size() == 6);  // 9:00 to 12:00 by half hours
  CHECK(one.without.times.back() == kStart + 4h);
}

TEST_CASE("A command that changes nothing changes no path") {
  LiveCentre live{plain_world(), {}};
  live.run_until(kStart + 1h + 7min);
  Command shut;  // the only route stays: raised, the only queue is still first
  shut.kind = Command::Kind::kRaiseQueue;
  shut.queue = "front";
  const Futures futures = fork_ahead(live, {{shut}}, some_paths(10));
  REQUIRE(futures.with[0].errors.empty());
  for (const live::Difference& d : futures.with[0].differences) {
    INFO(d.metric);
    CHECK(d.mean == 0);
    CHECK(d.low == 0);
    CHECK(d.high == 0);
  }
}

TEST_CASE("More agents answer more, a surge fewer; a wrong command is not run") {
  LiveCentre live{plain_world(), {}};
  live.run_until(kStart + 1h);
  Command surge;
  surge.kind = Command::Kind::kSurge;
  surge.factor = 2;
  Command wrong = agents(1);
  wrong.group = "dekk";
  const Futures futures = fork_ahead(live, {{agents(2)}, {surge}, {wrong}}, some_paths(40));
  REQUIRE(futures.with.size() == 3);
  CHECK(difference(futures.with[0], "answer_rate").low > 0);
  CHECK(difference(futures.with[0], "asa").high < 0);
  // The same callers ring, whatever the staff: redials apart, and there are none.
  CHECK(difference(futures.with[0], "attempts").mean == 0);
  CHECK(difference(futures.with[1], "answer_rate").high < 0);
  // 300 calls more in the three hours left; the standard error of 40 means of 600 calls is 4.
  CHECK(std::abs(difference(futures.with[1], "attempts").mean - 300) < 16);
  CHECK(futures.with[2].errors.size() == 1);
  CHECK(futures.with[2].differences.empty());
}

TEST_CASE("A fork can be stopped, and asked for a part of the day") {
  LiveCentre live{plain_world(), {}};
  live.run_until(kStart + 30min);
  std::atomic<bool> stop{true};
  CHECK(fork_ahead(live, {}, some_paths(10), &stop).cancelled);
  live::ForkOptions options = some_paths(4);
  options.until = kStart + 90min;
  double last = 0;
  const Futures futures =
      fork_ahead(live, {}, options, nullptr, [&](double progress) { last = progress; });
  CHECK_FALSE(futures.cancelled);
  CHECK(futures.without.times.size() == 2);
  CHECK(last == 1);
}

TEST_CASE("Bands hold the day that comes: nine in ten of other days lie within p5 and p95") {
  // Of the whole day, forked at its beginning: paths are then days like any other.
  LiveCentre start{plain_world(), {}};
  const Futures futures = fork_ahead(start, {}, some_paths(200));
  double mean = 0;
  constexpr int kDays = 100;
  for (int day = 0; day < kDays; ++day) {
    live::LiveOptions options;
    options.seed = 500 + static_cast<std::uint64_t>(day);
    LiveCentre live{plain_world(), options};
    live.run_out();
    mean +=
        live::figures(live.recorder(), {}, {0, live.plan().intervals}, live.now()).answered / kDays;
  }
  // Calls answered a day: about 330 with a deviation below 20; means of 100 and 200 of them.
  CHECK(std::abs(mean - futures.without.day[1].mean) < 4 * 20 * std::sqrt(1.0 / 100 + 1.0 / 200));
}

TEST_CASE("Advice: the candidates are carried out, and the chances add up") {
  LiveCentre live{scenario_world("hotline/playbook-surge-plan.yaml"), {}};
  live.run_until(kStart + 2h);
  const auto candidates = live::candidates_of(live);
  CHECK(candidates.size() > 2);
  CHECK(candidates.front().empty());
  for (const auto& commands : candidates)
    for (const Command& command : commands) CHECK(live.check(command).empty());
  const live::Advice advice = advise(live, {}, some_paths(6));
  double chances = 0, before = std::numeric_limits<double>::infinity();
  for (const live::Candidate& c : advice.candidates) {
    chances += c.best_chance;
    CHECK(c.gain <= before);
    before = c.gain;
    if (c.commands.empty()) CHECK(c.gain == 0);
  }
  CHECK(chances == Approx(1));
}

TEST_CASE("Advice: what somebody proposes is ranked with the rest, on the same callers") {
  LiveCentre live{scenario_world("hotline/playbook-surge-plan.yaml"), {}};
  live.run_until(kStart + 2h);
  const auto own = live::candidates_of(live);
  Command fewer;
  fewer.kind = Command::Kind::kAgents;
  fewer.group = live.world().groups[0].name;
  fewer.by = -2;
  Command back = fewer;
  back.by = 2;
  Command over;  // of a command that is no more
  over.kind = Command::Kind::kEnd;
  over.command = 7;
  // Two that nobody would think of, one that is among the candidates anyway, one out of date.
  const live::Advice advice = advise(live, {{fewer}, {over}, {fewer, back}, own[1]}, some_paths(6));
  CHECK(advice.candidates.size() == own.size() + 2);
  int proposed = 0;
  for (const live::Candidate& c : advice.candidates) {
    if (!c.proposed) continue;
    ++proposed;
    if (c.commands == std::vector<Command>{fewer}) CHECK(c.gain <= 0);
  }
  CHECK(proposed == 3);
}

}  // namespace
}  // namespace callmill::test
