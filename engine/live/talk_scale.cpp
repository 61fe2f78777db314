#include "engine/live/talk_scale.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/random/law.h"
#include "engine/centre/handling.h"

namespace callmill::live {
namespace {

constexpr int kParts = 512;
constexpr double kSmallestCv = 0.01;  // of talks: constant ones would settle the scale at once

double squared(double x) {
  return x * x;
}

// What the age of talks in hand says, in units of the usual mean.
class InHand {
 public:
  InHand(const UsualTalks& usual, std::size_t interval) : usual_{usual}, interval_{interval} {}

  void add(const Situation::Talk& talk, SimTime at) {
    Group& group = groups_[talk.group];
    if (group.ages_s.empty()) begin(group, talk);
    group.ages_s.push_back(to_seconds(at - talk.since));
  }

  // Sum of E[X | X > w] - E[X] where talks are `scale` times as long as usual. No age counts for
  // more than the law's last part: an end of which nothing was heard is likelier.
  double beyond_mean(double scale) const {
    double sum = 0;
    for (const auto& [number, group] : groups_)
      for (const double age : group.ages_s) {
        const auto part =
            std::min(std::upper_bound(group.parts.begin(), group.parts.end(), age / scale,
                                      [](double w, const auto& p) { return w < p.length_s; }),
                     std::prev(group.parts.end()));
        sum += scale * (group.mean_from[static_cast<std::size_t>(part - group.parts.begin())] /
                            group.mean_from.front() -
                        1);
      }
    return sum;
  }

 private:
  struct Group {
    std::vector<UsualTalks::Part> parts;
    std::vector<double> mean_from;  // of the parts from each on
    std::vector<double> ages_s;
  };

  void begin(Group& group, const Situation::Talk& talk) const {
    group.parts = usual_.parts(talk.queue, talk.group, interval_);
    group.mean_from.resize(group.parts.size());
    double weight = 0, sum = 0;
    for (std::size_t i = group.parts.size(); i-- > 0;) {
      weight += group.parts[i].weight;
      sum += group.parts[i].weight * group.parts[i].length_s;
      group.mean_from[i] = sum / weight;
    }
  }

