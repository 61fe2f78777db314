#include "models/world/spans.h"

#include <algorithm>
#include <chrono>

#include "models/world/world.h"

namespace callmill {
namespace {

constexpr std::int64_t kWeek = 7;

std::chrono::year_month month_of(Date date) {
  const std::chrono::year_month_day day{date};
  return day.year() / day.month();
}

bool begins_month(Date date) {
  return std::chrono::year_month_day{date}.day() == std::chrono::day{1};
}

bool is_one(Per per, const OpenDay& a, const OpenDay& b) {
  if (per == Per::kWeek) return a.number / kWeek == b.number / kWeek;
  return month_of(*a.date) == month_of(*b.date);
}

void add_spans(const World& world, Per per, std::vector<DaySpan>& spans) {
  const auto asks = [per](const Target& target) { return target.per == per; };
  if (std::none_of(world.targets.begin(), world.targets.end(), asks)) return;
  const std::vector<OpenDay> days = world.open_days();
  std::vector<DaySpan> all;
  for (std::uint32_t d = 0; d < days.size(); ++d) {
    if (d == 0 || !is_one(per, days[d - 1], days[d])) all.push_back({per, d, d});
    all.back().end = d + 1;
  }
  if (all.size() > 1) spans.insert(spans.end(), all.begin(), all.end());
}

}  // namespace

bool is_whole_weeks(const Days& days) {
  return days.count % kWeek == 0;
}

bool is_whole_months(const Days& days) {
  return days.first && begins_month(*days.first) &&
         begins_month(*days.first + std::chrono::days{days.count});
}

std::vector<DaySpan> target_spans(const World& world) {
  std::vector<DaySpan> spans;
  if (is_whole_weeks(world.days)) add_spans(world, Per::kWeek, spans);
  if (is_whole_months(world.days)) add_spans(world, Per::kMonth, spans);
  return spans;
}

}  // namespace callmill
