#include "app/live/follower.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "app/files/node.h"
#include "app/files/source.h"
#include "app/files/text.h"
#include "app/report/json.h"

namespace callmill {
namespace {

constexpr std::size_t kMapBytes = 4u << 20;

// "HOST:PORT", also "[::1]:PORT".
bool parse_address(const std::string& text, TcpOptions& tcp) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0 || text.find('/') != std::string::npos) return false;
  unsigned port = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, port);
  if (error != std::errc{} || rest != end || port == 0 || port > 65'535) return false;
  tcp.host = text.substr(0, colon);
  if (tcp.host.front() == '[' && tcp.host.back() == ']')
    tcp.host = tcp.host.substr(1, tcp.host.size() - 2);
  tcp.port = static_cast<std::uint16_t>(port);
  return true;
}

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

void read_map(const files::Node& root, const char* key, const char* noun,
              const std::vector<std::string>& known, files::Problems& problems,
              std::map<std::string, std::string>& names) {
  const files::Node* map = root.find(key);
  if (map == nullptr || map->is_null()) return;
  if (!map->is_map()) {
    problems.add(map->place, "kind", fmt::format("{} must be a map of names", key));
    return;
  }
  for (const files::Entry& entry : map->entries) {
    const std::string& to = entry.value.text;
    if (entry.value.kind == files::Node::Kind::kScalar &&
        std::find(known.begin(), known.end(), to) != known.end()) {
      names[entry.key] = to;
      continue;
    }
    const std::string near = files::near_word(to, known);
    problems.add(
        entry.value.place, "unknown-name", fmt::format("the scenario has no {} {}", noun, to),
        near.empty() ? "known: " + files::one_of(known) : fmt::format("did you mean {}?", near));
  }
}

std::optional<NameMaps> read(std::optional<int> source, const World& world,
                             files::Problems& problems, Diagnostics& diagnostics) {
  NameMaps maps;
  const auto root = source ? files::parse_yaml(*source, problems) : std::nullopt;
  if (root && !root->is_map()) {
    problems.add(root->place, "kind", "a file of names must be a map of queues and agents");
  } else if (root) {
    for (const files::Entry& entry : root->entries)
      if (entry.key != "queues" && entry.key != "agents")
        problems.add(entry.place, "unknown-key", entry.key + " is no field of a file of names",
                     "known: queues and agents");
    read_map(*root, "queues", "queue", names_of(world.queues), problems, maps.queues);
    read_map(*root, "agents", "group", names_of(world.groups), problems, maps.groups);
  }
  problems.hand_over(diagnostics);
  if (!diagnostics.ok()) return std::nullopt;
  return maps;
}

}  // namespace

std::optional<FollowSpec> parse_follow(const std::string& text, std::string& error) {
  FollowSpec spec;
  if (text == "http") {
    spec.format = EventFormat::kJson;
    spec.pushed = true;
    return spec;
  }
  const std::size_t colon = text.find(':');
  const std::string format = text.substr(0, colon);
  const std::string where = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (format == "ami") {
    spec.format = EventFormat::kAmi;
  } else if (format == "json") {
    spec.format = EventFormat::kJson;
  } else if (format != "queue_log") {
    const std::string near = files::near_word(format, {"queue_log", "ami", "json", "http"});
    error = fmt::format("{} is no format of events; {}", format,
                        near.empty() ? "known: queue_log, ami, json and http"
                                     : fmt::format("did you mean {}?", near));
    return std::nullopt;
  }
  if (where.empty()) {
    error = "expected FORMAT:FILE, FORMAT:- or FORMAT:HOST:PORT";
    return std::nullopt;
  }
  if (parse_address(where, spec.tcp)) return spec;
  if (spec.format == EventFormat::kAmi && where != "-") {
    error = fmt::format("{}: expected ami:HOST:PORT", where);
    return std::nullopt;
  }
  spec.file = where;
  return spec;
}

std::optional<NameMaps> read_name_maps(const std::string& path, const World& world,
                                       Diagnostics& diagnostics) {
  files::Problems problems;
  return read(files::read_source(path, kMapBytes, true, {}, problems), world, problems,
              diagnostics);
}

