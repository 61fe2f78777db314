// Runs of several days: each day is a day of its own when nothing carries over, and what carries
// over comes on the next open day.

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "engine/study/targets.h"
#include "models/world/spans.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

constexpr SimDuration kDay = 24h;

// A small overloaded centre, 8 to 12 h, whose queue is empty soon after closing.
World small(std::int64_t days) {
  OneQueue spec;
  spec.agents = 3;
  spec.lines = 8;
  spec.per_hour = 70;
  spec.patience = ExponentialLaw{60};
  spec.length = 4h;
  World world = one_queue(spec);
  world.day.opens = 8h;
  world.day.closes = 12h;
  world.busyness_cv = 0.2;
  world.days.count = days;
  world.days.first = parse_date("2026-11-23");
  return world;
}

KpiTable kpis_of(const World& world, std::int64_t replications, std::uint64_t seed = 5) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = replications;
  return replicate(make_blueprint(world), options).kpis;
}

Estimate of(const KpiTable& kpis, const char* key, std::uint32_t period,
            double confidence = 0.999) {
  return kpis.estimate(*find_metric(key, ScopeKind::kTotal), {}, period, confidence);
}

// What is true at every moment, and how many agents there are off hours.
struct NightWatch : Observer {
  const Blueprint& plan;
  const Centre& centre;
  std::int64_t nightly_attempts = 0, redials = 0;
  NightWatch(const Blueprint& p, const Centre& c) : plan{p}, centre{c} {}
  void attempted(std::uint16_t, std::uint32_t interval, std::uint16_t attempt, std::uint32_t) {
    nightly_attempts += interval >= plan.intervals ? 1 : 0;
    redials += attempt > 0 ? 1 : 0;
  }
};

}  // namespace

TEST_CASE("the first of several days is the single day, event for event") {
  const Blueprint one = make_blueprint(small(1)), many = make_blueprint(small(5));
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Centre a = open_centre(one, seed, 0), b = open_centre(many, seed, 0);
    TrajectoryPrint print_a, print_b;
    Watched flow_a{one, a, print_a};
    Watched flow_b{many, b, print_b};
    flow_a.run_until(kStart + 4h - 1us);
    flow_b.run_until(kStart + 4h - 1us);
    CHECK(print_a.bits() == print_b.bits());
    CHECK(a.events == b.events);
    CHECK(a.events > 300);
  }
}

TEST_CASE("a run that begins on closed days is the run from the first open day on") {
  World open_first = small(3);  // Monday to Wednesday
  open_first.busyness_cv = 0;   // it is drawn by the day of the run
  open_first.groups[0].wage_per_hour = 10;
  open_first.trunks[0].rent_per_day = 1;
  open_first.caller_types[0].opening = 12;
  World closed_first = open_first;
  closed_first.days.count = 5;
  closed_first.days.first = parse_date("2026-11-21");
  closed_first.days.closed = {"saturday", "sunday"};
  const KpiTable a = kpis_of(open_first, 4), b = kpis_of(closed_first, 4);
  REQUIRE(a.layout().intervals() == b.layout().intervals());
  for (std::uint32_t period = 0; period <= a.layout().intervals(); ++period)
    for (const char* key : {"attempts", "answered", "abandoned", "signed_in", "cost_wages"}) {
      CAPTURE(period, key);
      CHECK(of(a, key, period).value == Approx(of(b, key, period).value).margin(1e-9));
    }
  // Rent is of closed days, too.
  const auto whole = a.layout().intervals();
  CHECK(of(b, "cost_lines", whole).value == Approx(of(a, "cost_lines", whole).value * 5 / 3));
  CHECK(make_horizon(closed_first).when_open(kStart + 9h) == kStart + 2 * kDay);
}

TEST_CASE("days of a run are independent days of the same law") {
  const std::int64_t runs = 1500;
  const KpiTable single = kpis_of(small(1), runs, 11), week = kpis_of(small(4), runs, 12);
  const std::uint32_t all = single.layout().intervals();
  REQUIRE(week.layout().intervals() == all);
  REQUIRE(week.layout().days() == 4);
  for (const char* key : {"attempts", "answered", "abandoned", "blocked", "answer_rate", "asa"}) {
    const Estimate expected = of(single, key, all);
    for (std::uint32_t d = 0; d < 4; ++d) {
      const Estimate e = of(week, key, all + 1 + d);
      INFO(key << " day " << d << " " << e.value << " " << expected.value);
      CHECK(e.ci_low <= expected.ci_high);
      CHECK(e.ci_high >= expected.ci_low);
    }
  }
}

