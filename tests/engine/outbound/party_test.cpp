// Persons who answer a campaign's dial: how long they wait for an agent, who loses them, and how
// many numbers are reached.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/kpi/kpi_table.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

// A list of persons who answer after 10 s of ringing, for agents who have nothing else to do.
World answering(double staff, SimDuration detection_takes) {
  OneQueue spec;
  spec.agents = staff;
  spec.per_hour = 0;
  World world = one_queue(spec);
  world.day.opens = 8h;
  world.day.closes = 18h;
  world.queues.push_back(queue_to("parties", {0}));
  Campaign campaign;
  campaign.name = "list";
  campaign.numbers = 200;
  campaign.queue = QueueId{1};
  campaign.mode = DialMode::kPower;
  campaign.ring_answered = ConstantLaw{10};
  campaign.ring_unanswered = ConstantLaw{20};
  campaign.detection = MachineDetection{detection_takes, Probability{1}, Probability{0}};
  campaign.talk = ConstantLaw{60};
  campaign.wrap = ConstantLaw{15};
  campaign.preview = ConstantLaw{10};
  world.campaigns = {campaign};
  return world;
}

struct Parties {
  double live = 0, wait_s = 0, reached = 0, dropped = 0, hung_up = 0;
};
Parties parties_of(const World& world) {
  REQUIRE(faults(world) == std::vector<std::string>{});
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  run_day(plan, 4, 0, recorder);
  Parties sum;
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const Cell<CampaignCount>& cell = recorder.campaigns().cell(0, i);
    const auto n = [&](CampaignCount c) { return static_cast<double>(cell[at(c)]); };
    sum.live += n(CampaignCount::kLive);
    sum.reached += n(CampaignCount::kReached);
    sum.wait_s += n(CampaignCount::kWait) * 1e-6;
    sum.dropped += n(CampaignCount::kDropped);
    sum.hung_up += n(CampaignCount::kHungUp);
  }
  return sum;
}

}  // namespace

TEST_CASE("A party waits from lifting the receiver on, while the dialler looks for machines too") {
  // One dial at a time finds its agent idle: the wait is the detection.
  World world = answering(1, 1500ms);
  world.campaigns[0].per_idle = 1;
  Parties p = parties_of(world);
  CHECK(p.reached == 200);
  CHECK(p.wait_s == Approx(1.5 * 200).epsilon(1e-12));
  // Two dials an agent: of each two parties one finds nobody. It is dropped 2 s after lifting the
  // receiver, 0.5 s after the detection; or at once where that takes longer.
  world.campaigns[0].per_idle = 2;
  for (const SimDuration takes : {SimDuration{1500ms}, SimDuration{3s}}) {
    world.campaigns[0].detection->takes = takes;
    p = parties_of(world);
    CHECK(p.reached == 100);
    CHECK(p.dropped == 100);
    CHECK(p.wait_s == Approx(to_seconds(takes) * 100).epsilon(1e-12));
  }
  // Who would hang up after 1 s does so in the detection, agent or not; after 1.7 s in the queue.
  world.campaigns[0].detection->takes = 1500ms;
  world.campaigns[0].patience = ConstantLaw{1};
  p = parties_of(world);
  CHECK(p.live == 200);
  CHECK(p.hung_up == 200);
  CHECK(p.reached == 0);
  world.campaigns[0].patience = ConstantLaw{1.7};
  p = parties_of(world);
  CHECK(p.reached == 100);
  CHECK(p.hung_up == 100);
  // An agent who has dialled himself is on the line at once.
  world.campaigns[0].patience = ConstantLaw{1};
  world.campaigns[0].mode = DialMode::kPreview;
  p = parties_of(world);
  CHECK(p.reached == 200);
  CHECK(p.wait_s == 0);
}

TEST_CASE("Numbers reached are those talked with at least once, however often") {
  World world = answering(10, 0s);
  Campaign& campaign = world.campaigns[0];
  campaign.mode = DialMode::kProgressive;
  campaign.per_idle = 1;
  campaign.numbers = 50;
  campaign.retry[static_cast<std::size_t>(DialCause::kLive)] = Retry{ConstantLaw{3600}, 3};
  campaign.most_per_day = 2;  // the second at once, the third on another day
  world.days.count = 2;
  world.days.first = parse_date("2026-11-23");
  ReplicateOptions options;
  options.replications = 3;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  const auto day = [&](const char* key) { return kpis.day(key, {}, 0.95).value; };
  CHECK(day("parties_reached") == 150);
  CHECK(day("list_success") == 1);
  CHECK(day("list_penetration") == 1);
  CHECK(day("list_completion") == 1);
}

}  // namespace callmill::test