  const UsualTalks& usual_;
  std::size_t interval_;
  std::map<std::uint32_t, Group> groups_;
};

// Talks of a queue that are over, in units of what the scenario has for them.
struct Over {
  double talks = 0, sum = 0;
};

Over over(const Blueprint& plan, const UsualTalks& usual, const Situation& s, std::uint32_t queue) {
  std::vector<std::int64_t> in_hand(s.so_far.size());
  for (const Situation::Talk& t : s.talks) {
    if (t.queue != queue) continue;
    const SimTime came = (t.since == kSinceUnknown ? s.at : t.since) - t.waited;
    const std::size_t i = plan.days.interval_at(std::max(came, kStart));
    if (i < in_hand.size()) ++in_hand[i];
  }
  Over over;
  for (std::size_t i = 0; i < s.so_far.size(); ++i) {
    if (s.so_far[i].queues.empty()) continue;
    const Situation::OfQueue& of = s.so_far[i].queues[queue];
    const double usual_s = of.usual_talk_s > 0
                               ? of.usual_talk_s
                               : usual.of(queue, kNotKnown, i % usual.callers().intervals()).mean_s;
    if (of.talk_s <= 0 || usual_s <= 0 || of.answered <= in_hand[i]) continue;
    const auto talks = static_cast<double>(of.answered - in_hand[i]);
    over.talks += talks;
    over.sum += talks * of.talk_s / usual_s;
  }
  return over;
}

TalkScale scale_of(const Blueprint& plan, const UsualTalks& usual, const Situation& s,
                   std::uint32_t queue, const TalkScaleOptions& options) {
  TalkScale scale;
  scale.part_cv = options.rest_cv / std::sqrt(2.0);
  scale.shape = 2 + 1 / squared(options.talk_cv);
  scale.rate = scale.shape - 1;
  const std::size_t interval =
      std::min(plan.intervals - 1, plan.days.interval_at(s.at)) % usual.callers().intervals();
  const UsualTalks::Moments now = usual.of(queue, kNotKnown, interval);
  if (now.mean_s <= 0 || !std::isfinite(now.cv)) return scale;
  const Over done = over(plan, usual, s, queue);
  scale.talks = done.talks;
  const double weight =
      1 / (squared(std::max(kSmallestCv, now.cv)) + done.talks * squared(scale.part_cv));
  InHand in_hand{usual, interval};
  if (options.in_hand)
    for (const Situation::Talk& t : s.talks)
      if (t.queue == queue && t.since != kSinceUnknown) in_hand.add(t, s.at);
  scale.shape += done.talks * weight;
  // The ages of talks in hand say the less the longer talks are: halved until both agree.
  const auto rate_at = [&](double mean) {
    return scale.rate + weight * (done.sum + in_hand.beyond_mean(mean));
  };
  double low = 0.01, high = 100;
  for (int halving = 0; halving < 50; ++halving) {
    const double middle = std::sqrt(low * high);
    (rate_at(middle) > middle * (scale.shape - 1) ? low : high) = middle;
  }
  scale.rate = std::sqrt(low * high) * (scale.shape - 1);
  return scale;
}

}  // namespace

UsualTalks::UsualTalks(const World& world, const Blueprint& plan) : plan_{plan}, callers_{world} {
  for (std::size_t t = 0; t < world.caller_types.size(); ++t) {
    const CallerType& type = world.caller_types[t];
    double kept = 1, dials_s = 0;
    for (const Transfer& transfer : type.transfers) {
      kept -= transfer.share.value() * (1 - transfer.talk_before);
      dials_s += transfer.share.value() * mean(transfer.dial);
    }
    handled_.emplace_back();
    for (const AgentGroup& group : world.groups) {
      const auto own = std::find_if(group.handling.begin(), group.handling.end(),
                                    [&](const Handling& h) { return h.callers == type.name; });
      const bool has = own != group.handling.end();
      const Law& law = has && own->talk ? *own->talk : type.talk;
      const double factor = has ? own->talk_factor : 1;
      const double mean_s = factor * mean(law);
      const double cv_squared = variance(law) / squared(mean(law));
      const double talk_s = mean_s * kept + dials_s;
      handled_.back().push_back({talk_s, squared(talk_s) * (1 + cv_squared)});
    }
  }
}

double UsualTalks::factor(std::size_t type, std::size_t interval) const {
  const CallerTypePlan& p = plan_.types[type];
  if (p.talk_factor.empty()) return 1;
  return p.talk_factor.at(plan_.days.begin_of(static_cast<std::uint32_t>(interval)));
}

std::uint32_t UsualTalks::group_of(std::uint32_t queue, std::uint32_t group) const {
  const std::vector<std::uint32_t>& route = plan_.queues[queue].route_group;
  if (group != kNotKnown) return group;
  return route.empty() ? 0 : route.front();
}

UsualTalks::Moments UsualTalks::of(std::uint32_t queue, std::uint32_t group,
                                   std::size_t interval) const {
  const std::uint32_t g = group_of(queue, group);
  double calls = 0, sum = 0, squares = 0;
  for (std::size_t type = 0; type < handled_.size(); ++type) {
    const double n = callers_.calls(queue, type, interval), f = factor(type, interval);
    if (n <= 0) continue;
    calls += n;
    sum += n * f * handled_[type][g].mean_s;
    squares += n * f * f * handled_[type][g].square;
  }
  if (sum <= 0) return {};
  const double mean_s = sum / calls;
  return {mean_s, std::sqrt(std::max(0.0, squares / calls / squared(mean_s) - 1))};
}

std::vector<UsualTalks::Part> UsualTalks::parts(std::uint32_t queue, std::uint32_t group,
                                                std::size_t interval) const {
  const std::uint32_t g = group_of(queue, group);
  std::vector<Part> parts;
  for (std::size_t type = 0; type < handled_.size(); ++type) {
    const double n = callers_.calls(queue, type, interval);
    if (n <= 0) continue;
    const CallerTypePlan& p = plan_.types[type];
    const HandlingPlan* own = handling_of(plan_, g, p);
    const Sampler& law = own != nullptr ? own->talk : p.talk;
    const double f = factor(type, interval) * (own != nullptr ? own->talk_factor : 1);
    for (int i = 0; i < kParts; ++i) parts.push_back({f * law.seconds((i + 0.5) / kParts), n});
  }
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.length_s < b.length_s; });
  return parts;
}

double TalkScale::draw(double u, double v) const {
  double drawn = rate / quantile(GammaLaw{shape, shape}, 1 - u, u);
  if (part_cv > 0) drawn *= quantile(GammaLaw{1, 1 / squared(part_cv)}, v, 1 - v);
  return drawn;
}

std::vector<TalkScale> talk_scales(const Blueprint& plan, const UsualTalks& usual,
                                   const Situation& s, const TalkScaleOptions& options) {
  std::vector<TalkScale> scales;
  for (std::uint32_t q = 0; q < plan.queues.size(); ++q)
    scales.push_back(scale_of(plan, usual, s, q, options));
  return scales;
}

}  // namespace callmill::live
