#pragma once
// The linear program of the heads of given kinds of shift. Internal to the room.
//
//   cover(t) + few(t) - many(t) = demand(t),   cover(t) = sum of heads of shifts on duty in t
//
// Rows are chained: each but the first says by how much the slot differs from the one before, so a
// shift stands in the row of its first slot and of the slot after its last, and nowhere else.

#include <vector>

#include "models/mip/mip.h"
#include "models/shift_design/shift_design.h"

namespace callmill {

struct ShiftKind {
  int family = 0;
  int start = 0, length = 0;  // slots
};

std::vector<ShiftKind> kinds_of(const ShiftDesignProblem& problem);

struct DesignProgram {
  std::vector<ShiftKind> kinds;
  Mip mip;                                   // heads cost nothing
  std::vector<std::vector<int>> heads;       // column by kind, day
  std::vector<int> few, many;                // column by slot
  std::vector<std::vector<double>> at_most;  // heads that no best design goes above, by kind, day
};

DesignProgram build_design_program(const ShiftDesignProblem& problem, std::vector<ShiftKind> kinds);

// Adds a column in_use for each kind, whole, at the price of a kind, and the rows
// heads <= at_most x in_use. Returns the first of these columns.
int add_kinds_in_use(const ShiftDesignProblem& problem, DesignProgram& program);

}  // namespace callmill
