// Deferred work against exact results: M/M/1, conservation over the nights, the earliest due date
// rule, calls that interrupt; and callers who leave a message (their figures: engine/published).

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

constexpr SimDuration kDay = 24h;

CallerType messages(std::string name, double per_hour, SimDuration length, std::size_t queue,
                    Law work, const MessageWork& how) {
  CallerType type;
  type.name = std::move(name);
  type.channel = Channel::kMessage;
  type.volume = flat_rate(per_hour, length);
  type.enters = to_queue(queue);
  type.talk = std::move(work);
  type.message = how;
  return type;
}

World only_messages(double agents_on_duty, SimDuration length, std::int64_t days) {
  World world;
  world.name = "messages";
  world.day.opens = 0s;
  world.day.closes = length;
  world.day.interval = length / 4;
  world.days.count = days;
  world.days.first = parse_date("2026-11-23");
  world.trunks.push_back(lines("lines", 1));
  world.queues.push_back(queue_to("mail", {0}));
  world.groups.push_back(agents("agents", flat(agents_on_duty, length)));
  return world;
}

KpiTable kpis_of(const World& world, std::int64_t replications) {
  REQUIRE(faults(world).empty());
  ReplicateOptions options;
  options.seed = 21;
  options.replications = replications;
  return replicate(make_blueprint(world), options).kpis;
}

// Every message that came and was done, and the calls that were answered.
struct Ledger : Observer {
  std::int64_t came = 0, done = 0;
  SimDuration most_late = SimDuration::min();
  std::vector<std::uint32_t> order;  // type of each message done
  std::vector<std::int64_t> waits;   // of calls, µs
  SimDuration desk{};
  std::vector<SimTime> at_desk_since = std::vector<SimTime>(64);
  void message_came(const Call&, SimTime, SimTime) { ++came; }
  void message_done(const Call& call, SimTime due, SimTime now) {
    ++done;
    order.push_back(call.type);
    most_late = std::max(most_late, now - due);
  }
  void answered(const Call&, std::uint32_t, SimDuration wait, SimDuration) {
    waits.push_back(wait.count());
  }
  void agent_moved(std::uint32_t, AgentState from, AgentState to, SimTime now) {
    if (from == AgentState::kDesk) desk += now - since;
    if (to == AgentState::kDesk) since = now;
  }
  SimTime since;  // of the one agent
};

std::int64_t open_messages(const Centre& c) {
  std::int64_t open = 0;
  for (const FifoList& list : c.backlog) open += list.size;
  for (const Agent& agent : c.agents) open += agent.state == AgentState::kDesk ? 1 : 0;
  return open;
}

}  // namespace

// M/M/1, first come first served: the time to done is exponential of rate mu - lambda = 6/h.
TEST_CASE("messages of one agent are the M/M/1 queue") {
  World world = only_messages(1, kDay, 6);
  MessageWork how;
  how.deadline = 20min;
  world.caller_types.push_back(messages("mail", 6, kDay, 0, ExponentialLaw{300}, how));
  world.day.warm_up = kDay;
  const KpiTable kpis = kpis_of(world, 400);
  const auto agrees = [&](const char* key, double exact) {
    const Estimate e = kpis.day(key, {}, 0.999);
    INFO(key << " " << e.value << " [" << e.ci_low << ", " << e.ci_high << "] " << exact);
    CHECK(e.ci_low <= exact);
    CHECK(e.ci_high >= exact);
  };
  agrees("on_time_rate", 1 - std::exp(-2.0));
  agrees("time_to_done", 600);
  agrees("backlog", 1);        // rho / (1 - rho)
  agrees("backlog_age", 600);  // lambda E[T^2] / 2 over lambda E[T]
  agrees("messages", 6 * 24 * 5);
  agrees("occupancy", 0.5);
}

