// Longer than 400 lines: one class declares all stages, whose bodies are in the files below.
#pragma once
// Moves a Centre through the day. A call's way, a file a stage:
//
//   arrivals.h -> lines.h (blocked, or a line) -> menu.h -> queueing.h -> agents.h -> gone, or
//   redial in arrivals.h; or callbacks.h instead of waiting. Without a line: messages.h, chat.h
//
// Who answers whom beyond the plain rule: routing.h, by the policies of policies.h.
// Agents as people (GroupPlan::personal): people.h, ringing.h, release.h.
//
// Each handler takes the event of one calendar slot and leaves that slot rescheduled or cancelled.
// An event costs O(log slots); nothing is allocated once the redial heap has its size.

#include <algorithm>
#include <utility>

#include "engine/centre/centre.h"
#include "engine/centre/fifo.h"
#include "engine/centre/observer.h"

namespace callmill {

// What a Flow knows how to do. Many centres are calls on lines that menus lead to queues; in their
// Flow the questions that belong to other parts are not asked at all, which saves a fifth of the
// instructions. Both kinds take such a centre through the same states.
enum class Parts {
  kAll,
  kCore  // of a plan with Blueprint::core_only; its observer is not told agent_stepped()
};

// Whether a new Flow takes stock of the centre: not needed where the same plan and the same Parts
// have moved it up to now.
enum class Stock { kTake, kKnown };

template <class O, Parts kParts = Parts::kAll>
class Flow {
 public:
  // All three must outlive the Flow. The centre must come from open_centre(plan, ...) or be a copy
  // of such a one.
  Flow(const Blueprint& plan, Centre& centre, O& observer, Stock stock = Stock::kTake)
      : plan_{plan}, c_{centre}, observer_{observer} {
    CALLMILL_CHECK(kParts == Parts::kAll || plan.core_only, "a plan of the core's parts only");
    if (!c_.opened)
      open();
    else if (stock == Stock::kTake)
      look_around();
  }

  // Takes all events up to and including `until`; the centre's clock is then there.
  void run_until(SimTime until) {
    while (!c_.calendar.empty() && c_.calendar.next_time() <= until) take_event();
    advance_clock(until);
  }
  // Takes the next event; false where there is none.
  bool step() {
    if (c_.calendar.empty()) return false;
    take_event();
    return true;
  }
  // To the last closing, and on until the last caller is served or gone and every agent has
  // finished.
  void run_out() {
    while (!c_.calendar.empty()) take_event();
    advance_clock(kStart + plan_.horizon);
    if (plan_.tracks_callers) leave_stories_open();
  }

  // From now on other callers come, drawn by `key`: another future of the same centre. Who is
  // inside keeps what is theirs, and so do agents, numbers to dial and the factor of the day at
  // hand; who calls again does so with other luck.
  void renew_callers(ReplicationKey key);

  // ---- by_hand.h, which is not part of this header: what people order while the centre runs
  void take_over(const Blueprint& before);
  void begin_by_hand(std::uint32_t rule);
  void end_by_hand(std::uint32_t rule);
  void agents_by_hand(std::uint32_t group, std::int64_t by);
  void move_by_hand(std::uint32_t rule, std::uint32_t group, std::uint32_t to,
                    std::uint32_t agents);
  void lines_by_hand(std::uint32_t trunks, std::int64_t by);
  void call_in_by_hand(std::uint32_t rule, std::uint32_t group, std::uint32_t agents);
  void end_breaks_by_hand(std::uint32_t rule, std::uint32_t group);

  // ---- gauges.h
  double indicator(const ConditionPlan& condition) const;
  bool holds(const ConditionPlan& condition) const;

