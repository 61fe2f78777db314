#pragma once
// Puts people into a centre as if they had been there for a while: callers who wait, talk or hear a
// menu since a time that is known, agents in wrap-up or on a dial. What is still to come of a time
// that has run for w already is drawn by the law given that it is longer than w, from the caller's
// own uniform u:
//
//   u' = F(w) + u (1 - F(w))      the rest: F^-1(u') - w
//
// so the same key gives the same luck whatever the centre is. F is that of the sampler which Flow
// draws from. Where the law says that nobody lasts so long, the time begins anew, and beyond_law()
// counts it. Used by engine/live/seed.cpp alone; nothing here is in the warm loop.

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/centre/flow.h"
#include "engine/centre/inside.h"

namespace callmill {

// draw(u'), not decreasing in u; none where even the last u is not above `passed`. 55 draws.
template <class Draw>
std::optional<SimDuration> draw_beyond(Draw&& draw, SimDuration passed, double u) {
  constexpr double kFirst = 0x1p-53, kLast = 1 - 0x1p-53;
  if (passed < SimDuration{} || draw(kFirst) > passed) return draw(u);
  if (draw(kLast) <= passed) return std::nullopt;
  double within = kFirst, beyond = kLast;
  for (int halving = 0; halving < 53; ++halving) {
    const double middle = within + (beyond - within) / 2;
    (draw(middle) <= passed ? within : beyond) = middle;
  }
  return draw(std::min(kLast, beyond + u * (1 - beyond)));
}

// What is left of a time that began nobody knows when, seen at a random moment: a duration taken in
// proportion to its length, by the law's 64 equal parts, at an even place in it. `u`: of the
// duration, `v`: of the place.
template <class Draw>
SimDuration draw_rest(Draw&& draw, double u, double v) {
  constexpr int kParts = 64;
  double all = 0;
  for (int i = 0; i < kParts; ++i) all += to_seconds(draw((i + 0.5) / kParts));
  double left = u * all;
  for (int i = 0; i < kParts; ++i) {
    const double part = to_seconds(draw((i + 0.5) / kParts));
    if (left < part || i + 1 == kParts) {
      const double within = part > 0 ? std::clamp(left / part, 0x1p-30, 1 - 0x1p-30) : 0.5;
      return from_seconds(to_seconds(draw((i + within) / kParts)) * v);
    }
    left -= part;
  }
  return {};
}

template <class O, Parts kParts>
class Placing {
 public:
  // Must outlive this.
  Placing(Flow<O, kParts>& flow, const Blueprint& plan, Centre& centre, O& observer)
      : flow_{flow}, plan_{plan}, c_{centre}, observer_{observer} {}

  // All return false, and place nobody, where no line is free.
  bool waits(const Inside& who) {
    const std::uint32_t line = take(who);
    if (line == kNobody) return false;
    Call& call = c_.calls[line];
    join(call, who, since_of(who));
    flow_.enter(call, CallState::kWaiting);
    flow_.enter_wait_list(call, line);
    call.gives_up = end_of_patience(call);
    const QueuePlan& queue = plan_.queues[call.queue];
    if (queue.voicemail && call.joined + queue.voicemail_after < call.gives_up) {
      call.gives_up = std::max(call.joined + queue.voicemail_after, c_.now + SimDuration{1});
      set(call, Mark::kLeavesMessage);
    }
    flow_.schedule_wait(line);
    return true;
  }

  // `agent` is available.
  bool talks(const Inside& who, std::uint32_t agent) {
    const std::uint32_t line = take(who);
    if (line == kNobody) return false;
    Call& call = c_.calls[line];
    const SimTime since = since_of(who);
    join(call, who, since - who.waited);
    const SimDuration length = talk_length(line, agent, who.since);
    const std::uint32_t group = c_.agents[agent].group;
    unlink(c_.idle[group], c_.agents, agent);
    flow_.enter(call, CallState::kTalking);
    flow_.enter(agent, AgentState::kTalk);
    c_.agents[agent].line = line;
    CallFile& file = c_.files[line];
    if (plan_.types[call.type].keeps_story) {
      file.answered = since;
      file.story.reached = since;
    }
    file.began = since;
    if (plan_.asks_agents) file.story.last_agent = agent;
    if (plan_.measures_handling) c_.handling[agent] = {since, call.queue};
    if (plan_.groups[group].personal) flow_.give(agent, length);
    observer_.answered(call, group, who.waited, length);
    c_.calendar.schedule(plan_.agent_slot(agent), since + length);
    return true;
  }

