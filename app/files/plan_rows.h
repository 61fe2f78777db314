#pragma once
// What reading and writing plan files have in common. Internal to the room.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/plans/day_plan.h"

namespace callmill::files {

inline constexpr std::string_view kOff = "off:";  // before the hours off of a split shift
// No group of lines has a dot in its name.
inline constexpr std::string_view kPorts = "ivr.ports";

// A plan of several days says on which of them each shift begins.
std::vector<std::string> columns_of(const World& world);
// "2026-11-28"; without dates "3".
std::string name_of_day(const World& world, std::int64_t day);
// The agent's name, else the number from 1.
std::string called(const PlannedShift& shift);

}  // namespace callmill::files