 private:
  template <class, Parts>
  friend class Placing;  // placing.h: people who are there already
  // `used`, where a part beyond the core asks; never so in a Flow of the core.
  static constexpr bool more(bool used) { return kParts == Parts::kAll && used; }
  template <class F>
  double sum_of(std::uint32_t index, std::size_t all, F&& value) const;
  double waiting_now(std::uint32_t queue) const;
  double longest_wait_s(std::uint32_t queue) const;
  double rate(const ConditionPlan& condition) const;
  template <class Of>
  void gauge(Of what, std::uint32_t index) {
    if (more(plan_.gauges.kept)) [[unlikely]]
      c_.gauges.count(what, index, c_.now);
  }
  // ---- clock
  void open();
  void look_around();
  void advance_clock(SimTime to) {
    c_.now = std::max(c_.now, to);
    if (c_.now >= c_.interval_end) begin_intervals();
  }
  void take_event();
  void dispatch(Calendar::Slot slot);
  std::uint32_t group_released(Calendar::Slot slot) const;
  void begin_intervals();
  void next_interval();
  bool closed() const { return c_.interval >= plan_.intervals; }  // at night, too
  // The interval that counts what comes now; at night, or before the first open day, the next one.
  std::uint32_t counting_interval() const {
    if (!closed()) return c_.interval;
    const std::uint32_t next = c_.spell + 1;
    return next < plan_.days.spells.size() ? plan_.days.spells[next].first_interval
                                           : plan_.intervals - 1;
  }

