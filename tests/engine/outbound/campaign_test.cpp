// Campaigns: where every number of a list is, when and how often it is dialled; the abandon cap.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

constexpr std::size_t at_cause(DialCause cause) {
  return static_cast<std::size_t>(cause);
}

// Callers and a list share six agents; each cause has its share and its rule.
World blended(DialMode mode) {
  OneQueue spec;
  spec.agents = 6;
  spec.lines = 40;
  spec.per_hour = 30;
  spec.talk = ExponentialLaw{150};
  spec.patience = ExponentialLaw{100};
  spec.length = 10h;
  World world = one_queue(spec);
  world.day.opens = 8h;
  world.day.closes = 18h;
  world.queues.push_back(queue_to("parties", {0}));
  world.trunks.push_back(lines("out", 12));
  Campaign campaign;
  campaign.name = "list";
  campaign.numbers = 900;
  campaign.queue = QueueId{1};
  campaign.trunks = TrunkGroupId{1};
  campaign.mode = mode;
  campaign.per_idle = mode == DialMode::kProgressive ? 1 : 2;
  campaign.per_busy = mode == DialMode::kPredictive ? 0.3 : 0;
  campaign.from = 9h;
  campaign.to = 17h + 30min;
  campaign.invalid = Probability{0.1};
  campaign.filter_finds = Probability{0.5};
  campaign.filter_cost = 0.02;
  const auto share = [&](DialCause cause, double value) {
    campaign.outcome[at_cause(cause)] = flat(value, spec.length);
  };
  share(DialCause::kNetwork, 0.02);
  share(DialCause::kOff, 0.05);
  share(DialCause::kOutOfArea, 0.03);
  share(DialCause::kBusy, 0.1);
  share(DialCause::kRefused, 0.05);
  share(DialCause::kMachine, 0.1);
  campaign.outcome[at_cause(DialCause::kNoAnswer)] = Profile{5h, {0.4, 0.2}};
  campaign.ring_answered = UniformLaw{4, 20};
  campaign.ring_unanswered = UniformLaw{15, 35};
  campaign.preview = ExponentialLaw{10};
  campaign.detection = MachineDetection{2s, Probability{0.8}, Probability{0.02}};
  campaign.talk = ExponentialLaw{90};
  campaign.wrap = ConstantLaw{15};
  campaign.patience = ExponentialLaw{4};
  campaign.most_waiting = 2;
  for (const DialCause cause : {DialCause::kOff, DialCause::kBusy, DialCause::kNoAnswer,
                                DialCause::kMachine, DialCause::kDropped})
    campaign.retry[at_cause(cause)] = Retry{ExponentialLaw{1800}, 4};
  campaign.most_per_day = 3;
  world.campaigns.push_back(campaign);
  return world;
}

const std::vector<DialMode> kModes = {DialMode::kPreview,   DialMode::kProgressive,
                                      DialMode::kPower,     DialMode::kPredictive,
                                      DialMode::kAtRelease, DialMode::kAtOwnRelease};

struct Dials : Observer {
  struct Dial {
    SimTime at;
    std::uint16_t attempt;
  };
  std::map<std::uint32_t, std::vector<Dial>> of;  // by number
  std::map<std::uint32_t, DialCause> ended;
  std::set<std::uint32_t> reached;
  std::int64_t filtered = 0;
  void campaign_dialled(std::uint32_t, const Call& dial) {
    of[dial.caller].push_back({dial.arrived, dial.attempt});
  }
  void number_ended(std::uint32_t, const Call& dial, DialCause cause) {
    CHECK(ended.emplace(dial.caller, cause).second);  // once
  }
  void campaign_reached(std::uint32_t, const Call& dial, SimDuration wait) {
    CHECK(reached.insert(dial.caller).second);
    if (mode == DialMode::kPreview) CHECK(wait == SimDuration{0});  // an agent is there
  }
  DialMode mode = DialMode::kProgressive;
  void number_filtered(std::uint32_t, std::uint32_t) { ++filtered; }
};

std::int64_t in_flight(const Centre& centre) {
  return std::count_if(centre.calls.begin(), centre.calls.end(), [](const Call& call) {
    return call.state == CallState::kDialled && has(call, Mark::kCampaign);
  });
}

}  // namespace

