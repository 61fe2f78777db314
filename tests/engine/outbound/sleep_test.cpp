// A campaign sleeps only while it would not dial: asked after every event, as nobody needs to, the
// centre goes the same way.

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "engine/centre/flow.h"
#include "tests/engine/centre/rich_world.h"

namespace callmill::test {
namespace {

std::vector<std::uint16_t> tape_of(std::uint64_t number) {
  std::vector<std::uint16_t> tape;
  for (std::uint64_t i = 0; i < 97; ++i)
    tape.push_back(static_cast<std::uint16_t>(mix64(number * 1000 + i + kGolden)));
  return tape;
}

struct Dials : Observer {
  int made = 0;
  void campaign_dialled(std::uint32_t, const Call&) { ++made; }
};

struct Way {
  std::vector<std::uint64_t> prints;  // of the centre, every kEvery events and at the end
  int dials = 0;
  int asleep = 0;  // events after which no campaign was to be asked
};

Way day(const Blueprint& plan, bool restless) {
  constexpr int kEvery = 64;
  Centre centre = open_centre(plan, 20, 3);
  Dials dials;
  Flow<Dials> flow{plan, centre, dials};
  Way way;
  const auto ask_all = [&] {
    centre.dialler_wakes = kStart;
    for (CampaignState& campaign : centre.campaigns) campaign.asks_at = kStart;
  };
  if (restless) ask_all();
  for (int events = 1; flow.step(); ++events) {
    way.asleep += centre.dialler_wakes > centre.now ? 1 : 0;
    if (restless) ask_all();
    if (events % kEvery == 0) way.prints.push_back(fingerprint(centre));
  }
  way.prints.push_back(fingerprint(centre));
  way.dials = dials.made;
  return way;
}

}  // namespace

TEST_CASE("A Flow asks for itself what another one knew of its centre") {
  int waited = 0;
  for (std::uint64_t number = 0; number < 24; ++number) {
    const Features features{static_cast<std::uint8_t>(Feature::kCampaigns),
                            static_cast<std::uint8_t>(Feature::kRouting)};
    const Blueprint plan = make_blueprint(rich_world(tape_of(100 + number), features));
    INFO("tape " << 100 + number);
    Centre centre = open_centre(plan, 21, 0);
    Dials dials;
    Flow<Dials> flow{plan, centre, dials};
    const auto somebody_waits = [&] {
      return std::any_of(centre.waiting.begin(), centre.waiting.end(),
                         [](const FifoList& list) { return list.size > 1; });
    };
    for (int events = 0; (events < 400 || !somebody_waits()) && flow.step();) ++events;
    waited += somebody_waits() ? 1 : 0;
    Centre copy = centre;
    copy.with_waiting = {};
    copy.dialler_wakes = SimTime::max();
    for (CampaignState& campaign : copy.campaigns) campaign.asks_at = SimTime::max();
    flow.run_out();
    Flow<Dials> again{plan, copy, dials};
    CHECK(broken_laws(plan, copy).empty());
    CHECK(copy.dialler_wakes <= copy.now);
    again.run_out();
    CHECK(fingerprint(copy) == fingerprint(centre));
  }
  CHECK(waited > 4);
}

TEST_CASE("A campaign that sleeps would not have dialled") {
  const auto campaigns = static_cast<std::uint8_t>(Feature::kCampaigns);
  int dials = 0, asleep = 0;
  for (std::uint8_t other = 0; other < kFeatures; ++other) {
    for (std::uint64_t number = 0; number < 3; ++number) {
      const Features features{campaigns, other};
      const Blueprint plan = make_blueprint(rich_world(tape_of(3 * other + number), features));
      INFO("tape " << 3 * other + number << in_words(features));
      const Way way = day(plan, false);
      CHECK(way.prints == day(plan, true).prints);
      dials += way.dials;
      asleep += way.asleep;
    }
  }
  CHECK(dials > 1000);
  CHECK(asleep > 1000);
}

}  // namespace callmill::test
