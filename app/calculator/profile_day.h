#pragma once
// A profile's day for models/transient. Internal to the room.

#include <vector>

#include "app/calculator/profile.h"
#include "models/transient/transient.h"

namespace callmill::calculator {

// What the exact day does not know of the profile; kKnown where it does.
ExactDay::Why day_unknown(const Profile& profile);

// Which piece is which: of each interval, and those after a closing, in which nobody calls and the
// agents of the last interval serve whoever still waits.
struct DayPieces {
  std::vector<std::size_t> of_interval, closed;
};
// Without the piece after the last closing where `to_the_end` is false.
TransientInput day_of(const Question& parts, const Profile& profile, DayPieces& pieces,
                      bool to_the_end = true);

}  // namespace callmill::calculator
