// Calls that go on by chat or message: exact shares, a small chain, lines that come free, stories
// that go on; messages left by callers that are worked off; deadlines in working days.

#include <map>

#include "tests/engine/messages/chain.h"
#include "tests/engine/messages/channels.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

constexpr SimDuration kLength = 200h, kWarmUp = 10h;

// Queue 0 of calls and group 0; queue 1 with another channel and group 1. Type 0 calls, type 1 does
// not, and nobody comes to it by himself.
World two_channels(Channel channel, double calls_per_hour) {
  World world = chat_world(2, {1}, kLength, kWarmUp);
  world.groups[0].chat.reset();
  world.queues[0].name = "calls";
  world.caller_types.push_back(callers("calls", flat_rate(calls_per_hour, kLength), 0));
  world.queues.push_back(queue_to("elsewhere", {1}));
  world.groups.push_back(agents("helpers", flat(5, kLength)));
  CallerType other = chats("other", kLength, {0, ExponentialLaw{200}, std::nullopt, 1});
  other.channel = channel;
  world.caller_types.push_back(other);
  return world;
}

Destination by_contact(std::size_t type) {
  Destination to;
  to.kind = Destination::Kind::kContact;
  to.type = CallerTypeId{type};
  return to;
}

// How stories end, and who began them.
struct Stories : Observer {
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t attempt, std::uint32_t) {
    ++attempts;
    fresh += attempt == 0 ? 1 : 0;
  }
  void deflected(const Call&, SimDuration) { ++moved; }
  void deflected_in_menu(const Call&) { ++moved; }
  void left_message(const Call&, SimDuration) { ++left; }
  void message_came(const Call&, SimTime, SimTime) { ++came; }
  void message_done(const Call&, SimTime, SimTime) { ++done; }
  void caller_ended(std::uint16_t type, const Story&, std::uint32_t tries, CallerEnd end) {
    ++ended[{type, end}];
    attempts_of_ended += tries;
    ++all_ended;
  }
  std::int64_t attempts = 0, attempts_of_ended = 0, fresh = 0, moved = 0, left = 0, came = 0,
               done = 0, all_ended = 0;
  std::map<std::pair<std::uint16_t, CallerEnd>, std::int64_t> ended;
};

}  // namespace

// Thinning, and lines: each call holds one for the prompt, those to the queue for their talk too
// (nobody waits: agents abound).
TEST_CASE("a menu option that leads to another channel takes its share, and the line comes free") {
  const double rate = 40;
  for (const Channel channel : {Channel::kChat, Channel::kMessage}) {
    World world = two_channels(channel, rate);
    world.groups[0].staff = flat(40, kLength);
    Menu menu;
    menu.name = "welcome";
    menu.prompt = ConstantLaw{20};
    menu.options = {{"1", Probability{0.7}, to_queue(0)}, {"2", Probability{0.3}, by_contact(1)}};
    world.menus.push_back(menu);
    world.caller_types[0].enters = to_menu(0);
    const KpiTable kpis = kpis_of(world, 100);
    agrees(kpis, "deflected_in_menu", {}, 0.3 * rate * 190);
    agrees(kpis, "offered", {}, 0.7 * rate * 190);
    agrees(kpis, "trunk_occupancy", {}, rate / 3600 * (20 + 0.7 * 180) / 50);
    agrees(kpis, channel == Channel::kChat ? "chats" : "messages", {}, 0.3 * rate * 190);
    // 0.3 x 40 an hour, 200 s each, five agents: all wait little.
    agrees(kpis, "occupancy", {ScopeKind::kGroup, 1}, 0.3 * rate * 200 / 3600 / 5);
  }
}

// Two agents, (q + 1) 180 s / 2 announced behind q: 270 s or more from q = 2 on. There a share 0.4
// goes elsewhere, so that births are 0.6 lambda.
TEST_CASE("an offer of another channel at a long expected wait: the chain") {
  const double lambda = 50, mu = 20, theta = 10;
  const SmallChain<1> chain([&](const std::array<int, 1>& n, auto&& visit) {
    const int busy = std::min(n[0], 2), waiting = n[0] - busy;
    const double stay = waiting >= 2 ? 0.6 : 1;
    if (n[0] < 60) visit({n[0] + 1}, lambda * stay);
    if (n[0] > 0) visit({n[0] - 1}, busy * mu + waiting * theta);
  });
  const double waiting = chain.mean([](auto& n) { return std::max(n[0] - 2, 0); });
  const double busy = chain.mean([](auto& n) { return std::min(n[0], 2); });
  const double moved = 0.4 * chain.mean([](auto& n) { return n[0] >= 4 ? 1 : 0; });
  double chats_of_pair[2] = {};
  for (const Channel channel : {Channel::kChat, Channel::kMessage}) {
    World world = two_channels(channel, lambda);
    world.caller_types[0].patience = ExponentialLaw{3600 / theta};
    world.queues[0].deflect = Deflection{CallerTypeId{1}, 270s, Probability{0.4}};
    const KpiTable kpis = kpis_of(world, 200);
    agrees(kpis, "deflected", {}, moved * lambda * 190);
    agrees(kpis, "deflected", {ScopeKind::kQueue, 0}, moved * lambda * 190);
    agrees(kpis, "abandoned", {}, waiting * theta * 190);
    agrees(kpis, "answered", {}, busy * mu * 190);
    agrees(kpis, "trunk_occupancy", {}, (waiting + busy) / 50);
    const char* key = channel == Channel::kChat ? "chats" : "messages";
    chats_of_pair[channel == Channel::kChat ? 0 : 1] = kpis.day(key, {}, 0.95).value;
    CHECK(kpis.day(key, {}, 0.95).value == kpis.day("deflected", {}, 0.95).value);
  }
  CHECK(chats_of_pair[0] == chats_of_pair[1]);  // the same callers, whatever they go on by
}

