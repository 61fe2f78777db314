// What each person may still do with the rest of the day.

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/intraday/intraday_parts.h"

namespace callmill::intraday {
namespace {

constexpr SimDuration kStep = std::chrono::minutes{30};  // of overtime and of going home
constexpr std::size_t kMostMoves = 200;                  // of a person's breaks, taken together

bool same_day(const PlannedShift& a, const PlannedShift& b) {
  const auto same_off = [&] {
    return a.off.has_value() == b.off.has_value() &&
           (!a.off || (a.off->from == b.off->from && a.off->to == b.off->to));
  };
  return a.group == b.group && a.pattern == b.pattern && a.from == b.from && a.to == b.to &&
         same_off() &&
         std::equal(a.breaks.begin(), a.breaks.end(), b.breaks.begin(), b.breaks.end(),
                    [](const PlannedBreak& x, const PlannedBreak& y) {
                      return x.from == y.from && x.to == y.to;
                    });
}

class Choices {
 public:
  Choices(const World& world, const IntradayOptions& options, const Grid& grid)
      : world_{world}, options_{options}, grid_{grid}, now_{grid.time(grid.from)} {
    step_ = std::max(grid.slot, kStep / grid.slot * grid.slot);
  }

  std::vector<Choice> of(const PlannedShift& shift) {
    found_.clear();
    if (shift.to <= now_) return {};
    extend(shift);
    if (shift.off) return std::move(found_);  // of a split shift nothing but the end is changed
    move_breaks(shift);
    send_home(shift);
    move_start(shift);
    return std::move(found_);
  }

  // Shifts of the group that may still begin, breaks in the middle of their windows.
  std::vector<Choice> of_reserve(GroupId group) {
    found_.clear();
    for (std::size_t p = 0; p < world_.shifts.size(); ++p) {
      const ShiftPattern& pattern = world_.shifts[p];
      if (pattern.group != group || pattern.split) continue;
      for (SimDuration t = pattern.first_start; t <= pattern.last_start; t += pattern.start_every) {
        if (t < now_ || t + pattern.length > world_.day.closes) continue;
        PlannedShift shift;
        shift.group = group;
        shift.pattern = p;
        shift.from = t;
        shift.to = t + pattern.length;
        for (const Break& b : pattern.breaks) {
          const SimDuration offset = (b.earliest + b.latest) / 2 / grid_.slot * grid_.slot;
          const SimDuration at = t + std::max(b.earliest, offset);
          shift.breaks.push_back({at, at + b.length});
        }
        found_.push_back({ChangeKind::kCalledIn, shift, wage_of(world_, shift)});
      }
    }
    return std::move(found_);
  }

 private:
  void add(ChangeKind kind, const PlannedShift& from, PlannedShift to, double premium = 0) {
    const double more = wage_of(world_, to) - wage_of(world_, from) + premium;
    found_.push_back({kind, std::move(to), more});
  }

  // Every combination of starts within their windows, in order; one break at a time where those
  // would be too many.
  void move_breaks(const PlannedShift& shift) {
    if (!shift.pattern) return;
    const ShiftPattern& pattern = world_.shifts[*shift.pattern];
    if (pattern.breaks.size() != shift.breaks.size()) return;
    std::vector<PlannedShift> moved = {shift};
    std::size_t most = 1;
    for (std::size_t b = 0; b < pattern.breaks.size(); ++b)
      most *= starts_of(shift, pattern.breaks[b], b).size() + 1;
    const bool together = most <= kMostMoves;
    for (std::size_t b = 0; b < pattern.breaks.size(); ++b) {
      const std::size_t count = together ? moved.size() : 1;
      for (const SimDuration start : starts_of(shift, pattern.breaks[b], b))
        for (std::size_t k = 0; k < count; ++k) {
          PlannedShift other = moved[k];
          other.breaks[b] = {start, start + pattern.breaks[b].length};
          moved.push_back(std::move(other));
        }
    }
    for (std::size_t k = 1; k < moved.size(); ++k)
      if (in_order(moved[k])) add(ChangeKind::kBreaks, shift, moved[k]);
  }

  // Other starts of a break that has not begun and does not begin before changes take effect.
  std::vector<SimDuration> starts_of(const PlannedShift& shift, const Break& rule,
                                     std::size_t b) const {
    std::vector<SimDuration> starts;
    if (shift.breaks[b].from < now_) return starts;
    for (SimDuration t = shift.from + rule.earliest; t <= shift.from + rule.latest; t += grid_.slot)
      if (t >= now_ && t != shift.breaks[b].from) starts.push_back(t);
    return starts;
  }

  static bool in_order(const PlannedShift& shift) {
    SimDuration at = shift.from;
    for (const PlannedBreak& rest : shift.breaks) {
      if (rest.from < at) return false;
      at = rest.to;
    }
    return at <= shift.to;
  }

