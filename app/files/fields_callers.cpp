// Who calls.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

Kind<Redial> redial_kind() {
  return record_kind<Redial>(
      {"how callers try again",
       "redial",
       {optional_key("after_block", &Redial::after_block, call_again_kind(),
                     "after no line was free, or the network lost the call"),
        optional_key("after_abandon", &Redial::after_abandon, call_again_kind(),
                     "after hanging up in the queue"),
        optional_key(
            "after_cut", &Redial::after_cut, call_again_kind(),
            "after a failed line, or the loss of the agent's site, has cut the contact off"),
        optional_key("keeps_patience", &Redial::keeps_patience, yes_no(),
                     "whether the next attempt has the patience, the talk time and the menu "
                     "choices of the first")},
       {}});
}

// `lines: city`, or a list that is tried in order.
Field<CallerType> trunks_key() {
  const Kind<TrunkGroupId> one = reference<TrunkGroupId>();
  const Kind<std::vector<TrunkGroupId>> several =
      list_of(one, true, "a list of line groups, at least one");
  Shape shape;
  shape.form = Shape::Form::kEither;
  shape.words = "the name of a line group or a list of them";
  shape.parts = {one.shape, several.shape};
  return {
      {"lines", "the line groups they come in on: the first that has a free line takes the call",
       false, "", shape},
      [one, several](const Node& node, Reader& reader, CallerType& type) {
        if (node.kind != Node::Kind::kList) return one.read(node, reader, type.trunks);
        std::vector<TrunkGroupId> all;
        if (!several.read(node, reader, all)) return false;
        type.trunks = all.front();
        type.shared_trunks.assign(all.begin() + 1, all.end());
        return true;
      },
      [one, several](const CallerType& type, const Writer& writer) {
        if (type.shared_trunks.empty()) return one.write(type.trunks, writer);
        std::vector<TrunkGroupId> all{type.trunks};
        all.insert(all.end(), type.shared_trunks.begin(), type.shared_trunks.end());
        return several.write(all, writer);
      }};
}

Kind<Transfer> transfer_kind() {
  using How = Transfer::How;
  return record_kind<Transfer>(
      {"a map with share and as",
       "transfer",
       {required_key("share", &Transfer::share, share(), "of the answered calls"),
        required_key("as", &Transfer::as, reference<CallerTypeId>(),
                     "the caller type that they go on as: its queue, priority, patience, talk, "
                     "resolution, survey"),
        optional_key(
            "how", &Transfer::how,
            word<How>(
                {{"cold", How::kCold}, {"warm", How::kWarm}, {"conference", How::kConference}}),
            "cold: the first agent is free at once; warm: when the second answers; "
            "conference: talks along after that"),
        optional_key("talk_before", &Transfer::talk_before, number(between(0, 100)),
                     "talk before the transfer, of the talk that would have been"),
        optional_key("dial", &Transfer::dial, law_kind(), "of the first agent, with the caller"),
        optional_key("pre_service", &Transfer::pre_service, law_kind(),
                     "cold: the second agent learns what it is about"),
        optional_key("conference", &Transfer::conference, law_kind(),
                     "how long the first agent talks along")},
       {}});
}

Record<CallerType> caller_record() {
  return {
      "a map with the keys of a caller type",
      "caller",
      {optional_key("channel", &CallerType::channel,
                    word<Channel>({{"voice", Channel::kVoice},
                                   {"message", Channel::kMessage},
                                   {"chat", Channel::kChat}}),
                    "message: mail, work orders and the like, which wait until they are done; "
                    "chat: agents hold several at once"),
       required_key("volume", &CallerType::volume, volume_kind(),
                    "expected fresh calls by the time of day"),
       trunks_key(),
       required_key("enters", &CallerType::enters, enters_kind(), "where a call goes first"),
       optional_key("priority", &CallerType::priority, count_as<std::int32_t>(-1000, 1000),
                    "higher is answered first"),
       rare_key("ageing", &CallerType::ageing, number(between(0, 1000)),
                "priority gained per minute of waiting; for groups with pick_call: ageing"),
       maybe_key("patience", &CallerType::patience, law_kind(),
                 "time in the queue until they hang up", "none: they wait for ever"),
       maybe_key("patience_factor", &CallerType::patience_factor, factor_kind(),
                 "multiplies patience by the time of day of the call", "none"),
       optional_key("never_hangs_up", &CallerType::never_hangs_up, share(),
                    "share that waits for ever, whatever the patience of the others"),
       optional_key("balk", &CallerType::balk, share(),
                    "share that hangs up at once when no agent is free"),
       optional_key("talk", &CallerType::talk, law_kind(), "time with the agent"),
       optional_key("wrap", &CallerType::wrap, law_kind(),
                    "after-call work; the line is free, the agent is not"),
       maybe_key("talk_factor", &CallerType::talk_factor, factor_kind(),
                 "multiplies talk by the time of day", "none"),
       rare_key("talk_factor_at", &CallerType::talk_factor_at,
                word<FactorAt>({{"answer", FactorAt::kAnswer}, {"arrival", FactorAt::kArrival}}),
                "the moment whose factor counts"),
       optional_key("redial", &CallerType::redial, redial_kind(), "how they try again"),
       maybe_key("message", &CallerType::message, message_work_kind(),
                 "how the work of a message is done", "none: all defaults"),
       optional_key("transfers", &CallerType::transfers,
                    list_of(transfer_kind(), false, "a list of transfers"),
                    "how a share of the talks ends: the call goes on as another type"),
       optional_key("opening", &CallerType::opening, count_as<std::uint32_t>(0, 1'000'000),
                    "calls already there when the day opens; counted in its first interval"),
       maybe_key("resolution", &CallerType::resolution, resolution_kind(),
                 "whether contacts settle the matter", "none: always"),
       maybe_key("survey", &CallerType::survey, survey_kind(), "questions after the call", "none")},
      {}};
}

}  // namespace

Kind<CallAgain> call_again_kind() {
  return record_kind<CallAgain>(
      {"a map with share, delay and limit",
       "call_again",
       {optional_key("share", &CallAgain::share, share(), "of them who call again"),
        optional_key("delay", &CallAgain::delay, law_kind(), "until the next call"),
        optional_key("limit", &CallAgain::limit, count_as<std::uint32_t>(1, 1000),
                     "how often a caller does so at the most")},
       {}});
}

Field<World> callers_section() {
  return section("callers", &World::caller_types, caller_record(), true,
                 "Who calls, how often and how patiently.");
}

}  // namespace callmill::files
