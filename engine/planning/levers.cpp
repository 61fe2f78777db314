#include "engine/planning/levers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/queueing/erlang.h"

namespace callmill::planning {
namespace {

constexpr std::size_t kParts = 12;  // of a day, that agents' worth is asked for
constexpr double kStep = 0.02;      // of who is there, or one: what the difference is taken by
constexpr double kMissedOtherwise = 1.3;  // of groups that no formula knows
constexpr double kMostMissed = 4;
constexpr std::int64_t kFewestDays = 10;  // whole strata
constexpr double kMostEvents = 1.5e8;  // of all simulations together, unless fewest days have more

struct Part {
  std::size_t first = 0, last = 0;  // intervals [first, last)
};

std::vector<Part> parts_of(std::size_t intervals) {
  const std::size_t parts = std::min(kParts, intervals);
  std::vector<Part> all;
  for (std::size_t k = 0; k < parts; ++k)
    all.push_back({intervals * k / parts, intervals * (k + 1) / parts});
  return all;
}

// `agents` more of the group, all through the part.
World with_more(const World& planned, GroupId group, const Part& part, std::int64_t agents) {
  World world = planned;
  std::uint32_t next = 0;
  for (const DutyPeriod& p : world.roster)
    if (p.group == group) next = std::max(next, p.agent + 1);
  // A group without people was given the staff of nobody.
  if (next == 0) world.groups[group.index()].staff.reset();
  const SimDuration each = world.day.interval;
  for (std::int64_t k = 0; k < agents; ++k)
    world.roster.push_back({group, next++, kStart + each * static_cast<std::int64_t>(part.first),
                            kStart + each * static_cast<std::int64_t>(part.last),
                            DutyPeriod::Kind::kWork});
  return world;
}

class Prober {
 public:
  Prober(const Outcome& at, Rounds& rounds) : at_{at}, rounds_{rounds} {
    options_ = rounds.options().replicate;
    options_.watched.clear();
    options_.reduction = {rounds.days(), false};
    shorten_days();
    base_ = measures(at.plan.planned);
    worths_.resize(base_.size());
  }

  std::vector<LeverWorths> probe() {
    for (std::size_t g = 0; g < rounds_.planned().size(); ++g) probe_group(g);
    for (std::size_t k = 0; k < rounds_.bought(); ++k) probe_bought(k);
    return rounds_.stopped() ? std::vector<LeverWorths>{} : std::move(worths_);
  }

 private:
  // As many of the round's days as the work allows: differences of few days are noise.
  void shorten_days() {
    ReplicateOptions one = options_;
    one.reduction = {};
    one.replications = 1;
    const auto a_day = static_cast<double>(rounds_.run(at_.plan.planned, one).events);
    const std::size_t levers =
        1 + rounds_.bought() +
        rounds_.planned().size() *
            std::min(kParts, at_.plan.groups.front().requirement.intervals.size());
    const double days = kMostEvents / (std::max(1.0, a_day) * static_cast<double>(levers));
    const auto tens = static_cast<std::int64_t>(std::min(days, 1e9)) / kFewestDays * kFewestDays;
    options_.replications = std::min(options_.replications, std::max(kFewestDays, tens));
  }

  std::vector<double> measures(const World& world) {
    std::vector<double> values;
    if (rounds_.stopped()) return std::vector<double>(rounds_.world().targets.size(), 0.0);
    const ReplicateResult r = rounds_.run(world, options_);
    for (const TargetResult& t : evaluate_targets(world, r.kpis))
      values.push_back(std::isfinite(t.estimate.value) ? t.estimate.value : 0);
    return values;
  }

