#include "models/world/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>

namespace callmill {
namespace {

constexpr std::int64_t kMostIntervals = 100'000;
constexpr double kShareSlack = 1e-6;

// "8h30min", "45s", "0.5s".
std::string in_words(SimDuration d) {
  using namespace std::chrono;
  const auto whole = duration_cast<seconds>(d);
  if (whole != d || whole < minutes{1}) return fmt::format("{:.6g}s", to_seconds(d));
  std::string text;
  if (const auto h = duration_cast<hours>(whole); h.count() > 0)
    text += fmt::format("{}h", h.count());
  if (const auto m = duration_cast<minutes>(whole % hours{1}); m.count() > 0)
    text += fmt::format("{}min", m.count());
  if (const auto s = whole % minutes{1}; s.count() > 0) text += fmt::format("{}s", s.count());
  return text;
}

std::string time_in_words(SimDuration after_midnight) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(after_midnight).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

template <class T>
std::string at(const char* section, const T& entry, const char* key = "") {
  return fmt::format("{}.{}{}{}", section, entry.name, *key == 0 ? "" : ".", key);
}

class Checker {
 public:
  explicit Checker(const World& world) : world_{world} {}

  std::vector<Fault> take() {
    check_day();
    for (const CallerType& caller : world_.caller_types) check_caller(caller);
    for (const Menu& menu : world_.menus) check_menu(menu);
    check_cycles();
    for (std::size_t q = 0; q < world_.queues.size(); ++q) check_queue(world_.queues[q]);
    for (std::size_t g = 0; g < world_.groups.size(); ++g) check_group(GroupId{g});
    for (const ShiftPattern& shift : world_.shifts) check_shift(shift);
    check_targets();
    for (std::size_t i = 0; i < world_.actual.size(); ++i) check_actual(i);
    return std::move(faults_);
  }

 private:
  void found(std::string path, std::string code, std::string message, std::string help = "",
             std::vector<std::string> also = {}) {
    faults_.push_back(
        {std::move(path), std::move(code), std::move(message), std::move(help), std::move(also)});
  }

  template <class IdType, class T>
  bool exists(IdType id, const std::vector<T>& all, const std::string& path) {
    if (id.valid() && id.index() < all.size()) return true;
    found(path, "unknown-name", "is not one of the world's");
    return false;
  }

  void check_law(const std::string& path, const Law& law) {
    if (const std::string wrong = fault(law); !wrong.empty())
      found(path, "law", "is not a law: " + wrong);
  }

  void check_day() {
    const Day& day = world_.day;
    if (day.length() <= SimDuration::zero()) {
      found("day.closes", "day",
            fmt::format("is {}, not after the opening at {}", time_in_words(day.closes),
                        time_in_words(day.opens)),
            "closes may go beyond 24:00", {"day.opens"});
      return;
    }
    if (day.interval <= SimDuration::zero() || day.length() % day.interval != SimDuration::zero()) {
      found("day.interval", "day",
            fmt::format("is {}, which does not divide the day of {}", in_words(day.interval),
                        in_words(day.length())),
            "15min, 30min and 1h are usual", {"day.opens", "day.closes"});
    } else if (day.length() / day.interval > kMostIntervals) {
      found("day.interval", "day",
            fmt::format("cuts the day into {} intervals; at most {} are kept",
                        day.length() / day.interval, kMostIntervals),
            "", {"day.opens", "day.closes"});
    }
    if (day.warm_up < SimDuration::zero() || day.warm_up >= day.length())
      found("day.warm_up", "day",
            fmt::format("is {}, not shorter than the day of {}", in_words(day.warm_up),
                        in_words(day.length())),
            "", {"day.opens", "day.closes"});
  }

  void check_profile(const std::string& path, const Profile& profile) {
    const SimDuration length = world_.day.length();
    if (length <= SimDuration::zero()) return;  // said already
    const auto steps = static_cast<std::int64_t>(profile.values.size());
    if (profile.step <= SimDuration::zero() || length % profile.step != SimDuration::zero()) {
      found(path, "profile",
            fmt::format("has steps of {}, which do not divide the day of {}",
                        in_words(profile.step), in_words(length)),
            "", {"day"});
    } else if (steps != length / profile.step) {
      found(path, "profile",
            fmt::format("has {} values for steps of {}; the day of {} has {} such steps", steps,
                        in_words(profile.step), in_words(length), length / profile.step),
            "", {"day"});
    } else if (std::any_of(profile.values.begin(), profile.values.end(),
                           [](double v) { return !(v >= 0) || std::isinf(v); })) {
      found(path, "range", "has a value below 0");
    }
  }

