// Walks a plan person by person on their own times, on purpose without the solver's slots.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>

#include "models/plans/check_parts.h"
#include "models/plans/day_plan.h"
#include "models/world/findings.h"

namespace callmill {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

std::string range_text(SimDuration from, SimDuration to) {
  return fmt::format("{}-{}", time_in_words(from % kDay), time_in_words(to % kDay));
}

class PlanChecker {
 public:
  PlanChecker(const World& world, const DayPlan& plan) : world_{world}, plan_{plan} {}

  std::vector<PlanFault> check() {
    for (at_ = 0; at_ < plan_.shifts.size(); ++at_) {
      const PlannedShift& shift = plan_.shifts[at_];
      check_day(shift);
      check_alone(shift);
      if (!shift.pattern) {
        fail("kind", "works a shift of no kind that the scenario has", kinds_of(shift.group));
        continue;
      }
      const ShiftPattern& pattern = world_.shifts[*shift.pattern];
      check_kind(shift, pattern);
      check_breaks(shift, pattern);
    }
    if (world_.several_days()) plans::check_weeks(world_, plan_, faults_);
    plans::check_limits(world_, plan_, faults_);
    check_lines();
    return std::move(faults_);
  }

 private:
  void fail(std::string code, std::string message, std::string help = "") {
    faults_.push_back({at_, std::move(code), std::move(message), std::move(help)});
  }
  void fail_whole(std::string code, std::string message, std::string help = "") {
    faults_.push_back({std::nullopt, std::move(code), std::move(message), std::move(help)});
  }

  std::string kinds_of(GroupId group) const {
    std::string names;
    for (const ShiftPattern& p : world_.shifts)
      if (p.group == group) names += (names.empty() ? "" : ", ") + p.name;
    return names.empty() ? "" : "kinds of shift: " + names;
  }

  // The centre's day, but round the clock a shift may run into the morning.
  void check_day(const PlannedShift& shift) {
    const Day& day = world_.day;
    const bool round_the_clock = day.length() == kDay;
    if (shift.from < day.opens || shift.from >= day.closes ||
        (!round_the_clock && shift.to > day.closes))
      fail("day", fmt::format("works {}, and the centre is open {}",
                              range_text(shift.from, shift.to), range_text(day.opens, day.closes)));
  }

  void check_alone(const PlannedShift& shift) {
    if (!seen_.insert({shift.group.index(), shift.agent, shift.day}).second)
      fail("twice", "has more than one shift of the day", "give each shift an agent of its own");
  }

  void check_kind(const PlannedShift& shift, const ShiftPattern& pattern) {
    if (pattern.group != shift.group)
      fail("group",
           fmt::format("works {}, which is a shift of {}", pattern.name,
                       world_.groups[pattern.group.index()].name),
           kinds_of(shift.group));
    check_length(shift, pattern);
    check_off(shift, pattern);
    const SimDuration after = shift.from - pattern.first_start;
    if (after < SimDuration{} || shift.from > pattern.last_start ||
        after % pattern.start_every != SimDuration{})
      fail("start",
           fmt::format("begins at {}; {} begins from {} to {}, every {}",
                       time_in_words(shift.from % kDay), pattern.name,
                       time_in_words(pattern.first_start), time_in_words(pattern.last_start),
                       in_words(pattern.start_every)),
           nearest_start(shift, pattern));
  }

  static bool is_step(SimDuration value, SimDuration from, SimDuration to, SimDuration every) {
    return value >= from && value <= to && (value - from) % every == SimDuration{};
  }

  static SimDuration hours_off(const PlannedShift& shift) {
    return shift.off ? shift.off->to - shift.off->from : SimDuration{};
  }

  void check_length(const PlannedShift& shift, const ShiftPattern& pattern) {
    const SimDuration duty = shift.to - shift.from - hours_off(shift);
    const std::optional<Extension>& more = pattern.extension;
    if (duty == pattern.length ||
        (more && is_step(duty, pattern.length, pattern.length + more->most, more->every)))
      return;
    const std::string longer = more ? fmt::format(", and up to {} more by steps of {}",
                                                  in_words(more->most), in_words(more->every))
                                    : "";
    fail("length", fmt::format("works {}; {} lasts {}{}", in_words(duty), pattern.name,
                               in_words(pattern.length), longer));
  }

