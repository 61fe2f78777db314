#pragma once
// --follow of `callmill live`: what its options mean.

#include <optional>

#include "app/cli/live_args.h"
#include "app/sessions/shadow.h"

namespace callmill::cli {

// What the options say for this scenario. None where any of them is wrong: every error is printed,
// and `code` is the exit code.
std::optional<live::FollowWish> follow_of(const LiveArgs& args, const World& world, int& code);

}  // namespace callmill::cli
