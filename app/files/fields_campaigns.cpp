// Outbound campaigns.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

constexpr std::int64_t kMostNumbers = 10'000'000;

// Outcomes and retries stand in arrays by cause; in the file each has its key.
struct CauseKey {
  DialCause cause;
  const char* key;
  const char* help;
};
constexpr CauseKey kCauses[] = {
    {DialCause::kNetwork, "network", "the network fails"},
    {DialCause::kInvalid, "invalid", "there is no such number"},
    {DialCause::kOff, "off", "the telephone is off"},
    {DialCause::kOutOfArea, "out_of_area", "the telephone is out of reach"},
    {DialCause::kBusy, "busy", "the party talks with somebody else"},
    {DialCause::kNoAnswer, "no_answer", "nobody answers"},
    {DialCause::kRefused, "refused", "the call is refused"},
    {DialCause::kMachine, "machine", "a machine answers"},
    {DialCause::kLive, "live", "a person has talked with an agent"},
    {DialCause::kDropped, "dropped", "a person was dropped for want of an agent"},
    {DialCause::kHungUp, "hung_up", "a person hung up while waiting for an agent"},
};

template <class V, std::size_t kSize>
Field<Campaign> by_cause(std::array<std::optional<V>, kSize> Campaign::*member, const CauseKey& row,
                         const Kind<V>& kind, const std::string& absent) {
  const auto i = static_cast<std::size_t>(row.cause);
  return {{row.key, row.help, false, absent, kind.shape},
          [member, i, kind](const Node& node, Reader& reader, Campaign& campaign) {
            V value{};
            if (!kind.read(node, reader, value)) return false;
            (campaign.*member)[i] = std::move(value);
            return true;
          },
          [member, i, kind](const Campaign& campaign, const Writer& writer) {
            const std::optional<V>& value = (campaign.*member)[i];
            return value ? kind.write(*value, writer) : Node{};
          }};
}

Field<Campaign> outcomes_key() {
  std::vector<Field<Campaign>> fields;
  for (const CauseKey& row : kCauses)
    if (row.cause <= DialCause::kMachine && row.cause != DialCause::kInvalid)
      fields.push_back(by_cause(&Campaign::outcome, row, share_profile_kind(), "0%"));
  return group_key<Campaign>("outcomes", {"a map of shares by cause", "", std::move(fields), {}},
                             false,
                             "what dials to valid numbers come to, as shares by the time of day; "
                             "the rest is live answers");
}

Field<Campaign> retry_key() {
  const Kind<Retry> retry = record_kind<Retry>(
      {"a map with after and up_to",
       "retry",
       {optional_key("after", &Retry::after, law_kind(), "until the next dial"),
        required_key("up_to", &Retry::up_to, count_as<std::uint32_t>(1, 1000),
                     "dials of a number in all, this cause or others; 1 = no other dial")},
       {}});
  std::vector<Field<Campaign>> fields;
  for (const CauseKey& row : kCauses)
    if (row.cause != DialCause::kInvalid)
      fields.push_back(by_cause(&Campaign::retry, row, retry, "none: the number is done with"));
  return group_key<Campaign>("retry", {"a map of retries by cause", "", std::move(fields), {}},
                             false, "which numbers are dialled again, and when");
}

Field<Campaign> pace_key() {
  return group_key<Campaign>(
      "pace",
      {"a map with the keys of the pace",
       "",
       {optional_key("per_idle", &Campaign::per_idle, number(between(0, 1000)),
                     "dials an idle agent"),
        optional_key("per_busy", &Campaign::per_busy, number(between(0, 1000)),
                     "dials a busy agent, in predictive mode"),
        optional_key("most", &Campaign::most, count_as<std::uint32_t>(1, 1'000'000),
                     "dials in flight and waiting parties"),
        optional_key("reserve", &Campaign::reserve, count_as<std::uint32_t>(0, 1'000'000),
                     "idle agents that are left to callers"),
        optional_key("idle_from", &Campaign::idle_from, count_as<std::uint32_t>(1, 1'000'000),
                     "at_release, at_own_release: dials when so many agents of the route are idle"),
        optional_key("idle_total_from", &Campaign::idle_total_from,
                     count_as<std::uint32_t>(1, 1'000'000),
                     "at_release, at_own_release: and so many agents of all groups")},
       {}},
      false, "how many dials at a time");
}