  bool in_menu(const Inside& who) {
    const std::uint32_t line = take(who);
    if (line == kNobody) return false;
    Call& call = c_.calls[line];
    const MenuPlan& menu = plan_.menus[who.menu];
    ++c_.ports_in_use;
    flow_.enter(call, CallState::kMenu);
    call.menu = who.menu;
    CallFile& file = c_.files[line];
    file.menu_tries = 0;
    file.answer = Flow<O, kParts>::answer_to(menu, call);
    const SimDuration more = file.answer == MenuAnswer::kNoKey ? menu.key_wait : SimDuration{};
    const auto draw = [&](double u) { return menu.prompt.draw(u) + more; };
    flow_.set_timer(line, end_of(draw, who, Purpose::kMenuTime));
    return true;
  }

  // In wrap-up after a call of that type; `agent` is available. `who` is whose call it was.
  void wraps(const Inside& who, std::uint32_t agent) {
    const std::uint32_t group = c_.agents[agent].group;
    const CallerTypePlan& p = plan_.types[who.type];
    const HandlingPlan* own = handling_of(plan_, group, p);
    const auto draw = [&](double u) {
      const SimDuration wrap =
          own != nullptr ? own->wrap.draw(u, own->wrap_factor) : p.wrap.draw(u);
      return plan_.floor.active ? flow_.slowed(wrap, c_.floor.levers.wrap, who.type, group) : wrap;
    };
    const SimTime end = end_of(draw, who, Purpose::kWrap);
    unlink(c_.idle[group], c_.agents, agent);
    flow_.enter(agent, AgentState::kTalk);  // from which alone there is a way to it
    if (plan_.groups[group].personal) {
      Call call;
      call.type = who.type;
      call.queue = who.queue;
      call.interval = interval_at(since_of(who));
      flow_.person_wrap(call, agent, {});
      flow_.begin_wrap(agent, end - c_.now);
      return;
    }
    flow_.enter(agent, AgentState::kWrap);
    c_.calendar.schedule(plan_.agent_slot(agent), end);
  }

  // The agent, who is available, begins a dial of the group's own; false where it makes none.
  bool dials(std::uint32_t agent) {
    if (!plan_.groups[c_.agents[agent].group].dials) return false;
    flow_.dial(agent);
    return c_.agents[agent].state == AgentState::kDialling;
  }

  // Who waits takes an agent who is idle; the others look at what there is to be done. The number
  // of callers who were answered at once: an ACD would not have let them wait.
  std::uint32_t settle() {
    std::vector<std::uint32_t> waiting;
    for (std::uint32_t i = 0; i < c_.calls.size(); ++i)
      if (c_.calls[i].state == CallState::kWaiting && !has(c_.calls[i], Mark::kCallback))
        waiting.push_back(i);
    std::sort(waiting.begin(), waiting.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair{c_.calls[a].joined, a} < std::pair{c_.calls[b].joined, b};
    });
    std::uint32_t answered = 0;
    for (const std::uint32_t line : waiting) {
      if (c_.calls[line].state != CallState::kWaiting) continue;
      const bool special = kParts == Parts::kAll && plan_.queues[c_.calls[line].queue].special;
      if (special ? flow_.offer_special(line) : flow_.offer_open_groups(line))
        ++answered;
      else
        flow_.wait_on(line);
    }
    for (std::uint32_t agent = 0; agent < c_.agents.size(); ++agent) {
      if (c_.agents[agent].state != AgentState::kAvailable) continue;
      const GroupPlan& group = plan_.groups[c_.agents[agent].group];
      if (!group.dials && group.message_queues.empty()) continue;
      unlink(c_.idle[c_.agents[agent].group], c_.agents, agent);
      flow_.wait_for_work(agent);
    }
    return answered;
  }

