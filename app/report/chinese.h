#pragma once
// Chinese for the English that the floors below speak: formulas of indicators, and the sentences of
// a plan (its rounds, what binds, why it fails).
//
// Sentences are matched against a book of phrases with gaps: "{} needs {} agents, shifts can reach
// {}: {}". What stands in a gap is looked up in turn, so that a reason may hold a rule, and a rule
// names. A text that the book does not know stays as it is; tests run plans and look for such.

#include <string>
#include <string_view>

#include "app/report/lang.h"
#include "engine/kpi/metric.h"

namespace callmill {

// "A / (A + B)"; its words in the language, its letters as they are in docs/reference/kpi.md.
std::string formula_of(const Metric& metric, Lang lang);

// A sentence of the planner in the language. O(phrases x length) for each gap.
std::string sentence(std::string_view english, Lang lang);

// "answer_rate": the key in English, as scenario files spell it; 接通率(人工).
std::string indicator(std::string_view key, Lang lang);

}  // namespace callmill
