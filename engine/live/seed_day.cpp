// The day before the moment, without calls; and who is there.

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "engine/live/seed_parts.h"

namespace callmill::live {
namespace {

// The plan of a day on which nobody calls and nobody dials.
Blueprint quiet(const Blueprint& plan) {
  Blueprint result = plan;
  result.opening_calls = false;
  for (CallerTypePlan& type : result.types) {
    type.message.open_at_start = 0;
    for (RateSegment& segment : type.rate)
      segment.mean_gap_us = std::numeric_limits<double>::infinity();
  }
  for (GroupPlan& group : result.groups) group.dials = group.dials_at_once = false;
  for (CampaignPlan& campaign : result.campaigns) campaign.numbers = 0;
  return result;
}

std::uint32_t interval_of(const Blueprint& plan, SimTime t) {
  return std::min(plan.days.interval_at(std::max(t, kStart)), plan.intervals - 1);
}

}  // namespace

void QuietDay::run() {
  const Blueprint plan = quiet(plan_);
  count_inside();
  in_flow(plan, c_, recorder_, [&](auto& flow, auto&) {
    for (std::uint32_t i = 0; i < plan_.intervals; ++i) {
      const SimTime begin = plan_.days.begin_of(i);
      if (begin > s_.at) break;
      flow.run_until(begin);
      begin_busy(i);
      if (i < s_.so_far.size()) count_calls(i);
      count_in_hand(i);
      end_busy(i);
    }
    flow.run_until(s_.at);
  });
}

void QuietDay::count_inside() {
  inside_.assign(plan_.intervals, std::vector<Situation::OfQueue>(plan_.queues.size()));
  in_menus_.assign(plan_.intervals, 0);
  for (const Situation::InMenu& m : s_.menus)
    ++in_menus_[interval_of(plan_, m.since == kSinceUnknown ? s_.at : m.since)];
  for (const Situation::Waiting& w : s_.waiting)
    ++inside_[interval_of(plan_, w.since)][w.queue].offered;
  for (const Situation::Talk& t : s_.talks) {
    if (t.queue == kNotKnown) continue;
    const SimTime since = t.since == kSinceUnknown ? s_.at : t.since;
    Situation::OfQueue& of = inside_[interval_of(plan_, since - t.waited)][t.queue];
    ++of.offered;
    ++of.answered;
    of.answered_within += t.waited <= plan_.queues[t.queue].answer_within ? 1 : 0;
  }
}

void QuietDay::count_calls(std::uint32_t interval) {
  const Situation::Interval& of = s_.so_far[interval];
  std::int64_t offered = 0;
  for (std::uint32_t q = 0; q < of.queues.size(); ++q) {
    count_queue(interval, q, of.queues[q]);
    offered += of.queues[q].offered;
  }
  // Those who came to no queue, or found no line.
  std::int64_t others = std::max<std::int64_t>(0, of.calls - offered - in_menus_[interval]);
  for (std::int64_t i = 0; i < std::max(others, of.blocked); ++i) {
    recorder_.attempted(0, interval, 0, plan_.types[0].trunks);
    if (i < of.blocked) recorder_.blocked(0, interval, plan_.types[0].trunks);
  }
}

// Those inside are counted when they are placed. Of waits only the mean and who came within the
// target are known: the former wait not at all, the latter so long that the mean holds.
void QuietDay::count_queue(std::uint32_t interval, std::uint32_t queue,
                           const Situation::OfQueue& of) {
  const Situation::OfQueue& in = inside_[interval][queue];
  const auto rest = [](std::int64_t all, std::int64_t some) {
    return std::max<std::int64_t>(0, all - some);
  };
  const std::int64_t offered = rest(of.offered, in.offered);
  const std::int64_t answered = rest(of.answered, in.answered);
  const std::int64_t within = std::min(answered, rest(of.answered_within, in.answered_within));
  const SimDuration limit = plan_.queues[queue].answer_within;
  SimDuration late = limit + std::chrono::seconds{1};
  if (of.wait_s > 0 && answered > within)
    late = std::max(late, from_seconds(of.wait_s * static_cast<double>(answered) /
                                       static_cast<double>(answered - within)));
  const auto on_average = [&](const CallerTypePlan& p, const Sampler& law) {
    double sum = 0;
    for (int i = 0; i < 64; ++i) sum += to_seconds(law.draw((i + 0.5) / 64, p.talk_scale));
    return sum / 64;
  };
  double busy_s = 0;
  for (std::int64_t i = 0; i < offered; ++i) {
    const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(offered);
    std::size_t type = 0;
    while (type + 1 < mix_[queue].size() && u >= mix_[queue][type]) ++type;
    const CallerTypePlan& p = plan_.types[type];
    Call call;
    call.type = static_cast<std::uint16_t>(type);
    call.queue = static_cast<std::uint16_t>(queue);
    call.interval = static_cast<std::uint16_t>(interval);
    recorder_.attempted(call.type, interval, 0, p.trunks);
    recorder_.offered(call);
    if (i >= answered) continue;
    const double talk_s = of.talk_s > 0 ? of.talk_s : on_average(p, p.talk);
    const double wrap_s = p.has_wrap ? on_average(p, p.wrap) : 0;
    const std::vector<std::uint32_t>& route = plan_.queues[queue].route_group;
    recorder_.answered(call, route.empty() ? 0 : route.front(), i < within ? SimDuration{} : late,
                       from_seconds(talk_s));
    if (wrap_s > 0) recorder_.wrap_began(call, 0, from_seconds(wrap_s));
    busy_s += talk_s + wrap_s;
  }
  Call gone;
  gone.queue = static_cast<std::uint16_t>(queue);
  gone.interval = static_cast<std::uint16_t>(interval);
  const std::int64_t left = std::min(of.abandoned, offered - answered);
  for (std::int64_t i = 0; i < left; ++i) recorder_.abandoned(gone, limit);
  for (const std::uint32_t group : plan_.queues[queue].route_group) keep_busy(group, busy_s);
}

// Those who talk now have done so since they began, in this interval or before it.
void QuietDay::count_in_hand(std::uint32_t interval) {
  const SimTime begin = plan_.days.begin_of(interval), end = begin + plan_.interval;
  for (const Situation::Talk& t : s_.talks) {
    if (t.since == kSinceUnknown || t.group == kNotKnown) continue;
    double seconds = to_seconds(std::min(s_.at, end) - std::max(t.since, begin));
    if (seconds > 0) keep_busy(t.group, seconds);
  }
}

void QuietDay::begin_busy(std::uint32_t interval) {
  const SimTime to = std::min(s_.at, plan_.days.begin_of(interval) + plan_.interval);
  const double length_s = std::max(0.0, to_seconds(to - c_.now));
  busy_s_.assign(plan_.groups.size(), 0);
  room_s_.clear();
  for (std::uint32_t g = 0; g < plan_.groups.size(); ++g)
    room_s_.push_back(length_s * static_cast<double>(c_.idle[g].size));
}

// As much of the seconds as there is room for; they are left with the rest.
void QuietDay::keep_busy(std::uint32_t group, double& seconds) {
  const double given = std::min(seconds, room_s_[group] - busy_s_[group]);
  busy_s_[group] += given;
  seconds -= given;
}

// Each of those who are idle now is busy from now on for the same time.
void QuietDay::end_busy(std::uint32_t interval) {
  const SimTime from = c_.now;
  const SimTime to = std::min(s_.at, plan_.days.begin_of(interval) + plan_.interval);
  for (std::uint32_t g = 0; g < busy_s_.size(); ++g) {
    if (busy_s_[g] <= 0) continue;
    const SimTime until = from + from_seconds(busy_s_[g] / static_cast<double>(c_.idle[g].size));
    for (std::uint32_t i = 0; i < c_.idle[g].size; ++i) {
      recorder_.agent_moved(g, AgentState::kAvailable, AgentState::kTalk, from);
      recorder_.agent_moved(g, AgentState::kTalk, AgentState::kAvailable,
                            std::min(until, to - SimDuration{1}));
    }
  }
}

namespace {

// The people of one group against its roster.
class Muster {
 public:
  template <class Place>
  Muster(const Blueprint& plan, Centre& c, std::uint32_t group, Place& place,
         const SeedOptions& options, SeedReport::Group& report)
      : plan_{plan}, c_{c}, options_{options}, report_{report} {
    const GroupPlan& g = plan.groups[group];
    first_ = g.first_agent;
    last_ = g.first_agent + g.agents;
    duty_ = [&place](std::uint32_t agent, Duty to) { place.duty(agent, to); };
  }

