#pragma once
// An observer that counts everything the indicators need (counts.h), by interval, at a few ns an
// event.
//
// Times in a state are kept as sums of signed moments: entering a state at t adds the rest of the
// interval, leaving it takes the rest away, so an event touches two integers and nothing is
// multiplied. Exact: integers throughout. Memory: types × (queues + 1) × intervals cells; fixed at
// construction, nothing is allocated while it counts.

#include <algorithm>
#include <vector>

#include "engine/centre/observer.h"
#include "engine/kpi/callback_recorder.h"
#include "engine/kpi/caller_counts.h"
#include "engine/kpi/campaign_recorder.h"
#include "engine/kpi/chat_counts.h"
#include "engine/kpi/contact_counts.h"
#include "engine/kpi/counts.h"
#include "engine/kpi/floor_recorder.h"
#include "engine/kpi/message_counts.h"
#include "engine/kpi/people_recorder.h"
#include "engine/kpi/wait_histogram.h"

namespace callmill {

inline constexpr SimDuration kShortAbandon = std::chrono::seconds{5};

class Recorder : public Observer {
 public:
  explicit Recorder(const Blueprint& plan);
  void reset();  // for the next replication
  // From now on it counts by `plan`, which has the shape of the one before (engine/live/shape.h)
  // and must outlive it.
  void follow(const Blueprint& plan);