TEST_CASE("Each number of a list is in exactly one place, at every moment and in every mode") {
  for (const DialMode mode : kModes) {
    INFO(static_cast<int>(mode));
    const World world = blended(mode);
    const Blueprint plan = make_blueprint(world);
    Centre centre = open_centre(plan, 4, 0);
    Dials dials;
    dials.mode = mode;
    Watched<Dials> flow{plan, centre, dials};
    const auto look = [&] {
      for (const char* law : broken_laws(plan, centre)) FAIL(law);
      const CampaignState& state = centre.campaigns[0];
      std::int64_t ended = 0;
      for (const std::uint32_t n : state.ended) ended += n;
      if (mode != DialMode::kPreview) CHECK(in_flight(centre) == state.dialled);
      const auto due = static_cast<std::int64_t>(state.due.size() - state.first_due);
      CHECK(world.campaigns[0].numbers == (900 - state.next) + in_flight(centre) + state.waiting +
                                              state.planned + due + state.left + ended);
      CHECK(dials.filtered == state.ended[at_cause(DialCause::kFiltered)]);
    };
    for (SimTime t = kStart; t < kStart + 11h; t += 7min) {
      flow.run_until(t);
      look();
    }
    flow.run_out();
    look();
    CHECK(dials.reached.size() > 200);
    CHECK(dials.filtered > 10);
    // Rules of the list: 9:00 to 17:30, three dials a day, no dial after the end.
    std::size_t more_than_once = 0;
    for (const auto& [number, made] : dials.of) {
      CHECK(made.size() <= 3);
      more_than_once += made.size() > 1 ? 1u : 0u;
      for (std::size_t i = 0; i < made.size(); ++i) {
        CHECK(made[i].attempt == i);
        CHECK(made[i].at >= kStart + 1h);
        CHECK(made[i].at < kStart + 9h + 30min);
      }
    }
    CHECK(more_than_once > 20);
    for (const std::uint32_t number : dials.reached)
      CHECK(dials.ended.at(number) == DialCause::kLive);
  }
}

TEST_CASE("No number is dialled more often in seven days than the list allows") {
  World world = blended(DialMode::kPower);
  world.days.count = 18;
  Campaign& campaign = world.campaigns[0];
  campaign.outcome = {};
  campaign.retry = {};
  campaign.outcome[at_cause(DialCause::kNoAnswer)] = flat(0.9, 10h);
  campaign.retry[at_cause(DialCause::kNoAnswer)] = Retry{ExponentialLaw{3600}, 1000};
  campaign.numbers = 60;
  campaign.most_per_day = 2;
  campaign.most_per_week = 5;
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Dials dials;
  Watched{plan, centre, dials}.run_out();
  const auto day = [](SimTime t) { return (8h + (t - kStart)) / 24h; };
  std::size_t full = 0, after_a_week = 0;  // the sixth dial, a week after the first
  for (const auto& [number, made] : dials.of)
    for (std::size_t i = 0; i < made.size(); ++i) {
      std::size_t week = 0, today = 0;
      for (std::size_t j = 0; j <= i; ++j) {
        week += day(made[j].at) + 7 > day(made[i].at) ? 1u : 0u;
        today += day(made[j].at) == day(made[i].at) ? 1u : 0u;
      }
      REQUIRE(week <= 5);
      REQUIRE(today <= 2);
      full += week == 5 ? 1u : 0u;
      if (i >= 5 && week == 5) after_a_week += day(made[i].at) - day(made[i - 5].at) == 7 ? 1u : 0u;
    }
  CHECK(full > 50);
  CHECK(after_a_week > 20);
}

TEST_CASE("A number's luck does not depend on agents, pace or other numbers") {
  struct Outcomes : Observer {
    std::map<std::pair<std::uint32_t, std::uint16_t>, std::pair<SimTime, DialCause>> of;
    void campaign_outcome(std::uint32_t, const Call& dial, DialCause cause) {
      of.emplace(std::pair{dial.caller, dial.attempt}, std::pair{dial.arrived, cause});
    }
  };
  const auto outcomes = [](World world) {
    world.campaigns[0].outcome[at_cause(DialCause::kNoAnswer)] = flat(0.3, 10h);
    const Blueprint plan = make_blueprint(world);
    Centre centre = open_centre(plan, 8, 0);
    Outcomes seen;
    Watched<Outcomes> flow{plan, centre, seen};
    flow.run_out();
    return seen.of;
  };
  World more = blended(DialMode::kPower);
  more.groups[0].staff->values = {9};
  const auto a = outcomes(blended(DialMode::kPredictive)), b = outcomes(more);
  std::size_t both = 0;
  for (const auto& [dial, seen] : a)
    if (const auto found = b.find(dial); found != b.end()) {
      CHECK(found->second.second == seen.second);
      ++both;
    }
  CHECK(both > 500);
}

