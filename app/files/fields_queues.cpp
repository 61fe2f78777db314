// Where callers wait, and who answers them.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

constexpr std::int64_t kMostWaiting = 1'000'000;

Kind<PickAgent> pick_agent_kind() {
  return word<PickAgent>({{"longest_idle", PickAgent::kLongestIdle},
                          {"least_occupied", PickAgent::kLeastOccupied},
                          {"random", PickAgent::kRandom},
                          {"most_idle_group", PickAgent::kMostIdleGroup},
                          {"fewest_contacts", PickAgent::kFewestContacts}});
}

Record<RouteStep> step_record() {
  return {"a map with the keys of a step",
          "route_step",
          {required_key("group", &RouteStep::group, reference<GroupId>(), "who may answer"),
           optional_key("after", &RouteStep::after, duration(between(0, kLongest)),
                        "once a call has waited this long"),
           rare_key("with_previous", &RouteStep::with_previous, yes_no(),
                    "one step with the group before: the call picks among the agents of both"),
           rare_key("reserve", &RouteStep::reserve, count(0, kMostWaiting),
                    "takes a call only when more than so many of the group are idle"),
           rare_key("min_queue", &RouteStep::min_queue, count(1, kMostWaiting),
                    "takes a call only when so many wait in the queue, the call included"),
           optional_key("when", &RouteStep::when, conditions_kind(),
                        "takes a call only while all of these hold"),
           rare_key("level", &RouteStep::level, count(1, 100),
                    "skill level: a free agent of the group looks at queues of level 1 first"),
           rare_key("once", &RouteStep::once, yes_no(),
                    "the group is tried as the step opens to a call, which does not wait for it")},
          {}};
}

Record<Queue> queue_record() {
  return {"a map with the keys of a queue",
          "queue",
          {optional_key("answer_within", &Queue::answer_within, duration(between(0, kLongest)),
                        "the time of the service level"),
           required_key("route", &Queue::route,
                        list_of(record_kind(step_record()), true, "a list of steps, at least one"),
                        "groups in the order in which they are tried"),
           maybe_key("capacity", &Queue::capacity, count(0, kMostWaiting),
                     "most that wait; one more is refused", "none: no limit"),
           rare_key("pick_agent", &Queue::pick_agent, pick_agent_kind(),
                    "which of a step's idle agents a call gets"),
           rare_key("ratio", &Queue::ratio, number(above(0)),
                    "of the waiting, beside the ratios of other queues; for groups with pick_call: "
                    "queue_ratio"),
           rare_key("last_agent", &Queue::last_agent_hold, duration(between(0, kLongest)),
                    "a returning caller waits so long for the agent of the last talk"),
           maybe_key("voicemail", &Queue::voicemail, voicemail_kind(),
                     "callers who have waited long leave a message and go", "none"),
           optional_key("order", &Queue::order,
                        word<WorkOrder>({{"first_come", WorkOrder::kFirstCome},
                                         {"deadline", WorkOrder::kDeadline}}),
                        "in which messages are worked off"),
           optional_key("reserve", &Queue::reserve, count(0, 1'000'000),
                        "agents of a group whom messages leave free for calls"),
           rare_key("predictor", &Queue::predictor,
                    word<Predictor>({{"last_wait", Predictor::kLastWait},
                                     {"mean_wait", Predictor::kMeanWait},
                                     {"head_wait", Predictor::kHeadWait},
                                     {"queue_length", Predictor::kQueueLength},
                                     {"erlang", Predictor::kErlang}}),
                    "how the wait of a caller who joins now is predicted"),
           rare_key("predictor_last", &Queue::predictor_last, count_as<std::uint32_t>(1, 1000),
                    "mean_wait: of so many contacts answered last"),
           maybe_key("announce", &Queue::announce, announcement_kind(),
                     "the expected wait is announced to callers who must wait", "none"),
           maybe_key("callback", &Queue::callback, callback_kind(),
                     "callers who must wait may ask to be called back", "none"),
           maybe_key("deflect", &Queue::deflect, deflection_kind(),
                     "callers who must wait may go on by chat or message", "none")},
          {}};
}

}  // namespace

Field<World> queues_section() {
  return section("queues", &World::queues, queue_record(), false,
                 "Where callers wait, and who answers them.");
}

Field<World> max_waiting_key() {
  return maybe_key("max_waiting", &World::max_waiting, count(0, kMostWaiting),
                   "Most that wait in all queues together; one more is refused.", "none: no limit");
}

}  // namespace callmill::files
