#pragma once
// The port to the integer programming solver: minimise cost over columns subject to rows. mip.cpp
// puts CBC behind it; another solver needs only that one file. Internal to the room.

#include <limits>
#include <vector>

namespace callmill {

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

struct MipColumn {
  double cost = 0;
  double lower = 0;
  double upper = kUnbounded;
  bool whole = true;  // else any number
};

struct MipEntry {
  int row = 0;
  int column = 0;
  double value = 0;
};

// Entries of the same row and column add up.
struct Mip {
  std::vector<MipColumn> columns;
  std::vector<double> row_lower, row_upper;
  std::vector<MipEntry> entries;
  // The first columns, which are whole, decide and the others follow: heuristics round these first.
  // Rounding them up keeps most programs of this room feasible.
  int leading_columns = 0;

  int add_column(double cost, double lower, double upper);
  int add_row(double lower, double upper);
  void add(int row, int column, double value) { entries.push_back({row, column, value}); }
};

struct MipOptions {
  double relative_gap = 0;           // (cost - bound) / cost at which to stop
  double time_limit_s = kUnbounded;  // wall seconds
  double node_limit = kUnbounded;    // of branch and bound: the same on every machine
  double cutoff = kUnbounded;        // only solutions that cost less are looked for
  double cost_step = 0;              // every solution's cost is a multiple of it; 0 = unknown
};

enum class MipStatus {
  kOptimal,     // no cheaper solution exists
  kGap,         // a solution; a cheaper one, not below `bound`, may exist
  kInfeasible,  // proven
  kNothing,     // neither a solution nor a proof in the time given
};

struct MipResult {
  MipStatus status = MipStatus::kNothing;
  double cost = 0;
  double bound = -kUnbounded;  // proven lower bound on cost
  std::vector<double> values;  // that satisfy every row; empty without a solution
};

// One thread, deterministic unless the time limit strikes (the node limit does not change that).
// The program must be bounded below.
MipResult solve_mip(const Mip& mip, const MipOptions& options);

}  // namespace callmill