  // So many are at work, so many in aux.
  void bring(std::uint32_t work, std::uint32_t aux) {
    report_.rostered = count(AgentState::kAvailable) + count(AgentState::kAux);
    while (count(AgentState::kAvailable) < work && bring_one(count(AgentState::kAux) > aux))
      continue;
    if (count(AgentState::kAvailable) < work)
      report_.lacking += work - count(AgentState::kAvailable);
    while (count(AgentState::kAvailable) > work)
      count(AgentState::kAux) < aux ? to_aux() : goes(AgentState::kAvailable);
    while (count(AgentState::kAux) > aux) goes(AgentState::kAux);
    while (count(AgentState::kAux) < aux && bring_one(false)) to_aux();
    report_.present = count(AgentState::kAvailable) + count(AgentState::kAux);
  }

 private:
  std::uint32_t count(AgentState state) const {
    std::uint32_t n = 0;
    for (std::uint32_t a = first_; a < last_; ++a) n += c_.agents[a].state == state ? 1 : 0;
    return n;
  }
  std::uint32_t last_in(AgentState state) const {
    std::uint32_t a = last_;
    while (a-- > first_)
      if (c_.agents[a].state == state) return a;
    return kNobody;
  }

  // When the agent's next change to that duty comes; SimTime::max(): never.
  SimTime next(std::uint32_t agent, Duty duty) const {
    for (std::size_t i = c_.next_change; i < c_.changes.size(); ++i)
      if (c_.changes[i].agent == agent && c_.changes[i].duty == duty) return c_.changes[i].at;
    return SimTime::max();
  }