  // A callback that the caller has been promised; false where the queue offers none. Due now, or,
  // where callers choose the time, after what is left of it.
  bool callback(const Inside& who) {
    if constexpr (kParts == Parts::kAll) {
      if (!plan_.queues[who.queue].callback) return false;
      const CallbackPlan& p = *plan_.queues[who.queue].callback;
      const std::uint32_t contact = flow_.new_contact(
          static_cast<std::uint16_t>(p.type_of[who.type]),
          {who.key, who.caller, 0, interval_at(c_.now), true, Story{since_of(who)}});
      Call& call = c_.calls[contact];
      call.queue = who.queue;
      call.gives_up = SimTime::max();
      set(call, Mark::kCallback);
      CallFile& file = c_.files[contact];
      file.caller_type = who.type;
      file.accepted = c_.now;
      file.tries = 0;
      file.opening = SimDuration{};
      ++c_.queues[who.queue].open_callbacks;
      if (p.mode == Callback::Mode::kAppointment)
        flow_.plan_callback(contact, draw_rest([&](double u) { return p.appointment.draw(u); },
                                               who.key.uniform(Purpose::kCallbackTime),
                                               who.key.uniform(Purpose::kCallbackTime, kRestDraw)));
      else
        flow_.callback_due(contact);
      return true;
    }
    return false;
  }

  // An open message of the type, as if it had come now.
  void message(std::uint16_t type, OwnerKey key, std::uint32_t number) {
    flow_.message_comes(type, {key, number, 0, interval_at(c_.now), false, Story{c_.now}});
  }

  void duty(std::uint32_t agent, Duty to) {
    c_.agents[agent].wanted = AuxCode::kOther;
    if (plan_.floor.agents)
      flow_.take_duty(agent, to);
    else
      flow_.change_duty(agent, to);
  }

  std::uint32_t beyond_law() const { return beyond_law_; }

 private:
  SimTime since_of(const Inside& who) const {
    return who.since == kSinceUnknown ? c_.now : std::min(who.since, c_.now);
  }

  std::uint16_t interval_at(SimTime t) const {
    return static_cast<std::uint16_t>(
        std::min(plan_.days.interval_at(std::max(t, kStart)), plan_.intervals - 1));
  }

  // A line, or the number of a contact without one; told as an attempt.
  std::uint32_t take(const Inside& who) {
    const CallerTypePlan& p = plan_.types[who.type];
    const SimTime since = since_of(who) - who.waited;
    std::uint32_t line = flow_.seize_line(p.trunks);
    for (std::size_t i = 0; line == kNobody && i < p.shared_trunks.size(); ++i)
      line = flow_.seize_line(p.shared_trunks[i]);
    if (line == kNobody) return kNobody;
    Call& call = c_.calls[line];
    call.key = who.key;
    call.arrived = since;
    call.caller = who.caller;
    call.type = who.type;
    call.interval = interval_at(since);
    call.attempt = 0;
    call.menu_steps = 0;
    call.marks = 0;
    observer_.attempted(who.type, call.interval, 0, call.trunks);
    if (plan_.core_only) c_.talks[line] = flow_.plain_talk(who.type, who.key);
    if (p.keeps_story) flow_.open_file(line, Story{since});
    CallFile& file = c_.files[line];
    file.held_for = file.first_agent = kNobody;
    return line;
  }

  void join(Call& call, const Inside& who, SimTime joined) {
    call.queue = who.queue;
    call.joined = joined;
    call.route_step = 0;
    observer_.offered(call);
  }

