// The rules of chats one by one: the work of each chat against a second calculation, agents who
// leave, who gets a chat, chats open at closing, laws and forks of a centre with all channels.

#include <algorithm>
#include <map>

#include "tests/engine/messages/channels.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

struct Diary : Observer {
  explicit Diary(const Centre& centre) : c{centre} {}
  void chat_came(std::uint16_t, std::uint32_t, std::uint16_t) { came.push_back(c.now); }
  void chat_over(const Call& call, SimDuration) { over[call.caller] = c.now; }
  const Centre& c;
  std::vector<SimTime> came;
  std::map<std::uint32_t, SimTime> over;
};

// One agent, talk and after-work in place, first come first served: the end of each talk.
std::vector<double> ends_of_talks(const std::vector<double>& came, double talk, double wrap,
                                  const std::vector<double>& s) {
  struct Chat {
    std::size_t number;
    bool talks;
    double left;
  };
  std::vector<double> ends(came.size());
  std::vector<Chat> open;
  std::size_t next = 0, waiting = 0;  // came [waiting, next) wait
  double now = 0;
  while (next < came.size() || waiting < next || !open.empty()) {
    while (waiting < next && open.size() < s.size()) open.push_back({waiting++, true, talk});
    const double slow = open.empty() ? 1 : s[open.size() - 1];
    auto first = std::min_element(open.begin(), open.end(),
                                  [](const Chat& a, const Chat& b) { return a.left < b.left; });
    const double due = open.empty() ? 1e300 : now + first->left * slow;
    const double to = std::min(due, next < came.size() ? came[next] : 1e300);
    for (Chat& chat : open) chat.left -= (to - now) / slow;
    now = to;
    if (due > to) {
      ++next;
    } else if (first->talks) {
      ends[first->number] = now;
      *first = {first->number, false, wrap};
    } else {
      open.erase(first);
    }
  }
  return ends;
}

double at(SimTime t) {
  return to_seconds(t - kStart);
}

std::vector<std::uint32_t> chats_of(const Centre& c, std::uint32_t agent) {
  std::vector<std::uint32_t> chats;
  for (std::uint32_t i = c.desks[agent].chats.head; i != kNobody; i = c.calls[i].next)
    chats.push_back(i);
  std::sort(chats.begin(), chats.end());
  return chats;
}

// Calls, chats, work orders, a menu that leads elsewhere, deflection, voicemail, people who leave.
World all_channels() {
  const SimDuration length = 8h;
  World world = chat_world(6, {1, 1.2, 1.5}, length, 30min);
  world.groups[0].staff = Profile{2h, {4, 7, 6, 3}};
  world.groups[0].takes = {QueueId{1}, QueueId{0}};
  world.queues.push_back(queue_to("calls", {0}));
  world.queues.push_back(queue_to("orders", {0}));
  world.queues[0].route[0].reserve = 1;
  world.queues[0].capacity = 12;
  world.queues[1].deflect = Deflection{CallerTypeId{0}, 60s, Probability{0.4}};
  world.queues[1].voicemail = Voicemail{3min, 20s, CallerTypeId{2}};
  CallerType chat = chats("chat", length, {40, LognormalLaw{300, 200}, ExponentialLaw{180}});
  chat.wrap = ExponentialLaw{40};
  chat.redial.after_abandon = {Probability{0.4}, ExponentialLaw{600}, 2};
  world.caller_types.push_back(chat);
  CallerType call = callers("call", flat_rate(70, length), 1);
  call.enters = to_menu(0);
  call.patience = ExponentialLaw{150};
  call.wrap = ExponentialLaw{30};
  call.resolution.emplace();
  call.resolution->first_contact = Probability{0.8};
  call.resolution->returns = {Probability{0.7}, ExponentialLaw{1800}, 2};
  world.caller_types.push_back(call);
  CallerType order;
  order.name = "order";
  order.channel = Channel::kMessage;
  order.volume = flat_rate(6, length);
  order.enters = to_queue(2);
  order.talk = ExponentialLaw{400};
  order.message = MessageWork{};
  order.message->interruptible = true;
  world.caller_types.push_back(order);
  Menu menu;
  menu.name = "welcome";
  menu.prompt = ConstantLaw{10};
  Destination to_chat, to_order;
  to_chat.kind = to_order.kind = Destination::Kind::kContact;
  to_chat.type = CallerTypeId{0};
  to_order.type = CallerTypeId{2};
  menu.options = {{"0", Probability{0.8}, to_queue(1)},
                  {"1", Probability{0.12}, to_chat},
                  {"2", Probability{0.08}, to_order}};
  world.menus.push_back(menu);
  return world;
}

