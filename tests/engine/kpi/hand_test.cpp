// Every indicator against a count by hand, in each kind of scope where it is declared.
//
// The day has two hours, an interval is one. Lines: 4 (public), 2 (business). Group 0 has two
// agents from 0:00 on, one of them on a break from 0:30 to 0:40; group 1 has one agent until 1:30.
//
//   call  type queue  rings    story
//   a     0    0      0:00:10  answered at once by group 0, talk 100 s, wrap-up 50 s
//   b     0    0      0:00:20  menu; answered after 30 s by group 0, talk 200 s
//   c     0    0      0:00:30  second attempt; hangs up after 4 s
//   d     0    0      0:01:00  hangs up after 40 s
//   e     0    -      0:02:00  hangs up in the menu after 10 s
//   f     0    -      0:03:20  served by the machine for 60 s
//   g     0    -      0:03:30  blocked
//   h     1    1      0:01:40  answered after 50 s by group 1, talk 300 s
//   i     1    1      1:01:40  hangs up after 70 s
//
// Group 1 dials at 0:08:20 (reached, talk 60 s, wrap-up 20 s) and at 0:10:00 (not reached).
// T is 20 s in queue 0 and 60 s in queue 1.

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <tuple>

#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/kpi/not_by_hand.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

using A = AgentState;

SimTime at_s(double s) {
  return kStart + from_seconds(s);
}

World hand_world() {
  World world;
  world.name = "by hand";
  world.day.opens = 0s;
  world.day.closes = 2h;
  world.day.interval = 1h;
  world.trunks = {lines("public", 4), lines("business", 2)};
  world.queues = {queue_to("general", {0}, 20s), queue_to("business", {1}, 60s)};
  world.groups = {agents("first", flat(2, 2h)), agents("second", flat(1, 2h))};
  world.caller_types = {callers("citizen", flat(10, 2h), 0), callers("firm", flat(10, 2h), 1)};
  world.caller_types[1].trunks = TrunkGroupId{1};
  Menu menu;
  menu.name = "menu";
  menu.options = {{"1", Probability{0.5}, to_self_service(ConstantLaw{60})},
                  {"2", Probability{0.5}, to_queue(0)}};
  world.menus = {menu};
  world.caller_types[0].enters = to_menu(0);
  return world;
}

Call call_of(std::uint16_t type, std::uint16_t queue, std::uint16_t interval) {
  Call call;
  call.type = type;
  call.queue = queue;
  call.interval = interval;
  return call;
}

void first_hour_calls(Recorder& r) {
  const Call call = call_of(0, 0, 0);
  r.attempted(0, 0, 0, 0);  // a
  r.line_seized(0, 1, at_s(10));
  r.offered(call);
  r.agent_moved(0, A::kAvailable, A::kTalk, at_s(10));
  r.answered(call, 0, 0s, 100s);
  r.attempted(0, 0, 0, 0);  // b
  r.line_seized(0, 2, at_s(20));
  r.menu_ended(call, at_s(20));
  r.offered(call);
  r.attempted(0, 0, 1, 0);  // c
  r.line_seized(0, 3, at_s(30));
  r.offered(call);
  r.abandoned(call, 4s);
  r.line_released(0, at_s(34));
  r.agent_moved(0, A::kAvailable, A::kTalk, at_s(50));  // b
  r.answered(call, 0, 30s, 200s);
  r.attempted(0, 0, 0, 0);  // d
  r.line_seized(0, 3, at_s(60));
  r.offered(call);
  r.abandoned(call, 40s);
  r.line_released(0, at_s(100));
  r.wrap_began(call, 0, 50s);  // a
  r.line_released(0, at_s(110));
  r.agent_moved(0, A::kTalk, A::kWrap, at_s(110));
  r.attempted(0, 0, 0, 0);  // e
  r.line_seized(0, 2, at_s(120));
  r.menu_ended(call, at_s(130));
  r.hung_up_in_menu(call);
  r.line_released(0, at_s(130));
  r.agent_moved(0, A::kWrap, A::kAvailable, at_s(160));  // a
  r.attempted(0, 0, 0, 0);                               // f
  r.line_seized(0, 2, at_s(200));
  r.attempted(0, 0, 0, 0);  // g
  r.blocked(0, 0, 0);
  r.line_released(0, at_s(250));  // b
  r.agent_moved(0, A::kTalk, A::kAvailable, at_s(250));
  r.menu_ended(call, at_s(260));  // f
  r.self_served(call);
  r.line_released(0, at_s(260));
}