  void check_destination(const std::string& path, const Destination& to) {
    if (to.kind == Destination::Kind::kQueue) exists(to.queue, world_.queues, path + ".queue");
    if (to.kind == Destination::Kind::kMenu) exists(to.menu, world_.menus, path + ".menu");
    if (to.kind == Destination::Kind::kSelfService)
      check_law(path + ".self_service", to.self_service_time);
  }

  void check_caller(const CallerType& caller) {
    const auto path = [&](const char* key) { return at("callers", caller, key); };
    check_profile(path("volume"), caller.volume);
    if (caller.talk_factor) check_profile(path("talk_factor"), *caller.talk_factor);
    exists(caller.trunks, world_.trunks, path("lines"));
    check_destination(path("enters"), caller.enters);
    if (caller.enters.kind != Destination::Kind::kQueue &&
        caller.enters.kind != Destination::Kind::kMenu)
      found(path("enters"), "choice", "must be a queue or a menu");
    check_law(path("talk"), caller.talk);
    check_law(path("wrap"), caller.wrap);
    if (caller.patience) check_law(path("patience"), *caller.patience);
    const Redial& redial = caller.redial;
    check_law(path("redial.delay"), redial.delay);
    if (redial.max_attempts <= 1 &&
        (redial.after_block.value() > 0 || redial.after_abandon.value() > 0))
      found(path("redial"), "redial", "lets callers call again, but max_attempts is 1",
            "write max_attempts: 3 or more");
  }

  void check_menu(const Menu& menu) {
    check_law(at("menus", menu, "prompt"), menu.prompt);
    const std::string path = at("menus", menu, "options");
    double sum = 0;
    for (const MenuOption& option : menu.options) {
      sum += option.share.value();
      check_destination(fmt::format("{}.{}.to", path, option.key), option.to);
    }
    if (std::abs(sum - 1) > kShareSlack)
      found(path, "share-sum",
            fmt::format("have shares that add up to {:.6g}%; they must add up to 100%", sum * 100),
            "of the callers who do not hang up, everybody takes an option");
  }

  // Depth first; a menu that is met again on the way down closes a cycle.
  void check_cycles() {
    state_.assign(world_.menus.size(), State::kNew);
    for (std::size_t m = 0; m < world_.menus.size(); ++m) walk(m);
  }

  void walk(std::size_t root) {
    struct Frame {
      std::size_t menu, option;
    };
    if (state_[root] != State::kNew) return;
    std::vector<Frame> way{{root, 0}};
    state_[root] = State::kOnWay;
    while (!way.empty()) {
      const std::size_t from = way.back().menu;
      const Menu& menu = world_.menus[from];
      if (way.back().option == menu.options.size()) {
        state_[from] = State::kDone;
        way.pop_back();
        continue;
      }
      const MenuOption& option = menu.options[way.back().option++];
      if (option.to.kind != Destination::Kind::kMenu ||
          option.to.menu.index() >= world_.menus.size())
        continue;
      const std::size_t next = option.to.menu.index();
      if (state_[next] == State::kNew) {
        state_[next] = State::kOnWay;
        way.push_back({next, 0});
      } else if (state_[next] == State::kOnWay) {
        std::string circle;
        const auto begin =
            std::find_if(way.begin(), way.end(), [&](const Frame& f) { return f.menu == next; });
        for (auto frame = begin; frame != way.end(); ++frame)
          circle += world_.menus[frame->menu].name + " > ";
        found(fmt::format("{}.{}.to.menu", at("menus", menu, "options"), option.key), "menu-cycle",
              fmt::format("leads in a circle: {}{}", circle, world_.menus[next].name),
              "menus form a tree; end it in a queue or hang_up");
      }
    }
  }

