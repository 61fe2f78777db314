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
  if (caller.patience_factor) f.check_profile(path("patience_factor"), *caller.patience_factor);
  if (!caller.patience && (caller.patience_factor || caller.never_hangs_up.value() > 0))
    f.found(path(caller.patience_factor ? "patience_factor" : "never_hangs_up"), "patience",
            "has no patience to change: without `patience` everyone waits for ever",
            "write patience: {law: exponential, mean: 3min}");
  const Redial& redial = caller.redial;
  f.check_law(path("redial.after_block.delay"), redial.after_block.delay);
  f.check_law(path("redial.after_abandon.delay"), redial.after_abandon.delay);
  if (redial.keeps_patience && redial.after_block.share.value() <= 0 &&
      redial.after_abandon.share.value() <= 0)
    f.found(path("redial.keeps_patience"), "redial", "is about callers who never call again",
            "write after_abandon: {share: 50%}");
}

}  // namespace

void check_callers(Findings& f) {
  for (const CallerType& caller : f.world.caller_types) check_caller(f, caller);
}

}  // namespace callmill
