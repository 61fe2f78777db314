// Expected waits and what hearing them does.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

World announced(Predictor predictor, Announcement announce) {
  OneQueue spec;
  spec.agents = 5;
  spec.lines = 100;
  spec.per_hour = 130;
  spec.patience = ExponentialLaw{180};
  spec.length = 10h;
  World world = one_queue(spec);
  world.queues.front().predictor = predictor;
  world.queues.front().announce = std::move(announce);
  return world;
}

double share(const KpiTable& kpis, const char* key) {
  return kpis.day(key, {ScopeKind::kQueue, 0}, 0.999).value;
}

KpiTable run(const World& world, std::int64_t replications = 20) {
  ReplicateOptions options;
  options.seed = 21;
  options.replications = replications;
  return replicate(make_blueprint(world), options).kpis;
}

}  // namespace

TEST_CASE("Lines through points are level beyond the ends") {
  const std::vector<double> x = {10, 20, 40}, y = {0.1, 0.3, 0.2};
  CHECK(line_through(x, y, 5) == 0.1);
  CHECK(line_through(x, y, 10) == 0.1);
  CHECK(line_through(x, y, 15) == Approx(0.2));
  CHECK(line_through(x, y, 30) == Approx(0.25));
  CHECK(line_through(x, y, 40) == 0.2);
  CHECK(line_through(x, y, 99) == 0.2);
}

// Talks of 600 s, one agent: the second caller expects 600 s, the third 1,200 s.
TEST_CASE("Callers who are there when the day opens are callers of the queue") {
  OneQueue spec;
  spec.lines = 10;
  spec.per_hour = 0;
  spec.talk = ConstantLaw{600};
  World world = one_queue(spec);
  world.caller_types[0].opening = 3;
  world.queues[0].predictor = Predictor::kQueueLength;
  Announcement announce;
  announce.from = 1000s;
  announce.balk = {{0s, Probability{1}}};
  world.queues[0].announce = announce;
  const KpiTable kpis = run(world, 1);
  CHECK(share(kpis, "answered") == 2);
  CHECK(share(kpis, "abandoned") == 1);
}

// Who hears what can be read off who hangs up: nobody below `from`, everybody at or above it.
TEST_CASE("Every predictor: share that hangs up at once is that of callers who hear enough") {
  struct Judge : Observer {
    const Blueprint& plan;
    const Centre& centre;
    Predictor predictor;
    std::vector<SimDuration> waits;  // of those answered, in order
    std::int64_t balked = 0, stayed = 0;
    SimTime joined;
    bool waits_now = false;
    double expected_s = 0;
    Judge(const Blueprint& p, const Centre& c, Predictor k) : plan{p}, centre{c}, predictor{k} {}

    double expect() const {
      const auto& list = centre.waiting[0];
      if (predictor == Predictor::kLastWait) return waits.empty() ? 0 : to_seconds(waits.back());
      if (predictor == Predictor::kMeanWait) {
        const std::size_t n = std::min<std::size_t>(3, waits.size());
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) sum += to_seconds(waits[waits.size() - 1 - i]);
        return n == 0 ? 0 : sum / static_cast<double>(n);
      }
      if (predictor == Predictor::kHeadWait)
        return list.size == 0 ? 0 : to_seconds(centre.now - centre.calls[list.head].joined);
      if (predictor == Predictor::kQueueLength) return (list.size + 1) * 180.0 / 5;
      double sum = 0;
      for (std::uint32_t i = 0; i <= list.size; ++i) sum += 1 / (5 / 180.0 + i / 180.0);
      return sum;
    }
    void offered(const Call& call) {
      joined = call.joined;
      waits_now = centre.idle[0].size == 0;
      expected_s = expect();
    }
    void answered(const Call&, std::uint32_t, SimDuration wait, SimDuration) {
      waits.push_back(wait);
    }
    void abandoned(const Call&, SimDuration wait) {
      if (wait > SimDuration{}) return;
      ++balked;
      CHECK(waits_now);
      CHECK(expected_s >= 60 - 1e-5);
    }
    void event(SimTime t, Calendar::Slot) {
      if (!waits_now || t <= joined) return;  // did the last one stay?
      stayed += expected_s < 60 ? 1 : 0;
      waits_now = false;
    }
  };
  for (const Predictor predictor :
       {Predictor::kLastWait, Predictor::kMeanWait, Predictor::kHeadWait, Predictor::kQueueLength,
        Predictor::kErlang}) {
    Announcement announce;
    announce.from = 60s;
    announce.balk = {{0s, Probability{1}}};  // everybody who hears anything hangs up
    World world = announced(predictor, announce);
    world.queues.front().predictor_last = 3;
    const Blueprint plan = make_blueprint(world);
    Centre centre = open_centre(plan, 31, 0);
    Judge judge{plan, centre, predictor};
    Watched<Judge> flow{plan, centre, judge};
    flow.run_out();
    INFO(static_cast<int>(predictor));
    CHECK(judge.balked > 20);
    CHECK(judge.stayed > 20);
  }
}

