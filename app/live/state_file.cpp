#include "app/live/state_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/files/node.h"
#include "app/files/source.h"
#include "app/files/text.h"

namespace callmill {
namespace {

using files::Entry;
using files::Node;
using files::Problems;
using live::kNotKnown;
using live::Situation;

constexpr std::size_t kStateBytes = 16u << 20;
constexpr double kMostPeople = 1e6;

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

class StateReader {
 public:
  StateReader(const World& world, Problems& problems)
      : world_{world},
        problems_{problems},
        queues_{names_of(world.queues)},
        groups_{names_of(world.groups)},
        menus_{names_of(world.menus)},
        callers_{names_of(world.caller_types)} {}

  StateFile read(const Node& root) {
    StateFile file;
    keys(root, "the state",
         {"at", "scenario", "waiting", "talks", "wraps", "menus", "groups", "callbacks", "backlog",
          "so_far"});
    read_at(root, file);
    Situation& s = file.situation;
    each(root, "waiting", {"queue", "since", "for", "caller", "count"}, [&](const Node& n) {
      Situation::Waiting w;
      w.queue = name(n, "queue", queues_, true);
      w.since = since(n, true);
      w.type = name(n, "caller", callers_, false);
      s.waiting.insert(s.waiting.end(), count(n), w);
    });
    each(root, "talks", {"group", "queue", "since", "for", "waited", "caller", "count"},
         [&](const Node& n) {
           Situation::Talk t;
           t.group = name(n, "group", groups_, true);
           t.queue = name(n, "queue", queues_, false);
           t.since = since(n, false);
           t.waited = from_seconds(std::max(0.0, duration(n, "waited", 0)));
           t.type = name(n, "caller", callers_, false);
           s.talks.insert(s.talks.end(), count(n), t);
         });
    each(root, "wraps", {"group", "queue", "since", "for", "caller", "count"}, [&](const Node& n) {
      Situation::Wrap w;
      w.group = name(n, "group", groups_, true);
      w.queue = name(n, "queue", queues_, false);
      w.since = since(n, false);
      w.type = name(n, "caller", callers_, false);
      s.wraps.insert(s.wraps.end(), count(n), w);
    });
    each(root, "menus", {"menu", "since", "for", "caller", "count"}, [&](const Node& n) {
      Situation::InMenu m;
      m.menu = name(n, "menu", menus_, true);
      m.since = since(n, false);
      m.type = name(n, "caller", callers_, false);
      s.menus.insert(s.menus.end(), count(n), m);
    });
    read_groups(root, s);
    s.callbacks = by_queue(root, "callbacks");
    s.backlog = by_queue(root, "backlog");
    read_so_far(root, s);
    return file;
  }

 private:
  void wrong(const Node& node, std::string code, const std::string& message,
             std::string help = "") {
    problems_.add(node.place, std::move(code), message, std::move(help));
  }

  // False where the node is no map; keys that are not known are reported.
  bool keys(const Node& node, const std::string& what, const std::vector<std::string>& known) {
    if (!node.is_map()) {
      wrong(node, "kind", fmt::format("{} must be a map", what));
      return false;
    }
    for (const Entry& entry : node.entries)
      if (std::find(known.begin(), known.end(), entry.key) == known.end())
        problems_.add(entry.place, "unknown-key",
                      fmt::format("{} is no field of {}", entry.key, what),
                      files::near_word(entry.key, known).empty()
                          ? "known: " + files::one_of(known)
                          : fmt::format("did you mean {}?", files::near_word(entry.key, known)));
    return true;
  }

  template <class Read>
  void each(const Node& root, const std::string& key, const std::vector<std::string>& known,
            Read&& read) {
    const Node* list = root.is_map() ? root.find(key) : nullptr;
    if (list == nullptr || list->is_null()) return;
    if (list->kind != Node::Kind::kList) {
      wrong(*list, "kind", fmt::format("{} must be a list", key));
      return;
    }
    for (const Node& item : list->items)
      if (keys(item, "an entry of " + key, known)) read(item);
  }

  std::uint32_t index(const files::Place& place, const std::string& word, const char* what,
                      const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == word) return static_cast<std::uint32_t>(i);
    const std::string near = files::near_word(word, names);
    problems_.add(place, "unknown-name", fmt::format("the scenario has no {} {}", what, word),
                  near.empty() ? (names.empty() ? std::string{} : "known: " + files::one_of(names))
                               : fmt::format("did you mean {}?", near));
    return 0;
  }

