#include "models/staffing/load.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/random/law.h"

namespace callmill {
Stream& Stream::operator+=(const Stream& other) {
  per_hour += other.per_hour;
  talk_hours += other.talk_hours;
  wrap_hours += other.wrap_hours;
  patience_rate += other.patience_rate;
  return *this;
}

std::optional<GroupId> first_group(const Queue& queue) {
  if (queue.route.empty()) return std::nullopt;
  return queue.route.front().group;
}

Load::Load(const World& world) : world_{world} {
  const std::vector<OpenDay> open = world.open_days();
  if (!open.empty()) day_ = open.front();
  for (const CallerType& type : world.caller_types) outcome_.push_back(menu_outcome(world, type));
}

double Load::mean_of(const Profile& values, std::size_t interval) const {
  const ProfileOfDay profile = profile_on(values, day_);
  const SimDuration length = world_.day.interval;
  const SimDuration from = static_cast<std::int64_t>(interval) * length;
  double sum = 0;
  for (std::size_t k = 0; k < profile.values.size(); ++k) {
    const SimDuration begin = static_cast<std::int64_t>(k) * profile.step;
    const SimDuration overlap =
        std::min(begin + profile.step, from + length) - std::max(begin, from);
    if (overlap.count() > 0) sum += profile.values[k] * to_seconds(overlap);
  }
  return sum / to_seconds(length);
}

double Load::fresh_per_hour(std::size_t type, std::size_t interval) const {
  const Profile& profile = world_.caller_types[type].volume;
  const ProfileOfDay volume = profile_on(profile, day_);
  return volume.values.empty() ? 0 : mean_of(profile, interval) / to_hours(volume.step);
}

namespace {

constexpr std::size_t kLevels = 100;  // beyond so many attempts of one kind nothing is left

// One way of calling again: chance of each next time, and how often at the most.
struct Again {
  double chance = 0;
  std::size_t limit = 0;
};
Again again(double chance, std::uint32_t limit) {
  return {chance, chance > 0 ? std::min<std::size_t>(limit, kLevels) : 0};
}

}  // namespace

// Share of a type's calls that get through whose matter is open afterwards, at the first contact
// or a later one, by the machine or by agents of the queues' first groups.
double Load::left_open(std::size_t type, bool first, const std::vector<double>& abandonment) const {
  const CallerType& of = world_.caller_types[type];
  if (!of.resolution) return 0;
  const Resolution& r = *of.resolution;
  const double settles =
      first ? r.first_contact.value() : r.repeat.value_or(r.first_contact).value();
  double open = outcome_[type].self_served * (1 - r.self_service.value());
  for (std::size_t q = 0; q < world_.queues.size(); ++q) {
    const std::optional<GroupId> group = first_group(world_.queues[q]);
    const double factor = group ? world_.groups[group->index()].resolution_factor : 1;
    open +=
        outcome_[type].to_queue[q] * (1 - abandonment[q]) * (1 - std::min(1.0, settles * factor));
  }
  return open;
}

// Expected visits of the states (lost, abandoned, contacts so far); each way of calling again has a
// limit of its own over the whole story, as in the simulation.
Attempts Load::attempts(std::size_t type, std::size_t interval,
                        const std::vector<double>& abandonment) const {
  const CallerType& of = world_.caller_types[type];
  const double lost = of.trunks.valid() ? world_.trunks[of.trunks.index()].network_loss.value() : 0;
  double abandons = 0;
  for (std::size_t q = 0; q < world_.queues.size(); ++q)
    abandons += outcome_[type].to_queue[q] * abandonment[q];
  const Again block =
      again(lost * of.redial.after_block.share.value(), of.redial.after_block.limit);
  const Again abandon = again((1 - lost) * abandons * of.redial.after_abandon.share.value(),
                              of.redial.after_abandon.limit);
  Again first;
  double later = 0;  // chance after a contact that was not the first
  if (of.resolution) {
    const CallAgain& returns = of.resolution->returns;
    const double left_s = to_seconds(world_.day.length()) -
                          (static_cast<double>(interval) + 0.5) * to_seconds(world_.day.interval);
    const double today = (1 - lost) * returns.share.value() * cdf(returns.delay, left_s);
    first = again(today * left_open(type, true, abandonment), returns.limit);
    later = today * left_open(type, false, abandonment);
  }
  const std::size_t contacts = first.limit;
  std::vector<double> visits((block.limit + 1) * (abandon.limit + 1) * (contacts + 1), 0.0);
  const auto at = [&](std::size_t b, std::size_t a, std::size_t c) -> double& {
    return visits[(b * (abandon.limit + 1) + a) * (contacts + 1) + c];
  };
  at(0, 0, 0) = 1;
  Attempts result{0, 0};
  for (std::size_t b = 0; b <= block.limit; ++b)
    for (std::size_t a = 0; a <= abandon.limit; ++a)
      for (std::size_t c = 0; c <= contacts; ++c) {
        const double here = at(b, a, c);
        result.through += here * (1 - lost);
        if (c > 0) result.repeats += here * (1 - lost);
        if (b < block.limit) at(b + 1, a, c) += here * block.chance;
        if (a < abandon.limit) at(b, a + 1, c) += here * abandon.chance;
        if (c < contacts) at(b, a, c + 1) += here * (c == 0 ? first.chance : later);
      }
  return result;
}

Stream Load::stream(std::size_t type, std::size_t queue, std::size_t interval,
                    const Attempts& attempts) const {
  const CallerType& of = world_.caller_types[type];
  const std::optional<GroupId> group = first_group(world_.queues[queue]);
  Handling handling;
  if (group)
    for (const Handling& h : world_.groups[group->index()].handling)
      if (h.callers == of.name) handling = h;
  double talk_s = mean(handling.talk.value_or(of.talk)) * handling.talk_factor;
  if (of.talk_factor) talk_s *= mean_of(*of.talk_factor, interval);
  if (of.resolution && attempts.through > 0)
    talk_s *= 1 + attempts.repeats / attempts.through * (of.resolution->repeat_talk_factor - 1);
  const double wrap_s = mean(handling.wrap.value_or(of.wrap)) * handling.wrap_factor;
  Stream result;
  result.per_hour =
      fresh_per_hour(type, interval) * attempts.through * outcome_[type].to_queue[queue];
  result.talk_hours = result.per_hour * talk_s / 3600;
  result.wrap_hours = result.per_hour * wrap_s / 3600;
  // A mean of infinity has the rate 0: such callers wait for ever.
  if (of.patience) result.patience_rate = result.per_hour / mean(*of.patience);
  return result;
}

}  // namespace callmill
