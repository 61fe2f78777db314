#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/chains/of_world.h"
#include "models/chains/ranks.h"

namespace callmill {
namespace {

class Finder {
 public:
  explicit Finder(const World& world) : world_{world} {}

  std::vector<Fault> find() {
    whole_centre();
    for (const TrunkGroup& t : world_.trunks) lines(t);
    for (const Menu& m : world_.menus) menu(m);
    for (const CallerType& k : world_.caller_types) callers(k);
    for (const Queue& q : world_.queues) queue(q);
    for (const AgentGroup& g : world_.groups) group(g);
    ranks();
    return std::move(faults_);
  }

 private:
  void refuse(bool it_is, std::string path, std::string what, std::string help = "") {
    if (it_is)
      faults_.push_back({std::move(path), "not-exact", std::move(what), std::move(help), {}});
  }
  void exponential(const Law& law, const std::string& path) {
    refuse(!std::holds_alternative<ExponentialLaw>(law), path,
           fmt::format("is {}; a chain needs exponential laws", describe(law)),
           fmt::format("exponential(mean {:g} s) has the same mean", mean(law)));
  }
  void exponential_or_none(const Law& law, const std::string& path) {
    if (mean(law) > 0) exponential(law, path);
  }
  void constant(const Profile& p, const std::string& path) {
    const bool changes = std::any_of(p.values.begin(), p.values.end(),
                                     [&](double v) { return v != p.values.front(); });
    refuse(changes || !p.by_day.empty(), path,
           "changes over the day, while calls keep the one they began with", "give it one value");
  }
  void of_one_day(const Profile& p, const std::string& path) {
    refuse(!p.by_day.empty(), path + ".by_day", "differs by day", "run one day");
  }

  void whole_centre() {
    refuse(world_.several_days(), "days", "cover more than one day", "run one day");
    refuse(world_.busyness_cv > 0, "busyness", "makes days differ", "leave it out");
    refuse(!world_.campaigns.empty(), "campaigns", "dial from lists that end",
           "outbound calls of idle agents: groups[].dialling");
    refuse(!world_.events.empty(), "events", "strike at stated times", "leave them out");
    refuse(!world_.rules.empty(), "rules", "watch how long something lasts", "leave them out");
    refuse(!world_.roster.empty() || !world_.team.empty(), "roster",
           "names agents; in a chain those of a group are alike", "give groups[].staff");
    refuse(world_.satisfaction.has_value(), "satisfaction", "is not computed", "leave it out");
    refuse(world_.caller_types.empty() || world_.groups.empty(), "callers",
           "and groups are needed");
  }

  void lines(const TrunkGroup& t) {
    const std::string at = "lines." + t.name;
    refuse(t.network_loss.value() > 0, at + ".network_loss", "is not in the chain",
           "make the volume smaller by it");
    refuse(!t.outages.empty(), at + ".outages", "strike at stated times", "leave them out");
    refuse(!t.breakdowns.empty(), at + ".breakdowns", "are not in the chain", "leave them out");
  }

  void menu(const Menu& m) {
    const std::string at = "menus." + m.name;
    exponential(m.prompt, at + ".prompt");
    refuse(m.no_key.value() > 0, at + ".no_key", "repeats the prompt", "leave it out");
    refuse(m.wrong_key.value() > 0, at + ".wrong_key", "repeats the prompt", "leave it out");
    refuse(!m.variants.empty(), at + ".variants", "change by caller and hour",
           "give each caller type a menu of its own");
    for (const MenuOption& option : m.options)
      destination(option.to, at + ".options." + option.key);
  }

  void destination(const Destination& to, const std::string& at) {
    using Kind = Destination::Kind;
    refuse(to.kind == Kind::kAgent, at, "asks for an agent by name; in a chain they are alike",
           "a queue");
    refuse(to.kind == Kind::kContact, at, "goes on by another channel", "a queue");
    if (to.kind == Kind::kSelfService) exponential_or_none(to.self_service_time, at + ".time");
    for (const Destination& otherwise : to.otherwise) destination(otherwise, at + ".otherwise");
  }

