#pragma once
// Caller classes, skills and groups in steady state, in the columns of golden/skills.csv.

#include "models/chains/centre_steady.h"

namespace callmill {

struct SkillsResult {
  struct OfClass {  // shares of the class's calls; golden's measure in ()
    double p_block, p_nowait, p_abandon, p_served;
    double mean_queue, mean_wait_offered;  // (EQ, EW_offered)
    double sl_offered, p_abandon_le;       // within the class's time (SL_offered, P_ab_le)
  };
  struct OfGroup {
    std::vector<double> busy, rate;  // by class: mean at work, calls per unit of time
    double occupancy;                // outbound calls included
    double outbound_busy, outbound_rate;
  };
  std::vector<OfClass> classes;
  std::vector<OfGroup> groups;
  std::size_t states;
  double residual;
};
// Empty, or what is wrong with the spec. It must have no menus, no orbits and a room for each
// queue.
std::string fault(const CentreSpec& spec, const std::vector<double>& within);
// Nothing where the chain has more than kMostStates states. Needs no fault.
std::optional<SkillsResult> solve_skills(const CentreSpec& spec, const std::vector<double>& within);

}  // namespace callmill