// The same with all that may befall agents: two groups lend to each other, a site is lost, phones
// ring, some dial, wrap-up is cut short, staff leaves in any of three ways.
World rough_day(StaffRelease release) {
  World world = all_channels();
  AgentGroup& team = world.groups[0];
  team.staff_release = release;
  team.speed_cv = 0.2;
  team.fatigue = Fatigue{0.05, 0.3};
  team.wrap_cap = 60s;
  team.wrap_interrupt = WrapInterrupt{3, std::nullopt, true};
  AgentGroup flex = agents("flex", Profile{1h, {2, 3, 2, 4, 2, 3, 1, 2}});
  flex.kind = GroupKind::kFlex;
  flex.chat = Chatting{2, {1, 1.5}};
  flex.dialling = Dialling{ExponentialLaw{30}, Probability{0.5}, ExponentialLaw{90}};
  flex.ringing = Ringing{};
  flex.ringing->no_answer = Probability{0.2};
  if (release == StaffRelease::kNamed)
    flex.attendance.emplace().late = {Probability{0.3}, ExponentialLaw{600}};
  world.groups.push_back(flex);
  for (std::size_t q = 0; q < 3; ++q)
    world.queues[q].route.push_back({GroupId{1}, q == 2 ? 0s : 15s});
  world.queues[1].last_agent_hold = 20s;
  world.max_waiting = 18;
  Event lost = {};
  lost.name = "lost site";
  lost.kind = Event::Kind::kSiteLoss;
  lost.at = 3h;
  lost.length = 40min;
  lost.groups = {GroupId{0}};
  lost.share = Probability{0.6};
  world.events.push_back(lost);
  lost.name = "evacuation";
  lost.at = 5h;
  lost.cut = false;
  world.events.push_back(lost);
  Rule rule;
  rule.name = "lend";
  Condition many;
  many.queue = QueueId{1};
  many.value = 3;
  rule.when = {many};
  Action move;
  move.kind = Action::Kind::kMoveAgents;
  move.agents = 2;
  move.group = GroupId{1};
  move.to = GroupId{0};
  Action close;
  close.kind = Action::Kind::kCloseStep;
  close.queue = QueueId{0};
  close.group = GroupId{1};
  rule.then = {move, close};
  world.rules.push_back(rule);
  return world;
}

}  // namespace

TEST_CASE("the end of every chat is that of a second calculation") {
  const std::vector<double> s = {1, 1.3, 1.7};
  World world = chat_world(1, s, 20h);
  world.caller_types.push_back(chats("chats", 20h, {16, ConstantLaw{300}, std::nullopt}));
  world.caller_types[0].wrap = ConstantLaw{47};
  const Blueprint plan = make_blueprint(world);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Centre c = open_centre(plan, seed, 0);
    Diary diary{c};
    Watched{plan, c, diary}.run_out();
    std::vector<double> came;
    for (const SimTime t : diary.came) came.push_back(at(t));
    const std::vector<double> ends = ends_of_talks(came, 300, 47, s);
    REQUIRE(diary.over.size() == came.size());
    REQUIRE(came.size() > 200);
    for (const auto& [caller, over] : diary.over) CHECK(std::abs(at(over) - ends[caller]) < 1e-4);
  }
}

