#pragma once
// The IVR: menus as data, and where a call can be sent.

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"

namespace callmill {

struct Destination {
  enum class Kind : std::uint8_t { kQueue, kMenu, kSelfService, kHangUp };
  Kind kind = Kind::kHangUp;
  QueueId queue;  // kQueue
  MenuId menu;    // kMenu
  Law self_service_time =
      ConstantLaw{};  // kSelfService: how long the machine takes; the call then ends served
};

struct MenuOption {
  std::string key;    // what the caller presses, or any label
  Probability share;  // shares of a menu's options sum to 1
  Destination to;
};

// One menu of the IVR. The caller hears `prompt`, hangs up with chance `hang_up` at its end, else
// takes an option.
struct Menu {
  std::string name;
  Law prompt = ConstantLaw{};
  Probability hang_up;
  std::vector<MenuOption> options;  // at least one; menus form a tree (the reader refuses cycles)
};

}  // namespace callmill