// 100 s of talk, 10 s of dialling, 50 s of conference and 20 s of wrap-up until an agent is ready,
// where the stated laws say 100 + 20 s. Second agents abound.
TEST_CASE("Handle time is measured from answer to ready where the stated laws leave some out") {
  World world = announced(Predictor::kQueueLength, {});
  CallerType& type = world.caller_types[0];
  type.talk = ConstantLaw{100};
  type.wrap = ConstantLaw{20};
  CallerType next = callers("next", flat_rate(0, 10h), 1);
  next.talk = ConstantLaw{60};
  world.caller_types.push_back(next);
  world.queues.push_back(queue_to("second", {1}));
  world.groups.push_back(agents("second", flat(80, 10h)));
  Transfer transfer;
  transfer.share = Probability{1};
  transfer.as = CallerTypeId{1};
  transfer.how = Transfer::How::kConference;
  transfer.dial = ConstantLaw{10};
  transfer.conference = ConstantLaw{50};
  world.caller_types[0].transfers = {transfer};
  const auto check = [](const World& w, SimDuration until, double handle_s) {
    const Blueprint plan = make_blueprint(w);
    Centre centre = open_centre(plan, 3, 0);
    Observer nobody;
    Watched<Observer> flow{plan, centre, nobody};
    int busy = 0;
    for (SimDuration t = 20min; t < until; t += 37s) {
      flow.run_until(kStart + t);
      if (centre.idle[0].size > 0) continue;
      ++busy;
      const double waiting = centre.waiting[0].size;
      const double told = flow.indicator({Indicator::kExpectedWait, Sense::kAtLeast, 0});
      CHECK(told == Approx((waiting + 1) * handle_s / 5).epsilon(1e-6));
    }
    CHECK(busy > 100);
  };
  check(world, 10h, 180);
  // By the stated laws alone their mean is used, from the first caller on.
  world.caller_types[0].transfers.clear();
  world.caller_types[0].volume = flat_rate(160, 10h);
  check(world, 10h, 120);
  // Twice as slow for a morning: what an agent has taken is what counts.
  Event slow;
  slow.name = "slow";
  slow.kind = Event::Kind::kSlowDown;
  slow.length = 10h;
  slow.talk = 2;
  slow.wrap = 2;
  world.events = {slow};
  check(world, 10h, 240);
}

TEST_CASE("Erlang's predictor is right on average") {
  // With nobody hanging up on it, predicted and real waits of infinitely patient test callers have
  // the same mean: the callers here are the patient half of a mix.
  struct Judge : Observer {
    Watched<Judge>* flow = nullptr;
    const Centre* centre = nullptr;
    double error = 0, squares = 0;
    std::int64_t n = 0;
    std::vector<double> told = std::vector<double>(10'000, -1);
    void offered(const Call& call) {
      if (call.type != 1) return;
      told[call.caller] = -1;
      if (centre->idle[0].size > 0) return;
      double sum = 0;
      for (std::uint32_t i = 0; i <= centre->waiting[0].size; ++i)
        sum += 1 / (5 / 180.0 + i / 180.0);
      told[call.caller] = sum;
    }
    void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration) {
      if (call.type != 1 || told[call.caller] < 0) return;
      const double e = to_seconds(wait) - told[call.caller];
      error += e;
      squares += e * e;
      ++n;
    }
  };
  OneQueue spec;
  spec.agents = 5;
  spec.lines = 200;
  spec.per_hour = 110;
  spec.patience = ExponentialLaw{180};
  spec.length = 1000h;
  spec.interval = 1000h;
  World world = one_queue(spec);
  CallerType patient = callers("patient", flat_rate(0.5, spec.length), 0);
  patient.talk = spec.talk;
  world.caller_types.push_back(patient);
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 77, 0);
  Judge judge;
  judge.centre = &centre;
  Watched<Judge> flow{plan, centre, judge};
  flow.run_out();
  const double mean = judge.error / static_cast<double>(judge.n);
  const double sd = std::sqrt(judge.squares / static_cast<double>(judge.n) - mean * mean);
  REQUIRE(judge.n > 200);
  CHECK(std::abs(mean) < 3.3 * sd / std::sqrt(static_cast<double>(judge.n)));
}