void business_and_staff(Recorder& r) {
  const Call call = call_of(1, 1, 0);
  r.attempted(1, 0, 0, 1);  // h
  r.line_seized(1, 1, at_s(100));
  r.offered(call);
  r.agent_moved(1, A::kAvailable, A::kTalk, at_s(150));
  r.answered(call, 1, 50s, 300s);
  r.line_released(1, at_s(450));
  r.agent_moved(1, A::kTalk, A::kAvailable, at_s(450));
  r.dialled(1, true, at_s(500));
  r.agent_moved(1, A::kAvailable, A::kDialling, at_s(500));
  r.agent_moved(1, A::kDialling, A::kWrap, at_s(560));
  r.agent_moved(1, A::kWrap, A::kAvailable, at_s(580));
  r.dialled(1, false, at_s(600));
  r.agent_moved(1, A::kAvailable, A::kDialling, at_s(600));
  r.agent_moved(1, A::kDialling, A::kAvailable, at_s(600));
  r.agent_moved(0, A::kAvailable, A::kAux, at_s(1800));
  r.agent_moved(0, A::kAux, A::kAvailable, at_s(2400));
}

KpiTable tell_the_day(const Blueprint& plan) {
  Recorder r{plan};
  r.interval_began(0);
  r.agent_moved(0, A::kOff, A::kAvailable, at_s(0));
  r.agent_moved(0, A::kOff, A::kAvailable, at_s(0));
  r.agent_moved(1, A::kOff, A::kAvailable, at_s(0));
  first_hour_calls(r);
  business_and_staff(r);
  r.interval_began(1);
  const Call call = call_of(1, 1, 1);
  r.attempted(1, 1, 0, 1);  // i
  r.line_seized(1, 1, at_s(3700));
  r.offered(call);
  r.abandoned(call, 70s);
  r.line_released(1, at_s(3770));
  r.agent_moved(1, A::kAvailable, A::kOff, at_s(5400));
  r.interval_began(2);

  KpiTable kpis{plan};
  ReplicationCounts counts;
  export_counts(r, kpis.layout(), counts);
  kpis.add(counts);
  return kpis;
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr ScopeKind kTotal = ScopeKind::kTotal, kQueue = ScopeKind::kQueue,
                    kType = ScopeKind::kCallerType, kGroup = ScopeKind::kGroup,
                    kTrunks = ScopeKind::kTrunks;

struct Expected {
  const char* key;
  ScopeKind kind;
  std::vector<double> day;  // by index
};

const std::vector<Expected> kCalls = {
    {"attempts", kTotal, {9}},
    {"attempts", kType, {7, 2}},
    {"blocked", kTotal, {1}},
    {"blocked", kType, {1, 0}},
    {"self_served", kTotal, {1}},
    {"self_served", kType, {1, 0}},
    {"menu_hang_ups", kTotal, {1}},
    {"menu_hang_ups", kType, {1, 0}},
    {"offered", kTotal, {6}},
    {"offered", kQueue, {4, 2}},
    {"offered", kType, {4, 2}},
    {"answered", kTotal, {3}},
    {"answered", kQueue, {2, 1}},
    {"answered", kType, {2, 1}},
    {"abandoned", kTotal, {3}},
    {"abandoned", kQueue, {2, 1}},
    {"abandoned", kType, {2, 1}},
    {"answered_within", kTotal, {2}},
    {"answered_within", kQueue, {1, 1}},
    {"answered_within", kType, {1, 1}},
    {"delay_share", kTotal, {5.0 / 6}},
    {"delay_share", kQueue, {3.0 / 4, 1}},
    {"delay_share", kType, {3.0 / 4, 1}},
    {"answer_rate", kTotal, {3.0 / 6}},
    {"answer_rate", kQueue, {2.0 / 4, 1.0 / 2}},
    {"answer_rate", kType, {2.0 / 4, 1.0 / 2}},
    {"overall_answer_rate", kTotal, {4.0 / 9}},
    {"overall_answer_rate", kType, {3.0 / 7, 1.0 / 2}},
    {"loss_rate", kTotal, {1.0 / 9}},
    {"loss_rate", kType, {1.0 / 7, 0}},
    {"abandon_rate", kTotal, {3.0 / 6}},
    {"abandon_rate", kQueue, {2.0 / 4, 1.0 / 2}},
    {"abandon_rate", kType, {2.0 / 4, 1.0 / 2}},
    {"service_level", kTotal, {2.0 / 6}},
    {"service_level", kQueue, {1.0 / 4, 1.0 / 2}},
    {"service_level", kType, {1.0 / 4, 1.0 / 2}},
    {"service_level_f1", kTotal, {3.0 / 6}},
    {"service_level_f1", kQueue, {2.0 / 4, 1.0 / 2}},
    {"service_level_f1", kType, {2.0 / 4, 1.0 / 2}},
    {"service_level_f2", kTotal, {2.0 / 3}},
    {"service_level_f2", kQueue, {1.0 / 2, 1}},
    {"service_level_f2", kType, {1.0 / 2, 1}},
    {"service_level_f4", kTotal, {2.0 / 5}},
    {"service_level_f4", kQueue, {1.0 / 3, 1.0 / 2}},
    {"service_level_f4", kType, {1.0 / 3, 1.0 / 2}},
    {"service_level_f3s", kTotal, {2.0 / 5}},
    {"service_level_f3s", kQueue, {1.0 / 3, 1.0 / 2}},
    {"service_level_f3s", kType, {1.0 / 3, 1.0 / 2}},
    {"answer_rate_with_callbacks", kTotal, {3.0 / 6}},
    {"answer_rate_with_callbacks", kQueue, {2.0 / 4, 1.0 / 2}},
    {"answer_rate_with_callbacks", kType, {2.0 / 4, 1.0 / 2}},
    {"containment", kTotal, {1.0 / 3}},
    {"containment", kType, {1.0 / 3, kNaN}},
    {"repeat_share", kTotal, {1.0 / 9}},
    {"repeat_share", kType, {1.0 / 7, 0}},
};
const std::vector<Expected> kTimes = {
    {"asa", kTotal, {80.0 / 3}},
    {"asa", kQueue, {15, 50}},
    {"asa", kType, {15, 50}},
    {"mean_wait", kTotal, {194.0 / 6}},
    {"mean_wait", kQueue, {74.0 / 4, 60}},
    {"mean_wait", kType, {74.0 / 4, 60}},
    {"max_wait", kTotal, {70}},
    {"max_wait", kQueue, {40, 70}},
    {"max_wait", kType, {40, 70}},
    {"wait_p50", kTotal, {30}},
    {"wait_p50", kQueue, {4, 50}},
    {"wait_p80", kTotal, {50}},
    {"wait_p80", kQueue, {40, 70}},
    {"wait_p95", kTotal, {70}},
    {"wait_p95", kQueue, {40, 70}},
    {"mean_time_to_abandon", kTotal, {38}},
    {"mean_time_to_abandon", kQueue, {22, 70}},
    {"mean_time_to_abandon", kType, {22, 70}},
    {"talk", kTotal, {200}},
    {"talk", kQueue, {150, 300}},
    {"talk", kType, {150, 300}},
    {"wrap", kTotal, {50.0 / 3}},
    {"wrap", kQueue, {25, 0}},
    {"wrap", kType, {25, 0}},
    {"aht", kTotal, {650.0 / 3}},
    {"aht", kQueue, {175, 300}},
    {"aht", kType, {175, 300}},
};
// Signed in: 14,400 s and 5,400 s. Talk 300 and 300, dialling 0 and 60, wrap-up 50 and 20, break
// 600 and 0, so available 13,450 and 5,020.
const std::vector<Expected> kStaffAndLines = {
    {"occupancy", kTotal, {730.0 / 19200}},
    {"occupancy", kGroup, {350.0 / 13800, 380.0 / 5400}},
    {"talk_utilisation", kTotal, {660.0 / 19800}},
    {"talk_utilisation", kGroup, {300.0 / 14400, 360.0 / 5400}},
    {"wrap_utilisation", kTotal, {70.0 / 19800}},
    {"wrap_utilisation", kGroup, {50.0 / 14400, 20.0 / 5400}},
    {"utilisation", kTotal, {730.0 / 19800}},
    {"utilisation", kGroup, {350.0 / 14400, 380.0 / 5400}},
    {"talk_idle_share", kTotal, {19130.0 / 19800}},
    {"talk_idle_share", kGroup, {13750.0 / 14400, 5380.0 / 5400}},
    {"calls_per_agent_hour", kTotal, {3 / 5.5}},
    {"calls_per_agent_hour", kGroup, {2 / 4.0, 1 / 1.5}},
    {"idle_per_contact", kTotal, {18470.0 / 4}},
    {"idle_per_contact", kGroup, {13450.0 / 2, 5020.0 / 2}},
    {"signed_in", kTotal, {2.75}},
    {"signed_in", kGroup, {2, 0.75}},
    {"busy_agents", kTotal, {730.0 / 7200}},
    {"busy_agents", kGroup, {350.0 / 7200, 380.0 / 7200}},
    {"dials", kTotal, {2}},
    {"dials", kGroup, {0, 2}},
    {"reach_rate", kTotal, {0.5}},
    {"reach_rate", kGroup, {kNaN, 0.5}},
    {"attempts", kTrunks, {7, 2}},
    {"blocked", kTrunks, {1, 0}},
    {"loss_rate", kTrunks, {1.0 / 7, 0}},
    {"trunk_occupancy", kTotal, {864.0 / 43200}},
    {"trunk_occupancy", kTrunks, {444.0 / 28800, 420.0 / 14400}},
    {"trunk_peak", kTrunks, {3, 1}},
    {"no_line", kTotal, {1}},
    {"no_line", kTrunks, {1, 0}},
    {"lines_in_service", kTotal, {6}},
    {"lines_in_service", kTrunks, {4, 2}},
};

}  // namespace

