#include "models/tours/tours.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <utility>

#include "base/check.h"
#include "models/tours/tour_search.h"
#include "models/tours/tour_weeks.h"

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

std::string fault(const TourProblem& problem, const TourShift& shift) {
  if (shift.start < 0 || shift.start >= problem.slots_per_day)
    return "shift '" + shift.name + "': start must be a slot of the day";
  if (shift.length > problem.slots_per_day)
    return "shift '" + shift.name + "': must not last longer than a day";
  if (shift.weeks.empty() == problem.by_weeks())
    return "shift '" + shift.name + "': all shifts list their weeks, or none does";
  for (const std::uint32_t week : shift.weeks)
    if (week == 0 || week >> static_cast<unsigned>(problem.days) != 0)
      return "shift '" + shift.name + "': a week must have days, and of those there are";
  if (!shift.cost_on.empty() && static_cast<int>(shift.cost_on.size()) != problem.days)
    return "shift '" + shift.name + "': one cost a day is needed";
  for (const double cost : shift.cost_on)
    if (!(cost >= 0) || !std::isfinite(cost))
      return "shift '" + shift.name + "': costs must be finite and not negative";
  return "";
}

// Persons of one shift take the places of the days in turn, round and round: nobody gets two of one
// day, for no day has more places than there are persons, and all get as many.
void hand_out(const TourProblem& problem, const std::vector<CoverChoice>& days, int shift,
              std::int64_t persons, TourResult& result) {
  const std::size_t first = result.tours.size();
  result.tours.resize(first + static_cast<std::size_t>(persons));
  std::size_t next = 0;
  for (const CoverChoice& day : days)
    for (const std::vector<int>& breaks : day.break_start) {
      Tour& tour = result.tours[first + next % static_cast<std::size_t>(persons)];
      tour.shift = shift;
      tour.days.push_back({day.start / problem.slots_per_day, breaks});
      ++next;
    }
}

// Persons who have days to give work them where not everybody of their shift does.
void fill_days(const TourProblem& problem, const TourModel& model, TourPlan& plan) {
  for (int j = 0; j < static_cast<int>(problem.shifts.size()); ++j) {
    const std::int64_t persons = plan.at(model.persons[index(j)]);
    std::int64_t left = problem.days_worked * persons;
    for (int day = 0; day < problem.days; ++day) left -= plan.at(model.heads(j, day));
    for (int day = 0; day < problem.days; ++day) {
      double& heads = plan.values[index(model.heads(j, day))];
      const std::int64_t more = std::min(left, persons - plan.at(model.heads(j, day)));
      heads += static_cast<double>(more);
      left -= more;
    }
    CALLMILL_CHECK(left == 0, "persons have as many days as they work, at least");
  }
}

// The same where weeks are listed: on each day those work whose week has it.
void hand_out_weeks(const TourProblem& problem, const TourModel& model, const TourPlan& plan,
                    const std::vector<CoverChoice>& days, int shift, TourResult& result) {
  const std::vector<std::uint32_t>& weeks = problem.shifts[index(shift)].weeks;
  std::vector<std::uint32_t> of;
  for (std::size_t p = 0; p < weeks.size(); ++p)
    of.insert(of.end(), static_cast<std::size_t>(plan.at(model.weeks[index(shift)][p])), weeks[p]);
  const std::size_t first = result.tours.size();
  result.tours.resize(first + of.size());
  for (std::size_t k = 0; k < of.size(); ++k) result.tours[first + k].shift = shift;
  for (const CoverChoice& day : days) {
    const int number = day.start / problem.slots_per_day;
    std::size_t next = 0;
    for (const std::vector<int>& breaks : day.break_start) {
      while (!has_day(of[next], number)) ++next;
      result.tours[first + next++].days.push_back({number, breaks});
    }
  }
}

// Everybody works on each day of the week, wanted or not.
void fill_weeks(const TourProblem& problem, const TourModel& model, TourPlan& plan) {
  const TourWindows windows{problem, model};
  for (int j = 0; j < static_cast<int>(problem.shifts.size()); ++j)
    for (int day = 0; day < problem.days; ++day)
      plan.values[index(model.heads(j, day))] = static_cast<double>(windows.people(plan, j, day));
}

void count(const TourProblem& problem, TourResult& result) {
  const int slots = problem.days * problem.slots_per_day;
  result.present.assign(index(slots), 0);
  for (const Tour& tour : result.tours) {
    const TourShift& shift = problem.shifts[index(tour.shift)];
    for (const TourDay& day : tour.days) {
      const int start = day.day * problem.slots_per_day + shift.start;
      for (int k = 0; k < shift.length; ++k)
        if (k < shift.gap_start || k >= shift.gap_start + shift.gap_length)
          ++result.present[index((start + k) % slots)];
      for (std::size_t b = 0; b < day.break_start.size(); ++b)
        for (int k = 0; k < shift.breaks[b].length; ++k)
          --result.present[index((day.break_start[b] + k) % slots)];
    }
  }
}

