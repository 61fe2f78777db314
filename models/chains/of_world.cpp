#include "models/chains/of_world.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "base/check.h"
#include "models/chains/ranks.h"

namespace callmill {
namespace {

// Rank of a queue in `takes`; 0 for all without it.
std::size_t place_of(const AgentGroup& group, QueueId queue) {
  const auto at = std::find(group.takes.begin(), group.takes.end(), queue);
  return static_cast<std::size_t>(at - group.takes.begin());
}

bool routes_to(const Queue& queue, std::size_t group) {
  return std::any_of(queue.route.begin(), queue.route.end(),
                     [&](const RouteStep& step) { return step.group == GroupId{group}; });
}

// Of the step that holds `at` after opening; the last one goes on.
double value_at(const Profile& p, SimDuration at) {
  if (p.values.empty()) return 0;
  const auto step = static_cast<std::size_t>(at / p.step);
  return p.values[std::min(step, p.values.size() - 1)];
}

bool changes(const Profile& p) {
  return std::any_of(p.values.begin(), p.values.end(),
                     [&](double v) { return v != p.values.front(); });
}

int staff_at(const AgentGroup& group, SimDuration at) {
  return group.staff ? static_cast<int>(std::max(0.0, std::round(value_at(*group.staff, at)))) : 0;
}

double first_value(const std::optional<Profile>& factor) {
  return factor && !factor->values.empty() ? factor->values.front() : 1;
}

double per_time(double mean_s) {
  return mean_s > 0 ? 1 / mean_s : 0;
}

CentreSpec::Skill skill_of(const AgentGroup& group, const CallerType& type, const RouteStep& step) {
  double talk_s = mean(type.talk), wrap_s = mean(type.wrap);
  double factor = first_value(type.talk_factor);
  for (const Handling& h : group.handling) {
    if (h.callers != type.name) continue;
    if (h.talk) talk_s = mean(*h.talk);
    if (h.wrap) wrap_s = mean(*h.wrap);
    factor *= h.talk_factor;
    wrap_s *= h.wrap_factor;
  }
  return {1 / (talk_s * factor), static_cast<int>(step.reserve), static_cast<int>(step.min_queue),
          per_time(wrap_s)};
}

// Menus of a type as stages; so are machines that take time.
class Stages {
 public:
  Stages(const World& world, std::vector<CentreSpec::Stage>& stages)
      : world_{world}, stages_{stages} {}

  std::size_t add(MenuId id) {
    const Menu& menu = world_.menus[id.index()];
    const std::size_t at = stage(mean(menu.prompt));
    for (const MenuOption& option : menu.options)
      lead(at, (1 - menu.hang_up.value()) * option.share.value(), option.to);
    return at;
  }

 private:
  std::size_t stage(double mean_s) {
    stages_.push_back({1 / mean_s, 0, 0, {}});
    return stages_.size() - 1;
  }
  void lead(std::size_t from, double share, const Destination& to) {
    const auto on = [&](std::size_t next) {
      std::vector<double>& shares = stages_[from].p_next;
      shares.resize(std::max(shares.size(), next + 1));
      shares[next] += share;
    };
    if (to.kind == Destination::Kind::kQueue) stages_[from].p_agent += share;
    if (to.kind == Destination::Kind::kMenu) on(add(to.menu));
    if (to.kind == Destination::Kind::kSelfService) {
      const double time_s = mean(to.self_service_time), served = to.served.value();
      const std::size_t machine = time_s > 0 ? stage(time_s) : from;
      const double here = time_s > 0 ? 1 : share;
      if (time_s > 0) on(machine);
      stages_[machine].p_self_served += here * served;
      if (!to.otherwise.empty()) lead(machine, here * (1 - served), to.otherwise.front());
    }
  }

