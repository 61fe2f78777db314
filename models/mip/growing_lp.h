#pragma once
// A linear program that columns are added to while it is solved again and again, and its duals: the
// master of a column generation. CLP behind it. Internal to the rooms of planning.

#include <memory>
#include <utility>
#include <vector>

#include "models/mip/mip.h"

namespace callmill {

class GrowingLp {
 public:
  // Rows and first columns; that some columns are whole does not matter here. Each entry of a row
  // and column once. Must be bounded below.
  explicit GrowingLp(const Mip& start);
  ~GrowingLp();
  GrowingLp(const GrowingLp&) = delete;
  GrowingLp& operator=(const GrowingLp&) = delete;

  // {row, value} of each entry, each row once. Returns its number.
  int add_column(double cost, double lower, double upper,
                 const std::vector<std::pair<int, double>>& entries);
  void set_bounds(int column, double lower, double upper);
  // From the last basis. False: infeasible, or the solver gave up.
  bool solve();
  // Of the last solution; 0 for columns that came after it.
  double cost() const;
  double value(int column) const;
  double dual(int row) const;  // what one more on the right-hand side adds to the cost

 private:
  struct Solver;
  std::unique_ptr<Solver> solver_;
};

}  // namespace callmill