TEST_CASE("Announcements: more hang up at once, those who stay are less or more patient") {
  const auto abandon_rate = [](double factor, double balk, SimDuration every) {
    Announcement announce;
    announce.patience_factor = factor;
    announce.every = every;
    announce.balk = {{30s, Probability{0}}, {5min, Probability{balk}}};
    return share(run(announced(Predictor::kErlang, announce)), "abandon_rate");
  };
  const double plain = abandon_rate(1, 0, 0s);
  CHECK(abandon_rate(1, 0.6, 0s) > plain + 0.005);
  CHECK(abandon_rate(0.5, 0, 0s) > plain + 0.005);
  CHECK(abandon_rate(2, 0, 0s) < plain - 0.005);
  // Told again, callers leave sooner: fewer wait, and shorter.
  const auto mean_wait = [](SimDuration every) {
    Announcement announce;
    announce.every = every;
    announce.balk = {{30s, Probability{0}}, {5min, Probability{0.6}}};
    return share(run(announced(Predictor::kErlang, announce)), "mean_wait");
  };
  CHECK(mean_wait(20s) < mean_wait(0s) - 1);
}

TEST_CASE("An announcement that changes nothing changes nothing") {
  World plain = announced(Predictor::kErlang, {});
  plain.queues.front().announce.reset();
  const KpiTable a = run(plain), b = run(announced(Predictor::kErlang, {}));
  for (const char* key : {"abandon_rate", "mean_wait", "answered"})
    CHECK(share(a, key) == share(b, key));
}

TEST_CASE("A stated patience takes the place of the callers' own") {
  Announcement announce;
  announce.patience = ConstantLaw{1e6};
  World world = announced(Predictor::kErlang, announce);
  world.caller_types.front().volume = flat_rate(90, 10h);
  CHECK(share(run(world), "abandoned") == 0);
}

TEST_CASE("Volumes that tell days apart weigh the callers of a queue as plain ones do") {
  World plain = everything();
  plain.days.count = 2;
  plain.days.first = parse_date("2026-11-23");
  World by_day = plain;
  for (CallerType& type : by_day.caller_types) {
    type.volume.by_day = {{"workday", type.volume.step, type.volume.values}};
    type.volume.values.clear();
  }
  REQUIRE(contradictions(by_day).empty());
  const Blueprint a = make_blueprint(plain), b = make_blueprint(by_day);
  for (std::size_t q = 0; q < plain.queues.size(); ++q) {
    CHECK(a.queues[q].predictor.handle_s > 0);
    CHECK(a.queues[q].predictor.handle_s == Approx(b.queues[q].predictor.handle_s));
    CHECK(a.queues[q].predictor.abandon_rate_per_s ==
          Approx(b.queues[q].predictor.abandon_rate_per_s));
  }
}

TEST_CASE("Mean handle time and patience are those of who comes to the queue") {
  World world = everything();
  const Blueprint plan = make_blueprint(world);
  for (std::size_t q = 0; q < world.queues.size(); ++q) {
    double low = 1e9, high = 0;
    for (const CallerType& type : world.caller_types) {
      const double handle = mean(type.talk) + mean(type.wrap);
      low = std::min(low, handle);
      high = std::max(high, handle);
    }
    CHECK(plan.queues[q].predictor.handle_s >= low);
    CHECK(plan.queues[q].predictor.handle_s <= high);
  }
}

}  // namespace callmill::test