std::optional<NameMaps> read_name_maps_text(const std::string& name, const std::string& text,
                                            const World& world, Diagnostics& diagnostics) {
  files::Problems problems;
  files::Source source;
  source.name = name;
  source.text = text;
  return read(files::take_source(std::move(source), kMapBytes, problems), world, problems,
              diagnostics);
}

Follower::Follower(const World& world, const Blueprint& plan, std::unique_ptr<EventSource> source,
                   live::TwinOptions options)
    : world_{world},
      plan_{plan},
      source_{std::move(source)},
      opens_us_{options.opens_us},
      twin_{world, plan, std::move(options)} {}

bool Follower::poll(double wall_s) {
  arrived_.clear();
  const bool more = source_->poll(wall_s, arrived_);
  for (const live::FloorEvent& event : arrived_) twin_.take(event);
  if (!arrived_.empty()) {
    const live::FloorEvent& last = arrived_.back();
    last_event_ =
        fmt::format("{} {}", live::name_of(last.kind), last.call.empty() ? last.agent : last.call);
  }
  return more;
}

live::Situation Follower::now(std::int64_t now_us) const {
  const SimTime latest = kStart + plan_.horizon - SimDuration{1};
  return twin_.situation(
      std::clamp(twin_.time_of(now_us), std::min(twin_.newest(), latest), latest));
}

live::Seeds Follower::seeds(std::int64_t now_us, const live::SeedOptions& options) const {
  return {world_, plan_, now(now_us), options};
}

TwinFacts Follower::facts(std::int64_t now_us) const {
  const live::TwinCounts& counts = twin_.counts();
  TwinFacts facts;
  facts.source = source_->name();
  facts.trouble = source_->trouble();
  facts.last_event = last_event_;
  facts.behind_s =
      counts.events > 0 ? std::max(0.0, to_seconds(twin_.time_of(now_us) - twin_.newest())) : 0;
  facts.events = counts.events;
  facts.late = counts.late;
  facts.duplicate = counts.duplicate;
  facts.out_of_day = counts.impossible[static_cast<std::size_t>(live::Impossible::kOutOfDay)];
  facts.impossible = counts.impossible_in_all() - facts.out_of_day;
  facts.unknown_names = twin_.unknown();
  for (const auto& names : {counts.unknown_queues, counts.unknown_agents})
    for (const auto& [name, events] : names) facts.unknown += events;
  facts.broken_lines = source_->counts().broken;
  return facts;
}

std::vector<TwinFacts::Talk> talk_facts(const World& world, const live::SeedReport& report) {
  std::vector<TwinFacts::Talk> talks;
  for (std::size_t q = 0; q < report.talk_scales.size(); ++q) {
    const live::TalkScale& scale = report.talk_scales[q];
    if (scale.talks > 0)
      talks.push_back({world.queues[q].name, scale.mean(), std::llround(scale.talks)});
  }
  return talks;
}

std::string twin_json(const TwinFacts& facts) {
  constexpr std::size_t kNamesShown = 20;
  JsonWriter out;
  out.object().field("source", facts.source).field("replay", facts.replay);
  out.key("trouble");
  if (facts.trouble.empty())
    out.value(std::nan(""));
  else
    out.value(facts.trouble);
  out.field("behind_s", facts.behind_s).field("last_event", facts.last_event);
  out.field("events", facts.events).field("late", facts.late);
  out.field("duplicate", facts.duplicate).field("impossible", facts.impossible);
  out.field("out_of_day", facts.out_of_day).field("unknown", facts.unknown);
  out.field("broken_lines", facts.broken_lines).field("busyness", facts.busyness);
  out.key("talks").array();
  for (const TwinFacts::Talk& talk : facts.talks)
    out.object()
        .field("queue", talk.queue)
        .field("scale", talk.scale)
        .field("over", talk.over)
        .end();
  out.end();
  out.key("unknown_names").array();
  for (std::size_t i = 0; i < std::min(kNamesShown, facts.unknown_names.size()); ++i)
    out.value(facts.unknown_names[i]);
  return out.end().end().take();
}

}  // namespace callmill