  // ---- arrivals.h
  void schedule_fresh_caller(std::uint32_t type);
  void fresh_caller(std::uint32_t type);
  void reschedule_fresh_caller(std::uint32_t type, const std::vector<RateSegment>& before);
  SimTime when_open(SimTime at) const;
  void draw_ahead(std::uint32_t type);
  void arrive(std::uint16_t type, std::uint32_t caller, std::uint16_t number, std::uint32_t draws,
              const Story& story);
  void attempt(std::uint16_t type, std::uint32_t caller, std::uint16_t number, OwnerKey key,
               SimDuration talk, const Story& story);
  // ---- story.h
  void open_file(std::uint32_t contact, const Story& story);
  SimTime when_again(const Call& call, const CallAgainPlan& again, std::uint32_t times,
                     std::uint32_t draw) const;
  std::uint16_t caller_type(std::uint32_t contact) const;
  bool call_again(const Call& call, std::uint16_t type, const Story& story,
                  const CallAgainPlan& again, std::uint32_t times, std::uint32_t draw);
  bool comes_back(std::uint32_t contact, const CallAgainPlan& again, std::uint32_t times,
                  std::uint32_t more_draws = 0) {
    const Call& call = c_.calls[contact];
    return call_again(call, caller_type(contact), c_.files[contact].story, again, times,
                      redial_draw(call) + more_draws);
  }
  void call_later(const Call& call, std::uint16_t type, const Story& story, SimTime wished);
  void blocked_story(const Call& call, Story story);
  void abandoned_story(std::uint32_t line);
  void talk_cut_short(std::uint32_t contact);
  void leave_stories_open();
  void close_story(std::uint32_t contact, CallerEnd not_served = CallerEnd::kGaveUp);
  std::uint32_t redial_draw(const Call& call) const {
    const bool again = plan_.types[call.type].keeps_patience || has(call, Mark::kTransferred);
    return again ? call.attempt : 0;
  }
  void redial_due(const Later& due);
  SimDuration special_talk(std::uint32_t line, std::uint32_t agent);
  // ---- lines.h
  std::uint32_t seize_line(std::uint32_t trunks);
  void note_blocked(std::uint16_t type, std::uint32_t trunks);
  std::uint32_t seize_special_line(std::uint16_t type, OwnerKey key, std::uint16_t attempt);
  void release_line(std::uint32_t line);
  void note_line_freed() {
    if (more(!plan_.callbacks_on_lines.empty())) [[unlikely]]
      c_.line_freed = true;
  }
  OwnerKey failure_key(std::uint32_t cause) const;
  void plan_failure(std::uint32_t cause, std::uint32_t serial);
  void lines_fail(std::uint32_t cause, std::uint32_t serial);
  void lines_back(std::uint32_t cause, std::uint32_t serial);
  void set_in_service(std::uint32_t trunks);
  void cut_calls(std::uint32_t trunks, std::uint32_t before, OwnerKey key, std::uint32_t serial);
  std::uint32_t busy_line(std::uint32_t trunks, std::uint32_t n) const;
  void cut(std::uint32_t line);
  // ---- resolution.h
  bool contact_over(std::uint32_t line, std::uint32_t agent);
  static void hear(const Call& call, const Survey& survey, ContactOutcome& outcome);
  double chance_resolved(const Call& call, const CallFile& file, std::uint32_t agent) const;
  ContactOutcome judge_contact(const Call& call, const CallFile& file, std::uint32_t agent) const;
  void self_service_over(std::uint32_t line);
  void survey_ends(std::uint32_t line);
  // ---- later.h
  void plan_later(const Later& later);
  void later_due();
  void set_timer(std::uint32_t contact, SimTime at);
  void clear_timer(std::uint32_t contact);
  void contact_timer(std::uint32_t contact);
  std::uint32_t take_contact();
  void hang_up(std::uint32_t contact);
  // ---- messages.h
  void open_backlog();
  void message_comes(std::uint16_t type, const Origin& origin);
  bool goes_first(std::uint32_t a, std::uint32_t b) const;
  void file_message(std::uint32_t contact, std::uint32_t last);
  void take_messages(std::uint32_t group);
  void begin_work(std::uint32_t contact, std::uint32_t agent);
  void work_ends(std::uint32_t agent);
  std::uint32_t interrupt_work(std::uint32_t group);
  void put_aside(std::uint32_t agent);
  void leave_voicemail(std::uint32_t line);
  void end_voicemail(std::uint32_t line);
  // ---- chat.h
  std::uint32_t new_contact(std::uint16_t type, const Origin& origin);
  void contact_comes(std::uint16_t type, std::uint32_t number, std::uint16_t attempt,
                     std::uint32_t draws, const Story& story);
  void begin_contact(std::uint16_t type, const Origin& origin);
  void join_chat_queue(std::uint32_t contact);
  std::uint32_t agent_for_chat(std::uint32_t queue, std::uint32_t step);
  bool takes_chats(std::uint32_t agent) const;
  bool offer_chat(std::uint32_t contact);
  void take_chat(std::uint32_t contact, std::uint32_t agent);
  void begin_chat(std::uint32_t contact, std::uint32_t agent);
  void settle_chats(std::uint32_t agent);
  void plan_chats(std::uint32_t agent);
  void chat_due(std::uint32_t agent);
  void end_chat(std::uint32_t contact, std::uint32_t agent);
  void chats_went(std::uint32_t agent);
  void fill_up(std::uint32_t agent);
  std::uint32_t next_chat(std::uint32_t group) const;
  void cut_chats(std::uint32_t agent);
  FifoList& chat_room(std::uint32_t group, std::uint32_t chats) {
    return c_.chat_room[group * plan_.most_chats + chats - 1];
  }
  void go_on_elsewhere(std::uint32_t line, std::uint32_t type);
  bool accepts_other_channel(std::uint32_t line, SimDuration expected);
  void speak_to_machine(std::uint32_t line);
  // ---- closing.h
  void plan_closing(std::uint32_t spell);
  void centre_closes();
  void disconnect_waiting();
  bool callers_inside() const;
  // ---- menu.h
  void go(std::uint32_t line, Step step);
  void menu_timer(std::uint32_t line);
  void leave_menus(std::uint32_t line);
  void play_prompt(std::uint32_t line);
  void self_service_ends(std::uint32_t line);
  static MenuAnswer answer_to(const MenuPlan& menu, const Call& call);
  Step choose(const MenuPlan& menu, const Call& call) const;
  const std::vector<double>& shares_now(const MenuPlan& menu, const Call& call) const;
  void want_agent(std::uint32_t line, const AgentWish& wish);
  static bool is_in_menus(const Call& call) {
    return call.state == CallState::kMenu || call.state == CallState::kSelfService;
  }
  static double menu_uniform(const Call& call) {
    return call.key.uniform(Purpose::kMenuTime, call.menu_steps);
  }
  // ---- queueing.h
  void tell_offered(const Call& call) {
    observer_.offered(call);
    gauge(GaugeCounts::OfQueue::kOffered, call.queue);
  }
  void join_queue(std::uint32_t line, std::uint32_t queue);
  bool offer_open_groups(std::uint32_t line);
  void wait_in_queue(std::uint32_t line);
  void begin_waiting(std::uint32_t line);
  void waits_no_longer(std::uint32_t line);
  void wait_timer(std::uint32_t line);
  void schedule_wait(std::uint32_t line);
  void wait_on(std::uint32_t line);
  SimTime next_recheck(const Call& call) const;
  SimTime end_of_patience(const Call& call, std::uint32_t draw = 0) const;
  void abandon(std::uint32_t line);
  void gone(std::uint32_t line);
  void leave_wait_list(std::uint32_t line);
  std::uint32_t longest_waiting(std::uint32_t group) const;
  std::uint32_t wait_list_of(const Call& call) const {
    return call.queue * plan_.priority_classes + plan_.types[call.type].priority_class;
  }
  FifoList& wait_list(const Call& call) const { return c_.waiting[wait_list_of(call)]; }
  void note_waiting(const Call& call) {
    if constexpr (kParts == Parts::kAll) c_.with_waiting.add(wait_list_of(call));
  }
  void enter_wait_list(const Call& call, std::uint32_t line) {
    push_back(wait_list(call), c_.calls, line);
    note_waiting(call);
  }
  void unlink_waiting(const Call& call, std::uint32_t line) {
    const std::uint32_t list = wait_list_of(call);
    unlink(c_.waiting[list], c_.calls, line);
    if constexpr (kParts == Parts::kAll)
      if (c_.waiting[list].head == kNobody) c_.with_waiting.remove(list);
  }
  // ---- routing.h
  void join_special_queue(std::uint32_t line);
  void ask_for_agent(std::uint32_t line, std::uint32_t queue, std::uint32_t agent,
                     SimDuration hold);
  bool hold_for_agent(std::uint32_t line, std::uint32_t agent, SimDuration hold);
  void leave_held_list(std::uint32_t line);
  void release_held(std::uint32_t line);
  void release_all_held(std::uint32_t agent);
  void refuse(std::uint32_t line);
  bool is_full(std::uint32_t queue, bool joined) const;
  void open_steps(Call& call);
  std::uint32_t waiting_for_all(std::uint32_t queue) const;
  SimDuration oldest_wait(std::uint32_t queue) const;
  struct Match {
    std::uint32_t line = kNobody, agent = kNobody;
  };
  Match find_match(std::uint32_t line) const;
  Match next_match(std::uint32_t line);
  Match find_chat_match(std::uint32_t contact);
  std::uint32_t to_interrupt(const Call& call, std::uint32_t first, std::uint32_t last) const;
  void connect(const Match& match);
  bool offer_special(std::uint32_t line);
  bool may_take(std::uint32_t queue, std::uint32_t step, std::uint32_t idle) const;
  std::uint32_t pick_agent(const Call& call, std::uint32_t first, std::uint32_t last) const;
  bool may_take_from(const Source& source, std::uint32_t line, std::uint32_t idle,
                     bool raised_only) const;
  std::uint32_t pick_call_of(std::uint32_t group, std::uint32_t idle, std::uint32_t only_queue,
                             bool raised_only) const;
  std::uint32_t pick_call(std::uint32_t group, std::uint32_t idle, std::uint32_t only_queue) const;
  double call_score(PickCall policy, const Call& call, double ratio_unit) const;
  double waiting_per_ratio(std::uint32_t group) const;
  double agent_score(PickAgent policy, std::uint32_t agent) const;
  // ---- handling.h
  SimDuration plain_talk(std::uint32_t type, OwnerKey key) const {
    const CallerTypePlan& p = plan_.types[type];
    return p.plain_talk ? p.talk.draw(key.uniform(Purpose::kTalk)) : SimDuration{};
  }
  SimDuration talk_time(std::uint32_t agent, const Call& call) const;
  SimDuration wrap_time(std::uint32_t agent, const Call& call) const;
  // ---- predictors.h
  SimDuration expected_wait(std::uint32_t queue, std::uint32_t ahead) const;
  double handle_time_s(std::uint32_t queue) const;
  void begin_handling(const Call& call, std::uint32_t agent);
  void end_handling(std::uint32_t agent);
  double expected_wait_s(std::uint32_t queue) const {  // of a caller who joined now, behind all
    return to_seconds(expected_wait(queue, waiting_for_all(queue)));
  }
  std::uint32_t waiting_before(std::uint32_t line) const;
  void remember_wait(const Call& call, SimDuration wait);
  bool announce(std::uint32_t line, std::uint32_t times_before);
  bool announce_again(std::uint32_t line);
  // ---- callbacks.h
  bool agent_is_idle(std::uint32_t queue) const;
  bool wants_callback(std::uint32_t line);
  void accept_callback(std::uint32_t line);
  void plan_callback(std::uint32_t contact, SimDuration after);
  void callback_due(std::uint32_t contact);
  bool idle_agent_calls_back(std::uint32_t queue);
  void lines_for_callbacks();
  bool is_reserved(std::uint32_t queue, std::uint32_t idle) const;
  bool steps_aside(std::uint32_t contact);
  bool due_callbacks_first(std::uint32_t agent);
  bool callbacks_when_idle(std::uint32_t agent);
  std::uint32_t take_due_callback(std::uint32_t queue);
  void try_callback(std::uint32_t contact, std::uint32_t agent);
  void callback_rung(std::uint32_t agent);
  void callback_missed(std::uint32_t contact);
  std::uint32_t move_to_line(std::uint32_t contact, std::uint32_t trunks);
  std::uint32_t move_off_line(std::uint32_t line);
  // ---- dialler.h
  void open_campaign(std::uint32_t campaign, SimTime from);
  bool line_is_free(std::uint32_t trunks) const {
    return c_.trunks[trunks].in_use < c_.trunks[trunks].in_service;
  }
  SimTime in_calling_hours(std::uint32_t campaign, SimTime t) const;
  std::int64_t day_of(std::uint32_t campaign, SimTime t) const;
  SimTime next_day(std::uint32_t campaign, SimTime t) const;
  bool may_dial_now(std::uint32_t campaign);
  void wake_dialler(std::uint32_t campaign) {
    c_.campaigns[campaign].asks_at = c_.dialler_wakes = c_.now;
  }
  void dialler_turns(std::uint32_t released);
  SimTime ask(std::uint32_t campaign, std::uint32_t released);
  bool has_turn(std::uint32_t campaign, std::uint32_t released) const;
  SimTime top_up(std::uint32_t campaign);
  bool line_for_dial(std::uint32_t campaign) const;
  std::uint32_t idle_for_campaign(std::uint32_t campaign) const;
  std::int64_t dials_wanted(std::uint32_t campaign) const;
  std::uint32_t dials_at_release(std::uint32_t campaign) const;
  bool at_cap(std::uint32_t campaign) const;
  void keep_cap(std::uint32_t campaign);
  // ---- campaigns.h
  bool numbers_left(std::uint32_t campaign) const;
  bool next_number(std::uint32_t campaign, DueNumber& number);
  OwnerKey number_key(std::uint32_t campaign, std::uint32_t number, std::uint32_t dial) const;
  bool is_invalid(std::uint32_t campaign, std::uint32_t number) const;
  DialCause dial_outcome(const Call& dial) const;
  std::uint32_t begin_dial(std::uint32_t campaign);
  SimDuration ring_time(const Call& dial) const;
  SimDuration party_patience(const Call& party) const;
  bool hangs_up_in_detection(const Call& party) const;
  SimDuration detection_time(const Call& dial, DialCause outcome) const;
  bool dial_next_number(std::uint32_t campaign);
  void preview_numbers(std::uint32_t campaign);
  void preview_over(std::uint32_t agent);
  void dial_over(std::uint32_t contact);
  DialCause judge_dial(std::uint32_t contact);
  void offer_party(std::uint32_t contact);
  void party_connected(std::uint32_t contact);
  void party_gone(std::uint32_t contact);
  void party_lost(std::uint32_t contact, DialCause cause);
  void try_again_or_end(std::uint32_t contact, DialCause cause);
  void number_due(const Later& due);
  // ---- agents.h
  void talk(std::uint32_t line, std::uint32_t agent, bool personal);
  void outbound_turn(std::uint32_t line, std::uint32_t agent);
  void talk_outbound(std::uint32_t line, std::uint32_t agent) {
    talk(line, agent, plan_.groups[group_of(agent)].personal);
  }
  void answer(std::uint32_t line, std::uint32_t agent);
  bool answered_otherwise(std::uint32_t line, std::uint32_t agent);
  void tell_answered(const Call& call, std::uint32_t group, SimDuration wait, SimDuration talk);
  void agent_timer(std::uint32_t agent);
  void talk_ends(std::uint32_t agent);
  void free_agent(std::uint32_t agent);
  void become_available(std::uint32_t agent);
  std::uint32_t next_call(std::uint32_t agent) const;
  std::uint32_t call_for(std::uint32_t agent);
  void dial(std::uint32_t agent);
  void dial_ends(std::uint32_t agent);
  void duty_changes();
  void change_duty(std::uint32_t agent, Duty duty);  // a break has the code Agent::wanted
  void change_duty(std::uint32_t agent, Duty duty, AuxCode code) {
    c_.agents[agent].wanted = code;
    change_duty(agent, duty);
  }
  OwnerKey agent_key(std::uint32_t agent) const;
  std::uint32_t group_of(std::uint32_t agent) const { return c_.agents[agent].group; }
  // ---- people.h
  bool rings_first(std::uint32_t line, std::uint32_t agent);
  void begin_plain_talk(std::uint32_t line, std::uint32_t agent, SimDuration talk);
  void begin_talk(std::uint32_t line, std::uint32_t agent, SimDuration talk);
  SimDuration reported_wait(std::uint32_t line, std::uint32_t agent) const;
  double tiredness(std::uint32_t agent) const;
  void comes_to_work(std::uint32_t agent);
  const AgentTraits& traits_of(std::uint32_t agent) const {
    if (!more(plan_.learns)) [[likely]]
      return plan_.traits[agent];
    return plan_.growth[std::size_t{agent} * plan_.days.days() + c_.tenure[agent].worked];
  }
  SimDuration person_wrap(const Call& call, std::uint32_t agent, SimDuration wrap);
  void give(std::uint32_t agent, SimDuration work);
  void begin_wrap(std::uint32_t agent, SimDuration wrap);
  void wrap_ends(std::uint32_t agent);
  void leave_wrapping(std::uint32_t agent);
  bool call_away(std::uint32_t group);
  void call_away_all(std::uint32_t group);
  void call_away_from_wrap(std::uint32_t queue);
  SimTime next_call_away(const Call& call, SimTime next) const;
  std::uint32_t open_to(const Source& source, std::uint32_t enough) const;
  bool wrap_gives_way(std::uint32_t group) const;
  void rested(std::uint32_t agent);
  void opening_calls();
  // ---- ringing.h
  void ring(std::uint32_t line, std::uint32_t agent);
  void ring_ends(std::uint32_t agent);
  void hangs_up_ringing(std::uint32_t line);
  void back_to_queue(std::uint32_t line);
  void stop_ringing(std::uint32_t agent);
  void mark_again(std::uint32_t line);
  // ---- release.h
  bool may_go(std::uint32_t agent);
  void release_step(std::uint32_t group, Duty duty);
  void bring_in(std::uint32_t group);
  bool send_idle_home(std::uint32_t group);
  bool send_busy_home_when_done(std::uint32_t group);
  bool send_busy_home(std::uint32_t group);
  void send_call_back(std::uint32_t agent, SimDuration rest);
  bool pays_debt(std::uint32_t agent);
  bool is_out(std::uint32_t agent) const {  // with its site
    return more(plan_.floor.agents) && c_.floor.agents[agent].down > 0;
  }
  std::uint32_t end_of_staff(std::uint32_t group) const;

