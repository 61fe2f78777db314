// All schedules up to a cost: the states of the days with every way that leads to them, and from
// the ends back along the ways that stay within the limit.

#include <algorithm>
#include <utility>

#include "models/roster/person_days.h"

namespace callmill {
namespace {

constexpr std::size_t kMostStates = 1'000'000;
constexpr double kSlack = 1e-6;
constexpr double kUnreachable = 1e300;

struct Way {
  std::int32_t from = 0;  // state of the day before
  int kind = kDayOff;
  double cost = 0;  // of the day
};

// Walks back from the ends. A state's cost is the least of its ways from the start, so each step
// that is taken leads to at least one schedule.
class Walk {
 public:
  using Ways = std::vector<std::vector<std::vector<Way>>>;
  Walk(const std::vector<std::vector<double>>& least, const Ways& ways, double limit,
       std::size_t most)
      : least_{least}, ways_{ways}, limit_{limit}, most_{most}, days_(ways.size() - 1) {}

  // False where there are more than `most`.
  bool from(std::size_t day, std::size_t state, double later) {
    if (day == 0) {
      found.push_back(days_);
      return found.size() <= most_;
    }
    for (const Way& way : ways_[day][state]) {
      const auto before = static_cast<std::size_t>(way.from);
      const double cost = later + way.cost;
      if (least_[day - 1][before] + cost > limit_) continue;
      days_[day - 1] = way.kind;
      if (!from(day - 1, before, cost)) return false;
    }
    return true;
  }
  std::vector<std::vector<int>> found;

 private:
  const std::vector<std::vector<double>>& least_;
  const Ways& ways_;
  double limit_;
  std::size_t most_;
  std::vector<int> days_;
};

}  // namespace

// [day][kind + 1]: the least cost from that day on after such a day; only what two days in a row
// say is looked at.
std::vector<double> PersonDays::still_to_come(const DayPrices& prices) const {
  const auto width = static_cast<std::size_t>(kinds_ + 1);
  std::vector<double> rest(static_cast<std::size_t>(p_.days + 1) * width, 0.0);
  for (int day = p_.days - 1; day >= 0; --day)
    for (int before = kDayOff; before < kinds_; ++before) {
      double least = kUnreachable;
      for (int kind = kDayOff; kind < kinds_; ++kind) {
        const bool follows = day == 0 || before == kDayOff || kind == kDayOff ||
                             follows_[static_cast<std::size_t>(before * kinds_ + kind)] != 0;
        if (!may_work(day, kind) || !follows) continue;
        const auto at = static_cast<std::size_t>(day) * width;
        double cost = cost_[at + static_cast<std::size_t>(kind + 1)] +
                      rest[at + width + static_cast<std::size_t>(kind + 1)];
        if (kind != kDayOff) cost += prices.at[static_cast<std::size_t>(day * kinds_ + kind)];
        const int which = weekday(p_, day);
        if (kind != kDayOff && (which == 5 || (which == 6 && (day == 0 || before == kDayOff))))
          cost += prices.weekend;
        least = std::min(least, cost);
      }
      rest[static_cast<std::size_t>(day) * width + static_cast<std::size_t>(before + 1)] = least;
    }
  return rest;
}

std::optional<std::vector<std::vector<int>>> PersonDays::within(const DayPrices& prices,
                                                                double limit,
                                                                std::size_t most) const {
  const std::vector<double> rest = still_to_come(prices);
  const auto width = static_cast<std::size_t>(kinds_ + 1);
  Layer now{Label{}};
  now.front().key = start_key();
  Walk::Ways ways{{{}}};                          // [day][state]
  std::vector<std::vector<double>> least{{0.0}};  // the same
  std::vector<std::int32_t> head(buckets(), -1);
  std::size_t states = 0;
  for (int day = 0; day < p_.days; ++day) {
    Layer next;
    std::vector<std::vector<Way>> next_ways;
    Label to;
    for (std::size_t i = 0; i < now.size(); ++i)
      for (int kind = kDayOff; kind < kinds_; ++kind) {
        if (!may_work(day, kind) || !extend(now[i], day, kind, prices, to)) continue;
        const auto after = static_cast<std::size_t>(day + 1) * width;
        if (to.cost + rest[after + static_cast<std::size_t>(kind + 1)] > limit + kSlack) continue;
        const Way way{static_cast<std::int32_t>(i), kind, to.cost - now[i].cost};
        std::int32_t at = head[bucket_of(to.key)];
        while (at >= 0 && next[static_cast<std::size_t>(at)].used != to.used)
          at = next[static_cast<std::size_t>(at)].next;
        if (at >= 0) {
          Label& known = next[static_cast<std::size_t>(at)];
          known.cost = std::min(known.cost, to.cost);
          next_ways[static_cast<std::size_t>(at)].push_back(way);
          continue;
        }
        if (++states > kMostStates) return std::nullopt;
        to.next = head[bucket_of(to.key)];
        head[bucket_of(to.key)] = static_cast<std::int32_t>(next.size());
        next.push_back(to);
        next_ways.push_back({way});
      }
    for (const Label& label : next) head[bucket_of(label.key)] = -1;
    now = std::move(next);
    ways.push_back(std::move(next_ways));
    least.emplace_back();
    for (const Label& label : now) least.back().push_back(label.cost);
  }
  Walk walk{least, ways, limit + kSlack, most};
  for (std::size_t end = 0; end < now.size(); ++end)
    if (is_end(now[end]) && !walk.from(ways.size() - 1, end, 0)) return std::nullopt;
  return std::move(walk.found);
}

}  // namespace callmill