  void check_queue(const Queue& queue) {
    const std::string path = at("queues", queue, "route");
    if (queue.route.empty()) found(path, "no-route", "has no group; nobody would answer");
    for (std::size_t i = 0; i < queue.route.size(); ++i) {
      const RouteStep& step = queue.route[i];
      const std::string here = fmt::format("{}[{}]", path, i);
      if (i > 0 && step.after < queue.route[i - 1].after)
        found(here + ".after", "order",
              fmt::format("is {}, earlier than the step before it ({})", in_words(step.after),
                          in_words(queue.route[i - 1].after)),
              "steps are in the order in which they open",
              {fmt::format("{}[{}].after", path, i - 1)});
      if (!exists(step.group, world_.groups, here + ".group")) continue;
      const auto twice =
          std::find_if(queue.route.begin(), queue.route.begin() + static_cast<std::ptrdiff_t>(i),
                       [&](const RouteStep& s) { return s.group == step.group; });
      if (twice != queue.route.begin() + static_cast<std::ptrdiff_t>(i))
        found(here + ".group", "route",
              fmt::format("is {} again; it is tried from its first step on",
                          world_.groups[step.group.index()].name));
    }
  }

  bool routes_to(const Queue& queue, GroupId group) const {
    return std::any_of(queue.route.begin(), queue.route.end(),
                       [&](const RouteStep& s) { return s.group == group; });
  }

  void check_group(GroupId id) {
    const AgentGroup& group = world_.groups[id.index()];
    const bool has_shift = std::any_of(world_.shifts.begin(), world_.shifts.end(),
                                       [&](const ShiftPattern& s) { return s.group == id; });
    const bool has_roster = std::any_of(world_.roster.begin(), world_.roster.end(),
                                        [&](const DutyPeriod& d) { return d.group == id; });
    if (group.staff) {
      check_profile(at("groups", group, "staff"), *group.staff);
    } else if (!has_shift && !has_roster) {
      found(at("groups", group), "no-staff", "has neither staff nor a shift that staffs it",
            "add staff, or a shift with this group", {at("groups", group, "staff"), "shifts"});
    }
    if (group.kind == GroupKind::kOutbound && !group.dialling)
      found(at("groups", group), "dialling", "is an outbound group and needs the key dialling", "",
            {at("groups", group, "kind")});
    if (group.kind == GroupKind::kInbound && group.dialling)
      found(at("groups", group, "dialling"), "dialling", "has no use in an inbound group",
            "kind: flex answers and dials", {at("groups", group, "kind")});
    if (group.dialling) {
      check_law(at("groups", group, "dialling.pause"), group.dialling->pause);
      if (fault(group.dialling->pause).empty() && mean(group.dialling->pause) <= 0)
        found(at("groups", group, "dialling.pause"), "dialling", "is 0; dials would never end",
              "the pause stands for choosing the number and ringing");
      check_law(at("groups", group, "dialling.talk"), group.dialling->talk);
      check_law(at("groups", group, "dialling.wrap"), group.dialling->wrap);
    }
    if (!group.takes.empty()) check_takes(id, group);
  }

  // A list of queues that leaves one out, or names one that is not routed here, is half of a
  // change.
  void check_takes(GroupId id, const AgentGroup& group) {
    const std::string path = at("groups", group, "takes");
    for (std::size_t i = 0; i < group.takes.size(); ++i) {
      const std::string here = fmt::format("{}[{}]", path, i);
      if (!exists(group.takes[i], world_.queues, here)) continue;
      const Queue& queue = world_.queues[group.takes[i].index()];
      if (!routes_to(queue, id))
        found(here, "takes",
              fmt::format("is {}, whose route does not lead to {}", queue.name, group.name),
              fmt::format("add {{group: {}}} to its route", group.name),
              {at("queues", queue, "route")});
      if (std::find(group.takes.begin(), group.takes.begin() + static_cast<std::ptrdiff_t>(i),
                    group.takes[i]) != group.takes.begin() + static_cast<std::ptrdiff_t>(i))
        found(here, "takes", fmt::format("is {} again", queue.name));
    }
    for (std::size_t q = 0; q < world_.queues.size(); ++q)
      if (routes_to(world_.queues[q], id) &&
          std::find(group.takes.begin(), group.takes.end(), QueueId{q}) == group.takes.end())
        found(path, "takes",
              fmt::format("leaves out {}, whose route leads here", world_.queues[q].name),
              "name it too, or leave takes out", {at("queues", world_.queues[q], "route")});
  }

