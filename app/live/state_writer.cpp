#include <algorithm>
#include <cmath>

#include "app/files/text.h"
#include "app/live/state_file.h"
#include "app/report/json.h"

namespace callmill {
namespace {

using live::kNotKnown;
using live::Situation;

class StateWriter {
 public:
  StateWriter(const World& world, const Situation& s) : world_{world}, s_{s} {}

  std::string text() {
    json_.object(JsonWriter::Layout::kRows).field("at", clock(s_.at + SimDuration{1}));
    json_.field("scenario", world_.name);
    list("waiting", s_.waiting, [&](const Situation::Waiting& w) {
      json_.field("queue", world_.queues[w.queue].name);
      when_and_who(w.since, w.type);
    });
    list("talks", s_.talks, [&](const Situation::Talk& t) {
      json_.field("group", world_.groups[t.group].name);
      if (t.queue != kNotKnown) json_.field("queue", world_.queues[t.queue].name);
      if (t.waited > SimDuration{})
        json_.field("waited", files::print_duration(std::round(to_seconds(t.waited))));
      when_and_who(t.since, t.type);
    });
    list("wraps", s_.wraps, [&](const Situation::Wrap& w) {
      json_.field("group", world_.groups[w.group].name);
      if (w.queue != kNotKnown) json_.field("queue", world_.queues[w.queue].name);
      when_and_who(w.since, w.type);
    });
    list("menus", s_.menus, [&](const Situation::InMenu& m) {
      json_.field("menu", world_.menus[m.menu].name);
      when_and_who(m.since, m.type);
    });
    groups();
    counts("callbacks", s_.callbacks);
    counts("backlog", s_.backlog);
    if (!s_.so_far.empty()) so_far();
    json_.end();
    return json_.take() + "\n";
  }

 private:
  std::string clock(SimTime t) const {
    const double s = to_seconds(world_.day.opens + (t - kStart));
    return files::print_time_of_day(std::floor(std::max(0.0, s) + 1e-7));
  }
  void when_and_who(SimTime since, std::uint32_t type) {
    if (since != kSinceUnknown) json_.field("since", clock(since));
    if (type != kNotKnown) json_.field("caller", world_.caller_types[type].name);
  }
  template <class T, class Write>
  void list(const char* key, const std::vector<T>& all, Write&& write) {
    json_.key(key).array(all.empty() ? JsonWriter::Layout::kInline : JsonWriter::Layout::kRows);
    for (const T& one : all) {
      json_.object();
      write(one);
      json_.end();
    }
    json_.end();
  }
  void groups() {
    if (s_.groups.empty()) return;
    json_.key("groups").object(JsonWriter::Layout::kRows);
    for (std::size_t g = 0; g < s_.groups.size(); ++g) {
      const Situation::Group& group = s_.groups[g];
      json_.key(world_.groups[g].name).object();
      if (group.available) json_.field("available", *group.available);
      if (group.aux) json_.field("aux", *group.aux);
      if (group.dialling) json_.field("dialling", *group.dialling);
      json_.end();
    }
    json_.end();
  }
  void counts(const char* key, const std::vector<std::uint32_t>& by_queue) {
    if (std::all_of(by_queue.begin(), by_queue.end(), [](std::uint32_t n) { return n == 0; }))
      return;
    json_.key(key).object();
    for (std::size_t q = 0; q < by_queue.size(); ++q)
      if (by_queue[q] > 0) json_.field(world_.queues[q].name, by_queue[q]);
    json_.end();
  }
  void so_far() {
    json_.key("so_far").array(JsonWriter::Layout::kRows);
    for (std::size_t i = 0; i < s_.so_far.size(); ++i) {
      const Situation::Interval& interval = s_.so_far[i];
      json_.object()
          .field("from", clock(kStart + world_.day.interval * static_cast<std::int64_t>(i)))
          .field("calls", interval.calls);
      if (interval.blocked > 0) json_.field("blocked", interval.blocked);
      json_.key("queues").object();
      for (std::size_t q = 0; q < interval.queues.size(); ++q) {
        const Situation::OfQueue& of = interval.queues[q];
        if (of.offered == 0) continue;
        json_.key(world_.queues[q].name)
            .object()
            .field("offered", of.offered)
            .field("answered", of.answered)
            .field("answered_within", of.answered_within)
            .field("abandoned", of.abandoned);
        if (of.wait_s >= 0) json_.field("wait", print_tenths(of.wait_s));
        if (of.talk_s >= 0) json_.field("talk", print_tenths(of.talk_s));
        json_.end();
      }
      json_.end().end();
    }
    json_.end();
  }
  static std::string print_tenths(double seconds) {
    return files::print_duration(std::round(seconds * 10) / 10);
  }

  const World& world_;
  const Situation& s_;
  JsonWriter json_;
};

}  // namespace

std::string state_file(const World& world, const Situation& situation) {
  return StateWriter{world, situation}.text();
}

}  // namespace callmill