  void wait_for_work(std::uint32_t agent);
  void begin_dial_pause(std::uint32_t agent);
  // ---- floor.h
  void open_floor_clock();
  void schedule_floor();
  void floor_due();
  void take_turn(const FloorTurn& turn);
  bool all_hold(std::uint32_t first, std::uint32_t last) const;
  void check_rule(std::uint32_t rule);
  void fire(std::uint32_t rule);
  void end_rule(std::uint32_t rule);
  void levers_changed();
  bool is_shed(const Call& call, const Story& story, std::uint32_t trunks);
  Step floor_step(const Call& call, Step step) const;
  bool step_closed(std::uint32_t queue, std::uint32_t step) const;
  std::uint32_t longest_waiting_by_levers(std::uint32_t group) const;
  SimDuration slowed(SimDuration time, const std::vector<double>& factors, std::uint16_t type,
                     std::uint32_t group) const;
  // ---- floor_agents.h
  void move_agents(std::uint32_t rule, const ActionPlan& action);
  void lend(std::uint32_t agent, std::uint32_t rule, std::uint32_t group);
  void send_to(std::uint32_t agent, std::uint32_t group);
  void regroup(std::uint32_t agent);
  void send_back(std::uint32_t rule);
  void roster_says(std::uint32_t agent, Duty duty);
  void plan_duty(std::uint32_t agent, Duty duty, SimDuration after);
  void late_duty(std::uint32_t agent, Duty duty);
  void take_duty(std::uint32_t agent, Duty duty);
  void end_breaks(std::uint32_t rule, std::uint32_t group);
  void call_in(std::uint32_t rule, const ActionPlan& action);
  void pay_extra(std::uint32_t agent, bool begins, std::uint32_t rule);
  void drop_out(std::uint32_t agent, bool cut);
  void cut_talk(std::uint32_t agent);
  void cut_dial(std::uint32_t agent);
  void come_back(std::uint32_t agent);