TEST_CASE("each day draws its own busyness") {
  World world = small(3);
  world.busyness_cv = 0.5;
  const Blueprint plan = make_blueprint(world);
  double sum = 0, product = 0;
  const int runs = 4000;
  for (int r = 0; r < runs; ++r) {
    const Centre c = open_centre(plan, 3, static_cast<std::uint64_t>(r));
    const double a = 1 / c.gap_scales[0], b = 1 / c.gap_scales[2];
    sum += (a + b) / 2;
    product += (a - 1) * (b - 1);
  }
  CHECK(std::abs(sum / runs - 1) < 3.3 * 0.5 / std::sqrt(2.0 * runs));
  CHECK(std::abs(product / runs) < 3.3 * 0.25 / std::sqrt(1.0 * runs));  // uncorrelated
}

TEST_CASE("days, times of day and the run add up") {
  World world = small(7);
  world.days.closed = {"wednesday"};
  world.day.warm_up = 30min;  // of the first hour: that interval is left out
  const KpiTable kpis = kpis_of(world, 20);
  const KpiLayout& layout = kpis.layout();
  REQUIRE(layout.days() == 6);
  for (const char* key : {"attempts", "offered", "answered", "abandoned", "blocked"}) {
    double days = 0, times = 0;
    for (std::uint32_t d = 0; d < 6; ++d) days += of(kpis, key, layout.intervals() + 1 + d).value;
    for (std::uint32_t i = 0; i < layout.intervals(); ++i)
      times += of(kpis, key, i).value * (i == 0 ? 5 : 6);  // means over the counted days
    const double run = of(kpis, key, layout.intervals()).value;
    CHECK(times == Approx(run));
    CHECK(days > run);  // the days are whole, warm-up included
  }
  CHECK(of(kpis, "signed_in", layout.intervals()).value == Approx(3));
}

TEST_CASE("nobody calls or works at night, and redials come on the next open day") {
  World world = small(7);
  world.days.closed = {"saturday", "sunday"};
  const CallAgain again{Probability{1}, ExponentialLaw{7200}, 4};
  world.caller_types[0].redial.after_block = again;
  world.caller_types[0].redial.after_abandon = again;
  const Blueprint plan = make_blueprint(world);
  std::int64_t redials = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Centre c = open_centre(plan, seed, 0);
    NightWatch watch{plan, c};
    Watched flow{plan, c, watch};
    for (std::int64_t d = 0; d < 5; ++d) {
      flow.run_until(kStart + kDay * d + 2h);
      const auto on_duty = std::count_if(c.agents.begin(), c.agents.end(), [](const Agent& a) {
        return a.state != AgentState::kOff;
      });
      CHECK(on_duty == 3);
      flow.run_until(kStart + kDay * d + 20h);
      CHECK(broken_laws(plan, c).empty());
      const bool all_off = std::all_of(c.agents.begin(), c.agents.end(), [](const Agent& a) {
        return a.state == AgentState::kOff && a.duty == Duty::kOff;
      });
      CHECK((d == 4 || all_off));  // the last closing leaves them to serve the last callers
      CHECK(c.interval == plan.intervals);
      CHECK((d == 4 || !c.later.empty()));
    }
    flow.run_out();
    CHECK(watch.nightly_attempts == 0);
    redials += watch.redials;
  }
  CHECK(redials > 1000);
}

TEST_CASE("callers still inside at closing are served before the agents go") {
  World world = small(2);
  world.caller_types[0].patience.reset();
  const KpiTable kpis = kpis_of(world, 100);
  for (std::uint32_t d = 1; d <= 2; ++d) {
    const std::uint32_t period = kpis.layout().intervals() + d;
    CHECK(of(kpis, "offered", period).value == of(kpis, "answered", period).value);
  }
}

TEST_CASE("a run can be forked at night") {
  const Blueprint plan = make_blueprint(small(4));
  Observer nothing;
  Centre whole = open_centre(plan, 8, 0);
  Watched{plan, whole, nothing}.run_out();
  Centre half = open_centre(plan, 8, 0);
  Watched{plan, half, nothing}.run_until(kStart + kDay + 15h);
  Centre copy = half;
  Watched{plan, copy, nothing}.run_out();
  CHECK(fingerprint(copy) == fingerprint(whole));
}

