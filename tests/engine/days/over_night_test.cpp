// What goes on over closed hours and to the end of the run: callers in menus, callers who come
// back, and the money of each day. All of it counted by hand.

#include <catch2/catch.hpp>
#include <map>
#include <vector>

#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/run.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

constexpr SimDuration kOpen = 8h;  // 9:00 to 17:00
constexpr std::int64_t kDays = 3;  // Thursday, Friday and, after a closed Saturday, Sunday

// An agent for each caller, talks of 100 s.
World plenty() {
  OneQueue spec;
  spec.agents = 200;
  spec.lines = 400;
  spec.per_hour = 60;
  spec.length = kOpen;
  spec.talk = ConstantLaw{100};
  World world = one_queue(spec);
  world.day.opens = 9h;
  world.day.closes = 17h;
  world.days.count = kDays + 1;
  world.days.first = parse_date("2026-11-26");
  world.days.closed = {"saturday"};
  return world;
}

double value(const KpiTable& kpis, const char* key) {
  return kpis.day(key, {}, 0.95).value;
}
// Of an open day, 0 the first.
double on(const KpiTable& kpis, const char* key, std::uint32_t day) {
  const std::uint32_t slots = kpis.layout().intervals();
  return kpis.estimate(*find_metric(key, ScopeKind::kTotal), {}, slots + 1 + day, 0.95).value;
}
double at_hour(const KpiTable& kpis, const char* key, std::uint32_t hour) {
  return kpis.estimate(*find_metric(key, ScopeKind::kTotal), {}, hour, 0.95).value;
}

// How many rang for the first time, and again, on each open day; and where the clock was.
struct Arrivals : Observer {
  explicit Arrivals(const Blueprint& p) : plan{p}, fresh(kDays), again(kDays) {}
  void attempted(std::uint16_t, std::uint32_t interval, std::uint16_t attempt, std::uint32_t) {
    REQUIRE(interval < plan.intervals);  // nobody rings while it is closed
    ++(attempt == 0 ? fresh : again)[interval / 8];
  }
  void answered(const Call& call, std::uint32_t, SimDuration, SimDuration) {
    if (call.attempt == 0)
      first[call.caller] = call.arrived;
    else
      second[call.caller] = call.arrived;
  }
  const Blueprint& plan;
  std::vector<double> fresh, again;
  std::map<std::uint32_t, SimTime> first, second;  // by caller
};

struct OneRun {
  explicit OneRun(const World& world)
      : plan{make_blueprint(world)}, kpis{plan}, arrivals{plan}, recorder{plan} {
    Observers<Arrivals, Recorder> both{arrivals, recorder};
    Centre centre = open_centre(plan, 61, 0);
    Watched<Observers<Arrivals, Recorder>>{plan, centre, both}.run_out();
    CHECK(broken_laws(plan, centre).empty());
    ReplicationCounts counts;
    export_counts(recorder, kpis.layout(), counts);
    kpis.add(counts);
  }
  Blueprint plan;
  KpiTable kpis;
  Arrivals arrivals;
  Recorder recorder;
};

}  // namespace

