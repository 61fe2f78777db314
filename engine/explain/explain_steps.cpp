// From Erlang A by interval to the simulation, one thing after the other.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <variant>

#include "engine/explain/explain_parts.h"
#include "engine/study/compare.h"
#include "models/plans/shrinkage.h"
#include "models/transient/transient.h"

namespace callmill::planning {
namespace {

constexpr double kAffordable = 1e10;  // state updates of the exact day, as for the requirement

// Something that the formula does not know and the simulation can do without.
struct Feature {
  std::string what;
  std::function<bool(const World&)> is_there;
  std::function<void(World&)> take_away;
};

bool is_exponential(const Law& law) {
  const auto* constant = std::get_if<ConstantLaw>(&law);
  return std::holds_alternative<ExponentialLaw>(law) || (constant && constant->value_s == 0);
}

void make_exponential(Law& law) {
  const double m = mean(law);
  if (!is_exponential(law) && std::isfinite(m) && m > 0) law = ExponentialLaw{m};
}

// All laws of talk, wrap-up and patience.
template <class TypesOfWorld, class Do>
void for_each_law(TypesOfWorld& world, const Do& with) {
  for (auto& type : world.caller_types) {
    with(type.talk);
    with(type.wrap);
    if (type.patience) with(*type.patience);
  }
  for (auto& group : world.groups)
    for (auto& h : group.handling) {
      if (h.talk) with(*h.talk);
      if (h.wrap) with(*h.wrap);
    }
}

Feature laws() {
  return {"laws of talk, wrap-up and patience as they are, not exponential",
          [](const World& world) {
            bool other = false;
            for_each_law(world, [&](const Law& law) { other = other || !is_exponential(law); });
            return other;
          },
          [](World& world) { for_each_law(world, [](Law& law) { make_exponential(law); }); }};
}

Feature balking() {
  return {"callers who hang up at once, or never",
          [](const World& world) {
            return std::any_of(world.caller_types.begin(), world.caller_types.end(),
                               [](const CallerType& t) {
                                 return t.balk.value() > 0 || t.never_hangs_up.value() > 0;
                               });
          },
          [](World& world) {
            for (CallerType& t : world.caller_types) t.balk = t.never_hangs_up = Probability{};
          }};
}

Feature blocked_redials() {
  return {"redials of callers who found no line",
          [](const World& world) {
            return std::any_of(
                world.caller_types.begin(), world.caller_types.end(),
                [](const CallerType& t) { return t.redial.after_block.share.value() > 0; });
          },
          [](World& world) {
            for (CallerType& t : world.caller_types) t.redial.after_block.share = Probability{};
          }};
}

Feature people() {
  return {"attendance, experience, fatigue and speed of agents",
          [](const World& world) {
            return std::any_of(world.groups.begin(), world.groups.end(), [](const AgentGroup& g) {
              return g.attendance || g.experience || g.fatigue || g.speed_cv > 0;
            });
          },
          [](World& world) {
            for (AgentGroup& g : world.groups) {
              g.attendance.reset();
              g.experience.reset();
              g.fatigue.reset();
              g.speed_cv = 0;
            }
          }};
}

Feature busy_days() {
  return {"busy and quiet days", [](const World& world) { return world.busyness_cv > 0; },
          [](World& world) { world.busyness_cv = 0; }};
}

Feature events() {
  return {"events of the day and rules of the floor",
          [](const World& world) { return !world.events.empty() || !world.rules.empty(); },
          [](World& world) {
            world.events.clear();
            world.rules.clear();
          }};
}

Feature overflow() {
  return {"calls that other groups take over (overflow, flex agents)",
          [](const World& world) {
            return std::any_of(world.queues.begin(), world.queues.end(),
                               [](const Queue& q) { return q.route.size() > 1; });
          },
          [](World& world) {
            for (std::size_t q = 0; q < world.queues.size(); ++q) {
              std::vector<RouteStep>& route = world.queues[q].route;
              if (route.size() > 1) route.resize(1);
              for (std::size_t g = 0; g < world.groups.size(); ++g)
                if (route.empty() || route.front().group != GroupId{g})
                  std::erase(world.groups[g].takes, QueueId{q});
            }
          }};
}

// Every queue's calls are a planned pool's, so that the formulas speak of the whole centre.
bool all_planned(const World& world) {
  return std::all_of(world.queues.begin(), world.queues.end(), [&](const Queue& q) {
    return !q.route.empty() &&
           std::any_of(world.shifts.begin(), world.shifts.end(),
                       [&](const ShiftPattern& p) { return p.group == q.route.front().group; });
  });
}

struct Analytic {
  double erlang = 0, exact = 0;
  bool has_exact = true;
};

Analytic analytic(const Explaining& in, bool level) {
  Analytic a;
  double calls = 0, offered = 0, good = 0;
  for (const GroupPlanResult& g : in.plan.groups) {
    double weight = 0;
    for (const RequirementInterval& r : g.requirement.intervals) weight += r.offered_per_hour;
    calls += weight;
    a.erlang += weight * (level ? g.analytic_service_level : g.analytic_answer_rate);
    const TransientInput day =
        requirement_day(in.world, g.requirement, agents_on_calls(g.cover.present, g.on_calls));
    a.has_exact = a.has_exact && expected_updates(day) <= kAffordable && !in.stopped();
    if (!a.has_exact) continue;
    for (const TransientInterval& i : solve_transient(day).intervals) {
      offered += i.offered;
      good += level ? i.answered_within : i.answers;
    }
  }
  a.erlang = calls > 0 ? a.erlang / calls : 1;
  a.exact = offered > 0 ? good / offered : 1;
  return a;
}

Change change_of(const Estimate& e) {
  return {e.value, e.ci_low, e.ci_high};
}

// What the formulas say, and how far the first simulated step is from that.
void add_analytic(const Explaining& in, bool level, Waterfall& fall) {
  const Analytic a = analytic(in, level);
  fall.steps.push_back({"Erlang A, each interval by itself", {a.erlang}, {}});
  if (a.has_exact)
    fall.steps.push_back({"what intervals hand on, and breaks to the minute (the exact day)",
                          {a.exact},
                          {a.exact - a.erlang}});
}

void add_simulated(Waterfall& fall, const std::string& what, const Estimate& value,
                   const Estimate* difference) {
  WaterfallStep step{what, change_of(value), {}};
  if (difference) {
    step.difference = change_of(*difference);
  } else if (!fall.steps.empty()) {  // the formula before it has no error of chance
    const double before = fall.steps.back().value.value;
    step.difference = {value.value - before, value.ci_low - before, value.ci_high - before};
  }
  fall.steps.push_back(std::move(step));
}

}  // namespace

void explain_steps(const Explaining& in, Explanation& out) {
  if (in.plan.kpis.replications() == 0 || in.stopped()) return;
  std::vector<Feature> there;
  for (Feature& f : std::vector<Feature>{laws(), balking(), blocked_redials(), people(),
                                         busy_days(), events(), overflow()})
    if (f.is_there(in.plan.planned)) there.push_back(std::move(f));
  // Variant 0 has all, variant 1 + k the first k of them.
  std::vector<Blueprint> plans{make_blueprint(in.plan.planned)};
  CompareOptions options;
  options.replicate = in.same_days();
  const std::size_t n = there.size();
  for (std::size_t k = 0; k < n; ++k) {
    World world = in.plan.planned;
    for (std::size_t f = k; f < n; ++f) there[f].take_away(world);
    plans.push_back(make_blueprint(world));
    options.contrasts.push_back({{k + 1 == n ? 0 : k + 2, 1.0}, {k + 1, -1.0}});
  }
  const char* const keys[] = {"service_level", "answer_rate"};
  Comparison c;
  if (n > 0) {
    std::vector<Compared> indicators;
    for (const char* key : keys)
      indicators.push_back(
          {find_metric(key, ScopeKind::kTotal), std::vector<Scope>(plans.size(), Scope{})});
    c = compare(
        plans, indicators, options,
        [&](const Progress& p) {
          in.tell("formula and simulation",
                  static_cast<double>(p.done) / static_cast<double>(p.wanted));
        },
        in.stop);
    out.events += c.events;
    if (c.interrupted) return;
  }
  for (std::size_t m = 0; m < 2; ++m) {
    Waterfall fall;
    fall.metric = keys[m];
    if (all_planned(in.world)) add_analytic(in, m == 0, fall);
    const char* const rest = "simulated: lines, menus, mixes of callers";
    if (n == 0) {
      add_simulated(fall, rest, in.plan.kpis.day(keys[m], {}, in.options.replicate.confidence),
                    nullptr);
    } else {
      add_simulated(fall, rest, c.value[m][1], nullptr);
      for (std::size_t k = 0; k < n; ++k)
        add_simulated(fall, there[k].what, c.value[m][k + 1 == n ? 0 : k + 2], &c.contrast[m][k]);
    }
    out.waterfalls.push_back(std::move(fall));
  }
}

}  // namespace callmill::planning