// M/M/12 of 8 hours, 4.2 calls a minute, 2 min each: a peer simulator's 10,000 days (ContactCenters
// 0.9.9, MMCClrQ) give 0.422 disconnected and 1814.961 answered within 20 s, variances 2.222 and
// 3545.6.
TEST_CASE("queues cleared at closing time: a peer's figures") {
  OneQueue spec;
  spec.agents = 12;
  spec.lines = 1000;
  spec.per_hour = 252;
  spec.talk = ExponentialLaw{120};
  spec.length = 8h;
  spec.interval = 8h;
  World world = one_queue(spec);
  world.day.at_close = AtClose::kClear;
  const std::int64_t days = 4000;
  const KpiTable kpis = kpis_of(world, days);
  const auto agrees = [&](double mean, double peer, double variance) {
    const double se = std::sqrt(variance * (1.0 / 10'000 + 1.0 / static_cast<double>(days)));
    INFO(mean << " peer " << peer << " se " << se);
    CHECK(std::abs(mean - peer) < 3.29 * se);
  };
  agrees(kpis.day("disconnected", {}, 0.95).value, 0.422, 2.222);
  // Who is sent away has not been answered: the level is of all who were offered, D among them.
  const double within =
      kpis.day("service_level", {}, 0.95).value * kpis.day("offered", {}, 0.95).value;
  agrees(within, 1814.961, 3545.6);
  CHECK(kpis.day("offered", {}, 0.95).value ==
        Approx(kpis.day("answered", {}, 0.95).value + kpis.day("disconnected", {}, 0.95).value));
  CHECK(kpis.day("answer_rate", {}, 0.95).value ==
        Approx(kpis.day("answered", {}, 0.95).value / kpis.day("offered", {}, 0.95).value));
}

TEST_CASE("a target is held on every day, at every time of day, or over the run") {
  World world = small(3);
  Profile staff{4h, {6}};
  staff.by_day = {{"tuesday", 4h, {1}}};
  world.groups[0].staff = staff;
  Target target;
  target.metric = "answer_rate";
  target.value = 0.65;
  const KpiTable kpis = kpis_of(world, 60);
  target.per = Per::kRun;
  world.targets = {target};
  CHECK(evaluate_targets(world, kpis)[0].met);
  world.targets[0].per = Per::kDay;
  const TargetResult by_day = evaluate_targets(world, kpis)[0];
  CHECK_FALSE(by_day.met);
  CHECK(by_day.missed_intervals == std::vector<std::uint32_t>{kpis.layout().intervals() + 2});
  CHECK(by_day.interval == kpis.layout().intervals() + 2);
  world.targets[0].per = Per::kInterval;
  CHECK(evaluate_targets(world, kpis)[0].met);
}

TEST_CASE("each week of a run is judged by itself, and a price is of each of its open days") {
  World world = small(21);
  world.days.closed = {"sunday"};
  world.days.special = {{"2026-12-02", "closed"}};
  Profile staff{4h, {6}};  // the second week, Monday to Saturday without Wednesday, has too few
  for (const char* date : {"2026-11-30", "2026-12-01", "2026-12-03", "2026-12-04", "2026-12-05"})
    staff.by_day.push_back({date, 4h, {2}});
  world.groups[0].staff = staff;
  Target target;
  target.metric = "answer_rate";
  target.value = 0.7;
  target.price = 10;
  target.per = Per::kWeek;
  world.targets = {target};
  const KpiTable kpis = kpis_of(world, 40);
  const KpiLayout& layout = kpis.layout();
  REQUIRE(layout.spans().size() == 3);
  CHECK(layout.spans()[1].days() == 5);
  // Counts of a week are those of its days together.
  const Metric& offered = *find_metric("offered", ScopeKind::kTotal);
  const auto count = [&](std::uint32_t period) {
    return kpis.estimate(offered, {}, period, 0.95).value;
  };
  for (std::uint32_t week = 0; week < 3; ++week) {
    double sum = 0;
    for (std::uint32_t d = layout.spans()[week].first; d < layout.spans()[week].end; ++d)
      sum += count(layout.intervals() + 1 + d);
    CHECK(count(layout.end_of_days() + week) == Approx(sum));
  }
  const TargetResult weeks = evaluate_targets(world, kpis)[0];
  CHECK_FALSE(weeks.met);
  CHECK(weeks.missed_intervals == std::vector<std::uint32_t>{layout.end_of_days() + 1});
  CHECK(weeks.interval == layout.end_of_days() + 1);
  CHECK(weeks.penalty() == Approx(10 * 5 * 100 * (0.7 - weeks.estimate.value)));
  // Over the run the good weeks make up for it; the only week of a run is the run.
  world.targets[0].per = Per::kRun;
  CHECK(evaluate_targets(world, kpis)[0].estimate.value > weeks.estimate.value);
  world = small(7);
  target.price.reset();
  world.targets = {target, target};
  world.targets[1].per = Per::kRun;
  const KpiTable one = kpis_of(world, 10);
  CHECK(one.layout().spans().empty());
  const std::vector<TargetResult> same = evaluate_targets(world, one);
  CHECK(same[0].estimate.value == same[1].estimate.value);
  CHECK(same[0].met == same[1].met);
}

TEST_CASE("the months of a run are those of the calendar") {
  World world = small(61);
  world.days.first = parse_date("2026-11-01");
  Target target;
  target.metric = "answer_rate";
  target.per = Per::kMonth;
  world.targets = {target};
  CHECK(is_whole_months(world.days));
  const std::vector<DaySpan> months = target_spans(world);
  REQUIRE(months.size() == 2);
  CHECK(months[0].days() == 30);
  CHECK(months[1].first == 30);
  CHECK(months[1].end == 61);
  world.days.count = 60;
  CHECK_FALSE(is_whole_months(world.days));
  CHECK(target_spans(world).empty());
}

}  // namespace callmill::test
