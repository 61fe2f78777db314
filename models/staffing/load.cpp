#include "models/staffing/load.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/random/law.h"

namespace callmill {
namespace {

class MenuWalk {
 public:
  explicit MenuWalk(const World& world) : world_{world} {
    result_.to_queue.assign(world.queues.size(), 0.0);
  }

  MenuOutcome walk(const Destination& first) {
    go(first, 1.0, 0);
    return result_;
  }

 private:
  void go(const Destination& to, double share, std::size_t depth) {
    switch (to.kind) {
      case Destination::Kind::kQueue:
        result_.to_queue.at(to.queue.index()) += share;
        return;
      case Destination::Kind::kMenu:
        CALLMILL_CHECK(depth <= world_.menus.size(), "menus form a tree");
        menu(world_.menus.at(to.menu.index()), share, depth);
        return;
      case Destination::Kind::kSelfService:
        result_.self_served += share;
        result_.mean_menu_s += share * mean(to.self_service_time);
        return;
      case Destination::Kind::kHangUp:
        result_.hung_up += share;
        return;
    }
  }

  void menu(const Menu& menu, double share, std::size_t depth) {
    result_.mean_menu_s += share * mean(menu.prompt);
    const double gone = share * menu.hang_up.value();
    result_.hung_up += gone;
    for (const MenuOption& option : menu.options)
      go(option.to, (share - gone) * option.share.value(), depth + 1);
  }

  const World& world_;
  MenuOutcome result_;
};

}  // namespace

MenuOutcome menu_outcome(const World& world, const CallerType& type) {
  return MenuWalk{world}.walk(type.enters);
}

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
  for (const CallerType& type : world.caller_types) outcome_.push_back(menu_outcome(world, type));
}

double Load::mean_of(const Profile& profile, std::size_t interval) const {
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
  const Profile& volume = world_.caller_types[type].volume;
  return volume.values.empty() ? 0 : mean_of(volume, interval) / to_hours(volume.step);
}

double Load::attempts(std::size_t type, double abandonment) const {
  const Redial& redial = world_.caller_types[type].redial;
  const double again = abandonment * redial.after_abandon.share.value();
  const double attempts = redial.after_abandon.limit + 1.0;
  if (again <= 0) return 1;
  if (again >= 1) return attempts;
  return (1 - std::pow(again, attempts)) / (1 - again);
}

Stream Load::stream(std::size_t type, std::size_t queue, std::size_t interval,
                    double attempts_per_hour) const {
  const CallerType& of = world_.caller_types[type];
  const double factor = of.talk_factor ? mean_of(*of.talk_factor, interval) : 1.0;
  Stream result;
  result.per_hour = attempts_per_hour * outcome_[type].to_queue[queue];
  result.talk_hours = result.per_hour * mean(of.talk) * factor / 3600;
  result.wrap_hours = result.per_hour * mean(of.wrap) / 3600;
  // A mean of infinity has the rate 0: such callers wait for ever.
  if (of.patience) result.patience_rate = result.per_hour / mean(*of.patience);
  return result;
}

}  // namespace callmill