TEST_CASE("Every indicator equals the count by hand") {
  const Blueprint plan = make_blueprint(hand_world());
  const KpiTable kpis = tell_the_day(plan);
  std::map<std::pair<std::string, ScopeKind>, int> seen;
  for (const auto* table : {&kCalls, &kTimes, &kStaffAndLines})
    for (const Expected& expected : *table) {
      ++seen[{expected.key, expected.kind}];
      for (std::uint32_t i = 0; i < expected.day.size(); ++i) {
        INFO(expected.key << ", scope " << static_cast<int>(expected.kind) << ", " << i);
        const double value = kpis.day(expected.key, {expected.kind, i}, 0.95).value;
        const bool from_histogram = std::string{expected.key}.starts_with("wait_p");
        if (std::isnan(expected.day[i]))
          CHECK(std::isnan(value));
        else
          CHECK(value == Approx(expected.day[i]).epsilon(from_histogram ? 0.022 : 1e-12));
      }
    }
  for (const Metric& metric : metrics())
    for (const ScopeKind kind : metric.scopes) {
      INFO(metric.key << ", scope " << static_cast<int>(kind));
      const auto found = seen.find({std::string{metric.key}, kind});
      if (found != seen.end()) {
        CHECK(found->second == 1);
        continue;
      }
      REQUIRE(kNotByHand.count(std::string{metric.key}) == 1);
      const double value = kpis.day(metric.key, {kind, 0}, 0.95).value;
      CHECK((std::isnan(value) || value == 0));  // nothing is counted of it
    }
}

