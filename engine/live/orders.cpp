#include "engine/live/orders.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/diagnostic.h"
#include "engine/live/live_drive.h"
#include "engine/live/shape.h"

namespace callmill::live {
namespace {

using Kind = Command::Kind;

constexpr double kMostFactor = 100;
constexpr SimDuration kLongestOrder = std::chrono::hours{24};

template <class Items>
std::vector<std::string> names_of(const Items& items) {
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back(item.name);
  return names;
}

std::string one_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 8;
  std::string text = "one of ";
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i)
    text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kShown) text += fmt::format(" and {} more", names.size() - kShown);
  return text;
}

// The checks of one command, a function a kind of question.
class Check {
 public:
  Check(const LiveCentre& live, const Command& command)
      : live_{live}, world_{live.world()}, c_{command} {}

  std::vector<CommandError> take() { return faults_.take(); }
  const Meant& meant() const { return meant_; }

  void all() {
    if (live_.ended()) {
      faults_.add("", "the day is over");
      return;
    }
    switch (c_.kind) {
      case Kind::kAgents:
        if (group("group", meant_.group)) agents_by();
        break;
      case Kind::kMove:
        move();
        break;
      case Kind::kLines:
        lines();
        break;
      case Kind::kSurge:
        types();
        if (!(c_.factor >= 0 && c_.factor <= kMostFactor) || c_.factor == 1)
          faults_.add("factor", fmt::format("a factor of {}", c_.factor), "0 to 100, and not 1");
        break;
      case Kind::kCallIn:
        if (group("group", meant_.group)) people_to_call();
        break;
      case Kind::kEndBreaks:
        if (group("group", meant_.group) && on_break(live_, meant_.group) == 0)
          faults_.add("group", fmt::format("nobody of {} is on a break now", c_.group));
        break;
      case Kind::kSet:
        set();
        break;
      case Kind::kEnd:
        end();
        break;
      default:
        with_rule();
        break;
    }
    if (lasts(c_.kind)) time("for", c_.lasts, SimDuration{0});
  }

 private:
  bool group(const std::string& field, std::uint32_t& into) {
    const auto found =
        faults_.find(names_of(world_.groups), field == "to" ? c_.to : c_.group, field, "group");
    into = found.value_or(0);
    return found.has_value();
  }
  bool queue() {
    const auto found = faults_.find(names_of(world_.queues), c_.queue, "queue", "queue");
    meant_.queue = found.value_or(0);
    return found.has_value();
  }
  void types() {
    const std::vector<std::string> names = names_of(world_.caller_types);
    meant_.types.assign(names.size(), c_.types.empty() ? 1 : 0);
    for (std::size_t i = 0; i < c_.types.size(); ++i)
      if (const auto t =
              faults_.find(names, c_.types[i], fmt::format("types/{}", i), "caller type"))
        meant_.types[*t] = 1;
  }
  void time(const std::string& field, SimDuration value, SimDuration least) {
    if (value < least || value > kLongestOrder)
      faults_.add(field, fmt::format("{} s", to_seconds(value)),
                  least > SimDuration{0} ? "more than 0, at most 24 h" : "at most 24 h");
  }
  void share(const std::string& field, double value, bool more_than_zero) {
    if (!(value >= 0 && value <= 1) || (more_than_zero && value <= 0))
      faults_.add(field, fmt::format("a share of {}", value),
                  more_than_zero ? "more than 0, at most 1" : "0 to 1");
  }