  // Where the scenario has labour rules they say what overtime is, what it is paid and how much of
  // it there may be; else all beyond the shift's end is overtime, at options.overtime_premium.
  void extend(const PlannedShift& shift) {
    if (!shift.pattern || shift.from >= now_) return;  // who has not begun can begin elsewhere
    const LabourRules rules = rules_of(world_.labour);
    const double wage = rules.working_day ? 0 : world_.shifts[*shift.pattern].wage_per_hour;
    for (SimDuration more = step_;
         more <= options_.most_overtime && shift.to + more <= world_.day.closes; more += step_) {
      PlannedShift longer = shift;
      longer.to += more;
      if (rules.working_day && rules.overtime_day &&
          paid_time(longer) > *rules.working_day + *rules.overtime_day)
        break;
      add(ChangeKind::kOvertime, shift, std::move(longer),
          options_.overtime_premium * wage * to_hours(more));
    }
  }

  void send_home(const PlannedShift& shift) {
    if (!options_.send_home || shift.from >= now_) return;
    for (SimDuration end = now_; end < shift.to; end += step_) {
      const bool in_break =
          std::any_of(shift.breaks.begin(), shift.breaks.end(),
                      [end](const PlannedBreak& b) { return b.from < end && end < b.to; });
      if (in_break) continue;
      PlannedShift shorter = shift;
      shorter.to = end;
      std::erase_if(shorter.breaks, [end](const PlannedBreak& b) { return b.from >= end; });
      // Nobody goes home after a break: its beginning is the better end.
      if (!shorter.breaks.empty() && shorter.breaks.back().to == end) continue;
      const double less = paid_hours(shift) - paid_hours(shorter);
      if (less > 0) add(ChangeKind::kHome, shift, std::move(shorter));
    }
  }

  double paid_hours(const PlannedShift& shift) const {
    SimDuration paid = shift.to - shift.from;
    for (const PlannedBreak& b : shift.breaks) paid -= b.to - b.from;
    return to_hours(paid);
  }

  // Off duty and unpaid breaks left out.
  SimDuration paid_time(const PlannedShift& shift) const {
    SimDuration paid = shift.to - shift.from;
    if (shift.off) paid -= shift.off->to - shift.off->from;
    const std::vector<Break>& rules = world_.shifts[*shift.pattern].breaks;
    for (std::size_t b = 0; b < std::min(rules.size(), shift.breaks.size()); ++b)
      if (!rules[b].paid) paid -= shift.breaks[b].to - shift.breaks[b].from;
    return paid;
  }

  void move_start(const PlannedShift& shift) {
    if (!shift.pattern || shift.from < now_) return;
    const ShiftPattern& pattern = world_.shifts[*shift.pattern];
    for (SimDuration t = pattern.first_start; t <= pattern.last_start; t += pattern.start_every) {
      if (t < now_ || t == shift.from || t + pattern.length > world_.day.closes) continue;
      PlannedShift moved = shift;
      const SimDuration by = t - shift.from;
      moved.from += by;
      moved.to += by;
      for (PlannedBreak& b : moved.breaks) {
        b.from += by;
        b.to += by;
      }
      add(ChangeKind::kNewStart, shift, std::move(moved));
    }
  }

  const World& world_;
  const IntradayOptions& options_;
  const Grid& grid_;
  SimDuration now_, step_{};
  std::vector<Choice> found_;
};

}  // namespace

std::vector<bool> works(const PlannedShift& shift, const Grid& grid, bool cyclic) {
  std::vector<bool> at_work(static_cast<std::size_t>(grid.slots), false);
  const int last = static_cast<int>((shift.to - grid.opens) / grid.slot);
  for (int s = std::max(0, static_cast<int>((shift.from - grid.opens) / grid.slot)); s < last;
       ++s) {
    const SimDuration t = grid.time(s);
    const bool off = shift.off && shift.off->from <= t && t < shift.off->to;
    const bool rests =
        off || std::any_of(shift.breaks.begin(), shift.breaks.end(),
                           [t](const PlannedBreak& b) { return b.from <= t && t < b.to; });
    if (!rests && (s < grid.slots || cyclic))
      at_work[static_cast<std::size_t>(s % grid.slots)] = true;
  }
  return at_work;
}

std::vector<PersonClass> classes_of(const World& world, const DayPlan& plan,
                                    const IntradayOptions& options, const Grid& grid) {
  std::vector<PersonClass> classes;
  Choices choices{world, options, grid};
  for (std::size_t s = 0; s < plan.shifts.size(); ++s) {
    const PlannedShift& shift = plan.shifts[s];
    auto found = std::find_if(classes.begin(), classes.end(),
                              [&](const PersonClass& c) { return same_day(c.now, shift); });
    if (found == classes.end())
      found = classes.insert(classes.end(), PersonClass{{}, shift, 0, choices.of(shift)});
    found->persons.push_back(s);
    ++found->size;
  }
  std::vector<bool> planned(world.groups.size(), false);
  for (const ShiftPattern& pattern : world.shifts) planned[pattern.group.index()] = true;
  for (std::size_t g = 0; g < planned.size() && options.call_in > 0; ++g)
    if (planned[g]) classes.push_back({{}, {}, options.call_in, choices.of_reserve(GroupId{g})});
  return classes;
}

}  // namespace callmill::intraday