void read_plan(const TourProblem& problem, const TourModel& model, TourPlan plan,
               TourResult& result) {
  problem.by_weeks() ? fill_weeks(problem, model, plan) : fill_days(problem, model, plan);
  std::vector<std::vector<CoverChoice>> days(problem.shifts.size());
  for (CoverChoice& choice : choices_of(model.cover, model.base, plan.values))
    days[index(choice.shift)].push_back(std::move(choice));
  for (int j = 0; j < static_cast<int>(problem.shifts.size()); ++j) {
    if (problem.by_weeks())
      hand_out_weeks(problem, model, plan, days[index(j)], j, result);
    else
      hand_out(problem, days[index(j)], j, plan.at(model.persons[index(j)]), result);
  }
  result.cost = cost_of(model, plan);
  count(problem, result);
}

double on_step(double bound, double step) {
  if (step <= 0) return bound;
  return std::ceil(bound / step - 1e-6 - 1e-10 * bound / step) * step;
}

// The cost at which the search may stop.
double target_of(const TourResult& result, const TourOptions& options) {
  return std::max(result.bound, result.bound / (1 - options.relative_gap));
}

constexpr std::size_t kSmall = 6000;  // columns of a program that branch and bound may look at

// Where weeks are listed: rounded and repaired; a small program is then solved as one from there.
bool solve_weeks(const TourProblem& problem, const TourModel& model,
                 const std::vector<double>& relaxed, const TourOptions& options,
                 const std::function<bool()>& expired, TourPlan& plan, TourResult& result) {
  const SolverWatch watch;
  WeekSearch search{problem, model, options, expired};
  bool complete = round_weeks(problem, model, relaxed, plan) && search.complete(plan);
  if (complete) search.improve(plan, target_of(result, options));
  result.windows = search.windows();
  const Mip& mip = model.base.mip;
  if (mip.columns.size() > kSmall || options.node_limit <= 0 || expired() ||
      (complete && cost_of(model, plan) <= target_of(result, options)))
    return complete;
  MipOptions whole{.relative_gap = options.relative_gap,
                   .time_limit_s = options.time_limit_s - watch.seconds(),
                   .node_limit = options.node_limit,
                   .cost_step = cost_step(problem),
                   .hurry = true};
  if (complete) whole.start = plan.values;
  const MipResult one = solve_mip(mip, whole);
  result.bound = std::max(result.bound, one.bound);
  if (one.status == MipStatus::kInfeasible) result.status = TourStatus::kInfeasible;
  if (!one.values.empty() && (!complete || one.cost < cost_of(model, plan))) {
    plan.values = one.values;
    complete = true;
  }
  return complete;
}

}  // namespace

std::vector<std::string> faults(const TourProblem& problem) {
  std::vector<std::string> found;
  if (problem.days < 1 || problem.days > 31 || problem.slots_per_day < 1)
    found.push_back("there must be 1 to 31 days of at least one slot");
  if (!problem.by_weeks() && (problem.days_worked < 1 || problem.days_worked > problem.days))
    found.push_back("days worked must lie in 1..days");
  for (const TourShift& shift : problem.shifts) {
    std::string wrong = fault(problem, shift);
    if (!wrong.empty()) found.push_back(std::move(wrong));
  }
  if (!found.empty()) return found;
  CoverProblem week;
  week.slots = problem.days * problem.slots_per_day;
  week.cyclic = true;
  week.requirement = problem.requirement;
  for (const TourShift& shift : problem.shifts)
    week.shifts.push_back({shift.name,
                           shift.length,
                           {shift.start},
                           {shift.cost},
                           shift.breaks,
                           -1,
                           shift.gap_start,
                           shift.gap_length});
  return faults(week);
}

TourResult solve_tours(const TourProblem& problem, const TourOptions& options) {
  CALLMILL_CHECK(faults(problem).empty(),
                 "a week of tours must have no faults; ask faults() first");
  const SolverWatch watch;
  const auto expired = [&] {
    return watch.seconds() >= options.time_limit_s ||
           (options.stop != nullptr && options.stop->load(std::memory_order_relaxed));
  };
  TourResult result;
  const TourModel model = build_tour_model(problem);
  if (!slots_out_of_reach(model.cover).empty()) {
    result.status = TourStatus::kInfeasible;
    return result;
  }
  LinearRelaxation relaxed{model.base.mip};
  const MipStatus status = relaxed.solve();
  if (status == MipStatus::kInfeasible) result.status = TourStatus::kInfeasible;
  if (status != MipStatus::kOptimal) return result;
  result.bound = on_step(relaxed.cost(), cost_step(problem));
  TourPlan plan;
  if (problem.by_weeks()) {
    if (!solve_weeks(problem, model, relaxed.values(), options, expired, plan, result))
      return result;
  } else {
    plan = round_relaxation(problem, model, relaxed.values());
    TourSearch search{problem, model, options, expired};
    const bool complete = search.complete(plan);
    if (complete) search.improve(plan, target_of(result, options));
    result.windows = search.windows();
    if (!complete) return result;
  }
  read_plan(problem, model, std::move(plan), result);
  result.status = result.cost - result.bound <= 1e-7 * std::abs(result.cost) ? TourStatus::kOptimal
                                                                             : TourStatus::kGap;
  return result;
}

}  // namespace callmill
