#pragma once
// Several covers chosen together: groups whose agents help each other, and whatever else is bought
// by number (lines), tied by linear rows over who is present. Where a measure of the whole centre
// depends on all of them, its cuts are such rows (Cezik & L'Ecuyer 2008).

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "models/cover/cover.h"

namespace callmill {

// Agents present in one slot of one problem count `each` in a row.
struct JointTerm {
  std::size_t problem = 0;
  int slot = 0;
  double each = 0;
};
// Something else that is bought: whole, within limits.
struct JointItem {
  double cost = 0;  // each; may be 0
  std::int64_t least = 0, most = 0;
};
struct JointItemTerm {
  std::size_t item = 0;
  double each = 0;
};
// How many fewer than `from` agents are present in a slot of a problem; 0 where there are more.
struct JointDrop {
  std::size_t problem = 0;
  int slot = 0;
  double from = 0;
};
struct JointDropTerm {
  std::size_t drop = 0;
  double each = 0;  // not above 0
};
// sum of all terms, and of what it lacks, >= least
struct JointRow {
  std::vector<JointTerm> present;
  std::vector<JointItemTerm> items;
  std::vector<JointDropTerm> drops;  // agents who go are missed more than agents who come help
  double least = 0;
  // Of each unit that the row lacks; infinity: it may lack nothing.
  double price = std::numeric_limits<double>::infinity();
  // What it lacks, an earlier row with a price lacks as well, and that pays for both: cuts of one
  // measure, of which the strictest counts.
  std::optional<std::size_t> lacks_with = std::nullopt;
};
// In a slot of a problem no more, or no fewer, agents than so many are present (beside the
// requirement).
struct JointRange {
  std::size_t problem = 0;
  int slot = 0;
  double least = 0;
  double most = std::numeric_limits<double>::infinity();
};
struct JointCover {
  std::vector<CoverProblem> problems;  // without faults; may have no shifts: then nobody is present
  std::vector<JointItem> items;
  std::vector<JointDrop> drops;
  std::vector<JointRow> rows;
  std::vector<JointRange> ranges;
};

struct JointResult {
  CoverStatus status = CoverStatus::kNoPlanFound;
  double cost = 0;                  // of shifts, items and what rows lack
  double bound = 0;                 // proven, of this program
  std::vector<CoverResult> covers;  // `wanted` is who is present; bound and conflicts stay empty
  std::vector<std::int64_t> items;
  std::vector<double> lacking;  // by row; 0 where it holds
  double gap() const { return cost > 0 ? (cost - bound) / cost : 0; }
};

// One thread, deterministic unless the time limit strikes. Cost: one integer program of the size of
// all covers together.
JointResult solve_joint_cover(const JointCover& joint, const CoverOptions& options);

}  // namespace callmill