TEST_CASE("What is not counted by hand is held by the test that is named for it") {
  for (const auto& [key, file] : kNotByHand) {
    INFO(key << " in tests/" << file);
    CHECK(std::any_of(metrics().begin(), metrics().end(),
                      [&name = key](const Metric& metric) { return metric.key == name; }));
    std::ifstream in{source_path("tests/" + file)};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    CHECK(text.find('"' + key + '"') != std::string::npos);
  }
}

TEST_CASE("Indicators by interval: calls where they rang, time where it passed") {
  const Blueprint plan = make_blueprint(hand_world());
  const KpiTable kpis = tell_the_day(plan);
  const auto value = [&](const char* key, Scope scope, std::uint32_t interval) {
    return kpis.estimate(*find_metric(key, scope.kind), scope, interval, 0.95).value;
  };
  CHECK(value("attempts", {}, 0) == 8);
  CHECK(value("attempts", {}, 1) == 1);
  CHECK(value("abandon_rate", {}, 0) == Approx(2.0 / 5));
  CHECK(value("abandon_rate", {}, 1) == 1);
  CHECK(value("service_level", {}, 0) == Approx(2.0 / 5));
  CHECK(value("service_level", {}, 1) == 0);
  CHECK(std::isnan(value("asa", {}, 1)));
  CHECK(value("mean_time_to_abandon", {}, 1) == Approx(70));
  CHECK(value("max_wait", {kQueue, 1}, 0) == Approx(50));
  CHECK(value("signed_in", {kGroup, 1}, 0) == 1);
  CHECK(value("signed_in", {kGroup, 1}, 1) == Approx(0.5));
  CHECK(value("occupancy", {kGroup, 0}, 0) == Approx(350.0 / 6600));
  CHECK(value("occupancy", {kGroup, 0}, 1) == 0);
  CHECK(value("trunk_occupancy", {kTrunks, 0}, 0) == Approx(444.0 / 14400));
  CHECK(value("trunk_occupancy", {kTrunks, 1}, 1) == Approx(70.0 / 7200));
  CHECK(value("trunk_peak", {kTrunks, 0}, 1) == 0);
  CHECK(std::isnan(value("wait_p50", {}, 0)));  // by day only
}