  // When what `draw` is the law of ends.
  template <class Draw>
  SimTime end_of(Draw&& draw, const Inside& who, Purpose purpose) {
    const double u = who.key.uniform(purpose);
    if (who.since == kSinceUnknown)
      return c_.now + draw_rest(draw, u, who.key.uniform(purpose, kRestDraw));
    const SimTime since = since_of(who);
    if (const auto length = draw_beyond(draw, c_.now - since, u)) return since + *length;
    ++beyond_law_;
    return c_.now + draw(u);
  }

  // Of one who waits. The share that never hangs up is the greater the longer the wait.
  SimTime end_of_patience(const Call& call) {
    const CallerTypePlan& p = plan_.types[call.type];
    if (!p.has_patience) return SimTime::max();
    const double factor =
        p.patience_factor.empty() ? 1 : p.patience_factor.at(std::max(call.arrived, kStart));
    const auto draw = [&](double u) { return p.patience.draw(u, factor); };
    const SimDuration waited = c_.now - call.joined;
    const double u = call.key.uniform(Purpose::kPatience);
    const auto length = draw_beyond(draw, waited, u);
    if (p.never_hangs_up > 0) {
      const double stays = p.never_hangs_up;
      const double would_be_here = length ? 1 - share_within(draw, waited) : 0;
      const double never = stays / (stays + (1 - stays) * would_be_here);
      if (call.key.uniform(Purpose::kNeverHangsUp) < never) return SimTime::max();
    }
    if (length) return call.joined + *length;
    ++beyond_law_;
    return c_.now + draw(u);
  }

  template <class Draw>
  static double share_within(Draw&& draw, SimDuration passed) {
    double within = 0x1p-53, beyond = 1 - 0x1p-53;
    if (draw(within) > passed) return 0;
    for (int halving = 0; halving < 53; ++halving) {
      const double middle = within + (beyond - within) / 2;
      (draw(middle) <= passed ? within : beyond) = middle;
    }
    return beyond;
  }

  // From its beginning to its end; a transfer that will end it is told by the caller's key, so the
  // key is drawn until its talk is long enough.
  SimDuration talk_length(std::uint32_t line, std::uint32_t agent, SimTime began) {
    Call& call = c_.calls[line];
    const std::uint32_t group = c_.agents[agent].group;
    const CallerTypePlan& p = plan_.types[call.type];
    const HandlingPlan* own = handling_of(plan_, group, p);
    double factor = p.talk_scale * (c_.talk_scales.empty() ? 1 : c_.talk_scales[call.queue]);
    if (!p.talk_factor.empty())
      factor *= p.talk_factor.at(std::max(p.factor_at_arrival ? call.arrived : c_.now, kStart));
    if (own != nullptr) factor *= own->talk_factor;
    if (plan_.groups[group].personal)
      factor *= flow_.traits_of(agent).talk * flow_.tiredness(agent);
    const auto draw = [&](double u) {
      const SimDuration talk = own != nullptr ? own->talk.draw(u, factor) : p.talk.draw(u, factor);
      return plan_.floor.active ? flow_.slowed(talk, c_.floor.levers.talk, call.type, group) : talk;
    };
    const bool known = began != kSinceUnknown;
    const SimDuration passed = known ? c_.now - std::min(began, c_.now) : SimDuration{};
    if (kParts == Parts::kAll && known && !p.transfers.empty()) {
      constexpr int kTries = 1000;
      const OwnerKey key = call.key;
      for (int i = 0; i < kTries; ++i) {
        const SimDuration talk =
            flow_.talk_with_transfers(line, agent, draw(call.key.uniform(Purpose::kTalk)));
        if (talk > passed) return talk;
        call.key = OwnerKey{mix64(call.key.bits() + kGolden)};
      }
      call.key = key;
    }
    Inside who;
    who.key = call.key;
    who.since = began;
    return end_of(draw, who, Purpose::kTalk) - (known ? std::min(began, c_.now) : c_.now);
  }

  static constexpr std::uint32_t kRestDraw = std::uint32_t{1} << 20;
  Flow<O, kParts>& flow_;
  const Blueprint& plan_;
  Centre& c_;
  O& observer_;
  std::uint32_t beyond_law_ = 0;
};

}  // namespace callmill
