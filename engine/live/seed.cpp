#include "engine/live/seed.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/random/law.h"
#include "engine/live/queue_callers.h"
#include "engine/live/seed_parts.h"
#include "models/demand/forecast_update.h"

namespace callmill::live {
namespace {

// Parts of the busyness' law.
constexpr std::size_t kBusynessParts = 256;
// Numbers of callers who are inside: above those who come, below those who are deflected.
constexpr std::uint32_t kFirstInside = std::uint32_t{1} << 29;

std::uint16_t type_at(const std::vector<double>& cumulative, double u) {
  std::size_t type = 0;
  while (type + 1 < cumulative.size() && u >= cumulative[type]) ++type;
  return static_cast<std::uint16_t>(type);
}

// Intervals of which everything is known.
std::vector<std::int64_t> known_calls(const World& world, const Situation& s) {
  std::vector<std::int64_t> calls;
  const auto whole =
      static_cast<std::size_t>((s.at + SimDuration{1} - kStart) / world.day.interval);
  for (std::size_t i = 0; i < std::min(whole, s.so_far.size()); ++i)
    calls.push_back(s.so_far[i].calls);
  return calls;
}

DayForecast forecast_of(const World& world, double interval_cv) {
  DayForecast forecast;
  forecast.busyness_cv = world.busyness_cv;
  forecast.interval_cv = interval_cv;
  for (std::size_t i = 0; i < world.intervals(); ++i) {
    double calls = 0;
    for (const CallerType& type : world.caller_types)
      if (type.channel == Channel::kVoice) calls += volume_in(type.volume, i, world.day.interval);
    forecast.calls.push_back(calls);
  }
  return forecast;
}

}  // namespace

std::vector<std::string> faults(const Blueprint& plan, const Situation& s) {
  std::vector<std::string> wrong;
  const auto index = [&](const char* what, std::size_t i, std::uint32_t value, std::size_t count,
                         bool may_lack) {
    if (value < count || (may_lack && value == kNotKnown)) return;
    wrong.push_back(fmt::format("{} {}: {} of {}", what, i + 1, value, count));
  };
  const auto past = [&](const char* what, std::size_t i, SimTime since) {
    if (since != kSinceUnknown && since > s.at)
      wrong.push_back(fmt::format("{} {} began after the moment of the state", what, i + 1));
  };
  if (s.at < kStart || s.at >= kStart + plan.horizon)
    wrong.emplace_back("the moment of the state is not within the day");
  for (std::size_t i = 0; i < s.waiting.size(); ++i) {
    index("waiting", i, s.waiting[i].queue, plan.queues.size(), false);
    index("waiting, caller", i, s.waiting[i].type, plan.caller_types, true);
    past("waiting", i, s.waiting[i].since);
  }
  for (std::size_t i = 0; i < s.talks.size(); ++i) {
    index("talk, group", i, s.talks[i].group, plan.groups.size(), false);
    index("talk, queue", i, s.talks[i].queue, plan.queues.size(), true);
    index("talk, caller", i, s.talks[i].type, plan.caller_types, true);
    past("talk", i, s.talks[i].since);
  }
  for (std::size_t i = 0; i < s.wraps.size(); ++i) {
    index("wrap-up, group", i, s.wraps[i].group, plan.groups.size(), false);
    index("wrap-up, queue", i, s.wraps[i].queue, plan.queues.size(), true);
    index("wrap-up, caller", i, s.wraps[i].type, plan.caller_types, true);
    past("wrap-up", i, s.wraps[i].since);
  }
  for (std::size_t i = 0; i < s.menus.size(); ++i) {
    index("in a menu", i, s.menus[i].menu, plan.menus.size(), false);
    index("in a menu, caller", i, s.menus[i].type, plan.caller_types, true);
    past("in a menu", i, s.menus[i].since);
  }
  const auto length = [&](const char* what, std::size_t has, std::size_t wants) {
    if (has != 0 && has != wants) wrong.push_back(fmt::format("{}: {} of {}", what, has, wants));
  };
  length("groups", s.groups.size(), plan.groups.size());
  length("callbacks", s.callbacks.size(), plan.queues.size());
  length("backlog", s.backlog.size(), plan.queues.size());
  if (s.so_far.size() > plan.intervals)
    wrong.emplace_back("calls so far: more intervals than the day");
  for (const Situation::Interval& i : s.so_far)
    length("queues of an interval", i.queues.size(), plan.queues.size());
  return wrong;
}

Seeds::Seeds(const World& world, const Blueprint& plan, Situation situation,
             const SeedOptions& options)
    : recorder_{plan}, plan_{plan}, situation_{std::move(situation)}, options_{options} {
  CALLMILL_CHECK(faults(plan, situation_).empty(), "a situation without faults");
  const std::size_t interval =
      std::min<std::size_t>(plan.intervals - 1, plan.days.interval_at(situation_.at));
  const UsualTalks usual{world, plan};
  mix_ = usual.callers().mix(interval % world.intervals());
  menu_mix_ = usual.callers().menu_mix(interval % world.intervals());
  if (options_.talk_cv > 0)
    report_.talk_scales =
        talk_scales(plan, usual, situation_, {options_.talk_cv, options_.talk_rest_cv});
  if (world.busyness_cv > 0) {
    const DayForecast forecast = forecast_of(world, options_.interval_cv);
    const std::vector<std::int64_t> known =
        options_.update_busyness ? known_calls(world, situation_) : std::vector<std::int64_t>{};
    busyness_ = busyness_quantiles(forecast, known, kBusynessParts);
    report_.busyness = update_forecast(forecast, known, 0.8).busyness.value;
  }
  base_ = open_centre(plan, options_.seed, 0);
  QuietDay day{plan, base_, recorder_, situation_, mix_};
  day.run();
  place_people(plan, base_, recorder_, situation_, options_, report_);
  make(0, report_);
}

Snapshot Seeds::future(std::int64_t number) const {
  SeedReport unread;
  return make(number, unread);
}

namespace {

// Everybody inside, one after the other.
class Crowd {
 public:
  Crowd(const Blueprint& plan, const Centre& centre, const Situation& s, ReplicationKey key,
        const std::vector<std::vector<double>>& mix, const std::vector<double>& menu_mix)
      : plan_{plan}, centre_{centre}, s_{s}, key_{key}, mix_{mix}, menu_mix_{menu_mix} {}