  void check_off(const PlannedShift& shift, const ShiftPattern& pattern) {
    if (!shift.off && !pattern.split) return;
    if (!shift.off || !pattern.split) {
      fail("split", shift.off
                        ? fmt::format("is off {}; {} is worked in one stretch",
                                      range_text(shift.off->from, shift.off->to), pattern.name)
                        : fmt::format("works in one stretch; {} is split", pattern.name));
      return;
    }
    const SplitGap& rule = *pattern.split;
    if (shift.off->from <= shift.from || shift.off->to >= shift.to ||
        !is_step(shift.off->from - shift.from, rule.earliest, rule.latest, rule.every) ||
        !is_step(hours_off(shift), rule.shortest, rule.longest, rule.every))
      fail("split",
           fmt::format("is off {}; {} is split between {} and {} for {} to {}, by steps "
                       "of {}",
                       range_text(shift.off->from, shift.off->to), pattern.name,
                       time_in_words((shift.from + rule.earliest) % kDay),
                       time_in_words((shift.from + rule.latest) % kDay), in_words(rule.shortest),
                       in_words(rule.longest), in_words(rule.every)));
  }

  static std::string nearest_start(const PlannedShift& shift, const ShiftPattern& pattern) {
    const SimDuration within = std::clamp(shift.from, pattern.first_start, pattern.last_start);
    const std::int64_t steps =
        (within - pattern.first_start + pattern.start_every / 2) / pattern.start_every;
    SimDuration start = pattern.first_start + steps * pattern.start_every;
    if (start > pattern.last_start) start -= pattern.start_every;
    return fmt::format("the nearest is {}", time_in_words(start));
  }

  void check_breaks(const PlannedShift& shift, const ShiftPattern& pattern) {
    if (shift.breaks.size() != pattern.breaks.size()) {
      fail("breaks", fmt::format("has {} break(s); {} has {}", shift.breaks.size(), pattern.name,
                                 pattern.breaks.size()));
      return;
    }
    SimDuration last = shift.from;
    for (std::size_t b = 0; b < shift.breaks.size(); ++b) {
      const PlannedBreak& rest = shift.breaks[b];
      const Break& rule = pattern.breaks[b];
      const std::string name = rule.name.empty() ? "break" : rule.name;
      if (rest.to - rest.from != rule.length)
        fail("break-length", fmt::format("has a {} of {}; it lasts {}", name,
                                         in_words(rest.to - rest.from), in_words(rule.length)));
      // Windows count hours on duty: past the hours off, they come later by them.
      const bool late = shift.off && shift.from + rule.earliest >= shift.off->from;
      const SimDuration zero = shift.from + (late ? hours_off(shift) : SimDuration{});
      const SimDuration after = rest.from - zero;
      if (after < rule.earliest || after > rule.latest)
        fail("window", fmt::format("has the {} at {}; it begins between {} and {}", name,
                                   time_in_words(rest.from % kDay),
                                   time_in_words((zero + rule.earliest) % kDay),
                                   time_in_words((zero + rule.latest) % kDay)));
      const bool meets_off = shift.off && rest.from < shift.off->to && rest.to > shift.off->from;
      if (rest.from < last || rest.to > shift.to || meets_off)
        fail("breaks", fmt::format("has the {} {}, which is not within the shift or not after the "
                                   "one before",
                                   name, range_text(rest.from, rest.to)));
      last = rest.to;
    }
  }

  void check_lines() {
    for (std::size_t t = 0; t < world_.trunks.size(); ++t) {
      const bool named = std::any_of(plan_.lines.begin(), plan_.lines.end(),
                                     [t](const PlannedLines& l) { return l.trunks.index() == t; });
      if (!named && !world_.trunks[t].lines)
        fail_whole("lines",
                   fmt::format("lines.{} has no number of lines, neither here nor in the scenario",
                               world_.trunks[t].name),
                   fmt::format("add a row with lines {} and count 20", world_.trunks[t].name));
    }
  }

  const World& world_;
  const DayPlan& plan_;
  std::size_t at_ = 0;
  std::set<std::tuple<std::size_t, std::uint32_t, std::int64_t>> seen_;  // group, agent, day
  std::vector<PlanFault> faults_;
};

}  // namespace

std::vector<PlanFault> check_plan(const World& world, const DayPlan& plan) {
  return PlanChecker{world, plan}.check();
}

}  // namespace callmill
