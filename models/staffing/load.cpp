#include "models/staffing/load.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/random/law.h"

namespace callmill {
namespace {

class MenuWalk {
 public:
  MenuWalk(const World& world, CallerTypeId type) : world_{world}, type_{type} {
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
      case Destination::Kind::kSelfService: {
        const double served = share * to.served.value();
        result_.self_served += served;
        result_.mean_menu_s += share * mean(to.self_service_time);
        onward(to, share - served, depth);
        return;
      }
      case Destination::Kind::kAgent:  // whose work is the queue's: somebody takes the call
        onward(to, share, depth);
        return;
      case Destination::Kind::kContact:  // goes on by another channel
      case Destination::Kind::kHangUp:
        result_.hung_up += share;
        return;
    }
  }

  void onward(const Destination& to, double share, std::size_t depth) {
    go(to.otherwise.empty() ? Destination{} : to.otherwise[0], share, depth);
  }

  // Geometric: of those who hear the prompt, a share stays without a right key and hears it again.
  void menu(const Menu& menu, double share, std::size_t depth) {
    const double stay = 1 - menu.hang_up.value();
    const double no_key = stay * menu.no_key.value(), wrong_key = stay * menu.wrong_key.value();
    double heard = 0, again = share;  // prompts per caller; those who are still without a key
    for (std::int64_t i = 0; i < menu.max_tries && again > 0; ++i) {
      heard += again;
      again *= no_key + wrong_key;
    }
    result_.mean_menu_s += heard * (mean(menu.prompt) + no_key * to_seconds(menu.key_wait));
    result_.hung_up += heard * menu.hang_up.value();
    const double choose = heard * (stay - no_key - wrong_key);
    const std::vector<double> shares = option_shares(menu);
    for (std::size_t i = 0; i < menu.options.size(); ++i)
      go(menu.options[i].to, choose * shares[i], depth + 1);
    if (again > 0) go(menu.otherwise, again, depth + 1);
  }

  // Of the caller type, mean over the open hours: minute by minute the first variant that fits.
  std::vector<double> option_shares(const Menu& menu) const {
    if (menu.variants.empty()) {  // exactly as written, also without an open day
      std::vector<double> own;
      for (const MenuOption& option : menu.options) own.push_back(option.share.value());
      return own;
    }
    constexpr SimDuration kDay = std::chrono::hours{24}, kStep = std::chrono::minutes{1};
    std::vector<double> minutes(menu.variants.size() + 1, 0.0);  // the last: no variant fits
    for (SimDuration at = world_.day.opens; at < world_.day.closes; at += kStep) {
      std::size_t v = 0;
      while (v < menu.variants.size() && !fits(menu.variants[v], at % kDay)) ++v;
      ++minutes[v];
    }
    const double all = std::accumulate(minutes.begin(), minutes.end(), 0.0);
    std::vector<double> shares;
    for (const MenuOption& option : menu.options) {
      double share = option.share.value() * minutes.back();
      for (std::size_t v = 0; v < menu.variants.size(); ++v)
        for (const KeyShare& key : menu.variants[v].shares)
          if (key.key == option.key) share += key.share.value() * minutes[v];
      shares.push_back(share / all);
    }
    return shares;
  }
  bool fits(const MenuVariant& variant, SimDuration time) const {
    const std::vector<CallerTypeId>& of = variant.callers;
    return (of.empty() || std::find(of.begin(), of.end(), type_) != of.end()) &&
           is_in_hours(variant, time);
  }

  const World& world_;
  CallerTypeId type_;
  MenuOutcome result_;
};

}  // namespace

MenuOutcome menu_outcome(const World& world, const CallerType& type) {
  // Types are told apart by their place in the world; a type from elsewhere has no variants.
  CallerTypeId id;
  for (std::size_t i = 0; i < world.caller_types.size(); ++i)
    if (&world.caller_types[i] == &type) id = CallerTypeId{i};
  return MenuWalk{world, id}.walk(type.enters);
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
