// Agent groups.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

Kind<Dialling> dialling_kind() {
  return record_kind<Dialling>(
      {"what idle agents dial",
       "dialling",
       {optional_key("pause", &Dialling::pause, law_kind(),
                     "between becoming idle and the next dial; 0s dials at once"),
        rare_key("reserve", &Dialling::reserve, count(0, 1'000'000),
                 "dials only while more than so many of the group are idle"),
        optional_key("reached", &Dialling::reached, share(), "share of dials that reach somebody"),
        optional_key("talk", &Dialling::talk, law_kind(), "dialling, ringing and talking"),
        optional_key("wrap", &Dialling::wrap, law_kind(), "after-call work")},
       {}});
}

Kind<std::vector<Handling>> handling_kind() {
  return named(
      Record<Handling>{
          "a map with the keys of a handling",
          "handling",
          {maybe_key("talk", &Handling::talk, law_kind(), "time with an agent of this group",
                     "none: the caller type's"),
           maybe_key("wrap", &Handling::wrap, law_kind(), "after-call work in this group",
                     "none: the caller type's"),
           rare_key("talk_factor", &Handling::talk_factor, number(above(0)), "multiplies talk"),
           rare_key("wrap_factor", &Handling::wrap_factor, number(at_least(0)), "multiplies wrap")},
          {}},
      &Handling::callers, name_rule(), "a map from caller types to handling", false);
}

Kind<PickCall> pick_call_kind() {
  return word<PickCall>({{"by_rank", PickCall::kByRank},
                         {"ageing", PickCall::kAgeing},
                         {"queue_ratio", PickCall::kQueueRatio},
                         {"longest_queue", PickCall::kLongestQueue},
                         {"own_first", PickCall::kOwnFirst}});
}

Record<AgentGroup> group_record() {
  Record<AgentGroup> record{
      "a map with the keys of a group",
      "group",
      {optional_key("kind", &AgentGroup::kind,
                    word<GroupKind>({{"inbound", GroupKind::kInbound},
                                     {"flex", GroupKind::kFlex},
                                     {"outbound", GroupKind::kOutbound}}),
                    "inbound answers, outbound dials, flex dials when no call waits"),
       maybe_key("staff", &AgentGroup::staff, staff_kind(), "agents on duty by the time of day",
                 "none: plan staffs it with shifts"),
       optional_key("takes", &AgentGroup::takes,
                    list_of(reference<QueueId>(), false, "a list of queues"),
                    "queues in the order in which a free agent looks; empty = all routed to "
                    "it, by priority, "
                    "then longest waiting"),
       rare_key("pick_call", &AgentGroup::pick_call, pick_call_kind(),
                "which of the waiting calls a free agent takes"),
       optional_key("handling", &AgentGroup::handling, handling_kind(),
                    "handle times by caller type, where they differ from the type's own"),
       maybe_key("dialling", &AgentGroup::dialling, dialling_kind(), "what idle agents dial",
                 "none"),
       maybe_key("chat", &AgentGroup::chat, chatting_kind(), "how its agents hold several chats",
                 "none: one chat at a time"),
       optional_key("wage", &AgentGroup::wage_per_hour, money("h"), "of an agent on duty"),
       maybe_key("call_in", &AgentGroup::call_in, call_in_kind(),
                 "people who are not on the roster and come when a rule calls them", "none"),
       optional_key("resolution_factor", &AgentGroup::resolution_factor, number(between(0, 10)),
                    "multiplies the share of contacts that it settles, up to 100%"),
       maybe_key("shrinkage", &AgentGroup::shrinkage, shrinkage_kind(),
                 "what of its shifts is not spent on calls; plan schedules so many more", "none"),
       maybe_key("tours", &AgentGroup::tours, tours_kind(),
                 "the weeks of the people who work its shifts, for a plan of a week",
                 "none: any 5 days of the week")},
      {}};
  for (Field<AgentGroup>& field : people_fields()) record.fields.push_back(std::move(field));
  return record;
}

}  // namespace

Field<World> groups_section() {
  return section("groups", &World::groups, group_record(), false,
                 "Groups of agents with the same skills.");
}

}  // namespace callmill::files
