#pragma once
// What became of a state that was read: who was placed, and where state and scenario do not agree.

#include <string>

#include "app/report/lang.h"
#include "engine/live/seed.h"

namespace callmill {

// Lines, each ending in a newline.
std::string seed_text(const World& world, const std::string& at, const live::SeedReport& report,
                      Lang lang);

}  // namespace callmill