Field<Campaign> list_keys(int which) {
  switch (which) {
    case 0:
      return group_key<Campaign>(
          "hours",
          {"a map with from and to",
           "",
           {optional_key("from", &Campaign::from, time_of_day(between(0, 86400)), "no dial before"),
            optional_key("to", &Campaign::to, time_of_day(between(0, 86400)), "none after")},
           {}},
          false, "calling hours, every day");
    case 1:
      return group_key<Campaign>(
          "ring",
          {"a map with answered and unanswered",
           "",
           {optional_key("answered", &Campaign::ring_answered, law_kind(),
                         "from the dial until somebody or a machine answers"),
            optional_key("unanswered", &Campaign::ring_unanswered, law_kind(),
                         "until a dial without an answer is over")},
           {}},
          false, "how long dials take");
    case 2:
      return group_key<Campaign>(
          "waiting",
          {"a map with patience, drop_after and most",
           "",
           {maybe_key("patience", &Campaign::patience, law_kind(),
                      "until a person without an agent hangs up", "none: waits to be dropped"),
            optional_key("drop_after", &Campaign::drop_after, duration(between(0, kLongest)),
                         "the dialler hangs up"),
            optional_key("most", &Campaign::most_waiting, count_as<std::uint32_t>(0, 1'000'000),
                         "persons who wait; one more is dropped at once")},
           {}},
          false, "what becomes of a person who answers and finds no agent");
    default:
      return group_key<Campaign>(
          "filter",
          {"a map with finds and cost",
           "",
           {optional_key("finds", &Campaign::filter_finds, share(),
                         "share of the invalid numbers that it takes off the list"),
            optional_key("cost", &Campaign::filter_cost, money("number"), "of the whole list")},
           {}},
          false, "numbers are checked before the first dial");
  }
}

Kind<MachineDetection> detection_kind() {
  return record_kind<MachineDetection>(
      {"a map with the keys of a machine detection",
       "machine_detection",
       {optional_key("takes", &MachineDetection::takes, duration(between(0, 3600)),
                     "of every answered dial, before it is passed on"),
        optional_key("finds", &MachineDetection::finds, share(),
                     "share of the machines that it hangs up on"),
        optional_key("mistakes", &MachineDetection::mistakes, share(),
                     "share of the persons that it hangs up on")},
       {}});
}

Kind<AbandonCap> cap_kind() {
  return record_kind<AbandonCap>(
      {"a map with the keys of an abandon cap",
       "abandon_cap",
       {optional_key("share", &AbandonCap::share, share(),
                     "of the persons who answer that find no agent, at the most"),
        optional_key("over", &AbandonCap::over, duration(between(60, 86400)),
                     "memory of the controller"),
        optional_key("every", &AbandonCap::every, duration(between(1, 86400)),
                     "between steps of the controller"),
        optional_key("gain", &AbandonCap::gain, number({0, 1, true}),
                     "relative change of pace at full deviation")},
       {}});
}

Kind<DialMode> mode_kind() {
  return word<DialMode>({{"preview", DialMode::kPreview},
                         {"progressive", DialMode::kProgressive},
                         {"power", DialMode::kPower},
                         {"predictive", DialMode::kPredictive},
                         {"at_release", DialMode::kAtRelease},
                         {"at_own_release", DialMode::kAtOwnRelease}});
}

Record<Campaign> campaign_record() {
  return {
      "a map with the keys of a campaign",
      "campaign",
      {required_key("numbers", &Campaign::numbers, count_as<std::uint32_t>(1, kMostNumbers),
                    "on the list"),
       required_key("queue", &Campaign::queue, reference<QueueId>(),
                    "whose route says which groups talk with the parties"),
       maybe_key("lines", &Campaign::trunks, reference<TrunkGroupId>(),
                 "the line group whose lines dials hold", "none: as many as wanted"),
       optional_key("priority", &Campaign::priority, count_as<std::int32_t>(-1000, 1000),
                    "of parties beside callers in the same queue"),
       list_keys(0),
       optional_key("mode", &Campaign::mode, mode_kind(),
                    "preview: an agent looks, then dials; progressive: a dial an idle agent; "
                    "power: several; predictive: by idle and busy agents; at_release: a batch "
                    "each time an agent has finished; at_own_release: when one of the route has, "
                    "and as the hours begin"),
       pace_key(),
       optional_key("preview", &Campaign::preview, law_kind(), "time an agent looks at a record"),
       maybe_key("abandon_cap", &Campaign::cap, cap_kind(),
                 "the pace follows the share of persons who find no agent", "none: fixed pace"),
       outcomes_key(),
       optional_key("invalid", &Campaign::invalid, share(), "of the numbers do not exist"),
       list_keys(3),
       list_keys(1),
       maybe_key("machine_detection", &Campaign::detection, detection_kind(),
                 "answered dials are checked for machines", "none: machines reach agents"),
       optional_key("machine_talk", &Campaign::machine_talk, law_kind(),
                    "until an agent notices a machine"),
       optional_key("talk", &Campaign::talk, law_kind(), "time with the agent"),
       optional_key("wrap", &Campaign::wrap, law_kind(), "after-call work"),
       list_keys(2),
       retry_key(),
       optional_key("most_per_day", &Campaign::most_per_day, count_as<std::uint32_t>(1, 1000),
                    "dials of a number"),
       maybe_key("most_per_week", &Campaign::most_per_week, count_as<std::uint32_t>(1, 1000),
                 "dials of a number in any seven days in a row", "no limit")},
      {}};
}

}  // namespace

Field<World> campaigns_section() {
  return section("campaigns", &World::campaigns, campaign_record(), false,
                 "Outbound campaigns: lists of numbers that a dialler works through.");
}

}  // namespace callmill::files
