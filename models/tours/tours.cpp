#include "models/tours/tours.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/check.h"
#include "models/tours/tour_search.h"

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

void count(const TourProblem& problem, TourResult& result) {
  const int slots = problem.days * problem.slots_per_day;
  result.present.assign(index(slots), 0);
  for (const Tour& tour : result.tours) {
    const TourShift& shift = problem.shifts[index(tour.shift)];
    for (const TourDay& day : tour.days) {
      const int start = day.day * problem.slots_per_day + shift.start;
      for (int k = 0; k < shift.length; ++k) ++result.present[index((start + k) % slots)];
      for (std::size_t b = 0; b < day.break_start.size(); ++b)
        for (int k = 0; k < shift.breaks[b].length; ++k)
          --result.present[index((day.break_start[b] + k) % slots)];
    }
  }
}

void read_plan(const TourProblem& problem, const TourModel& model, TourPlan plan,
               TourResult& result) {
  fill_days(problem, model, plan);
  std::vector<std::vector<CoverChoice>> days(problem.shifts.size());
  for (CoverChoice& choice : choices_of(model.cover, model.base, plan.values))
    days[index(choice.shift)].push_back(std::move(choice));
  for (int j = 0; j < static_cast<int>(problem.shifts.size()); ++j)
    hand_out(problem, days[index(j)], j, plan.at(model.persons[index(j)]), result);
  result.cost = cost_of(model, plan);
  count(problem, result);
}

double on_step(double bound, double step) {
  if (step <= 0) return bound;
  return std::ceil(bound / step - 1e-6 - 1e-10 * bound / step) * step;
}

}  // namespace

std::vector<std::string> faults(const TourProblem& problem) {
  std::vector<std::string> found;
  if (problem.days < 1 || problem.slots_per_day < 1)
    found.push_back("there must be at least one day of at least one slot");
  if (problem.days_worked < 1 || problem.days_worked > problem.days)
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
    week.shifts.push_back(
        {shift.name, shift.length, {shift.start}, {shift.cost}, shift.breaks, -1});
  return faults(week);
}

TourResult solve_tours(const TourProblem& problem, const TourOptions& options) {
  CALLMILL_CHECK(faults(problem).empty(),
                 "a week of tours must have no faults; ask faults() first");
  const SolverWatch watch;
  const auto expired = [&] { return watch.seconds() >= options.time_limit_s; };
  TourResult result;
  const TourModel model = build_tour_model(problem);
  if (!slots_out_of_reach(model.cover).empty()) {
    result.status = TourStatus::kInfeasible;
    return result;
  }
  LinearRelaxation relaxed{model.base.mip};
  if (relaxed.solve() != MipStatus::kOptimal) return result;
  result.bound = on_step(relaxed.cost(), cost_step(problem));
  TourPlan plan = round_relaxation(problem, model, relaxed.values());
  TourSearch search{problem, model, options, expired};
  if (search.complete(plan)) {
    const double target = std::max(result.bound, result.bound / (1 - options.relative_gap));
    search.improve(plan, target);
    read_plan(problem, model, std::move(plan), result);
    result.status = result.cost - result.bound <= 1e-7 * std::abs(result.cost)
                        ? TourStatus::kOptimal
                        : TourStatus::kGap;
  }
  result.windows = search.windows();
  return result;
}

}  // namespace callmill
