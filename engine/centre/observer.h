#pragma once
// What happens in the centre, told once, at the moment it happens. The ACD never knows who is
// looking: an observer is a template argument of Flow, so what nobody watches costs nothing.

#include <tuple>

#include "engine/centre/centre.h"

namespace callmill {

// Derive and hide the calls you want. `call` is the record before its state changes hands or is
// freed.
struct Observer {
  void event(SimTime, Calendar::Slot) {}  // each event taken from the calendar, before its effects
  void interval_began(std::uint32_t) {}   // interval = Blueprint::intervals while it is closed
  void attempted(std::uint16_t /*type*/, std::uint32_t /*interval*/, std::uint16_t /*attempt*/,
                 std::uint32_t /*trunks*/) {}
  void blocked(std::uint16_t /*type*/, std::uint32_t /*interval*/, std::uint32_t /*trunks*/) {}
  void network_lost(std::uint16_t /*type*/, std::uint32_t /*interval*/, std::uint32_t /*trunks*/) {}
  void no_port(std::uint32_t /*trunks*/) {}  // why the call that is blocked next is so
  void lines_overflowed(std::uint32_t /*from*/, std::uint32_t /*to*/) {}  // trunks
  void lines_in_service(std::uint32_t /*trunks*/, std::uint32_t /*lines*/, SimTime) {}
  // The line has failed. call.state says where; of a talk this much was left.
  void cut(const Call&, SimDuration /*talk_left*/) {}
  void line_seized(std::uint32_t /*trunks*/, std::uint32_t /*in_use*/, SimTime) {}
  void line_released(std::uint32_t /*trunks*/, SimTime) {}
  void menu_ended(const Call&, SimTime) {}  // the call leaves the menus, whichever way
  void prompt_ended(const Call&, MenuAnswer) {}
  void hung_up_in_menu(const Call&) {}
  void self_served(const Call&) {}
  void refused(const Call&) {}  // by its queue, which is full; never offered
  void offered(const Call&) {}  // to its queue
  void answered(const Call&, std::uint32_t /*group*/, SimDuration /*wait*/, SimDuration /*talk*/) {}
  void abandoned(const Call&, SimDuration /*wait*/) {}     // balking included, with wait 0
  void disconnected(const Call&, SimDuration /*wait*/) {}  // at closing time
  void left_message(const Call&, SimDuration /*wait*/) {}  // instead of waiting on
  void message_came(const Call&, SimTime /*due*/, SimTime) {}
  // Chats are told as calls are, with talk 0 when they are answered and wrap-up when it is over;
  // and:
  void chat_came(std::uint16_t /*type*/, std::uint32_t /*interval*/, std::uint16_t /*attempt*/) {}
  void chat_began(std::uint32_t /*group*/, SimTime) {}  // at an agent of the group
  void chat_over(const Call&, SimDuration /*since the first reply*/) {}
  void chat_ended(std::uint32_t /*group*/, SimTime) {}  // and its after-work
  // The caller goes on by another channel: out of the queue, or out of the menu.
  void deflected(const Call&, SimDuration /*wait*/) {}
  void deflected_in_menu(const Call&) {}
  void message_done(const Call&, SimTime /*due*/, SimTime) {}
  void wrap_began(const Call&, std::uint32_t /*group*/, SimDuration /*wrap*/) {}
  void agent_moved(std::uint32_t /*group*/, AgentState /*from*/, AgentState /*to*/, SimTime) {}
  // The same step. The record is still that of before, but for `aux`: into kAux it is the code of
  // the time to come.
  void agent_stepped(std::uint32_t /*agent*/, const Agent&, AgentState /*to*/, SimTime) {}
  void rang(const Call&, std::uint32_t /*group*/, SimTime) {}  // at an agent
  void not_picked_up(const Call&, std::uint32_t /*group*/, SimTime) {}
  // The rest of a wrap-up is lost, for the agent is called away.
  void wrap_cut(std::uint16_t /*type*/, std::uint16_t /*queue*/, std::uint16_t /*interval*/,
                SimDuration /*rest*/) {}
  // A call whose agent is sent home: back to the queue with `rest` of the talk undone, talked with
  // again, or hung up while it waited again. It was counted as answered when it was first.
  void sent_back(const Call&, std::uint32_t /*group*/, SimDuration /*rest*/) {}
  void resumed(const Call&, std::uint32_t /*group*/, SimDuration /*talk*/) {}
  void lost_again(const Call&, SimDuration /*wait*/) {}
  void dialled(std::uint32_t /*group*/, bool /*reached*/, SimTime) {}
  void redial_planned(std::uint16_t /*type*/, SimTime /*at*/) {}
  // Only where something follows contacts (Blueprint::follows_up).
  void contact_over(const Call&, const ContactOutcome&) {}
  void self_service_over(const Call&, bool /*resolved*/) {}  // of types with a resolution
  void survey_ended(const Call&) {}
  // Only where callers' stories are kept (Blueprint::tracks_callers).
  void caller_ended(std::uint16_t /*type*/, const Story&, std::uint32_t /*attempts*/, CallerEnd) {}
  void transferred(const Call&, std::uint32_t /*group*/) {}   // before it goes on as another type
  void broken_off(const Call&, SimDuration /*talk_left*/) {}  // the agent is gone; the caller
                                                              // hangs up
  // The floor. An agent works in another group from now on, in the state at hand.
  void regrouped(std::uint32_t /*from*/, std::uint32_t /*to*/, AgentState, SimTime) {}
  void rule_began(std::uint32_t /*rule*/, SimTime) {}
  void rule_ended(std::uint32_t /*rule*/, SimTime) {}
  void agent_lent(std::uint32_t /*rule*/, SimTime) {}
  void break_ended(std::uint32_t /*rule*/, SimTime) {}
  void called_in(std::uint32_t /*rule*/, SimTime) {}  // one person, who is on the way now
  void extra_paid(std::uint32_t /*rule*/, bool /*begins*/, std::uint32_t /*home group*/,
                  double /*cost_per_hour*/, SimTime) {}
  void shed(std::uint16_t /*type*/, std::uint32_t /*interval*/, std::uint32_t /*trunks*/,
            std::uint16_t /*rule*/) {}
  void callback_offered(const Call&) {}
  void callback_accepted(const Call&) {}  // the call, which now ends
  void callback_tried(const Call&) {}     // from here on the callback, a contact of its own
  void callback_made(const Call&, SimDuration /*since accepted*/) {}
  void callback_failed(const Call&) {}  // after the last try
  void campaign_dialled(std::uint32_t /*campaign*/, const Call&) {}
  void campaign_outcome(std::uint32_t, const Call&, DialCause) {}
  void campaign_reached(std::uint32_t, const Call&, SimDuration /*wait*/) {}  // an agent talks
  void number_filtered(std::uint32_t, std::uint32_t /*interval*/) {}
  void number_ended(std::uint32_t, const Call&, DialCause) {}
};

// Several observers of one run, told in order.
template <class... O>
class Observers {
 public:
  explicit Observers(O&... observers) : all_{observers...} {}

