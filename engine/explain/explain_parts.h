#pragma once
// The parts of an explanation. Internal to explain.cpp.

#include <functional>
#include <string>

#include "engine/explain/explain.h"

namespace callmill::planning {

struct Explaining {
  const World& world;
  const PlanOptions& options;
  const PlanResult& plan;
  const ExplainOptions& how;
  const std::function<void(const std::string& what, double share)>& progress;
  const std::atomic<bool>* stop;

  bool stopped() const { return stop != nullptr && stop->load(std::memory_order_relaxed); }
  void tell(const std::string& what, double share) const {
    if (progress) progress(what, share);
  }
  // The study that the plan's figures are of.
  ReplicateOptions same_days() const;
};

// explain_why_not.cpp, explain_miss.cpp
void explain_why_not(const Explaining& in, Explanation& out);
void explain_misses(const Explaining& in, Explanation& out);
// explain_staff.cpp, explain_staff_runs.cpp
void explain_staff(const Explaining& in, Explanation& out);
void simulate_staff(const Explaining& in, std::size_t group, GroupStaffChanges& changes,
                    Explanation& out);
// explain_rules.cpp
void explain_rules(const Explaining& in, Explanation& out);
// explain_steps.cpp
void explain_steps(const Explaining& in, Explanation& out);
// explain_money.cpp
void explain_money(const Explaining& in, Explanation& out);

}  // namespace callmill::planning