TEST_CASE("Outcomes have the stated shares, by the time of day") {
  World world = blended(DialMode::kPower);
  world.campaigns[0].numbers = 100'000;
  world.campaigns[0].filter_finds = Probability{0};
  world.campaigns[0].retry = {};
  ReplicateOptions options;
  options.replications = 40;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  const Scope campaign{ScopeKind::kCampaign, 0};
  const auto near = [&](const char* key, std::uint32_t interval, double exact) {
    const Estimate e =
        kpis.estimate(*find_metric(key, ScopeKind::kCampaign), campaign, interval, 0.999);
    INFO(key << " in " << interval << ": " << e.value << " [" << e.ci_low << ", " << e.ci_high);
    CHECK(e.ci_low <= exact);
    CHECK(exact <= e.ci_high);
  };
  const std::uint32_t first = 1, last = 8;  // 9:00 to 10:00, 16:00 to 17:00
  near("loss_invalid", first, 0.1);
  near("loss_network", first, 0.9 * 0.02);
  near("loss_machine", first, 0.9 * 0.1);
  near("loss_no_answer", first, 0.9 * 0.4);
  near("campaign_reach_rate", first, 0.9 * 0.25);
  near("loss_no_answer", last, 0.9 * 0.2);
  near("campaign_reach_rate", last, 0.9 * 0.45);
}

TEST_CASE("The abandon cap is held, at a pace above progressive") {
  World world = blended(DialMode::kPower);
  world.caller_types[0].volume = flat_rate(0, 10h);
  world.groups[0].staff->values = {20};
  world.trunks[1].lines = 400;
  Campaign& campaign = world.campaigns[0];
  campaign.numbers = 100'000;
  campaign.per_idle = 3;
  campaign.per_busy = 0.6;
  campaign.mode = DialMode::kPredictive;
  campaign.detection.reset();
  campaign.retry = {};
  ReplicateOptions options;
  options.replications = 60;
  options.seed = 17;
  const auto run = [&] { return replicate(make_blueprint(world), options).kpis; };
  const Scope scope{ScopeKind::kCampaign, 0};
  const double uncapped = run().day("dialler_abandon_rate", scope, 0.999).value;
  CHECK(uncapped > 0.05);
  campaign.cap = AbandonCap{};
  const KpiTable capped = run();
  const Estimate rate = capped.day("dialler_abandon_rate", scope, 0.999);
  INFO("uncapped " << uncapped << ", capped " << rate.value << " [" << rate.ci_low << ", "
                   << rate.ci_high << "]");
  CHECK(rate.ci_high < 0.03);
  CHECK(rate.ci_low > 0.01);  // it does not hide below the cap
  const double talks = capped.day("parties_reached", scope, 0.999).value;
  campaign.cap.reset();
  campaign.mode = DialMode::kProgressive;
  campaign.per_busy = 0;
  const KpiTable progressive = run();
  CHECK(progressive.day("dialler_abandon_rate", scope, 0.999).value == 0);
  CHECK(talks > 1.1 * progressive.day("parties_reached", scope, 0.999).value);
  // Day by day, too.
  campaign.mode = DialMode::kPredictive;
  campaign.per_busy = 0.6;
  campaign.cap = AbandonCap{};
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  int over = 0;
  for (std::uint64_t day = 0; day < 60; ++day) {
    run_day(plan, 18, day, recorder);
    std::int64_t live = 0, lost = 0;
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      const Cell<CampaignCount>& cell = recorder.campaigns().cell(0, i);
      live += cell[at(CampaignCount::kLive)];
      lost += cell[at(CampaignCount::kDropped)] + cell[at(CampaignCount::kHungUp)];
    }
    REQUIRE(live > 500);
    over += static_cast<double>(lost) > 0.03 * static_cast<double>(live) ? 1 : 0;
  }
  CHECK(over <= 3);
}

