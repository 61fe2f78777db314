#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "models/queueing/ivr_trunks.h"
#include "models/staffing/load.h"
#include "models/staffing/pool.h"
#include "models/staffing/requirement.h"

namespace callmill {

double staffing::loss_target(const World& world, std::size_t trunks) {
  constexpr double kLossWithoutTarget = 0.001;
  double loss = std::numeric_limits<double>::infinity();
  for (const Target& target : world.targets) {
    if (target.metric != "loss_rate" || target.sense != Sense::kAtMost) continue;
    if (target.trunks && *target.trunks != TrunkGroupId{trunks}) continue;
    loss = std::min(loss, target.value);
  }
  return std::isinf(loss) ? kLossWithoutTarget : loss;
}

namespace {

const RequirementInterval* staffed(const std::vector<Requirement>& agents,
                                   std::optional<GroupId> group, std::size_t i) {
  for (const Requirement& of : agents)
    if (group == of.group && i < of.intervals.size()) return &of.intervals[i];
  return nullptr;
}

// All calls of one trunk group in one interval, as menu and agents see them.
struct TrunkLoad {
  double per_hour = 0;
  double menu_hours = 0;  // erlang of lines in the menu
  Stream queued;
  double agents = 0;  // of each pool, in proportion to the load that comes by these trunks
};

TrunkLoad trunk_load(const World& world, const Load& load, const std::vector<Requirement>& agents,
                     std::size_t trunks, std::size_t i) {
  TrunkLoad result;
  for (std::size_t c = 0; c < load.types(); ++c) {
    if (world.caller_types[c].trunks != TrunkGroupId{trunks}) continue;
    std::vector<double> abandonment(world.queues.size(), 0.0);
    for (std::size_t q = 0; q < world.queues.size(); ++q)
      if (const auto* pool = staffed(agents, first_group(world.queues[q]), i))
        abandonment[q] = 1 - pool->answer_rate;
    const Attempts attempts = load.attempts(c, i, abandonment);
    const double per_hour = load.fresh_per_hour(c, i) * attempts.through;
    result.per_hour += per_hour;
    result.menu_hours += per_hour * load.outcome(c).mean_menu_s / 3600;
    for (std::size_t q = 0; q < world.queues.size(); ++q) {
      const Stream calls = load.stream(c, q, i, attempts);
      result.queued += calls;
      const auto* pool = staffed(agents, first_group(world.queues[q]), i);
      if (pool && pool->load_erlang > 0)
        result.agents += pool->agents * calls.load() / pool->load_erlang;
      else  // a group that is not planned here: as if its callers hardly waited
        result.agents += calls.load() + 3 * std::sqrt(calls.load());
    }
  }
  return result;
}

// Lines are held through talk, agents through talk and wrap. The model has one service time: that
// of talk, with agents scaled so that the group answers as many calls per hour as it does.
IvrTrunksInput model_of(const TrunkLoad& load) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  IvrTrunksInput in;
  in.arrival_rate = load.per_hour / 3600;
  const double share = load.queued.load() > 0 ? load.queued.talk_hours / load.queued.load() : 1;
  in.agents = std::max<std::int64_t>(1, static_cast<std::int64_t>(load.agents * share + 1e-9));
  in.service_rate = load.queued.talk_hours > 0 ? 1 / load.queued.talk_s() : 1;
  in.patience_rate = load.queued.mean_patience_rate();
  in.menu_rate = load.menu_hours > 0 ? load.per_hour / load.menu_hours / 3600 : kInfinity;
  in.p_agent = std::min(1.0, load.queued.per_hour / load.per_hour);
  return in;
}

}  // namespace

std::vector<LinesNeeded> lines_requirement(const World& world,
                                           const std::vector<Requirement>& agents) {
  const Load load{world};
  std::vector<LinesNeeded> result;
  for (std::size_t t = 0; t < world.trunks.size(); ++t) {
    LinesNeeded most{TrunkGroupId{t}, 0, 0, 0};
    const double loss = staffing::loss_target(world, t);
    for (std::size_t i = 0; i < world.intervals(); ++i) {
      const TrunkLoad calls = trunk_load(world, load, agents, t, i);
      if (calls.per_hour <= 0) continue;
      IvrTrunksInput in = model_of(calls);
      const std::int64_t lines = lines_for_ivr(in, loss);
      // No number of lines is enough when the target is 0; -1 stands for that.
      if (lines >= 0 && lines <= most.lines) continue;
      in.lines = lines;
      most = {TrunkGroupId{t}, lines, i, lines < 0 ? 1.0 : solve_ivr_trunks(in).p_block};
      if (lines < 0) break;
    }
    result.push_back(most);
  }
  return result;
}

LineLoss line_loss(const World& world, const std::vector<Requirement>& agents, TrunkGroupId trunks,
                   std::int64_t lines) {
  const Load load{world};
  LineLoss result;
  double offered = 0, lost = 0;
  for (std::size_t i = 0; i < world.intervals(); ++i) {
    const TrunkLoad calls = trunk_load(world, load, agents, trunks.index(), i);
    if (calls.per_hour <= 0) continue;
    IvrTrunksInput in = model_of(calls);
    in.lines = lines;
    in.agents = std::min(in.agents, lines);
    const double loss = solve_ivr_trunks(in).p_block;
    offered += calls.per_hour;
    lost += calls.per_hour * loss;
    if (loss > result.worst) {
      result.worst = loss;
      result.worst_interval = i;
    }
  }
  result.day = offered > 0 ? lost / offered : 0;
  return result;
}

}  // namespace callmill
