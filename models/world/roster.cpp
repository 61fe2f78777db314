#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>

#include "models/world/world.h"

namespace callmill {

namespace {

void add_day(GroupId group, const ProfileOfDay& staff, SimTime opens, SimTime closes,
             std::vector<DutyPeriod>& periods) {
  std::vector<SimTime> since;  // of the agents on duty; the last to come stands last
  const auto leave = [&](SimTime now) {
    const auto agent = static_cast<std::uint32_t>(since.size() - 1);
    periods.push_back({group, agent, since.back(), now, DutyPeriod::Kind::kWork});
    since.pop_back();
  };
  SimTime now = opens;
  for (const double value : staff.values) {
    const auto wanted = static_cast<std::size_t>(std::max(0.0, std::round(value)));
    while (since.size() > wanted) leave(now);
    while (since.size() < wanted) since.push_back(now);
    now += staff.step;
  }
  while (!since.empty()) leave(std::min(now, closes));
}

}  // namespace

std::vector<DutyPeriod> roster_from_profile(GroupId group, const Profile& staff, const Day& day,
                                            const Days& days) {
  std::vector<DutyPeriod> periods;
  for (const OpenDay& open : open_days(days))
    add_day(group, profile_on(staff, open), open.opens, open.opens + day.length(), periods);
  std::sort(periods.begin(), periods.end(), [](const DutyPeriod& a, const DutyPeriod& b) {
    return std::tuple(a.agent, a.from) < std::tuple(b.agent, b.from);
  });
  return periods;
}

}  // namespace callmill