TEST_CASE("opening + came = done + open at every midnight, and nothing is done at night") {
  World world = only_messages(2, 8h, 7);
  world.days.closed = {"saturday", "sunday"};
  MessageWork how;
  how.open_at_start = 25;
  world.caller_types.push_back(messages("mail", 14, 8h, 0, ExponentialLaw{600}, how));
  world.caller_types.push_back(messages("forms", 6, 8h, 0, LognormalLaw{500, 300}, {}));
  const Blueprint plan = make_blueprint(world);
  bool carried = false;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Centre c = open_centre(plan, seed, 0);
    Ledger ledger;
    Watched flow{plan, c, ledger};
    for (std::int64_t d = 0; d < 7; ++d) {
      flow.run_until(kStart + kDay * d + 16h);
      const std::int64_t evening = open_messages(c);
      CHECK(ledger.came == ledger.done + evening);
      CHECK(broken_laws(plan, c).empty());
      flow.run_until(kStart + kDay * (d + 1) - 1us);
      CHECK(open_messages(c) == evening);
      carried = carried || evening > 10;
    }
    CHECK(ledger.came >= 25);
  }
  CHECK(carried);
}

// Jackson: for jobs that are all there, the earliest due date first gives the least maximal
// lateness.
TEST_CASE("worked off by deadline, nothing is later than first come first served makes it") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SimDuration lateness[2];
    for (const WorkOrder order : {WorkOrder::kFirstCome, WorkOrder::kDeadline}) {
      World world = only_messages(1, kDay, 1);
      world.queues[0].order = order;
      MessageWork slow{20h, DeadlineIn::kHours, 20, false};
      MessageWork fast{4h, DeadlineIn::kHours, 20, false};
      world.caller_types.push_back(messages("a slow", 0, kDay, 0, ExponentialLaw{600}, slow));
      world.caller_types.push_back(messages("b fast", 0, kDay, 0, ExponentialLaw{600}, fast));
      const Blueprint plan = make_blueprint(world);
      Centre c = open_centre(plan, seed, 0);
      Ledger ledger;
      Watched{plan, c, ledger}.run_out();
      REQUIRE(ledger.done == 40);
      lateness[order == WorkOrder::kDeadline ? 1 : 0] = ledger.most_late;
      if (order == WorkOrder::kDeadline)
        for (std::size_t i = 0; i < 20; ++i) CHECK(ledger.order[i] == 1);
    }
    CHECK(lateness[1] <= lateness[0]);
    CHECK(lateness[1] < SimDuration{0} + 3h);
  }
}

// By the fast path of routing, and by that of queues with rules (here: a capacity).
TEST_CASE("calls that may interrupt never notice the messages, and no work is lost") {
  const bool with_rules = GENERATE(false, true);
  OneQueue spec;
  spec.agents = 1;
  spec.lines = 20;
  spec.per_hour = 10;
  spec.length = 12h;
  World calls = one_queue(spec);
  if (with_rules) calls.queues[0].capacity = 1000;
  World both = calls;
  both.queues.push_back(queue_to("mail", {0}));
  MessageWork how;
  how.interruptible = true;
  how.open_at_start = 30;
  both.caller_types.push_back(messages("mail", 1, 12h, 1, ConstantLaw{600}, how));
  REQUIRE(faults(both).empty());
  const Blueprint plain = make_blueprint(calls), mixed = make_blueprint(both);
  REQUIRE(mixed.queues[0].special == with_rules);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Centre a = open_centre(plain, seed, 0), b = open_centre(mixed, seed, 0);
    Ledger without, with;
    Watched{plain, a, without}.run_until(kStart + 11h);
    Watched flow{mixed, b, with};
    flow.run_until(kStart + 11h);
    CHECK(broken_laws(mixed, b).empty());
    CHECK(without.waits == with.waits);
    // Time at the desk = work done + what has been done of the messages that were begun.
    SimDuration work = 10min * with.done;
    for (std::uint32_t i = b.lines; i < b.calls.size(); ++i)
      if (b.calls[i].state == CallState::kBacklog && b.files[i].work_left > SimDuration{0})
        work += 10min - b.files[i].work_left;
    if (b.agents[0].state == AgentState::kDesk) {
      with.desk += b.now - with.since;
      work += 10min - (b.calendar.time_of(mixed.agent_slot(0)) - b.now);
    }
    CHECK(with.desk == work);
    CHECK(with.done > 10);
  }
}