  void interval_began(std::uint32_t interval);
  void attempted(std::uint16_t type, std::uint32_t interval, std::uint16_t attempt,
                 std::uint32_t trunks) {
    Cell<CallCount>& cell = calls_[cell_index(type, 0, interval)];
    ++cell[at(CallCount::kAttempts)];
    cell[at(CallCount::kRedials)] += attempt > 0 ? 1 : 0;
    ++lines_now_[trunks][at(LineCount::kAttempts)];
  }
  void blocked(std::uint16_t type, std::uint32_t interval, std::uint32_t trunks) {
    ++calls_[cell_index(type, 0, interval)][at(CallCount::kBlocked)];
    ++lines_now_[trunks][at(LineCount::kBlocked)];
  }
  void network_lost(std::uint16_t type, std::uint32_t interval, std::uint32_t trunks) {
    ++calls_[cell_index(type, 0, interval)][at(CallCount::kNetworkLost)];
    ++lines_now_[trunks][at(LineCount::kNetworkLost)];
  }
  void no_port(std::uint32_t trunks) { ++lines_now_[trunks][at(LineCount::kNoPort)]; }
  void lines_overflowed(std::uint32_t from, std::uint32_t to) {
    ++lines_now_[from][at(LineCount::kOverflowed)];
    ++lines_now_[to][at(LineCount::kAttempts)];
  }
  void lines_in_service(std::uint32_t trunks, std::uint32_t lines, SimTime t) {
    lines_now_[trunks][at(LineCount::kLineTime)] +=
        (std::int64_t{lines} - std::int64_t{lines_in_service_[trunks]}) * rest_of_interval(t);
    lines_in_service_[trunks] = lines;
  }
  void cut(const Call& call, SimDuration talk_left) {
    const bool talked = call.state == CallState::kTalking;
    Cell<LineCount>& lines = lines_now_[call.trunks];
    ++lines[at(LineCount::kCut)];
    lines[at(LineCount::kTalksCut)] += talked ? 1 : 0;
    if (talked)
      broken_off(call, talk_left);
    else if (has(call, Mark::kSentBack))
      ++asked_cell(call)[at(CallCount::kBrokenOff)];  // it was answered
    else if (call.state == CallState::kWaiting || call.state == CallState::kRinging)
      ++queue_cell(call)[at(CallCount::kCut)];
    else
      count_hotline(call, CallCount::kCut);
  }
  void line_seized(std::uint32_t trunks, std::uint32_t in_use, SimTime t) {
    Cell<LineCount>& cell = lines_now_[trunks];
    lines_in_use_[trunks] = in_use;
    cell[at(LineCount::kBusy)] += rest_of_interval(t);
    cell[at(LineCount::kPeak)] = std::max<std::int64_t>(cell[at(LineCount::kPeak)], in_use);
  }
  void line_released(std::uint32_t trunks, SimTime t) {
    --lines_in_use_[trunks];
    lines_now_[trunks][at(LineCount::kBusy)] -= rest_of_interval(t);
  }
  // Of who has heard nothing but a notice before the queue, no menu ends.
  void menu_ended(const Call& call, SimTime) {
    const Destination::Kind enters = plan_->types[call.type].enters.kind;
    if (enters == Destination::Kind::kMenu || enters == Destination::Kind::kSelfService)
      count_hotline(call, CallCount::kMenuEntered);
  }
  void hung_up_in_menu(const Call& call) { count_hotline(call, CallCount::kMenuHangUps); }
  void self_served(const Call& call) {
    count_hotline(call, CallCount::kSelfServed);
    if (plan_->self_service[call.menu].notice) count_hotline(call, CallCount::kByNotice);
  }
  void refused(const Call& call) {
    Cell<CallCount>& cell = queue_cell(call);
    ++cell[at(CallCount::kBlocked)];
    ++cell[at(CallCount::kRefused)];
  }
  void offered(const Call& call) {
    ++queue_cell(
        call)[at(has(call, Mark::kTransferred) ? CallCount::kTransferredIn : CallCount::kOffered)];
  }
  void transferred(const Call& call, std::uint32_t) {
    ++queue_cell(call)[at(CallCount::kTransferred)];
  }
  void answered(const Call& call, std::uint32_t group, SimDuration wait, SimDuration talk) {
    Cell<CallCount>& cell = queue_cell(call);
    ++cell[at(CallCount::kAnswered)];
    cell[at(CallCount::kTransferredAnswered)] += has(call, Mark::kTransferred) ? 1 : 0;
    cell[at(CallCount::kTalk)] += talk.count();
    cell[at(CallCount::kWaitAnswered)] += wait.count();
    cell[at(CallCount::kAnsweredWithin)] += wait <= plan_->queues[call.queue].answer_within ? 1 : 0;
    cell[at(CallCount::kAnsweredAtOnce)] += wait == SimDuration{0} ? 1 : 0;
    count_wait(call, cell, wait);
    ++agents_now_[group][at(AgentCount::kAnswered)];
  }
  void abandoned(const Call& call, SimDuration wait) {
    Cell<CallCount>& cell = queue_cell(call);
    ++cell[at(CallCount::kAbandoned)];
    cell[at(CallCount::kWaitAbandoned)] += wait.count();
    cell[at(CallCount::kAbandonedWithin)] +=
        wait <= plan_->queues[call.queue].answer_within ? 1 : 0;
    cell[at(CallCount::kShortAbandoned)] += wait < kShortAbandon ? 1 : 0;
    count_wait(call, cell, wait);
  }
  void disconnected(const Call& call, SimDuration) {
    ++queue_cell(call)[at(CallCount::kDisconnected)];
  }
  void left_message(const Call& call, SimDuration) {
    ++queue_cell(call)[at(CallCount::kLeftMessage)];
  }
  void deflected(const Call& call, SimDuration) { ++queue_cell(call)[at(CallCount::kDeflected)]; }
  void deflected_in_menu(const Call& call) { count_hotline(call, CallCount::kDeflectedInMenu); }
  void chat_came(std::uint16_t type, std::uint32_t interval, std::uint16_t attempt) {
    Cell<CallCount>& cell = calls_[cell_index(type, 0, interval)];
    ++cell[at(CallCount::kAttempts)];
    cell[at(CallCount::kRedials)] += attempt > 0 ? 1 : 0;
  }
  void chat_began(std::uint32_t group, SimTime t) {
    ++chats_at_agents_[group];
    agents_now_[group][at(AgentCount::kChatTime)] += rest_of_interval(t);
  }
  void chat_over(const Call& call, SimDuration time) {
    queue_cell(call)[at(CallCount::kTalk)] += time.count();
    chats_.over(call, time);
  }
  void chat_ended(std::uint32_t group, SimTime t) {
    --chats_at_agents_[group];
    agents_now_[group][at(AgentCount::kChatTime)] -= rest_of_interval(t);
  }
  void message_came(const Call& call, SimTime due, SimTime t) { messages_.came(call, due, t); }
  void message_done(const Call& call, SimTime due, SimTime t) { messages_.done(call, due, t); }
  void held(std::uint16_t type, std::uint16_t queue, std::uint16_t interval, SimDuration time) {
    calls_[cell_index(type, queue + 1u, interval)][at(CallCount::kHold)] += time.count();
  }
  void wrap_began(const Call& call, std::uint32_t, SimDuration wrap) {
    queue_cell(call)[at(CallCount::kWrap)] += wrap.count();
  }
  void agent_stepped(std::uint32_t agent, const Agent& record, AgentState to, SimTime t) {
    if (plan_->tracks_people) [[unlikely]]
      people_.stepped(agent, record, to, t);
  }
  void rang(const Call&, std::uint32_t group, SimTime t) { people_.rang(group, t); }
  void not_picked_up(const Call&, std::uint32_t group, SimTime t) {
    people_.not_picked_up(group, t);
  }
  void wrap_cut(std::uint16_t type, std::uint16_t queue, std::uint16_t interval, SimDuration rest) {
    calls_[cell_index(type, queue + 1u, interval)][at(CallCount::kWrap)] -= rest.count();
  }
  void sent_back(const Call& call, std::uint32_t, SimDuration rest) {
    queue_cell(call)[at(CallCount::kTalk)] -= rest.count();
  }
  void resumed(const Call& call, std::uint32_t, SimDuration talk) {
    queue_cell(call)[at(CallCount::kTalk)] += talk.count();
  }
  void lost_again(const Call& call, SimDuration) { ++asked_cell(call)[at(CallCount::kBrokenOff)]; }
  void agent_moved(std::uint32_t group, AgentState from, AgentState to, SimTime t) {
    Cell<AgentCount>& cell = agents_now_[group];
    const std::int64_t rest = rest_of_interval(t);
    cell[static_cast<std::size_t>(from)] -= rest;
    cell[static_cast<std::size_t>(to)] += rest;
    --in_state_[group][static_cast<std::size_t>(from)];
    ++in_state_[group][static_cast<std::size_t>(to)];
  }
  void dialled(std::uint32_t group, bool reached, SimTime) {
    Cell<AgentCount>& cell = agents_now_[group];
    ++cell[at(AgentCount::kDials)];
    cell[at(AgentCount::kReached)] += reached ? 1 : 0;
  }
  void caller_ended(std::uint16_t type, const Story& story, std::uint32_t attempts, CallerEnd end) {
    callers_.caller_ended(type, story, attempts, end);
  }
  void contact_over(const Call& call, const ContactOutcome& outcome) {
    contacts_.contact_over(call, outcome);
    if (contacts_.keeps_given()) [[unlikely]]
      contacts_.expect(*plan_, call, outcome);
  }
  void self_service_over(const Call& call, bool resolved) {
    contacts_.self_service_over(call, resolved);
    if (contacts_.keeps_given()) [[unlikely]]
      contacts_.expect_self_service(call, plan_->aftermath[call.type].self_service);
  }

