#pragma once
// An observer that tells what happens in a centre as a telephone system would.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/centre/flow.h"
#include "engine/live/twin.h"
#include "models/world/world.h"

namespace callmill::test {

class Teller : public Observer {
 public:
  using Kind = live::FloorEvent::Kind;
  // `opens_us`: the day's opening, since 1970 UTC.
  Teller(const World& world, std::int64_t opens_us, std::vector<live::FloorEvent>& events)
      : world_{world}, opens_us_{opens_us}, events_{events} {}

  void event(SimTime now, Calendar::Slot) { now_ = now; }
  void offered(const Call& call) { tell(Kind::kEntered, id(call), queue(call), ""); }
  void abandoned(const Call& call, SimDuration) {
    tell(Kind::kAbandoned, id(call), queue(call), "");
  }
  void answered(const Call& call, std::uint32_t, SimDuration, SimDuration) {
    talks_[last_] = {id(call), queue(call)};
    tell(Kind::kConnected, id(call), queue(call), name(last_));
  }
  void agent_stepped(std::uint32_t agent, const Agent& record, AgentState to, SimTime now) {
    now_ = now;
    last_ = agent;
    if (record.state == AgentState::kTalk)
      tell(Kind::kCompleted, talks_[agent].first, talks_[agent].second, name(agent));
    if (record.state == AgentState::kOff) tell(Kind::kLogin, "", "", name(agent));
    if (to == AgentState::kOff) tell(Kind::kLogout, "", "", name(agent));
    if (to == AgentState::kAux) tell(Kind::kPaused, "", "", name(agent));
    if (record.state == AgentState::kAux && to != AgentState::kOff)
      tell(Kind::kResumed, "", "", name(agent));
  }

 private:
  static std::string id(const Call& call) { return std::to_string(call.key.bits()); }
  static std::string name(std::uint32_t agent) { return "agent " + std::to_string(agent); }
  std::string queue(const Call& call) const { return world_.queues[call.queue].name; }
  void tell(Kind kind, std::string call, std::string queue, std::string agent) {
    events_.push_back({kind, opens_us_ + (now_ - kStart).count(), std::move(call), std::move(queue),
                       std::move(agent)});
  }
  const World& world_;
  std::int64_t opens_us_;
  std::vector<live::FloorEvent>& events_;
  SimTime now_ = kStart;
  std::uint32_t last_ = 0;
  std::map<std::uint32_t, std::pair<std::string, std::string>> talks_;  // by agent: call, queue
};

}  // namespace callmill::test
