// Agents by the clock: the roster, breaks, the last call, who is chosen.

#include <catch2/catch.hpp>
#include <map>
#include <vector>

#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

struct Answer {
  SimTime at, joined;
  SimDuration talk;
  std::uint32_t agent;
  std::uint16_t queue, type;
};
struct Move {
  SimTime at;
  AgentState from, to;
};

// Who answered what; the agent is found by the line talked on.
class Log : public Observer {
 public:
  explicit Log(const Centre& centre) : centre_{centre} {}
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration talk) {
    std::uint32_t agent = 0;
    while (centre_.agents[agent].state != AgentState::kTalk ||
           &centre_.calls[centre_.agents[agent].line] != &call)
      ++agent;
    answers.push_back({centre_.now, centre_.now - wait, talk, agent, call.queue, call.type});
  }
  void agent_moved(std::uint32_t, AgentState from, AgentState to, SimTime t) {
    moves.push_back({t, from, to});
  }
  void dialled(std::uint32_t, bool, SimTime t) { dials.push_back(t); }
  std::vector<Answer> answers;
  std::vector<Move> moves;
  std::vector<SimTime> dials;

 private:
  const Centre& centre_;
};

struct Run {
  explicit Run(const World& world, std::uint64_t seed = 1)
      : plan{make_blueprint(world)}, centre{open_centre(plan, seed, 0)}, log{centre} {
    Watched<Log>{plan, centre, log}.run_out();
  }
  Blueprint plan;
  Centre centre;
  Log log;
};

// Busy: there is always someone waiting, and everyone talks for just ten minutes.
World busy_world() {
  OneQueue spec;
  spec.lines = 50;
  spec.per_hour = 600;
  spec.talk = ConstantLaw{600};
  spec.length = 4h;
  World world = one_queue(spec);
  world.groups[0].staff.reset();
  return world;
}

DutyPeriod work(std::uint32_t agent, SimDuration from, SimDuration to) {
  return {GroupId{0}, agent, kStart + from, kStart + to, DutyPeriod::Kind::kWork};
}
DutyPeriod rest(std::uint32_t agent, SimDuration from, SimDuration to) {
  return {GroupId{0}, agent, kStart + from, kStart + to, DutyPeriod::Kind::kBreak};
}

}  // namespace

TEST_CASE("Whose shift ends during a call finishes the call and its wrap-up, then leaves") {
  World world = busy_world();
  world.caller_types[0].wrap = ConstantLaw{60};
  world.roster = {work(0, 0s, 95min), work(1, 0s, 4h)};
  const Run run{world};
  SimTime last_end;
  for (const Answer& answer : run.log.answers) {
    if (answer.agent != 0) continue;
    CHECK(answer.at < kStart + 95min);
    last_end = answer.at + answer.talk + 60s;
  }
  CHECK(last_end > kStart + 95min);
  std::size_t left = 0;
  for (const Move& move : run.log.moves) {
    if (move.to != AgentState::kOff) continue;
    CHECK(move.from == AgentState::kWrap);
    CHECK(move.at == last_end);
    ++left;
  }
  CHECK(left == 1);
}

TEST_CASE("An idle agent leaves when the shift ends, and comes when the next begins") {
  OneQueue spec;
  spec.lines = 5;
  spec.per_hour = 0.001;
  spec.length = 4h;
  World world = one_queue(spec);
  world.groups[0].staff.reset();
  world.roster = {work(0, 30min, 1h), rest(0, 1h, 70min), work(0, 70min, 2h), work(0, 3h, 5h)};
  const Run run{world};
  using A = AgentState;
  const std::vector<std::tuple<SimDuration, A, A>> expected = {
      {30min, A::kOff, A::kAvailable}, {1h, A::kAvailable, A::kAux},
      {70min, A::kAux, A::kAvailable}, {2h, A::kAvailable, A::kOff},
      {3h, A::kOff, A::kAvailable},
  };
  REQUIRE(run.log.moves.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(run.log.moves[i].at == kStart + std::get<0>(expected[i]));
    CHECK(run.log.moves[i].from == std::get<1>(expected[i]));
    CHECK(run.log.moves[i].to == std::get<2>(expected[i]));
  }
}

TEST_CASE("A break begins after the call in hand and ends by the clock") {
  World world = busy_world();
  world.roster = {work(0, 0s, 95min), rest(0, 95min, 125min), work(0, 125min, 4h)};
  const Run run{world};
  std::vector<Move> breaks;
  for (const Move& move : run.log.moves)
    if (move.to == AgentState::kAux || move.from == AgentState::kAux) breaks.push_back(move);
  REQUIRE(breaks.size() == 2);
  CHECK(breaks[0].from == AgentState::kTalk);
  CHECK(breaks[0].at > kStart + 95min);
  CHECK(breaks[0].at <= kStart + 105min);
  CHECK(breaks[1].to == AgentState::kTalk);  // someone waits
  CHECK(breaks[1].at == kStart + 125min);
}

TEST_CASE("A break that is over before the call is leaves the agent at work") {
  World world = busy_world();
  world.roster = {work(0, 0s, 95min), rest(0, 95min, 95min + 1s), work(0, 95min + 1s, 4h)};
  const Run run{world};
  for (const Move& move : run.log.moves) CHECK(move.to != AgentState::kAux);
  CHECK(run.log.answers.size() >= 23);
}

