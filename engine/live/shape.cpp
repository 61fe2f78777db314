#include "engine/live/shape.h"

#include <algorithm>

namespace callmill::live {
namespace {

class Differences {
 public:
  // False where `what` differs.
  template <class T>
  bool same(const T& a, const T& b, const std::string& what) {
    if (a == b) return true;
    if (std::find(found_.begin(), found_.end(), what) == found_.end()) found_.push_back(what);
    return false;
  }
  template <class T, class Same>
  bool all(const std::vector<T>& a, const std::vector<T>& b, Same&& is_same,
           const std::string& what) {
    return same(std::equal(a.begin(), a.end(), b.begin(), b.end(), is_same), true, what);
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

void compare_days(const Blueprint& a, const Blueprint& b, Differences& d) {
  d.same(a.horizon, b.horizon, "the open hours");
  d.same(a.opens, b.opens, "the open hours");
  d.same(a.interval, b.interval, "the length of intervals");
  d.same(a.intervals, b.intervals, "the number of days");
  d.same(a.first_counted, b.first_counted, "the warm-up");
  d.same(a.busyness_cv, b.busyness_cv, "how much days differ");
  d.all(
      a.days.spells, b.days.spells,
      [](const OpenSpell& x, const OpenSpell& y) { return x.from == y.from && x.to == y.to; },
      "the open hours");
  d.same(a.days.clears, b.days.clears, "what becomes of who waits at closing");
}

void compare_lines(const World& world, const Blueprint& a, const Blueprint& b, Differences& d) {
  if (!d.same(a.first_line.size(), b.first_line.size(), "the number of trunk groups")) return;
  for (std::size_t t = 0; t + 1 < a.first_line.size(); ++t)
    d.same(a.first_line[t + 1] - a.first_line[t], b.first_line[t + 1] - b.first_line[t],
           "the lines of " + world.trunks[t].name + " (use the command lines)");
  d.all(
      a.line_failures, b.line_failures,
      [](const LineFailurePlan& x, const LineFailurePlan& y) {
        return x.trunks == y.trunks && x.key == y.key && x.number == y.number &&
               x.lines == y.lines && x.at_random == y.at_random && x.from == y.from && x.to == y.to;
      },
      "when lines fail");
}

void compare_types(const World& world, const Blueprint& a, const Blueprint& b, Differences& d) {
  if (!d.same(a.types.size(), b.types.size(), "the number of caller types") ||
      !d.same(a.caller_types, b.caller_types, "the number of caller types"))
    return;
  for (std::uint32_t t = 0; t < a.types.size(); ++t) {
    const std::string name =
        t < a.caller_types ? world.caller_types[t].name : std::string{"a campaign's parties"};
    const CallerTypePlan &x = a.types[t], &y = b.types[t];
    d.same(x.key, y.key, "the name of " + name);
    d.same(static_cast<int>(x.channel), static_cast<int>(y.channel), "the channel of " + name);
    d.same(x.keeps_story, y.keeps_story, "whether callers of " + name + " call again");
    d.same(x.follows_up, y.follows_up, "whether contacts of " + name + " are followed up");
    d.same(x.priority_class, y.priority_class, "the priority of " + name);
    d.same(x.trunks, y.trunks, "the lines that " + name + " call on");
    d.same(x.transfers.size(), y.transfers.size(), "the transfers of " + name);
    d.same(x.message.used, y.message.used, "the channel of " + name);
  }
  d.same(a.priority_of_class, b.priority_of_class, "the priorities");
}

void compare_menus(const Blueprint& a, const Blueprint& b, Differences& d) {
  d.same(a.menus.size(), b.menus.size(), "the number of menus");
  d.same(a.self_service.size(), b.self_service.size(), "the number of self-services or notices");
  d.same(a.agent_wishes.size(), b.agent_wishes.size(), "the wishes for an agent");
}

void compare_queues(const World& world, const Blueprint& a, const Blueprint& b, Differences& d) {
  if (!d.same(a.queues.size(), b.queues.size(), "the number of queues")) return;
  for (std::size_t q = 0; q < a.queues.size(); ++q) {
    const QueuePlan &x = a.queues[q], &y = b.queues[q];
    const std::string& name = world.queues[q].name;
    d.same(name.empty(), false, "a queue's name");
    d.same(x.route_group.size(), y.route_group.size(), "the number of steps of " + name);
    d.same(x.messages, y.messages, "what waits in " + name);
    d.same(x.chats, y.chats, "what waits in " + name);
    d.same(x.special, y.special, "whether " + name + " has routing rules");
    d.same(x.voicemail, y.voicemail, "whether " + name + " takes messages");
    d.same(x.repeats, y.repeats, "whether " + name + " announces again");
    d.same(x.callback.has_value(), y.callback.has_value(), "whether " + name + " calls back");
    d.same(x.deflection.has_value(), y.deflection.has_value(),
           "whether " + name + " offers another channel");
    d.same(x.predictor.last, y.predictor.last, "the waits that " + name + " remembers");
    d.same(x.predictor.first_recent, y.predictor.first_recent, "the waits that queues remember");
  }
  d.same(a.recent_waits, b.recent_waits, "the waits that queues remember");
}

void compare_groups(const World& world, const Blueprint& a, const Blueprint& b, Differences& d) {
  if (!d.same(a.groups.size(), b.groups.size(), "the number of groups")) return;
  for (std::size_t g = 0; g < a.groups.size(); ++g) {
    const GroupPlan &x = a.groups[g], &y = b.groups[g];
    const std::string& name = world.groups[g].name;
    d.same(x.key, y.key, "the name of " + name);
    d.same(x.agents, y.agents, "the people of " + name + " (use the command agents)");
    d.same(x.first_agent, y.first_agent, "the order of groups");
    d.same(x.spare, y.spare, "the people of " + name + " (use the command agents)");
    d.same(x.special, y.special, "how " + name + " pick calls");
    d.same(x.personal, y.personal, "whether people of " + name + " differ");
    d.same(x.chats_at_once, y.chats_at_once, "the chats at once of " + name);
    d.same(x.dials, y.dials, "whether " + name + " dial");
    d.same(static_cast<int>(x.people.release), static_cast<int>(y.people.release),
           "who of " + name + " leaves");
    d.same(x.people.attends, y.people.attends, "whether " + name + " keep their hours");
    d.same(a.floor.call_in[g].agents, b.floor.call_in[g].agents,
           "the people who can be called in to " + name);
  }
  d.all(
      a.changes, b.changes,
      [](const DutyChange& x, const DutyChange& y) {
        return x.at == y.at && x.agent == y.agent && x.duty == y.duty && x.code == y.code;
      },
      "who works when (use agents, overtime, delay_breaks or call_in)");
}

void compare_floor(const Blueprint& a, const Blueprint& b, Differences& d) {
  d.same(a.floor.rules.size(), b.floor.rules.size(), "the number of rules");
  d.same(a.floor.events.size(), b.floor.events.size(), "the number of events");
  d.all(
      a.floor.events, b.floor.events,
      [](const EventPlan& x, const EventPlan& y) {
        return x.kind == y.kind &&
               (x.kind != Event::Kind::kSiteLoss || (x.share == y.share && x.groups == y.groups));
      },
      "whom a loss of a site strikes");
  d.same(a.floor.conditions.size(), b.floor.conditions.size(), "the number of conditions");
  d.same(a.floor.dialling, b.floor.dialling, "whether rules stop or start dialling");
  const auto counts = [](const RulePlan& x, const RulePlan& y) {
    return x.first_when == y.first_when && x.first_until == y.first_until &&
           x.last_until == y.last_until && x.then.size() == y.then.size();
  };
  d.all(
      a.floor.rules, b.floor.rules,
      [&](const RulePlan& x, const RulePlan& y) { return x.by_hand || counts(x, y); },
      "the number of conditions or actions of a rule");
  d.same(a.gauges.kept, b.gauges.kept, "what conditions look at");
  d.same(a.gauges.times, b.gauges.times, "what conditions look at");
  d.same(a.gauges.minutes, b.gauges.minutes, "how far conditions look back");
}

void compare_campaigns(const World& world, const Blueprint& a, const Blueprint& b, Differences& d) {
  if (!d.same(a.campaigns.size(), b.campaigns.size(), "the number of campaigns")) return;
  for (std::size_t k = 0; k < a.campaigns.size(); ++k) {
    const CampaignPlan &x = a.campaigns[k], &y = b.campaigns[k];
    const std::string& name = world.campaigns[k].name;
    d.same(x.key, y.key, "the name of " + name);
    d.same(x.numbers, y.numbers, "the numbers of " + name);
    d.same(x.most_per_week > 0, y.most_per_week > 0, "whether " + name + " counts dials a week");
    d.same(static_cast<int>(x.mode), static_cast<int>(y.mode), "how " + name + " dials");
  }
}

// Parts that a Centre keeps vectors for.
void compare_parts(const Blueprint& a, const Blueprint& b, Differences& d) {
  d.same(a.has_messages, b.has_messages, "whether there are messages");
  d.same(a.has_chats, b.has_chats, "whether there are chats");
  d.same(a.most_chats, b.most_chats, "the chats at once");
  d.same(a.keeps_agent_files(), b.keeps_agent_files(),
         "whether policies ask what agents have done");
  d.same(a.agent_books, b.agent_books, "whether policies ask what agents have done");
  d.same(a.asks_agents, b.asks_agents, "whether calls may wait for one agent");
  d.same(a.has_personal, b.has_personal, "whether agents differ");
  d.same(a.learns, b.learns, "whether agents learn");
  d.same(a.attends, b.attends, "whether people keep their hours");
  d.same(a.tracks_people, b.tracks_people, "whether hours are watched");
  d.same(a.tracks_callers, b.tracks_callers, "whether callers call again");
  d.same(a.follows_up, b.follows_up, "whether contacts are followed up");
  d.same(a.calls_back, b.calls_back, "whether there are callbacks");
  d.same(a.transfers, b.transfers, "whether calls are passed on");
  d.same(a.measures_handling, b.measures_handling, "what conditions look at");
  d.same(a.opening_calls, b.opening_calls, "the calls at opening");
  d.same(a.prices.any, b.prices.any, "whether there are prices");
}

}  // namespace

std::vector<std::string> shape_differences(const World& world, const Blueprint& a,
                                           const Blueprint& b) {
  Differences d;
  compare_days(a, b, d);
  compare_lines(world, a, b, d);
  compare_types(world, a, b, d);
  compare_menus(a, b, d);
  compare_queues(world, a, b, d);
  compare_groups(world, a, b, d);
  compare_floor(a, b, d);
  compare_campaigns(world, a, b, d);
  compare_parts(a, b, d);
  return d.take();
}

}  // namespace callmill::live
