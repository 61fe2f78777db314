// Laws that hold in every centre at every moment also when lines fail, the network loses calls,
// menus repeat and self-service serves a part: random worlds with trouble added.

#include <catch2/catch.hpp>

#include "engine/kpi/recorder.h"
#include "tests/engine/centre/dice.h"
#include "tests/engine/centre/random_world.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

void add_failures(Dice& dice, World& world) {
  for (TrunkGroup& trunks : world.trunks) {
    if (dice.chance(0.4)) trunks.network_loss = Probability{dice.between(0, 0.2)};
    for (std::int64_t i = dice.whole(0, 2); i > 0; --i) {
      LineOutage outage;
      outage.from = world.day.opens + hours(dice.between(0, 0.6));
      outage.to = outage.from + hours(dice.between(0.01, 0.5));
      outage.share = dice.between(0.1, 1);
      outage.cuts = dice.chance(0.6);
      if (outage.from < world.day.closes) trunks.outages.push_back(outage);
    }
    for (std::int64_t i = dice.whole(0, 2); i > 0; --i)
      trunks.breakdowns.push_back({dice.whole(1, *trunks.lines),
                                   ExponentialLaw{dice.between(200, 2000)},
                                   ExponentialLaw{dice.between(50, 900)}, dice.chance(0.6)});
  }
  for (CallerType& type : world.caller_types) {
    type.redial.after_cut.share = Probability{dice.uniform()};
    for (std::size_t t = 0; t < world.trunks.size(); ++t)
      if (t != type.trunks.index() && dice.chance(0.5))
        type.shared_trunks.push_back(TrunkGroupId{t});
  }
  if (dice.chance(0.4)) world.ivr.ports = dice.whole(1, 8);
}

void add_menu_trouble(Dice& dice, World& world) {
  for (Menu& menu : world.menus) {
    if (dice.chance(0.7)) menu.no_key = Probability{dice.between(0, 0.5)};
    if (dice.chance(0.7)) menu.wrong_key = Probability{dice.between(0, 0.5)};
    menu.key_wait = from_seconds(dice.between(0, 9));
    menu.max_tries = dice.whole(1, 4);
    if (dice.chance(0.5)) menu.otherwise = to_queue(0);
    for (MenuOption& option : menu.options) {
      if (option.to.kind != Destination::Kind::kSelfService) continue;
      option.to.served = Probability{dice.uniform()};
      if (dice.chance(0.6)) option.to.otherwise = {to_queue(0)};
    }
    if (dice.chance(0.5)) continue;
    MenuVariant variant;
    if (dice.chance(0.5)) variant.callers = {CallerTypeId{0}};
    if (dice.chance(0.5)) {
      variant.from = 8h + 20min;
      variant.to = dice.chance(0.5) ? SimDuration{9h} : SimDuration{8h};
    }
    variant.shares = {{menu.options.back().key, Probability{1.0}}};
    menu.variants.push_back(variant);
  }
}

class Books : public Observer {
 public:
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t, std::uint32_t) { ++attempts; }
  void blocked(std::uint16_t, std::uint32_t, std::uint32_t) { ++blocked_; }
  void network_lost(std::uint16_t, std::uint32_t, std::uint32_t) { ++lost; }
  void hung_up_in_menu(const Call&) { ++menu_ends; }
  void self_served(const Call&) { ++menu_ends; }
  void offered(const Call&) { ++offers; }
  void answered(const Call&, std::uint32_t, SimDuration, SimDuration length) {
    ++answers;
    talk += length;
  }
  void abandoned(const Call&, SimDuration) { ++abandons; }
  void cut(const Call& call, SimDuration left) {
    if (call.state == CallState::kTalking)
      ++cut_talking;
    else
      ++(call.state == CallState::kWaiting ? cut_waiting : cut_in_menu);
    talk -= left;
  }
  std::int64_t attempts = 0, blocked_ = 0, lost = 0, menu_ends = 0, offers = 0, answers = 0,
               abandons = 0, cut_in_menu = 0, cut_waiting = 0, cut_talking = 0;
  SimDuration talk{};
};

