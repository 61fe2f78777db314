// A step that the wall chart does not show is impossible: the tables, and a run that stops dead.

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdio>
#include <functional>
#include <set>
#include <utility>

#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

using C = CallState;
using A = AgentState;

// The arrows of the diagram in engine/centre/states.h, one by one.
const std::set<std::pair<C, C>> kCallArrows = {
    {C::kFree, C::kMenu},
    {C::kFree, C::kWaiting},
    {C::kFree, C::kTalking},
    {C::kMenu, C::kMenu},
    {C::kMenu, C::kSelfService},
    {C::kMenu, C::kWaiting},
    {C::kMenu, C::kTalking},
    {C::kMenu, C::kFree},
    {C::kSelfService, C::kFree},
    {C::kSelfService, C::kMenu},
    {C::kSelfService, C::kWaiting},
    {C::kSelfService, C::kTalking},
    {C::kWaiting, C::kTalking},
    {C::kWaiting, C::kFree},
    {C::kTalking, C::kFree},
    {C::kFree, C::kSelfService},         // a notice before the queue
    {C::kSelfService, C::kSelfService},  // the same, after self-service
    {C::kRinging, C::kVoicemail},
    {C::kTalking, C::kWaiting},
    {C::kTalking, C::kTalking},  // passed on
    {C::kFree, C::kRinging},
    {C::kMenu, C::kRinging},
    {C::kWaiting, C::kRinging},
    {C::kRinging, C::kTalking},
    {C::kRinging, C::kWaiting},
    {C::kRinging, C::kFree},
    {C::kTalking, C::kWaiting},
    {C::kSelfService, C::kRinging},
    {C::kTalking, C::kRinging},
    {C::kFree, C::kPlanned},
    {C::kFree, C::kListed},
    {C::kFree, C::kDialled},
    {C::kPlanned, C::kListed},
    {C::kPlanned, C::kWaiting},
    {C::kListed, C::kDialled},
    {C::kListed, C::kTalking},
    {C::kWaiting, C::kDialled},
    {C::kWaiting, C::kListed},  // no line for it
    {C::kDialled, C::kTalking},
    {C::kDialled, C::kPlanned},
    {C::kDialled, C::kFree},
    {C::kDialled, C::kWaiting},
    {C::kTalking, C::kSurvey},
    {C::kSurvey, C::kFree},
    {C::kFree, C::kBacklog},
    {C::kBacklog, C::kTalking},
    {C::kTalking, C::kBacklog},
    {C::kWaiting, C::kVoicemail},
    {C::kVoicemail, C::kFree},
    {C::kTalking, C::kAfterChat},
    {C::kAfterChat, C::kFree},
};
const std::set<std::pair<A, A>> kAgentArrows = {
    {A::kOff, A::kAvailable},
    {A::kOff, A::kAux},
    {A::kOff, A::kTalk},
    {A::kAvailable, A::kTalk},
    {A::kAvailable, A::kDialling},
    {A::kAvailable, A::kAux},
    {A::kAvailable, A::kOff},
    {A::kTalk, A::kWrap},
    {A::kTalk, A::kAvailable},
    {A::kTalk, A::kTalk},
    {A::kTalk, A::kAux},
    {A::kTalk, A::kOff},
    {A::kDialling, A::kWrap},
    {A::kDialling, A::kAvailable},
    {A::kDialling, A::kTalk},
    {A::kDialling, A::kAux},
    {A::kDialling, A::kOff},
    {A::kWrap, A::kAvailable},
    {A::kWrap, A::kTalk},
    {A::kWrap, A::kAux},
    {A::kWrap, A::kOff},
    {A::kAux, A::kAvailable},
    {A::kAux, A::kTalk},
    {A::kAux, A::kOff},
    {A::kAux, A::kAux},
    {A::kOff, A::kRinging},
    {A::kAvailable, A::kRinging},
    {A::kTalk, A::kRinging},
    {A::kDialling, A::kRinging},
    {A::kWrap, A::kRinging},
    {A::kAux, A::kRinging},
    {A::kRinging, A::kRinging},
    {A::kRinging, A::kTalk},
    {A::kRinging, A::kAux},
    {A::kRinging, A::kOff},
    {A::kRinging, A::kAvailable},
    {A::kOff, A::kDialling},
    {A::kTalk, A::kDialling},
    {A::kDialling, A::kDialling},
    {A::kWrap, A::kDialling},
    {A::kAux, A::kDialling},
    {A::kRinging, A::kDialling},
    {A::kAvailable, A::kDesk},
    {A::kDesk, A::kAvailable},
    {A::kDesk, A::kAux},
    {A::kDesk, A::kOff},
    {A::kDesk, A::kTalk},
    {A::kDesk, A::kRinging},
    {A::kDesk, A::kDialling},
    {A::kOff, A::kChat},
    {A::kAvailable, A::kChat},
    {A::kTalk, A::kChat},
    {A::kDialling, A::kChat},
    {A::kWrap, A::kChat},
    {A::kAux, A::kChat},
    {A::kRinging, A::kChat},
    {A::kDesk, A::kChat},
    {A::kChat, A::kAvailable},
    {A::kChat, A::kTalk},
    {A::kChat, A::kDialling},
    {A::kChat, A::kAux},
    {A::kChat, A::kOff},
    {A::kChat, A::kRinging},
    {A::kChat, A::kChat},
};

