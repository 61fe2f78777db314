// People's weeks, walked person by person on their own times; shares no code with the solver.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

#include "models/plans/check_parts.h"
#include "models/plans/pay.h"
#include "models/world/findings.h"

namespace callmill::plans {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};
constexpr std::int64_t kWeek = 7;

// Lengths of the stretches of days that are `worked`, or not, in a week that follows upon itself.
std::vector<std::int64_t> stretches(const std::array<bool, kWeek>& week, bool worked) {
  std::vector<std::int64_t> all;
  if (std::count(week.begin(), week.end(), worked) == kWeek) all.push_back(kWeek);
  for (std::int64_t day = 0; day < kWeek; ++day) {
    const auto at = [&](std::int64_t d) {
      return week[static_cast<std::size_t>((d + kWeek) % kWeek)];
    };
    if (at(day) != worked || at(day - 1) == worked) continue;
    std::int64_t length = 1;
    while (at(day + length) == worked) ++length;
    all.push_back(length);
  }
  return all;
}

class WeekChecker {
 public:
  WeekChecker(const World& world, const DayPlan& plan, std::vector<PlanFault>& faults)
      : world_{world}, plan_{plan}, faults_{faults}, rules_{rules_of(world.labour)} {
    for (const OpenDay& day : world.open_days()) open_.push_back(day.number);
  }

  void check() {
    std::map<std::pair<std::size_t, std::uint32_t>, std::vector<std::size_t>> people;
    for (std::size_t i = 0; i < plan_.shifts.size(); ++i) {
      check_open(i);
      people[{plan_.shifts[i].group.index(), plan_.shifts[i].agent}].push_back(i);
    }
    for (auto& [who, shifts] : people) {
      std::sort(shifts.begin(), shifts.end(), [&](std::size_t a, std::size_t b) {
        return begins(plan_.shifts[a]) < begins(plan_.shifts[b]);
      });
      check_rest(shifts);
      if (world_.days.count == kWeek) check_person(who.first, shifts);
    }
    if (world_.days.count != kWeek) return;
    for (std::size_t g = 0; g < world_.groups.size(); ++g) check_weekends(g);
  }

 private:
  void fail(std::size_t shift, std::string code, std::string message, std::string help = "") {
    faults_.push_back({shift, std::move(code), std::move(message), std::move(help)});
  }

  static SimDuration begins(const PlannedShift& shift) { return kDay * shift.day + shift.from; }
  bool is_open(std::int64_t day) const {
    return std::find(open_.begin(), open_.end(), day) != open_.end();
  }

  void check_open(std::size_t i) {
    const PlannedShift& shift = plan_.shifts[i];
    if (!is_open(shift.day))
      return fail(
          i, "closed",
          fmt::format("works on {}, when the centre is closed", name_of_day(world_, shift.day)));
    const std::int64_t next = (shift.day + 1) % world_.days.count;
    if (world_.day.length() == kDay && shift.to - world_.day.opens > kDay && !is_open(next))
      fail(i, "closed",
           fmt::format("works into {}, when the centre is closed", name_of_day(world_, next)));
  }

  // Of a week the first shift comes after the last again.
  void check_rest(const std::vector<std::size_t>& shifts) {
    if (!rules_.rest) return;
    for (std::size_t k = 0; k < shifts.size(); ++k) {
      const bool last = k + 1 == shifts.size();
      if (last && world_.days.count != kWeek) return;
      const PlannedShift& shift = plan_.shifts[shifts[k]];
      const PlannedShift& next = plan_.shifts[shifts[last ? 0 : k + 1]];
      const SimDuration rest =
          begins(next) + (last ? kDay * kWeek : SimDuration{}) - (kDay * shift.day + shift.to);
      if (rest < *rules_.rest)
        fail(shifts[last ? 0 : k + 1], "rest",
             fmt::format("begins on {} {} after the shift before; labour.rest is {}",
                         name_of_day(world_, next.day), in_words(std::max(rest, SimDuration{})),
                         in_words(*rules_.rest)));
    }
  }

  void check_person(std::size_t group, const std::vector<std::size_t>& shifts) {
    std::array<bool, kWeek> week{};
    std::int64_t nights = 0;
    SimDuration paid{}, overtime{};
    for (const std::size_t i : shifts) {
      const PlannedShift& shift = plan_.shifts[i];
      if (shift.day >= 0 && shift.day < kWeek) week[static_cast<std::size_t>(shift.day)] = true;
      nights += is_night(shift.from, shift.to) ? 1 : 0;
      const std::vector<PaidPart> parts =
          DayPay{world_, day_of_run(world_, shift.day)}.parts(shift);
      const SimDuration time = parts.empty() ? SimDuration{} : parts.front().time;
      paid += time;
      if (rules_.working_day) overtime += std::max(time - *rules_.working_day, SimDuration{});
    }
    check_labour(shifts.front(), week, paid, overtime);
    if (const std::optional<Tours>& tours = world_.groups[group].tours)
      check_tour(shifts.front(), *tours, week, paid, nights);
  }

