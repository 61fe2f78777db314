#include "models/plans/shrinkage.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace callmill {
namespace {

// Mean of the planned share in each interval of the day.
std::vector<double> planned_shares(const World& world, GroupId group, const OpenDay& day) {
  std::vector<double> shares(world.intervals(), 0.0);
  const std::optional<Shrinkage>& shrinkage = world.groups[group.index()].shrinkage;
  if (!shrinkage || !shrinkage->planned) return shares;
  const ProfileOfDay profile = profile_on(*shrinkage->planned, day);
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
  const std::vector<OpenDay> open = world.open_days();
  std::vector<double> shares =
      planned_shares(world, group, open.empty() ? OpenDay{} : open.front());
  const std::optional<Shrinkage>& shrinkage = world.groups[group.index()].shrinkage;
  const double there = shrinkage ? 1 - shrinkage->unplanned.value() : 1;
  for (double& share : shares) share = (1 - share) * there;
  return shares;
}

std::vector<double> agents_on_calls(const std::vector<std::int64_t>& scheduled,
                                    const std::vector<double>& on_calls) {
  std::vector<double> agents{scheduled.begin(), scheduled.end()};
  for (std::size_t t = 0; t < agents.size(); ++t)
    agents[t] *= on_calls[t * on_calls.size() / agents.size()];
  return agents;
}

void hold_meetings(const World& world, GroupId group, std::vector<DutyPeriod>& roster) {
  const double turn = to_seconds(world.day.interval);
  std::map<std::uint32_t, int> met;  // turns by agent
  double owed = 0;                   // seconds
  for (const OpenDay& day : world.open_days()) {
    const std::vector<double> shares = planned_shares(world, group, day);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const SimTime from = day.opens + world.day.interval * static_cast<std::int64_t>(i);
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
}

}  // namespace callmill