TEST_CASE("Who is in the centre at closing time is served after it") {
  World world = busy_world();
  world.roster = {work(0, 0s, 4h), work(1, 0s, 9h)};
  const Run run{world};
  const SimTime close = kStart + 4h;
  std::size_t before = 0, after = 0;
  for (const Answer& answer : run.log.answers) {
    CHECK(answer.joined < close);
    (answer.at < close ? before : after) += 1;
  }
  CHECK(before >= 40);
  CHECK(after == 48);  // 50 lines, two of them talking at closing time
  for (const Call& call : run.centre.calls) CHECK(call.state == CallState::kFree);
  CHECK(run.centre.now > close + 3h);
}

TEST_CASE("A shift that ends before closing time leaves callers of endless patience waiting") {
  World world = busy_world();
  world.roster = {work(0, 0s, 3h + 45min)};
  const Run run{world};
  std::size_t waiting = 0;
  for (const Call& call : run.centre.calls) waiting += call.state == CallState::kWaiting ? 1u : 0u;
  CHECK(waiting == 50);
  CHECK(run.centre.now == kStart + 4h);
}

TEST_CASE("The agent who has been idle longest takes the call") {
  OneQueue spec;
  spec.agents = 4;
  spec.lines = 10;
  spec.per_hour = 40;
  spec.talk = UniformLaw{60, 200};
  spec.length = 20h;
  const World world = one_queue(spec);
  const Run run{world};
  REQUIRE(run.log.answers.size() > 500);
  std::vector<SimTime> free_since(4, kStart);
  std::size_t chosen = 0;
  for (const Answer& answer : run.log.answers) {
    if (answer.at > answer.joined) {  // had to wait: the first to become free
      free_since[answer.agent] = answer.at + answer.talk;
      continue;
    }
    for (std::uint32_t other = 0; other < 4; ++other)
      if (other != answer.agent) CHECK(free_since[other] >= free_since[answer.agent]);
    free_since[answer.agent] = answer.at + answer.talk;
    ++chosen;
  }
  CHECK(chosen > 400);
}

TEST_CASE("A group opens to a call when the call has waited its delay, to the microsecond") {
  OneQueue spec;
  spec.lines = 200;
  spec.per_hour = 120;
  spec.length = 4h;
  spec.talk = ExponentialLaw{120};
  spec.patience = ExponentialLaw{200};
  spec.agents = 3;
  World world = one_queue(spec);
  world.queues[0].route.push_back({GroupId{1}, 25s});
  world.groups.push_back(agents("second", flat(2, spec.length)));
  const Run run{world};
  const std::vector<std::uint32_t> group_of_agent = make_blueprint(world).group_of_agent;
  std::size_t by_second = 0, on_time = 0;
  for (const Answer& answer : run.log.answers) {
    if (group_of_agent[answer.agent] == 0) continue;
    ++by_second;
    CHECK(answer.at - answer.joined >= 25s);
    on_time += answer.at - answer.joined == 25s ? 1u : 0u;
  }
  CHECK(by_second > 30);
  CHECK(on_time > 10);
}

TEST_CASE("Nobody dials after closing time") {
  OneQueue spec;
  spec.lines = 20;
  spec.per_hour = 30;
  spec.length = 1h;
  spec.agents = 10;
  World world = one_queue(spec);
  world.groups[0].kind = GroupKind::kFlex;
  world.groups[0].dialling = Dialling{UniformLaw{60, 600}, Probability{0.5}, ConstantLaw{30}};
  std::size_t dials = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Run run{world, seed};
    for (const SimTime at : run.log.dials) CHECK(at < kStart + 1h);
    dials += run.log.dials.size();
    for (const Agent& agent : run.centre.agents) CHECK(agent.state == AgentState::kAvailable);
  }
  CHECK(dials > 500);
}

TEST_CASE("A pause that a call cut short is not taken up again") {
  OneQueue spec;
  spec.lines = 20;
  spec.per_hour = 360;
  spec.length = 50h;
  spec.talk = ConstantLaw{1};
  World world = one_queue(spec);
  world.groups[0].kind = GroupKind::kFlex;
  // Half of the pauses outlast nearly every gap between calls, half are over at once.
  world.groups[0].dialling = Dialling{EmpiricalLaw{{1, 1, 1000, 1000}, {0, 0.5, 0.5000001, 1}},
                                      Probability{1}, ConstantLaw{1}};
  const Run run{world};
  // Each of the idle spells ends in a dial with chance of about a half; one long pause that came
  // again and again would stop the dialling.
  CHECK(run.log.answers.size() > 17'000);
  CHECK(run.log.dials.size() > 8'000);
}

TEST_CASE("Priority goes before waiting longer, the queue of `takes` before both") {
  World world = busy_world();
  world.queues.push_back(queue_to("second", {0}));
  world.roster = {work(0, 0s, 4h)};
  world.trunks[0].lines = 2000;
  CallerType vip = world.caller_types[0];
  vip.name = "vip";
  vip.priority = 1;
  vip.volume.values[0] = 12;
  CallerType other = world.caller_types[0];
  other.name = "other";
  other.enters = to_queue(1);
  other.volume.values[0] = 12;
  world.caller_types.push_back(vip);
  world.caller_types.push_back(other);
  {
    const Run run{world};
    for (const Answer& answer : run.log.answers) {
      if (answer.at == answer.joined) continue;
      if (answer.type == 1) continue;
      for (const Answer& later : run.log.answers)  // no vip waited meanwhile
        if (later.type == 1) CHECK((later.joined >= answer.at || later.at <= answer.at));
    }
  }
  world.groups[0].takes = {QueueId{1}, QueueId{0}};
  const Run run{world};
  for (const Answer& answer : run.log.answers)
    for (const Answer& later : run.log.answers)
      if (answer.queue == 0 && answer.at > answer.joined && later.queue == 1)
        CHECK((later.joined >= answer.at || later.at <= answer.at));
}

}  // namespace callmill::test
