#pragma once
// Counts of the recent past that conditions ask for: contacts by queue, attempts by trunk group,
// busy and open agent time by group. Kept only when some condition of the plan needs them.
//
// A series is one growing sum. Its value at the start of each of the last minutes is marked in a
// ring, so that a window of W minutes costs two look-ups: it holds the last W whole minutes and the
// one that runs. Fixed size; counting is O(1), a new minute O(series).

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "engine/centre/states.h"

namespace callmill {

class GaugeCounts {
 public:
  enum class OfQueue : std::uint8_t { kOffered, kAnswered, kAnsweredWithin, kAbandoned };
  enum class OfLines : std::uint8_t { kAttempts, kBlocked };
  enum class OfGroup : std::uint8_t { kBusyTime, kOpenTime };  // µs; open = busy + available

  // `times`: of groups too; else only their levels are kept.
  void open(std::size_t queues, std::size_t trunks, std::size_t groups, std::uint32_t minutes,
            bool times) {
    keeps_times_ = times;
    first_of_lines_ = 4 * queues;
    first_of_group_ = first_of_lines_ + 2 * trunks;
    totals_.assign(first_of_group_ + 2 * groups, 0);
    places_ = std::int64_t{minutes} + 1;
    marks_.assign(totals_.size() * static_cast<std::size_t>(places_), 0);
    levels_.assign(groups, {});
  }

  std::size_t series(OfQueue count, std::uint32_t queue) const {
    return 4 * std::size_t{queue} + static_cast<std::size_t>(count);
  }
  std::size_t series(OfLines count, std::uint32_t trunks) const {
    return first_of_lines_ + 2 * std::size_t{trunks} + static_cast<std::size_t>(count);
  }
  std::size_t series(OfGroup count, std::uint32_t group) const {
    return first_of_group_ + 2 * std::size_t{group} + static_cast<std::size_t>(count);
  }

  template <class Of>
  void count(Of what, std::uint32_t index, SimTime now) {
    begin_minutes(now);
    ++totals_[series(what, index)];
  }
  // Without a branch on the states where times are not kept: they are hard to foresee.
  void agent_moved(std::uint32_t group, AgentState from, AgentState to, SimTime now) {
    if (keeps_times_) {
      const bool same_level = is_busy(from) == is_busy(to) &&
                              (from == AgentState::kAvailable) == (to == AgentState::kAvailable);
      if (same_level) return;
      begin_minutes(now);
      settle(group, now);
    }
    Level& level = levels_[group];
    level.busy += std::int64_t{is_busy(to)} - std::int64_t{is_busy(from)};
    level.available +=
        std::int64_t{to == AgentState::kAvailable} - std::int64_t{from == AgentState::kAvailable};
  }
  void leaves(std::uint32_t group, AgentState state, SimTime now) { shift(group, state, -1, now); }
  void comes(std::uint32_t group, AgentState state, SimTime now) { shift(group, state, +1, now); }

  // Over the last `minutes` whole minutes and the one that runs; 0 = since opening.
  std::int64_t over(std::size_t s, std::uint32_t minutes, SimTime now) const {
    const std::int64_t from = minutes == 0 ? 0 : minute_of(now) - minutes;
    return value(s, now) - (from <= 0 ? 0 : at_start_of(s, from));
  }
  std::int64_t busy(std::uint32_t group) const { return levels_[group].busy; }
  std::int64_t available(std::uint32_t group) const { return levels_[group].available; }

  template <class Hash>
  void add_to(Hash& hash) const {
    if (totals_.empty()) return;
    hash.add(static_cast<std::uint64_t>(minute_));
    for (const std::int64_t total : totals_) hash.add(static_cast<std::uint64_t>(total));
    for (const std::int64_t mark : marks_) hash.add(static_cast<std::uint64_t>(mark));
    for (const Level& level : levels_) {
      hash.add(level.since);
      hash.add((static_cast<std::uint64_t>(level.busy) << 32) |
               static_cast<std::uint64_t>(level.available));
    }
  }

 private:
  struct Level {
    std::int64_t busy = 0, available = 0;
    SimTime since;  // up to which the sums hold the time of this level
  };

  static bool is_busy(AgentState s) {
    constexpr unsigned kNot = states::bit(AgentState::kOff) | states::bit(AgentState::kAux) |
                              states::bit(AgentState::kAvailable);
    return ((kNot >> static_cast<unsigned>(s)) & 1u) == 0;
  }
  static std::int64_t minute_of(SimTime t) { return (t - kStart) / std::chrono::minutes{1}; }
  static SimTime start_of(std::int64_t minute) { return kStart + std::chrono::minutes{minute}; }

  void begin_minutes(SimTime now) {
    while (now >= next_minute_) {
      ++minute_;
      next_minute_ += std::chrono::minutes{1};
      for (std::uint32_t g = 0; keeps_times_ && g < levels_.size(); ++g)
        settle(g, start_of(minute_));
      std::copy(totals_.begin(), totals_.end(), marks_.begin() + first_mark(minute_));
    }
  }
  std::ptrdiff_t first_mark(std::int64_t minute) const {
    return static_cast<std::ptrdiff_t>(minute % places_) *
           static_cast<std::ptrdiff_t>(totals_.size());
  }
  void settle(std::uint32_t group, SimTime to) {
    const std::size_t s = series(OfGroup::kBusyTime, group);
    Level& level = levels_[group];
    const std::int64_t spent = (to - level.since).count();
    totals_[s] += level.busy * spent;
    totals_[s + 1] += (level.busy + level.available) * spent;
    level.since = to;
  }
  void shift(std::uint32_t group, AgentState state, std::int64_t by, SimTime now) {
    if (state == AgentState::kOff || state == AgentState::kAux) return;
    if (keeps_times_) {
      begin_minutes(now);
      settle(group, now);
    }
    Level& level = levels_[group];
    (state == AgentState::kAvailable ? level.available : level.busy) += by;
  }
  // At `t`, not before the last change.
  std::int64_t value(std::size_t s, SimTime t) const {
    if (s < first_of_group_) return totals_[s];
    const Level& level = levels_[(s - first_of_group_) / 2];
    const bool open = (s - first_of_group_) % 2 != 0;
    return totals_[s] + (level.busy + (open ? level.available : 0)) * (t - level.since).count();
  }
  std::int64_t at_start_of(std::size_t s, std::int64_t minute) const {
    if (minute > minute_) return value(s, start_of(minute));  // nothing has happened since
    return marks_[static_cast<std::size_t>(first_mark(minute)) + s];
  }

  bool keeps_times_ = false;
  std::size_t first_of_lines_ = 0, first_of_group_ = 0;
  std::int64_t minute_ = 0;  // the last that is marked
  SimTime next_minute_ = kStart + std::chrono::minutes{1};
  std::int64_t places_ = 1;  // of the ring
  std::vector<std::int64_t> totals_, marks_;
  std::vector<Level> levels_;  // by group
};

}  // namespace callmill
