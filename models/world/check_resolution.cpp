#include "models/world/findings.h"

namespace callmill {
namespace {

void check_caller(Findings& f, const CallerType& caller) {
  const auto path = [&](const char* key) { return place("callers", caller, key); };
  if (caller.survey) f.check_law(path("survey.length"), caller.survey->length);
  if (!caller.resolution) return;
  const Resolution& r = *caller.resolution;
  f.check_law(path("resolution.returns.delay"), r.returns.delay);
  const bool always = r.first_contact.value() >= 1 && r.self_service.value() >= 1 &&
                      (!r.repeat || r.repeat->value() >= 1);
  if (always && r.returns.share.value() > 0)
    f.found(path("resolution.returns"), "resolution",
            "is of callers whose matter is open, and every contact settles it",
            "write first_contact: 75%");
}

}  // namespace

void check_resolution(Findings& f) {
  for (const CallerType& caller : f.world.caller_types) check_caller(f, caller);
  if (f.world.satisfaction && f.world.satisfaction->promoter <= f.world.satisfaction->detractor)
    f.found("satisfaction.promoter", "order", "must lie above detractor: nobody is both", "",
            {"satisfaction.detractor"});
}

}  // namespace callmill