  // ---- by_hand.h
  bool send_home(std::uint32_t group);
  bool bring(std::uint32_t group);
  void take_events_over(const Blueprint& before);
  void ask_again(const Blueprint& before);
  void settle();

  // ---- transfers.h
  const TransferPlan* transfer_of(const Call& call, std::uint32_t agent) const;
  SimDuration talk_with_transfers(std::uint32_t line, std::uint32_t agent, SimDuration talk);
  bool passed_on(std::uint32_t agent);
  void pass_on(std::uint32_t agent, std::uint32_t line, const TransferPlan& transfer);
  void release_first(std::uint32_t line) {
    if (c_.files[line].first_agent != kNobody) [[unlikely]]
      release_first_agent(line);
  }
  void release_first_agent(std::uint32_t line);
  std::uint32_t first_agent_leaves(std::uint32_t line);
  void finish(std::uint32_t agent, SimDuration wrap);
  void keep_agent_book(std::uint32_t agent, AgentState to);

  // ---- transitions: each state change of the centre goes through one of these two
  void enter(Call& call, CallState to) {
    CALLMILL_CHECK(may_follow(call.state, to), "a call takes a step that the state diagram lacks");
    call.state = to;
  }
  void enter(std::uint32_t agent, AgentState to) {
    Agent& a = c_.agents[agent];
    CALLMILL_CHECK(may_follow(a.state, to), "an agent takes a step that the state diagram lacks");
    observer_.agent_moved(a.group, a.state, to, c_.now);
    if (more(plan_.gauges.kept)) [[unlikely]]
      c_.gauges.agent_moved(a.group, a.state, to, c_.now);
    if (more(plan_.agent_books)) [[unlikely]]
      keep_agent_book(agent, to);
    if (more(plan_.measures_handling)) [[unlikely]] {
      const bool in_hand = a.state == AgentState::kTalk || a.state == AgentState::kWrap;
      if (in_hand && to != AgentState::kWrap) end_handling(agent);
    }
    if constexpr (kParts == Parts::kAll) {
      observer_.agent_stepped(agent, a, to, c_.now);
      c_.moved_groups |= group_bit(a.group);
    }
    a.state = to;
  }

