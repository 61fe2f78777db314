#include "engine/live/drive.h"

#include "engine/centre/by_hand.h"
#include "engine/centre/flow.h"

namespace callmill::live {
namespace {

template <class Move>
auto with_flow(const Drive& drive, Move&& move, Stock stock = Stock::kKnown) {
  Observers<Recorder, RuleTurns> observers{drive.recorder, drive.turns};
  Flow<Observers<Recorder, RuleTurns>> flow{drive.plan, drive.centre, observers, stock};
  return move(flow);
}

}  // namespace

void open(const Drive& drive) {
  with_flow(drive, [](auto&) {});
}

void run_until(const Drive& drive, SimTime until) {
  with_flow(drive, [&](auto& flow) { flow.run_until(until); });
}

bool step(const Drive& drive) {
  return with_flow(drive, [](auto& flow) { return flow.step(); });
}

void run_out(const Drive& drive) {
  with_flow(drive, [](auto& flow) { flow.run_out(); });
}

void renew_callers(const Drive& drive, ReplicationKey key) {
  with_flow(drive, [&](auto& flow) { flow.renew_callers(key); });
}

void take_over(const Drive& drive, const Blueprint& before) {
  with_flow(drive, [&](auto& flow) { flow.take_over(before); });
}

void begin_rule(const Drive& drive, std::uint32_t rule) {
  with_flow(drive, [&](auto& flow) { flow.begin_by_hand(rule); });
}

void end_rule(const Drive& drive, std::uint32_t rule) {
  with_flow(drive, [&](auto& flow) { flow.end_by_hand(rule); });
}

void change_agents(const Drive& drive, std::uint32_t group, std::int64_t by) {
  with_flow(drive, [&](auto& flow) { flow.agents_by_hand(group, by); });
}

void move_agents(const Drive& drive, std::uint32_t rule, std::uint32_t group, std::uint32_t to,
                 std::uint32_t agents) {
  with_flow(drive, [&](auto& flow) { flow.move_by_hand(rule, group, to, agents); });
}

void change_lines(const Drive& drive, std::uint32_t trunks, std::int64_t by) {
  with_flow(drive, [&](auto& flow) { flow.lines_by_hand(trunks, by); });
}

void call_in(const Drive& drive, std::uint32_t rule, std::uint32_t group, std::uint32_t agents) {
  with_flow(drive, [&](auto& flow) { flow.call_in_by_hand(rule, group, agents); });
}

void end_breaks(const Drive& drive, std::uint32_t rule, std::uint32_t group) {
  with_flow(drive, [&](auto& flow) { flow.end_breaks_by_hand(rule, group); });
}

}  // namespace callmill::live
