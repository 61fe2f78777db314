#pragma once
// Random worlds that reach what the centre can do beyond random_world.h, feature by feature: any
// set of features upon a world of one tape.

#include <cstdint>
#include <string>
#include <vector>

#include "models/world/world.h"
#include "tests/engine/centre/dice.h"

namespace callmill::test {

enum class Feature : std::uint8_t {
  kRouting,
  kLines,
  kMenus,
  kTransfers,
  kResolution,
  kAnnouncements,
  kVoicemail,
  kCallbacks,
  kMessages,
  kChats,
  kCampaigns,
  kExperience,
  kAttendance,
  kRinging,
  kWrapUp,
  kStaffRelease,
  kRoster,
  kOpening,
  kEvents,
  kRules,
  kDays,
};
inline constexpr std::size_t kFeatures = 21;

// By number in Feature; twice is as once.
using Features = std::vector<std::uint8_t>;
std::string in_words(const Features& features);

// The world of random_world(tape) with these features. It has no faults().
World rich_world(const std::vector<std::uint16_t>& tape, const Features& features);

// Parts of rich_world, a file a subject.
void add_transfers(Dice& dice, World& world);
void add_resolution(Dice& dice, World& world);
void add_line_failures(Dice& dice, World& world);
void add_menu_rules(Dice& dice, World& world);
void add_announcements(Dice& dice, World& world);
void add_voicemail(Dice& dice, World& world);
void add_callbacks(Dice& dice, World& world);
void add_messages(Dice& dice, World& world);
void add_chats(Dice& dice, World& world);  // and calls that go on by chat or message
void add_campaigns(Dice& dice, World& world);
void add_experience(Dice& dice, World& world);
void add_attendance(Dice& dice, World& world);
void add_ringing(Dice& dice, World& world);
void add_wrap_up(Dice& dice, World& world);
void add_staff_release(Dice& dice, World& world);
void add_roster(Dice& dice, World& world);
void add_events(Dice& dice, World& world);
void add_rules(Dice& dice, World& world);

// Queues that callers come to, and groups that answer them.
std::vector<std::size_t> call_queues(const World& world);
std::vector<std::size_t> answering_groups(const World& world);

}  // namespace callmill::test
