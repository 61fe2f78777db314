#include "engine/study/exact.h"

#include <fmt/format.h>

#include <cmath>

#include "engine/study/exact_counts.h"
#include "models/chains/centre_growth.h"
#include "models/chains/centre_moves.h"
#include "models/chains/centre_room.h"
#include "models/chains/centre_steady.h"
#include "models/chains/of_world.h"

namespace callmill {
namespace {

constexpr double kCut = 1e-12;
constexpr int kFirstCut = 16, kLastCut = 16384;  // counts of a state are of 16 bits

using Times = std::vector<std::vector<double>>;

Times times_within(const World& world, const CentreSpec& spec) {
  Times within;
  for (const CentreSpec::Class& k : spec.classes)
    within.push_back({to_seconds(world.queues[k.queue].answer_within), to_seconds(kShortAbandon)});
  return within;
}

ExactResult result_of(const std::vector<CentreCounts>& intervals, const CentreSpec& spec,
                      const Blueprint& plan) {
  ExactResult result;
  result.kpis = KpiTable{plan};
  result.kpis.add(expected_counts(intervals, spec, plan, result.kpis.layout()));
  result.states = intervals.front().states;
  result.residual = intervals.front().residual;
  result.cut = cut_share(intervals);
  return result;
}

void scale(ClassCounts& k, double by) {
  for (double* count :
       {&k.fresh, &k.redials, &k.blocked, &k.no_port, &k.entered_menu, &k.left_menu, &k.self_served,
        &k.refused, &k.at_once, &k.waited, &k.balked, &k.answered, &k.abandoned, &k.wait_answered,
        &k.wait_abandoned, &k.waiting, &k.disconnected, &k.cut})
    *count *= by;
  for (auto* counts : {&k.answered_within, &k.abandoned_within, &k.answered_by})
    for (double& count : *counts) count *= by;
}

// Counts per second, in so many seconds.
CentreCounts in_time(CentreCounts counts, double length_s) {
  for (ClassCounts& k : counts.classes) scale(k, length_s);
  for (GroupCounts& g : counts.groups) {
    for (double* count : {&g.wrap, &g.idle, &g.outbound, &g.dials}) *count *= length_s;
    for (auto* by_class : {&g.busy, &g.taken})
      for (double& count : *by_class) count *= length_s;
  }
  for (double& busy : counts.lines_busy) busy *= length_s;
  return counts;
}

}  // namespace

namespace {

// Whether a state can count all that this centre has; else `why` says what there is too much of.
bool fits(const CentreSpec& spec, ExactRefusal& why) {
  const CentreRules rules{spec};
  if (rules.fits()) return true;
  why = {"too-large",
         fmt::format("its states would count {} kinds of calls and agents, and {} are the limit: "
                     "fewer caller types, groups or stages of menus; staff_release: idle_first "
                     "where staff falls",
                     rules.slots(), kCentreSlots)};
  return false;
}

// Every caller type whose orbit grows by so many callers a second; empty when there is none.
std::string unstable(const World& world, const CentreSpec& spec,
                     const std::vector<double>& growth) {
  std::string all;
  for (std::size_t c = 0; c < world.caller_types.size(); ++c) {
    if (growth[c] == 0) continue;
    const double calls = spec.classes[c].rate * 3600;
    all += fmt::format(
        "{}callers.{}.redial: the callers who will ring again grow without limit, in steady state: "
        "{:.4g} come an hour, and {:.4g} an hour can be served or give up while every line is "
        "taken the moment it is free",
        all.empty() ? "" : "; ", world.caller_types[c].name, calls, calls - growth[c] * 3600);
  }
  if (all.empty()) return all;
  return all +
         ": more agents or lines, after_block.share below 100%, or no warm_up, for the day "
         "from its empty start";
}

std::optional<ExactResult> interrupted(ExactRefusal& why, const std::string& what) {
  why = {"interrupted", "interrupted: " + what + " has no result before its end"};
  return {};
}

constexpr const char* kSmaller =
    "fewer agents, lines, caller types or groups, or a capacity for each queue";

// Whether more room for those who wait or will ring again can end the search: from what finds no
// room in a quarter, in half and in all of it, shares of all attempts. Of M/M/1/K at its capacity
// 1 / share grows by as much for each place; beyond it by less and less, below it by more and more.
// Only for centres that may grow: callers whose patience or delay is long take much room beyond the
// capacity too, and then find it.
ExactRefusal hopeless(const std::vector<double>& shares, int room, std::size_t states,
                      std::size_t limit) {
  constexpr double kHair = 1e-4;
  if (shares.size() < 3) return {};
  const double share = shares.back(), half = shares[shares.size() - 2];
  const double first = 1 / half - 1 / shares[shares.size() - 3], second = 1 / share - 1 / half;
  if (second <= 2 * first * (1 + kHair))
    return {
        "unstable",
        fmt::format("callers who wait or will ring again grow without limit in steady state, or so "
                    "nearly that no chain holds them: with twice the room, {} places, the share of "
                    "attempts that find none falls from {:.2g} to {:.2g} alone: more agents or "
                    "lines, patience, or no warm_up, for the day from its empty start",
                    room, half, share)};
  const double fall = share / half;
  const double needed = room * (1 + 0.5 * std::log(kCut / share) / std::log(fall));
  const double in_all = static_cast<double>(states) * needed / room;
  if (in_all <= 2 * static_cast<double>(limit)) return {};
  return {
      "too-large",
      fmt::format("so close to its capacity some {:.2g} places are needed for those who wait or "
                  "will ring again, about {:.2g} states, and {} are the limit: {}",
                  needed, in_all, limit, kSmaller)};
}

}  // namespace

std::vector<Fault> refused_exactly(const World& world) {
  return not_markov(world);
}

bool exact_by_day(const World& world) {
  return changes_over_the_day(world) || world.day.warm_up == SimDuration{};
}

std::optional<ExactResult> exact_steady(const World& world, const Blueprint& plan,
                                        ExactRefusal& why, std::size_t limit,
                                        const ExactWatch& watch) {
  CentreSpec spec = centre_of(world);
  if (!fits(spec, why)) return {};
  const std::optional<std::vector<double>> growth = orbit_growth(spec, limit, watch.stop);
  if (is_set(watch.stop)) return interrupted(why, "an exact steady state");
  if (const std::string grows = growth ? unstable(world, spec, *growth) : ""; !grows.empty()) {
    why = {"unstable", grows};
    return {};
  }
  const bool may_grow = !growth || queues_may_grow(spec);
  const Times within = times_within(world, spec);
  std::vector<double> shares;
  std::size_t states = 0;
  for (int cut = kFirstCut; cut <= kLastCut; cut *= 2) {
    spec.cut_queue = spec.cut_orbit = cut;
    const std::optional<CentreCounts> counts =
        steady_state(spec, within, limit, &states, watch.stop);
    if (is_set(watch.stop)) return interrupted(why, "an exact steady state");
    if (!counts) break;
    const std::vector<CentreCounts> intervals(plan.intervals,
                                              in_time(*counts, to_seconds(plan.days.interval)));
    const double share = cut_share(intervals);
    if (share <= kCut) return result_of(intervals, spec, plan);
    shares.push_back(share);
    if (may_grow) why = hopeless(shares, cut, states, limit);
    if (!why.code.empty()) return {};
  }
  if (states <= limit)
    why = {"too-large",
           fmt::format("more than {} callers wait or will call again: {}", kLastCut, kSmaller)};
  else
    why = {"too-large", fmt::format("its chain has {}, and {} are the limit: {}",
                                    states_text(states, limit), limit, kSmaller)};
  return {};
}

std::optional<ExactResult> exact_day(const World& world, const Blueprint& plan, ExactRefusal& why,
                                     std::size_t limit, const ExactWatch& watch) {
  CentreDay day = day_of(world);
  if (!fits(day.pieces.front().spec, why)) return {};
  const Times within = times_within(world, day.pieces.front().spec);
  for (int cut = kFirstCut; cut <= kLastCut; cut *= 2) {
    for (CentreDay::Piece& piece : day.pieces) piece.spec.cut_queue = piece.spec.cut_orbit = cut;
    std::string reason;
    // Which room is enough is cheap to tell; only then are callers followed.
    const DayWatch on{watch.stop, watch.passed, kMostSteps};
    const std::optional<double> share = share_without_room(day, reason, limit, on);
    if (share && *share > kCut) continue;
    std::optional<CentreDayCounts> counts;
    if (share) counts = solve_day(day, within, reason, limit, on);
    if (!counts && reason.empty()) return interrupted(why, "an exact day");
    if (!counts) {
      why = {"too-large", reason +
                              ": fewer agents, lines, caller types or groups, a capacity for "
                              "each queue, fewer changes of staff, a shorter answer_within"};
      return {};
    }
    if (cut_share(counts->intervals) > kCut) continue;
    ExactResult result = result_of(counts->intervals, day.pieces.front().spec, plan);
    result.by_day = true;
    return result;
  }
  why = {"too-large", fmt::format("more than {} callers wait or will call again", kLastCut)};
  return {};
}

std::optional<ExactResult> exact_answer(const World& world, const Blueprint& plan,
                                        ExactRefusal& why, const ExactWatch& watch) {
  return exact_by_day(world) ? exact_day(world, plan, why, kMostExactStates, watch)
                             : exact_steady(world, plan, why, kMostExactStates, watch);
}

}  // namespace callmill
