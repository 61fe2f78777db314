#pragma once
// Follows a real centre: a source of events, the twin that they keep in step, and the futures from
// there. One thread; poll() never waits.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/live/event_sources.h"
#include "base/diagnostic.h"
#include "engine/live/seed.h"

namespace callmill {

// What --follow says:
//
//   queue_log:FILE   json:FILE   json:-   queue_log:-           followed
//   ami:HOST:PORT    json:HOST:PORT       queue_log:HOST:PORT   over TCP
//   http                                  handed over: JSON lines to the API's /events
struct FollowSpec {
  EventFormat format = EventFormat::kQueueLog;
  std::string file;     // "-" standard input; empty: TCP
  bool pushed = false;  // neither: events are handed over
  TcpOptions tcp;
};
// None, and why in `error`.
std::optional<FollowSpec> parse_follow(const std::string& text, std::string& error);

// What the centre's own names are called in the scenario, a YAML file:
//
//   queues: {"600": general}
//   agents: {SIP/8007: agents, Li Na: senior}
struct NameMaps {
  std::map<std::string, std::string> queues, groups;
};
// Every error at once, with the nearest right name; none then.
std::optional<NameMaps> read_name_maps(const std::string& path, const World& world,
                                       Diagnostics& diagnostics);
std::optional<NameMaps> read_name_maps_text(const std::string& name, const std::string& text,
                                            const World& world, Diagnostics& diagnostics);

// As the state document's "twin".
struct TwinFacts {
  std::string source, trouble, last_event;
  double behind_s = 0;  // how old the newest event is
  // impossible: but for events of other days, which are out_of_day.
  std::int64_t events = 0, late = 0, duplicate = 0, impossible = 0, out_of_day = 0, unknown = 0,
               broken_lines = 0;
  std::vector<std::string> unknown_names;  // a line each, with the nearest known name
  double busyness = 1;                     // of the day, as its calls so far say; mean
  // How long talks of a queue are today, against the scenario's, as those so far say; `over`: how
  // many. Queues with talks alone.
  struct Talk {
    std::string queue;
    double scale = 1;
    std::int64_t over = 0;
  };
  std::vector<Talk> talks;
  bool replay = false;  // a recorded day, at its own pace
};
std::vector<TwinFacts::Talk> talk_facts(const World& world, const live::SeedReport& report);
std::string twin_json(const TwinFacts& facts);

class Follower {
 public:
  // `world` and `plan` must outlive it; `opens_us`: the day's opening, since 1970 UTC.
  Follower(const World& world, const Blueprint& plan, std::unique_ptr<EventSource> source,
           live::TwinOptions options);

  // Takes what has come. False when nothing will come any more.
  bool poll(double wall_s);
  // The state at that moment, or at the newest event's where that is later.
  live::Situation now(std::int64_t now_us) const;
  // Futures from there.
  live::Seeds seeds(std::int64_t now_us, const live::SeedOptions& options) const;
  TwinFacts facts(std::int64_t now_us) const;
  const live::Twin& twin() const { return twin_; }
  const World& world() const { return world_; }

 private:
  const World& world_;
  const Blueprint& plan_;
  std::unique_ptr<EventSource> source_;
  std::int64_t opens_us_;
  live::Twin twin_;
  std::vector<live::FloorEvent> arrived_;
  std::string last_event_;
};

}  // namespace callmill
