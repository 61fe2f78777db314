// Talks of the day are learnt: exact where talks are exponential, right in the mean with talks in
// hand and wrong without, and futures that come nearer and whose bands hold what they promise.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "base/stats/tally.h"
#include "engine/live/seed.h"
#include "engine/live/twin.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/live/teller.h"

namespace callmill::test {
namespace {

using live::FloorEvent;
using live::Seeds;
using live::Situation;
using live::TalkScale;
using live::Twin;
using live::UsualTalks;

constexpr double kFar = 4.42;  // standard errors: once in 100,000

World centre_of(const Law& talk, std::uint32_t agents = 10, double per_hour = 160) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = 60;
  spec.per_hour = per_hour;
  spec.talk = talk;
  spec.patience = ExponentialLaw{150};
  spec.length = 4h;
  return one_queue(spec);
}

// Talks over of that mean, in the first interval, and talks in hand of those ages.
Situation after(SimTime at, std::int64_t talks, double mean_s, const std::vector<double>& ages_s) {
  Situation s;
  s.at = at;
  for (const double age : ages_s) s.talks.push_back({0, 0, at - from_seconds(age)});
  Situation::OfQueue of;
  of.offered = of.answered = talks;
  of.talk_s = mean_s;
  s.so_far.assign(1, {talks, 0, {of}});
  return s;
}

TalkScale scale_of(const World& world, const Situation& s, const live::TalkScaleOptions& options) {
  const Blueprint plan = make_blueprint(world);
  return live::talk_scales(plan, UsualTalks{world, plan}, s, options).front();
}

// A day whose talks are `scale` times as long, told as events until `at`; then on to its end.
struct Told {
  Situation seen;
  Centre centre;
  Recorder recorder;
};

Told tell(const World& world, const Blueprint& plan, const Blueprint& real, double scale,
          std::uint64_t number, SimTime at) {
  std::vector<FloorEvent> events;
  Told told{{}, open_centre(real, 71, number), Recorder{real}};
  if (scale != 1) told.centre.talk_scales.assign(plan.queues.size(), scale);
  Teller teller{world, 0, events};
  Observers<Recorder, Teller> both{told.recorder, teller};
  Flow<Observers<Recorder, Teller>>{real, told.centre, both}.run_until(at);
  Twin twin{world, plan, {}};
  for (const FloorEvent& event : events) twin.take(event);
  told.seen = twin.situation(at);
  Flow<Recorder>{real, told.centre, told.recorder}.run_out();
  return told;
}

// Of calls that come from an interval on: [mean talk, share that hangs up].
struct Rest {
  double talk_s = 0, abandoned = 0;
};

Rest rest_of(const Recorder& recorder, std::uint32_t first) {
  double talk = 0, answered = 0, abandoned = 0, offered = 0;
  for (std::uint32_t i = first; i < recorder.plan().intervals; ++i) {
    const auto& cell = recorder.calls(0, 0, i);
    talk += 1e-6 * static_cast<double>(cell[at(CallCount::kTalk)]);
    answered += static_cast<double>(cell[at(CallCount::kAnswered)]);
    abandoned += static_cast<double>(cell[at(CallCount::kAbandoned)]);
    offered += static_cast<double>(cell[at(CallCount::kOffered)]);
  }
  return {talk / std::max(1.0, answered), abandoned / std::max(1.0, offered)};
}

std::vector<Rest> futures_of(const World& world, const Blueprint& plan, const Situation& seen,
                             double talk_cv, int futures) {
  live::SeedOptions options;
  options.talk_cv = talk_cv;
  options.seed = static_cast<std::uint64_t>(seen.so_far.front().calls);
  const Seeds seeds{world, plan, seen, options};
  std::vector<Rest> rests;
  for (int r = 0; r < futures; ++r) {
    Snapshot future = seeds.future(r);
    Flow<Recorder>{plan, future.centre, future.recorder}.run_out();
    rests.push_back(rest_of(future.recorder, plan.days.interval_at(seen.at + SimDuration{1})));
  }
  return rests;
}

}  // namespace

