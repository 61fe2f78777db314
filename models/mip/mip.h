#pragma once
// The port to the integer programming solver: minimise cost over columns subject to rows. mip.cpp
// puts CBC behind it; another solver needs only that one file. Internal to the room.

#include <cstdint>
#include <limits>
#include <memory>
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

// Wall seconds since it was made: for the time limits of solvers and searches, nothing else.
class SolverWatch {
 public:
  SolverWatch();
  double seconds() const;

 private:
  std::int64_t start_ns_;
};

struct MipOptions {
  double relative_gap = 0;           // (cost - bound) / cost at which to stop
  double time_limit_s = kUnbounded;  // wall seconds
  double node_limit = kUnbounded;    // of branch and bound: the same on every machine
  double cutoff = kUnbounded;        // only solutions that cost less are looked for
  double cost_step = 0;              // every solution's cost is a multiple of it; 0 = unknown
  bool hurry = false;  // the first heuristic settles followers many at a time, not one by one
  std::vector<double> start = {};  // a solution to begin with, if it holds: values by column
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

// The program with fractions allowed in every column, solved again and again from where it stood
// while bounds and costs change. Primal simplex: on programs of 8,000 chained rows it takes half
// the time of the dual.
class LinearRelaxation {
 public:
  explicit LinearRelaxation(const Mip& mip);
  ~LinearRelaxation();
  LinearRelaxation(const LinearRelaxation&) = delete;
  LinearRelaxation& operator=(const LinearRelaxation&) = delete;

  void bound(int column, double lower, double upper);
  void price(int column, double cost);

  // kOptimal, kInfeasible, or kNothing where the solver gives up.
  MipStatus solve();

  // Of the last solve() that was kOptimal.
  double cost() const;
  std::vector<double> values() const;      // by column
  std::vector<double> row_prices() const;  // cost of one unit more on the row's side, by row

 private:
  struct Program;
  std::unique_ptr<Program> program_;
};

}  // namespace callmill