  void agents_by() {
    const std::uint32_t more = can_bring(live_, meant_.group),
                        fewer = can_leave(live_, meant_.group);
    if (c_.by == 0)
      faults_.add("by", "0 people", "a number other than 0");
    else if (c_.by > 0 && c_.by > std::int64_t{more})
      faults_.add("by", fmt::format("{} has {} people who can come", c_.group, more),
                  fmt::format("at most {}", more));
    else if (c_.by < 0 && -c_.by > std::int64_t{fewer})
      faults_.add("by", fmt::format("{} people of {} are at work now", fewer, c_.group),
                  fmt::format("at least -{}", fewer));
  }
  void move() {
    const bool from = group("group", meant_.group), to = group("to", meant_.to);
    if (!from || !to) return;
    if (meant_.group == meant_.to)
      faults_.add("to", fmt::format("{} is where they are", c_.to), "another group");
    const std::uint32_t most = can_move(live_, meant_.group, meant_.to);
    if (c_.agents < 1)
      faults_.add("agents", fmt::format("{} people", c_.agents), "at least 1");
    else if (c_.agents > std::int64_t{most})
      faults_.add("agents", fmt::format("{} people of {} are at work now", most, c_.group),
                  fmt::format("at most {}", most));
  }
  void lines() {
    const auto found = faults_.find(names_of(world_.trunks), c_.trunks, "trunks", "trunk group");
    if (!found) return;
    meant_.trunks = *found;
    const Blueprint& plan = live_.plan();
    const std::int64_t spare = plan.spare_lines[*found], opened = live_.hand().lines[*found];
    const std::int64_t own = plan.first_line[*found + 1] - plan.first_line[*found] - spare;
    if (c_.by == 0)
      faults_.add("by", "0 lines", "a number other than 0");
    else if (c_.by > spare - opened)
      faults_.add("by", fmt::format("{} has {} lines to open", c_.trunks, spare - opened),
                  fmt::format("at most {}", spare - opened));
    else if (-c_.by > own + opened)
      faults_.add("by", fmt::format("{} has {} lines", c_.trunks, own + opened),
                  fmt::format("at least -{}", own + opened));
  }
  void people_to_call() {
    const std::uint32_t left = can_call_in(live_, meant_.group);
    if (live_.plan().floor.call_in[meant_.group].agents == 0)
      faults_.add("group", fmt::format("{} has nobody to call in", c_.group),
                  "a group with call_in");
    else if (c_.agents < 0 || c_.agents > std::int64_t{left} || left == 0)
      faults_.add("agents", fmt::format("{} has {} people left to call in", c_.group, left),
                  left == 0 ? "" : fmt::format("at most {}; 0 for all", left));
  }
  void with_rule() {
    switch (c_.kind) {
      case Kind::kDelayBreaks:
      case Kind::kOvertime:
        if (group("group", meant_.group) && c_.kind == Kind::kOvertime) no_other_overtime();
        time("by", c_.by_time, SimDuration{1});
        if (c_.agents < 0)
          faults_.add("agents", fmt::format("{} people", c_.agents), "at least 1; 0 for all");
        break;
      case Kind::kNotice:
        if (!c_.queue.empty())
          queue();
        else
          meant_.queue = kOfAll;
        share("deflect", c_.deflect, false);
        share("hang_up", c_.hang_up, false);
        if (c_.deflect == 0 && c_.hang_up == 0)
          faults_.add("deflect", "a notice that nobody heeds", "deflect or hang_up above 0");
        break;
      case Kind::kShed:
        types();
        share("share", c_.share, true);
        break;
      case Kind::kOpenStep:
      case Kind::kCloseStep:
        step();
        break;
      default:
        queue();
        break;
    }
    if (!free_slot(live_))
      faults_.add("", fmt::format("{} commands that last are in force", kMostInForce),
                  "end one of them first");
  }
  void no_other_overtime() {
    const Hand& hand = live_.hand();
    for (std::size_t s = 0; s < hand.slots.size(); ++s)
      if (live_.centre().floor.rules[rule_of(live_.plan(), s)].on &&
          hand.slots[s].command.kind == Kind::kOvertime && hand.slots[s].command.group == c_.group)
        faults_.add(
            "group",
            fmt::format("command {} has {} on overtime already", hand.slots[s].seq, c_.group),
            "end it first");
  }
  void step() {
    if (!group("group", meant_.group) || !queue()) return;
    const std::vector<std::uint32_t>& route = live_.plan().queues[meant_.queue].route_group;
    const auto found = std::find(route.begin(), route.end(), meant_.group);
    if (found == route.end()) {
      std::vector<std::string> groups;
      for (const std::uint32_t g : route) groups.push_back(world_.groups[g].name);
      faults_.add("group", fmt::format("{} has no step to {}", c_.queue, c_.group), one_of(groups),
                  nearest(c_.group, groups));
      return;
    }
    meant_.step = static_cast<std::uint32_t>(found - route.begin());
    const bool closed =
        live_.centre().floor.levers.closed[live_.plan().floor.step(meant_.queue, meant_.step)] != 0;
    if (closed == (c_.kind == Kind::kCloseStep))
      faults_.add("group", fmt::format("the step of {} to {} is {} already", c_.queue, c_.group,
                                       closed ? "closed" : "open"));
  }
  void end() {
    const std::vector<std::uint64_t> seqs = in_force(live_);
    if (std::find(seqs.begin(), seqs.end(), c_.command) != seqs.end()) return;
    std::vector<std::string> numbers;
    for (const std::uint64_t seq : seqs) numbers.push_back(std::to_string(seq));
    faults_.add("command", fmt::format("command {} is not in force", c_.command),
                numbers.empty() ? "none is" : one_of(numbers));
  }
  void set() {
    if (c_.path.empty()) faults_.add("path", "no path", "queues.sales.service_level.within");
    if (!faults_.none()) return;
    for (CommandError& error : live_.edit(c_).errors)
      faults_.add(error.pointer.starts_with('/') ? error.pointer.substr(1) : error.pointer,
                  error.detail, error.expected, error.nearest);
  }

  const LiveCentre& live_;
  const World& world_;
  const Command& c_;
  Meant meant_;
  Faults faults_;
};

}  // namespace

void Faults::add(std::string field, std::string detail, std::string expected, std::string nearest) {
  errors_.push_back({field.empty() ? field : "/" + field, std::move(detail), std::move(expected),
                     std::move(nearest)});
}