  std::uint32_t name(const Node& node, const char* key, const std::vector<std::string>& names,
                     bool needed) {
    const Node* value = node.find(key);
    if (value != nullptr && value->kind == Node::Kind::kScalar)
      return index(value->place, value->text, key, names);
    if (value != nullptr && !value->is_null())
      wrong(*value, "kind", fmt::format("{} must be a name", key));
    else if (needed)
      wrong(node, "missing", fmt::format("{} is missing", key));
    return needed ? 0 : kNotKnown;
  }

  double duration(const Node& node, const char* key, double otherwise) {
    const Node* value = node.find(key);
    if (value == nullptr || value->is_null()) return otherwise;
    files::Slip slip;
    const auto seconds = files::parse_duration(value->text, slip);
    if (seconds && *seconds >= 0 && *seconds <= 86'400) return *seconds;
    wrong(*value, "duration",
          fmt::format("{} is {}; must be a duration of up to 24h", key, value->text),
          "for example 1min30s");
    return otherwise;
  }

  // After opening; none after an error.
  std::optional<SimDuration> time(const Node& value, const char* key) {
    files::Slip slip;
    const auto seconds = files::parse_time_of_day(value.text, slip);
    if (value.kind == Node::Kind::kScalar && seconds)
      return from_seconds(*seconds) - world_.day.opens;
    wrong(value, "time", fmt::format("{} is {}; must be a time of day", key, value.text),
          "for example 10:58:13");
    return std::nullopt;
  }

  void read_at(const Node& root, StateFile& file) {
    const Node* at = root.is_map() ? root.find("at") : nullptr;
    if (at == nullptr) {
      wrong(root, "missing", "at is missing", "the time of the state, such as 11:00");
      return;
    }
    const auto after = time(*at, "at");
    if (!after) return;
    if (*after <= SimDuration{} || *after >= world_.day.length()) {
      wrong(*at, "time",
            fmt::format("at is {}; the centre is open from {} to {}", at->text,
                        files::print_time_of_day(to_seconds(world_.day.opens)),
                        files::print_time_of_day(to_seconds(world_.day.closes))));
      return;
    }
    file.at = at->text;
    at_ = *after;
    file.situation.at = kStart + at_ - SimDuration{1};
  }

  SimTime since(const Node& node, bool needed) {
    const SimTime at = kStart + at_ - SimDuration{1};
    if (node.find("for") != nullptr) return at - from_seconds(duration(node, "for", 0));
    const Node* value = node.find("since");
    if (value == nullptr || value->is_null()) {
      if (needed) wrong(node, "missing", "since is missing", "or say for: 1min30s");
      return needed ? at : kSinceUnknown;
    }
    const auto after = time(*value, "since");
    if (!after) return at;
    if (kStart + *after > at + SimDuration{1})
      wrong(*value, "time",
            fmt::format("since is {}; that is after the time of the state", value->text));
    return std::min(at, kStart + *after);
  }

  std::int64_t whole(const Node& value, const std::string& key) {
    const auto number =
        value.kind == Node::Kind::kScalar ? files::parse_number(value.text) : std::nullopt;
    if (number && *number >= 0 && *number <= kMostPeople && *number == std::floor(*number))
      return static_cast<std::int64_t>(*number);
    wrong(value, "number",
          fmt::format("{} is {}; must be a whole number from 0 on", key, value.text));
    return 0;
  }
  std::int64_t whole(const Node& node, const char* key, std::int64_t otherwise) {
    const Node* value = node.find(key);
    return value == nullptr || value->is_null() ? otherwise : whole(*value, std::string{key});
  }
  std::size_t count(const Node& node) { return static_cast<std::size_t>(whole(node, "count", 1)); }

  std::vector<std::uint32_t> by_queue(const Node& root, const char* key) {
    std::vector<std::uint32_t> counts;
    const Node* map = root.is_map() ? root.find(key) : nullptr;
    if (map == nullptr || map->is_null()) return counts;
    counts.resize(queues_.size());
    if (!map->is_map()) {
      wrong(*map, "kind", fmt::format("{} must be a map of queues", key));
      return counts;
    }
    for (const Entry& entry : map->entries) {
      const std::uint32_t queue = index(entry.place, entry.key, "queue", queues_);
      const auto open = static_cast<std::uint32_t>(whole(entry.value, entry.key));
      if (!counts.empty()) counts[queue] = open;
    }
    return counts;
  }

  void read_groups(const Node& root, Situation& s) {
    const Node* map = root.is_map() ? root.find("groups") : nullptr;
    if (map == nullptr || map->is_null()) return;
    s.groups.resize(groups_.size());
    if (!map->is_map()) {
      wrong(*map, "kind", "groups must be a map of groups");
      return;
    }
    for (const Entry& entry : map->entries) {
      const std::uint32_t group = index(entry.place, entry.key, "group", groups_);
      if (!keys(entry.value, "a group", {"available", "aux", "dialling"}) || s.groups.empty())
        continue;
      const auto said = [&](const char* key) -> std::optional<std::uint32_t> {
        if (entry.value.find(key) == nullptr) return std::nullopt;
        return static_cast<std::uint32_t>(whole(entry.value, key, 0));
      };
      s.groups[group] = {said("available"), said("aux"), said("dialling")};
    }
  }

  void read_so_far(const Node& root, Situation& s) {
    const auto intervals = static_cast<std::size_t>(world_.intervals());
    std::vector<char> seen(intervals);
    each(root, "so_far", {"from", "calls", "blocked", "queues"}, [&](const Node& n) {
      const Node* from = n.find("from");
      if (from == nullptr) return wrong(n, "missing", "from is missing");
      const auto after = time(*from, "from");
      if (!after) return;
      if (*after < SimDuration{} || *after >= at_ || *after % world_.day.interval != SimDuration{})
        return wrong(
            *from, "time",
            fmt::format("{} is no start of an interval before the time of the state", from->text));
      const auto i = static_cast<std::size_t>(*after / world_.day.interval);
      if (seen[i] != 0)
        return wrong(*from, "twice", fmt::format("the interval from {} stands twice", from->text));
      seen[i] = 1;
      if (s.so_far.size() <= i) s.so_far.resize(i + 1);
      read_interval(n, s.so_far[i]);
    });
    for (std::size_t i = 0; i < s.so_far.size(); ++i)
      if (seen[i] == 0)
        wrong(*root.find("so_far"), "missing-interval",
              fmt::format(
                  "so_far lacks the interval from {}",
                  files::print_time_of_day(to_seconds(
                      world_.day.opens + world_.day.interval * static_cast<std::int64_t>(i)))));
  }

  void read_interval(const Node& node, Situation::Interval& interval) {
    interval.blocked = whole(node, "blocked", 0);
    std::int64_t offered = 0;
    const Node* queues = node.find("queues");
    if (queues != nullptr && queues->is_map()) {
      interval.queues.resize(queues_.size());
      for (const Entry& entry : queues->entries) {
        const std::uint32_t q = index(entry.place, entry.key, "queue", queues_);
        if (interval.queues.empty()) return;
        read_queue(entry.value, interval.queues[q]);
        offered += interval.queues[q].offered;
      }
    } else if (queues != nullptr) {
      wrong(*queues, "kind", "queues must be a map of queues");
    }
    interval.calls = whole(node, "calls", offered + interval.blocked);
  }

  void read_queue(const Node& node, Situation::OfQueue& of) {
    if (!keys(node, "the calls of a queue",
              {"offered", "answered", "answered_within", "abandoned", "wait", "talk"}))
      return;
    of.answered = whole(node, "answered", 0);
    of.abandoned = whole(node, "abandoned", 0);
    of.offered = whole(node, "offered", of.answered + of.abandoned);
    of.answered_within = whole(node, "answered_within", of.answered);
    of.wait_s = duration(node, "wait", -1);
    of.talk_s = duration(node, "talk", -1);
    if (of.answered + of.abandoned > of.offered)
      wrong(node, "range", "more calls are answered and abandoned than offered");
    if (of.answered_within > of.answered)
      wrong(node, "range", "answered_within is more than answered");
  }

  const World& world_;
  Problems& problems_;
  std::vector<std::string> queues_, groups_, menus_, callers_;
  SimDuration at_{};
};

std::optional<StateFile> read(std::optional<int> source, const World& world, Problems& problems,
                              Diagnostics& diagnostics) {
  std::optional<StateFile> file;
  if (world.several_days()) {
    problems.add({}, "cannot-run", "a state is one of a run of one day; this scenario has several");
  } else if (source) {
    if (const auto root = files::parse_yaml(*source, problems))
      file = StateReader{world, problems}.read(*root);
  }
  problems.hand_over(diagnostics);
  if (!diagnostics.ok()) return std::nullopt;
  return file;
}

}  // namespace

std::optional<StateFile> read_state(const std::string& path, const World& world,
                                    Diagnostics& diagnostics) {
  Problems problems;
  return read(files::read_source(path, kStateBytes, false, {}, problems), world, problems,
              diagnostics);
}

std::optional<StateFile> read_state_text(const std::string& name, const std::string& text,
                                         const World& world, Diagnostics& diagnostics) {
  Problems problems;
  files::Source source;
  source.name = name;
  source.text = text;
  return read(files::take_source(std::move(source), kStateBytes, problems), world, problems,
              diagnostics);
}

}  // namespace callmill
