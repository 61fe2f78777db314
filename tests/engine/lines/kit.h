#pragma once
// What the tests of lines and menus share.

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/run.h"

namespace callmill::test {

inline void add(Ledger& ledger, const std::string& name, const KpiTable& kpis, const char* key,
                double exact, Scope scope = {}) {
  ledger.add(name + " " + key, kpis.day(key, scope, Ledger::kConfidence), exact);
}

// Enough agents that nobody ever waits.
inline OneQueue lines_only(std::int64_t lines, double per_hour, double talk_s) {
  OneQueue spec;
  spec.lines = lines;
  spec.agents = static_cast<double>(lines);
  spec.per_hour = per_hour;
  spec.talk = ExponentialLaw{talk_s};
  spec.length = 20h;
  spec.interval = spec.warm_up = 2h;
  return spec;
}

}  // namespace callmill::test
