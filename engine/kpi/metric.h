#pragma once
// Every indicator, declared once: key, names, unit, formula and the counts it is made of. Tables,
// JSON and docs/reference/kpi.md come from here, so no indicator is printed whose formula cannot
// be.

#include <span>
#include <string_view>
#include <vector>

#include "base/stats/moments.h"
#include "engine/kpi/counts.h"

namespace callmill {

enum class Unit : std::uint8_t {
  kCount,
  kShare,
  kSeconds,
  kPerHour,
  kAgents,
  kLines,
  kNumber,
  kMoney
};

struct Metric {
  std::string_view key;      // answer_rate
  std::string_view en, zh;   // "Answer rate", "接通率"
  std::string_view formula;  // A / (A + B)
  Unit unit;
  Family family;
  std::vector<ScopeKind> scopes;        // where it makes sense
  std::vector<LinearTerm> numerator;    // over the family's counts
  std::vector<LinearTerm> denominator;  // empty: the mean of the numerator per day
  bool day_only = false;
};

std::span<const Metric> metrics();
// The metric of that key for that kind of scope; nullptr when there is none.
const Metric* find_metric(std::string_view key, ScopeKind kind);

}  // namespace callmill
