#pragma once
// The integer program of a cover problem, and the way back from its columns to a plan. Internal to
// the room.
//
// Breaks of equal length and equal window width form one class, whatever shift they belong to:
// their windows never contain one another, so who takes which start is settled by first owed, first
// served, and only the running count of breaks still owed has to be in the program. With x_i agents
// of shift and start i; a_i(t) = 1 where i would be at work in slot t if every break were taken at
// the earliest; R_c(t) = sum of x_i per break of class c whose window opens at t; d_c, w_c the
// length and width of class c:
//
//   present(t) = sum_i a_i(t) x_i + sum_c (owed_c(t) - owed_c(t - d_c)) >= requirement(t)
//   breaks of class c that start in slot t:  owed_c(t - 1) + R_c(t) - owed_c(t) >= 0
//   none is late:                            owed_c(t) <= R_c(t) + ... + R_c(t - w_c + 1)
//
// A goal has u_k(t) of each block k of agents that are worth the same, fractions allowed:
//
//   present(t) >= from(t) + sum_k u_k(t),  u_k(t) <= agents_k(t),  sum_t sum_k each_k(t) u_k(t) >=
//   least
//
// A limit on heads is a row over the agents of its shifts; on who is at work bounds of present(t);
// on who is on duty a row a slot over the agents whose shifts lie there, their gaps left out.
//
// Worths fall, so blocks fill in their order. The rows for present(t) are chained: each but the
// first says by how much present changes from the slot before.

#include <cstdint>
#include <string>
#include <vector>

#include "models/cover/cover.h"
#include "models/mip/mip.h"

namespace callmill {

struct BreakClass {
  int length = 0;         // d, slots
  int width = 0;          // w = latest - earliest start, slots; > 0
  std::vector<int> owed;  // column per slot
};

// The column that counts the agents of one shift and start.
struct CoverColumn {
  int shift = 0;
  int start = 0;  // slot
  int column = 0;
};

struct CoverModel {
  Mip mip;
  std::vector<CoverColumn> agents;
  std::vector<BreakClass> classes;
  std::vector<int> present;      // column per slot
  std::vector<int> present_row;  // by slot: change of present from the slot before
  std::vector<std::vector<std::vector<int>>> used;  // columns by goal, slot, block
};

// The problem must have no faults.
CoverModel build_cover_model(const CoverProblem& problem);

// Lets `column` count `value` times in present(t).
void add_to_present(CoverModel& model, int t, int column, double value);

// The largest number of which every cost is a multiple; 0 when there is none worth using.
double common_step(const std::vector<double>& costs);

// The choices that a solution of the program stands for, each agent's breaks placed. Per class, in
// the order in which breaks fall due. Cost: linear in agents times breaks.
std::vector<CoverChoice> choices_of(const CoverProblem& problem, const CoverModel& model,
                                    const std::vector<double>& values);

// Why the problem has no plan; empty when nothing was found within the time.
std::vector<Conflict> slots_out_of_reach(const CoverProblem& problem);
std::vector<Conflict> slots_short_together(const CoverProblem& problem, double time_limit_s);

// A smallest set of limits that no plan keeps together, whatever is required; empty when there is
// none, or none was found within the time.
std::vector<std::string> limits_at_odds(const CoverProblem& problem, double time_limit_s);

// Agents needed in a slot: the requirement rounded up, a hair of rounding error forgiven; not below
// 0.
double whole_agents(double requirement);

}  // namespace callmill
