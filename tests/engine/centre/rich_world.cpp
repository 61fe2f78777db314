#include "tests/engine/centre/rich_world.h"

#include <algorithm>
#include <utility>

#include "tests/engine/centre/random_world.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

constexpr const char* kNames[kFeatures] = {
    "routing",   "lines",    "menus",  "transfers", "resolution", "announcements", "voicemail",
    "callbacks", "messages", "chats",  "campaigns", "experience", "attendance",    "ringing",
    "wrap-up",   "release",  "roster", "opening",   "events",     "rules",         "days"};

void add_opening(Dice& dice, World& world) {
  for (CallerType& type : world.caller_types)
    if (type.channel == Channel::kVoice && dice.chance(0.5))
      type.opening = static_cast<std::uint32_t>(dice.whole(0, 12));
}

// Another profile for some days.
void add_days_to(Dice& dice, Profile& profile) {
  if (!dice.chance(0.5)) return;
  DayProfile other{dice.chance(0.5) ? "weekend" : "tuesday", profile.step, profile.values};
  for (double& value : other.values) value = static_cast<double>(static_cast<int>(value * 0.6));
  profile.by_day.push_back(std::move(other));
}

void add_days(Dice& dice, World& world) {
  world.days.count = dice.whole(2, 4);
  world.day.closes = std::min(world.day.closes, SimDuration{24h});
  world.days.first = parse_date("2026-11-27");  // a Friday
  if (dice.chance(0.4)) world.days.closed = {"saturday"};
  if (dice.chance(0.3)) world.days.special.push_back({"2026-11-29", "monday"});
  if (dice.chance(0.4)) world.day.at_close = AtClose::kClear;
  for (CallerType& type : world.caller_types) {
    add_days_to(dice, type.volume);
    for (double& volume : type.volume.values) volume *= 0.6;
  }
  for (AgentGroup& group : world.groups)
    if (group.staff) add_days_to(dice, *group.staff);
  for (RosterEntry& entry : world.team)
    for (RosterShift& shift : entry.shifts)
      if (dice.chance(0.4)) shift.on = {dice.chance(0.5) ? "workday" : "weekend"};
}

using Add = void (*)(Dice&, World&);
struct Part {
  Feature feature;
  Add add;
};
// In an order in which each may build upon those before.
constexpr Part kParts[] = {{Feature::kRouting, add_routing_rules},
                           {Feature::kLines, add_line_failures},
                           {Feature::kMenus, add_menu_rules},
                           {Feature::kTransfers, add_transfers},
                           {Feature::kResolution, add_resolution},
                           {Feature::kAnnouncements, add_announcements},
                           {Feature::kVoicemail, add_voicemail},
                           {Feature::kCallbacks, add_callbacks},
                           {Feature::kMessages, add_messages},
                           {Feature::kChats, add_chats},
                           {Feature::kCampaigns, add_campaigns},
                           {Feature::kExperience, add_experience},
                           {Feature::kAttendance, add_attendance},
                           {Feature::kRinging, add_ringing},
                           {Feature::kWrapUp, add_wrap_up},
                           {Feature::kRoster, add_roster},
                           {Feature::kStaffRelease, add_staff_release},
                           {Feature::kOpening, add_opening},
                           {Feature::kEvents, add_events},
                           {Feature::kRules, add_rules},
                           {Feature::kDays, add_days}};
static_assert(std::size(kParts) == kFeatures);

bool is_in(const Features& features, Feature feature) {
  return std::find(features.begin(), features.end(), static_cast<std::uint8_t>(feature)) !=
         features.end();
}

}  // namespace

std::string in_words(const Features& features) {
  std::string words;
  for (std::size_t f = 0; f < kFeatures; ++f)
    if (is_in(features, static_cast<Feature>(f))) words += std::string{" "} + kNames[f];
  return words;
}

World rich_world(const std::vector<std::uint16_t>& tape, const Features& features) {
  World world = random_world(tape);
  std::size_t place = 0;
  for (const Part& part : kParts) {
    place += 7;  // another part of the tape for each
    if (!is_in(features, part.feature)) continue;
    Dice dice{tape, place};
    part.add(dice, world);
  }
  return world;
}

std::vector<std::size_t> call_queues(const World& world) {
  std::vector<std::size_t> queues;
  for (std::size_t q = 0; q < world.queues.size(); ++q)
    if (std::none_of(world.caller_types.begin(), world.caller_types.end(), [&](const auto& type) {
          return type.channel != Channel::kVoice && type.enters.queue == QueueId{q};
        }))
      queues.push_back(q);
  return queues;
}

std::vector<std::size_t> answering_groups(const World& world) {
  std::vector<std::size_t> groups;
  for (std::size_t g = 0; g < world.groups.size(); ++g)
    if (world.groups[g].kind != GroupKind::kOutbound) groups.push_back(g);
  return groups;
}

}  // namespace callmill::test
