#pragma once
// A small centre that lives, for the tests of this room.

#include <memory>
#include <string>

#include "app/sessions/sessions.h"

namespace callmill::test {

// tests/app/cli/scenarios/small.yaml as scenario "small".
live::KnownScenario small_day();
std::unique_ptr<live::LiveCentre> small_centre(std::uint64_t seed = 1);
// Its one group's name.
std::string small_group();
// A name in the folder for temporary files that no other test uses; removed now.
std::string fresh_file(const std::string& name);

}  // namespace callmill::test
