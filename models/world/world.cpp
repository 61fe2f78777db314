#include "models/world/world.h"

#include <algorithm>
#include <cmath>

namespace callmill {

std::vector<std::string> faults(const World&) {
  return {};
}

std::vector<DutyPeriod> roster_from_profile(GroupId group, const Profile& staff, const Day&) {
  std::vector<DutyPeriod> periods;
  std::vector<std::size_t> began;  // per agent on duty, the step of arrival
  const auto time_of = [&](std::size_t step) {
    return kStart + staff.step * static_cast<std::int64_t>(step);
  };
  for (std::size_t i = 0; i <= staff.values.size(); ++i) {
    const auto wanted =
        i < staff.values.size() ? static_cast<std::size_t>(std::llround(staff.values[i])) : 0;
    while (began.size() > wanted) {
      periods.push_back(
          {group, static_cast<std::uint32_t>(began.size() - 1), time_of(began.back()), time_of(i)});
      began.pop_back();
    }
    while (began.size() < wanted) began.push_back(i);
  }
  return periods;
}

}  // namespace callmill