TEST_CASE("A batch at release is as large as the rule says") {
  struct Batches : Observer {
    const Centre* centre = nullptr;
    std::vector<int> size;
    std::uint32_t idle = 0;
    bool counts = false;
    void event(SimTime, Calendar::Slot) { size.push_back(0); }
    void campaign_dialled(std::uint32_t, const Call&) {
      if (size.back() == 0) idle = centre->idle[0].size;
      ++size.back();
      CHECK(size.back() <= static_cast<int>(std::floor(2.0 * idle + 0.5)));
      CHECK(idle >= 3);
    }
  };
  World world = blended(DialMode::kAtRelease);
  world.campaigns[0].trunks.reset();
  world.campaigns[0].idle_from = 3;
  world.campaigns[0].numbers = 100'000;
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 6, 0);
  Batches batches;
  batches.centre = &centre;
  Watched<Batches> flow{plan, centre, batches};
  flow.run_out();
  CHECK(std::count(batches.size.begin(), batches.size.end(), 6) > 20);
}

// An agent who looks at a record or dials when the site fails is gone; the number is dealt with as
// when the network fails, at that moment: dialled again if the campaign says so, else done with.
TEST_CASE("Dials of a lost site end as dials that the network lost") {
  struct Outcomes : Observer {
    explicit Outcomes(const Centre& running) : c{running} {}
    void campaign_outcome(std::uint32_t, const Call& dial, DialCause cause) {
      if (cause == DialCause::kNetwork) lost[dial.caller] = c.now;
    }
    void number_ended(std::uint32_t, const Call& dial, DialCause cause) {
      if (cause == DialCause::kNetwork) ended[dial.caller] = c.now;
    }
    void campaign_dialled(std::uint32_t, const Call& dial) { ++dials[dial.caller]; }
    const Centre& c;
    std::map<std::uint32_t, SimTime> lost, ended;
    std::map<std::uint32_t, int> dials;
  };
  const SimTime fails = kStart + 2h;
  for (const bool again : {false, true}) {
    World world = blended(DialMode::kPreview);
    world.campaigns[0].outcome[at_cause(DialCause::kNetwork)].reset();
    if (again) world.campaigns[0].retry[at_cause(DialCause::kNetwork)] = Retry{ConstantLaw{600}, 9};
    world.campaigns[0].most_per_day = 9;
    Event fire;
    fire.name = "fire";
    fire.kind = Event::Kind::kSiteLoss;
    fire.at = 10h;
    fire.length = 30min;
    world.events = {fire};
    REQUIRE(faults(world).empty());
    const Blueprint plan = make_blueprint(world);
    std::size_t in_hand = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Centre c = open_centre(plan, seed, 0);
      Outcomes log{c};
      Watched flow{plan, c, log};
      flow.run_until(fails - 1us);
      std::map<std::uint32_t, SimTime> dialling;
      for (const Agent& agent : c.agents)
        if (agent.state == AgentState::kDialling && agent.line != kNobody)
          dialling[c.calls[agent.line].caller] = fails;
      in_hand += dialling.size();
      CHECK(log.lost.empty());
      std::map<std::uint32_t, int> before = log.dials;
      flow.run_until(fails);
      CHECK(broken_laws(plan, c).empty());
      CHECK(log.lost == dialling);
      CHECK(log.ended == (again ? std::map<std::uint32_t, SimTime>{} : dialling));
      for (const Agent& agent : c.agents) CHECK(agent.state == AgentState::kOff);
      flow.run_until(fails + 2h);
      CHECK(broken_laws(plan, c).empty());
      for (const auto& [number, when] : dialling)
        CHECK(log.dials.at(number) >= before.at(number) + (again ? 1 : 0));
      if (!again)
        for (const auto& [number, when] : dialling)
          CHECK(log.dials.at(number) == before.at(number));
    }
    CHECK(in_hand > 20);
  }
}

TEST_CASE("A copy of a centre with a campaign under way runs on alike") {
  for (const DialMode mode : kModes) {
    World world = blended(mode);
    if (mode == DialMode::kPower) world.campaigns[0].cap = AbandonCap{.share = Probability{0.5}};
    const Blueprint plan = make_blueprint(world);
    Observer nobody;
    Centre whole = open_centre(plan, 12, 1);
    Watched<Observer> first{plan, whole, nobody};
    first.run_until(kStart + 3h);
    Centre copy = whole;
    first.run_out();
    Watched<Observer> second{plan, copy, nobody};
    second.run_out();
    CHECK(fingerprint(whole) == fingerprint(copy));
  }
}

}  // namespace callmill::test