std::optional<std::uint32_t> Faults::find(const std::vector<std::string>& names,
                                          const std::string& name, const std::string& field,
                                          const std::string& kind) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  if (names.empty())
    add(field, fmt::format("the scenario has no {}", kind));
  else if (name.empty())
    add(field, fmt::format("no {} is named", kind), one_of(names));
  else
    add(field, fmt::format("no {} is called \"{}\"", kind, name), one_of(names),
        nearest(name, names));
  return {};
}

std::vector<CommandError> Orders::check(const LiveCentre& live, const Command& command) {
  Check check{live, command};
  check.all();
  return check.take();
}

void Orders::carry_out(const Command& command, std::uint64_t seq) {
  Check check{live_, command};
  if (command.kind != Kind::kSet) check.all();
  const Meant& meant = check.meant();
  const std::uint32_t by_hand = live_.plan().floor.first_by_hand;
  switch (command.kind) {
    case Kind::kAgents:
      live_.drive([&](const Drive& d) { change_agents(d, meant.group, command.by); });
      return;
    case Kind::kMove:
      live_.drive([&](const Drive& d) {
        move_agents(d, by_hand, meant.group, meant.to, static_cast<std::uint32_t>(command.agents));
      });
      return;
    case Kind::kLines:
      live_.hand_.lines[meant.trunks] += command.by;
      live_.drive([&](const Drive& d) { change_lines(d, meant.trunks, command.by); });
      return;
    case Kind::kCallIn: {
      const std::uint32_t all = can_call_in(live_, meant.group);
      live_.drive([&](const Drive& d) {
        call_in(d, by_hand, meant.group,
                command.agents == 0 ? all : static_cast<std::uint32_t>(command.agents));
      });
      return;
    }
    case Kind::kEndBreaks:
      live_.drive([&](const Drive& d) { end_breaks(d, by_hand, meant.group); });
      return;
    case Kind::kSurge:
      live_.hand_.surges.push_back(
          {seq, meant.types, command.factor, live_.now(),
           command.lasts > SimDuration{0} ? live_.now() + command.lasts : SimTime::max()});
      change_plan(live_.base_);
      return;
    case Kind::kSet:
      set(command);
      return;
    case Kind::kEnd:
      end(command.command);
      return;
    default:
      give_rule(command, meant, seq);
      return;
  }
}

void Orders::change_plan(std::shared_ptr<const Blueprint> base) {
  const std::shared_ptr<const Blueprint> before = live_.plan_;
  live_.base_ = std::move(base);
  live_.plan_ = plan_by_hand(*live_.base_, live_.hand_);
  live_.recorder_.follow(*live_.plan_);
  live_.drive([&](const Drive& d) { take_over(d, *before); });
}

void Orders::give_rule(const Command& command, const Meant& meant, std::uint64_t seq) {
  // One that closed the step by hand ends where it opens again, and the other way round.
  if (command.kind == Kind::kOpenStep || command.kind == Kind::kCloseStep) {
    const std::uint32_t step = live_.plan().floor.step(meant.queue, meant.step);
    for (std::size_t s = 0; s < live_.hand_.slots.size(); ++s) {
      const Hand::Slot& slot = live_.hand_.slots[s];
      const std::uint32_t rule = rule_of(live_.plan(), s);
      const bool of_steps =
          slot.command.kind == Kind::kOpenStep || slot.command.kind == Kind::kCloseStep;
      if (live_.centre().floor.rules[rule].on && of_steps &&
          live_.plan().floor.step(slot.action.queue, slot.action.step) == step)
        live_.drive([&](const Drive& d) { end_rule(d, rule); });
    }
    const bool closed = live_.centre().floor.levers.closed[step] != 0;
    if (closed == (command.kind == Kind::kCloseStep)) return;
  }
  const std::size_t slot = free_slot(live_).value();
  live_.hand_.slots[slot] = {seq, command, action_of(command, meant, live_.plan())};
  change_plan(live_.base_);
  live_.drive([&](const Drive& d) { begin_rule(d, rule_of(d.plan, slot)); });
}

void Orders::end(std::uint64_t seq) {
  for (Hand::Surge& surge : live_.hand_.surges) {
    if (surge.seq != seq) continue;
    surge.to = live_.now();
    change_plan(live_.base_);
    return;
  }
  for (std::size_t s = 0; s < live_.hand_.slots.size(); ++s)
    if (live_.hand_.slots[s].seq == seq)
      live_.drive([&](const Drive& d) { end_rule(d, rule_of(d.plan, s)); });
}

void Orders::set(const Command& command) {
  EditedWorld edited = live_.edit(command);
  live_.settings_.emplace_back(command.path, command.value);
  live_.world_ = std::make_shared<const World>(std::move(edited.world).value());
  live_.note_events();
  change_plan(make_live_plan(*live_.world_, live_.room_));
}

}  // namespace callmill::live