  void callers(const CallerType& k) {
    const std::string at = "callers." + k.name;
    refuse(k.channel != Channel::kVoice, at + ".channel", "is not voice", "leave it out");
    of_one_day(k.volume, at + ".volume");
    refuse(k.opening > 0, at + ".opening", "is there before the centre opens, which begins empty",
           "leave it out");
    refuse(queues_of(world_, k.enters).size() > 1, at + ".enters",
           "leads to several queues, and the chain has one for each type",
           "a caller type, with a menu, for each queue");
    refuse(!k.shared_trunks.empty(), at + ".lines", "go on to other lines", "give one line group");
    refuse(k.enters.kind != Destination::Kind::kQueue && k.enters.kind != Destination::Kind::kMenu,
           at + ".enters", "is neither a queue nor a menu");
    refuse(k.ageing > 0, at + ".ageing", "makes the wait count in the order", "leave it out");
    if (k.patience) exponential(*k.patience, at + ".patience");
    if (k.patience_factor) constant(*k.patience_factor, at + ".patience_factor");
    refuse(k.patience && k.never_hangs_up.value() > 0, at + ".never_hangs_up",
           "makes two kinds of patience", "make a caller type of them");
    exponential(k.talk, at + ".talk");
    exponential_or_none(k.wrap, at + ".wrap");
    if (k.talk_factor) constant(*k.talk_factor, at + ".talk_factor");
    again(k, at);
    refuse(!k.transfers.empty(), at + ".transfers", "are not in the chain", "leave them out");
    refuse(k.resolution.has_value(), at + ".resolution", "brings callers back later",
           "docs/models/repeat-calls.md has their fixed point");
    refuse(k.survey.has_value(), at + ".survey", "holds the line after the talk", "leave it out");
  }

  void again(const CallerType& k, const std::string& at) {
    const CallAgain &blocked = k.redial.after_block, &abandoned = k.redial.after_abandon;
    if (blocked.share.value() > 0) exponential(blocked.delay, at + ".redial.after_block.delay");
    if (abandoned.share.value() > 0)
      exponential(abandoned.delay, at + ".redial.after_abandon.delay");
    redial_limits(k, at + ".redial");
    const bool both = blocked.share.value() > 0 && abandoned.share.value() > 0;
    refuse(both && mean(blocked.delay) != mean(abandoned.delay), at + ".redial",
           "has two delays; the chain has one orbit a type", "give both the same delay");
    refuse((blocked.share.value() > 0 || abandoned.share.value() > 0) && k.redial.keeps_patience,
           at + ".redial.keeps_patience", "remembers the caller", "leave it out");
  }

  // How often a caller has redialled can be told of those in orbit, not of those who wait: their
  // order would be part of the state.
  void redial_limits(const CallerType& k, const std::string& at) {
    const CallAgain &blocked = k.redial.after_block, &abandoned = k.redial.after_abandon;
    const std::string many = fmt::format("give it {} or more", kManyRedials);
    refuse(
        abandoned.share.value() > 0 && abandoned.limit < kManyRedials, at + ".after_abandon.limit",
        fmt::format("is {}; the chain does not tell apart those who wait", abandoned.limit), many);
    if (blocked.share.value() == 0 || blocked.limit >= kManyRedials) return;
    const std::string path = at + ".after_block.limit";
    refuse(blocked.limit > kMostRedials, path,
           fmt::format("is {}; the chain counts to {}", blocked.limit, kMostRedials), many);
    refuse(abandoned.share.value() > 0, path,
           "would be counted while callers wait, who may abandon and redial too", many);
    const std::optional<QueueId> queue = queue_of(world_, k);
    const bool full = world_.max_waiting || (queue && world_.queues[queue->index()].capacity);
    refuse(full && k.enters.kind == Destination::Kind::kMenu, path,
           "would be counted while callers are in the menu, whom a full queue may refuse", many);
  }

  void queue(const Queue& q) {
    const std::string at = "queues." + q.name;
    for (const RouteStep& step : q.route) {
      const std::string to = at + ".route." + world_.groups[step.group.index()].name;
      refuse(step.after > SimDuration{}, to + ".after", "opens after a delay, which is not Markov",
             "0s, or a queue length: min_queue");
      refuse(!step.when.empty(), to + ".when", "watches an indicator", "min_queue or reserve");
      refuse(step.with_previous, to + ".with_previous", "picks agents by their past",
             "give the groups an order");
      refuse(step.once, to + ".once", "is not in the chain", "reserve");
      refuse(step.level != 1, to + ".level", "is not in the chain", "give groups[].takes an order");
    }
    refuse(q.last_agent_hold > SimDuration{}, at + ".last_agent_hold", "remembers agents",
           "leave it out");
    refuse(q.voicemail.has_value(), at + ".voicemail", "begins after a wait", "leave it out");
    refuse(q.announce.has_value(), at + ".announce", "speaks of expected waits", "leave it out");
    refuse(q.callback.has_value(), at + ".callback", "is not in this chain",
           "models/chains/callback.h has one queue with callbacks");
    refuse(q.deflect.has_value(), at + ".deflect", "speaks of expected waits", "leave it out");
  }