TEST_CASE("an agent who is to leave takes no further chats and finishes those in hand") {
  World world = chat_world(2, {1, 1, 1, 1}, 4h);
  world.groups[0].staff = Profile{2h, {2, 1}};
  world.caller_types.push_back(chats("chats", 4h, {40, ExponentialLaw{900}, ExponentialLaw{600}}));
  const Blueprint plan = make_blueprint(world);
  std::size_t left_with_chats = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Centre c = open_centre(plan, seed, 0);
    Diary diary{c};
    Watched flow{plan, c, diary};
    flow.run_until(kStart + 2h);
    const std::uint32_t leaver = c.agents[0].duty == Duty::kWork ? 1 : 0;
    std::vector<std::uint32_t> before = chats_of(c, leaver);
    left_with_chats += before.empty() ? 0 : 1;
    for (int minute = 1; minute <= 120; ++minute) {
      flow.run_until(kStart + 2h + 1min * minute);
      const std::vector<std::uint32_t> now = chats_of(c, leaver);
      CHECK(std::includes(before.begin(), before.end(), now.begin(), now.end()));
      CHECK((c.agents[leaver].state == AgentState::kOff) == now.empty());
      before = now;
    }
  }
  CHECK(left_with_chats > 10);
}

TEST_CASE("a chat goes to who is idle longest, then to who has fewest chats") {
  World world = chat_world(3, {1, 1, 1}, 1h);
  world.caller_types.push_back(chats("chats", 1h, {30, ConstantLaw{36000}, std::nullopt}));
  const Blueprint plan = make_blueprint(world);
  Centre c = open_centre(plan, 5, 0);
  Diary diary{c};
  Watched flow{plan, c, diary};
  for (SimTime t = kStart; t < kStart + 1h; t += 10s) {
    flow.run_until(t);
    std::uint32_t least = 9, most = 0, all = 0;
    for (std::uint32_t a = 0; a < 3; ++a) {
      const std::uint32_t chats = c.desks[a].chats.size;
      least = std::min(least, chats);
      most = std::max(most, chats);
      all += chats;
    }
    CHECK(most - least <= 1);
    CHECK(all == std::min<std::size_t>(9, diary.came.size()));
  }
  CHECK(diary.came.size() > 9);
}

TEST_CASE("reserved agents begin no chat, but those at chat take more") {
  World world = chat_world(3, {1, 1}, 2h);
  world.queues[0].route[0].reserve = 2;
  world.caller_types.push_back(chats("chats", 2h, {30, ConstantLaw{3600}, std::nullopt}));
  const Blueprint plan = make_blueprint(world);
  Centre c = open_centre(plan, 3, 0);
  Diary diary{c};
  Watched flow{plan, c, diary};
  flow.run_until(kStart + 50min);
  REQUIRE(diary.came.size() > 4);
  CHECK(c.idle[0].size == 2);
  CHECK(c.waiting[0].size == diary.came.size() - 2);
}

// With a condition on the route, whoever is at chat comes free for the calls that wait.
TEST_CASE("no further chat is taken while a call waits, where the route says so") {
  struct Watch : Observer {
    void answered(const Call& call, std::uint32_t, SimDuration, SimDuration) {
      if (call.queue != 0) return;
      ++chats;
      with_calls += centre->waiting[1].size > 0 ? 1 : 0;
    }
    const Centre* centre = nullptr;
    std::int64_t chats = 0, with_calls = 0;
  };
  for (const bool asks : {false, true}) {
    World world = all_channels();
    Condition none_waits;
    none_waits.queue = QueueId{1};
    none_waits.sense = Sense::kAtMost;
    none_waits.value = 0;
    if (asks) world.queues[0].route[0].when = {none_waits};
    const Blueprint plan = make_blueprint(world);
    Watch watch;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Centre c = open_centre(plan, seed, 0);
      watch.centre = &c;
      Watched{plan, c, watch}.run_out();
    }
    CHECK(watch.chats > 500);
    CHECK((watch.with_calls == 0) == asks);
  }
}

TEST_CASE("chats open at closing are those that have come and are not over") {
  for (const AtClose at_close : {AtClose::kServe, AtClose::kClear}) {
    World world = chat_world(1, {1, 1, 1}, 1h);
    world.day.at_close = at_close;
    world.caller_types.push_back(chats("chats", 1h, {20, ConstantLaw{36000}, std::nullopt}));
    const KpiTable kpis = kpis_of(world, 200);
    // Nobody is done with; three are at the agent, the others wait.
    CHECK(kpis.day("chats_open_at_closing", {}, 0.95).value == kpis.day("chats", {}, 0.95).value);
    const double disconnected = kpis.day("disconnected", Scope{ScopeKind::kQueue, 0}, 0.95).value;
    if (at_close == AtClose::kServe)
      CHECK(disconnected == 0);
    else
      CHECK(disconnected ==
            Approx(kpis.day("chats", {}, 0.95).value - kpis.day("chats_answered", {}, 0.95).value));
  }
}