  void check_shift(const ShiftPattern& shift) {
    const auto path = [&](const char* key) { return at("shifts", shift, key); };
    exists(shift.group, world_.groups, path("group"));
    if (shift.length <= SimDuration::zero())
      found(path("length"), "shift", "must be greater than 0s");
    if (shift.last_start < shift.first_start) {
      found(path("starts.to"), "shift",
            fmt::format("is {}, before from ({})", time_in_words(shift.last_start),
                        time_in_words(shift.first_start)),
            "times go on beyond 24:00 for starts after midnight", {path("starts")});
    } else if (shift.start_every <= SimDuration::zero() ||
               (shift.last_start - shift.first_start) % shift.start_every != SimDuration::zero()) {
      found(path("starts.to"), "shift",
            fmt::format("is {}, which steps of {} from {} do not meet",
                        time_in_words(shift.last_start), in_words(shift.start_every),
                        time_in_words(shift.first_start)),
            "", {path("starts")});
    }
    check_breaks(shift);
  }

  void check_breaks(const ShiftPattern& shift) {
    for (std::size_t i = 0; i < shift.breaks.size(); ++i) {
      const Break& rest = shift.breaks[i];
      const std::string here = fmt::format("{}[{}]", at("shifts", shift, "breaks"), i);
      const SimDuration end = rest.latest + rest.length;
      if (rest.latest < rest.earliest)
        found(here + ".latest", "break",
              fmt::format("is {}, before earliest ({})", in_words(rest.latest),
                          in_words(rest.earliest)),
              "", {here});
      if (end > shift.length)
        found(here, "break",
              fmt::format("can end {} after the shift's start; the shift is {} long", in_words(end),
                          in_words(shift.length)),
              "", {at("shifts", shift, "length")});
      if (i == 0) continue;
      const Break& before = shift.breaks[i - 1];
      if (before.latest + before.length > rest.earliest)
        found(here + ".earliest", "break",
              fmt::format("is {}, but the break before it can last until {}",
                          in_words(rest.earliest), in_words(before.latest + before.length)),
              "windows of breaks must not be able to overlap",
              {here, fmt::format("{}[{}]", at("shifts", shift, "breaks"), i - 1)});
    }
  }

  // Figures are compared interval by interval.
  void check_actual(std::size_t i) {
    const std::string here = fmt::format("actual[{}].values", i);
    const Profile& values = world_.actual[i].values;
    check_profile(here, values);
    if (values.step != world_.day.interval)
      found(here, "profile",
            fmt::format("has steps of {}; it needs the day's interval, {}", in_words(values.step),
                        in_words(world_.day.interval)),
            "", {"day.interval", "day"});
  }

  void check_targets() {
    for (std::size_t i = 0; i < world_.targets.size(); ++i) {
      const Target& target = world_.targets[i];
      const std::string here = fmt::format("targets[{}]", i);
      if (target.queue) exists(*target.queue, world_.queues, here + ".queue");
      if (target.trunks) exists(*target.trunks, world_.trunks, here + ".lines");
      if (!(target.value >= 0) || (target.metric != "asa" && target.value > 1))
        found(here, "range", "has a value out of its range");
    }
  }

  enum class State : std::uint8_t { kNew, kOnWay, kDone };

  const World& world_;
  std::vector<Fault> faults_;
  std::vector<State> state_;  // of each menu
};

}  // namespace

std::vector<Fault> contradictions(const World& world) {
  return Checker{world}.take();
}

std::vector<std::string> faults(const World& world) {
  std::vector<std::string> texts;
  for (const Fault& fault : contradictions(world))
    texts.push_back(fault.path + " " + fault.message);
  for (const TrunkGroup& trunk : world.trunks)
    if (!trunk.lines)
      texts.push_back(at("lines", trunk, "lines") + " is not set; plan sizes it, a run needs it");
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const bool has_roster = std::any_of(world.roster.begin(), world.roster.end(),
                                        [&](const DutyPeriod& d) { return d.group == GroupId{g}; });
    if (!world.groups[g].staff && !has_roster)
      texts.push_back(at("groups", world.groups[g], "staff") +
                      " is not set; plan staffs it, a run needs it");
  }
  if (world.caller_types.empty()) texts.push_back("callers is empty; nobody would call");
  return texts;
}

}  // namespace callmill
