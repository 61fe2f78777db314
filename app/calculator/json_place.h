#pragma once
// Where a value stands in a JSON text, for messages. Internal to the room.

#include <cstddef>
#include <string_view>

namespace callmill::calculator {

// First byte of the value at a path such as "V2.intervals[3][0]" in a text that has been parsed
// without an error. As far as the path can be followed: of a member that is missing, the value that
// lacks it. Cost: one scan of the text.
std::size_t find_in_json(std::string_view json, std::string_view path);

}  // namespace callmill::calculator
