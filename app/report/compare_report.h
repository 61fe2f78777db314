#pragma once
// What `callmill compare` prints: every variant beside the baseline, indicator by indicator, and
// which of them is the best as far as the replications tell.

#include <string>
#include <vector>

#include "app/report/lang.h"
#include "engine/study/compare.h"
#include "models/world/world.h"

namespace callmill {

struct ComparedVariant {
  std::string name;  // what sets it apart: its --set, or its file
  std::string hash;  // of its scenario
};

struct CompareFacts {
  std::vector<ComparedVariant> variants;  // the first is the baseline
  std::vector<Compared> indicators;
  std::vector<std::string> indicator_names;  // "answer_rate", "answer_rate@queue:general"
  CompareOptions options;
};

std::string compare_text(const World& baseline, const Comparison& comparison,
                         const CompareFacts& facts, Lang lang);
// {"manifest": {...}, "indicators": [{"metric", "values": [{"variant", "value", "ci_low",
// "ci_high", "difference", "difference_low", "difference_high", "gain"}]}], "ranking": {...}}
std::string compare_json(const World& baseline, const Comparison& comparison,
                         const CompareFacts& facts);
// Tidy long CSV, a row an indicator and variant.
std::string compare_csv(const Comparison& comparison, const CompareFacts& facts);

}  // namespace callmill