  // Whoever is in a break; else whose shift begins next.
  bool bring_one(bool from_break) {
    std::uint32_t who = from_break ? last_in(AgentState::kAux) : kNobody;
    SimTime first = SimTime::max();
    for (std::uint32_t a = first_; who == kNobody && a < last_; ++a) {
      if (c_.agents[a].state != AgentState::kOff) continue;
      if (const SimTime at = next(a, Duty::kWork); at < first) {
        first = at;
        best_ = a;
      } else if (best_ == kNobody) {
        best_ = a;
      }
    }
    if (who == kNobody) who = std::exchange(best_, kNobody);
    if (who == kNobody) return false;
    if (c_.agents[who].state == AgentState::kOff) ++report_.extra;
    duty_(who, Duty::kWork);
    return true;
  }

  void to_aux() {
    const std::uint32_t agent = last_in(AgentState::kAvailable);
    duty_(agent, Duty::kBreak);
    ++report_.in_aux;
    DutyChange back;
    back.at = c_.now + options_.aux_lasts;
    back.agent = agent;
    back.duty = Duty::kWork;
    // Not into what the roster has next.
    for (std::size_t i = c_.next_change; i < c_.changes.size(); ++i)
      if (c_.changes[i].agent == agent && c_.changes[i].at <= back.at) return;
    if (back.at < kStart + plan_.horizon) c_.changes.push_back(back);
  }

  // Off, for the rest of the day.
  void goes(AgentState from) {
    const std::uint32_t agent = last_in(from);
    duty_(agent, Duty::kOff);
    ++report_.absent;
    const auto later = c_.changes.begin() + static_cast<std::ptrdiff_t>(c_.next_change);
    c_.changes.erase(std::remove_if(later, c_.changes.end(),
                                    [&](const DutyChange& d) { return d.agent == agent; }),
                     c_.changes.end());
  }

  const Blueprint& plan_;
  Centre& c_;
  const SeedOptions& options_;
  SeedReport::Group& report_;
  std::uint32_t first_ = 0, last_ = 0, best_ = kNobody;
  std::function<void(std::uint32_t, Duty)> duty_;
};

void put_changes_in_order(const Blueprint& plan, Centre& c) {
  std::stable_sort(c.changes.begin() + static_cast<std::ptrdiff_t>(c.next_change), c.changes.end(),
                   [](const DutyChange& a, const DutyChange& b) {
                     return a.at != b.at ? a.at < b.at : a.agent < b.agent;
                   });
  if (c.next_change < c.changes.size())
    c.calendar.schedule(plan.duty_slot(), c.changes[c.next_change].at);
  else
    c.calendar.cancel(plan.duty_slot());
}

}  // namespace

void place_people(const Blueprint& plan, Centre& c, Recorder& recorder, const Situation& s,
                  const SeedOptions& options, SeedReport& report) {
  report.groups.resize(plan.groups.size());
  std::vector<std::uint32_t> busy(plan.groups.size());
  for (const Situation::Talk& t : s.talks) ++busy[t.group];
  for (const Situation::Wrap& w : s.wraps) ++busy[w.group];
  if (!c.own_changes) {
    c.changes = plan.changes;
    c.own_changes = true;
  }
  const Blueprint idle = quiet(plan);  // nobody takes anything up meanwhile
  in_flow(idle, c, recorder, [&](auto&, auto& place) {
    for (std::uint32_t g = 0; g < plan.groups.size(); ++g) {
      const Situation::Group said = s.groups.empty() ? Situation::Group{} : s.groups[g];
      const GroupPlan& group = plan.groups[g];
      std::uint32_t work = 0, aux = 0;
      for (std::uint32_t a = group.first_agent; a < group.first_agent + group.agents; ++a) {
        work += c.agents[a].state == AgentState::kAvailable ? 1 : 0;
        aux += c.agents[a].state == AgentState::kAux ? 1 : 0;
      }
      const std::uint32_t in_hand = busy[g] + said.dialling.value_or(0);
      work = said.available ? *said.available + in_hand : std::max(work, in_hand);
      Muster{plan, c, g, place, options, report.groups[g]}.bring(work, said.aux.value_or(aux));
    }
  });
  put_changes_in_order(plan, c);
}

}  // namespace callmill::live
