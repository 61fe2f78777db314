#include "engine/live/twin.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "base/diagnostic.h"

namespace callmill::live {
namespace {

using Kind = FloorEvent::Kind;

constexpr std::array<std::string_view, kFloorEvents> kNames = {
    "entered", "connected", "abandoned", "left",    "completed", "passed_on", "blocked",
    "login",   "logout",    "paused",    "resumed", "ready",     "restart"};
constexpr std::size_t kRemembered = 20'000;  // calls that are over
constexpr std::size_t kMostKept = 10'000;    // events that cannot be yet

template <class Named>
std::uint32_t index_of(const std::vector<Named>& all, const std::string& name) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].name == name) return static_cast<std::uint32_t>(i);
  return kNotKnown;
}

}  // namespace

std::string_view name_of(FloorEvent::Kind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

std::int64_t TwinCounts::impossible_in_all() const {
  return std::accumulate(impossible.begin(), impossible.end(), std::int64_t{0});
}

Twin::Twin(const World& world, const Blueprint& plan, TwinOptions options)
    : world_{world},
      plan_{plan},
      usual_{world, plan},
      options_{std::move(options)},
      sessions_known_(plan.groups.size()),
      so_far_(plan.intervals),
      sums_(plan.intervals, std::vector<Sums>(plan.queues.size())) {
  for (Situation::Interval& interval : so_far_) interval.queues.resize(plan.queues.size());
}

std::uint32_t Twin::interval_of(SimTime at) const {
  return std::min(plan_.days.interval_at(std::max(at, kStart)), plan_.intervals - 1);
}

std::uint32_t Twin::queue_of(const std::string& name) {
  const auto mapped = options_.queues.find(name);
  const std::uint32_t queue =
      index_of(world_.queues, mapped == options_.queues.end() ? name : mapped->second);
  if (queue == kNotKnown &&
      (counts_.unknown_queues.size() < kUnknownNames || counts_.unknown_queues.contains(name)))
    ++counts_.unknown_queues[name];
  return queue;
}

// `queue`: kNotKnown where the event names none.
std::uint32_t Twin::person_of(const std::string& name, std::uint32_t queue) {
  const auto [known, is_new] =
      person_index_.try_emplace(name, static_cast<std::uint32_t>(people_.size()));
  if (is_new) people_.emplace_back();
  Person& person = people_[known->second];
  if (person.group != kNotKnown) return known->second;
  const auto mapped = options_.groups.find(name);
  if (mapped != options_.groups.end()) person.group = index_of(world_.groups, mapped->second);
  if (person.group == kNotKnown && queue != kNotKnown && !plan_.queues[queue].route_group.empty())
    person.group = plan_.queues[queue].route_group.front();
  if (person.group == kNotKnown && plan_.groups.size() == 1) person.group = 0;
  if (person.group != kNotKnown) return known->second;
  if (counts_.unknown_agents.size() < kUnknownNames || counts_.unknown_agents.contains(name))
    ++counts_.unknown_agents[name];
  return kNotKnown;
}

void Twin::take(const FloorEvent& event) {
  ++counts_.events;
  const SimTime at = time_of(event.at_us);
  if (at < kStart - std::chrono::hours{24} ||
      at >= kStart + plan_.horizon + std::chrono::hours{12}) {
    ++counts_.impossible[static_cast<std::size_t>(Impossible::kOutOfDay)];
    return;
  }
  const bool late = at + options_.tolerance < newest_;
  newest_ = std::max(newest_, at);
  Impossible why{};
  switch (apply(event, at, why)) {
    case Outcome::kTaken:
      ++counts_.taken;
      counts_.late += late ? 1 : 0;
      break;
    case Outcome::kDuplicate:
      ++counts_.duplicate;
      break;
    case Outcome::kNotYet:
      if (late || kept_.size() >= kMostKept)
        ++counts_.impossible[static_cast<std::size_t>(why)];
      else
        kept_.emplace_back(event, why);
      return;
  }
  if (!kept_.empty()) retry();
}

// What could not be may be possible by now; what is too old never will be.
void Twin::retry() {
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < kept_.size();) {
      const SimTime at = time_of(kept_[i].first.at_us);
      const Outcome outcome = apply(kept_[i].first, at, kept_[i].second);
      const bool old = at + options_.tolerance < newest_;
      if (outcome == Outcome::kNotYet && !old) {
        ++i;
        continue;
      }
      if (outcome == Outcome::kNotYet)
        ++counts_.impossible[static_cast<std::size_t>(kept_[i].second)];
      else
        ++(outcome == Outcome::kTaken ? counts_.taken : counts_.duplicate);
      again = again || outcome == Outcome::kTaken;
      kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

Twin::Outcome Twin::apply(const FloorEvent& event, SimTime at, Impossible& why) {
  switch (event.kind) {
    case Kind::kRestart:
      counts_.lost_calls += static_cast<std::int64_t>(calls_.size());
      calls_.clear();
      for (Person& person : people_) {
        person.call.clear();
        person.there = person.paused = person.wraps = false;
      }
      return Outcome::kTaken;
    case Kind::kBlocked: {
      if (const std::uint32_t queue = queue_of(event.queue); queue == kNotKnown)
        return Outcome::kTaken;
      Situation::Interval& interval = so_far_[interval_of(at)];
      ++interval.calls;
      ++interval.blocked;
      return Outcome::kTaken;
    }
    case Kind::kLogin:
    case Kind::kLogout:
    case Kind::kPaused:
    case Kind::kResumed:
    case Kind::kReady:
      return of_agent(event, at, why);
    default:
      return of_call(event, at, why);
  }
}

Twin::Outcome Twin::of_call(const FloorEvent& event, SimTime at, Impossible& why) {
  const auto known = calls_.find(event.call);
  if (event.kind == Kind::kEntered) {
    if (known != calls_.end() && known->second.agent == kNotKnown && known->second.entered == at)
      return Outcome::kDuplicate;
    if (const auto over = over_.find(event.call); over != over_.end() && at < over->second)
      return Outcome::kDuplicate;  // of a leg that is over
    const std::uint32_t queue = queue_of(event.queue);
    if (queue == kNotKnown) return Outcome::kTaken;  // counted by its name
    if (known != calls_.end()) forget(event.call);   // a new leg without an end of the old one
    over_.erase(event.call);
    const Call call{queue, interval_of(at), at, at, kNotKnown};
    calls_[event.call] = call;
    ++counted(call).offered;
    ++so_far_[call.interval].calls;
    return Outcome::kTaken;
  }
  if (known == calls_.end()) {
    why = Impossible::kUnknownCall;
    return over_.contains(event.call) ? Outcome::kDuplicate : Outcome::kNotYet;
  }
  Call& call = known->second;
  if (event.kind == Kind::kConnected) return connected(event, at, call, why);
  const bool ends_talk = event.kind == Kind::kCompleted || event.kind == Kind::kPassedOn;
  if (ends_talk != (call.agent != kNotKnown)) {
    why = ends_talk ? Impossible::kNotTalking : Impossible::kNotWaiting;
    return Outcome::kNotYet;
  }
  if (ends_talk) {
    end_talk(event.call, at, true);
    return Outcome::kTaken;
  }
  if (event.kind == Kind::kAbandoned) ++counted(call).abandoned;
  forget(event.call);
  over_[event.call] = at;
  over_order_.push_back(event.call);
  return Outcome::kTaken;
}

Twin::Outcome Twin::connected(const FloorEvent& event, SimTime at, Call& call, Impossible& why) {
  if (call.agent != kNotKnown) {
    const auto same = person_index_.find(event.agent);
    why = Impossible::kNotWaiting;
    return same != person_index_.end() && same->second == call.agent ? Outcome::kDuplicate
                                                                     : Outcome::kNotYet;
  }
  const std::uint32_t agent = person_of(event.agent, call.queue);
  if (agent == kNotKnown) {
    why = Impossible::kUnknownAgent;
    return Outcome::kNotYet;
  }
  if (!people_[agent].call.empty()) {  // the end of the other call has been lost
    ++counts_.in_two_calls;
    end_talk(people_[agent].call, at, false);
  }
  Person& person = people_[agent];
  if (!person.there) {
    person.there = true;
    ++counts_.implied_login;
  }
  person.paused = person.wraps = false;
  person.call = event.call;
  person.queue = call.queue;
  call.agent = agent;
  call.answered = std::max(at, call.entered);
  Situation::OfQueue& of = counted(call);
  const SimDuration wait = call.answered - call.entered;
  ++of.answered;
  of.answered_within += wait <= plan_.queues[call.queue].answer_within ? 1 : 0;
  sums_[call.interval][call.queue].waits += to_seconds(wait);
  return Outcome::kTaken;
}

// The call is gone; its agent is in wrap-up, for all that is known. Not told: nobody knows when it
// went.
void Twin::end_talk(std::string id, SimTime at, bool told) {
  const Call call = calls_.at(id);
  if (told) {
    Sums& sums = sums_[call.interval][call.queue];
    const std::size_t answered = interval_of(call.answered) % usual_.callers().intervals();
    ++sums.over;
    sums.talks += std::max(0.0, to_seconds(at - call.answered));
    sums.usual_talks += usual_.of(call.queue, people_[call.agent].group, answered).mean_s;
  }
  Person& person = people_[call.agent];
  if (person.call == id) {
    person.call.clear();
    person.wraps = true;
    person.free_since = std::max(at, call.answered);
  }
  calls_.erase(id);
  over_[id] = at;
  over_order_.push_back(id);
  while (over_order_.size() > kRemembered) {
    over_.erase(over_order_.front());
    over_order_.pop_front();
  }
}

void Twin::forget(const std::string& id) {
  const auto known = calls_.find(id);
  if (known->second.agent != kNotKnown && people_[known->second.agent].call == id)
    people_[known->second.agent].call.clear();
  calls_.erase(known);
}

Twin::Outcome Twin::of_agent(const FloorEvent& event, SimTime at, Impossible& why) {
  const std::uint32_t queue = event.queue.empty() ? kNotKnown : queue_of(event.queue);
  const std::uint32_t agent = person_of(event.agent, queue);
  if (agent == kNotKnown) {
    why = Impossible::kUnknownAgent;
    return Outcome::kNotYet;
  }
  Person& person = people_[agent];
  const Person before = person;
  switch (event.kind) {
    case Kind::kLogin:
      sessions_known_[person.group] = 1;
      if (!person.there) person.free_since = at;
      person.there = true;
      break;
    case Kind::kLogout:
      if (!person.call.empty()) end_talk(person.call, at, true);
      person.there = person.paused = person.wraps = false;
      break;
    case Kind::kPaused:
      if (!person.there) ++counts_.implied_login;
      person.there = person.paused = true;
      break;
    case Kind::kResumed:
    case Kind::kReady:
      person.there = true;
      person.paused = person.wraps = false;
      break;
    default:
      break;
  }
  const bool same = before.there == person.there && before.paused == person.paused &&
                    before.wraps == person.wraps && before.call == person.call;
  return same ? Outcome::kDuplicate : Outcome::kTaken;
}

Situation Twin::situation(SimTime at) const {
  Situation s;
  s.at = at;
  std::vector<std::uint32_t> talking(people_.size());
  for (const auto& [id, call] : calls_) {
    if (call.agent == kNotKnown) {
      if (at - call.entered <= options_.longest_wait)
        s.waiting.push_back({call.queue, std::min(at, call.entered), kNotKnown});
    } else if (at - call.answered <= options_.longest_talk) {
      talking[call.agent] = 1;
      s.talks.push_back({people_[call.agent].group, call.queue, std::min(at, call.answered),
                         call.answered - call.entered, kNotKnown});
    }
  }
  // Whatever the order in which the map has them.
  const auto by_time = [](const auto& a, const auto& b) {
    return std::tie(a.since, a.queue) < std::tie(b.since, b.queue);
  };
  const auto by_group = [](const auto& a, const auto& b) {
    return std::tie(a.since, a.group, a.queue) < std::tie(b.since, b.group, b.queue);
  };
  const auto by_wait = [](const auto& a, const auto& b) {
    return std::tie(a.since, a.group, a.queue, a.waited) <
           std::tie(b.since, b.group, b.queue, b.waited);
  };
  std::sort(s.waiting.begin(), s.waiting.end(), by_time);
  std::sort(s.talks.begin(), s.talks.end(), by_wait);
  s.groups.resize(plan_.groups.size());
  for (std::size_t g = 0; g < s.groups.size(); ++g)
    if (sessions_known_[g] != 0) s.groups[g] = {0, 0, std::nullopt};
  for (std::size_t a = 0; a < people_.size(); ++a) {
    const Person& person = people_[a];
    if (!person.there || talking[a] != 0 || person.group == kNotKnown) continue;
    Situation::Group& group = s.groups[person.group];
    if (person.paused) {
      if (group.aux) ++*group.aux;
      continue;
    }
    // In wrap-up as long as half of them last, by the law of the queue's callers.
    SimDuration usual{};
    for (std::uint32_t type = 0; person.wraps && type < plan_.caller_types; ++type)
      if (plan_.types[type].has_wrap && plan_.types[type].channel == Channel::kVoice)
        usual = std::max(usual, plan_.types[type].wrap.draw(0.5));
    if (person.wraps && at - person.free_since < usual)
      s.wraps.push_back({person.group, person.queue, std::min(at, person.free_since), kNotKnown});
    else if (group.available)
      ++*group.available;
  }
  std::sort(s.wraps.begin(), s.wraps.end(), by_group);
  const std::uint32_t intervals = interval_of(at) + 1;
  s.so_far.assign(so_far_.begin(), so_far_.begin() + intervals);
  for (std::uint32_t i = 0; i < intervals; ++i)
    for (std::uint32_t q = 0; q < plan_.queues.size(); ++q) {
      Situation::OfQueue& of = s.so_far[i].queues[q];
      if (of.answered == 0) continue;
      const auto answered = static_cast<double>(of.answered);
      const Sums& sums = sums_[i][q];
      of.wait_s = sums.waits / answered;
      if (sums.over == 0) continue;
      of.talk_s = sums.talks / static_cast<double>(sums.over);
      of.usual_talk_s = sums.usual_talks / static_cast<double>(sums.over);
    }
  return s;
}

std::vector<std::string> Twin::unknown() const {
  std::vector<std::string> lines, queues, groups;
  for (const Queue& queue : world_.queues) queues.push_back(queue.name);
  for (const AgentGroup& group : world_.groups) groups.push_back(group.name);
  const auto add = [&](const char* what, const std::map<std::string, std::int64_t>& names,
                       const std::vector<std::string>& known) {
    for (const auto& [name, events] : names) {
      const std::string near = nearest(name, known);
      lines.push_back(fmt::format("{} {}: {} events{}", what, name, events,
                                  near.empty() ? "" : "; did you mean " + near + "?"));
    }
  };
  add("queue", counts_.unknown_queues, queues);
  add("agent", counts_.unknown_agents, groups);
  return lines;
}

}  // namespace callmill::live