  void event(SimTime t, Calendar::Slot s) {
    tell([&](auto& o) { o.event(t, s); });
  }
  void interval_began(std::uint32_t i) {
    tell([&](auto& o) { o.interval_began(i); });
  }
  void attempted(std::uint16_t type, std::uint32_t interval, std::uint16_t attempt,
                 std::uint32_t trunks) {
    tell([&](auto& o) { o.attempted(type, interval, attempt, trunks); });
  }
  void blocked(std::uint16_t type, std::uint32_t interval, std::uint32_t trunks) {
    tell([&](auto& o) { o.blocked(type, interval, trunks); });
  }
  void network_lost(std::uint16_t type, std::uint32_t interval, std::uint32_t trunks) {
    tell([&](auto& o) { o.network_lost(type, interval, trunks); });
  }
  void no_port(std::uint32_t trunks) {
    tell([&](auto& o) { o.no_port(trunks); });
  }
  void lines_overflowed(std::uint32_t from, std::uint32_t to) {
    tell([&](auto& o) { o.lines_overflowed(from, to); });
  }
  void lines_in_service(std::uint32_t trunks, std::uint32_t lines, SimTime t) {
    tell([&](auto& o) { o.lines_in_service(trunks, lines, t); });
  }
  void cut(const Call& c, SimDuration talk_left) {
    tell([&](auto& o) { o.cut(c, talk_left); });
  }
  void line_seized(std::uint32_t trunks, std::uint32_t in_use, SimTime t) {
    tell([&](auto& o) { o.line_seized(trunks, in_use, t); });
  }
  void line_released(std::uint32_t trunks, SimTime t) {
    tell([&](auto& o) { o.line_released(trunks, t); });
  }
  void menu_ended(const Call& c, SimTime t) {
    tell([&](auto& o) { o.menu_ended(c, t); });
  }
  void prompt_ended(const Call& c, MenuAnswer answer) {
    tell([&](auto& o) { o.prompt_ended(c, answer); });
  }
  void hung_up_in_menu(const Call& c) {
    tell([&](auto& o) { o.hung_up_in_menu(c); });
  }
  void self_served(const Call& c) {
    tell([&](auto& o) { o.self_served(c); });
  }
  void refused(const Call& c) {
    tell([&](auto& o) { o.refused(c); });
  }
  void offered(const Call& c) {
    tell([&](auto& o) { o.offered(c); });
  }
  void answered(const Call& c, std::uint32_t group, SimDuration wait, SimDuration talk) {
    tell([&](auto& o) { o.answered(c, group, wait, talk); });
  }
  void abandoned(const Call& c, SimDuration wait) {
    tell([&](auto& o) { o.abandoned(c, wait); });
  }
  void disconnected(const Call& c, SimDuration wait) {
    tell([&](auto& o) { o.disconnected(c, wait); });
  }
  void left_message(const Call& c, SimDuration wait) {
    tell([&](auto& o) { o.left_message(c, wait); });
  }
  void message_came(const Call& c, SimTime due, SimTime t) {
    tell([&](auto& o) { o.message_came(c, due, t); });
  }
  void chat_came(std::uint16_t type, std::uint32_t interval, std::uint16_t attempt) {
    tell([&](auto& o) { o.chat_came(type, interval, attempt); });
  }
  void chat_began(std::uint32_t group, SimTime t) {
    tell([&](auto& o) { o.chat_began(group, t); });
  }
  void chat_over(const Call& c, SimDuration time) {
    tell([&](auto& o) { o.chat_over(c, time); });
  }
  void chat_ended(std::uint32_t group, SimTime t) {
    tell([&](auto& o) { o.chat_ended(group, t); });
  }
  void deflected(const Call& c, SimDuration wait) {
    tell([&](auto& o) { o.deflected(c, wait); });
  }
  void deflected_in_menu(const Call& c) {
    tell([&](auto& o) { o.deflected_in_menu(c); });
  }
  void message_done(const Call& c, SimTime due, SimTime t) {
    tell([&](auto& o) { o.message_done(c, due, t); });
  }
  void wrap_began(const Call& c, std::uint32_t group, SimDuration wrap) {
    tell([&](auto& o) { o.wrap_began(c, group, wrap); });
  }
  void agent_moved(std::uint32_t group, AgentState from, AgentState to, SimTime t) {
    tell([&](auto& o) { o.agent_moved(group, from, to, t); });
  }
  void agent_stepped(std::uint32_t agent, const Agent& record, AgentState to, SimTime t) {
    tell([&](auto& o) { o.agent_stepped(agent, record, to, t); });
  }
  void rang(const Call& c, std::uint32_t group, SimTime t) {
    tell([&](auto& o) { o.rang(c, group, t); });
  }
  void not_picked_up(const Call& c, std::uint32_t group, SimTime t) {
    tell([&](auto& o) { o.not_picked_up(c, group, t); });
  }
  void wrap_cut(std::uint16_t type, std::uint16_t queue, std::uint16_t interval, SimDuration rest) {
    tell([&](auto& o) { o.wrap_cut(type, queue, interval, rest); });
  }
  void sent_back(const Call& c, std::uint32_t group, SimDuration rest) {
    tell([&](auto& o) { o.sent_back(c, group, rest); });
  }
  void resumed(const Call& c, std::uint32_t group, SimDuration talk) {
    tell([&](auto& o) { o.resumed(c, group, talk); });
  }
  void lost_again(const Call& c, SimDuration wait) {
    tell([&](auto& o) { o.lost_again(c, wait); });
  }
  void dialled(std::uint32_t group, bool reached, SimTime t) {
    tell([&](auto& o) { o.dialled(group, reached, t); });
  }
  void redial_planned(std::uint16_t type, SimTime at) {
    tell([&](auto& o) { o.redial_planned(type, at); });
  }
  void transferred(const Call& c, std::uint32_t group) {
    tell([&](auto& o) { o.transferred(c, group); });
  }
  void broken_off(const Call& c, SimDuration talk_left) {
    tell([&](auto& o) { o.broken_off(c, talk_left); });
  }
  void regrouped(std::uint32_t from, std::uint32_t to, AgentState state, SimTime t) {
    tell([&](auto& o) { o.regrouped(from, to, state, t); });
  }
  void rule_began(std::uint32_t rule, SimTime t) {
    tell([&](auto& o) { o.rule_began(rule, t); });
  }
  void rule_ended(std::uint32_t rule, SimTime t) {
    tell([&](auto& o) { o.rule_ended(rule, t); });
  }
  void agent_lent(std::uint32_t rule, SimTime t) {
    tell([&](auto& o) { o.agent_lent(rule, t); });
  }
  void break_ended(std::uint32_t rule, SimTime t) {
    tell([&](auto& o) { o.break_ended(rule, t); });
  }
  void called_in(std::uint32_t rule, SimTime t) {
    tell([&](auto& o) { o.called_in(rule, t); });
  }
  void extra_paid(std::uint32_t rule, bool begins, std::uint32_t home, double cost_per_hour,
                  SimTime t) {
    tell([&](auto& o) { o.extra_paid(rule, begins, home, cost_per_hour, t); });
  }
  void shed(std::uint16_t type, std::uint32_t interval, std::uint32_t trunks, std::uint16_t rule) {
    tell([&](auto& o) { o.shed(type, interval, trunks, rule); });
  }
  void callback_offered(const Call& c) {
    tell([&](auto& o) { o.callback_offered(c); });
  }
  void callback_accepted(const Call& c) {
    tell([&](auto& o) { o.callback_accepted(c); });
  }
  void callback_tried(const Call& c) {
    tell([&](auto& o) { o.callback_tried(c); });
  }
  void callback_made(const Call& c, SimDuration since) {
    tell([&](auto& o) { o.callback_made(c, since); });
  }
  void callback_failed(const Call& c) {
    tell([&](auto& o) { o.callback_failed(c); });
  }
  void campaign_dialled(std::uint32_t campaign, const Call& c) {
    tell([&](auto& o) { o.campaign_dialled(campaign, c); });
  }
  void campaign_outcome(std::uint32_t campaign, const Call& c, DialCause cause) {
    tell([&](auto& o) { o.campaign_outcome(campaign, c, cause); });
  }
  void campaign_reached(std::uint32_t campaign, const Call& c, SimDuration wait) {
    tell([&](auto& o) { o.campaign_reached(campaign, c, wait); });
  }
  void number_filtered(std::uint32_t campaign, std::uint32_t interval) {
    tell([&](auto& o) { o.number_filtered(campaign, interval); });
  }
  void number_ended(std::uint32_t campaign, const Call& c, DialCause cause) {
    tell([&](auto& o) { o.number_ended(campaign, c, cause); });
  }

  void caller_ended(std::uint16_t type, const Story& story, std::uint32_t attempts, CallerEnd end) {
    tell([&](auto& o) { o.caller_ended(type, story, attempts, end); });
  }

  void contact_over(const Call& c, const ContactOutcome& outcome) {
    tell([&](auto& o) { o.contact_over(c, outcome); });
  }
  void self_service_over(const Call& c, bool resolved) {
    tell([&](auto& o) { o.self_service_over(c, resolved); });
  }
  void survey_ended(const Call& c) {
    tell([&](auto& o) { o.survey_ended(c); });
  }

 private:
  template <class F>
  void tell(F&& f) {
    std::apply([&](auto&... o) { (f(o), ...); }, all_);
  }
  std::tuple<O&...> all_;
};

// Hash of the trajectory: which event when, in order. Equal prints mean equal runs.
class TrajectoryPrint : public Observer {
 public:
  void event(SimTime t, Calendar::Slot slot) {
    bits_ = mix64(
        bits_ ^ (static_cast<std::uint64_t>(t.time_since_epoch().count()) + kGolden * (slot + 1)));
  }
  std::uint64_t bits() const { return bits_; }

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace callmill
