#pragma once
// The IVR: menus as data, and where a call can be sent.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"

namespace callmill {

struct Destination {
  enum class Kind : std::uint8_t { kQueue, kMenu, kSelfService, kHangUp, kAgent, kContact };
  Kind kind = Kind::kHangUp;
  QueueId queue;                          // kQueue
  MenuId menu;                            // kMenu
  CallerTypeId type;                      // kContact: the call ends; a chat or a message begins
  Law self_service_time = ConstantLaw{};  // kSelfService: how long the machine takes
  Probability served{1.0};                // kSelfService: share whose call then ends served
  GroupId group;                          // kAgent: agent `number` of this group, from 1
  std::int64_t number = 1;
  SimDuration hold{};  // kAgent: how long a caller waits for that agent alone, who is busy
  // One at the most: where those go whom self-service does not serve (none: they hang up), or who
  // find the agent not there (a queue).
  std::vector<Destination> otherwise{};
};

struct MenuOption {
  std::string key;    // what the caller presses, or any label
  Probability share;  // shares of a menu's options sum to 1
  Destination to;
};

struct KeyShare {
  std::string key;  // of an option of the menu
  Probability share;
};

// What some callers, at some time of the day, take instead of the options' own shares.
struct MenuVariant {
  std::vector<CallerTypeId> callers;    // empty = all
  std::optional<SimDuration> from, to;  // after midnight, of every day; from > to goes past it
  std::vector<KeyShare> shares;         // sum to 1; an option that is not named has 0
};

// Whether the variant's hours contain a time of the day, in [0, 24 h).
bool is_in_hours(const MenuVariant& variant, SimDuration time_of_day);

// One menu of the IVR. The caller hears `prompt` and at its end hangs up with chance `hang_up`,
// presses nothing, presses a wrong key, or takes an option. The prompt is repeated after a time-out
// of `key_wait` and after a wrong key.
struct Menu {
  std::string name;
  Law prompt = ConstantLaw{};
  Probability hang_up;
  std::vector<MenuOption> options;  // at least one; may lead back, if every menu can be left
  Probability no_key{};             // of those who stay, share that presses nothing
  SimDuration key_wait = std::chrono::seconds{5};
  Probability wrong_key{};              // of those who stay, share that presses what is no option
  std::int64_t max_tries = 3;           // times that the prompt is heard at the most
  Destination otherwise{};              // after the last of them; the default hangs up
  std::vector<MenuVariant> variants{};  // the first that fits holds
};

// The platform that plays the menus.
struct Ivr {
  // Calls in menus and self-service at once. A caller who would enter a menu and finds none free is
  // blocked. None: as many as there are lines.
  std::optional<std::int64_t> ports;
  double rent_per_day = 0;  // of one port; where it is given, `plan` chooses how many
};

}  // namespace callmill