  const World& world_;
  std::vector<CentreSpec::Stage>& stages_;
};

CentreSpec::Class class_of(const World& world, const CallerType& type) {
  CentreSpec::Class k;
  if (type.patience)
    k.patience_rate = 1 / (mean(*type.patience) * first_value(type.patience_factor));
  k.balk = type.balk.value();
  k.lines = type.trunks.index();
  if (type.enters.kind == Destination::Kind::kMenu) Stages{world, k.menu}.add(type.enters.menu);
  const CallAgain &blocked = type.redial.after_block, &abandoned = type.redial.after_abandon;
  k.again_blocked = blocked.share.value();
  k.again_abandoned = abandoned.share.value();
  if (k.again_blocked > 0 || k.again_abandoned > 0)
    k.again_rate = 1 / mean(k.again_blocked > 0 ? blocked.delay : abandoned.delay);
  if (k.again_blocked > 0 && blocked.limit < kManyRedials)
    k.most_again = static_cast<int>(blocked.limit);
  if (k.most_again == 0 && blocked.limit == 0) k.again_blocked = 0;
  return k;
}

CentreSpec::Group group_of(const World& world, std::size_t g) {
  const AgentGroup& from = world.groups[g];
  CentreSpec::Group group;
  group.agents = staff_at(from, SimDuration{});
  for (const RankedType& ranked : ranked_types(world, g)) group.take.push_back(ranked.type);
  if (!from.dialling) return group;
  const double pause_s = mean(from.dialling->pause);
  group.outbound = {1 / mean(from.dialling->talk), pause_s > 0 ? 1 / pause_s : 0,
                    static_cast<int>(from.dialling->reserve), pause_s == 0,
                    per_time(mean(from.dialling->wrap))};
  return group;
}

}  // namespace

namespace {

// Menus may lead back: each is looked at once.
void add_queues(const World& world, const Destination& to, std::set<std::size_t>& menus,
                std::set<std::size_t>& queues) {
  if (to.kind == Destination::Kind::kQueue) queues.insert(to.queue.index());
  if (to.kind == Destination::Kind::kMenu && menus.insert(to.menu.index()).second)
    for (const MenuOption& option : world.menus[to.menu.index()].options)
      add_queues(world, option.to, menus, queues);
  for (const Destination& otherwise : to.otherwise) add_queues(world, otherwise, menus, queues);
}

}  // namespace

std::set<std::size_t> queues_of(const World& world, const Destination& to) {
  std::set<std::size_t> menus, queues;
  add_queues(world, to, menus, queues);
  return queues;
}

std::optional<QueueId> queue_of(const World& world, const CallerType& type) {
  const std::set<std::size_t> queues = queues_of(world, type.enters);
  if (queues.empty()) return {};
  return QueueId{*queues.begin()};
}

bool staff_falls(const AgentGroup& group) {
  if (!group.staff) return false;
  const std::vector<double>& n = group.staff->values;
  return std::adjacent_find(n.begin(), n.end(), [](double a, double b) {
           return std::round(a) > std::round(b);
         }) != n.end();
}

bool changes_over_the_day(const World& world) {
  return std::any_of(world.caller_types.begin(), world.caller_types.end(),
                     [](const CallerType& t) { return changes(t.volume); }) ||
         std::any_of(world.groups.begin(), world.groups.end(),
                     [](const AgentGroup& g) { return g.staff && changes(*g.staff); });
}

std::vector<RankedType> ranked_types(const World& world, std::size_t group) {
  const AgentGroup& from = world.groups[group];
  const auto rank = [&](std::size_t t) {
    const QueueId queue = *queue_of(world, world.caller_types[t]);
    return std::pair{from.takes.empty() ? 0 : place_of(from, queue),
                     -world.caller_types[t].priority};
  };
  std::vector<RankedType> order;
  for (std::size_t t = 0; t < world.caller_types.size(); ++t) {
    const std::optional<QueueId> queue = queue_of(world, world.caller_types[t]);
    if (!queue || !routes_to(world.queues[queue->index()], group)) continue;
    if (!from.takes.empty() && place_of(from, *queue) == from.takes.size()) continue;
    order.push_back({t, false});
  }
  std::stable_sort(order.begin(), order.end(), [&](const RankedType& a, const RankedType& b) {
    return rank(a.type) < rank(b.type);
  });
  for (std::size_t i = 1; i < order.size(); ++i)
    order[i].ties = rank(order[i].type) == rank(order[i - 1].type);
  return order;
}

CentreSpec centre_of(const World& world) {
  CALLMILL_CHECK(not_markov(world).empty(), "the World has an exact chain");
  CentreSpec spec;
  for (const TrunkGroup& t : world.trunks)
    spec.lines.push_back(static_cast<int>(t.lines.value_or(0)));
  if (world.ivr.ports) spec.ports = static_cast<int>(*world.ivr.ports);
  if (world.max_waiting) spec.most_waiting = static_cast<int>(*world.max_waiting);
  for (const Queue& q : world.queues)
    spec.queues.push_back(q.capacity ? static_cast<int>(*q.capacity) : kNoBound);
  for (std::size_t g = 0; g < world.groups.size(); ++g) spec.groups.push_back(group_of(world, g));
  for (std::size_t g = 0; g < world.groups.size(); ++g) spec.roll_call.push_back(g);
  std::sort(spec.roll_call.begin(), spec.roll_call.end(), [&](std::size_t a, std::size_t b) {
    return world.groups[a].name < world.groups[b].name;
  });
  for (const CallerType& type : world.caller_types) {
    CentreSpec::Class k = class_of(world, type);
    k.rate =
        type.volume.values.empty() ? 0 : type.volume.values.front() / to_seconds(type.volume.step);
    std::vector<CentreSpec::Skill> skills(world.groups.size());
    if (const std::optional<QueueId> queue = queue_of(world, type)) {
      k.queue = queue->index();
      for (const RouteStep& step : world.queues[k.queue].route) {
        k.prefer.push_back(step.group.index());
        skills[step.group.index()] = skill_of(world.groups[step.group.index()], type, step);
      }
    }
    spec.classes.push_back(std::move(k));
    spec.skills.push_back(std::move(skills));
  }
  return spec;
}

namespace {

// Every border of the day: of intervals, and of steps of volumes and staff.
std::vector<SimDuration> borders(const World& world) {
  std::set<SimDuration> at;
  const auto add = [&](SimDuration step) {
    for (SimDuration t{}; t < world.day.length(); t += step) at.insert(t);
    at.insert(world.day.length());
  };
  add(world.day.interval);
  for (const CallerType& t : world.caller_types)
    if (!t.volume.values.empty()) add(t.volume.step);
  for (const AgentGroup& g : world.groups)
    if (g.staff) add(g.staff->step);
  return {at.begin(), at.end()};
}

// Bands of a group whose last to come are the first to go, at the beginning of each piece: agents
// between two neighbouring numbers of staff of the day. Bands are alike from a piece on when no
// number of staff from then on lies between them.
std::vector<std::vector<CentreSpec::Band>> bands_of(const std::vector<int>& staff) {
  std::set<int> levels(staff.begin(), staff.end());
  levels.erase(0);
  std::vector<std::vector<CentreSpec::Band>> days;
  for (std::size_t i = 0; i < staff.size(); ++i) {
    const std::set<int> to_come(staff.begin() + static_cast<std::ptrdiff_t>(i), staff.end());
    std::vector<CentreSpec::Band>& bands = days.emplace_back();
    int below = 0;
    for (const int level : levels) {
      const bool like_before = below > 0 && to_come.count(below) == 0;
      bands.push_back(
          {level - below, level <= staff[i], like_before ? bands.back().as : bands.size()});
      below = level;
    }
  }
  return days;
}

// The class of calls that go back where the group's staff falls.
void add_sent_back(CentreSpec& spec, std::size_t g) {
  std::vector<std::size_t>& take = spec.groups[g].take;
  const std::size_t own = take.front();
  CentreSpec::Class back = spec.classes[own];
  back.rate = 0;
  back.balk = 0;
  back.menu.clear();
  back.sent_back_of = own;
  take.insert(take.begin(), spec.classes.size());
  spec.classes.push_back(std::move(back));
  spec.skills.push_back(spec.skills[own]);
}

Leaving leaving_of(const AgentGroup& group) {
  if (!staff_falls(group)) return Leaving::kFirstFree;
  switch (group.staff_release) {
    case StaffRelease::kNamed:
      return Leaving::kBands;
    case StaffRelease::kIdleFirst:
      return Leaving::kFirstFree;
    case StaffRelease::kIdleThenBusy:
      return Leaving::kMarked;
    case StaffRelease::kPreempt:
      return Leaving::kSentBack;
  }
  return Leaving::kFirstFree;
}

}  // namespace

CentreDay day_of(const World& world) {
  CentreDay day;
  day.clears = world.day.at_close == AtClose::kClear;
  const std::vector<SimDuration> at = borders(world);
  const CentreSpec spec = centre_of(world);
  for (std::size_t i = 0; i + 1 < at.size(); ++i) {
    day.pieces.push_back({to_seconds(at[i + 1] - at[i]),
                          static_cast<std::size_t>(at[i] / world.day.interval), spec});
    CentreSpec& now = day.pieces.back().spec;
    for (std::size_t c = 0; c < world.caller_types.size(); ++c) {
      const Profile& volume = world.caller_types[c].volume;
      if (!volume.values.empty())
        now.classes[c].rate = value_at(volume, at[i]) / to_seconds(volume.step);
    }
  }
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    std::vector<int> staff;
    for (std::size_t i = 0; i + 1 < at.size(); ++i)
      staff.push_back(staff_at(world.groups[g], at[i]));
    const auto bands = bands_of(staff);
    for (std::size_t i = 0; i < staff.size(); ++i) {
      CentreSpec& now = day.pieces[i].spec;
      CentreSpec::Group& group = now.groups[g];
      group.agents = staff[i];
      group.leaving = leaving_of(world.groups[g]);
      group.pool = *std::max_element(staff.begin(), staff.end());
      if (group.leaving == Leaving::kBands) group.bands = bands[i];
      if (group.leaving == Leaving::kSentBack) add_sent_back(now, g);
    }
  }
  return day;
}

}  // namespace callmill
