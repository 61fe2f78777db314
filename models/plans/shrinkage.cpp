#include "models/plans/shrinkage.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace callmill {
namespace {

// Mean of the planned share in each interval.
std::vector<double> planned_shares(const World& world, GroupId group) {
  std::vector<double> shares(world.intervals(), 0.0);
  const std::optional<Shrinkage>& shrinkage = world.groups[group.index()].shrinkage;
  if (!shrinkage || !shrinkage->planned) return shares;
  const std::vector<OpenDay> open = world.open_days();
  const ProfileOfDay profile =
      profile_on(*shrinkage->planned, open.empty() ? OpenDay{} : open.front());
  if (profile.values.empty()) return shares;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const SimDuration from = world.day.interval * static_cast<std::int64_t>(i);
    const SimDuration to = from + world.day.interval;
    for (std::size_t k = 0; k < profile.values.size(); ++k) {
      const SimDuration begin = std::max(from, profile.step * static_cast<std::int64_t>(k));
      const SimDuration end = std::min(to, profile.step * static_cast<std::int64_t>(k + 1));
      if (begin < end)
        shares[i] += profile.values[k] * to_seconds(end - begin) / to_seconds(world.day.interval);
    }
  }
  return shares;
}

// Turns [from, to) of the period, which covers it, into a meeting.
void meet(std::size_t at, SimTime from, SimTime to, std::vector<DutyPeriod>& roster) {
  const DutyPeriod whole = roster[at];
  roster[at] = {whole.group, whole.agent, from, to, DutyPeriod::Kind::kBreak, AuxCode::kMeeting};
  if (whole.from < from) roster.push_back({whole.group, whole.agent, whole.from, from});
  if (to < whole.to) roster.push_back({whole.group, whole.agent, to, whole.to});
}

}  // namespace

std::vector<double> on_calls(const World& world, GroupId group) {
  std::vector<double> shares = planned_shares(world, group);
  const std::optional<Shrinkage>& shrinkage = world.groups[group.index()].shrinkage;
  const double there = shrinkage ? 1 - shrinkage->unplanned.value() : 1;
  for (double& share : shares) share = (1 - share) * there;
  return shares;
}

void hold_meetings(const World& world, GroupId group, std::vector<DutyPeriod>& roster) {
  const std::vector<double> shares = planned_shares(world, group);
  const double turn = to_seconds(world.day.interval);
  std::map<std::uint32_t, int> met;  // turns by agent
  double owed = 0;                   // seconds
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const SimTime from = kStart + world.day.interval * static_cast<std::int64_t>(i);
    const SimTime to = from + world.day.interval;
    std::vector<std::tuple<int, std::uint32_t, std::size_t>> free;
    for (std::size_t p = 0; p < roster.size(); ++p) {
      const DutyPeriod& period = roster[p];
      if (period.group != group || period.kind != DutyPeriod::Kind::kWork) continue;
      const SimTime begin = std::max(from, period.from), end = std::min(to, period.to);
      if (begin >= end) continue;
      owed += shares[i] * to_seconds(end - begin);
      if (begin == from && end == to) free.emplace_back(met[period.agent], period.agent, p);
    }
    std::sort(free.begin(), free.end());
    for (const auto& [turns, agent, at] : free) {
      if (owed < turn / 2) break;
      meet(at, from, to, roster);
      ++met[agent];
      owed -= turn;
    }
  }
}

}  // namespace callmill
