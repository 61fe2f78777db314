#include "models/world/no_effect.h"

#include <algorithm>

#include "models/world/findings.h"
#include "models/world/no_effect_parts.h"

namespace callmill {
namespace {

bool picks(const World& world, PickCall how) {
  return std::any_of(world.groups.begin(), world.groups.end(),
                     [&](const AgentGroup& group) { return group.pick_call == how; });
}

bool redials(const Redial& redial) {
  return redial.after_block.share.value() > 0 || redial.after_abandon.share.value() > 0 ||
         redial.after_cut.share.value() > 0;
}

// Messages are worked off in the queue's order, each for its talk and wrap.
void check_message_type(Findings& f, const CallerType& type) {
  const Idle idle{f, place("callers", type)};
  const std::vector<std::string> channel{place("callers", type, "channel")};
  const char* const order = "the queue's order says what is worked off first";
  idle(type.priority != 0, "priority", "is of calls and chats; this is a message", order, channel);
  idle(type.ageing != 0, "ageing", "is of calls and chats; this is a message", order, channel);
  idle(type.talk_factor.has_value(), "talk_factor",
       "is of calls and chats; a message takes its talk at any time of day", "", channel);
  idle(redials(type.redial), "redial", "is of calls and chats; a message waits until it is done",
       "see message.deadline", channel);
  idle(!type.transfers.empty(), "transfers", "is of calls; messages are not passed on", "",
       channel);
  idle(type.resolution.has_value(), "resolution", "is of calls and chats; a message is done once",
       "", channel);
  idle(type.survey.has_value(), "survey", "is of calls; it is asked on the line", "", channel);
}

void check_type(Findings& f, const CallerType& type) {
  const Idle idle{f, place("callers", type)};
  if (type.channel != Channel::kVoice)
    idle(type.trunks.valid(), "lines",
         fmt::format("has no use: {} hold no line",
                     type.channel == Channel::kChat ? "chats" : "messages"),
         "leave lines out", {place("callers", type, "channel")});
  if (type.channel == Channel::kMessage) {
    check_message_type(f, type);
    return;
  }
  idle(type.ageing != 0 && !picks(f.world, PickCall::kAgeing), "ageing",
       "has no use: no group picks calls by ageing", "write pick_call: ageing in a group");
  idle(type.talk_factor_at != FactorAt::kAnswer && !type.talk_factor, "talk_factor_at",
       "has no use without talk_factor");
  if (type.survey)
    idle(!type.resolution &&
             (type.survey->open_say_yes.value() > 0 || type.survey->resolved_say_no.value() > 0),
         type.survey->open_say_yes.value() > 0 ? "survey.open_say_yes" : "survey.resolved_say_no",
         "is about whether the matter is settled, which only a resolution says",
         "write resolution: {first_contact: 75%}");
}

// What a queue says to callers and of agents has no use for what waits in the backlog.
void check_message_queue(Findings& f, const Queue& queue) {
  const Idle idle{f, place("queues", queue)};
  const char* const why = "is for queues of calls; here wait messages, which are worked off";
  idle(queue.capacity.has_value(), "capacity", why, "a backlog has no limit");
  idle(queue.pick_agent != PickAgent::kLongestIdle, "pick_agent", why);
  idle(queue.last_agent_hold > SimDuration{0}, "last_agent", why);
  idle(queue.announce.has_value(), "announce", why);
  idle(queue.callback.has_value(), "callback", why);
  idle(queue.deflect.has_value(), "deflect", why);
  for (std::size_t i = 0; i < queue.route.size(); ++i) {
    const RouteStep& step = queue.route[i];
    const auto key = [&](const char* name) { return fmt::format("route[{}].{}", i, name); };
    const char* const help = "agents take messages when no call waits; see reserve of the queue";
    idle(step.after > SimDuration{0}, key("after"), why, help);
    idle(step.with_previous, key("with_previous"), why, help);
    idle(step.reserve > 0, key("reserve"), why, help);
    idle(step.min_queue > 1, key("min_queue"), why, help);
    idle(!step.when.empty(), key("when"), why, help);
    idle(step.level > 1, key("level"), why, help);
    idle(step.once, key("once"), why, help);
  }
}

bool asks_expected_wait(const World& world, QueueId id) {
  const auto asks = [&](const Condition& c) {
    return c.indicator == Indicator::kExpectedWait && (!c.queue || *c.queue == id);
  };
  const auto any = [&](const std::vector<Condition>& all) {
    return std::any_of(all.begin(), all.end(), asks);
  };
  for (const Queue& queue : world.queues)
    for (const RouteStep& step : queue.route)
      if (any(step.when)) return true;
  return std::any_of(world.rules.begin(), world.rules.end(),
                     [&](const Rule& rule) { return any(rule.when) || any(rule.until); });
}

void check_queue(Findings& f, QueueId id) {
  const Queue& queue = f.world.queues[id.index()];
  const Idle idle{f, place("queues", queue)};
  if (holds_messages(f.world, id)) check_message_queue(f, queue);
  idle(queue.ratio != 1 && !picks(f.world, PickCall::kQueueRatio), "ratio",
       "has no use: no group picks calls by queue_ratio",
       "write pick_call: queue_ratio in a group of its route");
  const bool predicts =
      queue.announce || queue.callback || queue.deflect || asks_expected_wait(f.world, id);
  idle(queue.predictor != Predictor::kQueueLength && !predicts, "predictor",
       "has no use: no expected wait is announced, offered by or asked for here",
       "write announce, callback or deflect");
  idle(queue.predictor_last != Queue{}.predictor_last && queue.predictor != Predictor::kMeanWait,
       "predictor_last", "is of predictor: mean_wait", "", {place("queues", queue, "predictor")});
}

bool any_resolution(const World& world) {
  return std::any_of(world.caller_types.begin(), world.caller_types.end(),
                     [](const CallerType& type) { return type.resolution.has_value(); });
}

bool any_transfer(const World& world) {
  return std::any_of(world.caller_types.begin(), world.caller_types.end(),
                     [](const CallerType& type) { return !type.transfers.empty(); });
}

void check_group(Findings& f, GroupId id) {
  const AgentGroup& group = f.world.groups[id.index()];
  const Idle idle{f, place("groups", group)};
  const bool resolves = any_resolution(f.world);
  idle(group.resolution_factor != 1 && !resolves, "resolution_factor",
       "has no use: no caller type has a resolution", "write resolution in callers");
  if (group.experience) {
    const Learning& learning = group.experience->learning;
    idle(learning.transfer != 1 && !any_transfer(f.world), "experience.learning.transfer",
         "has no use: no caller type has transfers");
    idle(learning.unresolved != 1 && !resolves, "experience.learning.unresolved",
         "has no use: no caller type has a resolution");
  }
  for (const Handling& handling : group.handling)
    for (const CallerType& type : f.world.caller_types)
      idle(type.name == handling.callers && type.channel == Channel::kMessage,
           "handling." + handling.callers,
           "is of messages, which take their own talk and wrap with everyone", "",
           {place("callers", type, "channel")});
  if (group.attendance && !has_breaks(f.world, id)) {
    const char* const why = "has no use: no shift of the group has a break";
    idle(group.attendance->break_late.share.value() > 0, "attendance.break_late", why,
         "breaks stand in the shifts of roster, or of shifts");
    idle(group.attendance->break_overrun.share.value() > 0, "attendance.break_overrun", why,
         "breaks stand in the shifts of roster, or of shifts");
  }
}

// Hours of the roster, and days of experience of people whose group learns nothing.
void check_roster(Findings& f, std::size_t i) {
  const RosterEntry& entry = f.world.team[i];
  const Idle idle{f, fmt::format("roster[{}]", i)};
  if (!entry.group.valid() || entry.group.index() >= f.world.groups.size()) return;
  const AgentGroup& group = f.world.groups[entry.group.index()];
  idle(entry.days && !group.experience, "days",
       fmt::format("has no use: experience makes no difference in {}", group.name),
       fmt::format("write experience in groups.{}", group.name), {place("groups", group)});
  const Day& day = f.world.day;
  for (std::size_t s = 0; s < entry.shifts.size(); ++s) {
    const RosterShift& shift = entry.shifts[s];
    if (f.world.several_days() || shift.to <= shift.from) continue;
    idle(shift.to <= day.opens || shift.from >= day.closes, fmt::format("shifts[{}].from", s),
         fmt::format("is {} and its end {}; the centre is open from {} to {}",
                     time_in_words(shift.from), time_in_words(shift.to), time_in_words(day.opens),
                     time_in_words(day.closes)),
         "", {"day"});
  }
}

// A calendar of the whole year may stand there, whatever days of it are run; but then some day of
// it is one of the run.
void check_special_days(Findings& f) {
  const Days& days = f.world.days;
  if (!days.first || days.special.empty()) return;
  const Date last = *days.first + std::chrono::days{days.count - 1};
  for (const SpecialDay& special : days.special) {
    const std::optional<Date> date = parse_date(special.date);
    if (!date || (*date >= *days.first && *date <= last)) return;
  }
  f.found("days.special", "no-effect",
          fmt::format("has no day of the run, {} to {}", in_words(*days.first), in_words(last)),
          "take dates of the run, or let it last longer (days.count)", {"days"});
}

// A shift that a plan can never use: no start lets it lie within the open hours. Days around the
// clock take shifts over midnight.
void check_shift(Findings& f, const ShiftPattern& shift) {
  const Day& day = f.world.day;
  if (day.length() >= std::chrono::hours{24} || shift.start_every <= SimDuration{0}) return;
  if (day.closes <= day.opens || shift.last_start < shift.first_start) return;  // said already
  const SimDuration span = shift.length + (shift.split ? shift.split->shortest : SimDuration{0});
  for (SimDuration start = shift.first_start; start <= shift.last_start; start += shift.start_every)
    if (start >= day.opens && start + span <= day.closes) return;
  f.found(place("shifts", shift, "starts"), "no-effect",
          fmt::format("let no shift of {} lie within the open hours, {} to {}", in_words(span),
                      time_in_words(day.opens), time_in_words(day.closes)),
          "", {"day", place("shifts", shift, "length")});
}

}  // namespace

bool has_breaks(const World& world, GroupId id) {
  const auto of_group = [&](const auto& x) { return x.group == id; };
  return std::any_of(world.team.begin(), world.team.end(),
                     [&](const RosterEntry& entry) {
                       return of_group(entry) &&
                              std::any_of(entry.shifts.begin(), entry.shifts.end(),
                                          [](const RosterShift& s) { return !s.breaks.empty(); });
                     }) ||
         std::any_of(world.shifts.begin(), world.shifts.end(),
                     [&](const ShiftPattern& s) { return of_group(s) && !s.breaks.empty(); }) ||
         std::any_of(world.roster.begin(), world.roster.end(), [&](const DutyPeriod& d) {
           return of_group(d) && d.kind == DutyPeriod::Kind::kBreak;
         });
}

namespace {
bool holds(const World& world, QueueId id, Channel channel) {
  return std::any_of(
      world.caller_types.begin(), world.caller_types.end(), [&](const CallerType& type) {
        return type.channel == channel && type.enters.kind == Destination::Kind::kQueue &&
               type.enters.queue == id;
      });
}
}  // namespace

bool holds_messages(const World& world, QueueId id) {
  return holds(world, id, Channel::kMessage);
}
bool holds_chats(const World& world, QueueId id) {
  return holds(world, id, Channel::kChat);
}

std::vector<Fault> without_effect(const World& world) {
  Findings f{world, {}};
  for (const CallerType& type : world.caller_types) check_type(f, type);
  for (std::size_t q = 0; q < world.queues.size(); ++q) check_queue(f, QueueId{q});
  for (std::size_t g = 0; g < world.groups.size(); ++g) check_group(f, GroupId{g});
  for (std::size_t i = 0; i < world.team.size(); ++i) check_roster(f, i);
  for (const ShiftPattern& shift : world.shifts) check_shift(f, shift);
  check_special_days(f);
  find_idle_ways(f);
  find_idle_floor(f);
  find_idle_campaigns(f);
  return std::move(f.faults);
}

}  // namespace callmill
