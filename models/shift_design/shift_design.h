#pragma once
// The fewest kinds of shift that follow a demand: what is too little and too much is priced by
// agent and slot, and each kind of shift in use costs a fixed amount, whoever works it on which
// days.
//
// The problem of Di Gaspero, Gärtner, Kortsarz, Musliu, Schaerf & Slany (2007), "The minimum shift
// design problem", Annals of OR 155: NP-hard to approximate well; but with the kinds given, the
// heads are one linear program whose columns are runs of ones. The method (docs/models/tours.md):
// local search over the set of kinds, each set judged by that program, solved anew from where the
// last one stood.

#include <cstdint>
#include <string>
#include <vector>

namespace callmill {

// Kinds that are allowed: any start and any length of the ranges, in slots; both ends included.
// A start counts from the day's first slot; a shift may run past midnight, the last day's into the
// first.
struct ShiftFamily {
  std::string name;
  int start_first = 0, start_last = 0;
  int length_least = 1, length_most = 1;  // at most a day
};

struct ShiftDesignProblem {
  int days = 7;
  int slots_per_day = 0;
  std::vector<std::int64_t> demand;  // agents, by slot, day after day; the week repeats
  std::vector<ShiftFamily> families;
  double too_few = 1;   // price of one agent too few in one slot, >= 0
  double too_many = 1;  // of one too many
  double kind = 1;      // of each kind of shift in use
};

struct DesignedShift {
  int family = 0;
  int start = 0, length = 0;        // slots
  std::vector<std::int64_t> heads;  // by day; not all 0
};

struct ShiftDesign {
  double cost = 0;
  double bound = 0;                        // proven: no design costs less
  std::int64_t too_few = 0, too_many = 0;  // agents x slots
  std::vector<DesignedShift> shifts;       // by family, start, length
};

struct ShiftDesignOptions {
  double time_limit_s = 60;  // wall seconds
  int round_limit = 300;     // of local search; the same on every machine
  double node_limit = 0;     // of a branch and bound for the bound; 0 = the relaxation alone
};

// What makes the problem meaningless, in planner's words; empty when it can be solved.
std::vector<std::string> faults(const ShiftDesignProblem& problem);

// The problem must have no faults. Deterministic unless the time limit strikes. A round takes about
// as many linear programs as there are kinds in use: 5 ms each with 168 slots.
ShiftDesign design_shifts(const ShiftDesignProblem& problem, const ShiftDesignOptions& options);

// Independent of the solver: recounts cover and cost; empty when all holds.
std::vector<std::string> check_shift_design(const ShiftDesignProblem& problem,
                                            const ShiftDesign& design);

}  // namespace callmill