TEST_CASE("a centre with all channels: laws at every minute, and forks that run alike") {
  const World world = all_channels();
  REQUIRE(faults(world) == std::vector<std::string>{});
  const Blueprint plan = make_blueprint(world);
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Centre c = open_centre(plan, seed, 0);
    Observer nobody;
    Watched flow{plan, c, nobody};
    std::uint32_t most = 0;
    for (int minute = 1; minute <= 8 * 60; ++minute) {
      flow.run_until(kStart + 1min * minute);
      CHECK(broken_laws(plan, c) == std::vector<const char*>{});
      for (std::uint32_t a = 0; a < plan.agents(); ++a)
        most = std::max(most, c.desks[a].chats.size);
      // No chat waits while an agent at chat has room; idle ones are the reserve.
      if (c.waiting[0].size == 0) continue;
      CHECK(c.idle[0].size <= 1);
      for (std::uint32_t a = 0; a < plan.agents(); ++a)
        CHECK_FALSE((c.agents[a].state == AgentState::kChat && c.desks[a].listed > 0 &&
                     c.agents[a].duty == Duty::kWork));
    }
    CHECK(most == 3);
    Centre again = open_centre(plan, seed, 0);
    Watched{plan, again, nobody}.run_until(kStart + 3h);
    Centre fork = again;
    Watched{plan, fork, nobody}.run_out();
    Watched{plan, again, nobody}.run_out();
    flow.run_out();
    CHECK(fingerprint(fork) == fingerprint(c));
    CHECK(fingerprint(again) == fingerprint(c));
    CHECK(broken_laws(plan, c) == std::vector<const char*>{});
  }
}

TEST_CASE("chats on a day when agents are lent, lost, called away and sent home: laws and forks") {
  for (const StaffRelease release :
       {StaffRelease::kNamed, StaffRelease::kIdleFirst, StaffRelease::kPreempt}) {
    const World world = rough_day(release);
    REQUIRE(faults(world) == std::vector<std::string>{});
    const Blueprint plan = make_blueprint(world);
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      Centre c = open_centre(plan, seed, 0);
      Observer nobody;
      Watched flow{plan, c, nobody};
      Centre half = c;
      for (int i = 1; i <= 8 * 120; ++i) {
        flow.run_until(kStart + 30s * i);
        CHECK(broken_laws(plan, c) == std::vector<const char*>{});
        if (i == 400) half = c;
      }
      flow.run_out();
      Watched{plan, half, nobody}.run_out();
      CHECK(fingerprint(half) == fingerprint(c));
      for (const ChatDesk& desk : c.desks) CHECK(desk.chats.size == 0);
    }
  }
}

// N = X + Ih + Is + Gm + O and O = A + B + D + V + G for calls; the same of chats; stories whole.
TEST_CASE("no contact of any channel is lost from the books") {
  const KpiTable kpis = kpis_of(all_channels(), 40);
  const auto value = [&](const char* key, Scope scope = {}) {
    return kpis.day(key, scope, 0.95).value;
  };
  CHECK(value("deflected") > 5);
  CHECK(value("deflected_in_menu") > 40);
  CHECK(value("left_message") > 1);
  const Scope types[] = {{}, {ScopeKind::kCallerType, 0}, {ScopeKind::kCallerType, 1}};
  for (const Scope scope : types) {
    CHECK(value("offered", scope) ==
          Approx(value("answered", scope) + value("abandoned", scope) +
                 value("disconnected", scope) + value("left_message", scope) +
                 value("deflected", scope)));
    CHECK(value("attempts", scope) ==
          Approx(value("blocked", scope) + value("menu_hang_ups", scope) +
                 value("deflected_in_menu", scope) + value("offered", scope)));
  }
}

}  // namespace callmill::test
