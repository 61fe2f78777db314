// Where callers wait.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

Record<Queue> queue_record() {
  const Record<RouteStep> step{
      "a map with group and after",
      "route_step",
      {required_key("group", &RouteStep::group, reference<GroupId>(), "who may answer"),
       optional_key("after", &RouteStep::after, duration(between(0, kLongest)),
                    "once a call has waited this long")},
      {}};
  return {"a map with the keys of a queue",
          "queue",
          {optional_key("answer_within", &Queue::answer_within, duration(between(0, kLongest)),
                        "the time of the service level"),
           required_key("route", &Queue::route,
                        list_of(record_kind(step), true, "a list of steps, at least one"),
                        "groups in the order in which they are tried")},
          {}};
}

}  // namespace

Field<World> queues_section() {
  return section("queues", &World::queues, queue_record(), false,
                 "Where callers wait, and who answers them.");
}

}  // namespace callmill::files