TEST_CASE("a backlog from before a closed first day is worked off from the first open day on") {
  World open_first = only_messages(2, 8h, 2);
  MessageWork how;
  how.open_at_start = 25;
  open_first.caller_types.push_back(messages("mail", 3, 8h, 0, ExponentialLaw{600}, how));
  World closed_first = open_first;
  closed_first.days.count = 4;
  closed_first.days.first = parse_date("2026-11-21");
  closed_first.days.closed = {"saturday", "sunday"};
  const KpiTable a = kpis_of(open_first, 5), b = kpis_of(closed_first, 5);
  REQUIRE(a.layout().periods() == b.layout().periods());
  for (std::uint32_t period = 0; period < a.layout().periods(); ++period)
    for (const char* key : {"messages", "messages_done", "backlog"}) {
      CAPTURE(period, key);
      const Metric& metric = *find_metric(key, ScopeKind::kTotal);
      CHECK(a.estimate(metric, {}, period, 0.95).value ==
            Approx(b.estimate(metric, {}, period, 0.95).value).margin(1e-9));
    }
  CHECK(a.day("messages_done", {}, 0.95).value > 25);
}

TEST_CASE("messages leave the reserve free for calls") {
  World world = only_messages(3, 8h, 1);
  world.queues[0].reserve = 1;
  MessageWork how;
  how.open_at_start = 500;
  world.caller_types.push_back(messages("mail", 5, 8h, 0, ExponentialLaw{300}, how));
  const Blueprint plan = make_blueprint(world);
  Centre c = open_centre(plan, 4, 0);
  Observer nothing;
  Watched flow{plan, c, nothing};
  for (SimTime t = kStart + 1min; t < kStart + 8h; t += 7min) {
    flow.run_until(t);
    CHECK(c.idle[0].size == 1);
  }
}

TEST_CASE("deadlines in open hours skip nights and closed days") {
  World world = only_messages(1, 8h, 7);
  world.days.closed = {"wednesday"};
  const Horizon h = make_horizon(world);
  CHECK(h.after_open_time(kStart + 1h, 2h) == kStart + 3h);
  CHECK(h.after_open_time(kStart + 6h, 2h) == kStart + 8h);
  CHECK(h.after_open_time(kStart + 6h, 3h) == kStart + kDay + 1h);
  CHECK(h.after_open_time(kStart + kDay + 6h, 3h) == kStart + 3 * kDay + 1h);
  CHECK(h.after_open_time(kStart, 49h) == SimTime::max());  // six open days
}

TEST_CASE("Whoever asks for an agent is answered, hangs up, leaves a message or is disconnected") {
  for (const SimDuration length : {SimDuration{0s}, SimDuration{30s}}) {
    OneQueue spec;
    spec.agents = 2;
    spec.lines = 24;
    spec.per_hour = 50;
    spec.talk = ExponentialLaw{150};
    spec.patience = ExponentialLaw{120};
    spec.length = 4h;
    World world = one_queue(spec);
    world.day.at_close = AtClose::kClear;
    world.queues[0].voicemail = Voicemail{2min, length};
    const KpiTable kpis = kpis_of(world, 20);
    double ends = 0;
    for (const char* key : {"answered", "abandoned", "left_message", "disconnected"}) {
      CHECK(kpis.day(key, {}, 0.95).value > 0);
      ends += kpis.day(key, {}, 0.95).value;
    }
    CHECK(kpis.day("offered", {}, 0.95).value == Approx(ends));
  }
}

}  // namespace callmill::test