// A prompt of half an hour: who rings after 16:30 hears its end after closing time, goes on to the
// queue or to self-service of ten minutes, and is served, on each day and at the end of the run.
TEST_CASE(
    "Callers in a menu at closing time go on to its end, and their time after it counts not") {
  World world = plenty();
  Menu menu;
  menu.name = "menu";
  menu.prompt = ConstantLaw{1800};
  menu.options = {{"1", Probability{0.5}, to_self_service(ConstantLaw{600})},
                  {"2", Probability{0.5}, to_queue(0)}};
  world.menus = {menu};
  world.caller_types[0].enters = to_menu(0);
  for (const AtClose at_close : {AtClose::kServe, AtClose::kClear}) {
    world.day.at_close = at_close;
    const KpiTable kpis = run(world, 62, 40);
    const double n = value(kpis, "attempts");
    CHECK(value(kpis, "self_served") + value(kpis, "answered") == Approx(n).epsilon(1e-12));
    CHECK(value(kpis, "containment") == Approx(value(kpis, "self_served") / n).epsilon(1e-12));
    CHECK(value(kpis, "disconnected") == 0);  // nobody waits: an agent is there for each
    CHECK(value(kpis, "mean_wait") == 0);
    for (std::uint32_t day = 0; day < kDays; ++day)
      CHECK(on(kpis, "self_served", day) + on(kpis, "answered", day) ==
            Approx(on(kpis, "attempts", day)).epsilon(1e-12));
    // A caller who holds a line for h holds it min(h, time to closing) in open hours: of 60 an hour
    // from opening on, 60 (8 h - h^2 / 2) line-hours a day.
    const auto line_hours = [](double h) { return 60 * (8 * h - h * h / 2); };
    const double held =
        (line_hours(40.0 / 60) + line_hours(30.0 / 60 + 100.0 / 3600)) / 2 / (8 * 400);
    Ledger ledger{"lines of menus up to closing time"};
    ledger.add("trunk_occupancy", kpis.day("trunk_occupancy", {}, Ledger::kConfidence), held);
    ledger.add("containment", kpis.day("containment", {}, Ledger::kConfidence), 0.5);
    ledger.judge();
  }
}

// Nothing is settled at first, and everyone comes back once, 16 h later: at night, so as long after
// the next opening as it would have been after the last closing, at the same time of the next open
// day (docs/models/days.md). Friday's callers come on Sunday; Sunday's would come after the run.
TEST_CASE(
    "Who comes back at night comes on the next open day, over closed ones, or after the run") {
  World world = plenty();
  world.groups[0].staff = flat(1500, kOpen);
  world.trunks[0].lines = 3000;
  Resolution& resolution = world.caller_types[0].resolution.emplace();
  resolution.first_contact = Probability{0};
  resolution.repeat = Probability{1};
  resolution.returns = {Probability{1}, ConstantLaw{16 * 3600}, 1};
  REQUIRE(faults(world) == std::vector<std::string>{});
  const OneRun run{world};
  const Arrivals& a = run.arrivals;
  CHECK(a.again[0] == 0);
  CHECK(a.again[1] == a.fresh[0]);
  CHECK(a.again[2] == a.fresh[1]);
  for (const auto& [caller, at] : a.second) {
    const SimDuration since = a.first.at(caller) - kStart;  // Thursday's opening
    const std::int64_t days = since < 24h ? 1 : 3;
    CHECK(at == kStart + 24h * days + (since % 24h + 100s) % kOpen);
  }
  const double all = a.fresh[0] + a.fresh[1] + a.fresh[2], back = a.fresh[0] + a.fresh[1];
  REQUIRE(all > 1000);
  CHECK(value(run.kpis, "callers") == all);
  CHECK(value(run.kpis, "attempts") == all + back);
  CHECK(value(run.kpis, "attempts_per_caller") == Approx((all + back) / all).epsilon(1e-12));
  CHECK(value(run.kpis, "another_day") == Approx(a.fresh[2] / all).epsilon(1e-12));
  CHECK(value(run.kpis, "unresolved_in_the_end") == 0);
  CHECK(value(run.kpis, "open_at_the_end") == 0);
  CHECK(value(run.kpis, "served_in_the_end") == 1);
  CHECK(value(run.kpis, "fcr") == 0);
  CHECK(value(run.kpis, "resolution_rate") == Approx(back / (all + back)).epsilon(1e-12));
  CHECK(value(run.kpis, "repeat_share") == Approx(back / (all + back)).epsilon(1e-12));
  // By day of the contact, and of the caller's first call.
  for (std::uint32_t day = 0; day < kDays; ++day) {
    CHECK(on(run.kpis, "contacts", day) == a.fresh[day] + a.again[day]);
    CHECK(on(run.kpis, "callers", day) == a.fresh[day]);
    CHECK(on(run.kpis, "another_day", day) == (day == 2 ? 1 : 0));
  }
}

