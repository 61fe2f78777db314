#pragma once
// Books that a property test keeps beside the recorder: it looks at all calls at each event, so
// that what was told can be held against what was there.

#include <cstdint>
#include <vector>

#include "engine/centre/observer.h"

namespace callmill::test {

class Books : public Observer {
 public:
  Books(const Blueprint& plan, const Centre& centre)
      : plan_{plan},
        centre_{centre},
        area_(plan.queues.size()),
        told_(plan.queues.size()),
        line_time_(plan.first_line.size() - 1) {}

  // ---- what was there
  void event(SimTime t, Calendar::Slot) { pass(t); }
  void pass(SimTime t) {
    const SimDuration all = t - at_;
    if (all > SimDuration{0})
      for (std::uint32_t i = 0; i < centre_.calls.size(); ++i) {
        const Call& call = centre_.calls[i];
        if (is_in_queue(call)) area_[call.queue] += all;
        if (i < centre_.lines && call.state != CallState::kFree)
          line_time_[call.trunks] += open_time(at_, t);
      }
    at_ = t;
  }
  static bool is_in_queue(const Call& call) {
    return !has(call, Mark::kCallback) &&
           (call.state == CallState::kWaiting || call.state == CallState::kRinging);
  }

  // ---- what was told: callers in and out of the queues. Nobody waits whom an agent dials in
  // preview, and callbacks that keep a place are not callers.
  void offered(const Call& call) { comes(call); }
  void sent_back(const Call& call, std::uint32_t, SimDuration) { comes(call); }
  void answered(const Call& call, std::uint32_t, SimDuration, SimDuration) {
    const bool preview =
        has(call, Mark::kCampaign) &&
        plan_.campaigns[plan_.types[call.type].stands_for].mode == DialMode::kPreview;
    if (!preview) goes(call);
  }
  void resumed(const Call& call, std::uint32_t, SimDuration) { goes(call); }
  void abandoned(const Call& call, SimDuration) { goes(call); }
  void lost_again(const Call& call, SimDuration) { goes(call); }
  void disconnected(const Call& call, SimDuration) { goes(call); }
  void left_message(const Call& call, SimDuration) { goes(call); }
  void callback_accepted(const Call& call) { goes(call); }
  void deflected(const Call& call, SimDuration) {
    goes(call);
    moves_ = true;
  }

  // ---- stories
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t attempt, std::uint32_t) {
    began_ += attempt == 0 ? 1 : 0;
  }
  void chat_came(std::uint16_t, std::uint32_t, std::uint16_t attempt) {
    began_ += attempt == 0 && !moves_ ? 1 : 0;
    moves_ = false;
  }
  void message_came(const Call&, SimTime, SimTime) { moves_ = false; }
  void deflected_in_menu(const Call&) { moves_ = true; }
  void caller_ended(std::uint16_t, const Story&, std::uint32_t, CallerEnd) { ++ended_; }
  void cut(const Call& call, SimDuration) {
    if (is_in_queue(call)) goes(call);
  }

  // ---- the two against each other; call pass() first
  // Little's law, exactly: the area under the number in the queue is the sum of the times in it.
  bool areas_are_waits() const {
    for (std::size_t q = 0; q < area_.size(); ++q)
      if (area_[q] != told_[q].left - told_[q].came + (centre_.now - kStart) * told_[q].inside)
        return false;
    return true;
  }
  bool told_are_there() const {
    std::vector<std::int64_t> there(area_.size());
    for (const Call& call : centre_.calls) there[call.queue] += is_in_queue(call) ? 1 : 0;
    for (std::size_t q = 0; q < area_.size(); ++q)
      if (there[q] != told_[q].inside) return false;
    return true;
  }
  // Once the run is over: each caller's story has ended once, but for those of messages that nobody
  // has done.
  bool stories_ended_once() const {
    if (!plan_.tracks_callers) return true;
    std::int64_t open = 0;
    for (std::size_t i = 0; i < centre_.calls.size(); ++i)
      open += centre_.calls[i].state != CallState::kFree && !centre_.files[i].carried_on ? 1 : 0;
    return began_ == ended_ + open;
  }
  SimDuration line_time(std::size_t trunks) const { return line_time_[trunks]; }

 private:
  struct Told {
    std::int64_t inside = 0;
    SimDuration came{}, left{};  // sums of moments
  };
  void comes(const Call& call) {
    if (has(call, Mark::kCallback)) return;
    ++told_[call.queue].inside;
    told_[call.queue].came += centre_.now - kStart;
  }
  void goes(const Call& call) {
    if (has(call, Mark::kCallback)) return;
    --told_[call.queue].inside;
    told_[call.queue].left += centre_.now - kStart;
  }
  SimDuration open_time(SimTime from, SimTime to) const {
    SimDuration open{};
    for (const SimTime opens : plan_.days.day_opens) {
      const SimTime begin = std::max(from, opens);
      const SimTime end = std::min(to, opens + plan_.days.day_length);
      if (begin < end) open += end - begin;
    }
    return open;
  }

  const Blueprint& plan_;
  const Centre& centre_;
  SimTime at_;
  std::vector<SimDuration> area_;
  std::vector<Told> told_;
  std::vector<SimDuration> line_time_;
  std::int64_t began_ = 0, ended_ = 0;
  bool moves_ = false;  // the next contact is of a caller who has left a call
};

}  // namespace callmill::test