  // What was left of the talk, which was counted in full when it began, was not talked.
  void broken_off(const Call& call, SimDuration talk_left) {
    queue_cell(call)[at(CallCount::kTalk)] -= talk_left.count();
    ++asked_cell(call)[at(CallCount::kBrokenOff)];
  }
  void regrouped(std::uint32_t from, std::uint32_t to, AgentState state, SimTime t) {
    const auto s = static_cast<std::size_t>(state);
    const std::int64_t rest = rest_of_interval(t);
    agents_now_[from][s] -= rest;
    agents_now_[to][s] += rest;
    --in_state_[from][s];
    ++in_state_[to][s];
  }
  // Refused calls are blocked ones for the caller, yet no line was lacking.
  void shed(std::uint16_t type, std::uint32_t interval, std::uint32_t trunks, std::uint16_t rule) {
    ++calls_[cell_index(type, 0, interval)][at(CallCount::kBlocked)];
    floor_.shed(type, interval, trunks, rule);
  }
  void rule_began(std::uint32_t rule, SimTime t) { floor_.rule_began(rule, t); }
  void rule_ended(std::uint32_t rule, SimTime t) { floor_.rule_ended(rule, t); }
  void agent_lent(std::uint32_t rule, SimTime t) { floor_.agent_lent(rule, t); }
  void break_ended(std::uint32_t rule, SimTime t) { floor_.break_ended(rule, t); }
  void called_in(std::uint32_t rule, SimTime t) { floor_.called_in(rule, t); }
  void extra_paid(std::uint32_t rule, bool begins, std::uint32_t home, double cost_per_hour,
                  SimTime t) {
    floor_.extra_paid(rule, begins, home, cost_per_hour, t);
  }