void check_books(const Blueprint& plan, const Centre& c, const Books& b) {
  for (const char* law : broken_laws(plan, c)) FAIL_CHECK(law);
  std::int64_t in_menus = 0, waiting = 0;
  for (const Call& call : c.calls) {
    in_menus += call.state == CallState::kMenu || call.state == CallState::kSelfService ? 1 : 0;
    waiting += call.state == CallState::kWaiting ? 1 : 0;
  }
  CHECK(b.attempts == b.blocked_ + b.lost + b.menu_ends + b.cut_in_menu + in_menus + b.offers);
  CHECK(b.offers == b.answers + b.abandons + b.cut_waiting + waiting);
  CHECK(c.ports_in_use <= plan.ports);
}

void check_recorder(const Recorder& r, const Books& b) {
  const Blueprint& plan = r.plan();
  Cell<CallCount> calls{};
  for (std::uint32_t type = 0; type < plan.types.size(); ++type)
    for (std::uint32_t queue = 0; queue <= r.queues(); ++queue)
      for (std::uint32_t i = 0; i < plan.intervals; ++i)
        for (std::size_t k = 0; k < calls.size(); ++k) calls[k] += r.calls(type, queue, i)[k];
  CHECK(calls[at(CallCount::kNetworkLost)] == b.lost);
  CHECK(calls[at(CallCount::kBlocked)] == b.blocked_);
  CHECK(calls[at(CallCount::kCut)] == b.cut_in_menu + b.cut_waiting);
  CHECK(calls[at(CallCount::kTalk)] == b.talk.count());
  for (std::uint32_t t = 0; t + 1 < plan.first_line.size(); ++t)
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      const Cell<LineCount>& cell = r.lines(t, i);
      CHECK(cell[at(LineCount::kBusy)] <= cell[at(LineCount::kLineTime)]);
      CHECK(cell[at(LineCount::kLineTime)] >= 0);
      CHECK(cell[at(LineCount::kLineTime)] <=
            std::int64_t{plan.first_line[t + 1] - plan.first_line[t]} * plan.interval.count());
    }
}

}  // namespace

TEST_CASE("Nothing is lost and nothing counted twice in worlds with trouble; forks run on alike") {
  Books all;
  for (std::uint64_t number = 0; number < 120; ++number) {
    INFO("troubled world " << number);
    World world = random_world(number);
    Dice dice{number + 5 * kGolden};
    add_failures(dice, world);
    add_menu_trouble(dice, world);
    const std::vector<std::string> wrong = faults(world);
    INFO((wrong.empty() ? "" : wrong.front()));
    REQUIRE(wrong.empty());
    const Blueprint plan = make_blueprint(world);
    Centre c = open_centre(plan, 3, number);
    Recorder recorder{plan};
    Books books;
    Observers<Books, Recorder> both{books, recorder};
    Watched<Observers<Books, Recorder>> flow{plan, c, both};
    Observer nobody;
    std::uint64_t fork_end = 0;
    for (SimTime t = kStart; t < kStart + plan.horizon; t += 307s) {
      flow.run_until(t);
      check_books(plan, c, books);
      if (fork_end == 0 && t > kStart + plan.horizon / 2) {
        Centre fork = c;
        Watched<Observer>{plan, fork, nobody}.run_out();
        fork_end = fingerprint(fork);
      }
    }
    flow.run_out();
    check_books(plan, c, books);
    check_recorder(recorder, books);
    CHECK(fingerprint(c) == fork_end);
    all.attempts += books.attempts;
    all.lost += books.lost;
    all.cut_in_menu += books.cut_in_menu;
    all.cut_waiting += books.cut_waiting;
    all.cut_talking += books.cut_talking;
  }
  // The generator reaches every corner.
  CHECK(all.attempts > 20'000);
  CHECK(all.lost > 500);
  CHECK(all.cut_in_menu > 20);
  CHECK(all.cut_waiting > 20);
  CHECK(all.cut_talking > 100);
}

}  // namespace callmill::test