TEST_CASE("with an offer more callers are answered and fewer lines are held, on the same days") {
  World world = two_channels(Channel::kChat, 60);
  world.caller_types[0].patience = ExponentialLaw{240};
  const KpiTable without = kpis_of(world, 40);
  world.queues[0].deflect = Deflection{CallerTypeId{1}, 180s, Probability{0.5}};
  const KpiTable with = kpis_of(world, 40);
  const auto value = [](const KpiTable& kpis, const char* key) {
    return kpis.day(key, {}, 0.95).value;
  };
  CHECK(value(with, "answer_rate") > value(without, "answer_rate") + 0.05);
  CHECK(value(with, "trunk_occupancy") < 0.8 * value(without, "trunk_occupancy"));
  CHECK(value(with, "attempts") == value(without, "attempts"));
}

TEST_CASE("a caller's story goes on in the chat, and in the message until it is done") {
  for (const Channel channel : {Channel::kChat, Channel::kMessage}) {
    World world = two_channels(channel, 60);
    world.caller_types[0].patience = ExponentialLaw{200};
    world.caller_types[0].redial.after_abandon = {Probability{0.5}, ExponentialLaw{900}, 2};
    world.queues[0].deflect = Deflection{CallerTypeId{1}, 180s, Probability{0.5}};
    world.queues[0].voicemail = Voicemail{3min, 10s, std::nullopt};
    if (channel == Channel::kMessage) world.queues[0].voicemail->to = CallerTypeId{1};
    REQUIRE(faults(world) == std::vector<std::string>{});
    const Blueprint plan = make_blueprint(world);
    Centre c = open_centre(plan, 8, 0);
    Stories stories;
    Watched{plan, c, stories}.run_out();
    CHECK(stories.moved > 500);
    CHECK(stories.all_ended == stories.fresh);
    // What goes on by another channel is the same attempt; the chats of who rang before, too.
    CHECK(stories.attempts_of_ended == stories.attempts);
    CHECK(stories.attempts > stories.fresh + 100);
    if (channel == Channel::kChat) {
      CHECK(stories.ended[{1, CallerEnd::kResolved}] == stories.moved);
    } else {
      CHECK(stories.left > 100);
      CHECK(stories.came == stories.moved + stories.left);
      CHECK(stories.ended[{1, CallerEnd::kResolved}] == stories.done);
      CHECK(stories.ended[{1, CallerEnd::kOpen}] == stories.came - stories.done);
    }
  }
}

// Monday, 23 November 2026; the shop closes at 18:00.
TEST_CASE("working days: due at the close of the n-th open day after the day of coming") {
  World world = two_channels(Channel::kMessage, 10);
  world.day.closes = 9h;
  world.days.count = 21;
  world.days.first = parse_date("2026-11-23");
  world.days.closed = {"saturday", "sunday"};
  const Horizon h = make_horizon(world);
  const auto day = [](int n) { return kStart + 24h * n; };  // 0 = Monday
  CHECK(h.end_of_open_day(day(0) + 1h, 1) == day(1) + 9h);
  CHECK(h.end_of_open_day(day(0), 1) == day(1) + 9h);           // at the very opening
  CHECK(h.end_of_open_day(day(0) + 9h, 1) == day(1) + 9h);      // at the very close
  CHECK(h.end_of_open_day(day(0) + 20h, 1) == day(1) + 9h);     // at night
  CHECK(h.end_of_open_day(day(3) + 2h, 2) == day(7) + 9h);      // Thursday: Monday
  CHECK(h.end_of_open_day(day(4) + 2h, 1) == day(7) + 9h);      // Friday: Monday
  CHECK(h.end_of_open_day(day(5) + 2h, 1) == day(7) + 9h);      // Saturday, closed
  CHECK(h.end_of_open_day(day(6) + 23h, 2) == day(8) + 9h);     // Sunday night
  CHECK(h.end_of_open_day(day(17) + 1h, 1) == day(18) + 9h);    // the last Friday
  CHECK(h.end_of_open_day(day(17) + 1h, 2) == SimTime::max());  // beyond the run
}

// 2027: the new year is on 6 February; closed from the 5th to the 11th, and the Saturday before, 30
// January, is worked.
TEST_CASE("working days over the closed week of the Spring Festival") {
  World world = two_channels(Channel::kMessage, 10);
  world.day.closes = 8h;
  world.days.count = 28;
  world.days.first = parse_date("2027-01-25");  // a Monday
  world.days.closed = {"saturday", "sunday"};
  world.days.special = {{"2027-01-30", "monday"}};
  for (const char* date : {"2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"})
    world.days.special.push_back({date, "closed"});
  const Horizon h = make_horizon(world);
  const auto on = [](int n) { return kStart + 24h * n; };   // 0 = 25 January
  CHECK(h.end_of_open_day(on(4) + 1h, 1) == on(5) + 8h);    // Friday the 29th: the worked Saturday
  CHECK(h.end_of_open_day(on(4) + 1h, 2) == on(7) + 8h);    // then Monday, 1 February
  CHECK(h.end_of_open_day(on(10) + 1h, 1) == on(18) + 8h);  // Thursday the 4th: Friday the 12th
  CHECK(h.end_of_open_day(on(10) + 1h, 2) == on(21) + 8h);  // then Monday the 15th
  CHECK(h.end_of_open_day(on(13) + 1h, 1) == on(18) + 8h);  // inside the holidays
  MessagePlan plan;
  plan.used = true;
  plan.deadline = 1h;
  plan.working_days = 2;
  CHECK(plan.due(on(10) + 1h, h) == on(21) + 8h);
}

}  // namespace callmill::test