// The same callers with prices: each day has the money of what happened on it, rent the closed day
// too, and nobody earns or costs while it is closed.
TEST_CASE("Money over nights, a closed day and the end of the run, by hand") {
  World world = plenty();
  world.groups[0].staff = flat(1500, kOpen);
  world.trunks[0].lines = 3000;
  world.groups[0].wage_per_hour = 20;
  world.trunks[0].rent_per_day = 0.5;
  world.costs = Costs{0.6, 7, 2, 5};
  Resolution& resolution = world.caller_types[0].resolution.emplace();
  resolution.first_contact = Probability{0};
  resolution.returns = {Probability{1}, ConstantLaw{16 * 3600}, 1};
  resolution.repeat = Probability{1};
  World deserted = world;
  REQUIRE(faults(world) == std::vector<std::string>{});
  const OneRun run{world};
  const Arrivals& a = run.arrivals;
  const double contacts = a.fresh[0] + a.fresh[1] + a.fresh[2] + a.again[1] + a.again[2];
  CHECK(value(run.kpis, "cost_wages") == Approx(20.0 * 1500 * 8 * 3).epsilon(1e-12));
  CHECK(value(run.kpis, "cost_lines") == Approx(0.5 * 3000 * 4).epsilon(1e-12));
  CHECK(value(run.kpis, "cost_lost_callers") == 0);
  CHECK(value(run.kpis, "revenue") ==
        Approx(2 * contacts + 5 * (a.again[1] + a.again[2])).epsilon(1e-12));
  for (std::uint32_t day = 0; day < kDays; ++day) {
    CHECK(on(run.kpis, "revenue", day) ==
          Approx(2 * (a.fresh[day] + a.again[day]) + 5 * a.again[day]).epsilon(1e-12));
    CHECK(on(run.kpis, "cost_wages", day) == Approx(20.0 * 1500 * 8).epsilon(1e-12));
    CHECK(on(run.kpis, "cost_lines", day) == Approx(0.5 * 3000 * 4 / 3).epsilon(1e-12));
  }
  CHECK(value(run.kpis, "cost_call_minutes") ==
        Approx(0.6 * 60 * 8 * 3 * 3000 * value(run.kpis, "trunk_occupancy")).epsilon(1e-9));
  CHECK(value(run.kpis, "margin") ==
        Approx(value(run.kpis, "revenue") - value(run.kpis, "cost")).epsilon(1e-9));

  // No agent comes in the last hour of a day, so those who ring then wait, each night: for the
  // morning, after which they are served; at the end of the run for ever. Who waits then is not
  // lost, for no caller has given up.
  deserted.groups[0].staff = Profile{1h, {1500, 1500, 1500, 1500, 1500, 1500, 1500, 0}};
  deserted.caller_types[0].resolution.emplace();
  REQUIRE(faults(deserted) == std::vector<std::string>{});
  const OneRun waits{deserted};
  const double fresh = waits.arrivals.fresh[0] + waits.arrivals.fresh[1] + waits.arrivals.fresh[2];
  const double left = fresh - value(waits.kpis, "answered");
  CHECK(left > 20);
  CHECK(left ==
        Approx(3 * at_hour(waits.kpis, "attempts", 7) - 3 * at_hour(waits.kpis, "answered", 7))
            .epsilon(1e-12));
  CHECK(value(waits.kpis, "open_at_the_end") == Approx(left / fresh).epsilon(1e-12));
  CHECK(value(waits.kpis, "cost_lost_callers") == 0);
  CHECK(value(waits.kpis, "revenue") == Approx(7 * (fresh - left)).epsilon(1e-12));
  // Disconnected at each closing instead, they gave up: that has its price.
  deserted.day.at_close = AtClose::kClear;
  const OneRun cleared{deserted};
  const double cut_off = value(cleared.kpis, "disconnected");
  CHECK(cut_off > left);
  CHECK(value(cleared.kpis, "gave_up") == Approx(cut_off / fresh).epsilon(1e-12));
  CHECK(value(cleared.kpis, "cost_lost_callers") == Approx(7 * cut_off).epsilon(1e-12));
  CHECK(value(cleared.kpis, "revenue") == Approx(7 * (fresh - cut_off)).epsilon(1e-12));
}

}  // namespace callmill::test
