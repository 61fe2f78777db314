#include "engine/live/advice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/random/stream.h"
#include "engine/live/fork_paths.h"
#include "engine/live/orders.h"

namespace callmill::live {
namespace {

using Kind = Command::Kind;
using Commands = std::vector<Command>;

Command of_group(Kind kind, const std::string& group) {
  Command command;
  command.kind = kind;
  command.group = group;
  return command;
}

// Asked first with few, then with more; as many as there are.
std::vector<std::int64_t> steps_to(std::int64_t most) {
  std::vector<std::int64_t> steps;
  for (const std::int64_t n : {std::int64_t{2}, std::int64_t{5}, std::int64_t{10}})
    if (n < most) steps.push_back(n);
  if (most > 0 && most <= 15) steps.push_back(most);
  return steps;
}

class Candidates {
 public:
  explicit Candidates(const LiveCentre& live) : live_{live}, world_{live.world()} {}

  std::vector<Commands> take() {
    list_.emplace_back();  // nothing
    for (std::uint32_t g = 0; g < world_.groups.size(); ++g) people(g);
    for (const Rule& rule : world_.rules)
      for (const Action& action : rule.then) as_rule(action);
    notices();
    return std::move(list_);
  }

 private:
  void add(const Command& command) {
    const Commands commands{command};
    if (std::find(list_.begin(), list_.end(), commands) != list_.end()) return;
    if (live_.check(command).empty()) list_.push_back(commands);
  }
  void people(std::uint32_t g) {
    const AgentGroup& group = world_.groups[g];
    const bool answers =
        std::any_of(world_.queues.begin(), world_.queues.end(), [&](const Queue& q) {
          return std::any_of(q.route.begin(), q.route.end(),
                             [&](const RouteStep& step) { return step.group.index() == g; });
        });
    if (!answers) return;
    for (const std::int64_t n : steps_to(can_call_in(live_, g))) {
      Command command = of_group(Kind::kCallIn, group.name);
      command.agents = n;
      add(command);
    }
    if (group.kind == GroupKind::kFlex)
      for (const std::int64_t n : steps_to(can_bring(live_, g))) {
        Command command = of_group(Kind::kAgents, group.name);
        command.by = n;
        add(command);
      }
    add(of_group(Kind::kEndBreaks, group.name));
    if (breaks_to_come(g)) {
      Command command = of_group(Kind::kDelayBreaks, group.name);
      command.by_time = std::chrono::minutes{30};
      command.lasts = std::chrono::hours{1};
      add(command);
    }
    if (leaves_before_close(g)) {
      Command command = of_group(Kind::kOvertime, group.name);
      command.by_time = std::chrono::hours{1};
      add(command);
    }
  }
  // A break of the group begins within the next hour.
  bool breaks_to_come(std::uint32_t g) const {
    return any_change(g, Duty::kBreak, live_.now() + std::chrono::hours{1});
  }
  bool leaves_before_close(std::uint32_t g) const {
    return any_change(g, Duty::kOff, plan_paths(live_, {}).until);
  }
  bool any_change(std::uint32_t g, Duty duty, SimTime until) const {
    const std::vector<DutyChange>& changes =
        live_.plan().attends ? live_.centre().changes : live_.plan().changes;
    return std::any_of(changes.begin() + live_.centre().next_change, changes.end(),
                       [&](const DutyChange& change) {
                         return change.duty == duty && change.at < until &&
                                live_.plan().group_of_agent[change.agent] == g;
                       });
  }
  // What a rule of the scenario does, done now.
  void as_rule(const Action& action) {
    if (action.kind == Action::Kind::kMoveAgents) {
      Command command = of_group(Kind::kMove, world_.groups[action.group.index()].name);
      command.to = world_.groups[action.to.index()].name;
      command.agents = std::min<std::int64_t>(
          action.agents, can_move(live_, action.group.index(), action.to.index()));
      add(command);
    } else if (action.kind == Action::Kind::kOpenStep) {
      Command command = of_group(Kind::kOpenStep, world_.groups[action.group.index()].name);
      command.queue = world_.queues[action.queue.index()].name;
      add(command);
    } else if (action.kind == Action::Kind::kNotice) {
      notice(action.notice);
    }
  }
  void notice(const Notice& notice) {
    Command command;
    command.kind = Kind::kNotice;
    if (notice.queue) command.queue = world_.queues[notice.queue->index()].name;
    command.deflect = notice.deflect.value();
    command.hang_up = notice.hang_up.value();
    add(command);
  }
  // One that the scenario knows, else none: what callers would do is not for us to invent.
  void notices() {
    for (const Event& event : world_.events)
      if (event.kind == Event::Kind::kNotice) notice(event.notice);
  }

