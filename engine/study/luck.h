#pragma once
// The luck of a replication: figures of it whose expectation is known beforehand, used as controls
// (base/stats/adjusted.h). A day on which more callers rang than expected, or had more to say, has
// a worse service level; how much of a day's result is such luck is found by regression, and taken
// out.
//
//   A_k = sum over types of p h (N_k - E N_k)          work of callers who rang
//   M_k = sum over types of h (O_k - p seized_k)       work of callers who asked for an agent
//   S_k = sum over types of talk_k + wrap_k - h A_k    work that was longer than its law's mean
//
// in seconds, of calls that came in interval k: N fresh calls, `seized` attempts that came through
// to a line, O offered to a queue or refused by it, A answered; h the mean of talk and wrap-up, p
// the share of the type's calls that ask for an agent (models/world/menu_flow.h). E N_k comes from
// the volume; M and S are sums of martingale differences (each call's own draw less its mean given
// all before), so their expectation is 0 however the centre is run.
//
// The controls, the strongest first:
//   sum over k of g_k (A_k + M_k + S_k)
//   sum over k of A_k + M_k + S_k
//   (G - 1)^2 - cv^2      G the busyness of the day, of one day
//   sum over k of g_k A_k
// with g_k the late calls that one call more makes in interval k, by Erlang A of all agents on duty
// as one pool (models/queueing/erlang.h): theory says which hours matter. Any g is correct; a good
// one helps more.
//
// M and S are left out of types of which they would not be exact: S where talks are not drawn from
// the type's laws alone or may be cut short, M where the share p is not that of each attempt.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/centre/day_design.h"
#include "engine/kpi/kpi_table.h"
#include "models/world/world.h"

namespace callmill {

struct LuckPlan {
  struct Type {
    std::size_t offset = 0;             // of its row in ReplicationCounts
    double work_s = 0;                  // h
    double asks = 1;                    // p
    bool menus = false, works = false;  // M, S are exact
    std::vector<double> fresh;          // E N_k, by interval of the layout
  };
  std::vector<Type> types;   // that ring; none: no luck is known but the busyness
  std::size_t width = 0;     // of a type's cell
  std::vector<double> late;  // g_k; its size is the intervals
  double busyness_cv = 0;    // of one open day; 0: of none or several
};
inline constexpr std::size_t kLuckControls = 4;

// `plan` must be made of `world`. Cost: an Erlang A answer an interval, about 0.1 ms each at the
// most.
LuckPlan make_luck(const World& world, const Blueprint& plan);

// The kLuckControls controls of one replication, each of expectation 0.
std::vector<double> luck_of(const LuckPlan& luck, const ReplicationCounts& counts, double busyness);

}  // namespace callmill