  void callback_offered(const Call& call) { callbacks_.count(call, CallbackCount::kOffers); }
  void callback_accepted(const Call& call) {
    ++queue_cell(call)[at(CallCount::kCallbacks)];
    callbacks_.count(call, CallbackCount::kAccepted);
  }
  void callback_tried(const Call& call) { callbacks_.count(call, CallbackCount::kTries); }
  void callback_made(const Call& call, SimDuration since) {
    ++asked_cell(call)[at(CallCount::kCallbacksMade)];
    callbacks_.made(call, since);
  }
  void callback_failed(const Call& call) { callbacks_.count(call, CallbackCount::kFailed); }

  void campaign_dialled(std::uint32_t campaign, const Call& dial) {
    campaigns_.dialled(campaign, dial);
  }
  void campaign_outcome(std::uint32_t campaign, const Call& dial, DialCause cause) {
    campaigns_.outcome(campaign, dial, cause);
  }
  void campaign_reached(std::uint32_t campaign, const Call& party, SimDuration wait) {
    campaigns_.reached(campaign, party, wait);
  }
  void number_filtered(std::uint32_t campaign, std::uint32_t interval) {
    campaigns_.filtered(campaign, interval);
  }
  void number_ended(std::uint32_t campaign, const Call& dial, DialCause) {
    campaigns_.ended(campaign, dial);
  }

  const CampaignRecorder& campaigns() const { return campaigns_; }
  const CallbackRecorder& callbacks() const { return callbacks_; }
  const Blueprint& plan() const { return *plan_; }
  const FloorRecorder& floor() const { return floor_; }
  // Counts of one cell; queue == queues() means before any queue (attempts, blocked, menus).
  const Cell<CallCount>& calls(std::uint32_t type, std::uint32_t queue,
                               std::uint32_t interval) const {
    return calls_[cell_index(type, queue == queues() ? 0 : queue + 1, interval)];
  }
  const Cell<AgentCount>& agents(std::uint32_t group, std::uint32_t interval) const {
    return interval == interval_ ? agents_now_[group]
                                 : agents_[std::size_t{group} * plan_->intervals + interval];
  }
  const Cell<LineCount>& lines(std::uint32_t trunks, std::uint32_t interval) const {
    return interval == interval_ ? lines_now_[trunks]
                                 : lines_[std::size_t{trunks} * plan_->intervals + interval];
  }
  std::uint32_t interval_at_hand() const { return interval_; }
  // The same of the interval at hand up to `t`, and no further: what goes on may end.
  Cell<AgentCount> agents_until(std::uint32_t group, SimTime t) const;
  Cell<LineCount> lines_until(std::uint32_t trunks, SimTime t) const;
  // Only where Blueprint::tracks_callers.
  const Cell<CallerCount>& callers(std::uint32_t type, std::uint32_t interval) const {
    return callers_.cell(type, interval);
  }
  const PeopleRecorder& people() const { return people_; }
  // Only where Blueprint::follows_up.
  const Cell<ContactCount>& contacts(std::uint32_t type, std::uint32_t interval) const {
    return contacts_.cell(type, interval);
  }
  const ContactBook& contact_book() const { return contacts_; }
  // From the next replication on also the expectations of contacts (contact_chances.h). Nothing is
  // kept where nothing follows contacts.
  void keep_given() { contacts_.keep_given(); }
  const MessageBook& messages() const { return messages_; }
  // Only where Blueprint::has_chats.
  const ChatBook& chats() const { return chats_; }
  const WaitHistogram& waits(std::uint32_t queue) const { return waits_[queue]; }
  std::uint32_t queues() const { return static_cast<std::uint32_t>(plan_->queues.size()); }