  void probe_group(std::size_t g) {
    const std::vector<double> shape = shape_of(g), at_work = not_in_meetings(g),
                              missed = missed_by(g);
    for (LeverWorths& w : worths_) {
      w.agents.emplace_back(shape.size(), 0.0);
      w.missed.push_back(missed);
    }
    for (const Part& part : parts_of(shape.size())) {
      double present = 0, all = 0;
      for (std::size_t i = part.first; i < part.last; ++i) {
        all += shape[i];
        present += at_.plan.groups[g].present.empty() ? 0 : at_.plan.groups[g].present[i];
      }
      if (all <= 0) continue;
      const auto agents = std::max<std::int64_t>(
          1, std::llround(kStep * present / static_cast<double>(part.last - part.first)));
      const std::vector<double> more =
          measures(with_more(at_.plan.planned, rounds_.planned()[g], part, agents));
      for (std::size_t t = 0; t < base_.size(); ++t)
        for (std::size_t i = part.first; i < part.last; ++i)
          worths_[t].agents[g][i] =
              (more[t] - base_[t]) / static_cast<double>(agents) * shape[i] / all * at_work[i];
    }
  }

  void probe_bought(std::size_t bought) {
    for (LeverWorths& w : worths_) w.lines.push_back(0);
    if (!rounds_.sized(bought)) return;
    World fewer = at_.plan.planned;
    const std::int64_t lines = at_.candidate.lines[bought];
    const std::int64_t step = std::min(lines - 1, std::max<std::int64_t>(1, lines / 50));
    if (step < 1) return;
    (bought == fewer.trunks.size() ? fewer.ivr.ports : fewer.trunks[bought].lines) = lines - step;
    const std::vector<double> less = measures(fewer);
    for (std::size_t t = 0; t < base_.size(); ++t)
      worths_[t].lines.back() = (base_[t] - less[t]) / static_cast<double>(step);
  }

  // Of scheduled agents; whom the simulation is given has no meetings, but may be absent as others.
  std::vector<double> not_in_meetings(std::size_t g) const {
    std::vector<double> share = at_.plan.groups[g].on_calls;
    const auto& shrinkage = rounds_.world().groups[rounds_.planned()[g].index()].shrinkage;
    if (shrinkage)
      for (double& s : share) s /= 1 - shrinkage->unplanned.value();
    return share;
  }

  // Service levels bend: what the last agent brought against what the next would bring.
  std::vector<double> missed_by(std::size_t g) const {
    const GroupPlanResult& group = at_.plan.groups[g];
    std::vector<double> times(group.requirement.intervals.size(), kMissedOtherwise);
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double agents = group.present.empty() ? 0 : group.present[i];
      if (group.requirement.intervals[i].offered_per_hour <= 0 || agents < 1) continue;
      const double step = std::max(1.0, kStep * agents);
      const auto within = [&](double n) {
        return n <= 0 ? 0.0 : rounds_.analytic(group, i, n).p_served_le;
      };
      const double more = within(agents + step) - within(agents);
      const double fewer = within(agents) - within(agents - step);
      times[i] = more > 0 ? std::clamp(fewer / more, 1.0, kMostMissed) : kMostMissed;
    }
    return times;
  }

  // How much one agent more does in each interval, against the others.
  std::vector<double> shape_of(std::size_t g) const {
    const GroupPlanResult& group = at_.plan.groups[g];
    std::vector<double> shape(group.requirement.intervals.size(), 0.0);
    for (std::size_t i = 0; i < shape.size(); ++i) {
      const RequirementInterval& r = group.requirement.intervals[i];
      if (r.offered_per_hour <= 0) continue;
      const double agents = group.present.empty() ? 0 : group.present[i];
      const auto within = [&](double n) {
        return n <= 0 ? 0.0 : rounds_.analytic(group, i, n).p_served_le;
      };
      shape[i] = r.offered_per_hour * std::max(1e-6, within(agents + 1) - within(agents));
    }
    if (std::accumulate(shape.begin(), shape.end(), 0.0) > 0) return shape;
    for (const GroupPlanResult& other : at_.plan.groups)
      if (rounds_.helps(rounds_.planned()[g], other.group))
        for (std::size_t i = 0; i < shape.size(); ++i)
          shape[i] += other.requirement.intervals[i].offered_per_hour;
    return shape;
  }

  const Outcome& at_;
  Rounds& rounds_;
  ReplicateOptions options_;
  std::vector<double> base_;  // by target
  std::vector<LeverWorths> worths_;
};

}  // namespace

std::vector<LeverWorths> worths_at(const Outcome& at, Rounds& rounds) {
  return Prober{at, rounds}.probe();
}

}  // namespace callmill::planning
