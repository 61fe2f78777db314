#include "models/world/findings.h"

namespace callmill {
namespace {

void check_caller(Findings& f, const CallerType& caller) {
  const auto path = [&](const char* key) { return place("callers", caller, key); };
  f.check_profile(path("volume"), caller.volume);
  if (caller.talk_factor) f.check_profile(path("talk_factor"), *caller.talk_factor);
  f.exists(caller.trunks, f.world.trunks, path("lines"));
  f.check_destination(path("enters"), caller.enters);
  if (caller.enters.kind != Destination::Kind::kQueue &&
      caller.enters.kind != Destination::Kind::kMenu)
    f.found(path("enters"), "choice", "must be a queue or a menu");
  f.check_law(path("talk"), caller.talk);
  f.check_law(path("wrap"), caller.wrap);
  if (caller.patience) f.check_law(path("patience"), *caller.patience);
  const Redial& redial = caller.redial;
  f.check_law(path("redial.delay"), redial.delay);
  if (redial.max_attempts <= 1 &&
      (redial.after_block.value() > 0 || redial.after_abandon.value() > 0))
    f.found(path("redial"), "redial", "lets callers call again, but max_attempts is 1",
            "write max_attempts: 3 or more");
}

}  // namespace

void check_callers(Findings& f) {
  for (const CallerType& caller : f.world.caller_types) check_caller(f, caller);
}

}  // namespace callmill
