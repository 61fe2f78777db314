#include "engine/explain/explain.h"

#include "engine/explain/explain_parts.h"

namespace callmill {
namespace planning {

ReplicateOptions Explaining::same_days() const {
  ReplicateOptions days = options.replicate;
  days.first = plan.first_day;
  days.replications = plan.kpis.replications();
  days.watched.clear();
  days.reduction = {plan.days, false};
  return days;
}

}  // namespace planning

Explanation explain_plan(const World& world, const PlanOptions& options, const PlanResult& plan,
                         const ExplainOptions& how,
                         const std::function<void(const std::string& what, double share)>& progress,
                         const std::atomic<bool>* stop) {
  const planning::Explaining in{world, options, plan, how, progress, stop};
  Explanation out;
  if (plan.status == PlanStatus::kInfeasible) planning::explain_why_not(in, out);
  const bool has_plan = plan.kpis.replications() > 0 && plan.status != PlanStatus::kInfeasible;
  if (has_plan) planning::explain_misses(in, out);
  if (has_plan && how.in_full) {
    planning::explain_money(in, out);
    planning::explain_rules(in, out);
    planning::explain_steps(in, out);
    planning::explain_staff(in, out);
  }
  out.interrupted = in.stopped();
  return out;
}

}  // namespace callmill
