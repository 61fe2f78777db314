#pragma once
// The hands of LiveCentre on the Flow of its centre: one place where Flow is made, for it takes
// long to compile.

#include <cstdint>
#include <vector>

#include "engine/centre/observer.h"
#include "engine/kpi/recorder.h"

namespace callmill::live {

// Keeps the turns of rules, to be told in the log.
class RuleTurns : public Observer {
 public:
  struct Turn {
    SimTime at;
    std::uint32_t rule = 0;
    bool begins = true;
  };
  void rule_began(std::uint32_t rule, SimTime t) { turns_.push_back({t, rule, true}); }
  void rule_ended(std::uint32_t rule, SimTime t) { turns_.push_back({t, rule, false}); }
  std::vector<Turn>& turns() { return turns_; }

 private:
  std::vector<Turn> turns_;
};

// All that a Flow needs. The centre has been moved by the same plan up to now.
struct Drive {
  const Blueprint& plan;
  Centre& centre;
  Recorder& recorder;
  RuleTurns& turns;
};

void open(const Drive& drive);
void run_until(const Drive& drive, SimTime until);
bool step(const Drive& drive);
void run_out(const Drive& drive);
void renew_callers(const Drive& drive, ReplicationKey key);

// engine/centre/by_hand.h
void take_over(const Drive& drive, const Blueprint& before);
void begin_rule(const Drive& drive, std::uint32_t rule);
void end_rule(const Drive& drive, std::uint32_t rule);
void change_agents(const Drive& drive, std::uint32_t group, std::int64_t by);
void move_agents(const Drive& drive, std::uint32_t rule, std::uint32_t group, std::uint32_t to,
                 std::uint32_t agents);
void change_lines(const Drive& drive, std::uint32_t trunks, std::int64_t by);
void call_in(const Drive& drive, std::uint32_t rule, std::uint32_t group, std::uint32_t agents);
void end_breaks(const Drive& drive, std::uint32_t rule, std::uint32_t group);

}  // namespace callmill::live