  const LiveCentre& live_;
  const World& world_;
  std::vector<Commands> list_;
};

// What a path misses, as a loss: see advice.h.
double loss_of(const Path& path, const World& world) {
  if (world.targets.empty()) {
    const double rate = path.day[6];  // answer_rate
    return std::isnan(rate) ? 0 : 1 - rate;
  }
  double loss = 0;
  for (std::size_t t = 0; t < world.targets.size(); ++t) {
    const Target& target = world.targets[t];
    const double value = path.targets[t].value;
    if (std::isnan(value)) continue;
    const double missed =
        target.sense == Sense::kAtLeast ? target.value - value : value - target.value;
    const bool seconds = target.metric == "asa" || target.value > 1;
    loss += std::max(0.0, seconds && target.value > 0 ? missed / target.value : missed);
  }
  return loss;
}

// Chance of each to have the least mean loss, by drawing paths anew; of equals the first in
// `order`.
std::vector<double> best_chances(const std::vector<std::vector<double>>& loss,
                                 const std::vector<std::size_t>& order, std::uint64_t seed) {
  constexpr int kDraws = 1000;
  const std::size_t paths = loss.front().size();
  std::vector<int> best(loss.size(), 0);
  for (std::uint32_t b = 0; b < kDraws; ++b) {
    const OwnerKey key = ReplicationKey{seed, b}.owner(Owner::kCentre, 1, 0);
    std::vector<double> sum(loss.size(), 0);
    for (std::size_t i = 0; i < paths; ++i) {
      const double u = key.uniform(Purpose::kArrival, static_cast<std::uint32_t>(i));
      const auto path =
          std::min(paths - 1, static_cast<std::size_t>(u * static_cast<double>(paths)));
      for (std::size_t a = 0; a < loss.size(); ++a) sum[a] += loss[a][path];
    }
    std::size_t first = order.front();
    for (const std::size_t a : order)
      if (sum[a] < sum[first]) first = a;
    ++best[first];
  }
  std::vector<double> chances;
  for (const int times : best) chances.push_back(static_cast<double>(times) / kDraws);
  return chances;
}

}  // namespace

std::vector<std::vector<Command>> candidates_of(const LiveCentre& centre) {
  return Candidates{centre}.take();
}

Advice advise(const LiveCentre& centre, const std::vector<Commands>& proposals,
              const ForkOptions& options, const std::atomic<bool>* cancel,
              const std::function<void(double)>& progress) {
  Advice advice;
  std::vector<Commands> all = candidates_of(centre);
  const auto among = [](const std::vector<Commands>& list, const Commands& commands) {
    return std::find(list.begin(), list.end(), commands) != list.end();
  };
  Alternatives run{centre, options.seeds};
  for (const Commands& commands : all)
    CALLMILL_CHECK(run.add(commands).empty(), "candidates can be carried out");
  for (const Commands& commands : proposals)
    if (!among(all, commands) && run.add(commands).empty()) all.push_back(commands);
  const PathPlan plan = plan_paths(centre, options.until);
  const auto paths =
      run_paths(run, plan, {options.paths, options.seed, options.threads}, cancel, progress);
  if (paths.empty()) {
    advice.cancelled = true;
    return advice;
  }
  std::vector<std::vector<double>> loss(all.size());
  for (std::size_t a = 0; a < all.size(); ++a) {
    Candidate candidate;
    candidate.commands = all[a];
    candidate.proposed = among(proposals, all[a]);
    candidate.figures = day_bands(paths[a], options.confidence);
    std::vector<double> gain, cost;
    for (std::size_t i = 0; i < paths[a].size(); ++i) {
      loss[a].push_back(loss_of(paths[a][i], centre.world()));
      gain.push_back(loss[0][i] - loss[a][i]);
      cost.push_back(paths[a][i].money - paths[0][i].money);
    }
    const MeanOf of = mean_of(gain, options.confidence);
    candidate.gain = of.mean;
    candidate.gain_low = of.low;
    candidate.gain_high = of.high;
    candidate.cost = mean_of(cost, options.confidence).mean;
    advice.candidates.push_back(std::move(candidate));
  }
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return advice.candidates[a].cost < advice.candidates[b].cost;
  });
  const std::vector<double> best = best_chances(loss, order, options.seed);
  for (std::size_t a = 0; a < all.size(); ++a) advice.candidates[a].best_chance = best[a];
  std::stable_sort(advice.candidates.begin(), advice.candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.gain > b.gain; });
  return advice;
}

}  // namespace callmill::live