  const Blueprint& plan_;
  Centre& c_;
  O& observer_;
};

template <class O, Parts kParts>
void Flow<O, kParts>::open() {
  c_.opened = true;
  if (!closed()) observer_.interval_began(0);
  if (plan_.opening_calls) plan_later({plan_.days.spells.front().from, Later::What::kOpening});
  for (std::uint32_t type = 0; type < plan_.types.size(); ++type) schedule_fresh_caller(type);
  plan_closing(0);
  if (plan_.has_messages) open_backlog();
  for (std::uint32_t cause = 0; cause < plan_.line_failures.size(); ++cause) plan_failure(cause, 0);
  if (more(plan_.floor.active)) open_floor_clock();
  for (std::uint32_t k = 0; k < plan_.campaigns.size(); ++k) {
    open_campaign(k, kStart);
    wake_dialler(k);
  }
}

// The centre has come from another Flow, perhaps of the core, or of a plan that dials more.
template <class O, Parts kParts>
void Flow<O, kParts>::look_around() {
  c_.with_waiting = {};
  for (std::uint32_t list = 0; list < c_.waiting.size(); ++list)
    if (c_.waiting[list].head != kNobody) c_.with_waiting.add(list);
  for (std::uint32_t k = 0; k < c_.campaigns.size(); ++k) wake_dialler(k);
}

// Interval borders are not events: the clock notices them when the next event lies beyond.
template <class O, Parts kParts>
void Flow<O, kParts>::begin_intervals() {
  while (c_.now >= c_.interval_end) {
    next_interval();
    observer_.interval_began(c_.interval);
  }
}

template <class O, Parts kParts>
void Flow<O, kParts>::next_interval() {
  const std::vector<OpenSpell>& spells = plan_.days.spells;
  if (closed()) {
    const OpenSpell& spell = spells[++c_.spell];
    c_.interval = spell.first_interval;
    c_.interval_end = spell.from + plan_.interval;
  } else if (c_.interval_end < spells[c_.spell].to) {
    ++c_.interval;
    c_.interval_end += plan_.interval;
  } else {
    c_.interval = plan_.intervals;
    c_.interval_end = c_.spell + 1 < spells.size() ? spells[c_.spell + 1].from : SimTime::max();
  }
}

template <class O, Parts kParts>
void Flow<O, kParts>::take_event() {
  const Calendar::Slot slot = c_.calendar.next_slot();
  c_.now = c_.calendar.next_time();
  ++c_.events;
  if (c_.now >= c_.interval_end) [[unlikely]]
    begin_intervals();
  observer_.event(c_.now, slot);
  const std::uint32_t released = more(plan_.dials_at_release) ? group_released(slot) : kNobody;
  dispatch(slot);
  if (more(c_.line_freed)) [[unlikely]]
    lines_for_callbacks();
  if (kParts == Parts::kAll &&
      (c_.now >= c_.dialler_wakes || (c_.moved_groups & plan_.dialled_groups) != 0)) [[unlikely]]
    dialler_turns(released);
}

// Whose agent ends a talk that has no wrap-up, or a wrap-up; kNobody: nobody does.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::group_released(Calendar::Slot slot) const {
  if (slot < plan_.agent_slot(0) || slot >= plan_.line_slot(0)) return kNobody;
  const Agent& agent = c_.agents[slot - plan_.agent_slot(0)];
  const bool ends = agent.state == AgentState::kWrap ||
                    (agent.state == AgentState::kTalk && agent.line != kNobody &&
                     !plan_.types[c_.calls[agent.line].type].has_wrap);
  return ends ? agent.group : kNobody;
}