TEST_CASE("With exponential talks the scale is the conjugate posterior, age by age") {
  const World world = centre_of(ExponentialLaw{180});
  const std::vector<double> ages = {5, 60, 61, 200, 420, 700};
  const double age_sum = 5 + 60 + 61 + 200 + 420 + 700;
  const Situation s = after(kStart + 50min, 46, 210, ages);
  const TalkScale scale = scale_of(world, s, {0.2, 0});
  // Prior: mean 1, cv 0.2: shape 27, rate 26. Those in hand are among the 46.
  const double talks = 40;
  CHECK(scale.talks == talks);
  CHECK(scale.shape == Approx(27 + talks).epsilon(1e-9));
  CHECK(scale.rate == Approx(26 + (talks * 210 + age_sum) / 180).epsilon(0.002));
  CHECK(scale.mean() == Approx((26 + (talks * 210 + age_sum) / 180) / 66).epsilon(0.002));
  // Draws are of that law: quantiles of 1 / gamma, and the mean of many.
  double sum = 0;
  constexpr int kDraws = 2000;
  for (int i = 0; i < kDraws; ++i) sum += scale.draw((i + 0.5) / kDraws, 0.5) / kDraws;
  CHECK(sum == Approx(scale.mean()).epsilon(1e-3));
  CHECK(scale.draw(0.2, 0.5) < scale.draw(0.8, 0.5));
  // What strays within the day bounds what any number of talks can say.
  const TalkScale many = scale_of(world, after(kStart + 50min, 100'000, 225, {}), {0.05, 0.1});
  CHECK(many.mean() - 1 == Approx(0.25 * (1 / 0.005) / (401 + 1 / 0.005)).epsilon(0.01));
  // Nothing told: the prior alone.
  Situation nothing;
  nothing.at = kStart + 1h;
  CHECK(scale_of(world, nothing, {0.1, 0}).mean() == Approx(1).epsilon(1e-9));
}

TEST_CASE("Talks in hand count by their age; left out, the mean is too low") {
  const Law law =
      GENERATE(Law{ExponentialLaw{600}}, Law{LognormalLaw{600, 750}}, Law{GammaLaw{600, 4}});
  // Half an hour after the opening: of long talks, most of those over are the short ones.
  const World world = centre_of(law, 40, 160);
  const Blueprint plan = make_blueprint(world);
  const UsualTalks usual{world, plan};
  Tally with, without;
  for (std::uint64_t day = 0; day < 400; ++day) {
    const Situation seen = tell(world, plan, plan, 1, day, kStart + 30min).seen;
    for (const bool in_hand : {true, false}) {
      const TalkScale s = live::talk_scales(plan, usual, seen, {0.01, 0, in_hand}).front();
      const double prior = 2 + 1e4;
      // Units of the usual mean beyond one for each talk that is over.
      (in_hand ? with : without).add(((s.rate - (prior - 1)) - (s.shape - prior)) / s.shape * 1e4);
    }
  }
  INFO(describe(law) << ": " << with.mean() << " and " << without.mean());
  const auto error = [](const Tally& t) { return std::sqrt(t.variance() / 400); };
  CHECK(std::abs(with.mean()) <= kFar * error(with));
  CHECK(without.mean() < -2 * kFar * error(without));
}

TEST_CASE("A talk that begins is as long as talks are today, and so is what is left of one") {
  World world = centre_of(ConstantLaw{300});
  const Blueprint plan = make_blueprint(world);
  const Situation s = after(kStart + 50min, 62, 360, {100, 320});
  live::SeedOptions options;
  options.talk_cv = 0.2;
  const Seeds seeds{world, plan, s, options};
  CHECK(seeds.report().beyond_law == 0);  // 320 s are beyond the scenario's law, not beyond today's
  const Snapshot future = seeds.future(3);
  std::vector<double> left_s;
  for (std::uint32_t a = 0; a < plan.agents(); ++a)
    if (future.centre.agents[a].state == AgentState::kTalk)
      left_s.push_back(to_seconds(future.centre.calendar.time_of(plan.agent_slot(a)) - s.at));
  std::sort(left_s.begin(), left_s.end());
  REQUIRE(left_s.size() == 2);
  CHECK(left_s[0] == Approx(40).margin(4));
  CHECK(left_s[1] == Approx(260).margin(4));
  // The core's way and the general one draw alike.
  const World roomy = centre_of(LognormalLaw{180, 200}, 50, 100);
  const Blueprint wide = make_blueprint(roomy);
  REQUIRE(wide.core_only);
  const auto talk_of = [&](double scale, auto&& run) {
    Centre c = open_centre(wide, 9, 0);
    if (scale != 1) c.talk_scales = {scale};
    Recorder recorder{wide};
    run(c, recorder);
    double talk = 0;
    for (std::uint32_t i = 0; i < wide.intervals; ++i)
      talk += static_cast<double>(recorder.calls(0, 0, i)[at(CallCount::kTalk)]);
    return talk;
  };
  const auto core = [&](Centre& c, Recorder& r) {
    Flow<Recorder, Parts::kCore>{wide, c, r}.run_out();
  };
  const auto all = [&](Centre& c, Recorder& r) { Flow<Recorder>{wide, c, r}.run_out(); };
  CHECK(talk_of(1.25, core) == Approx(1.25 * talk_of(1, core)).epsilon(1e-6));
  CHECK(talk_of(1.25, core) == talk_of(1.25, all));
}

TEST_CASE("Futures draw scales of their own, the same for every plan; unasked, none") {
  const World world = centre_of(LognormalLaw{180, 200});
  const Blueprint plan = make_blueprint(world);
  const Situation s = after(kStart + 50min, 62, 220, {100, 320});
  live::SeedOptions options;
  CHECK(Seeds{world, plan, s, options}.future(1).centre.talk_scales.empty());
  options.talk_cv = 0.1;
  options.talk_rest_cv = 0.1;
  const Seeds seeds{world, plan, s, options};
  const World more = centre_of(LognormalLaw{180, 200}, 14);
  const Blueprint larger = make_blueprint(more);
  const Seeds others{more, larger, s, options};
  Tally drawn;
  for (int r = 0; r < 400; ++r) {
    const double scale = seeds.future(r).centre.talk_scales.front();
    CHECK(scale == others.future(r).centre.talk_scales.front());
    drawn.add(scale);
  }
  CHECK(drawn.mean() == Approx(seeds.report().talk_scales.front().mean()).epsilon(0.03));
  CHECK(std::sqrt(drawn.variance()) > 0.05);
}

TEST_CASE(
    "Talks a quarter longer than the scenario has them: learnt, the rest is foreseen nearer") {
  const World world = centre_of(LognormalLaw{180, 225});
  const World longer = centre_of(LognormalLaw{225, 281.25});
  const Blueprint plan = make_blueprint(world), real = make_blueprint(longer);
  Tally learnt_talk, fixed_talk, learnt_lost, fixed_lost, talk;
  for (std::uint64_t day = 0; day < 60; ++day) {
    const SimTime noon = kStart + 2h - SimDuration{1};
    const Told told = tell(world, plan, real, 1, day, noon);
    const Rest was = rest_of(told.recorder, plan.days.interval_at(kStart + 2h));
    for (const double cv : {0.2, 0.0}) {
      Tally talk_s, abandoned;
      for (const Rest& rest : futures_of(world, plan, told.seen, cv, 20)) {
        talk_s.add(rest.talk_s);
        abandoned.add(rest.abandoned);
      }
      (cv > 0 ? learnt_talk : fixed_talk).add(std::abs(talk_s.mean() - was.talk_s));
      (cv > 0 ? learnt_lost : fixed_lost).add(std::abs(abandoned.mean() - was.abandoned));
      if (cv > 0) talk.add(talk_s.mean());
    }
  }
  INFO("talk: off by " << learnt_talk.mean() << " s, " << fixed_talk.mean()
                       << " s unlearnt; foreseen " << talk.mean() << " s; abandoned: off by "
                       << learnt_lost.mean() << ", unlearnt " << fixed_lost.mean());
  CHECK(learnt_talk.mean() < 0.6 * fixed_talk.mean());
  CHECK(learnt_lost.mean() < 0.8 * fixed_lost.mean());
  CHECK(talk.mean() > 210);
  CHECK(talk.mean() < 230);
}

TEST_CASE("Over many days whose talks stray, bands hold what they promise; unlearnt, they do not") {
  const World world = centre_of(LognormalLaw{180, 225});
  const Blueprint plan = make_blueprint(world);
  constexpr double kCv = 0.2;
  constexpr int kDays = 400, kFutures = 19;  // a day is at each of 20 places alike
  const TalkScale prior{2 + 1 / (kCv * kCv), 1 + 1 / (kCv * kCv), 0, 0};
  const ReplicationKey luck{71, 0};
  double inside[2][2] = {};  // [unlearnt, learnt][talk, abandoned]
  for (std::uint64_t day = 0; day < kDays; ++day) {
    const OwnerKey of = luck.owner(Owner::kCentre, 7, day);
    const double scale = prior.draw(of.uniform(Purpose::kTalkScale), 0.5);
    const Told told = tell(world, plan, plan, scale, day, kStart + 90min - SimDuration{1});
    const Rest was = rest_of(told.recorder, plan.days.interval_at(kStart + 90min));
    for (const int learnt : {0, 1}) {
      int below[2] = {}, ties = 0;
      for (const Rest& rest : futures_of(world, plan, told.seen, learnt * kCv, kFutures)) {
        below[0] += rest.talk_s < was.talk_s ? 1 : 0;
        below[1] += rest.abandoned < was.abandoned ? 1 : 0;
        ties += rest.abandoned == was.abandoned ? 1 : 0;
      }
      below[1] += static_cast<int>(of.uniform(Purpose::kTalk) * (ties + 1));
      for (const int what : {0, 1}) inside[learnt][what] += below[what] >= 2 && below[what] <= 17;
    }
  }
  const double error = std::sqrt(0.8 * 0.2 / kDays);
  for (const int what : {0, 1}) {
    INFO((what == 0 ? "talk: " : "abandoned: ")
         << 100 * inside[1][what] / kDays << "% of 80% in the band, unlearnt "
         << 100 * inside[0][what] / kDays << "%");
    CHECK(std::abs(inside[1][what] / kDays - 0.8) < kFar * error);
    CHECK(inside[0][what] < inside[1][what] - kFar * error * kDays);
  }
}

}  // namespace callmill::test