template <class State>
void check_table(const std::set<std::pair<State, State>>& arrows, int states) {
  for (int from = 0; from < states; ++from)
    for (int to = 0; to < states; ++to) {
      INFO(from << " -> " << to);
      const auto a = static_cast<State>(from), b = static_cast<State>(to);
      CHECK(may_follow(a, b) == arrows.contains({a, b}));
    }
}

// True when `act` aborts; run in a child process.
bool aborts(const std::function<void()>& act) {
  std::fflush(nullptr);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    // Not Catch's handler, which would report a failure; and the message is expected.
    std::signal(SIGABRT, SIG_DFL);
    std::freopen("/dev/null", "w", stderr);
    act();
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

class StepsSeen : public Observer {
 public:
  void agent_moved(std::uint32_t, A from, A to, SimTime) { seen.insert({from, to}); }
  std::set<std::pair<A, A>> seen;
};

}  // namespace

TEST_CASE("The tables of steps are the arrows of the diagrams") {
  check_table<C>(kCallArrows, static_cast<int>(kCallStates));
  check_table<A>(kAgentArrows, static_cast<int>(kAgentStates));
}

TEST_CASE("The world with everything walks nearly every arrow of an agent's diagram") {
  const Blueprint plan = make_blueprint(everything());
  StepsSeen steps;
  for (std::uint64_t day = 0; day < 10; ++day) {
    Centre c = open_centre(plan, 1, day);
    Watched<StepsSeen>{plan, c, steps}.run_out();
  }
  // Nobody goes from off to a break, and breaks here end in work.
  std::set<std::pair<A, A>> expected = kAgentArrows;
  expected.erase({A::kOff, A::kAux});
  expected.erase({A::kAux, A::kOff});
  for (const auto& [from, to] : expected) {
    INFO(static_cast<int>(from) << " -> " << static_cast<int>(to));
    // Rare coincidences of the roster's clock; the random worlds see them.
    if (from == A::kDialling && to == A::kAux) continue;
    // No phone rings there, and all breaks have one code; tests/engine/people has both.
    if (from == A::kRinging || to == A::kRinging || (from == A::kAux && to == A::kAux)) continue;
    // Straight to a callback: tests/engine/outbound.
    if (to == A::kDialling && from != A::kAvailable) continue;
    // Nobody writes or chats: tests/engine/messages.
    if (from == A::kDesk || to == A::kDesk || from == A::kChat || to == A::kChat) continue;
    CHECK(steps.seen.contains({from, to}));
  }
}

TEST_CASE("An illegal step aborts the run") {
  const Blueprint plan = make_blueprint(everything());
  Centre c = open_centre(plan, 5, 0);
  Observer nobody;
  Watched<Observer>{plan, c, nobody}.run_until(kStart + 90min);
  const auto run_with = [&](const std::function<void(Centre&)>& corrupt) {
    return aborts([&] {
      Centre broken = c;
      corrupt(broken);
      Observer none;
      Watched<Observer>{plan, broken, none}.run_out();
    });
  };
  CHECK_FALSE(run_with([](Centre&) {}));
  CHECK(run_with([](Centre& o) {
    for (Agent& agent : o.agents)
      if (agent.state == A::kTalk) agent.state = A::kOff;
  }));
  CHECK(run_with([](Centre& o) {
    for (Call& call : o.calls)
      if (call.state == C::kTalking) call.state = C::kFree;
  }));
  CHECK(run_with([](Centre& o) {
    for (Call& call : o.calls)
      if (call.state == C::kFree) call.state = C::kTalking;
  }));
}

}  // namespace callmill::test
