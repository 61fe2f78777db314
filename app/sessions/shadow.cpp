#include "app/sessions/shadow.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace callmill::live {
namespace {

std::int64_t system_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::unique_ptr<EventSource> open(const FollowWish& wish, std::string& error) {
  const FollowSpec& spec = wish.spec;
  if (wish.replay) return replay_file(spec.file, spec.format, wish.opens_us, 1, error);
  if (spec.file == "-") return follow_stdin(spec.format);
  // From the beginning: the day so far stands there.
  if (!spec.file.empty()) return follow_file(spec.file, spec.format, true);
  return follow_tcp(spec.tcp, spec.format);
}

TwinOptions options_of(const FollowWish& wish) {
  TwinOptions options;
  options.opens_us = wish.opens_us;
  options.queues = wish.names.queues;
  options.groups = wish.names.groups;
  return options;
}

}  // namespace

void PushedEvents::push(std::vector<FloorEvent> events, const EventLineCounts& counts) {
  waiting_.insert(waiting_.end(), std::make_move_iterator(events.begin()),
                  std::make_move_iterator(events.end()));
  counts_.lines += counts.lines;
  counts_.broken += counts.broken;
}

bool PushedEvents::poll(double, std::vector<FloorEvent>& events) {
  std::move(waiting_.begin(), waiting_.end(), std::back_inserter(events));
  waiting_.clear();
  return true;
}

std::unique_ptr<Shadow> Shadow::make(const LiveCentre& centre, const FollowWish& wish,
                                     std::string& error) {
  std::unique_ptr<EventSource> source;
  PushedEvents* pushed = nullptr;
  if (wish.spec.pushed) {
    auto own = std::make_unique<PushedEvents>();
    pushed = own.get();
    source = std::move(own);
  } else {
    source = open(wish, error);
  }
  if (source == nullptr) return nullptr;
  return std::unique_ptr<Shadow>{new Shadow{centre, wish, std::move(source), pushed}};
}

Shadow::Shadow(const LiveCentre& centre, const FollowWish& wish,
               std::unique_ptr<EventSource> source, PushedEvents* pushed)
    : follower_{centre.world(), centre.plan(), std::move(source), options_of(wish)},
      pushed_{pushed},
      replays_{wish.replay},
      opens_us_{wish.opens_us},
      date_{wish.date},
      clock_us_{wish.clock_us ? wish.clock_us : system_us} {
  seed_.seed = centre.options().seed;
  seed_.rest_cv = seed_.talk_rest_cv = wish.rest_cv;
  seed_.talk_cv = wish.talk_cv;
}

SimTime Shadow::clock() const {
  return kStart + SimDuration{clock_us_() - opens_us_};
}

void Shadow::poll(SimTime at) {
  follower_.poll(to_seconds(at - kStart));
}

void Shadow::show(SimTime at, LiveCentre& centre) {
  shown_ = std::max(at, kStart);
  seeds_ = std::make_shared<const Seeds>(follower_.seeds(to_us(shown_), seed_));
  centre.adopt(seeds_->future(0));
}

bool Shadow::push(std::vector<FloorEvent> events, const EventLineCounts& counts) {
  if (pushed_ == nullptr) return false;
  pushed_->push(std::move(events), counts);
  return true;
}

std::string Shadow::facts_json() const {
  TwinFacts facts = follower_.facts(to_us(shown_));
  facts.replay = replays_;
  if (seeds_ != nullptr) {
    facts.busyness = seeds_->report().busyness;
    facts.talks = talk_facts(follower_.world(), seeds_->report());
  }
  return twin_json(facts);
}

}  // namespace callmill::live