  template <class Place>
  void place(Place& place, SeedReport& report) {
    talks(place, report);
    wraps(place, report);
    dials(place, report);
    for (const Situation::Waiting& w : s_.waiting) {
      Inside who = caller(w.type, mix_[w.queue], w.since);
      who.queue = static_cast<std::uint16_t>(w.queue);
      ++(place.waits(who) ? report.waiting : report.without_line);
    }
    for (const Situation::InMenu& m : s_.menus) {
      Inside who = caller(m.type, menu_mix_, m.since);
      who.menu = static_cast<std::uint16_t>(m.menu);
      ++(place.in_menu(who) ? report.menus : report.without_line);
    }
    open_messages(place, report);
    callbacks(place, report);
  }

 private:
  Inside caller(std::uint32_t type, const std::vector<double>& mix, SimTime since) {
    Inside who;
    who.caller = kFirstInside + number_++;
    if (type == kNotKnown) {
      const OwnerKey any = key_.owner(Owner::kCentre, 0, who.caller);
      who.type = type_at(mix, any.uniform(Purpose::kMenuChoice));
    } else {
      who.type = static_cast<std::uint16_t>(type);
    }
    who.key = key_.owner(Owner::kCaller, plan_.types[who.type].key, who.caller);
    who.since = since;
    return who;
  }

  // A queue that the group serves, as a plain share of its sources.
  std::uint32_t queue_of(std::uint32_t group, std::uint32_t queue) {
    if (queue != kNotKnown) return queue;
    const std::vector<Source>& sources = plan_.groups[group].sources;
    if (sources.empty()) return 0;
    const double u = key_.owner(Owner::kCentre, 1, number_).uniform(Purpose::kMenuChoice);
    return sources[static_cast<std::size_t>(u * static_cast<double>(sources.size()))].wait_list /
           plan_.priority_classes;
  }

  template <class Place>
  void talks(Place& place, SeedReport& report) {
    for (const Situation::Talk& t : s_.talks) {
      const std::uint32_t agent = centre_.idle[t.group].head;
      if (agent == kNobody) continue;  // SeedReport::Group::lacking
      const std::uint32_t queue = queue_of(t.group, t.queue);
      Inside who = caller(t.type, mix_[queue], t.since);
      who.queue = static_cast<std::uint16_t>(queue);
      who.waited = t.waited;
      ++(place.talks(who, agent) ? report.talks : report.without_line);
    }
  }

