#pragma once
// --follow of `callmill live`: what its options mean.

#include "app/cli/live_args.h"
#include "models/world/world.h"

namespace callmill::live {
struct FollowWish;
}  // namespace callmill::live

namespace callmill::cli {

// What the options say for this scenario. Where any of them is wrong every error is printed; the
// exit code then, else 0.
int read_follow(const LiveArgs& args, const World& world, live::FollowWish& wish);

}  // namespace callmill::cli
