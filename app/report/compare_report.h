#pragma once
// What `callmill compare` prints: every variant beside the baseline, indicator by indicator, and
// which of them is the best as far as the replications tell.

#include <optional>
#include <string>
#include <vector>

#include "app/report/lang.h"
#include "app/report/snapshot_report.h"
#include "engine/study/compare.h"
#include "models/world/world.h"

namespace callmill {

struct ComparedVariant {
  std::string name;  // what sets it apart: its --set, or its file
  std::string hash;  // of its scenario
  std::size_t open_days = 1;
};

struct CompareFacts {
  std::vector<ComparedVariant> variants;  // the first is the baseline
  std::vector<Compared> indicators;
  std::vector<std::string> indicator_names;  // "answer_rate", "answer_rate@queue:general"
  CompareOptions options;
  std::optional<SnapshotFacts> from = {};  // of the baseline, where futures are compared
};

// Pieces that sweep_report shares: "Answer rate, queue:general"; "+0.614 [+0.420, +0.808]", shares
// in points of a hundred; which variants may be the best.
std::string compared_title(const CompareFacts& facts, std::size_t indicator, Lang lang);
std::string show_difference(const Estimate& difference, Unit unit);
std::string ranking_text(const Comparison& comparison, const CompareFacts& facts, Lang lang);

std::string compare_text(const World& baseline, const Comparison& comparison,
                         const CompareFacts& facts, Lang lang);
// {"manifest": {...}, "indicators": [{"metric", "values": [{"variant", "value", "ci_low",
// "ci_high", "difference", "difference_low", "difference_high", "gain"}]}], "ranking": {...}}
std::string compare_json(const World& baseline, const Comparison& comparison,
                         const CompareFacts& facts);
// Tidy long CSV, a row an indicator and variant.
std::string compare_csv(const Comparison& comparison, const CompareFacts& facts);

}  // namespace callmill