 private:
  // The cells of one (type, queue) lie side by side; the current interval's stays in the cache.
  std::size_t cell_index(std::uint32_t type, std::uint32_t place, std::uint32_t interval) const {
    return (std::size_t{type} * places_ + place) * plan_->intervals + interval;
  }
  Cell<CallCount>& queue_cell(const Call& call) {
    return calls_[cell_index(call.type, call.queue + 1u, call.interval)];
  }
  // A callback counts beside the calls of who asked for it.
  Cell<CallCount>& asked_cell(const Call& call) {
    if (!has(call, Mark::kCallback)) return queue_cell(call);
    const std::uint32_t type = plan_->types[call.type].stands_for;
    return calls_[cell_index(type, call.queue + 1u, call.interval)];
  }
  void count_hotline(const Call& call, CallCount count) {
    ++calls_[cell_index(call.type, 0, call.interval)][at(count)];
  }
  void count_wait(const Call& call, Cell<CallCount>& cell, SimDuration wait) {
    cell[at(CallCount::kMaxWait)] =
        std::max<std::int64_t>(cell[at(CallCount::kMaxWait)], wait.count());
    if (call.interval >= plan_->first_counted && call.type < plan_->caller_types)
      waits_[call.queue].add(wait);
  }
  void count_open_chats();
  void begin_agents(std::uint32_t group, std::int64_t length);
  void begin_lines(std::uint32_t trunks, std::int64_t length);
  std::int64_t rest_of_interval(SimTime t) const { return (interval_end_ - t).count(); }

  const Blueprint* plan_;
  std::size_t places_;  // queues and, before them, the hotline itself
  bool began_ = false;
  std::uint32_t interval_ = 0;  // == intervals while closed, in which nobody is interested
  SimTime interval_end_;
  std::vector<Cell<CallCount>> calls_;
  std::vector<Cell<AgentCount>> agents_;  // of past intervals
  std::vector<Cell<LineCount>> lines_;
  std::vector<Cell<AgentCount>> agents_now_;  // of interval_: small, so that it stays in the cache
  std::vector<Cell<LineCount>> lines_now_;
  std::vector<std::array<std::int64_t, kAgentStates>> in_state_;  // by group
  std::vector<std::uint32_t> lines_in_use_;                       // by trunk group
  std::vector<std::uint32_t> lines_in_service_;
  PeopleRecorder people_;
  CallbackRecorder callbacks_;
  CampaignRecorder campaigns_;
  std::vector<WaitHistogram> waits_;  // by queue, counted intervals only
  CallerBook callers_;
  ContactBook contacts_;
  FloorRecorder floor_;
  MessageBook messages_;
  ChatBook chats_;
  std::vector<std::uint32_t> chats_at_agents_;  // by group
};

}  // namespace callmill