  template <class Place>
  void wraps(Place& place, SeedReport& report) {
    for (const Situation::Wrap& w : s_.wraps) {
      const std::uint32_t agent = centre_.idle[w.group].head;
      if (agent == kNobody) continue;
      const std::uint32_t queue = queue_of(w.group, w.queue);
      Inside who = caller(w.type, mix_[queue], w.since);
      who.queue = static_cast<std::uint16_t>(queue);
      place.wraps(who, agent);
      ++report.wraps;
    }
  }

  template <class Place>
  void dials(Place& place, SeedReport& report) {
    for (std::uint32_t g = 0; g < s_.groups.size(); ++g)
      for (std::uint32_t i = 0; i < s_.groups[g].dialling.value_or(0); ++i) {
        const std::uint32_t agent = centre_.idle[g].head;
        if (agent == kNobody) break;
        if (place.dials(agent)) continue;
        ++report.not_placed;
      }
  }

  template <class Place>
  void open_messages(Place& place, SeedReport& report) {
    for (std::uint32_t q = 0; q < s_.backlog.size(); ++q) {
      std::uint32_t type = 0;
      while (type < plan_.caller_types && (plan_.types[type].channel != Channel::kMessage ||
                                           plan_.types[type].enters.index != q))
        ++type;
      if (type == plan_.caller_types) {
        report.not_placed += s_.backlog[q];
        continue;
      }
      for (std::uint32_t i = 0; i < s_.backlog[q]; ++i) {
        const Inside who = caller(type, menu_mix_, s_.at);
        place.message(who.type, who.key, who.caller);
      }
    }
  }

  template <class Place>
  void callbacks(Place& place, SeedReport& report) {
    for (std::uint32_t q = 0; q < s_.callbacks.size(); ++q)
      for (std::uint32_t i = 0; i < s_.callbacks[q]; ++i) {
        Inside who = caller(kNotKnown, mix_[q], s_.at);
        who.queue = static_cast<std::uint16_t>(q);
        if (!place.callback(who)) ++report.not_placed;
      }
  }

  const Blueprint& plan_;
  const Centre& centre_;
  const Situation& s_;
  ReplicationKey key_;
  const std::vector<std::vector<double>>& mix_;
  const std::vector<double>& menu_mix_;
  std::uint32_t number_ = 0;
};

}  // namespace

double Seeds::busyness_of(ReplicationKey key) const {
  double busyness = 1;
  if (!busyness_.empty()) {
    const double u = key.owner(Owner::kCentre, 0, 0).uniform(Purpose::kBusyness);
    busyness = busyness_[static_cast<std::size_t>(u * kBusynessParts)];
  }
  if (options_.rest_cv > 0) {
    const double v = key.owner(Owner::kCentre, 0, 1).uniform(Purpose::kBusyness);
    busyness *= quantile(GammaLaw{1, 1 / (options_.rest_cv * options_.rest_cv)}, v, 1 - v);
  }
  return busyness;
}

std::vector<double> Seeds::talk_scales_of(ReplicationKey key) const {
  std::vector<double> scales;
  for (const TalkScale& scale : report_.talk_scales) {
    const OwnerKey of = key.owner(Owner::kCentre, 0, scales.size());
    scales.push_back(
        scale.draw(of.uniform(Purpose::kTalkScale), of.uniform(Purpose::kTalkScale, 1)));
  }
  return scales;
}

Snapshot Seeds::make(std::int64_t number, SeedReport& report) const {
  constexpr std::uint64_t kSeeded = 0x73656564656421u;  // other keys than those of whole days
  const ReplicationKey key{mix64(options_.seed ^ kSeeded), static_cast<std::uint64_t>(number)};
  Snapshot made{base_, recorder_, number};
  Centre& c = made.centre;
  c.key = key;
  c.talk_scales = talk_scales_of(key);
  if (const double busyness = busyness_of(key); busyness != 1) {
    for (double& scale : c.gap_scales) scale = 1 / busyness;
    for (ArrivalSource& source : c.sources) source.gap_scale = 1 / busyness;
  }
  in_flow(plan_, c, made.recorder, [&](auto& flow, auto& place) {
    flow.renew_callers(key);
    Crowd{plan_, c, situation_, key, mix_, menu_mix_}.place(place, report);
    report.answered = place.settle();
    report.beyond_law = place.beyond_law();
  });
  return made;
}

}  // namespace callmill::live