TEST_CASE("Wait quantiles hold their stated error") {
  WaitHistogram histogram;
  CHECK(histogram.quantile(0.5) == 0s);
  for (std::int64_t i = 1; i <= 100'000; ++i) histogram.add(SimDuration{i * i / 100});
  for (const double share : {0.001, 0.1, 0.5, 0.8, 0.95, 0.999, 1.0}) {
    const double i = share * 100'000;
    const double exact = std::floor(i * i / 100);
    CHECK(static_cast<double>(histogram.quantile(share).count()) ==
          Approx(exact).epsilon(0.022).margin(0.5));
  }
  WaitHistogram twice;
  twice.add(histogram);
  twice.add(histogram);
  CHECK(twice.count() == 2 * histogram.count());
  CHECK(twice.quantile(0.8) == histogram.quantile(0.8));
}

TEST_CASE("Warm-up intervals are shown, and left out of the day") {
  World world = hand_world();
  world.day.warm_up = 1h;
  const Blueprint plan = make_blueprint(world);
  const KpiTable kpis = tell_the_day(plan);
  CHECK(kpis.day("attempts", {}, 0.95).value == 1);
  CHECK(kpis.day("wait_p50", {}, 0.95).value == Approx(70).epsilon(0.022));
  CHECK(kpis.day("signed_in", {}, 0.95).value == Approx(2.5));
  CHECK(kpis.estimate(*find_metric("attempts", kTotal), {}, 0, 0.95).value == 8);
}

}  // namespace callmill::test