  void group(const AgentGroup& g) {
    const std::string at = "groups." + g.name;
    if (g.staff) of_one_day(*g.staff, at + ".staff");
    if (staff_falls(g)) falling_staff(g, at);
    refuse(g.pick_call != PickCall::kByRank, at + ".pick_call", "asks more than who comes first",
           "by_rank");
    for (const Handling& h : g.handling) {
      if (h.talk) exponential(*h.talk, at + ".handling." + h.callers + ".talk");
      if (h.wrap) exponential_or_none(*h.wrap, at + ".handling." + h.callers + ".wrap");
    }
    if (g.dialling) {
      if (mean(g.dialling->pause) > 0) exponential(g.dialling->pause, at + ".dialling.pause");
      exponential(g.dialling->talk, at + ".dialling.talk");
      exponential_or_none(g.dialling->wrap, at + ".dialling.wrap");
      refuse(g.dialling->reached.value() < 1, at + ".dialling.reached",
             "is below 1: a dial that reaches nobody ends at once", "a longer pause");
    }
    refuse(g.chat.has_value(), at + ".chat", "is not in the chain", "leave it out");
    refuse(g.experience.has_value() || g.speed_cv > 0 || g.fatigue.has_value(), at,
           "has agents who differ", "leave experience, speed_cv and fatigue out");
    refuse(g.attendance.has_value(), at + ".attendance", "moves hours", "leave it out");
    refuse(g.ringing.has_value(), at + ".ringing", "takes time", "leave it out");
    refuse(g.wrap_cap.has_value(), at + ".wrap_cap", "makes the wrap-up end by the clock",
           "leave it out");
    refuse(g.wrap_interrupt.has_value(), at + ".wrap_interrupt", "is not in the chain",
           "leave it out");
  }

  // Who leaves must follow from counts: agents of a group are alike but for when they are due.
  void falling_staff(const AgentGroup& g, const std::string& at) {
    const auto group = static_cast<std::size_t>(&g - world_.groups.data());
    const std::size_t types = ranked_types(world_, group).size();
    for (const Queue& q : world_.queues) {
      const bool routed = std::any_of(q.route.begin(), q.route.end(), [&](const RouteStep& s) {
        return s.group == GroupId{group};
      });
      refuse(routed && g.staff_release == StaffRelease::kNamed &&
                 q.pick_agent != PickAgent::kLongestIdle,
             "queues." + q.name + ".pick_agent",
             "asks for more than who has been idle longest, and by staff_release: named it matters "
             "who that is",
             "longest_idle, or staff_release: idle_first");
      refuse(routed && g.staff_release == StaffRelease::kPreempt && q.route.size() > 1,
             at + ".staff_release", "sends calls back to queue " + q.name + " of other groups, too",
             "idle_first");
    }
    const bool by_number =
        g.staff_release == StaffRelease::kIdleThenBusy || g.staff_release == StaffRelease::kPreempt;
    bool wraps = false;
    for (const CallerType& k : world_.caller_types) wraps = wraps || mean(k.wrap) > 0;
    for (const Handling& h : g.handling) wraps = wraps || (h.wrap && mean(*h.wrap) > 0);
    refuse(by_number && (types != 1 || g.dialling || wraps), at + ".staff_release",
           "sends the last of the busy agents home; whose call that is, would be the state where "
           "the group has several caller types, dials or wraps up",
           "named or idle_first");
  }

  // Two types of one rank wait together by time of arrival: their order would be the state.
  void ranks() {
    for (std::size_t g = 0; g < world_.groups.size(); ++g) {
      const AgentGroup& group = world_.groups[g];
      const std::vector<RankedType> order = ranked_types(world_, g);
      for (std::size_t i = 1; i < order.size(); ++i) {
        if (!order[i].ties) continue;
        const std::string& name = world_.caller_types[order[i].type].name;
        refuse(true, "callers." + name + ".priority",
               fmt::format("is that of {} for group {}; their order of arrival would be the state",
                           world_.caller_types[order[i - 1].type].name, group.name),
               "give the types different priorities");
      }
      for (const Queue& q : world_.queues) {
        const bool routed = std::any_of(q.route.begin(), q.route.end(),
                                        [&](const RouteStep& s) { return s.group == GroupId{g}; });
        const bool taken = group.takes.empty() ||
                           std::any_of(group.takes.begin(), group.takes.end(), [&](QueueId id) {
                             return &world_.queues[id.index()] == &q;
                           });
        refuse(routed && !taken, "groups." + group.name + ".takes",
               "leaves out queue " + q.name + ", which is routed to it", "name it");
      }
    }
  }

  const World& world_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> not_markov(const World& world) {
  return Finder{world}.find();
}

}  // namespace callmill