template <class O, Parts kParts>
void Flow<O, kParts>::dispatch(Calendar::Slot slot) {
  if (slot >= plan_.line_slot(0)) {
    contact_timer(slot - plan_.line_slot(0));
  } else if (slot >= plan_.agent_slot(0)) {
    agent_timer(slot - plan_.agent_slot(0));
  } else if (slot < plan_.duty_slot()) {
    fresh_caller(slot);
  } else if (slot == plan_.duty_slot()) {
    duty_changes();
  } else if (slot == plan_.later_slot()) {
    later_due();
  } else {
    floor_due();
  }
}

}  // namespace callmill

#include "engine/centre/agents.h"
#include "engine/centre/arrivals.h"
#include "engine/centre/callbacks.h"
#include "engine/centre/campaigns.h"
#include "engine/centre/chat.h"
#include "engine/centre/closing.h"
#include "engine/centre/dialler.h"
#include "engine/centre/floor.h"
#include "engine/centre/floor_agents.h"
#include "engine/centre/gauges.h"
#include "engine/centre/handling.h"
#include "engine/centre/later.h"
#include "engine/centre/lines.h"
#include "engine/centre/menu.h"
#include "engine/centre/messages.h"
#include "engine/centre/people.h"
#include "engine/centre/policies.h"
#include "engine/centre/predictors.h"
#include "engine/centre/queueing.h"
#include "engine/centre/release.h"
#include "engine/centre/resolution.h"
#include "engine/centre/ringing.h"
#include "engine/centre/routing.h"
#include "engine/centre/story.h"
#include "engine/centre/transfers.h"