  void check_labour(std::size_t at, const std::array<bool, kWeek>& week, SimDuration paid,
                    SimDuration overtime) {
    const std::int64_t off = std::count(week.begin(), week.end(), false);
    if (off < rules_.rest_days)
      fail(at, "rest-days",
           fmt::format("has {} day(s) off; labour.rest_days is {}", off, rules_.rest_days));
    if (rules_.working_week && paid - overtime > *rules_.working_week)
      fail(at, "working-week",
           fmt::format("is paid for {} of the week beside overtime; labour.working_week is {}",
                       in_words(paid - overtime), in_words(*rules_.working_week)));
    const std::optional<SimDuration> most = rules_.overtime_week();
    if (most && overtime > *most)
      fail(at, "overtime",
           fmt::format("has {} of overtime in the week; labour.overtime_month is {}, in a week {}",
                       in_words(overtime), in_words(*rules_.overtime_month), in_words(*most)));
  }

  void check_tour(std::size_t at, const Tours& tours, const std::array<bool, kWeek>& week,
                  SimDuration paid, std::int64_t nights) {
    const std::int64_t days = std::count(week.begin(), week.end(), true);
    if (days > tours.days || days < tours.fewest_days())
      fail(at, "days",
           tours.fewest_days() == tours.days
               ? fmt::format("works {} day(s); tours.days is {}", days, tours.days)
               : fmt::format("works {} day(s); tours asks for {} to {}", days, tours.fewest_days(),
                             tours.days));
    for (const std::int64_t run : stretches(week, false))
      if (run < tours.min_days_off_in_a_row)
        fail(at, "days-off",
             fmt::format("has {} day(s) off in a row; tours.min_days_off_in_a_row is {}", run,
                         tours.min_days_off_in_a_row));
    for (const std::int64_t run : stretches(week, true))
      if (tours.max_days_in_a_row && run > *tours.max_days_in_a_row)
        fail(at, "days-in-a-row",
             fmt::format("works {} days in a row; tours.max_days_in_a_row is {}", run,
                         *tours.max_days_in_a_row));
    if (tours.min_hours && paid < *tours.min_hours)
      fail(at, "hours",
           fmt::format("is paid for {}; tours.min_hours is {}", in_words(paid),
                       in_words(*tours.min_hours)));
    if (tours.max_hours && paid > *tours.max_hours)
      fail(at, "hours",
           fmt::format("is paid for {}; tours.max_hours is {}", in_words(paid),
                       in_words(*tours.max_hours)));
    if (tours.max_nights && nights > *tours.max_nights)
      fail(at, "nights",
           fmt::format("works {} nights; tours.max_nights is {}", nights, *tours.max_nights));
  }

  void check_weekends(std::size_t group) {
    const std::optional<Tours>& tours = world_.groups[group].tours;
    if (!tours || tours->weekends_off <= 0) return;
    std::map<std::uint32_t, bool> works;  // on a weekend, by agent
    for (const PlannedShift& shift : plan_.shifts) {
      if (shift.group.index() != group) continue;
      bool& on_weekend = works[shift.agent];
      const OpenDay day = day_of_run(world_, shift.day);
      if (!day.date) continue;
      const std::string_view name = weekday_of(*day.date);
      on_weekend = on_weekend || name == "saturday" || name == "sunday";
    }
    const auto all = static_cast<double>(works.size());
    const auto off =
        std::count_if(works.begin(), works.end(), [](const auto& who) { return !who.second; });
    if (static_cast<double>(off) < tours->weekends_off * all - 1e-9 * all)
      faults_.push_back(
          {std::nullopt, "weekends",
           fmt::format(
               "{} of {} people of {} are off on the weekend; tours.weekends_off is {:.4g}%", off,
               works.size(), world_.groups[group].name, 100 * tours->weekends_off),
           ""});
  }

  const World& world_;
  const DayPlan& plan_;
  std::vector<PlanFault>& faults_;
  LabourRules rules_;
  std::vector<std::int64_t> open_;
};

}  // namespace

std::string name_of_day(const World& world, std::int64_t day) {
  if (!world.days.first) return fmt::format("day {}", day + 1);
  return in_words(*world.days.first + std::chrono::days{day});
}

void check_weeks(const World& world, const DayPlan& plan, std::vector<PlanFault>& faults) {
  WeekChecker{world, plan, faults}.check();
}

}  // namespace callmill::plans
